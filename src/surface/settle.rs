//! What the proofs settle: a difference of rules breaks nothing where whatever passed before passes now, and breaks something where
//! that is not proved.

mod order;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::compare::How;
use super::proof::{Prover, Reason, Side};
use super::rules::{Asked, Difference, Part, Rules, When};

/// How many schemas are proved to be wider for the sake of differences that were found.
const MAX_PROOFS: usize = 500;

/// The schemas before and after.
struct Both<'p> {
    old: &'p Rules,
    new: &'p Rules,
    unchanged: HashSet<&'p str>,
    /// The places of the schemas that each one uses, before or after.
    used: BTreeMap<&'p str, BTreeSet<&'p str>>,
    owners: BTreeMap<&'p str, BTreeSet<&'p str>>,
    /// The places that are compared by themselves: whatever has a value of its own and is wanted, outside of what is asked
    /// sometimes.
    told: HashSet<&'p str>,
    /// The places where nothing has changed but what is told elsewhere.
    same: HashSet<&'p str>,
}

/// Settles which differences narrow what is valid, and adds those that were not found.
pub(super) fn settle(old: &Rules, new: &Rules, found: &mut Vec<Difference>) {
    let both = Both::of(old, new);
    let relieved = both.relieve(found);
    both.add(&relieved, found);
    order::add(&both, found);
}

impl<'p> Both<'p> {
    fn of(old: &'p Rules, new: &'p Rules) -> Self {
        let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (place, asked) in old.all().chain(new.all()) {
            let all = used.entry(place).or_default();
            for one in schemas(asked) {
                all.insert(one);
                owners.entry(one).or_default().insert(place);
            }
        }
        let mut both = Self {
            unchanged: unchanged(old, new, &owners),
            old,
            new,
            used,
            owners,
            told: HashSet::new(),
            same: HashSet::new(),
        };
        both.told = both.told();
        let wanted = both.wanted();
        both.told.retain(|place| wanted.contains(place));
        both.same = both.same();
        both
    }

