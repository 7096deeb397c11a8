//! The project that files are written to: what there is already, and is not to be there twice.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use super::OutputFiles;
use super::manifest::Manifest;
use super::problem::{self, Problem};
use crate::config::Config;
use crate::deploy::{self, Layout, PROJECT_FILE};
use crate::diagnostic::Diagnostics;

/// Folders of a project that hold nothing to deploy.
const PASSED_OVER: &str = "node_modules";

/// Makes files fit into the project in whose folder they are to be written: adds the project's description where there is
/// none, leaves alone one that is somebody else's, and says which names are taken there.
pub(crate) fn fit(
    folder: &Path,
    files: &mut OutputFiles,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    // A list that cannot be understood is said of when the files are compared.
    let known = Manifest::read(folder).unwrap_or_default();
    let project = match config.layout {
        Layout::Plain => Project::around(folder),
        Layout::Sfdx => describe(folder, files, config, &known, diagnostics),
        Layout::Mdapi => None,
    };
    let (Some(project), Ok(folder)) = (project, absolute(folder)) else {
        return;
    };
    let ours = Ours::new(&folder, files, &known);
    for directory in &project.folders {
        if let Err(problem) = ours.compare(&project.root, directory, diagnostics) {
            diagnostics.push(*problem);
        }
    }
}

/// The project that a folder is, as it will be.
fn describe(
    folder: &Path,
    files: &mut OutputFiles,
    config: &Config,
    known: &Manifest,
    diagnostics: &mut Diagnostics,
) -> Option<Project> {
    let path = folder.join(PROJECT_FILE);
    let packages = deploy::package_folders(files, config);
    let found = fs::read(&path).ok();
    let root = absolute(folder).ok()?;
    match found {
        // Once somebody has edited it, it is theirs.
        Some(text) if !known.wrote(PROJECT_FILE, &text) => {
            let text = String::from_utf8_lossy(&text);
            let Some(folders) = deploy::project_folders(&text) else {
                diagnostics.push(*problem::unknown_project(&path, &text));
                return None;
            };
            let missing = packages
                .iter()
                .filter(|package| !folders.iter().any(|folder| is_at_or_above(folder, package)));
            let missing: Vec<&str> = missing.copied().collect();
            if !missing.is_empty() {
                diagnostics.push(*problem::no_package(&path, &missing));
            }
            Some(Project { root, folders })
        }
        _ => {
            let folders = packages.iter().map(|&folder| folder.to_owned()).collect();
            // Nothing else is called that.
            let _ = files.insert(PROJECT_FILE, deploy::project_text(&packages, config));
            Some(Project { root, folders })
        }
    }
}

fn is_at_or_above(folder: &str, other: &str) -> bool {
    folder.is_empty() || folder == "." || Path::new(other).starts_with(folder)
}

/// A Salesforce DX project.
struct Project {
    root: PathBuf,
    /// Its package directories.
    folders: Vec<String>,
}

impl Project {
    /// The project that has the folder in one of its packages.
    fn around(folder: &Path) -> Option<Self> {
        let folder = absolute(folder).ok()?;
        let root = folder
            .ancestors()
            .find(|above| above.join(PROJECT_FILE).is_file())?;
        let text = fs::read_to_string(root.join(PROJECT_FILE)).ok()?;
        let folders = deploy::project_folders(&text)?;
        let is_package = |package: &String| folder.starts_with(root.join(package));
        folders.iter().any(is_package).then(|| Self {
            root: root.to_owned(),
            folders,
        })
    }
}

/// What a run is about to write.
struct Ours<'o> {
    folder: &'o Path,
    files: &'o OutputFiles,
    known: &'o Manifest,
    /// The components by kind and name, without regard to case, as an org tells them apart.
    components: HashMap<(&'static str, String), &'o str>,
}

impl<'o> Ours<'o> {
    fn new(folder: &'o Path, files: &'o OutputFiles, known: &'o Manifest) -> Self {
        let components = files.iter().filter_map(|(path, _)| {
            let (kind, name) = deploy::component_of(path)?;
            Some(((kind, name.to_lowercase()), name))
        });
        Self {
            folder,
            files,
            known,
            components: components.collect(),
        }
    }

    /// Says which of the components are in a package directory already, elsewhere than this run writes them.
    fn compare(
        &self,
        root: &Path,
        directory: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Problem> {
        let mut said = None;
        let mut left = vec![root.join(directory)];
        while let Some(folder) = left.pop() {
            let failed = |error: io::Error| problem::unreadable(&folder, &error);
            if !folder.is_dir() {
                continue;
            }
            let mut found: Vec<PathBuf> = Vec::new();
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let name = entry.file_name();
                let name = name.to_string_lossy();
                if name.starts_with('.') || name == PASSED_OVER {
                    continue;
                }
                // A link is not followed, so that there is an end.
                match entry.file_type().map_err(failed)? {
                    kind if kind.is_dir() => left.push(entry.path()),
                    kind if kind.is_file() => found.push(entry.path()),
                    _ => {}
                }
            }
            found.sort_unstable();
            for path in found {
                let shown = shown(root, &path);
                let Some((kind, name)) = deploy::component_of(&shown) else {
                    continue;
                };
                let Some(ours) = self.components.get(&(kind, name.to_lowercase())) else {
                    continue;
                };
                // A bundle has several files, and is said of once.
                let component = Some((kind, name.to_lowercase()));
                if !self.is_ours(&path) && said != component {
                    diagnostics.push(*problem::name_taken(&shown, kind, ours));
                    said = component;
                }
            }
        }
        Ok(())
    }

    /// Whether this run writes a file, or removes it.
    fn is_ours(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(self.folder) else {
            return false;
        };
        let below = below.to_string_lossy().replace('\\', "/");
        let goes = || fs::read(path).is_ok_and(|text| self.known.wrote(&below, &text));
        self.files.contains(&below) || goes()
    }
}

fn shown(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::is_at_or_above;

    #[test]
    fn a_package_holds_what_is_below_it() {
        for (folder, other, holds) in [
            ("force-app", "force-app", true),
            ("force-app", "force-app/types", true),
            ("force-app", "force-app-2", false),
            (".", "types", true),
            ("types/main", "types", false),
        ] {
            assert_eq!(is_at_or_above(folder, other), holds, "{folder} {other}");
        }
    }
}
