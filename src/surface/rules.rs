//! What is asked of values beside their shape, by the place of each schema, and what a change of it breaks: a type may stay as it
//! is, while values that were valid are so no more.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Number;

use super::compare::How;
use super::turned::{Turned, turned};
use crate::example::number::is_multiple;
use crate::ir::check::{Check, CheckId, Checks, Rule};
use crate::ir::{NumberBounds, SizeBounds, TypeGraph, compare_numbers};
use crate::schema::equal::key;
use crate::schema::kinds::Kind;

/// The rule that nothing passes.
const NEVER: &str = "false";

/// The most schemas that are looked at together, where a schema takes in others.
const MAX_TOGETHER: usize = 64;

/// What is asked of values, by the places of the schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    places: BTreeMap<String, Asked>,
}

/// What one schema asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    limits: BTreeMap<&'static str, Limit>,
    /// The places of schemas whose rules hold as well.
    together: Vec<String>,
    /// The types of the values that are listed.
    kinds: Option<Limit>,
    /// Whether something else may refuse more where this asks for less.
    is_turned: bool,
}

/// One rule, as far as two of them can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Limit {
    /// A number is at least this, or more.
    Least(Number, bool),
    /// A number is at most this, or less.
    Most(Number, bool),
    /// There are at least so many.
    LeastSize(u64),
    /// There are at most so many.
    MostSize(u64),
    /// It is one of these.
    ///
    /// By what equal values have in common, as it is shown.
    OneOf(BTreeMap<String, String>),
    /// All of these hold.
    All(BTreeSet<String>),
    /// It is a multiple of all of these.
    Multiple(Vec<Number>),
    /// One of some schemas holds.
    Choices(Choices),
    /// What has no schema of its own passes another one; or there may be nothing of that kind.
    Others { are_refused: bool },
    /// It has to hold, whatever it is in detail.
    Holds,
}

/// The alternatives of an `anyOf` or a `oneOf`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choices {
    number: usize,
    /// What tells them: the places of what they refer to, or their labels. Nothing, if only their numbers tell them: then they
    /// are not known again where others are put beside them.
    named: Option<BTreeSet<String>>,
    /// Whether only one may hold, and a value may fit two.
    overlaps: bool,
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
            let (mut old, mut now) = if before.together == after.together {
                (before.limits.clone(), after.limits.clone())
            } else {
                (self.whole(place), new.whole(place))
            };
            for (one, other) in [("oneOf", "anyOf"), ("anyOf", "oneOf")] {
                if !now.contains_key(one)
                    && !old.contains_key(other)
                    && now.contains_key(other)
                    && let Some(choices) = old.remove(one)
                {
                    old.insert(other, choices);
                }
            }
            let is_turned = before.is_turned || after.is_turned;
            // Where nothing was valid, nothing is refused now.
            if old.contains_key(NEVER) && !now.contains_key(NEVER) {
                now.clear();
            }
            for rule in old.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
                let (mut old, now) = (old.get(rule), now.get(rule));
                // Values have types too: those that an enum lists are told by another rule.
                if *rule == "type" && old.is_none() {
                    old = before.kinds.as_ref();
                }
                if let (Some(Limit::Choices(old)), Some(Limit::Choices(now))) = (old, now)
                    && !old.are_told_as(now)
                {
                    skipped = Some(format!("{place}/{rule}/"));
                }
                let start = found.len();
                differences(place, rule, old, now, &mut found);
                if is_turned {
                    for difference in found.iter_mut().skip(start) {
                        difference.narrows = true;
                    }
                }
            }
        }
        found
    }

    /// The rules of a place with those of the schemas that it takes in.
    fn whole(&self, place: &str) -> BTreeMap<&'static str, Limit> {
        let mut limits: BTreeMap<&'static str, Limit> = BTreeMap::new();
        let mut seen = BTreeSet::from([place]);
        let mut left = vec![place];
        while let Some(place) = left.pop() {
            let Some(asked) = self.places.get(place) else {
                continue;
            };
            for (rule, limit) in &asked.limits {
                let both = match limits.remove(rule) {
                    Some(known) => known.and(limit),
                    None => limit.clone(),
                };
                limits.insert(rule, both);
            }
            for other in &asked.together {
                if seen.len() < MAX_TOGETHER && seen.insert(other) {
                    left.push(other);
                }
            }
        }
        limits
    }
}

