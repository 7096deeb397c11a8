/// Whether a text is made of percent-encoded octets, the unreserved characters of RFC 3987,
/// section 2.2, and these others.
fn is_iri_text(text: &str, others: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let fits = match c {
            '%' => (0..2).all(|_| chars.next().is_some_and(|c| c.is_ascii_hexdigit())),
            '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' => true,
            '\u{e0000}'..='\u{e0fff}' => false,
            '\u{10000}'..='\u{effff}' => u32::from(c) & 0xffff < 0xfffe,
            c => c.is_ascii_alphanumeric() || "-._~".contains(c) || others.contains(c),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Whether a character is an iprivate of RFC 3987, section 2.2.
fn is_private(c: char) -> bool {
    let is_last = u32::from(c) & 0xffff >= 0xfffe;
    matches!(c, '\u{e000}'..='\u{f8ff}') || c >= '\u{f0000}' && !is_last
}
