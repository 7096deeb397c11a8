//! The files of a run, what differs from a folder, and the only place that writes.
//!
//! ```
//! let output = flowtypes::Generator::new()
//!     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
//!     .plan()?;
//! // To put the files somewhere else than on a disk.
//! let total: usize = output.files.contents().map(|(_, content)| content.len()).sum();
//! assert!(total > 0);
//! # Ok::<(), flowtypes::Error>(())
//! ```

mod claim;
mod fresh;
pub(crate) mod inputs;
mod losses;
pub(crate) mod manifest;
mod place;
mod plan;
mod problem;
mod project;
pub(crate) mod single;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use crate::deploy::Facts;
use crate::diagnostic::Diagnostics;
use crate::hash::HashSet;
use crate::surface::Surface;

pub(crate) use inputs::Inputs;
pub(crate) use losses::{LOSSES_MARK, losses};
pub use plan::{Change, Kept, Plan};
pub(crate) use plan::{Names, Request, plan};
pub(crate) use project::fit;
pub(crate) use single::{compare_single, write_single, write_single_with};
pub(crate) use write::write;

/// How an attempt to write has ended, if nothing has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub(crate) enum Written {
    /// All is in its place.
    Done,
    /// Nothing was written: another run has changed the file that keeps names, so that they have to be given anew.
    Outdated,
}

/// How often names are given anew before a run gives up.
pub(crate) const ATTEMPTS: usize = 100;

/// What a run has to say that gives up.
pub(crate) fn unsteady(plan: &Plan) -> Diagnostics {
    let names = plan.names.as_ref();
    let path = names.map_or(Path::new(""), |names| &names.path);
    problem::unsteady(path).into()
}

/// Generated files by their path below the output folder, `/` between folders.
///
/// ```
/// let output = flowtypes::Generator::new()
///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
///     .target(flowtypes::Target::Rust)
///     .plan()?;
/// for (path, text) in output.files.iter() {
///     println!("{path}: {} lines", text.lines().count());
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct OutputFiles {
    files: BTreeMap<String, String>,
    /// Those that are no text.
    archives: BTreeMap<String, Vec<u8>>,
    folded: HashSet<String>,
    facts: Facts,
    /// What others can use of the files, where somebody wants to know.
    surface: Option<Surface>,
}

impl OutputFiles {
    /// Files that go with what others can use of them.
    pub(crate) fn with_surface() -> Self {
        Self {
            surface: Some(Surface::default()),
            ..Self::default()
        }
    }

    /// Where to put what others can use, if somebody wants to know.
    pub(crate) fn surface_mut(&mut self) -> Option<&mut Surface> {
        self.surface.as_mut()
    }

    /// What others can use; empty unless it was asked for.
    pub(crate) fn into_surface(self) -> Surface {
        self.surface.unwrap_or_default()
    }

    /// What the targets know of the files.
    pub(crate) fn facts_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }

    /// What the targets know of the files.
    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The texts by path, and what the targets know of them.
    pub(crate) fn into_parts(self) -> (BTreeMap<String, String>, Facts) {
        (self.files, self.facts)
    }

    /// Adds a file. Line ends become LF and the text ends in exactly one; askama drops the last newline of a
    /// template, so that newlines are decided here.
    ///
    /// # Errors
    /// Gives the path back if there is such a file already, letter case aside.
    pub(crate) fn insert(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<(), String> {
        let path = path.into();
        if !self.folded.insert(path.to_lowercase()) {
            return Err(path);
        }
        let mut text = text.into();
        if memchr::memchr(b'\r', text.as_bytes()).is_some() {
            text = text.replace("\r\n", "\n");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text.shrink_to_fit();
        self.files.insert(path, text);
        Ok(())
    }

    /// Adds a file that is no text.
    ///
    /// # Errors
    /// Gives the path back if there is such a file already, letter case aside.
    #[cfg(feature = "archive")]
    pub(crate) fn insert_archive(
        &mut self,
        path: impl Into<String>,
        content: Vec<u8>,
    ) -> Result<(), String> {
        let path = path.into();
        if !self.folded.insert(path.to_lowercase()) {
            return Err(path);
        }
        self.archives.insert(path, content);
        Ok(())
    }

    /// The text of a file; none of one that is no text.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .plan()?;
    /// assert!(output.files.get("rust/order.rs").is_some_and(|text| text.contains("struct Order")));
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is such a file.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .plan()?;
    /// assert!(output.files.contains("rust/order.rs"));
    /// assert!(!output.files.contains("rust/invoice.rs"));
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.archives.contains_key(path)
    }

    /// What a file holds.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .plan()?;
    /// assert!(output.files.content("rust/order.rs").is_some());
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    #[must_use]
    pub fn content(&self, path: &str) -> Option<&[u8]> {
        let archive = || self.archives.get(path).map(Vec::as_slice);
        self.get(path).map(str::as_bytes).or_else(archive)
    }

    /// What all files hold: texts by path, then what is no text.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .plan()?;
    /// let bytes: usize = output.files.contents().map(|(_, content)| content.len()).sum();
    /// assert!(bytes > 0);
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    pub fn contents(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let archives = self.archives.iter();
        let archives = archives.map(|(path, content)| (path.as_str(), content.as_slice()));
        let texts = self.iter();
        texts
            .map(|(path, text)| (path, text.as_bytes()))
            .chain(archives)
    }

    /// The texts, by path.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .plan()?;
    /// assert!(output.files.iter().all(|(path, _)| path.starts_with("rust/")));
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// Speaks to cargo from a build script, which reads its standard output.
pub(crate) fn tell_cargo(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}
