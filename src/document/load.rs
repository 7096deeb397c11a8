//! From paths to documents, with every document that they refer to.

use std::path::{Path, PathBuf};

#[cfg(feature = "flow-files")]
use super::registration;
use super::{DocumentId, DocumentSet, Role, references};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::hash::HashSet;

/// Where documents come from. Nothing is ever fetched from a network.
pub trait Retrieve {
    /// The text of the document with this URI; none if there is no such document.
    ///
    /// # Errors
    /// Gives the reason if there is a file and it cannot be read as UTF-8 text.
    fn retrieve(&self, uri: &str) -> Result<Option<Retrieved>, String>;
}

/// A document that was found.
#[derive(Debug)]
pub struct Retrieved {
    /// The path to show.
    pub path: String,
    /// The text.
    pub text: String,
    /// The URI of its file; none for a document that the program brings along.
    pub file: Option<String>,
}

/// The files of this machine.
#[derive(Debug)]
pub struct FileSystem {
    root: PathBuf,
}

impl FileSystem {
    /// Files whose paths are shown relative to `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Retrieve for FileSystem {
    fn retrieve(&self, uri: &str) -> Result<Option<Retrieved>, String> {
        let Some(path) = path_of(uri) else {
            return Ok(None);
        };
        if !path.is_file() {
            return Ok(None);
        }
        retrieve_file(&path, &self.root).map(Some)
    }
}

/// The document in a file, its path shown relative to `root`.
pub(super) fn retrieve_file(path: &Path, root: &Path) -> Result<Retrieved, String> {
    let text = read(path).map_err(|(_, reason)| reason)?;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok(Retrieved {
        path: shown_below(&path, root),
        text,
        file: Some(uri_of(&path)),
    })
}

/// An absolute path as it is shown: from `root` on, if it is below it.
fn shown_below(path: &Path, root: &Path) -> String {
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    shown_path(path.strip_prefix(&root).unwrap_or(path))
}

/// The path of the file that a URI names, as messages show it; none if it names no file.
pub(crate) fn shown_file(uri: &str) -> Option<String> {
    path_of(uri).map(|path| shown_below(&path, Path::new(".")))
}

/// A schema that a run is about, or a folder of them.
///
/// ```
/// use flowtypes::document::Source;
///
/// let samples = [
///     Source::Path("samples/order-1.json".into()),
///     Source::Text { name: "order-2.json".to_owned(), text: r#"{"id": 8}"#.to_owned() },
/// ];
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Source {
    /// A file, or a folder whose `*.json` files are read.
    Path(PathBuf),
    /// A text under a name, as if it were a file of the current folder.
    Text {
        /// The name.
        name: String,
        /// The text.
        text: String,
    },
}

impl Source {
    /// How people call it.
    fn shown(&self) -> String {
        match self {
            Self::Path(path) => shown_path(path),
            Self::Text { name, .. } => name.clone(),
        }
    }
}

/// Reads the inputs (files, folders of `*.json`, or texts) and whatever they refer to, from the first source that has it. What
/// is wrong with a document that is only referred to is as bad as `unresolved` says.
pub fn load(
    inputs: &[Source],
    sources: &[&dyn Retrieve],
    unresolved: Severity,
    diagnostics: &mut Diagnostics,
) -> DocumentSet {
    let mut documents = DocumentSet::default();
    for input in inputs {
        match input {
            Source::Path(path) => {
                for path in expand(path, diagnostics) {
                    load_file(&path, Role::Input, &mut documents, diagnostics);
                }
            }
            Source::Text { name, text } => {
                let uri = uri_of_file(Path::new(name));
                documents.add(name, &uri, text.clone(), Role::Input, diagnostics);
            }
        }
    }
    if documents.documents.is_empty() && !diagnostics.has_errors() {
        let places: Vec<String> = inputs.iter().map(Source::shown).collect();
        let message = match places.as_slice() {
            [] => "no schema is named".to_owned(),
            places => format!("there is no schema in {}", places.join(", ")),
        };
        diagnostics.push(
            Diagnostic::new(Code::NoInput, message)
                .help("name a schema file, or list the schemas in `flowtypes.json`"),
        );
    }
    follow(&mut documents, sources, unresolved, diagnostics);
    documents
}

