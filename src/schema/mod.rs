//! Schemas without a dialect: what the keywords of any draft mean, with every reference followed to its id.

pub mod equal;
pub mod kinds;
pub mod location;
pub mod pattern;
pub mod rare;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::document::DocumentId;
use crate::ir::{Docs, Format, NumberBounds, SizeBounds};
use kinds::KindSet;
use location::{LocationId, Locations};
use rare::Rare;

/// The index of a schema in its [`SchemaGraph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SchemaId(pub u32);

/// Every schema that the inputs hold or refer to.
#[derive(Debug, Default, Serialize)]
pub struct SchemaGraph<'s> {
    /// The schemas; a [`SchemaId`] is an index.
    pub schemas: Vec<Schema<'s>>,
    /// The documents with their root schemas and named definitions, the inputs first.
    pub documents: Vec<DocumentSchemas<'s>>,
    /// The texts by which a `discriminator` knows schemas that say so themselves (`x-ms-discriminator-value`).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub discriminator_values: BTreeMap<SchemaId, &'s str>,
    /// Where the schemas stand.
    #[serde(skip)]
    pub locations: Locations<'s>,
    /// What [`SchemaGraph::canonical`] answers, once [`SchemaGraph::finish`] has found it out.
    #[serde(skip)]
    canonical: Vec<SchemaId>,
}

impl<'s> SchemaGraph<'s> {
    /// The schema behind an id.
    #[must_use]
    pub fn get(&self, id: SchemaId) -> &Schema<'s> {
        &self.schemas[id.0 as usize]
    }

    /// Follows schemas that are nothing but a reference (`{"$ref": …}`, or `{"allOf": [{"$ref": …}]}`) to the schema
    /// they mean; a loop of those ends somewhere on it.
    #[must_use]
    pub fn canonical(&self, mut id: SchemaId) -> SchemaId {
        if let Some(known) = self.canonical.get(id.0 as usize) {
            return *known;
        }
        for _ in 0..=self.schemas.len() {
            match self.only_reference(id) {
                Some(target) => id = target,
                None => break,
            }
        }
        id
    }

    /// Follows every chain of references, each schema once, so that asking costs nothing. To be called when the
    /// schemas do not change any more.
    pub(crate) fn finish(&mut self) {
        let ids = (0..).map(SchemaId).take(self.schemas.len());
        let mut known: Vec<Option<SchemaId>> = vec![None; self.schemas.len()];
        let mut way = Vec::new();
        for id in ids {
            let mut end = id;
            let end = loop {
                if let Some(known) = known[end.0 as usize] {
                    break known;
                }
                // Where a chain comes back to itself, it ends.
                known[end.0 as usize] = Some(end);
                way.push(end);
                match self.only_reference(end) {
                    Some(target) => end = target,
                    None => break end,
                }
            };
            for step in way.drain(..) {
                known[step.0 as usize] = Some(end);
            }
        }
        self.canonical = known.into_iter().flatten().collect();
    }

    /// The one schema that this one refers to, if it says nothing else about values.
    #[must_use]
    pub fn only_reference(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.get(id);
        if schema.has_own_keywords() {
            return None;
        }
        match (
            schema.references.as_slice(),
            schema.composition.all_of.as_slice(),
        ) {
            ([target], []) => Some(*target),
            // A wrapper around a reference; a wrapper around a schema in place keeps its own name.
            ([], [part]) => self.only_reference_in_place(*part).map(|_| *part),
            _ => None,
        }
    }

    fn only_reference_in_place(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.get(id);
        match (
            schema.references.as_slice(),
            schema.composition.all_of.as_slice(),
        ) {
            ([target], []) if !schema.has_own_keywords() => Some(*target),
            _ => None,
        }
    }
}

/// What a document has to offer.
#[derive(Debug, Serialize)]
pub struct DocumentSchemas<'s> {
    /// Which document.
    pub document: DocumentId,
    /// Its file name without the extension.
    pub stem: &'s str,
    /// Whether it is an input.
    pub is_input: bool,
    /// The schema at its root; none for a document that is only referred to, and not at its root.
    pub root: Option<SchemaId>,
    /// Its definitions by name (`$defs`, `definitions`): all of an input, the used ones of another document.
    pub definitions: Vec<(&'s str, SchemaId)>,
}

/// One schema.
#[derive(Debug, Default, Serialize)]
pub struct Schema<'s> {
    /// Where it stands.
    #[serde(skip)]
    pub location: LocationId,
    /// The name that people gave it: its key in `$defs` or `definitions`; or one made of the operation that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition_name: Option<&'s str>,
    /// Whether it stands in an operation of an OpenAPI document.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_operation: bool,
    /// `true` or `false` in place of an object; only then the rest is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// Title, description, default, examples.
    pub docs: Docs<'s>,
    /// `readOnly`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// `writeOnly`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// `type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<KindSet>,
    /// `enum`; `const` is an enum of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<&'s Value>>,
    /// `$ref`, and what else refers to one other schema.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<SchemaId>,
    /// `allOf`, `anyOf` and `oneOf`.
    #[serde(flatten)]
    pub composition: Rare<Composition>,
    /// `minimum` … `multipleOf`.
    pub number: Rare<NumberBounds<'s>>,
    /// `minLength`, `maxLength`.
    pub length: SizeBounds,
    /// `pattern`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<&'s str>,
    /// `format`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format<'s>>,
    /// Whether `format` is checked, by the user's word or the dialect's; false without a `format`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub asserts_format: bool,
    /// `discriminator` of OpenAPI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<Box<Discriminator<'s>>>,
    /// The keywords for arrays.
    pub array: Rare<ArrayRules>,
    /// The keywords for objects.
    pub object: Rare<ObjectRules<'s>>,
    /// The keywords that no shape can say.
    pub logic: Rare<LogicRules>,
}

