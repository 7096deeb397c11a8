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
    std::thread::sleep(std::time::Duration::from_millis(1100));
    fs::remove_file(package.join("schemas/extra.json")).unwrap();
    assert!(runs_script(package), "a schema that is gone");
    assert!(!runs_script(package));
    fs::write(package.join("flowtypes.lock.json"), "{\"version\": 1}\n").unwrap();
    touch(
        "flowtypes.json",
        r#"{"schemas": ["schemas"], "rust": {"unknownFields": "keep"}}"#,
    );
    assert!(runs_script(package), "the configuration");
    // The file that keeps names is read and never written; what it lacks is told, by a build that runs nothing too.
    let output = cargo(package, &["build", "--locked"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let warning = "warning: touched@0.0.0: flowtypes.lock.json does not keep all names: renew it";
    assert!(said.contains(warning), "{said}");
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

/// A parcel whose pattern takes an engine for regular expressions.
fn with_pattern(package: &Path) {
    let path = package.join("schemas/delivery.json");
    let schema = fs::read_to_string(&path).unwrap();
    let parcel = "\"minLength\": 1";
    assert!(schema.contains(parcel), "{schema}");
    let schema = schema.replace(parcel, "\"pattern\": \"^([A-Z]-|[0-9])+$\"");
    fs::write(path, schema).unwrap();
}

#[test]
fn a_crate_that_the_manifest_lacks_is_named() {
    let folder = copy("lacking");
    with_pattern(folder.path());
    let output = cargo(folder.path(), &["build", "--locked"]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    let warning = "warning: lacking@0.0.0: the generated types need the crate `regress`: add `regress = \"0.12\"` to";
    assert!(said.contains(warning), "{said}");
    // Nothing else than that it is missing, on a line that says what to do.
    assert_eq!(said.matches("\nerror[").count(), 1, "{said}");
    let line = "use ::regress::Regex; // in Cargo.toml, below [dependencies]: regress = \"0.12\"";
    assert!(said.contains(line), "{said}");

    let manifest = folder.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let text = text.replace("serde = \"1\"", "serde = \"1\"\nregress = \"0.12\"");
    fs::write(manifest, text).unwrap();
    let output = cargo(folder.path(), &["build", "--offline"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");
}

/// A program whose own names and lints are nothing to the types: they are as strict as the compiler can be with code that
/// nobody has written by hand.
const STRICT: &str = r#"//! Reads a delivery.
#![deny(warnings, unused, rust_2018_idioms, unsafe_code)]
#![deny(unreachable_pub, unused_qualifications, unused_results, missing_debug_implementations)]
#![deny(let_underscore_drop, trivial_casts, unused_lifetimes, variant_size_differences)]

mod alloc {}
mod core {}
mod serde {}
mod std {}
struct Option;
struct Result;
struct String;
struct Vec;

#[allow(unreachable_pub)]
mod types {
    include!(concat!(env!("OUT_DIR"), "/flowtypes.rs"));
}

fn main() {
    println!("{:?} {:?} {:?} {:?}", size(Option), size(Result), size(String), size(Vec));
    println!("{}", serde_json::from_str::<types::Delivery>("{}").is_ok());
}

fn size<T>(_: T) -> usize {
    ::std::mem::size_of::<T>()
}
"#;

#[test]
fn strict_lints_and_names_of_the_package_itself_do_not_matter() {
    let folder = copy("strict");
    fs::write(folder.path().join("src/main.rs"), STRICT).unwrap();
    let output = cargo(folder.path(), &["check", "--locked"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
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
