//! What becomes of a value that is read into its class and written again.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::effort::Effort;
use super::set::Wrong;
use super::verdict::may_fit;
use crate::example::{Examples, member};
use crate::hash::{HashMap, HashSet};
use crate::ir::{ObjectType, TypeGraph, TypeId, TypeKind, TypeRef, UnionType};
use crate::target::apex::names::Names;
use crate::target::apex::rules::Rules;
use crate::target::apex::types::{Holder, Scalar, TypeMap, are_apart, stated};

/// How many types are followed from the whole value to one of its parts.
const MAX_DEPTH: usize = 200;

/// How often a union is looked at in one value: one that is in itself is looked at for each alternative around it, which doubles
/// with each level. With more it is not sure what becomes of the value.
const MOST_UNIONS: usize = 10_000;

/// A value that is not valid, and where, if there is one.
pub(super) type Invalid = Option<Rc<(Value, String)>>;

/// What can be set in a value so that it is wrong, if there is anything.
pub(super) type Settable = Option<Rc<Wrong>>;

/// Where it is looked up.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a, 's> {
    /// The types.
    pub graph: &'a TypeGraph<'s>,
    /// What holds them.
    pub types: &'a TypeMap,
    /// What they are called.
    pub names: &'a Names,
    /// What is checked beside what they say.
    pub rules: &'a Rules,
    /// The types with values, or parts of values, of which that is asked.
    pub ruled: &'a BTreeSet<TypeId>,
    /// For each type that was asked for, and how deep parts were looked at, the first of its values that is not valid, and where.
    pub invalid: &'a RefCell<HashMap<(TypeId, usize), Invalid>>,
    /// For the same what can be set in one of its values, so that it is wrong.
    pub set: &'a RefCell<HashMap<(TypeId, usize), Settable>>,
    /// How long may still be thought about what they say of a value.
    pub effort: &'a Effort,
    /// How often a union has been looked at in the value at hand.
    pub unions: &'a Cell<usize>,
    /// Who knows whether a value fits a type.
    pub examples: &'a Examples<'a, 's>,
}

impl Kept<'_, '_> {
    /// Whether a value of this type is held as JSON text.
    pub(super) fn is_json_text(self, id: TypeId) -> bool {
        self.types.holder(id) == Holder::Scalar(Scalar::JsonText)
    }

    /// Whether the values of this map are held as JSON text.
    pub(super) fn has_json_texts(self, id: TypeId) -> bool {
        self.types.map_values(self.graph, id) == Holder::Scalar(Scalar::JsonText)
    }

