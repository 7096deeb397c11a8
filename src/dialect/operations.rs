//! Where the schemas of an OpenAPI document's operations are: those of parameters, bodies and answers, which have no
//! name among the components. Such parts may stand in other documents.

use serde_json::Value;

use super::About;
use super::index::address;
use crate::config::Config;
use crate::document::{DocumentId, DocumentSet, percent_decode, resolve_uri};
use crate::hash::HashSet;
use crate::schema::location::Segment;

/// A schema of an operation: its document, the way to it, and a name made of what it is for.
pub(super) struct Place<'s> {
    pub document: DocumentId,
    pub way: Vec<Segment<'s>>,
    pub schema: &'s Value,
    pub name: &'s str,
    is_parameter: bool,
}

/// A chain of references that is longer is taken for a loop.
const LONGEST_CHAIN: usize = 64;

/// The members of a path item that are operations.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keywords that need no type of their own: with them alone, a schema is a scalar, anything, or a list of what has a type.
const PLAIN: [&str; 15] = [
    "type",
    "format",
    "items",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "xml",
    "externalDocs",
    "$comment",
];

/// Keywords that are no reason for a type of a parameter, which is a text in a URL or a header: the service checks them.
const BOUNDS: [&str; 11] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// The schemas of a description's operations that are read: all of a service, those of an input that need a type if the
/// user wants them.
pub(super) fn read<'s>(
    documents: &'s DocumentSet,
    id: DocumentId,
    about: About,
    config: &Config,
) -> Vec<Place<'s>> {
    match about {
        About::Services => schemas(documents, id),
        About::Inputs if config.operation_schemas => {
            let mut found = schemas(documents, id);
            found.retain(|place| needs_type(place.schema, place.is_parameter));
            found
        }
        About::Inputs => Vec::new(),
    }
}

/// Whether a schema is more than what every language has.
fn needs_type(mut schema: &Value, is_parameter: bool) -> bool {
    loop {
        let Some(members) = schema.as_object() else {
            return false;
        };
        let is_plain = |word: &str| PLAIN.contains(&word) || word.starts_with("x-");
        let is_bound = |word: &str| is_parameter && BOUNDS.contains(&word);
        if !members.keys().all(|word| is_plain(word) || is_bound(word)) {
            return true;
        }
        match members.get("items") {
            Some(Value::Object(items)) if items.contains_key("$ref") => return false,
            Some(items) => schema = items,
            None => return false,
        }
    }
}

/// The schemas of the parameters, bodies and answers of all operations, in the order of the text.
fn schemas(documents: &DocumentSet, id: DocumentId) -> Vec<Place<'_>> {
    let mut finder = Finder {
        home: id,
        met: HashSet::default(),
        is_in_callback: false,
        found: Vec::new(),
    };
    let start = Walk {
        documents,
        document: id,
        way: Vec::new(),
        at: &documents.get(id).value,
    };
    finder.path_items(start.member("paths"));
    finder.path_items(start.member("webhooks"));
    if let Some(components) = start.member("components") {
        finder.components(&components);
    }
    let names = finder.found.iter_mut();
    let names = names.map(|found| std::mem::take(&mut found.name)).collect();
    let names = documents.get(id).names_of_operations(names);
    let found = finder.found.into_iter().zip(names);
    found
        .map(
            |(
                Found {
                    at, is_parameter, ..
                },
                name,
            )| Place {
                document: at.document,
                way: at.way,
                schema: at.at,
                name,
                is_parameter,
            },
        )
        .collect()
}

/// The name of an operation that has none: `getPetsPetId` for `GET /pets/{petId}`.
pub(crate) fn name_of(method: &str, path: &str) -> String {
    let mut name = method.to_owned();
    for word in path.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

/// How well a media type fits a program that speaks JSON; less is better.
pub(crate) fn rank(media: &str) -> u8 {
    let media = media.split(';').next().unwrap_or_default().trim();
    match media.to_ascii_lowercase().as_str() {
        "application/json" => 0,
        json if json.ends_with("+json") => 1,
        "*/*" | "application/*" => 2,
        _ => 3,
    }
}

/// What a schema is called that something of this name says, unless the name says so already.
fn named(name: &str, what: &str) -> String {
    match name.to_ascii_lowercase().ends_with(what) {
        true => name.to_owned(),
        false => format!("{name} {what}"),
    }
}

/// A schema of an operation.
struct Found<'s> {
    at: Walk<'s>,
    name: String,
    is_parameter: bool,
}

/// Finds the schemas of operations, with their names.
struct Finder<'s> {
    home: DocumentId,
    /// The parts of other documents that have been met: many may refer to one, and they may refer to each other.
    met: HashSet<usize>,
    /// Whether it is in a callback; those of its operations are passed over.
    is_in_callback: bool,
    found: Vec<Found<'s>>,
}

impl<'s> Finder<'s> {
    /// The parts that several operations share.
    fn components(&mut self, components: &Walk<'s>) {
        for (name, parameter) in parts(components.member("parameters")) {
            self.parameter(parameter, named(name, "parameter"));
        }
        for (name, body) in parts(components.member("requestBodies")) {
            self.said(body, name, "request");
        }
        for (name, answer) in parts(components.member("responses")) {
            self.said(answer, name, "response");
        }
        self.path_items(components.member("pathItems"));
        self.callbacks(components);
    }

    fn callbacks(&mut self, of: &Walk<'s>) {
        for (_, callback) in parts(of.member("callbacks")) {
            if let Some((callback, _)) = self.new_part(callback) {
                self.path_items(Some(callback));
            }
        }
    }

