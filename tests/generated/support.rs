//! Part of the crate that `tests/generated.rs` builds: what its tests do with a type and the schema it came from.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What every generated type can do.
pub trait Json: Serialize + DeserializeOwned + PartialEq + Clone + Debug {}

impl<T: Serialize + DeserializeOwned + PartialEq + Clone + Debug> Json for T {}

/// The examples of a schema.
pub fn examples(schema: &str) -> Vec<Value> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    schema["examples"].as_array().cloned().unwrap_or_default()
}

/// Reads every example of a schema, from text and from a value, writes it, and compares; gives their number.
pub fn round_trips<T: Json>(schema: &str) -> usize {
    let examples = examples(schema);
    for example in &examples {
        let read: T = serde_json::from_str(&example.to_string())
            .unwrap_or_else(|error| panic!("{example}: {error}"));
        let again: T = serde_json::from_value(example.clone())
            .unwrap_or_else(|error| panic!("{example} as a value: {error}"));
        assert_eq!(read, again);
        let written = serde_json::to_value(&read).unwrap();
        assert!(same(&written, example), "{example}\nbecame {written}");
        let text = serde_json::to_string(&read).unwrap();
        let back: T = serde_json::from_str(&text).unwrap();
        assert_eq!(back, read);
    }
    examples.len()
}

/// Breaks every example of a schema in ways that its root forbids, and expects each to be refused; gives their number.
pub fn refuses<T: Json>(schema: &str) -> usize {
    let root: Value = serde_json::from_str(schema).unwrap();
    let mut count = 0;
    for example in examples(schema) {
        let Value::Object(members) = &example else {
            continue;
        };
        for (broken, why) in breakages(&root, members) {
            let outcome: Result<T, _> = serde_json::from_str(&broken.to_string());
            assert!(outcome.is_err(), "{why}, but it was read: {broken}");
            count += 1;
        }
    }
    count
}

fn breakages(root: &Value, example: &Map<String, Value>) -> Vec<(Value, String)> {
    let mut found = Vec::new();
    if root["type"] != "object" {
        return found;
    }
    for name in root["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        let mut broken = example.clone();
        broken.remove(name);
        found.push((Value::Object(broken), format!("`{name}` is missing")));
    }
    for (name, property) in root["properties"].as_object().into_iter().flatten() {
        let mut set = |value: Value, why: &str| {
            let mut broken = example.clone();
            broken.insert(name.clone(), value);
            found.push((Value::Object(broken), format!("`{name}` {why}")));
        };
        if property["type"].as_str().is_some_and(|kind| kind != "null") {
            set(Value::Null, "is null");
        }
        if property["enum"].is_array() {
            set(Value::from("no such value"), "is none of its values");
        }
        match property["type"].as_str() {
            Some("string") => set(Value::from(17), "is no text"),
            Some("integer") => set(Value::from(1.5), "is no whole number"),
            Some("number" | "boolean" | "array" | "object") => set(Value::from("x"), "is a text"),
            _ => {}
        }
    }
    found
}

/// Whether two values mean the same: `1.0` is `1`, and the order of members is nothing.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64() && one.is_f64() != other.is_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|known| same(value, known)))
        }
        _ => one == other,
    }
}