    /// The value as it is written again; none where that is not sure. What is lent is the same as what was read.
    pub(super) fn value<'v>(
        self,
        id: TypeId,
        value: &'v Value,
        depth: usize,
    ) -> Option<Cow<'v, Value>> {
        if depth > MAX_DEPTH {
            return None;
        }
        if depth == 0 {
            self.unions.set(0);
        }
        if self.is_json_text(id) || value.is_null() {
            return Some(Cow::Borrowed(value));
        }
        if self.is_other(id, value) {
            return None;
        }
        let id = self.types.end(id);
        let holder = self.types.holder(id);
        match (&self.graph.get(id).kind, value) {
            (TypeKind::Object(object), Value::Object(members)) => {
                self.object(id, object, (value, members), depth)
            }
            (TypeKind::Union(union), _) => match holder {
                Holder::Class(_) => self.union(union, value, depth),
                Holder::Scalar(scalar) => scalar_value(scalar, value),
                Holder::List(_) | Holder::Never => None,
            },
            (TypeKind::Array(array), Value::Array(items)) => {
                let kept = items.iter();
                let kept = kept.map(|item| self.value(array.items.id, item, depth + 1));
                Some(list(value, kept.collect::<Option<_>>()?))
            }
            (TypeKind::Tuple(tuple), Value::Array(items)) => {
                // What is null at the end cannot be told from what is not there.
                if items.last().is_some_and(Value::is_null) {
                    return None;
                }
                let parts = tuple.prefix.iter().map(Some);
                let parts = parts.chain(std::iter::repeat(tuple.rest.as_ref()));
                let kept = items
                    .iter()
                    .zip(parts)
                    .map(|(item, of)| self.value(of?.id, item, depth + 1));
                Some(list(value, kept.collect::<Option<_>>()?))
            }
            (TypeKind::Map(_), Value::Object(members)) => {
                // Whatever the key, the values are held by what is common to all of their types.
                let holder = self.types.map_values(self.graph, id);
                let kept = members.iter().map(|(key, value)| {
                    let value = match holder {
                        _ if value.is_null() => Cow::Borrowed(value),
                        Holder::Scalar(scalar) => scalar_value(scalar, value)?,
                        Holder::Class(id) | Holder::List(id) => self.value(id, value, depth + 1)?,
                        Holder::Never => return None,
                    };
                    Some((key.as_str(), value))
                });
                let kept = kept.collect::<Option<Vec<_>>>()?;
                let is_same = are_same(kept.iter().map(|(_, value)| value));
                let others = || Value::Object(owned(kept));
                Some(or_same(value, (!is_same).then(others)))
            }
            _ => match holder {
                Holder::Scalar(scalar) => scalar_value(scalar, value),
                Holder::Class(_) | Holder::List(_) | Holder::Never => None,
            },
        }
    }

    /// Whether it is none of the things of which a rule says that a value may be one, and so nothing that Apex speaks of.
    fn is_other(self, id: TypeId, value: &Value) -> bool {
        let of = TypeRef {
            id,
            nullable: false,
        };
        let end = self.graph.resolve(of).id;
        let TypeKind::Union(union) = &self.graph.get(end).kind else {
            return false;
        };
        let stated = stated(self.graph, union).into_iter();
        let mut fitting = stated.filter(|(_, id)| self.examples.fits(*id, value));
        self.graph.is_conditional(of) && fitting.next().is_none()
    }

    /// Whether a value is written again as it was read.
    pub(super) fn is_whole(self, id: TypeId, value: &Value) -> bool {
        self.value(id, value, 0)
            .is_some_and(|written| matches!(written, Cow::Borrowed(_)) || written.as_ref() == value)
    }

    /// An object and its members, in the order of its fields.
    fn object<'v>(
        self,
        id: TypeId,
        object: &ObjectType<'_>,
        (value, members): (&'v Value, &'v Map<String, Value>),
        depth: usize,
    ) -> Option<Cow<'v, Value>> {
        let mut kept = Vec::with_capacity(members.len());
        let mut names = members.keys();
        let (mut named, mut is_ordered) = (0, true);
        for field in &object.fields {
            let Some(value) = member(members, field.wire) else {
                continue;
            };
            named += 1;
            is_ordered = is_ordered && names.next().is_some_and(|name| name == field.wire);
            let holder = self.types.holder(field.ty.id);
            if holder == Holder::Never {
                return None;
            }
            // Null stands for what is absent.
            let is_absent = value.is_null() && !self.types.is_nullable(field.ty);
            if is_absent && holder != Holder::Scalar(Scalar::JsonText) {
                continue;
            }
            kept.push((field.wire, self.value(field.ty.id, value, depth + 1)?));
        }
        let keeps_others = self.names.others_name(id).is_some();
        let has_all = kept.len() == named && (named == members.len() || keeps_others);
        if is_ordered && has_all && are_same(kept.iter().map(|(_, value)| value)) {
            return Some(Cow::Borrowed(value));
        }
        let mut kept = owned(kept);
        if keeps_others {
            let named: HashSet<&str> = object.fields.iter().map(|field| field.wire).collect();
            let others = members.iter();
            let others = others.filter(|(name, _)| !named.contains(name.as_str()));
            kept.extend(others.map(|(name, value)| (name.clone(), value.clone())));
        }
        Some(Cow::Owned(Value::Object(kept)))
    }

    /// What the alternatives that the value fits make of it, if they agree.
    fn union<'v>(
        self,
        union: &UnionType<'_>,
        value: &'v Value,
        depth: usize,
    ) -> Option<Cow<'v, Value>> {
        self.unions.set(self.unions.get() + 1);
        if self.unions.get() > MOST_UNIONS {
            return None;
        }
        let mut kept: Option<Cow<'v, Value>> = None;
        let mut fitting = Vec::new();
        for (_, id) in stated(self.graph, union) {
            if !self.examples.fits(id, value) {
                continue;
            }
            fitting.push(id);
            let one = self.value(id, value, depth + 1)?;
            match &kept {
                Some(other) if *other != one => return None,
                Some(_) | None => kept = Some(one),
            }
        }
        let kept = kept?;
        // There may be an alternative of which Apex does not see that the value does not fit it.
        let is_other = |index: usize, id| {
            may_fit(self, &union.alternatives[index], value)
                && self.value(id, value, depth + 1).as_ref() != Some(&kept)
        };
        let others = stated(self.graph, union).into_iter();
        let mut others = others.filter(|(_, id)| !fitting.contains(id));
        // No alternative does better with an object than one that keeps all of it; with a list each does as well.
        let is_best = value.is_object() && *kept == *value;
        let is_told = union.tag.is_some() || are_apart(self.graph, union);
        let is_sure = is_told || is_best || !others.any(|(index, id)| is_other(index, id));
        is_sure.then_some(kept)
    }
}

