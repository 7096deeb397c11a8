//! The names of a run: those of the lock, and those that the run gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claims::{Claims, Key, Problem};
use super::few::Few;
use super::lock::{Lock, Map, Section, Slot, Version};
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::DocumentId;
use crate::schema::location::{Segment, push_segment};
use crate::target::Target;

/// The names of all targets. The default one is for a run whose names nobody keeps.
#[derive(Debug)]
pub struct Book {
    /// What the lock says of files.
    pub(super) files: Map<String>,
    /// The files that this run has read.
    pub(super) present: BTreeSet<String>,
    /// The folder that paths of the lock are relative to.
    pub(super) folder: String,
    apex_prefix: String,
    pub(crate) rust: Ledger,
    pub(crate) apex: Ledger,
    pub(crate) flow: Ledger,
}

/// The names of a target.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    target: Target,
    /// The lock, where there is one.
    document: Option<DocumentId>,
    /// Whether somebody wants to know at the end which names were given.
    is_kept: bool,
    pub(super) old: Section,
    given: Section,
    problems: Vec<(String, Key, Option<String>, Problem)>,
}

impl Default for Book {
    fn default() -> Self {
        let mut book = Self::new(Lock::default(), None, String::new());
        for ledger in [&mut book.rust, &mut book.apex, &mut book.flow] {
            ledger.is_kept = false;
        }
        book
    }
}

impl Book {
    /// What is known from a lock that was read from a document, in the folder that its paths are relative to.
    pub(crate) fn new(lock: Lock, document: Option<DocumentId>, folder: String) -> Self {
        let ledger = |target, section| Ledger::new(target, section, document);
        Self {
            files: lock.files,
            present: BTreeSet::new(),
            folder,
            apex_prefix: lock.apex_prefix,
            rust: ledger(Target::Rust, lock.rust),
            apex: ledger(Target::Apex, lock.apex),
            flow: ledger(Target::Flow, lock.flow),
        }
    }

    /// Says what class names start with. Where it was something else, all names of the lock change their start: that
    /// is what somebody wants who changes it.
    pub(crate) fn prefix_classes(&mut self, prefix: &str) {
        let old = std::mem::replace(&mut self.apex_prefix, prefix.to_owned());
        if old == prefix {
            return;
        }
        let slots = self
            .apex
            .old
            .values_mut()
            .flat_map(|roles| roles.values_mut());
        for slot in slots {
            if let Slot::One(name) = slot
                && let Some(own) = name.strip_prefix(&old)
            {
                *name = format!("{prefix}{own}");
            }
        }
    }

    /// The lock for the next run: what this run has given, and unless they are pruned the names of what is gone.
    pub(crate) fn finish(self, is_pruned: bool) -> Lock {
        let mut lock = Lock {
            version: Version::default(),
            files: self.files,
            apex_prefix: self.apex_prefix,
            rust: self.rust.finish(is_pruned),
            apex: self.apex.finish(is_pruned),
            flow: self.flow.finish(is_pruned),
        };
        if is_pruned {
            let sections = [&lock.rust, &lock.apex, &lock.flow];
            let places = sections.into_iter().flat_map(|section| section.keys());
            let mut used = self.present;
            used.extend(places.filter_map(|place| Some(place.split_once('#')?.0.to_owned())));
            lock.files.retain(|name, _| used.contains(name));
        }
        lock
    }
}

impl Ledger {
    fn new(target: Target, old: Section, document: Option<DocumentId>) -> Self {
        Self {
            target,
            document,
            is_kept: true,
            old,
            given: Section::default(),
            problems: Vec::new(),
        }
    }

    /// A scope of names of which the lock says nothing.
    pub(crate) fn fresh_claims(&self, scope: Scope) -> Claims {
        let mut claims = Claims::new(scope);
        claims.is_kept = self.is_kept;
        claims
    }

    /// The names that things have in some roles, by place: one scope of them.
    pub(crate) fn claims(
        &self,
        scope: Scope,
        belongs: impl Fn(&str, &str) -> bool,
        is_legal: impl Fn(&str) -> bool,
    ) -> Claims {
        let mut claims = self.fresh_claims(scope);
        for (place, roles) in self.old.iter() {
            for (role, slot) in roles.iter().filter(|(role, _)| belongs(place, role)) {
                if let Slot::One(name) = slot {
                    claims.lock(
                        (Arc::from(role.as_str()), place.clone()),
                        name,
                        is_legal(name),
                    );
                }
            }
        }
        claims
    }

    /// The names that the members of a thing have in some roles: one scope of them.
    pub(crate) fn member_claims(
        &self,
        place: &str,
        roles: &[&str],
        scope: Scope,
        is_legal: impl Fn(&str) -> bool,
    ) -> Claims {
        let mut claims = self.fresh_claims(scope);
        let Some(entry) = self.old.get(place) else {
            return claims;
        };
        for role in roles {
            if let Some(Slot::Many(members)) = entry.get(role) {
                for (member, name) in members.iter() {
                    let key = (Arc::from(*role), member.clone());
                    claims.lock(key, name, is_legal(name));
                }
            }
        }
        claims
    }

    /// The name of a thing in a role in the lock, whatever it is worth.
    pub(crate) fn locked(&self, place: &str, role: &str) -> Option<&str> {
        match self.old.get(place)?.get(role)? {
            Slot::One(name) => Some(name),
            Slot::Many(_) => None,
        }
    }

