//! Which values are equal as JSON Schema has it: `1` and `1.0` are, and the order of properties is no matter.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Number, Value};

/// Whether two values are equal.
#[must_use]
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there = |(name, value)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}

fn same_number(one: &Number, other: &Number) -> bool {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.as_f64() == other.as_f64(),
        _ => false,
    }
}

/// A number without a fraction that is not beyond 128 bits: every one that may be written in two ways.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn whole(number: &Number) -> Option<i128> {
    if let Some(number) = number.as_i128() {
        return Some(number);
    }
    // The least and the greatest of 128 bits are powers of two, which a float has exactly.
    let limit = 2_f64.powi(127);
    let float = number.as_f64()?;
    (float.fract() == 0.0 && (-limit..limit).contains(&float)).then_some(float as i128)
}

/// A set of values, no two of them equal.
#[derive(Default)]
pub struct ValueSet(HashSet<String>);

impl ValueSet {
    /// Adds a value; whether it was not there.
    pub fn insert(&mut self, value: &Value) -> bool {
        self.0.insert(key(value))
    }

    /// Whether a value is there.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        self.0.contains(&key(value))
    }
}

impl<'v> FromIterator<&'v Value> for ValueSet {
    fn from_iter<I: IntoIterator<Item = &'v Value>>(values: I) -> Self {
        Self(values.into_iter().map(key).collect())
    }
}

/// Those of some values that are among others, too.
#[must_use]
pub fn common<'v>(values: Vec<&'v Value>, others: &[&Value]) -> Vec<&'v Value> {
    let others: ValueSet = others.iter().copied().collect();
    let both = values.into_iter().filter(|value| others.contains(value));
    both.collect()
}

/// A text that equal values have in common, and no others.
pub(crate) fn key(value: &Value) -> String {
    let mut key = String::new();
    write_key(value, &mut key);
    key
}

fn write_key(value: &Value, key: &mut String) {
    match value {
        Value::Null | Value::Bool(_) => key.push_str(&value.to_string()),
        Value::Number(number) => match whole(number) {
            Some(whole) => key.push_str(&whole.to_string()),
            None => key.push_str(&number.to_string()),
        },
        Value::String(text) => write_text(text, key),
        Value::Array(items) => {
            key.push('[');
            for item in items {
                write_key(item, key);
                key.push(',');
            }
            key.push(']');
        }
        Value::Object(members) => {
            key.push('{');
            for (name, value) in members.iter().collect::<BTreeMap<_, _>>() {
                write_text(name, key);
                write_key(value, key);
            }
            key.push('}');
        }
    }
}

/// A text with its length before it, so that it needs no escapes.
fn write_text(text: &str, key: &mut String) {
    key.push('"');
    key.push_str(&text.len().to_string());
    key.push(':');
    key.push_str(text);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{ValueSet, same};

    #[test]
    fn values_are_equal_however_they_are_written() {
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let values = [
            "0",
            "1",
            "1.5",
            "9007199254740992",
            "9007199254740993",
            "18446744073709551615",
            "18446744073709551616",
            "1e300",
            "\"1\"",
            "\"\"",
            "[]",
            "[1]",
            "[1,1]",
            "[\"1,1\"]",
            "[[1],1]",
            "{}",
            "{\"a\":1,\"b\":[2]}",
            "{\"a\":1,\"b\":[3]}",
            "null",
            "false",
        ];
        for (index, one) in values.iter().enumerate() {
            for (other_index, other) in values.iter().enumerate() {
                let (one, other) = (parse(one), parse(other));
                let is_same = index == other_index;
                assert_eq!(same(&one, &other), is_same, "{one} {other}");
                let set: ValueSet = [&one].into_iter().collect();
                assert_eq!(set.contains(&other), is_same, "{one} {other}");
            }
        }
        for (one, other) in [
            ("1", "1.0"),
            ("-0.0", "0"),
            ("1e2", "100"),
            ("[1]", "[1.0]"),
            ("1e20", "100000000000000000000"),
            (r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#),
        ] {
            let (one, other) = (parse(one), parse(other));
            assert!(same(&one, &other), "{one} {other}");
            let mut set = ValueSet::default();
            assert!(set.insert(&one) && !set.insert(&other), "{one} {other}");
        }
        assert_eq!(parse("[1]"), json!([1]));
    }
}
