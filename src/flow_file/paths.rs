//! The ways through a flow: whether it starts, comes everywhere, ends, and catches what fails.

use super::findings::Findings;
use super::graph::{Element, Graph, Way, WayKind};
use super::xml;
use crate::diagnostic::Code;
use roxmltree::Node;

/// Kinds of elements that can fail.
const CAN_FAIL: &[&str] = &[
    "actionCalls",
    "apexPluginCalls",
    "recordCreates",
    "recordDeletes",
    "recordLookups",
    "recordUpdates",
];

/// Kinds of elements that change records.
const CHANGES: &[&str] = &["recordCreates", "recordDeletes", "recordUpdates"];

/// Kinds of elements after which a transaction is over.
const COMMITS: &[&str] = &["screens", "waits", "orchestratedStages"];

/// Checks the ways of a flow.
pub(crate) fn check(root: Node<'_, '_>, graph: &Graph<'_, '_>, findings: &mut Findings<'_>) {
    if graph.elements.is_empty() {
        return;
    }
    if !graph.ways.iter().any(|way| way.from.is_none()) {
        let place = xml::child(root, "start").unwrap_or(root);
        findings.error(
            Code::FlowPath,
            xml::tag_span(place),
            "nothing leads from the start to an element",
            "give `start` a connector, or set `startElementReference`",
        );
        return;
    }
    let reached = graph.reached();
    for (element, _) in graph
        .elements
        .iter()
        .zip(&reached)
        .filter(|(_, reached)| !**reached)
    {
        findings.warning(
            Code::FlowPath,
            name_span(element),
            format!("nothing leads to `{}`", element.name),
            "connect it, or remove it",
        );
    }
    let outgoing = graph.outgoing();
    endless(graph, &reached, &outgoing, findings);
    loops(graph, &outgoing, findings);
    faults(root, graph, &outgoing, findings);
    callouts(graph, &outgoing, findings);
}

fn name_span(element: &Element<'_, '_>) -> std::ops::Range<usize> {
    xml::child(element.node, "name").map_or_else(|| xml::tag_span(element.node), xml::span)
}

