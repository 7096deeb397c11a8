//! What several kinds of test share. Each test binary uses a part of it.
#![allow(dead_code, clippy::unwrap_used)]

pub mod instances;
pub mod json;
pub mod package;
#[cfg(feature = "cli")]
pub mod program;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flowtypes::Generator;

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of `tests/cases`, by name, relative to the root.
pub fn cases() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| Path::new("tests/cases").join(entry.unwrap().file_name()))
        .filter(|folder| folder.join("schema.json").is_file())
        .collect();
    found.sort();
    found
}

/// Whether a case is one of errors.
pub fn has_errors(case: &Path) -> bool {
    name(case).starts_with("error-")
}

/// Whether the document of a case is a schema: one of OpenAPI is none, and has no type of its own.
pub fn has_root(case: &Path) -> bool {
    let text = std::fs::read_to_string(root().join(case).join("schema.json")).unwrap();
    let document: Result<serde_json::Value, _> = serde_json::from_str(&text);
    document.unwrap().get("openapi").is_none()
}

/// The name of a case.
pub fn name(case: &Path) -> &str {
    case.file_name().unwrap().to_str().unwrap()
}

/// A generator for a case: its schema, with its own configuration and its own actions if it has any.
///
/// Tests run in the root of the repository, so that all paths stay relative.
pub fn generator(case: &Path) -> Generator {
    let config = case.join("flowtypes.json");
    let generator = if config.is_file() {
        Generator::from_config_file(&config).map_err(|failure| failure.report.to_string())
    } else {
        Ok(Generator::new())
    };
    let mut generator = generator.unwrap().schema(case.join("schema.json"));
    let actions = case.join("actions");
    if actions.is_dir() {
        generator = generator.action(actions);
    }
    // Nothing is written there: tests plan only.
    generator.out_dir("target/nothing-is-here")
}

/// Runs cargo in a package, without a network and without what cargo has set for this test.
pub fn cargo(package: &Path, target: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        // Nobody looks at it. Without it a library is the same for a build script and for the package itself, so that
        // it is built once.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap()
}

/// What a program has printed, if it succeeded.
pub fn succeed(output: Output) -> String {
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
