//! The built program, run in folders of its own: exit statuses and what it says. What it writes is in `writing.rs`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;

use support::program::{Folder, ORDER, fails};

// Check

#[test]
fn check_tells_fresh_from_stale_and_writes_nothing() {
    let folder = Folder::with_order();
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("+pub struct Parcel"), "{}", run.stdout);
    assert!(!folder.has("generated"));

    folder.succeed(&["generate"]);
    let run = folder.succeed(&["check"]);
    assert_eq!(run.stdout, "");

    folder.write("schemas/order.json", ORDER.replace("closed", "shut"));
    let before = folder.files(".");
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("a/rust/order.rs"), "{}", run.stdout);
    assert!(
        run.stdout
            .lines()
            .any(|line| line.starts_with('-') && line.contains("closed")),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .lines()
            .any(|line| line.starts_with('+') && line.contains("shut")),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("flowtypes generate"), "{}", run.stderr);
    assert_eq!(folder.files("."), before);
}

#[test]
fn check_sees_an_edited_and_a_missing_file() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let text = folder.read("generated/rust/order.rs");
    folder.write("generated/rust/order.rs", text.replace("closed", "shut"));
    assert_eq!(folder.run(&["check"]).status, 1);
    folder.succeed(&["generate", "--force"]);
    folder.succeed(&["check"]);
    fs::remove_file(folder.path("generated/apex/classes/Parcel.cls")).unwrap();
    assert_eq!(folder.run(&["check"]).status, 1);
    // Only the targets that were asked for count.
    folder.succeed(&["check", "--target", "rust"]);
}

// Configuration

#[test]
fn a_configuration_is_found_by_its_name() {
    let folder = Folder::empty();
    folder.write("mine/order.json", ORDER);
    folder.write(
        "flowtypes.json",
        r#"{"schemas": ["mine"], "targets": ["rust"], "out": "made"}"#,
    );
    folder.succeed(&["generate"]);
    assert!(folder.has("made/rust/order.rs"));
    assert!(!folder.has("made/apex"));
    // What the command line says goes before.
    folder.succeed(&["generate", "--target", "apex", "--out", "other"]);
    assert!(folder.has("other/apex/classes/Parcel.cls"));
    assert!(!folder.has("other/rust"));
}

#[test]
fn paths_of_a_configuration_are_relative_to_it() {
    let folder = Folder::empty();
    folder.write("sub/mine/order.json", ORDER);
    folder.write(
        "sub/my.json",
        r#"{"schemas": ["mine"], "targets": ["rust"]}"#,
    );
    folder.succeed(&["generate", "--config", "sub/my.json"]);
    assert!(folder.has("sub/generated/rust/order.rs"));
}

#[test]
fn a_broken_configuration_is_an_error_with_a_place() {
    let folder = Folder::with_order();
    for (text, code, place) in [
        (
            "{\n  \"targets\": [\"cobol\"]\n}",
            "FT0050",
            "flowtypes.json:2:",
        ),
        ("{\n  \"colour\": 1\n}", "FT0050", "flowtypes.json:2:"),
        ("{\n  \"out\" \"x\"\n}", "FT0002", "flowtypes.json:2:"),
    ] {
        folder.write("flowtypes.json", text);
        fails(&folder, &["generate"], code, place);
    }
    fs::remove_file(folder.path("flowtypes.json")).unwrap();
    fails(
        &folder,
        &["generate", "--config", "gone.json"],
        "FT0001",
        "gone.json",
    );
}

