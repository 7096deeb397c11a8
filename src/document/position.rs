//! Lines and columns, found by scanning a text again once there is something to say about it.

use std::collections::HashMap;
use std::ops::Range;

use crate::schema::location::{Segment, push_segment};

/// A place in a text for people: both numbers start at 1, a column counts Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The line and column of a byte offset; an offset beyond the text is its end.
#[must_use]
pub fn position_of_offset(text: &str, offset: usize) -> Position {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
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
    let mut scanner = Scanner { text, at: 0 };
    scanner.scan(&mut wanted);
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
    fn scan(&mut self, wanted: &mut HashMap<String, Option<Range<usize>>>) {
        let mut pointer = String::new();
        // Each open container with the length of its own pointer.
        let mut open: Vec<(Frame, usize)> = Vec::new();
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else { return };
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
                        let key: String =
                            serde_json::from_str(&self.text[start..self.at]).unwrap_or_default();
                        push_segment(&mut pointer, Segment::Key(&key));
                        record(wanted, &pointer, start..self.at);
                        self.skip_space();
                        self.at += 1;
                        self.skip_space();
                    }
                }
            }
            let start = self.at;
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    record(wanted, &pointer, start..self.at);
                    open.push((Frame::Object, pointer.len()));
                }
                Some(b'[') => {
                    self.at += 1;
                    record(wanted, &pointer, start..self.at);
                    open.push((Frame::Array(0), pointer.len()));
                }
                Some(_) => {
                    self.skip_scalar();
                    record(wanted, &pointer, start..self.at);
                }
                None => return,
            }
            if self.at == start {
                return;
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

    fn skip_scalar(&mut self) {
        if self.peek() == Some(b'"') {
            self.at += 1;
            while let Some(byte) = self.peek() {
                self.at += 1;
                match byte {
                    b'\\' => self.at += 1,
                    b'"' => return,
                    _ => {}
                }
            }
            self.at = self.at.min(self.text.len());
        } else {
            while self.peek().is_some_and(|byte| {
                !matches!(byte, b',' | b'}' | b']') && !byte.is_ascii_whitespace()
            }) {
                self.at += 1;
            }
        }
    }
}

fn record(wanted: &mut HashMap<String, Option<Range<usize>>>, pointer: &str, range: Range<usize>) {
    if let Some(slot) = wanted.get_mut(pointer) {
        slot.get_or_insert(range);
    }
}

#[cfg(test)]
mod tests {
    use super::{locate, position_of_offset};

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
    fn columns_count_code_points() {
        let position = position_of_offset("a\né\"x", 4);
        assert_eq!((position.line, position.column), (2, 2));
    }
}
