//! What the command line understands of the options that the configuration has too.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn flowtypes(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowtypes"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn every_option_is_in_the_help() {
    let output = flowtypes(Path::new("."), &["generate", "--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    for option in [
        "--root-name <NAME>",
        "--default-dialect <DIALECT>",
        "--invalid-schema <HOW>",
        "--resolve <URI-PREFIX=DIR>",
        "--unresolved <HOW>",
        "--formats <MODE>",
        "--unknown-fields <HOW>",
        "--report <FILE>",
    ] {
        assert!(help.contains(option), "{option}");
    }
    for value in ["- 2019-09:", "- opaque:", "- assertion:", "- keep:"] {
        assert!(help.contains(value), "{value}");
    }
}

#[test]
fn nothing_is_written_to_a_file_that_is_called_like_the_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), r#"{"title": "A"}"#).unwrap();
    for option in ["--single-file", "--out", "--report", "--lock"] {
        for command in ["generate", "check"] {
            let output = flowtypes(folder.path(), &[command, "a.json", option, "-"]);
            assert_eq!(output.status.code(), Some(2), "{command} {option}");
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.contains("`./-`"), "{said}");
        }
    }
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1);
    let asked = ["generate", "a.json", "--single-file", "./-"];
    assert!(flowtypes(folder.path(), &asked).status.success());
    assert!(folder.path().join("-").is_file());
}

#[test]
fn a_usage_names_every_way_and_asks_for_no_more_than_is_needed() {
    let usage = |arguments: &[&str]| {
        let output = flowtypes(Path::new("."), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        let usage = said.split("Usage: ").nth(1).unwrap_or_default();
        usage.split("\n\n").next().unwrap_or_default().to_owned()
    };
    assert!(usage(&["descriptor"]).contains("flowtypes descriptor --from-flow <FLOW>"));
    for arguments in [
        ["dump", "a.json"].as_slice(),
        &["generate", "a.json", "--no-such-option"],
        &["check", "a.json", "--no-such-option"],
    ] {
        let usage = usage(arguments);
        assert!(usage.ends_with(" [SCHEMA]..."), "{usage}");
    }
}

#[test]
fn the_root_type_of_the_first_schema_has_the_name_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, schema: Value| {
        std::fs::write(folder.path().join(name), schema.to_string()).unwrap();
    };
    write(
        "a.json",
        json!({"title": "Order", "type": "object", "properties": {"b": {"$ref": "b.json"}}}),
    );
    write(
        "b.json",
        json!({"title": "Bench Root", "type": "object", "properties": {"c": {"type": "string"}}}),
    );
    let arguments = [
        "generate",
        "--target",
        "rust",
        "--single-file",
        "out.rs",
        "--root-name",
        "BenchRoot",
    ];
    for inputs in [["a.json"].as_slice(), &["a.json", "b.json"]] {
        let output = flowtypes(folder.path(), &[&arguments, inputs].concat());
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = std::fs::read_to_string(folder.path().join("out.rs")).unwrap();
        assert!(text.contains("pub struct BenchRoot {"), "{text}");
        let root = text.split("pub struct BenchRoot {").nth(1).unwrap();
        assert!(root.split('}').next().unwrap().contains("pub b:"), "{text}");
    }
}

#[test]
fn an_option_that_comes_to_nothing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let schema = json!({"title": "A", "properties": {"b": {"$ref": "http://example.com/b.json"}}});
    std::fs::write(folder.path().join("a.json"), schema.to_string()).unwrap();
    let run = |options: &[&str]| {
        let what = [
            "generate",
            "--target",
            "rust",
            "--single-file",
            "out.rs",
            "a.json",
        ];
        let output = flowtypes(folder.path(), &[&what, options].concat());
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    for nothing in ["", " ", "--"] {
        let name = format!("--root-name={nothing}");
        let (status, said) = run(&[&name]);
        assert_eq!(status, Some(2), "{said}");
        assert!(
            said.contains("a name has a letter or a digit in it"),
            "{said}"
        );
    }
    let (status, said) = run(&["--resolve", "http://example.com/=nowhere"]);
    assert_eq!(status, Some(1));
    assert!(
        said.contains("the folder for the documents below `http://example.com/` is not there"),
        "{said}"
    );
    let (status, said) = run(&[
        "--resolve",
        "http://example.com/b.json=a.json",
        "--unresolved",
        "opaque",
    ]);
    assert_eq!(status, Some(0));
    assert!(
        said.contains("below `http://example.com/b.json` is a file"),
        "{said}"
    );
}

