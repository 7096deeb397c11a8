//! The documents that a run reads: text, value and origin. This is the only place that reads files.
//!
//! A library user meets them where there is something to show: a [message](crate::report::Message) says which bytes of which
//! document it is about.
//!
//! ```
//! let output = flowtypes::Generator::new()
//!     .schema_text("order.json", r#"{"$ref": "https://json-schema.org/draft/2020-12/schema"}"#)
//!     .plan_single_file()?;
//! // What is referred to is read as well.
//! assert!(output.documents.iter().count() > 1);
//! # Ok::<(), flowtypes::Error>(())
//! ```

pub(crate) mod bundle;
mod depth;
mod folders;
mod json;
pub(crate) mod load;
pub(crate) mod position;
mod references;
#[cfg(feature = "flow-files")]
pub(crate) mod registration;
mod said;
mod settings;
#[cfg(feature = "flow-files")]
pub(crate) mod texts;
#[cfg(feature = "yaml")]
mod yaml;

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::hash::HashMap;

pub(crate) use depth::MAX_DEPTH;
pub(crate) use folders::Folders;
pub use load::Source;
#[cfg(feature = "flow-files")]
pub(crate) use load::add_registration;
pub(crate) use load::{FileSystem, Retrieve, Retrieved, load};
pub(crate) use load::{
    json_files, load_services, read, shown_file, shown_path, unreadable, unreadable_folder,
    uri_of_file,
};
pub(crate) use position::{locate, positions_of_offsets};
pub(crate) use references::{percent_decode, resolve as resolve_uri};
#[cfg(feature = "flow-files")]
pub(crate) use registration::registered;
use said::Said;

/// The index of a document in its [`DocumentSet`].
///
/// ```
/// let Err(failure) = flowtypes::Generator::new().schema_text("order.json", "{").plan() else {
///     panic!("there is no end of the object");
/// };
/// let source = failure.report.messages.iter().find_map(|message| message.source.clone());
/// assert!(source.is_some_and(|(id, _)| failure.documents.get(id).path == "order.json"));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DocumentId(pub(crate) u32);

/// What a document is to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A schema that the run is about.
    Input,
    /// A schema that another one refers to; how bad it is if it cannot be understood.
    Referred(Severity),
    /// A schema that another one refers to and that the program brings along.
    BuiltIn,
    /// The OpenAPI description of a service, and no input of its own.
    Service,
    /// Not a schema: an action descriptor, or the file that keeps names.
    Settings,
    /// What the options come from.
    Configuration,
}

/// One document.
///
/// ```
/// let output = flowtypes::Generator::new().schema_text("order.json", "{}").plan()?;
/// let texts = output.documents.iter().map(|(_, document)| document.text.len());
/// assert_eq!(texts.sum::<usize>(), 2);
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// The path as the user wrote it, `/` between folders; what diagnostics show.
    pub path: String,
    /// The URI it was read from, before any `$id` has its say.
    pub(crate) uri: String,
    /// Its text.
    pub text: String,
    /// Its value.
    pub(crate) value: Value,
    /// What it is to the run.
    pub(crate) role: Role,
    /// Whether its lines may be shown. Those of a file that a schema leads to and that is no document may be anything, such as
    /// a secret of the machine that reads somebody else's schema.
    pub(crate) may_be_quoted: bool,
    /// The names made for the schemas of its operations, if somebody has asked.
    names_of_operations: OnceLock<Vec<String>>,
}

impl Document {
    /// Keeps the names made for the schemas of an OpenAPI document's operations, which its text does not hold, as long as
    /// the text. They are made of the documents alone: those of the first time are kept.
    pub(crate) fn names_of_operations(&self, names: Vec<String>) -> &[String] {
        self.names_of_operations.get_or_init(|| names)
    }

