//! A flow as it is to be drawn: what stands on the canvas, and which lines lead where.

use std::collections::HashMap;

use roxmltree::Node as Xml;

use crate::flow_file::graph::{Graph, Way, WayKind};
use crate::flow_file::xml;

/// What stands on the canvas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Start,
    End,
    /// An element, with its kind in words and its tag.
    Element(String, &'static str),
    /// A way that goes on elsewhere: back to a loop, or to an element that stands at another place.
    Jump(Option<usize>),
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub shape: Shape,
    pub title: String,
}

#[derive(Debug, Clone)]
pub(super) struct Line {
    pub from: usize,
    pub to: usize,
    pub label: String,
    pub is_fault: bool,
}

/// A flow to draw. The first node is the start.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    pub title: String,
    pub subtitle: String,
    pub nodes: Vec<Node>,
    pub lines: Vec<Line>,
    /// Elements that nothing leads to, but others of their kind.
    pub islands: Vec<usize>,
}

/// How far an element has been walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Walk {
    New,
    /// Between the start and where the walk stands.
    Open,
    Done,
}

impl Sketch {
    /// The sketch of a flow.
    pub fn of(root: Xml<'_, '_>) -> Self {
        let graph = Graph::of(root);
        let mut sketch = Self {
            title: xml::text_of(root, "label").unwrap_or("Flow").to_owned(),
            subtitle: xml::text_of(root, "processType")
                .unwrap_or_default()
                .to_owned(),
            nodes: vec![Node {
                shape: Shape::Start,
                title: "Start".to_owned(),
            }],
            ..Self::default()
        };
        for element in &graph.elements {
            sketch.nodes.push(Node {
                shape: Shape::Element(kind(element.tag, element.node), element.tag),
                title: element.label.to_owned(),
            });
        }
        let mut walker = Walker::new(&graph, sketch);
        walker.walk(0, true);
        for at in 1..=graph.elements.len() {
            if walker.state[at] == Walk::New && !walker.is_led_to[at] {
                walker.sketch.islands.push(at);
                walker.walk(at, false);
            }
        }
        // What is left goes round in circles that nothing leads into.
        for at in 1..=graph.elements.len() {
            if walker.state[at] == Walk::New {
                walker.sketch.islands.push(at);
                walker.walk(at, false);
            }
        }
        walker.ends();
        walker.sketch
    }
}

struct Walker<'g, 'a, 'x> {
    graph: &'g Graph<'a, 'x>,
    sketch: Sketch,
    outgoing: Vec<Vec<&'g Way<'a>>>,
    merged: Vec<Vec<(&'g Way<'a>, String)>>,
    state: Vec<Walk>,
    /// Elements that a way without a fault leads to from the start: what meets there is drawn as meeting.
    is_main: Vec<bool>,
    is_led_to: Vec<bool>,
    has_line: Vec<bool>,
}

impl<'g, 'a, 'x> Walker<'g, 'a, 'x> {
    fn new(graph: &'g Graph<'a, 'x>, sketch: Sketch) -> Self {
        let count = graph.elements.len() + 1;
        let mut outgoing: Vec<Vec<&Way<'_>>> = vec![Vec::new(); count];
        let mut is_led_to = vec![false; count];
        for way in &graph.ways {
            outgoing[way.from.map_or(0, |at| at + 1)].push(way);
            if let Some(to) = way.to {
                is_led_to[to + 1] = true;
            }
        }
        let mut is_main = vec![false; count];
        let mut work = vec![0];
        while let Some(at) = work.pop() {
            if !std::mem::replace(&mut is_main[at], true) {
                let normal = outgoing[at].iter().filter(|way| way.kind != WayKind::Fault);
                work.extend(normal.filter_map(|way| way.to).map(|to| to + 1));
            }
        }
        Self {
            graph,
            sketch,
            merged: outgoing.iter().map(|ways| merged(ways)).collect(),
            outgoing,
            state: vec![Walk::New; count],
            is_main,
            is_led_to,
            has_line: vec![false; count],
        }
    }

    /// Draws all ways that lead on from an element, and from there; without recursion. Only on the way from the start
    /// may ways meet again: elsewhere an element has one line, and other ways jump to it.
    fn walk(&mut self, root: usize, is_start: bool) {
        let mut work = vec![(root, 0_usize)];
        self.state[root] = Walk::Open;
        while let Some((at, next)) = work.pop() {
            let Some((way, label)) = self.merged[at].get(next).cloned() else {
                self.state[at] = Walk::Done;
                continue;
            };
            work.push((at, next + 1));
            let Some(to) = way.to.map(|to| to + 1) else {
                self.jump(at, None, way, &label);
                continue;
            };
            let meets =
                is_start && self.is_main[at] && self.is_main[to] && way.kind != WayKind::Fault;
            let is_free = self.state[to] == Walk::New && !self.has_line[to];
            let waits_for_main = self.is_main[to] && !meets && is_start;
            if way.is_go_to
                || self.state[to] == Walk::Open
                || waits_for_main
                || (!meets && !is_free)
            {
                self.jump(at, Some(to), way, &label);
                continue;
            }
            self.line(at, to, way, &label);
            self.has_line[to] = true;
            if self.state[to] == Walk::New {
                self.state[to] = Walk::Open;
                work.push((to, 0));
            }
        }
    }

