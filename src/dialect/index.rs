//! Where every schema of the documents stands: its resource, its dialect, its identifiers.

use std::collections::BTreeMap;

use memchr::memchr_iter;
use serde_json::Value;

use super::Dialect;
use super::dynamic::ScopeId;
use super::keyword::{Holds, Keyword};
use super::operations::{self, Place};
use super::vocabulary::Dialects;
use super::{About, openapi};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::{Document, DocumentId, DocumentSet, resolve_uri};
use crate::hash::HashMap;
use crate::schema::SchemaId;
use crate::schema::location::{LocationId, Locations, Segment};

/// For how many schemas there is room from the start: what looks like a schema in a hostile text need not be one.
const MOST_ROOM: usize = 65_536;

/// The index of a [`Resource`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ResourceId(pub usize);

/// A schema with a URI of its own, and all below it up to the next such schema.
pub(super) struct Resource<'s> {
    pub uri: String,
    pub root: &'s Value,
    pub anchors: HashMap<&'s str, &'s Value>,
    /// The anchors that a dynamic reference may be led to; the one of `$recursiveAnchor` has no name.
    pub dynamic: BTreeMap<&'s str, &'s Value>,
    /// The resource that it stands in.
    pub parent: Option<ResourceId>,
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

/// Why a URI reference leads to no resource.
pub(super) enum Lost {
    NoUri,
    NoDocument,
}

/// What a schema inherits from where it stands.
#[derive(Clone, Copy)]
pub(super) struct Context<'s> {
    pub resource: ResourceId,
    pub dialect: Dialect,
    pub location: LocationId,
    /// The key under which it stands among named definitions.
    pub name: Option<&'s str>,
    /// Whether it stands in an operation of an OpenAPI document.
    pub in_operation: bool,
    /// Whether `true` and `false` are schemas here.
    pub may_be_boolean: bool,
    /// What the dynamic references in it mean; the index leaves that open.
    pub scope: ScopeId,
}

/// What is known of a schema.
struct Known<'s> {
    context: Context<'s>,
    /// Its id, in the scope that no dynamic reference depends on.
    id: Option<SchemaId>,
}

impl<'s> Known<'s> {
    fn new(context: Context<'s>) -> Self {
        Self { context, id: None }
    }
}

/// The index of all documents. Schemas are told apart by their address, which does not change while the
/// documents are borrowed.
pub(super) struct Index<'s> {
    resources: Vec<Resource<'s>>,
    by_uri: HashMap<String, ResourceId>,
    known: HashMap<usize, Known<'s>>,
    pub(super) documents: &'s DocumentSet,
    /// The schemas of operations that are read, by the description.
    operations: HashMap<DocumentId, Vec<Place<'s>>>,
    pub(super) dialects: Dialects<'s>,
    /// How bad it is that something in a schema is invalid.
    pub(super) invalid: Severity,
    /// Whether any schema has a dynamic anchor.
    pub(super) is_dynamic: bool,
}

pub(super) fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

impl<'s> Index<'s> {
    pub(super) fn new(
        documents: &'s DocumentSet,
        about: About,
        config: &Config,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let room = room(documents);
        locations.reserve(room);
        let mut known = HashMap::default();
        known.reserve(room);
        let mut index = Self {
            resources: Vec::new(),
            by_uri: HashMap::default(),
            known,
            documents,
            operations: HashMap::default(),
            dialects: Dialects::new(documents, config),
            invalid: config.invalid_schema.severity(),
            is_dynamic: false,
        };
        for (id, document) in documents.schemas() {
            index.add_document(id, document, locations, diagnostics);
        }
        let descriptions = about
            .of(documents)
            .filter(|(_, document)| openapi::is_description(&document.value));
        for (id, document) in descriptions {
            let operations = operations::read(documents, id, about, config);
            index.add_operations(id, &operations, locations, diagnostics);
            let says_nothing = || openapi::components(&document.value).next().is_none();
            if about == About::Inputs && operations.is_empty() && says_nothing() {
                let root = index.context(&document.value);
                let root = root.map(|context| context.location).unwrap_or_default();
                diagnostics.push(nothing_to_make(config).at_location(locations, root));
            }
            index.operations.insert(id, operations);
        }
        index
    }

    /// The schemas of a description's operations that are read, with their names.
    pub(super) fn operations(&self, id: DocumentId) -> Vec<(&'s str, &'s Value)> {
        let places = self.operations.get(&id).into_iter().flatten();
        places.map(|place| (place.name, place.schema)).collect()
    }

