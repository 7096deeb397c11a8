//! Texts: with a length, a format and patterns.

use super::pattern;
use super::regexes::is_match;
use crate::ir::{Format, SizeBounds, StringType};

/// The longest text that is made.
const MAX_LENGTH: u64 = 1_000;
/// How many texts of a pattern are made.
const MAX_MATCHES: usize = 4;
const PLAIN: &str = "text";
/// The longest name of a host.
const LONGEST_HOST: usize = 253;
/// Texts that have none of the formats which a pattern can tell.
const NO_FORMAT: [&str; 2] = ["no format", "not of the format that is asked"];
/// How often what a pattern lets repeat is repeated, beyond the least.
const REPEATS: [usize; 7] = [0, 1, 2, 4, 8, 16, 32];

/// Texts that fit: the first is the most ordinary one, the others are as short and as long as they may be.
pub(super) fn valid(of: &StringType<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    match (of.format.and_then(sample), &of.patterns[..]) {
        (Some(text), []) => texts.push(text.to_owned()),
        (None, []) => {
            texts.extend(plain(of.length));
            let edges = [of.length.min, of.length.max];
            texts.extend(edges.into_iter().flatten().filter_map(of_length));
        }
        (format, patterns) => {
            texts.extend(format.map(str::to_owned));
            for pattern in patterns {
                texts.extend(
                    REPEATS
                        .iter()
                        .filter_map(|more| pattern::text(pattern, *more)),
                );
            }
        }
    }
    texts.retain(|text| fits(of, text));
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if !found.contains(&text) && (of.patterns.is_empty() || found.len() < MAX_MATCHES) {
            found.push(text);
        }
    }
    found
}

/// Texts that break one thing each, with the keyword that asks it.
pub(super) fn broken(of: &StringType<'_>) -> Vec<(&'static str, String)> {
    let mut texts = Vec::new();
    if of.asserts_format {
        let others = NO_FORMAT.into_iter().map(str::to_owned);
        let breaks = |text: &String| within(of.length, text) && matches(of, text);
        texts.extend(others.filter(breaks).take(1).map(|text| ("format", text)));
    }
    if of.format.is_none()
        && let [_] = of.patterns[..]
    {
        let padding = of.length.min.unwrap_or(0).clamp(1, 64) as usize;
        let candidates = ["!", "a", "0", " ", "-", "A", "~"].map(|text| text.repeat(padding));
        let breaks = |text: &String| within(of.length, text) && !matches(of, text);
        texts.extend(
            candidates
                .into_iter()
                .find(breaks)
                .map(|text| ("pattern", text)),
        );
    }
    if let Some(less) = of.length.min.and_then(|min| min.checked_sub(1)) {
        let short = otherwise_valid(of, less).find(|text| length(text) <= less);
        texts.extend(short.map(|text| ("minLength", text)));
    }
    if let Some(more) = of.length.max.and_then(|max| max.checked_add(1)) {
        let long = otherwise_valid(of, more).find(|text| length(text) >= more);
        texts.extend(long.map(|text| ("maxLength", text)));
    }
    texts
}

/// Texts that have the patterns and the format, if not the length: of about this one, where that can be chosen.
fn otherwise_valid(of: &StringType<'_>, count: u64) -> impl Iterator<Item = String> {
    let one = match (of.format, &of.patterns[..]) {
        (None | Some(Format::Other(_)), []) => of_length(count),
        (Some(format), []) => extended(format, count),
        (_, _) => None,
    };
    let patterns = of.patterns.iter().filter(|_| of.format.is_none());
    let repeated = patterns.flat_map(|pattern| {
        let texts = REPEATS.iter();
        texts.filter_map(|more| pattern::text(pattern, *more))
    });
    let has_format = |text: &String| of.format.is_none_or(|format| has(format, text));
    let all = one.into_iter().chain(repeated);
    all.filter(move |text| matches(of, text) && has_format(text))
}

/// A text of this format that is at least so long.
fn extended(format: Format<'_>, count: u64) -> Option<String> {
    let count = usize::try_from(count).ok()?;
    let text = match format {
        Format::Email | Format::IdnEmail => format!("someone@{}", host(count)?),
        Format::Hostname | Format::IdnHostname => host(count)?,
        Format::Uri
        | Format::Iri
        | Format::UriReference
        | Format::IriReference
        | Format::UriTemplate
        | Format::JsonPointer
        | Format::RelativeJsonPointer => {
            let more = of_length(count as u64)?;
            format!("{}{more}", sample(format)?)
        }
        Format::Date
        | Format::DateTime
        | Format::Time
        | Format::Duration
        | Format::Ipv4
        | Format::Ipv6
        | Format::Uuid
        | Format::Regex
        | Format::Other(_) => return None,
    };
    Some(text)
}

