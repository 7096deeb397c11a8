//! `discriminator` of OpenAPI: which text of a property means which alternative.
//!
//! It stands beside a `oneOf` or `anyOf`, or in a schema that others build on with `allOf`. That one is a union then:
//! of those others, and of itself for the texts that mean none of them.

use serde::Serialize;
use serde_json::Value;

use super::conjunction::Factor;
use super::key::{Key, UnionKeyword};
use super::{Builder, Choice, Shape, UnionShape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::{HashMap, HashSet};
use crate::ir::Matching;
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::{Discriminator, SchemaGraph, SchemaId};

/// How many schemas that one builds on are asked for the values of a property.
const MOST_BASES: usize = 100;

/// The most schemas that build on those with a discriminator, each counted once for each that it builds on.
const MOST_DESCENDANTS: usize = 50_000;

/// The property that tells the alternatives of a union apart.
#[derive(Debug, Serialize)]
pub(crate) struct TagShape<'s> {
    pub property: &'s str,
    /// The texts of each alternative; none for the one that takes what no other does.
    pub texts: Vec<Vec<&'s str>>,
    /// Whether the alternatives build on the schema, which by itself accepts more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_family: bool,
}

/// For each schema with a discriminator and no union of its own, the definitions that build on it.
pub(super) fn families(
    graph: &SchemaGraph<'_>,
    diagnostics: &mut Diagnostics,
) -> HashMap<SchemaId, Vec<SchemaId>> {
    let ids = || (0..).map(SchemaId).zip(&graph.schemas);
    let is_parent = |id: SchemaId| {
        let schema = graph.get(id);
        schema.discriminator.is_some()
            && schema.composition.any_of.is_empty()
            && schema.composition.one_of.is_empty()
    };
    let parents: Vec<SchemaId> = ids()
        .map(|(id, _)| id)
        .filter(|id| is_parent(*id))
        .collect();
    let mut families = HashMap::default();
    if parents.is_empty() {
        return families;
    }
    let mut children: HashMap<SchemaId, Vec<SchemaId>> = HashMap::default();
    for (id, schema) in ids() {
        if schema.mapping_name().is_some() && graph.canonical(id) == id {
            for part in schema.references.iter().chain(&schema.composition.all_of) {
                let part = graph.canonical(*part);
                children.entry(part).or_default().push(id);
            }
        }
    }
    let mut left = MOST_DESCENDANTS;
    for parent in parents {
        let mut found = HashSet::default();
        let mut waiting = vec![parent];
        while let Some(id) = waiting.pop() {
            for child in children.get(&id).into_iter().flatten() {
                if *child != parent && found.insert(*child) {
                    waiting.push(*child);
                }
            }
            if found.len() > left {
                diagnostics.push(
                    Diagnostic::new(
                        Code::Limit,
                        format!("more than {MOST_DESCENDANTS} schemas build on schemas with a `discriminator`; it says nothing from here on"),
                    )
                    .at_location(&graph.locations, graph.get(parent).location)
                    .help("leave `discriminator` out of schemas that are not used by themselves"),
                );
                return families;
            }
        }
        left -= found.len();
        let mut found: Vec<SchemaId> = found.into_iter().collect();
        found.sort_unstable();
        if !found.is_empty() {
            families.insert(parent, found);
        }
    }
    families
}

