//! Diagnostics with everything that a person needs to find the place.
//!
//! ```
//! let failed = flowtypes::Generator::new().schema_text("order.json", r#"{"type": "text"}"#).plan();
//! let said = failed.map_or_else(|failure| failure.report, |output| output.report).to_string();
//! assert!(said.starts_with("order.json:1:2: error[FT0103]: "));
//! ```

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::document::{DocumentId, DocumentSet, positions_of_offsets};
use crate::hash::HashMap;

pub use crate::document::position::Position;

/// One diagnostic, resolved to file, line and column.
///
/// ```
/// let failed = flowtypes::Generator::new().schema_text("order.json", r#"{"type": "text"}"#).plan();
/// let Err(failure) = failed else {
///     panic!("`text` is no type");
/// };
/// for message in &failure.report.messages {
///     // order.json:1:2: error[FT0103]: …
///     println!("{message}");
///     assert_eq!(message.path.as_deref(), Some("order.json"));
///     assert_eq!(message.pointer.as_deref(), Some("/type"));
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, in lower case, without a full stop.
    pub text: String,
    /// A way out.
    pub help: Option<String>,
    /// The file, as the user wrote it.
    pub path: Option<String>,
    /// The line and column in it.
    pub position: Option<Position>,
    /// The JSON pointer in it.
    pub pointer: Option<String>,
    /// The document and the bytes to underline; nothing if the document is one that a schema refers to and that is not JSON
    /// or YAML, for what it holds is nobody's business.
    pub source: Option<(DocumentId, Range<usize>)>,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            f.write_str(path)?;
            if let Some(Position { line, column }) = self.position {
                write!(f, ":{line}:{column}")?;
            }
            f.write_str(": ")?;
        }
        write!(
            f,
            "{}[{}]: {}",
            self.severity.as_str(),
            self.code,
            self.text
        )?;
        if let Some(pointer) = self
            .pointer
            .as_deref()
            .filter(|pointer| !pointer.is_empty())
        {
            write!(f, " (at {pointer})")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// All diagnostics of a run, in the order of the documents.
///
/// ```
/// // Warnings of a run that has succeeded.
/// let output = flowtypes::Generator::new()
///     .schema_text("order.json", r#"{"allOf": [{"type": "string"}, {"type": "null"}]}"#)
///     .plan()?;
/// for message in &output.report.messages {
///     println!("{message}");
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The diagnostics.
    pub messages: Vec<Message>,
}

impl Report {
    /// Resolves every place; each text is scanned once, whatever there is to say about it.
    #[must_use]
    pub(crate) fn new(documents: &DocumentSet, diagnostics: &Diagnostics) -> Self {
        let mut pointers: HashMap<DocumentId, Vec<&str>> = HashMap::default();
        for diagnostic in diagnostics.iter() {
            if let Some((document, pointer)) = pointer_of(diagnostic, documents) {
                pointers.entry(document).or_default().push(pointer);
            }
        }
        let ranges: HashMap<DocumentId, HashMap<String, Range<usize>>> = pointers
            .into_iter()
            .map(|(document, pointers)| (document, documents.get(document).locate(pointers)))
            .collect();
        let mut messages: Vec<Message> = diagnostics
            .iter()
            .map(|diagnostic| resolve(diagnostic, documents, &ranges))
            .collect();
        messages.sort_by_key(|message| {
            let place = message
                .source
                .as_ref()
                .map(|(document, range)| (*document, range.start));
            (place, message.code)
        });
        find_positions(&mut messages, documents);
        for message in &mut messages {
            let source = message.source.take();
            message.source = source.filter(|(id, _)| documents.get(*id).may_be_quoted);
        }
        Self { messages }
    }

