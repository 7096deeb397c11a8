//! Types from a build script.

use std::path::PathBuf;

use crate::document::DocumentSet;
use crate::error::Error;
use crate::generator::Generator;
use crate::output;
use crate::report::Report;
use crate::target::Target;

/// Writes the Rust types of some schemas, files or folders, to `$OUT_DIR/flowtypes.rs`: all that a `build.rs` usually needs.
/// [`Generator::build_script`] is the same with options.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), flowtypes::Error> {
///     flowtypes::build(["schemas/order.json"])
/// }
/// ```
///
/// In the package's own code:
///
/// ```text
/// mod types {
///     include!(concat!(env!("OUT_DIR"), "/flowtypes.rs"));
/// }
/// ```
///
/// # Errors
/// [`Error::NoOutDir`] outside a build script, [`Error::Input`] with every error that was found. Return it from `main`: cargo
/// then shows it with file, line and column.
pub fn build(schemas: impl IntoIterator<Item = impl Into<PathBuf>>) -> Result<(), Error> {
    schemas
        .into_iter()
        .fold(Generator::new(), Generator::schema)
        .build_script()
}

impl Generator {
    /// Writes Rust types for a build script: one file `flowtypes.rs` in `OUT_DIR`, for `include!`, and only if it has
    /// changed. Tells cargo to run the script again when a document that was read has changed, a schema was added to a
    /// folder, or the configuration has changed; shows every diagnostic as a warning of cargo's.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), flowtypes::Error> {
    ///     flowtypes::Generator::new()
    ///         .schema("schemas/order.json")
    ///         .root_name("Purchase")
    ///         .build_script()
    /// }
    /// ```
    ///
    /// # Errors
    /// [`Error::NoOutDir`] outside a build script, [`Error::Input`] with every error that was found.
    pub fn build_script(self) -> Result<(), Error> {
        let mut this = self.target(Target::Rust);
        let folder = this
            .take_out_dir()
            .or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        let path = folder.ok_or(Error::NoOutDir)?.join("flowtypes.rs");
        let output = this.single_file_alone(&path)?;
        output::tell_cargo(&this.words_to_cargo(&output.documents, &output.report));
        Ok(())
    }

    fn words_to_cargo(&self, documents: &DocumentSet, report: &Report) -> Vec<String> {
        let mut lines = Vec::new();
        for path in self.watched(documents) {
            // A file that is not there would make cargo run the script every time.
            if path.exists() {
                lines.push(word("rerun-if-changed", &path.display().to_string()));
            }
        }
        for message in &report.messages {
            lines.push(word("warning", &message.to_string()));
        }
        lines
    }
}

/// One line to cargo; nothing in a text can become a line of its own.
fn word(key: &str, text: &str) -> String {
    format!("cargo::{key}={}", text.replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(
            word("warning", "a\ncargo::rustc-cfg=evil\r\nb"),
            "cargo::warning=a cargo::rustc-cfg=evil  b"
        );
    }
}
