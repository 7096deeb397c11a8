//! The formats that generated types can check.

use crate::ir::Format;

/// The part of the shared code that checks a format, and the function in it.
pub(super) fn format_check(format: Format<'_>) -> Option<(&'static str, &'static str)> {
    Some(match format {
        Format::DateTime => ("format_date_time", "is_date_time"),
        Format::Date => ("format_date", "is_date"),
        Format::Time => ("format_time", "is_time"),
        Format::Duration => ("format_duration", "is_duration"),
        Format::Email => ("format_email", "is_email"),
        Format::IdnEmail => ("format_idn_email", "is_idn_email"),
        Format::Hostname => ("format_hostname", "is_hostname"),
        Format::IdnHostname => ("format_idn_hostname", "is_idn_hostname"),
        Format::Ipv4 => ("format_ipv4", "is_ipv4"),
        Format::Ipv6 => ("format_ipv6", "is_ipv6"),
        Format::Uri => ("format_uri", "is_uri"),
        Format::UriReference => ("format_uri_reference", "is_uri_reference"),
        Format::Iri => ("format_iri", "is_iri"),
        Format::IriReference => ("format_iri_reference", "is_iri_reference"),
        Format::UriTemplate => ("format_uri_template", "is_uri_template"),
        Format::Uuid => ("format_uuid", "is_uuid"),
        Format::JsonPointer => ("format_json_pointer", "is_json_pointer"),
        Format::RelativeJsonPointer => ("format_relative_json_pointer", "is_relative_json_pointer"),
        Format::Regex => ("format_regex", "is_regex"),
        Format::Other(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::rust::support::Needs;

    macro_rules! checks {
        ($($name:ident: $($part:literal)+;)+) => {
            $(mod $name {
                $(include!(concat!("../../../templates/rust/support/format_", $part, ".rs"));)+
            })+
            const CHECKS: &[(&str, &[&str])] = &[$((stringify!($name), &[$($part),+])),+];
        };
    }

    // Each with the parts that it needs and no others: what is unused in a module warns.
    checks! {
        date_time: "date_time" "date" "time" "number";
        date: "date" "number";
        time: "time" "number";
        duration: "duration";
        email: "email" "idn_email";
        idn_email: "idn_email";
        hostname: "hostname" "idn_hostname" "punycode" "bidi" "u_label" "unicode" "joining" "disallowed";
        idn_hostname: "idn_hostname" "punycode" "bidi" "u_label" "unicode" "joining" "disallowed";
        ipv4: "ipv4";
        ipv6: "ipv6";
        uri: "uri" "iri" "iri_text";
        uri_reference: "uri_reference" "iri_reference" "iri" "iri_text";
        iri: "iri" "iri_text";
        iri_reference: "iri_reference" "iri" "iri_text";
        uri_template: "uri_template" "iri_text";
        uuid: "uuid";
        json_pointer: "json_pointer";
        relative_json_pointer: "relative_json_pointer" "json_pointer";
        regex: "regex" "regex_group" "regex_escape";
    }

    #[test]
    fn a_check_needs_these_parts() {
        for (name, parts) in CHECKS {
            let format = name.replace('_', "-");
            let (part, function) = format_check(Format::new(&format)).unwrap();
            assert_eq!(part, format!("format_{name}"));
            let mut needs = Needs::default();
            needs.add(part);
            let texts = needs.texts();
            let start = format!("pub fn {function}(text: &str) -> bool {{");
            assert!(texts.iter().any(|text| text.contains(&start)), "{name}");
            assert_eq!(texts.len(), parts.len(), "{name}");
        }
        assert_eq!(format_check(Format::new("color")), None);
    }

    /// Checks valid and invalid texts, with a space between them; `␣` is a space in one, and `ε` an
    /// empty one.
    #[track_caller]
    fn check(is_format: fn(&str) -> bool, valid: &str, invalid: &str) {
        for (texts, verdict) in [(valid, true), (invalid, false)] {
            for text in texts.split(' ').filter(|text| !text.is_empty()) {
                let text = text.replace('␣', " ").replace('ε', "");
                assert_eq!(is_format(&text), verdict, "{text:?}");
            }
        }
    }

    #[test]
    fn dates() {
        let valid = "2024-02-29 2000-02-29 0000-12-31 9999-11-30";
        let invalid = "\
            2023-02-29 1900-02-29 2024-04-31 2024-13-01 2024-1-01 2024-01-1x 2024/01/01 \
            2024-01-01T 02024-01-01 -024-01-01 2024-0٣-1 ε";
        check(date::is_date, valid, invalid);
    }

    #[test]
    fn times() {
        let valid = "\
            00:00:00Z 23:59:59.9z 12:30:15.000000000001+14:00 07:08:09-23:59 23:59:60Z \
            23:59:60.5Z 00:59:60+01:00 18:29:60-05:30";
        let invalid = "\
            00:00:00 24:00:00Z 00:60:00Z 00:00:61Z 12:00:60Z 23:59:60+01:00 12:00:00.Z \
            12:00:00,5Z 12:00:00+1:00 12:00:00+0100 12:00:00+24:00 12:00:00+00:60 12:00:00␣Z \
            1:00:00Z 12:00Z 12:00:00Zz ε";
        check(time::is_time, valid, invalid);
        let valid = "2024-02-29T12:00:00Z 2016-12-31t23:59:60z 1970-01-01T00:00:00+00:00";
        let invalid = "\
            2024-02-30T12:00:00Z 2024-02-29␣12:00:00Z 2024-02-29T12:00:00 2024-02-29 12:00:00Z \
            2024-02-29TT12:00:00Z ε";
        check(date_time::is_date_time, valid, invalid);
    }

    #[test]
    fn durations() {
        let valid = "P3Y P3Y6M4DT12H30M5S P1M3D PT0M P0007W P2YT3S PT9H8M";
        let invalid = "\
            P T1S PT P1DT 1D P1D1M P1Y1D PT1H1S P1W1D P1H PT1D P1.5D PD P1 P1d p1D P+1D P1DD \
            PT1ST P1é ε";
        check(duration::is_duration, valid, invalid);
    }

    #[test]
    fn mailboxes() {
        let valid = "\
            a@b first.last+tag@mail.example.org !#$%&'*+-/=?^_`{|}~@x.y \
            \"a␣b\\\"c@d\"@example.org \"\"@example.org x@[10.0.0.1] x@[ipv6:fe80::1]";
        let invalid = "\
            a @b a@ .a@b a.@b a..b@c a␣b@c a@b␣c a@-b a@b-.c a@b..c a@b_c \"a\"b\"@c \"a\\\"@c \
            \"@c a@[10.0.0] a@[fe80::1] a@[IPv6:fe80::1%1] a@b@c ä@b a@ä ε";
        check(email::is_email, valid, invalid);
        let (fits, long) = ("m".repeat(64) + "@a", "m".repeat(65) + "@a");
        check(email::is_email, &fits, &long);
        let valid = "ä.ö@example.org a@bücher.example \"ä␣b\"@c 用户@例子.公司";
        let invalid = "ä ä..ö@c ä␣b@c ä@b␣c ä@-b ä@";
        check(idn_email::is_idn_email, valid, invalid);
    }

    #[test]
    fn host_names() {
        let valid = "\
            localhost 3com.example a-b.c--d.e ab--cd.example 10.0.0.1 EXAMPLE.org \
            xn--bcher-kva.example XN--MNCHEN-3YA.example";
        let invalid = "\
            a..b a. .a . -a a- a.-b a_b a␣b bücher xn-- xn--a xn--ls8h xn--99999999 xn---kva \
            xn--bcher-kv.xn-- ε";
        check(hostname::is_hostname, valid, invalid);
        check(idn_hostname::is_idn_hostname, valid, "a。 ε -ü ü- ü_ ab--ü");
        let (label, end) = ("h".repeat(63), "h".repeat(61));
        let name = [&*label, &*label, &*label, &*end].join(".");
        check(hostname::is_hostname, &label, &format!("{label}h"));
        check(hostname::is_hostname, &name, &format!("{name}h"));
    }

    #[test]
    fn international_host_names() {
        let valid = "\
            bücher.example faß.example 例子。公司 пример．рф ไทย｡ไทย col·lega א״ב ひ・カ مثال.إختبار \
            نامه\u{200c}ای क्\u{200d}क ᎠᎡ ๑๒ 1.example ö1 א1 ۱۲۳ e\u{301}";
        let invalid = "\
            Bücher ﬁx.example ⅷ x²ü ☃ a\u{ad}ü ü\u{200b} \u{301}e col·a aé·l α͵ a״ב ü・ ٣۳ \
            क\u{200d}क a\u{200c}ü ی\u{200c} ا\u{200c}ب אa 1א ü.1.א א- ＡＢ ᄀ ㇰ゙\u{303b} ü。。ü \
            xn--bcher-kva.א.1";
        check(idn_hostname::is_idn_hostname, valid, invalid);
        let (fits, long) = ("ä".repeat(55), "ä".repeat(60));
        check(idn_hostname::is_idn_hostname, &fits, &long);
    }

    #[test]
    fn addresses() {
        let valid = "0.0.0.0 255.255.255.255 1.20.255.3";
        let invalid = "1.2.3 1.2.3.4.5 01.2.3.4 256.1.1.1 1.2.3.4␣ 0x1.2.3.4 ε";
        check(ipv4::is_ipv4, valid, invalid);
        let valid = ":: 1:: ::ffff:1.2.3.4 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:: A::f";
        let invalid = "\
            1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1::2::3 ::: fe80::1%eth0 ::12345 ::1.2.3 ::01.2.3.4 \
            1.2.3.4 [::] ␣:: ε";
        check(ipv6::is_ipv6, valid, invalid);
    }

    #[test]
    fn uris() {
        let absolute = "\
            a: a:b urn:x-y:z http:// http://h:/ http://u:p@h:1/p;q?r/?s#t/?u http://[::1]:8080 \
            http://[v7.a:b]/ file:///etc a+b-c.d:e a:%20%C3%a9 a:/b//c mailto:a@b";
        let relative = "ε b b/c:d ./b:c ?q:r #f:g //h /p b@c %41";
        let broken = "\
            a␣b a:b␣c http://h:p http://[::1 http://::1] http://[::1]x a:[b] http://u@v@h a:% \
            a:%4 a:%4g a:b#c#d a:b\\c a:{b} a:<b> a:\" 1a:b -a:b a_b:c :b http://[v.a] \
            http://[vg.a] http://[v1.] a:\n";
        let international = "http://ä.ö/ü?ä#ö a:\u{fdf0}\u{10400} a:?\u{e000}\u{10fffd}";
        let private = "a:\u{e000} a:#\u{e000} a:\u{fffd} a:\u{1fffe} a:\u{80} ä:b";
        for is_iri in [uri::is_uri, iri::is_iri] {
            check(is_iri, absolute, broken);
            check(is_iri, "", relative);
        }
        for is_reference in [
            uri_reference::is_uri_reference,
            iri_reference::is_iri_reference,
        ] {
            check(is_reference, absolute, broken);
            check(is_reference, relative, "");
        }
        check(uri::is_uri, "", international);
        check(uri_reference::is_uri_reference, "", international);
        check(iri::is_iri, international, private);
        check(iri_reference::is_iri_reference, "ä/ö ?\u{e000}", private);
    }

    #[test]
    fn uri_templates() {
        let valid = "\
            ε /a/b {a} x{a,b_1,c.d}y {?a*,b:3} {+a:9999} {%41b} {a}{b} %20 {=a} it's \
            ä\u{e000}{#a}";
        let invalid = "\
            { } {a a} {} {?} {a,} {a␣b} {{a}} {a:} {a:0} {a:10000} {a:3*} {a**} {a.} {.} {ä} \
            {%4} {a-b} a␣b a<b %2 a\\b";
        check(uri_template::is_uri_template, valid, invalid);
    }

    #[test]
    fn uuids() {
        let valid = "01234567-89ab-CDEF-0123-456789abcdef ffffffff-ffff-ffff-ffff-ffffffffffff";
        let invalid = "\
            0123456789abcdef0123456789abcdef {01234567-89ab-cdef-0123-456789abcdef} \
            01234567-89ab-cdef-0123-456789abcdeg 01234567-89ab-cdef-01234-56789abcdef \
            01234567-89ab-cdef-0123-456789abcdé ε";
        check(uuid::is_uuid, valid, invalid);
    }

    #[test]
    fn json_pointers() {
        let valid = "ε / /a~0~1b//c /ä␣#%";
        let invalid = "a #/a /~ /~2 /a~ /~␣1 ~0";
        check(json_pointer::is_json_pointer, valid, invalid);
        let valid = "0 10/a~1 2# 0/ 1+2/a 0-1 3+0#";
        let invalid = "ε /a # 01 00# 1a 0#/a 0/~ -1 1+ 1+01 ٣";
        check(
            relative_json_pointer::is_relative_json_pointer,
            valid,
            invalid,
        );
    }

    #[test]
    fn regexes() {
        let valid = "\
            ε a|b|| ^(a(?:b)(?=c)(?!d)(?<=e)(?<!f))*$ a*b+?c??d{2}e{2,}f{2,3}? (?<n>a)\\k<n> \
            \\k<n>(?<n>a) (?<y>a)|(?<y>b) ((?<y>a)|(?<y>b))\\k<y> (a)\\1 \\2(a)(b) [] [^] \
            [a-z\\d_-] [-a] [--a] [\\b\\-\\]] [\\u{1F600}-\\u{1F64F}] \
            [\\uD83D\\uDE00-\\uD83D\\uDE4F] \\uD83D [({*+?.|^$/] \\x41\\cz\\0\\/\\. \
            \\p{Lu}\\P{Script=Greek} (?i:a)(?-i:b)(?im-s:c) ä{1,99999999999999999999} a{01,1}";
        let invalid = "\
            ( ) (() [ [a a) * a** a|* (*) ^* (?=a)* (?<!a)+ \\b? { } ] a{ a{} a{,2} a{2,1} \
            a{1,2,3} a{x} a{1 \\ \\a \\Z \\- \\_ \\ä \\1 (a)\\2 \\00 \\x4 \\u12 \\u{} \
            \\u{110000} \\u{12 \\c1 \\c \\p \\p{} \\p{L \\p{=L} \\k<n> \\k (?<n>a)\\k<m> \
            (?<n>a)(?<n>b) (?<n>(?<n>a)) ((?<y>a)|b)(?<y>c) (?<1>a) (?<>a) (?<n (?P<n>a) (?i)a \
            (?ii:a) (?-:a) (?x:a) (?#a) (? [b-a] [\\d-z] [a-\\w] [\\B] [\\k<n>] [\\1] [\\a]";
        check(regex::is_regex, valid, invalid);
    }
}
