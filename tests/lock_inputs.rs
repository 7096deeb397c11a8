//! The file that keeps names, where definitions move and runs are about other inputs.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;

use support::program::Folder;

const LOCK: &str = "flowtypes.lock.json";

/// A folder with a configuration and one schema.
fn folder(config: &str, order: &str) -> Folder {
    let folder = Folder::empty();
    folder.write("flowtypes.json", config);
    folder.write("schemas/order.json", order);
    folder
}

#[test]
fn definitions_that_move_to_defs_keep_their_names() {
    let schema = |group: &str, more: &str| {
        let of = |key: &str| format!(r##"{{"$ref": "#/{group}/{key}"}}"##);
        format!(
            r#"{{"title": "Order", "type": "object", "properties": {{
                "line": {}, "to": {}, "part": {{"oneOf": [{}, {}]}}{more}
            }}, "{group}": {{
                "line": {{"type": "object", "properties": {{"class": {{"type": "string"}}, "kind": {{"enum": ["a", "b"]}}}}}},
                "a b~1c": {{"type": "object", "properties": {{"city": {{"enum": ["x", "y"]}}}}}}
            }}}}"#,
            of("line"),
            of("a b~01c"),
            of("line"),
            of("a b~01c"),
        )
    };
    let config = r#"{"apex": {"actions": "all"}, "flow": {"types": ["order", "order#/definitions/line"], "branches": ["order#/properties/part"]}}"#;
    let folder = folder(config, &schema("definitions", ""));
    folder.succeed(&["generate"]);
    let first = folder.read(LOCK);
    assert!(first.contains("order#/definitions/a b~01c"), "{first}");
    let files = |folder: &Folder| {
        let of = |path: &str| folder.read(&format!("generated/{path}"));
        [
            of("rust/order.rs"),
            of("apex/classes/Line.cls"),
            of("apex/classes/OrderData.cls"),
            of("flow/flows/Branch_on_Part_of_Order.flow-meta.xml"),
        ]
    };
    let before = files(&folder);
    let elsewhere = config.replace("definitions", "$defs");
    folder.write("flowtypes.json", &elsewhere);
    folder.write("schemas/order.json", schema("$defs", ""));
    folder.succeed(&["generate"]);
    assert_eq!(files(&folder), before);
    let moved = first.replace("#/definitions/", "#/$defs/");
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parsed(&folder.read(LOCK)), parsed(&moved));
    // And back.
    folder.write("flowtypes.json", config);
    folder.write("schemas/order.json", schema("definitions", ""));
    folder.succeed(&["generate"]);
    assert_eq!(folder.read(LOCK), first);
    // One that stays has its names, whatever is called the same in the other group.
    let both = schema("definitions", r##", "more": {"$ref": "#/$defs/line"}"##);
    let both = both.trim_end().trim_end_matches('}').to_owned()
        + r#"}, "$defs": {"line": {"type": "object", "properties": {"n": {"type": "integer"}}}}}"#;
    folder.write("schemas/order.json", &both);
    folder.succeed(&["generate"]);
    assert_eq!(files(&folder)[1], before[1]);
}

#[test]
fn a_run_about_other_inputs_changes_nothing_of_the_file() {
    let order = r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}"#;
    let other = order.replace("id", "number");
    let folder = folder(r#"{"apex": {"classPrefix": "My"}}"#, order);
    folder.succeed(&["generate"]);
    folder.write("order.json", &other);
    folder.write("sample.json", r#"{"id": 7}"#);
    let lock = folder.read(LOCK);
    for arguments in [
        &[
            "--target",
            "rust",
            "--single-file",
            "src/order.rs",
            "order.json",
        ][..],
        &["--out", "other", "order.json"],
        &[
            "--out",
            "other",
            "--prune-lock",
            "order.json",
            "schemas/order.json",
        ],
        &["--out", "other", "--from-sample", "sample.json"],
    ] {
        folder.succeed(&[&["generate"], arguments].concat());
        assert_eq!(folder.read(LOCK), lock, "{arguments:?}");
        folder.succeed(&["check"]);
    }
    // Its names are those of the file, as far as it has them.
    assert!(folder.has("other/apex/classes/MySample.cls"));
    // Who asks for a file of its own has one.
    let own = ["--lock", "own.json", "--out", "other", "order.json"];
    folder.succeed(&[&["generate"], &own[..]].concat());
    assert!(folder.read("own.json").contains("MyOrder"));
    folder.succeed(&[&["check"], &own[..]].concat());
    // What the configuration names, by whatever path, is not something else.
    folder.write("schemas/order.json", &other);
    folder.succeed(&["generate", "./schemas/order.json"]);
    assert!(folder.read(LOCK).contains("number"));
    folder.succeed(&["check"]);
    // Where the configuration has no schemas, the command line has them.
    fs::remove_dir_all(folder.path("schemas")).unwrap();
    folder.write("third.json", order.replace("Order", "Third"));
    folder.succeed(&["generate", "third.json"]);
    assert!(folder.read(LOCK).contains("third.json"));
}