    /// The byte ranges of the values at these JSON pointers, as [`locate`] finds them.
    #[must_use]
    pub(crate) fn locate<'p>(
        &self,
        pointers: impl IntoIterator<Item = &'p str>,
    ) -> HashMap<String, Range<usize>> {
        #[cfg(feature = "yaml")]
        if is_yaml(&self.path, &self.text) {
            return yaml::locate(&self.text, pointers);
        }
        locate(&self.text, pointers)
    }

    /// Whether it is a schema that inputs only refer to.
    #[must_use]
    pub(crate) fn is_referred(&self) -> bool {
        matches!(self.role, Role::Referred(_) | Role::BuiltIn)
    }

    /// The file name without `.json` or `.schema.json`: what the output is named after.
    #[must_use]
    pub(crate) fn stem(&self) -> &str {
        #[cfg(feature = "flow-files")]
        if let Some(service) = registered(&self.path) {
            return service;
        }
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let ends = [".json", ".yaml", ".yml"];
        let name = ends
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(name);
        name.strip_suffix(".schema").unwrap_or(name)
    }
}

/// All documents of a run, the inputs first.
///
/// ```
/// // The text that a message is about.
/// let schema = r#"{"type": "text"}"#;
/// let Err(failure) = flowtypes::Generator::new().schema_text("order.json", schema).plan() else {
///     panic!("`text` is no type");
/// };
/// for message in &failure.report.messages {
///     if let Some((document, range)) = &message.source {
///         let text = &failure.documents.get(*document).text;
///         assert_eq!(text.get(range.clone()), Some(r#""type""#));
///     }
/// }
/// ```
#[derive(Debug, Default)]
pub struct DocumentSet {
    documents: Vec<Document>,
    aliases: HashMap<String, DocumentId>,
    /// The description of each service of the configuration, where it could be read.
    services: Vec<Option<DocumentId>>,
}

impl DocumentSet {
    /// Adds the file that the options come from, so that what is said of an option can point at it.
    pub(crate) fn configure(&mut self, document: Document) {
        self.documents.push(Document {
            role: Role::Configuration,
            ..document
        });
    }

    /// The file that the options come from.
    pub(crate) fn configuration(&self) -> Option<DocumentId> {
        let index = self
            .documents
            .iter()
            .rposition(|document| document.role == Role::Configuration)?;
        u32::try_from(index).ok().map(DocumentId)
    }

    /// Adds a document from its text; says what is wrong with it otherwise.
    pub(crate) fn add(
        &mut self,
        path: &str,
        uri: &str,
        text: String,
        role: Role,
        diagnostics: &mut Diagnostics,
    ) -> Option<DocumentId> {
        let id = DocumentId(u32::try_from(self.documents.len()).ok()?);
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let (value, accepted) = match parse(path, &text, id, role, diagnostics) {
            Ok(value) => (value, true),
            Err(problem) => {
                diagnostics.push(match role {
                    Role::Referred(severity) => problem.severity(severity),
                    Role::Input
                    | Role::Service
                    | Role::BuiltIn
                    | Role::Settings
                    | Role::Configuration => problem,
                });
                // Anything goes, so that what is wrong is said once.
                (Value::Object(Map::new()), false)
            }
        };
        self.aliases.insert(uri.to_owned(), id);
        self.documents.push(Document {
            path: path.to_owned(),
            uri: uri.to_owned(),
            text,
            value,
            role,
            may_be_quoted: accepted || !matches!(role, Role::Referred(_)),
            names_of_operations: OnceLock::new(),
        });
        accepted.then_some(id)
    }

    /// Gives the documents with this path another one, for people.
    pub(crate) fn show_as(&mut self, path: &str, shown: &str) {
        for document in &mut self.documents {
            if document.path == path {
                shown.clone_into(&mut document.path);
            }
        }
    }

