//! A value with which two things are wrong at the same time.

use serde_json::Value;

use super::asked::is_clean_around;
use super::cases::{invalid_place, json_text};
use super::kept::Kept;
use super::unions::has_tag;
use crate::example::Step;
use crate::ir::{SizeBounds, TypeId, TypeKind, UnionType};
use crate::target::apex::types::stated;

/// JSON text of an object of which two properties are not valid, and where, in the order in which they are found.
pub(super) fn two_invalid(kept: Kept<'_, '_>, id: TypeId) -> Option<(String, [String; 2])> {
    let object = match &kept.graph.get(id).kind {
        TypeKind::Object(object) => object,
        TypeKind::Union(union) => return of_alternative(kept, union),
        _ => return None,
    };
    // A property that is missing could break these as well.
    if object.size != SizeBounds::default() {
        return None;
    }
    let broken = kept.examples.broken(id);
    let mut found = broken.iter().filter_map(|one| {
        let Some(Step::Key(wire)) = one.path.first() else {
            return None;
        };
        let field = object.fields.iter().position(|field| field.wire == wire)?;
        let place = invalid_place(kept, id, one)?;
        Some((field, wire.as_str(), place, one.value.as_object()?))
    });
    let first = found.next()?;
    let second = found.find(|other| other.0 != first.0)?;
    let mut members = first.3.clone();
    match second.3.get(second.1) {
        Some(wrong) => {
            members.insert(second.1.to_owned(), wrong.clone());
        }
        None => {
            members.remove(second.1);
        }
    }
    let mut places = [(first.0, first.2), (second.0, second.2)];
    places.sort();
    let value = Value::Object(members);
    let found = [places[0].1.as_str(), places[1].1.as_str()];
    if !is_clean_around(kept, id, &value, &found) {
        return None;
    }
    let text = json_text(&value);
    Some((text, places.map(|(_, place)| place)))
}

/// That of the first alternative which is told by the value's tag.
fn of_alternative(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Option<(String, [String; 2])> {
    let tag = union.tag.as_ref()?;
    let alternatives = stated(kept.graph, union).into_iter();
    alternatives
        .filter_map(|(index, id)| {
            let id = kept.types.end(id);
            let TypeKind::Object(_) = kept.graph.get(id).kind else {
                return None;
            };
            let found = two_invalid(kept, id)?;
            let value = serde_json::from_str(&found.0).ok()?;
            has_tag(tag, index, &value).then_some(found)
        })
        .next()
}
