//! References that lead back to themselves before any part of a value is looked at: a reader of values would never
//! come to an end.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::schema::{Schema, SchemaGraph, SchemaId};

/// A schema on the way, with the schemas that see the same value, and how many of those have been followed.
struct Step {
    id: SchemaId,
    targets: Vec<SchemaId>,
    next: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Reports one reference of every loop, and takes it out: it says nothing.
pub(super) fn cut(graph: &mut SchemaGraph<'_>, severity: Severity, diagnostics: &mut Diagnostics) {
    let mut states = vec![State::New; graph.schemas.len()];
    let mut way = Vec::new();
    for start in (0..).map(SchemaId).take(graph.schemas.len()) {
        if states[start.0 as usize] != State::New {
            continue;
        }
        enter(start, graph, &mut states, &mut way);
        while let Some(step) = way.last_mut() {
            let Some(target) = step.targets.get(step.next).copied() else {
                states[step.id.0 as usize] = State::Done;
                way.pop();
                continue;
            };
            step.next += 1;
            match states[target.0 as usize] {
                State::Done => {}
                State::New => enter(target, graph, &mut states, &mut way),
                State::Open => {
                    let from = way.iter().rposition(|step| step.id == target);
                    cut_one(
                        &way[from.unwrap_or(0)..],
                        target,
                        graph,
                        severity,
                        diagnostics,
                    );
                }
            }
        }
    }
}

fn enter(id: SchemaId, graph: &SchemaGraph<'_>, states: &mut [State], way: &mut Vec<Step>) {
    let mut targets = in_place(graph.get(id)).peekable();
    // Most schemas say all there is to say of a value.
    if targets.peek().is_none() {
        states[id.0 as usize] = State::Done;
        return;
    }
    states[id.0 as usize] = State::Open;
    way.push(Step {
        id,
        targets: targets.collect(),
        next: 0,
    });
}

/// Takes the last reference out of a loop that ends where it starts. A loop has one: what is not a reference leads
/// deeper into the text.
fn cut_one(
    steps: &[Step],
    start: SchemaId,
    graph: &mut SchemaGraph<'_>,
    severity: Severity,
    diagnostics: &mut Diagnostics,
) {
    let targets = steps.iter().skip(1).map(|step| step.id).chain([start]);
    let edges: Vec<(SchemaId, SchemaId)> = steps.iter().map(|step| step.id).zip(targets).collect();
    for (from, to) in edges.into_iter().rev() {
        let Some(schema) = graph.schemas.get_mut(from.0 as usize) else {
            continue;
        };
        let Some(index) = schema.references.iter().position(|target| *target == to) else {
            continue;
        };
        schema.references.remove(index);
        let location = schema.location;
        diagnostics.push(
            Diagnostic::new(
                Code::ReferenceLoop,
                "this reference leads back to itself, so that it means nothing",
            )
            .severity(severity)
            .at_location(&graph.locations, location)
            .help("let it stand for a part of the value, such as a property, or remove it"),
        );
        return;
    }
}

/// The schemas that look at the same value.
fn in_place(schema: &Schema<'_>) -> impl Iterator<Item = SchemaId> {
    let logic = &schema.logic;
    let lists = [
        &schema.references,
        &schema.composition.all_of,
        &schema.composition.any_of,
        &schema.composition.one_of,
    ];
    let single = [
        logic.not,
        logic.condition,
        logic.consequence,
        logic.alternative,
    ];
    let dependent = schema.object.dependent_schemas.iter().map(|(_, id)| *id);
    let lists = lists.into_iter().flatten().copied();
    lists.chain(single.into_iter().flatten()).chain(dependent)
}
