//! Flows that commands read.

use std::path::Path;

use flowtypes::document::{DocumentId, DocumentSet};
use flowtypes::internals::flow_file::load_text;
use flowtypes::internals::{Diagnostics, add_text};

use super::Ended;
use super::generate::standard_input;

/// A flow from the standard input is called so: flows are named after their files.
const STDIN_FLOW: &str = "stdin.flow-meta.xml";

/// Whether a path stands for the standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads a flow; `-` is the standard input.
pub fn read_flow(
    path: &Path,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) -> Result<Option<DocumentId>, Ended> {
    if !is_stdin(path) {
        return Ok(load_text(path, documents, diagnostics).map(|(id, _)| id));
    }
    let text = standard_input()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(add_text(documents, STDIN_FLOW, text.to_owned()))
}
