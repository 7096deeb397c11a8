//! What no JSON text is read as, but code can set in a value that was read: what is checked nevertheless.

use serde_json::{Map, Value, json};

use super::cases::{Case, first_invalid, is_single, json_text, pointer};
use super::kept::Kept;
use crate::example::Step;
use crate::ir::{Field, ObjectType, TupleType, TypeId, TypeKind};
use crate::target::apex::code::{Doc, call, literal_of, text};
use crate::target::apex::names::LIST_FIELD;
use crate::target::apex::text::literal;
use crate::target::apex::types::{Holder, Scalar, common_value};

/// How many objects inside of each other are looked at for something that can be set.
const MAX_DEPTH: usize = 3;

/// A value, the way from it to a field, what that is set to, and where that is wrong.
struct Wrong {
    value: Value,
    way: String,
    set: Doc,
    path: Vec<Step>,
}

impl Wrong {
    fn of_itself(way: String, set: Doc, step: Step) -> impl FnOnce(Value) -> Self {
        move |value| Self {
            value,
            way,
            set,
            path: vec![step],
        }
    }

    /// The same inside of an object.
    fn inside(mut self, around: &Map<String, Value>, field: &Field<'_>, name: &str) -> Self {
        let mut members = around.clone();
        members.insert(field.wire.to_owned(), self.value);
        self.path.insert(0, Step::Key(field.wire.to_owned()));
        Self {
            value: Value::Object(members),
            way: format!(".{name}{}", self.way),
            ..self
        }
    }

    fn case(self) -> Case {
        let place = pointer(&self.path);
        Case::Set(json_text(&self.value), self.way, self.set, place)
    }
}

/// What can be set in a value of a type, or in the class around a list or map.
pub(super) fn cases(kept: Kept<'_, '_>, id: TypeId, is_around: bool) -> Vec<Case> {
    if is_around {
        return of_wrapper(kept, id).into_iter().collect();
    }
    let all = match &kept.graph.get(id).kind {
        TypeKind::Object(object) => of_object(kept, id, object, MAX_DEPTH),
        TypeKind::Tuple(tuple) => of_tuple(kept, id, tuple),
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Array(_)
        | TypeKind::Map(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => Vec::new(),
    };
    all.into_iter().map(Wrong::case).collect()
}

/// A class around a list has to have one.
fn of_wrapper(kept: Kept<'_, '_>, id: TypeId) -> Option<Case> {
    let is_nullable = kept.types.is_nullable(crate::ir::TypeRef {
        id,
        nullable: false,
    });
    let value = kept.examples.least(id).filter(|_| !is_nullable)?;
    let way = format!(".{LIST_FIELD}");
    Some(Case::Set(
        json_text(value),
        way,
        text("null"),
        String::new(),
    ))
}

fn of_object(kept: Kept<'_, '_>, id: TypeId, object: &ObjectType<'_>, depth: usize) -> Vec<Wrong> {
    let Some(Value::Object(least)) = kept.examples.least(id) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (index, field) in object.fields.iter().enumerate() {
        let Some(name) = kept.names.field_name(id, index) else {
            continue;
        };
        let found = match set_whole(kept, field) {
            Some(set) => {
                let step = Step::Key(field.wire.to_owned());
                let whole = Wrong::of_itself(format!(".{name}"), set, step);
                Some(whole(Value::Object(least.clone())))
            }
            None => inside(kept, field, depth).map(|one| one.inside(least, field, name)),
        };
        all.extend(found);
    }
    all.extend(of_others(kept, id, object, least).into_iter().flatten());
    all
}

/// What a field cannot be: text that is not JSON, another text than the only one, a union of nothing, an entry
/// without a key, a list with an entry where none may be.
fn set_whole(kept: Kept<'_, '_>, field: &Field<'_>) -> Option<Doc> {
    let is_fixed =
        field.required && !kept.types.is_nullable(field.ty) && is_single(kept, field.ty.id);
    match kept.types.holder(field.ty.id) {
        Holder::Scalar(Scalar::JsonText) => Some(text(literal("{"))),
        Holder::Scalar(Scalar::Text) if is_fixed => Some(text(literal("none of these"))),
        Holder::Class(of) => match kept.graph.get(of).kind {
            TypeKind::Union(_) => Some(call(
                format!("new {}", kept.names.class_name(of)?),
                Vec::new(),
            )),
            _ => None,
        },
        Holder::List(of) => match &kept.graph.get(of).kind {
            TypeKind::Map(map) => {
                let is_free = map.keys.is_none() && !map.is_closed && map.size.min.is_none();
                let held = kept.types.map_values(kept.graph, of);
                let takes_null = held == Holder::Scalar(Scalar::JsonText)
                    || common_value(map).is_some_and(|of| kept.types.is_nullable(of));
                let entry = kept.names.class_name(of)?;
                let list = format!("List<{entry}>");
                let list = literal_of(&list, vec![call(format!("new {entry}"), Vec::new())]);
                (is_free && takes_null).then_some(list)
            }
            // The list that has to be empty.
            TypeKind::Array(array) => {
                let is_empty = kept.types.holder(array.items.id) == Holder::Never;
                is_empty.then(|| literal_of("List<String>", vec![text("null")]))
            }
            _ => None,
        },
        Holder::Scalar(_) | Holder::Never => None,
    }
}

/// Something in the value of a field, where no JSON text is wrong there.
fn inside(kept: Kept<'_, '_>, field: &Field<'_>, depth: usize) -> Option<Wrong> {
    let Holder::Class(of) = kept.types.holder(field.ty.id) else {
        return None;
    };
    if depth == 0 || first_invalid(kept, of).is_some() {
        return None;
    }
    let found = match &kept.graph.get(of).kind {
        TypeKind::Object(object) => of_object(kept, of, object, depth - 1),
        TypeKind::Tuple(tuple) => of_tuple(kept, of, tuple),
        _ => Vec::new(),
    };
    found.into_iter().next()
}

/// Something else than an object for what has no field, and a property that has a field.
fn of_others(
    kept: Kept<'_, '_>,
    id: TypeId,
    object: &ObjectType<'_>,
    least: &Map<String, Value>,
) -> [Option<Wrong>; 2] {
    let Some(name) = kept.names.others_name(id) else {
        return [None, None];
    };
    let wrong = |set: Value, path: Vec<Step>| Wrong {
        value: Value::Object(least.clone()),
        way: format!(".{name}"),
        set: text(literal(&json_text(&set))),
        path,
    };
    let named = object.fields.first().map(|field| {
        let path = vec![Step::Key(field.wire.to_owned())];
        wrong(json!({field.wire: null}), path)
    });
    [Some(wrong(json!([]), Vec::new())), named]
}

/// Text that is not JSON at a place of a list.
fn of_tuple(kept: Kept<'_, '_>, id: TypeId, tuple: &TupleType) -> Vec<Wrong> {
    let Some(full) = kept.examples.full(id) else {
        return Vec::new();
    };
    let items = tuple.prefix.iter().enumerate();
    let held = items.filter(|(_, of)| kept.types.holder(of.id) == Holder::Scalar(Scalar::JsonText));
    held.filter_map(|(index, _)| {
        let way = format!(".{}", kept.names.field_name(id, index)?);
        full.get(index)?;
        let wrong = Wrong::of_itself(way, text(literal("{")), Step::Index(index));
        Some(wrong(full.clone()))
    })
    .collect()
}
