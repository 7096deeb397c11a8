//! What the codes of diagnostics mean.

use std::fmt::Write as _;

use flowtypes::diagnostic::Code;

use super::{Ended, Outcome};

/// A section for each code: what it means, an example, and the way out.
const TEXTS: &str = include_str!("explanations.md");

/// Prints the text on a code, or all codes with a sentence each.
pub fn explain(code: Option<&str>, outcome: &mut Outcome) -> Result<(), Ended> {
    let Some(name) = code else {
        for code in Code::ALL {
            let severity = code.default_severity().as_str();
            let _ = writeln!(
                outcome.stdout,
                "{code} {severity:7} {}",
                code.explanation().trim()
            );
        }
        return Ok(());
    };
    let known = Code::ALL
        .iter()
        .find(|code| code.as_str().eq_ignore_ascii_case(name));
    let Some(code) = known else {
        return Err(Ended::Usage(format!(
            "there is no diagnostic {name}; `flowtypes explain` lists all"
        )));
    };
    let severity = code.default_severity().as_str();
    let _ = writeln!(
        outcome.stdout,
        "{code} ({severity}): {}",
        code.explanation().trim()
    );
    if let Some(text) = text_of(*code) {
        let _ = writeln!(outcome.stdout, "\n{text}");
    }
    Ok(())
}

/// The section of a code.
fn text_of(code: Code) -> Option<&'static str> {
    let sections = TEXTS.split("\n## ");
    let mut texts = sections.filter_map(|section| section.strip_prefix(code.as_str()));
    texts.next().map(str::trim)
}
