//! What several schemas ask of one part of a value, where they are others than before: one that is new narrows what another, which
//! stays as it is, lets pass.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::rules::{Asked, Difference, MAX_TOGETHER, Part, Rules, When};
use super::whole::compare_whole;

/// How many pairs of schemas that ask something of the same part are compared.
const MAX_PAIRS: usize = 100_000;

/// The places of schemas that ask something of one value.
type Places<'p> = BTreeSet<&'p str>;

/// Schemas that ask something of one value, before and after.
struct Pair<'p> {
    old: Places<'p>,
    new: Places<'p>,
    /// Those around them, before, that always ask something where these do so sometimes.
    around: Places<'p>,
}

/// Compares what is asked of the parts of values for which these places, which are there before and after, have schemas.
pub(super) fn compare<'p>(
    old: &'p Rules,
    new: &'p Rules,
    places: &[&'p str],
    found: &mut Vec<Difference>,
) {
    let owners = new.owners();
    let mut seen = HashSet::new();
    for place in places {
        let mut left = vec![Pair {
            old: Places::from([*place]),
            new: Places::from([*place]),
            around: around(place, &owners),
        }];
        while let Some(pair) = left.pop() {
            for part in parts(old, new, &pair) {
                if seen.len() >= MAX_PAIRS || !seen.insert((part.old.clone(), part.new.clone())) {
                    continue;
                }
                let kept = part.new.intersection(&part.old).next();
                let Some(shown) = kept.or(part.new.first()) else {
                    continue;
                };
                let (was, is) = (
                    old.whole(part.old.iter().copied()),
                    new.whole(part.new.iter().copied()),
                );
                let mut more = Vec::new();
                compare_whole(shown, was, is, &mut more);
                // What was found of one schema alone is not all.
                for one in &mut more {
                    one.within = (*place).to_owned();
                }
                found.retain(|one| !more.iter().any(|all| all.is_about_same(one)));
                found.append(&mut more);
                left.push(part);
            }
        }
    }
}

/// The parts of which a schema speaks that did not do so before, if another one did.
fn parts<'p>(old: &'p Rules, new: &'p Rules, pair: &Pair<'p>) -> Vec<Pair<'p>> {
    let (before, now) = (
        old.together(pair.old.iter().copied()),
        new.together(pair.new.iter().copied()),
    );
    let was = by_part(&before);
    let around = by_part(&old.together(pair.around.iter().copied()));
    let is = by_part(&now);
    let of = |all: &BTreeMap<&Part, Places<'p>>, key| all.get(key).cloned().unwrap_or_default();
    let parts = is.into_iter().map(|(key, new)| Pair {
        old: of(&was, key),
        new,
        around: of(&around, key),
    });
    let moved = moved(old, new, pair, &before, &now);
    let is_asked = |part: &Pair<'_>| !part.old.is_empty() || !part.around.is_empty();
    parts
        .filter(|part| is_asked(part) && !part.new.is_subset(&part.old))
        .chain(moved)
        .collect()
}

/// The schemas that ask something of the same value sometimes, at the same times as others did that stand elsewhere. Where there
/// are several, before or after, nobody knows which is which.
fn moved<'p>(
    old: &Rules,
    new: &Rules,
    pair: &Pair<'p>,
    before: &[(&'p Asked, bool)],
    now: &[(&'p Asked, bool)],
) -> Vec<Pair<'p>> {
    let (was, is) = (at_times(before), at_times(now));
    let both = is
        .into_iter()
        .filter_map(|(when, new)| Some((when, was.get(when)?.clone(), new)));
    let moved: Vec<_> = both
        .filter(|(_, old, new)| old.len() == 1 && new.len() == 1 && old != new)
        .collect();
    if moved.is_empty() {
        return Vec::new();
    }
    let [was, is] = [(old, &pair.old), (new, &pair.new)]
        .map(|(rules, places)| rules.whole(places.iter().copied()));
    let others = compare_whole("", was, is, &mut Vec::new());
    let around: Places<'p> = pair.old.union(&pair.around).copied().collect();
    moved
        .into_iter()
        .filter(|(when, ..)| others.is_none() || !matches!(when, When::Alternative(_)))
        .map(|(_, old, new)| Pair {
            old,
            new,
            around: around.clone(),
        })
        .collect()
}

fn at_times<'p>(all: &[(&'p Asked, bool)]) -> BTreeMap<&'p When, Places<'p>> {
    by_key(all.iter().flat_map(|(asked, _)| &asked.sometimes))
}

fn by_part<'p>(all: &[(&'p Asked, bool)]) -> BTreeMap<&'p Part, Places<'p>> {
    by_key(all.iter().flat_map(|(asked, _)| &asked.parts))
}

fn by_key<'p, K: Ord>(
    all: impl Iterator<Item = (&'p K, &'p Vec<String>)>,
) -> BTreeMap<&'p K, Places<'p>> {
    let mut keys: BTreeMap<&K, Places<'p>> = BTreeMap::new();
    for (key, places) in all {
        let one = keys.entry(key).or_default();
        one.extend(places.iter().map(String::as_str));
    }
    keys
}

/// The places that ask something of the same value whenever this one does.
fn around<'p>(place: &'p str, owners: &BTreeMap<&'p str, Vec<&'p str>>) -> Places<'p> {
    let mut all = Places::new();
    let mut left = vec![place];
    while let Some(place) = left.pop() {
        for owner in owners.get(place).into_iter().flatten() {
            if all.len() < MAX_TOGETHER && all.insert(owner) {
                left.push(owner);
            }
        }
    }
    all
}
