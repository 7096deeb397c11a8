//! Lines and columns, found by scanning a text again once there is something to say about it.

use std::borrow::Cow;
use std::ops::Range;

use super::depth::end_of_string;
use crate::hash::{HashMap, HashSet};
use crate::schema::location::{Segment, push_segment};

/// A place in a text for people: both numbers start at 1, a column counts Unicode code points.
///
/// ```
/// let failed = flowtypes::Generator::new().schema_text("order.json", r#"{"type": "text"}"#).plan();
/// let Err(failure) = failed else {
///     panic!("`text` is no type");
/// };
/// let positions = failure.report.messages.iter().filter_map(|message| message.position);
/// assert!(positions.map(|position| (position.line, position.column)).eq([(1, 2)]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The lines and columns of byte offsets, which must be in order; an offset beyond the text is its end. One pass over
/// the text, whatever the number of offsets.
#[must_use]
pub fn positions_of_offsets(text: &str, offsets: &[usize]) -> Vec<Position> {
    let mut at = 0;
    let mut position = Position { line: 1, column: 1 };
    let mut positions = Vec::with_capacity(offsets.len());
    for offset in offsets {
        let mut end = (*offset).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let between = text.get(at..end).unwrap_or_default();
        let columns = match between.rfind('\n') {
            Some(newline) => {
                position.line += between.matches('\n').count();
                position.column = 1;
                &between[newline + 1..]
            }
            None => between,
        };
        position.column += columns.chars().count();
        at = at.max(end);
        positions.push(position);
    }
    positions
}

