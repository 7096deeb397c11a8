//! The layout of Apex code: what fits stays in one line, as prettier-plugin-apex has it.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::target::apex::text::LINE_WIDTH;

/// A piece of code that knows where it can be broken.
#[derive(Debug, Clone)]
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
}

/// Any text.
pub(crate) fn text(text: impl Into<Cow<'static, str>>) -> Doc {
    Doc::Text(text.into())
}

/// `head(arguments)`.
pub(crate) fn call(head: impl Into<String>, arguments: Vec<Doc>) -> Doc {
    let mut open = head.into();
    open.push('(');
    listed(open, Doc::Soft, arguments, ")")
}

/// `new List<T>{ items }` and the like.
pub(crate) fn literal_of(collection: &str, items: Vec<Doc>) -> Doc {
    listed(format!("new {collection}{{"), Doc::Space, items, "}")
}

/// `first.call(arguments).call(arguments)`; `first` is a call itself.
pub(crate) fn chain(first: Doc, calls: Vec<(&str, Vec<Doc>)>) -> Doc {
    if calls.is_empty() {
        return first;
    }
    let mut parts = vec![first];
    for (name, arguments) in calls {
        parts.push(Doc::Soft);
        parts.push(call(format!(".{name}"), arguments));
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

fn listed(open: String, edge: Doc, items: Vec<Doc>, close: &'static str) -> Doc {
    if items.is_empty() {
        return text(open + close);
    }
    let mut inner = Vec::with_capacity(3 * items.len());
    inner.push(edge.clone());
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            inner.extend([text(","), Doc::Space]);
        }
        inner.push(item);
    }
    Doc::Group(vec![text(open), Doc::Indent(inner), edge, text(close)])
}

/// Writes pieces of code that stand one after the other, `indent` columns from the left.
pub(crate) fn write(parts: &[&Doc], indent: usize, out: &mut String) {
    push_spaces(indent, out);
    let mut column = indent;
    let breaks = !fits(
        parts.iter().copied(),
        &[],
        LINE_WIDTH.saturating_sub(column),
    );
    let parts = parts.iter().rev();
    let mut rest: Vec<(usize, bool, &Doc)> = parts.map(|part| (indent, breaks, *part)).collect();
    while let Some((indent, is_broken, doc)) = rest.pop() {
        match doc {
            Doc::Text(text) => {
                column += width(text);
                out.push_str(text);
            }
            Doc::Soft | Doc::Space if is_broken => {
                column = indent;
                out.push('\n');
                push_spaces(indent, out);
            }
            Doc::Soft => {}
            Doc::Space => {
                column += 1;
                out.push(' ');
            }
            Doc::Indent(parts) => {
                rest.extend(parts.iter().rev().map(|part| (indent + 2, is_broken, part)));
            }
            Doc::Group(parts) => {
                let breaks =
                    is_broken && !fits(parts.iter(), &rest, LINE_WIDTH.saturating_sub(column));
                rest.extend(parts.iter().rev().map(|part| (indent, breaks, part)));
            }
        }
    }
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

/// Whether these parts in one piece, and what follows them up to the next break, have at most `room` columns.
fn fits<'d>(
    parts: impl DoubleEndedIterator<Item = &'d Doc>,
    after: &[(usize, bool, &'d Doc)],
    mut room: usize,
) -> bool {
    let mut rest: Vec<(bool, &Doc)> = parts.rev().map(|part| (false, part)).collect();
    let mut after = after.iter().rev();
    loop {
        let Some((is_broken, doc)) = rest
            .pop()
            .or_else(|| after.next().map(|(_, is_broken, doc)| (*is_broken, *doc)))
        else {
            return true;
        };
        let width = match doc {
            Doc::Text(text) => width(text),
            Doc::Soft | Doc::Space if is_broken => return true,
            Doc::Soft => 0,
            Doc::Space => 1,
            // A group after the parts in question can still be broken for itself, at its first place.
            Doc::Indent(parts) | Doc::Group(parts) => {
                rest.extend(parts.iter().rev().map(|part| (is_broken, part)));
                0
            }
        };
        match room.checked_sub(width) {
            Some(left) => room = left,
            None => return false,
        }
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
