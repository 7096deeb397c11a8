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
