/// Whether a text is a URI (RFC 3986, section 3): an IRI of ASCII characters.
pub fn is_uri(text: &str) -> bool {
    text.is_ascii() && is_iri(text)
}