/// Each option that cannot be meant, a line below the line of its section.
#[test]
fn what_is_said_of_an_option_points_at_it() {
    for (section, option, pointer) in [
        ("apex", r#""apiVersion": "66""#, "/apex/apiVersion"),
        ("apex", r#""classPrefix": "1x""#, "/apex/classPrefix"),
        (
            "apex",
            r#""permissionSet": {"name": "a__b"}"#,
            "/apex/permissionSet/name",
        ),
        (
            "apex",
            r#""permissionSet": {"label": " "}"#,
            "/apex/permissionSet/label",
        ),
        (
            "apex",
            r##""names": {"order#": "Class"}"##,
            "/apex/names/order#",
        ),
        (
            "apex",
            r##""names": {"order#/x~1y": "X"}"##,
            "/apex/names/order#~1x~01y",
        ),
        (
            "apex",
            r#""actions": ["order", "nobody"]"#,
            "/apex/actions/1",
        ),
        ("flow", r#""apiVersion": "new""#, "/flow/apiVersion"),
        ("flow", r#""decimalPlaces": 18"#, "/flow/decimalPlaces"),
        (
            "flow",
            r##""names": {"order#": "a__b"}"##,
            "/flow/names/order#",
        ),
        ("flow", r#""types": ["nobody"]"#, "/flow/types/0"),
        (
            "flow",
            r#""branches": ["order", "nobody"]"#,
            "/flow/branches/1",
        ),
        ("rust", r#""derives": ["Eq", "1x"]"#, "/rust/derives/1"),
        (
            "rust",
            r#""fallbackVariant": "other""#,
            "/rust/fallbackVariant",
        ),
        (
            "rust",
            r#""formats": {"uuid": "Uuid<"}"#,
            "/rust/formats/uuid",
        ),
        (
            "rust",
            r##""types": {"order#": "a b"}"##,
            "/rust/types/order#",
        ),
        (
            "rust",
            r##""names": {"order#": "a b"}"##,
            "/rust/names/order#",
        ),
        (
            "agentforce",
            r#""types": ["nobody"]"#,
            "/agentforce/types/0",
        ),
        (
            "agentforce",
            r#""actions": ["Nobody"]"#,
            "/agentforce/actions/0",
        ),
    ] {
        let folder = Folder::with_order();
        folder.write(
            "flowtypes.json",
            format!("{{\"{section}\": {{\n  {option}\n}}}}"),
        );
        let said = folder.run(&["generate"]).stderr;
        assert!(
            said.contains("--> flowtypes.json:2:") && said.contains(&format!("^ {pointer}\n")),
            "{option}: {said}"
        );
    }
}

#[test]
fn a_level_can_make_a_warning_an_error() {
    let folder = Folder::empty();
    folder.write(
        "schemas/never.json",
        r#"{"title": "Never", "type": "object", "properties": {"a": {"type": "string", "enum": [1]}}}"#,
    );
    let run = folder.succeed(&["generate"]);
    assert!(run.stderr.contains("warning[FT0301]"), "{}", run.stderr);
    folder.write(
        "flowtypes.json",
        r#"{"levels": {"FT0301": "error"}, "out": "new"}"#,
    );
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[FT0301]"), "{}", run.stderr);
    assert!(!folder.has("new"));
}

// Stages

#[test]
fn every_stage_can_be_dumped_as_json() {
    let folder = Folder::with_order();
    for stage in ["schema", "normal", "types"] {
        let run = folder.succeed(&["dump", "--stage", stage]);
        let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert!(value.to_string().contains("Parcel"), "{stage}");
    }
    assert_eq!(folder.names("."), ["schemas/order.json"]);
}

// Usage

#[test]
fn wrong_usage_is_status_2() {
    let folder = Folder::with_order();
    for arguments in [
        &[][..],
        &["nonsense"],
        &["generate", "--target", "cobol"],
        &["generate", "--no-such-option"],
        &["dump"],
        &["dump", "--stage", "none"],
        &["generate", "--single-file", "x.rs", "--target", "apex"],
        &["generate", "--single-file", "x.rs", "--out", "y"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{run:?}");
    }
    assert_eq!(folder.names("."), ["schemas/order.json"]);
}

#[test]
fn help_and_version_are_no_errors() {
    let folder = Folder::empty();
    let run = folder.succeed(&["--help"]);
    for command in [
        "generate",
        "check",
        "diff",
        "infer",
        "dump",
        "explain",
        "init",
        "completions",
    ] {
        assert!(run.stdout.contains(command), "{}", run.stdout);
        folder.succeed(&[command, "--help"]);
    }
    let run = folder.succeed(&["--version"]);
    assert_eq!(
        run.stdout,
        format!("flowtypes {}\n", env!("CARGO_PKG_VERSION"))
    );
}

// Errors in the input

/// A folder with the documents of a case in `schemas/`.
fn case(name: &str) -> Folder {
    let folder = Folder::empty();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name);
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_str().unwrap();
            folder.write(&format!("schemas/{name}"), fs::read(&path).unwrap());
        }
    }
    folder
}

#[test]
fn every_error_of_a_schema_has_a_code_and_a_place() {
    for (name, code, line) in [
        ("error-syntax", "FT0002", "6:33"),
        ("error-too-deep", "FT0003", "2:4600"),
        ("error-unknown-dialect", "FT0101", "2:3"),
        ("error-invalid-keyword", "FT0102", "6:11"),
        ("error-unknown-type", "FT0103", "6:15"),
        ("error-dangling-ref", "FT0201", "6:17"),
        ("error-ref-loop", "FT0204", "7:5"),
    ] {
        let folder = case(name);
        let place = format!("schemas/schema.json:{line}");
        for arguments in [&["generate"][..], &["generate", "schemas/schema.json"]] {
            fails(&folder, arguments, code, &place);
        }
        let run = folder.run(&["check"]);
        assert_eq!(run.status, 1, "{run:?}");
        let run = folder.run(&["dump", "--stage", "types"]);
        assert_eq!(run.status, 1, "{run:?}");
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn all_errors_are_reported_in_one_run() {
    let run = case("error-several").run(&["generate"]);
    for code in ["FT0002", "FT0102", "FT0103", "FT0201"] {
        assert!(
            run.stderr.contains(code),
            "{code} is not in: {}",
            run.stderr
        );
    }
    assert!(run.stderr.contains(" errors"), "{}", run.stderr);
    assert!(
        run.stderr.contains("`flowtypes explain CODE`"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_a_beginner_types_has_a_way_out() {
    let folder = Folder::empty();
    folder.write(
        "order.json",
        "{\n  // The order.\n  \"type\": \"object\"\n}",
    );
    folder.write("sample.json", r#"{"orderId": "A-17", "total": 20.5}"#);
    for (arguments, said) in [
        (&["order.json"][..], "flowtypes generate order.json"),
        (&["generate", "order.json"], "take the comments out"),
        (
            &["generate", "https://example.com/a.json"],
            "download the document",
        ),
        (&["generate", "sample.json"], "--from-sample"),
    ] {
        let run = folder.run(arguments);
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_description_without_components_is_told_and_makes_nothing() {
    let folder = Folder::empty();
    let text = r#"{"openapi": "3.0.3", "info": {"title": "Orders", "version": "1"}, "paths": {}}"#;
    folder.write("schemas/api.json", text);
    let run = folder.succeed(&["generate", "--target", "rust"]);
    assert!(run.stderr.contains("warning[FT0110]"), "{}", run.stderr);
    folder.succeed(&["generate", "--target", "rust", "--single-file", "types.rs"]);
    // Code that types share would be unused, as the compiler says.
    for path in ["generated/rust/mod.rs", "types.rs"] {
        let text = folder.read(path);
        assert!(text.lines().all(|line| line.starts_with("//")), "{text}");
    }
}

#[test]
fn what_operations_say_gives_types_if_asked() {
    let folder = Folder::empty();
    let text = |schema: &str| {
        format!(
            r#"{{"openapi": "3.0.3", "info": {{"title": "Orders", "version": "1"}}, "paths": {{"/orders": {{"post": {{
            "operationId": "createOrder", "responses": {{}},
            "requestBody": {{"content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}"#
        )
    };
    let types = ["generate", "api.json", "--single-file", "types.rs"];
    folder.write(
        "api.json",
        text(r#"{"type": "object", "properties": {"id": {}}}"#),
    );
    let run = folder.succeed(&types);
    assert!(
        run.stderr.contains("`--operation-schemas`"),
        "{}",
        run.stderr
    );
    let asked = [&types[..], &["--operation-schemas"]].concat();
    folder.succeed(&asked);
    let written = folder.read("types.rs");
    assert!(
        written.contains("pub struct CreateOrderRequest {"),
        "{written}"
    );
    // What needs no type gives none, and that is said.
    folder.write(
        "api.json",
        text(r#"{"type": "string", "format": "binary"}"#),
    );
    let run = folder.succeed(&asked);
    assert!(run.stderr.contains("that need a type"), "{}", run.stderr);
}

#[test]
fn an_error_after_a_good_run_leaves_the_output_as_it_was() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    folder.write("schemas/broken.json", "{");
    fails(&folder, &["generate"], "FT0002", "schemas/broken.json:1:");
}

#[test]
fn schemas_that_cannot_be_read_are_errors() {
    let folder = Folder::empty();
    fails(&folder, &["generate"], "FT0001", "schemas");
    fails(&folder, &["generate", "gone.json"], "FT0001", "gone.json");
    folder.write("schemas/notes.txt", "not a schema");
    fails(&folder, &["generate"], "FT0005", "schemas");
    folder.write("latin.json", b"{\"title\": \"gr\xfc\xdfe\"}");
    fails(&folder, &["generate", "latin.json"], "FT0004", "latin.json");
    folder.write("empty.json", "");
    fails(
        &folder,
        &["generate", "empty.json"],
        "FT0002",
        "empty.json:1:1",
    );
    folder.write("list.json", "[]");
    fails(
        &folder,
        &["generate", "list.json"],
        "FT0104",
        "list.json:1:1",
    );
}

#[test]
fn the_line_of_an_error_is_shown() {
    let folder = case("error-syntax");
    let run = folder.run(&["generate"]);
    assert!(
        run.stderr.contains(r#""age": { "type": "integer", }"#),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("`flowtypes explain FT0002`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_byte_order_mark_is_no_error() {
    let folder = Folder::empty();
    folder.write("schemas/order.json", format!("\u{feff}{ORDER}"));
    folder.succeed(&["generate"]);
}
