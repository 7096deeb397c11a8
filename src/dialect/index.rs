//! Where every schema of the documents stands: its resource, its dialect, its identifiers.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::keyword::{Holds, Keyword};
use super::{ALL, DEFAULT, Dialect, by_uri};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{DocumentId, DocumentSet, resolve_uri};
use crate::schema::location::{LocationId, Locations, Segment};

/// The index of a [`Resource`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ResourceId(usize);

/// A schema with a URI of its own, and all below it up to the next such schema.
pub(super) struct Resource<'s> {
    pub uri: String,
    pub root: &'s Value,
    pub anchors: HashMap<&'s str, &'s Value>,
}

impl Resource<'_> {
    /// How to speak of it: its URI, or the file it was read from.
    pub fn uri_for_people(&self) -> String {
        match self.uri.strip_prefix("file://") {
            Some(path) => format!("`{}`", path.rsplit('/').next().unwrap_or(path)),
            None => format!("`{}`", self.uri),
        }
    }
}

/// What a schema inherits from where it stands.
#[derive(Clone, Copy)]
pub(super) struct Context<'s> {
    pub resource: ResourceId,
    pub dialect: &'static Dialect,
    pub location: LocationId,
    /// The key under which it stands among named definitions.
    pub name: Option<&'s str>,
}

/// The index of all documents. Schemas are told apart by their address, which does not change while the
/// documents are borrowed.
pub(super) struct Index<'s> {
    resources: Vec<Resource<'s>>,
    by_uri: HashMap<String, ResourceId>,
    contexts: HashMap<usize, Context<'s>>,
}

pub(super) fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

impl<'s> Index<'s> {
    pub(super) fn new(
        documents: &'s DocumentSet,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut index = Self {
            resources: Vec::new(),
            by_uri: HashMap::new(),
            contexts: HashMap::new(),
        };
        for (id, document) in documents.schemas() {
            index.add_document(id, &document.uri, &document.value, locations, diagnostics);
        }
        index
    }

    pub(super) fn resource(&self, id: ResourceId) -> &Resource<'s> {
        &self.resources[id.0]
    }

    pub(super) fn resource_by_uri(&self, uri: &str) -> Option<ResourceId> {
        self.by_uri.get(uri).copied()
    }

    pub(super) fn context(&self, value: &Value) -> Option<Context<'s>> {
        self.contexts.get(&address(value)).copied()
    }

    fn add_document(
        &mut self,
        id: DocumentId,
        uri: &str,
        root: &'s Value,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        let location = locations.document_root(id);
        let resource = self.add_resource(uri.to_owned(), root);
        let context = Context {
            resource,
            dialect: DEFAULT,
            location,
            name: None,
        };
        self.walk(root, context, locations, diagnostics);
    }

    fn add_resource(&mut self, uri: String, root: &'s Value) -> ResourceId {
        let id = ResourceId(self.resources.len());
        self.by_uri.entry(uri.clone()).or_insert(id);
        self.resources.push(Resource {
            uri,
            root,
            anchors: HashMap::new(),
        });
        id
    }

    /// Indexes a schema and all schemas below it, in the order of the text.
    pub(super) fn walk(
        &mut self,
        start: &'s Value,
        context: Context<'s>,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        let mut work = vec![(start, context)];
        while let Some((value, mut context)) = work.pop() {
            if self.contexts.contains_key(&address(value)) {
                continue;
            }
            if let Value::Object(members) = value {
                context = self.identify(value, members, context, locations, diagnostics);
                let mut below = Vec::new();
                for (word, member) in members {
                    if let Some(keyword) = (context.dialect.keyword)(word) {
                        push_subschemas(keyword, word, member, context, locations, &mut below);
                    }
                }
                work.extend(below.into_iter().rev());
            }
            self.contexts.insert(address(value), context);
        }
    }

    /// Takes note of a schema's dialect, `$id` and anchors.
    fn identify(
        &mut self,
        value: &'s Value,
        members: &'s Map<String, Value>,
        mut context: Context<'s>,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) -> Context<'s> {
        if let Some(dialect) = dialect_of(members, context, locations, diagnostics) {
            context.dialect = dialect;
        }
        let hidden = !context.dialect.siblings_of_ref && members.contains_key("$ref");
        for (word, member) in members {
            let (Some(keyword), Value::String(text)) = ((context.dialect.keyword)(word), member)
            else {
                continue;
            };
            match keyword {
                Keyword::Id if !hidden => {
                    let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
                    if !uri.is_empty() {
                        match resolve_uri(&self.resource(context.resource).uri, text) {
                            Some(uri) => {
                                if self.by_uri.get(&uri).is_some_and(|known| {
                                    !std::ptr::eq(self.resource(*known).root, value)
                                }) {
                                    diagnostics.push(
                                        Diagnostic::new(Code::DuplicateIdentifier, format!("another schema has the identifier `{uri}` already"))
                                            .at_location(locations, context.location)
                                            .help("references to it lead to the first one; give each schema an identifier of its own"),
                                    );
                                }
                                context.resource = self.add_resource(uri, value);
                            }
                            None => diagnostics.push(
                                Diagnostic::new(
                                    Code::InvalidIdentifier,
                                    format!("`{text}` is not a URI and identifies nothing"),
                                )
                                .at_location(locations, context.location),
                            ),
                        }
                    }
                    if !fragment.is_empty() && !fragment.starts_with('/') {
                        self.add_anchor(context, fragment, value, locations, diagnostics);
                    }
                }
                Keyword::Anchor | Keyword::DynamicAnchor => {
                    self.add_anchor(context, text, value, locations, diagnostics);
                }
                _ => {}
            }
        }
        context
    }

    fn add_anchor(
        &mut self,
        context: Context<'s>,
        name: &'s str,
        value: &'s Value,
        locations: &Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        let anchors = &mut self.resources[context.resource.0].anchors;
        if let Some(known) = anchors.get(name) {
            if !std::ptr::eq(*known, value) {
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateIdentifier, format!("another schema has the anchor `{name}` already"))
                        .at_location(locations, context.location)
                        .help("references to it lead to the first one; give each schema an anchor of its own"),
                );
            }
        } else {
            anchors.insert(name, value);
        }
    }
}

