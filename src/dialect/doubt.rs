//! What a schema asks by way of what is not known: a reference without a target, a keyword that cannot be read. Every value
//! is allowed there, and where a schema asks that a value does *not* fit, or fits no other one, nobody can tell.

use crate::schema::{Schema, SchemaGraph, SchemaId};

/// Takes out of the schemas what refuses values that fit a schema of which a part is not known: `not`, `if`, the most that
/// `contains` may find, `unevaluated…`, and that only one of a `oneOf` fits.
pub(super) fn soften(graph: &mut SchemaGraph<'_>, unknown: &[SchemaId]) {
    if unknown.is_empty() {
        return;
    }
    let is_doubted = spread(graph, unknown);
    let doubted = |id: &SchemaId| is_doubted.get(id.0 as usize).copied().unwrap_or(false);
    let mut apart = Vec::new();
    for (schema, id) in graph.schemas.iter_mut().zip((0..).map(SchemaId)) {
        if !doubted(&id) {
            continue;
        }
        if unknown.binary_search(&id).is_ok() || in_place(schema).iter().any(doubted) {
            if schema.object.unevaluated.is_some() {
                schema.object.unevaluated = None;
            }
            if schema.array.unevaluated.is_some() {
                schema.array.unevaluated = None;
            }
        }
        if schema.logic.not.as_ref().is_some_and(doubted) {
            schema.logic.not = None;
        }
        if schema.logic.condition.as_ref().is_some_and(doubted) {
            schema.logic.condition = None;
            schema.logic.consequence = None;
            schema.logic.alternative = None;
        }
        if schema.array.contains.as_ref().is_some_and(doubted)
            && schema.array.contains_size.max.is_some()
        {
            schema.array.contains_size.max = None;
        }
        if schema.composition.one_of.iter().any(doubted) {
            let any_of = std::mem::take(&mut schema.composition.one_of);
            if schema.composition.any_of.is_empty() {
                schema.composition.any_of = any_of;
            } else {
                apart.push((id, any_of));
            }
        }
    }
    // There is one `anyOf` in a schema: a second one takes a schema of its own.
    for (id, any_of) in apart {
        let new = SchemaId(u32::try_from(graph.schemas.len()).unwrap_or(u32::MAX));
        let mut part = Schema::new(graph.get(id).location);
        part.composition.any_of = any_of;
        graph.schemas.push(part);
        graph.schemas[id.0 as usize].composition.all_of.push(new);
    }
}

/// The schemas with a part that is not known, by their ids.
fn spread(graph: &SchemaGraph<'_>, unknown: &[SchemaId]) -> Vec<bool> {
    let mut users: Vec<Vec<SchemaId>> = vec![Vec::new(); graph.schemas.len()];
    for (schema, id) in graph.schemas.iter().zip((0..).map(SchemaId)) {
        for part in in_place(schema).into_iter().chain(inner(schema)) {
            if let Some(users) = users.get_mut(part.0 as usize) {
                users.push(id);
            }
        }
    }
    let mut is_doubted = vec![false; graph.schemas.len()];
    let mut waiting = unknown.to_vec();
    while let Some(id) = waiting.pop() {
        let index = id.0 as usize;
        if index < is_doubted.len() && !std::mem::replace(&mut is_doubted[index], true) {
            waiting.append(&mut users[index]);
        }
    }
    is_doubted
}

/// The schemas that look at the same value.
fn in_place(schema: &Schema<'_>) -> Vec<SchemaId> {
    let (together, logic) = (&schema.composition, &schema.logic);
    let dependent = schema.object.dependent_schemas.iter().map(|(_, id)| *id);
    let lists = [&together.all_of, &together.any_of, &together.one_of];
    let rules = [
        logic.not,
        logic.condition,
        logic.consequence,
        logic.alternative,
    ];
    let references = schema.references.iter().copied();
    references
        .chain(lists.into_iter().flatten().copied())
        .chain(rules.into_iter().flatten())
        .chain(dependent)
        .collect()
}

/// The schemas that look at parts of the value.
fn inner(schema: &Schema<'_>) -> Vec<SchemaId> {
    let (array, object) = (&schema.array, &schema.object);
    let named = object.properties.iter().chain(&object.patterns);
    let single = [
        array.rest,
        array.contains,
        array.unevaluated,
        object.additional,
        object.names,
        object.unevaluated,
    ];
    let single = single.into_iter().flatten();
    let prefix = array.prefix.iter().copied();
    named
        .map(|(_, id)| *id)
        .chain(prefix)
        .chain(single)
        .collect()
}
