//! Where the schemas of an OpenAPI document's operations are: those of parameters, bodies and answers, which have no
//! name among the components.

use serde_json::Value;

use crate::schema::location::Segment;

/// A schema with the way to it.
type Place<'s> = (Vec<Segment<'s>>, &'s Value);

/// The members of a path item that are operations.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The schemas of the parameters, bodies and answers of all operations, in the order of the text.
pub(super) fn schemas(root: &Value) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    let start = Walk {
        way: Vec::new(),
        at: root,
    };
    for path in start.member("paths").into_iter().flat_map(Walk::members) {
        parameters(&path, &mut found);
        for method in METHODS {
            let Some(operation) = path.member(method) else {
                continue;
            };
            parameters(&operation, &mut found);
            if let Some(body) = operation.member("requestBody") {
                content(&body, &mut found);
            }
            let answers = operation.member("responses");
            for answer in answers.into_iter().flat_map(Walk::members) {
                content(&answer, &mut found);
            }
        }
    }
    let Some(components) = start.member("components") else {
        return found;
    };
    let parts = |name| components.member(name).into_iter().flat_map(Walk::members);
    for parameter in parts("parameters") {
        of_parameter(&parameter, &mut found);
    }
    for body in parts("requestBodies").chain(parts("responses")) {
        content(&body, &mut found);
    }
    found
}

fn parameters<'s>(of: &Walk<'s>, found: &mut Vec<Place<'s>>) {
    for parameter in of.member("parameters").into_iter().flat_map(Walk::elements) {
        of_parameter(&parameter, found);
    }
}

fn of_parameter<'s>(parameter: &Walk<'s>, found: &mut Vec<Place<'s>>) {
    found.extend(parameter.member("schema").map(|one| (one.way, one.at)));
    content(parameter, found);
}

fn content<'s>(of: &Walk<'s>, found: &mut Vec<Place<'s>>) {
    let media = of.member("content").into_iter().flat_map(Walk::members);
    let schemas = media.filter_map(|media| media.member("schema"));
    found.extend(schemas.map(|one| (one.way, one.at)));
}

/// A value and the way to it.
struct Walk<'s> {
    way: Vec<Segment<'s>>,
    at: &'s Value,
}

impl<'s> Walk<'s> {
    fn below(&self, segment: Segment<'s>, at: &'s Value) -> Self {
        let mut way = self.way.clone();
        way.push(segment);
        Self { way, at }
    }

    fn member(&self, name: &'static str) -> Option<Self> {
        Some(self.below(Segment::Key(name), self.at.get(name)?))
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
}
