//! One file in a place that the user has named, outside of any output folder.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::claim::Claim;
use super::manifest::{is_same_file, shown_text};
use super::place::Found;
use super::plan::{Change, Plan};
use super::problem::{self, Problem};
use super::{Inputs, Written};
use crate::diagnostic::Diagnostics;

/// Writes one file that is not in any output folder; an existing one only if it starts with `mark` or `overwrite`, and never
/// one of `inputs`.
///
/// # Errors
/// If the file cannot be written or is not ours.
pub fn write_single(
    path: &Path,
    text: &str,
    mark: &str,
    overwrite: bool,
    inputs: &Inputs,
) -> Result<(), Diagnostics> {
    inputs.allow(path)?;
    Ok(write(path, text, mark, overwrite)?)
}

/// What writing one file changes; none if it holds the text already.
///
/// # Errors
/// If it can never be written there.
pub(crate) fn compare_single(
    path: &Path,
    text: &str,
    inputs: &Inputs,
) -> Result<Option<Change>, Diagnostics> {
    inputs.allow(path)?;
    let failed = |error| problem::unwritable(path, &error);
    match Found::at(path).map_err(failed)? {
        Found::Nothing => Ok(Some(Change::Create)),
        Found::File => {
            if is_same_file(path, text.as_bytes()).map_err(failed)? {
                return Ok(None);
            }
            let old = fs::read(path).map_err(failed)?;
            Ok(Some(Change::Replace(shown_text(&old))))
        }
        found @ (Found::Folder | Found::Link | Found::Other) => {
            Err(problem::no_file(path, found.words()).into())
        }
    }
}

/// Writes one file as [`write_single`] does, and the file that keeps names if the plan has another one: both or none, as
/// far as can be known before.
///
/// # Errors
/// If one of them cannot be written or is not ours.
pub fn write_single_with(
    path: &Path,
    text: &str,
    mark: &str,
    overwrite: bool,
    inputs: &Inputs,
    plan: &Plan,
) -> Result<Written, Diagnostics> {
    inputs.allow(path)?;
    let names = claim_names(plan)?;
    if is_outdated(plan)? {
        return Ok(Written::Outdated);
    }
    let staged = stage_names(plan, names)?;
    write(path, text, mark, overwrite)?;
    staged.put()?;
    Ok(Written::Done)
}

/// Keeps other runs from writing the file that keeps names, if this one writes it, and takes what a dead run has left.
pub(super) fn claim_names(plan: &Plan) -> Result<Option<Claim>, Problem> {
    match (&plan.lock, &plan.names) {
        (Some(lock), _) => {
            let path = &lock.path;
            match Found::at(path).map_err(|error| problem::unwritable(path, &error))? {
                Found::Nothing | Found::File => claim(path).map(Some),
                found @ (Found::Folder | Found::Link | Found::Other) => {
                    Err(problem::no_file(path, found.words()))
                }
            }
        }
        (None, Some(names)) if is_left(plan) => claim(&names.path).map(Some),
        (None, _) => Ok(None),
    }
}

/// Whether a dead run, or one that writes just now, has left the file that keeps names beside its place.
pub(super) fn is_left(plan: &Plan) -> bool {
    let mut names = plan.names.iter();
    names.any(|names| Found::at(&beside(&names.path)).is_ok_and(|found| found == Found::File))
}

/// Whether the file that keeps names is another than the one that the names are from.
pub(super) fn is_outdated(plan: &Plan) -> Result<bool, Problem> {
    let Some(names) = &plan.names else {
        return Ok(false);
    };
    match fs::read(&names.path) {
        Ok(text) => {
            // As it is read: without the mark of an encoding.
            let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
            Ok(names.text.as_ref().map(String::as_bytes) != Some(text))
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(names.text.is_some())
        }
        Err(error) => Err(problem::unwritable(&names.path, &error)),
    }
}

/// The file that keeps names, beside its place, if it is another now.
pub(super) struct Staged<'p>(Option<(Claim, &'p Path)>);

/// Writes the file that keeps names beside its place.
pub(super) fn stage_names(plan: &Plan, names: Option<Claim>) -> Result<Staged<'_>, Problem> {
    let (Some(mut claim), Some(lock)) = (names, &plan.lock) else {
        return Ok(Staged(None));
    };
    fill(&mut claim, &lock.path, &lock.new)?;
    Ok(Staged(Some((claim, &lock.path))))
}

impl Staged<'_> {
    /// Moves the file to its place.
    pub(super) fn put(self) -> Result<(), Problem> {
        match self.0 {
            Some((claim, path)) => claim
                .rename(path)
                .map_err(|error| problem::unwritable(path, &error)),
            None => Ok(()),
        }
    }
}

/// Writes a file where there is none.
///
/// # Errors
/// If there is something, or the file cannot be written.
pub fn write_new(path: &Path, text: &str) -> Result<(), Diagnostics> {
    match Found::at(path) {
        Ok(Found::Nothing) => write_single(path, text, "", false, &Inputs::default()),
        Ok(_) => Err(problem::taken(path).into()),
        Err(error) => Err(problem::unwritable(path, &error).into()),
    }
}

fn write(path: &Path, text: &str, mark: &str, overwrite: bool) -> Result<(), Problem> {
    let failed = |error| problem::unwritable(path, &error);
    match Found::at(path).map_err(failed)? {
        Found::Nothing => {}
        Found::File => {
            if is_same_file(path, text.as_bytes()).map_err(failed)? {
                // What a dead run has left is removed when the claim ends.
                if Found::at(&beside(path)).is_ok_and(|found| found == Found::File) {
                    Claim::of(beside(path))?;
                }
                return Ok(());
            }
            let is_ours = |old: Vec<u8>| old.is_empty() || old.starts_with(mark.as_bytes());
            if !overwrite && !fs::read(path).map(is_ours).map_err(failed)? {
                return Err(problem::foreign(path));
            }
        }
        found @ (Found::Folder | Found::Link | Found::Other) => {
            return Err(problem::no_file(path, found.words()));
        }
    }
    stage(path, text)?.rename(path).map_err(failed)
}

/// Writes a text beside its place, so that it can be moved there; the claim keeps a second run from writing to the same.
fn stage(path: &Path, text: &str) -> Result<Claim, Problem> {
    let mut claim = claim(path)?;
    fill(&mut claim, path, text)?;
    Ok(claim)
}

/// The claim on a file, which is beside its place; its folder is made.
fn claim(path: &Path) -> Result<Claim, Problem> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                problem::no_folder(folder, "a file")
            }
            _ => problem::unwritable(folder, &error),
        })?;
    }
    Claim::of(beside(path))
}

fn fill(claim: &mut Claim, path: &Path, text: &str) -> Result<(), Problem> {
    claim
        .file
        .set_len(0)
        .and_then(|()| claim.file.write_all(text.as_bytes()))
        .and_then(|()| claim.file.sync_data())
        .map_err(|error| problem::unwritable(path, &error))
}

/// The place of a file that is being written.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".flowtypes-new");
    path.with_file_name(name)
}
