//! Which differences of rules narrow what is valid.

mod nullable;
mod proofs;

use super::rules::Difference;
use crate::config::LockFile;
use crate::surface::Surface;
use crate::{Generator, Target};

fn surface(schema: &str) -> Surface {
    let generator = Generator::new().schema_text("a.json", schema);
    let generator = generator.configure(|config| config.lock = LockFile::Usual(false));
    generator.target(Target::Rust).surface().unwrap()
}

/// The differences as `rule how narrows`.
fn changes(old: &str, new: &str) -> Vec<String> {
    let found = surface(old).rules.compare(&surface(new).rules);
    let short = |one: &Difference| {
        let narrows = match (one.reads_otherwise, one.narrows) {
            (true, _) => "otherwise",
            (false, true) => "narrower",
            (false, false) => "wider",
        };
        format!("{}{} {} {narrows}", one.place, one.rule, one.how.as_str())
    };
    found.iter().map(short).collect()
}

fn property(schema: &str) -> String {
    format!("{{\"type\": \"object\", \"properties\": {{\"x\": {schema}}}}}")
}

#[test]
fn each_rule_knows_when_it_is_narrower() {
    for (old, new, wanted) in [
        ("{}", r#"{"minimum": 1}"#, "minimum added narrower"),
        (r#"{"minimum": 1}"#, "{}", "minimum removed wider"),
        (
            r#"{"minimum": 1}"#,
            r#"{"minimum": 2}"#,
            "minimum changed narrower",
        ),
        (
            r#"{"minimum": 2}"#,
            r#"{"minimum": 1}"#,
            "minimum changed wider",
        ),
        (
            r#"{"minimum": 1}"#,
            r#"{"exclusiveMinimum": 1}"#,
            "minimum changed narrower",
        ),
        (
            r#"{"maximum": 9}"#,
            r#"{"maximum": 8.5}"#,
            "maximum changed narrower",
        ),
        (
            r#"{"maxLength": 9}"#,
            r#"{"maxLength": 10}"#,
            "maxLength changed wider",
        ),
        (
            r#"{"minItems": 1}"#,
            r#"{"minItems": 2}"#,
            "minItems changed narrower",
        ),
        ("{}", r#"{"pattern": "^a"}"#, "pattern added narrower"),
        (
            "{}",
            r#"{"uniqueItems": true}"#,
            "uniqueItems added narrower",
        ),
        ("{}", r#"{"not": {"const": 1}}"#, "not added narrower"),
        (
            "{}",
            r#"{"additionalProperties": false}"#,
            "additionalProperties added narrower",
        ),
        (
            r#"{"enum": [1, "b"]}"#,
            r#"{"enum": [1]}"#,
            "enum removed narrower",
        ),
        (
            r#"{"enum": [1]}"#,
            r#"{"enum": [1, "b"]}"#,
            "enum added wider",
        ),
        (
            r#"{"type": ["string", "null"]}"#,
            r#"{"type": "string"}"#,
            "type removed narrower",
        ),
        (
            r#"{"anyOf": [{"minimum": 2}, {"const": 1}]}"#,
            r#"{"anyOf": [{"minimum": 2}]}"#,
            "anyOf changed narrower",
        ),
        (
            r#"{"if": {"minimum": 1}, "else": {"minimum": 0}}"#,
            r#"{"if": {"minimum": 1}, "else": {"minimum": 0}, "then": {"maximum": 4}}"#,
            "then added narrower",
        ),
        (
            r#"{"multipleOf": 1}"#,
            r#"{"multipleOf": 0.5}"#,
            "multipleOf changed wider",
        ),
        (
            r#"{"multipleOf": 0.5}"#,
            r#"{"multipleOf": 0.75}"#,
            "multipleOf changed narrower",
        ),
        (
            "{}",
            r#"{"additionalProperties": {"type": "string"}}"#,
            "additionalProperties added narrower",
        ),
        (
            r#"{"additionalProperties": {"type": "string"}}"#,
            "{}",
            "additionalProperties removed wider",
        ),
        (
            "{}",
            r#"{"items": {"type": "string"}}"#,
            "items added narrower",
        ),
        (
            r#"{"patternProperties": {"a": {}}}"#,
            r#"{"patternProperties": {"a": {}, "z": {"type": "string"}}}"#,
            "patternProperties added narrower",
        ),
        (
            r#"{"required": ["a"]}"#,
            r#"{"required": ["a", "b"]}"#,
            "required added narrower",
        ),
    ] {
        let found = changes(&property(old), &property(new));
        assert_eq!(found, [format!("a#/properties/x{wanted}")], "{old} {new}");
    }
}

#[test]
fn a_type_of_values_that_were_listed_refuses_none_of_them() {
    let old = property(r#"{"enum": ["a", "b"]}"#);
    for (new, wanted) in [
        (r#"{"type": "string"}"#, &["enum removed wider"][..]),
        (
            r#"{"type": "integer"}"#,
            &[
                "enum removed wider",
                "type removed narrower",
                "type added wider",
            ],
        ),
    ] {
        let found = changes(&old, &property(new));
        let wanted: Vec<String> = wanted
            .iter()
            .map(|one| format!("a#/properties/x{one}"))
            .collect();
        assert_eq!(found, wanted, "{new}");
    }
}

#[test]
fn values_are_the_same_however_they_are_written() {
    let old = property(r#"{"enum": [1, {"a": 1, "b": 2}]}"#);
    let new = property(r#"{"enum": [1.0, {"b": 2, "a": 1}]}"#);
    assert_eq!(changes(&old, &new), [""; 0]);
}

#[test]
fn a_schema_that_is_referred_to_in_place_of_another_is_compared_with_it() {
    let old = property(r#"{"type": "integer", "maximum": 10}"#);
    let new = r##"{"type": "object", "properties": {"x": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"type": "integer", "maximum": 5}}}"##;
    assert_eq!(
        changes(&old, new),
        ["a#/properties/xmaximum changed narrower"]
    );
    let newer = new.replace('5', "4");
    assert_eq!(changes(new, &newer), ["a#/$defs/nmaximum changed narrower"]);
}

#[test]
fn what_a_condition_asks_may_break_either_way() {
    let old = property(r#"{"not": {"minimum": 1}}"#);
    let new = property(r#"{"not": {"minimum": 0}}"#);
    assert_eq!(
        changes(&old, &new),
        ["a#/properties/x/notminimum changed narrower"]
    );
    for (old, new) in [
        (
            r##"{"oneOf": [{"$ref": "#/$defs/a"}, {"maximum": 3}], "$defs": {"a": {"minimum": 5}}}"##,
            r##"{"oneOf": [{"$ref": "#/$defs/a"}, {"maximum": 3}], "$defs": {"a": {"minimum": 2}}}"##,
        ),
        (
            r#"{"contains": {"minimum": 5}, "maxContains": 1}"#,
            r#"{"contains": {"minimum": 4}, "maxContains": 1}"#,
        ),
    ] {
        let found = changes(old, new);
        assert!(found[0].ends_with("minimum changed narrower"), "{found:?}");
    }
}

#[test]
fn what_only_one_alternative_can_be_is_compared_as_usual() {
    for (old, new) in [
        (
            r#"{"contains": {"minimum": 5}}"#,
            r#"{"contains": {"minimum": 4}}"#,
        ),
        (
            r#"{"oneOf": [{"type": "null"}, {"type": "number", "minimum": 5}]}"#,
            r#"{"oneOf": [{"type": "null"}, {"type": "number", "minimum": 4}]}"#,
        ),
        (
            r#"{"properties": {"if": {"properties": {"not": {"minimum": 5}}}}}"#,
            r#"{"properties": {"if": {"properties": {"not": {"minimum": 4}}}}}"#,
        ),
    ] {
        let found = changes(old, new);
        assert!(found[0].ends_with("minimum changed wider"), "{found:?}");
    }
}

#[test]
fn alternatives_are_not_compared_one_by_one_when_there_are_more() {
    let old = property(r#"{"oneOf": [{"minimum": 1}, {"type": "string"}]}"#);
    let new = property(r#"{"oneOf": [{"minimum": 5}, {"minimum": 1}, {"type": "string"}]}"#);
    assert_eq!(
        changes(&old, &new),
        ["a#/properties/xoneOf changed narrower"]
    );
}

/// A union of objects that a tag tells apart.
fn tagged(union: &str, kinds: &[&str]) -> String {
    let kind = |kind: &&str| {
        format!(
            r#""{kind}": {{"type": "object", "required": ["kind"], "properties": {{"kind": {{"const": "{kind}"}}}}}}"#
        )
    };
    let refer = |kind: &&str| format!(r##"{{"$ref": "#/$defs/{kind}"}}"##);
    let definitions: Vec<String> = kinds.iter().map(kind).collect();
    let references: Vec<String> = kinds.iter().map(refer).collect();
    format!(
        r#"{{"{union}": [{}], "$defs": {{{}}}}}"#,
        references.join(", "),
        definitions.join(", ")
    )
}

#[test]
fn alternatives_that_are_references_are_known_again() {
    let two = tagged("oneOf", &["card", "cash"]);
    let three = tagged("oneOf", &["bill", "card", "cash"]);
    assert_eq!(changes(&two, &three), ["a#oneOf added wider"]);
    assert_eq!(changes(&three, &two), ["a#oneOf removed narrower"]);
    let any = tagged("anyOf", &["cash", "card"]);
    assert_eq!(changes(&two, &any), [""; 0]);
    assert_eq!(changes(&any, &two), [""; 0]);
}

#[test]
fn what_was_refused_may_be_anything_now() {
    let refused = property(r#"{"additionalProperties": false}"#);
    let texts = property(r#"{"additionalProperties": {"type": "string"}}"#);
    let others = "a#/properties/x";
    assert_eq!(
        changes(&refused, &texts),
        [
            format!("{others}additionalProperties changed wider"),
            format!("{others}/additionalPropertiesfalse removed wider"),
        ]
    );
    assert_eq!(
        changes(&texts, &refused)[0],
        format!("{others}additionalProperties changed narrower")
    );
}

#[test]
fn alternatives_with_a_title_or_a_tag_are_known_in_any_order() {
    let one = |title: &str, kind: &str, most: u32| {
        format!(
            r#"{{{title}"type": "object", "required": ["k"], "properties": {{
                "k": {{"const": "{kind}"}}, "n": {{"type": "integer", "maximum": {most}}}
            }}}}"#
        )
    };
    for (titles, labels) in [
        ([r#""title": "P", "#, r#""title": "Q", "#], ["[P]", "[Q]"]),
        (["", ""], ["[k=p]", "[k=q]"]),
    ] {
        let (p, q) = (one(titles[0], "p", 5), one(titles[1], "q", 5));
        let both = format!(r#"{{"oneOf": [{p}, {q}]}}"#);
        let turned = format!(r#"{{"oneOf": [{q}, {p}]}}"#);
        assert_eq!(changes(&both, &turned), [""; 0]);
        // What is another wherever it stands is found all the same.
        let less = format!(r#"{{"oneOf": [{q}, {}]}}"#, one(titles[0], "p", 4));
        assert_eq!(
            changes(&both, &less),
            [format!(
                "a#/oneOf/{}/properties/nmaximum changed narrower",
                labels[0]
            )]
        );
        let alone = format!(r#"{{"oneOf": [{q}]}}"#);
        let found = changes(&both, &alone);
        assert_eq!(found, ["a#oneOf removed narrower"], "{labels:?}");
    }
    // In a list of positions the order is what counts.
    let tuple = |first: &str, second: &str| {
        format!(
            r#"{{"prefixItems": [{{"title": "P", "const": {first}}}, {{"title": "Q", "const": {second}}}]}}"#
        )
    };
    assert!(!changes(&tuple("1", "2"), &tuple("2", "1")).is_empty());
}

#[test]
fn any_of_some_is_wider_than_one_of_them() {
    let one = r#"{"oneOf": [{"minimum": 1}, {"maximum": 5}]}"#;
    let any = r#"{"anyOf": [{"minimum": 1}, {"maximum": 5}]}"#;
    assert_eq!(changes(one, any), ["a#anyOf changed wider"]);
    assert_eq!(changes(any, one), ["a#oneOf changed narrower"]);
}

#[test]
fn what_two_alternatives_may_take_is_not_compared_as_usual() {
    let old = r#"{"oneOf": [{"type": "object", "required": ["a", "b"]}, {"type": "object", "required": ["c"]}]}"#;
    let new = r#"{"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["c"]}]}"#;
    assert_eq!(changes(old, new), ["a#/oneOf/0required removed narrower"]);
}

#[test]
fn a_schema_that_comes_to_others_narrows_what_they_ask() {
    let object =
        |a: &str, more: &str| format!(r#"{{"type": "object", "properties": {{"a": {a}}}{more}}}"#);
    let at_most = |most: u32| format!(r#"{{"type": "string", "maxLength": {most}}}"#);
    let also =
        |most: u32| format!(r#", "allOf": [{{"properties": {{"a": {{"maxLength": {most}}}}}}}]"#);
    let asked = r#""properties": {"a": {"maxLength": 3}}"#;
    let text = r#"{"type": "string"}"#;
    let a = "a#/properties/a";
    for (old, new, wanted) in [
        // Beside a schema that stays, and in place of one.
        (
            object(&at_most(10), ""),
            object(&at_most(10), &also(3)),
            vec![format!("{a}maxLength changed narrower")],
        ),
        (
            object(&at_most(10), ""),
            object(&at_most(10), &also(12)),
            vec![],
        ),
        (
            object(&at_most(10), ""),
            object(text, &also(3)),
            vec![format!("{a}maxLength changed narrower")],
        ),
        // What a definition says now.
        (
            object(&at_most(10), ""),
            format!(
                r##"{{"allOf": [{{"$ref": "#/$defs/base"}}, {{}}], "$defs": {{"base": {}}}}}"##,
                object(&at_most(3), "")
            ),
            vec!["a#/$defs/base/properties/amaxLength changed narrower".to_owned()],
        ),
        // Sometimes.
        (
            object(
                text,
                r#", "if": {"minProperties": 2}, "then": {"required": ["a"]}"#,
            ),
            object(
                text,
                &format!(
                    r#", "if": {{"minProperties": 2}}, "then": {{"required": ["a"], {asked}}}"#
                ),
            ),
            vec!["a#/then/properties/amaxLength added narrower".to_owned()],
        ),
        (
            object(text, r#", "dependentSchemas": {"b": {"required": ["a"]}}"#),
            object(
                text,
                &format!(r#", "dependentSchemas": {{"b": {{"required": ["a"], {asked}}}}}"#),
            ),
            vec!["a#/dependentSchemas/b/properties/amaxLength added narrower".to_owned()],
        ),
        // Further inside.
        (
            property(&object(&at_most(10), "")),
            property(&format!(
                r#"{{"allOf": [{}, {{"minProperties": 0}}]}}"#,
                object(&at_most(3), "")
            )),
            vec!["a#/properties/x/allOf/0/properties/amaxLength changed narrower".to_owned()],
        ),
        // What nobody spoke of is a property that is new.
        (
            object(text, ""),
            object(
                text,
                r#", "allOf": [{"properties": {"b": {"maxLength": 3}}}]"#,
            ),
            vec![],
        ),
        // One condition more.
        (
            object(text, r#", "not": {"minProperties": 5}"#),
            object(
                text,
                r#", "not": {"minProperties": 5}, "allOf": [{"not": {"maxProperties": 1}}]"#,
            ),
            vec!["a#not changed narrower".to_owned()],
        ),
    ] {
        assert_eq!(changes(&old, &new), wanted, "{old} {new}");
    }
}

#[test]
fn alternatives_that_a_value_may_fit_together_are_read_in_their_order() {
    let object = |title: &str, names: &[&str]| {
        let properties = names
            .iter()
            .map(|name| format!(r#""{name}": {{"type": "string"}}"#));
        format!(
            r#"{{"title": "{title}", "type": "object", "properties": {{{}}}}}"#,
            properties.collect::<Vec<_>>().join(", ")
        )
    };
    let any = |all: &[&str]| format!(r#"{{"anyOf": [{}]}}"#, all.join(", "));
    let (a, b) = (object("A", &["x"]), object("B", &["x", "y"]));
    let text = r#"{"title": "C", "type": "string"}"#;
    let more = object("D", &["z"]);
    let turned = "a#anyOf changed otherwise";
    assert_eq!(changes(&any(&[&a, &b]), &any(&[&b, &a])), [turned]);
    assert_eq!(changes(&any(&[&a, text]), &any(&[text, &a])), [""; 0]);
    let added = "a#anyOf added wider";
    assert_eq!(changes(&any(&[&a, &b]), &any(&[&a, &b, &more])), [added]);
    assert_eq!(
        changes(&any(&[&a, &b]), &any(&[&more, &a, &b])),
        [added, turned]
    );
}

#[test]
fn what_holds_sometimes_is_compared_where_it_has_another_place_now() {
    let alternatives = |union: &str, most: u32| {
        property(&format!(
            r#"{{"{union}": [{{"type": "string", "maxLength": {most}}}, {{"type": "integer"}}]}}"#
        ))
    };
    let (any, one) = (alternatives("anyOf", 5), alternatives("oneOf", 5));
    assert_eq!(changes(&any, &one), [""; 0]);
    assert_eq!(
        changes(&any, &alternatives("oneOf", 4)),
        ["a#/properties/x/oneOf/0maxLength changed narrower"]
    );
    assert_eq!(
        changes(&one, &alternatives("anyOf", 6)),
        ["a#/properties/x/anyOf/0maxLength changed wider"]
    );
    let within = |rules: &str| {
        format!(
            r##"{{"type": "object", "properties": {{"x": {{"$ref": "#/$defs/d"}}}}, "$defs": {{"d": {{{rules}}}}}}}"##
        )
    };
    for rules in [
        r#""if": {"minimum": 7}, "then": {"multipleOf": 4}"#,
        r#""dependentSchemas": {"k": {"maxProperties": 4}}"#,
        r#""oneOf": [{"type": "string", "maxLength": 4}, {"type": "integer"}]"#,
    ] {
        let old = property(&format!("{{{rules}}}"));
        assert_eq!(changes(&old, &within(rules)), [""; 0], "{rules}");
        let found = changes(&old, &within(&rules.replace('4', "3")));
        assert!(
            found.len() == 1 && found[0].ends_with("narrower"),
            "{rules} {found:?}"
        );
    }
}
