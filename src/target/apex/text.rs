//! Text of a schema inside Apex source, where it must never become code.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The line length of prettier-plugin-apex.
pub(crate) const LINE_WIDTH: usize = 80;

/// An ApexDoc comment of these paragraphs, as lines, for a place that is `indent` columns from the left.
pub(crate) fn apex_doc(paragraphs: &[String], indent: usize) -> Vec<String> {
    let width = LINE_WIDTH - indent - " * ".len();
    let mut body: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let mut text = Vec::new();
        for line in paragraph.split(['\n', '\u{2028}', '\u{2029}']) {
            let words = line.split_whitespace().map(comment_word);
            let wrapped = wrap(words.filter(|word| !word.is_empty()), width);
            if !wrapped.is_empty() || text.last().is_some_and(|last: &String| !last.is_empty()) {
                text.extend(if wrapped.is_empty() {
                    vec![String::new()]
                } else {
                    wrapped
                });
            }
        }
        while text.last().is_some_and(String::is_empty) {
            text.pop();
        }
        if !text.is_empty() && !body.is_empty() {
            body.push(String::new());
        }
        body.extend(text);
    }
    if let [only] = body.as_slice()
        && only.chars().count() + "/**  */".len() + indent <= LINE_WIDTH
    {
        return vec![format!("/** {only} */")];
    }
    let mut lines = vec!["/**".to_owned()];
    lines.extend(body.iter().map(|line| match line.as_str() {
        "" => " *".to_owned(),
        text => format!(" * {text}"),
    }));
    lines.push(" */".to_owned());
    lines
}

/// Whether nobody would see any of this text.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// A word for a comment: it cannot end the comment, nobody sees it as a tag, and it shows as it is.
fn comment_word(word: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'*' && byte != b'@';
    if word.bytes().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let mut out: String = word.chars().filter(|&c| !is_invisible(c)).collect();
    if out.contains("*/") {
        out = out.replace("*/", "* /");
    }
    if out.starts_with('@') {
        out.insert(0, '\\');
    }
    Cow::Owned(out)
}

/// Words in lines of at most `width` letters; a longer word has a line of its own.
fn wrap<'w>(words: impl Iterator<Item = Cow<'w, str>>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in words {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= width => {
                line.push(' ');
                line.push_str(&word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.into_owned());
                used = length;
            }
        }
    }
    lines
}

/// An Apex string literal (Apex Developer Guide, "String Data Type").
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    // Most texts are as they are written.
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'\'' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push_str(text);
        out.push('\'');
        return out;
    }
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_invisible(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04X}");
                }
            }
            _ => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// Text in XML, without the characters that XML 1.0 forbids.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Whether a letter shows nothing or changes how others show: control and format characters (Unicode, general
/// categories Cc and Cf), line separators and what is no character.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{LINE_WIDTH, apex_doc, literal, xml};

    fn doc(text: &str) -> Vec<String> {
        apex_doc(&[text.to_owned()], 2)
    }

    #[test]
    fn a_comment_ends_where_we_end_it() {
        for text in [
            "a */ b",
            "**//",
            "*/",
            "* / */*/",
            "*\u{200b}/",
            "*\u{7}/",
            "/",
            "*",
        ] {
            let lines = doc(text).join("\n");
            assert_eq!(lines.matches("*/").count(), 1, "{lines}");
            assert!(lines.ends_with("*/"));
        }
        assert_eq!(doc("@param x"), ["/** \\@param x */"]);
    }

    #[test]
    fn paragraphs_stay_apart_and_lines_fit() {
        assert_eq!(
            doc("\n\na\r\n\n\n  b\u{85}\n"),
            ["/**", " * a", " *", " * b", " */"]
        );
        let edge = "x".repeat(LINE_WIDTH - 2 - 7);
        assert_eq!(doc(&edge).len(), 1);
        assert_eq!(doc(&format!("{edge}x")).len(), 3);
        let long = doc(&"word ".repeat(100));
        assert!(long.iter().all(|line| line.len() <= LINE_WIDTH - 2));
    }

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(xml("</a>&\u{0}'\""), "&lt;/a&gt;&amp; &apos;&quot;");
    }

    #[test]
    fn a_literal_is_one_string() {
        assert_eq!(literal("it's \\ 'so'"), r"'it\'s \\ \'so\''");
        assert_eq!(
            literal("a\n\0\u{202e}\u{e0001}é"),
            r"'a\n\u0000\u202E\uDB40\uDC01é'"
        );
    }
}
