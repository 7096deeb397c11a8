//! What is refused, and what is said of it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::program::Folder;

/// A schema of somebody else may lead to any file: what that holds is not for the log of whoever reads the schema.
#[test]
fn a_file_that_is_referred_to_and_is_no_document_is_not_shown() {
    let folder = Folder::empty();
    folder.write("secret", "root:x:0:0\n");
    folder.write("secret.yaml", "key: [hunter2\n");
    folder.write("s.json", "{\"$ref\": \"secret\"}");
    folder.write("y.json", "{\"$ref\": \"secret.yaml\"}");
    for (schema, file, text) in [
        ("s.json", "secret:1:1", "root"),
        ("y.json", "secret.yaml:", "hunter2"),
    ] {
        let run = folder.run(&["generate", schema]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("FT0002"), "{run:?}");
        assert!(run.stderr.contains(file), "{run:?}");
        assert!(!run.stderr.contains(text), "{run:?}");
    }
    // What somebody names is shown.
    let run = folder.run(&["generate", "secret"]);
    assert!(run.stderr.contains("1 | root:x:0:0"), "{run:?}");
}

#[test]
fn the_file_that_keeps_names_is_no_generated_file() {
    let folder = Folder::empty();
    folder.write(
        "s.json",
        "{\"title\": \"Ord\", \"type\": \"object\", \"properties\": {\"id\": {}}}",
    );
    for lock in [
        "gen/apex/classes/Ord.cls",
        "./gen/x/../apex/classes/ord.cls",
        "gen/flowtypes-manifest.json",
        "",
        "names/",
    ] {
        let config =
            format!("{{\"schemas\": [\"s.json\"], \"out\": \"gen\", \"lock\": \"{lock}\"}}");
        folder.write("flowtypes.json", config);
        let run = folder.run(&["generate"]);
        assert_eq!(run.status, 1, "{lock} {run:?}");
        assert!(run.stderr.contains("FT0050"), "{lock} {run:?}");
        assert!(run.stderr.contains("flowtypes.json:1:"), "{lock} {run:?}");
        assert!(!folder.has("gen"), "{lock}");
    }
    folder.write(
        "flowtypes.json",
        "{\"schemas\": [\"s.json\"], \"out\": \"gen\", \"lock\": \"gen/names.json\"}",
    );
    folder.succeed(&["generate"]);
    folder.succeed(&["check"]);
}

