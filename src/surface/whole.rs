//! What several schemas ask of one value together, and how that differs from what others ask.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::How;
use super::limit::{Limit, joined, missing};
use super::rules::Difference;

/// The rule that nothing passes.
pub(super) const NEVER: &str = "false";

/// What is asked of a value by some schemas together.
#[derive(Default)]
pub(super) struct Whole {
    pub limits: BTreeMap<&'static str, Limit>,
    /// The types of the values that are listed.
    pub kinds: Option<Limit>,
    /// Whether something else may refuse more where this asks for less.
    pub is_turned: bool,
}

impl Whole {
    /// Lets null pass where types or values are listed.
    pub fn list_null(&mut self) {
        for limit in self.limits.values_mut().chain(&mut self.kinds) {
            limit.list_null();
        }
    }
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
            within: place.to_owned(),
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
            within: place.to_owned(),
            rule,
            how: How::Changed,
            old: Some(joined(&old.order)),
            new: Some(joined(&new.order)),
            narrows: false,
            reads_otherwise: true,
        });
    }
}