    fn states(&self, place: &str) -> impl Iterator<Item = &'p Asked> {
        self.old.at(place).into_iter().chain(self.new.at(place))
    }

    fn is_in_both(&self, place: &str) -> bool {
        self.states(place).count() == 2
    }

    /// The places of schemas that stand by themselves.
    fn roots(&self) -> impl Iterator<Item = &'p str> {
        self.used.keys().copied().filter(|place| {
            let mut owners = self.owners.get(place).into_iter().flatten();
            owners.all(|owner| !is_below(place, owner))
        })
    }

    fn told(&self) -> HashSet<&'p str> {
        let mut told = HashSet::new();
        let mut seen = HashSet::new();
        let mut left: Vec<(&str, bool)> = self.roots().map(|place| (place, true)).collect();
        while let Some((place, has_own_value)) = left.pop() {
            if !seen.insert(place) {
                continue;
            }
            if has_own_value && self.is_in_both(place) {
                told.insert(place);
            }
            for asked in self.states(place) {
                // What some elements pass is asked of none of them.
                let parts = asked.parts.iter();
                let parts = parts.filter(|(part, _)| !matches!(part, Part::Contained));
                let parts = parts.flat_map(|(_, places)| places);
                left.extend(parts.map(|part| (part.as_str(), true)));
                let together = asked.together.iter().map(|taken| taken.place.as_str());
                left.extend(together.map(|place| (place, false)));
            }
        }
        told
    }

    /// The places of schemas that values have to pass, and not the opposite.
    fn wanted(&self) -> HashSet<&'p str> {
        let mut wanted = HashSet::new();
        let is_used = |place: &&str| self.owners.contains_key(place);
        let mut left: Vec<&str> = self.used.keys().copied().collect();
        left.retain(|place| !is_used(place));
        while let Some(place) = left.pop() {
            if wanted.insert(place) {
                for asked in self.states(place) {
                    left.extend(asked.parts.values().flatten().map(String::as_str));
                    left.extend(asked.together.iter().map(|taken| taken.place.as_str()));
                    let sometimes = asked.sometimes.iter();
                    let sometimes =
                        sometimes.filter(|(when, _)| !matches!(when, When::Not | When::If));
                    left.extend(sometimes.flat_map(|(_, places)| places).map(String::as_str));
                }
            }
        }
        wanted
    }

    fn same(&self) -> HashSet<&'p str> {
        let equal = self.old.all().filter(|(place, asked)| {
            let is_same = |(when, place): (&When, &String)| {
                let is_turned = matches!(when, When::Not | When::If)
                    || matches!(when, When::Alternative(_)) && asked.has_overlapping_one_of();
                !is_turned || self.unchanged.contains(place.as_str())
            };
            let sometimes = asked.sometimes.iter();
            let mut sometimes =
                sometimes.flat_map(|(when, all)| all.iter().map(move |place| (when, place)));
            let contained = asked.parts.get(&Part::Contained).into_iter().flatten();
            let mut contained = contained.map(String::as_str);
            self.new.at(place) == Some(asked)
                && sometimes.all(is_same)
                && contained.all(|place| self.unchanged.contains(place))
        });
        let mut same: HashSet<&str> = equal.map(|(place, _)| place).collect();
        let others = self.used.keys().copied();
        let mut left: Vec<&str> = others.filter(|place| !same.contains(place)).collect();
        while let Some(place) = left.pop() {
            // Those around what is told by itself are not concerned.
            if !self.told.contains(place) {
                for owner in self.owners.get(place).into_iter().flatten() {
                    if same.remove(owner) {
                        left.push(owner);
                    }
                }
            }
        }
        same
    }

    /// The places that are compared, and where something has changed; those inside of others first.
    fn changed(&self) -> Vec<&'p str> {
        let told = self.told.iter().copied();
        let mut changed: Vec<&str> = told.filter(|place| !self.same.contains(place)).collect();
        changed.sort_unstable_by(|one, other| (other.len(), other).cmp(&(one.len(), one)));
        changed
    }

    /// Says of what is proved to let pass all that passed before that it does not narrow it, and nothing of what asks the same.
    /// Gives the places that are proved to do so.
    fn relieve(&self, found: &mut Vec<Difference>) -> HashSet<&'p str> {
        let mut all = HashSet::new();
        let mut left = MAX_PROOFS;
        for place in self.changed() {
            let is_inside = |one: &Difference| one.place == place || is_below(&one.place, place);
            if !found.iter().any(|one| one.narrows && is_inside(one))
                || self.states(place).any(|asked| asked.is_turned)
            {
                continue;
            }
            let own = self.own(place);
            let is_own = |one: &Difference| {
                let is_inside = own.contains(&*one.place) && own.contains(&*one.within);
                is_inside && !one.reads_otherwise
            };
            if !found.iter().any(|one| one.narrows && is_own(one)) || left == 0 {
                continue;
            }
            left -= 1;
            let told = self.told.iter().copied();
            let told = told.filter(|one| !own.contains(one)).collect();
            if self
                .prover(told, true)
                .prove((Side::Old, place), (Side::New, place))
                .is_err()
            {
                continue;
            }
            if self
                .strict()
                .prove((Side::New, place), (Side::Old, place))
                .is_ok()
            {
                found.retain(|one| !is_own(one));
            } else {
                let relieved = found.iter_mut().filter(|one| is_own(one));
                relieved.for_each(|one| one.narrows = false);
            }
            all.extend(own);
        }
        all
    }

    /// Adds what is not proved, where nothing else tells of it.
    fn add(&self, relieved: &HashSet<&str>, found: &mut Vec<Difference>) {
        let changed = self.changed().into_iter();
        for place in changed.filter(|place| !relieved.contains(place)) {
            let told = self.told.union(&self.same).copied().collect();
            let mut prover = self.prover(told, true);
            let Err(reason) = prover.prove((Side::Old, place), (Side::New, place)) else {
                continue;
            };
            let is_told = found.iter().any(|one| {
                one.narrows
                    && [place, reason.schema.1]
                        .iter()
                        .any(|above| one.place == *above || is_below(&one.place, above))
            });
            if !is_told {
                found.push(self.difference(&reason));
            }
        }
    }

    fn prover(&self, told: HashSet<&'p str>, lets_in_new: bool) -> Prover<'p, '_> {
        Prover::new(self.old, self.new, &self.unchanged, told, lets_in_new)
    }

    /// One that takes nothing as told elsewhere.
    fn strict(&self) -> Prover<'p, '_> {
        self.prover(HashSet::new(), false)
    }

    fn difference(&self, reason: &Reason<'p>) -> Difference {
        let (_, place) = reason.schema;
        let now = self.new.at(place);
        let limit = now.and_then(|asked| asked.limits.get(reason.rule));
        Difference {
            place: place.to_owned(),
            within: place.to_owned(),
            rule: reason.rule,
            how: How::Changed,
            old: reason.old.and_then(super::limit::Limit::shown),
            new: limit.and_then(super::limit::Limit::shown),
            narrows: true,
            reads_otherwise: false,
        }
    }

    /// The place and those below it of which nothing else makes use.
    fn own(&self, place: &'p str) -> HashSet<&'p str> {
        let mut own = HashSet::from([place]);
        let mut left = vec![place];
        while let Some(one) = left.pop() {
            for used in self.used.get(one).into_iter().flatten() {
                if is_below(used, place) && own.insert(used) {
                    left.push(used);
                }
            }
        }
        let is_used_elsewhere = |one: &&&str, own: &HashSet<&str>| {
            let owners = self.owners.get(**one).into_iter().flatten();
            **one != place && owners.into_iter().any(|owner| !own.contains(owner))
        };
        loop {
            let others: Vec<&str> = own
                .iter()
                .filter(|one| is_used_elsewhere(one, &own))
                .copied()
                .collect();
            if others.is_empty() {
                return own;
            }
            own.retain(|one| !others.contains(one));
        }
    }
}

/// The places of all schemas that one makes use of.
fn schemas(asked: &Asked) -> impl Iterator<Item = &str> {
    let together = asked.together.iter().map(|taken| &taken.place);
    let others = asked.sometimes.values().chain(asked.parts.values());
    together.chain(others.flatten()).map(String::as_str)
}

/// The places at which and below which everything is as it was.
fn unchanged<'p>(
    old: &'p Rules,
    new: &'p Rules,
    owners: &BTreeMap<&'p str, BTreeSet<&'p str>>,
) -> HashSet<&'p str> {
    let is_same = |(place, asked): &(&'p str, &Asked)| new.at(place) == Some(asked);
    let mut unchanged: HashSet<&str> = old.all().filter(is_same).map(|(place, _)| place).collect();
    let all = old.all().chain(new.all()).map(|(place, _)| place);
    let mut left: Vec<&str> = all.filter(|place| !unchanged.contains(place)).collect();
    while let Some(place) = left.pop() {
        for owner in owners.get(place).into_iter().flatten() {
            if unchanged.remove(owner) {
                left.push(owner);
            }
        }
    }
    unchanged
}

/// Whether a place is inside of another one.
fn is_below(place: &str, above: &str) -> bool {
    let rest = place.strip_prefix(above);
    rest.is_some_and(|rest| rest.starts_with('/'))
}
