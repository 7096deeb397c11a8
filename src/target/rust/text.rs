//! Text of a schema as Rust: comments and literals that can never be code.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memmem, memrchr};
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
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    // Most texts are as they are written.
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        literal.push_str(text);
        literal.push('"');
        return literal;
    }
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if is_hidden(c) => {
                let _ = write!(literal, "\\u{{{:x}}}", u32::from(c));
            }
            _ => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// What comes before each line of a comment of an item.
pub(super) const OUTER: &str = "\n///";

/// What comes before each line of a comment of a part of an item.
pub(super) const INNER: &str = "\n    ///";

/// A doc comment: one paragraph for each of the texts' own, a start before each line, and nothing after the last.
pub(super) fn comment<'t>(
    paragraphs: impl IntoIterator<Item = &'t str>,
    start: &'static str,
) -> String {
    let indent = start.len() - OUTER.len();
    let mut lines = Lines {
        start,
        width: WIDTH - indent,
        text: String::new(),
    };
    for text in paragraphs {
        lines.push_paragraphs(text);
    }
    lines.text
}

/// A text as one line of a comment.
pub(super) fn line(text: &str) -> String {
    let mut lines = Lines {
        start: "",
        width: usize::MAX,
        text: String::new(),
    };
    lines.push_paragraphs(text);
    lines.text.split_off(1.min(lines.text.len()))
}

/// The lines of a comment that is being made.
struct Lines {
    start: &'static str,
    /// How long a line may be, without what it starts with.
    width: usize,
    text: String,
}

impl Lines {
    fn push(&mut self, line: &str) {
        self.text.push_str(self.start);
        if !line.is_empty() {
            self.text.push(' ');
            self.text.push_str(line);
        }
    }

    /// Of a text of many paragraphs, each that says something stands apart.
    fn push_paragraphs(&mut self, text: &str) {
        let mut is_new = true;
        for line in joined(text) {
            if line.is_empty() {
                is_new = true;
                continue;
            }
            let before = self.text.len();
            if is_new && before > 0 {
                self.push("");
            }
            let start = self.text.len();
            wrap(&line, self);
            if self.text.len() == start {
                self.text.truncate(before);
            } else {
                is_new = false;
            }
        }
    }
}

/// The lines of a text. One that was broken in a sentence, to be so long, is one with what comes after it.
fn joined(text: &str) -> Vec<Cow<'_, str>> {
    if memchr(b'\n', text.as_bytes()).is_none() {
        return vec![Cow::Borrowed(text)];
    }
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut before = "";
    for line in text.split('\n') {
        let is_open = before.len() > 50 && !before.trim_end().ends_with(['.', ':', ';', '!', '?']);
        match lines.last_mut() {
            Some(last) if is_open && line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                let last = last.to_mut();
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(Cow::Borrowed(line)),
        }
        before = line;
    }
    lines
}

/// Breaks one line of text at its spaces. Of Markdown it has short pieces of code between single backticks. What would be
/// read as a link, a tag, a list or a block of code is escaped, because a code block in a comment is run as a test.
fn wrap(line: &str, to: &mut Lines) {
    let mut rest = wrap_plain(line, to);
    let mut current = String::with_capacity(rest.len().min(to.width));
    let mut used = 0;
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        let size = chars(&word);
        if !current.is_empty() && used + 1 + size > to.width {
            to.push(&current);
            current.clear();
        }
        if current.is_empty() {
            push_at_line_start(&word, &mut current);
            used = chars(&current);
        } else {
            current.push(' ');
            current.push_str(&word);
            used += 1 + size;
        }
    }
    if !current.is_empty() {
        to.push(&current);
    }
}

/// Breaks a line in which there is nothing to escape, as most lines are, and gives back what is left of it.
fn wrap_plain<'l>(line: &'l str, to: &mut Lines) -> &'l str {
    let mut rest = line.trim_matches(' ');
    // Several spaces in a row take a closer look, as do links.
    let bytes = rest.as_bytes();
    let is_plain = |part: &[u8]| {
        part.iter()
            .fold(true, |all, byte| all & TEXT[usize::from(*byte)])
    };
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let is_inside = |at: usize| is_letter(bytes[..at].last()) && is_letter(bytes.get(at + 1));
    let has = |what: &memmem::Finder<'_>| what.find(bytes).is_some();
    if !bytes.chunks(64).all(is_plain)
        || !memchr_iter(b'_', bytes).all(is_inside)
        || has(&LINK)
        || has(&SPACES)
    {
        return line;
    }
    while let Some(first) = rest.bytes().next() {
        // So does what is something else at the start of a line.
        if first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'#' | b'=') {
            return rest;
        }
        let (mut end, mut next) = (rest.len(), rest.len());
        if end > to.width {
            let bytes = rest.as_bytes();
            let space = memrchr(b' ', &bytes[..=to.width]).or_else(|| memchr(b' ', bytes));
            (end, next) = space.map_or((end, next), |space| (space, space + 1));
        }
        to.push(&rest[..end]);
        rest = &rest[next..];
    }
    rest
}

