//! The files that a run has read: nothing that it writes takes the place of one of them, whatever else may be replaced.

use std::fs;
use std::path::{Path, PathBuf};

use super::problem::{self, Problem};
use crate::diagnostic::Diagnostics;
use crate::document::{DocumentSet, Role};
use crate::hash::HashSet;

/// The files that a run has read.
#[derive(Debug, Default, Clone)]
pub struct Inputs(HashSet<PathBuf>);

impl Inputs {
    /// The files of some documents: schemas, descriptors, the configuration, the file that keeps names.
    #[must_use]
    pub fn of(documents: &DocumentSet) -> Self {
        let mut inputs = Self::default();
        let read = documents.iter().map(|(_, document)| document);
        inputs.extend(
            read.filter(|document| document.role != Role::BuiltIn)
                .map(|document| Path::new(&document.path)),
        );
        inputs
    }

    /// Adds files.
    pub(crate) fn extend(&mut self, paths: impl IntoIterator<Item = impl AsRef<Path>>) {
        let places = paths.into_iter().filter_map(|path| place(path.as_ref()));
        self.0.extend(places);
    }

    /// Says if a path is that of an input.
    pub(crate) fn keep_off(&self, path: &Path, diagnostics: &mut Diagnostics) {
        if let Err(problem) = self.allow(path) {
            diagnostics.push(*problem);
        }
    }

    /// Whether something may be written to a path.
    ///
    /// # Errors
    /// If it is that of an input.
    pub(super) fn allow(&self, path: &Path) -> Result<(), Problem> {
        match place(path) {
            Some(place) if self.0.contains(&place) => Err(problem::input(path)),
            Some(_) | None => Ok(()),
        }
    }
}

/// Where a file is, by whatever name it was called; none if it is not there. A file is replaced by renaming, so that another
/// hard link to it keeps its content and is another place.
fn place(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}
