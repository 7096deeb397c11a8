//! Objects of one shape at several places are one definition, so that they become one type.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::naming::Scope;

/// Fewer properties than this say too little for two objects to be of one kind.
const ENOUGH: usize = 2;
/// So many levels down objects are compared; what is deeper stays as it is.
const DEPTH: usize = 64;
/// What stands for an object while it is looked at: the keyword of a reference, with a number.
const REFERENCE: &str = "$ref";

/// Moves every object schema that stands at several places to `$defs`.
pub(super) fn unite(schema: Map<String, Value>) -> Map<String, Value> {
    let mut known = Known::default();
    let mut root = known.parts(schema, &Spot::default());
    let mut uses = vec![0; known.objects.len()];
    let looked_at = known.objects.iter().filter(|object| !object.is_opaque);
    let wholes = looked_at.map(|object| &object.schema);
    for whole in wholes.chain([&root]) {
        count(whole, &mut uses);
    }
    let names = known.names(&uses);
    let made = Made {
        objects: &known.objects,
        names: &names,
    };
    root = made.expand_members(root);
    let mut definitions = Map::new();
    for (object, name) in known.objects.iter().zip(&names) {
        if let Some(name) = name {
            let schema = made.expand_members(object.schema.clone());
            definitions.insert(name.clone(), schema.into());
        }
    }
    if !definitions.is_empty() {
        root.insert("$defs".to_owned(), definitions.into());
    }
    root
}

/// Where a schema stands, as far as that gives a name.
#[derive(Debug, Default, Clone)]
struct Spot {
    name: String,
    depth: usize,
}

impl Spot {
    /// What an element of a list is called.
    fn element(&self) -> Self {
        let name = &self.name;
        let stem = |end: &str| name.strip_suffix(end).filter(|stem| stem.len() > 1);
        let singular = if let Some(stem) = stem("ies") {
            format!("{stem}y")
        } else if ["sses", "xes", "ches", "shes"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            stem("es").unwrap_or(name).to_owned()
        } else if name.ends_with("ss") {
            name.clone()
        } else {
            stem("s").unwrap_or(name).to_owned()
        };
        Self {
            name: singular,
            depth: self.depth + 1,
        }
    }
}

/// An object schema, whose own objects are references by number.
#[derive(Debug)]
struct Object {
    schema: Map<String, Value>,
    /// What it is called where it stands.
    spots: Vec<String>,
    /// Whether it is too deep to be looked at.
    is_opaque: bool,
}

/// The object schemas by what they say.
#[derive(Debug, Default)]
struct Known {
    objects: Vec<Object>,
    numbers: HashMap<String, usize>,
}

impl Known {
    /// A schema with references in place of its objects.
    fn part(&mut self, schema: Value, spot: &Spot) -> Value {
        let Value::Object(schema) = schema else {
            return schema;
        };
        if spot.depth >= DEPTH {
            return self.opaque(schema);
        }
        let (mut schema, is_nullable) = without_null(self.parts(schema, spot));
        let properties = schema.get("properties").and_then(Value::as_object);
        if properties.is_none_or(|properties| properties.len() < ENOUGH) {
            if is_nullable {
                schema.insert("type".to_owned(), json!(["object", "null"]));
            }
            return schema.into();
        }
        let text = Value::Object(schema.clone()).to_string();
        let number = *self.numbers.entry(text).or_insert_with(|| {
            self.objects.push(Object {
                schema,
                spots: Vec::new(),
                is_opaque: false,
            });
            self.objects.len() - 1
        });
        self.objects[number].spots.push(spot.name.clone());
        json!({REFERENCE: number, "null": is_nullable})
    }

    fn parts(&mut self, schema: Map<String, Value>, spot: &Spot) -> Map<String, Value> {
        let parts = schema.into_iter().map(|(keyword, value)| {
            let value = match (keyword.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    let properties = properties.into_iter().map(|(name, schema)| {
                        let spot = Spot {
                            name: name.clone(),
                            depth: spot.depth + 1,
                        };
                        (name, self.part(schema, &spot))
                    });
                    Value::Object(properties.collect())
                }
                ("anyOf", Value::Array(schemas)) => {
                    let schemas = schemas.into_iter();
                    schemas.map(|schema| self.part(schema, spot)).collect()
                }
                ("items" | "additionalProperties", schema) => self.part(schema, &spot.element()),
                (_, value) => value,
            };
            (keyword, value)
        });
        parts.collect()
    }

    /// What stands for a schema that is not looked at.
    fn opaque(&mut self, schema: Map<String, Value>) -> Value {
        self.objects.push(Object {
            schema,
            spots: Vec::new(),
            is_opaque: true,
        });
        json!({REFERENCE: self.objects.len() - 1})
    }

    /// The names of those that are used several times.
    fn names(&self, uses: &[usize]) -> Vec<Option<String>> {
        let mut taken = Scope::case_insensitive();
        let named = self.objects.iter().zip(uses).map(|(object, uses)| {
            if *uses < 2 {
                return None;
            }
            Some(taken.claim_numbered(&common(&object.spots), usize::MAX))
        });
        named.collect()
    }
}

/// An object schema without null among its types, and whether null was there.
fn without_null(mut schema: Map<String, Value>) -> (Map<String, Value>, bool) {
    let is_nullable = schema.get("type") == Some(&json!(["object", "null"]));
    if is_nullable {
        schema.insert("type".to_owned(), "object".into());
    }
    (schema, is_nullable)
}

