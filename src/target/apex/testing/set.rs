//! What no JSON text is read as, but code can set in a value that was read: what is checked nevertheless.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::cases::{Case, first_invalid, json_text, pointer};
use super::kept::Kept;
use super::missing;
use super::said::said;
use super::unions::{has_required, has_tag};
use crate::example::{Step, within};
use crate::ir::{Field, ObjectType, TupleType, TypeId, TypeKind, TypeRef, UnionType};
use crate::target::apex::code::{Doc, Statement, assign, call, literal_of, text};
use crate::target::apex::names::LIST_FIELD;
use crate::target::apex::text::literal;
use crate::target::apex::types::{Holder, Scalar, are_apart, stated};

/// How many objects inside of each other are looked at for something that can be set.
const MAX_DEPTH: usize = 3;

/// Texts of several kinds, of which a schema's only one is hardly any.
const OTHER_TEXTS: [&str; 4] = ["none of these", "none", "NONE", "0"];

/// What code does to a value that was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Change {
    /// What is at the end of this way is set to that.
    Is(String, Doc),
    /// The map at the end of this way gets its first entry once more.
    Twice(String),
}

impl Change {
    /// The same inside of what this way leads to.
    fn inside(self, way: &str) -> Self {
        match self {
            Self::Is(rest, set) => Self::Is(format!("{way}{rest}"), set),
            Self::Twice(rest) => Self::Twice(format!("{way}{rest}")),
        }
    }

    /// The statement that does it to a variable.
    pub(super) fn statement(self, variable: &str) -> Statement {
        match self.inside(variable) {
            Self::Is(way, set) => assign(way, set),
            Self::Twice(way) => {
                Statement::Plain(call(format!("{way}.add"), vec![text(format!("{way}[0]"))]))
            }
        }
    }
}

/// A value, what is done to it, and where it is wrong then.
#[derive(Clone)]
pub(super) struct Wrong {
    value: Value,
    change: Change,
    path: Vec<Step>,
}

impl Wrong {
    fn is(value: Value, set: Doc, path: Vec<Step>) -> Self {
        Self {
            value,
            change: Change::Is(String::new(), set),
            path,
        }
    }

    /// The same inside of an object.
    fn inside(mut self, around: &Map<String, Value>, wire: &str, name: &str) -> Self {
        let mut members = around.clone();
        members.insert(wire.to_owned(), self.value);
        self.path.insert(0, Step::Key(wire.to_owned()));
        Self {
            value: Value::Object(members),
            ..self
        }
        .held(name)
    }

    /// The same in a field that holds the whole value.
    fn held(self, name: &str) -> Self {
        Self {
            change: self.change.inside(&format!(".{name}")),
            ..self
        }
    }

    fn case(self) -> Case {
        let place = pointer(&self.path);
        Case::Set(json_text(&self.value), None, self.change, vec![place])
    }
}

/// What can be set in a value of a type, or in the class around a list or map.
pub(super) fn cases(kept: Kept<'_, '_>, id: TypeId, is_around: bool) -> Vec<Case> {
    if is_around {
        return of_wrapper(kept, id);
    }
    let all = match &kept.graph.get(id).kind {
        TypeKind::Object(object) => of_object(kept, id, object, MAX_DEPTH),
        TypeKind::Tuple(tuple) => of_tuple(kept, id, tuple),
        TypeKind::Union(union) => return of_union(kept, id, union),
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
        | TypeKind::Alias(_) => Vec::new(),
    };
    all.into_iter().map(Wrong::case).collect()
}

/// A class around a list has to have one, in which nothing is wrong.
fn of_wrapper(kept: Kept<'_, '_>, id: TypeId) -> Vec<Case> {
    let is_nullable = kept.types.is_nullable(TypeRef {
        id,
        nullable: false,
    });
    let least = kept.examples.least(id).filter(|_| !is_nullable);
    let null = least.map(|value| Wrong::is(value.clone(), text("null"), Vec::new()));
    let all = null
        .into_iter()
        .chain(in_list(kept, kept.types.end(id), MAX_DEPTH));
    all.map(|one| one.held(LIST_FIELD).case()).collect()
}

/// For each alternative something that is wrong in it, where no JSON text that is read as this one is.
fn of_union(kept: Kept<'_, '_>, id: TypeId, union: &UnionType<'_>) -> Vec<Case> {
    let is_tried = union.tag.is_none() && !are_apart(kept.graph, union);
    let alternatives = stated(kept.graph, union).into_iter().enumerate();
    let tags = stated(kept.graph, union).into_iter();
    let tags = tags.filter_map(|(index, of)| of_tag(kept, id, union, (index, of)));
    alternatives
        .filter_map(|(number, (index, of))| {
            let name = kept.names.field_name(id, index)?;
            let tagged = |mut value: Value| {
                if let Some(tag) = &union.tag {
                    let text = *tag.texts.get(index)?.first()?;
                    let members = value.as_object_mut()?;
                    members.insert(tag.property.to_owned(), Value::from(text));
                }
                Some(json_text(&value))
            };
            let number = is_tried.then_some(number);
            let is_known = |known: &Value, class: TypeId| match &union.tag {
                Some(tag) => has_tag(tag, index, known),
                None => !is_tried || has_required(kept, class, known),
            };
            let (wrong, places) = in_alternative(kept, of, is_known)?;
            let Wrong { value, change, .. } = wrong.held(name);
            Some(Case::Set(tagged(value)?, number, change, places))
        })
        .chain(tags)
        .collect()
}

