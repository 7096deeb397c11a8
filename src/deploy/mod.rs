//! From generated files to what can be deployed: a Salesforce DX project, or folders in metadata format, in two packages.
//!
//! `types` deploys in any org. `agent` needs something that an org has to have, so that it may fail where `types` does not.

#[cfg(feature = "archive")]
mod archive;
mod facts;
mod guide;
mod manifest;
mod metadata;
mod options;
mod project;
mod scope;

use std::collections::{BTreeMap, BTreeSet};

pub use self::options::{Layout, Packages};
pub use self::scope::Scope;
pub(crate) use self::{
    facts::{Facts, FlowFacts},
    options::prepare,
    project::{FILE_NAME as PROJECT_FILE, folders as project_folders, text as project_text},
};

use self::metadata::Kind;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::output::OutputFiles;

/// What stands beside the packages: how to deploy them, and how to take them back.
const BESIDE: &str = "flowtypes-deploy/";

/// One of the two packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Package {
    /// What deploys in any org.
    Types,
    /// What needs something that an org has to have.
    Agent,
}

impl Package {
    /// Both, in the order in which they are deployed.
    pub const ALL: [Self; 2] = [Self::Types, Self::Agent];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Agent => "agent",
        }
    }

    /// The folder that removes from an org what the package has brought.
    fn removal_folder(self) -> String {
        format!("{BESIDE}remove-{}", self.as_str())
    }

    /// Its folder below the output folder.
    pub fn folder(self, packages: &Packages) -> &str {
        match self {
            Self::Types => &packages.types,
            Self::Agent => &packages.agent,
        }
    }
}

/// The components of one package by kind, each with its name.
type Components = BTreeMap<&'static str, BTreeSet<String>>;

/// One package while it is filled.
#[derive(Debug, Default)]
struct Part {
    components: Components,
    /// The files below the package's folder.
    files: Vec<(String, String)>,
}

/// Lays out generated files as the configuration asks for it.
pub(crate) fn arrange(
    files: OutputFiles,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> OutputFiles {
    if config.layout == Layout::Plain {
        return files;
    }
    let (files, facts) = files.into_parts();
    let agent_flows = facts.agent_flows();
    let mut parts: BTreeMap<Package, Part> = BTreeMap::new();
    let mut arranged = Arranged {
        files: OutputFiles::default(),
        diagnostics,
    };
    for (path, text) in files {
        let Some((kind, file)) = component_file(&path) else {
            // What is no metadata, such as a picture, stands beside the packages.
            arranged.insert(path, text);
            continue;
        };
        let Some(component) = kind.component(file) else {
            arranged.insert(path, text);
            continue;
        };
        let package = match facts.package(&path) {
            Some(package) => package,
            None if kind.name == "Flow" && agent_flows.contains(component) => Package::Agent,
            None => kind.package,
        };
        let part = parts.entry(package).or_default();
        let names = part.components.entry(kind.name).or_default();
        names.insert(component.to_owned());
        let place = match config.layout {
            Layout::Plain | Layout::Sfdx => format!("main/default/{}/{file}", kind.folder),
            Layout::Mdapi => format!("{}/{}", kind.folder, kind.in_metadata_format(file)),
        };
        part.files.push((place, text));
    }
    let guide = guide::Subject {
        config,
        facts: &facts,
        parts: &parts,
    };
    let beside = [
        ("README.md", guide.text()),
        ("tests.txt", Some(guide.tests())),
    ];
    for (name, text) in beside {
        match text {
            Some(text) if !text.is_empty() => arranged.insert(format!("{BESIDE}{name}"), text),
            Some(_) => {}
            None => arranged.failed(&format!("{BESIDE}{name}")),
        }
    }
    for (package, part) in parts {
        let folder = package.folder(&config.packages);
        let back = manifest::removal(&part.components, config);
        arranged.folder(&package.removal_folder(), back, config);
        let mut files = part.files;
        if config.layout == Layout::Mdapi {
            files.push(manifest::package(&part.components, config));
        }
        arranged.folder(folder, files, config);
    }
    arranged.files
}

/// The files of a run as they are laid out.
struct Arranged<'d> {
    files: OutputFiles,
    diagnostics: &'d mut Diagnostics,
}

