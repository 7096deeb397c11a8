//! What is asked of values beside their shape, by the place of each schema, and what a change of it breaks: a type may stay as it
//! is, while values that were valid are so no more.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::How;
use super::limit::{Choices, Limit};
use super::nullable::Nullable;
use super::parts;
use super::settle::settle;
use super::turned::{Turned, turned};
use super::whole::{NEVER, Whole, compare_whole};
use crate::ir::check::{Check, CheckId, Checks, Rule};
use crate::ir::{NumberBounds, SizeBounds, TypeGraph};
use crate::schema::equal::key;
use crate::schema::kinds::{Kind, KindSet};

/// The most schemas that are looked at together, where a schema takes in others.
pub(super) const MAX_TOGETHER: usize = 64;

/// What is asked of values, by the places of the schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    places: BTreeMap<String, Asked>,
}

/// What one schema asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub limits: BTreeMap<&'static str, Limit>,
    /// The schemas whose rules hold as well.
    pub together: Vec<Taken>,
    /// The places of schemas whose rules hold for the same value sometimes, by when they do.
    pub sometimes: BTreeMap<When, Vec<String>>,
    /// The places of the alternatives of unions in their order, by the rule.
    pub unions: BTreeMap<&'static str, Vec<String>>,
    /// The places of schemas for parts of a value, by what the parts are.
    pub parts: BTreeMap<Part, Vec<String>>,
    /// The JSON types that it lets pass.
    pub passing: KindSet,
    /// The types of the values that are listed.
    kinds: Option<Limit>,
    /// Whether something else may refuse more where this asks for less.
    pub is_turned: bool,
    /// Whether values are read as one of its alternatives.
    pub is_read: bool,
    /// The places of the two alternatives, where it asks nothing but to pass one schema or to be null.
    nullable: Option<Nullable<String>>,
}

/// When a schema is asked about a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// It is an alternative, by its name or number.
    Alternative(String),
    /// It must not pass.
    Not,
    /// It decides.
    If,
    /// What decides passes.
    Then,
    /// What decides does not pass.
    Else,
    /// There is a property of this name.
    With(String),
}

/// The parts of a value that a schema is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The element at a position.
    Item(usize),
    /// The elements after those.
    Items,
    /// Some elements.
    Contained,
    /// The elements that nothing else has looked at.
    UnevaluatedItems,
    /// The property of a name.
    Property(String),
    /// The properties whose names match a pattern.
    Pattern(String),
    /// All other properties.
    Others,
    /// The names of the properties.
    Names,
    /// The properties that nothing else has looked at.
    UnevaluatedProperties,
}

/// A schema whose rules hold where another one stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub place: String,
    /// Whether they let null pass there.
    or_null: bool,
}

/// A difference between the rules of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub place: String,
    /// The place of the schema in which it was found: it holds for values of that one.
    pub within: String,
    pub rule: &'static str,
    pub how: How,
    pub old: Option<String>,
    pub new: Option<String>,
    /// Whether values that were valid may be so no more.
    pub narrows: bool,
    /// Whether values that fit several alternatives are read as another one of them.
    pub reads_otherwise: bool,
}

impl Difference {
    /// Whether it tells of the same rule at the same place.
    pub(super) fn is_about_same(&self, other: &Self) -> bool {
        self.place == other.place && self.rule == other.rule
    }
}

impl Rules {
    /// The rules of all schemas, which stand at these places.
    pub(crate) fn of(types: &TypeGraph<'_>, places: &[String]) -> Self {
        let checks = &types.checks;
        let Turned {
            is_turned,
            overlaps,
            is_read,
        } = turned(types);
        let known = is_turned.into_iter().zip(overlaps).zip(is_read);
        let place = |id: CheckId| places.get(id.0 as usize).cloned().unwrap_or_default();
        let entries = checks
            .list
            .iter()
            .zip(known)
            .zip(Nullable::of_all(checks))
            .map(
                |((check, ((is_turned, overlaps), is_read)), nullable)| Asked {
                    is_turned,
                    is_read,
                    // Where it is not known what a change does, each one counts.
                    nullable: nullable.filter(|_| !is_turned).map(|union| Nullable {
                        schema: place(union.schema),
                        null: place(union.null),
                    }),
                    ..Asked::of(check, checks, places, overlaps)
                },
            );
        Self {
            places: places.iter().cloned().zip(entries).collect(),
        }
    }

