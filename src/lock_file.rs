//! The file that keeps names: where it is, and what a run makes of it.

use std::path::{Path, PathBuf};

use crate::config::LockFile as Setting;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{shown_path, uri_of_file};
use crate::input::Input;
use crate::naming::{Book, Lock};
use crate::output::manifest::{FILE_NAME as MANIFEST, is_same_text};
use crate::output::{Kept, Names, OutputFiles, Plan};

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

/// Whether a path can only be that of a folder.
fn names_no_file(path: &Path) -> bool {
    let text = shown_path(path);
    text.is_empty() || text.ends_with('/')
}

/// Which names are in the file after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Those that were there before, and those that the run has given.
    All,
    /// Those that the run has given.
    Present,
    /// Those that were there before: the run is about something else.
    Nothing,
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
        if file.place.as_deref().is_some_and(names_no_file) {
            let problem = Diagnostic::new(Code::Config, "`lock` names no file");
            let problem = problem.help("name a file, or set it to `false` for none");
            input.diagnostics.push(problem.at_option("lock", &[]));
            file.place = None;
        }
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

    /// Says if the file would be written over one that is generated, or the list of those.
    pub(crate) fn keep_off(
        &self,
        folder: &Path,
        files: &OutputFiles,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(place) = &self.place else {
            return;
        };
        let paths = files.contents().map(|(path, _)| path);
        let mut paths = paths.chain([MANIFEST]);
        let place_of = |path: &Path| uri_of_file(path).to_lowercase();
        let taken = place_of(place);
        if paths.any(|path| place_of(&folder.join(path)) == taken) {
            let message = format!(
                "`lock` names a file that is generated: {}",
                shown_path(place)
            );
            let problem = Diagnostic::new(Code::Config, message);
            let problem = problem.help("choose another file, beside the configuration");
            diagnostics.push(problem.at_option("lock", &[]));
        }
    }

    /// Tells a plan what was read, and what has to be written, if anything has.
    pub(crate) fn finish(self, keeping: Keeping, plan: &mut Plan) {
        let Some(path) = self.place else {
            return;
        };
        plan.names = Some(Names {
            path: path.clone(),
            text: self.old.clone(),
        });
        if keeping == Keeping::Nothing {
            return;
        }
        let lock = self.book.finish(keeping == Keeping::Present);
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
