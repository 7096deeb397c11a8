//! The names of one scope, with what the lock says about them.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::Scope;
use crate::hash::HashMap;

/// What a name is for: a role, and the place or the member that has it.
pub(super) type Key = (Arc<str>, String);

/// Gives out the names of a scope. A name of the lock goes to whom the lock names, and to nobody else, whether or not
/// that one is still there.
pub(crate) struct Claims {
    scope: Scope,
    locked: HashMap<Key, Locked>,
    /// Who has which name, once that is of interest: without a lock and without wishes nobody wants to know.
    owners: Option<HashMap<String, Key>>,
    /// The role that was spoken of last, which mostly is the next one too.
    role: Arc<str>,
    /// Whether somebody wants to know at the end who got which name.
    pub(super) is_kept: bool,
    given: HashMap<Key, String>,
    /// Names of the lock that somebody else was asked to have.
    pub(super) lost: Vec<Key>,
    pub(super) problems: Vec<(Key, Problem)>,
}

struct Locked {
    name: String,
    standing: Standing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It can be used.
    Good,
    /// The target has no such name, or not any more.
    Illegal,
    /// Another line of the lock has it.
    Double,
    /// The configuration has given it to another.
    Asked,
}

/// Why somebody does not have the name that the lock or the configuration says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It cannot be used: the name, and the one that there is instead.
    Illegal(String, String),
    /// Two have it: the name, and the one that there is instead.
    Double(String, String),
    /// The configuration gives it to another.
    Asked(String),
    /// The configuration asks for a name that another has.
    Taken(String),
}