impl Arranged<'_> {
    fn insert(&mut self, path: String, text: String) {
        if let Err(path) = self.files.insert(path, text) {
            self.failed(&path);
        }
    }

    /// Adds a folder, or a zip file of it.
    fn folder(&mut self, folder: &str, files: Vec<(String, String)>, config: &Config) {
        if config.zip {
            self.archive(folder, files);
        } else {
            for (file, text) in files {
                self.insert(format!("{folder}/{file}"), text);
            }
        }
    }

    #[cfg(feature = "archive")]
    fn archive(&mut self, folder: &str, files: Vec<(String, String)>) {
        let path = format!("{folder}.zip");
        let inserted = match archive::zip(files) {
            Ok(bytes) => self.files.insert_archive(path, bytes),
            Err(_) => Err(path),
        };
        if let Err(path) = inserted {
            self.failed(&path);
        }
    }

    #[cfg(not(feature = "archive"))]
    fn archive(&mut self, folder: &str, _files: Vec<(String, String)>) {
        self.failed(&format!("{folder}.zip"));
    }

    fn failed(&mut self, path: &str) {
        let message = format!("`{path}` cannot be generated, because there is a file of this name");
        let help = "give one of the two another name, with `apex.names` or `flow.names`";
        self.diagnostics
            .push(Diagnostic::new(Code::Unwritable, message).help(help));
    }
}

/// The kind of metadata that a generated file belongs to, and its path in the folder of that kind.
fn component_file(path: &str) -> Option<(&'static Kind, &str)> {
    let (_, path) = path.split_once('/')?;
    let (folder, file) = path.split_once('/')?;
    Some((Kind::of_folder(folder)?, file))
}

/// The kind of metadata and the component that a file of a project belongs to, wherever it is: both are told by the
/// folder and the name.
pub(crate) fn component_of(path: &str) -> Option<(&'static str, &str)> {
    let (above, file) = path.rsplit_once('/')?;
    let by_name = match file {
        _ if file.ends_with(".cls") => Kind::of_folder("classes"),
        _ if file.ends_with(".flow-meta.xml") => Kind::of_folder("flows"),
        _ if file.ends_with(".permissionset-meta.xml") => Kind::of_folder("permissionsets"),
        _ => None,
    };
    if let Some(kind) = by_name {
        return Some((kind.name, kind.component(file)?));
    }
    let (above, bundle) = above.rsplit_once('/')?;
    let folder = above.rsplit('/').next()?;
    let kind = Kind::of_folder(folder)?;
    (kind.component(&format!("{bundle}/{file}")).is_some()).then_some((kind.name, bundle))
}

/// What the path of each file of a component begins with, so that those of one go or stay together: `X` of `X.cls` and
/// `X.cls-meta.xml`, the folder of a bundle. Of a file that is no part of a component it is the whole path.
pub(crate) fn whole(path: &str) -> &str {
    let mut start = 0;
    for part in path.split('/') {
        let inside = start + part.len() + 1;
        if let Some(kind) = Kind::of_folder(part)
            && let Some(component) = path.get(inside..).and_then(|file| kind.component(file))
        {
            return &path[..inside + component.len()];
        }
        start = inside;
    }
    path
}

/// The packages that a run has files for, by their folders.
pub(crate) fn package_folders<'c>(files: &OutputFiles, config: &'c Config) -> Vec<&'c str> {
    let folders = Package::ALL.map(|package| package.folder(&config.packages));
    let has_files = |folder: &&str| files.iter().any(|(path, _)| is_below(path, folder));
    folders.into_iter().filter(has_files).collect()
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn the_files_of_a_component_belong_together() {
        for (path, start) in [
            ("apex/classes/X.cls", "apex/classes/X"),
            ("apex/classes/X.cls-meta.xml", "apex/classes/X"),
            ("apex/classes/XTest.cls", "apex/classes/XTest"),
            (
                "a/main/default/flows/F.flow-meta.xml",
                "a/main/default/flows/F",
            ),
            ("t/lightningTypes/b/schema.json", "t/lightningTypes/b"),
            ("t/genAiFunctions/f/input/schema.json", "t/genAiFunctions/f"),
            ("rust/order.rs", "rust/order.rs"),
            ("classes", "classes"),
        ] {
            assert_eq!(whole(path), start);
        }
    }
}
