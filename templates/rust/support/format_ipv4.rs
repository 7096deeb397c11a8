/// Whether a text is a dotted quad (RFC 2673, section 3.2) without leading zeros.
pub fn is_ipv4(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}
