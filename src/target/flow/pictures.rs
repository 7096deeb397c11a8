//! Pictures beside the flows, where somebody asks for them.

use super::config::Pictures;
use super::model::Flow;

/// The path and the text of a flow's picture, from the text of its file; none if nobody asks for pictures.
pub(super) fn picture(flow: &Flow, text: &str, pictures: Pictures) -> Option<(String, String)> {
    let ending = match pictures {
        Pictures::None => return None,
        Pictures::Svg => "svg",
        Pictures::Mermaid => "mmd",
    };
    let drawn = draw(text, pictures)?;
    Some((format!("flow/pictures/{}.{ending}", flow.name), drawn))
}

/// Whether this build can draw.
pub(super) const CAN_DRAW: bool = cfg!(feature = "flow-files");

#[cfg(feature = "flow-files")]
fn draw(text: &str, pictures: Pictures) -> Option<String> {
    use crate::diagnostic::Diagnostics;
    use crate::document::DocumentId;
    use crate::picture::{Format, draw};

    let format = match pictures {
        Pictures::None => return None,
        Pictures::Svg => Format::Svg,
        Pictures::Mermaid => Format::Mermaid,
    };
    // The text was just written: there is nothing to say about it.
    draw(
        text,
        DocumentId::default(),
        format,
        &mut Diagnostics::default(),
    )
}

#[cfg(not(feature = "flow-files"))]
fn draw(_: &str, _: Pictures) -> Option<String> {
    None
}
