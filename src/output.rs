//! The files of a run, and the only place that writes.

use std::collections::{BTreeMap, HashSet};

/// Generated files by their path below the output folder, `/` between folders.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct OutputFiles {
    files: BTreeMap<String, String>,
    folded: HashSet<String>,
}

impl OutputFiles {
    /// Adds a file. Line ends become LF and the text ends in exactly one; askama drops the last newline of a
    /// template, so that newlines are decided here.
    ///
    /// # Errors
    /// Gives the path back if there is such a file already, letter case aside.
    pub fn insert(&mut self, path: impl Into<String>, text: &str) -> Result<(), String> {
        let path = path.into();
        if !self.folded.insert(path.to_lowercase()) {
            return Err(path);
        }
        let mut text = text.replace("\r\n", "\n");
        text.truncate(text.trim_end().len());
        text.push('\n');
        self.files.insert(path, text);
        Ok(())
    }

    /// The files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
