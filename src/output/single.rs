//! One file in a place that the user has named, outside of any output folder.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::claim::Claim;
use super::place::Found;
use super::plan::Kept;
use super::problem::{self, Problem};
use crate::diagnostic::Diagnostics;

/// Writes one file that is not in any output folder; an existing one only if it starts with `mark` or `overwrite`.
///
/// # Errors
/// If the file cannot be written or is not ours.
pub fn write_single(
    path: &Path,
    text: &str,
    mark: &str,
    overwrite: bool,
) -> Result<(), Diagnostics> {
    Ok(write(path, text, mark, overwrite)?)
}

/// Writes one file as [`write_single`] does, and the file that keeps names if it is another now: both or none, as far as
/// can be known before.
///
/// # Errors
/// If one of them cannot be written or is not ours.
pub fn write_single_with(
    path: &Path,
    text: &str,
    mark: &str,
    overwrite: bool,
    lock: Option<&Kept>,
) -> Result<(), Diagnostics> {
    let staged = lock.map(stage_kept).transpose()?;
    write(path, text, mark, overwrite)?;
    if let (Some(claim), Some(lock)) = (staged, lock) {
        put_kept(claim, lock)?;
    }
    Ok(())
}

/// Writes the file that keeps names beside its place, from where [`put_kept`] moves it.
pub(super) fn stage_kept(lock: &Kept) -> Result<Claim, Problem> {
    let path = &lock.path;
    match Found::at(path).map_err(|error| problem::unwritable(path, &error))? {
        Found::Nothing | Found::File => stage(path, &lock.new),
        found @ (Found::Folder | Found::Link | Found::Other) => {
            Err(problem::no_file(path, found.words()))
        }
    }
}

pub(super) fn put_kept(claim: Claim, lock: &Kept) -> Result<(), Problem> {
    let failed = |error| problem::unwritable(&lock.path, &error);
    claim.rename(&lock.path).map_err(failed)
}

/// Writes a file where there is none.
///
/// # Errors
/// If there is something, or the file cannot be written.
pub fn write_new(path: &Path, text: &str) -> Result<(), Diagnostics> {
    match Found::at(path) {
        Ok(Found::Nothing) => write_single(path, text, "", false),
        Ok(_) => Err(problem::taken(path).into()),
        Err(error) => Err(problem::unwritable(path, &error).into()),
    }
}

fn write(path: &Path, text: &str, mark: &str, overwrite: bool) -> Result<(), Problem> {
    let failed = |error| problem::unwritable(path, &error);
    match Found::at(path).map_err(failed)? {
        Found::Nothing => {}
        Found::File => {
            let old = fs::read(path).map_err(failed)?;
            if old == text.as_bytes() {
                // What a dead run has left is removed when the claim ends.
                if Found::at(&beside(path)).is_ok_and(|found| found == Found::File) {
                    Claim::of(beside(path))?;
                }
                return Ok(());
            }
            if !overwrite && !old.is_empty() && !old.starts_with(mark.as_bytes()) {
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
    let failed = |error| problem::unwritable(path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                problem::no_folder(folder, "a file")
            }
            _ => problem::unwritable(folder, &error),
        })?;
    }
    let mut claim = Claim::of(beside(path))?;
    claim
        .file
        .set_len(0)
        .and_then(|()| claim.file.write_all(text.as_bytes()))
        .and_then(|()| claim.file.sync_data())
        .map_err(failed)?;
    Ok(claim)
}

/// The place of a file that is being written.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".flowtypes-new");
    path.with_file_name(name)
}
