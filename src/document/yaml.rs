//! YAML, as far as it says the same as JSON (<https://yaml.org/spec/1.2.2/>), with aliases and merge keys.

use std::collections::HashSet;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use serde_json::{Map, Number, Value};

use super::MAX_DEPTH;
use crate::hash::HashMap;
use crate::schema::location::{Segment, push_segment};

/// How many values a document may have once its aliases are written out.
const MOST_VALUES: usize = 2_000_000;

/// What is wrong, and at which byte.
pub(super) struct Problem {
    pub kind: Kind,
    pub message: String,
    pub offset: usize,
}

/// In which way a text is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Syntax,
    TooDeep,
}

/// The value of a text.
pub(super) fn parse(text: &str) -> Result<Value, Problem> {
    Reader::new(text, None).read()
}

/// The byte ranges of the values at these JSON pointers; for a member of an object, its key.
pub(super) fn locate<'p>(
    text: &str,
    pointers: impl IntoIterator<Item = &'p str>,
) -> HashMap<String, Range<usize>> {
    let wanted = pointers.into_iter().map(str::to_owned).collect();
    let mut reader = Reader::new(text, Some(wanted));
    // A text with a mistake is located up to there.
    let _ = reader.read();
    reader.found
}

/// What the parser says where flow style (`[…]` and `{…}`) is nested deeper than it can count, which is 255 levels.
const TOO_MUCH_FLOW: &str = "recursion limit exceeded";

impl Problem {
    fn too_deep(offset: usize) -> Self {
        Self {
            kind: Kind::TooDeep,
            message: format!("the document is nested deeper than {MAX_DEPTH} levels"),
            offset,
        }
    }

    fn of_parser(said: &str, offset: usize) -> Self {
        if said == TOO_MUCH_FLOW {
            return Self {
                kind: Kind::TooDeep,
                message: "flow style of YAML is nested deeper than 255 levels".to_owned(),
                offset,
            };
        }
        Self {
            kind: Kind::Syntax,
            message: said.to_owned(),
            offset,
        }
    }
}

/// Why a value cannot be taken.
enum Refusal {
    TooDeep,
    Other(String),
}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

/// A value with what it costs to repeat it.
#[derive(Clone)]
struct Sized {
    value: Value,
    count: usize,
    depth: usize,
}

struct Frame {
    value: Sized,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<String>,
    /// The keys that come from `<<`: another one of the same name counts before them.
    merged: HashSet<String>,
    pointer: usize,
}

/// A place in a text, both from 0.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    line: usize,
    column: usize,
}

