//! What the test of a codec tries.

use std::iter;
use std::rc::Rc;

use serde_json::{Value, json};

use super::base::Base;
use super::kept::{Invalid, Kept};
use super::set::Change;
use super::{asked, entries, maps, missing, set, unions, valid, verdict};
use crate::example::{Broken, Sample, Step, within};
use crate::hash::HashSet;
use crate::ir::{ObjectType, TypeId, TypeKind, TypeRef};
use crate::target::apex::types::{Holder, Scalar, common_value};
use crate::target::apex::{format, pattern};

/// How many objects inside of each other are looked at for a value that is not valid.
const MAX_DEPTH: usize = 2;
/// How many letters of JSON text one test class has.
const MAX_TEXT: usize = 300_000;
/// How many letters of JSON text its tests read.
const MAX_READ: usize = 1_000_000;

/// One thing to try, with JSON text.
#[derive(Debug, PartialEq)]
pub(super) enum Case {
    /// What is read is valid, and is written as the second text.
    Kept(String, String),
    /// What is read is not valid at this place, a JSON pointer.
    Invalid(String, String),
    /// What is read is not valid at this place, a JSON pointer, because it does not have the format of this name.
    Unformatted(String, String, String),
    /// It cannot be read because of this place, a JSON pointer.
    Refused(String, String),
    /// It can be read, whatever becomes of it.
    Read(String),
    /// What is read is written as this text again, whether or not it is valid.
    Written(String),
    /// It can be read as the alternative with this number of a union that tries them.
    Attempt(String, usize),
    /// What is read is not valid at these places, and is written as the second text.
    Missing(String, String, Vec<String>),
    /// What is read breaks something that is asked beside types, at these places, and is written as this text again.
    Broken(String, Vec<String>),
    /// What is read is not valid, nobody knows where.
    Wrong(String),
    /// What is read, as the alternative with this number where they are tried, is valid until this is done to it; then these
    /// places are not.
    Set(String, Option<usize>, Change, Vec<String>),
    /// It can be read as the alternative with this number, is then wrong at these places, and written as this text again.
    Tried(String, usize, Vec<String>),
    /// What is read leaves nothing for the field of properties without one.
    Named(String),
}

impl Case {
    /// The JSON text that is read.
    pub(super) fn json(&self) -> &str {
        match self {
            Self::Kept(text, _)
            | Self::Invalid(text, _)
            | Self::Unformatted(text, ..)
            | Self::Refused(text, _)
            | Self::Read(text)
            | Self::Written(text)
            | Self::Attempt(text, _)
            | Self::Missing(text, ..)
            | Self::Broken(text, _)
            | Self::Wrong(text)
            | Self::Set(text, ..)
            | Self::Tried(text, ..)
            | Self::Named(text) => text,
        }
    }

    /// The JSON texts that a test has.
    pub(super) fn said(&self) -> impl Iterator<Item = &str> {
        let written = match self {
            Self::Kept(text, written) if text != written => Some(written),
            Self::Missing(_, written, _) => Some(written),
            Self::Kept(..)
            | Self::Invalid(..)
            | Self::Unformatted(..)
            | Self::Refused(..)
            | Self::Read(_)
            | Self::Written(_)
            | Self::Attempt(..)
            | Self::Broken(..)
            | Self::Wrong(_)
            | Self::Set(..)
            | Self::Tried(..)
            | Self::Named(_) => None,
        };
        iter::once(self.json()).chain(written.map(String::as_str))
    }
}

