//! Whether a change narrows what is valid is proved, however it is said.

use serde_json::Value;

use super::{changes, property};

/// Schemas before and now, with a value that was valid and is so no more; what is told of that.
const NARROWER: [(&str, &str, &str, &[&str]); 17] = [
    // A union that was an alternative of another one, and one of its alternatives asks for more.
    (
        r#"{"anyOf": [{"anyOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}]}, {"type": "null"}]}"#,
        r#"{"anyOf": [{"type": "string", "maxLength": 4}, {"type": "integer"}, {"type": "null"}]}"#,
        r#""abcde""#,
        &["anyOf changed wider", "/anyOf/0maxLength changed narrower"],
    ),
    (
        r#"{"anyOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}, {"type": "null"}]}"#,
        r#"{"anyOf": [{"type": "null"}, {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "maxLength": 5}]}]}"#,
        "0",
        &["anyOf changed narrower"],
    ),
    // One more in front of one that asks for more.
    (
        r#"{"anyOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}]}"#,
        r#"{"anyOf": [{"type": "boolean"}, {"type": "string", "maxLength": 4}, {"type": "integer"}]}"#,
        r#""abcde""#,
        &["anyOf changed wider", "/anyOf/1maxLength changed narrower"],
    ),
    // Another alternative may speak of other properties, but not be meant.
    (
        r#"{"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1}}}, {"type": "array"}]}"#,
        r#"{"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 2}}}, {"type": "array"}, {"type": "object", "properties": {"b": {"type": "string"}}}]}"#,
        r#"{"a": 1, "b": 2}"#,
        &[
            "anyOf changed wider",
            "/anyOf/0/properties/aminimum changed narrower",
        ],
    ),
    // One too many fits.
    (
        r#"{"oneOf": [{"type": "string", "maxLength": 2}, {"type": "string", "minLength": 4}]}"#,
        r#"{"oneOf": [{"type": "string", "minLength": 4}, {"type": "string", "maxLength": 4}]}"#,
        r#""abcd""#,
        &[
            "/oneOf/0maxLength removed narrower",
            "/oneOf/0minLength added narrower",
            "/oneOf/1maxLength added narrower",
            "/oneOf/1minLength removed narrower",
        ],
    ),
    // What is asked for less below `not` refuses more.
    (
        r#"{"not": {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}}"#,
        r#"{"not": {"type": "object", "required": ["a"]}}"#,
        r#"{"a": 2}"#,
        &["not changed narrower"],
    ),
    (
        r#"{"not": {"type": "array", "items": {"type": "string"}}}"#,
        r#"{"not": {"type": "array"}}"#,
        "[1]",
        &["/notitems removed narrower"],
    ),
    (
        r#"{"not": {"not": {"type": "array"}}}"#,
        r#"{"not": {"not": {"type": "array", "prefixItems": [{"type": "string"}]}}}"#,
        "[1]",
        &["not changed narrower"],
    ),
    (
        r#"{"not": {"allOf": [{"minimum": 1}, {"maximum": 5}]}}"#,
        r#"{"not": {"allOf": [{"minimum": 1}]}}"#,
        "6",
        &["/notmaximum removed narrower"],
    ),
    (
        r#"{"not": {"anyOf": [{"type": "string"}]}}"#,
        r#"{"not": {"anyOf": [{"type": "string"}, {"type": "null"}]}}"#,
        "null",
        &["/notanyOf changed narrower"],
    ),
    // What decides is true more often.
    (
        r#"{"type": "object", "if": {"required": ["a"], "properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}"#,
        r#"{"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}}"#,
        r#"{"a": 2}"#,
        &["if changed narrower"],
    ),
    // More elements are counted.
    (
        r#"{"type": "array", "maxContains": 1, "contains": {"type": "object", "required": ["k"], "properties": {"k": {"const": 1}}}}"#,
        r#"{"type": "array", "maxContains": 1, "contains": {"type": "object", "required": ["k"]}}"#,
        r#"[{"k": 1}, {"k": 2}]"#,
        &["contains changed narrower"],
    ),
    // Fewer are.
    (
        r#"{"type": "array", "contains": {"type": "object", "required": ["k"]}}"#,
        r#"{"type": "array", "contains": {"type": "object", "required": ["k"], "properties": {"k": {"const": 1}}}}"#,
        r#"[{"k": 2}]"#,
        &["/contains/properties/kenum changed narrower"],
    ),
    (
        r#"{"type": "object", "propertyNames": {"anyOf": [{"maxLength": 3}, {"minLength": 6}]}}"#,
        r#"{"type": "object", "propertyNames": {"anyOf": [{"minLength": 6}, {"maxLength": 2}]}}"#,
        r#"{"abc": 1}"#,
        &[
            "/propertyNames/anyOf/0maxLength removed wider",
            "/propertyNames/anyOf/0minLength added narrower",
            "/propertyNames/anyOf/1maxLength added narrower",
            "/propertyNames/anyOf/1minLength removed wider",
        ],
    ),
    (
        r#"{"type": "object", "dependentSchemas": {"a": {"properties": {"c": {"type": "integer"}}}}}"#,
        r#"{"type": "object", "dependentSchemas": {"a": {"properties": {"b": {"type": "integer"}, "c": {"type": "integer"}}}}}"#,
        r#"{"a": 1, "b": "x"}"#,
        &["/dependentSchemas/a/properties/btype changed narrower"],
    ),
    // A part that nothing looks at any more.
    (
        r#"{"type": "object", "allOf": [{"properties": {"a": {}, "b": {}}}], "unevaluatedProperties": {"type": "integer"}}"#,
        r#"{"type": "object", "allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": {"type": "integer"}}"#,
        r#"{"b": "x"}"#,
        &["unevaluatedProperties changed narrower"],
    ),
    (
        r#"{"type": "array", "prefixItems": [{}, {}], "unevaluatedItems": false}"#,
        r#"{"type": "array", "prefixItems": [{}], "unevaluatedItems": false}"#,
        "[1, 2]",
        &["unevaluatedItems changed narrower"],
    ),
];

