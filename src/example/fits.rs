//! Whether a value fits a type, as far as types go: what only the checks of the schema say is not looked at.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::regexes;
use super::tagged::meant;
use super::{number, text};
use crate::ir::{
    Additional, Matching, ObjectType, SizeBounds, TupleType, TypeGraph, TypeId, TypeKind, TypeRef,
    UnionType,
};
use crate::schema::equal::same;
use crate::schema::kinds::Kind;

/// How many pairs of a type and a value, or of a pattern and a name, are compared before the answer is no.
const MAX_STEPS: u32 = 100_000;
/// How deep types are followed.
const MAX_DEPTH: u32 = 600;

/// Whether a value fits a use of a type.
pub(super) fn fits(graph: &TypeGraph<'_>, of: TypeRef, value: &Value) -> bool {
    Fitting::new(graph).reference(of, value, 0)
}

struct Fitting<'a, 's> {
    graph: &'a TypeGraph<'s>,
    steps: Cell<u32>,
}

impl<'a, 's> Fitting<'a, 's> {
    fn new(graph: &'a TypeGraph<'s>) -> Self {
        Self {
            graph,
            steps: Cell::new(MAX_STEPS),
        }
    }

    fn reference(&self, of: TypeRef, value: &Value, depth: u32) -> bool {
        of.nullable && value.is_null() || self.id(of.id, value, depth)
    }

    fn id(&self, id: TypeId, value: &Value, depth: u32) -> bool {
        let Some(left) = self.steps.get().checked_sub(1) else {
            return false;
        };
        self.steps.set(left);
        if depth > MAX_DEPTH {
            return false;
        }
        match (&self.graph.get(id).kind, value) {
            (TypeKind::Any, _) => true,
            (TypeKind::Alias(target), _) => self.reference(*target, value, depth + 1),
            (TypeKind::Union(union), _) => self.union(union, value, depth),
            (TypeKind::Null, Value::Null) | (TypeKind::Boolean, Value::Bool(_)) => true,
            (TypeKind::Integer(bounds), Value::Number(it)) => number::fits(bounds, true, it),
            (TypeKind::Number(bounds), Value::Number(it)) => number::fits(bounds, false, it),
            (TypeKind::String(of), Value::String(it)) => text::fits(of, it),
            (TypeKind::Enum(one_of), Value::String(it)) => {
                one_of.values.iter().any(|one| one.wire == it)
            }
            (TypeKind::Literal(values), _) => values.iter().any(|one| same(one, value)),
            (TypeKind::Array(array), Value::Array(items)) => {
                within(array.size, items.len())
                    && (!array.unique || are_unique(items))
                    && items
                        .iter()
                        .all(|item| self.reference(array.items, item, depth + 1))
            }
            (TypeKind::Tuple(tuple), Value::Array(items)) => self.tuple(tuple, items, depth),
            (TypeKind::Map(map), Value::Object(entries)) => {
                within(map.size, entries.len())
                    && entries.iter().all(|(key, value)| {
                        let is_key =
                            |keys: TypeId| self.id(keys, &Value::String(key.clone()), depth + 1);
                        map.keys.is_none_or(is_key)
                            && match self.patterns(&map.patterns, key, value, depth) {
                                Some(fits) => fits,
                                None => {
                                    !map.is_closed && self.reference(map.values, value, depth + 1)
                                }
                            }
                    })
            }
            (TypeKind::Object(object), Value::Object(entries)) => {
                self.object(object, entries, depth)
            }
            (
                TypeKind::Never
                | TypeKind::Null
                | TypeKind::Boolean
                | TypeKind::Integer(_)
                | TypeKind::Number(_)
                | TypeKind::String(_)
                | TypeKind::Enum(_)
                | TypeKind::Array(_)
                | TypeKind::Tuple(_)
                | TypeKind::Map(_)
                | TypeKind::Object(_),
                _,
            ) => false,
        }
    }

