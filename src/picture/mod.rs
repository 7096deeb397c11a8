//! Pictures of flow files, whoever wrote them: as SVG, and as Mermaid text.

mod measure;
mod mermaid;
mod route;
mod sketch;
mod svg;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::DocumentId;
use crate::flow_file::xml;
use sketch::Sketch;

/// What the first line of a picture says.
const MARK: &str = "Drawn by flowtypes.";

/// What kind of picture to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// An image, to look at before a flow is deployed.
    Svg,
    /// Text for a page that draws Mermaid.
    Mermaid,
}

impl Format {
    /// How a picture of this format begins, by which it is known for ours.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Svg => "<!-- Drawn by flowtypes.",
            Self::Mermaid => "%% Drawn by flowtypes.",
        }
    }
}

/// The picture of the flow in a text; none if it is no flow, which the diagnostics say.
pub fn draw(
    text: &str,
    document: DocumentId,
    format: Format,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let tree = match xml::parse(text, document) {
        Ok(tree) => tree,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let root = tree.root_element();
    if root.tag_name().name() != "Flow" {
        let message = format!("this is no flow: its root is `{}`", root.tag_name().name());
        let place = xml::place(document, xml::tag_span(root));
        diagnostics.push(
            Diagnostic::new(Code::NotAFlow, message)
                .at(place)
                .help(format!(
                    "the root of a flow is `<Flow xmlns=\"{}\">`",
                    xml::NAMESPACE
                )),
        );
        return None;
    }
    let sketch = Sketch::of(root);
    let drawn = match format {
        Format::Svg => svg::draw(&sketch),
        Format::Mermaid => mermaid::draw(&sketch),
    };
    match drawn {
        Ok(text) => Some(text),
        Err(error) => {
            let place = xml::place(document, xml::tag_span(root));
            diagnostics.push(
                Diagnostic::new(
                    Code::NotAFlow,
                    format!("this flow cannot be drawn: {error}"),
                )
                .at(place),
            );
            None
        }
    }
}

/// Text as XML holds it, without what XML does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if c.is_whitespace() => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}
