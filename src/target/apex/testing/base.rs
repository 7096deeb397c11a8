//! The example of which the tests of an object change one property at a time, so that each says what it is about.

use std::cell::Cell;

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

use super::cases::{Case, json_text};
use super::constants::{Constants, added};
use super::helper;
use super::kept::Kept;
use crate::ir::TypeId;
use crate::target::apex::code::{
    Doc, Method, Statement, assign, call, field, join, literal_of, returns, text,
};
use crate::target::apex::text::literal;

/// An example of so many letters is read faster whole.
const SHORT: usize = 60;
/// An example that is changed less often is written out each time.
const FEWEST: usize = 3;

/// The properties of the least value of a type.
pub(super) struct Base {
    /// JSON text of the value.
    text: String,
    /// The name and the value of each property, as JSON text, and where both are in the text.
    members: Vec<Member>,
    is_changed: Cell<bool>,
    is_reduced: Cell<bool>,
}

struct Member {
    name: String,
    value: String,
    start: usize,
    end: usize,
}

/// What a test does with the example.
#[derive(Debug, PartialEq)]
enum Change<'a> {
    Nothing,
    /// Sets a property, whose name is JSON text, to a value.
    Set(&'a str, &'a str),
    /// Takes a property away.
    Without(&'a str),
}

impl Base {
    /// The example of a type whose values are objects.
    pub(super) fn new(kept: Kept<'_, '_>, id: TypeId) -> Option<Self> {
        Some(Self::of(kept.examples.least(id)?.as_object()?))
    }

    /// Whether many of these cases change one thing of it.
    pub(super) fn is_worth_it(&self, cases: &[Case]) -> bool {
        let changes = |case: &&Case| self.change(case.json()).is_some();
        let is_often = || cases.iter().filter(changes).nth(FEWEST - 1).is_some();
        self.text.len() > SHORT && is_often()
    }

    pub(super) fn of(least: &Map<String, Value>) -> Self {
        let mut text = "{".to_owned();
        let mut members = Vec::new();
        for (name, value) in least {
            if !members.is_empty() {
                text.push(',');
            }
            let start = text.len();
            let value = json_text(value);
            text += &quoted(name);
            text.push(':');
            text += &value;
            members.push(Member {
                name: name.clone(),
                value,
                start,
                end: text.len(),
            });
        }
        text.push('}');
        Self {
            text,
            members,
            is_changed: Cell::new(false),
            is_reduced: Cell::new(false),
        }
    }

    /// JSON text of the value with another value of a property.
    pub(super) fn with(&self, name: &str, value: &Value) -> String {
        let value = json_text(value);
        match self.members.iter().find(|member| member.name == name) {
            Some(old) => {
                let start = old.end - old.value.len();
                [&self.text[..start], &value, &self.text[old.end..]].concat()
            }
            None => {
                let comma = if self.members.is_empty() { "" } else { "," };
                let start = self.text.len() - 1;
                [&self.text[..start], comma, &quoted(name), ":", &value, "}"].concat()
            }
        }
    }

    /// JSON text of the value without a property.
    pub(super) fn without(&self, name: &str) -> String {
        let Some(index) = self.members.iter().position(|member| member.name == name) else {
            return self.text.clone();
        };
        let old = &self.members[index];
        // A comma is before it or after it, or there is none.
        let (start, end) = match self.members.get(index + 1) {
            Some(next) => (old.start, next.start),
            None => (old.start - index.min(1), old.end),
        };
        [&self.text[..start], &self.text[end..]].concat()
    }

    /// How a test says this JSON text; none where it is more than one change away.
    pub(super) fn source(&self, json: &str, constants: &Constants<'_>) -> Option<Doc> {
        Some(match self.change(json)? {
            Change::Nothing => call("joined", vec![text("MEMBERS")]),
            Change::Set(name, value) => {
                self.is_changed.set(true);
                let name = text(literal(&unquoted(name)));
                call("changed", vec![name, added(constants.operands(value))])
            }
            Change::Without(name) => {
                self.is_reduced.set(true);
                call("without", vec![text(literal(name))])
            }
        })
    }

