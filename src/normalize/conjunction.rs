//! What the schemas of a node say together.

use serde_json::Value;

use super::key::{Key, UnionKeyword};
use super::union::{Nulls, Settled};
use super::{Builder, MOST_COMBINED, Node, Shape, scalar};
use crate::hash::{HashMap, HashSet};
use crate::ir::{Docs, NumberBounds, StringType};
use crate::schema::equal;
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::location::LocationId;
use crate::schema::{Schema, SchemaId};

/// A union that one of the schemas asks for.
pub(super) struct Factor {
    pub owner: SchemaId,
    pub keyword: UnionKeyword,
    pub alternatives: Vec<SchemaId>,
}

/// The keywords of all schemas of a node, as far as they can be put together without a choice.
pub(super) struct Conjunction<'g, 's> {
    /// Every schema that counts: the parts, and what they refer to or list in `allOf`.
    pub members: Vec<(SchemaId, &'g Schema<'s>)>,
    pub kinds: KindSet,
    pub values: Option<Vec<&'s Value>>,
    pub factors: Vec<Factor>,
    pub number: NumberBounds<'s>,
    pub string: StringType<'s>,
    /// What the schema says about single values.
    pub value_words: HashMap<&'s str, &'s str>,
    /// What the schema wants code to call single texts.
    pub value_names: HashMap<&'s str, &'s str>,
    pub unsaid: Vec<&'static str>,
}

impl<'g, 's> Conjunction<'g, 's> {
    pub(super) fn new(builder: &Builder<'g, 's, '_>, key: &Key) -> Self {
        let mut all = Self {
            members: Vec::new(),
            kinds: key.only.unwrap_or(KindSet::ALL),
            values: None,
            factors: Vec::new(),
            number: NumberBounds::default(),
            string: StringType::default(),
            value_words: HashMap::default(),
            value_names: HashMap::default(),
            unsaid: Vec::new(),
        };
        let members = members(builder, key);
        for &(id, schema) in &members {
            if schema.boolean == Some(false) {
                all.kinds = KindSet::NONE;
            }
            if let Some(kinds) = schema.kinds {
                all.kinds = all.kinds.intersect(kinds);
            }
            all.note_words(schema);
            if let Some(values) = &schema.values {
                all.values = Some(match all.values.take() {
                    Some(known) => equal::common(known, values),
                    None => values.clone(),
                });
            }
            for (keyword, alternatives) in [
                (UnionKeyword::AnyOf, &schema.composition.any_of),
                (UnionKeyword::OneOf, &schema.composition.one_of),
            ] {
                if !alternatives.is_empty() && !key.chosen.contains(&(id, keyword)) {
                    all.factors.push(Factor {
                        owner: id,
                        keyword,
                        alternatives: alternatives.clone(),
                    });
                }
            }
            all.narrow_scalars(schema);
            if key.only.is_some() {
                // The union of kinds above this node has said what follows already.
                continue;
            }
            if schema.logic.not.is_some() {
                all.leave_unsaid("not");
            }
            if schema.logic.condition.is_some()
                && (schema.logic.consequence.is_some() || schema.logic.alternative.is_some())
            {
                all.leave_unsaid("if");
            }
        }
        all.members = members;
        all
    }

    /// Notes what the schema says about single texts; who says it first is heard.
    fn note_words(&mut self, schema: &Schema<'s>) {
        for words in &schema.docs.values.words {
            let Some(text) = words.value.as_str() else {
                continue;
            };
            if let Some(name) = words.name {
                self.value_names.entry(text).or_insert(name);
            }
            if let Some(description) = words.description {
                self.value_words.entry(text).or_insert(description);
            }
        }
    }

