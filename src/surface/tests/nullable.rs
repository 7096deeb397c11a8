//! Unions with null are compared with lists of types.

use super::{changes, property};

#[test]
fn a_union_with_null_asks_what_a_list_of_types_does() {
    let text = r#"{"type": "string", "minLength": 3}"#;
    let object = |most: u32| {
        format!(
            r#"{{"type": "object", "required": ["a"], "properties": {{"a": {{"type": "string", "maxLength": {most}}}}}}}"#
        )
    };
    let any = |one: &str| property(&format!(r#"{{"anyOf": [{one}, {{"type": "null"}}]}}"#));
    let any_turned = |one: &str| property(&format!(r#"{{"anyOf": [{{"const": null}}, {one}]}}"#));
    let one_of = |one: &str| property(&format!(r#"{{"oneOf": [{one}, {{"enum": [null]}}]}}"#));
    let forms: [&dyn Fn(&str) -> String; 3] = [&any, &any_turned, &one_of];
    let or_null = |one: &str| one.replace(r#""type": "string""#, r#""type": ["string", "null"]"#);
    let list = property(&or_null(text));
    let object_list = property(&object(5).replace(r#""object""#, r#"["object", "null"]"#));
    for form in forms {
        for (old, new, wanted) in [
            (list.clone(), form(text), &[][..]),
            (form(text), list.clone(), &[]),
            (
                property(r#"{"type": ["string", "null"], "enum": ["a", "b", null]}"#),
                form(r#"{"type": "string", "enum": ["a", "b"]}"#),
                &[],
            ),
            // Null is a type, and not among the values.
            (
                form(r#"{"type": "string", "enum": ["a", "b"]}"#),
                property(r#"{"type": ["string", "null"], "enum": ["a", "b"]}"#),
                &["enum removed narrower"],
            ),
            (
                list.clone(),
                form(&text.replace('3', "4")),
                &["minLength changed narrower"],
            ),
            (
                form(text),
                list.replace('3', "2"),
                &["minLength changed wider"],
            ),
            (form(text), property(text), &["type removed narrower"]),
            (property(text), form(text), &["type added wider"]),
            (
                list.clone(),
                form(r#"{"type": "integer"}"#),
                &[
                    "minLength removed wider",
                    "type removed narrower",
                    "type added wider",
                ],
            ),
            // What is asked of the same part.
            (object_list.clone(), form(&object(5)), &[]),
            (form(&object(5)), object_list.clone(), &[]),
            (
                form(&object(6)),
                object_list.clone(),
                &["/properties/amaxLength changed narrower"],
            ),
        ] {
            let wanted: Vec<String> = wanted
                .iter()
                .map(|one| format!("a#/properties/x{one}"))
                .collect();
            assert_eq!(changes(&old, &new), wanted, "{old} {new}");
        }
        // Another form, and other alternatives inside.
        for other in forms {
            assert_eq!(changes(&form(text), &other(text)), [""; 0]);
            assert_eq!(changes(&form(&object(5)), &other(&object(6))).len(), 1);
            let found = changes(&form(&object(6)), &other(&object(5)));
            assert_eq!(found.len(), 1);
            assert!(found[0].ends_with("maxLength changed narrower"));
        }
    }
}

#[test]
fn a_reference_that_may_be_null_is_compared_with_what_it_refers_to() {
    let with = |x: &str| {
        format!(
            r##"{{"type": "object", "properties": {{"x": {x}, "y": {{"$ref": "#/$defs/d"}}}}, "$defs": {{"d": {{"type": "string", "minLength": 3}}}}}}"##
        )
    };
    let reference = r##"{"$ref": "#/$defs/d"}"##;
    let any = with(&format!(
        r#"{{"anyOf": [{reference}, {{"type": "null"}}]}}"#
    ));
    let list = with(r#"{"type": ["string", "null"], "minLength": 3}"#);
    assert_eq!(changes(&any, &list), [""; 0]);
    assert_eq!(changes(&list, &any), [""; 0]);
    let x = "a#/properties/x";
    assert_eq!(
        changes(&any, &with(reference)),
        [format!("{x}type removed narrower")]
    );
    assert_eq!(
        changes(&any.replace('3', "2"), &list),
        [
            "a#/$defs/dminLength changed narrower".to_owned(),
            format!("{x}minLength changed narrower")
        ]
    );
}

#[test]
fn a_union_with_null_that_no_list_of_types_says_is_a_union() {
    let list = property(r#"{"type": ["string", "null"]}"#);
    for new in [
        // Null passes the one and not the other.
        r#"{"type": ["string", "null"], "not": {"maxLength": 2}}"#,
        // Null fits both.
        r#"{"oneOf": [{"type": ["string", "null"]}, {"type": "null"}]}"#,
        r#"{"oneOf": [{"minLength": 1}, {"type": "null"}]}"#,
        // The other rules hold for null too.
        r#"{"anyOf": [{"type": "string"}, {"type": "null"}], "enum": ["a"]}"#,
        r#"{"anyOf": [false, {"type": "null"}]}"#,
    ] {
        let found = changes(&list, &property(new));
        assert!(
            found.iter().any(|one| one.ends_with("narrower")),
            "{new} {found:?}"
        );
    }
    // Below `not` too.
    let not = |schema: &str| property(&format!(r#"{{"not": {schema}}}"#));
    let found = changes(
        &not(r#"{"type": ["string", "null"]}"#),
        &not(r#"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#),
    );
    assert_eq!(found, [""; 0]);
    // What is compared at its own place has another one then.
    let inside = |least: u32| {
        [
            format!(r#""dependentSchemas": {{"k": {{"minProperties": {least}}}}}"#),
            format!(
                r#""properties": {{"k": {{"if": {{"minLength": 1}}, "then": {{"minLength": {least}}}}}}}"#
            ),
            format!(
                r#""additionalProperties": {{"anyOf": [{{"type": "string", "minLength": {least}}}, {{"type": "integer"}}]}}"#
            ),
        ]
    };
    for (old, new) in inside(2).iter().zip(inside(3)) {
        let old = property(&format!(r#"{{"type": ["object", "null"], {old}}}"#));
        let new = property(&format!(
            r#"{{"anyOf": [{{"type": "object", {new}}}, {{"type": "null"}}]}}"#
        ));
        let found = changes(&old, &new);
        assert!(
            found.iter().any(|one| one.ends_with("narrower")),
            "{old} {new}"
        );
    }
    // What others refer to is compared by itself.
    let referred = |ty: &str| {
        format!(
            r##"{{"properties": {{"x": {{"anyOf": [{{"type": {ty}}}, {{"type": "null"}}]}}, "y": {{"$ref": "#/properties/x/anyOf/0"}}}}}}"##
        )
    };
    assert_eq!(
        changes(&referred(r#"["string", "null"]"#), &referred(r#""string""#)),
        ["a#/properties/x/anyOf/0type removed narrower"]
    );
}
