//! Example values: for each type some that fit it, and for each thing that it asks one that breaks just that.
//!
//! They are for tests of what is generated and for people who read. Everything is the same in every run and has a limit;
//! where no value is found within it, there is none.

mod broken;
mod distinct;
mod effort;
mod fits;
mod least;
pub(crate) mod number;
mod parts;
mod pattern;
mod regexes;
mod ruled;
mod sample;
mod tagged;
#[cfg(test)]
mod tests;
mod text;

use serde_json::{Map, Value, json};

pub use self::broken::{Broken, Step};
use self::distinct::Distinct;
use self::fits::fits;
pub(crate) use self::fits::{member, within};
use self::least::least_values;
pub(crate) use self::number::fits as number_fits;
pub(crate) use self::pattern::texts as texts_of_pattern;
pub(crate) use self::regexes::{is_match, verdict};
pub(crate) use self::ruled::joined;
pub use self::sample::Sample;
use self::tagged::tagged;
pub(crate) use self::tagged::{allows, tag_text};
pub(crate) use self::text::texts_of_format;
use crate::ir::{
    Additional, ArrayType, MapType, ObjectType, TupleType, TypeGraph, TypeId, TypeKind, TypeRef,
    UnionType,
};

/// How deep lists, maps and tuples are followed when a value is filled.
const FILLED_DEPTH: usize = 4;
/// How many values of one type there are.
const MAX_VALUES: usize = 120;
/// How many parts all values together may have that differ in one part each.
const MAX_PARTS: usize = 1_000_000;

/// Example values for the types of a graph.
pub struct Examples<'a, 's> {
    graph: &'a TypeGraph<'s>,
    least: Vec<Option<Value>>,
}

impl<'a, 's> Examples<'a, 's> {
    /// Looks for the least value of each type.
    pub fn new(graph: &'a TypeGraph<'s>) -> Self {
        Self {
            graph,
            least: least_values(graph),
        }
    }

    /// A value with no more parts than it must have.
    pub fn least(&self, id: TypeId) -> Option<&Value> {
        self.least[id.0 as usize].as_ref()
    }

    /// A value with every part that it may have at once. Parts that have parts of their own are as small as may be.
    pub fn full(&self, id: TypeId) -> Option<Value> {
        self.checked(id, self.filled(id, FILLED_DEPTH)?)
    }

    /// The schema's own example.
    fn own(&self, id: TypeId) -> Option<Value> {
        let docs = &self.graph.get(id).docs;
        let mut offered = docs.values.examples.iter().copied().chain(docs.default);
        offered.find(|value| self.fits(id, value)).cloned()
    }

    /// Whether a value fits a type, as far as types go.
    pub fn fits(&self, id: TypeId, value: &Value) -> bool {
        let of = TypeRef {
            id,
            nullable: false,
        };
        fits(self.graph, of, value)
    }

    fn checked(&self, id: TypeId, value: Value) -> Option<Value> {
        self.fits(id, &value).then_some(value)
    }

    /// The type behind aliases.
    fn end(&self, id: TypeId) -> TypeId {
        let of = TypeRef {
            id,
            nullable: false,
        };
        self.graph.resolve(of).id
    }

    fn filled(&self, id: TypeId, depth: usize) -> Option<Value> {
        let least = || self.least(id).cloned();
        if depth == 0 {
            return least();
        }
        match &self.graph.get(self.end(id)).kind {
            TypeKind::Union(union) => match union.only_stated() {
                Some(only) => self.filled(only, depth).or_else(least),
                None => least(),
            },
            TypeKind::Array(array) => self.array(array, depth).or_else(least),
            TypeKind::Tuple(tuple) => self.tuple(tuple, depth).or_else(least),
            TypeKind::Map(map) => self.map(map, depth).or_else(least),
            TypeKind::Object(object) if depth == FILLED_DEPTH => self.object(object).or_else(least),
            TypeKind::Object(_)
            | TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Alias(_) => least(),
        }
    }

    /// A value for a part of a type, filled.
    fn part(&self, of: TypeRef, depth: usize) -> Option<Value> {
        let value = self.filled(of.id, depth - 1);
        value.or(of.nullable.then_some(Value::Null))
    }

    fn array(&self, array: &ArrayType, depth: usize) -> Option<Value> {
        let count = usize::try_from(array.size.min.unwrap_or(0).max(1)).ok()?;
        if count == 1 && within(array.size, 1) {
            return Some(json!([self.part(array.items, depth)?]));
        }
        None
    }

    fn tuple(&self, tuple: &TupleType, depth: usize) -> Option<Value> {
        let parts = tuple.prefix.iter().chain(&tuple.rest);
        let max = tuple.size.max.unwrap_or(u64::MAX);
        let parts = parts.take(usize::try_from(max).unwrap_or(usize::MAX));
        let items: Option<Vec<Value>> = parts.map(|of| self.part(*of, depth)).collect();
        Some(Value::Array(items?)).filter(|items| {
            items
                .as_array()
                .is_some_and(|items| within(tuple.size, items.len()))
        })
    }

