//! The least value of each type: no part that need not be there, the shallowest alternative.
//!
//! A type is looked at when all that it must hold has been found, so that nothing is followed twice and a type that holds
//! itself has an end, or no value.

use std::collections::VecDeque;

use serde_json::{Map, Number, Value, json};

use super::fits::{fits, within};
use super::ruled::{completed, for_checks, merged};
use super::tagged::tagged;
use super::{number, text};
use crate::ir::{
    ArrayType, MapType, Matching, ObjectType, TypeGraph, TypeId, TypeKind, TypeRef, UnionType,
};

/// How many values, parts included, an example holds.
const MAX_NODES: usize = 400;
/// How deep an example is.
const MAX_DEPTH: usize = 60;

/// How many values are tried where the first one does not pass the schema's checks.
const MAX_OTHERS: usize = 100;

/// What must be found before a type is looked at.
enum Needs {
    All(Vec<TypeId>),
    Any(Vec<TypeId>),
}

/// The least value of each type, by its place in the graph.
pub(super) fn least_values(graph: &TypeGraph<'_>) -> Vec<Option<Value>> {
    let count = graph.types.len();
    let mut waiting = vec![0_usize; count];
    let mut asked_by: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut ready = VecDeque::new();
    for (index, def) in graph.types.iter().enumerate() {
        let (needs, all) = match needs(&def.kind) {
            Needs::All(needs) => (needs, true),
            Needs::Any(needs) => (needs, false),
        };
        waiting[index] = if all { needs.len() } else { 1 };
        for need in &needs {
            asked_by[need.0 as usize].push(index);
        }
        if all && needs.is_empty() {
            ready.push_back(index);
        }
    }
    let mut values: Vec<Option<Value>> = vec![None; count];
    let mut is_done = vec![false; count];
    let mut is_put_off = vec![false; count];
    while let Some(index) = ready.pop_front() {
        let def = &graph.types[index];
        // Parts that need not be there may have to be: they are found first.
        if !def.unsaid.is_empty() && !std::mem::replace(&mut is_put_off[index], true) {
            ready.push_back(index);
            continue;
        }
        if std::mem::replace(&mut is_done[index], true) {
            continue;
        }
        let made = make(graph, &values, &def.kind);
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        values[index] = passing(graph, &values, id, made).filter(is_small);
        if values[index].is_none() {
            continue;
        }
        for &asking in &asked_by[index] {
            waiting[asking] = waiting[asking].saturating_sub(1);
            if waiting[asking] == 0 {
                ready.push_back(asking);
            }
        }
    }
    values
}

fn needs(kind: &TypeKind<'_>) -> Needs {
    let parts: Vec<TypeRef> = match kind {
        TypeKind::Array(array) => match array.size.min {
            None | Some(0) => Vec::new(),
            Some(_) => vec![array.items],
        },
        TypeKind::Tuple(tuple) => {
            let least = usize::try_from(tuple.size.min.unwrap_or(0)).unwrap_or(usize::MAX);
            let rest = tuple.rest.filter(|_| least > tuple.prefix.len());
            tuple
                .prefix
                .iter()
                .take(least)
                .copied()
                .chain(rest)
                .collect()
        }
        TypeKind::Map(map) => match map.size.min {
            None | Some(0) => Vec::new(),
            Some(_) => vec![map.values],
        },
        TypeKind::Object(object) => {
            let fields = least_fields(object).into_iter();
            fields.map(|index| object.fields[index].ty).collect()
        }
        TypeKind::Alias(target) => vec![*target],
        TypeKind::Union(union) => {
            let stated = union.alternatives.iter().filter(|one| !one.implied);
            let stated: Vec<TypeId> = stated.map(|one| one.ty).collect();
            return Needs::Any(match stated.is_empty() {
                true => union.alternatives.iter().map(|one| one.ty).collect(),
                false => stated,
            });
        }
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_) => Vec::new(),
    };
    // Where nothing else is found, null is.
    let parts = parts.into_iter().filter(|part| !part.nullable);
    Needs::All(parts.map(|part| part.id).collect())
}

/// The fields of an object's least value: those that are required, and others if it must have more.
fn least_fields(object: &ObjectType<'_>) -> Vec<usize> {
    let (mut fields, others): (Vec<usize>, Vec<usize>) =
        (0..object.fields.len()).partition(|index| object.fields[*index].required);
    let least = usize::try_from(object.size.min.unwrap_or(0)).unwrap_or(usize::MAX);
    let more = least.saturating_sub(fields.len());
    fields.extend(others.into_iter().take(more));
    fields
}

