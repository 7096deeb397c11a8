//! Properties that only rules name: `then`, `else` and `dependentSchemas`.
//!
//! Where the condition holds, they are what the rule says, else they may be anything. People think of them as fields all the same.

use super::conjunction::Conjunction;
use super::key::Key;
use super::{Builder, Choice, Node, Property, Shape, UnionShape};
use crate::diagnostic::{Code, Diagnostic};
use crate::hash::{HashMap, HashSet};
use crate::ir::{Docs, Matching};
use crate::schema::kinds::KindSet;
use crate::schema::pattern::Simple;
use crate::schema::{Schema, SchemaId};

/// How many schemas of rules are looked at for one object. Properties of those beyond have no field.
const MOST_RULES: usize = 1_000;

impl<'s> Builder<'_, 's, '_> {
    /// The properties that rules name and none of these schemas, the members of a node that are about objects.
    pub(super) fn conditional_properties(
        &mut self,
        members: &[&Schema<'s>],
        all: &Conjunction<'_, 's>,
    ) -> Vec<Property<'s>> {
        let rules: Vec<SchemaId> = all.members.iter().flat_map(|(_, one)| rules(one)).collect();
        if rules.is_empty() || self.ruled >= self.most_merged {
            return Vec::new();
        }
        let mut known: HashSet<&str> = HashSet::default();
        for schema in members {
            known.extend(schema.object.properties.iter().map(|(name, _)| *name));
            known.extend(&schema.object.required);
        }
        let patterns = members.iter().flat_map(|schema| &schema.object.patterns);
        let patterns: Vec<Option<Simple>> =
            patterns.map(|(pattern, _)| Simple::new(pattern)).collect();
        let is_reached = |name: &str| {
            let mut patterns = patterns.iter();
            patterns.any(|one| one.as_ref().is_none_or(|one| one.matches(name)))
        };
        let named = self.named_by(rules);
        if self.ruled >= self.most_merged {
            self.say_no_room(all);
            return Vec::new();
        }
        let named = named
            .into_iter()
            .filter(|(name, _)| !known.contains(name) && !is_reached(name));
        named
            .map(|(name, schemas)| {
                let said = self.said(&schemas, self.graph.get(schemas[0]));
                let node = self.node(Key::conditional(self.graph, schemas));
                said.of(name, false, node)
            })
            .collect()
    }

    /// Says that the properties which rules name have no fields from here on.
    fn say_no_room(&mut self, all: &Conjunction<'_, 's>) {
        let most = self.most_merged;
        let message = format!(
            "the properties that only `then`, `else` and `dependentSchemas` name are more than {most}; those of this object \
             and of objects after it have no fields"
        );
        let place = all.members.first().map(|(_, schema)| schema.location);
        self.diagnostics.push(
            Diagnostic::new(Code::Limit, message)
                .at_location(&self.graph.locations, place.unwrap_or_default())
                .help("name them in `properties` of the object, or split the schema"),
        );
    }

    /// The properties that schemas name, with what each of them says.
    fn named_by(&mut self, schemas: Vec<SchemaId>) -> Vec<(&'s str, Vec<SchemaId>)> {
        let mut found: Vec<(&'s str, Vec<SchemaId>)> = Vec::new();
        let mut places: HashMap<&'s str, usize> = HashMap::default();
        let mut seen = HashSet::default();
        let mut work = schemas;
        work.reverse();
        while let Some(id) = work.pop() {
            if seen.len() >= MOST_RULES || !seen.insert(id) {
                continue;
            }
            let graph = self.graph;
            let schema: &Schema<'s> = graph.get(id);
            self.ruled += schema.object.properties.len();
            if self.ruled >= self.most_merged {
                break;
            }
            for (name, id) in &schema.object.properties {
                if self.is_false(&[*id]) {
                    continue;
                }
                let place = *places.entry(*name).or_insert_with(|| {
                    found.push((*name, Vec::new()));
                    found.len() - 1
                });
                found[place].1.push(*id);
            }
            let composition = &schema.composition;
            let parts = schema.references.iter().chain(&composition.all_of);
            let parts = parts.chain(&composition.any_of).chain(&composition.one_of);
            let parts: Vec<SchemaId> = parts.copied().chain(rules(schema)).collect();
            work.extend(parts.into_iter().rev());
        }
        found
    }

    /// A value that is one of several things, or anything else.
    pub(super) fn conditional(&mut self, key: &Key, node: &mut Node<'s>) {
        // Nothing of it holds for every value.
        node.parts.clear();
        node.docs = Docs::default();
        node.kinds = KindSet::ALL;
        if key.parts.iter().any(|part| self.allows_all(*part)) {
            return;
        }
        let mut alternatives: Vec<Choice<'s>> = Vec::new();
        for part in &key.parts {
            let schema = self.graph.get(*part);
            let choice = Choice {
                node: self.all([*part]),
                label: schema.definition_name.or(schema.docs.title),
                implied: false,
            };
            alternatives.push(choice);
        }
        alternatives.push(Choice {
            node: self.node(Key::default()),
            label: None,
            implied: true,
        });
        node.shape = Shape::Union(UnionShape {
            alternatives,
            matching: Matching::Any,
            is_shared: false,
            is_partial: false,
            tag: None,
        });
    }

    fn allows_all(&self, id: SchemaId) -> bool {
        let schema = self.graph.get(id);
        schema.boolean == Some(true) || schema.kinds.is_none() && schema.asks_for_kinds_at_most()
    }
}

/// The schemas that hold only for some values.
fn rules(schema: &Schema<'_>) -> Vec<SchemaId> {
    let logic = &schema.logic;
    let branches = logic.consequence.into_iter().chain(logic.alternative);
    let branches = branches.filter(|_| logic.condition.is_some());
    let dependent = schema.object.dependent_schemas.iter();
    branches.chain(dependent.map(|(_, id)| *id)).collect()
}