    /// What of this JSON text a test has that says it, and the name of the property that it is the value of, as JSON text.
    pub(super) fn said<'j>(&'j self, json: &'j str) -> (Option<&'j str>, &'j str) {
        match self.change(json) {
            Some(Change::Nothing | Change::Without(_)) => (None, ""),
            Some(Change::Set(name, value)) => (Some(name), value),
            None => (None, json),
        }
    }

    /// The names of the properties and their values, as JSON text.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members.iter().map(|member| {
            let end = member.end - member.value.len() - ":".len();
            (&self.text[member.start..end], member.value.as_str())
        })
    }

    /// How many letters of JSON text that takes in the test.
    pub(super) fn length(&self, json: &str) -> usize {
        match self.difference(json) {
            Some((old, new)) if old.len() <= 1 => new.len(),
            _ => json.len(),
        }
    }

    fn change<'a>(&'a self, json: &'a str) -> Option<Change<'a>> {
        let (old, new) = self.difference(json)?;
        if old.len() > 1 {
            return None;
        }
        match (old, new) {
            ([], "") => Some(Change::Nothing),
            ([old], "") => Some(Change::Without(&old.name)),
            _ => {
                let (name, value) = only(new)?;
                let is_same = old.iter().all(|old| old.name == unquoted(name));
                is_same.then_some(Change::Set(name, value))
            }
        }
    }

    /// The properties, and the JSON text instead of them, between those that are the same at both ends.
    fn difference<'j>(&self, json: &'j str) -> Option<(&[Member], &'j str)> {
        if !json.starts_with('{') {
            return None;
        }
        let (ours, theirs) = (self.text.as_bytes(), json.as_bytes());
        let same = same_at_start(ours, theirs);
        // What comes after a property that is the same: the next one, or the end.
        let is_end = |at: usize| matches!(theirs.get(at), Some(b',' | b'}'));
        let members = self.members.iter();
        let first = members
            .take_while(|member| member.end <= same && is_end(member.end))
            .count();
        let start = first
            .checked_sub(1)
            .map_or(1, |last| self.members[last].end);
        let most = theirs.len().min(ours.len()) - start;
        let same = same_at_end(ours, theirs).min(most);
        let is_start = |length: usize| {
            let before = theirs.len().checked_sub(length + 1);
            matches!(before.map(|at| theirs[at]), Some(b',' | b'{'))
        };
        let rest = self.members[first..].iter().rev();
        let last = rest
            .take_while(|member| {
                let length = ours.len() - member.start;
                length <= same && is_start(length)
            })
            .count();
        let end = match last {
            0 => theirs.len() - 1,
            _ => theirs.len() - (ours.len() - self.members[self.members.len() - last].start),
        };
        let old = &self.members[first..self.members.len() - last];
        Some((old, json.get(start..end)?.trim_matches(',')))
    }

    /// The field of the test class that has the properties.
    pub(super) fn constant(&self, constants: &Constants<'_>) -> String {
        let entries = self.members.iter().map(|member| {
            let name = text(format!("{} => ", literal(&member.name)));
            join(vec![name, added(constants.operands(&member.value))])
        });
        let map = literal_of("Map<String, String>", entries.collect());
        let head = "private static final Map<String, String> MEMBERS";
        field(head, map, Vec::new())
    }

    /// The methods that change the example, as far as a test calls them.
    pub(super) fn helpers(&self) -> Vec<Method> {
        let clone = || assign("Map<String, String> members", text("MEMBERS.clone()"));
        let joined = || returns(call("joined", vec![text("members")]));
        let with = |change: &'static str| vec![clone(), Statement::Plain(text(change)), joined()];
        let changed = || {
            helper(
                "String changed",
                &["String name", "String value"],
                with("members.put(name, value)"),
            )
        };
        let without = || {
            helper(
                "String without",
                &["String name"],
                with("members.remove(name)"),
            )
        };
        let member = "System.JSON.serialize(name) + ':' + members.get(name)";
        let all = helper(
            "String joined",
            &["Map<String, String> members"],
            vec![
                assign("List<String> texts", text("new List<String>()")),
                Statement::For(
                    "String name".to_owned(),
                    text("members.keySet()"),
                    vec![Statement::Plain(call("texts.add", vec![text(member)]))],
                ),
                returns(text("'{' + String.join(texts, ',') + '}'")),
            ],
        );
        let methods = [
            self.is_changed.get().then(changed),
            self.is_reduced.get().then(without),
            Some(all),
        ];
        methods.into_iter().flatten().collect()
    }
}

/// The name and the value of a property in JSON text, as they stand there, where there is no other one.
fn only(text: &str) -> Option<(&str, &str)> {
    let mut names = Deserializer::from_str(text).into_iter::<String>();
    names.next()?.ok()?;
    let (name, value) = text.split_at_checked(names.byte_offset())?;
    let value = value.strip_prefix(':')?;
    let mut values = Deserializer::from_str(value).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    (values.byte_offset() == value.len()).then_some((name, value))
}

