//! What a reader says of a text, in words for those who wrote the text.

use crate::nearest::nearest;

/// What is wrong with settings, and the word that somebody may have meant.
pub(super) struct Said {
    pub what: String,
    pub meant: Option<String>,
}

impl Said {
    /// Takes a sentence of serde apart; one of another kind stays as it is.
    pub(super) fn new(sentence: &str) -> Self {
        if let Some(unknown) = unknown(sentence, "unknown field `", "is no key that belongs here")
            .or_else(|| {
                unknown(
                    sentence,
                    "unknown variant `",
                    "is no value that belongs here",
                )
            })
        {
            return unknown;
        }
        if let Some(number) = beyond(sentence) {
            let what = format!("the number {number} is beyond those that belong here");
            return Self { what, meant: None };
        }
        let told = sentence.strip_prefix("invalid type: ");
        let what = told
            .and_then(|told| told.rsplit_once(", expected "))
            .map(|(found, wanted)| format!("this is {}, not {}", kind(found), self::wanted(wanted)))
            .or_else(|| {
                let key = sentence.strip_prefix("missing field ")?;
                Some(format!("the key {key} is missing"))
            })
            .or_else(|| {
                let key = sentence.strip_prefix("duplicate field ")?;
                Some(format!("the key {key} is there twice"))
            });
        Self {
            what: what.unwrap_or_else(|| sentence.to_owned()),
            meant: None,
        }
    }
}

/// A word that is none of those that are known; they are all named where none is near.
fn unknown(sentence: &str, start: &str, what: &str) -> Option<Said> {
    let rest = sentence.strip_prefix(start)?;
    let (word, known) = match rest.rsplit_once("`, expected ") {
        Some((word, known)) => (word, known),
        None => (rest.rsplit_once("`, there are no ")?.0, ""),
    };
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let meant = nearest(word, known.iter().copied()).map(str::to_owned);
    let mut what = format!("`{word}` {what}");
    if meant.is_none() && !known.is_empty() {
        let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        what.push_str(&format!("; there are {}", known.join(", ")));
    }
    Some(Said { what, meant })
}

/// A number that the type of a setting does not hold.
fn beyond(sentence: &str) -> Option<&str> {
    let told = sentence.strip_prefix("invalid value: integer ")?;
    let (number, wanted) = told.rsplit_once(", expected ")?;
    is_number(wanted).then_some(number)
}

/// Whether a word is the name of a type of numbers.
fn is_number(word: &str) -> bool {
    let bits = word.strip_prefix(['u', 'i', 'f']);
    bits.is_some_and(|bits| bits == "size" || bits.parse::<u8>().is_ok())
}

/// What was found.
fn kind(found: &str) -> &str {
    let start = found.split(' ').next().unwrap_or_default();
    match start {
        "string" | "character" => "a text",
        "integer" | "floating" => "a number",
        "boolean" => "true or false",
        "null" | "unit" | "Option" => "null",
        "sequence" => "a list",
        "map" => "an object",
        _ => found,
    }
}

/// What is needed in its place.
fn wanted(wanted: &str) -> &str {
    match wanted {
        "a string" | "string" | "a borrowed string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        "unit" => "null",
        "string or map" => "one of a few texts",
        number if is_number(number) => "a number",
        structure if structure.starts_with("struct ") => "an object",
        choice if choice.starts_with("enum ") || choice.starts_with("variant ") => {
            "one of a few texts"
        }
        other => other,
    }
}

