//! Text of a schema as Rust: comments and literals that can never be code.

use serde_json::Number;

/// The width that comments are wrapped to.
const WIDTH: usize = 96;

/// A literal of type `f64`.
pub(super) fn float(number: &Number) -> String {
    match number.as_f64() {
        Some(value) => format!("{value:?}"),
        None => number.to_string(),
    }
}

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if is_hidden(c) => literal.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            _ => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// The lines of a doc comment, without the slashes: one paragraph for each of the texts' own.
pub(super) fn comment<'t>(
    paragraphs: impl IntoIterator<Item = &'t str>,
    indent: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let texts = paragraphs.into_iter().flat_map(|text| text.split("\n\n"));
    for text in texts {
        let mut paragraph = Vec::new();
        for line in text.lines() {
            wrap(line, WIDTH - indent, &mut paragraph);
        }
        if paragraph.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.append(&mut paragraph);
    }
    lines
}

/// Breaks one line of text at its spaces. Nothing in it is Markdown: what would be read as a link, a tag, a list or a
/// piece of code is escaped, because a code block in a comment is run as a test.
fn wrap(line: &str, width: usize, to: &mut Vec<String>) {
    let mut current = String::new();
    for word in line.split_whitespace() {
        let word = escape(word);
        if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > width {
            to.push(std::mem::take(&mut current));
        }
        if current.is_empty() {
            current.push_str(&at_line_start(&word));
        } else {
            current.push(' ');
            current.push_str(&word);
        }
    }
    if !current.is_empty() {
        to.push(current);
    }
}

fn escape(word: &str) -> String {
    let clean: String = word.chars().filter(|c| !is_hidden(*c)).collect();
    if (clean.starts_with("https://") || clean.starts_with("http://"))
        && !clean.contains(['<', '>', '`', '[', ']'])
    {
        let end = clean
            .trim_end_matches(['.', ',', ';', ':', ')', '!', '?'])
            .len();
        return format!("<{}>{}", &clean[..end], &clean[end..]);
    }
    let mut escaped = String::new();
    for c in clean.chars() {
        if matches!(
            c,
            '[' | ']' | '<' | '>' | '`' | '\\' | '~' | '*' | '_' | '|'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Escapes what starts a heading, a list or a quotation at the beginning of a line.
fn at_line_start(word: &str) -> String {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        number.len() < word.len() && (number.starts_with('.') || number.starts_with(')'));
    if is_numbered {
        let digits = word.len() - number.len();
        return format!("{}\\{number}", &word[..digits]);
    }
    if word.starts_with(['-', '+', '#', '=']) {
        format!("\\{word}")
    } else {
        word.to_owned()
    }
}

/// Characters that nobody sees, some of which turn the direction of a text: they are refused or shown by number.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::{comment, literal};

    #[test]
    fn no_text_is_code() {
        assert_eq!(literal("a\"b\\\n\u{202e}"), "\"a\\\"b\\\\\\n\\u{202e}\"");
        assert_eq!(
            comment(["```\nfn main() {}\n```"], 0),
            ["\\`\\`\\`", "fn main() {}", "\\`\\`\\`"]
        );
        assert_eq!(comment(["a\u{202e}b [c] <d>"], 0), ["ab \\[c\\] \\<d\\>"]);
        assert_eq!(
            comment(["- one\n2. two", "    indented"], 0),
            ["\\- one", "2\\. two", "", "indented"]
        );
        assert_eq!(
            comment(["see https://example.com/a_b."], 0),
            ["see <https://example.com/a_b>."]
        );
    }
}
