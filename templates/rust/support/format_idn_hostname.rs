/// Whether a text is a host name of RFC 1123, section 2.1, or an internationalized one of RFC
/// 5890, section 2.3.2.3. The dots are those of RFC 3490, section 3.1.
pub fn is_idn_hostname(text: &str) -> bool {
    let mut length = 0;
    let mut labels = Vec::new();
    for text in text.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        let Some((label, label_length)) = host_label(text) else {
            return false;
        };
        length += label_length + 1;
        labels.push(label);
    }
    let is_bidi = labels
        .iter()
        .flatten()
        .any(|c| matches!(bidi_class(*c), 'R' | 'A'));
    length <= 254 && !(is_bidi && labels.iter().any(|label| !is_bidi_label(label)))
}

/// The characters of a label, those of its U-label if it has one, and how long it is in ASCII.
fn host_label(text: &str) -> Option<(Vec<char>, usize)> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii();
    let is_bare = !text.is_empty() && !text.starts_with('-') && !text.ends_with('-');
    if !is_bare || text.len() > 4 * 63 || !text.chars().all(fits) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (label, length) = match lower.strip_prefix("xn--") {
        _ if !text.is_ascii() => {
            let label: Vec<char> = text.chars().collect();
            let length = 4 + punycode_length(&label);
            (label, length)
        }
        Some(code) if text.len() <= 63 => (from_punycode(code)?, text.len()),
        _ => (lower.chars().collect(), text.len()),
    };
    (length <= 63 && (label.iter().all(char::is_ascii) || is_u_label(&label)))
        .then_some((label, length))
}
