//! What a run has to say, for programs to read: one JSON object on each line.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::document::shown_path;
use crate::output::{self, Plan};
use crate::report::{Message, Report};
use crate::surface::Change;
use crate::target::Target;

/// One line of `--message-format json`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Line<'r> {
    /// Something to say about the input.
    Diagnostic(DiagnosticLine<'r>),
    /// A file that has changed, or would change.
    File {
        /// Its path below the output folder; that of `--single-file` is seen from where the program runs.
        path: &'r str,
        /// What happens to it.
        change: ChangeKind,
    },
    /// The file that keeps names has changed, or would change.
    Lock {
        /// Where it is, seen from where the program runs.
        path: String,
        /// What happens to it.
        change: ChangeKind,
    },
    /// A difference between two states of some schemas.
    Change(&'r Change),
    /// The last line.
    End {
        /// The exit status of the program.
        status: u8,
        /// The number of errors.
        errors: usize,
        /// The number of warnings.
        warnings: usize,
        /// The number of notes.
        notes: usize,
    },
}

/// Something to say about the input.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct DiagnosticLine<'r> {
    /// How bad it is.
    pub severity: Severity,
    /// The stable code, such as `FT0101`; `flowtypes explain` has more on it.
    pub code: &'r str,
    /// The target that loses meaning; none for what is not a loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// One sentence.
    pub message: &'r str,
    /// A way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'r str>,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'r str>,
    /// The line in it, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column, from 1, in Unicode code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The JSON pointer in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<&'r str>,
}

/// What happens to a file.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is new.
    Created,
    /// Its text changes.
    Replaced,
    /// It belongs to nothing any more.
    Removed,
}

#[cfg(feature = "json-schema")]
impl Line<'_> {
    /// The JSON Schema of a line.
    #[must_use]
    pub fn json_schema() -> schemars::Schema {
        crate::json_schema::of::<Self>()
    }
}

impl<'r> From<&'r Message> for Line<'r> {
    fn from(message: &'r Message) -> Self {
        Self::Diagnostic(DiagnosticLine {
            severity: message.severity,
            code: message.code.as_str(),
            target: message.code.loss_target(),
            message: &message.text,
            help: message.help.as_deref(),
            file: message.path.as_deref(),
            line: message.position.map(|position| position.line),
            column: message.position.map(|position| position.column),
            pointer: message.pointer.as_deref(),
        })
    }
}

/// The lines of a run: its diagnostics, what happens to which file, and the end.
#[must_use]
pub fn lines<'r>(report: &'r Report, plan: Option<&'r Plan>, status: u8) -> Vec<Line<'r>> {
    let mut lines: Vec<Line<'r>> = report.messages.iter().map(Line::from).collect();
    for (path, change) in plan.into_iter().flat_map(|plan| &plan.changes) {
        let change = match change {
            output::Change::Create => ChangeKind::Created,
            output::Change::Replace(_) => ChangeKind::Replaced,
            output::Change::Remove(_) => ChangeKind::Removed,
        };
        lines.push(Line::File { path, change });
    }
    if let Some(lock) = plan.and_then(|plan| plan.lock.as_ref()) {
        let change = match &lock.old {
            None => ChangeKind::Created,
            Some(_) => ChangeKind::Replaced,
        };
        let path = shown_path(&lock.path);
        lines.push(Line::Lock { path, change });
    }
    lines.push(end(report, status));
    lines
}

/// The last line.
#[must_use]
pub fn end(report: &Report, status: u8) -> Line<'static> {
    Line::End {
        status,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        notes: report.count(Severity::Note),
    }
}