#[test]
fn what_is_not_proved_to_be_valid_yet_is_told() {
    for (old, new, value, wanted) in NARROWER {
        let wanted: Vec<String> = wanted
            .iter()
            .map(|one| format!("a#/properties/x{one}"))
            .collect();
        assert_eq!(
            changes(&property(old), &property(new)),
            wanted,
            "{old} {new}"
        );
        let value: Value = serde_json::from_str(value).unwrap();
        let accepts = |schema: &str| {
            let schema: Value = serde_json::from_str(schema).unwrap();
            jsonschema::is_valid(&schema, &value)
        };
        assert!(accepts(old) && !accepts(new), "{old} {new} {value}");
    }
}

/// Schemas that accept the same values.
const EQUAL: [(&str, &str); 14] = [
    (
        r#"{"anyOf": [{"oneOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}]}, {"type": "null"}]}"#,
        r#"{"type": ["string", "integer", "null"], "maxLength": 5}"#,
    ),
    (
        r#"{"anyOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "type": "object"}, {"type": "null"}]}"#,
        r#"{"type": ["object", "null"], "if": {"required": ["a"]}, "then": {"required": ["b"]}}"#,
    ),
    (
        r#"{"anyOf": [{"type": "array", "contains": {"minimum": 3}, "maxContains": 1}, {"type": "null"}]}"#,
        r#"{"oneOf": [{"type": "null"}, {"type": "array", "contains": {"minimum": 3}, "maxContains": 1}]}"#,
    ),
    (
        r#"{"oneOf": [{"type": "array"}, {"type": "object"}]}"#,
        r#"{"oneOf": [{"type": "object"}, {"type": "array"}]}"#,
    ),
    (
        r#"{"anyOf": [{"const": "a"}, {"enum": ["b", 3]}]}"#,
        r#"{"enum": ["a", "b", 3]}"#,
    ),
    (
        r#"{"not": {"anyOf": [{"type": "string"}, {"type": "null"}]}}"#,
        r#"{"allOf": [{"not": {"type": "null"}}, {"not": {"type": "string"}}]}"#,
    ),
    (
        r#"{"type": ["string", "integer"], "not": {"type": "string"}}"#,
        r#"{"type": "integer"}"#,
    ),
    (
        r#"{"if": {"type": "string"}, "then": {"maxLength": 3}, "else": {"type": "integer"}}"#,
        r#"{"type": ["string", "integer"], "maxLength": 3}"#,
    ),
    (
        r#"{"type": "object", "properties": {"a": {"allOf": [{"minimum": 1}, {"maximum": 3}]}}}"#,
        r#"{"type": "object", "properties": {"a": {"minimum": 1, "maximum": 3}}}"#,
    ),
    (
        r#"{"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "string"}}"#,
        r#"{"type": "array", "items": {"type": "string"}}"#,
    ),
    (
        r#"{"type": "object", "propertyNames": {"anyOf": [{"maxLength": 3}]}}"#,
        r#"{"type": "object", "propertyNames": {"maxLength": 3}}"#,
    ),
    (
        r#"{"oneOf": [{"type": "string", "maxLength": 2}, {"type": "string", "minLength": 4}]}"#,
        r#"{"oneOf": [{"type": "string", "minLength": 4}, {"allOf": [{"type": "string", "maxLength": 2}]}]}"#,
    ),
    // All parts of a value are smaller than it is.
    (
        r##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#/$defs/n"}, {"type": "null"}]}}}}}"##,
        r##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"next": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/n"}]}}}}}"##,
    ),
    (
        r#"{"type": "object", "additionalProperties": false, "properties": {"a": {}}}"#,
        r#"{"type": "object", "additionalProperties": {"type": "integer", "not": {}}, "properties": {"a": {}}}"#,
    ),
];

