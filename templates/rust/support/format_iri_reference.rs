/// Whether a text is an IRI-reference (RFC 3987, section 2.2).
pub fn is_iri_reference(text: &str) -> bool {
    let mut pieces = text.split(['/', '?', '#']);
    let has_colon = pieces.next().is_some_and(|segment| segment.contains(':'));
    is_iri(text) || !has_colon && is_iri_rest(text)
}