    /// Adds a document that is not a schema, and reads it as a `T`.
    pub(crate) fn add_settings<T: DeserializeOwned>(
        &mut self,
        path: &Path,
        code: Code,
        help: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(DocumentId, T)> {
        let shown = shown_path(path);
        let text = match read(path) {
            Ok(text) => text,
            Err((code, reason)) => {
                let what = format!("this file cannot be read: {reason}");
                diagnostics.push(unreadable(code, &what, "name a file that is there", path));
                return None;
            }
        };
        let id = self.add(&shown, &shown, text, Role::Settings, diagnostics)?;
        let document = self.get(id);
        let mut reader = serde_json::Deserializer::from_str(&document.text);
        match serde_path_to_error::deserialize(&mut reader) {
            Ok(settings) => match settings::list_for_object::<T>(&document.value) {
                None => Some((id, settings)),
                Some((member, said)) => {
                    let place = Place::Pointer(id, member);
                    diagnostics.push(wrong_setting(code, &said, help).at(place));
                    None
                }
            },
            Err(error) => {
                let member = json_pointer(error.path());
                let error = error.into_inner();
                // Of an enum, only reading the value says what it found instead; only reading the text says where.
                let said = T::deserialize(&document.value).err();
                let said = without_place(said.as_ref().unwrap_or(&error));
                let place = match member.filter(|member| document.value.pointer(member).is_some()) {
                    Some(member) => Place::Pointer(id, member),
                    None => {
                        let offset =
                            position::offset_of(&document.text, error.line(), error.column());
                        Place::Offset(id, offset)
                    }
                };
                diagnostics.push(wrong_setting(code, &said, help).at(place));
                None
            }
        }
    }

    /// Adds a text that is no JSON, such as XML or Apex: only its place in diagnostics matters here.
    #[cfg(feature = "flow-files")]
    pub(crate) fn add_text(&mut self, path: &str, text: String) -> Option<DocumentId> {
        let id = DocumentId(u32::try_from(self.documents.len()).ok()?);
        self.documents.push(Document {
            path: path.to_owned(),
            uri: path.to_owned(),
            text,
            value: Value::Null,
            role: Role::Settings,
            may_be_quoted: true,
            names_of_operations: OnceLock::new(),
        });
        Some(id)
    }

    /// The document behind an id of this set.
    ///
    /// ```
    /// let Err(failure) = flowtypes::Generator::new().schema_text("order.json", "[]").plan() else {
    ///     panic!("a list is no schema");
    /// };
    /// let source = failure.report.messages.iter().find_map(|message| message.source.clone());
    /// assert!(source.is_some_and(|(id, _)| failure.documents.get(id).text == "[]"));
    /// ```
    #[must_use]
    pub fn get(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// Whether there is a document with this id.
    pub(crate) fn contains(&self, id: DocumentId) -> bool {
        (id.0 as usize) < self.documents.len()
    }

    /// The document that was read from this URI, or that is known under it.
    #[must_use]
    pub(crate) fn by_uri(&self, uri: &str) -> Option<DocumentId> {
        self.aliases.get(uri).copied()
    }

    /// Adds the description of one more service, where it can be read.
    pub(crate) fn add_service(
        &mut self,
        path: &str,
        uri: &str,
        text: String,
        diagnostics: &mut Diagnostics,
    ) {
        let known = self.add(path, uri, text, Role::Service, diagnostics);
        self.services.push(known);
    }

    /// The description of each service that was asked for, where it could be read.
    pub(crate) fn services(&self) -> &[Option<DocumentId>] {
        &self.services
    }

    /// Whether a document describes a service of the run.
    #[must_use]
    pub(crate) fn is_service(&self, id: DocumentId) -> bool {
        self.services.contains(&Some(id))
    }

    /// The schemas with their ids, the inputs first.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.iter()
            .filter(|(_, document)| !matches!(document.role, Role::Settings | Role::Configuration))
    }

    /// All documents with their ids.
    ///
    /// ```
    /// let output = flowtypes::Generator::new().schema_text("order.json", "{}").plan()?;
    /// let paths: Vec<&str> = output.documents.iter().map(|(_, document)| document.path.as_str()).collect();
    /// assert_eq!(paths, ["order.json"]);
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        (0..).map(DocumentId).zip(&self.documents)
    }
}

