//! Candidates for a name: what Apex allows, closest to the schema's own letters first.
//!
//! The scheme:
//! - A field keeps the property's name if Apex allows it.
//! - What Apex does not allow separates words, which are joined as in `applicationJson` for `application/json`;
//!   `__` becomes `_`; `_` at the start and the end goes. The first letter keeps its case (`OwnerAlias` for `Owner.Alias`,
//!   `LimitValue` for `Limit`).
//! - A reserved word gets the suffix `Value` (field), `_VALUE` (constant) or `Data` (class).
//! - A name that would start with a digit gets the same word as a prefix.
//! - A name that is too long keeps its first and its last words and, where two names then are the same or there is no
//!   word to keep, four hexadecimal digits made of all of it.
//! - Of two names that differ by nothing else, the second one spells its punctuation (`atType` for `@type`) or,
//!   where that does not help, gets a number.

use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToUpperCamelCase};

use super::reserved::{ClassNames, is_reserved};
use crate::naming::{Symbols, ascii};

/// Apex allows 255 letters in the name of a field; four are left for its `_set` twin.
pub(crate) const MAX_FIELD: usize = 251;
/// No limit of Apex, but of patience.
pub(crate) const MAX_CONSTANT: usize = 80;

/// Names to try in this order; after the last one comes a number. Empty where there is nothing to name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidates {
    /// The names.
    pub names: Vec<String>,
    /// Whether the first one is what the schema says, letter for letter.
    pub is_exact: bool,
}

impl Candidates {
    /// One name, as it stands.
    pub(crate) fn exact(name: impl Into<String>) -> Self {
        Self {
            names: vec![name.into()],
            is_exact: true,
        }
    }
}

/// Whether a property's name is the name of its field.
pub(crate) fn is_legal_field(name: &str) -> bool {
    member_problem(name, MAX_FIELD).is_none()
}

/// Why a class cannot have a name of at most `max` letters, if it cannot.
pub(crate) fn class_problem(name: &str, taken: &ClassNames, max: usize) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if !is_identifier(name) {
        return Some(IDENTIFIER.to_owned());
    }
    if name.len() > max {
        return Some(format!(
            "it is longer than {max} characters, with which there is room for the classes beside it"
        ));
    }
    if lower.ends_with("exception") {
        return Some("only exceptions may end in `Exception`".to_owned());
    }
    taken
        .contains(name)
        .then(|| "it is a reserved word, or a type or an object of the platform".to_owned())
}

/// Why a field or a constant cannot have a name, if it cannot.
pub(crate) fn member_problem(name: &str, max: usize) -> Option<&'static str> {
    if !is_identifier(name) {
        return Some(IDENTIFIER);
    }
    if name.len() > max {
        return Some("it is too long");
    }
    is_reserved(name).then_some("it is a reserved word")
}

const IDENTIFIER: &str =
    "it takes ASCII letters, digits and single `_`, a letter first and no `_` at the end";

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.contains("__")
        && !name.ends_with('_')
}

/// Names for a field that holds the property `wire`.
pub(crate) fn field(wire: &str) -> Candidates {
    if is_legal_field(wire) {
        return Candidates::exact(wire);
    }
    candidates(wire, MAX_FIELD, |words| {
        let mut name = join_field(words);
        if name.is_empty() {
            name.push_str("empty");
        }
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert_str(0, "value");
        }
        if is_reserved(&name) {
            name.push_str("Value");
        }
        name
    })
}

/// Names for a field that no property names, from a phrase.
pub(crate) fn synthetic_field(phrase: &str) -> Candidates {
    field(&ascii(phrase, Symbols::Separate).to_lower_camel_case())
}

/// Names for the constant that holds the text `wire`.
pub(crate) fn constant(wire: &str) -> Candidates {
    candidates(wire, MAX_CONSTANT, |words| {
        let mut name = words.to_shouty_snake_case();
        if name.is_empty() {
            name.push_str("EMPTY");
        }
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert_str(0, "VALUE_");
        }
        // The set of all values is called `ALL`.
        if is_reserved(&name) || name == "ALL" {
            name.push_str("_VALUE");
        }
        name
    })
}

/// Names of at most `max` letters for the class of a type, from its phrase; `file` tells apart what two documents
/// call the same.
pub(crate) fn class(
    phrase: &str,
    file: Option<&str>,
    prefix: &str,
    taken: &ClassNames,
    max: usize,
) -> Candidates {
    let one = |text: &str| {
        candidates(text, max, |words| {
            let mut name = words.to_upper_camel_case();
            if name.is_empty() {
                name.push_str("Data");
            }
            if prefix.is_empty() && name.starts_with(|first: char| first.is_ascii_digit()) {
                name.insert_str(0, "Data");
            }
            name.insert_str(0, prefix);
            name[..1].make_ascii_uppercase();
            if taken.contains(&name) {
                name.push_str("Data");
            }
            name
        })
    };
    let mut all = one(phrase);
    if let Some(file) = file {
        all.names.extend(one(&format!("{file} {phrase}")).names);
    }
    // Shortening can end in a word that is taken.
    all.names.retain(|name| !taken.contains(name));
    if all.names.is_empty() {
        all.names.push(format!("{prefix}Data"));
    }
    all
}

