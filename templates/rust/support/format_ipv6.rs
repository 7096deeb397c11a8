/// Whether a text is an IPv6 address (RFC 4291, section 2.2); a zone is not part of one.
pub fn is_ipv6(text: &str) -> bool {
    text.parse::<std::net::Ipv6Addr>().is_ok()
}