    fn union(&self, union: &UnionType<'_>, value: &Value, depth: u32) -> bool {
        if let (Some(tag), Value::Object(members)) = (&union.tag, value)
            && tag.is_told
        {
            let meant = meant(union, members).and_then(|index| union.alternatives.get(index));
            return meant.is_some_and(|one| self.id(one.ty, value, depth + 1));
        }
        let kind = Kind::of(value);
        let fitting = union.alternatives.iter().filter(|one| {
            one.nullable && value.is_null()
                || (kind == Kind::Null || one.kinds.contains(kind))
                    && self.id(one.ty, value, depth + 1)
        });
        match union.matching {
            Matching::One => fitting.take(2).count() == 1,
            Matching::Any | Matching::Disjoint => fitting.take(1).count() == 1,
        }
    }

    fn tuple(&self, tuple: &TupleType, items: &[Value], depth: u32) -> bool {
        within(tuple.size, items.len())
            && (!tuple.unique || are_unique(items))
            && items.iter().enumerate().all(|(index, item)| {
                let of = tuple.prefix.get(index).copied().or(tuple.rest);
                of.is_some_and(|of| self.reference(of, item, depth + 1))
            })
    }

    fn object(&self, object: &ObjectType<'_>, entries: &Map<String, Value>, depth: u32) -> bool {
        let mut known = 0;
        for field in &object.fields {
            match member(entries, field.wire) {
                Some(value) if self.reference(field.ty, value, depth + 1) => known += 1,
                None if !field.required => {}
                Some(_) | None => return false,
            }
        }
        if !within(object.size, entries.len()) {
            return false;
        }
        let is_plain = object.additional == Additional::Open && object.patterns.is_empty();
        if is_plain || known == entries.len() {
            return true;
        }
        let is_known = |key: &String| object.fields.iter().any(|field| field.wire == key);
        let others: Vec<_> = entries
            .iter()
            .filter(|(key, _)| !is_known(key))
            .take(MAX_OTHERS + 1)
            .collect();
        others.len() <= MAX_OTHERS
            && others.into_iter().all(|(key, value)| {
                match (
                    self.patterns(&object.patterns, key, value, depth),
                    object.additional,
                ) {
                    (Some(fits), _) => fits,
                    (None, Additional::Open) => true,
                    (None, Additional::Closed) => false,
                    (None, Additional::Typed(of)) => self.reference(of, value, depth + 1),
                }
            })
    }

    /// Whether the value fits what the patterns that its key matches say; none where it matches no pattern.
    fn patterns(
        &self,
        patterns: &[(&str, TypeRef)],
        key: &str,
        value: &Value,
        depth: u32,
    ) -> Option<bool> {
        let mut verdict = None;
        for (pattern, of) in patterns {
            let Some(left) = self.steps.get().checked_sub(1) else {
                return Some(false);
            };
            self.steps.set(left);
            let fits = match regexes::verdict(pattern, key) {
                Some(true) => self.reference(*of, value, depth + 1),
                Some(false) => continue,
                None => false,
            };
            verdict = Some(verdict.unwrap_or(true) && fits);
        }
        verdict
    }
}

/// How many properties without a name of their own are looked at.
const MAX_OTHERS: usize = 100;

/// Of an object with no more members, comparing all names is faster than a hash of the one that is looked for.
const FEW_MEMBERS: usize = 8;

/// A member of an object; most that examples are asked for are not there.
pub(crate) fn member<'v>(members: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    if members.len() > FEW_MEMBERS {
        return members.get(name);
    }
    let mut all = members.iter();
    all.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether a size is allowed.
pub(crate) fn within(size: SizeBounds, count: usize) -> bool {
    let count = count as u64;
    size.min.is_none_or(|min| count >= min) && size.max.is_none_or(|max| count <= max)
}

/// Examples are short, so that all pairs can be compared.
fn are_unique(items: &[Value]) -> bool {
    items.len() <= MAX_OTHERS
        && items
            .iter()
            .enumerate()
            .all(|(index, item)| !items[..index].iter().any(|one| same(one, item)))
}
