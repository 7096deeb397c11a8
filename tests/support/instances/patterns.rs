//! Texts for patterns.

/// A text that a plain pattern matches, more or less.
pub(super) fn text_like(pattern: &str) -> String {
    let mut text = String::new();
    let mut last = String::new();
    let mut rest = pattern.trim_start_matches('^').chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '$' | '(' | ')' | '^' => {}
            '*' | '?' | '+' => {
                rest.next_if_eq(&'?');
            }
            '{' => {
                let count: String = rest.by_ref().take_while(|c| *c != '}').collect();
                let count = count.split(',').next().and_then(|count| count.parse().ok());
                for _ in 1..count.unwrap_or(1_usize) {
                    text.push_str(&last);
                }
            }
            '|' => break,
            '[' => {
                let class: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let first = class.trim_start_matches('\\').chars().next();
                last = first.unwrap_or('a').to_string();
                text.push_str(&last);
            }
            '.' => {
                last = "a".to_owned();
                text.push('a');
            }
            '\\' => {
                last = match rest.next() {
                    Some('d') => "5".to_owned(),
                    Some('w') => "a".to_owned(),
                    Some('s') => " ".to_owned(),
                    Some(other) => other.to_string(),
                    None => String::new(),
                };
                text.push_str(&last);
            }
            other => {
                last = other.to_string();
                text.push(other);
            }
        }
    }
    text
}
