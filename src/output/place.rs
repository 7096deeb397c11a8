//! What stands where a file is to go. No symbolic link below the output folder is ever followed.

use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::problem::{self, Problem};
use crate::hash::HashMap;

/// What there is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    File,
    Folder,
    Link,
    /// A device, a pipe, a socket.
    Other,
}

impl Found {
    /// What there is at a path, without following a link.
    pub(super) fn at(path: &Path) -> Result<Self, io::Error> {
        match fs::symlink_metadata(path) {
            Ok(found) => Ok(Self::of(found.file_type())),
            Err(error) if is_absence(&error) => Ok(Self::Nothing),
            Err(error) => Err(error),
        }
    }

    fn of(kind: FileType) -> Self {
        if kind.is_symlink() {
            Self::Link
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }

    /// The words for it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
            Self::Other => "something that is no file, such as a device",
        }
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The places below an output folder; what is known of its folders is remembered.
pub(super) struct Places<'f> {
    folder: &'f Path,
    folders: HashMap<PathBuf, Found>,
    /// The same for the folder of each file, by its path below the output folder.
    parents: HashMap<PathBuf, Found>,
}

impl<'f> Places<'f> {
    pub(super) fn new(folder: &'f Path) -> Self {
        Self {
            folder,
            folders: HashMap::default(),
            parents: HashMap::default(),
        }
    }

    /// The output folder.
    pub(super) fn folder(&self) -> &'f Path {
        self.folder
    }

    /// What there is at a path below the folder.
    ///
    /// # Errors
    /// If the path leads out of the folder, or through something that is no folder.
    pub(super) fn look(&mut self, path: &str) -> Result<Found, Problem> {
        if !is_inside(path) {
            return Err(problem::outside(&self.folder.join(path)));
        }
        let above = Path::new(path).parent().unwrap_or(Path::new(""));
        let found = match self.parents.get(above) {
            Some(found) => *found,
            None => {
                let found = self.look_above(above)?;
                self.parents.insert(above.to_owned(), found);
                found
            }
        };
        if found == Found::Nothing {
            return Ok(Found::Nothing);
        }
        let full = self.folder.join(path);
        Found::at(&full).map_err(|error| problem::unwritable(&full, &error))
    }

    /// What there is where the folder of a file is to be.
    fn look_above(&mut self, parent: &Path) -> Result<Found, Problem> {
        // Without a slash at its end, which would keep a file from being seen.
        let mut above: PathBuf = self.folder.components().collect();
        let mut found = self.look_at_folder(above.clone())?;
        if found == Found::Nothing {
            look_around(&above)?;
        }
        for part in parent.components() {
            above.push(part);
            found = self.look_at_folder(above.clone())?;
            if found == Found::Nothing {
                break;
            }
        }
        Ok(found)
    }

    /// Only the output folder itself may be a link: it is the user who has named it.
    fn look_at_folder(&mut self, path: PathBuf) -> Result<Found, Problem> {
        if let Some(found) = self.folders.get(&path) {
            return Ok(*found);
        }
        let found = if self.folder.components().eq(path.components()) && path.is_dir() {
            Found::Folder
        } else {
            Found::at(&path).map_err(|error| problem::unwritable(&path, &error))?
        };
        match found {
            Found::Nothing | Found::Folder => {
                self.folders.insert(path, found);
                Ok(found)
            }
            Found::File | Found::Link | Found::Other => {
                Err(problem::no_folder(&path, found.words()))
            }
        }
    }
}

/// Whether there is no file where a folder around the output folder belongs. Those may be links: it is the user who has named
/// them.
fn look_around(folder: &Path) -> Result<(), Problem> {
    let around = folder.ancestors().skip(1);
    let mut around = around.filter(|path| !path.as_os_str().is_empty());
    match around.find_map(|path| path.metadata().ok().map(|found| (path, found))) {
        Some((path, found)) if !found.is_dir() => {
            let what = Found::of(found.file_type()).words();
            Err(problem::no_folder(path, what))
        }
        _ => Ok(()),
    }
}

/// Whether a relative path stays below the folder that it starts in.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn a_path_stays_inside_or_is_refused() {
        assert!(is_inside("rust/order.rs"));
        for path in ["", "/etc/passwd", "../x", "rust/../../x", "./x", "."] {
            assert!(!is_inside(path), "{path}");
        }
    }
}