/// Reads the descriptions of services and whatever they refer to.
pub(crate) fn load_services(
    paths: &[PathBuf],
    sources: &[&dyn Retrieve],
    unresolved: Severity,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) {
    for path in paths {
        let known = load_file(path, Role::Service, documents, diagnostics);
        documents.services.push(known);
    }
    follow(documents, sources, unresolved, diagnostics);
}

/// Takes the registration of an external service that has been read for one more service.
#[cfg(feature = "flow-files")]
pub(crate) fn add_registration(
    id: DocumentId,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) {
    let document = documents.get(id);
    let (path, uri) = (
        document.path.clone(),
        uri_of_file(Path::new(&document.path)),
    );
    match registration::description(&document.text) {
        Ok(text) => documents.add_service(&path, &uri, text, diagnostics),
        Err(_) => documents.services.push(None),
    }
}

/// Loads what the documents refer to, until nothing new turns up.
pub(super) fn follow(
    documents: &mut DocumentSet,
    sources: &[&dyn Retrieve],
    unresolved: Severity,
    diagnostics: &mut Diagnostics,
) {
    let mut tried = HashSet::default();
    let mut identified = HashSet::default();
    let mut next = 0;
    while let Some(document) = documents.documents.get(next) {
        let id = DocumentId(u32::try_from(next).unwrap_or(u32::MAX));
        next += 1;
        let found = references::outward(&document.value, &document.uri);
        identified.extend(found.identifiers);
        for reference in found.references {
            if documents.by_uri(&reference.target).is_some()
                || identified.contains(&reference.target)
                || !tried.insert(reference.target.clone())
            {
                continue;
            }
            for uri in [&reference.target, &reference.by_path] {
                if let Some(known) = documents.by_uri(uri) {
                    documents.aliases.insert(reference.target.clone(), known);
                    break;
                }
                match sources
                    .iter()
                    .find_map(|source| source.retrieve(uri).transpose())
                {
                    Some(Ok(found)) => {
                        let known = take(found, uri, unresolved, documents, diagnostics);
                        if let Some(known) = known {
                            documents.aliases.insert(reference.target.clone(), known);
                        }
                        break;
                    }
                    None => {}
                    Some(Err(reason)) => diagnostics.push(
                        Diagnostic::new(
                            Code::Unreadable,
                            format!("a document that is referred to cannot be read: {reason}"),
                        )
                        .severity(unresolved)
                        .at(Place::Pointer(id, String::new()))
                        .help("make the file readable UTF-8 text, or correct the reference"),
                    ),
                }
            }
        }
    }
}

/// Adds a document that was found under a URI, unless its file is known under another one.
fn take(
    found: Retrieved,
    uri: &str,
    unresolved: Severity,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) -> Option<DocumentId> {
    let Some(file) = found.file else {
        return documents.add(&found.path, uri, found.text, Role::BuiltIn, diagnostics);
    };
    if let Some(known) = documents.by_uri(&file) {
        documents.aliases.insert(uri.to_owned(), known);
        return Some(known);
    }
    let role = Role::Referred(unresolved);
    let id = documents.add(&found.path, uri, found.text, role, diagnostics)?;
    documents.aliases.insert(file, id);
    Some(id)
}

/// Adds a file; none if it cannot be read. A file that is known keeps its role.
fn load_file(
    path: &Path,
    role: Role,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) -> Option<DocumentId> {
    let shown = shown_path(path);
    let uri = uri_of_file(path);
    if let Some(known) = documents.by_uri(&uri) {
        return Some(known);
    }
    let text = match read(path) {
        Ok(text) => text,
        Err((code, reason)) => {
            let start = match shown.starts_with("https://") || shown.starts_with("http://") {
                true => {
                    "nothing is fetched from a network: download the document, and name its file"
                }
                false => {
                    "name a file that is there; `flowtypes init` writes a schema to start from"
                }
            };
            diagnostics.push(unreadable(
                code,
                &format!("this schema cannot be read: {reason}"),
                start,
                path,
            ));
            return None;
        }
    };
    #[cfg(feature = "flow-files")]
    let text = match registration::registered(&shown) {
        Some(_) if role == Role::Service => match registration::description(&text) {
            Ok(text) => text,
            Err(reason) => {
                let message = format!("this registration cannot be understood: {reason}");
                let problem = Diagnostic::new(Code::Syntax, message).at(Place::Path(shown));
                diagnostics.push(problem.help("retrieve it again, or name the description itself"));
                return None;
            }
        },
        _ => text,
    };
    documents.add(&shown, &uri, text, role, diagnostics)
}