    /// How many diagnostics have this severity.
    ///
    /// ```
    /// let failed = flowtypes::Generator::new().schema_text("order.json", r#"{"type": "text"}"#).plan();
    /// let Err(failure) = failed else {
    ///     panic!("`text` is no type");
    /// };
    /// assert_eq!(failure.report.count(flowtypes::diagnostic::Severity::Error), 1);
    /// ```
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = |message: &&Message| message.severity == severity;
        self.messages.iter().filter(of_it).count()
    }

    /// Whether anything kept the output from being written.
    ///
    /// ```
    /// let failed = flowtypes::Generator::new().schema_text("order.json", r#"{"type": "text"}"#).plan();
    /// let Err(failure) = failed else {
    ///     panic!("`text` is no type");
    /// };
    /// assert!(failure.report.has_errors());
    /// ```
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.messages
            .iter()
            .any(|message| message.severity == Severity::Error)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, message) in self.messages.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{message}")?;
        }
        Ok(())
    }
}

/// A text in which every character can be seen: what a schema says must not move a cursor or turn a line around.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_hidden) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Finds the line and column of each message; they are in the order of the documents, so that each text is scanned once.
fn find_positions(messages: &mut [Message], documents: &DocumentSet) {
    let document = |message: &Message| message.source.as_ref().map(|(document, _)| *document);
    for group in messages.chunk_by_mut(|one, other| document(one) == document(other)) {
        let Some(id) = group.first().and_then(document) else {
            continue;
        };
        let starts = group.iter().filter_map(|message| message.source.as_ref());
        let starts: Vec<usize> = starts.map(|(_, range)| range.start).collect();
        let positions = positions_of_offsets(&documents.get(id).text, &starts);
        for (message, position) in group.iter_mut().zip(positions) {
            message.position = Some(position);
        }
    }
}

/// The JSON pointer that a diagnostic points at, and the document it is in.
fn pointer_of<'d>(
    diagnostic: &'d Diagnostic,
    documents: &DocumentSet,
) -> Option<(DocumentId, &'d str)> {
    match diagnostic.place.as_ref()? {
        Place::Pointer(document, pointer) => Some((*document, pointer)),
        Place::Option(pointer) => {
            let configuration = documents.configuration()?;
            let is_set = documents
                .get(configuration)
                .value
                .pointer(pointer)
                .is_some();
            is_set.then_some((configuration, pointer))
        }
        Place::Offset(..) | Place::Span(..) | Place::Path(_) => None,
    }
}

/// The sentence, with where the other schema is that it speaks of.
fn said<'d>(diagnostic: &'d Diagnostic, documents: &DocumentSet) -> Cow<'d, str> {
    let message = diagnostic.message.as_str();
    let Some((document, pointer)) = &diagnostic.other else {
        return Cow::Borrowed(message);
    };
    let mut said = match pointer.is_empty() {
        true => format!("{message} at the root"),
        false => format!("{message} at `{pointer}`"),
    };
    let is_elsewhere = pointer_of(diagnostic, documents).is_none_or(|(here, _)| here != *document);
    if is_elsewhere {
        said = format!("{said} of `{}`", documents.get(*document).path);
    }
    Cow::Owned(said)
}

fn resolve(
    diagnostic: &Diagnostic,
    documents: &DocumentSet,
    ranges: &HashMap<DocumentId, HashMap<String, Range<usize>>>,
) -> Message {
    let mut message = Message {
        code: diagnostic.code,
        severity: diagnostic.severity,
        text: visible(&said(diagnostic, documents)),
        help: diagnostic.help.as_deref().map(visible),
        path: None,
        position: None,
        pointer: None,
        source: None,
    };
    let (document, range) = match &diagnostic.place {
        None => return message,
        Some(Place::Path(path)) => {
            message.path = Some(path.clone());
            return message;
        }
        Some(Place::Offset(document, offset)) => (*document, *offset..offset.saturating_add(1)),
        Some(Place::Span(document, start, end)) => (*document, *start..*end),
        Some(Place::Pointer(..) | Place::Option(_)) => {
            let Some((document, pointer)) = pointer_of(diagnostic, documents) else {
                return message;
            };
            message.pointer = Some(visible(pointer));
            let range = ranges.get(&document).and_then(|ranges| ranges.get(pointer));
            (document, range.cloned().unwrap_or(0..1))
        }
    };
    let source = documents.get(document);
    message.path = Some(source.path.clone());
    message.source = Some((document, range));
    message
}
