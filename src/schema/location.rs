//! Where a schema stands: a document and a path in it, kept small until somebody asks for text.

use std::fmt::Write as _;

use crate::document::DocumentId;

/// The index of an entry in [`Locations`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationId(u32);

/// One step of a JSON pointer (RFC 6901), unescaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'s> {
    /// A member of an object.
    Key(&'s str),
    /// An element of an array, from 0.
    Index(usize),
}

#[derive(Debug, Clone, Copy)]
enum Entry<'s> {
    Document(DocumentId),
    Child(LocationId, Segment<'s>),
}

/// The arena of all locations of a run; an entry knows its parent and its last step only.
#[derive(Debug, Default)]
pub struct Locations<'s> {
    entries: Vec<Entry<'s>>,
}

impl<'s> Locations<'s> {
    /// The location of a whole document.
    pub fn document_root(&mut self, document: DocumentId) -> LocationId {
        self.push(Entry::Document(document))
    }

    /// The location one step below `parent`.
    pub fn child(&mut self, parent: LocationId, segment: Segment<'s>) -> LocationId {
        self.push(Entry::Child(parent, segment))
    }

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
    }

    fn push(&mut self, entry: Entry<'s>) -> LocationId {
        let id = LocationId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.entries.push(entry);
        id
    }

    /// The document and the JSON pointer of a location; the pointer of a whole document is empty.
    #[must_use]
    pub fn place(&self, id: LocationId) -> (DocumentId, String) {
        let mut steps = Vec::new();
        let mut at = id;
        let document = loop {
            match self.entries.get(at.0 as usize) {
                Some(Entry::Child(parent, segment)) => {
                    steps.push(*segment);
                    at = *parent;
                }
                Some(Entry::Document(document)) => break *document,
                None => break DocumentId::default(),
            }
        };
        let mut pointer = String::new();
        for step in steps.into_iter().rev() {
            push_segment(&mut pointer, step);
        }
        (document, pointer)
    }

    /// The location one step above, and that step; none for a whole document.
    #[must_use]
    pub fn parent(&self, id: LocationId) -> Option<(LocationId, Segment<'s>)> {
        match self.entries.get(id.0 as usize) {
            Some(Entry::Child(parent, segment)) => Some((*parent, *segment)),
            Some(Entry::Document(_)) | None => None,
        }
    }

    /// The document that a location is in.
    #[must_use]
    pub fn document(&self, id: LocationId) -> DocumentId {
        let mut at = id;
        loop {
            match self.entries.get(at.0 as usize) {
                Some(Entry::Child(parent, _)) => at = *parent,
                Some(Entry::Document(document)) => return *document,
                None => return DocumentId::default(),
            }
        }
    }
}

/// Appends one step to a JSON pointer, escaped as RFC 6901 says.
pub fn push_segment(pointer: &mut String, segment: Segment<'_>) {
    match segment {
        Segment::Key(key) => {
            pointer.push('/');
            if !key.contains(['~', '/']) {
                pointer.push_str(key);
                return;
            }
            for c in key.chars() {
                match c {
                    '~' => pointer.push_str("~0"),
                    '/' => pointer.push_str("~1"),
                    other => pointer.push(other),
                }
            }
        }
        Segment::Index(index) => {
            let _ = write!(pointer, "/{index}");
        }
    }
}
