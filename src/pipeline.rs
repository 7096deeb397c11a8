//! The way through, in order, and nothing else: no file is touched here.

use crate::action::Action;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::dialect;
use crate::document::DocumentSet;
use crate::ir::{self, TypeGraph};
use crate::naming::{Book, Places};
use crate::normalize::{self, NormalizedGraph};
use crate::output::OutputFiles;
use crate::schema::SchemaGraph;
use crate::target::TargetInput;

/// A stage whose result can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Stage {
    /// The schemas without their dialect.
    Schema,
    /// The shapes.
    Normal,
    /// The types.
    Types,
    /// What the types accept.
    Checks,
}

/// From documents to files. There are files only if there is no error. The book has the names of the lock, and gets
/// those that are given.
pub fn generate(
    documents: &DocumentSet,
    actions: &[Action],
    config: &Config,
    book: &mut Book,
    diagnostics: &mut Diagnostics,
) -> OutputFiles {
    let mut files = OutputFiles::default();
    with_types(
        documents,
        config,
        diagnostics,
        |_, _, types, diagnostics| {
            if diagnostics.has_errors() {
                return;
            }
            book.prefix_classes(&config.apex.class_prefix);
            let places = Places::new(types, documents, actions, book);
            let input = TargetInput {
                types,
                documents,
                places: &places,
                actions,
            };
            for target in &config.targets {
                target.generate(&input, config, book, diagnostics, &mut files);
            }
        },
    );
    if diagnostics.has_errors() {
        OutputFiles::default()
    } else {
        files
    }
}

/// The result of one stage as JSON.
///
/// # Errors
/// If the result cannot be written as JSON.
pub fn dump(
    documents: &DocumentSet,
    stage: Stage,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<String, serde_json::Error> {
    with_types(
        documents,
        config,
        diagnostics,
        |schemas, normal, types, _| match stage {
            Stage::Schema => serde_json::to_string_pretty(schemas),
            Stage::Normal => serde_json::to_string_pretty(normal),
            Stage::Types => serde_json::to_string_pretty(types),
            Stage::Checks => serde_json::to_string_pretty(&types.checks),
        },
    )
}

/// Runs the stages that all targets share.
fn with_types<T>(
    documents: &DocumentSet,
    config: &Config,
    diagnostics: &mut Diagnostics,
    use_them: impl FnOnce(&SchemaGraph<'_>, &NormalizedGraph<'_>, &TypeGraph<'_>, &mut Diagnostics) -> T,
) -> T {
    let schemas = dialect::read(documents, config, diagnostics);
    let normal = normalize::normalize(&schemas, config, diagnostics);
    let types = ir::convert(
        &normal,
        ir::check::checks(&schemas),
        config.root_name.as_deref(),
    );
    use_them(&schemas, &normal, &types, diagnostics)
}
