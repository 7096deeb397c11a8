//! The layout of Apex code: what fits stays in one line, as prettier-plugin-apex has it.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::target::apex::text::LINE_WIDTH;

/// A piece of code that knows where it can be broken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Doc {
    /// Text that stays in one piece.
    Text(Cow<'static, str>),
    /// Nothing, or a new line.
    Soft,
    /// A space, or a new line.
    Space,
    /// What stands further to the right where it begins a line.
    Indent(Vec<Doc>),
    /// What is broken at all of its places or at none.
    Group(Vec<Doc>),
    /// A group of things between two texts.
    List(Box<List>),
}

/// Things in one line, or each in a line of its own that begins further to the right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct List {
    /// What stands before the opening bracket.
    head: Cow<'static, str>,
    open: &'static str,
    close: &'static str,
    items: Vec<Doc>,
    /// Whether there is a space inside of the two texts where it is one line.
    is_spaced: bool,
}

/// Any text.
pub(crate) fn text(text: impl Into<Cow<'static, str>>) -> Doc {
    Doc::Text(text.into())
}

/// `head(arguments)`.
pub(crate) fn call(head: impl Into<Cow<'static, str>>, arguments: Vec<Doc>) -> Doc {
    let head = head.into();
    if arguments.is_empty() {
        return text(head.into_owned() + "()");
    }
    Doc::List(Box::new(List {
        head,
        open: "(",
        close: ")",
        items: arguments,
        is_spaced: false,
    }))
}

/// `new List<T>{ items }` and the like.
pub(crate) fn literal_of(collection: &str, items: Vec<Doc>) -> Doc {
    if items.is_empty() {
        return text(format!("new {collection}{{}}"));
    }
    Doc::List(Box::new(List {
        head: format!("new {collection}").into(),
        open: "{",
        close: "}",
        items,
        is_spaced: true,
    }))
}

/// `first.call(arguments).call(arguments)`; `first` is a call itself.
pub(crate) fn chain(first: Doc, calls: Vec<(&str, Vec<Doc>)>) -> Doc {
    if calls.is_empty() {
        return first;
    }
    let mut parts = vec![first];
    for (name, arguments) in calls {
        parts.push(Doc::Soft);
        parts.push(call(String::from(".") + name, arguments));
    }
    Doc::Group(vec![Doc::Indent(parts)])
}

/// One after the other, on one line as far as they go.
pub(crate) fn join(parts: Vec<Doc>) -> Doc {
    Doc::Group(parts)
}

/// `one && other` and the like, broken after each operator or after none.
pub(crate) fn operated(parts: Vec<Doc>, operator: &str) -> Doc {
    let mut all = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            all.extend([text(format!(" {operator}")), Doc::Space]);
        }
        all.push(part);
    }
    Doc::Group(all)
}

/// `first + other`, broken after each operator or after none.
pub(crate) fn added(first: Doc, others: Vec<Doc>) -> Doc {
    let others = others.into_iter();
    let others = others.flat_map(|other| [text(" +"), Doc::Space, other]);
    Doc::Group(vec![first, Doc::Indent(others.collect())])
}

/// `target = first + other`, broken after each operator or after none.
pub(crate) fn set_to(target: &str, first: Doc, others: Vec<Doc>) -> Doc {
    if others.is_empty() {
        return join(vec![text(format!("{target} = ")), first]);
    }
    let mut sum = vec![Doc::Space, first];
    let others = others.into_iter();
    sum.extend(others.flat_map(|other| [text(" +"), Doc::Space, other]));
    Doc::Group(vec![text(format!("{target} =")), Doc::Indent(sum)])
}

/// `condition ? one : other`.
pub(crate) fn either(condition: Doc, one: Doc, other: Doc) -> Doc {
    let both = vec![Doc::Space, text("? "), one, Doc::Space, text(": "), other];
    Doc::Group(vec![condition, Doc::Indent(both)])
}

