//! What the keys of definitions say as names.
//!
//! Most keys are names. Some are places, such as `http://example.com/2.0/user.json` or `com.example.api.User`, of which
//! people say the last part; some were made up by a program, and say nothing.

use crate::document::DocumentId;
use crate::hash::HashMap;
use crate::normalize::NormalizedGraph;
use crate::schema::location::Locations;

use super::titles::folded;

/// How many parts of a place are looked at.
const MANY_PARTS: usize = 12;
/// The shortest text of hexadecimal digits that nobody thought of.
const SHORTEST_HASH: usize = 8;
/// How many numbers make a key that no person wrote, and how many digits they have.
const MANY_NUMBERS: (usize, usize) = (3, 12);

/// The names of definitions whose keys are none.
pub(super) struct Keys<'s> {
    names: HashMap<(DocumentId, &'s str), Option<&'s str>>,
}

impl<'s> Keys<'s> {
    pub(super) fn new(graph: &NormalizedGraph<'s>, locations: &Locations<'_>) -> Self {
        let mut of_document: HashMap<DocumentId, Vec<&'s str>> = HashMap::default();
        for node in &graph.nodes {
            if let Some(key) = node.definition_name {
                let document = locations.document(node.location);
                of_document.entry(document).or_default().push(key);
            }
        }
        let mut names = HashMap::default();
        for (document, mut keys) in of_document {
            keys.sort_unstable();
            keys.dedup();
            let keys: Vec<Key<'s>> = keys.into_iter().map(Key::new).collect();
            if keys.iter().all(Key::is_name) {
                continue;
            }
            let root = graph.documents.iter().find(|one| one.document == document);
            let root = root.map(|one| {
                let title = one.root.as_ref().and_then(|root| root.docs.title);
                title.unwrap_or(one.stem)
            });
            for (key, name) in named(&keys, root) {
                names.insert((document, key), name);
            }
        }
        Self { names }
    }

    /// The name that the key of a definition gives, if it gives one.
    pub(super) fn name(&self, document: DocumentId, key: &'s str) -> Option<&'s str> {
        match self.names.get(&(document, key)) {
            Some(name) => *name,
            None => Some(key),
        }
    }
}

/// A key, and what it may be called, from the shortest to the longest.
struct Key<'s> {
    key: &'s str,
    candidates: Vec<&'s str>,
}

impl<'s> Key<'s> {
    fn new(key: &'s str) -> Self {
        Self {
            key,
            candidates: candidates(key),
        }
    }

    /// Whether the key is a name as it stands.
    fn is_name(&self) -> bool {
        self.candidates == [self.key]
    }
}

/// The names of the keys that are none themselves: of each the shortest that no other one could have, nor the root.
fn named<'s>(keys: &[Key<'s>], root: Option<&'s str>) -> Vec<(&'s str, Option<&'s str>)> {
    let mut uses: HashMap<String, usize> = HashMap::default();
    let all = keys.iter().flat_map(|key| &key.candidates).copied();
    for name in all.chain(root) {
        *uses.entry(folded(name)).or_insert(0) += 1;
    }
    let name = |one: &Key<'s>| {
        let mut all = one.candidates.iter().copied();
        let found = all.find(|name| uses.get(&folded(name)) == Some(&1));
        // A key without candidates is made up.
        found.or_else(|| (!one.candidates.is_empty()).then_some(one.key))
    };
    let others = keys.iter().filter(|key| !key.is_name());
    others.map(|one| (one.key, name(one))).collect()
}

/// What a key may be called, from the shortest to the longest.
fn candidates(key: &str) -> Vec<&str> {
    if is_made_up(key) {
        return Vec::new();
    }
    if let Some(name) = without_hash(key) {
        return vec![name, key];
    }
    let (place, separators): (&str, &[char]) = match key.split_once("://") {
        Some((_, place)) => (place, &['/', '#']),
        None if is_qualified(key) => (key, &['.']),
        None => return vec![key],
    };
    let place = place.trim_end_matches(separators);
    let place = [".json", ".yaml", ".yml", ".schema"]
        .iter()
        .fold(place, |place, end| place.strip_suffix(end).unwrap_or(place));
    let starts = place.rmatch_indices(separators).map(|(at, _)| at + 1);
    let mut all: Vec<&str> = starts
        .chain([0])
        .take(MANY_PARTS)
        .map(|start| &place[start..])
        .filter(|part| !starts_with_version(part))
        .collect();
    all.push(key);
    all
}

/// Whether it is the name of a type behind those of packages: `com.example.api.User`.
fn is_qualified(key: &str) -> bool {
    let is_word = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    let mut parts = key.rsplit('.');
    let is_type = |last: &str| last.starts_with(|first: char| first.is_ascii_uppercase());
    parts.next().is_some_and(is_type)
        && key.matches('.').count() >= 2
        && key.split('.').all(is_word)
}

/// Whether a place starts with a version, such as `2.0/user` or `v1beta1.User`.
fn starts_with_version(place: &str) -> bool {
    let number = place.strip_prefix('v').unwrap_or(place);
    number.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether a program made the key up from numbers: `__schema0`, `alias-147831185-257-1138-147831185-0`.
fn is_made_up(key: &str) -> bool {
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(number) = key.strip_prefix("__schema") {
        return is_number(&number);
    }
    let parts = key.split(|one: char| !one.is_alphanumeric());
    let numbers = parts.filter(|part| !part.is_empty()).filter(is_number);
    let (count, digits) = numbers.fold((0, 0), |(count, digits), one| {
        (count + 1, digits + one.len())
    });
    let (many, long) = MANY_NUMBERS;
    count >= many && digits >= long
}

/// What stands before a hash at the end of a key, such as `User` in `User_3f2a9c1b`.
fn without_hash(key: &str) -> Option<&str> {
    let (name, hash) = key.rsplit_once(['_', '-', '.'])?;
    let is_hash = hash.len() >= SHORTEST_HASH
        && hash
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && hash.bytes().any(|byte| byte.is_ascii_digit())
        && hash.bytes().any(|byte| byte.is_ascii_lowercase());
    let says = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_hash && says).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Key, named};

    #[test]
    fn a_key_gives_the_shortest_name_that_no_other_one_has() {
        let keys = [
            "Tag",
            "User_3f2a9c1b",
            "__schema0",
            "alias-147831185-257-1138-147831185-0-1202",
            "http://example.com/2.0/http/operation.json",
            "http://example.com/2.0/mqtt/operation.json",
            "http://example.com/2.0/server.schema.json",
            "http://example.com/2.0/tag.json",
            "io.example.core.v1.Event",
            "io.example.core.v1.Pod",
            "io.example.events.v1.Event",
            "some.setting.here",
        ];
        let names: Vec<Option<&str>> = named(&keys.map(Key::new), Some("Pod"))
            .into_iter()
            .map(|it| it.1)
            .collect();
        let expected = [
            Some("User"),
            None,
            None,
            Some("http/operation"),
            Some("mqtt/operation"),
            Some("server"),
            Some("example.com/2.0/tag"),
            Some("core.v1.Event"),
            Some("core.v1.Pod"),
            Some("events.v1.Event"),
        ];
        assert_eq!(names, expected);
    }
}