    /// How many schemas there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn resource(&self, id: ResourceId) -> &Resource<'s> {
        &self.resources[id.0]
    }

    pub(super) fn resource_by_uri(&self, uri: &str) -> Option<ResourceId> {
        self.by_uri.get(uri).copied()
    }

    pub(super) fn resource_count(&self) -> usize {
        self.resources.len()
    }

    pub(super) fn resource_mut(&mut self, id: ResourceId) -> &mut Resource<'s> {
        &mut self.resources[id.0]
    }

    /// The resource that a URI reference without a fragment means; the error is the reason that there is none.
    pub(super) fn follow(&self, uri: &str, from: ResourceId) -> Result<ResourceId, Lost> {
        if uri.is_empty() {
            return Ok(from);
        }
        let base = &self.resource(from).uri;
        let target = resolve_uri(base, uri).ok_or(Lost::NoUri)?;
        let of_document = || {
            let document = self.documents.by_uri(&target)?;
            self.resource_by_uri(&self.documents.get(document).uri)
        };
        self.resource_by_uri(&target)
            .or_else(of_document)
            .ok_or(Lost::NoDocument)
    }

    pub(super) fn context(&self, value: &Value) -> Option<Context<'s>> {
        self.known.get(&address(value)).map(|known| known.context)
    }

    /// The place for the id of a schema where no dynamic reference counts; none if it was not met.
    pub(super) fn id_slot(&mut self, value: &Value) -> Option<&mut Option<SchemaId>> {
        self.known
            .get_mut(&address(value))
            .map(|known| &mut known.id)
    }

    fn add_document(
        &mut self,
        id: DocumentId,
        document: &'s Document,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        let location = locations.document_root(id);
        let root = &document.value;
        let resource = self.add_resource(document.uri.clone(), root, None);
        let mut context = Context {
            resource,
            dialect: self.dialects.default,
            location,
            name: None,
            in_operation: false,
            may_be_boolean: true,
            scope: ScopeId::EMPTY,
        };
        if let Some(dialect) = openapi::dialect(document, &self.dialects) {
            context.dialect = dialect;
            // The document is no schema: references into it pass through its root.
            self.known.insert(address(root), Known::new(context));
            for (segments, name, entry) in openapi::components(root) {
                let mut location = location;
                for segment in segments {
                    location = locations.child(location, segment);
                }
                let context = Context {
                    location,
                    name: Some(name),
                    may_be_boolean: dialect.draft.boolean_schemas,
                    ..context
                };
                self.walk(entry, context, locations, diagnostics);
            }
        } else {
            if let Some((word, version)) = openapi::unknown_version(root) {
                let place = locations.child(location, Segment::Key(word));
                let sentence = format!(
                    "this is a description of services in version {version}, which is not read"
                );
                diagnostics.push(
                    Diagnostic::new(Code::UnknownDialect, sentence)
                        .severity(self.invalid)
                        .at_location(locations, place)
                        .help("convert it to OpenAPI 3.0 or 3.1; there are converters for Swagger 2.0"),
                );
            }
            self.walk(root, context, locations, diagnostics);
        }
    }

    /// Indexes the schemas of a description's operations.
    fn add_operations(
        &mut self,
        id: DocumentId,
        places: &[Place<'s>],
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        let documents = self.documents;
        let Some(of_description) = self.context(&documents.get(id).value) else {
            return;
        };
        for place in places {
            let Some(of_document) = self.context(&documents.get(place.document).value) else {
                continue;
            };
            let mut location = of_document.location;
            for segment in &place.way {
                location = locations.child(location, *segment);
            }
            let dialect = of_description.dialect;
            let context = Context {
                location,
                dialect,
                name: Some(place.name),
                in_operation: true,
                may_be_boolean: dialect.draft.boolean_schemas,
                ..of_document
            };
            self.walk(place.schema, context, locations, diagnostics);
        }
    }

    pub(super) fn add_resource(
        &mut self,
        uri: String,
        root: &'s Value,
        parent: Option<ResourceId>,
    ) -> ResourceId {
        let id = ResourceId(self.resources.len());
        self.by_uri.entry(uri.clone()).or_insert(id);
        self.resources.push(Resource {
            uri,
            root,
            anchors: HashMap::default(),
            dynamic: BTreeMap::new(),
            parent,
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
            if self.known.contains_key(&address(value)) {
                continue;
            }
            if let Value::Object(members) = value {
                context = self.identify(value, members, context, locations, diagnostics);
                let mut below = Vec::new();
                for (word, member) in members {
                    if let Some(keyword) = context.dialect.keyword(word) {
                        push_subschemas(keyword, word, member, context, locations, &mut below);
                    }
                }
                work.extend(below.into_iter().rev());
            }
            self.known.insert(address(value), Known::new(context));
        }
    }
}

/// What is said of an OpenAPI document that gives no types.
fn nothing_to_make(config: &Config) -> Diagnostic {
    let (sentence, help) = if config.operation_schemas {
        (
            "there are no schemas in this OpenAPI document that need a type",
            "nothing is made from it; if the schemas are in another document, name that one",
        )
    } else {
        (
            "there are no schemas in `components` of this OpenAPI document",
            "nothing is made from it; types of what its operations say come with `--operation-schemas`, or `\"operationSchemas\": true` in flowtypes.json",
        )
    };
    Diagnostic::new(Code::NoComponents, sentence).help(help)
}

/// How many schemas there may be, so that what holds them need not grow: as many as objects, seen from afar.
fn room(documents: &DocumentSet) -> usize {
    let texts = documents.schemas().map(|(_, document)| &document.text);
    let objects = texts.map(|text| memchr_iter(b'{', text.as_bytes()).count());
    objects.sum::<usize>().min(MOST_ROOM)
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
        may_be_boolean: context.dialect.draft.boolean_schemas
            || matches!(
                keyword,
                Keyword::AdditionalProperties | Keyword::AdditionalItems
            ),
        ..context
    };
    match (holds, member) {
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
        // What is no schema is told of where it stands.
        (Holds::Schema | Holds::SchemaOrList, _) => below.push((member, at(location, None))),
        _ => {}
    }
}
