//! Which other documents a document refers to, read off its text alone: whether a `$ref` really is a
//! reference is for the dialect to say.

use std::rc::Rc;

use fluent_uri::{Uri, UriRef};
use serde_json::Value;

/// A reference to another document.
pub(super) struct Outward {
    /// The URI that it stands for, resolved against the identifiers around it, without a fragment.
    pub target: String,
    /// The URI that it stands for if identifiers are passed over, as a relative path to a file is meant.
    pub by_path: String,
}

/// All references to other documents, in the order of the text.
pub(super) fn outward(value: &Value, uri: &str) -> Vec<Outward> {
    let mut found = Vec::new();
    let mut work: Vec<(&Value, Rc<str>)> = vec![(value, Rc::from(uri))];
    while let Some((value, mut base)) = work.pop() {
        match value {
            Value::Object(members) => {
                for key in ["$id", "id"] {
                    if let Some(Value::String(id)) = members.get(key)
                        && let Some(resolved) = resolve(&base, id)
                    {
                        base = Rc::from(resolved);
                    }
                }
                for key in ["$ref", "$dynamicRef", "$recursiveRef"] {
                    if let Some(Value::String(reference)) = members.get(key)
                        && !reference.starts_with('#')
                        && let Some(target) = resolve(&base, reference)
                    {
                        let by_path = resolve(uri, reference).unwrap_or_else(|| target.clone());
                        found.push(Outward { target, by_path });
                    }
                }
                work.extend(
                    members
                        .values()
                        .rev()
                        .map(|member| (member, Rc::clone(&base))),
                );
            }
            Value::Array(items) => {
                work.extend(items.iter().rev().map(|item| (item, Rc::clone(&base))));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

/// `reference` against `base` as RFC 3986 says, without the fragment; none if either is no URI.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let base = Uri::parse(base).ok()?;
    let reference = UriRef::parse(reference).ok()?;
    let mut resolved = reference.resolve_against(&base.strip_fragment()).ok()?;
    resolved.set_fragment(None);
    Some(resolved.into_string())
}
