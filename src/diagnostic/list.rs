//! What the stages say about their input: a code that stays, a place, a sentence, and a way out.

use std::collections::{BTreeMap, HashSet};

use super::{Code, Severity};
use crate::document::DocumentId;
use crate::schema::location::{LocationId, Locations, Segment, push_segment};

/// What a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A value in a document, by JSON pointer.
    Pointer(DocumentId, String),
    /// A byte of a document's text, where there is no value to point at.
    Offset(DocumentId, usize),
    /// A range of bytes of a document's text: where it starts, and where it ends.
    Span(DocumentId, usize, usize),
    /// A path as the user wrote it, where there is no text to show.
    Path(String),
    /// An option, by its JSON pointer in the configuration file; nothing where no file sets it.
    Option(String),
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, in lower case, without a full stop.
    pub message: String,
    /// What it points at.
    pub place: Option<Place>,
    /// What else it is about: a value in a document, whose name ends the sentence.
    pub(crate) other: Option<(DocumentId, String)>,
    /// A way out.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with the code's own severity, without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.default_severity(),
            message: readable(message.into()),
            place: None,
            other: None,
            help: None,
        }
    }

    /// Says what the diagnostic points at.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says how bad it is, where that is for the user to decide.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Points at a schema location.
    #[must_use]
    pub fn at_location(self, locations: &Locations<'_>, id: LocationId) -> Self {
        let (document, pointer) = locations.place(id);
        self.at(Place::Pointer(document, pointer))
    }

    /// Ends the sentence with where another schema is that it is about.
    #[must_use]
    pub(crate) fn and_location(mut self, locations: &Locations<'_>, id: LocationId) -> Self {
        self.other = Some(locations.place(id));
        self
    }

    /// Points at an option of the configuration, such as `apex.classPrefix`, or at the part of it that these steps lead to.
    #[must_use]
    pub(crate) fn at_option(self, option: &str, steps: &[&str]) -> Self {
        let mut pointer = String::new();
        for step in option.split('.').chain(steps.iter().copied()) {
            push_segment(&mut pointer, Segment::Key(step));
        }
        self.at(Place::Option(pointer))
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(readable(help.into()));
        self
    }
}

/// How many characters of one text that a message quotes are shown.
const MOST_QUOTED: usize = 500;

/// A message that somebody can read, however long the texts are that it quotes.
fn readable(message: String) -> String {
    if message.len() <= MOST_QUOTED {
        return message;
    }
    let parts = message.split('`').map(|part| {
        let cut = part.char_indices().nth(MOST_QUOTED);
        cut.map_or_else(|| part.to_owned(), |(end, _)| format!("{}…", &part[..end]))
    });
    parts.collect::<Vec<String>>().join("`")
}

/// All that a run has said so far, in order.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: HashSet<Diagnostic>,
    levels: BTreeMap<String, Severity>,
}

impl Diagnostics {
    /// An empty list whose severities follow `levels` (code → severity) before the codes' own.
    #[must_use]
    pub fn with_levels(levels: BTreeMap<String, Severity>) -> Self {
        Self {
            levels,
            ..Self::default()
        }
    }

    /// Adds a diagnostic; an error of the input cannot be lowered by a configured level.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if let Some(level) = self.levels.get(diagnostic.code.as_str())
            && diagnostic.severity != Severity::Error
        {
            diagnostic.severity = *level;
        }
        if diagnostic.severity != Severity::Allow && self.seen.insert(diagnostic.clone()) {
            self.list.push(diagnostic);
        }
    }

    /// Takes over what others have said.
    pub fn extend(&mut self, others: Self) {
        for diagnostic in others.list {
            self.push(diagnostic);
        }
    }

    /// Whether anything keeps the output from being written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The diagnostics in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}