#[test]
fn the_loss_report_is_written_even_if_nothing_is_lost_and_replaces_nobodys_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("a.json"),
        r#"{"type": "object", "properties": {}}"#,
    )
    .unwrap();
    let report = folder.path().join("loss.json");
    let run = || {
        flowtypes(
            folder.path(),
            &[
                "generate",
                "--target",
                "rust",
                "--single-file",
                "a.rs",
                "--report",
                "loss.json",
                "a.json",
            ],
        )
    };
    assert!(run().status.success());
    let first: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(first, json!({"losses": []}));
    assert!(run().status.success());
    std::fs::write(&report, "{\"mine\": 1}").unwrap();
    assert!(!run().status.success());
    assert_eq!(std::fs::read_to_string(&report).unwrap(), "{\"mine\": 1}");
}

#[test]
fn a_loss_names_its_target_and_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let schema = r#"{"title": "A", "type": "object", "properties": {"b": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "c": {"not": {"const": 1}}}}"#;
    std::fs::write(folder.path().join("a.json"), schema).unwrap();
    let output = flowtypes(
        folder.path(),
        &[
            "generate",
            "--target",
            "apex",
            "--out",
            "out",
            "--report",
            "loss.json",
            "a.json",
        ],
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = std::fs::read_to_string(folder.path().join("loss.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let losses = report["losses"].as_array().unwrap();
    assert!(!losses.is_empty());
    for loss in losses {
        assert_eq!(loss["target"], "apex");
        assert_eq!(loss["file"], "a.json");
        assert!(loss["code"].as_str().unwrap().starts_with("FT2"));
        assert!(loss["line"].is_u64() && loss["column"].is_u64() && loss["pointer"].is_string());
        assert!(loss["message"].is_string() && loss["severity"].is_string());
    }
}

#[test]
fn what_an_agent_is_to_know_needs_an_api_version() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: Value| {
        std::fs::write(folder.path().join(name), text.to_string()).unwrap();
    };
    write(
        "order.json",
        json!({"title": "Parcel", "type": "object", "properties": {"a": {"type": "string"}}}),
    );
    for (version, names) in [
        (
            "59.0",
            ["agentforce.types", "agentforce.actions"].as_slice(),
        ),
        ("63.0", &["agentforce.types"]),
        ("64.0", &[]),
    ] {
        write(
            "flowtypes.json",
            json!({
                "schemas": ["order.json"],
                "targets": ["apex"],
                "apex": {"apiVersion": version, "actions": "all"},
                "agentforce": {"types": ["order"], "actions": ["ParcelParse"]},
            }),
        );
        let output = flowtypes(folder.path(), &["generate", "--out", version]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.success(), names.is_empty(), "{said}");
        assert_eq!(said.matches("error[FT5001]").count(), names.len(), "{said}");
        for name in names {
            assert!(said.contains(name), "{said}");
        }
    }
    let action = "64.0/apex/genAiFunctions/ParcelParse/ParcelParse.genAiFunction-meta.xml";
    assert!(folder.path().join(action).is_file());
    assert!(
        folder
            .path()
            .join("64.0/apex/lightningTypes/Parcel/schema.json")
            .is_file()
    );
}

#[test]
fn classes_that_an_agent_knows_can_be_used_from_another_namespace() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: Value| {
        std::fs::write(folder.path().join(name), text.to_string()).unwrap();
    };
    let line = json!({"title": "Line", "type": "object", "properties": {"a": {"type": "string"}}});
    write(
        "order.json",
        json!({"title": "Parcel", "type": "object", "properties": {"lines": {"type": "array", "items": line}}}),
    );
    let classes = ["Parcel", "Line", "Violation"];
    for (out, access, types, is_open) in [
        ("known", "global", "all", true),
        ("unknown", "global", "none", false),
        ("public", "public", "all", false),
    ] {
        write(
            "flowtypes.json",
            json!({
                "schemas": ["order.json"],
                "targets": ["apex"],
                "apex": {"access": access},
                "agentforce": {"types": types},
            }),
        );
        let output = flowtypes(folder.path(), &["generate", "--out", out, "--notes"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        assert_eq!(said.contains("note[FT5002]"), out == "public", "{said}");
        for class in classes {
            let path = folder
                .path()
                .join(format!("{out}/apex/classes/{class}.cls"));
            let text = std::fs::read_to_string(path).unwrap();
            let opened = "@JsonAccess(serializable='always' deserializable='always')\nglobal ";
            assert_eq!(text.contains(opened), is_open, "{text}");
        }
    }
}