impl<'s> Builder<'_, 's, '_> {
    /// What tells the alternatives of a `oneOf` or `anyOf` apart, if its schema says so of all of them.
    pub(super) fn tag_of(&mut self, factor: &Factor) -> Option<TagShape<'s>> {
        let owner = self.graph.get(factor.owner);
        let discriminator = owner.discriminator.as_ref()?;
        let written = match factor.keyword {
            UnionKeyword::AnyOf => &owner.composition.any_of,
            UnionKeyword::OneOf => &owner.composition.one_of,
            UnionKeyword::Family => return None,
        };
        let names: HashMap<SchemaId, &'s str> = written
            .iter()
            .filter_map(|id| Some((self.graph.canonical(*id), self.definition_name(*id)?)))
            .collect();
        let ids = || {
            factor
                .alternatives
                .iter()
                .map(|id| self.graph.canonical(*id))
        };
        let alternatives = ids().zip(&factor.alternatives);
        let alternatives = alternatives.map(|(id, written)| (id, names.get(written).copied()));
        let texts = self.texts(discriminator, alternatives);
        let property = discriminator.property;
        let mut known = HashSet::default();
        if texts
            .iter()
            .all(|texts| !texts.is_empty() && texts.iter().all(|text| known.insert(*text)))
        {
            // Where one never has such a text, what the types say themselves may tell them.
            let mut told = ids().zip(&texts);
            let can_be = told.all(|(id, texts)| self.may_have(id, property, texts));
            return can_be.then_some(TagShape {
                property,
                texts,
                is_family: false,
            });
        }
        self.diagnostics.push(
            Diagnostic::new(
                Code::NoEffect,
                "`discriminator` says nothing here, because it does not name every alternative",
            )
            .at_location(&self.graph.locations, owner.location)
            .help(
                "make each alternative a reference to a definition, or put it into the `mapping`",
            ),
        );
        None
    }

    /// The first of the parts of a node that others build on, if it has not been asked yet which of them is meant.
    pub(super) fn parent_in(&self, key: &Key) -> Option<SchemaId> {
        let parts = key.parts.iter().copied();
        parts
            .filter(|part| !key.chosen.contains(&(*part, UnionKeyword::Family)))
            .find(|part| self.families.contains_key(part))
    }

    /// The union of the schemas that build on one, and of itself.
    pub(super) fn union_of_family(
        &mut self,
        key: &Key,
        parent: SchemaId,
        nullable: bool,
    ) -> Option<Shape<'s>> {
        let discriminator = self.graph.get(parent).discriminator.as_ref()?;
        let children = self.families.get(&parent).cloned().unwrap_or_default();
        let named = children
            .iter()
            .map(|id| (*id, self.graph.get(*id).mapping_name()));
        let texts = self.texts(discriminator, named);
        let property = discriminator.property;
        // Where another one has its name, no text means a schema. Its values are among all others then.
        let (told, others): (Vec<_>, Vec<_>) = children
            .into_iter()
            .zip(texts)
            .filter(|(_, texts)| !texts.is_empty())
            .partition(|(id, texts)| self.may_have(*id, property, texts));
        if key.parts.len() == 1 {
            for (id, texts) in others {
                self.say_untold(id, property, &texts);
            }
        }
        let (children, mut texts): (Vec<SchemaId>, Vec<_>) = told.into_iter().unzip();
        let mut alternatives = Vec::new();
        for id in children {
            let node = if key.parts.len() == 1 {
                self.all([id])
            } else {
                self.node(key.choose(self.graph, (parent, UnionKeyword::Family), id))
            };
            alternatives.push(Choice {
                node,
                label: self.graph.get(id).definition_name,
                implied: false,
            });
        }
        // Where the schema lists no other texts, none of its values is itself.
        if !self.has_only(parent, discriminator.property, &texts) {
            let mut own = key.choose(self.graph, (parent, UnionKeyword::Family), parent);
            if nullable {
                own = own.restrict(KindSet::of(Kind::Object));
            }
            alternatives.push(Choice {
                node: self.node(own),
                label: Some("base"),
                implied: false,
            });
            texts.push(Vec::new());
        }
        if alternatives.len() < 2 {
            return None;
        }
        Some(Shape::Union(UnionShape {
            alternatives,
            matching: Matching::Any,
            is_shared: false,
            is_partial: false,
            tag: Some(TagShape {
                property: discriminator.property,
                texts,
                is_family: true,
            }),
        }))
    }

    /// The texts that mean each schema: those that the mapping gives it, and the one that it gives itself, else its name,
    /// where that means no other.
    fn texts(
        &self,
        discriminator: &Discriminator<'s>,
        schemas: impl Iterator<Item = (SchemaId, Option<&'s str>)>,
    ) -> Vec<Vec<&'s str>> {
        let mut mapped: HashMap<SchemaId, Vec<&'s str>> = HashMap::default();
        for (text, target) in &discriminator.mapping {
            let target = self.graph.canonical(*target);
            mapped.entry(target).or_default().push(text);
        }
        let keys: HashSet<&str> = discriminator.mapping.iter().map(|(key, _)| *key).collect();
        let schemas: Vec<(SchemaId, Option<&'s str>)> = schemas.collect();
        let values = &self.graph.discriminator_values;
        let own = schemas
            .iter()
            .map(|(id, name)| values.get(id).copied().or(*name));
        let mut known = HashSet::default();
        // A text that two go by tells neither.
        let go_by_values = own.clone().flatten().all(|text| known.insert(text));
        let named = schemas.iter().zip(own).map(|((id, name), own)| {
            let text = if go_by_values { own } else { *name };
            let mut texts = mapped.get(id).cloned().unwrap_or_default();
            texts.extend(text.filter(|text| !keys.contains(text)));
            texts
        });
        named.collect()
    }

    /// The key among definitions of what an alternative refers to.
    fn definition_name(&self, mut id: SchemaId) -> Option<&'s str> {
        for _ in 0..=self.graph.schemas.len() {
            let name = self.graph.get(id).mapping_name();
            if name.is_some() {
                return name;
            }
            id = self.graph.only_reference(id)?;
        }
        None
    }

    /// Whether a schema itself lists no text for a property but these.
    fn has_only(&self, id: SchemaId, property: &str, texts: &[Vec<&'s str>]) -> bool {
        let known: HashSet<&str> = texts.iter().flatten().copied().collect();
        let is_known = |value: &&Value| value.as_str().is_some_and(|text| known.contains(text));
        let of = self.property_of(id, property);
        let values = of.and_then(|of| self.graph.get(self.graph.canonical(of)).values.as_ref());
        self.graph.get(id).object.required.contains(&property)
            && values.is_some_and(|values| values.iter().all(is_known))
    }

    /// Whether one of these texts is a value of a property, as far as a schema and those that it builds on list its values.
    fn may_have(&self, id: SchemaId, property: &str, texts: &[&str]) -> bool {
        let mut met = HashSet::default();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let id = self.graph.canonical(id);
            if met.len() >= MOST_BASES || !met.insert(id) {
                continue;
            }
            if let Some(of) = self.property_of(id, property)
                && !self.may_be(of, texts, &mut { MOST_BASES })
            {
                return false;
            }
            let schema = self.graph.get(id);
            waiting.extend(schema.references.iter().chain(&schema.composition.all_of));
        }
        true
    }

    /// What a schema itself says of a property.
    fn property_of(&self, id: SchemaId, property: &str) -> Option<SchemaId> {
        let mut properties = self.graph.get(id).object.properties.iter();
        let (_, of) = properties.find(|(name, _)| *name == property)?;
        Some(*of)
    }

    /// Whether one of these texts is a value of a schema, as far as it and at most so many of its parts list their values.
    fn may_be(&self, id: SchemaId, texts: &[&str], left: &mut usize) -> bool {
        if *left == 0 {
            return true;
        }
        *left -= 1;
        let schema = self.graph.get(self.graph.canonical(id));
        let is_meant = |value: &&Value| value.as_str().is_some_and(|text| texts.contains(&text));
        let is_listed = |values: &Vec<&Value>| values.iter().any(is_meant);
        let composition = &schema.composition;
        let mut all = schema.references.iter().chain(&composition.all_of);
        schema.values.as_ref().is_none_or(is_listed)
            && all.all(|part| self.may_be(*part, texts, left))
            && [&composition.any_of, &composition.one_of]
                .into_iter()
                .all(|some| {
                    let mut parts = some.iter();
                    some.is_empty() || parts.any(|part| self.may_be(*part, texts, left))
                })
    }

    /// Says that no text means a schema that builds on one with a `discriminator`.
    fn say_untold(&mut self, id: SchemaId, property: &str, texts: &[&str]) {
        let texts: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
        let message = format!(
            "no value is told to be this one by the `discriminator` of the schema that it builds on: `{property}` is never {}",
            texts.join(" or ")
        );
        self.diagnostics.push(
            Diagnostic::new(Code::NoEffect, message)
                .at_location(&self.graph.locations, self.graph.get(id).location)
                .help("name the text that means it in the `mapping`, or list its text among the values of the property"),
        );
    }
}
