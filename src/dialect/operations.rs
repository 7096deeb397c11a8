//! Where the schemas of an OpenAPI document's operations are: those of parameters, bodies and answers, which have no
//! name among the components. Such parts may stand in other documents.

use serde_json::Value;

use crate::document::{DocumentId, DocumentSet, percent_decode, resolve_uri};
use crate::schema::location::Segment;

/// A schema of an operation: its document, and the way to it.
pub(super) struct Place<'s> {
    pub document: DocumentId,
    pub way: Vec<Segment<'s>>,
    pub schema: &'s Value,
}

/// A chain of references that is longer is taken for a loop.
const LONGEST_CHAIN: usize = 64;

/// The members of a path item that are operations.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The schemas of the parameters, bodies and answers of all operations, in the order of the text.
pub(super) fn schemas(documents: &DocumentSet, id: DocumentId) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    let start = Walk {
        documents,
        document: id,
        way: Vec::new(),
        at: &documents.get(id).value,
    };
    for path in start.member("paths").into_iter().flat_map(Walk::members) {
        path_item(&path.elsewhere(id), id, &mut found);
    }
    let Some(components) = start.member("components") else {
        return found;
    };
    let parts = |name| components.member(name).into_iter().flat_map(Walk::members);
    for parameter in parts("parameters") {
        of_parameter(&parameter.elsewhere(id), &mut found);
    }
    for body in parts("requestBodies").chain(parts("responses")) {
        content(&body.elsewhere(id), &mut found);
    }
    for item in parts("pathItems") {
        path_item(&item.elsewhere(id), id, &mut found);
    }
    found
}

fn path_item<'s>(item: &Walk<'s>, home: DocumentId, found: &mut Vec<Place<'s>>) {
    parameters(item, home, found);
    for method in METHODS {
        let Some(operation) = item.member(method) else {
            continue;
        };
        parameters(&operation, home, found);
        if let Some(body) = operation.member("requestBody") {
            content(&body.elsewhere(home), found);
        }
        let answers = operation.member("responses");
        for answer in answers.into_iter().flat_map(Walk::members) {
            content(&answer.elsewhere(home), found);
        }
    }
}

fn parameters<'s>(of: &Walk<'s>, home: DocumentId, found: &mut Vec<Place<'s>>) {
    for parameter in of.member("parameters").into_iter().flat_map(Walk::elements) {
        of_parameter(&parameter.elsewhere(home), found);
    }
}

fn of_parameter<'s>(parameter: &Walk<'s>, found: &mut Vec<Place<'s>>) {
    found.extend(parameter.member("schema").map(Walk::place));
    content(parameter, found);
}

fn content<'s>(of: &Walk<'s>, found: &mut Vec<Place<'s>>) {
    let media = of.member("content").into_iter().flat_map(Walk::members);
    let schemas = media.filter_map(|media| media.member("schema"));
    found.extend(schemas.map(Walk::place));
}

/// A value and the way to it.
struct Walk<'s> {
    documents: &'s DocumentSet,
    document: DocumentId,
    way: Vec<Segment<'s>>,
    at: &'s Value,
}

impl<'s> Walk<'s> {
    fn below(&self, segment: Segment<'s>, at: &'s Value) -> Self {
        let mut way = self.way.clone();
        way.push(segment);
        Self { way, at, ..*self }
    }

    fn member(&self, name: &str) -> Option<Self> {
        let (name, value) = self.at.as_object()?.get_key_value(name)?;
        Some(self.below(Segment::Key(name), value))
    }

    fn members(self) -> Vec<Self> {
        let entries = self.at.as_object().into_iter().flatten();
        entries
            .map(|(key, value)| self.below(Segment::Key(key), value))
            .collect()
    }

    fn elements(self) -> Vec<Self> {
        let items = self.at.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, item)| self.below(Segment::Index(index), item))
            .collect()
    }

    fn place(self) -> Place<'s> {
        Place {
            document: self.document,
            way: self.way,
            schema: self.at,
        }
    }

    /// The part of another document that this one refers to. A part of the description itself is met where it stands.
    fn elsewhere(mut self, home: DocumentId) -> Self {
        for _ in 0..LONGEST_CHAIN {
            match self.referred(home) {
                Some(referred) => self = referred,
                None => break,
            }
        }
        self
    }

    fn referred(&self, home: DocumentId) -> Option<Self> {
        let reference = self.at.get("$ref")?.as_str()?;
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = match uri {
            "" => self.document,
            uri => {
                let target = resolve_uri(&self.documents.get(self.document).uri, uri)?;
                self.documents.by_uri(&target)?
            }
        };
        if document == home {
            return None;
        }
        let mut at = Self {
            documents: self.documents,
            document,
            way: Vec::new(),
            at: &self.documents.get(document).value,
        };
        let pointer = String::from_utf8(percent_decode(fragment)).ok()?;
        for step in pointer.split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            let element = || {
                let index = name.parse().ok()?;
                let item = at.at.as_array()?.get(index)?;
                Some(at.below(Segment::Index(index), item))
            };
            at = at.member(&name).or_else(element)?;
        }
        Some(at)
    }
}