/// The tag of an alternative is set to what means another one.
fn of_tag(
    kept: Kept<'_, '_>,
    id: TypeId,
    union: &UnionType<'_>,
    (index, of): (usize, TypeId),
) -> Option<Case> {
    let (class, place) = kept.types.loose_tag(kept.graph, union, index)?;
    let tag = union.tag.as_ref()?;
    let TypeKind::Object(object) = &kept.graph.get(class).kind else {
        return None;
    };
    let field = object.fields[place].ty;
    let others = tag.texts.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != index);
    let other = others.find_map(|(_, texts)| {
        let mut texts = texts.iter();
        texts.find(|text| kept.examples.fits(field.id, &Value::from(**text)))
    })?;
    let mut value = kept.examples.least(of)?.clone();
    let own = *tag.texts[index].first()?;
    let members = value.as_object_mut()?;
    members.insert(tag.property.to_owned(), Value::from(own));
    let path = vec![Step::Key(tag.property.to_owned())];
    let wrong = Wrong::is(value, text(literal(other)), path);
    let wrong = wrong.held(kept.names.field_name(class, place)?);
    Some(wrong.held(kept.names.field_name(id, index)?).case())
}

/// Something that is wrong in an alternative, and all places where it is.
fn in_alternative(
    kept: Kept<'_, '_>,
    id: TypeId,
    is_known: impl Fn(&Value, TypeId) -> bool,
) -> Option<(Wrong, Vec<String>)> {
    let found = match kept.types.holder(id) {
        Holder::Class(class) => {
            let known = first_invalid(kept, class);
            if known.is_some_and(|known| is_known(&known.0, class)) {
                return None;
            }
            match in_class(kept, class, MAX_DEPTH) {
                Some(wrong) => wrong,
                None => return emptied(kept, class),
            }
        }
        Holder::List(list) => in_list(kept, list, MAX_DEPTH)?,
        Holder::Scalar(Scalar::JsonText) => {
            let value = kept.examples.least(id).filter(|value| !value.is_null())?;
            Wrong::is(value.clone(), text(literal("{")), Vec::new())
        }
        Holder::Scalar(_) | Holder::Never => return None,
    };
    let place = pointer(&found.path);
    Some((found, vec![place]))
}

/// An object of which nothing is there any more.
fn emptied(kept: Kept<'_, '_>, id: TypeId) -> Option<(Wrong, Vec<String>)> {
    let (TypeKind::Object(object), Some(name)) =
        (&kept.graph.get(id).kind, kept.names.class_name(id))
    else {
        return None;
    };
    let places = missing::places(kept, id, object);
    let least = kept.examples.least(id).filter(|_| !places.is_empty())?;
    let empty = call(format!("new {name}"), Vec::new());
    Some((Wrong::is(least.clone(), empty, Vec::new()), places))
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
                let path = vec![Step::Key(field.wire.to_owned())];
                let whole = Wrong::is(Value::Object(least.clone()), set, path);
                Some(whole.held(name))
            }
            None => {
                let part = match kept.types.holder(field.ty.id) {
                    Holder::Class(of) => in_class(kept, of, depth),
                    Holder::List(of) => in_list(kept, of, depth),
                    Holder::Scalar(_) | Holder::Never => None,
                };
                let found = part.map(|one| one.inside(least, field.wire, name));
                found.filter(|one| kept.examples.fits(id, &one.value))
            }
        };
        all.extend(found);
    }
    all.extend(of_others(kept, id, object, least).into_iter().flatten());
    all
}

/// What a field cannot be: text that is not JSON, another text than the only one, a union of nothing.
fn set_whole(kept: Kept<'_, '_>, field: &Field<'_>) -> Option<Doc> {
    let fixed = kept.types.fixed(kept.graph, field);
    let another =
        |fixed: &str| another_text(kept, field.ty.id, fixed).map(|other| text(literal(other)));
    match kept.types.holder(field.ty.id) {
        Holder::Scalar(Scalar::JsonText) => Some(text(literal("{"))),
        Holder::Scalar(Scalar::Text) => fixed.and_then(another),
        Holder::Class(of) => match kept.graph.get(of).kind {
            TypeKind::Union(_) => Some(call(
                format!("new {}", kept.names.class_name(of)?),
                Vec::new(),
            )),
            _ => None,
        },
        Holder::Scalar(_) | Holder::List(_) | Holder::Never => None,
    }
}

