//! Text that may stand in a flow's metadata: the only way into the model.

use std::fmt;

/// Text with every character of XML markup escaped, without the characters that XML 1.0 forbids. API names
/// and references to them have none of either, so that they compare as they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Text(String);

impl Text {
    /// Escapes text of a schema, a descriptor or a configuration.
    pub fn new(raw: &str) -> Self {
        let mut escaped = String::with_capacity(raw.len());
        for c in raw.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&apos;"),
                lost if is_lost(lost) => {}
                other => escaped.push(other),
            }
        }
        Self(escaped)
    }

    /// Escapes text where Flow looks for merge fields, so that a `{!` in it stays text.
    pub fn plain(raw: &str) -> Self {
        Self::new(&without_merge_fields(raw))
    }

    /// The text before it was escaped, without what XML forbids.
    pub fn raw(&self) -> String {
        let mut raw = self.0.clone();
        // What an ampersand begins is told from what it stands for by taking it last.
        for (escaped, plain) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ] {
            raw = raw.replace(escaped, plain);
        }
        raw
    }

    /// The escaped text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether XML does not hold a character: 1.0 does not allow it, or reads it as another one. Surrogates are no chars.
fn is_lost(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Parts `{!`, which begins a merge field in labels, display text and text values. What XML loses goes first, so that no
/// `{!` comes to be where something stood between.
pub(crate) fn without_merge_fields(raw: &str) -> String {
    let kept: String = raw.chars().filter(|c| !is_lost(*c)).collect();
    kept.replace("{!", "{ !")
}

/// Compact JSON text that means the same without `{!` and what XML loses: in JSON these can only stand in a string, where
/// they are escaped.
pub(crate) fn json_without_merge_fields(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for c in raw.chars() {
        if is_lost(c) || (c == '!' && text.ends_with('{')) {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            text.push(c);
        }
    }
    text
}

/// Escapes text for HTML, which display text on a screen is before it becomes XML.
pub(crate) fn html(raw: &str) -> String {
    without_merge_fields(raw)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Text, html, json_without_merge_fields};

    #[test]
    fn no_text_becomes_markup() {
        let text = Text::new("</value>&amp;\u{0}\u{1b}\u{ffff}\r\n\"'é\u{1f600}");
        assert_eq!(
            text.as_str(),
            "&lt;/value&gt;&amp;amp;\n&quot;&apos;é\u{1f600}"
        );
        assert_eq!(Text::new("a&lt;b<\"'>").raw(), "a&lt;b<\"'>");
        assert_eq!(Text::plain("{!$User.Id}").as_str(), "{ !$User.Id}");
        assert_eq!(html("<b>{!x}"), "&lt;b&gt;{ !x}");
    }

    #[test]
    fn what_is_lost_leaves_no_merge_field_behind() {
        for between in ["", "\r", "\0", "\u{1}\u{1f}", "\u{ffff}"] {
            let text = format!("{{{between}!$Api.Session_ID}}");
            assert_eq!(Text::plain(&text).as_str(), "{ !$Api.Session_ID}");
            assert_eq!(html(&text), "{ !$Api.Session_ID}");
        }
        assert_eq!(Text::plain("{\n!x} {\t!y}").as_str(), "{\n!x} {\t!y}");
    }

    #[test]
    fn json_text_means_the_same() {
        let value = serde_json::json!({"{!a}": "{!$User.Id}{\u{ffff}!\u{1}{ !", "!": {"!": {}}});
        let raw = value.to_string();
        let text = json_without_merge_fields(&raw);
        assert!(
            !text.contains("{!") && text.contains("{\\u0021$User"),
            "{text}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
        assert_eq!(json_without_merge_fields("{\"a\":1}"), "{\"a\":1}");
    }
}
