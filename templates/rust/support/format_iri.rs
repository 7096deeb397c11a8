/// Whether a text is an IRI (RFC 3987, section 2.2).
pub fn is_iri(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
        is_scheme && scheme.chars().all(fits) && is_iri_rest(rest)
    })
}

/// Whether a text is what may follow the scheme of an IRI.
fn is_iri_rest(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (authority, path) = match text.strip_prefix("//") {
        Some(text) => text.split_at(text.find('/').unwrap_or(text.len())),
        None => ("", text),
    };
    is_authority(authority)
        && is_iri_text(path, "!$&'()*+,;=:@/")
        && query
            .split(is_private)
            .all(|piece| is_iri_text(piece, "!$&'()*+,;=:@/?"))
        && is_iri_text(fragment, "!$&'()*+,;=:@/?")
}

/// Whether a text is `[userinfo "@"] host [":" port]`.
fn is_authority(text: &str) -> bool {
    let (user, text) = text.rsplit_once('@').unwrap_or(("", text));
    let (is_host, port) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        Some((literal, rest)) => (is_ip_literal(literal), rest),
        None => {
            let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
            (is_iri_text(host, "!$&'()*+,;="), port)
        }
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    let is_port = port.is_empty() || port.starts_with(':');
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    is_iri_text(user, "!$&'()*+,;=:") && is_host && is_port && is_number
}

/// Whether a text is an IPv6address or an IPvFuture (RFC 3986, section 3.2.2).
fn is_ip_literal(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:".contains(c);
    match text
        .strip_prefix(['v', 'V'])
        .and_then(|text| text.split_once('.'))
    {
        Some((version, address)) => {
            let is_hex = version.bytes().all(|b| b.is_ascii_hexdigit());
            let has_both = !version.is_empty() && !address.is_empty();
            has_both && is_hex && address.chars().all(fits)
        }
        None => text.parse::<std::net::Ipv6Addr>().is_ok(),
    }
}
