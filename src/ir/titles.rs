//! Which titles of schemas serve as names of types.

use super::convert::plain;
use super::keys::Keys;
use crate::document::DocumentId;
use crate::hash::{HashMap, HashSet};
use crate::normalize::NormalizedGraph;
use crate::schema::location::Locations;

/// The longest title that serves as a name, in characters and in words.
const LONGEST_TITLE: (usize, usize) = (40, 5);

/// Whether a title reads like a name, not like a sentence.
pub(super) fn is_name(title: &str) -> bool {
    let (characters, words) = LONGEST_TITLE;
    title.chars().next().is_some_and(char::is_alphanumeric)
        && title.chars().count() <= characters
        && title.split_whitespace().count() <= words
}

/// How often each name is suggested in a document. A title that several schemas share names none of them: which of
/// them comes first must not matter.
pub(super) struct Titles {
    uses: HashMap<(DocumentId, String), usize>,
}

impl Titles {
    pub(super) fn new<'s>(
        graph: &NormalizedGraph<'s>,
        locations: &Locations<'_>,
        keys: &Keys<'s>,
    ) -> Self {
        let mut uses = HashMap::default();
        let mut note = |document, name| *uses.entry((document, folded(name))).or_insert(0) += 1;
        let mut roots = HashSet::default();
        for document in &graph.documents {
            if let Some(root) = &document.root {
                roots.insert(root.location);
                note(
                    document.document,
                    root.docs
                        .title
                        .filter(|title| is_name(title))
                        .unwrap_or(document.stem),
                );
            }
        }
        for node in graph
            .nodes
            .iter()
            .filter(|node| node.is_whole && plain(node).is_none())
        {
            let title = node.docs.title.filter(|_| !roots.contains(&node.location));
            let document = locations.document(node.location);
            let name = node
                .definition_name
                .and_then(|key| keys.name(document, key));
            if let Some(name) = name.or(title) {
                note(document, name);
            }
        }
        Self { uses }
    }

    pub(super) fn is_unique(&self, document: DocumentId, title: &str) -> bool {
        is_name(title) && self.uses.get(&(document, folded(title))) == Some(&1)
    }
}

/// A name as those see it who read no case and no punctuation.
pub(super) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        // Most letters are the ones of ASCII, and those have one small form.
        match c.is_ascii() {
            true => folded.push(c.to_ascii_lowercase()),
            false => folded.extend(c.to_lowercase()),
        }
    }
    folded
}