/// A text that is not the only one that a field may be, and of which nothing else is said.
fn another_text(kept: Kept<'_, '_>, id: TypeId, fixed: &str) -> Option<&'static str> {
    let rules = kept.rules.of_use(kept.graph, kept.types, id);
    let is_clean = |text: &str| {
        rules.iter().all(|of| {
            let found = said(
                kept,
                &kept.rules.of(kept.graph, *of),
                &Value::from(text),
                &[],
            );
            found.is_some_and(|found| found.is_empty())
        })
    };
    let mut others = OTHER_TEXTS.into_iter().filter(|other| *other != fixed);
    others.find(|other| is_clean(other))
}

/// Something in the value of a class, where no JSON text is wrong there. Each use of the class asks for it.
fn in_class(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Option<Wrong> {
    if depth == 0 || first_invalid(kept, id).is_some() {
        return None;
    }
    if let Some(known) = kept.set.borrow().get(&(id, depth)) {
        return known.as_deref().cloned();
    }
    let found = in_this_class(kept, id, depth).map(Rc::new);
    kept.set.borrow_mut().insert((id, depth), found.clone());
    found.map(Rc::unwrap_or_clone)
}

fn in_this_class(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Option<Wrong> {
    let found = match &kept.graph.get(id).kind {
        TypeKind::Object(object) => of_object(kept, id, object, depth - 1),
        TypeKind::Tuple(tuple) => of_tuple(kept, id, tuple),
        TypeKind::Union(_) => {
            let value = kept.examples.least(id)?.clone();
            let nothing = format!("new {}", kept.names.class_name(id)?);
            return Some(Wrong::is(value, call(nothing, Vec::new()), Vec::new()));
        }
        _ => Vec::new(),
    };
    found.into_iter().next()
}

/// Something in a list: an entry where none may be, one that is not JSON text, a key that is there twice.
fn in_list(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Option<Wrong> {
    match &kept.graph.get(id).kind {
        TypeKind::Array(array) => {
            let empty = || Wrong::is(json!([]), entries(text("null")), Vec::new());
            let first = vec![Step::Index(0)];
            match kept.types.holder(array.items.id) {
                Holder::Never => Some(empty()),
                Holder::Scalar(Scalar::JsonText) if array.size.max == Some(0) => Some(empty()),
                Holder::Scalar(Scalar::JsonText) if within(array.size, 1) => {
                    let value = kept.examples.least(id)?.clone();
                    Some(Wrong::is(value, entries(text(literal("{"))), first))
                }
                Holder::Class(item) if within(array.size, 1) => in_entry(kept, item, depth),
                Holder::Scalar(_) | Holder::Class(_) | Holder::List(_) => None,
            }
        }
        TypeKind::Map(map) => {
            let value = kept.examples.full(id)?;
            let members = value.as_object()?;
            let path = vec![Step::Key(members.keys().next()?.clone())];
            let has_room = within(map.size, members.len() + 1);
            let is_read = has_room && kept.value(id, &value, 0).is_some();
            let change = Change::Twice(String::new());
            is_read.then_some(Wrong {
                value,
                change,
                path,
            })
        }
        _ => None,
    }
}

/// Something in the only entry of a list.
fn in_entry(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Option<Wrong> {
    let mut wrong = in_class(kept, id, depth)?;
    wrong.path.insert(0, Step::Index(0));
    Some(Wrong {
        value: json!([wrong.value]),
        change: wrong.change.inside("[0]"),
        ..wrong
    })
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
    let wrong = |set: Value, path: Vec<Step>| {
        let set = text(literal(&json_text(&set)));
        Wrong::is(Value::Object(least.clone()), set, path).held(name)
    };
    let named = object.fields.first().map(|field| {
        let path = vec![Step::Key(field.wire.to_owned())];
        wrong(json!({field.wire: null}), path)
    });
    [Some(wrong(json!([]), Vec::new())), named]
}

/// Text that is not JSON at a place of a list, or after those with a place.
fn of_tuple(kept: Kept<'_, '_>, id: TypeId, tuple: &TupleType) -> Vec<Wrong> {
    let Some(full) = kept.examples.full(id) else {
        return Vec::new();
    };
    let count = tuple.prefix.len();
    let is_json = |of: &TypeRef| kept.is_json_text(of.id);
    let wrong = |index: usize, set: Doc| {
        let name = kept.names.field_name(id, index)?;
        let wrong = Wrong::is(full.clone(), set, vec![Step::Index(index)]);
        Some(wrong.held(name))
    };
    let items = tuple.prefix.iter().enumerate();
    let is_there = |index: usize| full.get(index).is_some();
    let items = items.filter(|(index, of)| is_json(of) && is_there(*index));
    let items = items.filter_map(|(index, _)| wrong(index, text(literal("{"))));
    let rest = tuple
        .rest
        .filter(|of| is_json(of) && within(tuple.size, count + 1));
    let rest = rest.filter(|_| count == 0 || is_there(count - 1));
    let rest = rest.and_then(|_| wrong(count, entries(text(literal("{")))));
    items.chain(rest).collect()
}

/// A list of one text.
fn entries(entry: Doc) -> Doc {
    literal_of("List<String>", vec![entry])
}
