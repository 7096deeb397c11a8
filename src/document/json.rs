//! JSON as a value, with the keys that an object has more than once: a value keeps the last of them.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::MAX_DEPTH;
use crate::schema::location::{Segment, push_segment};

/// A text that has been read.
pub(super) struct Parsed {
    pub value: Value,
    /// The JSON pointers of the keys that are there more than once, each once, in the order in which their objects end; not
    /// more than [`MOST_REPEATED`] repetitions are looked at.
    pub repeated: Vec<String>,
}

/// How many repetitions of keys are noted: nobody reads more.
const MOST_REPEATED: usize = 100;

/// Reads a text; one that nests deeper than [`MAX_DEPTH`] is refused there, before the parser recurses too far.
pub(super) fn parse(text: &str) -> Result<Parsed, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    let mut open = Open::default();
    let value = Reader(&mut open).deserialize(&mut reader)?;
    reader.end()?;
    let mut known = HashSet::new();
    let pointers = open.repeated.into_iter().map(pointer);
    Ok(Parsed {
        value,
        repeated: pointers.filter(|one| known.insert(one.clone())).collect(),
    })
}

/// A step towards a repeated key.
enum Step {
    Key(String),
    Index(usize),
}

/// The pointer of steps that were noted on the way out.
fn pointer(steps: Vec<Step>) -> String {
    let mut pointer = String::new();
    for step in steps.into_iter().rev() {
        match &step {
            Step::Key(key) => push_segment(&mut pointer, Segment::Key(key)),
            Step::Index(index) => push_segment(&mut pointer, Segment::Index(*index)),
        }
    }
    pointer
}

/// What is known of the values that have begun and not ended. The last of them ends first, so that the parts of all are in
/// one list: each is copied once to where it has the room that it needs, and no more.
#[derive(Default)]
struct Open {
    members: Vec<(String, Value)>,
    items: Vec<Value>,
    depth: usize,
    /// The keys that are repeated. Where that is inside a value, each value around it adds the step to itself.
    repeated: Vec<Vec<Step>>,
}

impl Open {
    fn enter<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        match self.depth <= MAX_DEPTH {
            true => Ok(()),
            false => Err(E::custom("nested too deep")),
        }
    }
}

/// Reads one value.
struct Reader<'r>(&'r mut Open);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        self.0.enter()?;
        let first = self.0.items.len();
        loop {
            let known = self.0.repeated.len();
            let Some(item) = from.next_element_seed(Reader(self.0))? else {
                self.0.depth -= 1;
                return Ok(Value::Array(self.0.items.drain(first..).collect()));
            };
            let index = self.0.items.len() - first;
            for steps in &mut self.0.repeated[known..] {
                steps.push(Step::Index(index));
            }
            self.0.items.push(item);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        self.0.enter()?;
        let first = self.0.members.len();
        while let Some(key) = from.next_key::<String>()? {
            let known = self.0.repeated.len();
            let value = from.next_value_seed(Reader(self.0))?;
            for steps in &mut self.0.repeated[known..] {
                steps.push(Step::Key(key.clone()));
            }
            self.0.members.push((key, value));
        }
        let mut members = Map::with_capacity(self.0.members.len() - first);
        for (key, value) in self.0.members.drain(first..) {
            match members.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                Entry::Occupied(mut place) => {
                    if self.0.repeated.len() < MOST_REPEATED {
                        self.0.repeated.push(vec![Step::Key(place.key().clone())]);
                    }
                    place.insert(value);
                }
            }
        }
        self.0.depth -= 1;
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{MOST_REPEATED, parse};

    #[test]
    fn values_are_those_of_serde_json() {
        for text in [
            "null",
            " [true, false, \"a\\nb\", -1, 18446744073709551615, 1.0, 1e300, {}] ",
            r#"{"b": {"a": [[], [1]]}, "a": null, "b": 2}"#,
        ] {
            let expected: Option<Value> = serde_json::from_str(text).ok();
            assert_eq!(parse(text).ok().map(|parsed| parsed.value), expected);
        }
        for text in ["", "[1", "{} {}", "1e999", "{\"a\" 1}"] {
            let error = |error: serde_json::Error| error.to_string();
            let ours = parse(text).map(|parsed| parsed.value).map_err(error);
            let theirs = serde_json::from_str::<Value>(text).map_err(error);
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn repeated_keys_are_found_wherever_they_are() {
        let text = r#"{"a": [{"x/y": 1, "x/y": 2, "x/y": {"k": 1, "k": 2}}], "b": 1, "a": 2, "c": {"b": 1}}"#;
        let parsed = parse(text).map(|parsed| parsed.repeated);
        let expected = ["/a/0/x~1y/k", "/a/0/x~1y", "/a"];
        assert_eq!(parsed.ok(), Some(expected.map(str::to_owned).to_vec()));
        let many: Vec<String> = (0..2 * MOST_REPEATED)
            .map(|index| format!("\"{}\": 0", index / 2))
            .collect();
        let parsed = parse(&format!("{{{0}, {0}}}", many.join(",")));
        let repeated = parsed.map_or(0, |parsed| parsed.repeated.len());
        assert_eq!(repeated, MOST_REPEATED);
    }
}
