//! The difference between what is on disk and what would be written.

use std::fmt::Write as _;

use flowtypes::Output;
use flowtypes::output::Change;
use similar::TextDiff;

const REMOVED: &str = "\u{1b}[31m";
const ADDED: &str = "\u{1b}[32m";
const PLACE: &str = "\u{1b}[36m";
/// What the name of a zip file ends in.
const ARCHIVE: &str = ".zip";
const PLAIN: &str = "\u{1b}[0m";

/// Shows every change of a plan.
pub fn plan(output: &Output, to: &mut String) {
    for (path, change) in &output.plan.changes {
        if path.ends_with(ARCHIVE) {
            let _ = writeln!(to, "{path} differs, and is no text");
            continue;
        }
        let new = output.files.get(path).unwrap_or_default();
        let (old, new) = match change {
            Change::Create => ("", new),
            Change::Replace(old) => (old.as_str(), new),
            Change::Remove(old) => (old.as_str(), ""),
        };
        unified(path, old, new, to);
    }
    lock(output, to);
    if output.plan.changes.is_empty() && output.plan.lock.is_none() && !output.plan.is_fresh() {
        to.push_str("the list of written files is out of date\n");
    }
}

/// Shows the change of the file that keeps names.
pub fn lock(output: &Output, to: &mut String) {
    if let Some(kept) = &output.plan.lock {
        let old = kept.old.as_deref().unwrap_or_default();
        unified(&kept.path.display().to_string(), old, &kept.new, to);
    }
}

/// Shows the change of a single file.
pub fn unified(path: &str, old: &str, new: &str, to: &mut String) {
    let diff = TextDiff::from_lines(old, new);
    let mut text = diff.unified_diff();
    let text = text.header(&format!("a/{path}"), &format!("b/{path}"));
    for line in text.to_string().split_inclusive('\n') {
        let color = match line.as_bytes().first() {
            Some(b'-') => REMOVED,
            Some(b'+') => ADDED,
            Some(b'@') => PLACE,
            _ => "",
        };
        if color.is_empty() {
            to.push_str(line);
        } else {
            let (content, end) = match line.strip_suffix('\n') {
                Some(content) => (content, "\n"),
                None => (line, ""),
            };
            let _ = write!(to, "{color}{content}{PLAIN}{end}");
        }
    }
}
