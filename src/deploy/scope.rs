//! Which files of earlier runs go where a run does not write them any more.

use super::metadata::Kind;
use super::{BESIDE, Layout, PROJECT_FILE, Package};
use crate::config::Config;
use crate::target::Target;

/// Where the files of a run are, however they are laid out: what earlier runs have written there and this one does not is
/// to go.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    below: Vec<String>,
    /// Whether packages are a part of it, wherever an earlier configuration had them.
    has_packages: bool,
}

impl Scope {
    /// The scope of a run with this configuration.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let of_targets = config
            .targets
            .iter()
            .map(|target| target.folder().to_owned());
        let mut below: Vec<String> = of_targets.collect();
        let is_whole = [Target::Apex, Target::Flow]
            .iter()
            .all(|target| config.targets.contains(target));
        // One target of the plain layout leaves alone what others have.
        let has_packages = config.layout != Layout::Plain || is_whole;
        if has_packages {
            below.extend([BESIDE.to_owned(), PROJECT_FILE.to_owned()]);
            for package in Package::ALL {
                let folder = package.folder(&config.packages);
                below.push(format!("{folder}/main/default/"));
                below.extend(Kind::folders().map(|kind| format!("{folder}/{kind}/")));
                below.extend([format!("{folder}/package.xml"), format!("{folder}.zip")]);
            }
        }
        Self {
            below,
            has_packages,
        }
    }

    /// Whether a file that this program has written is in the scope. What is in the folder of no target is of a package.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let is_plain = || {
            let mut targets = Target::ALL.iter();
            targets.any(|target| path.starts_with(target.folder()))
        };
        let is_below = |prefix: &String| path.starts_with(prefix);
        self.below.iter().any(is_below) || self.has_packages && !is_plain()
    }
}