    /// Keeps what a scope of things has given.
    pub(crate) fn keep(&mut self, mut claims: Claims) {
        for ((role, place), name) in claims.take_given() {
            let roles = self.given.entry(place).or_default();
            roles.insert(role.to_string(), Slot::One(name));
        }
        for (role, place) in claims.lost {
            if let Some(roles) = self.old.get_mut(&place) {
                roles.remove(&role);
            }
        }
        for (key, problem) in claims.problems {
            self.problems.push((key.1.clone(), key, None, problem));
        }
    }

    /// Keeps what a scope of members has given.
    pub(crate) fn keep_members(&mut self, place: &str, mut claims: Claims) {
        let given = claims.take_given();
        if !given.is_empty() && !self.given.contains_key(place) {
            self.given.insert(place.to_owned(), Few::default());
        }
        if let Some(roles) = self.given.get_mut(place) {
            let mut given = given.into_iter().peekable();
            while let Some(((role, member), name)) = given.next() {
                let mut members = vec![(member, name)];
                while let Some(((_, member), name)) = given.next_if(|((next, _), _)| *next == role)
                {
                    members.push((member, name));
                }
                let members = Few::in_order(members);
                match roles.get_mut(&role) {
                    Some(Slot::Many(known)) => known.extend(members),
                    _ => roles.insert(role.to_string(), Slot::Many(members)),
                }
            }
        }
        for (role, member) in claims.lost {
            if let Some(Slot::Many(members)) = self
                .old
                .get_mut(place)
                .and_then(|roles| roles.get_mut(&role))
            {
                members.remove(&member);
            }
        }
        for (key, problem) in claims.problems {
            let member = Some(key.1.clone());
            self.problems.push((place.to_owned(), key, member, problem));
        }
    }

    /// Says which names could not be what the lock or the configuration wants. What has become of the lock's names is only
    /// known where all else is well.
    pub(crate) fn report(&mut self, diagnostics: &mut Diagnostics) {
        let target = self.target.folder().trim_end_matches('/');
        let is_vain = diagnostics.has_errors();
        for (place, (role, _), member, problem) in std::mem::take(&mut self.problems) {
            let thing = match &member {
                Some(member) => format!("{member:?} of {place:?}"),
                None => format!("{place:?}"),
            };
            let (code, said, help) = match problem {
                Problem::Illegal(name, instead) => (
                    Code::LockedName,
                    format!(
                        "the lock says {name:?} for the {role} of {thing}, which is no name there, or not any more; it is {instead:?} now"
                    ),
                    format!(
                        "look for what uses the old name, or ask for another one in `{target}.names`"
                    ),
                ),
                Problem::Double(name, instead) => (
                    Code::LockedName,
                    format!(
                        "the lock says {name:?} for the {role} of {thing}, which another one has; it is {instead:?} now"
                    ),
                    "after a merge, keep the name of the one that was there first".to_owned(),
                ),
                Problem::Asked(name) => (
                    Code::Config,
                    format!("`{target}.names` asks for {name:?}, which is the {role} of {thing}"),
                    format!("ask for another name for that one in `{target}.names` too"),
                ),
                Problem::Taken(name) => (
                    Code::Config,
                    format!(
                        "`{target}.names` asks for {name:?} for the {role} of {thing}, which another one has"
                    ),
                    "ask for another name".to_owned(),
                ),
            };
            if code == Code::LockedName && is_vain {
                continue;
            }
            let mut diagnostic = Diagnostic::new(code, said).help(help);
            if code == Code::Config {
                let option = format!("{target}.names");
                let mut key = place.clone();
                if let Some(member) = &member {
                    push_segment(&mut key, Segment::Key("properties"));
                    push_segment(&mut key, Segment::Key(member));
                }
                diagnostic = diagnostic.at_option(&option, &[&key]);
            } else if let Some(document) = self.document {
                let mut pointer = String::new();
                let steps = [Some(target), Some(&place), Some(&role), member.as_deref()];
                for step in steps.into_iter().flatten() {
                    push_segment(&mut pointer, Segment::Key(step));
                }
                diagnostic = diagnostic.at(Place::Pointer(document, pointer));
            }
            diagnostics.push(diagnostic);
        }
    }

    fn finish(self, is_pruned: bool) -> Section {
        // A target that did not run has nothing to prune.
        if is_pruned && !self.given.is_empty() {
            return self.given;
        }
        let mut all = self.old;
        if all.is_empty() {
            return self.given;
        }
        for (place, roles) in self.given {
            let entry = all.entry(place).or_default();
            for (role, slot) in roles {
                match (entry.get_mut(&role), slot) {
                    (Some(Slot::Many(old)), Slot::Many(new)) => old.extend(new),
                    (_, slot) => entry.insert(role, slot),
                }
            }
        }
        all.retain(|_, roles| !roles.is_empty());
        all
    }
}

/// The entries of a section by the file that their place is in; those that stand in none are under "".
impl Ledger {
    /// The names in some roles, a scope for each file: each begins as `scope` makes it.
    pub(crate) fn claims_by_file(
        &self,
        roles: &[&str],
        scope: impl Fn() -> Scope,
        is_legal: impl Fn(&str) -> bool,
    ) -> BTreeMap<String, Claims> {
        let mut all: BTreeMap<String, Claims> = BTreeMap::new();
        for (place, entry) in self.old.iter() {
            let file = place.split_once('#').map_or("", |(file, _)| file);
            for (role, slot) in entry.iter() {
                if let Slot::One(name) = slot
                    && roles.contains(&role.as_str())
                {
                    let claims = all
                        .entry(file.to_owned())
                        .or_insert_with(|| self.fresh_claims(scope()));
                    claims.lock(
                        (Arc::from(role.as_str()), place.clone()),
                        name,
                        is_legal(name),
                    );
                }
            }
        }
        all
    }
}