impl Claims {
    /// The names of a scope, of which some are taken already; the lock's come with [`Claims::lock`].
    pub(crate) fn new(scope: Scope) -> Self {
        Self {
            scope,
            locked: HashMap::default(),
            owners: None,
            role: Arc::from(""),
            is_kept: true,
            given: HashMap::default(),
            lost: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Makes room for so many names.
    pub(crate) fn reserve(&mut self, names: usize) {
        self.scope.reserve(names);
        if self.is_kept {
            self.given.reserve(names);
        }
    }

    /// Keeps a name of the lock for whom it is.
    pub(super) fn lock(&mut self, key: Key, name: &str, is_legal: bool) {
        let folded = self.scope.key(name);
        let standing = if !is_legal {
            Standing::Illegal
        } else if self.scope.claim(name) {
            self.owners().insert(folded, key.clone());
            Standing::Good
        } else if self.owners().contains_key(&folded) {
            Standing::Double
        } else {
            Standing::Illegal
        };
        let name = name.to_owned();
        self.locked.insert(key, Locked { name, standing });
    }

    /// Keeps a name for one of whom the lock says nothing, if it is free.
    pub(crate) fn prefer(&mut self, role: &str, what: &str, name: &str) {
        let key = self.key(role, what);
        if !self.locked.contains_key(&key) && !self.scope.is_taken(name) {
            self.lock(key, name, true);
        }
    }

    /// The name that the lock keeps for one.
    pub(crate) fn kept(&self, role: &str, what: &str) -> Option<&str> {
        // Mostly there is no lock, and no key to make for it.
        if self.locked.is_empty() {
            return None;
        }
        let locked = self.locked.get(&(Arc::from(role), what.to_owned()))?;
        (locked.standing == Standing::Good).then_some(locked.name.as_str())
    }

    /// Forgets what the lock says about one, unless it is this name, or this name with a number.
    pub(crate) fn forget_unless(&mut self, role: &str, what: &str, name: &str) {
        if self.locked.is_empty() {
            return;
        }
        let stem = |name: &str| {
            name.trim_end_matches(|c: char| c.is_ascii_digit())
                .to_owned()
        };
        let key = self.key(role, what);
        if let Some(locked) = self.locked.get(&key)
            && stem(&locked.name) != stem(name)
        {
            self.locked.remove(&key);
        }
    }

    /// Gives one the name that somebody has asked for; this comes before all claims.
    pub(crate) fn ask(&mut self, role: &str, what: &str, name: &str) {
        let key = self.key(role, what);
        let folded = self.scope.key(name);
        let owner = self.owners().get(&folded).cloned();
        let given = |owner: &Key| self.given.get(owner).map(|given| self.scope.key(given));
        match owner {
            Some(owner) if owner == key => {}
            Some(owner) if given(&owner).as_ref() == Some(&folded) => {
                self.problems.push((key, Problem::Taken(name.to_owned())));
                return;
            }
            // It has been given another name already.
            Some(owner) if self.given.contains_key(&owner) => {}
            Some(owner) => {
                if let Some(locked) = self.locked.get_mut(&owner) {
                    locked.standing = Standing::Asked;
                }
                self.lost.push(owner);
            }
            None => {
                self.scope.claim(name);
            }
        }
        self.owners().insert(folded, key.clone());
        self.given.insert(key, name.to_owned());
    }

    /// The name that was asked for, or that of the lock, or else a fresh one. Nobody is to claim twice.
    pub(crate) fn claim(
        &mut self,
        role: &str,
        what: &str,
        fresh: impl FnOnce(&mut Scope) -> String,
    ) -> String {
        if !self.is_kept && self.locked.is_empty() && self.given.is_empty() {
            return fresh(&mut self.scope);
        }
        let key = self.key(role, what);
        let entry = match self.given.entry(key) {
            Entry::Occupied(asked) => return asked.get().clone(),
            Entry::Vacant(entry) => entry,
        };
        let locked = match self.locked.is_empty() {
            true => None,
            false => self.locked.get(entry.key()),
        };
        let name = match locked {
            Some(locked) if locked.standing == Standing::Good => locked.name.clone(),
            Some(locked) => {
                let instead = fresh(&mut self.scope);
                let old = locked.name.clone();
                let problem = match locked.standing {
                    Standing::Asked => Problem::Asked(old),
                    Standing::Double => Problem::Double(old, instead.clone()),
                    Standing::Good | Standing::Illegal => Problem::Illegal(old, instead.clone()),
                };
                self.problems.push((entry.key().clone(), problem));
                instead
            }
            None => fresh(&mut self.scope),
        };
        if let Some(owners) = &mut self.owners {
            owners.insert(self.scope.key(&name), entry.key().clone());
        }
        entry.insert(name.clone());
        name
    }

    /// All names that were given, in the order of whom they are for.
    pub(super) fn take_given(&mut self) -> Vec<(Key, String)> {
        let mut given: Vec<(Key, String)> = std::mem::take(&mut self.given).into_iter().collect();
        given.sort_unstable_by(|((role, what), _), ((other_role, other), _)| {
            match Arc::ptr_eq(role, other_role) {
                true => what.cmp(other),
                false => (role, what).cmp(&(other_role, other)),
            }
        });
        given
    }

    fn key(&mut self, role: &str, what: &str) -> Key {
        if *self.role != *role {
            self.role = Arc::from(role);
        }
        (Arc::clone(&self.role), what.to_owned())
    }

    fn owners(&mut self) -> &mut HashMap<String, Key> {
        let given = || self.given.iter();
        let known = || given().map(|(key, name)| (self.scope.key(name), key.clone()));
        self.owners.get_or_insert_with(|| known().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Claims, Problem};
    use crate::naming::Scope;

    fn claims(locked: &[(&str, &str)]) -> Claims {
        let mut claims = Claims::new(Scope::case_insensitive());
        for (what, name) in locked {
            claims.lock((Arc::from("class"), (*what).to_owned()), name, true);
        }
        claims
    }

    fn fresh(claims: &mut Claims, what: &str, name: &str) -> String {
        claims.claim("class", what, |scope| scope.claim_numbered(name, 40))
    }

    #[test]
    fn nobody_takes_a_name_of_the_lock() {
        let mut claims = claims(&[("gone#", "ORDER"), ("old#", "Order2")]);
        assert_eq!(fresh(&mut claims, "new#", "Order"), "Order3");
        assert_eq!(fresh(&mut claims, "old#", "Order"), "Order2");
        assert_eq!(fresh(&mut claims, "gone#", "Parcel"), "ORDER");
        assert_eq!(claims.problems, []);
    }

    #[test]
    fn what_is_asked_for_goes_before_the_lock() {
        let mut claims = claims(&[("a#", "A"), ("b#", "B"), ("gone#", "C")]);
        claims.ask("class", "b#", "c");
        claims.ask("class", "d#", "A");
        claims.ask("class", "e#", "a");
        assert_eq!(fresh(&mut claims, "b#", "B"), "c");
        assert_eq!(fresh(&mut claims, "d#", "D"), "A");
        assert_eq!(fresh(&mut claims, "a#", "A"), "A2");
        let problems: Vec<&Problem> = claims.problems.iter().map(|(_, why)| why).collect();
        assert_eq!(
            problems,
            [
                &Problem::Taken("a".to_owned()),
                &Problem::Asked("A".to_owned())
            ]
        );
        assert_eq!(claims.lost.len(), 2);
    }

    #[test]
    fn two_can_change_names() {
        for order in [["a#", "b#"], ["b#", "a#"]] {
            let mut claims = claims(&[("a#", "A"), ("b#", "B")]);
            for what in order {
                claims.ask("class", what, if what == "a#" { "B" } else { "A" });
            }
            assert_eq!(fresh(&mut claims, "a#", "X"), "B");
            assert_eq!(fresh(&mut claims, "b#", "X"), "A");
            assert_eq!(claims.problems, []);
        }
    }

    #[test]
    fn two_lines_with_one_name_are_a_problem_of_the_second() {
        let mut claims = claims(&[("a#", "A"), ("b#", "a")]);
        assert_eq!(fresh(&mut claims, "b#", "B"), "B");
        assert_eq!(fresh(&mut claims, "a#", "X"), "A");
        let expected = Problem::Double("a".to_owned(), "B".to_owned());
        assert_eq!(claims.problems[0].1, expected);
    }
}