/// The text that a JSON text is.
pub(super) fn unquoted(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_default()
}

/// JSON text of a text.
fn quoted(name: &str) -> String {
    json_text(&Value::from(name))
}

/// How many bytes are compared at a time.
const BLOCK: usize = 32;

/// How many bytes are the same, from the start on.
fn same_at_start(one: &[u8], other: &[u8]) -> usize {
    let (ones, _) = one.as_chunks::<BLOCK>();
    let (others, _) = other.as_chunks::<BLOCK>();
    let blocks = ones.iter().zip(others);
    let known = BLOCK * blocks.take_while(|(one, other)| one == other).count();
    let bytes = one[known..].iter().zip(&other[known..]);
    known + bytes.take_while(|(one, other)| one == other).count()
}

/// How many bytes are the same, from the end on.
fn same_at_end(one: &[u8], other: &[u8]) -> usize {
    let (_, ones) = one.as_rchunks::<BLOCK>();
    let (_, others) = other.as_rchunks::<BLOCK>();
    let blocks = ones.iter().rev().zip(others.iter().rev());
    let known = BLOCK * blocks.take_while(|(one, other)| one == other).count();
    let [one, other] = [one, other].map(|all| all[..all.len() - known].iter().rev());
    known
        + one
            .zip(other)
            .take_while(|(one, other)| one == other)
            .count()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Base, Change, unquoted};

    fn base() -> Base {
        let least = json!({"a": 1, "b": {"c": [1]}, "d": "x"});
        Base::of(least.as_object().expect("an object"))
    }

    #[test]
    fn one_change_is_found_wherever_it_is() {
        let set = |name, value| Some(Change::Set(name, value));
        let without = |name| Some(Change::Without(name));
        for (json, change) in [
            (r#"{"a":1,"b":{"c":[1]},"d":"x"}"#, Some(Change::Nothing)),
            (r#"{"a":12,"b":{"c":[1]},"d":"x"}"#, set(r#""a""#, "12")),
            (
                r#"{"a":1,"b":{"c":[]},"d":"x"}"#,
                set(r#""b""#, r#"{"c":[]}"#),
            ),
            (
                r#"{"a":1,"b":{"c":[1]},"d":"xx"}"#,
                set(r#""d""#, r#""xx""#),
            ),
            (
                r#"{"a":1,"b":{"c":[1]},"d":"x","e":"x"}"#,
                set(r#""e""#, r#""x""#),
            ),
            (
                r#"{"a":1,"b":{"c":[1]},"d":"x","d2":{"a":1}}"#,
                set(r#""d2""#, r#"{"a":1}"#),
            ),
            (r#"{"b":{"c":[1]},"d":"x"}"#, without("a")),
            (r#"{"a":1,"d":"x"}"#, without("b")),
            (r#"{"a":1,"b":{"c":[1]}}"#, without("d")),
            (r#"{"a":2,"b":{"c":[1]},"d":"y"}"#, None),
            (r#"{"a":1}"#, None),
            ("{}", None),
            ("1", None),
            ("", None),
            (r#"[{"a":1,"b":{"c":[1]},"d":"x"}]"#, None),
        ] {
            assert_eq!(base().change(json), change, "{json}");
        }
    }

    #[test]
    fn a_property_is_set_or_left_out_in_the_text_as_in_the_value() {
        let least = json!({"a": 1, "b": {"c": [1]}, "d": "x"});
        for least in [json!({}), least] {
            for name in ["a", "b", "d", "e \""] {
                let mut changed = least.clone();
                changed[name] = json!([null]);
                let base = Base::of(least.as_object().expect("an object"));
                assert_eq!(base.with(name, &json!([null])), changed.to_string());
                let members = changed.as_object_mut().expect("an object");
                members.shift_remove(name);
                assert_eq!(base.without(name), changed.to_string());
            }
        }
    }

    #[test]
    fn a_change_makes_the_text_that_it_was_found_in() {
        let base = base();
        for json in [
            json!({"a": 1, "b": {"c": [1]}}),
            json!({"a": "}", "b": {"c": [1]}, "d": "x"}),
        ] {
            let mut members = json!({"a": 1, "b": {"c": [1]}, "d": "x"});
            let members = members.as_object_mut().expect("an object");
            match base.change(&json.to_string()).expect("one change") {
                Change::Nothing => {}
                Change::Set(name, value) => {
                    members.insert(unquoted(name), serde_json::from_str(value).expect("JSON"));
                }
                Change::Without(name) => {
                    members.shift_remove(name);
                }
            }
            assert_eq!(Value::Object(members.clone()), json);
        }
    }
}
