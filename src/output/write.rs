//! Writing: every file old or new, never half, and nothing that is not ours.
//!
//! All new texts go to a folder of their own first. Then the list of files is replaced by one that knows the old and the
//! new, the texts are moved to their places one by one, or with the folder that they are in if that is new, and the list is
//! replaced again. Whenever a run is interrupted, every file is whole, and the next run knows every file for its own.
//!
//! The lists and the files that replace others are waited for until they are on the disk. New files are not: to wait for
//! thousands of them one by one takes many times as long as all the rest. After a power failure a new file may be empty; the
//! list knows it for ours, and the next run makes it again.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::claim::Claim;
use super::fresh::Fresh;
use super::manifest::{FILE_NAME, Manifest};
use super::plan::{self, Change, Plan};
use super::problem::{self, Problem};
use super::single;
use super::{OutputFiles, Written};
use crate::diagnostic::{Diagnostics, Place};
use crate::document::shown_path;

/// Held by the run that writes.
const CLAIM: &str = ".flowtypes-running";
/// The new texts before they are moved, and the old ones for as long as something can go wrong.
const STAGING: &str = ".flowtypes-staging";

/// Carries out a plan. If another run has written here since the plan was made, it is made again; if that has changed the
/// file that keeps names, the files have to be made again, which is up to the caller.
///
/// # Errors
/// What cannot be written; then nothing has been replaced.
pub fn write(folder: &Path, files: &OutputFiles, plan: &mut Plan) -> Result<Written, Diagnostics> {
    let staging = folder.join(STAGING);
    let is_clean = !is_there(&staging) && !is_there(&folder.join(CLAIM)) && !single::is_left(plan);
    if plan.is_fresh() && is_clean {
        return Ok(Written::Done);
    }
    let mut folders = Folders::default();
    let outcome = write_here(folder, &staging, files, plan, &mut folders);
    if outcome.is_err() {
        folders.remove();
    }
    outcome
}

fn write_here(
    folder: &Path,
    staging: &Path,
    files: &OutputFiles,
    plan: &mut Plan,
    folders: &mut Folders,
) -> Result<Written, Diagnostics> {
    folders.make(folder)?;
    let _claim = Claim::of(folder.join(CLAIM))?;
    let names = single::claim_names(plan)?;
    if single::is_outdated(plan)? {
        return Ok(Written::Outdated);
    }
    // What looked edited may have been another run at work.
    let is_as_planned = Manifest::read(folder).ok().as_ref() == Some(&plan.known);
    if !is_as_planned || plan.allowed().is_err() {
        let mut diagnostics = Diagnostics::default();
        let (lock, names) = (plan.lock.take(), plan.names.take());
        *plan = plan::make(folder, files, plan.request.clone(), &mut diagnostics);
        (plan.lock, plan.names) = (lock, names);
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        plan.allowed()?;
    }
    // What an interrupted run has left.
    clear(staging)?;
    let run = Run {
        folder,
        staging,
        files,
        plan,
    };
    let outcome = run.carry_out(names);
    // What cannot be removed is removed by the next run.
    let _ = fs::remove_dir_all(staging);
    outcome?;
    Ok(Written::Done)
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn clear(staging: &Path) -> Result<(), Problem> {
    match fs::remove_dir_all(staging) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(problem::unwritable(staging, &error)),
    }
}

/// One run that writes.
struct Run<'r> {
    folder: &'r Path,
    staging: &'r Path,
    files: &'r OutputFiles,
    plan: &'r Plan,
}

/// A file that was put in its place, and what to do if that is to be undone.
enum Step {
    Made(PathBuf),
    /// A new folder, and where it came from.
    MadeFolder(PathBuf, PathBuf),
    /// The old file, kept elsewhere.
    Took(PathBuf, PathBuf),
}