fn make(graph: &TypeGraph<'_>, values: &[Option<Value>], kind: &TypeKind<'_>) -> Option<Value> {
    let of = |reference: &TypeRef| {
        let value = values[reference.id.0 as usize].clone();
        value.or(reference.nullable.then_some(Value::Null))
    };
    match kind {
        TypeKind::Any => Some(json!("text")),
        TypeKind::Never => None,
        TypeKind::Null => Some(Value::Null),
        TypeKind::Boolean => Some(json!(true)),
        TypeKind::Integer(bounds) => first(number::valid(bounds, true)),
        TypeKind::Number(bounds) => first(number::valid(bounds, false)),
        TypeKind::String(of) => text::valid(of).into_iter().next().map(Value::String),
        TypeKind::Enum(one_of) => one_of.values.first().map(|one| json!(one.wire)),
        TypeKind::Literal(values) => values.first().map(|value| (*value).clone()),
        TypeKind::Array(array) => list(graph, values, array, array.size.min.unwrap_or(0)),
        TypeKind::Tuple(tuple) => {
            let least = usize::try_from(tuple.size.min.unwrap_or(0)).ok()?;
            let parts = tuple.prefix.iter().chain(
                tuple
                    .rest
                    .iter()
                    .cycle()
                    .take(least.saturating_sub(tuple.prefix.len()).min(MAX_NODES)),
            );
            let items: Option<Vec<Value>> = parts.take(least).map(of).collect();
            items.filter(|items| items.len() == least).map(Value::Array)
        }
        TypeKind::Map(map) => {
            let least = usize::try_from(map.size.min.unwrap_or(0)).ok()?;
            if least == 0 {
                return Some(json!({}));
            }
            let keys = keys(graph, map).into_iter();
            let members = keys.filter_map(|(key, reference)| Some((key, of(&reference)?)));
            let members: Map<String, Value> = members.take(least).collect();
            (members.len() == least).then_some(Value::Object(members))
        }
        TypeKind::Object(object) => {
            let mut members = Map::new();
            for index in least_fields(object) {
                let field = &object.fields[index];
                members.insert(field.wire.to_owned(), of(&field.ty)?);
            }
            within(object.size, members.len()).then_some(Value::Object(members))
        }
        TypeKind::Union(union) => {
            let mut some = alternatives(graph, values, union).take(MAX_OTHERS);
            let only = some.find(|value| is_of_one(graph, union, value));
            only.or_else(|| alternatives(graph, values, union).next())
        }
        TypeKind::Alias(target) => of(target),
    }
}

/// The values of a union's alternatives, those that the schema states before the others.
fn alternatives<'s>(
    graph: &TypeGraph<'s>,
    values: &[Option<Value>],
    union: &UnionType<'s>,
) -> impl Iterator<Item = Value> {
    let all = || union.alternatives.iter().enumerate();
    let stated = all().filter(|(_, one)| !one.implied);
    stated.chain(all()).filter_map(|(index, one)| {
        let value = values[one.ty.0 as usize].clone()?;
        tagged(graph, union, index, value)
    })
}

/// Whether a value fits no more alternatives of a union than it may.
fn is_of_one(graph: &TypeGraph<'_>, union: &UnionType<'_>, value: &Value) -> bool {
    if union.tag.is_some() || union.matching != Matching::One {
        return true;
    }
    let fitting = union.alternatives.iter().filter(|one| {
        let of = TypeRef {
            id: one.ty,
            nullable: false,
        };
        fits(graph, of, value)
    });
    fitting.take(2).count() < 2
}

/// A value that the schema's checks let pass, as far as is known; the one that was made if none is found.
fn passing(
    graph: &TypeGraph<'_>,
    values: &[Option<Value>],
    id: TypeId,
    made: Option<Value>,
) -> Option<Value> {
    let made = made?;
    let def = graph.get(id);
    let passes = |value: &Value| graph.checks.accepts(&def.checks, value);
    if def.unsaid.is_empty() || passes(&made) != Some(false) {
        return Some(made);
    }
    let mut others: Vec<Value> = match (&def.kind, &made) {
        (TypeKind::Object(object), Value::Object(least)) => with_more(values, object, least),
        (TypeKind::Integer(bounds), _) => numbers(number::valid(bounds, true)),
        (TypeKind::Number(bounds), _) => numbers(number::valid(bounds, false)),
        (TypeKind::String(of), _) => text::valid(of).into_iter().map(Value::String).collect(),
        (TypeKind::Enum(one_of), _) => one_of.values.iter().map(|one| json!(one.wire)).collect(),
        (TypeKind::Literal(values), _) => values.iter().map(|one| (*one).clone()).collect(),
        _ => Vec::new(),
    };
    others.extend(
        def.docs
            .values
            .examples
            .iter()
            .map(|value| (*value).clone()),
    );
    let mut others = others.into_iter().take(MAX_OTHERS);
    let other = others.find(|value| passes(value) == Some(true));
    let other = other.or_else(|| {
        // What the rules speak of, where only that will do.
        let of = TypeRef {
            id,
            nullable: false,
        };
        let spoken_of = for_checks(&graph.checks, &def.checks).into_iter();
        // What was made is of the types of its parts, and stays where it can.
        let mut whole =
            spoken_of.flat_map(|value| [completed(&made, &value), merged(&made, &value)]);
        whole.find(|value| fits(graph, of, value) && passes(value) == Some(true))
    });
    Some(other.unwrap_or(made))
}