static LINK: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("://"));
static SPACES: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("  "));

/// The bytes that are nothing but text in Markdown, if they do not start a line.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = matches!(byte as u8,
            b'!'..=b'~' if !matches!(byte as u8, b'[' | b']' | b'<' | b'>' | b'`' | b'\\' | b'~' | b'*' | b'|' | b'_'));
        byte += 1;
    }
    plain
};

/// The same, and what may be between words and letters.
const TEXT: [bool; 256] = {
    let mut text = PLAIN;
    text[b' ' as usize] = true;
    text[b'_' as usize] = true;
    text
};

/// A text as a piece of code, where it can be one.
pub(super) fn code(text: &str) -> String {
    let span = format!("`{text}`");
    match code_length(&span) {
        Some(length) if length == span.len() => span,
        _ => text.to_owned(),
    }
}

/// The first word of a line, escaped, and what comes after it. What stands between two backticks is not taken apart.
fn next_word(line: &str) -> Option<(Cow<'_, str>, &str)> {
    let line = line.trim_start();
    if line.is_empty() {
        return None;
    }
    let plain = line.bytes().take_while(|byte| is_plain(*byte)).count();
    if matches!(line.as_bytes().get(plain), None | Some(b' ')) {
        let (word, after) = line.split_at(plain);
        return Some((Cow::Borrowed(word), after));
    }
    let mut word = String::new();
    let (mut done, mut end) = (0, 0);
    while let Some(at) = find_break(&line[end..]) {
        end += at;
        if !line[end..].starts_with('`') {
            break;
        }
        let Some(length) = code_length(&line[end..]) else {
            end += ticks(&line[end..]);
            continue;
        };
        word.push_str(&escape(&line[done..end]));
        done = end + length;
        word.push_str(&visible(&line[end..done]));
        end = done;
    }
    if line[end..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_whitespace())
    {
        end = line.len();
    }
    let last = escape(&line[done..end]);
    if done == 0 {
        return Some((last, &line[end..]));
    }
    word.push_str(&last);
    Some((Cow::Owned(word), &line[end..]))
}

/// Where the first space or backtick of a text is.
fn find_break(text: &str) -> Option<usize> {
    let is_inside = |byte: &u8| byte.is_ascii_graphic() && *byte != b'`';
    let plain = text.bytes().take_while(is_inside).count();
    let found = text[plain..].find(|c: char| c == '`' || c.is_whitespace());
    found.map(|at| plain + at)
}

/// A text without its characters that nobody sees.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// How long the piece of code is that a text starts with, from one backtick to the next that is alone.
fn code_length(text: &str) -> Option<usize> {
    if ticks(text) != 1 {
        return None;
    }
    let mut end = 1;
    loop {
        end += text[end..].find('`')?;
        match ticks(&text[end..]) {
            1 => break,
            several => end += several,
        }
    }
    let code = &text[1..end];
    let is_seen = code.chars().any(|c| !c.is_whitespace() && !is_hidden(c));
    // Longer code is broken as other text is.
    let is_whole = code.len() <= WIDTH / 2 || !code.contains(char::is_whitespace);
    (is_seen && is_whole).then_some(end + 1)
}

/// How many backticks a text starts with.
fn ticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

fn chars(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// Whether a byte is nothing but text in the middle of any word, a link too.
fn is_plain(byte: u8) -> bool {
    byte != b':' && PLAIN[usize::from(byte)]
}

fn escape(word: &str) -> Cow<'_, str> {
    if word.bytes().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let clean = visible(word);
    let schemes = ["https://", "http://"];
    let start = LINK.find(clean.as_bytes()).and_then(|_| {
        let starts = schemes.iter().filter_map(|scheme| clean.find(scheme));
        starts.min()
    });
    let Some(start) = start else {
        return Cow::Owned(without_marks(&clean));
    };
    // A link that is in brackets, or in something else, is one all the same.
    let (before, link) = clean.split_at(start);
    let end = link.find(['<', '>', '`', '[', ']']).unwrap_or(link.len());
    let end = link[..end]
        .trim_end_matches(['.', ',', ';', ':', ')', '!', '?'])
        .len();
    let (link, after) = link.split_at(end);
    Cow::Owned(format!(
        "{}<{link}>{}",
        without_marks(before),
        without_marks(after)
    ))
}

