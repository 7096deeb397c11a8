/// Whether a text is a mailbox (RFC 5321, section 4.1.2).
pub fn is_email(text: &str) -> bool {
    text.is_ascii() && is_idn_email(text)
}