struct Reader<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    open: Vec<Frame>,
    anchors: HashMap<usize, Sized>,
    done: Option<Value>,
    count: usize,
    /// The values that are kept for the sake of their anchors.
    kept: usize,
    /// The place that was looked for last, and its byte: places are asked for in the order of the text.
    last: (Place, usize),
    /// The pointers that are looked for.
    wanted: Option<HashSet<String>>,
    found: HashMap<String, Range<usize>>,
    pointer: String,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, wanted: Option<HashSet<String>>) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            line_starts: std::iter::once(0).chain(breaks).collect(),
            open: Vec::new(),
            anchors: HashMap::default(),
            done: None,
            count: 0,
            kept: 0,
            last: (Place::default(), 0),
            wanted,
            found: HashMap::default(),
            pointer: String::new(),
        }
    }

    fn read(&mut self) -> Result<Value, Problem> {
        for event in Parser::new_from_str(self.text) {
            let (event, span) = event
                .map_err(|error| Problem::of_parser(error.info(), self.offset(*error.marker())))?;
            self.take(event, span).map_err(|refusal| {
                let offset = self.offset(span.start);
                match refusal {
                    Refusal::TooDeep => Problem::too_deep(offset),
                    Refusal::Other(message) => Problem {
                        kind: Kind::Syntax,
                        message,
                        offset,
                    },
                }
            })?;
        }
        Ok(self.done.take().unwrap_or(Value::Null))
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Refusal> {
        match event {
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
            Event::Scalar(text, style, anchor, tag) => {
                if self.take_key(&text, span) {
                    return Ok(());
                }
                let is_text =
                    tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let value = match style {
                    ScalarStyle::Plain if !is_text => plain(&text),
                    _ => Value::String(text.into_owned()),
                };
                self.note(span);
                self.count(1)?;
                let (count, depth) = (1, 0);
                self.finish(
                    Sized {
                        value,
                        count,
                        depth,
                    },
                    anchor,
                )
            }
            Event::Alias(anchor) => {
                self.note(span);
                let known = self.anchors.get(&anchor).cloned();
                let nothing = "this alias stands for what it is in, or for nothing";
                let value = known.ok_or_else(|| nothing.to_owned())?;
                self.count(value.count)?;
                self.finish(value, 0)
            }
            Event::MappingStart(anchor, _) => self.begin(Value::Object(Map::new()), anchor, span),
            Event::SequenceStart(anchor, _) => self.begin(Value::Array(Vec::new()), anchor, span),
            Event::MappingEnd | Event::SequenceEnd => match self.open.pop() {
                Some(frame) => {
                    self.pointer.truncate(frame.pointer);
                    self.finish(frame.value, frame.anchor)
                }
                None => Ok(()),
            },
        }
    }

    /// Takes a text for a key, if that is what is expected here.
    fn take_key(&mut self, text: &str, span: Span) -> bool {
        let Some(frame) = self.open.last_mut() else {
            return false;
        };
        if !frame.value.value.is_object() || frame.key.is_some() {
            return false;
        }
        frame.key = Some(text.to_owned());
        self.pointer.truncate(frame.pointer);
        if self.wanted.is_some() {
            push_segment(&mut self.pointer, Segment::Key(text));
        }
        self.record(span);
        true
    }

    fn begin(&mut self, value: Value, anchor: usize, span: Span) -> Result<(), Refusal> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Refusal::TooDeep);
        }
        let is_key = |frame: &Frame| frame.value.value.is_object() && frame.key.is_none();
        if self.open.last().is_some_and(is_key) {
            return Err("a key must be a text".to_owned().into());
        }
        self.count(1)?;
        self.note(span);
        self.open.push(Frame {
            value: Sized {
                value,
                count: 1,
                depth: 0,
            },
            anchor,
            key: None,
            merged: HashSet::new(),
            pointer: self.pointer.len(),
        });
        Ok(())
    }

    /// Counts values that the document has now, too.
    fn count(&mut self, values: usize) -> Result<(), Refusal> {
        self.count += values;
        if self.count > MOST_VALUES {
            return Err(Refusal::Other(format!(
                "there are more than {MOST_VALUES} values once the aliases are written out"
            )));
        }
        Ok(())
    }

    /// Puts a value where it belongs.
    fn finish(&mut self, value: Sized, anchor: usize) -> Result<(), Refusal> {
        if self.open.len() + value.depth > MAX_DEPTH {
            return Err(Refusal::TooDeep);
        }
        if anchor != 0 {
            self.kept += value.count;
            if self.kept > MOST_VALUES {
                return Err(Refusal::Other(format!(
                    "there are more than {MOST_VALUES} values below anchors"
                )));
            }
            self.anchors.insert(anchor, value.clone());
        }
        let Some(frame) = self.open.last_mut() else {
            return match self.done.replace(value.value) {
                None => Ok(()),
                Some(_) => Err("there is a second document in the file".to_owned().into()),
            };
        };
        frame.value.count += value.count;
        frame.value.depth = frame.value.depth.max(value.depth + 1);
        match &mut frame.value.value {
            Value::Array(items) => items.push(value.value),
            Value::Object(members) => match frame.key.take() {
                Some(key) if key == "<<" && is_mergeable(&value.value) => {
                    merge(value.value, members, &mut frame.merged);
                }
                Some(key) => {
                    let is_merged = frame.merged.remove(&key);
                    if members.contains_key(&key) && !is_merged {
                        return Err(format!("the key `{key}` is there twice").into());
                    }
                    members.insert(key, value.value);
                }
                None => return Err("a key must be a text".to_owned().into()),
            },
            _ => {}
        }
        Ok(())
    }

    /// Takes note of where a value starts; for a member, its key has been noted.
    fn note(&mut self, span: Span) {
        let Some(frame) = self.open.last() else {
            self.record(span);
            return;
        };
        if let Value::Array(items) = &frame.value.value {
            let index = items.len();
            self.pointer.truncate(frame.pointer);
            if self.wanted.is_some() {
                push_segment(&mut self.pointer, Segment::Index(index));
            }
            self.record(span);
        }
    }

    fn record(&mut self, span: Span) {
        let is_wanted = |wanted: &HashSet<String>| wanted.contains(&self.pointer);
        if self.wanted.as_ref().is_some_and(is_wanted) && !self.found.contains_key(&self.pointer) {
            let start = self.offset(span.start);
            let end = self.offset(span.end).max(start + 1);
            self.found.insert(self.pointer.clone(), start..end);
        }
    }

    /// The byte of a place that is counted in lines and characters.
    fn offset(&mut self, marker: Marker) -> usize {
        let place = Place {
            line: marker.line().saturating_sub(1),
            column: marker.col(),
        };
        let (last, byte) = self.last;
        let (column, start) = if last.line == place.line && last.column <= place.column {
            (last.column, byte)
        } else {
            let start = self.line_starts.get(place.line).copied();
            (0, start.unwrap_or(self.text.len()))
        };
        let rest = &self.text[start..];
        let after = rest.char_indices().nth(place.column - column);
        let byte = start + after.map_or(rest.len(), |(at, _)| at);
        self.last = (place, byte);
        byte
    }
}

fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

fn merge(value: Value, members: &mut Map<String, Value>, merged: &mut HashSet<String>) {
    let sources = match value {
        Value::Array(items) => items,
        other => vec![other],
    };
    for source in sources {
        let Value::Object(source) = source else {
            continue;
        };
        for (key, value) in source {
            if !members.contains_key(&key) {
                merged.insert(key.clone());
                members.insert(key, value);
            }
        }
    }
}

/// The value of a text without quotes, by the core schema of YAML 1.2.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    match number(text) {
        Some(number) => Value::Number(number),
        None => Value::String(text.to_owned()),
    }
}

fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return None;
    }
    if let Ok(number) = serde_json::from_str(text) {
        return Some(number);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    let is_decimal = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
    if !text.chars().all(is_decimal) || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Number::from(whole));
    }
    text.parse().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, locate, parse};

    #[test]
    fn yaml_says_what_json_says() {
        let text = "a: &x {b: 1, c: [~, yes, 'true', +2, 0x1F, 1.50]}\nd: *x\ne:\n  <<: *x\n  b: 2\n? f\n: |\n  g\n200: !!str 3\n";
        let value = parse(text).map_err(|problem| problem.message);
        let x = json!({"b": 1, "c": [null, "yes", "true", 2, 31, 1.5]});
        let e = json!({"b": 2, "c": x["c"]});
        assert_eq!(
            value,
            Ok(json!({"a": x, "d": x, "e": e, "f": "g\n", "200": "3"}))
        );
    }

    #[test]
    fn anchors_inside_anchors_do_not_fill_the_memory() {
        let mut text = String::new();
        for level in 0..240 {
            text.push_str(&format!("&a{level} ["));
        }
        text.push_str(&"1,".repeat(10_000));
        text.push_str(&"]".repeat(240));
        let said = parse(&text).map_err(|problem| problem.message);
        let expected = "there are more than 2000000 values below anchors";
        assert_eq!(said, Err(expected.to_owned()));
    }

    #[test]
    fn what_json_cannot_say_is_an_error_at_its_place() {
        for (text, message, offset) in [
            ("a: 1\na: 2", "the key `a` is there twice", 8),
            (
                "- &a [*a]",
                "this alias stands for what it is in, or for nothing",
                6,
            ),
            ("[a]: 1", "a key must be a text", 0),
            ("--- 1\n--- 2", "there is a second document in the file", 10),
        ] {
            let problem = parse(text).expect_err(text);
            assert_eq!(
                (problem.message.as_str(), problem.offset),
                (message, offset)
            );
        }
        let mut bomb = "a0: &a0 [1,1]\n".to_owned();
        for level in 1..60 {
            bomb += &format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1);
        }
        let problem = parse(&bomb).expect_err("the aliases multiply");
        assert!(problem.message.contains("more than 2000000 values"));
    }

    #[test]
    fn a_value_counts_once_however_deep_it_is() {
        let (inner, depth) = ("1, ".repeat(100_000), 100);
        let text = format!("{}{inner}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&text).is_ok());
    }

    #[test]
    fn nesting_has_a_limit_in_either_style() {
        let block = |depth: usize| "- ".repeat(depth) + "1";
        let flow = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&block(512)).is_ok() && parse(&flow(255)).is_ok());
        for text in [block(513), flow(256), flow(100_000), "[".repeat(100_000)] {
            let problem = parse(&text).expect_err("it is too deep");
            assert_eq!(problem.kind, Kind::TooDeep, "{}", problem.message);
        }
    }

    #[test]
    fn pointers_are_found() {
        let text = "é:\n  - x\n  - k: v\nm: {n: 1}\n";
        let found = locate(text, ["/é/1/k", "/é/0", "/m/n", "/none"]);
        let slice = |pointer: &str| &text[found[pointer].clone()];
        assert_eq!(slice("/é/1/k"), "k");
        assert_eq!(slice("/é/0"), "x");
        assert_eq!(slice("/m/n"), "n");
        assert_eq!(found.len(), 3);
    }
}
