//! An example value that is held as what changes in another one.

use serde_json::{Map, Value};

use super::Step;

/// An example value. Of an object all but one property is that of the least value in most of them, which is not copied for
/// each.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample<'e> {
    /// A value of its own.
    Whole(Value),
    /// The least value of an object in which this property has this value, or is there as well.
    With(&'e Map<String, Value>, &'e str, Value),
    /// The least value of an object without this property.
    Without(&'e Map<String, Value>, &'e str),
}

impl Sample<'_> {
    /// The value.
    pub fn into_value(self) -> Value {
        match self {
            Self::Whole(value) => value,
            Self::With(least, name, value) => {
                let mut members = least.clone();
                members.insert(name.to_owned(), value);
                Value::Object(members)
            }
            Self::Without(least, name) => {
                let mut members = least.clone();
                members.shift_remove(name);
                Value::Object(members)
            }
        }
    }

    /// A part of the value; that of an object only inside of a property.
    pub fn part(&self, path: &[Step]) -> Option<&Value> {
        let (start, rest) = match self {
            Self::Whole(value) => (value, path),
            Self::With(least, name, value) => match path.split_first()? {
                (Step::Key(key), rest) if key == name => (value, rest),
                (Step::Key(key), rest) => (least.get(key)?, rest),
                (Step::Index(_), _) => return None,
            },
            Self::Without(least, name) => match path.split_first()? {
                (Step::Key(key), rest) if key != name => (least.get(key)?, rest),
                (Step::Key(_) | Step::Index(_), _) => return None,
            },
        };
        rest.iter().try_fold(start, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
    }

    /// Whether this is the same value as another one that is whole.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Self::Whole(value), _) => value == other,
            (Self::With(least, name, value), Value::Object(members)) => {
                let is_new = !least.contains_key(*name);
                members.len() == least.len() + usize::from(is_new)
                    && members.get(*name) == Some(value)
                    && are_same(least, name, members)
            }
            (Self::Without(least, name), Value::Object(members)) => {
                let is_old = least.contains_key(*name);
                members.len() + usize::from(is_old) == least.len() && are_same(least, name, members)
            }
            (Self::With(..) | Self::Without(..), _) => false,
        }
    }
}

/// Whether all properties but one are there with the same values.
fn are_same(least: &Map<String, Value>, but: &str, members: &Map<String, Value>) -> bool {
    let mut others = least.iter().filter(|(name, _)| *name != but);
    others.all(|(name, value)| members.get(name) == Some(value))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Sample, Step};

    #[test]
    fn a_change_is_the_value_that_it_makes_and_no_other_one() {
        let least = json!({"a": 1, "b": {"c": [2]}});
        let least = least.as_object().expect("an object");
        let samples = [
            Sample::With(least, "a", json!(3)),
            Sample::With(least, "d", json!(3)),
            Sample::Without(least, "a"),
            Sample::Without(least, "b"),
            Sample::Without(least, "d"),
            Sample::Whole(json!([1])),
        ];
        let values: Vec<Value> = samples.iter().cloned().map(Sample::into_value).collect();
        assert_eq!(
            values,
            [
                json!({"a": 3, "b": {"c": [2]}}),
                json!({"a": 1, "b": {"c": [2]}, "d": 3}),
                json!({"b": {"c": [2]}}),
                json!({"a": 1}),
                json!({"a": 1, "b": {"c": [2]}}),
                json!([1]),
            ]
        );
        let paths = [
            vec![],
            vec![Step::Key("a".to_owned())],
            vec![Step::Key("d".to_owned())],
            vec![
                Step::Key("b".to_owned()),
                Step::Key("c".to_owned()),
                Step::Index(0),
            ],
            vec![Step::Index(0)],
        ];
        for (index, sample) in samples.iter().enumerate() {
            for (other, value) in values.iter().enumerate() {
                assert_eq!(sample.is(value), index == other, "{sample:?} {value}");
            }
            let whole = Sample::Whole(values[index].clone());
            let is_object = values[index].is_object() && !matches!(sample, Sample::Whole(_));
            for path in paths.iter().skip(usize::from(is_object)) {
                assert_eq!(sample.part(path), whole.part(path), "{sample:?} {path:?}");
            }
        }
    }
}
