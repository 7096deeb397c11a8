//! `flowtypes diff`: what a change of schemas breaks.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;
use support::program::{Folder, Run};

const OLD: &str = r#"{
  "title": "Parcel",
  "type": "object",
  "properties": {
    "label": {"type": "string"},
    "weight": {"type": "integer", "minimum": 0, "maximum": 1000},
    "state": {"title": "Parcel state", "type": "string", "enum": ["open", "closed"]}
  },
  "required": ["label"]
}
"#;

fn folder(new: &str) -> Folder {
    let folder = Folder::empty();
    folder.write("old/parcel.json", OLD);
    folder.write("new/parcel.json", new);
    folder
}

/// The differences as `target name change breaks`.
fn differences(folder: &Folder) -> (i32, Vec<String>) {
    let run = folder.run(&["diff", "old", "new", "--message-format", "json"]);
    assert_eq!(run.stderr, "", "{run:?}");
    let schema = std::fs::read_to_string("schemas/meta/message.schema.json").unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut found = Vec::new();
    for line in run.stdout.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(validator.is_valid(&line), "{line}");
        if line["kind"] == "change" {
            let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let breaks = if line["breaks"] == true {
                "breaks"
            } else {
                "safe"
            };
            found.push(format!(
                "{} {} {} {breaks}",
                text("target"),
                text("name"),
                text("change")
            ));
        }
    }
    (run.status, found)
}

fn has(found: &[String], wanted: &str) {
    assert!(
        found.iter().any(|line| line == wanted),
        "{wanted} is not in {found:#?}"
    );
}

#[test]
fn the_same_schemas_break_nothing() {
    assert_eq!(differences(&folder(OLD)), (0, Vec::new()));
    // Nor does what is only for people.
    let described = OLD.replace(
        "\"title\": \"Parcel\",",
        "\"title\": \"Parcel\", \"description\": \"In a box.\",",
    );
    assert_eq!(differences(&folder(&described)), (0, Vec::new()));
}

#[test]
fn a_renamed_field_breaks_every_target() {
    let (status, found) = differences(&folder(&OLD.replace("label", "sticker")));
    assert_eq!(status, 1);
    has(&found, "apex Parcel.label removed breaks");
    has(&found, "apex Parcel.sticker added safe");
    has(&found, "rust parcel::Parcel.label removed breaks");
    has(&found, "rust parcel::Parcel.sticker added breaks");
    let run = folder(&OLD.replace("label", "sticker")).run(&["diff", "old", "new"]);
    assert!(run.stdout.contains("(renamed to sticker?)"), "{run:?}");
    assert!(run.stdout.contains("without a warning before"), "{run:?}");
}

#[test]
fn another_name_in_json_breaks_although_the_field_keeps_its_own() {
    let folder = folder(&OLD.replace("label", "the-label"));
    folder.write("old/parcel.json", OLD.replace("label", "the label"));
    let (status, found) = differences(&folder);
    assert_eq!(status, 1);
    has(&found, "rust parcel::Parcel.the_label changed breaks");
    has(&found, "apex Parcel.theLabel changed breaks");
}

#[test]
fn a_retyped_field_and_a_lost_value_break() {
    let new = OLD
        .replace("\"type\": \"integer\"", "\"type\": \"number\"")
        .replace(", \"closed\"", ", \"lost\"");
    let (status, found) = differences(&folder(&new));
    assert_eq!(status, 1);
    has(&found, "apex Parcel.weight changed breaks");
    has(&found, "rust parcel::ParcelWeight.0 changed breaks");
    has(&found, "apex ParcelState.CLOSED removed breaks");
    has(&found, "apex ParcelState.LOST added safe");
    has(&found, "rust parcel::ParcelState.Lost added breaks");
}

