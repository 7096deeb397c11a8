//! Packages that tests make of generated code, below `target/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a package, or of a workspace of packages.
pub struct Package {
    pub folder: PathBuf,
    pub sources: BTreeMap<PathBuf, String>,
}

impl Package {
    pub fn new(name: &str) -> Self {
        Self {
            folder: super::root().join("target/tests/crates").join(name),
            sources: BTreeMap::new(),
        }
    }

    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.sources.insert(path.into(), text.into());
    }

    /// Adds the types that are generated for a case, below `src/cases`; gives the name of their module.
    pub fn add_files(&mut self, folder: &Path, output: &flowtypes::output::OutputFiles) {
        for (path, text) in output.iter() {
            let path = path.strip_prefix("rust/").unwrap();
            self.add(folder.join(path), text);
        }
    }

    /// Adds the lock file of this repository, so that the same versions are built.
    pub fn add_lock(&mut self) {
        let lock = fs::read_to_string(super::root().join("Cargo.lock")).unwrap();
        self.add("Cargo.lock", lock);
    }

    /// Writes what has changed, so that cargo builds no more than that, and removes what is left of earlier runs.
    pub fn write(&self) {
        remove_others(&self.folder.join("src"), &|path| {
            let path = path.strip_prefix(&self.folder).unwrap();
            self.sources.contains_key(path)
        });
        for (path, text) in &self.sources {
            let path = self.folder.join(path);
            let is_lock = path.ends_with("Cargo.lock");
            if fs::read_to_string(&path).is_ok_and(|old| is_lock || old == *text) {
                continue;
            }
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

fn remove_others(folder: &Path, wanted: &dyn Fn(&Path) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            remove_others(&path, wanted);
        } else if !wanted(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}
