//! What the test of a union's codec tries: how the alternatives are told apart.

use std::iter;
use std::rc::Rc;

use serde_json::{Value, json};

use super::base::Base;
use super::cases::{Case, first_invalid, first_invalid_part, json_text, pointer, wrong_kinds};
use super::kept::Kept;
use super::missing;
use super::valid::kept_as;
use crate::example::{Step, allows, tag_text};
use crate::ir::{ObjectType, Tag, TypeId, TypeKind, UnionType};
use crate::schema::kinds::{Kind, KindSet};
use crate::target::apex::types::{Holder, are_apart, stated};

/// How many values of an alternative are looked at for one with a text of the tag.
const MANY_VALUES: usize = 10;

/// How many texts of a tag are tried with one alternative.
const MANY_TEXTS: usize = 5;

/// Everything to try that only unions have.
pub(super) fn cases(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Vec<Case> {
    let mut all = tagged(kept, union);
    all.extend(read(kept, union));
    all.extend(other_alternative(kept, union));
    all.extend(bad_alternatives(kept, union));
    all.extend(invalid_alternatives(kept, union));
    all
}

/// For each alternative a value that can be read as such, whether or not it is valid or alternatives overlap.
fn read(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Vec<Case> {
    let is_tried = union.tag.is_none() && !are_apart(kept.graph, union);
    let alternatives = stated(kept.graph, union).into_iter().enumerate();
    alternatives
        .filter_map(|(number, (index, id))| {
            let mut value = match kept.examples.least(id) {
                // What is asked of entries is tried, too.
                Some(_) if is_map(kept, id) => json!({"key": null}),
                Some(value) if value == &json!([]) => kept.examples.full(id)?,
                Some(value) => value.clone(),
                None => missing::readable(kept, id)?,
            };
            if let Some(tag) = &union.tag {
                let text = tag_text(kept.graph, union, tag, index);
                let members = value.as_object_mut()?;
                members.insert(tag.property.to_owned(), Value::from(text));
            }
            let text = json_text(&value);
            let tried = is_tried.then(|| tried(kept, number, id));
            // One that comes before it may do as well, so that it would never be tried.
            let attempt = is_tried.then(|| Case::Attempt(text.clone(), number));
            (!value.is_null()).then(|| {
                let others = attempt.into_iter().chain([Case::Read(text)]);
                others.chain(tried.into_iter().flatten())
            })
        })
        .flatten()
        .collect()
}

/// An alternative that is read whether or not it would be chosen: one that is valid, and one that is not.
fn tried(kept: Kept<'_, '_>, number: usize, id: TypeId) -> Vec<Case> {
    let valid = kept.examples.full(id).map(|value| (value, Vec::new()));
    let invalid = first_invalid_part(kept, id).map(|(value, place)| (value, vec![place]));
    let is_good = |value: &Value| {
        kept.is_whole(id, value)
            && match kept.types.holder(id) {
                Holder::Class(class) => has_required(kept, class, value),
                Holder::Scalar(_) | Holder::List(_) | Holder::Never => !value.is_null(),
            }
    };
    let both = valid.into_iter().chain(invalid);
    both.filter(|(value, _)| is_good(value))
        .map(|(value, places)| Case::Tried(json_text(&value), number, places))
        .collect()
}

fn is_map(kept: Kept<'_, '_>, id: TypeId) -> bool {
    matches!(kept.graph.get(kept.types.end(id)).kind, TypeKind::Map(_))
}

/// A value that is none of the alternatives, whatever it holds.
fn other_alternative(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Option<Case> {
    let stated = stated(kept.graph, union);
    if let Some(tag) = &union.tag {
        if stated.iter().any(|(index, _)| tag.texts[*index].is_empty()) {
            return None;
        }
        let value = json!({tag.property: "none of these"});
        let place = pointer(&[Step::Key(tag.property.to_owned())]);
        return Some(Case::Refused(json_text(&value), place));
    }
    let is_of = |value: &Value| {
        let mut alternatives = stated.iter().map(|(index, _)| &union.alternatives[*index]);
        alternatives.any(|one| one.kinds.contains(Kind::of(value)))
    };
    let others = [
        json!("text"),
        json!(true),
        json!(1.5),
        json!([1]),
        json!({"a": 1}),
    ];
    let other = others.into_iter().find(|value| !is_of(value))?;
    Some(Case::Refused(json_text(&other), String::new()))
}

/// For each alternative that can be told from the others a value that is not valid.
fn invalid_alternatives(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Vec<Case> {
    let stated = stated(kept.graph, union);
    let is_object = |index: usize| union.alternatives[index].kinds.contains(Kind::Object);
    let objects = stated.iter().filter(|(index, _)| is_object(*index)).count();
    if union.tag.is_none() && objects > 1 {
        return Vec::new();
    }
    // Where kinds do not tell the alternatives apart, an object without what is required is none of them.
    let mut seen = KindSet::NONE;
    let is_told_by_kind = stated.iter().all(|(index, _)| {
        let kinds = union.alternatives[*index].kinds;
        let is_new = kinds.intersect(seen).is_empty();
        seen = seen.union(kinds);
        is_new
    });
    let is_told = union.tag.is_some() || is_told_by_kind;
    let others: Vec<TypeId> = match is_told_by_kind {
        true => {
            let others = stated.iter().filter(|(index, _)| !is_object(*index));
            others.map(|(_, id)| *id).collect()
        }
        false => Vec::new(),
    };
    let objects = stated.into_iter().filter(|(index, _)| is_object(*index));
    objects
        .filter_map(|(index, id)| match kept.types.holder(id) {
            Holder::Class(class) => first_invalid(kept, class)
                .map(Rc::unwrap_or_clone)
                .filter(|(value, _)| is_told || has_required(kept, class, value))
                .filter(|(value, _)| {
                    union
                        .tag
                        .as_ref()
                        .is_none_or(|tag| has_tag(tag, index, value))
                }),
            Holder::List(_) => first_invalid_part(kept, id).filter(|_| is_told_by_kind),
            Holder::Scalar(_) | Holder::Never => None,
        })
        .chain(
            others
                .into_iter()
                .filter_map(|id| first_invalid_part(kept, id)),
        )
        .map(|(value, place)| Case::Invalid(json_text(&value), place))
        .collect()
}

/// Whether the tag says that a value is this alternative.
pub(super) fn has_tag(tag: &Tag<'_>, index: usize, value: &Value) -> bool {
    let said = value.get(tag.property).and_then(Value::as_str);
    said.is_some_and(|said| tag.texts[index].contains(&said))
}

/// For each text of the tag the smallest value of its alternative with it, which no schema has to list among the properties.
fn tagged(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Vec<Case> {
    let Some(tag) = &union.tag else {
        return Vec::new();
    };
    let alternatives = stated(kept.graph, union).into_iter();
    let texts = alternatives.flat_map(|(index, id)| {
        let first = tag_text(kept.graph, union, tag, index);
        let others = tag.texts[index].iter().skip(1).copied();
        let texts = iter::once(first).chain(others).take(MANY_TEXTS);
        texts.map(move |text| (id, text))
    });
    texts
        .filter(|(id, text)| allows(kept.graph, *id, tag.property, text))
        .filter_map(|(id, text)| {
            // An alternative may be a union in which the same property tells more.
            let least = kept.examples.least(id)?;
            let others = || kept.examples.first_values(id, MANY_VALUES);
            let is_such = |value: &Value| value.get(tag.property).is_some_and(|of| of == text);
            let mut value = match is_such(least) {
                true => least.clone(),
                false => others()
                    .into_iter()
                    .find(is_such)
                    .unwrap_or_else(|| least.clone()),
            };
            let members = value.as_object_mut()?;
            members.insert(tag.property.to_owned(), Value::from(text));
            let written = kept.value(id, &value, 0)?;
            Some(kept_as(&value, &written))
        })
        .collect()
}

/// Whether nothing is missing by which an alternative may be told.
pub(super) fn has_required(kept: Kept<'_, '_>, id: TypeId, value: &Value) -> bool {
    match &kept.graph.get(kept.types.end(id)).kind {
        TypeKind::Object(object) => {
            let mut required = object.fields.iter().filter(|field| field.required);
            required.all(|field| value.get(field.wire).is_some())
        }
        _ => true,
    }
}

/// For each alternative that alone can be told by its properties a value of which one cannot be read.
fn bad_alternatives(kept: Kept<'_, '_>, union: &UnionType<'_>) -> Vec<Case> {
    if union.tag.is_some() {
        return Vec::new();
    }
    let objects: Option<Vec<(TypeId, &ObjectType<'_>)>> = stated(kept.graph, union)
        .into_iter()
        .map(|(_, id)| {
            match (
                kept.types.holder(id),
                &kept.graph.get(kept.types.end(id)).kind,
            ) {
                (Holder::Class(class), TypeKind::Object(object)) => Some((class, object)),
                _ => None,
            }
        })
        .collect();
    let Some(objects) = objects else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (index, (id, object)) in objects.iter().enumerate() {
        let Some(Value::Object(least)) = kept.examples.least(*id) else {
            continue;
        };
        let mut others = objects
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let is_alone = others.all(|(_, (_, other))| {
            let mut required = other.fields.iter().filter(|field| field.required);
            required.any(|field| !least.contains_key(field.wire))
        });
        if !is_alone {
            continue;
        }
        let wrong = wrong_kinds(kept, object, &Base::of(least))
            .into_iter()
            .find_map(|case| {
                let Case::Refused(text, _) = case else {
                    return None;
                };
                let value: Value = serde_json::from_str(&text).ok()?;
                let is_as_long = value
                    .as_object()
                    .is_some_and(|value| value.len() == least.len());
                is_as_long.then_some(text)
            });
        all.extend(wrong.map(|text| Case::Refused(text, String::new())));
    }
    all
}