/// Elements from which no way ends the flow.
fn endless(
    graph: &Graph<'_, '_>,
    reached: &[bool],
    outgoing: &[Vec<&Way<'_>>],
    findings: &mut Findings<'_>,
) {
    let mut incoming = vec![Vec::new(); graph.elements.len()];
    for (from, ways) in outgoing.iter().enumerate() {
        for to in ways.iter().filter_map(|way| way.to) {
            incoming[to].push(from);
        }
    }
    let mut ends = vec![false; graph.elements.len()];
    let mut work: Vec<usize> = (0..graph.elements.len())
        .filter(|at| can_end(&graph.elements[*at], &outgoing[*at]))
        .collect();
    while let Some(at) = work.pop() {
        if !std::mem::replace(&mut ends[at], true) {
            work.extend(&incoming[at]);
        }
    }
    let first = (0..graph.elements.len()).find(|at| reached[*at] && !ends[*at]);
    if let Some(at) = first {
        let element = &graph.elements[at];
        findings.warning(
            Code::FlowPath,
            name_span(element),
            format!("no way from `{}` ends the flow", element.name),
            "give the circle a way out, such as a decision",
        );
    }
}

/// Whether a flow can end at an element, or a person can leave it there.
fn can_end(element: &Element<'_, '_>, ways: &[&Way<'_>]) -> bool {
    if COMMITS.contains(&element.tag) || ways.iter().any(|way| way.to.is_none()) {
        return true;
    }
    let normal = ways.iter().filter(|way| way.kind != WayKind::Fault).count();
    let outcomes = match element.tag {
        "decisions" => xml::children(element.node, "rules").count() + 1,
        "loops" => 2,
        _ => 1,
    };
    normal < outcomes
}

/// Loops whose body never comes back for the next item.
fn loops(graph: &Graph<'_, '_>, outgoing: &[Vec<&Way<'_>>], findings: &mut Findings<'_>) {
    let mut mark = vec![usize::MAX; graph.elements.len()];
    // Each loop is followed on its own; beyond this many steps in all, the rest is left alone.
    let mut steps = 2_000_000_usize;
    for (at, element) in graph.elements.iter().enumerate() {
        if element.tag != "loops" {
            continue;
        }
        let next = outgoing[at]
            .iter()
            .find(|way| way.kind == WayKind::NextItem);
        let Some(next) = next else {
            findings.warning(
                Code::FlowPath,
                name_span(element),
                format!("the loop `{}` does nothing with its items", element.name),
                "connect `nextValueConnector`",
            );
            continue;
        };
        let mut work: Vec<usize> = next.to.into_iter().collect();
        let mut returns = work.is_empty();
        while let Some(one) = work.pop() {
            if one == at || steps == 0 {
                returns = true;
                break;
            }
            if std::mem::replace(&mut mark[one], at) != at {
                steps = steps.saturating_sub(outgoing[one].len() + 1);
                work.extend(outgoing[one].iter().filter_map(|way| way.to));
            }
        }
        if !returns {
            findings.warning(
                Code::FlowPath,
                next.span.clone(),
                format!(
                    "the loop `{}` never comes back for its second item",
                    element.name
                ),
                "lead the last element of the loop's body back to the loop",
            );
        }
    }
}

fn faults(
    root: Node<'_, '_>,
    graph: &Graph<'_, '_>,
    outgoing: &[Vec<&Way<'_>>],
    findings: &mut Findings<'_>,
) {
    // A flow that runs before a record is saved has no fault paths.
    let start = xml::child(root, "start");
    let trigger = start.and_then(|start| xml::text_of(start, "triggerType"));
    if trigger == Some("RecordBeforeSave") {
        return;
    }
    let grouped =
        xml::children(root, "groups").any(|group| xml::child(group, "faultConnector").is_some());
    for (element, ways) in graph.elements.iter().zip(outgoing) {
        let catches = ways.iter().any(|way| way.kind == WayKind::Fault);
        let is_in_group = grouped && xml::child(element.node, "group").is_some();
        if CAN_FAIL.contains(&element.tag) && !catches && !is_in_group {
            findings.warning(
                Code::FlowNoFaultPath,
                name_span(element),
                format!("`{}` can fail, and has no fault path", element.name),
                "give it a fault connector, so that people see more than an unhandled fault",
            );
        }
    }
}

/// Calls that go out in the transaction in which records were changed before.
fn callouts(graph: &Graph<'_, '_>, outgoing: &[Vec<&Way<'_>>], findings: &mut Findings<'_>) {
    let mut after_change = vec![false; graph.elements.len()];
    let changes = (0..graph.elements.len()).filter(|at| CHANGES.contains(&graph.elements[*at].tag));
    let mut work: Vec<usize> = changes
        .flat_map(|at| outgoing[at].iter().filter(|way| way.kind != WayKind::Fault))
        .filter_map(|way| way.to)
        .collect();
    while let Some(at) = work.pop() {
        let element = &graph.elements[at];
        let model = xml::text_of(element.node, "flowTransactionModel");
        let commits = COMMITS.contains(&element.tag) || model == Some("NewTransaction");
        if !commits && !std::mem::replace(&mut after_change[at], true) {
            work.extend(outgoing[at].iter().filter_map(|way| way.to));
        }
    }
    for (element, _) in graph
        .elements
        .iter()
        .zip(&after_change)
        .filter(|(_, after)| **after)
    {
        let kind = xml::text_of(element.node, "actionType");
        let model = xml::text_of(element.node, "flowTransactionModel");
        if matches!(kind, Some("api" | "externalService")) && model == Some("CurrentTransaction") {
            findings.warning(
                Code::FlowCallout,
                name_span(element),
                format!(
                    "`{}` calls out after records were changed in the same transaction",
                    element.name
                ),
                "call out first, or let the action start a new transaction",
            );
        }
    }
}