/// Whether all parts are written as they were read.
fn are_same<'p, 'v: 'p>(parts: impl IntoIterator<Item = &'p Cow<'v, Value>>) -> bool {
    let mut parts = parts.into_iter();
    parts.all(|part| matches!(part, Cow::Borrowed(_)))
}

/// The members of an object of its own.
fn owned(members: Vec<(&str, Cow<'_, Value>)>) -> Map<String, Value> {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value.into_owned()))
        .collect()
}

/// What was read, where nothing else came of it.
fn or_same(read: &Value, other: Option<Value>) -> Cow<'_, Value> {
    other.map_or(Cow::Borrowed(read), Cow::Owned)
}

/// A list of what came of its items.
fn list<'v>(read: &'v Value, items: Vec<Cow<'v, Value>>) -> Cow<'v, Value> {
    let is_same = are_same(&items);
    let others = || Value::Array(items.into_iter().map(Cow::into_owned).collect());
    or_same(read, (!is_same).then(others))
}

/// A value without parts. A Datetime is written in UTC with milliseconds. A schema may allow kinds of value that it never
/// speaks of, which Apex refuses.
fn scalar_value(scalar: Scalar, value: &Value) -> Option<Cow<'_, Value>> {
    let is_held = match scalar {
        Scalar::Boolean => value.is_boolean(),
        Scalar::Integer | Scalar::Long | Scalar::Whole | Scalar::Decimal => value.is_number(),
        Scalar::Date | Scalar::Datetime | Scalar::Text => value.is_string(),
        Scalar::JsonText => true,
        Scalar::Nothing => value.is_null(),
    };
    if !is_held {
        return None;
    }
    let (Scalar::Datetime, Value::String(text)) = (scalar, value) else {
        return Some(Cow::Borrowed(value));
    };
    let utc = text.strip_suffix('Z')?;
    let (seconds, fraction) = utc.split_once('.').unwrap_or((utc, ""));
    let is_instant = seconds.len() == "2026-01-31T12:30:15".len() && !seconds.ends_with("60");
    let written =
        (is_instant && fraction.len() <= 3).then(|| format!("{seconds}.{fraction:0<3}Z"))?;
    let is_other = written != *text;
    Some(or_same(value, is_other.then_some(Value::String(written))))
}
