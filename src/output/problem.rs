//! What keeps a file from being written, in words.

use std::io::{self, ErrorKind};
use std::path::Path;

use serde::de::IgnoredAny;

use crate::deploy::Layout;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::shown_path;

/// One problem of writing; boxed, because it is the rare end of everything here.
pub(super) type Problem = Box<Diagnostic>;

fn problem(code: Code, path: &Path, sentence: &str, help: &str) -> Problem {
    let diagnostic = Diagnostic::new(code, sentence).at(Place::Path(shown_path(path)));
    Box::new(diagnostic.help(help))
}

/// An error of the system.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Problem {
    let help = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room on the disk, then run it again"
        }
        ErrorKind::FileTooLarge => "raise the limit on the size of a file, then run it again",
        ErrorKind::PermissionDenied => "choose another folder, or get permission to write there",
        ErrorKind::ReadOnlyFilesystem => "choose a folder on a disk that can be written to",
        ErrorKind::InvalidFilename => {
            "choose a folder with a shorter path, or give the type a shorter name"
        }
        _ => "check that the folder is there, is yours, and has room",
    };
    let sentence = format!("this cannot be written: {error}");
    problem(Code::Unwritable, path, &sentence, help)
}

/// A file of somebody else's.
pub(super) fn foreign(path: &Path) -> Problem {
    problem(
        Code::ForeignFile,
        path,
        "this file is in the way: it was not written by flowtypes",
        "move it away, choose another place, or overwrite it with --force",
    )
}

/// A file that the run has read.
pub(super) fn input(path: &Path) -> Problem {
    problem(
        Code::IsInput,
        path,
        "this file is an input of this run, which never replaces or removes one",
        "choose another place for what is written, or move the input away",
    )
}

/// A file of ours that somebody has changed.
pub(super) fn edited(path: &Path) -> Problem {
    problem(
        Code::ForeignFile,
        path,
        "this file has been edited since flowtypes wrote it, and what was edited would be lost",
        "keep the changes elsewhere, then drop them here with --force; `flowtypes check` shows them",
    )
}

/// A file of ours that belongs to nothing any more, and that somebody has changed; with the others of its component.
pub(super) fn left(path: &Path, others: &[&str]) -> Problem {
    let help = match others {
        [] => "remove it, or keep it as a file of yours: no later run speaks of it".to_owned(),
        others => {
            let name = |path: &&str| {
                let name = path.rsplit('/').next().unwrap_or(path);
                format!("`{name}`")
            };
            let names: Vec<String> = others.iter().map(name).collect();
            format!(
                "remove it together with {}, or keep them as files of yours: no later run speaks of them",
                names.join(", ")
            )
        }
    };
    let sentence =
        "nothing is generated here any more, and the file is left because it has been edited";
    problem(Code::LeftBehind, path, sentence, &help)
}

/// A file of ours that somebody has changed, and that the output goes on needing.
pub(super) fn handed_over(path: &Path) -> Problem {
    problem(
        Code::LeftBehind,
        path,
        "this file has been edited, so that it is yours from now on and is written no more",
        "keep it: the project needs it, and FT9007 will say which folders of packages it lacks",
    )
}

/// Files of an earlier run that go because a run lays out its own in another way.
pub(super) fn laid_out_anew(
    folder: &Path,
    (former, layout): (Vec<&str>, Layout),
    count: usize,
) -> Problem {
    let sentence = format!(
        "an earlier run has laid out this folder as `{}`, this one lays it out as `{}`: that removes {count} files",
        former.join("`, `"),
        layout.as_str()
    );
    problem(
        Code::LayoutChanged,
        folder,
        &sentence,
        "to have both, give each layout a folder of its own with --out",
    )
}

/// A file that is not to be replaced, whoever wrote it.
pub(super) fn taken(path: &Path) -> Problem {
    problem(
        Code::ForeignFile,
        path,
        "this file is already there, and is left as it is",
        "edit it, or move it away",
    )
}

