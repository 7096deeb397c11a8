//! What can be seen of an alternative of a union without reading it.

use serde_json::Value;

use super::types::{Holder, Scalar, TypeMap};
use crate::ir::{Alternative, TypeGraph, TypeKind};
use crate::schema::kinds::{Kind, KindSet};

/// How many texts that are always there tell an alternative before it is read.
const MANY_FIXED: usize = 2;

/// What a value has to have, to be read as an alternative.
pub(crate) enum Sign<'s> {
    /// These properties, some of them with a text that is always there.
    Members(Vec<&'s str>, Vec<(&'s str, &'s str)>),
    /// One JSON type. Whole numbers and others are one.
    Kind(KindSet),
    /// None of these JSON types: what holds any JSON text refuses nothing when it is read.
    Other(KindSet),
    /// Nothing that can be seen.
    None,
}

impl<'s> Sign<'s> {
    /// That of an alternative.
    pub(crate) fn new(graph: &TypeGraph<'s>, types: &TypeMap, one: &Alternative<'s>) -> Self {
        if let TypeKind::Object(object) = &graph.get(types.end(one.ty)).kind
            && matches!(types.holder(one.ty), Holder::Class(_))
        {
            let required = object.fields.iter().filter(|field| field.required);
            let required: Vec<&str> = required.map(|field| field.wire).collect();
            if !required.is_empty() {
                let fixed = object.fields.iter();
                let fixed =
                    fixed.filter_map(|field| Some((field.wire, types.fixed(graph, field)?)));
                return Self::Members(required, fixed.take(MANY_FIXED).collect());
            }
        }
        let kinds = match one.kinds.intersect(KindSet::NUMBER).is_empty() {
            true => one.kinds,
            false => one.kinds.union(KindSet::NUMBER),
        };
        if one.kinds.iter().count() == 1 || one.kinds == KindSet::NUMBER {
            return Self::Kind(one.kinds);
        }
        let others = KindSet::ALL.without(kinds).without(KindSet::of(Kind::Null));
        match types.holder(one.ty) {
            Holder::Scalar(Scalar::JsonText) if !others.is_empty() => Self::Other(others),
            _ => Self::None,
        }
    }

    /// Whether a value has it.
    pub(crate) fn is_of(&self, value: &Value) -> bool {
        match self {
            Self::Members(names, fixed) => {
                let text = |name: &str| value.get(name).and_then(Value::as_str);
                value.is_object()
                    && names.iter().all(|name| value.get(name).is_some())
                    && fixed.iter().all(|(name, only)| text(name) == Some(*only))
            }
            Self::Kind(kinds) => kinds.contains(Kind::of(value)),
            Self::Other(kinds) => !kinds.contains(Kind::of(value)),
            Self::None => true,
        }
    }
}