    fn narrow_scalars(&mut self, schema: &Schema<'s>) {
        if let Some(bound) = schema.number.minimum {
            self.number.narrow_minimum(bound);
        }
        if let Some(bound) = schema.number.maximum {
            self.number.narrow_maximum(bound);
        }
        for factor in &schema.number.multiple_of {
            if !self.number.multiple_of.contains(factor) {
                self.number.multiple_of.push(factor);
            }
        }
        self.string.length = self.string.length.intersect(schema.length);
        if let Some(pattern) = schema.pattern
            && !self.string.patterns.contains(&pattern)
        {
            self.string.patterns.push(pattern);
        }
        if let Some(format) = schema.format {
            let known = *self.string.format.get_or_insert(format);
            if known == format {
                self.string.asserts_format |= schema.asserts_format;
            } else if schema.asserts_format || self.string.asserts_format {
                self.leave_unsaid("format");
            }
        }
    }

    /// Notes a keyword that the shape will not say.
    pub(super) fn leave_unsaid(&mut self, keyword: &'static str) {
        if !self.unsaid.contains(&keyword) {
            self.unsaid.push(keyword);
        }
    }

    /// The JSON types that some keyword speaks of without saying that there are no others.
    pub(super) fn constrained_kinds(&self) -> KindSet {
        let mut kinds = KindSet::NONE;
        if !self.number.is_unbounded() {
            kinds = kinds.union(KindSet::NUMBER);
        }
        let string = &self.string;
        if !string.length.is_unbounded() || !string.patterns.is_empty() || string.format.is_some() {
            kinds = kinds.union(KindSet::of(Kind::String));
        }
        for (_, schema) in &self.members {
            if schema.array.is_used() {
                kinds = kinds.union(KindSet::of(Kind::Array));
            }
            if schema.object.is_used() {
                kinds = kinds.union(KindSet::of(Kind::Object));
            }
        }
        kinds
    }
}

/// The parts of a key with everything that they refer to or list in `allOf`, each once, in reading order.
fn members<'g, 's>(builder: &Builder<'g, 's, '_>, key: &Key) -> Vec<(SchemaId, &'g Schema<'s>)> {
    if let [id] = key.parts[..] {
        let schema = builder.graph.get(id);
        if schema.references.is_empty() && schema.composition.all_of.is_empty() {
            return vec![(id, schema)];
        }
    }
    let mut seen = HashSet::default();
    let mut found = Vec::new();
    let mut work: Vec<SchemaId> = key.parts.iter().rev().copied().collect();
    while let Some(id) = work.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = builder.graph.get(id);
        found.push((id, schema));
        work.extend(
            schema
                .references
                .iter()
                .chain(&schema.composition.all_of)
                .rev(),
        );
    }
    found
}

