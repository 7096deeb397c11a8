/// Whether a text is a relative JSON pointer (draft-bhutton-relative-json-pointer-00, section
/// 3).
pub fn is_relative_json_pointer(text: &str) -> bool {
    let rest = after_number(text).and_then(|rest| match rest.strip_prefix(['+', '-']) {
        Some(shift) => after_number(shift),
        None => Some(rest),
    });
    rest.is_some_and(|rest| rest == "#" || is_json_pointer(rest))
}

/// What follows a number without leading zeros.
fn after_number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &text[..text.len() - rest.len()];
    (number == "0" || !number.is_empty() && !number.starts_with('0')).then_some(rest)
}
