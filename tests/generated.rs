//! What is generated, as others use it: `generated/` is fresh, and the Rust types of the showcase and of every test
//! case compile without a warning in two editions, are formatted, and read and refuse what their schemas say.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flowtypes::{Generator, Target};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use support::package::Package;

/// The editions that the types have to compile in.
const EDITIONS: [&str; 2] = ["2021", "2024"];

/// The crates that a case takes types from.
const CRATES: &str = "chrono = { version = \"0.4\", default-features = false, features = [\"alloc\", \"serde\"] }\n\
                      uuid = { version = \"1\", default-features = false, features = [\"serde\"] }\n";

#[test]
fn the_committed_output_is_fresh() {
    let generator = Generator::from_config_file("flowtypes.json")
        .map_err(|failure| failure.report.to_string())
        .unwrap();
    let output = generator
        .plan()
        .map_err(|failure| failure.report.to_string())
        .unwrap();
    let changes: Vec<&String> = output.plan.changes.iter().map(|(path, _)| path).collect();
    assert!(
        output.plan.is_fresh(),
        "run `cargo run -- generate`: {changes:?}"
    );
    for target in Target::ALL {
        let mut paths = output.files.iter().map(|(path, _)| path);
        assert!(paths.any(|path| path.starts_with(target.folder())));
    }
}

#[test]
fn nothing_else_is_in_the_committed_output() {
    let manifest = fs::read_to_string("generated/flowtypes-manifest.json").unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let known = manifest["files"].as_object().unwrap();
    let mut folders = vec![PathBuf::from("generated")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix("generated").unwrap().to_str().unwrap();
            // The page is what another test makes.
            assert!(
                ["flowtypes-manifest.json", "mappings.md"].contains(&name)
                    || known.contains_key(name),
                "{name} was not generated"
            );
        }
    }
}

#[test]
fn the_rust_types_are_formatted() {
    let krate = Crate::new("formatted");
    let files: Vec<PathBuf> = krate
        .package
        .sources
        .keys()
        .filter(|path| is_generated(path))
        .map(|path| krate.package.folder.join(path))
        .collect();
    assert!(files.len() > 20);
    for edition in EDITIONS {
        let output = Command::new("rustfmt")
            .args(["--check", "--color", "never", "--edition", edition])
            .args(&files)
            .output()
            .unwrap();
        support::succeed(output);
    }
}

#[test]
fn the_rust_types_compile_without_a_warning_and_do_what_their_schemas_say() {
    let krate = Crate::new("compiled");
    let target = support::root().join("target/tests/generated");
    let strict = [
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    support::succeed(support::cargo(&krate.package.folder, &target, &strict));
    let output = support::cargo(
        &krate.package.folder,
        &target,
        &["test", "--quiet", "--workspace"],
    );
    support::succeed(output);
}

/// A workspace below `target/` with a package for each edition, made of the same sources: `showcase`, with the types
/// of `generated/rust`, `single`, with the same types in one file, and `cases`, with a module for every test case.
struct Crate {
    package: Package,
}

impl Crate {
    fn new(name: &str) -> Self {
        let mut krate = Self {
            package: Package::new(name),
        };
        krate.add_types();
        krate.add_packages();
        krate.package.write();
        krate
    }

    fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.package.add(path, text);
    }

    fn add_types(&mut self) {
        let folder = support::root().join("generated/rust");
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            self.add(Path::new("src/showcase").join(name), text);
        }
        let single = Generator::from_config_file("flowtypes.json")
            .map_err(|failure| failure.report.to_string())
            .unwrap()
            .plan_single_file()
            .map_err(|failure| failure.report.to_string())
            .unwrap();
        let (_, text) = single.files.iter().next().unwrap();
        self.add("src/single.rs", text);
        let mut tests = Vec::new();
        for entry in fs::read_dir(support::root().join("schemas")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                tests.push(test_of(&path, "showcase"));
            }
        }
        let mut modules = String::new();
        for case in support::cases() {
            if support::has_errors(&case) {
                continue;
            }
            let generator = support::generator(&case).target(Target::Rust);
            let output = generator
                .plan()
                .map_err(|failure| failure.report.to_string());
            let module = support::name(&case).to_snake_case();
            let folder = Path::new("src/cases").join(&module);
            self.package.add_files(&folder, &output.unwrap().files);
            modules.push_str(&format!("pub mod {module};\n"));
            if support::has_root(&case) {
                let schema = support::root().join(&case).join("schema.json");
                tests.push(test_of(&schema, &format!("cases::{module}")));
            }
        }
        self.add("src/cases/mod.rs", modules);
        tests.sort();
        self.add("src/examples.rs", tests.concat());
    }

    fn add_packages(&mut self) {
        self.add("src/support.rs", include_str!("generated/support.rs"));
        self.add("src/refusals.rs", include_str!("generated/showcase.rs"));
        self.add("src/promises.rs", include_str!("generated/promises.rs"));
        self.add(
            "src/lib.rs",
            "#![deny(warnings)]\n\npub mod cases;\npub mod showcase;\npub mod single;\n\n\
             #[cfg(test)]\nmod examples;\n#[cfg(test)]\nmod promises;\n#[cfg(test)]\nmod refusals;\n#[cfg(test)]\nmod support;\n",
        );
        // Nobody uses what a private module of a program has.
        self.add(
            "src/main.rs",
            "#![deny(warnings)]\n\nmod cases;\nmod showcase;\nmod single;\n\nfn main() {}\n",
        );
        let mut members = Vec::new();
        for edition in EDITIONS {
            let name = format!("edition-{edition}");
            self.add(
                format!("{name}/Cargo.toml"),
                format!(
                    "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n\
                     [lib]\npath = \"../src/lib.rs\"\ndoctest = false\n\n\
                     [[bin]]\nname = \"{name}-program\"\npath = \"../src/main.rs\"\ntest = false\n\n\
                     [dependencies]\n{CRATES}regress = \"0.12\"\nserde = \"1\"\nserde_json = \"1\"\n"
                ),
            );
            members.push(format!("\"{name}\""));
        }
        let members = members.join(", ");
        self.add(
            "Cargo.toml",
            format!("[workspace]\nresolver = \"2\"\nmembers = [{members}]\n"),
        );
        self.package.add_lock();
    }
}

fn is_generated(path: &Path) -> bool {
    path == Path::new("src/single.rs")
        || path.starts_with("src/showcase")
        || path.starts_with("src/cases") && path != Path::new("src/cases/mod.rs")
}

/// A test of the root type of a schema, whose module is below `parent`.
fn test_of(schema: &Path, parent: &str) -> String {
    let text = fs::read_to_string(schema).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let stem = schema.file_stem().unwrap().to_str().unwrap();
    let name = value["title"]
        .as_str()
        .unwrap_or(stem)
        .to_upper_camel_case();
    let module = stem.to_snake_case();
    let test = parent.replace("::", "_");
    let count = value["examples"].as_array().map_or(0, Vec::len);
    let is_showcase = parent == "showcase";
    assert!(!is_showcase || count > 0, "{stem} has no examples");
    format!(
        "\n#[test]\nfn {test}_{module}() {{\n    \
         let schema = include_str!({schema:?});\n    \
         assert_eq!(crate::support::round_trips::<crate::{parent}::{module}::{name}>(schema), {count});\n    \
         let refused = crate::support::refuses::<crate::{parent}::{module}::{name}>(schema);\n    \
         println!(\"{{refused}} refused\");\n}}\n"
    )
}
