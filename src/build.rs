//! Types from a build script.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::document::{self, DocumentSet};
use crate::error::Error;
use crate::generator::Generator;
use crate::output::{self, Kept};
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
/// A second call in the same build script would write the same file again: see [`Generator::build_script`].
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
    /// folder, or the configuration has changed; shows every diagnostic as a warning of cargo's, and names a crate that the
    /// types need and `Cargo.toml` does not have. The file that keeps names is read and never written; a warning says where it
    /// lacks names.
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
    /// The last of several calls in one build script keeps the file, unless each has a folder of its own:
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), flowtypes::Error> {
    ///     let out = std::env::var_os("OUT_DIR").ok_or(flowtypes::Error::NoOutDir)?;
    ///     let out = std::path::PathBuf::from(out);
    ///     for name in ["order", "invoice"] {
    ///         // include!(concat!(env!("OUT_DIR"), "/order/flowtypes.rs"));
    ///         flowtypes::Generator::new()
    ///             .schema(format!("schemas/{name}.json"))
    ///             .out_dir(out.join(name))
    ///             .build_script()?;
    ///     }
    ///     Ok(())
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
        let (output, kept) = this.single_file_alone(&path)?;
        let mut words = this.words_to_cargo(&output.documents, &output.report);
        if let Ok(manifest) = document::read(Path::new(MANIFEST)) {
            words.extend(missing_crates(&output.files.facts().crates, &manifest));
        }
        words.extend(kept.as_ref().and_then(unkept));
        output::tell_cargo(&words);
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

/// Where a build script finds the manifest of its package.
const MANIFEST: &str = "Cargo.toml";

/// The crates that generated code asks for by itself, and the versions that it is tested with.
const VERSIONS: [(&str, &str); 4] = [
    ("regress", "0.12"),
    ("schemars", "1"),
    ("serde", "1"),
    ("serde_json", "1"),
];

/// Warns of crates that the manifest does not name in any way: what the compiler says of them is hard to read.
fn missing_crates(crates: &BTreeSet<String>, manifest: &str) -> Vec<String> {
    // A crate with an underscore may have a hyphen in the manifest.
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let named: BTreeSet<String> = manifest
        .split(|c: char| !is_part(c))
        .map(|word| word.replace('-', "_"))
        .collect();
    let mut words: Vec<String> = crates
        .iter()
        .filter(|name| !named.contains(name.as_str()))
        .map(|name| {
            let known = VERSIONS.iter().find(|(known, _)| known == name);
            let line = known.map_or_else(
                || "it".to_owned(),
                |(_, version)| format!("`{name} = \"{version}\"`"),
            );
            let text = format!(
                "the generated types need the crate `{name}`: add {line} to [dependencies] in {MANIFEST}"
            );
            word("warning", &text)
        })
        .collect();
    if !words.is_empty() {
        // Else cargo repeats the warning when it holds no more.
        words.push(word("rerun-if-changed", MANIFEST));
    }
    words
}

/// Warns of a file that keeps names and lacks some: a build script does not write it, and without it they may change.
fn unkept(kept: &Kept) -> Option<String> {
    kept.old.as_ref()?;
    let text = format!(
        "{} does not keep all names: renew it with `flowtypes generate --single-file target/flowtypes.rs`",
        document::shown_path(&kept.path)
    );
    Some(word("warning", &text))
}

/// One line to cargo; nothing in a text can become a line of its own.
fn word(key: &str, text: &str) -> String {
    format!("cargo::{key}={}", text.replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::{missing_crates, unkept, word};
    use crate::output::Kept;

    #[test]
    fn a_file_that_keeps_names_is_outdated_only_if_it_is_there() {
        let mut kept = Kept {
            path: "names.json".into(),
            old: None,
            new: "{}".to_owned(),
        };
        assert_eq!(unkept(&kept), None);
        kept.old = Some(String::new());
        let said = unkept(&kept).unwrap_or_default();
        assert!(
            said.starts_with("cargo::warning=names.json does not keep all names"),
            "{said}"
        );
    }

    #[test]
    fn a_crate_is_missing_where_the_manifest_names_it_nowhere() {
        let crates = ["my_uuid", "regress", "serde", "serde_json"].map(str::to_owned);
        let manifest = "[dependencies]\nserde.workspace = true\nserde-json = \"1\"\n";
        assert_eq!(
            missing_crates(&crates.into(), manifest),
            [
                "cargo::warning=the generated types need the crate `my_uuid`: add it to [dependencies] in Cargo.toml",
                "cargo::warning=the generated types need the crate `regress`: add `regress = \"0.12\"` to [dependencies] in Cargo.toml",
                "cargo::rerun-if-changed=Cargo.toml",
            ]
        );
        let crates = ["serde_json"].map(str::to_owned);
        assert!(missing_crates(&crates.into(), manifest).is_empty());
    }

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(
            word("warning", "a\ncargo::rustc-cfg=evil\r\nb"),
            "cargo::warning=a cargo::rustc-cfg=evil  b"
        );
    }
}