impl Asked {
    fn of(check: &Check<'_>, checks: &Checks<'_>, places: &[String], overlaps: bool) -> Self {
        let mut asked = Self::default();
        let place = |id: &CheckId| places.get(id.0 as usize).cloned().unwrap_or_default();
        let choices = |ids: &[CheckId], overlaps| {
            let named = ids.iter().map(|id| match checks.get(*id).rules.as_slice() {
                [Rule::All(referred)] if referred.len() == 1 => Some(place(&referred[0])),
                _ => label(&place(id)),
            });
            Limit::Choices(Choices {
                number: ids.len(),
                named: named.collect(),
                overlaps,
            })
        };
        for rule in &check.rules {
            match rule {
                Rule::Never => asked.add(NEVER, Limit::Holds),
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
                Rule::Unique => asked.add("uniqueItems", Limit::Holds),
                Rule::Contains(_, size) => {
                    asked.add("contains", Limit::Holds);
                    asked.size("minContains", "maxContains", *size);
                }
                Rule::Required(names) => {
                    asked.demand("required", names.iter().map(|&name| name.to_owned()));
                }
                Rule::PropertyCount(size) => asked.size("minProperties", "maxProperties", *size),
                Rule::Names(_) => asked.add("propertyNames", Limit::Holds),
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
                Rule::UnevaluatedItems(_) => asked.add("unevaluatedItems", Limit::Holds),
                Rule::UnevaluatedProperties(_) => {
                    asked.add("unevaluatedProperties", Limit::Holds);
                }
                Rule::All(ids) => asked.together.extend(ids.iter().map(place)),
                Rule::Any(ids) => asked.add("anyOf", choices(ids, false)),
                Rule::One(ids) => asked.add("oneOf", choices(ids, overlaps)),
                Rule::Not(_) => asked.add("not", Limit::Holds),
                Rule::If(_, consequence, alternative) => {
                    for (rule, part) in [("then", consequence), ("else", alternative)] {
                        if part.is_some() {
                            asked.add(rule, Limit::Holds);
                        }
                    }
                }
            }
        }
        asked
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

impl Limit {
    fn of_kinds(kinds: impl Iterator<Item = Kind>) -> Self {
        let words = kinds.map(|kind| kind.as_str().to_owned());
        Self::OneOf(words.map(|word| (word.clone(), word)).collect())
    }

    /// What holds where both do.
    fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::OneOf(one), Self::OneOf(other)) => {
                let both = one.into_iter().filter(|(key, _)| other.contains_key(key));
                Self::OneOf(both.collect())
            }
            (Self::All(one), Self::All(other)) => Self::All(one.union(other).cloned().collect()),
            (Self::Multiple(one), Self::Multiple(other)) => {
                Self::Multiple(one.into_iter().chain(other.iter().cloned()).collect())
            }
            (one, other) if other.narrows(&one) => other.clone(),
            (one, _) => one,
        }
    }

    /// Whether something passes the former and may not pass this.
    fn narrows(&self, former: &Self) -> bool {
        match (former, self) {
            (Self::Least(old, was), Self::Least(new, is)) => {
                beyond(old, *was, new, *is, Ordering::Greater)
            }
            (Self::Most(old, was), Self::Most(new, is)) => {
                beyond(old, *was, new, *is, Ordering::Less)
            }
            (Self::LeastSize(old), Self::LeastSize(new)) => new > old,
            (Self::MostSize(old), Self::MostSize(new)) => new < old,
            (Self::Choices(old), Self::Choices(new)) => {
                let has_more = new.number > old.number;
                // What is told in another way may be another alternative.
                let is_told_otherwise = new.named.is_some() != old.named.is_some();
                is_told_otherwise
                    || new.number < old.number
                    || new.overlaps && (has_more || !old.overlaps)
            }
            (Self::OneOf(old), Self::OneOf(new)) => !missing(old, new).is_empty(),
            (Self::All(old), Self::All(new)) => !new.is_subset(old),
            // A multiple of 6 is one of 3.
            (Self::Multiple(old), Self::Multiple(new)) => !new.iter().all(|new| {
                let divides = |old| is_multiple(old, new) == Some(true);
                old.iter().any(divides)
            }),
            (Self::Others { are_refused: was }, Self::Others { are_refused: is }) => *is && !was,
            _ => false,
        }
    }

    fn shown(&self) -> Option<String> {
        let text = match self {
            Self::Least(number, false) | Self::Most(number, false) => number.to_string(),
            Self::Least(number, true) => format!("more than {number}"),
            Self::Most(number, true) => format!("less than {number}"),
            Self::LeastSize(size) | Self::MostSize(size) => size.to_string(),
            Self::Choices(choices) if choices.overlaps => {
                format!("exactly one of {} alternatives", choices.number)
            }
            Self::Choices(choices) => format!("{} alternatives", choices.number),
            Self::OneOf(values) => joined(values.values()),
            Self::All(values) => joined(values),
            Self::Multiple(numbers) => {
                let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                texts.join(", ")
            }
            Self::Others { are_refused: true } => "none".to_owned(),
            Self::Others { are_refused: false } => "those of a schema".to_owned(),
            Self::Holds => return None,
        };
        Some(text)
    }
}

impl Choices {
    /// Whether those that both have stand at the same place before and after.
    fn are_told_as(&self, other: &Self) -> bool {
        match (&self.named, &other.named) {
            (Some(_), Some(_)) => true,
            (None, None) => self.number == other.number,
            _ => false,
        }
    }
}

/// The label that tells an alternative at this place: where there is one, it stands in brackets.
fn label(place: &str) -> Option<String> {
    let last = place.rsplit('/').next()?;
    last.starts_with('[').then(|| last.to_owned())
}

/// Whether a new end of a range is beyond the old one.
fn beyond(old: &Number, was: bool, new: &Number, is: bool, direction: Ordering) -> bool {
    match compare_numbers(new, old) {
        Some(Ordering::Equal) => is && !was,
        order => order == Some(direction),
    }
}

fn joined<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
    texts.join(", ")
}

/// The values that are not among others.
fn missing(values: &BTreeMap<String, String>, others: &BTreeMap<String, String>) -> String {
    let missing = values.iter().filter(|(key, _)| !others.contains_key(*key));
    joined(missing.map(|(_, shown)| shown))
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
        (Some(old), Some(new)) => {
            let narrows = new.narrows(old);
            add(How::Changed, old.shown(), new.shown(), narrows);
        }
        (Some(old), None) => add(How::Removed, old.shown(), None, false),
        (None, Some(new)) => add(How::Added, None, new.shown(), true),
        (None, None) => {}
    }
}
