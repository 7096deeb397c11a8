//! A value with which two things are wrong at the same time.

use serde_json::{Map, Value};

use super::asked::is_clean_around;
use super::base::Base;
use super::cases::{Case, cases, field_at, json_text};
use super::kept::Kept;
use super::unions::has_tag;
use crate::ir::{ObjectType, SizeBounds, TypeId, TypeKind, UnionType};
use crate::target::apex::types::{are_apart, stated};

/// A value with one property that is not valid, as one of the cases has it.
struct Wrong<'c> {
    /// The place of the property among those of the type.
    field: usize,
    wire: String,
    place: &'c str,
    members: Map<String, Value>,
}

/// JSON text of an object of which two properties are not valid, and where, in the order in which they are found.
pub(super) fn two_invalid(
    kept: Kept<'_, '_>,
    id: TypeId,
    cases: &[Case],
) -> Option<(String, [String; 2])> {
    let object = match &kept.graph.get(id).kind {
        TypeKind::Object(object) => object,
        TypeKind::Union(union) => return of_alternative(kept, union),
        _ => return None,
    };
    // A property that is missing could break these as well.
    if object.size != SizeBounds::default() {
        return None;
    }
    let mut found = cases.iter().filter_map(|case| wrong(object, case));
    let mut first = found.next()?;
    let mut second = found.find(|other| other.field != first.field)?;
    let mut members = std::mem::take(&mut first.members);
    match second.members.shift_remove(&second.wire) {
        Some(wrong) => {
            members.insert(second.wire.clone(), wrong);
        }
        None => {
            members.shift_remove(&second.wire);
        }
    }
    let mut places = [(first.field, first.place), (second.field, second.place)];
    places.sort_unstable();
    let places = places.map(|(_, place)| place);
    let value = Value::Object(members);
    let is_clean = is_clean_around(kept, id, &value, &places, false);
    is_clean.then(|| (json_text(&value), places.map(str::to_owned)))
}

/// What a case says of one property of an object.
fn wrong<'c>(object: &ObjectType<'_>, case: &'c Case) -> Option<Wrong<'c>> {
    let Case::Invalid(text, place) = case else {
        return None;
    };
    let (field, wire) = field_at(object, place)?;
    let Ok(Value::Object(members)) = serde_json::from_str(text) else {
        return None;
    };
    Some(Wrong {
        field,
        wire: wire.to_owned(),
        place,
        members,
    })
}

/// That of the first alternative which is told by the value's tag, or by its being an object.
fn of_alternative(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Option<(String, [String; 2])> {
    if union.tag.is_none() && !are_apart(kept.graph, union) {
        return None;
    }
    let alternatives = stated(kept.graph, union).into_iter();
    alternatives
        .filter_map(|(index, id)| {
            let id = kept.types.end(id);
            let TypeKind::Object(_) = kept.graph.get(id).kind else {
                return None;
            };
            let base = Base::new(kept, id);
            let found = two_invalid(kept, id, &cases(kept, id, base.as_ref(), false))?;
            let value = serde_json::from_str(&found.0).ok()?;
            let is_told = union
                .tag
                .as_ref()
                .is_none_or(|tag| has_tag(tag, index, &value));
            is_told.then_some(found)
        })
        .next()
}