#[test]
fn what_is_said_in_other_words_breaks_no_rule() {
    for (one, other) in EQUAL {
        for (old, new) in [(one, other), (other, one)] {
            let property = |schema: &str| match schema.contains("$defs") {
                true => schema.to_owned(),
                false => property(schema),
            };
            let found = changes(&property(old), &property(new));
            let narrower: Vec<_> = found.iter().filter(|one| !one.ends_with("wider")).collect();
            assert!(narrower.is_empty(), "{old} {new} {found:?}");
        }
    }
}

#[test]
fn what_the_schema_around_takes_back_breaks_nothing() {
    for (old, new) in [
        (r#"{"not": {"minimum": 1}}"#, r#"{"not": {"minimum": 2}}"#),
        (
            r#"{"not": {"type": "object", "required": ["a"]}}"#,
            r#"{"not": {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}}"#,
        ),
        (
            r#"{"type": "array", "contains": {"minimum": 1}, "maxContains": 1}"#,
            r#"{"type": "array", "contains": {"minimum": 2}, "maxContains": 1, "minContains": 0}"#,
        ),
        (
            r#"{"allOf": [{"minimum": 3}, {"maximum": 9}]}"#,
            r#"{"allOf": [{"maximum": 9}, {"minimum": 2}]}"#,
        ),
        (
            r#"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
            r#"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}, "propertyNames": {"minLength": 0}}"#,
        ),
    ] {
        let found = changes(&property(old), &property(new));
        let narrower: Vec<_> = found.iter().filter(|one| !one.ends_with("wider")).collect();
        assert!(narrower.is_empty(), "{old} {new} {found:?}");
    }
}

#[test]
fn alternatives_that_only_their_numbers_tell_are_read_in_their_order() {
    let (one, other) = (
        r#"{"type": "string", "maxLength": 5}"#,
        r#"{"type": "string", "minLength": 3}"#,
    );
    let any = |all: &[&str]| property(&format!(r#"{{"anyOf": [{}]}}"#, all.join(", ")));
    let nest = |all: &[&str]| {
        property(&format!(
            r#"{{"anyOf": [{{"anyOf": [{}]}}, {{"type": "null"}}]}}"#,
            all.join(", ")
        ))
    };
    let otherwise = "a#/properties/xanyOf changed otherwise";
    let wider = "a#/properties/xanyOf changed wider";
    let (number, null) = (r#"{"type": "number"}"#, r#"{"type": "null"}"#);
    let text = r#"{"type": "string", "pattern": "^b"}"#;
    for (old, new, wanted) in [
        (any(&[one, other]), any(&[other, one]), &[otherwise][..]),
        (any(&[one, number]), any(&[number, one]), &[]),
        // One that is new takes only what it may fit.
        (any(&[one, other]), any(&[one, other, text]), &[wider]),
        (
            any(&[one, other]),
            any(&[text, one, other]),
            &[wider, otherwise],
        ),
        (any(&[one, other]), any(&[number, one, other]), &[wider]),
        (nest(&[one, other]), any(&[one, other, null]), &[]),
        (nest(&[one, other]), any(&[null, other, one]), &[otherwise]),
    ] {
        let found = changes(&old, &new);
        let told: Vec<_> = found
            .iter()
            .filter(|told| wanted.contains(&told.as_str()))
            .collect();
        assert_eq!(told.len(), wanted.len(), "{old} {new} {found:?}");
        let breaks = found.iter().filter(|told| !told.ends_with("wider"));
        let is_wanted = |told: &&String| wanted.contains(&told.as_str());
        assert_eq!(
            breaks.clone().count(),
            breaks.filter(is_wanted).count(),
            "{found:?}"
        );
    }
}
