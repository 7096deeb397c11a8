//! Values that break one thing each.

use serde_json::{Value, json};

use super::{Examples, FILLED_DEPTH, Sample, number, room, text};
use crate::ir::{Additional, ArrayType, MapType, ObjectType, TupleType, TypeId, TypeKind, TypeRef};

/// How many values of one type there are.
const MAX_BROKEN: usize = 120;

/// How many entries are too many for a map, at most.
const MOST_ENTRIES: u64 = 20;

/// A value that breaks one thing that its type asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken<'e> {
    /// The value. An object differs from the least one in the property that the path starts with, and in nothing else.
    pub value: Sample<'e>,
    /// The part of it that is wrong; empty for the value itself.
    pub path: Vec<Step>,
    /// The keyword that asks it.
    pub keyword: &'static str,
}

/// A step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A property, or the key of a map.
    Key(String),
    /// An element of a list, from 0.
    Index(usize),
}

impl<'s> Examples<'_, 's> {
    /// Values that break one thing each, in this type or in parts that are no objects or unions.
    pub fn broken(&self, id: TypeId) -> Vec<Broken<'_>> {
        let mut all = self.broken_at(id, FILLED_DEPTH);
        all.truncate(MAX_BROKEN);
        all
    }

    fn broken_at(&self, id: TypeId, depth: usize) -> Vec<Broken<'_>> {
        let here = |(keyword, value): (&'static str, Value)| itself(keyword, value);
        if depth == 0 {
            return Vec::new();
        }
        let id = self.end(id);
        match &self.graph.get(id).kind {
            TypeKind::Integer(bounds) => number::broken(bounds, true)
                .into_iter()
                .map(|(keyword, number)| here((keyword, Value::Number(number))))
                .collect(),
            TypeKind::Number(bounds) => number::broken(bounds, false)
                .into_iter()
                .map(|(keyword, number)| here((keyword, Value::Number(number))))
                .collect(),
            TypeKind::String(of) => text::broken(of)
                .into_iter()
                .map(|(keyword, text)| here((keyword, Value::String(text))))
                .collect(),
            TypeKind::Enum(one_of) => {
                let unknown = ["unknown", "none of these", ""];
                let is_new = |text: &&str| one_of.values.iter().all(|one| one.wire != *text);
                let unknown = unknown.into_iter().find(is_new);
                let keyword = if one_of.values.len() == 1 {
                    "const"
                } else {
                    "enum"
                };
                unknown
                    .map(|text| here((keyword, json!(text))))
                    .into_iter()
                    .collect()
            }
            TypeKind::Array(array) => self.broken_array(array, depth),
            TypeKind::Tuple(tuple) => self.broken_tuple(tuple, depth),
            TypeKind::Map(map) => {
                let mut all: Vec<Broken<'_>> = Vec::new();
                if map.size.min.is_some_and(|min| min > 0) {
                    all.push(here(("minProperties", json!({}))));
                }
                let many = self.too_many(map);
                all.extend(many.map(|value| here(("maxProperties", value))));
                for (key, of) in self.keys(map).into_iter().take(1) {
                    all.extend(self.broken_part(of, depth - 1).into_iter().map(|part| {
                        inside(part, Step::Key(key.clone()), |value| {
                            Sample::Whole(json!({key.clone(): value}))
                        })
                    }));
                }
                all
            }
            TypeKind::Object(object) if depth == FILLED_DEPTH => self.broken_object(id, object),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Literal(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => Vec::new(),
        }
    }

    /// A map with one entry too many, where any key will do.
    fn too_many(&self, map: &MapType<'_>) -> Option<Value> {
        let max = map.size.max.filter(|max| *max < MOST_ENTRIES)?;
        let value = self.least(map.values.id)?;
        let takes_any = map.keys.is_none() && map.patterns.is_empty() && !map.is_closed;
        let members = (0..=max).map(|number| (format!("key {number}"), value.clone()));
        takes_any.then(|| Value::Object(members.collect()))
    }

    /// The same of an entry, which may also be null where it must not.
    fn broken_part(&self, of: TypeRef, depth: usize) -> Vec<Broken<'_>> {
        let null = itself("type", Value::Null);
        let is_wrong = !super::fits(self.graph, of, &Value::Null);
        let mut all = self.broken_at(of.id, depth);
        all.extend(is_wrong.then_some(null));
        all
    }

    fn broken_tuple(&self, tuple: &TupleType, depth: usize) -> Vec<Broken<'_>> {
        let Some(Value::Array(items)) = self.tuple(tuple, depth) else {
            return Vec::new();
        };
        let parts = tuple.prefix.iter().chain(&tuple.rest);
        let mut all = Vec::new();
        for (index, of) in parts.enumerate().take(items.len()) {
            // No more are taken, and each has all elements.
            if all.len() >= MAX_BROKEN.min(room(items.len())) {
                break;
            }
            let parts = self.broken_part(*of, depth - 1).into_iter();
            all.extend(parts.map(|part| {
                inside(part, Step::Index(index), |value| {
                    let mut items = items.clone();
                    items[index] = value;
                    Sample::Whole(Value::Array(items))
                })
            }));
        }
        all
    }

    fn broken_array(&self, array: &ArrayType, depth: usize) -> Vec<Broken<'_>> {
        let mut all = Vec::new();
        let (min, max) = (array.size.min, array.size.max);
        let mut sized = |keyword: &'static str, value: Option<Value>| {
            all.extend(value.map(|value| itself(keyword, value)));
        };
        // What is too short is not too long as well, also where no list is right.
        let short = min.and_then(|min| min.checked_sub(1));
        let short = short.map(|short| short.min(max.unwrap_or(short)));
        // Of a list that is too long to be written one element is too few, too.
        let few = short.and_then(|short| {
            let list = self.list(array, short);
            list.or_else(|| self.list(array, short.min(1)))
        });
        sized("minItems", few);
        let long = max.and_then(|max| max.checked_add(1));
        let long = long.map(|long| long.max(min.unwrap_or(long)));
        sized("maxItems", long.and_then(|long| self.list(array, long)));
        let count = array.size.min.unwrap_or(0).max(1);
        if array.unique
            && array.size.max.is_none_or(|max| max >= 2)
            && count <= 2
            && let Some(item) = self.least(array.items.id)
        {
            all.push(itself("uniqueItems", json!([item, item])));
        }
        if array.size.max.is_none_or(|max| max >= count)
            && let Some(Value::Array(items)) = self.list(array, count)
        {
            let parts = self.broken_part(array.items, depth - 1).into_iter();
            all.extend(parts.map(|part| {
                let last = items.len() - 1;
                inside(part, Step::Index(last), |value| {
                    let mut items = items.clone();
                    items[last] = value;
                    Sample::Whole(Value::Array(items))
                })
            }));
        }
        all
    }

    fn broken_object<'e>(&'e self, id: TypeId, object: &ObjectType<'s>) -> Vec<Broken<'e>> {
        let Some(Value::Object(least)) = self.least(id) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for field in &object.fields {
            // No more are taken, and each has nearly all properties.
            if all.len() >= MAX_BROKEN.min(room(least.len())) {
                break;
            }
            let key = Step::Key(field.wire.to_owned());
            if field.required {
                all.push(Broken {
                    value: Sample::Without(least, field.wire),
                    path: vec![key.clone()],
                    keyword: "required",
                });
            }
            let parts = self.broken_at(field.ty.id, FILLED_DEPTH - 1).into_iter();
            all.extend(parts.map(|part| {
                inside(part, key.clone(), |value| {
                    Sample::With(least, field.wire, value)
                })
            }));
        }
        let required = object.fields.iter().filter(|field| field.required);
        let least_count = object.size.min.unwrap_or(0);
        if least_count > required.clone().count() as u64 {
            let wires: Vec<&str> = required.map(|field| field.wire).collect();
            let mut members = least.clone();
            members.retain(|wire, _| wires.contains(&wire.as_str()));
            all.push(itself("minProperties", Value::Object(members)));
        }
        if let Some(max) = object.size.max.and_then(|max| usize::try_from(max).ok()) {
            let mut members = least.clone();
            for field in &object.fields {
                if members.len() <= max
                    && !members.contains_key(field.wire)
                    && let Some(value) = self.part(field.ty, FILLED_DEPTH)
                {
                    members.insert(field.wire.to_owned(), value);
                }
            }
            let is_large = members.len() > max;
            all.extend(is_large.then(|| itself("maxProperties", Value::Object(members))));
        }
        if object.additional == Additional::Closed && object.patterns.is_empty() {
            let name = "another property";
            all.push(Broken {
                value: Sample::With(least, name, json!("text")),
                path: vec![Step::Key(name.to_owned())],
                keyword: "additionalProperties",
            });
        }
        all
    }
}

/// A value that is wrong as a whole.
fn itself(keyword: &'static str, value: Value) -> Broken<'static> {
    Broken {
        value: Sample::Whole(value),
        path: Vec::new(),
        keyword,
    }
}

/// A broken part inside of a value.
fn inside<'e>(
    part: Broken<'e>,
    step: Step,
    around: impl FnOnce(Value) -> Sample<'e>,
) -> Broken<'e> {
    let mut path = part.path;
    path.insert(0, step);
    Broken {
        value: around(part.value.into_value()),
        path,
        keyword: part.keyword,
    }
}