impl<'s> Builder<'_, 's, '_> {
    /// Builds the node of a key.
    pub(super) fn build(&mut self, mut key: Key) -> Node<'s> {
        let mut node = self.empty_node(&key);
        if key.is_conditional {
            self.conditional(&key, &mut node);
            return node;
        }
        if self.combined >= MOST_COMBINED && !key.is_whole() {
            self.say_too_many(&key);
            node.parts.clear();
            return node;
        }
        // What an earlier round of the loop has left unsaid stays so, although its union is chosen by then.
        let mut carried: Vec<&'static str> = Vec::new();
        let mut nulls = Nulls::new();
        let (mut all, factor) = loop {
            let mut all = Conjunction::new(self, &key);
            if !key.is_whole() {
                let factors = all.factors.iter();
                let alternatives = factors.map(|factor| factor.alternatives.len());
                self.combined += all.members.len() + alternatives.sum::<usize>();
            }
            match self.settle_factors(&mut key, &mut all, &mut node, &mut nulls) {
                Settled::Merge(merged) => {
                    carried.append(&mut all.unsaid);
                    key = merged;
                }
                Settled::Same(id) => {
                    node.shape = Shape::Same(self.all([id]));
                    carried.append(&mut all.unsaid);
                    node.unsaid = carried;
                    return node;
                }
                Settled::Union(factor) => break (all, Some(factor)),
                Settled::None => break (all, None),
            }
        };
        all.unsaid.append(&mut carried);
        self.shape(&key, all, factor, &mut node);
        node
    }

    fn empty_node(&self, key: &Key) -> Node<'s> {
        let main = key.main().map(|id| self.graph.get(id));
        let is_whole = key.is_whole();
        Node {
            location: main.map_or_else(LocationId::default, |schema| schema.location),
            definition_name: main
                .and_then(|schema| schema.definition_name)
                .filter(|_| is_whole),
            is_whole,
            parts: key.parts.clone(),
            // What is said of the whole is said there, not again of the values of one JSON type.
            docs: match main {
                Some(schema) if key.only.is_none() => schema.docs.clone(),
                _ => Docs::default(),
            },
            shape: Shape::Any,
            nullable: false,
            kinds: KindSet::ALL,
            unsaid: Vec::new(),
        }
    }

    /// Decides the shape, once at most one union is left to choose from.
    fn shape(
        &mut self,
        key: &Key,
        mut all: Conjunction<'_, 's>,
        factor: Option<Factor>,
        node: &mut Node<'s>,
    ) {
        let null = KindSet::of(Kind::Null);
        if let Some(factor) = factor {
            node.kinds = all.kinds.without(null);
            node.shape = self.union_of(key, &mut all, &factor);
        } else if all.values.is_some() {
            scalar::values(&mut all, node);
        } else {
            let stated = all.kinds.without(null);
            node.nullable |= all.kinds.contains(Kind::Null);
            node.kinds = stated;
            let constrained = all.constrained_kinds().intersect(stated);
            let groups = groups(stated);
            if stated.is_empty() {
                let only_null = std::mem::take(&mut node.nullable);
                node.shape = if only_null { Shape::Null } else { Shape::Never };
                node.kinds = if only_null { null } else { KindSet::NONE };
            } else if let [group] = groups.as_slice() {
                node.shape = self
                    .parent_in(key)
                    .filter(|_| *group == KindSet::of(Kind::Object))
                    .and_then(|parent| self.union_of_family(key, parent, node.nullable))
                    .unwrap_or_else(|| self.shape_of_kind(key, *group, &mut all));
            } else if constrained.is_empty() && (all.kinds == KindSet::ALL || key.only.is_some()) {
                node.nullable = false;
                node.kinds = all.kinds;
            } else if all.kinds == KindSet::ALL {
                node.nullable = false;
                node.kinds = all.kinds;
                node.shape =
                    self.union_of_kinds(key, constrained, KindSet::ALL.without(constrained));
            } else {
                node.shape = self.union_of_kinds(key, stated, KindSet::NONE);
            }
        }
        node.unsaid.append(&mut all.unsaid);
        node.unsaid.sort_unstable();
        node.unsaid.dedup();
    }

    /// The shape of values of one JSON type.
    fn shape_of_kind(
        &mut self,
        key: &Key,
        kinds: KindSet,
        all: &mut Conjunction<'_, 's>,
    ) -> Shape<'s> {
        match kinds.iter().next() {
            None => Shape::Never,
            Some(Kind::Null) => Shape::Null,
            Some(Kind::Boolean) => Shape::Boolean,
            Some(Kind::Integer) if !kinds.contains(Kind::Fraction) => {
                Shape::Integer(std::mem::take(&mut all.number))
            }
            Some(Kind::Integer | Kind::Fraction) => Shape::Number(std::mem::take(&mut all.number)),
            Some(Kind::String) => Shape::String(std::mem::take(&mut all.string)),
            Some(Kind::Array) => Shape::Array(self.array(all)),
            Some(Kind::Object) => Shape::Object(self.object(key, all)),
        }
    }
}

/// The kinds one by one, integers and fractions together where both are there.
pub(super) fn groups(kinds: KindSet) -> Vec<KindSet> {
    let both = KindSet::NUMBER.intersect(kinds) == KindSet::NUMBER;
    let singles = kinds
        .iter()
        .filter(|kind| !(both && *kind == Kind::Fraction));
    singles
        .map(|kind| {
            if both && kind == Kind::Integer {
                KindSet::NUMBER
            } else {
                KindSet::of(kind)
            }
        })
        .collect()
}
