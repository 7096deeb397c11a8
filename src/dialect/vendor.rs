//! Words that no dialect has and many tools know: what to call the values of an enum.

use serde_json::{Map, Value};

use super::index::Context;
use super::reader::Reader;
use super::values::member;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::ValueWords;
use crate::schema::Schema;

const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

impl<'s> Reader<'s, '_> {
    /// Reads the names and descriptions of an enum's values, which stand in lists beside it.
    pub(super) fn read_value_words(
        &mut self,
        members: &'s Map<String, Value>,
        context: Context<'s>,
        schema: &mut Schema<'s>,
    ) {
        let Some(values) = member(members, "enum").and_then(Value::as_array) else {
            return;
        };
        let names = self.words_of(members, NAMES, values, context);
        let descriptions = self.words_of(members, DESCRIPTIONS, values, context);
        if names.is_none() && descriptions.is_none() {
            return;
        }
        let word = |words: &Option<Vec<Option<&'s str>>>, index: usize| {
            let words = words.as_ref()?;
            words.get(index).copied().flatten()
        };
        schema.docs.values.words = values
            .iter()
            .enumerate()
            .map(|(index, value)| ValueWords {
                value,
                name: word(&names, index),
                description: word(&descriptions, index),
            })
            .collect();
    }

    /// A word for each value, from the first of the lists that is there; a blank one says nothing.
    fn words_of(
        &mut self,
        members: &'s Map<String, Value>,
        keys: [&str; 2],
        values: &'s [Value],
        context: Context<'s>,
    ) -> Option<Vec<Option<&'s str>>> {
        let (key, found) = keys
            .iter()
            .find_map(|key| Some((key, members.get(*key)?)))?;
        let text = |value: &'s Value| value.as_str().filter(|text| !text.trim().is_empty());
        match found {
            Value::Array(words) if words.len() == values.len() => {
                return Some(words.iter().map(text).collect());
            }
            // Some tools write an object, from the value to what is said of it.
            Value::Object(words) => {
                let words = values.iter().map(|value| {
                    let key = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    words.get(&key).and_then(text)
                });
                return Some(words.collect());
            }
            _ => {}
        }
        self.diagnostics.push(
            Diagnostic::new(
                Code::NoEffect,
                format!("`{key}` says nothing, for it has no word for each value of the `enum`"),
            )
            .at_location(&self.graph.locations, context.location)
            .help("give it as many texts as the `enum` has values, in the same order"),
        );
        None
    }
}
