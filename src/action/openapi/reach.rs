//! A value of a description, where it stands, and what its references lead to.

use serde_json::Value;

use crate::document::{DocumentId, DocumentSet, percent_decode, resolve_uri};
use crate::schema::location::{Segment, push_segment};

/// A chain of references that is longer is taken for a loop.
const LONGEST_CHAIN: usize = 64;

const SCHEMAS: &str = "/components/schemas/";

/// A value of a description.
#[derive(Debug, Clone)]
pub(super) struct Reach<'s> {
    pub document: DocumentId,
    pub pointer: String,
    pub value: &'s Value,
    /// The name of the first schema among the components that led here.
    pub component: Option<&'s str>,
}

impl<'s> Reach<'s> {
    /// A whole document.
    pub(super) fn document(document: DocumentId, documents: &'s DocumentSet) -> Self {
        Self {
            document,
            pointer: String::new(),
            value: &documents.get(document).value,
            component: None,
        }
    }

    fn below(&self, segment: Segment<'_>, value: &'s Value) -> Self {
        let mut pointer = self.pointer.clone();
        push_segment(&mut pointer, segment);
        Self {
            document: self.document,
            pointer,
            value,
            component: None,
        }
    }

    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        Some(self.below(Segment::Key(name), self.value.get(name)?))
    }

    /// All members, in the order of the text.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'s str, Self)> {
        let entries = self.value.as_object().into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), self.below(Segment::Key(key), value)))
    }

    /// All elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten();
        items
            .enumerate()
            .map(|(index, item)| self.below(Segment::Index(index), item))
    }

    /// The text that a member is.
    pub(super) fn text(&self, name: &str) -> Option<&'s str> {
        self.value.get(name).and_then(Value::as_str)
    }

    /// Whether a member is true.
    pub(super) fn is(&self, name: &str) -> bool {
        self.value.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// What the references lead to; nothing if they lead nowhere.
    pub(super) fn follow(mut self, documents: &'s DocumentSet) -> Option<Self> {
        for _ in 0..LONGEST_CHAIN {
            if self.component.is_none() {
                self.component = component(&self, documents);
            }
            let Some(reference) = self.text("$ref") else {
                return Some(self);
            };
            let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
            let document = if uri.is_empty() {
                self.document
            } else {
                let target = resolve_uri(&documents.get(self.document).uri, uri)?;
                documents.by_uri(&target)?
            };
            let pointer = String::from_utf8(percent_decode(fragment)).ok()?;
            let value = documents.get(document).value.pointer(&pointer)?;
            self = Self {
                document,
                pointer,
                value,
                component: self.component,
            };
        }
        None
    }
}

/// The name of a schema among the components.
fn component<'s>(at: &Reach<'s>, documents: &'s DocumentSet) -> Option<&'s str> {
    let segment = at.pointer.strip_prefix(SCHEMAS)?;
    if segment.contains('/') || !documents.is_service(at.document) {
        return None;
    }
    let name = segment.replace("~1", "/").replace("~0", "~");
    let schemas = documents
        .get(at.document)
        .value
        .pointer("/components/schemas")?;
    let (name, _) = schemas.as_object()?.get_key_value(&name)?;
    Some(name.as_str())
}