impl Run<'_> {
    fn carry_out(&self, names: Option<Claim>) -> Result<(), Problem> {
        let plan = self.plan;
        let (before, after) = (self.staging.join("before"), self.staging.join("after"));
        for part in [self.staging, &before, &after] {
            fs::create_dir(part).map_err(|error| problem::unwritable(part, &error))?;
        }
        let list = self.folder.join(FILE_NAME);
        let between = plan.known.towards(&plan.next).to_text();
        for (name, text) in [("list-between", between), ("list", plan.next.to_text())] {
            stage(&after.join(name), text.as_bytes(), true)
                .map_err(|problem| at(&list, problem))?;
        }
        let mut fresh = Fresh::new(self.folder, self.staging.join("fresh"));
        for (index, (path, change)) in plan.changes.iter().enumerate() {
            let is_new = match change {
                Change::Create => true,
                Change::Replace(_) => false,
                Change::Remove(_) => continue,
            };
            let Some(content) = self.files.content(path) else {
                continue;
            };
            let staged = match is_new {
                true => fresh.place(Path::new(path))?,
                false => None,
            };
            let staged = staged.unwrap_or_else(|| after.join(index.to_string()));
            stage(&staged, content, !is_new)
                .map_err(|problem| at(&self.folder.join(path), problem))?;
        }
        let staged = single::stage_names(plan, names)?;
        let mut steps = Vec::new();
        let mut outcome = self.replace(&before, &after, &fresh, &mut steps);
        if outcome.is_ok() {
            // The last of all: with the old one the next run gives the same names.
            outcome = staged.put();
        }
        if outcome.is_err() {
            undo(steps);
            return outcome;
        }
        self.sync_folders();
        self.remove_empty_folders();
        Ok(())
    }

    fn replace(
        &self,
        before: &Path,
        after: &Path,
        fresh: &Fresh<'_>,
        steps: &mut Vec<Step>,
    ) -> Result<(), Problem> {
        let list = self.folder.join(FILE_NAME);
        let had_list = is_there(&list);
        put(
            &after.join("list-between"),
            &list,
            before,
            "list",
            had_list,
            steps,
        )?;
        // Before anything that it knows of.
        sync_folder(self.folder);
        let changes = || self.plan.changes.iter().enumerate();
        // Removed first: where case is ignored, the old name may be a new one.
        for (index, (path, change)) in changes() {
            if let Change::Remove(_) = change {
                take(&self.folder.join(path), before, &index.to_string(), steps)?;
            }
        }
        for (from, to) in fresh.moves() {
            fs::rename(&from, &to).map_err(|error| problem::unwritable(&to, &error))?;
            steps.push(Step::MadeFolder(to, from));
        }
        for (index, (path, change)) in changes() {
            if matches!(change, Change::Create) && fresh.holds(Path::new(path)) {
                continue;
            }
            let name = index.to_string();
            let full = self.folder.join(path);
            match change {
                Change::Create => put(&after.join(&name), &full, before, &name, false, steps)?,
                // Where case is ignored it may be gone already.
                Change::Replace(_) => {
                    let is_there = is_there(&full);
                    put(&after.join(&name), &full, before, &name, is_there, steps)?;
                }
                Change::Remove(_) => {}
            }
        }
        fs::rename(after.join("list"), &list).map_err(|error| problem::unwritable(&list, &error))
    }

    /// Makes sure that the new names of files are on the disk.
    fn sync_folders(&self) {
        let paths = self.plan.changes.iter().map(|(path, _)| Path::new(path));
        let parents: BTreeSet<&Path> = paths.filter_map(Path::parent).collect();
        for parent in parents {
            sync_folder(&self.folder.join(parent));
        }
        sync_folder(self.folder);
    }

    /// Removes the folders that held nothing but what was removed.
    fn remove_empty_folders(&self) {
        for (path, change) in &self.plan.changes {
            if let Change::Remove(_) = change {
                let mut above = Path::new(path).parent();
                while let Some(folder) = above.filter(|folder| *folder != Path::new("")) {
                    if fs::remove_dir(self.folder.join(folder)).is_err() {
                        break;
                    }
                    above = folder.parent();
                }
            }
        }
    }
}

/// Writes a text where nobody looks for it, and perhaps makes sure that it is on the disk before it is moved.
fn stage(path: &Path, content: &[u8], is_sure: bool) -> Result<(), Problem> {
    let write = || {
        let mut file = File::create_new(path)?;
        file.write_all(content)?;
        if is_sure { file.sync_data() } else { Ok(()) }
    };
    write().map_err(|error| problem::unwritable(path, &error))
}

/// The same problem at the place that the user knows.
fn at(path: &Path, mut problem: Problem) -> Problem {
    let shown = shown_path(path);
    problem.place = Some(Place::Path(shown));
    problem
}

/// Moves a new file to its place; an old one is kept.
fn put(
    new: &Path,
    to: &Path,
    before: &Path,
    name: &str,
    is_there: bool,
    steps: &mut Vec<Step>,
) -> Result<(), Problem> {
    let failed = |error: io::Error| problem::unwritable(to, &error);
    if is_there {
        let kept = before.join(name);
        // Not moved: there is no moment without the file.
        if fs::hard_link(to, &kept).is_err() {
            fs::copy(to, &kept).map_err(failed)?;
        }
        fs::rename(new, to).map_err(failed)?;
        steps.push(Step::Took(kept, to.to_owned()));
    } else {
        fs::rename(new, to).map_err(failed)?;
        steps.push(Step::Made(to.to_owned()));
    }
    Ok(())
}

/// Moves an old file out of its place.
fn take(from: &Path, before: &Path, name: &str, steps: &mut Vec<Step>) -> Result<(), Problem> {
    let kept = before.join(name);
    fs::rename(from, &kept).map_err(|error| problem::unwritable(from, &error))?;
    steps.push(Step::Took(kept, from.to_owned()));
    Ok(())
}

/// Takes every step back, the last one first. What cannot be taken back is known to the list between, which then stays.
fn undo(steps: Vec<Step>) {
    for step in steps.into_iter().rev() {
        let outcome = match step {
            Step::Made(path) => fs::remove_file(path),
            Step::MadeFolder(path, from) => fs::rename(path, from),
            Step::Took(kept, path) => fs::rename(kept, path),
        };
        if outcome.is_err() {
            return;
        }
    }
}

/// Makes sure that the names in a folder are on the disk, on systems where a folder can be opened.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// The output folder and those above it that a run has made.
#[derive(Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    /// Makes a folder and those above it.
    fn make(&mut self, folder: &Path) -> Result<(), Problem> {
        if folder.is_dir() || folder == Path::new("") {
            return Ok(());
        }
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|above| *above != Path::new("") && !above.is_dir())
            .collect();
        for missing in missing.into_iter().rev() {
            match fs::create_dir(missing) {
                Ok(()) => self.0.push(missing.to_owned()),
                // Another run was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists && missing.is_dir() => {}
                Err(error) => return Err(problem::unwritable(missing, &error)),
            }
        }
        Ok(())
    }

    /// Removes those that hold nothing, after a run that failed.
    fn remove(self) {
        for folder in self.0.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