    /// What has changed at places that are there before and after.
    pub(super) fn compare(&self, new: &Self) -> Vec<Difference> {
        let (old, now) = (self.with_null_listed(new), new.with_null_listed(self));
        let mut found = old.compare_as_listed(&now);
        settle(self, new, &mut found);
        found
    }

    /// What the schema at a place asks.
    pub(super) fn at(&self, place: &str) -> Option<&Asked> {
        self.places.get(place)
    }

    /// What each schema asks, by its place.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Asked)> {
        self.places.iter().map(|(place, asked)| (&**place, asked))
    }

    /// The same with null among the types of what are unions with it, except where the other rules have a union that cannot be
    /// said so: then the alternatives of both are compared.
    fn with_null_listed(&self, other: &Self) -> Self {
        let mut places = self.places.clone();
        for (place, asked) in &self.places {
            if let Some(union) = &asked.nullable
                && !other.has_union(place)
                && let Some(schema) = self.places.get(&union.schema)
            {
                places.insert(place.clone(), schema.or_null());
                places.remove(&union.schema);
                places.remove(&union.null);
            }
        }
        Self { places }
    }

    /// Whether there is something at a place that has alternatives beside null.
    fn has_union(&self, place: &str) -> bool {
        let all = self.together([place]);
        all.iter().any(|(asked, _)| {
            let is_union = ["anyOf", "oneOf"]
                .iter()
                .any(|rule| asked.limits.contains_key(rule));
            is_union && asked.nullable.is_none()
        })
    }

    fn compare_as_listed(&self, new: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut compared = Vec::new();
        // What stands below alternatives that have another number now is not comparable one by one.
        let mut skipped: Option<String> = None;
        for (place, before) in &self.places {
            if skipped
                .as_ref()
                .is_some_and(|above| place.starts_with(above))
            {
                continue;
            }
            let Some(after) = new.places.get(place) else {
                continue;
            };
            compared.push(&**place);
            let (old, now) = if before.together == after.together {
                (before.alone(), after.alone())
            } else {
                (self.whole([&**place]), new.whole([&**place]))
            };
            if let Some(rule) = compare_whole(place, old, now, &mut found) {
                skipped = Some(format!("{place}/{rule}/"));
            }
        }
        parts::compare(self, new, &compared, &mut found);
        found
    }

    /// The places of schemas that take in others, always or sometimes, by the places of those.
    pub(super) fn owners(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (owner, asked) in &self.places {
            let together = asked.together.iter().map(|taken| &taken.place);
            for place in together.chain(asked.sometimes.values().flatten()) {
                owners.entry(place).or_default().push(owner);
            }
        }
        owners
    }

    /// The rules of some places with those of the schemas that they take in.
    pub(super) fn whole<'p>(&'p self, places: impl IntoIterator<Item = &'p str>) -> Whole {
        let mut whole = Whole::default();
        for (asked, or_null) in self.together(places) {
            let mut one = asked.alone();
            if or_null {
                one.list_null();
            }
            for (rule, limit) in one.limits {
                let both = match whole.limits.remove(rule) {
                    Some(known) => known.and(&limit),
                    None => limit,
                };
                whole.limits.insert(rule, both);
            }
            whole.kinds = whole.kinds.or(one.kinds);
            whole.is_turned |= one.is_turned;
        }
        whole
    }

    /// What is asked at some places, and by the schemas that are taken in there; each with whether null passes all the same.
    pub(super) fn together<'p>(
        &'p self,
        places: impl IntoIterator<Item = &'p str>,
    ) -> Vec<(&'p Asked, bool)> {
        let mut left: Vec<(&str, bool)> = places.into_iter().map(|place| (place, false)).collect();
        let mut seen: BTreeSet<(&str, bool)> = left.iter().copied().collect();
        let mut all = Vec::new();
        while let Some((place, or_null)) = left.pop() {
            let Some(asked) = self.places.get(place) else {
                continue;
            };
            all.push((asked, or_null));
            for other in &asked.together {
                let other = (&*other.place, or_null || other.or_null);
                if seen.len() < MAX_TOGETHER && seen.insert(other) {
                    left.push(other);
                }
            }
        }
        all
    }
}

impl Asked {
    /// Whether a value may fit two alternatives of a `oneOf`, and is refused then.
    pub fn has_overlapping_one_of(&self) -> bool {
        matches!(self.limits.get("oneOf"), Some(Limit::Choices(choices)) if choices.overlaps)
    }

    /// What it asks by itself.
    fn alone(&self) -> Whole {
        Whole {
            limits: self.limits.clone(),
            kinds: self.kinds.clone(),
            is_turned: self.is_turned,
        }
    }

