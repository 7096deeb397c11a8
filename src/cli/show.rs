//! Diagnostics as people read them: the line of the source with a mark under it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use flowtypes::diagnostic::Severity;
use flowtypes::document::DocumentSet;
use flowtypes::report::{Message, Position, Report};

/// How many bytes around a mark are shown of a line that is very long.
const CONTEXT: usize = 400;

/// How many diagnostics of a severity are drawn: nobody reads more, and drawing takes time.
const DRAWN: usize = 50;

/// How many of those warnings and notes are drawn that differ in nothing but names: the others would hide what else there is.
const ALIKE: usize = 10;

const SEVERITIES: [(Severity, &str); 3] = [
    (Severity::Error, "error"),
    (Severity::Warning, "warning"),
    (Severity::Note, "note"),
];

/// Shows errors and warnings, and notes if they are asked for; counts them all at the end.
pub fn report(report: &Report, documents: &DocumentSet, with_notes: bool, to: &mut String) {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut seen = [0; SEVERITIES.len()];
    let mut drawn = [0; SEVERITIES.len()];
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for message in &report.messages {
        let place = SEVERITIES
            .iter()
            .position(|(severity, _)| *severity == message.severity);
        let Some(place) = place else {
            continue;
        };
        seen[place] += 1;
        if !with_notes && message.severity == Severity::Note {
            continue;
        }
        if message.severity != Severity::Error {
            let count = alike.entry(kind_of(message)).or_default();
            *count += 1;
            if *count > ALIKE {
                continue;
            }
        }
        drawn[place] += 1;
        if drawn[place] <= DRAWN {
            show(message, documents, &renderer, to);
        }
    }
    for (kind, count) in alike.iter().filter(|(_, count)| **count > ALIKE) {
        let more = count - ALIKE;
        let _ = writeln!(
            to,
            "and {more} more like this (--message-format json has all): {kind}"
        );
    }
    let counts = SEVERITIES.iter().zip(seen);
    for ((_, word), drawn) in SEVERITIES.iter().zip(drawn) {
        if drawn > DRAWN {
            let more = drawn - DRAWN;
            let _ = writeln!(
                to,
                "and {} (--message-format json has all)",
                plural(more, &format!("more {word}"))
            );
        }
    }
    let words: Vec<String> = counts
        .filter(|(_, count)| *count > 0)
        .map(|((_, word), count)| plural(count, word))
        .collect();
    if !words.is_empty() {
        let hint = if with_notes || report.count(Severity::Note) == 0 {
            ""
        } else {
            " (--notes shows the notes)"
        };
        let _ = writeln!(to, "{}{hint}", words.join(", "));
    }
    let errors = report.messages.iter();
    let errors = errors.filter(|message| message.severity == Severity::Error);
    let codes: BTreeSet<&str> = errors.map(|message| message.code.as_str()).collect();
    if let Some(first) = codes.first() {
        let code = if codes.len() == 1 { first } else { "CODE" };
        let _ = writeln!(to, "`flowtypes explain {code}` says more");
    }
}

/// What a diagnostic says, without the names in it.
fn kind_of(message: &Message) -> String {
    let mut kind = format!("{}[{}]: ", message.severity.as_str(), message.code);
    for (index, part) in message.text.split('`').enumerate() {
        kind.push_str(if index % 2 == 0 { part } else { "`…`" });
    }
    kind
}

/// A number of things, in words.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn show(message: &Message, documents: &DocumentSet, renderer: &Renderer, to: &mut String) {
    let level = match message.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note | Severity::Allow => Level::NOTE,
    };
    let title = level
        .primary_title(message.text.as_str())
        .id(message.code.as_str());
    let mut groups = vec![match (&message.source, &message.path) {
        (Some((document, range)), _) => {
            let document = documents.get(*document);
            let excerpt = Excerpt::of(&document.text, range, message.position);
            let pointer = message.pointer.as_deref().unwrap_or_default();
            let snippet = Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .annotation(AnnotationKind::Primary.span(excerpt.mark).label(pointer));
            let path = document.path.as_str();
            match message.position {
                // A snippet that starts within the line would count columns from there.
                Some(Position { line, column, .. }) if excerpt.starts_within => {
                    let origin = Origin::path(path).line(line).char_column(column);
                    title.element(origin).element(snippet)
                }
                _ => title.element(snippet.path(path)),
            }
        }
        (None, Some(path)) => {
            let origin = Origin::path(path.as_str());
            title.element(match message.position {
                Some(Position { line, column, .. }) => origin.line(line).char_column(column),
                None => origin,
            })
        }
        (None, None) => Group::with_title(title),
    }];
    if let Some(help) = &message.help {
        groups.push(Group::with_title(
            Level::HELP.secondary_title(help.as_str()),
        ));
    }
    let _ = writeln!(to, "{}\n", renderer.render(&groups));
}

/// What is shown of a text: the line that a mark starts on, or what is around the mark if the line is very long.
struct Excerpt<'t> {
    text: &'t str,
    line: usize,
    mark: Range<usize>,
    /// Whether the start of the line is left out.
    starts_within: bool,
}

impl<'t> Excerpt<'t> {
    fn of(text: &'t str, range: &Range<usize>, position: Option<Position>) -> Self {
        let start = floor(text, range.start.min(text.len()));
        // Only what can be shown is searched: a line may be as long as the document.
        let earliest = floor(text, start.saturating_sub(CONTEXT));
        let latest = floor(text, start.saturating_add(CONTEXT).min(text.len()));
        let newline = text[earliest..start].rfind('\n');
        let from = newline.map_or(earliest, |newline| earliest + newline + 1);
        let to = text[start..latest]
            .find('\n')
            .map_or(latest, |newline| start + newline);
        // What Windows ends a line with is none of its text.
        let to = start + text[start..to].trim_end_matches('\r').len();
        let end = floor(text, range.end.clamp(start, to));
        Self {
            text: &text[from..to],
            line: position.map_or(1, |position| position.line),
            mark: start - from..end - from,
            starts_within: newline.is_none() && from > 0,
        }
    }
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