/// What is still to be written, and is broken wherever that can be.
enum Piece<'d> {
    Doc(&'d Doc),
    Text(&'d str),
    Break,
}

/// Writes pieces of code that stand one after the other, `indent` columns from the left.
pub(crate) fn write(parts: &[&Doc], indent: usize, out: &mut String) {
    push_spaces(indent, out);
    let mut column = indent;
    let mut line = Line::after(column, out);
    if parts.iter().all(|part| line.take(part)) {
        return;
    }
    line.give_back();
    let parts = parts.iter().rev();
    let mut rest: Vec<(usize, Piece<'_>)> = parts.map(|part| (indent, Piece::Doc(part))).collect();
    while let Some((indent, piece)) = rest.pop() {
        match piece {
            Piece::Text(text) => {
                column += width(text);
                out.push_str(text);
            }
            Piece::Doc(Doc::Text(text)) => {
                column += width(text);
                out.push_str(text);
            }
            Piece::Break | Piece::Doc(Doc::Soft | Doc::Space) => {
                column = indent;
                out.push('\n');
                push_spaces(indent, out);
            }
            Piece::Doc(Doc::Indent(parts)) => rest.extend(pieces(parts, indent + 2)),
            Piece::Doc(doc @ (Doc::Group(_) | Doc::List(_))) => {
                let mut line = Line::after(column, out);
                if line.take(doc) && fits(&rest, line.room) {
                    column += line.width;
                    continue;
                }
                line.give_back();
                match doc {
                    Doc::List(list) => break_list(list, indent, &mut rest),
                    Doc::Group(parts) | Doc::Indent(parts) => rest.extend(pieces(parts, indent)),
                    Doc::Text(_) | Doc::Soft | Doc::Space => {}
                }
            }
        }
    }
}

/// Parts, the last one first.
fn pieces(parts: &[Doc], indent: usize) -> impl Iterator<Item = (usize, Piece<'_>)> {
    let parts = parts.iter().rev();
    parts.map(move |part| (indent, Piece::Doc(part)))
}

fn break_list<'d>(list: &'d List, indent: usize, rest: &mut Vec<(usize, Piece<'d>)>) {
    rest.push((indent, Piece::Text(list.close)));
    rest.push((indent, Piece::Break));
    for (index, item) in list.items.iter().enumerate().rev() {
        rest.push((indent + 2, Piece::Doc(item)));
        rest.push((indent + 2, Piece::Break));
        if index > 0 {
            rest.push((indent + 2, Piece::Text(",")));
        }
    }
    rest.push((indent, Piece::Text(list.open)));
    rest.push((indent, Piece::Text(&list.head)));
}

pub(super) fn push_spaces(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// The columns of a text, most of which are nothing but ASCII.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// An attempt to write something in one piece, which most often succeeds. Code is nested as deep as this program makes it.
struct Line<'o> {
    out: &'o mut String,
    start: usize,
    room: usize,
    width: usize,
}

impl<'o> Line<'o> {
    /// What can still be written in a line that has so many columns already.
    fn after(column: usize, out: &'o mut String) -> Self {
        Self {
            start: out.len(),
            out,
            room: LINE_WIDTH.saturating_sub(column),
            width: 0,
        }
    }

    /// Writes it, if there is room; else what was written has to be given back.
    fn take(&mut self, doc: &Doc) -> bool {
        match doc {
            Doc::Text(text) => self.push(text),
            Doc::Soft => true,
            Doc::Space => self.push(" "),
            Doc::Indent(parts) | Doc::Group(parts) => parts.iter().all(|part| self.take(part)),
            Doc::List(list) => {
                let edge = if list.is_spaced { " " } else { "" };
                self.push(&list.head)
                    && self.push(list.open)
                    && self.push(edge)
                    && list
                        .items
                        .iter()
                        .enumerate()
                        .all(|(index, item)| (index == 0 || self.push(", ")) && self.take(item))
                    && self.push(edge)
                    && self.push(list.close)
            }
        }
    }

    fn push(&mut self, text: &str) -> bool {
        let width = width(text);
        let Some(room) = self.room.checked_sub(width) else {
            return false;
        };
        self.room = room;
        self.width += width;
        self.out.push_str(text);
        true
    }

    fn give_back(self) {
        self.out.truncate(self.start);
    }
}

/// Whether what follows, up to the next break, has at most `room` columns.
fn fits(rest: &[(usize, Piece<'_>)], mut room: usize) -> bool {
    for (_, piece) in rest.iter().rev() {
        let end = match piece {
            Piece::Text(text) => text_fits(text, &mut room),
            Piece::Break => Some(true),
            Piece::Doc(doc) => doc_fits(doc, &mut room),
        };
        if let Some(fits) = end {
            return fits;
        }
    }
    true
}

/// The same for one piece of code; nothing if it has neither a break nor too many columns. A group can be broken for
/// itself, at its first place.
fn doc_fits(doc: &Doc, room: &mut usize) -> Option<bool> {
    match doc {
        Doc::Text(text) => text_fits(text, room),
        Doc::Soft | Doc::Space => Some(true),
        Doc::Indent(parts) | Doc::Group(parts) => {
            parts.iter().find_map(|part| doc_fits(part, room))
        }
        Doc::List(list) => {
            let head = text_fits(&list.head, room);
            Some(head.or_else(|| text_fits(list.open, room)).is_none())
        }
    }
}

fn text_fits(text: &str, room: &mut usize) -> Option<bool> {
    match room.checked_sub(width(text)) {
        Some(left) => {
            *room = left;
            None
        }
        None => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::{Doc, call, chain, literal_of, text, write};

    fn laid_out(doc: Doc) -> Vec<String> {
        let mut out = String::new();
        write(&[&doc, &text(";")], 4, &mut out);
        out.lines().map(str::to_owned).collect()
    }

    fn name(letters: usize) -> Doc {
        text("x".repeat(letters))
    }

    #[test]
    fn a_call_breaks_where_it_does_not_fit() {
        assert_eq!(laid_out(call("f", Vec::new())), ["    f();"]);
        assert_eq!(laid_out(call("f", vec![name(72)])).len(), 1);
        let long = laid_out(call("f", vec![name(72), text("b")]));
        assert_eq!(long[0], "    f(");
        assert_eq!(long[2..], ["      b", "    );"]);
    }

    #[test]
    fn the_outer_one_breaks_first() {
        let set = literal_of("Set<String>", vec![name(10), name(10)]);
        let lines = laid_out(call("at.oneOf", vec![name(30), set]));
        assert_eq!(lines.len(), 4);
        assert!(
            lines[2].starts_with("      new Set<String>{ x"),
            "{}",
            lines[2]
        );
    }

    #[test]
    fn a_chain_breaks_before_each_call() {
        let first = call("at.field", vec![name(60)]);
        let calls = vec![
            ("required", Vec::new()),
            ("length", vec![text("1"), text("40")]),
        ];
        let broken = laid_out(chain(first, calls));
        assert_eq!(broken[1..], ["      .required()", "      .length(1, 40);"]);
        let first = call("at.field", vec![name(70), name(3)]);
        assert_eq!(
            laid_out(chain(first, vec![("required", Vec::new())]))[2..],
            ["        xxx", "      )", "      .required();"]
        );
    }
}
