//! Values of which no two are equal.

use foldhash::fast::FixedState;
use serde_json::Value;
use std::hash::BuildHasher as _;

use crate::hash::HashSet;

/// The values in the order in which they came.
#[derive(Default)]
pub(super) struct Distinct {
    values: Vec<Value>,
    prints: HashSet<u64>,
}

impl Distinct {
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether a value is there.
    pub(super) fn contains(&self, value: &Value) -> bool {
        self.prints.contains(&print(value)) && self.values.contains(value)
    }

    pub(super) fn push(&mut self, value: Value) {
        self.prints.insert(print(&value));
        self.values.push(value);
    }

    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    pub(super) fn into_values(self) -> Vec<Value> {
        self.values
    }
}

/// A number that equal values have in common, whatever the order of their members.
fn print(value: &Value) -> u64 {
    let state = FixedState::default();
    match value {
        Value::Null => 1,
        Value::Bool(value) => 2 + u64::from(*value),
        // Zero and less than zero are one number.
        Value::Number(number) => (number.as_f64().unwrap_or(0.0) + 0.0).to_bits(),
        Value::String(text) => state.hash_one(text),
        Value::Array(items) => items
            .iter()
            .fold(4, |all, item| state.hash_one((all, print(item)))),
        Value::Object(members) => members.iter().fold(5, |all: u64, (name, value)| {
            all.wrapping_add(state.hash_one((name, print(value))))
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Distinct;

    #[test]
    fn what_is_equal_is_there_once_and_nothing_else_is_lost() {
        let mut all = Distinct::default();
        all.push(json!({"a": [1, "x"], "b": -0.0}));
        assert!(all.contains(&json!({"b": 0.0, "a": [1, "x"]})));
        for other in [
            json!({"a": ["x", 1], "b": 0.0}),
            json!({"a": [1, "x"], "b": null}),
            json!({"b": [1, "x"], "a": 0.0}),
            json!({"a": [1.0, "x"], "b": 0.0}),
            json!([]),
        ] {
            assert!(!all.contains(&other), "{other}");
            all.push(other);
        }
        assert_eq!((all.len(), all.into_values().len()), (6, 6));
    }
}
