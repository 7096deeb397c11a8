//! What the test of a codec tries with values that lack all that they can lack. They need no example, so that whatever a
//! schema asks, each line of its codec is executed.

use serde_json::{Map, Value, json};

use super::cases::{Case, json_text, pointer};
use super::kept::Kept;
use crate::example::{Step, tag_text, within};
use crate::ir::{ObjectType, TypeId, TypeKind};
use crate::target::apex::types::stated;

/// How many unions inside of each other are looked at for a value that can be read.
const MAX_DEPTH: usize = 8;

/// What becomes of a value of which nothing is there, where that shows something that no valid value does.
pub(super) fn cases(kept: Kept<'_, '_>, id: TypeId, is_kept: bool) -> Option<Case> {
    match &kept.graph.get(id).kind {
        TypeKind::Object(object) => of_object(kept, id, object, is_kept),
        TypeKind::Map(_) if !is_kept => Some(Case::Read(json_text(&json!({"key": null})))),
        // However long the list may be, what is asked of its end is tried.
        TypeKind::Tuple(tuple) if tuple.rest.is_some() => {
            let nulls = vec![Value::Null; tuple.prefix.len() + 1];
            Some(Case::Read(json_text(&Value::Array(nulls))))
        }
        TypeKind::Tuple(_) | TypeKind::Array(_) if !is_kept => {
            Some(Case::Read(json_text(&json!([]))))
        }
        TypeKind::Map(_)
        | TypeKind::Tuple(_)
        | TypeKind::Array(_)
        | TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => None,
    }
}

/// The places where an object lacks something that is asked for, if nothing of it is there.
pub(super) fn places(kept: Kept<'_, '_>, id: TypeId, object: &ObjectType<'_>) -> Vec<String> {
    match of_object(kept, id, object, false) {
        Some(Case::Missing(_, _, places)) => places,
        _ => Vec::new(),
    }
}

/// An object with nothing but what it cannot be read without: the texts that are always the same, and each null that
/// has to be there.
fn of_object(
    kept: Kept<'_, '_>,
    id: TypeId,
    object: &ObjectType<'_>,
    is_kept: bool,
) -> Option<Case> {
    let (mut read, mut written) = (Map::new(), Map::new());
    let mut places = Vec::new();
    let (has_example, mut is_known) = (kept.examples.least(id).is_some(), true);
    for (index, field) in object.fields.iter().enumerate() {
        if kept.names.field_name(id, index).is_none() || !field.required {
            continue;
        }
        let name = || field.wire.to_owned();
        if let Some(fixed) = kept.types.fixed(kept.graph, field) {
            read.insert(name(), json!(fixed));
            written.insert(name(), json!(fixed));
        } else if kept.types.is_nullable(field.ty) {
            read.insert(name(), Value::Null);
            written.insert(name(), Value::Null);
        } else if kept.is_json_text(field.ty.id) && !has_example {
            // What is asked of JSON text is asked only if there is any.
            read.insert(name(), Value::Null);
            is_known = false;
        } else {
            places.push(pointer(&[Step::Key(name())]));
        }
    }
    if places.is_empty() && !within(object.size, written.len()) {
        places.push(String::new());
    }
    if !is_known {
        return Some(Case::Read(json_text(&Value::Object(read))));
    }
    let [read, written] = [read, written].map(|members| json_text(&Value::Object(members)));
    match places.len() {
        0 if is_kept => None,
        0 => Some(Case::Kept(read, written)),
        1 if is_kept => None,
        _ => Some(Case::Missing(read, written, places)),
    }
}

/// A value that can be read as this type: of an object all that is required is null, but for what is always the same; of a
/// union it is the first alternative of which there is one.
pub(super) fn readable(kept: Kept<'_, '_>, id: TypeId) -> Option<Value> {
    readable_within(kept, id, MAX_DEPTH)
}

fn readable_within(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    match &kept.graph.get(kept.types.end(id)).kind {
        TypeKind::Object(object) => {
            let required = object.fields.iter().filter(|field| field.required);
            let members = required.map(|field| {
                let value = kept
                    .types
                    .fixed(kept.graph, field)
                    .map_or(Value::Null, Value::from);
                (field.wire.to_owned(), value)
            });
            Some(Value::Object(members.collect()))
        }
        TypeKind::Union(union) => {
            let mut alternatives = stated(kept.graph, union).into_iter();
            alternatives.find_map(|(index, id)| {
                let mut value = readable_within(kept, id, depth)?;
                if let Some(tag) = &union.tag {
                    let text = tag_text(kept.graph, union, tag, index);
                    let members = value.as_object_mut()?;
                    members.insert(tag.property.to_owned(), Value::from(text));
                }
                Some(value)
            })
        }
        TypeKind::Map(_) => Some(json!({})),
        TypeKind::Array(_) | TypeKind::Tuple(_) => Some(json!([])),
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Alias(_) => None,
    }
}
