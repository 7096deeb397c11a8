//! The formats that Apex can check, with regular expressions.

use super::code::{Doc, text};
use super::pattern;
use super::text::literal;
use crate::ir::Format;

/// The check of a format; none where no regular expression comes near it.
pub(crate) fn check(format: Format<'_>) -> Option<(&'static str, Vec<Doc>)> {
    let java = pattern::java(&format.grammar()?.pattern)?;
    let arguments = [format.as_str(), &java].map(|one| text(literal(one)));
    Some(("format", arguments.to_vec()))
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