    fn map(&self, map: &MapType<'_>, depth: usize) -> Option<Value> {
        if !within(map.size, 1) {
            return None;
        }
        let (key, of) = self.keys(map).into_iter().next()?;
        Some(json!({key: self.part(of, depth)?}))
    }

    fn object(&self, object: &ObjectType<'_>) -> Option<Value> {
        let mut members = Map::new();
        let max = object.size.max.unwrap_or(u64::MAX);
        let required = object.fields.iter().filter(|field| field.required).count() as u64;
        let mut room = max.saturating_sub(required);
        for field in &object.fields {
            if !field.required && room == 0 {
                continue;
            }
            let own = field
                .docs
                .values
                .examples
                .iter()
                .copied()
                .chain(field.docs.default);
            let own = own
                .into_iter()
                .find(|value| fits(self.graph, field.ty, value));
            let value = own.cloned().or_else(|| self.part(field.ty, FILLED_DEPTH));
            match value {
                Some(value) => {
                    members.insert(field.wire.to_owned(), value);
                    room -= u64::from(!field.required);
                }
                None if field.required => return None,
                None => {}
            }
        }
        Some(Value::Object(members))
    }

    /// Some keys that a map may have, and what their values are.
    fn keys(&self, map: &MapType<'_>) -> Vec<(String, TypeRef)> {
        least::keys(self.graph, map)
    }

