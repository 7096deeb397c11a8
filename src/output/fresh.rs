//! Folders that are not there yet: each is made whole in the staging folder and moved to its place at once, which takes one
//! step however many files it holds.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::problem::{self, Problem};
use crate::hash::HashMap;

/// The folders below an output folder that a run makes.
pub(super) struct Fresh<'r> {
    folder: &'r Path,
    /// Where they are made, each at the same path as below the output folder.
    staging: PathBuf,
    /// The topmost ones, which are moved: everything below goes with them.
    tops: Vec<PathBuf>,
    /// For the folder of each file so far: whether it is one of them, or below one.
    seen: HashMap<PathBuf, bool>,
}

impl<'r> Fresh<'r> {
    pub(super) fn new(folder: &'r Path, staging: PathBuf) -> Self {
        Self {
            folder,
            staging,
            tops: Vec::new(),
            seen: HashMap::default(),
        }
    }

    /// Where a file is to be written that goes to a folder that is not there yet; none if its folder is there.
    pub(super) fn place(&mut self, path: &Path) -> Result<Option<PathBuf>, Problem> {
        let Some(parent) = path.parent() else {
            return Ok(None);
        };
        let is_fresh = match self.seen.get(parent) {
            Some(is_fresh) => *is_fresh,
            None => {
                let is_fresh = self.make(parent)?;
                self.seen.insert(parent.to_owned(), is_fresh);
                is_fresh
            }
        };
        Ok(is_fresh.then(|| self.staging.join(path)))
    }

    /// Makes a folder in the staging folder, if it is not there yet.
    fn make(&mut self, parent: &Path) -> Result<bool, Problem> {
        let above: Vec<&Path> = parent.ancestors().collect();
        let mut above = above
            .into_iter()
            .rev()
            .filter(|path| *path != Path::new(""));
        let Some(top) = above.find(|path| fs::symlink_metadata(self.folder.join(path)).is_err())
        else {
            return Ok(false);
        };
        let failed = |error: io::Error| problem::unwritable(&self.folder.join(parent), &error);
        let staged = self.staging.join(top);
        if let Some(folder) = staged.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        match fs::create_dir(&staged) {
            Ok(()) => self.tops.push(top.to_owned()),
            // Made for another file, perhaps with letters of another case where that makes no difference.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
        fs::create_dir_all(self.staging.join(parent)).map_err(failed)?;
        Ok(true)
    }

    /// Whether a file goes to its place with its folder.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let parent = path.parent().and_then(|parent| self.seen.get(parent));
        parent.is_some_and(|is_fresh| *is_fresh)
    }

    /// From where to where each folder is moved.
    pub(super) fn moves(&self) -> impl Iterator<Item = (PathBuf, PathBuf)> {
        let both = |top: &PathBuf| (self.staging.join(top), self.folder.join(top));
        self.tops.iter().map(both)
    }
}
