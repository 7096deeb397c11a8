//! The difference between a folder and what belongs in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::{FILE_NAME, Manifest, fingerprints, is_same_text, shown_text};
use super::place::{Found, Places};
use super::problem::{self, Problem};
use super::{ATTEMPTS, Inputs, OutputFiles};
use crate::deploy::{self, Layout, Scope};
use crate::diagnostic::Diagnostics;
use crate::hash::HashMap;

/// What is to happen to one file.
///
/// ```no_run
/// use flowtypes::output::Change;
///
/// let output = flowtypes::Generator::from_config_file("flowtypes.json")?.plan()?;
/// for (path, change) in &output.plan.changes {
///     match change {
///         Change::Create => println!("{path} is new"),
///         Change::Replace(old) => println!("{path} had {} lines", old.lines().count()),
///         Change::Remove(_) => println!("{path} belongs to nothing any more"),
///     }
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The file is not there yet.
    Create,
    /// The file is there with another text: the old one, as far as it is text.
    Replace(String),
    /// The file was written by an earlier run and belongs to none now: its text.
    Remove(String),
}

/// The difference between a folder and what belongs in it.
///
/// ```no_run
/// // What `flowtypes check` does.
/// let output = flowtypes::Generator::from_config_file("flowtypes.json")?.plan()?;
/// if !output.plan.is_fresh() {
///     println!("{} files are out of date", output.plan.changes.len());
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Plan {
    /// The changes by path, in order.
    pub changes: Vec<(String, Change)>,
    /// The file that keeps names, if it is another now.
    pub lock: Option<Kept>,
    /// The file that keeps names, as it was when the names were given.
    pub(crate) names: Option<Names>,
    /// Files of ours that somebody has edited, and that are to change: unless somebody says so, they do not.
    pub(super) edited: Vec<PathBuf>,
    pub(super) known: Manifest,
    pub(super) next: Manifest,
    pub(super) request: Request,
}

/// A file outside of the folder that changes with it.
///
/// ```no_run
/// let output = flowtypes::Generator::from_config_file("flowtypes.json")?.plan()?;
/// if let Some(names) = &output.plan.lock {
///     println!("{} gets new names", names.path.display());
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Its text, if it is there.
    pub old: Option<String>,
    /// Its text from now on.
    pub new: String,
}

/// The file that keeps names, as a run has found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    pub path: PathBuf,
    /// Its text, if it is there.
    pub text: Option<String>,
}

/// What a plan was made for.
#[derive(Debug, Default, Clone)]
pub(crate) struct Request {
    pub scope: Scope,
    /// Whether files of others may be replaced.
    pub overwrite: bool,
    pub inputs: Inputs,
}

impl Plan {
    /// What keeps the plan from being carried out: changes that somebody has made.
    ///
    /// # Errors
    /// One for each file.
    pub(super) fn allowed(&self) -> Result<(), Diagnostics> {
        if self.edited.is_empty() {
            return Ok(());
        }
        let mut diagnostics = Diagnostics::default();
        for path in &self.edited {
            diagnostics.push(*problem::edited(path));
        }
        Err(diagnostics)
    }

    /// Whether the folder holds what it should.
    ///
    /// ```
    /// let folder = std::env::temp_dir().join(format!("flowtypes-{}", std::process::id()));
    /// let generator = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .out_dir(&folder);
    /// generator.generate()?;
    /// assert!(generator.plan()?.plan.is_fresh());
    /// # std::fs::remove_dir_all(&folder).ok();
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty() && self.lock.is_none() && self.next == self.known
    }
}

/// Compares a folder with the files that belong in it. Files of the scope that an earlier run wrote and that do not belong any
/// more are to be removed, unless somebody has edited them since.
pub(crate) fn plan(
    folder: &Path,
    files: &OutputFiles,
    request: Request,
    diagnostics: &mut Diagnostics,
) -> Plan {
    make(folder, files, request, diagnostics)
}

/// Makes a plan again, of what is there now. What seems to be in the way may be what another run is writing: then the list
/// of files is another one by now.
pub(super) fn make(
    folder: &Path,
    files: &OutputFiles,
    request: Request,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let mut left = ATTEMPTS;
    loop {
        let mut said = Diagnostics::default();
        let plan = look(folder, files, request.clone(), &mut said);
        let is_clear = !said.has_errors() && plan.edited.is_empty();
        left -= 1;
        let now = Manifest::read(folder).ok();
        if is_clear || left == 0 || now.is_none_or(|now| now == plan.known) {
            diagnostics.extend(said);
            return plan;
        }
    }
}