/// Whether a file is YAML: by its name, and of the registration of a service by the first character of the description.
#[cfg(feature = "yaml")]
fn is_yaml(path: &str, text: &str) -> bool {
    #[cfg(feature = "flow-files")]
    if registered(path).is_some() {
        return !text.trim_start().starts_with('{');
    }
    let _ = text;
    let end = path.rsplit('.').next().unwrap_or_default();
    end.eq_ignore_ascii_case("yaml") || end.eq_ignore_ascii_case("yml")
}

/// Whether a JSON text is nested deeper than a document may be.
pub(crate) fn is_too_deep(text: &str) -> bool {
    depth::first_too_deep(text).is_some()
}

fn nested_too_deep(message: String, id: DocumentId, offset: usize) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, message)
        .at(Place::Offset(id, offset))
        .help("move the inner parts to `$defs` and refer to them")
}

/// Reads the value of a text.
fn parse(
    path: &str,
    text: &str,
    id: DocumentId,
    role: Role,
    diagnostics: &mut Diagnostics,
) -> Result<Value, Diagnostic> {
    #[cfg(feature = "yaml")]
    if is_yaml(path, text) {
        return yaml::parse(text).map_err(|problem| {
            if problem.kind == yaml::Kind::TooDeep {
                return nested_too_deep(problem.message, id, problem.offset);
            }
            let message = format!("this is not YAML that JSON could say: {}", problem.message);
            Diagnostic::new(Code::Syntax, message)
                .at(Place::Offset(id, problem.offset))
                .help("correct the text here; the parser stops at the first mistake")
        });
    }
    let _ = path;
    let parsed = json::parse(text).map_err(|error| {
        if let Some(offset) = depth::first_too_deep(text) {
            let message = format!("the document is nested deeper than {MAX_DEPTH} levels");
            return nested_too_deep(message, id, offset);
        }
        let offset = position::offset_of(text, error.line(), error.column());
        let reason = match text.trim().is_empty() {
            true => "there is nothing in it".to_owned(),
            false => without_place(&error),
        };
        let (reason, help) = said::syntax(&reason, text.get(offset..).unwrap_or_default());
        Diagnostic::new(Code::Syntax, format!("this is not JSON: {reason}"))
            .at(Place::Offset(id, offset))
            .help(help)
    })?;
    // Of settings it is an error, which is told where they are read.
    let repeated = match role {
        Role::Settings | Role::Configuration => Vec::new(),
        Role::Input | Role::Referred(_) | Role::BuiltIn | Role::Service => parsed.repeated,
    };
    for pointer in repeated {
        diagnostics.push(
            Diagnostic::new(
                Code::RepeatedKey,
                "this key is there further up, too, and only this one, the last, counts",
            )
            .at(Place::Pointer(id, pointer))
            .help("keep one of them, or give one another name"),
        );
    }
    Ok(parsed.value)
}

/// What is wrong with settings, by the sentence of the reader.
fn wrong_setting(code: Code, sentence: &str, help: &str) -> Diagnostic {
    let said = Said::new(sentence);
    let help = match said.meant {
        Some(meant) => format!("you may mean `{meant}`; {help}"),
        None => help.to_owned(),
    };
    Diagnostic::new(code, said.what).help(help)
}

/// The JSON pointer of the value that a deserializer stopped at; none for the root, and where it does not know.
fn json_pointer(path: &serde_path_to_error::Path) -> Option<String> {
    let mut pointer = String::new();
    for step in path {
        pointer.push('/');
        match step {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => return None,
        }
    }
    (!pointer.is_empty()).then_some(pointer)
}

/// The sentence of an error without its line and column, which are shown in their own place.
fn without_place(error: &serde_json::Error) -> String {
    let mut sentence = error.to_string();
    if let Some(end) = sentence.rfind(" at line ") {
        sentence.truncate(end);
    }
    sentence
}
