//! XML with positions, and the few questions that are asked of it.

use std::borrow::Cow;
use std::ops::Range;

use roxmltree::{Document, Node, ParsingOptions};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::DocumentId;

/// The namespace of all metadata.
pub(crate) const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";

/// Parses a text; says what is wrong with it otherwise. Document type declarations, with which a small file could grow
/// without bounds, are refused.
pub(crate) fn parse(text: &str, document: DocumentId) -> Result<Document<'_>, Diagnostic> {
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let line_start = match place.row {
            0 | 1 => 0,
            row => text
                .match_indices('\n')
                .nth(row as usize - 2)
                .map_or(text.len(), |(newline, _)| newline + 1),
        };
        let offset = text[line_start..]
            .char_indices()
            .nth(place.col.saturating_sub(1) as usize)
            .map_or(text.len(), |(column, _)| line_start + column);
        let sentence = error.to_string();
        let sentence = sentence.split(" at ").next().unwrap_or(&sentence);
        Diagnostic::new(
            Code::NotAFlow,
            format!("this is not XML: {}", sentence.trim_end_matches('.')),
        )
        .at(Place::Offset(document, offset))
        .help("correct the text here; the parser stops at the first mistake")
    })
}

/// The first child element of this name.
pub(crate) fn child<'a, 'x>(node: Node<'a, 'x>, name: &str) -> Option<Node<'a, 'x>> {
    children(node, name).next()
}

/// The child elements of this name.
pub(crate) fn children<'a, 'x, 'n>(
    node: Node<'a, 'x>,
    name: &'n str,
) -> impl Iterator<Item = Node<'a, 'x>> + use<'a, 'x, 'n> {
    elements(node).filter(move |one| one.tag_name().name() == name)
}

/// All child elements.
pub(crate) fn elements<'a, 'x>(
    node: Node<'a, 'x>,
) -> impl Iterator<Item = Node<'a, 'x>> + use<'a, 'x> {
    node.children().filter(Node::is_element)
}

/// The text of an element, without the space around it.
pub(crate) fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// All text of an element, where a comment may stand in between.
pub(crate) fn whole_text<'a>(node: Node<'a, '_>) -> Cow<'a, str> {
    let mut parts = node.children().filter_map(|part| match part.is_text() {
        true => part.text(),
        false => None,
    });
    match (parts.next(), parts.next()) {
        (None, _) => Cow::Borrowed(""),
        (Some(only), None) => Cow::Borrowed(only),
        (Some(first), Some(second)) => {
            let mut all = format!("{first}{second}");
            parts.for_each(|part| all.push_str(part));
            Cow::Owned(all)
        }
    }
}

/// The text of the first child element of this name; none if it is absent or empty.
pub(crate) fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).map(text).filter(|text| !text.is_empty())
}

/// Whether the first child element of this name says true.
pub(crate) fn is_true(node: Node<'_, '_>, name: &str) -> bool {
    matches!(text_of(node, name), Some("true" | "1"))
}

/// Whether an element says by `xsi:nil` that it has no value.
pub(crate) fn is_nil(node: Node<'_, '_>) -> bool {
    node.attributes()
        .any(|one| one.name() == "nil" && matches!(one.value(), "true" | "1"))
}

/// What to underline for an element: its text, else its start tag's name.
pub(crate) fn span(node: Node<'_, '_>) -> Range<usize> {
    let source = node.document().input_text();
    if let Some(inner) = node.first_child().filter(Node::is_text) {
        let range = inner.range();
        let raw = &source[range.clone()];
        let trimmed = raw.trim();
        if !trimmed.is_empty() {
            let start = range.start + (raw.len() - raw.trim_start().len());
            return start..start + trimmed.len();
        }
    }
    tag_span(node)
}

/// The name in an element's start tag.
pub(crate) fn tag_span(node: Node<'_, '_>) -> Range<usize> {
    let start = node.range().start;
    let tag = &node.document().input_text()[start..node.range().end];
    let length = tag[1..]
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .map_or(tag.len(), |end| end + 1);
    start + 1..start + length
}

/// An element as a place for diagnostics.
pub(crate) fn place(document: DocumentId, range: Range<usize>) -> Place {
    Place::Span(document, range.start, range.end)
}