/// Why a text is no JSON, and a way out; `rest` is what stands where reading has ended.
pub(super) fn syntax<'r>(reason: &'r str, rest: &str) -> (&'r str, &'static str) {
    let help = "correct the text here; the parser stops at the first mistake";
    let what = match reason {
        _ if reason.contains("hex escape") => {
            return (
                "a text has half of a character here, a surrogate without its other half",
                "write a character beyond U+FFFF as itself, or as two escapes, such as `\\ud83d\\ude00`",
            );
        }
        _ if ["//", "/*", "#"].iter().any(|mark| rest.starts_with(mark)) => {
            return (
                "a comment is no part of it",
                "take the comments out; `$comment` and `description` hold what a schema says to people",
            );
        }
        "trailing characters" => {
            return (
                "the document has ended before, and a file holds one",
                "take out what follows; several documents, such as several samples, are several files",
            );
        }
        _ if rest.starts_with('\'') => "a text stands in quotation marks (`\"`), not in these",
        "expected ident" => {
            "a text stands in quotation marks, and a word without them is `true`, `false` or `null`"
        }
        "expected value" => {
            "here is no value: no object, list, text in quotation marks or number, and not `true`, `false` or `null`"
        }
        "EOF while parsing an object" => "it ends within an object",
        "EOF while parsing a list" => "it ends within a list",
        "EOF while parsing a string" => "it ends within a text",
        "EOF while parsing a value" => "it ends where a value is missing",
        "key must be a string" => "the key of an object is a text in quotation marks",
        "trailing comma" => "a comma stands before the end of the object or list",
        other => other,
    };
    (what, help)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Said, syntax};
    use crate::config::Config;

    fn said(text: &str) -> (String, Option<String>) {
        let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let error = Config::deserialize(&value).err();
        let said = Said::new(&error.map(|error| error.to_string()).unwrap_or_default());
        (said.what, said.meant)
    }

    #[test]
    fn no_word_of_rust_is_said() {
        for (text, what) in [
            (r#""x""#, "this is a text, not an object"),
            ("null", "this is null, not an object"),
            ("3", "this is a number, not an object"),
            (r#"{"schemas": "a"}"#, "this is a text, not a list"),
            (r#"{"schemas": [1.5]}"#, "this is a number, not a text"),
            (r#"{"out": {}}"#, "this is an object, not a text"),
            (r#"{"resolve": []}"#, "this is a list, not an object"),
            (r#"{"zip": 1}"#, "this is a number, not true or false"),
            (
                r#"{"flow": {"decimalPlaces": 300}}"#,
                "the number `300` is beyond those that belong here",
            ),
            (
                r#"{"flow": {"decimalPlaces": "x"}}"#,
                "this is a text, not a number",
            ),
            (
                r#"{"layout": 1}"#,
                "this is a number, not one of a few texts",
            ),
            (r#"{"services": [{}]}"#, "the key `document` is missing"),
        ] {
            assert_eq!(said(text), (what.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn a_slip_is_answered_with_what_is_meant_and_a_stranger_with_what_there_is() {
        let (what, meant) = said(r#"{"schemaz": []}"#);
        assert_eq!(what, "`schemaz` is no key that belongs here");
        assert_eq!(meant.as_deref(), Some("schemas"));
        let (what, meant) = said(r#"{"layout": "sfxd"}"#);
        assert_eq!(
            what,
            "`sfxd` is no value that belongs here; there are `plain`, `sfdx`, `mdapi`"
        );
        assert_eq!(meant, None);
        let (what, _) = said(r#"{"a`, expected `b": 1}"#);
        assert!(what.starts_with("`a`, expected `b` is no key"), "{what}");
    }

    #[test]
    fn what_is_no_json_is_said_in_words_of_json() {
        for text in [
            "nojson", "xyz", "{", "[1", "\"a", "{\"a\":", "{a: 1}", "[1,]",
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).err();
            let reason = error.map(|error| super::super::without_place(&error));
            let reason = reason.unwrap_or_default();
            assert_ne!(syntax(&reason, "").0, reason, "{text}");
        }
    }

    #[test]
    fn what_other_languages_allow_has_a_way_out_of_its_own() {
        for (rest, said) in [
            ("// the order", "comment"),
            ("/* the order */", "comment"),
            ("# the order", "comment"),
            ("'id': 1", "quotation marks"),
        ] {
            let (what, _) = syntax("expected value", rest);
            assert!(what.contains(said), "{rest}: {what}");
        }
    }
}
