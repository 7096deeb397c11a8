//! `Default`: what a type holds if nobody says more.
//!
//! A type has one where the schema gives it a default, or where everything that must be there has one; and only where
//! the whole is known to be valid.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::expression::Expressions;
use super::types::{Types, constant};
use crate::hash::HashMap;
use crate::ir::{Field, ObjectType, TypeId, TypeKind, TypeRef};

/// How many types deep a default is put together.
const DEEPEST: usize = 16;
/// The most values that a default consists of.
const LARGEST: usize = 200;

/// How a type's `Default` is written.
#[derive(Clone)]
pub(super) enum Initial {
    /// It is derived: every part starts as its type does.
    Derived,
    /// One of the values of an enum, by position.
    Value(usize),
    /// The fields of a struct.
    Fields(Vec<String>),
    /// An expression.
    Written(String),
}

/// The defaults of types.
pub(super) struct Initials {
    known: HashMap<TypeId, Option<(Value, Initial)>>,
    is_wanted: bool,
}

impl Initials {
    /// `derives` are the traits that the user wants for every type.
    pub(super) fn new(derives: &[String]) -> Self {
        Self {
            known: HashMap::default(),
            // Somebody who derives it for every type has it already.
            is_wanted: !derives.iter().any(|one| one == "Default"),
        }
    }

    /// How the `Default` of a type is written that has a name; none if it has none.
    pub(super) fn of(&mut self, types: &Types<'_, '_>, id: TypeId) -> Option<Initial> {
        if !self.is_wanted {
            return None;
        }
        self.find(types, id, 0).map(|(_, initial)| initial)
    }

    fn find(
        &mut self,
        types: &Types<'_, '_>,
        id: TypeId,
        depth: usize,
    ) -> Option<(Value, Initial)> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        if depth > DEEPEST {
            return None;
        }
        // A type that must hold itself has none.
        self.known.insert(id, None);
        let found = self.decide(types, id, depth);
        self.known.insert(id, found.clone());
        found
    }

    fn decide(
        &mut self,
        types: &Types<'_, '_>,
        id: TypeId,
        depth: usize,
    ) -> Option<(Value, Initial)> {
        let def = types.graph.get(id);
        let default = def.docs.default.filter(|value| size(value) <= LARGEST);
        if let TypeKind::Object(object) = &def.kind {
            let parts = self.of_parts(types, id, object, depth);
            let own = parts.filter(|(value, _)| default.is_none_or(|default| default == value));
            if own.is_some() {
                return own;
            }
        }
        let default = default?;
        if types.accepts(id, default) != Some(true) {
            return None;
        }
        let initial = match &def.kind {
            TypeKind::Enum(texts) => {
                let text = default.as_str()?;
                Initial::Value(texts.values.iter().position(|value| value.wire == text)?)
            }
            TypeKind::Literal(values) => {
                Initial::Value(values.iter().position(|value| *value == default)?)
            }
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Array(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => Initial::Written(
                Expressions {
                    types,
                    module: def.module,
                }
                .own(id, default)?,
            ),
        };
        Some((default.clone(), initial))
    }

    /// A struct whose fields that must be there all have a default.
    fn of_parts(
        &mut self,
        types: &Types<'_, '_>,
        id: TypeId,
        object: &ObjectType<'_>,
        depth: usize,
    ) -> Option<(Value, Initial)> {
        let mut whole = Map::new();
        let mut fields = Vec::new();
        let mut is_derived = true;
        let mut left = LARGEST;
        for field in &object.fields {
            let (value, text) = if let Some(text) = constant(types.graph, field) {
                (Some(Value::from(text)), None)
            } else if !field.required {
                (None, Some("None".to_owned()))
            } else {
                let (value, text, is_own) = self.of_field(types, id, field, depth)?;
                is_derived &= is_own;
                (Some(value), Some(text))
            };
            if let Some(value) = value {
                left = left.checked_sub(size(&value))?;
                whole.insert(field.wire.to_owned(), value);
            }
            fields.extend(text);
        }
        let whole = Value::Object(whole);
        if types.accepts(id, &whole) != Some(true) {
            return None;
        }
        let initial = if is_derived {
            Initial::Derived
        } else {
            Initial::Fields(fields)
        };
        Some((whole, initial))
    }

    /// What a field starts as that must be there: the value, how it is written, and whether its type says the same.
    fn of_field(
        &mut self,
        types: &Types<'_, '_>,
        holder: TypeId,
        field: &Field<'_>,
        depth: usize,
    ) -> Option<(Value, String, bool)> {
        if types.custom.of_field(field).is_some() {
            return None;
        }
        let module = types.graph.get(holder).module;
        let expressions = Expressions { types, module };
        let used = types.followed(field.ty);
        let own = if types.is_item(used.id) && !used.nullable {
            self.find(types, used.id, depth + 1)
        } else {
            None
        };
        match (field.docs.default, own) {
            (Some(default), Some((value, _))) if *default == value => {
                Some((value, "Default::default()".to_owned(), true))
            }
            (Some(default), _) if size(default) <= LARGEST => {
                let text = expressions.of(field.ty, default, Some(holder), 0)?;
                Some((default.clone(), text, false))
            }
            (None, Some((value, _))) => Some((value, "Default::default()".to_owned(), true)),
            _ => None,
        }
    }
}

impl Types<'_, '_> {
    /// Whether a value is one of a type; none if that is not known.
    pub(super) fn accepts(&self, id: TypeId, value: &Value) -> Option<bool> {
        let used = self.graph.resolve(TypeRef {
            id,
            nullable: false,
        });
        if used.nullable && value.is_null() {
            return Some(true);
        }
        let mut checks = BTreeSet::new();
        let mut at = id;
        for _ in 0..self.graph.types.len() {
            let def = self.graph.get(at);
            checks.extend(&def.checks);
            match def.kind {
                TypeKind::Alias(target) => at = target.id,
                _ => break,
            }
        }
        if checks.is_empty() {
            return matches!(self.graph.get(used.id).kind, TypeKind::Any).then_some(true);
        }
        let checks: Vec<_> = checks.into_iter().collect();
        self.graph.checks.accepts(&checks, value)
    }
}

/// How many values a value consists of.
fn size(value: &Value) -> usize {
    let mut count = 0;
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        count += 1;
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => waiting.extend(members.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    count
}