/// Everything to try with the codec of a type, or with that of the class around a list or map. The example, if the values
/// are objects, is the least one.
pub(super) fn cases(
    kept: Kept<'_, '_>,
    id: TypeId,
    base: Option<&Base>,
    is_around: bool,
) -> Vec<Case> {
    let (mut all, is_kept) = valid::cases(kept, id, base, is_around);
    all.extend(missing::cases(kept, id, is_kept));
    all.extend(maps::cases(kept, id));
    all.extend(broken_cases(kept, id, base, is_around));
    if let TypeKind::Object(object) = &kept.graph.get(id).kind
        && let (Some(base), Some(Value::Object(least))) = (base, kept.examples.least(id))
    {
        all.extend(wrong_kinds(kept, object, base));
        all.extend(nested(kept, object, base));
        if kept.names.others_name(id).is_some() {
            all.extend(valid::with_others(kept, id, object, least));
            let full = kept.examples.full(id);
            all.extend(full.map(|value| Case::Named(json_text(&value))));
        }
    }
    if let TypeKind::Tuple(tuple) = &kept.graph.get(id).kind
        && let (None, Some(Value::Array(mut items))) = (tuple.rest, kept.examples.full(id))
        && !is_around
        && items.len() == tuple.prefix.len()
    {
        items.push(json!("more"));
        all.push(Case::Refused(
            json_text(&Value::Array(items)),
            String::new(),
        ));
    }
    all.extend(set::cases(kept, id, is_around));
    all.extend(entries::set(kept, id, is_around));
    if kept.names.shares_entries(id) {
        all.extend(entries::cases(kept, id));
    }
    if let TypeKind::Union(union) = &kept.graph.get(id).kind {
        all.extend(unions::cases(kept, union));
    }
    // What a map alone asks of the lists and texts in entries that others have as well, it asks where it is used.
    let is_asked_elsewhere = kept.names.shares_entries(id)
        && !is_around
        && !matches!(kept.types.map_values(kept.graph, id), Holder::Class(_));
    if !is_asked_elsewhere {
        all = asked::with_rules(kept, id, all, is_around);
    }
    if asked::tries(kept, id) {
        let cases = all.into_iter();
        all = cases
            .map(|case| verdict::sure(kept, id, case, is_around))
            .collect();
    }
    let base = base.filter(|base| base.is_worth_it(&all));
    let mut is_good = good(&all, base).into_iter();
    all.retain(|_| is_good.next() == Some(true));
    all
}

/// Which cases are new, and have room in a test class.
fn good(all: &[Case], base: Option<&Base>) -> Vec<bool> {
    let (mut room, mut read) = (MAX_TEXT, MAX_READ);
    let mut seen = HashSet::default();
    let mut is_good = Vec::with_capacity(all.len());
    for case in all {
        let way = match case {
            Case::Kept(..)
            | Case::Invalid(..)
            | Case::Unformatted(..)
            | Case::Refused(..)
            | Case::Read(_)
            | Case::Written(_)
            | Case::Broken(..)
            | Case::Wrong(_)
            | Case::Missing(..) => None,
            Case::Attempt(_, number) => Some((number.to_string(), None)),
            Case::Tried(_, number, _) => Some((format!("tried {number}"), None)),
            Case::Set(_, _, change, _) => Some((String::new(), Some(change))),
            Case::Named(_) => Some((String::new(), None)),
        };
        let json = case.json();
        let length = base.map_or(json.len(), |base| base.length(json));
        room = room.saturating_sub(length);
        read = read.saturating_sub(json.len());
        is_good.push(room > 0 && read > 0 && seen.insert((json, way)));
    }
    is_good
}

/// What happens to values that break one thing each.
fn broken_cases(kept: Kept<'_, '_>, id: TypeId, base: Option<&Base>, is_around: bool) -> Vec<Case> {
    let least = base.filter(|_| matches!(kept.graph.get(id).kind, TypeKind::Object(_)));
    let broken = kept.examples.broken(id);
    let cases = broken.into_iter().filter_map(|one| {
        let seen = seen(kept, id, &one, is_around)?;
        let text = match (least, one.value) {
            (Some(least), Sample::With(_, name, value)) => least.with(name, &value),
            (Some(least), Sample::Without(_, name)) => least.without(name),
            (_, value) => json_text(&value.into_value()),
        };
        Some(seen.case(text))
    });
    let mut all: Vec<Case> = cases.collect();
    if is_around {
        let wrong = maps::wrong_entries(kept, kept.types.end(id)).into_iter();
        all.extend(wrong.map(|(value, key)| {
            let place = pointer(&[Step::Key(key)]);
            Case::Invalid(json_text(&value), place)
        }));
    }
    all
}

/// What Apex sees of a value that breaks one thing, and at which place.
enum Seen {
    /// It cannot be read.
    Refused(String),
    /// It is not valid.
    Invalid(String),
    /// It does not have the format of this name.
    Unformatted(String, String),
}

impl Seen {
    /// What that is for JSON text.
    fn case(self, text: String) -> Case {
        match self {
            Self::Refused(place) => Case::Refused(text, place),
            Self::Invalid(place) => Case::Invalid(text, place),
            Self::Unformatted(place, name) => Case::Unformatted(text, place, name),
        }
    }
}

