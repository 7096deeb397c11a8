//! The elements of a flow and the ways between them, as layout and checks see them.

use std::collections::HashMap;

use super::layout::{self, Edge};
use super::model::{Connector, Flow, Node};
use super::text::Text;

/// A way from an element to another.
pub(super) struct Way<'f> {
    pub from: &'f Text,
    pub connector: &'f Connector,
    pub fault: bool,
}

impl Flow {
    /// All elements on the canvas.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        let calls = self.action_calls.iter().map(|one| &one.node);
        let assignments = self.assignments.iter().map(|one| &one.node);
        let decisions = self.decisions.iter().map(|one| &one.node);
        let loops = self.loops.iter().map(|one| &one.node);
        let screens = self.screens.iter().map(|one| &one.node);
        let subflows = self.subflows.iter().map(|one| &one.node);
        let waits = self.waits.iter().map(|one| &one.node);
        calls
            .chain(assignments)
            .chain(decisions)
            .chain(loops)
            .chain(screens)
            .chain(subflows)
            .chain(waits)
    }

    pub(super) fn nodes_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        let calls = self.action_calls.iter_mut().map(|one| &mut one.node);
        let assignments = self.assignments.iter_mut().map(|one| &mut one.node);
        let decisions = self.decisions.iter_mut().map(|one| &mut one.node);
        let loops = self.loops.iter_mut().map(|one| &mut one.node);
        let screens = self.screens.iter_mut().map(|one| &mut one.node);
        let subflows = self.subflows.iter_mut().map(|one| &mut one.node);
        let waits = self.waits.iter_mut().map(|one| &mut one.node);
        calls
            .chain(assignments)
            .chain(decisions)
            .chain(loops)
            .chain(screens)
            .chain(subflows)
            .chain(waits)
    }

    /// All ways between elements; those of a decision from its first rule to its default.
    pub(super) fn ways(&self) -> Vec<Way<'_>> {
        let mut ways = Vec::new();
        for one in &self.action_calls {
            push(&mut ways, &one.node, one.connector.as_ref(), false);
            push(&mut ways, &one.node, one.fault_connector.as_ref(), true);
        }
        for one in &self.assignments {
            push(&mut ways, &one.node, one.connector.as_ref(), false);
        }
        for one in &self.decisions {
            for rule in &one.rules {
                push(&mut ways, &one.node, rule.connector.as_ref(), false);
            }
            push(&mut ways, &one.node, one.default_connector.as_ref(), false);
        }
        for one in &self.loops {
            push(&mut ways, &one.node, one.next_connector.as_ref(), false);
            push(&mut ways, &one.node, one.done_connector.as_ref(), false);
        }
        for one in &self.screens {
            push(&mut ways, &one.node, one.connector.as_ref(), false);
        }
        for one in &self.subflows {
            push(&mut ways, &one.node, one.connector.as_ref(), false);
        }
        for one in &self.waits {
            push(&mut ways, &one.node, one.connector.as_ref(), false);
        }
        ways
    }

    /// Gives every element its place on the canvas, and sorts elements and resources by name, as Flow Builder
    /// writes them.
    pub(super) fn arrange(&mut self) {
        let index: HashMap<&Text, usize> = self
            .nodes()
            .enumerate()
            .map(|(at, node)| (&node.name, at))
            .collect();
        let edges: Vec<Edge> = self
            .ways()
            .iter()
            .filter(|way| !way.connector.go_to)
            .filter_map(|way| {
                let (from, to) = (*index.get(way.from)?, *index.get(&way.connector.target)?);
                Some(Edge {
                    from,
                    to,
                    fault: way.fault,
                })
            })
            .collect();
        let root = self
            .start
            .as_ref()
            .and_then(|start| index.get(&start.target).copied());
        let places = layout::places(index.len(), root.unwrap_or(usize::MAX), &edges);
        self.start_x = root
            .and_then(|root| places.get(root))
            .map_or(0, |(x, _)| x - layout::START_OFFSET);
        for (node, (x, y)) in self.nodes_mut().zip(places) {
            (node.x, node.y) = (x, y);
        }
        self.action_calls
            .sort_by(|a, b| a.node.name.cmp(&b.node.name));
        self.assignments
            .sort_by(|a, b| a.node.name.cmp(&b.node.name));
        self.choices.sort_by(|a, b| a.name.cmp(&b.name));
        self.constants.sort_by(|a, b| a.name.cmp(&b.name));
        self.decisions.sort_by(|a, b| a.node.name.cmp(&b.node.name));
        self.loops.sort_by(|a, b| a.node.name.cmp(&b.node.name));
        self.screens.sort_by(|a, b| a.node.name.cmp(&b.node.name));
        self.subflows.sort_by(|a, b| a.node.name.cmp(&b.node.name));
        self.formulas.sort_by(|a, b| a.name.cmp(&b.name));
        self.text_templates.sort_by(|a, b| a.name.cmp(&b.name));
        self.variables.sort_by(|a, b| a.name.cmp(&b.name));
        self.waits.sort_by(|a, b| a.node.name.cmp(&b.node.name));
    }
}

fn push<'f>(
    ways: &mut Vec<Way<'f>>,
    node: &'f Node,
    connector: Option<&'f Connector>,
    fault: bool,
) {
    ways.extend(connector.map(|connector| Way {
        from: &node.name,
        connector,
        fault,
    }));
}