/// What several names have in common at their end, in whole words; the first name, if that is nothing.
fn common(names: &[String]) -> String {
    let Some(first) = names.first() else {
        return "part".to_owned();
    };
    let starts = first.char_indices().filter(|(index, c)| {
        let before = first[..*index].chars().next_back();
        before.is_none_or(|before| {
            !before.is_alphanumeric() || !before.is_uppercase() && c.is_uppercase()
        }) && c.is_alphanumeric()
    });
    let endings = starts.map(|(index, _)| &first[index..]);
    let is_ending = |ending: &&str| {
        let folded = ending.to_lowercase();
        names
            .iter()
            .all(|name| name.to_lowercase().ends_with(&folded))
    };
    let mut shared = endings.filter(is_ending);
    let ending = shared.next().unwrap_or(first);
    if ending.is_empty() {
        return "part".to_owned();
    }
    let mut rest = ending.chars();
    let start = rest.next().map(char::to_lowercase);
    start.into_iter().flatten().chain(rest).collect()
}

/// Counts how often each object is referred to.
fn count(schema: &Map<String, Value>, uses: &mut [usize]) {
    for value in schema.values() {
        match value {
            Value::Object(inner) => match number(inner) {
                Some(number) => uses[number] += 1,
                None => count(inner, uses),
            },
            Value::Array(items) => {
                for item in items.iter().filter_map(Value::as_object) {
                    match number(item) {
                        Some(number) => uses[number] += 1,
                        None => count(item, uses),
                    }
                }
            }
            _ => {}
        }
    }
}

/// The number of an object that is referred to. A sample has no references of its own, whatever its properties are called:
/// these are below `properties`, and their schemas are objects.
fn number(schema: &Map<String, Value>) -> Option<usize> {
    let number = schema.get(REFERENCE)?.as_u64()?;
    usize::try_from(number).ok()
}

/// Schemas with everything in its place again.
struct Made<'m> {
    objects: &'m [Object],
    names: &'m [Option<String>],
}

impl Made<'_> {
    fn expand(&self, value: Value) -> Value {
        match value {
            Value::Array(items) => items.into_iter().map(|item| self.expand(item)).collect(),
            Value::Object(schema) => match number(&schema) {
                Some(number) => {
                    let is_nullable = schema.get("null") == Some(&Value::Bool(true));
                    self.reference(number, is_nullable)
                }
                None => self.expand_members(schema).into(),
            },
            other => other,
        }
    }

    fn expand_members(&self, schema: Map<String, Value>) -> Map<String, Value> {
        let members = schema.into_iter();
        members
            .map(|(name, value)| (name, self.expand(value)))
            .collect()
    }

    fn reference(&self, number: usize, is_nullable: bool) -> Value {
        match &self.names[number] {
            Some(name) => {
                let pointer = name.replace('~', "~0").replace('/', "~1");
                let reference = json!({REFERENCE: format!("#/$defs/{}", escaped(&pointer))});
                match is_nullable {
                    true => json!({"anyOf": [reference, {"type": "null"}]}),
                    false => reference,
                }
            }
            None if self.objects[number].is_opaque => self.objects[number].schema.clone().into(),
            None => {
                let mut schema = self.expand_members(self.objects[number].schema.clone());
                if is_nullable {
                    schema.insert("type".to_owned(), json!(["object", "null"]));
                }
                schema.into()
            }
        }
    }
}

/// A text as it stands in the fragment of a URI.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{common, unite};

    fn united(schema: Value) -> Value {
        match schema {
            Value::Object(schema) => unite(schema).into(),
            other => other,
        }
    }

    fn address(kind: &Value) -> Value {
        json!({
            "type": kind,
            "properties": {"street": {"type": "string"}, "place": {"type": "object", "properties": {
                "zip": {"type": "string"}, "city": {"type": "string"},
            }}},
            "required": ["street"],
        })
    }

    #[test]
    fn what_is_the_same_is_there_once() {
        let one = address(&json!("object"));
        let schema = json!({"type": "object", "properties": {
            "billingAddress": one, "shippingAddress": address(&json!(["object", "null"])),
            "other": {"type": "object", "properties": {"$ref": {"type": "string"}, "null": {"type": "null"}}},
        }});
        let wanted = json!({"type": "object", "properties": {
            "billingAddress": {"$ref": "#/$defs/address"},
            "shippingAddress": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]},
            "other": {"type": "object", "properties": {"$ref": {"type": "string"}, "null": {"type": "null"}}},
        }, "$defs": {"address": one}});
        assert_eq!(united(schema), wanted);
    }

    #[test]
    fn what_is_there_once_stays_where_it_is() {
        let schema = json!({"type": "object", "properties": {
            "a": address(&json!("object")),
            "b": {"type": "array", "items": {"type": "object", "properties": {"x": {}}}},
        }});
        assert_eq!(united(schema.clone()), schema);
    }

    #[test]
    fn a_definition_has_the_name_that_its_places_share() {
        for (names, wanted) in [
            (&["billingAddress", "shippingAddress"][..], "address"),
            (&["billing_address", "Address"], "address"),
            (&["from", "to"], "from"),
            (&["line", "line"], "line"),
            (&["taxRate", "rate"], "rate"),
            (&["iterate", "rate"], "iterate"),
            (&[""], "part"),
        ] {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            assert_eq!(common(&names), wanted, "{names:?}");
        }
    }
}