#[test]
fn a_new_field_and_value_are_safe_for_apex_and_flow() {
    let new = OLD.replace(
        "\"label\": {",
        "\"note\": {\"type\": \"string\"}, \"label\": {",
    );
    let folder = folder(&new);
    let run = folder.run(&["diff", "old", "new", "--target", "apex", "--target", "flow"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stdout
            .contains("safe   apex field Parcel.note added: String"),
        "{run:?}"
    );
    assert_eq!(
        folder
            .run(&["diff", "old", "new", "--target", "rust"])
            .status,
        1
    );
}

#[test]
fn a_rule_that_asks_for_more_breaks_although_no_type_changes() {
    let new = OLD.replace("\"maximum\": 1000", "\"maximum\": 500");
    let (status, found) = differences(&folder(&new));
    assert_eq!(status, 1);
    has(
        &found,
        "apex parcel#/properties/weight maximum changed breaks",
    );
    has(
        &found,
        "rust parcel#/properties/weight maximum changed breaks",
    );
    let run = folder(&new).run(&["diff", "old", "new"]);
    let line = "breaks apex rule parcel#/properties/weight maximum changed: 1000 → 500";
    assert!(run.stdout.contains(line), "{run:?}");
    assert!(
        run.stdout.contains("found invalid by `validate`"),
        "{run:?}"
    );
    // The other way round nothing that was valid is refused.
    let folder = folder(&OLD.replace("\"maximum\": 1000", "\"maximum\": 2000"));
    let (_, found) = differences(&folder);
    has(
        &found,
        "apex parcel#/properties/weight maximum changed safe",
    );
    let run = folder.run(&["diff", "old", "new", "--target", "apex"]);
    assert_eq!(run.status, 0, "{run:?}");
}

/// What is generated is the same, however the schemas say that a value may be null.
#[test]
fn null_may_be_said_in_other_words() {
    let folder = Folder::empty();
    let api = |version: &str, pick: fn(&(&str, &str)) -> String| {
        let properties = [
            (
                r#""type": "string", "nullable": true, "maxLength": 9"#,
                r#""anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]"#,
            ),
            (
                r#""type": "object", "nullable": true, "properties": {"k": {"type": "integer", "minimum": 1}}"#,
                r#""oneOf": [{"type": "null"}, {"type": "object", "properties": {"k": {"type": "integer", "minimum": 1}}}]"#,
            ),
            (
                r#""type": "array", "nullable": true, "items": {"type": "number", "nullable": true, "maximum": 7}"#,
                r#""anyOf": [{"type": "array", "items": {"oneOf": [{"type": "number", "maximum": 7}, {"type": "null"}]}}, {"type": "null"}]"#,
            ),
        ];
        let properties = properties.iter().zip(["a", "b", "c"]);
        let properties: Vec<String> = properties
            .map(|(forms, name)| format!(r#""{name}": {{{}}}"#, pick(forms)))
            .collect();
        format!(
            r#"{{"openapi": "{version}", "info": {{"title": "P", "version": "1"}}, "paths": {{}},
                "components": {{"schemas": {{"Parcel": {{"type": "object", "properties": {{{}}}}}}}}}}}"#,
            properties.join(", ")
        )
    };
    folder.write("old/parcel.json", api("3.0.3", |forms| forms.0.to_owned()));
    folder.write("new/parcel.json", api("3.1.0", |forms| forms.1.to_owned()));
    assert_eq!(differences(&folder), (0, Vec::new()));
    let back = folder.run(&["diff", "new", "old"]);
    assert_eq!(back.status, 0, "{back:?}");
    // What the alternatives ask is compared all the same.
    let tighter = api("3.1.0", |forms| {
        forms.1.replace("\"minimum\": 1", "\"minimum\": 2")
    });
    folder.write("new/parcel.json", tighter);
    let (status, found) = differences(&folder);
    assert_eq!(status, 1);
    let place = "parcel#/components/schemas/Parcel/properties/b/oneOf/1/properties/k";
    assert_eq!(
        found,
        ["rust", "apex"].map(|target| format!("{target} {place} minimum changed breaks"))
    );
}

/// Apex does not tell upper from lower case, JSON and perhaps flows do.
#[test]
fn a_name_in_other_case_is_the_same_field_in_apex() {
    let folder = folder(&OLD.replace("label", "laBel"));
    let (status, found) = differences(&folder);
    assert_eq!(status, 1);
    let of_label = found
        .iter()
        .filter(|line| line.starts_with("apex Parcel.la"));
    assert_eq!(of_label.count(), 2, "{found:#?}");
    let run = folder.run(&["diff", "old", "new", "--target", "apex"]);
    for line in [
        "breaks apex field Parcel.label changed (renamed to laBel)\n",
        "breaks apex name in JSON Parcel.label changed: label → laBel\n",
    ] {
        assert!(run.stdout.contains(line), "{run:?}");
    }
    assert!(!run.stdout.contains("does not compile"), "{run:?}");
}

/// A default and the same schema without it, and the method or trait that only the default gives.
#[test]
fn a_default_that_is_gone_breaks_what_it_gave() {
    for (old, default, gone) in [
        (
            r#"{"title": "T", "type": "object", "properties": {"d": {"type": "number", "default": 1}}}"#,
            r#", "default": 1"#,
            vec!["rust parcel::T.d_or_default removed breaks"],
        ),
        (
            r#"{"title": "T", "type": "object", "required": ["a"], "properties": {"a": {"enum": ["x", "y"], "default": "x"}}}"#,
            r#", "default": "x""#,
            vec![
                "rust parcel::T.Default removed breaks",
                "rust parcel::TA.Default removed breaks",
            ],
        ),
        (
            r##"{"$ref": "#/$defs/k", "$defs": {"k": {"title": "K", "type": "string", "minLength": 1, "default": "q"}}}"##,
            r#", "default": "q""#,
            vec!["rust parcel::K.Default removed breaks"],
        ),
    ] {
        let folder = Folder::empty();
        folder.write("old/parcel.json", old);
        folder.write("new/parcel.json", old.replace(default, ""));
        let (status, found) = differences(&folder);
        assert_eq!(
            (status, found),
            (1, gone.iter().map(ToString::to_string).collect()),
            "{old}"
        );
        // To add one breaks nothing.
        let back = folder.run(&["diff", "new", "old"]);
        assert_eq!(back.status, 0, "{back:?}");
    }
}

#[test]
fn another_default_is_told_and_breaks_nothing() {
    let folder = Folder::empty();
    let schema = |number: &str, text: &str| {
        format!(
            r#"{{"title": "T", "type": "object", "properties": {{
                "d": {{"type": "number", "default": {number}}},
                "e": {{"title": "E", "enum": ["x", "y"], "default": "{text}"}}
            }}}}"#
        )
    };
    folder.write("old/parcel.json", schema("1", "x"));
    folder.write("new/parcel.json", schema("2", "y"));
    let (status, found) = differences(&folder);
    assert_eq!(status, 0);
    assert_eq!(
        found,
        [
            "rust parcel::T.d_or_default changed safe",
            "rust parcel::T.e_or_default changed safe",
            "rust parcel::TE.default changed safe",
        ]
    );
    let run = folder.run(&["diff", "old", "new"]);
    let line = "safe   rust default parcel::T.d_or_default changed: 1 → 2\n            code that asks for the default gets";
    assert!(run.stdout.contains(line), "{run:?}");
}