/// What happens to a value that breaks one thing; none where Apex does not see it.
fn seen(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>, is_around: bool) -> Option<Seen> {
    let place = pointer(&broken.path);
    let field = match (&kept.graph.get(id).kind, broken.path.first()) {
        (TypeKind::Object(object), Some(Step::Key(wire))) => {
            Some(object.fields.iter().find(|field| field.wire == wire)?)
        }
        _ => None,
    };
    let is_fixed = field.is_some_and(|field| kept.types.fixed(kept.graph, field).is_some());
    match broken.keyword {
        "required" if is_fixed => Some(Seen::Refused(place)),
        "const" if is_fixed && broken.path.len() == 1 => Some(Seen::Refused(place)),
        // Null stands for what is absent, of a field; reading tells them apart.
        "required" if field.is_some_and(|field| kept.types.is_nullable(field.ty)) => {
            Some(Seen::Refused(place))
        }
        "required"
            if field.is_some_and(|field| kept.types.holder(field.ty.id) == Holder::Never) =>
        {
            None
        }
        "additionalProperties" => None,
        _ if !maps::is_seen(kept, id, broken, is_around) => None,
        "maximum" | "minimum" if !is_held(kept, id, broken) => None,
        "pattern" | "format" if !is_checked(kept, id, broken) => None,
        "uniqueItems" if !is_seen_twice(kept, id, broken) => None,
        "uniqueItems" => Some(Seen::Invalid(format!("{place}/1"))),
        "required" => Some(Seen::Invalid(place)),
        "type" if !is_seen_null(kept, id, broken) => None,
        // Of JSON text less is asked.
        _ if field.is_some_and(|field| kept.is_json_text(field.ty.id)) => None,
        "format" => {
            let name = broken_type(kept, id, broken).and_then(|of| asserted(kept, of))?;
            Some(Seen::Unformatted(place, name))
        }
        _ => Some(Seen::Invalid(place)),
    }
}

/// The name of the format that a text has to have.
pub(super) fn asserted(kept: Kept<'_, '_>, id: TypeId) -> Option<String> {
    match &kept.graph.get(id).kind {
        TypeKind::String(of) if of.asserts_format => Some(of.format?.as_str().to_owned()),
        _ => None,
    }
}

/// The type of a part of a value.
pub(super) fn part(kept: Kept<'_, '_>, of: TypeId, step: &Step) -> Option<TypeId> {
    let found = match (&kept.graph.get(of).kind, step) {
        (TypeKind::Object(object), Step::Key(wire)) => {
            let field = object.fields.iter().find(|field| field.wire == wire)?;
            field.ty.id
        }
        (TypeKind::Map(map), Step::Key(_)) => common_value(map)?.id,
        (TypeKind::Array(array), Step::Index(_)) => array.items.id,
        (TypeKind::Tuple(tuple), Step::Index(index)) => {
            tuple.prefix.get(*index).or(tuple.rest.as_ref())?.id
        }
        _ => return None,
    };
    Some(kept.types.end(found))
}

