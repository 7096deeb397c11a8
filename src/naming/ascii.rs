//! Any text in the letters that names are made of in every target.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What becomes of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbols {
    /// It separates words.
    Separate,
    /// It becomes a word, such as `less` for `<`.
    Spell,
}

/// `text` as words of ASCII letters, digits and `_`, with a space between words. Latin letters lose their
/// marks, letters of other scripts become `x` and their hexadecimal code, as in the platform's own encoding,
/// and apostrophes go. Text of nothing but punctuation and white space is spelled, a sign before a number too. Only
/// an empty text gives no word.
pub(crate) fn ascii(text: &str, symbols: Symbols) -> Cow<'_, str> {
    // Most names are words already.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if symbols == Symbols::Separate
        && text.bytes().all(is_plain)
        && text.bytes().any(|byte| byte != b'_')
    {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars();
    let signed = matches!(chars.next(), Some('+' | '-'))
        && chars.next().is_some_and(|next| next.is_ascii_digit());
    let bare = !text.contains(char::is_alphanumeric);
    let spell = symbols == Symbols::Spell || bare;
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => out.push(c),
            '_' if !spell => out.push(c),
            '\'' | '’' if !bare => {}
            '\u{300}'..='\u{36f}' => {}
            _ => match without_mark(c) {
                Some(letters) => out.push_str(letters),
                None if c.is_alphanumeric() => push_code(&mut out, c),
                None if spell || (signed && index == 0) => match spelled(c) {
                    Some(word) => {
                        let _ = write!(out, " {word} ");
                    }
                    None if bare && c.is_whitespace() => out.push_str(" space "),
                    None if bare => push_code(&mut out, c),
                    None => out.push(' '),
                },
                None => out.push(' '),
            },
        }
    }
    Cow::Owned(out)
}

fn push_code(out: &mut String, c: char) {
    let _ = write!(out, "x{:02x}", u32::from(c));
}

/// The word for a punctuation mark of ASCII.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        '!' => "not",
        '"' => "quote",
        '\'' => "apostrophe",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '(' | ')' => "paren",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' | ']' => "bracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' | '}' => "brace",
        '|' => "pipe",
        '~' => "tilde",
        _ => return None,
    })
}

/// The ASCII letters for a letter of Latin-1 or Latin Extended-A (Unicode, code charts U+0080 and U+0100).
fn without_mark(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'Æ' => "AE",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'Ð' | 'Ď' | 'Đ' => "D",
        'ð' | 'ď' | 'đ' => "d",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ĥ' | 'Ħ' => "H",
        'ĥ' | 'ħ' => "h",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'Ĵ' => "J",
        'ĵ' => "j",
        'Ķ' => "K",
        'ķ' | 'ĸ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'º' => "o",
        'Œ' => "OE",
        'œ' => "oe",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' => "S",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'Ţ' | 'Ť' | 'Ŧ' => "T",
        'ţ' | 'ť' | 'ŧ' => "t",
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'Ŵ' => "W",
        'ŵ' => "w",
        'Ý' | 'Ŷ' | 'Ÿ' => "Y",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Symbols, ascii};

    #[test]
    fn text_becomes_words() {
        for (text, words) in [
            ("Größe d'été", "Grosse dete"),
            ("e\u{301}tat", "etat"),
            ("汉字", "x6c49x5b57"),
            ("😀", "x1f600"),
            ("<=", " less  equal "),
            ("'\n", " apostrophe  space "),
            ("-1", " minus 1"),
            ("2-1", "2 1"),
            ("$ref", " ref"),
            ("", ""),
        ] {
            assert_eq!(ascii(text, Symbols::Separate), words, "{text}");
        }
        assert_eq!(ascii("@type", Symbols::Spell), " at type");
    }
}
