//! Formats as patterns, for targets that know regular expressions and nothing else.

use super::Format;

const IPV4: &str = "(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const HEX: &str = "[0-9A-Fa-f]{1,4}";
const LABEL: &str = "[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?";
const ATOM: &str = "[A-Za-z0-9!#$%&'*+\\/=?^_`{|}~\\-]+";
const POINTER: &str = "(?:\\/[^~]*(?:~[01][^~]*)*)?";
const CLOCK: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const DATE: &str = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)\
    |02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
const DATE_UNITS: &str = "(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)";
const TIME_UNITS: &str = "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)";

/// A pattern for the texts of a format.
pub(crate) struct Grammar {
    /// ECMA-262, for the whole text.
    pub pattern: String,
    /// Whether all that match have the format, and not only the other way round.
    pub is_exact: bool,
}

impl Format<'_> {
    /// The pattern of a format; none where no pattern comes near it.
    pub(crate) fn grammar(self) -> Option<Grammar> {
        let text = match self {
            Self::Date => DATE.to_owned(),
            Self::Time => time(),
            Self::DateTime => format!("{DATE}[Tt]{}", time()),
            Self::Duration => {
                format!("P(?:[0-9]+W|{DATE_UNITS}(?:{TIME_UNITS})?|{TIME_UNITS})")
            }
            Self::Email => email(),
            Self::Hostname => format!("(?![^]{{254}}){LABEL}(?:\\.{LABEL})*"),
            Self::Ipv4 => IPV4.to_owned(),
            Self::Ipv6 => ipv6(),
            Self::Uri => uri(),
            Self::UriReference => format!("(?:{}|(?![^\\/?#]*:){})", uri(), after_scheme()),
            Self::Uuid => "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}".to_owned(),
            Self::JsonPointer => POINTER.to_owned(),
            Self::RelativeJsonPointer => {
                let number = "(?:0|[1-9][0-9]*)";
                format!("{number}(?:[+\\-]{number})?(?:#|{POINTER})")
            }
            Self::IdnEmail
            | Self::IdnHostname
            | Self::Iri
            | Self::IriReference
            | Self::UriTemplate
            | Self::Regex
            | Self::Other(_) => return None,
        };
        // Which minute may have a leap second depends on the offset, and an A-label is a number in disguise.
        let is_exact = !matches!(self, Self::Time | Self::DateTime | Self::Hostname);
        Some(Grammar {
            pattern: format!("^{text}$"),
            is_exact,
        })
    }
}

fn time() -> String {
    format!("{CLOCK}:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?(?:[Zz]|[+\\-]{CLOCK})")
}

/// RFC 5321, section 4.1.2. The length of either part is looked at first.
fn email() -> String {
    let quoted = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";
    let literal = format!("\\[(?:{IPV4}|[Ii][Pp][Vv]6:{})\\]", ipv6());
    let lengths = "(?![^]{65,}@[^@]*$)(?![^]*@[^@]{256})";
    let local = format!("(?:{ATOM}(?:\\.{ATOM})*|{quoted})");
    format!("{lengths}{local}@(?:{LABEL}(?:\\.{LABEL})*|{literal})")
}

/// RFC 3986, section 3.2.2.
fn ipv6() -> String {
    let last = format!("(?:{HEX}:{HEX}|{IPV4})");
    let mut all = vec![format!("(?:{HEX}:){{6}}{last}")];
    for before in 0..8 {
        // So many groups may stand before the colons that leave some out.
        let start = match before {
            0 => String::new(),
            1 => format!("(?:{HEX})?"),
            more => format!("(?:(?:{HEX}:){{0,{}}}{HEX})?", more - 1),
        };
        let end = match 5_u32.checked_sub(before) {
            Some(0) => last.clone(),
            Some(groups) => format!("(?:{HEX}:){{{groups}}}{last}"),
            None if before == 6 => HEX.to_owned(),
            None => String::new(),
        };
        all.push(format!("{start}::{end}"));
    }
    format!("(?:{})", all.join("|"))
}

/// Characters of a URI, with these among them.
fn characters(others: &str) -> String {
    let class = format!("[A-Za-z0-9._~!$&'()*+,;=\\-{others}]");
    format!("{class}*(?:%[0-9A-Fa-f]{{2}}{class}*)*")
}

fn uri() -> String {
    format!("[A-Za-z][A-Za-z0-9+.\\-]*:{}", after_scheme())
}

/// What follows the scheme of a URI (RFC 3986, section 3).
fn after_scheme() -> String {
    let [user, host] = [":", ""].map(characters);
    let [path, end] = [":@\\/", ":@\\/?"].map(characters);
    let future = "[vV][0-9A-Fa-f]+\\.[A-Za-z0-9._~!$&'()*+,;=:\\-]+";
    let host = format!("(?:\\[(?:{}|{future})\\]|{host})", ipv6());
    let authority = format!("\\/\\/(?:{user}@)?{host}(?::[0-9]*)?(?:\\/{path})?");
    format!("(?:{authority}|(?!\\/\\/){path})(?:\\?{end})?(?:#{end})?")
}

#[cfg(test)]
mod tests {
    use super::Format;

