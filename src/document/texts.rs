//! Files that are no JSON: flow files and Apex classes, alone or in the folders of a project.

use std::path::{Path, PathBuf};

use super::{DocumentId, DocumentSet, read, shown_path, unreadable, unreadable_folder};
use crate::diagnostic::Diagnostics;

/// Folders below which nothing of a project's own stands.
const FOREIGN: &[&str] = &["node_modules", "target"];

/// Reads the files that are named, and all files below the folders that are named whose names end so. A file that is
/// named twice is read once.
pub fn load_texts(
    inputs: &[PathBuf],
    endings: &[&str],
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) -> Vec<DocumentId> {
    let mut files = Vec::new();
    for input in inputs {
        if let Err((path, error)) = find(input, endings, &mut files) {
            diagnostics.push(unreadable_folder(&path, &error));
        }
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|path| seen.insert(std::path::absolute(path).unwrap_or_else(|_| path.clone())));
    files
        .iter()
        .filter_map(|path| load_text(path, documents, diagnostics))
        .map(|(id, _)| id)
        .collect()
}

/// Reads a file; also says whether it begins with a byte order mark, which the document's text leaves out.
pub fn load_text(
    path: &Path,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) -> Option<(DocumentId, bool)> {
    let shown = shown_path(path);
    match read(path) {
        Ok(text) => {
            let (text, has_mark) = match text.strip_prefix('\u{feff}') {
                Some(rest) => (rest.to_owned(), true),
                None => (text, false),
            };
            Some((documents.add_text(&shown, text)?, has_mark))
        }
        Err((code, reason)) => {
            let what = format!("this file cannot be read: {reason}");
            diagnostics.push(unreadable(code, &what, "name a file that is there", path));
            None
        }
    }
}

/// Adds a file, or the files below a folder in the order of their paths; links to folders are not followed.
fn find(
    input: &Path,
    endings: &[&str],
    files: &mut Vec<PathBuf>,
) -> Result<(), (PathBuf, std::io::Error)> {
    if !input.is_dir() {
        files.push(input.to_owned());
        return Ok(());
    }
    let mut found = Vec::new();
    let mut folders = vec![input.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| (folder.clone(), error))?;
        for entry in entries {
            let entry = entry.map_err(|error| (folder.clone(), error))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let kind = entry.file_type().map_err(|error| (folder.clone(), error))?;
            if kind.is_dir() {
                if !name.starts_with('.') && !FOREIGN.contains(&name.as_ref()) {
                    folders.push(entry.path());
                }
            } else if endings.iter().any(|end| name.ends_with(end)) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    files.append(&mut found);
    Ok(())
}
