//! The targets: each turns the type model into files, by itself.

pub mod apex;
pub mod flow;
pub mod rust;

use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::DocumentSet;
use crate::ir::TypeGraph;
use crate::naming::{Book, Places};
use crate::output::OutputFiles;

/// A target by its name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Rust serde types, below `rust/`.
    Rust,
    /// Apex-defined types, below `apex/`.
    Apex,
    /// Flow metadata, below `flow/`.
    Flow,
}

impl Target {
    /// Every target, in the order they run.
    pub const ALL: &'static [Self] = &[Self::Rust, Self::Apex, Self::Flow];

    /// The folder of this target below the output folder, with a `/` at the end.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Rust => "rust/",
            Self::Apex => "apex/",
            Self::Flow => "flow/",
        }
    }

    /// The files of this target, by their path below the output folder.
    pub(crate) fn generate(
        self,
        input: &TargetInput<'_>,
        config: &Config,
        book: &mut Book,
        diagnostics: &mut Diagnostics,
        files: &mut OutputFiles,
    ) {
        match self {
            Self::Rust => rust::generate(input, config, &mut book.rust, diagnostics, files),
            Self::Apex => apex::generate(input, config, &mut book.apex, diagnostics, files),
            Self::Flow => flow::generate(input, config, &mut book.flow, diagnostics, files),
        }
    }
}

/// What every target is given.
pub(crate) struct TargetInput<'s> {
    /// The types of all schemas.
    pub types: &'s TypeGraph<'s>,
    /// The documents that they were read from.
    pub documents: &'s DocumentSet,
    /// Where the types stand.
    pub places: &'s Places,
    /// The actions that flows are made for.
    pub actions: &'s [Action],
}
