//! `anyOf` and `oneOf`: which of them are unions, and which are something simpler.

use super::conjunction::{Conjunction, Factor, groups};
use super::key::{Key, UnionKeyword};
use super::told::Told;
use super::{Builder, Choice, Node, Shape, UnionShape};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Matching;
use crate::schema::SchemaId;
use crate::schema::equal::{self, ValueSet};
use crate::schema::kinds::{Kind, KindSet};

/// The most combinations that several unions of one schema may have before only the first is a union.
const MAX_COMBINATIONS: usize = 64;

/// How many schemas are looked at for the JSON types that one schema takes. With more behind it, it may take any.
const MOST_BEHIND: usize = 100;

/// The keywords by which a union may be left to a check.
const UNIONS: [&str; 2] = [UnionKeyword::AnyOf.as_str(), UnionKeyword::OneOf.as_str()];

/// What became of the unions of a node.
pub(super) enum Settled {
    /// One alternative is left: it belongs to the conjunction.
    Merge(Key),
    /// One alternative is left, and nothing else is said.
    Same(SchemaId),
    /// There is a choice.
    Union(Factor),
    /// There is none.
    None,
}

/// Whether `null` fits the unions of a node that have been met so far, all of them.
pub(super) struct Nulls {
    fit: bool,
    met: Vec<(SchemaId, UnionKeyword)>,
}

impl Nulls {
    pub(super) fn new() -> Self {
        Self {
            fit: true,
            met: Vec::new(),
        }
    }
}

/// How a union takes `null`, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TakesNull {
    No,
    /// An alternative may: it says more than its shape will.
    Perhaps,
    WithOthers,
    /// An alternative is `null` and nothing else here.
    Alone,
}

/// What an alternative is about, beside the schemas around it.
struct Outline<'s> {
    id: SchemaId,
    kinds: KindSet,
    /// The values it lists, if it does nothing else.
    values: Option<Vec<&'s serde_json::Value>>,
    /// Whether it says what a value looks like, not only when it is allowed.
    has_shape: bool,
    /// Whether `kinds` are all that it asks of scalars.
    is_exact: bool,
}

impl<'s> Builder<'_, 's, '_> {
    /// Removes what is no choice from the unions of a node.
    pub(super) fn settle_factors(
        &mut self,
        key: &mut Key,
        all: &mut Conjunction<'_, 's>,
        node: &mut Node<'s>,
        nulls: &mut Nulls,
    ) -> Settled {
        self.meet(key, all, nulls);
        let mut open: Vec<Factor> = Vec::new();
        let factors = std::mem::take(&mut all.factors);
        let is_single = factors.len() == 1;
        for factor in factors {
            let was_nullable = std::mem::take(&mut node.nullable);
            let outlines = self.outlines(key, all, (node, nulls.fit), &factor);
            let has_null = node.nullable;
            node.nullable |= was_nullable;
            let Some(outlines) = outlines else {
                key.chosen.push((factor.owner, factor.keyword));
                continue;
            };
            match outlines.as_slice() {
                [] => all.kinds = KindSet::NONE,
                [one] if is_single && self.stands_alone(key, all, &factor) => {
                    return Settled::Same(one.id);
                }
                [one] => {
                    let union = (factor.owner, factor.keyword);
                    return Settled::Merge(key.choose(self.graph, union, one.id));
                }
                several if several.iter().all(|one| one.values.is_some()) => {
                    self.merge_values(all, &factor, several, has_null)
                }
                several
                    if several
                        .iter()
                        .all(|one| !one.has_shape && all.kinds.without(one.kinds).is_empty()) =>
                {
                    all.leave_unsaid(factor.keyword.as_str());
                    key.chosen.push((factor.owner, factor.keyword));
                }
                several => open.push(Factor {
                    alternatives: several.iter().map(|one| one.id).collect(),
                    ..factor
                }),
            }
        }
        if open.is_empty() {
            return Settled::None;
        }
        let first = open.remove(0);
        let combinations = open
            .iter()
            .map(|factor| factor.alternatives.len())
            .fold(first.alternatives.len(), usize::saturating_mul);
        if !open.is_empty() && combinations > MAX_COMBINATIONS {
            self.diagnostics.push(
                Diagnostic::new(Code::Limit, format!("{combinations} combinations of `anyOf` and `oneOf` are too many for types of their own; only the first of them is a union"))
                    .at_location(&self.graph.locations, node.location)
                    .help(format!("keep the combinations of one schema to {MAX_COMBINATIONS}")),
            );
            for factor in open.drain(..) {
                all.leave_unsaid(factor.keyword.as_str());
                key.chosen.push((factor.owner, factor.keyword));
            }
        }
        all.factors = open;
        Settled::Union(first)
    }

