//! What is asked of values beside their shape, by the place of each schema, and what a change of it breaks: a type may stay as it
//! is, while values that were valid are so no more.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::How;
use super::limit::{Choices, Limit, joined, missing};
use super::parts;
use super::turned::{Turned, turned};
use crate::ir::check::{Check, CheckId, Checks, Rule};
use crate::ir::{NumberBounds, SizeBounds, TypeGraph};
use crate::schema::equal::key;
use crate::schema::kinds::Kind;

/// The rule that nothing passes.
const NEVER: &str = "false";

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
    limits: BTreeMap<&'static str, Limit>,
    /// The places of schemas whose rules hold as well.
    together: Vec<String>,
    /// The places of schemas whose rules hold for the same value sometimes.
    sometimes: Vec<String>,
    /// The places of schemas for parts of a value, by what the parts are.
    pub parts: BTreeMap<String, Vec<String>>,
    /// The types of the values that are listed.
    kinds: Option<Limit>,
    /// Whether something else may refuse more where this asks for less.
    is_turned: bool,
}

/// A difference between the rules of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub place: String,
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
        } = turned(types);
        let known = is_turned.into_iter().zip(overlaps);
        let entries = checks
            .list
            .iter()
            .zip(known)
            .map(|(check, (is_turned, overlaps))| Asked {
                is_turned,
                ..Asked::of(check, checks, places, overlaps)
            });
        Self {
            places: places.iter().cloned().zip(entries).collect(),
        }
    }

    /// What has changed at places that are there before and after.
    pub(super) fn compare(&self, new: &Self) -> Vec<Difference> {
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
            for place in asked.together.iter().chain(&asked.sometimes) {
                owners.entry(place).or_default().push(owner);
            }
        }
        owners
    }

    /// The rules of some places with those of the schemas that they take in.
    pub(super) fn whole<'p>(&'p self, places: impl IntoIterator<Item = &'p str>) -> Whole {
        let mut whole = Whole::default();
        for asked in self.together(places) {
            for (rule, limit) in &asked.limits {
                let both = match whole.limits.remove(rule) {
                    Some(known) => known.and(limit),
                    None => limit.clone(),
                };
                whole.limits.insert(rule, both);
            }
            whole.kinds = whole.kinds.or_else(|| asked.kinds.clone());
            whole.is_turned |= asked.is_turned;
        }
        whole
    }

    /// What is asked at some places, and by the schemas that are taken in there.
    pub(super) fn together<'p>(
        &'p self,
        places: impl IntoIterator<Item = &'p str>,
    ) -> Vec<&'p Asked> {
        let mut left: Vec<&str> = places.into_iter().collect();
        let mut seen: BTreeSet<&str> = left.iter().copied().collect();
        let mut all = Vec::new();
        while let Some(place) = left.pop() {
            let Some(asked) = self.places.get(place) else {
                continue;
            };
            all.push(asked);
            for other in &asked.together {
                if seen.len() < MAX_TOGETHER && seen.insert(other) {
                    left.push(other);
                }
            }
        }
        all
    }
}

/// What is asked of a value by some schemas together.
#[derive(Default)]
pub(super) struct Whole {
    limits: BTreeMap<&'static str, Limit>,
    kinds: Option<Limit>,
    is_turned: bool,
}

/// Adds the differences between what was asked and is asked now, and gives the union whose alternatives are not comparable one by one.
pub(super) fn compare_whole(
    place: &str,
    mut old: Whole,
    mut now: Whole,
    found: &mut Vec<Difference>,
) -> Option<&'static str> {
    let mut skipped = None;
    for (one, other) in [("oneOf", "anyOf"), ("anyOf", "oneOf")] {
        if !now.limits.contains_key(one)
            && !old.limits.contains_key(other)
            && now.limits.contains_key(other)
            && let Some(choices) = old.limits.remove(one)
        {
            old.limits.insert(other, choices);
        }
    }
    // Where nothing was valid, nothing is refused now.
    if old.limits.contains_key(NEVER) && !now.limits.contains_key(NEVER) {
        now.limits.clear();
    }
    let rules: BTreeSet<&'static str> = old
        .limits
        .keys()
        .chain(now.limits.keys())
        .copied()
        .collect();
    for rule in rules {
        let (mut was, is) = (old.limits.get(rule), now.limits.get(rule));
        // Values have types too: those that an enum lists are told by another rule.
        if rule == "type" && was.is_none() {
            was = old.kinds.as_ref();
        }
        if let (Some(Limit::Choices(was)), Some(Limit::Choices(is))) = (was, is)
            && !was.are_told_as(is)
        {
            skipped = Some(rule);
        }
        let start = found.len();
        differences(place, rule, was, is, found);
        if old.is_turned || now.is_turned {
            for difference in found.iter_mut().skip(start) {
                difference.narrows = true;
            }
        }
    }
    skipped
}

impl Asked {
    /// What it asks by itself.
    fn alone(&self) -> Whole {
        Whole {
            limits: self.limits.clone(),
            kinds: self.kinds.clone(),
            is_turned: self.is_turned,
        }
    }

