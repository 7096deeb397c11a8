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
    for name in [
        "annotate-snippets",
        "anstream",
        "anyhow",
        "clap",
        "clap_complete",
        "indicatif",
        "notify",
        "saphyr-parser",
        "schemars",
        "similar",
    ] {
        assert!(!names.contains(&name), "{name} is needed: {tree}");
    }
}

/// A copy of the example, which tests may change. It has a name of its own: cargo takes packages of one name in one target
/// folder for the same.
fn copy(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "src/main.rs",
        "schemas/address.json",
        "schemas/delivery.json",
    ] {
        let to = folder.path().join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let text = fs::read_to_string(example().join(file)).unwrap();
        let root = support::root().to_str().unwrap();
        let text = text.replace("../..", root);
        let text = text.replace("name = \"build-script\"", &format!("name = \"{name}\""));
        fs::write(to, text).unwrap();
    }
    folder
}

/// Whether a build runs the build script.
fn runs_script(package: &Path) -> bool {
    let output = cargo(package, &["build", "--verbose", "--locked"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let is_fresh = said.contains("Fresh touched v");
    let runs = said.lines().any(|line| {
        line.trim_start().starts_with("Running") && line.contains("/build-script-build`")
    });
    assert!(is_fresh != runs, "{said}");
    runs
}

#[test]
fn touching_a_document_builds_again_and_touching_nothing_does_not() {
    let folder = copy("touched");
    let package = folder.path();
    let touch = |file: &str, text: &str| {
        // The times of files must differ for cargo to see it.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        fs::write(package.join(file), text).unwrap();
    };
    assert!(runs_script(package));
    assert!(!runs_script(package), "nothing was touched");
    let address = fs::read_to_string(package.join("schemas/address.json")).unwrap();
    touch(
        "schemas/address.json",
        &address.replace("With the number.", "And the number."),
    );
    assert!(runs_script(package), "a document that is referred to");
    assert!(!runs_script(package));

    // A folder, so that a new schema counts; the configuration counts too.
    fs::write(
        package.join("build.rs"),
        "fn main() -> Result<(), flowtypes::Error> {\n    flowtypes::Generator::from_config_file(\"flowtypes.json\")?.build_script()\n}\n",
    )
    .unwrap();
    fs::write(
        package.join("flowtypes.json"),
        r#"{"schemas": ["schemas"]}"#,
    )
    .unwrap();
    assert!(runs_script(package));
    assert!(!runs_script(package));
    touch(
        "schemas/extra.json",
        r#"{"title": "Extra", "type": "object"}"#,
    );
    assert!(runs_script(package), "a new schema");
    touch(
        "flowtypes.json",
        r#"{"schemas": ["schemas"], "rust": {"unknownFields": "keep"}}"#,
    );
    assert!(runs_script(package), "the configuration");
    touch("README.md", "Nobody reads this.");
    assert!(!runs_script(package), "another file");
}

#[test]
fn warnings_are_shown_by_cargo() {
    let folder = copy("warned");
    let schema = fs::read_to_string(folder.path().join("schemas/delivery.json")).unwrap();
    let schema = schema.replace(
        "{\"$ref\": \"address.json\"}",
        "{\"$ref\": \"address.json\", \"type\": \"string\"}",
    );
    fs::write(folder.path().join("schemas/delivery.json"), schema).unwrap();
    let output = cargo(folder.path(), &["build", "--locked"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let place = "schemas/delivery.json:9:5: warning[FT0301]: no value can satisfy";
    assert!(
        said.contains("warning: warned") && said.contains(place),
        "{said}"
    );
}

#[test]
fn an_error_in_a_schema_fails_the_build_in_words_for_people() {
    let folder = copy("refused");
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