/// An object with one more property, with two, and with all.
fn with_more(
    values: &[Option<Value>],
    object: &ObjectType<'_>,
    least: &Map<String, Value>,
) -> Vec<Value> {
    let others = object.fields.iter().filter_map(|field| {
        let value = values[field.ty.id.0 as usize].clone()?;
        (!least.contains_key(field.wire)).then(|| (field.wire.to_owned(), value))
    });
    let others: Vec<(String, Value)> = others.take(MAX_OTHERS).collect();
    let with = |more: &[&(String, Value)]| {
        let mut members = least.clone();
        members.extend(more.iter().map(|one| (*one).clone()));
        Value::Object(members)
    };
    let mut all: Vec<Value> = others.iter().map(|one| with(&[one])).collect();
    all.truncate(MAX_OTHERS / 2);
    all.push(with(&others.iter().collect::<Vec<_>>()));
    for (index, one) in others.iter().enumerate() {
        all.extend(others[..index].iter().map(|other| with(&[other, one])));
        if all.len() > MAX_OTHERS {
            break;
        }
    }
    all
}

fn numbers(numbers: Vec<Number>) -> Vec<Value> {
    numbers.into_iter().map(Value::Number).collect()
}

fn first(numbers: Vec<Number>) -> Option<Value> {
    numbers.into_iter().next().map(Value::Number)
}

/// A list of so many elements, alike unless they have to differ.
pub(super) fn list(
    graph: &TypeGraph<'_>,
    values: &[Option<Value>],
    array: &ArrayType,
    count: u64,
) -> Option<Value> {
    let count = usize::try_from(count)
        .ok()
        .filter(|count| *count <= MAX_NODES)?;
    if count == 0 {
        return Some(json!([]));
    }
    let item = values[array.items.id.0 as usize].clone();
    let item = item.or(array.items.nullable.then_some(Value::Null))?;
    if count == 1 || !array.unique {
        return Some(Value::Array(vec![item; count]));
    }
    let mut items = vec![item];
    let resolved = graph.resolve(array.items).id;
    let others: Vec<Value> = match &graph.get(resolved).kind {
        TypeKind::Enum(one_of) => one_of.values.iter().map(|one| json!(one.wire)).collect(),
        TypeKind::Literal(values) => values.iter().map(|value| (*value).clone()).collect(),
        TypeKind::Boolean => vec![json!(false)],
        TypeKind::Integer(_) | TypeKind::Number(_) => (0..=count).map(|it| json!(it)).collect(),
        TypeKind::String(of) => {
            let numbered = (0..=count).map(|it| json!(format!("text {it}")));
            text::valid(of)
                .into_iter()
                .map(Value::String)
                .chain(numbered)
                .collect()
        }
        TypeKind::Any => (0..=count).map(|it| json!(format!("text {it}"))).collect(),
        TypeKind::Never
        | TypeKind::Null
        | TypeKind::Array(_)
        | TypeKind::Tuple(_)
        | TypeKind::Map(_)
        | TypeKind::Object(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => Vec::new(),
    };
    for other in others {
        if items.len() < count && !items.contains(&other) && fits(graph, array.items, &other) {
            items.push(other);
        }
    }
    (items.len() == count).then_some(Value::Array(items))
}

/// Some keys that a map may have, and what their values are.
pub(super) fn keys(graph: &TypeGraph<'_>, map: &MapType<'_>) -> Vec<(String, TypeRef)> {
    let mut keys: Vec<(String, TypeRef)> = Vec::new();
    for (pattern, of) in &map.patterns {
        let text = [0, 1, 3]
            .into_iter()
            .find_map(|more| super::pattern::text(pattern, more).filter(|text| !text.is_empty()));
        keys.extend(text.map(|text| (text, *of)));
    }
    if !map.is_closed {
        let listed = map.keys.map(|keys| &graph.get(stated(graph, keys)).kind);
        match listed {
            Some(TypeKind::Enum(one_of)) => {
                keys.extend(
                    one_of
                        .values
                        .iter()
                        .map(|one| (one.wire.to_owned(), map.values)),
                );
            }
            Some(TypeKind::String(of)) => {
                keys.extend(text::valid(of).into_iter().map(|text| (text, map.values)));
            }
            _ => keys.extend((1..=3).map(|number| (format!("key {number}"), map.values))),
        }
    }
    keys
}

/// The type that names the texts among all values that a schema of keys allows.
fn stated(graph: &TypeGraph<'_>, keys: TypeId) -> TypeId {
    let of = TypeRef {
        id: keys,
        nullable: false,
    };
    let end = graph.resolve(of).id;
    match &graph.get(end).kind {
        TypeKind::Union(union) => union.only_stated().unwrap_or(end),
        _ => end,
    }
}

/// Whether a value is within the limits. It is as deep as its parts, which are, and one more.
fn is_small(value: &Value) -> bool {
    let mut left = MAX_NODES;
    let mut rest = vec![(value, 0)];
    while let Some((value, depth)) = rest.pop() {
        if left == 0 || depth > MAX_DEPTH {
            return false;
        }
        left -= 1;
        match value {
            Value::Array(items) => rest.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => rest.extend(members.values().map(|item| (item, depth + 1))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    true
}
