//! Definitions that have gone from `definitions` to `$defs`, as a newer draft has it, or back.

use std::collections::BTreeMap;

use serde_json::Value;

use super::few::Few;
use super::ledger::{Book, Ledger};
use super::lock::Slot;
use crate::document::{DocumentId, DocumentSet};
use crate::hash::{HashMap, HashSet};
use crate::schema::location::{Segment, push_segment};

/// The two names of the group, each with the other one.
const GROUPS: [(&str, &str); 2] = [("definitions", "$defs"), ("$defs", "definitions")];

impl Book {
    /// Lets the names of such definitions go with them: both groups are the same to JSON Schema.
    pub(super) fn follow_definitions(
        &mut self,
        files: &HashMap<DocumentId, String>,
        documents: &DocumentSet,
    ) {
        let mut moved = Moved::default();
        for (id, file) in files {
            for (old, new) in GROUPS {
                let start = format!("{file}#/{old}/");
                let ledgers = [&self.rust, &self.apex, &self.flow];
                if ledgers.iter().any(|ledger| ledger.has_below(&start)) {
                    moved.find(&documents.get(*id).value, (old, new), &start);
                }
            }
        }
        if !moved.places.is_empty() {
            for ledger in [&mut self.rust, &mut self.apex, &mut self.flow] {
                ledger.follow(&moved);
            }
        }
    }
}

impl Ledger {
    /// Whether the lock knows a place that starts so.
    fn has_below(&self, start: &str) -> bool {
        let mut places = self.old.range(start.to_owned()..);
        places
            .next()
            .is_some_and(|(place, _)| place.starts_with(start))
    }

    fn follow(&mut self, moved: &Moved) {
        let gone: BTreeMap<String, String> = self
            .old
            .keys()
            .filter_map(|place| Some((place.clone(), moved.to(place)?)))
            .filter(|(_, to)| !self.old.contains_key(to))
            .collect();
        for (from, to) in gone {
            if let Some(roles) = self.old.remove(&from) {
                self.old.insert(to, roles);
            }
        }
        // Some members are told by places too, such as the alternatives of a union.
        for slot in self.old.values_mut().flat_map(Few::values_mut) {
            if let Slot::Many(members) = slot {
                follow_members(members, moved);
            }
        }
    }
}

fn follow_members(members: &mut Few<String>, moved: &Moved) {
    let gone: Vec<(String, String)> = members
        .iter()
        .filter_map(|(member, _)| Some((member.clone(), moved.to(member)?)))
        .filter(|(_, to)| members.get(to).is_none())
        .collect();
    for (from, to) in gone {
        if let Some(name) = members.get(&from).cloned() {
            members.remove(&from);
            members.insert(to, name);
        }
    }
}

/// The places of definitions that have moved, and those that they have now.
#[derive(Default)]
struct Moved {
    places: HashMap<String, String>,
}

impl Moved {
    /// Finds the definitions of a document that are in the new group and not in the old one.
    fn find(&mut self, document: &Value, (old, new): (&str, &str), start: &str) {
        let Some(there) = document.get(new).and_then(Value::as_object) else {
            return;
        };
        let stays: HashSet<&str> = match document.get(old).and_then(Value::as_object) {
            Some(stays) => stays.keys().map(String::as_str).collect(),
            None => HashSet::default(),
        };
        let file = start.split_once('#').map_or("", |(file, _)| file);
        for key in there.keys().filter(|key| !stays.contains(key.as_str())) {
            let place = |group: &str| {
                let mut place = format!("{file}#");
                push_segment(&mut place, Segment::Key(group));
                push_segment(&mut place, Segment::Key(key));
                place
            };
            self.places.insert(place(old), place(new));
        }
    }

    /// The place that a thing has now, if it is below a definition that has moved.
    fn to(&self, place: &str) -> Option<String> {
        let start = place.find("#/")? + "#/".len();
        let key = start + place[start..].find('/')? + 1;
        let end = place[key..].find('/').map_or(place.len(), |end| key + end);
        // A word may follow that tells a part without a schema of its own; a key may have spaces too.
        let mut ends = vec![end];
        ends.extend(place[key..end].rmatch_indices(' ').map(|(at, _)| key + at));
        ends.into_iter().find_map(|end| {
            let to = self.places.get(&place[..end])?;
            Some(format!("{to}{}", &place[end..]))
        })
    }
}