/// The dialect that `$schema` names; the one around it if there is no `$schema`.
fn dialect_of<'s>(
    members: &'s Map<String, Value>,
    context: Context<'s>,
    locations: &mut Locations<'s>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static Dialect> {
    let Some(Value::String(uri)) = members.get("$schema") else {
        return None;
    };
    let found = by_uri(uri);
    if found.is_none() {
        let place = locations.child(context.location, Segment::Key("$schema"));
        let known: Vec<&str> = ALL.iter().map(|dialect| dialect.uri).collect();
        diagnostics.push(
            Diagnostic::new(
                Code::UnknownDialect,
                format!("`{uri}` is not a dialect of JSON Schema that is known here"),
            )
            .at_location(locations, place)
            .help(format!("use one of {}", known.join(", "))),
        );
    }
    found
}

fn push_subschemas<'s>(
    keyword: Keyword,
    word: &'s str,
    member: &'s Value,
    context: Context<'s>,
    locations: &mut Locations<'s>,
    below: &mut Vec<(&'s Value, Context<'s>)>,
) {
    let holds = keyword.holds();
    if holds == Holds::Nothing {
        return;
    }
    let location = locations.child(context.location, Segment::Key(word));
    let at = |location, name| Context {
        location,
        name,
        ..context
    };
    match (holds, member) {
        (Holds::Schema | Holds::SchemaOrList, Value::Object(_) | Value::Bool(_)) => {
            below.push((member, at(location, None)));
        }
        (Holds::List | Holds::SchemaOrList, Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let location = locations.child(location, Segment::Index(index));
                below.push((item, at(location, None)));
            }
        }
        (Holds::Map | Holds::Definitions, Value::Object(entries)) => {
            for (key, entry) in entries {
                if keyword == Keyword::Dependencies && entry.is_array() {
                    continue;
                }
                let name = (holds == Holds::Definitions).then_some(key.as_str());
                let location = locations.child(location, Segment::Key(key));
                below.push((entry, at(location, name)));
            }
        }
        _ => {}
    }
}