/// The byte offset of a line and a column as serde_json counts them (bytes, from 1; 0 is the line's start).
pub(super) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(newline, _)| newline + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// The byte ranges of the values at these JSON pointers; for a member of an object, its key. A pointer that leads
/// nowhere is missing from the answer. One pass over the text, whatever the number of pointers.
#[must_use]
pub fn locate<'p>(
    text: &str,
    pointers: impl IntoIterator<Item = &'p str>,
) -> HashMap<String, Range<usize>> {
    let mut wanted: HashMap<String, Option<Range<usize>>> = pointers
        .into_iter()
        .map(|pointer| (pointer.to_owned(), None))
        .collect();
    // What none of them leads through is passed over.
    let mut ways: HashSet<String> = HashSet::default();
    for pointer in wanted.keys() {
        let mut above = pointer.as_str();
        while let Some((parent, _)) = above.rsplit_once('/') {
            if !ways.insert(parent.to_owned()) {
                break;
            }
            above = parent;
        }
    }
    let mut scanner = Scanner { text, at: 0 };
    scanner.scan(&mut wanted, &ways);
    wanted
        .into_iter()
        .filter_map(|(pointer, range)| Some((pointer, range?)))
        .collect()
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

enum Frame {
    Object,
    Array(usize),
}

impl Scanner<'_> {
    /// Walks a text that is known to be JSON, keeping the pointer of where it stands.
    fn scan(&mut self, wanted: &mut HashMap<String, Option<Range<usize>>>, ways: &HashSet<String>) {
        let mut pointer = String::new();
        // Each open container with the length of its own pointer.
        let mut open: Vec<(Frame, usize)> = Vec::new();
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else { return };
            // What has a key is found at its key.
            let mut is_member = false;
            if let Some((frame, length)) = open.last_mut() {
                pointer.truncate(*length);
                match (byte, frame) {
                    (b'}' | b']', _) => {
                        self.at += 1;
                        open.pop();
                        continue;
                    }
                    (b',', Frame::Array(index)) => {
                        *index += 1;
                        self.at += 1;
                        continue;
                    }
                    (b',', Frame::Object) => {
                        self.at += 1;
                        continue;
                    }
                    (_, Frame::Array(index)) => push_segment(&mut pointer, Segment::Index(*index)),
                    (_, Frame::Object) => {
                        let start = self.at;
                        self.skip_scalar();
                        let quoted = &self.text[start..self.at];
                        let plain = quoted.get(1..quoted.len() - 1).unwrap_or_default();
                        let key: Cow<'_, str> = if plain.contains('\\') {
                            serde_json::from_str(quoted).unwrap_or_default()
                        } else {
                            Cow::Borrowed(plain)
                        };
                        push_segment(&mut pointer, Segment::Key(&key));
                        record(wanted, &pointer, start..self.at);
                        is_member = true;
                        self.skip_space();
                        self.at += 1;
                        self.skip_space();
                    }
                }
            }
            let start = self.at;
            let is_leaf = !ways.contains(&pointer);
            match self.peek() {
                Some(b'{' | b'[') if is_leaf => self.at += 1,
                Some(b'{') => {
                    self.at += 1;
                    open.push((Frame::Object, pointer.len()));
                }
                Some(b'[') => {
                    self.at += 1;
                    open.push((Frame::Array(0), pointer.len()));
                }
                Some(_) => self.skip_scalar(),
                None => return,
            }
            if self.at == start {
                return;
            }
            if !is_member {
                record(wanted, &pointer, start..self.at);
            }
            if is_leaf && self.text[start..].starts_with(['{', '[']) {
                self.skip_container();
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Goes on behind the end of a container that has begun.
    fn skip_container(&mut self) {
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => {
                    self.skip_scalar();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_scalar(&mut self) {
        if self.peek() == Some(b'"') {
            self.at = (end_of_string(self.text.as_bytes(), self.at + 1) + 1).min(self.text.len());
        } else {
            while self.peek().is_some_and(|byte| {
                !matches!(byte, b',' | b'}' | b']') && !byte.is_ascii_whitespace()
            }) {
                self.at += 1;
            }
        }
    }
}

/// Of a key that is there several times, the last one counts.
fn record(wanted: &mut HashMap<String, Option<Range<usize>>>, pointer: &str, range: Range<usize>) {
    if let Some(slot) = wanted.get_mut(pointer) {
        *slot = Some(range);
    }
}

#[cfg(test)]
mod tests {
    use super::{locate, positions_of_offsets};

    #[test]
    fn of_a_key_that_is_there_twice_the_last_one_is_found() {
        let text = r#"{"a": {"b": [1], "c": 1}, "a": {"b": [22]}}"#;
        let found = locate(text, ["/a", "/a/b", "/a/b/0"]);
        let second = text.rfind("\"a\"").unwrap_or_default();
        for (pointer, there) in [("/a", "\"a\""), ("/a/b", "\"b\""), ("/a/b/0", "22")] {
            let range = found[pointer].clone();
            assert!(range.start >= second && &text[range] == there, "{pointer}");
        }
    }

    #[test]
    fn pointers_are_found_in_one_pass() {
        let text = r#"{ "a/b": [1, {"c": "x,]\"}"}], "": true, "d": {} , "e" : [ ] }"#;
        let found = locate(
            text,
            [
                "",
                "/a~1b",
                "/a~1b/0",
                "/a~1b/1/c",
                "/",
                "/d",
                "/e",
                "/nowhere",
            ],
        );
        let slice = |pointer: &str| &text[found[pointer].clone()];
        assert_eq!(slice(""), "{");
        assert_eq!(slice("/a~1b"), "\"a/b\"");
        assert_eq!(slice("/a~1b/0"), "1");
        assert_eq!(slice("/a~1b/1/c"), "\"c\"");
        assert_eq!(slice("/"), "\"\"");
        assert_eq!(slice("/d"), "\"d\"");
        assert_eq!(slice("/e"), "\"e\"");
        assert!(!found.contains_key("/nowhere"));
    }

    #[test]
    fn columns_count_code_points_and_lines_start_anew() {
        let places = |offsets: &[usize]| -> Vec<(usize, usize)> {
            let positions = positions_of_offsets("a\né\"x\n\nz", offsets);
            let pairs = positions.iter();
            pairs.map(|at| (at.line, at.column)).collect()
        };
        assert_eq!(places(&[4]), [(2, 2)]);
        // In the middle of a character is at its start, and the same place may be asked for twice.
        assert_eq!(
            places(&[0, 1, 3, 4, 4, 5]),
            [(1, 1), (1, 2), (2, 1), (2, 2), (2, 2), (2, 3)]
        );
        assert_eq!(places(&[2, 8, 99]), [(2, 1), (4, 1), (4, 2)]);
    }
}