/// A name of a host that is at least so long.
fn host(count: usize) -> Option<String> {
    let part = "example.";
    let name = format!("{}com", part.repeat(count / part.len() + 1));
    (name.len() <= LONGEST_HOST).then_some(name)
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

/// Whether a text fits; a format that this module has no sample of is not looked at.
pub(super) fn fits(of: &StringType<'_>, text: &str) -> bool {
    within(of.length, text) && matches(of, text) && of.format.is_none_or(|format| has(format, text))
}

fn within(size: SizeBounds, text: &str) -> bool {
    let count = length(text);
    size.min.is_none_or(|min| count >= min) && size.max.is_none_or(|max| count <= max)
}

fn matches(of: &StringType<'_>, text: &str) -> bool {
    let mut patterns = of.patterns.iter();
    patterns.all(|pattern| is_match(pattern, text))
}

fn plain(length: SizeBounds) -> Option<String> {
    let least = length.min.unwrap_or(0);
    let count = (PLAIN.len() as u64)
        .max(least)
        .min(length.max.unwrap_or(u64::MAX));
    of_length(count)
}

/// `text`, cut or repeated.
fn of_length(count: u64) -> Option<String> {
    let count = usize::try_from(count)
        .ok()
        .filter(|_| count <= MAX_LENGTH)?;
    Some(PLAIN.chars().cycle().take(count).collect())
}

/// A text of this format.
fn sample(format: Format<'_>) -> Option<&'static str> {
    Some(match format {
        Format::DateTime => "2026-01-31T12:30:15.000Z",
        Format::Date => "2026-01-31",
        Format::Time => "12:30:15Z",
        Format::Duration => "P1DT2H",
        Format::Email | Format::IdnEmail => "someone@example.com",
        Format::Hostname | Format::IdnHostname => "example.com",
        Format::Ipv4 => "192.0.2.1",
        Format::Ipv6 => "2001:db8::1",
        Format::Uri | Format::Iri => "https://example.com/a?b=c",
        Format::UriReference | Format::IriReference => "/a?b=c",
        Format::UriTemplate => "/a/{b}",
        Format::Uuid => "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        Format::JsonPointer => "/a/0",
        Format::RelativeJsonPointer => "1/a",
        Format::Regex => "^a+$",
        Format::Other(_) => return None,
    })
}

/// A text that has a format and one that does not, where a regular expression tells.
pub(crate) fn texts_of_format(format: Format<'_>) -> [Option<&'static str>; 2] {
    let grammar = format.grammar();
    let is = |text: &str, has: bool| {
        let verdict = grammar.as_ref().map(|one| is_match(&one.pattern, text));
        verdict == Some(has)
    };
    [
        sample(format).filter(|text| is(text, true)),
        NO_FORMAT.into_iter().find(|text| is(text, false)),
    ]
}

/// Whether a text has this format, as far as its first look goes: an example by somebody else may be anything.
fn has(format: Format<'_>, text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_date = || {
        digits(0..4) && digits(5..7) && digits(8..10) && {
            let number =
                |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok());
            let marks = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
            let month: Option<u32> = number(5..7);
            let day: Option<u32> = number(8..10);
            let days = match month {
                Some(2) => 28,
                Some(4 | 6 | 9 | 11) => 30,
                Some(1..=12) => 31,
                Some(_) | None => 0,
            };
            marks && day.is_some_and(|day| (1..=days).contains(&day))
        }
    };
    match format {
        Format::Date => text.len() == 10 && is_date(),
        Format::DateTime => {
            is_date()
                && matches!(text.get(10..11), Some("T" | "t"))
                && [11..13, 14..16, 17..19].into_iter().all(digits)
                && (text.ends_with('Z') || text.contains('+'))
        }
        Format::Uuid => {
            text.len() == 36
                && text
                    .bytes()
                    .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        }
        Format::Email | Format::IdnEmail => text.contains('@'),
        Format::Uri | Format::Iri => text.contains(':'),
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::Time
        | Format::Duration
        | Format::Hostname
        | Format::IdnHostname
        | Format::UriReference
        | Format::IriReference
        | Format::UriTemplate
        | Format::JsonPointer
        | Format::RelativeJsonPointer
        | Format::Regex
        | Format::Other(_) => true,
    }
}
