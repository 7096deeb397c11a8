//! What several values have in common.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::keys::are_data;
use super::text::Formats;

/// What is known of the values at one place.
#[derive(Debug, Default)]
pub(super) struct Shape {
    null: bool,
    boolean: bool,
    integer: bool,
    /// A number that is written with a fraction or an exponent.
    number: bool,
    text: Option<Formats>,
    /// What is in the lists.
    list: Option<Box<Shape>>,
    object: Option<Object>,
}

/// What is known of the objects at one place.
#[derive(Debug, Default)]
struct Object {
    /// How many there are.
    count: usize,
    /// Their properties in the order in which they were met, with the number of objects that have them.
    members: Vec<(String, usize, Shape)>,
    positions: HashMap<String, usize>,
}

impl Shape {
    /// Takes a value into account. The depth of a document is limited where it is read.
    pub(super) fn add(&mut self, value: &Value) {
        match value {
            Value::Null => self.null = true,
            Value::Bool(_) => self.boolean = true,
            Value::Number(number) if number.is_f64() => self.number = true,
            Value::Number(_) => self.integer = true,
            Value::String(text) => match &mut self.text {
                Some(formats) => formats.add(text),
                None => self.text = Some(Formats::of(text)),
            },
            Value::Array(items) => {
                let list = self.list.get_or_insert_default();
                for item in items {
                    list.add(item);
                }
            }
            Value::Object(members) => self.object.get_or_insert_default().add(members),
        }
    }

    /// Takes everything into account that another shape has seen.
    fn merge(&mut self, other: Self) {
        self.null |= other.null;
        self.boolean |= other.boolean;
        self.integer |= other.integer;
        self.number |= other.number;
        self.text = match (self.text.take(), other.text) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        match (&mut self.list, other.list) {
            (Some(list), Some(other)) => list.merge(*other),
            (list, other) => *list = list.take().or(other),
        }
        match (&mut self.object, other.object) {
            (Some(object), Some(other)) => object.merge(other),
            (object, other) => *object = object.take().or(other),
        }
    }

    /// How many kinds of values there are beside null.
    fn kinds(&self) -> usize {
        [
            self.boolean,
            self.integer || self.number,
            self.text.is_some(),
            self.list.is_some(),
            self.object.is_some(),
        ]
        .into_iter()
        .filter(|is_there| *is_there)
        .count()
    }

    /// The keywords that say so. What recurses is kept apart from what does not, so that little is on the stack for each
    /// level of a deep sample.
    pub(super) fn into_schema(mut self) -> Map<String, Value> {
        let object = self.object.take().map(Object::into_schema);
        let list = self.list.take().map(|items| items.into_schema());
        self.scalars_with(object, list)
    }

    fn scalars_with(
        self,
        object: Option<Map<String, Value>>,
        items: Option<Map<String, Value>>,
    ) -> Map<String, Value> {
        let mut alternatives = Vec::new();
        alternatives.extend(object);
        alternatives.extend(items.map(|items| {
            let mut schema = keywords(json!({"type": "array"}));
            if !items.is_empty() {
                schema.insert("items".to_owned(), items.into());
            }
            schema
        }));
        alternatives.extend(self.text.map(Formats::into_schema));
        if self.number {
            alternatives.push(keywords(json!({"type": "number"})));
        } else if self.integer {
            alternatives.push(keywords(json!({"type": "integer"})));
        }
        if self.boolean {
            alternatives.push(keywords(json!({"type": "boolean"})));
        }
        match alternatives.len() {
            // Nothing is known of the values that are not null.
            0 => Map::new(),
            1 => {
                let mut schema = alternatives.pop().unwrap_or_default();
                if self.null
                    && let Some(kind) = schema.get_mut("type")
                {
                    *kind = json!([kind.take(), "null"]);
                }
                schema
            }
            _ => {
                if self.null {
                    alternatives.push(keywords(json!({"type": "null"})));
                }
                union(alternatives)
            }
        }
    }
}

/// The values of several alternatives; those that say nothing but their type are written as a list of types.
fn union(alternatives: Vec<Map<String, Value>>) -> Map<String, Value> {
    if alternatives.iter().all(|schema| schema.len() == 1) {
        let types = alternatives
            .into_iter()
            .filter_map(|mut schema| schema.remove("type"));
        return keywords(json!({"type": types.collect::<Value>()}));
    }
    let alternatives = alternatives.into_iter().map(Value::Object);
    keywords(json!({"anyOf": alternatives.collect::<Value>()}))
}

fn keywords(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(keywords) => keywords,
        _ => Map::new(),
    }
}

impl Object {
    fn add(&mut self, members: &Map<String, Value>) {
        self.count += 1;
        for (name, value) in members {
            let (count, shape) = self.member(name);
            *count += 1;
            shape.add(value);
        }
    }

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        for (name, times, theirs) in other.members {
            let (count, shape) = self.member(&name);
            *count += times;
            shape.merge(theirs);
        }
    }

    fn member(&mut self, name: &str) -> (&mut usize, &mut Shape) {
        let position = match self.positions.get(name) {
            Some(position) => *position,
            None => {
                let position = self.members.len();
                self.positions.insert(name.to_owned(), position);
                self.members.push((name.to_owned(), 0, Shape::default()));
                position
            }
        };
        let (_, count, shape) = &mut self.members[position];
        (count, shape)
    }

    /// Whether the names of the properties are data, as in a map by id: then all values are of one kind.
    fn is_map(&self) -> bool {
        let names = self.members.iter().map(|(name, _, _)| name.as_str());
        let kind = |shape: &Shape| {
            (
                shape.object.is_some(),
                shape.list.is_some(),
                shape.text.is_some(),
                shape.integer || shape.number,
                shape.boolean,
            )
        };
        // What is always null may be of any kind.
        let shapes = self.members.iter().map(|(_, _, shape)| shape);
        let mut known = shapes.filter(|shape| shape.kinds() > 0);
        let first = known.next();
        are_data(names)
            && first.is_some_and(|first| {
                first.kinds() == 1 && known.all(|shape| kind(shape) == kind(first))
            })
    }

    fn into_schema(self) -> Map<String, Value> {
        if self.is_map() {
            let mut values = Shape::default();
            for (_, _, shape) in self.members {
                values.merge(shape);
            }
            let values = Value::Object(values.into_schema());
            return keywords(json!({"type": "object", "additionalProperties": values}));
        }
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (name, count, shape) in self.members {
            if count == self.count {
                required.push(Value::from(name.as_str()));
            }
            properties.insert(name, shape.into_schema().into());
        }
        let mut schema = keywords(json!({"type": "object"}));
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), properties.into());
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        schema
    }
}