    /// What it asks where null passes too.
    fn or_null(&self) -> Self {
        let mut alone = self.alone();
        alone.list_null();
        let together = self.together.iter().map(|taken| Taken {
            or_null: true,
            ..taken.clone()
        });
        Self {
            limits: alone.limits,
            kinds: alone.kinds,
            together: together.collect(),
            ..self.clone()
        }
    }

    fn of(check: &Check<'_>, checks: &Checks<'_>, places: &[String], overlaps: bool) -> Self {
        let mut asked = Self {
            passing: KindSet::ALL,
            ..Self::default()
        };
        let place = |id: &CheckId| places.get(id.0 as usize).cloned().unwrap_or_default();
        let names = |ids: &[CheckId]| -> Option<Vec<String>> {
            let named = ids.iter().map(|id| match checks.get(*id).rules.as_slice() {
                [Rule::All(referred)] if referred.len() == 1 => Some(place(&referred[0])),
                _ => label(&place(id)),
            });
            named.collect()
        };
        let choices = |ids: &[CheckId], overlaps, is_in_order| {
            let named = names(ids);
            Limit::Choices(Choices {
                number: ids.len(),
                order: named.clone().filter(|_| is_in_order).unwrap_or_default(),
                named: named.map(BTreeSet::from_iter),
                overlaps,
            })
        };
        for rule in &check.rules {
            asked.add_places(rule, &place);
            match rule {
                Rule::Never => asked.add(NEVER, Limit::Holds(1)),
                Rule::Kinds(kinds) => {
                    asked.passing = asked.passing.intersect(*kinds);
                    asked.add("type", Limit::of_kinds(kinds.iter()));
                }
                Rule::Values(values) => {
                    let texts = values.iter().map(|value| (key(value), value.to_string()));
                    asked.add("enum", Limit::OneOf(texts.collect()));
                    let kinds = || values.iter().map(|value| Kind::of(value));
                    asked.kinds = Some(Limit::of_kinds(kinds()));
                    let listed = kinds().map(KindSet::of);
                    let listed = listed.fold(KindSet::NONE, KindSet::union);
                    asked.passing = asked.passing.intersect(listed);
                }
                Rule::Number(bounds) => asked.number(bounds),
                Rule::Length(size) => asked.size("minLength", "maxLength", *size),
                Rule::Pattern(pattern) => asked.demand("pattern", [(*pattern).to_owned()]),
                Rule::Format(format) => asked.demand("format", [format.as_str().to_owned()]),
                Rule::ItemCount(size) => asked.size("minItems", "maxItems", *size),
                Rule::Unique => asked.add("uniqueItems", Limit::Holds(1)),
                Rule::Contains(_, size) => {
                    asked.add("contains", Limit::Holds(1));
                    asked.size("minContains", "maxContains", *size);
                }
                Rule::Required(names) => {
                    asked.demand("required", names.iter().map(|&name| name.to_owned()));
                }
                Rule::PropertyCount(size) => asked.size("minProperties", "maxProperties", *size),
                Rule::Names(_) => asked.add("propertyNames", Limit::Holds(1)),
                Rule::DependentRequired(pairs) => {
                    let pairs = pairs.iter().flat_map(|(one, others)| {
                        others
                            .iter()
                            .map(move |other| format!("{other} with {one}"))
                    });
                    asked.demand("dependentRequired", pairs);
                }
                Rule::DependentSchemas(pairs) => {
                    let names = pairs.iter().map(|(name, _)| (*name).to_owned());
                    asked.demand("dependentSchemas", names);
                }
                Rule::Items(_, rest) => {
                    asked.others("items", rest.map(|rest| checks.get(rest)));
                }
                Rule::Properties {
                    patterns,
                    additional,
                    ..
                } => {
                    if !patterns.is_empty() {
                        let patterns = patterns.iter().map(|(pattern, _)| (*pattern).to_owned());
                        asked.demand("patternProperties", patterns);
                    }
                    let additional = additional.map(|others| checks.get(others));
                    asked.others("additionalProperties", additional);
                }
                Rule::UnevaluatedItems(_) => asked.add("unevaluatedItems", Limit::Holds(1)),
                Rule::UnevaluatedProperties(_) => {
                    asked.add("unevaluatedProperties", Limit::Holds(1));
                }
                Rule::All(_) => {}
                Rule::Any(ids) | Rule::One(ids) => {
                    let (rule, choices) = match rule {
                        Rule::Any(_) => ("anyOf", choices(ids, false, overlaps)),
                        _ => ("oneOf", choices(ids, overlaps, false)),
                    };
                    asked.add(rule, choices);
                    let numbers = || (0..ids.len()).map(|number| number.to_string()).collect();
                    let told = names(ids).unwrap_or_else(numbers);
                    for (one, id) in told.iter().zip(ids) {
                        asked.at_times(When::Alternative(one.clone()), place(id));
                    }
                    asked.unions.insert(rule, ids.iter().map(place).collect());
                }
                Rule::Not(_) => asked.add("not", Limit::Holds(1)),
                Rule::If(_, consequence, alternative) => {
                    for (rule, part) in [("then", consequence), ("else", alternative)] {
                        if part.is_some() {
                            asked.add(rule, Limit::Holds(1));
                        }
                    }
                }
            }
        }
        asked
    }

