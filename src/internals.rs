//! What the program, the tests, the benchmarks and the fuzz targets of this package use beyond what is promised.
//!
//! It is in one place, and not in the documentation, because it follows the stages: any release may change or remove it. Whoever
//! needs something of it in a library should ask for it, so that it gets a form that can stay.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::document::{DocumentId, DocumentSet, Role};
use crate::generator::{self, Failure, Generator};
use crate::report::Report;

pub use crate::action::{Action, DataType, Descriptors, Lifecycle, Output};
pub use crate::diagnostic::list::{Diagnostic, Diagnostics, Place};
pub use crate::document::load::text_of;
pub use crate::message::{Line, end, lines};
pub use crate::naming::Book;
pub use crate::output::inputs::Inputs;
pub use crate::output::manifest::is_same_text;
pub use crate::output::single::{write_new, write_single};
pub use crate::pipeline::Stage;
pub use crate::progress::Listener;

/// The stages in a row, without I/O.
pub mod pipeline {
    pub use crate::pipeline::{dump, generate, surface};
}

/// Session-based chat in messaging channels.
#[cfg(feature = "flow-files")]
pub mod channel {
    pub use crate::channel::{Outcome, advice, turn_on};
}

/// Flow files as input.
#[cfg(feature = "flow-files")]
pub mod flow_file {
    pub use crate::document::registration::REGISTRATION_ENDINGS;
    pub use crate::document::texts::{load_text, load_texts};
    pub use crate::flow_file::{CLASS_ENDING, FLOW_ENDINGS, Summary, descriptors, lint};
}

/// Pictures of flows.
#[cfg(feature = "flow-files")]
pub mod picture {
    pub use crate::picture::{Format, draw};
}

/// Adds a schema that the run is about, from its text.
pub fn add_schema(
    documents: &mut DocumentSet,
    path: &str,
    uri: &str,
    text: String,
    diagnostics: &mut Diagnostics,
) -> Option<DocumentId> {
    documents.add(path, uri, text, Role::Input, diagnostics)
}

/// Adds the description of a service that the run is about, from its text. The configuration has as many services.
pub fn add_service(
    documents: &mut DocumentSet,
    path: &str,
    uri: &str,
    text: String,
    diagnostics: &mut Diagnostics,
) {
    documents.add_service(path, uri, text, diagnostics);
}

/// Adds a text that is no JSON, such as XML.
#[cfg(feature = "flow-files")]
pub fn add_text(documents: &mut DocumentSet, path: &str, text: String) -> Option<DocumentId> {
    documents.add_text(path, text)
}

/// Resolves the places of diagnostics.
#[must_use]
pub fn report(documents: &DocumentSet, diagnostics: &Diagnostics) -> Report {
    Report::new(documents, diagnostics)
}

/// What went wrong, outside of a generator.
#[must_use]
pub fn failure(documents: DocumentSet, diagnostics: &Diagnostics) -> Failure {
    Failure::new(documents, diagnostics)
}

/// Calls a document by another name than the one that its text was read under.
#[must_use]
pub fn shown_as(failure: Failure, name: &str, shown: &str) -> Failure {
    failure.shown_as(name, shown)
}

/// Names the files that were read to make schemas that have no file: nothing is written to them.
pub fn made_from(mut generator: Generator, samples: &[PathBuf]) -> Generator {
    generator.samples.extend_from_slice(samples);
    generator
}

/// Generates Rust types as one file, and says what becomes of the file at a path.
///
/// # Errors
/// The diagnostics, if there are errors among them.
pub fn compare_single_file(
    generator: &Generator,
    path: &Path,
) -> Result<generator::Output, Failure> {
    generator.compare_single_file(path)
}

/// The result of one stage as JSON.
///
/// # Errors
/// The diagnostics, if there are errors among them.
pub fn dump(generator: &Generator, stage: Stage) -> Result<(String, Report, DocumentSet), Failure> {
    generator.dump(stage)
}

/// The action descriptors of the configured services.
///
/// # Errors
/// The diagnostics, if there are errors among them.
pub fn describe(generator: &Generator) -> Result<(Vec<Action>, Report, DocumentSet), Failure> {
    generator.describe()
}

/// Writes the loss report of a run that failed for its losses, where one is asked for.
///
/// # Errors
/// [`Error::Input`] if it cannot be written.
pub fn write_losses(generator: &Generator, failure: &Failure) -> Result<(), Error> {
    generator.write_losses(&failure.report, &failure.documents)
}