#[test]
fn a_class_that_is_gone_is_one_difference() {
    let (status, found) = differences(&folder(&OLD.replace("Parcel\"", "Packet\"")));
    assert_eq!(status, 1);
    has(&found, "apex Parcel removed breaks");
    has(&found, "apex Packet added safe");
    assert!(
        !found.iter().any(|line| line.contains("Parcel.label")),
        "{found:#?}"
    );
}

#[test]
fn flows_are_compared_with_their_variables() {
    let folder = Folder::empty();
    for state in ["old", "new"] {
        for (from, to) in [("schemas", ""), ("schemas/actions", "actions/")] {
            for entry in std::fs::read_dir(from).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    folder.write(
                        &format!("{state}/{to}{name}"),
                        std::fs::read(&path).unwrap(),
                    );
                }
            }
        }
    }
    assert_eq!(differences(&folder), (0, Vec::new()));
    // What those decide on who start a flow.
    let descriptor = std::fs::read_to_string("schemas/actions/end-session.json").unwrap();
    folder.write(
        "new/actions/end-session.json",
        descriptor.replace(r#""state": "BadRequest""#, r#""state": "Bad""#),
    );
    let (status, found) = differences(&folder);
    assert_eq!(status, 1);
    has(
        &found,
        "flow End_Agent_Session.State = BadRequest removed breaks",
    );
    has(&found, "flow End_Agent_Session.State = Bad added safe");
    std::fs::remove_file(folder.path("new/actions/end-session.json")).unwrap();
    let (status, found) = differences(&folder);
    assert_eq!(status, 1);
    assert!(
        found.iter().all(|line| line.starts_with("flow ")),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|line| line.ends_with(" removed breaks")),
        "{found:#?}"
    );
}

#[test]
fn files_may_have_other_names_and_come_from_the_standard_input() {
    let folder = Folder::empty();
    // Without a title the type is named after the file.
    let schema = OLD.replace("\"title\": \"Parcel\",", "");
    folder.write("before.json", &schema);
    folder.write("parcel.json", &schema);
    folder.succeed(&["diff", "before.json", "parcel.json"]);
    let mut run = folder
        .command(&["diff", "-", "parcel.json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin
        .take()
        .unwrap()
        .write_all(schema.as_bytes())
        .unwrap();
    let run = Run::of(&run.wait_with_output().unwrap());
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn an_error_in_one_of_the_schemas_is_an_error() {
    let folder = folder("{\"type\": \"int\"}");
    let run = folder.run(&["diff", "old", "new"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("FT0103") && run.stderr.contains("new/parcel.json"),
        "{run:?}"
    );
    assert_eq!(folder.run(&["diff", "old"]).status, 2);
    // Under its own name, although it is read under that of the other; and there was nothing to write.
    folder.write("before.json", "{\"type\": \"int\"}");
    let run = folder.run(&["diff", "before.json", "old/parcel.json"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("before.json:1:2") && !run.stderr.contains("parcel.json"),
        "{run:?}"
    );
    assert!(!run.stderr.contains("nothing was written"), "{run:?}");
    let json = [
        "diff",
        "before.json",
        "old/parcel.json",
        "--message-format",
        "json",
    ];
    let run = folder.run(&json);
    assert!(run.stdout.contains("\"file\":\"before.json\""), "{run:?}");
}
