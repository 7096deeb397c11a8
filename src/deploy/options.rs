//! What can be said about the layout of the output.

use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::BESIDE;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::target::Target;

/// How the files are laid out in the output folder.
///
/// ```
/// use flowtypes::{Generator, config::Layout};
///
/// // Into a Salesforce DX project that is there already.
/// let generator = Generator::new()
///     .schema("schemas")
///     .out_dir("salesforce")
///     .configure(|config| config.layout = Layout::Sfdx);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Layout {
    /// A folder for each target.
    #[default]
    Plain,
    /// A Salesforce DX project, or a part of one that is there: source format, in two package directories.
    Sfdx,
    /// Two folders in metadata format, each with its `package.xml`.
    Mdapi,
}

/// The folders of the two packages below the output folder. What deploys in any org is apart from what needs something
/// of one org, so that one does not keep the other from being deployed.
///
/// ```
/// use flowtypes::{Generator, config::Layout};
///
/// let generator = Generator::new().schema("schemas").configure(|config| {
///     config.layout = Layout::Sfdx;
///     config.packages.types = "force-app/types".to_owned();
///     config.packages.agent = "force-app/agent".to_owned();
/// });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Packages {
    /// What deploys in any org: classes, and flows that use nothing else.
    pub types: String,
    /// What needs Agentforce, an external service or other things that an org has to have: flows that call them.
    pub agent: String,
}

impl Default for Packages {
    fn default() -> Self {
        Self {
            types: "types".to_owned(),
            agent: "agent".to_owned(),
        }
    }
}

impl Packages {
    /// Whether these are the usual ones.
    pub(crate) fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl Layout {
    /// Whether this is the usual one.
    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The word on the command line.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Sfdx => "sfdx",
            Self::Mdapi => "mdapi",
        }
    }
}

/// Says what cannot be meant, and leaves out of the targets what a Salesforce project has no place for.
pub(crate) fn prepare(config: &mut Config, diagnostics: &mut Diagnostics) {
    let mut refuse = |option: &str, message: String, help: &str| {
        let problem = Diagnostic::new(Code::Config, message).help(help);
        diagnostics.push(problem.at_option(option, &[]));
    };
    if config.zip && config.layout != Layout::Mdapi {
        let message = format!(
            "`zip` does not go with the layout `{}`",
            config.layout.as_str()
        );
        refuse(
            "zip",
            message,
            "choose the layout `mdapi`, or leave `zip` out",
        );
    }
    if config.zip && !cfg!(feature = "archive") {
        let message = "this build of flowtypes makes no zip files".to_owned();
        refuse("zip", message, "turn on its feature `archive`");
    }
    if config.layout == Layout::Plain {
        return;
    }
    config.targets.retain(|target| *target != Target::Rust);
    if config.targets.is_empty() {
        let message = format!(
            "the layout `{}` holds Apex and flows, and none are asked for",
            config.layout.as_str()
        );
        refuse(
            "layout",
            message,
            "add the target `apex` or `flow`, or choose the layout `plain`",
        );
    }
    let Packages { types, agent } = &config.packages;
    for (key, folder) in [("types", types), ("agent", agent)] {
        if !is_folder(folder) {
            let message = format!("`packages.{key}` names no folder below the output: {folder:?}");
            refuse(
                &format!("packages.{key}"),
                message,
                "write a relative path with `/` and without `..`, as in `force-app/types`; no part of it starts with `.` or `-`",
            );
        }
        let beside = BESIDE.trim_end_matches('/');
        if holds(folder, beside) || holds(beside, folder) {
            let message = format!("`packages.{key}` is the folder of the guide: {folder:?}");
            refuse(
                &format!("packages.{key}"),
                message,
                "give the package another folder",
            );
        }
    }
    if holds(types, agent) || holds(agent, types) {
        let message =
            format!("`packages` has one folder inside of the other: {types:?}, {agent:?}");
        refuse("packages", message, "give each a folder of its own");
    }
}

/// Whether a text is the path of a folder below another one, as it can stand in every file that names it.
fn is_folder(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    let mut parts = Path::new(text).components();
    !text.is_empty()
        && text.bytes().all(is_plain)
        && !text.ends_with('/')
        && !text.contains("//")
        && parts.all(|part| matches!(part, Component::Normal(_)))
        // What starts with `-` would be an option in the commands of the guide.
        && !text.split('/').any(|part| part.starts_with(['.', '-']))
}

/// Whether a folder is another one or above it, letter case aside.
pub(super) fn holds(folder: &str, other: &str) -> bool {
    let (folder, other) = (folder.to_lowercase(), other.to_lowercase());
    match other.strip_prefix(&folder) {
        Some(rest) => rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, Packages, prepare};
    use crate::config::Config;
    use crate::diagnostic::Diagnostics;
    use crate::target::Target;

    fn errors(config: Config) -> (usize, Vec<Target>) {
        let (mut config, mut diagnostics) = (config, Diagnostics::default());
        prepare(&mut config, &mut diagnostics);
        (diagnostics.iter().count(), config.targets)
    }

    #[test]
    fn a_project_has_apex_and_flows() {
        let config = Config {
            layout: Layout::Sfdx,
            ..Config::default()
        };
        assert_eq!(
            errors(config.clone()),
            (0, vec![Target::Apex, Target::Flow])
        );
        let rust = Config {
            targets: vec![Target::Rust],
            ..config
        };
        assert_eq!(errors(rust).0, 1);
        assert_eq!(errors(Config::default()), (0, Target::ALL.to_vec()));
    }

    #[test]
    fn what_cannot_be_a_folder_of_a_package_is_refused() {
        for (types, agent, count) in [
            ("force-app/types", "force-app/agent", 0),
            ("../types", "agent", 1),
            ("/types", "agent", 1),
            ("a b", "", 2),
            ("types", "Types/agent", 1),
            ("types", "types", 1),
            (".types", "agent", 1),
            ("ty\"pes", "agent", 1),
            ("-rf", "agent", 1),
            ("types", "force-app/-x", 1),
            ("flowtypes-deploy", "agent", 1),
            ("types", "Flowtypes-Deploy/agent", 1),
        ] {
            let config = Config {
                layout: Layout::Mdapi,
                packages: Packages {
                    types: types.to_owned(),
                    agent: agent.to_owned(),
                },
                ..Config::default()
            };
            assert_eq!(errors(config).0, count, "{types} {agent}");
        }
    }

    #[test]
    fn zip_files_are_in_metadata_format() {
        let config = Config {
            zip: true,
            ..Config::default()
        };
        assert!(errors(config).0 > 0);
    }
}