/// A text in which nothing marks a link, a tag, a table or a piece of code.
fn without_marks(clean: &str) -> String {
    let mut escaped = String::with_capacity(clean.len() + 4);
    let mut done = 0;
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for (index, byte) in clean.bytes().enumerate() {
        let is_mark = match byte {
            b'[' | b']' | b'<' | b'>' | b'`' | b'\\' | b'~' | b'*' | b'|' => true,
            // Between letters it is one.
            b'_' => {
                !is_letter(clean[..index].chars().next_back())
                    || !is_letter(clean[index + 1..].chars().next())
            }
            _ => false,
        };
        if is_mark {
            escaped.push_str(&clean[done..index]);
            escaped.push('\\');
            done = index;
        }
    }
    escaped.push_str(&clean[done..]);
    escaped
}

/// Escapes what starts a heading, a list or a quotation at the beginning of a line.
fn push_at_line_start(word: &str, to: &mut String) {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - number.len();
    let is_numbered = digits > 0 && number.starts_with(['.', ')']);
    let is_mark = word.starts_with(['-', '+', '#', '=']);
    to.push_str(&word[..digits]);
    if is_numbered || is_mark {
        to.push('\\');
    }
    to.push_str(number);
}

/// Characters that nobody sees, some of which turn the direction of a text: they are refused or shown by number.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::{Lines, OUTER, comment, line, literal, wrap};

    #[test]
    fn plain_lines_are_broken_as_others_are() {
        // The word at the end makes a line one that takes a closer look.
        let words = [
            "a",
            "bcd",
            "1.",
            "2x",
            "-e",
            "f-g",
            "hijklmnop",
            "q,",
            "(r",
            "s:t",
            "u_v",
            "_w",
            "x_",
            "y__z",
            "#a=b",
            "+c",
            "=",
            " ",
            "  u",
        ];
        let mut number = 7_usize;
        for _ in 0..2_000 {
            let mut line = String::new();
            for _ in 0..number % 23 {
                number = number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1)
                    >> 1;
                line.push_str(words[number % words.len()]);
                line.push(' ');
            }
            number = number
                .wrapping_mul(2_862_933_555_777_941_757)
                .wrapping_add(3)
                >> 1;
            let wrapped = |line: &str| {
                let mut lines = Lines {
                    start: "|",
                    width: 17,
                    text: String::new(),
                };
                wrap(line, &mut lines);
                lines.text + "|"
            };
            let (plain, other) = (wrapped(&line), wrapped(&format!("{line} *")));
            assert!(!plain.contains(" |"), "{plain}");
            let other = other.trim_end_matches(['*', '\\', '|', ' ']);
            let plain = plain.trim_end_matches('|');
            assert_eq!(plain, other, "{line}");
        }
    }

    fn lines<'t>(paragraphs: impl IntoIterator<Item = &'t str>) -> Vec<String> {
        let text = comment(paragraphs, OUTER);
        let lines = text.split(OUTER).skip(1);
        lines.map(|line| line.trim_start().to_owned()).collect()
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(line("a\nb [c]#/d"), "a b \\[c\\]#/d");
        assert_eq!(line(&"word ".repeat(50)), "word ".repeat(50).trim_end());
        assert_eq!(line(" "), "");
    }

    #[test]
    fn no_text_is_code() {
        assert_eq!(literal("a\"b\\\n\u{202e}"), "\"a\\\"b\\\\\\n\\u{202e}\"");
        assert_eq!(
            lines(["```\nfn main() {}\n```"]),
            ["\\`\\`\\`", "fn main() {}", "\\`\\`\\`"]
        );
        assert_eq!(lines(["a\u{202e}b [c] <d>"]), ["ab \\[c\\] \\<d\\>"]);
        assert_eq!(
            lines(["- one\n2. two", "    indented"]),
            ["\\- one", "2\\. two", "", "indented"]
        );
        assert_eq!(
            lines(["set `a [b]` or`` `c`` ` d snake_case _e_"]),
            ["set `a [b]` or\\`\\` `c`` ` d snake_case \\_e\\_"]
        );
        let broken =
            "A sentence that somebody has broken at some odd width\nof his own. And\nmore.";
        assert_eq!(
            lines([broken]),
            [
                "A sentence that somebody has broken at some odd width of his own. And",
                "more."
            ]
        );
        let long = format!("`{}`", "a [b] ".repeat(20));
        assert!(lines([long.as_str()])[0].starts_with("\\`a \\[b\\]"));
        assert_eq!(
            lines(["see https://example.com/a_b."]),
            ["see <https://example.com/a_b>."]
        );
        assert_eq!(
            lines(["[a](http://b.c/d_e), (https://f.g)"]),
            ["\\[a\\](<http://b.c/d_e>), (<https://f.g>)"]
        );
    }
}