    /// Says where the schemas stand that a rule is made of.
    fn add_places(&mut self, rule: &Rule<'_>, place: &impl Fn(&CheckId) -> String) {
        let mut part = |key: Part, id| self.parts.entry(key).or_default().push(place(id));
        match rule {
            Rule::All(ids) => self.together.extend(ids.iter().map(|id| Taken {
                place: place(id),
                or_null: false,
            })),
            Rule::Not(id) => self.at_times(When::Not, place(id)),
            Rule::If(condition, consequence, alternative) => {
                self.at_times(When::If, place(condition));
                for (rule, part) in [(When::Then, consequence), (When::Else, alternative)] {
                    if let Some(id) = part {
                        self.at_times(rule, place(id));
                    }
                }
            }
            Rule::DependentSchemas(named) => {
                for (name, id) in named {
                    self.at_times(When::With((*name).to_owned()), place(id));
                }
            }
            Rule::Items(first, rest) => {
                for (position, id) in first.iter().enumerate() {
                    part(Part::Item(position), id);
                }
                rest.iter().for_each(|id| part(Part::Items, id));
            }
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                for (name, id) in named {
                    part(Part::Property((*name).to_owned()), id);
                }
                for (pattern, id) in patterns {
                    part(Part::Pattern((*pattern).to_owned()), id);
                }
                additional.iter().for_each(|id| part(Part::Others, id));
            }
            Rule::Contains(id, _) => part(Part::Contained, id),
            Rule::Names(id) => part(Part::Names, id),
            Rule::UnevaluatedItems(id) => part(Part::UnevaluatedItems, id),
            Rule::UnevaluatedProperties(id) => part(Part::UnevaluatedProperties, id),
            // The others have no schemas in them.
            _ => {}
        }
    }

    fn at_times(&mut self, when: When, place: String) {
        self.sometimes.entry(when).or_default().push(place);
    }

    fn add(&mut self, rule: &'static str, limit: Limit) {
        self.limits.insert(rule, limit);
    }

    fn demand(&mut self, rule: &'static str, all: impl IntoIterator<Item = String>) {
        self.add(rule, Limit::All(all.into_iter().collect()));
    }

    fn number(&mut self, bounds: &NumberBounds<'_>) {
        if let Some(bound) = bounds.minimum {
            let limit = Limit::Least(bound.value.clone(), bound.exclusive);
            self.add("minimum", limit);
        }
        if let Some(bound) = bounds.maximum {
            let limit = Limit::Most(bound.value.clone(), bound.exclusive);
            self.add("maximum", limit);
        }
        if !bounds.multiple_of.is_empty() {
            let all = bounds.multiple_of.iter().copied().cloned();
            self.add("multipleOf", Limit::Multiple(all.collect()));
        }
    }

    /// What is asked of parts without a schema of their own, unless that is nothing.
    fn others(&mut self, rule: &'static str, check: Option<&Check<'_>>) {
        if let Some(check) = check.filter(|check| !check.rules.is_empty()) {
            let are_refused = is_never(check);
            self.add(rule, Limit::Others { are_refused });
        }
    }

    fn size(&mut self, least: &'static str, most: &'static str, size: SizeBounds) {
        if let Some(min) = size.min {
            self.add(least, Limit::LeastSize(min));
        }
        if let Some(max) = size.max {
            self.add(most, Limit::MostSize(max));
        }
    }
}

/// The label that tells an alternative at this place: where there is one, it stands in brackets.
fn label(place: &str) -> Option<String> {
    let last = place.rsplit('/').next()?;
    last.starts_with('[').then(|| last.to_owned())
}

/// Whether nothing passes.
fn is_never(check: &Check<'_>) -> bool {
    check.rules.iter().any(|rule| matches!(rule, Rule::Never))
}
