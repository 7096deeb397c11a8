//! The test of the formats that the shared class checks.

use super::test;
use crate::example::texts_of_format;
use crate::ir::{Checks, Format};
use crate::target::apex::code::{Statement, call, text};
use crate::target::apex::format;
use crate::target::apex::text::literal;

/// A method that hands each format a text which has it and one which does not; none without formats.
pub(super) fn test_of(checks: &Checks<'_>) -> Option<String> {
    let asked = format::asked(checks);
    let any = asked.keys().next()?;
    // A format says nothing of what is no text.
    let others = ["null", "1"].map(|other| says("", other, any));
    let formats = asked.values().flat_map(|(format, _)| of_format(*format));
    let body = formats.chain(others).collect();
    Some(test("itChecksFormats".to_owned(), body).into_text())
}

fn of_format(format: Format<'_>) -> impl Iterator<Item = Statement> {
    let name = format.as_str();
    let [has, lacks] = texts_of_format(format);
    let passes = has.map(|text| says("", &literal(text), name));
    let message = format!("must have the format {name}");
    let fails = lacks.map(|text| says(&message, &literal(text), name));
    passes.into_iter().chain(fails)
}

/// What is said of a value.
fn says(message: &str, value: &str, format: &str) -> Statement {
    let checked = text(format!("checker({value}).format({})", literal(format)));
    let said = call("said", vec![checked]);
    Statement::Plain(call("Assert.areEqual", vec![text(literal(message)), said]))
}
