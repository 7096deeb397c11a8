//! The schemas that types are made from, for types that give them back.

use std::collections::BTreeMap;

use super::model::{Document, SchemaOf};
use super::text::literal;
use crate::config::Config;
use crate::dialect;
use crate::document::bundle::{self, Part};
use crate::document::{DocumentId, DocumentSet};
use crate::ir::{TypeGraph, TypeId};

/// The documents of a run, and which of them the types need: none if nobody asks for them.
pub(super) struct Schemas {
    parts: Vec<Option<Part>>,
    /// The documents that are needed, numbered in the order they are first.
    needed: BTreeMap<DocumentId, usize>,
}

impl Schemas {
    pub(super) fn new(documents: &DocumentSet, config: &Config) -> Self {
        let parts = if config.rust.json_schema {
            bundle::parts(documents, dialect::uri_of(config.default_dialect))
        } else {
            Vec::new()
        };
        Self {
            parts,
            needed: BTreeMap::new(),
        }
    }

    /// The schema of a type that stands for a whole document or definition.
    pub(super) fn of(&mut self, graph: &TypeGraph<'_>, id: TypeId) -> Option<SchemaOf> {
        if self.parts.is_empty() {
            return None;
        }
        let (document, pointer) = graph.locations.place(graph.get(id).location);
        let part = self.parts.get(document.0 as usize)?.as_ref()?;
        let is_whole = match pointer.rsplit_once('/') {
            None => true,
            Some((parent, _)) => parent == "/$defs" || parent == "/definitions",
        };
        if !is_whole {
            return None;
        }
        let mut reference = part.id.clone();
        if !pointer.is_empty() {
            reference.push('#');
            reference.push_str(&bundle::fragment(&pointer));
        }
        let mut documents = Vec::new();
        for document in bundle::reached(&self.parts, document) {
            let next = self.needed.len();
            documents.push(*self.needed.entry(document).or_insert(next));
        }
        documents.sort_unstable();
        let documents: Vec<String> = documents.iter().map(ToString::to_string).collect();
        Some(SchemaOf {
            reference: literal(&reference),
            documents: documents.join(", "),
        })
    }

    /// The documents that are needed, in order.
    pub(super) fn finish(self) -> Vec<Document> {
        let mut needed: Vec<(DocumentId, usize)> = self.needed.into_iter().collect();
        needed.sort_unstable_by_key(|(_, number)| *number);
        needed
            .iter()
            .filter_map(|(id, _)| self.parts.get(id.0 as usize)?.as_ref())
            .map(|part| Document {
                id: literal(&part.id),
                text: literal(&part.text),
            })
            .collect()
    }
}
