//! The loss report: what the targets weaken, for programs to read.

use serde::Serialize;

use crate::report::{Message, Report};
use crate::target::Target;

/// How every loss report starts.
pub const LOSSES_MARK: &str = "{\n  \"losses\": [";

#[derive(Serialize)]
struct File<'r> {
    losses: Vec<Loss<'r>>,
}

/// One keyword that a target weakens.
#[derive(Serialize)]
struct Loss<'r> {
    target: Target,
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'r str>,
    file: Option<&'r str>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: Option<&'r str>,
}

/// The losses of a run as JSON, in the order of the schemas.
#[must_use]
pub fn losses(report: &Report) -> String {
    let losses = report.messages.iter().filter_map(loss).collect();
    let text = serde_json::to_string_pretty(&File { losses }).unwrap_or_default();
    text + "\n"
}

fn loss(message: &Message) -> Option<Loss<'_>> {
    Some(Loss {
        target: message.code.loss_target()?,
        code: message.code.as_str(),
        severity: message.severity.as_str(),
        message: &message.text,
        help: message.help.as_deref(),
        file: message.path.as_deref(),
        line: message.position.map(|position| position.line),
        column: message.position.map(|position| position.column),
        pointer: message.pointer.as_deref(),
    })
}