    fn path_items(&mut self, items: Option<Walk<'s>>) {
        for (path, item) in parts(items) {
            if let Some((item, _)) = self.new_part(item) {
                self.path_item(&item, path);
            }
        }
    }

    fn path_item(&mut self, item: &Walk<'s>, path: &str) {
        self.parameters(item, &name_of("", path));
        for method in METHODS {
            if let Some(operation) = item.member(method) {
                let name = operation.text("operationId");
                let name = name.filter(|name| !name.is_empty());
                let name = name.map_or_else(|| name_of(method, path), str::to_owned);
                self.operation(&operation, &name);
            }
        }
    }

    fn operation(&mut self, operation: &Walk<'s>, name: &str) {
        self.parameters(operation, name);
        if let Some(body) = operation.member("requestBody") {
            self.said(body, name, "request");
        }
        let answers = parts(operation.member("responses"));
        let codes = || answers.iter().map(|(code, _)| *code);
        let success = codes().find(|code| code.starts_with('2'));
        let usual = success.or_else(|| codes().find(|code| *code == "default"));
        for (code, answer) in answers {
            match Some(code) == usual {
                true => self.said(answer, name, "response"),
                false => self.said(answer, &format!("{name} {code}"), "response"),
            }
        }
        if !std::mem::replace(&mut self.is_in_callback, true) {
            self.callbacks(operation);
            self.is_in_callback = false;
        }
    }

    fn parameters(&mut self, of: &Walk<'s>, owner: &str) {
        let parameters = of.member("parameters").into_iter();
        for parameter in parameters.flat_map(Walk::elements) {
            let name = parameter.text("name").unwrap_or("parameter");
            let name = format!("{owner} {name}");
            self.parameter(parameter, name);
        }
    }

    fn parameter(&mut self, parameter: Walk<'s>, name: String) {
        let Some((parameter, key)) = self.new_part(parameter) else {
            return;
        };
        let name = key.map_or(name, |key| named(key, "parameter"));
        match parameter.member("schema") {
            Some(at) => self.found.push(Found {
                at,
                name,
                is_parameter: true,
            }),
            None => self.content(&parameter, name),
        }
    }

    /// A body or an answer, of what has this name. One that stands in another document has its name from there.
    fn said(&mut self, part: Walk<'s>, name: &str, what: &str) {
        if let Some((part, key)) = self.new_part(part) {
            self.content(&part, named(key.unwrap_or(name), what));
        }
    }

    /// What a part refers to in another document, with its key there, or the part itself; none if it has been met.
    fn new_part(&mut self, part: Walk<'s>) -> Option<(Walk<'s>, Option<&'s str>)> {
        let written = address(part.at);
        let (part, key) = part.elsewhere(self.home);
        let at = address(part.at);
        (at == written || self.met.insert(at)).then_some((part, key))
    }

    /// The schema of the content that is taken: JSON before all else.
    fn content(&mut self, of: &Walk<'s>, name: String) {
        let media = parts(of.member("content")).into_iter();
        let best = media.min_by_key(|(media, _)| rank(media));
        let schema = best.and_then(|(_, best)| best.member("schema"));
        self.found.extend(schema.map(|at| Found {
            at,
            name,
            is_parameter: false,
        }));
    }
}

/// The members of a part, by their keys.
fn parts<'s>(of: Option<Walk<'s>>) -> Vec<(&'s str, Walk<'s>)> {
    of.map(Walk::members).unwrap_or_default()
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

    fn members(self) -> Vec<(&'s str, Self)> {
        let entries = self.at.as_object().into_iter().flatten();
        entries
            .map(|(key, value)| (key.as_str(), self.below(Segment::Key(key), value)))
            .collect()
    }

    fn text(&self, name: &str) -> Option<&'s str> {
        self.at.get(name).and_then(Value::as_str)
    }

    fn elements(self) -> Vec<Self> {
        let items = self.at.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, item)| self.below(Segment::Index(index), item))
            .collect()
    }

    /// The part of another document that this one refers to, and its key there. A part of the description itself is met
    /// where it stands.
    fn elsewhere(mut self, home: DocumentId) -> (Self, Option<&'s str>) {
        let mut key = None;
        for _ in 0..LONGEST_CHAIN {
            let Some(referred) = self.referred(home) else {
                break;
            };
            self = referred;
            key = match self.way.last() {
                Some(Segment::Key(key)) => Some(*key),
                Some(Segment::Index(_)) => None,
                None => Some(self.documents.get(self.document).stem()),
            };
        }
        (self, key)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{name_of, named, needs_type};

    #[test]
    fn an_operation_without_a_name_gets_one() {
        assert_eq!(name_of("get", "/pets/{petId}"), "getPetsPetId");
        assert_eq!(name_of("delete", "/v1.0/my-things/"), "deleteV10MyThings");
    }

    #[test]
    fn what_a_name_says_is_not_said_twice() {
        assert_eq!(named("createPet", "request"), "createPet request");
        assert_eq!(named("NotFoundResponse", "response"), "NotFoundResponse");
    }

    #[test]
    fn scalars_and_lists_of_what_has_a_type_need_none() {
        for plain in [
            json!(true),
            json!({}),
            json!({"type": "string", "format": "binary", "x-size": 3}),
            json!({"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}),
            json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}),
        ] {
            assert!(!needs_type(&plain, false), "{plain}");
        }
        for own in [
            json!({"$ref": "pet.json"}),
            json!({"type": "string", "enum": ["a"]}),
            json!({"type": "array", "items": {"properties": {"a": {}}}}),
        ] {
            assert!(needs_type(&own, true), "{own}");
        }
        let bounded = json!({"type": "string", "pattern": "^AC", "maxLength": 34});
        assert!(needs_type(&bounded, false) && !needs_type(&bounded, true));
    }
}