    /// Valid and invalid texts, with a space between them; `␣` is a space in one, and `ε` an empty one.
    #[track_caller]
    fn check(name: &str, valid: &str, invalid: &str) {
        let grammar = Format::new(name).grammar().unwrap();
        let regex = regress::Regex::with_flags(&grammar.pattern, "u").unwrap();
        for (texts, verdict) in [(valid, true), (invalid, false)] {
            for text in texts.split(' ').filter(|text| !text.is_empty()) {
                let text = text.replace('␣', " ").replace('ε', "");
                assert_eq!(regex.find(&text).is_some(), verdict, "{name} {text:?}");
            }
        }
    }

    #[test]
    fn dates_and_times() {
        let invalid = "2023-02-29 1900-02-29 2024-04-31 2024-13-01 2024-1-01 2024-01-01T 02024-01-01 2024-0٣-1 ε";
        check(
            "date",
            "2024-02-29 2000-02-29 0000-12-31 9999-11-30",
            invalid,
        );
        let valid = "00:00:00Z 23:59:59.9z 12:30:15.000001+14:00 07:08:09-23:59 23:59:60Z";
        let invalid = "00:00:00 24:00:00Z 00:60:00Z 00:00:61Z 12:00:00.Z 12:00:00+1:00 12:00:00+24:00 1:00:00Z ε";
        check("time", valid, invalid);
        let invalid = "2024-02-30T12:00:00Z 2024-02-29␣12:00:00Z 2024-02-29T12:00:00 ε";
        check(
            "date-time",
            "2024-02-29T12:00:00Z 1970-01-01t00:00:00+00:00",
            invalid,
        );
        let invalid = "P T1S PT P1DT 1D P1D1M P1Y1D PT1H1S P1W1D P1H PT1D P1.5D PD P1 P1d ε";
        check(
            "duration",
            "P3Y P3Y6M4DT12H30M5S P1M3D PT0M P0007W P2YT3S PT9H8M",
            invalid,
        );
    }

    #[test]
    fn addresses() {
        check(
            "ipv4",
            "0.0.0.0 255.255.255.255 1.20.255.3",
            "1.2.3 1.2.3.4.5 01.2.3.4 256.1.1.1 1.2.3.4␣ ε",
        );
        let valid = ":: 1:: ::ffff:1.2.3.4 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:: A::f ::1 1::8 1:2::7:8";
        let invalid = "1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1::2::3 ::: fe80::1%eth0 ::12345 ::1.2.3 ::01.2.3.4 1.2.3.4 ε";
        check("ipv6", valid, invalid);
        check(
            "hostname",
            "localhost 3com.example a-b.c--d.e EXAMPLE.org",
            "a..b a. .a -a a- a.-b a_b a␣b ε",
        );
        let (label, end) = ("h".repeat(63), "h".repeat(61));
        let name = [&*label, &*label, &*label, &*end].join(".");
        check("hostname", &name, &format!("{name}h"));
    }

    #[test]
    fn mailboxes() {
        let valid = "\
            a@b first.last+tag@mail.example.org !#$%&'*+-/=?^_`{|}~@x.y \"a␣b\\\"c@d\"@example.org \
            \"\"@example.org x@[10.0.0.1] x@[ipv6:fe80::1]";
        let invalid = "\
            a @b a@ .a@b a.@b a..b@c a␣b@c a@b␣c a@-b a@b-.c a@b..c a@b_c \"a\"b\"@c \"a\\\"@c \"@c \
            a@[10.0.0] a@[fe80::1] a@b@c ä@b a@ä ε";
        check("email", valid, invalid);
        check("email", &("m".repeat(64) + "@a"), &("m".repeat(65) + "@a"));
    }

    #[test]
    fn references() {
        let absolute = "\
            a: a:b urn:x-y:z http:// http://h:/ http://u:p@h:1/p;q?r/?s#t/?u http://[::1]:8080 \
            http://[v7.a:b]/ file:///etc a+b-c.d:e a:%20%C3%a9 a:/b//c mailto:a@b";
        let relative = "ε b b/c:d ./b:c ?q:r #f:g //h /p b@c %41";
        let broken = "\
            a␣b a:b␣c http://h:p http://[::1 http://::1] http://[::1]x a:[b] http://u@v@h a:% a:%4 \
            a:%4g a:b#c#d a:b\\c a:{b} a:<b> 1a:b -a:b a_b:c :b http://[v.a] http://[v1.] a:\n http://ä.ö/";
        check("uri", absolute, broken);
        check("uri", "", relative);
        check("uri-reference", absolute, broken);
        check("uri-reference", relative, "");
    }

    #[test]
    fn identifiers_and_pointers() {
        let invalid = "0123456789abcdef0123456789abcdef 01234567-89ab-cdef-0123-456789abcdeg ε";
        check("uuid", "01234567-89ab-CDEF-0123-456789abcdef", invalid);
        check(
            "json-pointer",
            "ε / /a~0~1b//c /ä␣#%",
            "a #/a /~ /~2 /a~ /~␣1 ~0",
        );
        let invalid = "ε /a # 01 00# 1a 0#/a 0/~ -1 1+ 1+01 ٣";
        check(
            "relative-json-pointer",
            "0 10/a~1 2# 0/ 1+2/a 0-1 3+0#",
            invalid,
        );
    }

    #[test]
    fn what_is_no_pattern_has_none() {
        assert!(Format::new("iri").grammar().is_none());
        assert!(Format::new("color").grammar().is_none());
        assert!(!Format::Hostname.grammar().unwrap().is_exact);
    }
}
