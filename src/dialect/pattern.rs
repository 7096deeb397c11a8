//! Whether a pattern is a regular expression of ECMA-262.

use std::borrow::Cow;

use regress::{Flags, backends};
use serde_json::Value;

use super::index::Context;
use super::reader::Reader;
use super::values::{self, Unfit};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::schema::SchemaId;
use crate::schema::location::{LocationId, Segment};

impl<'s> Reader<'s, '_> {
    /// The value of `pattern`; none, with a diagnostic, if it is no regular expression.
    pub(super) fn read_pattern(
        &mut self,
        value: &'s Value,
        word: &'s str,
        context: Context<'s>,
    ) -> Result<Option<&'s str>, Unfit> {
        let pattern = values::text(value)?;
        let place = self
            .graph
            .locations
            .child(context.location, Segment::Key(word));
        Ok(self.checked(pattern, place, Use::Texts).then_some(pattern))
    }

    /// The value of `patternProperties` without the patterns that are no regular expressions.
    pub(super) fn read_patterns(
        &mut self,
        value: &'s Value,
        word: &'s str,
        context: Context<'s>,
    ) -> Result<Vec<(&'s str, SchemaId)>, Unfit> {
        let mut patterns = self.named(value, context)?;
        let list = self
            .graph
            .locations
            .child(context.location, Segment::Key(word));
        patterns.retain(|(pattern, _)| {
            let place = self.graph.locations.child(list, Segment::Key(pattern));
            self.checked(pattern, place, Use::Names)
        });
        Ok(patterns)
    }

    fn checked(&mut self, pattern: &str, place: LocationId, use_of: Use) -> bool {
        if let Some(diagnostic) = too_many(pattern, use_of) {
            self.doubt();
            self.diagnostics
                .push(diagnostic.at_location(&self.graph.locations, place));
            return false;
        }
        let Err(reason) = check(pattern) else {
            return true;
        };
        self.doubt();
        self.diagnostics.push(
            Diagnostic::new(
                Code::InvalidPattern,
                format!("`{pattern}` is not a regular expression of ECMA-262: {reason}"),
            )
            .severity(self.index.invalid)
            .at_location(&self.graph.locations, place)
            .help(advice(pattern)),
        );
        false
    }
}

/// Those who read patterns go a step deeper for each alternative, in a build without optimisation by a kilobyte or more.
const MOST_ALTERNATIVES: usize = 1_000;

/// What a pattern is for.
#[derive(Clone, Copy)]
enum Use {
    /// Says which texts are valid.
    Texts,
    /// Says which properties a schema is about.
    Names,
}

/// What is said of a pattern that is too long to be read. Texts can all be allowed, while without a pattern for names nobody
/// knows what is asked of a property.
fn too_many(pattern: &str, use_of: Use) -> Option<Diagnostic> {
    let alternatives = pattern.matches('|').count() + 1;
    if alternatives <= MOST_ALTERNATIVES {
        return None;
    }
    let (severity, effect) = match use_of {
        Use::Texts => (Severity::Warning, ", so that every text is allowed"),
        Use::Names => (Severity::Error, ""),
    };
    let message = format!(
        "the pattern has {alternatives} alternatives, and no more than {MOST_ALTERNATIVES} are read{effect}"
    );
    let diagnostic = Diagnostic::new(Code::Limit, message)
        .severity(severity)
        .help(match use_of {
            Use::Texts => "list the texts with `enum`, or give several patterns with `anyOf`",
            Use::Names => "list the names in `properties`, or make several patterns of it",
        });
    Some(diagnostic)
}

/// Unicode is what JSON Schema asks for; what is only right without it is what people have always been able to write.
fn check(pattern: &str) -> Result<(), String> {
    let parse = |unicode: bool| {
        let flags = Flags {
            unicode,
            ..Flags::default()
        };
        backends::try_parse(pattern.chars().map(u32::from), flags).map(|_| ())
    };
    parse(true)
        .or_else(|_| parse(false))
        .map_err(|error| error.to_string())
}

fn advice(pattern: &str) -> Cow<'static, str> {
    for (foreign, meant) in [
        (
            "(?i)",
            "spell both cases out, such as `[aA]`: a pattern has no flags",
        ),
        ("(?P<", "write `(?<name>…)` for a named group"),
        ("\\A", "write `^` for the start of the text"),
        ("\\Z", "write `$` for the end of the text"),
        ("[[:", "write the class out, such as `[0-9]` or `\\p{L}`"),
    ] {
        if pattern.contains(foreign) {
            return meant.into();
        }
    }
    "correct it, or remove it: without one, every text is allowed".into()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn patterns_are_those_of_ecma_262_with_or_without_unicode() {
        for valid in [
            "^a+$",
            "\\p{Letter}",
            "[\\w-]+",
            "\\-",
            "(?<year>\\d{4})",
            "^[^]$",
            "(?=a)(?!b)",
        ] {
            assert_eq!(check(valid), Ok(()), "{valid}");
        }
        for invalid in ["(", "[a", "(?i)a", "*a", "a{2,1}"] {
            assert!(check(invalid).is_err(), "{invalid}");
        }
        assert!(check(&"(".repeat(100_000)).is_err());
    }
}
