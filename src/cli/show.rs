//! Diagnostics as people read them: the line of the source with a mark under it.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use flowtypes::diagnostic::Severity;
use flowtypes::document::{DocumentSet, Position};
use flowtypes::report::{Message, Report};

/// How many bytes around a mark are shown of a line that is very long.
const CONTEXT: usize = 400;

/// Shows errors and warnings, and notes if they are asked for; counts them all at the end.
pub fn report(report: &Report, documents: &DocumentSet, with_notes: bool, to: &mut String) {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
    let is_shown = |message: &&Message| with_notes || message.severity != Severity::Note;
    for message in report.messages.iter().filter(is_shown) {
        show(message, documents, &renderer, to);
    }
    let count = |severity: Severity| {
        report
            .messages
            .iter()
            .filter(|message| message.severity == severity)
            .count()
    };
    let counts = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let words: Vec<String> = counts
        .into_iter()
        .map(|(severity, word)| (count(severity), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if !words.is_empty() {
        let hint = if with_notes || count(Severity::Note) == 0 {
            ""
        } else {
            " (--notes shows the notes)"
        };
        let _ = writeln!(to, "{}{hint}", words.join(", "));
    }
}

fn show(message: &Message, documents: &DocumentSet, renderer: &Renderer, to: &mut String) {
    let Some((document, range)) = &message.source else {
        let _ = writeln!(to, "{message}");
        return;
    };
    let level = match message.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note | Severity::Allow => Level::NOTE,
    };
    let source = documents.get(*document);
    let (text, first_line, mark, starts_within) = excerpt(&source.text, range);
    let place = message
        .pointer
        .as_deref()
        .filter(|pointer| !pointer.is_empty())
        .unwrap_or_default();
    let snippet = Snippet::source(text)
        .line_start(first_line)
        .annotation(AnnotationKind::Primary.span(mark).label(place));
    let title = level
        .primary_title(message.text.as_str())
        .id(message.code.as_str());
    let path = source.path.as_str();
    let group = match message.position {
        // A snippet that starts within the line would count columns from there.
        Some(Position { line, column }) if starts_within => {
            let origin = Origin::path(path).line(line).char_column(column);
            title.element(origin).element(snippet)
        }
        _ => title.element(snippet.path(path)),
    };
    let mut groups = vec![group];
    if let Some(help) = &message.help {
        groups.push(Group::with_title(
            Level::HELP.secondary_title(help.as_str()),
        ));
    }
    let _ = writeln!(to, "{}\n", renderer.render(&groups));
}

/// The line that a range starts on, its number, the range in it, and whether the start of the line is left out: of a
/// very long line this is what is around the range.
fn excerpt<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, usize, Range<usize>, bool) {
    let start = floor(text, range.start.min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..]
        .find('\n')
        .map_or(text.len(), |newline| start + newline);
    let from = floor(text, line_start.max(start.saturating_sub(CONTEXT)));
    let to = floor(text, line_end.min(start + CONTEXT));
    let end = floor(text, range.end.clamp(start, to));
    let line = text[..line_start].matches('\n').count() + 1;
    (
        &text[from..to],
        line,
        start - from..end - from,
        from > line_start,
    )
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
