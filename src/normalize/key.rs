//! What a node stands for.

use crate::schema::kinds::KindSet;
use crate::schema::{SchemaGraph, SchemaId};

/// Which union of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum UnionKeyword {
    AnyOf,
    OneOf,
    /// Of the schemas that build on one with a `discriminator`.
    Family,
}

impl UnionKeyword {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::AnyOf => "anyOf",
            Self::OneOf => "oneOf",
            Self::Family => "discriminator",
        }
    }
}

/// A conjunction of schemas, and which part of it is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The schemas, each followed to what it means; none of them stands twice.
    pub parts: Vec<SchemaId>,
    /// Unions whose alternative has been chosen: it is among the parts.
    pub chosen: Vec<(SchemaId, UnionKeyword)>,
    /// The JSON types that are meant, where only some are.
    pub only: Option<KindSet>,
    /// Whether a value need not fit the parts: it is known what it is where it fits one.
    pub is_conditional: bool,
}

impl Key {
    /// All of these schemas together.
    pub(super) fn of(graph: &SchemaGraph<'_>, schemas: impl IntoIterator<Item = SchemaId>) -> Self {
        let mut parts: Vec<SchemaId> = Vec::new();
        for schema in schemas {
            let schema = graph.canonical(schema);
            if !parts.contains(&schema) {
                parts.push(schema);
            }
        }
        if parts.len() > 1 {
            parts.retain(|part| graph.get(*part).boolean != Some(true));
        }
        Self {
            parts,
            ..Self::default()
        }
    }

    /// The same with one alternative of a union chosen.
    pub(super) fn choose(
        &self,
        graph: &SchemaGraph<'_>,
        union: (SchemaId, UnionKeyword),
        alternative: SchemaId,
    ) -> Self {
        let mut key = self.clone();
        let alternative = graph.canonical(alternative);
        if !key.parts.contains(&alternative) {
            key.parts.push(alternative);
        }
        key.chosen.push(union);
        key.chosen.sort_unstable();
        key
    }

    /// The same for some JSON types only.
    pub(super) fn restrict(&self, kinds: KindSet) -> Self {
        Self {
            only: Some(kinds),
            ..self.clone()
        }
    }

    /// One of these schemas, or anything else.
    pub(super) fn conditional(
        graph: &SchemaGraph<'_>,
        schemas: impl IntoIterator<Item = SchemaId>,
    ) -> Self {
        Self {
            is_conditional: true,
            ..Self::of(graph, schemas)
        }
    }

    /// Whether nothing is asked of a value.
    pub(super) fn is_anything(&self) -> bool {
        self.parts.is_empty() && self.only.is_none()
    }

    /// The schema that gives its name and words, if there is one.
    pub(super) fn main(&self) -> Option<SchemaId> {
        // A chosen alternative is last and says more about the node than what it is combined with.
        if self.chosen.is_empty() {
            self.parts.first().copied()
        } else {
            self.parts.last().copied()
        }
    }

    /// Whether the node is one schema as it stands.
    pub(super) fn is_whole(&self) -> bool {
        self.parts.len() == 1
            && self.chosen.is_empty()
            && self.only.is_none()
            && !self.is_conditional
    }
}
