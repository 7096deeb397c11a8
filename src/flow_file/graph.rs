//! The elements of a flow and the ways between them.

use std::collections::HashMap;
use std::ops::Range;

use roxmltree::Node;

use super::symbols::ELEMENTS;
use super::xml;

/// An element on the canvas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a, 'x> {
    pub name: &'a str,
    pub label: &'a str,
    pub tag: &'static str,
    pub node: Node<'a, 'x>,
}

/// What kind of way leads from an element to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WayKind {
    Normal,
    /// When the element has failed.
    Fault,
    /// To the first element of a loop's body.
    NextItem,
}

/// A way from an element, or from the start, to another element.
#[derive(Debug, Clone)]
pub(crate) struct Way<'a> {
    /// None for the start.
    pub from: Option<usize>,
    /// None if there is no element of that name.
    pub to: Option<usize>,
    pub target: &'a str,
    pub kind: WayKind,
    /// The outcome that leads this way.
    pub label: Option<&'a str>,
    pub is_go_to: bool,
    pub span: Range<usize>,
}

/// A flow as a graph.
#[derive(Debug, Default)]
pub(crate) struct Graph<'a, 'x> {
    pub elements: Vec<Element<'a, 'x>>,
    pub ways: Vec<Way<'a>>,
}

impl<'a, 'x> Graph<'a, 'x> {
    /// The graph of a flow; the ways of each element from its first outcome to its last.
    pub fn of(root: Node<'a, 'x>) -> Self {
        let mut graph = Self::default();
        for node in xml::elements(root) {
            let tag = node.tag_name().name();
            let Some(tag) = ELEMENTS.iter().find(|one| **one == tag) else {
                continue;
            };
            let name = xml::text_of(node, "name").unwrap_or_default();
            graph.elements.push(Element {
                name,
                label: xml::text_of(node, "label").unwrap_or(name),
                tag,
                node,
            });
        }
        let index: HashMap<String, usize> = graph
            .elements
            .iter()
            .enumerate()
            .rev()
            .map(|(at, element)| (element.name.to_lowercase(), at))
            .collect();
        let mut ways = Ways {
            index: &index,
            list: Vec::new(),
        };
        if let Some(start) = xml::child(root, "start") {
            ways.of(None, start);
        }
        if let Some(start) = xml::child(root, "startElementReference") {
            ways.push(None, start, start, WayKind::Normal, None);
        }
        // What catches the faults of a group is reached from each element of it.
        for group in xml::children(root, "groups") {
            if let Some(connector) = xml::child(group, "faultConnector") {
                ways.connector(None, connector, WayKind::Fault, None);
            }
        }
        for (at, element) in graph.elements.iter().enumerate() {
            ways.of(Some(at), element.node);
        }
        graph.ways = ways.list;
        graph
    }

    /// For each element the ways that leave it.
    pub fn outgoing(&self) -> Vec<Vec<&Way<'a>>> {
        let mut outgoing = vec![Vec::new(); self.elements.len()];
        for way in &self.ways {
            if let Some(from) = way.from {
                outgoing[from].push(way);
            }
        }
        outgoing
    }

    /// The elements that a flow can come to.
    pub fn reached(&self) -> Vec<bool> {
        let outgoing = self.outgoing();
        let mut reached = vec![false; self.elements.len()];
        let starts = self.ways.iter().filter(|way| way.from.is_none());
        let mut work: Vec<usize> = starts.filter_map(|way| way.to).collect();
        while let Some(at) = work.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                work.extend(outgoing[at].iter().filter_map(|way| way.to));
            }
        }
        reached
    }
}

struct Ways<'i, 'a> {
    index: &'i HashMap<String, usize>,
    list: Vec<Way<'a>>,
}

impl<'a> Ways<'_, 'a> {
    /// The ways of an element, or of the start.
    fn of(&mut self, from: Option<usize>, node: Node<'a, '_>) {
        let own = |name: &str| xml::child(node, name);
        let mut outcomes = Vec::new();
        for part in [
            "rules",
            "waitEvents",
            "paths",
            "scheduledPaths",
            "actionCallPaths",
        ] {
            for outcome in xml::children(node, part) {
                let label = ["label", "pathName", "name"]
                    .iter()
                    .find_map(|name| xml::text_of(outcome, name));
                let connector = xml::child(outcome, "connector");
                outcomes.extend(connector.map(|connector| (connector, label)));
            }
        }
        let is_loop = own("nextValueConnector").is_some();
        if let Some(next) = own("nextValueConnector") {
            self.connector(from, next, WayKind::NextItem, Some("For Each"));
        }
        for (connector, label) in outcomes {
            self.connector(from, connector, WayKind::Normal, label);
        }
        if let Some(default) = own("defaultConnector") {
            let label = xml::text_of(node, "defaultConnectorLabel").or(Some("Default"));
            self.connector(from, default, WayKind::Normal, label);
        }
        if let Some(after) = own("noMoreValuesConnector") {
            let label = is_loop.then_some("After Last");
            self.connector(from, after, WayKind::Normal, label);
        }
        for connector in xml::children(node, "connector").chain(xml::children(node, "connectors")) {
            self.connector(from, connector, WayKind::Normal, None);
        }
        if let Some(timeout) = own("timeoutConnector") {
            self.connector(from, timeout, WayKind::Normal, Some("Time Out"));
        }
        if let Some(fault) = own("faultConnector") {
            self.connector(from, fault, WayKind::Fault, Some("Fault"));
        }
    }

    fn connector(
        &mut self,
        from: Option<usize>,
        connector: Node<'a, '_>,
        kind: WayKind,
        label: Option<&'a str>,
    ) {
        if let Some(target) = xml::child(connector, "targetReference") {
            self.push(from, target, connector, kind, label);
        }
    }

    fn push(
        &mut self,
        from: Option<usize>,
        target: Node<'a, '_>,
        connector: Node<'a, '_>,
        kind: WayKind,
        label: Option<&'a str>,
    ) {
        let name = xml::text(target);
        self.list.push(Way {
            from,
            to: self.index.get(&name.to_lowercase()).copied(),
            target: name,
            kind,
            label,
            is_go_to: xml::is_true(connector, "isGoTo"),
            span: xml::span(target),
        });
    }
}