/// The files that an input stands for: itself, or the `*.json` files of a folder, by name.
fn expand(input: &Path, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    if !input.is_dir() {
        return vec![input.to_owned()];
    }
    match json_files(input) {
        Ok(files) => files,
        Err(error) => {
            diagnostics.push(unreadable_folder(input, &error));
            Vec::new()
        }
    }
}

/// The `*.json` files of a folder, by name, without those of its folders.
///
/// # Errors
/// If the folder cannot be read.
pub(crate) fn json_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file()
            && path
                .extension()
                .is_some_and(|end| end.eq_ignore_ascii_case("json"))
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A file's text.
///
/// # Errors
/// The code and the reason, if it cannot be read as UTF-8.
pub(crate) fn read(path: &Path) -> Result<String, (Code, String)> {
    text_of(std::fs::read(path).map_err(|error| (Code::Unreadable, error.to_string()))?)
}

/// The text that bytes are.
///
/// # Errors
/// The code and the reason, if they are no UTF-8.
pub fn text_of(bytes: Vec<u8>) -> Result<String, (Code, String)> {
    // PowerShell and old editors write it, with a mark at the start or without.
    let is_wide = matches!(
        bytes[..],
        [0xff, 0xfe, ..]
            | [0xfe, 0xff, ..]
            | [0, 1..=255, 0, 1..=255, ..]
            | [1..=255, 0, 1..=255, 0, ..]
    );
    if is_wide {
        return Err((Code::NotUtf8, "it is UTF-16 text, not UTF-8".to_owned()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        (
            Code::NotUtf8,
            format!("it is not UTF-8 text from byte {at} on"),
        )
    })
}

/// What is said of a file that cannot be read.
pub(crate) fn unreadable(code: Code, what: &str, help: &str, path: &Path) -> Diagnostic {
    let help = match code {
        Code::NotUtf8 => "save it as UTF-8",
        _ if path.is_file() => "get permission to read it, or name another file",
        _ => help,
    };
    Diagnostic::new(code, what)
        .at(Place::Path(shown_path(path)))
        .help(help)
}

/// What is said of a folder that cannot be read.
pub(crate) fn unreadable_folder(path: &Path, error: &std::io::Error) -> Diagnostic {
    let what = format!("this folder cannot be read: {error}");
    unreadable(
        Code::Unreadable,
        &what,
        "get permission to read it, or name another one",
        path,
    )
}

/// A path for people, with `/` between folders on every system.
pub(crate) fn shown_path(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

const UNRESERVED: &[u8] = b"-._~/:@!$&'()*+,;=";

/// The URI of a file, with every `.` and `..` taken out.
pub(crate) fn uri_of_file(path: &Path) -> String {
    match std::path::absolute(path) {
        Ok(path) => uri_of(&path),
        Err(_) => uri_of(path),
    }
}

fn uri_of(path: &Path) -> String {
    let text = shown_path(path);
    let mut uri = String::from("file://");
    if !text.starts_with('/') {
        uri.push('/');
    }
    let mut normal: Vec<&str> = Vec::new();
    for part in text.split('/') {
        match part {
            "." => {}
            ".." => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    for byte in normal.join("/").bytes() {
        if byte.is_ascii_alphanumeric() || UNRESERVED.contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn path_of(uri: &str) -> Option<PathBuf> {
    let uri = fluent_uri::Uri::parse(uri).ok()?;
    if uri.scheme().as_str() != "file" {
        return None;
    }
    let text = uri.path().decode().to_string().ok()?.into_owned();
    Some(PathBuf::from(text))
}