    /// Looks whether `null` fits the unions that were not there before. Of one that comes alone, its alternatives say it.
    fn meet(&self, key: &Key, all: &mut Conjunction<'_, 's>, nulls: &mut Nulls) {
        let is_met = |factor: &&Factor| !nulls.met.contains(&(factor.owner, factor.keyword));
        let fresh: Vec<&Factor> = all.factors.iter().filter(is_met).collect();
        let is_alone = fresh.len() == 1 && nulls.met.is_empty();
        let met = fresh.iter().map(|factor| (factor.owner, factor.keyword));
        let met: Vec<(SchemaId, UnionKeyword)> = met.collect();
        if !is_alone && nulls.fit {
            let taking = fresh.iter().map(|factor| self.takes_null(key, all, factor));
            let taking: Vec<TakesNull> = taking.collect();
            nulls.fit = !taking.contains(&TakesNull::No);
            if nulls.fit && taking.contains(&TakesNull::Alone) {
                for ((_, keyword), takes) in met.iter().zip(taking) {
                    if takes == TakesNull::Perhaps {
                        all.leave_unsaid(keyword.as_str());
                    }
                }
            }
        }
        nulls.met.extend(met);
    }

    fn takes_null(&self, key: &Key, all: &Conjunction<'_, 's>, factor: &Factor) -> TakesNull {
        let takes = factor.alternatives.iter().map(|id| {
            let id = self.graph.canonical(*id);
            if key.parts.contains(&id) {
                // It holds anyway.
                return TakesNull::WithOthers;
            }
            let outline = self.outline(id);
            let kinds = outline.kinds.intersect(all.kinds);
            match (kinds.contains(Kind::Null), outline.is_exact) {
                (false, _) => TakesNull::No,
                (true, false) => TakesNull::Perhaps,
                (true, true) if kinds == KindSet::of(Kind::Null) => TakesNull::Alone,
                (true, true) => TakesNull::WithOthers,
            }
        });
        takes.max().unwrap_or(TakesNull::No)
    }

    /// The alternatives that can match here; none if there is nothing to choose. One that is `null` alone makes the
    /// node nullable instead.
    fn outlines(
        &self,
        key: &Key,
        all: &mut Conjunction<'_, 's>,
        (node, nulls_fit): (&mut Node<'s>, bool),
        factor: &Factor,
    ) -> Option<Vec<Outline<'s>>> {
        let mut found: Vec<Outline<'s>> = Vec::new();
        let null = KindSet::of(Kind::Null);
        let mut nulls = 0;
        let lists_null = |values: &Vec<&'s serde_json::Value>| values.iter().any(|it| it.is_null());
        let may_be_null = all.values.as_ref().is_none_or(lists_null);
        let told = Told::new(all);
        for id in &factor.alternatives {
            let id = self.graph.canonical(*id);
            if key.parts.contains(&id) {
                // It holds anyway: any other may hold too, or none may.
                if factor.keyword == UnionKeyword::OneOf {
                    all.leave_unsaid(factor.keyword.as_str());
                }
                return None;
            }
            if factor.keyword == UnionKeyword::AnyOf && found.iter().any(|known| known.id == id) {
                continue;
            }
            let outline = self.outline(id);
            let kinds = outline.kinds.intersect(all.kinds);
            nulls += usize::from(kinds.contains(Kind::Null));
            if kinds == null && outline.is_exact {
                node.nullable |= may_be_null && nulls_fit;
            } else if kinds == KindSet::of(Kind::Object) && told.excludes(self, id) {
                continue;
            } else if !kinds.is_empty() {
                found.push(outline);
            }
        }
        if factor.keyword == UnionKeyword::OneOf && node.nullable && nulls > 1 {
            all.leave_unsaid(factor.keyword.as_str());
        }
        Some(found)
    }

