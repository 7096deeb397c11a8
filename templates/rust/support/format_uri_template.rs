/// Whether a text is a URI template (RFC 6570, section 2, with erratum 6937: an apostrophe is a
/// literal).
pub fn is_uri_template(text: &str) -> bool {
    let mut pieces = text.split('{');
    pieces.next().is_some_and(is_template_literal)
        && pieces.all(|piece| {
            let parts = piece.split_once('}');
            parts.is_some_and(|(names, rest)| is_expression(names) && is_template_literal(rest))
        })
}

fn is_template_literal(text: &str) -> bool {
    text.split(is_private)
        .all(|piece| is_iri_text(piece, "!#$&'()*+,/:;=?@[]"))
}

/// Whether a text is an operator and a variable-list, or the list alone.
fn is_expression(text: &str) -> bool {
    let operators = ['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'];
    text.strip_prefix(operators)
        .unwrap_or(text)
        .split(',')
        .all(is_variable)
}

/// Whether a text is a varspec: a name that may have a prefix length or `*` after it.
fn is_variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((_, length)) if !is_prefix_length(length) => return false,
        Some((name, _)) => name,
        None => text.strip_suffix('*').unwrap_or(text),
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '%';
    name.split('.')
        .all(|word| !word.is_empty() && word.chars().all(fits) && is_iri_text(word, ""))
}

fn is_prefix_length(text: &str) -> bool {
    let is_short = (1..=4).contains(&text.len()) && !text.starts_with('0');
    is_short && text.bytes().all(|b| b.is_ascii_digit())
}
