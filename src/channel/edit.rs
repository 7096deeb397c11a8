//! The change of one element in a text, every other byte left as it is.

use roxmltree::Node;

use super::SWITCH;
use crate::flow_file::xml;

/// The elements of a channel in the order of the Metadata API.
const ORDER: &[&str] = &[
    "automatedResponses",
    "channelUsages",
    "countryCode",
    "customParameters",
    "description",
    "embeddedConfig",
    "endInactiveSessionTimeOut",
    "endUserIdleAction",
    "endUserIdleTimeOut",
    "externalAccountId",
    "isAgentMessageResetInactivityEnabled",
    "isEndUserDataCaptured",
    "isEstimatedWaitTimeEnabled",
    "isFeedbackEnabled",
    "isQueuePositionEnabled",
    SWITCH,
    "isVoiceModeEnabled",
    "isVoiceRecordingEnabled",
    "masterLabel",
    "messagingChannelType",
    "messagingKeywords",
    "platformKey",
    "queueRoutingConfig",
    "sessionHandlerAsa",
    "sessionHandlerFlow",
    "sessionHandlerQueue",
    "sessionHandlerType",
    "sessionHandlerUser",
    "standardParameters",
];

/// The text with an element that is there made true.
pub(super) fn set(text: &str, switch: Node<'_, '_>) -> String {
    let is_word = |one: &Node<'_, '_>| one.is_text() && !text[one.range()].trim().is_empty();
    let mut words = switch.children().filter(is_word);
    if let (Some(only), None) = (words.next(), words.next()) {
        let range = only.range();
        let raw = &text[range.clone()];
        let start = range.start + (raw.len() - raw.trim_start().len());
        return replaced(text, start..start + raw.trim().len(), "true");
    }
    replaced(text, switch.range(), &element(text, switch))
}

/// The text with the element put in at its place in the order.
pub(super) fn insert(text: &str, root: Node<'_, '_>) -> String {
    let place = |name: &str| ORDER.iter().position(|one| *one == name);
    let own = place(SWITCH);
    let inner: Vec<Node<'_, '_>> = xml::elements(root).collect();
    let next = inner
        .iter()
        .position(|one| place(one.tag_name().name()) > own);
    let before = match next {
        Some(next) => next.checked_sub(1).map(|at| inner[at]),
        None => inner.last().copied(),
    };
    let new = element(text, root);
    match (before, next.map(|at| inner[at])) {
        (Some(before), _) => {
            let lead = lead(text, before.range().start);
            let at = after_line_comments(before);
            replaced(text, at..at, &format!("{lead}{new}"))
        }
        (None, Some(next)) => {
            let at = next.range().start;
            let lead = lead(text, at);
            replaced(text, at..at, &format!("{new}{lead}"))
        }
        // A channel without elements has been refused.
        (None, None) => text.to_owned(),
    }
}

fn replaced(text: &str, range: std::ops::Range<usize>, new: &str) -> String {
    let mut out = String::with_capacity(text.len() + new.len());
    out.push_str(&text[..range.start]);
    out.push_str(new);
    out.push_str(&text[range.end..]);
    out
}

/// The element, with the prefix that `like` has in the text.
fn element(text: &str, like: Node<'_, '_>) -> String {
    let tag = &text[xml::tag_span(like)];
    let prefix = tag.rfind(':').map_or("", |end| &tag[..=end]);
    format!("<{prefix}{SWITCH}>true</{prefix}{SWITCH}>")
}

/// The line break and the indentation before a place; nothing if something else stands before it.
fn lead(text: &str, at: usize) -> &str {
    let before = &text[..at];
    let indent = before.trim_end_matches([' ', '\t']);
    let line_end = indent
        .strip_suffix("\r\n")
        .or_else(|| indent.strip_suffix('\n'));
    line_end.map_or("", |line| &before[line.len()..])
}

/// The end of an element, or of the last comment that follows it on the same line.
fn after_line_comments(node: Node<'_, '_>) -> usize {
    let mut end = node.range().end;
    let mut at = node.next_sibling();
    while let Some(one) = at {
        if one.is_comment() {
            end = one.range().end;
        } else if !one.is_text() || one.text().is_none_or(|text| text.contains('\n')) {
            break;
        }
        at = one.next_sibling();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{ORDER, SWITCH};

    #[test]
    fn the_order_is_alphabetical_as_the_metadata_api_has_it() {
        assert!(ORDER.is_sorted() && ORDER.contains(&SWITCH));
    }
}
