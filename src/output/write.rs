//! Writing: every file old or new, never half, and nothing that is not ours.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::OutputFiles;
use super::manifest::{self, Manifest, fingerprint};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::shown_path;

/// What is to happen to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The file is not there yet.
    Create,
    /// The file is there with another text: the old one.
    Replace(String),
    /// The file was written by an earlier run and belongs to none now: its text.
    Remove(String),
}

/// The difference between a folder and what belongs in it.
#[derive(Debug, Default)]
pub struct Plan {
    /// The changes by path, in order.
    pub changes: Vec<(String, Change)>,
    /// The file that keeps names, if it is another now.
    pub lock: Option<Kept>,
    manifest: Manifest,
    manifest_is_stale: bool,
}

/// A file outside of the folder that changes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Its text, if it is there.
    pub old: Option<String>,
    /// Its text from now on.
    pub new: String,
}

impl Plan {
    /// Whether the folder holds what it should.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty() && !self.manifest_is_stale && self.lock.is_none()
    }
}

/// Compares a folder with the files that belong in it. Files below `prefixes` that an earlier run wrote and that do
/// not belong any more are to be removed, unless somebody has edited them since.
pub fn plan(
    folder: &Path,
    files: &OutputFiles,
    prefixes: &[&str],
    overwrite: bool,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let known = Manifest::read(folder);
    let mut next = known.clone();
    let mut changes = Vec::new();
    for (path, text) in files.iter() {
        let full = folder.join(path);
        next.files.insert(path.to_owned(), fingerprint(text));
        match fs::read_to_string(&full) {
            Ok(old) if old == text => {}
            Ok(old) if known.files.contains_key(path) || overwrite => {
                changes.push((path.to_owned(), Change::Replace(old)));
            }
            // A file in place of a folder is found out when the folder is made.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                changes.push((path.to_owned(), Change::Create))
            }
            Ok(_) | Err(_) => diagnostics.push(
                Diagnostic::new(
                    Code::ForeignFile,
                    "this file is in the way: it was not written by flowtypes",
                )
                .at(Place::Path(shown_path(&full)))
                .help(
                    "move it away, choose another folder with --out, or overwrite it with --force",
                ),
            ),
        }
    }
    for (path, written) in &known.files {
        let is_ours = prefixes.iter().any(|prefix| path.starts_with(prefix)) && is_inside(path);
        if !is_ours || files.contains(path) {
            continue;
        }
        next.files.remove(path);
        if let Ok(old) = fs::read_to_string(folder.join(path))
            && fingerprint(&old) == *written
        {
            changes.push((path.clone(), Change::Remove(old)));
        }
    }
    let manifest_is_stale = next != known;
    Plan {
        changes,
        lock: None,
        manifest: next,
        manifest_is_stale,
    }
}

/// Carries out a plan: first every new text goes to a file beside its place, then all are renamed.
///
/// # Errors
/// The path and the reason, if something cannot be written; then nothing has been replaced.
pub fn write(folder: &Path, files: &OutputFiles, plan: &Plan) -> Result<(), (PathBuf, io::Error)> {
    if plan.is_fresh() {
        return Ok(());
    }
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let outcome = stage(folder, files, plan, &mut staged);
    if let Err(error) = outcome {
        for (temporary, _) in &staged {
            // What cannot be removed either is reported by the error that led here.
            let _ = fs::remove_file(temporary);
        }
        return Err(error);
    }
    rename_all(&staged)?;
    for (path, change) in &plan.changes {
        if matches!(change, Change::Remove(_)) {
            let full = folder.join(path);
            fs::remove_file(&full).map_err(|error| (full, error))?;
        }
    }
    Ok(())
}

/// Writes the file that keeps names, where nothing else of a plan is to be written.
///
/// # Errors
/// The path and the reason, if it cannot be written.
pub fn write_kept(plan: &Plan) -> Result<(), (PathBuf, io::Error)> {
    let Some(lock) = &plan.lock else {
        return Ok(());
    };
    let mut staged = Vec::new();
    stage_one(&lock.path, &lock.new, &mut staged)?;
    rename_all(&staged)
}

fn rename_all(staged: &[(PathBuf, PathBuf)]) -> Result<(), (PathBuf, io::Error)> {
    for (temporary, target) in staged {
        fs::rename(temporary, target).map_err(|error| (target.clone(), error))?;
    }
    Ok(())
}

/// Writes every new text to a temporary file. The manifest is the first to be renamed: whatever happens after that,
/// the next run knows the files for its own.
fn stage(
    folder: &Path,
    files: &OutputFiles,
    plan: &Plan,
    staged: &mut Vec<(PathBuf, PathBuf)>,
) -> Result<(), (PathBuf, io::Error)> {
    stage_one(
        &folder.join(manifest::FILE_NAME),
        &plan.manifest.to_text(),
        staged,
    )?;
    if let Some(lock) = &plan.lock {
        stage_one(&lock.path, &lock.new, staged)?;
    }
    for (path, change) in &plan.changes {
        if let (Change::Create | Change::Replace(_), Some(text)) = (change, files.get(path)) {
            let full = folder.join(path);
            if !is_inside(path) {
                return Err((
                    full,
                    io::Error::other("the path leads out of the output folder"),
                ));
            }
            stage_one(&full, text, staged)?;
        }
    }
    Ok(())
}

fn stage_one(
    target: &Path,
    text: &str,
    staged: &mut Vec<(PathBuf, PathBuf)>,
) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (target.to_owned(), error);
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(|error| {
            let error = match error.kind() {
                io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
                _ => error,
            };
            (parent.to_owned(), error)
        })?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = target.with_file_name(name);
    let mut file = fs::File::create(&temporary).map_err(failed)?;
    staged.push((temporary, target.to_owned()));
    file.write_all(text.as_bytes()).map_err(failed)
}

/// Whether a relative path stays below the folder that it starts in.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Writes one file that is not in any output folder; an existing one only if it starts with `mark` or `overwrite`.
///
/// # Errors
/// The path and the reason, if the file cannot be written or is not ours.
pub fn write_single(
    path: &Path,
    text: &str,
    mark: &str,
    overwrite: bool,
) -> Result<(), (PathBuf, io::Error)> {
    match fs::read_to_string(path) {
        Ok(old) if old == text => return Ok(()),
        Ok(old) if overwrite || old.is_empty() || old.starts_with(mark) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Ok(_) | Err(_) if overwrite => {}
        Ok(_) => {
            let reason = io::Error::new(
                io::ErrorKind::AlreadyExists,
                "it was not written by flowtypes",
            );
            return Err((path.to_owned(), reason));
        }
        Err(error) => return Err((path.to_owned(), error)),
    }
    let mut staged = Vec::new();
    stage_one(path, text, &mut staged)?;
    rename_all(&staged)
}