/// The type of what is broken in a value.
fn broken_type(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> Option<TypeId> {
    let mut path = broken.path.iter();
    path.try_fold(kept.types.end(id), |at, step| part(kept, at, step))
}

/// Whether the number that is broken fits the Apex type; where it does not, reading ends before anything is checked.
fn is_held(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> bool {
    let number = broken.value.part(&broken.path).and_then(Value::as_i64);
    let found = broken_type(kept, id, broken);
    match found.map(|found| kept.types.holder(found)) {
        Some(Holder::Scalar(Scalar::Integer)) => {
            number.is_some_and(|number| i32::try_from(number).is_ok())
        }
        Some(Holder::Scalar(Scalar::Long)) => number.is_some(),
        _ => true,
    }
}

/// Whether the pattern or format that a value breaks is one that Apex can match.
pub(super) fn is_checked(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> bool {
    let found = broken_type(kept, id, broken);
    // A Date that is none cannot be read.
    let is_text = found.map(|found| kept.types.holder(found)) == Some(Holder::Scalar(Scalar::Text));
    match found.map(|found| &kept.graph.get(found).kind) {
        Some(TypeKind::String(of)) => match broken.keyword {
            "format" => is_text && of.format.and_then(format::check).is_some(),
            _ => of.patterns.iter().all(|one| pattern::java(one).is_some()),
        },
        _ => false,
    }
}

/// Whether null can be told from other values there, and from what is not there.
fn is_seen_null(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> bool {
    let Some((Step::Index(index), around)) = broken.path.split_last() else {
        return is_told(kept, id, broken);
    };
    let list = broken.value.part(around);
    let mut steps = around.iter();
    let ty = steps.try_fold(kept.types.end(id), |at, step| part(kept, at, step));
    match ty.map(|ty| &kept.graph.get(ty).kind) {
        // What is null at the end counts as absent, beyond the least.
        Some(TypeKind::Tuple(tuple)) => {
            let count = list.and_then(Value::as_array).map_or(0, Vec::len);
            let is_last = *index + 1 == count;
            let is_kept = (*index as u64) < tuple.size.min.unwrap_or(0);
            let is_first = *index < tuple.prefix.len();
            is_told(kept, id, broken) && (!is_first || is_kept || !is_last)
        }
        _ => is_told(kept, id, broken),
    }
}

/// Whether null is another thing than any value of the part that is broken.
fn is_told(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> bool {
    match broken_type(kept, id, broken).map(|found| kept.types.holder(found)) {
        Some(Holder::Scalar(scalar)) => !matches!(scalar, Scalar::JsonText | Scalar::Nothing),
        Some(Holder::Class(_) | Holder::List(_)) => true,
        Some(Holder::Never) | None => false,
    }
}

/// Whether Apex can see that an entry is there twice.
fn is_seen_twice(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> bool {
    let found = broken_type(kept, id, broken);
    let keeps = kept.names.keeps_unknown();
    let is_told = |item: &TypeRef| kept.types.tells_apart(item.id, keeps);
    match found.map(|found| &kept.graph.get(found).kind) {
        Some(TypeKind::Array(array)) => is_told(&array.items),
        Some(TypeKind::Tuple(tuple)) => tuple.prefix.iter().chain(&tuple.rest).all(is_told),
        _ => false,
    }
}

/// For each field a value that its type cannot hold.
pub(super) fn wrong_kinds(kept: Kept<'_, '_>, object: &ObjectType<'_>, least: &Base) -> Vec<Case> {
    let mut all = Vec::new();
    for field in &object.fields {
        let wrong = wrong_values(kept, field.ty);
        all.extend(wrong.into_iter().map(|value| {
            let place = pointer(&[Step::Key(field.wire.to_owned())]);
            Case::Refused(least.with(field.wire, &value), place)
        }));
    }
    all
}

/// A value of a type with a class that is not valid, and where. Each use of the type asks for it.
pub(super) fn first_invalid(kept: Kept<'_, '_>, id: TypeId) -> Invalid {
    invalid_within(kept, id, MAX_DEPTH)
}

/// The same, where parts are looked at that are so deep inside.
fn invalid_within(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Invalid {
    if let Some(known) = kept.invalid.borrow().get(&(id, depth)) {
        return known.clone();
    }
    let found = match depth {
        0 => {
            let mut broken = kept.examples.broken(id).into_iter();
            let place = |one: &Broken<'_>| invalid_place(kept, id, one);
            broken.find_map(|one| place(&one).map(|place| Rc::new((one.value.into_value(), place))))
        }
        _ => invalid_within(kept, id, depth - 1).or_else(|| invalid_part(kept, id, depth - 1)),
    };
    kept.invalid.borrow_mut().insert((id, depth), found.clone());
    found
}

/// An object of which the value of a field is not valid.
fn invalid_part(kept: Kept<'_, '_>, id: TypeId, depth: usize) -> Invalid {
    let (TypeKind::Object(object), Some(Value::Object(least))) =
        (&kept.graph.get(id).kind, kept.examples.least(id))
    else {
        return None;
    };
    object.fields.iter().find_map(|field| {
        let Holder::Class(of) = kept.types.holder(field.ty.id) else {
            return None;
        };
        let part = invalid_within(kept, of, depth)?;
        let (value, place) = &*part;
        let mut members = least.clone();
        members.insert(field.wire.to_owned(), value.clone());
        let step = pointer(&[Step::Key(field.wire.to_owned())]);
        Some(Rc::new((Value::Object(members), format!("{step}{place}"))))
    })
}

/// The same of any type, where it is used.
pub(super) fn first_invalid_part(kept: Kept<'_, '_>, id: TypeId) -> Option<(Value, String)> {
    let all = match kept.types.holder(id) {
        Holder::Class(class) => return first_invalid(kept, class).map(Rc::unwrap_or_clone),
        Holder::Scalar(Scalar::JsonText) | Holder::Never => return None,
        Holder::Scalar(_) | Holder::List(_) => broken_cases(kept, id, None, true),
    };
    all.into_iter().find_map(|case| match case {
        Case::Invalid(text, place) | Case::Unformatted(text, place, _) => {
            Some((serde_json::from_str(&text).ok()?, place))
        }
        _ => None,
    })
}

/// Where a value that breaks one thing is not valid, if it can be read.
fn invalid_place(kept: Kept<'_, '_>, id: TypeId, broken: &Broken<'_>) -> Option<String> {
    match seen(kept, id, broken, false)? {
        Seen::Invalid(place) | Seen::Unformatted(place, _) => Some(place),
        Seen::Refused(_) => None,
    }
}

/// For each field with a class of its own, or a list of these, a value of which a part is not valid.
fn nested(kept: Kept<'_, '_>, object: &ObjectType<'_>, least: &Base) -> Vec<Case> {
    let mut all = Vec::new();
    for field in &object.fields {
        let found = match kept.types.holder(field.ty.id) {
            Holder::Class(id) => first_invalid(kept, id),
            Holder::List(id) => match &kept.graph.get(id).kind {
                TypeKind::Array(array) if within(array.size, 1) => {
                    match kept.types.holder(array.items.id) {
                        Holder::Class(item) => first_invalid(kept, item)
                            .map(|one| Rc::new((json!([one.0]), format!("/0{}", one.1)))),
                        Holder::Scalar(_) | Holder::List(_) | Holder::Never => None,
                    }
                }
                _ => None,
            },
            Holder::Scalar(_) | Holder::Never => None,
        };
        let null = || Rc::new((json!([null]), "/0".to_owned()));
        let null = has_entries(kept, field.ty).then(null);
        all.extend(found.into_iter().chain(null).map(|one| {
            let (value, place) = &*one;
            let place = format!("{}{place}", pointer(&[Step::Key(field.wire.to_owned())]));
            Case::Invalid(least.with(field.wire, value), place)
        }));
    }
    all
}

/// Whether it is a list of which a single entry may be there, but is not null.
fn has_entries(kept: Kept<'_, '_>, of: TypeRef) -> bool {
    let Holder::List(id) = kept.types.holder(of.id) else {
        return false;
    };
    // What may be anything where no rule holds may be a list of null.
    if kept.graph.is_conditional(of) {
        return false;
    }
    let TypeKind::Array(array) = &kept.graph.get(id).kind else {
        return false;
    };
    let is_held = match kept.types.holder(array.items.id) {
        Holder::Scalar(scalar) => !matches!(scalar, Scalar::JsonText | Scalar::Nothing),
        Holder::Class(_) | Holder::List(_) => true,
        Holder::Never => false,
    };
    is_held && within(array.size, 1) && !kept.types.is_nullable(array.items)
}

fn wrong_values(kept: Kept<'_, '_>, of: TypeRef) -> Vec<Value> {
    match kept.types.holder(of.id) {
        Holder::Scalar(scalar) => match scalar {
            Scalar::Boolean | Scalar::Decimal | Scalar::Nothing => vec![json!("text")],
            Scalar::Integer => vec![json!("text"), json!(1.5), json!(2_147_483_648_i64)],
            Scalar::Long | Scalar::Whole => vec![json!("text"), json!(1.5)],
            Scalar::Date => vec![json!("2026-02-30"), json!(20260230)],
            Scalar::Datetime => vec![json!("2026-02-28"), json!("2026-02-28T25:00:00Z")],
            Scalar::Text => vec![json!(["text"])],
            Scalar::JsonText => Vec::new(),
        },
        Holder::List(id) => match &kept.graph.get(id).kind {
            TypeKind::Map(_) => vec![json!(["text"])],
            _ => vec![json!({"a": 1})],
        },
        Holder::Class(id) => match &kept.graph.get(id).kind {
            TypeKind::Object(_) => vec![json!("text")],
            TypeKind::Tuple(_) => vec![json!({"a": 1})],
            _ => Vec::new(),
        },
        Holder::Never => Vec::new(),
    }
}

/// JSON text. Writing it through a formatter, as `to_string` does, takes twice as long.
pub(super) fn json_text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A JSON pointer.
pub(super) fn pointer(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        text.push('/');
        match step {
            Step::Key(key) => text.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => text.push_str(&index.to_string()),
        }
    }
    text
}

/// The property that a place, a JSON pointer, is in or inside of: which of an object's it is, and its name.
pub(super) fn field_at<'s>(object: &ObjectType<'s>, place: &str) -> Option<(usize, &'s str)> {
    let key = place.strip_prefix('/')?.split('/').next()?;
    let wire = key.replace("~1", "/").replace("~0", "~");
    let index = object.fields.iter().position(|field| field.wire == wire)?;
    Some((index, object.fields[index].wire))
}
