/// Whether a text is a JSON pointer (RFC 6901, section 3).
pub fn is_json_pointer(text: &str) -> bool {
    let is_escape = |text: &str| text.starts_with(['0', '1']);
    (text.is_empty() || text.starts_with('/')) && text.split('~').skip(1).all(is_escape)
}
