/// Whether a text is a mailbox that may have characters beyond ASCII (RFC 6531, section 3.3),
/// which may be any in its domain as well.
pub fn is_idn_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let quoted = local
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let is_local = match quoted {
        Some(text) => is_quoted(text),
        None => local.split('.').all(is_atom),
    };
    let literal = domain
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let is_domain = match literal {
        Some(literal) => is_address(literal),
        None => domain.len() <= 255 && domain.split('.').all(is_mail_label),
    };
    is_local && local.len() <= 64 && is_domain
}

fn is_atom(text: &str) -> bool {
    let is_mark = |c| "!#$%&'*+-/=?^_`{|}~".contains(c);
    let fits = |c: char| c.is_ascii_alphanumeric() || is_mark(c) || !c.is_ascii();
    !text.is_empty() && text.chars().all(fits)
}

/// Whether a text can stand between the marks of a Quoted-string.
fn is_quoted(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let fits = match c {
            '\\' => chars.next().is_some_and(|c| matches!(c, ' '..='~')),
            c => c != '"' && (matches!(c, ' '..='~') || !c.is_ascii()),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Whether a text is an address-literal, without its brackets.
fn is_address(text: &str) -> bool {
    match text.split_once(':') {
        Some((tag, v6)) if tag.eq_ignore_ascii_case("IPv6") => {
            v6.parse::<std::net::Ipv6Addr>().is_ok()
        }
        _ => text.parse::<std::net::Ipv4Addr>().is_ok(),
    }
}

fn is_mail_label(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || c == '-';
    let is_bare = !text.starts_with('-') && !text.ends_with('-');
    (1..=63).contains(&text.len()) && is_bare && text.chars().all(fits)
}