/// Looks once.
fn look(
    folder: &Path,
    files: &OutputFiles,
    request: Request,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let mut places = Places::new(folder);
    let known = match (places.look(FILE_NAME), Manifest::read(folder)) {
        (Ok(Found::File | Found::Nothing), Ok(known)) => known,
        (Ok(Found::File | Found::Nothing), Err(_)) if request.overwrite => Manifest::default(),
        (Ok(Found::File | Found::Nothing), Err(_)) => {
            diagnostics.push(*problem::unknown_list(&folder.join(FILE_NAME)));
            return Plan::default();
        }
        (Ok(found), _) => {
            diagnostics.push(*problem::no_file(&folder.join(FILE_NAME), found.words()));
            return Plan::default();
        }
        (Err(problem), _) => {
            diagnostics.push(*problem);
            return Plan::default();
        }
    };
    let (mut changes, mut edited) = (Vec::new(), Vec::new());
    let orphans = orphans(&known, files, &request);
    // By its name in lower case, as a file system that ignores case finds it.
    let folded: HashMap<String, &str> = orphans
        .iter()
        .map(|path| (path.to_lowercase(), *path))
        .collect();
    for (path, content) in files.contents() {
        let former = match folded.is_empty() {
            true => None,
            false => folded.get(&path.to_lowercase()).copied(),
        };
        let is_ours = known.has(path) || former.is_some_and(|former| is_same(folder, path, former));
        match compare(
            &mut places,
            folder,
            path,
            content,
            &request.inputs,
            is_ours || request.overwrite,
        ) {
            Ok(Some((change, old))) => {
                if matches!(change, Change::Replace(_)) {
                    request.inputs.keep_off(&folder.join(path), diagnostics);
                }
                let was_written = || {
                    let mut paths = [Some(path), former].into_iter().flatten();
                    paths.any(|path| known.wrote(path, &old))
                };
                if matches!(change, Change::Replace(_)) && !request.overwrite && !was_written() {
                    edited.push(folder.join(path));
                }
                changes.push((path.to_owned(), change));
            }
            Ok(None) => {}
            Err(problem) => diagnostics.push(*problem),
        }
    }
    // All at once: both lists have an order.
    let kept = known.files.iter();
    let kept = kept.map(|(path, print)| (path.clone(), print.clone()));
    let mut next = Manifest {
        files: kept.chain(fingerprints(files.contents())).collect(),
        ..Manifest::default()
    };
    for path in &orphans {
        next.files.remove(*path);
    }
    changes.extend(removals(
        &mut places,
        &known,
        &orphans,
        &request,
        diagnostics,
    ));
    Plan {
        changes,
        lock: None,
        names: None,
        edited,
        known,
        next,
        request,
    }
}

/// The files of earlier runs that are to be removed. Where somebody has edited one, all of its component stay.
fn removals(
    places: &mut Places<'_>,
    known: &Manifest,
    orphans: &[&str],
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Change)> {
    let mut found = Vec::new();
    let mut kept: HashMap<&str, Vec<&str>> = HashMap::default();
    for path in orphans {
        if let Ok(Found::File) = places.look(path)
            && let Ok(old) = fs::read(places.folder().join(path))
        {
            if !known.wrote(path, &old) {
                kept.insert(deploy::whole(path), Vec::new());
            }
            found.push((*path, old));
        }
    }
    let mut removed = Vec::new();
    let mut former = BTreeSet::new();
    for (path, old) in &found {
        if let Some(others) = kept.get_mut(deploy::whole(path)) {
            if known.wrote(path, old) {
                others.push(path);
            }
            continue;
        }
        let full = places.folder().join(path);
        request.inputs.keep_off(&full, diagnostics);
        former.extend(request.scope.former_layout(path).map(Layout::as_str));
        let old = shown_text(old);
        removed.push(((*path).to_owned(), Change::Remove(old)));
    }
    for (path, old) in &found {
        if let Some(others) = kept.get(deploy::whole(path))
            && !known.wrote(path, old)
        {
            let full = places.folder().join(path);
            diagnostics.push(*match request.scope.needs(path) {
                true => problem::handed_over(&full),
                false => problem::left(&full, others),
            });
        }
    }
    if !former.is_empty() {
        let laid_out = removed.iter().map(|(path, _)| path);
        let count = laid_out.filter_map(|path| request.scope.former_layout(path));
        let layouts = (
            former.into_iter().collect::<Vec<_>>(),
            request.scope.layout(),
        );
        let problem = problem::laid_out_anew(places.folder(), layouts, count.count());
        diagnostics.push(*problem);
    }
    removed
}

/// The files of earlier runs that belong to none now.
fn orphans<'k>(known: &'k Manifest, files: &OutputFiles, request: &Request) -> Vec<&'k str> {
    let is_asked_for = |path: &&str| request.scope.holds(path) && !files.contains(path);
    let mut orphans: Vec<&str> = known.paths().filter(is_asked_for).collect();
    orphans.sort_unstable();
    orphans
}

/// Whether two paths lead to one file, which they do where a file system ignores case.
fn is_same(folder: &Path, path: &str, other: &str) -> bool {
    same_file::is_same_file(folder.join(path), folder.join(other)).unwrap_or(false)
}

/// What is to happen to a file, with what is there now; nothing if it is as it should be.
fn compare(
    places: &mut Places<'_>,
    folder: &Path,
    path: &str,
    content: &[u8],
    inputs: &Inputs,
    may_replace: bool,
) -> Result<Option<(Change, Vec<u8>)>, Problem> {
    let full = || folder.join(path);
    match places.look(path)? {
        Found::Nothing => Ok(Some((Change::Create, Vec::new()))),
        Found::File => match fs::read(full()) {
            Ok(old) if is_same_text(&old, content) => Ok(None),
            Ok(old) if may_replace => {
                let text = shown_text(&old);
                Ok(Some((Change::Replace(text), old)))
            }
            Ok(_) => {
                // Else the way out would be to say that files of others may be replaced.
                inputs.allow(&full())?;
                Err(problem::foreign(&full()))
            }
            Err(error) => Err(problem::unwritable(&full(), &error)),
        },
        found @ (Found::Folder | Found::Link | Found::Other) => {
            Err(problem::no_file(&full(), found.words()))
        }
    }
}