    fn line(&mut self, from: usize, to: usize, way: &Way<'_>, label: &str) {
        self.sketch.lines.push(Line {
            from,
            to,
            label: label.to_owned(),
            is_fault: way.kind == WayKind::Fault,
        });
    }

    fn jump(&mut self, from: usize, to: Option<usize>, way: &Way<'_>, label: &str) {
        let title = match to {
            Some(to) => self.sketch.nodes[to].title.clone(),
            None => format!("{} (missing)", way.target),
        };
        self.sketch.nodes.push(Node {
            shape: Shape::Jump(to),
            title,
        });
        let jump = self.sketch.nodes.len() - 1;
        self.line(from, jump, way, label);
    }

    /// Ends the ways that lead nowhere.
    fn ends(&mut self) {
        for (index, element) in self.graph.elements.iter().enumerate() {
            let at = index + 1;
            let mut labels = Vec::new();
            if element.tag == "decisions" {
                for rule in xml::children(element.node, "rules") {
                    if xml::child(rule, "connector").is_none() {
                        labels.push(xml::text_of(rule, "label").unwrap_or_default());
                    }
                }
                if xml::child(element.node, "defaultConnector").is_none() {
                    let label = xml::text_of(element.node, "defaultConnectorLabel");
                    labels.push(label.unwrap_or("Default"));
                }
            } else if element.tag == "loops" {
                if xml::child(element.node, "noMoreValuesConnector").is_none() {
                    labels.push("After Last");
                }
            } else if self.outgoing[at]
                .iter()
                .all(|way| way.kind == WayKind::Fault)
            {
                labels.push("");
            }
            if labels.is_empty() {
                continue;
            }
            self.sketch.nodes.push(Node {
                shape: Shape::End,
                title: "End".to_owned(),
            });
            let to = self.sketch.nodes.len() - 1;
            self.sketch.lines.push(Line {
                from: at,
                to,
                label: labels.join(" / "),
                is_fault: false,
            });
        }
    }
}

/// The ways of an element, those to the same element as one, with their labels.
fn merged<'w, 'a>(ways: &[&'w Way<'a>]) -> Vec<(&'w Way<'a>, String)> {
    let mut merged: Vec<(&Way<'_>, String)> = Vec::new();
    let mut seen: HashMap<(&str, bool, bool), usize> = HashMap::new();
    for way in ways {
        let label = way.label.unwrap_or_default();
        let key = (way.target, way.kind == WayKind::Fault, way.is_go_to);
        match seen.get(&key) {
            Some(at) if !label.is_empty() => {
                let known: &mut String = &mut merged[*at].1;
                if !known.is_empty() {
                    known.push_str(" / ");
                }
                known.push_str(label);
            }
            Some(_) => {}
            None => {
                seen.insert(key, merged.len());
                merged.push((way, label.to_owned()));
            }
        }
    }
    merged
}

/// The kind of an element for people, with what it is about.
fn kind(tag: &str, node: Xml<'_, '_>) -> String {
    let about = |kind: &str, part: &str| match xml::text_of(node, part) {
        Some(what) => format!("{kind} · {what}"),
        None => kind.to_owned(),
    };
    match tag {
        "actionCalls" => about("Action", "actionName"),
        "apexPluginCalls" => about("Apex Action", "apexClass"),
        "assignments" => "Assignment".to_owned(),
        "collectionProcessors" => match xml::text_of(node, "collectionProcessorType") {
            Some("SortCollectionProcessor") => "Collection Sort".to_owned(),
            Some("FilterCollectionProcessor") => "Collection Filter".to_owned(),
            _ => "Collection".to_owned(),
        },
        "customErrors" => "Custom Error".to_owned(),
        "decisions" => "Decision".to_owned(),
        "experiments" => "Path Experiment".to_owned(),
        "loops" => about("Loop", "collectionReference"),
        "orchestratedStages" => "Stage".to_owned(),
        "recordCreates" => about("Create Records", "object"),
        "recordDeletes" => about("Delete Records", "object"),
        "recordLookups" => about("Get Records", "object"),
        "recordRollbacks" => "Roll Back Records".to_owned(),
        "recordUpdates" => about("Update Records", "object"),
        "screens" => "Screen".to_owned(),
        "steps" => "Step".to_owned(),
        "subflows" => about("Subflow", "flowName"),
        "transforms" => "Transform".to_owned(),
        "waits" => "Wait".to_owned(),
        other => other.to_owned(),
    }
}
