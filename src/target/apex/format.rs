//! The formats that Apex can check, with regular expressions.
//!
//! Some of these expressions are long, and one format may be asked of many texts: the class that codecs share holds
//! each of them once, and who checks a text says the name.

use std::collections::BTreeMap;

use super::code::{Doc, field, literal_of, text};
use super::pattern;
use super::text::literal;
use crate::ir::check::Rule;
use crate::ir::{Checks, Format};

/// The check of a format; none where no regular expression comes near it.
pub(crate) fn check(format: Format<'_>) -> Option<(&'static str, Vec<Doc>)> {
    java(format)?;
    Some(("format", vec![text(literal(format.as_str()))]))
}

fn java(format: Format<'_>) -> Option<String> {
    pattern::java(&format.grammar()?.pattern)
}

/// The formats that schemas ask for and Apex can check, by name, with the regular expression of each.
pub(crate) fn asked<'s>(checks: &Checks<'s>) -> BTreeMap<&'s str, (Format<'s>, String)> {
    let rules = checks.list.iter().flat_map(|check| &check.rules);
    let formats = rules.filter_map(|rule| match rule {
        Rule::Format(format) => Some(*format),
        _ => None,
    });
    let distinct: BTreeMap<&str, Format<'_>> = formats.map(|one| (one.as_str(), one)).collect();
    let known = distinct.into_iter();
    known
        .filter_map(|(name, format)| Some((name, (format, java(format)?))))
        .collect()
}

/// The field with these regular expressions; none without any.
pub(crate) fn field_of(checks: &Checks<'_>) -> Option<String> {
    let entries = asked(checks).into_iter();
    let entries: Vec<Doc> = entries
        .map(|(name, (_, java))| text(format!("{} => {}", literal(name), literal(&java))))
        .collect();
    let head = "private static final Map<String, String> FORMATS";
    (!entries.is_empty())
        .then(|| field(head, literal_of("Map<String, String>", entries), Vec::new()))
}

/// Whether that check lets nothing else pass.
pub(crate) fn is_exact(format: Format<'_>) -> bool {
    let grammar = format.grammar();
    grammar.is_some_and(|one| one.is_exact && pattern::java(&one.pattern).is_some())
}

#[cfg(test)]
mod tests {
    use super::{check, is_exact};
    use crate::ir::Format;

    #[test]
    fn each_pattern_can_be_translated() {
        for name in [
            "date",
            "duration",
            "email",
            "ipv4",
            "ipv6",
            "uri",
            "uri-reference",
            "uuid",
        ] {
            assert!(is_exact(Format::new(name)), "{name}");
        }
        for name in ["json-pointer", "relative-json-pointer"] {
            assert!(is_exact(Format::new(name)), "{name}");
        }
        for name in ["time", "date-time", "hostname"] {
            let format = Format::new(name);
            assert!(check(format).is_some() && !is_exact(format), "{name}");
        }
        assert!(check(Format::new("regex")).is_none());
    }
}
