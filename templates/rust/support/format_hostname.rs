/// Whether a text is a host name (RFC 1123, section 2.1) whose A-labels stand for U-labels (RFC
/// 5890, section 2.3.2.1).
pub fn is_hostname(text: &str) -> bool {
    text.is_ascii() && is_idn_hostname(text)
}
