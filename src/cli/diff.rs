//! The difference between what is on disk and what would be written.

use std::fmt::Write as _;
use std::path::Path;

use flowtypes::output::Change;
use flowtypes::{Failure, Generator, Output};
use similar::TextDiff;

/// Shows every change of a plan.
pub fn plan(output: &Output, to: &mut String) {
    for (path, change) in &output.plan.changes {
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

/// Shows the change of a single file; true if there is none.
pub fn single_file(generator: &Generator, path: &Path, to: &mut String) -> Result<bool, Failure> {
    let output = generator.plan_single_file()?;
    let new = output.files.iter().next().map_or("", |(_, text)| text);
    let old = std::fs::read_to_string(path).unwrap_or_default();
    unified(&path.display().to_string(), &old, new, to);
    lock(&output, to);
    Ok(old == new && output.plan.lock.is_none())
}

/// Shows the change of the file that keeps names.
fn lock(output: &Output, to: &mut String) {
    if let Some(kept) = &output.plan.lock {
        let old = kept.old.as_deref().unwrap_or_default();
        unified(&kept.path.display().to_string(), old, &kept.new, to);
    }
}

fn unified(path: &str, old: &str, new: &str, to: &mut String) {
    let diff = TextDiff::from_lines(old, new);
    let mut text = diff.unified_diff();
    let _ = write!(
        to,
        "{}",
        text.header(&format!("a/{path}"), &format!("b/{path}"))
    );
}
