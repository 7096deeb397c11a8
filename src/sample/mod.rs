//! A schema from JSON samples: what people have who have no schema.
//!
//! Every sample is valid for the schema. Beyond that it says only what the samples show: a property is required if every
//! object at its place has it, and what is null somewhere may be null. No enum is ever invented. Objects of several places become
//! one definition if they have the same properties, and what is known of these does not contradict each other.
//!
//! ```no_run
//! use flowtypes::document::Source;
//!
//! let samples = [Source::Path("order-1.json".into()), Source::Path("order-2.json".into())];
//! println!("{}", flowtypes::sample::infer(&samples, Some("Order"))?.schema);
//! # Ok::<(), flowtypes::Error>(())
//! ```

mod definitions;
mod keys;
mod places;
mod shape;
mod text;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::document::{DocumentSet, Role, Source, is_too_deep, read, shown_path, unreadable};
use crate::generator::Failure;
use shape::Shape;

/// A schema that was inferred.
///
/// ```
/// use flowtypes::document::Source;
///
/// let sample = Source::Text { name: "order.json".to_owned(), text: r#"{"id": 7}"#.to_owned() };
/// let inferred = flowtypes::sample::infer(&[sample], None)?;
/// // From a sample to types in one go.
/// let generator = flowtypes::Generator::new()
///     .schema_text(format!("{}.json", inferred.name), inferred.schema);
/// assert!(generator.plan_single_file().is_ok());
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inferred {
    /// What it is called: a name for its file.
    pub name: String,
    /// Its text.
    pub schema: String,
}

/// Infers a schema from samples of one kind of document. Without a name it is called after the first sample.
///
/// ```
/// use flowtypes::document::Source;
///
/// let sample = |name: &str, text: &str| Source::Text {
///     name: name.to_owned(),
///     text: text.to_owned(),
/// };
/// let samples = [
///     sample("order-1.json", r#"{"id": 7, "due": "2027-01-31"}"#),
///     sample("order-2.json", r#"{"id": 8, "due": null}"#),
/// ];
/// let inferred = flowtypes::sample::infer(&samples, None)?;
/// assert_eq!(inferred.name, "order");
/// assert!(inferred.schema.contains(r#""format": "date""#));
/// # Ok::<(), flowtypes::Error>(())
/// ```
///
/// # Errors
/// The diagnostics, if a sample cannot be read, is not JSON, has a key twice, or is nested too deep.
pub fn infer(samples: &[Source], name: Option<&str>) -> Result<Inferred, Failure> {
    let mut documents = DocumentSet::default();
    // What a sample says twice would be lost without a word, for nothing is said of one that is fine.
    let levels = BTreeMap::from([(Code::RepeatedKey.as_str().to_owned(), Severity::Error)]);
    let mut diagnostics = Diagnostics::with_levels(levels);
    for sample in samples {
        add(sample, &mut documents, &mut diagnostics);
    }
    if diagnostics.has_errors() {
        return Err(Failure::new(documents, &diagnostics));
    }
    let mut shape = Shape::default();
    for (_, document) in documents.iter() {
        shape.add(&document.value);
    }
    let (name, title) = match (name, documents.iter().next()) {
        (Some(name), _) => (name.to_owned(), name.to_owned()),
        (None, first) => {
            let stem = first.map_or("", |(_, first)| first.stem());
            let name = name_of(stem, samples.len() > 1);
            let title = title_of(&name);
            (name, title)
        }
    };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), DIALECT.into());
    schema.insert("title".to_owned(), title.into());
    schema.extend(definitions::schema(shape));
    let mut text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
    text.push('\n');
    if is_too_deep(&text) {
        diagnostics.push(too_deep(&documents));
        return Err(Failure::new(documents, &diagnostics));
    }
    Ok(Inferred { name, schema: text })
}

/// A schema is nested deeper than its sample, and nobody could read it.
fn too_deep(documents: &DocumentSet) -> Diagnostic {
    let message = "these samples are nested so deep that their schema would be nested deeper than a document may be";
    let diagnostic = Diagnostic::new(Code::TooDeep, message)
        .help("infer a schema of an inner part of them, and refer to it from that of the rest");
    match documents.iter().next() {
        Some((first, _)) => diagnostic.at(Place::Pointer(first, String::new())),
        None => diagnostic,
    }
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

fn add(sample: &Source, documents: &mut DocumentSet, diagnostics: &mut Diagnostics) {
    let path = match sample {
        Source::Path(path) => path,
        Source::Text { name, text } => {
            documents.add(name, name, text.clone(), Role::Input, diagnostics);
            return;
        }
    };
    match read(path) {
        Ok(text) => {
            let name = shown_path(path);
            documents.add(&name, &name, text, Role::Input, diagnostics);
        }
        Err((code, reason)) => {
            let what = format!("this sample cannot be read: {reason}");
            diagnostics.push(unreadable(code, &what, "name a JSON document", path));
        }
    }
}

/// The name of a type by its sample; of several samples, what is left without their numbers.
fn name_of(stem: &str, is_one_of_several: bool) -> String {
    let base = if is_one_of_several {
        stem.trim_end_matches(|c: char| c.is_ascii_digit() || "-_. ".contains(c))
    } else {
        stem
    };
    let name = if base.is_empty() { stem } else { base };
    if name.is_empty() { "sample" } else { name }.to_owned()
}

/// A name of a file as people would write it: `order-line` is `Order line`.
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_', '.'], " ");
    let mut rest = words.trim().chars();
    let first = rest.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(rest).collect()
}