/// The name without punctuation and the one with it, if there is a difference; or, if the first is longer than
/// `max` letters, what can be made of it.
fn candidates(text: &str, max: usize, make: impl Fn(&str) -> String) -> Candidates {
    let plain = make(&ascii(text, Symbols::Separate));
    let spelled = make(&ascii(text, Symbols::Spell));
    let is_spelled = plain.len() <= max && spelled != plain;
    let mut names = fit(plain, max, text);
    if is_spelled {
        names.extend(fit(spelled, max, text));
    }
    Candidates {
        names,
        is_exact: false,
    }
}

/// Joins words as in `applicationJson`, each in the letters it has; `_` inside a word stays.
fn join_field(words: &str) -> String {
    let mut name = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let parts = word.split('_').filter(|part| !part.is_empty());
        for (index, part) in parts.enumerate() {
            if name.is_empty() {
                name.push_str(part);
            } else if index > 0 {
                name.push('_');
                name.push_str(part);
            } else {
                let (first, rest) = part.split_at(1);
                name.push_str(&first.to_ascii_uppercase());
                name.push_str(rest);
            }
        }
    }
    name
}

/// `name` within `max` letters, best first: whole words from its start and its end, and the same with four digits
/// that depend on all of `source`.
fn fit(name: String, max: usize, source: &str) -> Vec<String> {
    if name.len() <= max {
        return vec![name];
    }
    let bytes = name.as_bytes();
    let starts: Vec<usize> = (1..bytes.len())
        .filter(|&at| {
            let (before, here) = (bytes[at - 1], bytes[at]);
            before == b'_' || (here.is_ascii_uppercase() && !before.is_ascii_uppercase())
        })
        .collect();
    // The last words say most about what the type is: up to half of the room is theirs.
    let cut = |room: usize| {
        let ends = starts.iter().copied();
        let tail = ends
            .clone()
            .find(|&start| name.len() - start <= room / 2)
            .unwrap_or(name.len());
        let room = room - (name.len() - tail);
        let head = ends.rev().find(|&start| start <= room && start > room / 2);
        (head, room, &name[tail..])
    };
    let mut names = Vec::new();
    if let (Some(head), _, tail) = cut(max)
        && !tail.is_empty()
    {
        names.push(format!("{}{tail}", &name[..head]));
    }
    let mark = format!("{:04X}", fnv1a(source) & 0xffff);
    let (head, room, tail) = cut(max - mark.len());
    names.push(format!("{}{tail}{mark}", &name[..head.unwrap_or(room)]));
    names
}

/// FNV-1a, 32 bits: the same on every machine, which the standard library does not promise of its own hash.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::{class, constant, field, is_legal_field};
    use crate::target::apex::reserved::ClassNames;

    #[test]
    fn fields_keep_what_apex_allows() {
        for (wire, name) in [
            ("sessionId", "sessionId"),
            ("created_at", "created_at"),
            ("type", "type"),
            ("end", "endValue"),
            ("Default", "DefaultValue"),
            ("X__c", "X_c"),
            ("$ref", "ref"),
            ("_links", "links"),
            ("application/json", "applicationJson"),
            ("Owner.Alias", "OwnerAlias"),
            ("x-rate_limit", "xRate_limit"),
            ("_in_", "inValue"),
            ("200", "value200"),
            ("+1", "plus1"),
            ("-1", "minus1"),
            ("<=", "lessEqual"),
            ("名前", "x540dx524d"),
            ("", "empty"),
            (" ", "space"),
        ] {
            assert_eq!(field(wire).names[0], name, "{wire}");
            assert!(is_legal_field(&field(wire).names[0]), "{wire}");
        }
        assert_eq!(field("@type").names, ["type", "atType"]);
    }

    #[test]
    fn constants_are_upper_case() {
        for (wire, name) in [
            ("UserRequest", "USER_REQUEST"),
            ("in-progress", "IN_PROGRESS"),
            ("new", "NEW_VALUE"),
            ("all", "ALL_VALUE"),
            ("404", "VALUE_404"),
            ("", "EMPTY"),
            (">", "GREATER"),
        ] {
            assert_eq!(constant(wire).names[0], name, "{wire}");
        }
    }

    #[test]
    fn classes_hide_nothing_and_fit() {
        let taken = ClassNames::new();
        let name = |phrase, prefix| class(phrase, None, prefix, &taken, 36).names.swap_remove(0);
        assert_eq!(name("Einstein Bot Session", ""), "EinsteinBotSession");
        assert_eq!(name("Error", ""), "ErrorData");
        assert_eq!(name("Error", "Agf"), "AgfError");
        assert_eq!(name("not found exception", ""), "NotFoundExceptionData");
        assert_eq!(name("2xx", ""), "Data2xx");
        assert_eq!(name("", ""), "Data");
        let long = "Start Session Request streaming capabilities chunk type";
        assert_eq!(
            class(long, None, "", &taken, 36).names,
            [
                "StartSessionRequestChunkType",
                "StartSessionRequestChunkType36B7"
            ]
        );
        let endless = name(&"a".repeat(1000), "Agf");
        assert_eq!(endless.len(), 36);
    }
}
