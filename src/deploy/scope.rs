//! Which files of earlier runs go where a run does not write them any more.

use super::metadata::Kind;
use super::{BESIDE, Layout, PROJECT_FILE, Package, Packages, component_file, is_below};
use crate::config::Config;
use crate::target::Target;

/// Where the files of a run are, however they are laid out: what earlier runs have written there and this one does not is
/// to go.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    below: Vec<String>,
    /// Whether packages are a part of it, wherever an earlier configuration had them.
    has_packages: bool,
    layout: Layout,
    packages: Packages,
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
            layout: config.layout,
            packages: config.packages.clone(),
        }
    }

    /// How the files of the run are laid out.
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// Whether the output needs a file that it does not hold, because somebody else cares for it: the description of a project.
    pub(crate) fn needs(&self, path: &str) -> bool {
        self.layout == Layout::Sfdx && path == PROJECT_FILE
    }

    /// The layout of a file that an earlier run has written, if it is another one than that of this run; none where that cannot
    /// be told.
    pub(crate) fn former_layout(&self, path: &str) -> Option<Layout> {
        let is_ours = |package: &Package| is_below(path, package.folder(&self.packages));
        let of_targets = || Target::ALL.iter().map(|target| target.folder());
        let layout = if path.contains("/main/default/") {
            Layout::Sfdx
        } else if self.layout == Layout::Mdapi && Package::ALL.iter().any(is_ours) {
            // A package may have the name of a target.
            Layout::Mdapi
        } else if of_targets().any(|folder| path.starts_with(folder)) {
            // Pictures are there in every layout.
            component_file(path).map(|_| Layout::Plain)?
        } else if is_in_metadata_format(path) {
            Layout::Mdapi
        } else {
            return None;
        };
        (layout != self.layout).then_some(layout)
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

/// Whether a file is of a package in metadata format, wherever an earlier configuration had it.
fn is_in_metadata_format(path: &str) -> bool {
    if path.starts_with(BESIDE) {
        return false;
    }
    let has_folder = |kind: &str| path.contains(&format!("/{kind}/"));
    path.ends_with("/package.xml") || path.ends_with(".zip") || Kind::folders().any(has_folder)
}

#[cfg(test)]
mod tests {
    use super::Scope;
    use crate::config::Config;
    use crate::deploy::Layout;

    #[test]
    fn a_file_tells_its_layout() {
        use Layout::{Mdapi, Plain, Sfdx};
        let files = [
            ("apex/classes/X.cls", Some(Plain)),
            ("flow/lightningTypes/x/schema.json", Some(Plain)),
            ("flow/pictures/X.svg", None),
            ("types/main/default/classes/X.cls", Some(Sfdx)),
            (
                "force-app/made/main/default/flows/X.flow-meta.xml",
                Some(Sfdx),
            ),
            ("types/classes/X.cls", Some(Mdapi)),
            ("old/package.xml", Some(Mdapi)),
            ("types.zip", Some(Mdapi)),
            ("sfdx-project.json", None),
            ("flowtypes-deploy/remove-types/package.xml", None),
        ];
        for layout in [Plain, Sfdx, Mdapi] {
            let config = Config {
                layout,
                ..Config::default()
            };
            let scope = Scope::of(&config);
            for (path, of) in files {
                let former = of.filter(|of| *of != layout);
                assert_eq!(scope.former_layout(path), former, "{path} {layout:?}");
            }
        }
        let mut config = Config {
            layout: Mdapi,
            ..Config::default()
        };
        config.packages.types = "apex".to_owned();
        assert_eq!(Scope::of(&config).former_layout("apex/classes/X.cls"), None);
    }
}