#[test]
fn a_name_of_the_wrong_kind_is_not_taken_for_a_place_of_the_wrong_name() {
    let folder = Folder::with_order();
    for (target, key, name, there, start) in [
        ("apex", "order#", "trigger", "a type", "a capital"),
        ("apex", "order#", "purchase", "a type", "a capital"),
        ("rust", "order#", "purchase", "a type", "a capital"),
        (
            "apex",
            "order#/properties/id",
            "Number1",
            "a property",
            "a small letter",
        ),
        (
            "rust",
            "order#/properties/id",
            "Number1",
            "a property",
            "a small letter",
        ),
    ] {
        let config = format!(r#"{{"{target}": {{"names": {{"{key}": "{name}"}}}}}}"#);
        folder.write("flowtypes.json", config);
        let said = folder.run(&["check", "--target", target]).stderr;
        assert!(said.contains(&format!("and there is {there}")), "{said}");
        assert!(said.contains(&format!("starts with {start}")), "{said}");
        assert!(!said.contains("not in the schemas"), "{said}");
        assert!(!said.contains("the field of"), "{said}");
    }
    folder.write(
        "flowtypes.json",
        r#"{"apex": {"names": {"other#": "purchase"}}}"#,
    );
    let said = folder.run(&["check"]).stderr;
    assert!(said.contains("not in the schemas"), "{said}");
}

#[test]
fn what_is_no_configuration_is_not_taken_for_one() {
    let folder = Folder::with_order();
    for (config, place) in [
        ("[]", "flowtypes.json:1:1"),
        (
            r#"["x", ["order.json"], [], [], [], ["rust"]]"#,
            "flowtypes.json:1:1",
        ),
        (r#"{"apex": ["60.0", "My"]}"#, "flowtypes.json:1:2"),
    ] {
        folder.write("flowtypes.json", config);
        let run = folder.run(&["generate"]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("FT0050"), "{run:?}");
        assert!(
            run.stderr.contains("this is a list, not an object"),
            "{run:?}"
        );
        assert!(run.stderr.contains(place), "{run:?}");
    }
    folder.write("flowtypes.json", r#"{"schemas": [], "out": ""}"#);
    let run = folder.run(&["generate"]);
    assert!(run.stderr.contains("no schema is named"), "{run:?}");
    let run = folder.succeed(&["generate", "schemas/order.json"]);
    assert!(run.stdout.contains(" files in .: "), "{run:?}");
    // A folder is no file to be passed over.
    std::fs::remove_file(folder.path("flowtypes.json")).unwrap();
    std::fs::create_dir(folder.path("flowtypes.json")).unwrap();
    for arguments in [&["generate"][..], &["lint", "schemas"]] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 1, "{run:?}");
        let at = run.stderr.contains("FT0001") && run.stderr.contains("--> flowtypes.json");
        assert!(at, "{run:?}");
    }
}

#[test]
fn an_api_version_before_apex_defined_types_is_said() {
    let folder = Folder::with_order();
    for (version, is_old) in [
        ("30.0", true),
        ("45.0", true),
        ("46.0", false),
        ("99.0", false),
    ] {
        for target in ["apex", "flow"] {
            let config = format!(r#"{{"{target}": {{"apiVersion": "{version}"}}}}"#);
            folder.write("flowtypes.json", config);
            let said = folder.succeed(&["generate"]).stderr;
            let wanted = format!("`{target}.apiVersion` is {version}");
            assert_eq!(said.contains(&wanted), is_old, "{said}");
            let said = folder.succeed(&["generate", "--target", "rust"]).stderr;
            assert!(!said.contains("apiVersion"), "{said}");
        }
    }
}

#[test]
fn a_file_holds_one_document() {
    let folder = Folder::empty();
    folder.write("lines.json", "{\"id\": 1}\n{\"id\": 2}\n");
    let run = folder.run(&["infer", "lines.json"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stderr.contains("lines.json:2:1"), "{run:?}");
    assert!(run.stderr.contains("a file holds one"), "{run:?}");
    assert!(
        run.stderr.contains("several samples, are several files"),
        "{run:?}"
    );
}

#[test]
fn each_error_of_the_configuration_has_its_place() {
    let folder = Folder::empty();
    folder.write("s.json", "{}");
    for (more, place, says) in [
        (
            "\"layout\": \"sfdx\", \"packages\": {\"types\": \"../../x\", \"agent\": \"a\"}",
            "/packages/types",
            "names no folder",
        ),
        (
            "\"layout\": \"mdapi\", \"zip\": true, \"packages\": {\"types\": \"t\", \"agent\": \"<x>\"}",
            "/packages/agent",
            "names no folder",
        ),
        (
            "\"layout\": \"sfdx\", \"packages\": {\"types\": \"-rf\", \"agent\": \"a\"}",
            "/packages/types",
            "names no folder",
        ),
        (
            "\"layout\": \"sfdx\", \"packages\": {\"types\": \"flowtypes-deploy\", \"agent\": \"a\"}",
            "/packages/types",
            "the folder of the guide",
        ),
        (
            "\"levels\": {\"FT1001\": \"note\", \"FT9999\": \"error\"}",
            "/levels/FT9999",
            "no diagnostic has the code",
        ),
    ] {
        folder.write(
            "flowtypes.json",
            format!("{{\"schemas\": [\"s.json\"], {more}}}"),
        );
        let run = folder.run(&["generate"]);
        assert_eq!(run.status, 1, "{more} {run:?}");
        assert!(
            run.stderr.contains(&format!("^ {place}\n")),
            "{more} {run:?}"
        );
        assert!(run.stderr.contains(says), "{more} {run:?}");
    }
}

#[test]
fn half_of_a_character_is_named() {
    let folder = Folder::empty();
    for text in [
        "{\"title\": \"\\ud83d\"}",
        "{\"title\": \"\\ud83d\\u0041\"}",
    ] {
        folder.write("s.json", text);
        let run = folder.run(&["generate", "s.json"]);
        assert!(run.stderr.contains("half of a character"), "{run:?}");
        assert!(run.stderr.contains("two escapes"), "{run:?}");
    }
}

#[test]
fn an_identifier_of_another_draft_is_named() {
    let folder = Folder::empty();
    folder.write(
        "s/a.json",
        "{\"type\": \"object\", \"properties\": {\"x\": {\"$ref\": \"/hex\"}}}",
    );
    folder.write("s/hex.json", "{\"id\": \"/hex\", \"type\": \"string\"}");
    let run = folder.run(&["generate", "s"]);
    assert_eq!(run.status, 1, "{run:?}");
    let help = "`s/hex.json` calls itself so with `id`";
    assert!(run.stderr.contains(help), "{run:?}");
    folder.succeed(&["generate", "--default-dialect", "4", "s"]);
}

#[test]
fn a_contradiction_names_both_documents() {
    let folder = Folder::empty();
    folder.write(
        "base.json",
        "{\"type\": \"object\", \"properties\": {\"a\": {}}, \"additionalProperties\": {\"type\": \"integer\"}}",
    );
    folder.write(
        "s.json",
        "{\"properties\": {\"it\": {\"allOf\": [{\"$ref\": \"base.json\"}, {\"properties\": {\"b\": {\"type\": \"string\"}}, \"required\": [\"b\"]}]}}}",
    );
    let run = folder.run(&["generate", "s.json"]);
    assert!(run.stderr.contains("FT0301"), "{run:?}");
    assert!(run.stderr.contains("` of `base.json`"), "{run:?}");
    assert!(
        run.stderr.contains("say `unevaluatedProperties`"),
        "{run:?}"
    );
}
