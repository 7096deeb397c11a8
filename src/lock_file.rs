//! The file that keeps names: where it is, and what a run makes of it.

use std::path::{Path, PathBuf};

use crate::config::LockFile as Setting;
use crate::diagnostic::Code;
use crate::document::shown_path;
use crate::input::Input;
use crate::naming::{Book, Lock};
use crate::output::manifest::is_same_text;
use crate::output::{Kept, Names, Plan};

/// The name of the file at its usual place.
const FILE_NAME: &str = "flowtypes.lock.json";

/// Where the file is: beside the configuration or, where nobody has written one, in the output folder. A single file
/// without a configuration has none.
pub(crate) fn place(
    setting: &Setting,
    config_file: Option<&Path>,
    out: Option<&Path>,
) -> Option<PathBuf> {
    let folder = match setting {
        Setting::Usual(false) => return None,
        Setting::At(path) => return Some(PathBuf::from(path)),
        Setting::Usual(true) => config_file.map_or(out, |file| file.parent())?,
    };
    Some(folder.join(FILE_NAME))
}

/// The file, and the names of a run.
pub(crate) struct LockFile {
    pub book: Book,
    place: Option<PathBuf>,
    old: Option<String>,
}

impl LockFile {
    /// Reads the file, if there is one.
    pub(crate) fn read(place: Option<PathBuf>, input: &mut Input) -> Self {
        let mut file = Self {
            book: Book::default(),
            place,
            old: None,
        };
        let Some(path) = &file.place else {
            return file;
        };
        let folder = shown_path(path.parent().unwrap_or(Path::new("")));
        let folder = folder.strip_prefix("./").unwrap_or(&folder).to_owned();
        file.book = Book::new(Lock::default(), None, folder.clone());
        if !path.exists() {
            return file;
        }
        let help = "resolve what a merge has left here, or take the last version that was committed; without the file, \
                    names are made anew";
        let found =
            input
                .documents
                .add_settings::<Lock>(path, Code::Lock, help, &mut input.diagnostics);
        if let Some((document, lock)) = found {
            file.book = Book::new(lock, Some(document), folder);
            file.old = Some(input.documents.get(document).text.clone());
        }
        file
    }

    /// Tells a plan what was read, and what has to be written, if anything has.
    pub(crate) fn finish(self, is_pruned: bool, plan: &mut Plan) {
        let Some(path) = self.place else {
            return;
        };
        plan.names = Some(Names {
            path: path.clone(),
            text: self.old.clone(),
        });
        let lock = self.book.finish(is_pruned);
        let new = lock.to_text();
        let is_known = match &self.old {
            Some(old) => is_same_text(old.as_bytes(), new.as_bytes()),
            None => lock.is_empty(),
        };
        plan.lock = (!is_known).then_some(Kept {
            path,
            old: self.old,
            new,
        });
    }
}