    fn outline(&self, id: SchemaId) -> Outline<'s> {
        let inner = Conjunction::new(self, &Key::of(self.graph, [id]));
        let kinds = self.kinds_of(&inner, &mut { MOST_BEHIND });
        let plain = inner.factors.is_empty()
            && inner.unsaid.is_empty()
            && inner.constrained_kinds().intersect(kinds).is_empty();
        let is_exact = inner.factors.is_empty() && inner.unsaid.is_empty();
        let has_shape = inner.values.is_some()
            || !inner.factors.is_empty()
            || inner.members.iter().any(|(_, schema)| {
                !schema.object.properties.is_empty()
                    || !schema.object.patterns.is_empty()
                    || schema.object.additional.is_some()
                    || !schema.array.prefix.is_empty()
                    || schema.array.rest.is_some()
            });
        let values = inner.values.filter(|_| plain).map(|values| {
            values
                .into_iter()
                .filter(|value| kinds.contains(Kind::of(value)))
                .collect()
        });
        Outline {
            id,
            kinds,
            values,
            has_shape,
            is_exact,
        }
    }

    /// The JSON types that a schema takes, as far as it and the alternatives of its unions say.
    pub(super) fn kinds_behind(&self, id: SchemaId) -> KindSet {
        let inner = Conjunction::new(self, &Key::of(self.graph, [id]));
        self.kinds_of(&inner, &mut { MOST_BEHIND })
    }

    fn kinds_of(&self, inner: &Conjunction<'_, 's>, room: &mut usize) -> KindSet {
        let mut kinds = inner.kinds;
        if let Some(values) = &inner.values {
            let of_values = values.iter().map(|value| KindSet::of(Kind::of(value)));
            kinds = kinds.intersect(of_values.fold(KindSet::NONE, KindSet::union));
        }
        for factor in &inner.factors {
            let mut taken = KindSet::NONE;
            for id in &factor.alternatives {
                if kinds.without(taken).is_empty() {
                    break;
                }
                if *room == 0 {
                    return kinds;
                }
                *room -= 1;
                let alternative = Conjunction::new(self, &Key::of(self.graph, [*id]));
                taken = taken.union(self.kinds_of(&alternative, room));
            }
            kinds = kinds.intersect(taken);
        }
        kinds
    }

    /// A union of lists of values is one list of values; `null` as a type is one of them.
    fn merge_values(
        &self,
        all: &mut Conjunction<'_, 's>,
        factor: &Factor,
        outlines: &[Outline<'s>],
        has_null: bool,
    ) {
        let mut listed: Vec<&'s serde_json::Value> = Vec::new();
        let mut seen = ValueSet::default();
        if has_null {
            listed.push(&serde_json::Value::Null);
            seen.insert(&serde_json::Value::Null);
        }
        for outline in outlines {
            for value in outline.values.iter().flatten() {
                if seen.insert(value) {
                    listed.push(value);
                } else if factor.keyword == UnionKeyword::OneOf {
                    // Twice in a `oneOf` is not exactly once.
                    all.leave_unsaid(factor.keyword.as_str());
                }
            }
            let docs = &self.graph.get(outline.id).docs;
            if let Some([serde_json::Value::String(text)]) = outline.values.as_deref()
                && let Some(words) = docs.description.or(docs.title)
            {
                all.value_words.insert(text, words);
            }
        }
        all.values = Some(match all.values.take() {
            Some(known) => equal::common(known, &listed),
            None => listed,
        });
    }

    /// The union of the alternatives of `factor`, each together with all else that the node says.
    pub(super) fn union_of(
        &mut self,
        key: &Key,
        all: &mut Conjunction<'_, 's>,
        factor: &Factor,
    ) -> Shape<'s> {
        let alone = self.stands_alone(key, all, factor);
        let mut alternatives: Vec<Choice<'s>> = Vec::new();
        for id in &factor.alternatives {
            let of_alternative = if alone {
                self.all([*id])
            } else {
                self.node(key.choose(self.graph, (factor.owner, factor.keyword), *id))
            };
            let schema = self.graph.get(*id);
            alternatives.push(Choice {
                node: of_alternative,
                label: schema.definition_name.or(schema.docs.title),
                implied: false,
            });
        }
        let matching = match factor.keyword {
            UnionKeyword::AnyOf | UnionKeyword::Family => Matching::Any,
            UnionKeyword::OneOf => Matching::One,
        };
        Shape::Union(UnionShape {
            alternatives,
            matching,
            is_shared: !alone,
            is_partial: UNIONS.iter().any(|keyword| all.unsaid.contains(keyword)),
            tag: self.tag_of(factor),
        })
    }

    /// Whether the node says nothing that an alternative does not say by itself.
    fn stands_alone(&self, key: &Key, all: &Conjunction<'_, 's>, factor: &Factor) -> bool {
        key.is_whole()
            && all.members.len() == 1
            && all.factors.is_empty()
            && all.values.is_none()
            && all.constrained_kinds().is_empty()
            && factor
                .alternatives
                .iter()
                .all(|id| self.outline(*id).kinds.without(all.kinds).is_empty())
    }

    /// The union of one alternative for each JSON type that is spoken of, and one for the others together.
    pub(super) fn union_of_kinds(
        &mut self,
        key: &Key,
        stated: KindSet,
        implied: KindSet,
    ) -> Shape<'s> {
        let mut alternatives: Vec<Choice<'s>> = Vec::new();
        for kinds in groups(stated) {
            let node = self.node(key.restrict(kinds));
            alternatives.push(Choice {
                node,
                label: None,
                implied: false,
            });
        }
        if !implied.is_empty() {
            let node = self.node(key.restrict(implied));
            alternatives.push(Choice {
                node,
                label: None,
                implied: true,
            });
        }
        Shape::Union(UnionShape {
            alternatives,
            matching: Matching::Disjoint,
            is_shared: false,
            is_partial: false,
            tag: None,
        })
    }
}
