//! Where the schemas of an OpenAPI document are.

use serde_json::Value;

use super::vocabulary::Dialects;
use super::{Dialect, OPENAPI_3_0, OPENAPI_3_1};
use crate::document::Document;
use crate::schema::location::Segment;

/// Where the named schemas are.
const COMPONENTS: [&str; 2] = ["components", "schemas"];

/// The dialect of the schemas in an OpenAPI document; none if it is none.
pub(super) fn dialect(document: &Document, dialects: &Dialects<'_>) -> Option<Dialect> {
    let version = document.value.get("openapi")?.as_str()?;
    if version.starts_with("3.0") {
        return Some(OPENAPI_3_0);
    }
    if !version.starts_with("3.") {
        return None;
    }
    let named = document.value.get("jsonSchemaDialect");
    let named = named
        .and_then(Value::as_str)
        .and_then(|uri| dialects.named(uri, &document.uri).ok());
    Some(named.unwrap_or(OPENAPI_3_1))
}

/// The named schemas, with the way to each.
pub(super) fn components(root: &Value) -> impl Iterator<Item = ([Segment<'_>; 3], &str, &Value)> {
    let [outer, inner] = COMPONENTS;
    let schemas = root.get(outer).and_then(|outer| outer.get(inner));
    schemas
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(move |(name, schema)| {
            let way = [Segment::Key(outer), Segment::Key(inner), Segment::Key(name)];
            (way, name.as_str(), schema)
        })
}

/// Whether a document is one of OpenAPI.
pub(super) fn is_description(root: &Value) -> bool {
    let version = root.get("openapi").and_then(Value::as_str);
    version.is_some_and(|version| version.starts_with("3."))
}

/// The word that gives the version of a description that is none of those that can be read, with the version.
pub(super) fn unknown_version(root: &Value) -> Option<(&'static str, &str)> {
    if is_description(root) || root.get("$schema").is_some() {
        return None;
    }
    let version = |word| Some((word, root.get(word)?.as_str()?));
    let starts_with_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    version("swagger")
        .or_else(|| version("openapi"))
        .filter(|(_, version)| starts_with_digit(version))
}

/// The reference that a value of `discriminator.mapping` stands for: the name of a component, or a reference.
pub(super) fn component<'s>(root: &'s Value, target: &str) -> Option<&'s Value> {
    let [outer, inner] = COMPONENTS;
    root.get(outer)?.get(inner)?.get(target)
}
