//! The example of a build script, built and run as somebody's package that depends on this one.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

fn example() -> std::path::PathBuf {
    support::root().join("examples/build-script")
}

/// Runs cargo in a package, with a target folder that later runs of the tests find again.
fn cargo(package: &Path, arguments: &[&str]) -> Output {
    let target = support::root().join("target/tests/build-script");
    support::cargo(package, &target, arguments)
}

#[test]
fn the_example_builds_and_runs() {
    let output = support::succeed(cargo(&example(), &["run", "--quiet", "--locked"]));
    assert!(
        output.starts_with("parcel A-17 goes to Long Lane 1, 1234 Town\nrefused: "),
        "{output}"
    );
}

#[test]
fn a_build_script_needs_nothing_of_the_command_line() {
    let arguments = [
        "tree",
        "--locked",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
    ];
    let tree = support::succeed(cargo(&example(), &arguments));
    let names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.contains(&"flowtypes"), "{tree}");
    for name in ["clap", "anyhow", "annotate-snippets", "similar", "schemars"] {
        assert!(!names.contains(&name), "{name} is needed: {tree}");
    }
}

#[test]
fn an_error_in_a_schema_fails_the_build_in_words_for_people() {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "src/main.rs",
        "schemas/address.json",
    ] {
        let to = folder.path().join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let text = fs::read_to_string(example().join(file)).unwrap();
        let root = support::root().to_str().unwrap();
        fs::write(to, text.replace("../..", root)).unwrap();
    }
    let schema = "{\n  \"title\": \"Delivery\",\n  \"type\": \"objekt\"\n}\n";
    fs::write(folder.path().join("schemas/delivery.json"), schema).unwrap();
    let output = cargo(folder.path(), &["build", "--quiet", "--locked"]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("schemas/delivery.json:3:3: error[FT0103]: `objekt` is not a type"),
        "{said}"
    );
    assert!(!said.contains("Report {"), "{said}");
}
