//! What several values have in common.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::keys::are_data;
use super::text::Formats;

/// What is known of the values at one place.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub scalars: Scalars,
    /// What is in the lists.
    pub list: Option<Box<Shape>>,
    pub object: Option<Object>,
}

/// What is known of the values that hold no others.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Scalars {
    pub null: bool,
    boolean: bool,
    numbers: Option<Numbers>,
    text: Option<Formats>,
}

/// What is known of numbers.
#[derive(Debug, Default, Clone, Copy)]
struct Numbers {
    /// Whether one is written with a fraction or an exponent, or has more digits than 64 bits hold.
    has_fraction: bool,
    is_below_zero: bool,
    /// Whether one is beyond the signed whole numbers of 64 bits, which is what an `integer` without bounds is held in.
    is_beyond: bool,
}

/// What is known of the objects at one place.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// How many there are.
    pub count: usize,
    /// Their properties in the order in which they were met, with the number of objects that have them.
    pub members: Vec<(String, usize, Shape)>,
    positions: HashMap<String, usize>,
}

impl Shape {
    /// Takes a value into account. The depth of a document is limited where it is read.
    pub(super) fn add(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                let list = self.list.get_or_insert_default();
                for item in items {
                    list.add(item);
                }
            }
            Value::Object(members) => self.object.get_or_insert_default().add(members),
            scalar => self.scalars.add(scalar),
        }
    }

    /// Takes everything into account that another shape has seen.
    fn merge(&mut self, other: Self) {
        self.scalars.merge(other.scalars);
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
        self.scalars.kinds() + usize::from(self.list.is_some()) + usize::from(self.object.is_some())
    }
}

impl Scalars {
    fn add(&mut self, value: &Value) {
        match value {
            Value::Null => self.null = true,
            Value::Bool(_) => self.boolean = true,
            Value::Number(number) => {
                let numbers = self.numbers.get_or_insert_default();
                numbers.has_fraction |= number.is_f64();
                numbers.is_below_zero |= number.as_i64().is_some_and(|number| number < 0);
                numbers.is_beyond |= number.is_u64() && !number.is_i64();
            }
            Value::String(text) => match &mut self.text {
                Some(formats) => formats.add(text),
                None => self.text = Some(Formats::of(text)),
            },
            Value::Array(_) | Value::Object(_) => {}
        }
    }

    /// Takes everything into account that others have seen.
    pub(super) fn merge(&mut self, other: Self) {
        self.null |= other.null;
        self.boolean |= other.boolean;
        self.numbers = match (self.numbers, other.numbers) {
            (Some(one), Some(other)) => Some(Numbers {
                has_fraction: one.has_fraction || other.has_fraction,
                is_below_zero: one.is_below_zero || other.is_below_zero,
                is_beyond: one.is_beyond || other.is_beyond,
            }),
            (one, other) => one.or(other),
        };
        self.text = match (self.text, other.text) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
    }

    /// How many kinds of values there are beside null.
    pub(super) fn kinds(&self) -> usize {
        usize::from(self.boolean)
            + usize::from(self.numbers.is_some())
            + usize::from(self.text.is_some())
    }

    /// Whether values of the same kinds were seen, and texts of the same format.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.boolean, self.numbers.is_some(), self.text)
            == (other.boolean, other.numbers.is_some(), other.text)
    }

    /// The schemas of each kind, without null.
    pub(super) fn schemas(&self) -> Vec<Map<String, Value>> {
        let mut schemas = Vec::new();
        schemas.extend(self.text.map(Formats::into_schema));
        schemas.extend(self.numbers.map(Numbers::into_schema));
        if self.boolean {
            schemas.push(keywords(json!({"type": "boolean"})));
        }
        schemas
    }
}

impl Numbers {
    fn into_schema(self) -> Map<String, Value> {
        if self.has_fraction || self.is_beyond && self.is_below_zero {
            keywords(json!({"type": "number"}))
        } else if self.is_beyond {
            // With both bounds every target takes a type that ends there.
            keywords(json!({"type": "integer", "minimum": 0, "maximum": u64::MAX}))
        } else {
            keywords(json!({"type": "integer"}))
        }
    }
}

/// The members of a schema.
pub(super) fn keywords(schema: Value) -> Map<String, Value> {
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
                shape.scalars.text.is_some(),
                shape.scalars.numbers.is_some(),
                shape.scalars.boolean,
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

    /// What all values have in common, if this is a map; else the object again.
    pub(super) fn into_values(self) -> Result<Shape, Self> {
        if !self.is_map() {
            return Err(self);
        }
        let mut values = Shape::default();
        for (_, _, shape) in self.members {
            values.merge(shape);
        }
        Ok(values)
    }
}
