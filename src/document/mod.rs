//! The documents that a run reads.

use serde::Serialize;

/// The index of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DocumentId(pub u32);