/// The property that tells the alternatives of a schema apart.
#[derive(Debug, Serialize)]
pub struct Discriminator<'s> {
    /// The name of the property.
    pub property: &'s str,
    /// The alternatives by value; one that is not here goes by the name of its definition.
    pub mapping: Vec<(&'s str, SchemaId)>,
}

/// The keywords that put schemas together.
#[derive(Debug, Default, Serialize)]
pub struct Composition {
    /// `allOf`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<SchemaId>,
    /// `anyOf`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<SchemaId>,
    /// `oneOf`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<SchemaId>,
}

/// The keywords for arrays.
#[derive(Debug, Default, Serialize)]
pub struct ArrayRules {
    /// `prefixItems`, or `items` as a list before 2020-12.
    pub prefix: Vec<SchemaId>,
    /// `items`, or `additionalItems` before 2020-12.
    pub rest: Option<SchemaId>,
    /// `minItems`, `maxItems`.
    pub size: SizeBounds,
    /// `uniqueItems`.
    pub unique: bool,
    /// `contains`.
    pub contains: Option<SchemaId>,
    /// `minContains`, `maxContains`.
    pub contains_size: SizeBounds,
    /// `unevaluatedItems`.
    pub unevaluated: Option<SchemaId>,
}

/// The keywords for objects.
#[derive(Debug, Default, Serialize)]
pub struct ObjectRules<'s> {
    /// `properties`.
    pub properties: Vec<(&'s str, SchemaId)>,
    /// `required`.
    pub required: Vec<&'s str>,
    /// `patternProperties`.
    pub patterns: Vec<(&'s str, SchemaId)>,
    /// `additionalProperties`.
    pub additional: Option<SchemaId>,
    /// `propertyNames`.
    pub names: Option<SchemaId>,
    /// `minProperties`, `maxProperties`.
    pub size: SizeBounds,
    /// `dependentRequired`, and `dependencies` with lists.
    pub dependent_required: Vec<(&'s str, Vec<&'s str>)>,
    /// `dependentSchemas`, and `dependencies` with schemas.
    pub dependent_schemas: Vec<(&'s str, SchemaId)>,
    /// `unevaluatedProperties`.
    pub unevaluated: Option<SchemaId>,
}

/// The keywords that no shape can say.
#[derive(Debug, Default, Serialize)]
pub struct LogicRules {
    /// `not`.
    pub not: Option<SchemaId>,
    /// `if`.
    pub condition: Option<SchemaId>,
    /// `then`.
    pub consequence: Option<SchemaId>,
    /// `else`.
    pub alternative: Option<SchemaId>,
}

impl<'s> Schema<'s> {
    /// A schema that allows everything.
    #[must_use]
    pub fn new(location: LocationId) -> Self {
        Self {
            location,
            ..Self::default()
        }
    }

    /// The name that a `discriminator` knows it by: those of operations have been made up.
    #[must_use]
    pub fn mapping_name(&self) -> Option<&'s str> {
        self.definition_name.filter(|_| !self.in_operation)
    }

    /// Keeps only those of the values that `allowed` has too.
    pub fn narrow_values(&mut self, allowed: Vec<&'s Value>) {
        self.values = Some(match self.values.take() {
            Some(values) => equal::common(values, &allowed),
            None => allowed,
        });
    }

    /// Whether it says something about values itself, references and `allOf` aside.
    #[must_use]
    pub fn has_own_keywords(&self) -> bool {
        self.boolean.is_some()
            || self.kinds.is_some()
            || self.values.is_some()
            || !self.composition.any_of.is_empty()
            || !self.composition.one_of.is_empty()
            || !self.number.is_unbounded()
            || !self.length.is_unbounded()
            || self.pattern.is_some()
            || self.format.is_some()
            || self.array.is_used()
            || self.object.is_used()
            || self.logic.is_used()
    }
}

impl Schema<'_> {
    /// Whether it says nothing of values but of which JSON types they are.
    #[must_use]
    pub fn asks_for_kinds_at_most(&self) -> bool {
        self.boolean.is_none()
            && self.values.is_none()
            && self.references.is_empty()
            && self.composition.is_blank()
            && self.number.is_unbounded()
            && self.length.is_unbounded()
            && self.pattern.is_none()
            && self.format.is_none()
            && self.discriminator.is_none()
            && !self.array.is_used()
            && !self.object.is_used()
            && !self.logic.is_used()
    }
}

impl Composition {
    /// Whether none of them is there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.all_of.is_empty() && self.any_of.is_empty() && self.one_of.is_empty()
    }
}

impl ArrayRules {
    /// Whether any keyword for arrays is there.
    #[must_use]
    pub fn is_used(&self) -> bool {
        !self.prefix.is_empty()
            || self.rest.is_some()
            || !self.size.is_unbounded()
            || self.unique
            || self.contains.is_some()
            || self.unevaluated.is_some()
    }
}

impl ObjectRules<'_> {
    /// Whether any keyword for objects is there.
    #[must_use]
    pub fn is_used(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.patterns.is_empty()
            || self.additional.is_some()
            || self.names.is_some()
            || !self.size.is_unbounded()
            || !self.dependent_required.is_empty()
            || !self.dependent_schemas.is_empty()
            || self.unevaluated.is_some()
    }
}

impl LogicRules {
    /// Whether any of them is there. `then` and `else` say nothing without `if`.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.not.is_some() || self.condition.is_some()
    }
}
