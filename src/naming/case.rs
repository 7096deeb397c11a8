//! `snake_case` and `UpperCamelCase`, as the crate `heck` makes them: it goes through the machinery of formatting for every
//! letter, which for the names of a large document takes as long as to parse it.

use heck::{ToSnakeCase, ToTitleCase, ToUpperCamelCase};

/// The words of a text with `_` between them.
pub(crate) fn snake(text: &str) -> String {
    if is_snake(text) {
        return text.to_owned();
    }
    if !text.is_ascii() {
        return text.to_snake_case();
    }
    let mut out = String::with_capacity(text.len() + 4);
    words(text, |word| {
        if !out.is_empty() {
            out.push('_');
        }
        push_lower(word, &mut out);
    });
    out
}

/// Whether a text is already what [`snake`] makes of it, as most names of properties are.
fn is_snake(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut last = b'_';
    text.bytes().all(|byte| {
        let fits = is_part(byte) || (byte == b'_' && last != b'_');
        last = byte;
        fits
    }) && last != b'_'
}

/// The words of a text, each with a capital letter at its start.
pub(crate) fn upper_camel(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_upper_camel(text, &mut out);
    out
}

/// Appends the words of a text, each with a capital letter at its start.
pub(crate) fn push_upper_camel(text: &str, to: &mut String) {
    if !text.is_ascii() {
        to.push_str(&text.to_upper_camel_case());
        return;
    }
    words(text, |word| {
        let start = to.len();
        push_lower(word, to);
        to[start..=start].make_ascii_uppercase();
    });
}

fn push_lower(word: &str, to: &mut String) {
    let start = to.len();
    to.push_str(word);
    to[start..].make_ascii_lowercase();
}

/// The words of a text with spaces between them, each with a capital letter at its start. A single capital letter belongs
/// to the word behind it: `SObject`, `ECommerce`.
pub(crate) fn title_case(text: &str) -> String {
    let words = text.to_title_case();
    let mut out = String::with_capacity(words.len());
    let mut words = words.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        let next = words.peek().copied().unwrap_or_default();
        let is_letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_one = is_letter && next.len() > 1 && text.contains(&format!("{word}{next}"));
        if !is_one && !next.is_empty() {
            out.push(' ');
        }
    }
    out
}

/// Calls a function with each word: they end where a capital letter follows a small one, and before the last of several
/// capital letters that a small one follows.
fn words<'t>(text: &'t str, mut with: impl FnMut(&'t str)) {
    for part in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let bytes = part.as_bytes();
        let (mut start, mut last) = (0, None);
        for (index, pair) in bytes.windows(2).enumerate() {
            let [this, next] = [pair[0], pair[1]];
            let case = match this {
                b'a'..=b'z' => Some(false),
                b'A'..=b'Z' => Some(true),
                _ => last,
            };
            if case == Some(false) && next.is_ascii_uppercase() {
                with(&part[start..=index]);
                (start, last) = (index + 1, None);
            } else if last == Some(true) && this.is_ascii_uppercase() && next.is_ascii_lowercase() {
                with(&part[start..index]);
                (start, last) = (index, None);
            } else {
                last = case;
            }
        }
        if !part.is_empty() {
            with(&part[start..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use heck::{ToSnakeCase, ToUpperCamelCase};

    use super::{snake, title_case, upper_camel};

    #[test]
    fn a_single_capital_letter_is_a_part_of_a_word() {
        for (text, expected) in [
            ("SObject_describe", "SObject Describe"),
            ("all-ECommerceOrders", "All ECommerce Orders"),
            ("xAxis", "X Axis"),
            ("plan B now", "Plan B Now"),
            ("HTTPServer", "Http Server"),
            ("", ""),
        ] {
            assert_eq!(title_case(text), expected);
        }
    }

    #[test]
    fn names_are_those_of_the_crate() {
        // Every text of up to six of these: letters of both cases, digits, and what separates.
        let letters = ['a', 'B', '1', '_'];
        for length in 0..=6 {
            for mut number in 0..4_usize.pow(length) {
                let mut text = String::new();
                for _ in 0..length {
                    text.push(letters[number % 4]);
                    number /= 4;
                }
                assert_eq!(snake(&text), text.to_snake_case(), "{text}");
                assert_eq!(upper_camel(&text), text.to_upper_camel_case(), "{text}");
            }
        }
        assert_eq!(snake("HTMLÜberschrift"), "html_überschrift");
    }
}
