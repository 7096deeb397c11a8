//! The targets: each turns the type model into files, by itself.

pub mod agentforce;
pub mod apex;
pub mod chosen;
pub mod flow;
pub mod rust;
pub(crate) mod signature;

use serde::{Deserialize, Serialize};

use crate::action::{Action, Lifecycle};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::DocumentSet;
use crate::ir::TypeGraph;
use crate::naming::{Book, Places};
use crate::output::OutputFiles;
use crate::progress::{Listener, Step};

/// A target by its name on the command line.
///
/// ```
/// use flowtypes::{Generator, Target};
///
/// // Classes and flows, and no Rust.
/// let generator = Generator::new()
///     .schema("schemas")
///     .target(Target::Apex)
///     .target(Target::Flow);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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
    ///
    /// ```
    /// use flowtypes::Target;
    ///
    /// assert!(Target::ALL.contains(&Target::Rust));
    /// ```
    pub const ALL: &'static [Self] = &[Self::Rust, Self::Apex, Self::Flow];

    /// The folder of this target below the output folder, with a `/` at the end.
    ///
    /// ```
    /// assert_eq!(flowtypes::Target::Apex.folder(), "apex/");
    /// ```
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Rust => "rust/",
            Self::Apex => "apex/",
            Self::Flow => "flow/",
        }
    }

    /// The targets among the configured ones that refuse values which do not keep the rules of their schema.
    pub(crate) fn enforcers(config: &Config) -> Vec<Self> {
        let enforces = |target: &&Self| match target {
            Self::Rust => true,
            Self::Apex => config.apex.codec,
            Self::Flow => false,
        };
        config.targets.iter().filter(enforces).copied().collect()
    }

    /// The part of a run in which its files are made.
    fn step(self) -> Step {
        match self {
            Self::Rust => Step::Rust,
            Self::Apex => Step::Apex,
            Self::Flow => Step::Flow,
        }
    }

    /// The files of all these targets, by their path below the output folder.
    pub(crate) fn generate_all(
        targets: &[Self],
        input: &TargetInput<'_>,
        config: &Config,
        book: &mut Book,
        diagnostics: &mut Diagnostics,
        files: &mut OutputFiles,
        progress: &Listener,
    ) {
        progress.begin(Step::Names);
        // Flows speak of classes, so that all names of these are known before any target is made.
        let of_apex = match targets {
            _ if targets.contains(&Self::Apex) => {
                config.apex.check(diagnostics);
                Some(apex::resolve(input, config, &mut book.apex, diagnostics))
            }
            _ if targets.contains(&Self::Flow) => {
                // Who makes no classes gives them no names, and has been told of them.
                let mut known = book.apex.clone();
                let mut unsaid = Diagnostics::default();
                Some(apex::resolve(input, config, &mut known, &mut unsaid))
            }
            _ => None,
        };
        let mut classes = None;
        let mut made = Vec::new();
        for target in targets {
            progress.begin(target.step());
            match (target, &of_apex) {
                (Self::Rust, _) => {
                    rust::generate(input, config, &mut book.rust, diagnostics, files);
                }
                (Self::Apex, Some(apex)) => {
                    classes = Some(apex::generate(input, apex, config, diagnostics, files));
                    made.extend(apex::signatures(input, apex, config));
                }
                (Self::Flow, Some(apex)) => {
                    let ledger = &mut book.flow;
                    let names = (&apex.types, &apex.names);
                    let flows = flow::generate(input, config, names, ledger, diagnostics, files);
                    made.extend(flows);
                }
                (Self::Apex | Self::Flow, None) => {}
            }
        }
        if let Some(apex) = &of_apex {
            let wanted = (targets, config);
            agentforce::generate(input, apex, &made, wanted, diagnostics, files);
        }
        // A permission set grants flows as well, so that it comes after them.
        if let Some(classes) = classes {
            apex::grant(input, &classes, config, diagnostics, files);
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
    /// The actions that belong together, for flows that hold them together.
    pub lifecycles: &'s [Lifecycle],
    /// The services whose operations flows are made for.
    pub services: &'s ServiceInput<'s>,
}

/// What the descriptions of services say.
#[derive(Default)]
pub(crate) struct ServiceInput<'s> {
    /// The types of their schemas.
    pub types: Option<&'s TypeGraph<'s>>,
    /// Their operations.
    pub actions: &'s [Action],
}