/// A list of files that does not say which files are ours.
pub(super) fn unknown_list(path: &Path) -> Problem {
    problem(
        Code::ForeignFile,
        path,
        "the list of written files cannot be understood, so it is not known which files are ours",
        "restore it, for example from version control, or overwrite all files with --force",
    )
}

/// Something else than a file where a file belongs.
pub(super) fn no_file(path: &Path, what: &str) -> Problem {
    problem(
        Code::InTheWay,
        path,
        &format!("a file belongs here, and there is {what}"),
        "move it away, or choose another place",
    )
}

/// Something else than a folder where a folder belongs.
pub(super) fn no_folder(path: &Path, what: &str) -> Problem {
    problem(
        Code::InTheWay,
        path,
        &format!("a folder belongs here, and there is {what}"),
        "move it away, or choose another folder with --out",
    )
}

/// A component that the project has already.
pub(super) fn name_taken(path: &str, kind: &str, name: &str) -> Problem {
    let (what, help) = match kind {
        "ApexClass" => (
            "class",
            "set another `apex.classPrefix`, give the type another name with `apex.names`, or remove this one",
        ),
        "Flow" => (
            "flow",
            "give the flow another name with `flow.names`, or remove this one",
        ),
        "PermissionSet" => (
            "permission set",
            "give it another name with `apex.permissionSet.name`, or remove this one",
        ),
        other => (other, "give it another name, or remove this one"),
    };
    let sentence =
        format!("the project has a {what} `{name}` here already, which a deployment would replace");
    problem(Code::NameTaken, Path::new(path), &sentence, help)
}

/// A description of a project that does not list the packages.
pub(super) fn no_package(path: &Path, packages: &[&str]) -> Problem {
    let names: Vec<String> = packages.iter().map(|name| format!("`{name}`")).collect();
    let lines: Vec<String> = packages
        .iter()
        .map(|name| format!("{{\"path\": \"{name}\"}}"))
        .collect();
    let sentence = format!(
        "this project has no package directory for {}, and the file is not ours to edit",
        names.join(" and ")
    );
    let help = format!(
        "add {} to its `packageDirectories`, or choose folders inside of one that is there with `packages`",
        lines.join(" and ")
    );
    problem(Code::NoPackage, path, &sentence, &help)
}

/// A description of a project that is none.
pub(super) fn unknown_project(path: &Path, text: &str) -> Problem {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let sentence = match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => "this file does not say which folders are packages".to_owned(),
        Err(error) => {
            format!(
                "this file does not say which folders are packages, for it is not JSON: {error}"
            )
        }
    };
    problem(
        Code::NoPackage,
        path,
        &sentence,
        "write it as the Salesforce CLI does (`sf project generate`), or move it away",
    )
}

/// A folder of a project that cannot be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let sentence =
        format!("this cannot be read, so that it is not known which names are taken: {error}");
    problem(
        Code::Unreadable,
        path,
        &sentence,
        "get permission to read it",
    )
}

/// Another run that holds the place for too long.
pub(super) fn busy(path: &Path) -> Problem {
    problem(
        Code::Busy,
        path,
        "another run of flowtypes is writing here",
        "wait until it has ended, then run it again",
    )
}

/// Names that other runs change again and again.
pub(super) fn unsteady(path: &Path) -> Problem {
    problem(
        Code::Busy,
        path,
        "other runs of flowtypes change the names all the time",
        "wait until they have ended, then run it again",
    )
}

/// A file name that leads somewhere else.
pub(super) fn outside(path: &Path) -> Problem {
    problem(
        Code::Outside,
        path,
        "this path leads out of the output folder",
        "give the schema or the type another name",
    )
}

impl From<Problem> for Diagnostics {
    fn from(problem: Problem) -> Self {
        let mut diagnostics = Self::default();
        diagnostics.push(*problem);
        diagnostics
    }
}