    /// Values that fit, each with something of its own: every part alone, every alternative, every value of a list, and
    /// both ends of every range. The first has every part.
    pub fn samples(&self, id: TypeId) -> Vec<Sample<'_>> {
        self.first_samples(id, MAX_VALUES)
    }

    /// The first of these values.
    pub fn first_values(&self, id: TypeId, most: usize) -> Vec<Value> {
        let samples = self.first_samples(id, most.min(MAX_VALUES)).into_iter();
        samples.map(Sample::into_value).collect()
    }

    fn first_samples(&self, id: TypeId, most: usize) -> Vec<Sample<'_>> {
        let mut found = Distinct::default();
        let mut add = |value: Value, fits: bool| {
            if found.len() < most && !found.contains(&value) && (fits || self.fits(id, &value)) {
                found.push(value);
            }
            found.len() < most
        };
        let whole = |found: Distinct| {
            let values = found.into_values().into_iter();
            values.map(Sample::Whole).collect::<Vec<_>>()
        };
        let first = self.own(id).into_iter().chain(self.full(id));
        if !first.into_iter().all(|value| add(value, true)) {
            return whole(found);
        }
        let least = self.least(id);
        let is_open = least.is_none_or(|least| add(least.clone(), false));
        match (&self.graph.get(self.end(id)).kind, least) {
            (TypeKind::Object(object), Some(Value::Object(least))) if is_open => {
                let mut varied = self.varied_object(id, object, least, most);
                varied.retain(|sample| !found.values().iter().any(|value| sample.is(value)));
                let mut all = whole(found);
                varied.truncate(most - all.len());
                all.append(&mut varied);
                return all;
            }
            (kind, _) if is_open => {
                let varied: Box<dyn Iterator<Item = Value>> = match kind {
                    TypeKind::Union(union) => Box::new(self.varied_union(union, FILLED_DEPTH)),
                    _ => Box::new(self.varied(id, FILLED_DEPTH).into_iter()),
                };
                for value in varied {
                    if !add(value, false) {
                        break;
                    }
                }
            }
            _ => {}
        }
        whole(found)
    }

    /// Values with one thing of their own each; not all of them need fit.
    fn varied(&self, id: TypeId, depth: usize) -> Vec<Value> {
        if depth == 0 {
            return self.least(id).cloned().into_iter().collect();
        }
        let id = self.end(id);
        match &self.graph.get(id).kind {
            TypeKind::Boolean => vec![json!(true), json!(false)],
            TypeKind::Any => vec![json!("text"), json!({"a": [1, null, true]})],
            TypeKind::Integer(bounds) => number::valid(bounds, true)
                .into_iter()
                .map(Value::Number)
                .collect(),
            TypeKind::Number(bounds) => number::valid(bounds, false)
                .into_iter()
                .map(Value::Number)
                .collect(),
            TypeKind::String(of) => text::valid(of).into_iter().map(Value::String).collect(),
            TypeKind::Enum(one_of) => one_of.values.iter().map(|one| json!(one.wire)).collect(),
            TypeKind::Literal(values) => values.iter().map(|value| (*value).clone()).collect(),
            TypeKind::Array(array) => {
                let items = self.varied_part(array.items, depth);
                let several = Value::Array(items.iter().take(3).cloned().collect());
                let edges = [array.size.min, array.size.max].into_iter().flatten();
                let edges = edges.filter_map(|count| self.list(array, count));
                [several]
                    .into_iter()
                    .chain(edges)
                    .chain(items.into_iter().map(|item| json!([item])))
                    .collect()
            }
            TypeKind::Tuple(tuple) => self.varied_tuple(tuple, depth),
            TypeKind::Map(map) => {
                let mut all = vec![json!({})];
                for (key, of) in self.keys(map) {
                    let values = self.varied_part(of, depth).into_iter();
                    all.extend(values.map(|value| json!({key.clone(): value})));
                }
                all
            }
            TypeKind::Union(union) => self.varied_union(union, depth).collect(),
            TypeKind::Never | TypeKind::Null | TypeKind::Object(_) | TypeKind::Alias(_) => {
                self.least(id).cloned().into_iter().collect()
            }
        }
    }

    /// For each alternative of a union some values, made when they are asked for.
    fn varied_union(&self, union: &UnionType<'s>, depth: usize) -> impl Iterator<Item = Value> {
        let both = move |id| match depth {
            FILLED_DEPTH => [self.full(id), None],
            _ => {
                let (least, filled) = (self.least(id), self.filled(id, depth - 1));
                let more = filled.filter(|filled| least != Some(filled));
                [least.cloned(), more]
            }
        };
        let alternatives = union.alternatives.iter().enumerate();
        alternatives.flat_map(move |(index, of)| {
            let values = both(of.ty).into_iter().flatten();
            values.filter_map(move |value| tagged(self.graph, union, index, value))
        })
    }

    fn varied_part(&self, of: TypeRef, depth: usize) -> Vec<Value> {
        let mut values = self.varied(of.id, depth - 1);
        if of.nullable {
            values.push(Value::Null);
        }
        values
    }

    /// A list of so many elements; none where they cannot differ as they have to, or are too many.
    fn list(&self, array: &ArrayType, count: u64) -> Option<Value> {
        least::list(self.graph, &self.least, array, count)
    }

    fn varied_tuple(&self, tuple: &TupleType, depth: usize) -> Vec<Value> {
        let parts: Vec<TypeRef> = tuple.prefix.iter().copied().chain(tuple.rest).collect();
        let base: Option<Vec<Value>> = parts.iter().map(|of| self.part(*of, depth)).collect();
        let Some(base) = base else {
            return Vec::new();
        };
        let room = room(base.len());
        let mut all: Vec<Value> = (0..=base.len())
            .take(room)
            .map(|count| Value::Array(base[..count].to_vec()))
            .collect();
        for (index, of) in parts.into_iter().enumerate() {
            if all.len() >= room {
                break;
            }
            for value in self.varied_part(of, depth) {
                let mut changed = base.clone();
                changed[index] = value;
                all.push(Value::Array(changed));
            }
        }
        all
    }

    /// Values of an object that differ from the least one in one property each, and fit: so many at most.
    fn varied_object<'e>(
        &self,
        id: TypeId,
        object: &ObjectType<'e>,
        least: &'e Map<String, Value>,
        most: usize,
    ) -> Vec<Sample<'e>> {
        let mut all = Vec::new();
        let is_fit = |sample: &Sample<'_>| self.fits(id, &sample.clone().into_value());
        let is_least_fit = self.least(id).is_some_and(|least| self.fits(id, least));
        for field in &object.fields {
            let old = least.get(field.wire);
            // Where the rest is known to fit, only what is new needs be looked at.
            let has_room = old.is_some() || within(object.size, least.len() + 1);
            let mut values = Distinct::default();
            let alone = self.part(field.ty, FILLED_DEPTH).into_iter();
            for value in alone.chain(self.varied_part(field.ty, FILLED_DEPTH)) {
                if all.len() >= most {
                    return all;
                }
                if old == Some(&value) || values.contains(&value) {
                    continue;
                }
                let sample = Sample::With(least, field.wire, value.clone());
                let is_fitting = match is_least_fit {
                    true => has_room && fits(self.graph, field.ty, &value),
                    false => is_fit(&sample),
                };
                all.extend(is_fitting.then_some(sample));
                values.push(value);
            }
        }
        if object.additional != Additional::Closed {
            let (name, value) = ("another property", json!("text"));
            let is_there = |one: &Sample<'_>| match one {
                Sample::With(_, other, told) => *other == name && *told == value,
                Sample::Whole(_) | Sample::Without(..) => false,
            };
            let is_new = !all.iter().any(is_there);
            let sample = Sample::With(least, name, value);
            all.extend((is_new && is_fit(&sample)).then_some(sample));
        }
        all
    }
}

/// How many values of so many parts are made, of which most are the same.
fn room(parts: usize) -> usize {
    (MAX_PARTS / parts.max(1)).max(8)
}
