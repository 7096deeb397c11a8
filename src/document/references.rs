//! Which other documents a document refers to, read off its text alone: whether a `$ref` really is a
//! reference is for the dialect to say.

use std::rc::Rc;

use fluent_uri::{Uri, UriRef};
use serde_json::Value;

/// What a document says about other documents.
#[derive(Default)]
pub(super) struct Outward {
    /// The references to other documents, in the order of the text.
    pub references: Vec<Reference>,
    /// The URIs that parts of this document claim for themselves.
    pub identifiers: Vec<String>,
}

/// A reference to another document.
pub(super) struct Reference {
    /// The URI that it stands for, resolved against the identifiers around it, without a fragment.
    pub target: String,
    /// The URI that it stands for if identifiers are passed over, as a relative path to a file is meant.
    pub by_path: String,
}

/// The words whose value is a reference. `$schema` is one too: a document may describe a dialect of its own.
const REFERENCES: [&str; 4] = ["$ref", "$dynamicRef", "$recursiveRef", "$schema"];

/// The words of every dialect whose value is data of the user, in which nothing is a reference.
const DATA: [&str; 5] = ["const", "enum", "default", "examples", "example"];

/// The words whose members are schemas by names of the user's choice.
const NAMED: [&str; 6] = [
    "$defs",
    "definitions",
    "properties",
    "patternProperties",
    "dependentSchemas",
    "dependencies",
];

/// The words whose value is a schema or a list of some.
const SCHEMAS: [&str; 16] = [
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// What is known of a place. Only where a schema is for sure, a word such as `default` is not a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Schema,
    Named,
    Unknown,
}

impl Part {
    fn root(value: &Value) -> Self {
        let is_other = |word| value.get(word).is_some();
        if is_other("openapi") || is_other("swagger") {
            Self::Unknown
        } else {
            Self::Schema
        }
    }

    /// What a member of an object is; none where it is data.
    fn member(self, key: &str) -> Option<Self> {
        match self {
            Self::Named => Some(Self::Schema),
            Self::Schema if DATA.contains(&key) => None,
            Self::Schema if SCHEMAS.contains(&key) => Some(Self::Schema),
            Self::Schema if NAMED.contains(&key) => Some(Self::Named),
            // In a description of a service.
            Self::Unknown if key == "schema" => Some(Self::Schema),
            Self::Unknown if key == "schemas" => Some(Self::Named),
            Self::Schema | Self::Unknown => Some(Self::Unknown),
        }
    }
}

/// Reads off a document what it says about others.
pub(super) fn outward(value: &Value, uri: &str) -> Outward {
    let mut found = Outward::default();
    let mut work: Vec<(&Value, Part, Rc<str>)> = vec![(value, Part::root(value), Rc::from(uri))];
    while let Some((value, part, mut base)) = work.pop() {
        match value {
            Value::Object(members) => {
                // Most objects say nothing of the kind: they are not asked for each word.
                let says = |(key, value): (&String, &Value)| {
                    value.is_string() && (key.starts_with('$') || key == "id")
                };
                let is_about = members.iter().any(says);
                for key in ["$id", "id"].into_iter().filter(|_| is_about) {
                    if let Some(Value::String(id)) = members.get(key)
                        && !id.starts_with('#')
                        && let Some(resolved) = resolve(&base, id)
                    {
                        found.identifiers.push(resolved.clone());
                        base = Rc::from(resolved);
                    }
                }
                for key in REFERENCES.into_iter().filter(|_| is_about) {
                    if let Some(Value::String(reference)) = members.get(key)
                        && !reference.starts_with('#')
                        && !(key == "$schema" && reference.contains("json-schema.org/"))
                        && let Some(target) = resolve(&base, reference)
                    {
                        let by_path = resolve(uri, reference).unwrap_or_else(|| target.clone());
                        found.references.push(Reference { target, by_path });
                    }
                }
                let parts = members.iter().rev();
                let parts = parts.filter(|(_, member)| is_container(member));
                work.extend(parts.filter_map(|(key, member)| {
                    Some((member, part.member(key)?, Rc::clone(&base)))
                }));
            }
            Value::Array(items) => {
                let items = items.iter().rev().filter(|item| is_container(item));
                work.extend(items.map(|item| (item, part, Rc::clone(&base))));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

fn is_container(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// `reference` against `base` as RFC 3986 says, without the fragment; none if either is no URI. What a URI may not hold
/// is percent-encoded first: an IRI is as good, and so is a path with spaces in it.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let base = Uri::parse(base).ok()?;
    let encoded;
    let reference = match UriRef::parse(reference) {
        Ok(reference) => reference,
        Err(_) => {
            encoded = percent_encode(reference);
            UriRef::parse(encoded.as_str()).ok()?
        }
    };
    let mut resolved = reference.resolve_against(&base.strip_fragment()).ok()?;
    resolved.set_fragment(None);
    Some(resolved.into_string())
}

/// What a URI may hold as it is, beside letters and digits.
const LEGAL: &[u8] = b"-._~:/?#[]@!$&'()*+,;=%";

pub(super) fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || LEGAL.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The bytes behind a percent-encoded text; a `%` that encodes nothing stands for itself.
pub(crate) fn percent_decode(text: &str) -> Vec<u8> {
    if !text.contains('%') {
        return text.as_bytes().to_vec();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let Some((byte, after)) = left.split_first() {
        let digits = after
            .get(..2)
            .filter(|two| two.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(decoded) if *byte == b'%' => {
                bytes.push(decoded);
                left = &after[2..];
            }
            _ => {
                bytes.push(*byte);
                left = after;
            }
        }
    }
    bytes
}
