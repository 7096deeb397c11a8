//! Patterns that can be decided without an engine.

/// Whether `text` matches an ECMA-262 pattern; none where deciding it takes an engine for regular expressions.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    let (at_start, rest) = match pattern.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let (at_end, body) = match rest.strip_suffix('$') {
        Some(body) if !body.ends_with('\\') => (true, body),
        _ => (false, rest),
    };
    match body {
        "" => return Some(!(at_start && at_end) || text.is_empty()),
        ".*" => return Some(!text.contains('\n')),
        ".+" | "." if !(body == "." && at_start && at_end) => {
            return Some(!text.is_empty() && !text.contains('\n'));
        }
        _ => {}
    }
    let literal = literal(body)?;
    Some(match (at_start, at_end) {
        (true, true) => text == literal,
        (true, false) => text.starts_with(&literal),
        (false, true) => text.ends_with(&literal),
        (false, false) => text.contains(&literal),
    })
}

/// The text that a pattern without operators stands for.
fn literal(body: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next()? {
                escaped if escaped.is_ascii_punctuation() => text.push(escaped),
                _ => return None,
            },
            '^' | '$' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => {
                return None;
            }
            plain => text.push(plain),
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn literals_and_their_ends_are_decided() {
        for (pattern, text, expected) in [
            ("^x-", "x-note", Some(true)),
            ("^x-", "note-x-", Some(false)),
            ("\\.json$", "a.json", Some(true)),
            ("\\.json$", "ajson", Some(false)),
            ("^only$", "only", Some(true)),
            ("^only$", "only one", Some(false)),
            ("bc", "abcd", Some(true)),
            (".*", "anything", Some(true)),
            ("", "anything", Some(true)),
            ("^$", "a", Some(false)),
            ("^[a-z]+$", "a", None),
            ("\\d", "1", None),
            ("a\\$", "a$", Some(true)),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
        }
    }
}
