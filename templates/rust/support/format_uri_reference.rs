/// Whether a text is a URI-reference (RFC 3986, section 4.1): an IRI-reference of ASCII
/// characters.
pub fn is_uri_reference(text: &str) -> bool {
    text.is_ascii() && is_iri_reference(text)
}
