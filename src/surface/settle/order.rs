//! The order of alternatives that only their numbers tell apart: a value that fits several is read as the first of them.

use std::cmp::Reverse;

use super::super::compare::How;
use super::super::proof::{Prover, Side};
use super::super::rules::{Asked, Difference, When};
use super::Both;

/// How many alternatives are known again.
const MAX_ALTERNATIVES: usize = 50;

/// How deep unions stand in each other.
const DEEPEST: usize = 16;

/// Adds the unions in which a value may be read as another alternative.
pub(super) fn add(both: &Both<'_>, found: &mut Vec<Difference>) {
    for place in both.changed() {
        let (mut was, mut is) = (Vec::new(), Vec::new());
        let is_read = leaves(both, Side::Old, place, DEEPEST, &mut was)
            | leaves(both, Side::New, place, DEEPEST, &mut is);
        let is_known = found
            .iter()
            .any(|one| one.reads_otherwise && one.place == place);
        let most = was.len().max(is.len());
        if is_known || !is_read || !(2..=MAX_ALTERNATIVES).contains(&most) {
            continue;
        }
        let former = former(both, &was, &is);
        if is_read_otherwise(both, &was, &is, &former) {
            found.push(Difference {
                place: place.to_owned(),
                within: place.to_owned(),
                rule: "anyOf",
                how: How::Changed,
                old: Some(numbers((0..was.len()).map(Some))),
                new: Some(numbers(former.into_iter())),
                narrows: false,
                reads_otherwise: true,
            });
        }
    }
}

/// Collects the alternatives of a union with those of the unions that are alternatives, and says whether values are read as one
/// of them.
fn leaves<'p>(
    both: &Both<'p>,
    side: Side,
    place: &'p str,
    left: usize,
    to: &mut Vec<&'p str>,
) -> bool {
    let rules = match side {
        Side::Old => both.old,
        Side::New => both.new,
    };
    match rules.at(place) {
        Some(asked) if left > 0 && is_union(asked) => {
            let places = asked.unions.get("anyOf").into_iter().flatten();
            places.fold(asked.is_read, |is_read, place| {
                leaves(both, side, place, left - 1, to) || is_read
            })
        }
        _ => {
            to.push(place);
            false
        }
    }
}

/// Whether nothing is asked but to pass one of some schemas.
fn is_union(asked: &Asked) -> bool {
    let is_alternative = |when: &When| matches!(when, When::Alternative(_));
    asked.unions.contains_key("anyOf")
        && asked.limits.len() == 1
        && asked.together.is_empty()
        && asked.parts.is_empty()
        && asked.sometimes.keys().all(is_alternative)
}

/// For each alternative which one it was before: the same, or else the one that stood at its place.
fn former(both: &Both<'_>, was: &[&str], is: &[&str]) -> Vec<Option<usize>> {
    let mut former = vec![None; is.len()];
    let mut left: Vec<usize> = (0..was.len()).collect();
    for is_same in [true, false] {
        for (number, place) in is.iter().enumerate() {
            if former[number].is_none() {
                // That at the same place is looked at first.
                left.sort_by_key(|old| (Reverse(was[*old] == *place), *old));
                let found = left.iter().position(|old| match is_same {
                    true => are_same(both, was[*old], place),
                    false => was[*old] == *place,
                });
                former[number] = found.map(|index| left.remove(index));
            }
        }
    }
    former
}

fn are_same(both: &Both<'_>, old: &str, new: &str) -> bool {
    let is_same = both.same.contains(old);
    if is_same || both.same.contains(new) {
        return old == new;
    }
    let (old, new) = ((Side::Old, old), (Side::New, new));
    both.strict().prove(old, new).is_ok() && both.strict().prove(new, old).is_ok()
}

/// Whether two alternatives that a value may fit have another order, or a new one stands before an old one that a value may fit as
/// well.
fn is_read_otherwise(both: &Both<'_>, was: &[&str], is: &[&str], former: &[Option<usize>]) -> bool {
    let meet = |side, one: &str, other: &str| {
        let mut prover: Prover<'_, '_> = both.strict();
        !prover.excludes((side, one), (side, other))
    };
    let pairs =
        (0..is.len()).flat_map(|first| (first + 1..is.len()).map(move |next| (first, next)));
    pairs
        .into_iter()
        .any(|(first, next)| match (former[first], former[next]) {
            (Some(one), Some(other)) => one > other && meet(Side::Old, was[one], was[other]),
            (None, Some(_)) => meet(Side::New, is[first], is[next]),
            _ => false,
        })
}

fn numbers(former: impl Iterator<Item = Option<usize>>) -> String {
    let texts = former.map(|number| number.map_or("new".to_owned(), |number| number.to_string()));
    texts.collect::<Vec<_>>().join(", ")
}