    fn of(check: &Check<'_>, checks: &Checks<'_>, places: &[String], overlaps: bool) -> Self {
        let mut asked = Self::default();
        let place = |id: &CheckId| places.get(id.0 as usize).cloned().unwrap_or_default();
        let choices = |ids: &[CheckId], overlaps, is_in_order| {
            let named = ids.iter().map(|id| match checks.get(*id).rules.as_slice() {
                [Rule::All(referred)] if referred.len() == 1 => Some(place(&referred[0])),
                _ => label(&place(id)),
            });
            let named: Option<Vec<String>> = named.collect();
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
                    asked.add("type", Limit::of_kinds(kinds.iter()));
                }
                Rule::Values(values) => {
                    let texts = values.iter().map(|value| (key(value), value.to_string()));
                    asked.add("enum", Limit::OneOf(texts.collect()));
                    let kinds = values.iter().map(|value| Kind::of(value));
                    asked.kinds = Some(Limit::of_kinds(kinds));
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
                Rule::Any(ids) => asked.add("anyOf", choices(ids, false, overlaps)),
                Rule::One(ids) => asked.add("oneOf", choices(ids, overlaps, false)),
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
        let mut part = |key: String, id| self.parts.entry(key).or_default().push(place(id));
        match rule {
            Rule::All(ids) => self.together.extend(ids.iter().map(place)),
            Rule::Any(ids) | Rule::One(ids) => self.sometimes.extend(ids.iter().map(place)),
            Rule::Not(id) => self.sometimes.push(place(id)),
            Rule::If(condition, consequence, alternative) => {
                let all = [condition]
                    .into_iter()
                    .chain(consequence)
                    .chain(alternative);
                self.sometimes.extend(all.map(place));
            }
            Rule::DependentSchemas(named) => {
                self.sometimes.extend(named.iter().map(|(_, id)| place(id)));
            }
            Rule::Items(first, rest) => {
                for (position, id) in first.iter().enumerate() {
                    part(format!("item {position}"), id);
                }
                rest.iter().for_each(|id| part("items".to_owned(), id));
            }
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                for (name, id) in named {
                    part(format!("property {name}"), id);
                }
                for (pattern, id) in patterns {
                    part(format!("pattern {pattern}"), id);
                }
                let others = "other properties".to_owned();
                additional.iter().for_each(|id| part(others.clone(), id));
            }
            Rule::Contains(id, _) => part("contained".to_owned(), id),
            Rule::Names(id) => part("names".to_owned(), id),
            Rule::UnevaluatedItems(id) => part("unevaluated items".to_owned(), id),
            Rule::UnevaluatedProperties(id) => part("unevaluated properties".to_owned(), id),
            // The others have no schemas in them.
            _ => {}
        }
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

/// The differences between two states of one rule.
fn differences(
    place: &str,
    rule: &'static str,
    old: Option<&Limit>,
    new: Option<&Limit>,
    to: &mut Vec<Difference>,
) {
    if old == new {
        return;
    }
    let mut add = |how, old: Option<String>, new: Option<String>, narrows| {
        to.push(Difference {
            place: place.to_owned(),
            rule,
            how,
            old,
            new,
            narrows,
            reads_otherwise: false,
        });
    };
    match (old, new) {
        (Some(Limit::OneOf(old)), Some(Limit::OneOf(new))) => {
            let (gone, more) = (missing(old, new), missing(new, old));
            if !gone.is_empty() {
                add(How::Removed, Some(gone), None, true);
            }
            if !more.is_empty() {
                add(How::Added, None, Some(more), false);
            }
        }
        (Some(Limit::All(old)), Some(Limit::All(new))) => {
            let (gone, more) = (joined(old.difference(new)), joined(new.difference(old)));
            if !gone.is_empty() {
                add(How::Removed, Some(gone), None, false);
            }
            if !more.is_empty() {
                add(How::Added, None, Some(more), true);
            }
        }
        (Some(Limit::Choices(was)), Some(Limit::Choices(is)))
            if let (Some(old), Some(new)) = (&was.named, &is.named)
                && old != new =>
        {
            let (gone, more) = (joined(old.difference(new)), joined(new.difference(old)));
            if !gone.is_empty() {
                add(How::Removed, Some(gone), None, true);
            }
            // With one alternative more, a value may fit one too many.
            if !more.is_empty() {
                add(How::Added, None, Some(more), is.overlaps);
            }
        }
        // Their order is compared below.
        (Some(Limit::Choices(was)), Some(Limit::Choices(is)))
            if was.named.is_some() && was.named == is.named && was.overlaps == is.overlaps => {}
        (Some(old), Some(new)) => {
            let narrows = new.narrows(old);
            add(How::Changed, old.shown(), new.shown(), narrows);
        }
        (Some(old), None) => add(How::Removed, old.shown(), None, false),
        (None, Some(new)) => add(How::Added, None, new.shown(), true),
        (None, None) => {}
    }
    if let (Some(Limit::Choices(old)), Some(Limit::Choices(new))) = (old, new)
        && old.are_read_otherwise(new)
    {
        to.push(Difference {
            place: place.to_owned(),
            rule,
            how: How::Changed,
            old: Some(joined(&old.order)),
            new: Some(joined(&new.order)),
            narrows: false,
            reads_otherwise: true,
        });
    }
}
