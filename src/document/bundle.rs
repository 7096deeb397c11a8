//! Documents as parts of one schema: each with an absolute identifier, and with references that use those.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use serde_json::{Value, json};

use super::references::{outward, percent_encode, resolve};
use super::{DocumentId, DocumentSet};

/// The words whose value is a reference to a schema.
const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// A document that can stand in another.
pub(crate) struct Part {
    /// Its identifier.
    pub id: String,
    /// Its text, on one line.
    pub text: String,
    /// The documents that it refers to itself.
    refers_to: BTreeSet<DocumentId>,
}

/// The documents that others may refer to as a whole, by their ids: none for what is no JSON Schema of its own.
pub(crate) fn parts(documents: &DocumentSet, dialect: &str) -> Vec<Option<Part>> {
    let ids: Vec<Option<String>> = documents
        .iter()
        .map(|(id, document)| {
            let is_schema = documents.schemas().any(|(schema, _)| schema == id);
            let is_other = document.value.get("openapi").is_some();
            (is_schema && !is_other).then(|| identifier(&document.value, document.stem()))
        })
        .collect();
    let claimed: Vec<HashSet<String>> = documents
        .iter()
        .map(|(_, document)| outward(&document.value, &document.uri).identifiers)
        .map(HashSet::from_iter)
        .collect();
    let part = |(number, document): (DocumentId, &super::Document)| {
        let id = ids[number.0 as usize].clone()?;
        let mut value = match &document.value {
            Value::Object(_) => document.value.clone(),
            other => json!({"allOf": [other]}),
        };
        let mut walk = Walk {
            documents,
            ids: &ids,
            claimed: &claimed,
            own: number,
            refers_to: BTreeSet::new(),
        };
        walk.rewrite(&mut value, &document.uri);
        let members = value.as_object_mut()?;
        let of_draft = |drafts: &[&str], schema: &str| drafts.iter().any(|d| schema.contains(d));
        members.entry("$schema").or_insert_with(|| json!(dialect));
        let schema = members["$schema"].as_str().unwrap_or_default().to_owned();
        if of_draft(&["draft-04", "draft-06", "draft-07"], &schema)
            && let Some(reference) = members.shift_remove("$ref")
        {
            // These drafts see nothing beside a reference, and so no identifier.
            members.insert("allOf".to_owned(), json!([{"$ref": reference}]));
        }
        let key = if of_draft(&["draft-04"], &schema) {
            "id"
        } else {
            "$id"
        };
        members.insert(key.to_owned(), json!(id));
        let text = value.to_string();
        Some(Part {
            id,
            text,
            refers_to: walk.refers_to,
        })
    };
    documents.iter().map(part).collect()
}

/// A document and all that it leads to, in order.
pub(crate) fn reached(parts: &[Option<Part>], from: DocumentId) -> BTreeSet<DocumentId> {
    let mut found = BTreeSet::from([from]);
    let mut work = vec![from];
    while let Some(id) = work.pop() {
        let part = parts.get(id.0 as usize).and_then(Option::as_ref);
        for next in part.into_iter().flat_map(|part| &part.refers_to) {
            if found.insert(*next) {
                work.push(*next);
            }
        }
    }
    found
}

/// What a document calls itself, or else a name of ours.
fn identifier(value: &Value, stem: &str) -> String {
    let ours = resolve("flowtypes:///", stem).unwrap_or_else(|| "flowtypes:///schema".to_owned());
    ["$id", "id"]
        .iter()
        .filter_map(|key| value.get(*key)?.as_str())
        .find(|id| !id.starts_with('#'))
        .and_then(|id| resolve(&ours, id))
        .unwrap_or(ours)
}

struct Walk<'d> {
    documents: &'d DocumentSet,
    ids: &'d [Option<String>],
    /// The identifiers that are given in each document.
    claimed: &'d [HashSet<String>],
    own: DocumentId,
    refers_to: BTreeSet<DocumentId>,
}

impl Walk<'_> {
    /// Puts the identifiers of documents into references that mean their files.
    fn rewrite(&mut self, value: &mut Value, uri: &str) {
        let mut work: Vec<(&mut Value, Rc<str>)> = vec![(value, Rc::from(uri))];
        while let Some((value, mut base)) = work.pop() {
            match value {
                Value::Object(members) => {
                    for key in ["$id", "id"] {
                        if let Some(Value::String(id)) = members.get(key)
                            && !id.starts_with('#')
                            && let Some(resolved) = resolve(&base, id)
                        {
                            base = Rc::from(resolved);
                        }
                    }
                    for (name, member) in members {
                        match member {
                            Value::String(reference) if REFERENCES.contains(&name.as_str()) => {
                                if let Some(new) = self.reference(reference, &base, uri) {
                                    *reference = new;
                                }
                            }
                            _ => work.push((member, Rc::clone(&base))),
                        }
                    }
                }
                Value::Array(items) => {
                    work.extend(items.iter_mut().map(|item| (item, Rc::clone(&base))));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }

    /// Another way to write a reference, where it needs one.
    fn reference(&mut self, reference: &str, base: &str, uri: &str) -> Option<String> {
        if reference.starts_with('#') {
            return None;
        }
        let target = resolve(base, reference)?;
        let by_path = resolve(uri, reference)?;
        let found = [target, by_path]
            .into_iter()
            .find_map(|uri| Some((self.documents.by_uri(&uri)?, uri)));
        let (id, found) = found?;
        let known = self.ids.get(id.0 as usize)?.as_ref()?;
        if id != self.own {
            self.refers_to.insert(id);
        }
        if self.claimed.get(id.0 as usize)?.contains(&found) {
            return None;
        }
        let fragment = reference.split_once('#');
        Some(match fragment {
            Some((_, fragment)) => format!("{known}#{fragment}"),
            None => known.clone(),
        })
    }
}

/// A pointer as a fragment may hold it.
pub(crate) fn fragment(pointer: &str) -> String {
    percent_encode(&pointer.replace('%', "%25").replace('#', "%23"))
}
