//! The documents say what is there, and what they name is there.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flowtypes::diagnostic::Code;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_readme_names_every_code_and_no_other() {
    let readme = read("README.md");
    for code in Code::ALL {
        assert!(readme.contains(code.as_str()), "{code} is missing");
    }
    for (start, _) in readme.match_indices("FT") {
        let Some(code) = readme.get(start..start + 6) else {
            continue;
        };
        if code[2..].bytes().all(|byte| byte.is_ascii_digit()) {
            let known = Code::ALL.iter().any(|known| known.as_str() == code);
            assert!(known, "{code} is no code");
        }
    }
}

#[test]
fn the_readme_names_every_option_and_no_other() {
    let readme = read("README.md");
    let section = readme
        .split("\n## ")
        .find(|section| section.starts_with("Command line"))
        .unwrap();
    let mut help = String::new();
    for command in [
        "generate",
        "check",
        "diff",
        "infer",
        "dump",
        "descriptor",
        "explain",
        "init",
        "completions",
        "lint",
        "channel",
        "picture",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_flowtypes"))
            .args([command, "--help"])
            .output()
            .unwrap();
        help.push_str(&String::from_utf8(output.stdout).unwrap());
    }
    let options = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii_lowercase() && c != '-');
        let mut options: Vec<String> = words
            .filter(|word| word.starts_with("--") && !word.ends_with('-'))
            .map(str::to_owned)
            .collect();
        options.sort();
        options.dedup();
        options
    };
    let mut of_help = options(&help);
    of_help.retain(|option| option != "--help");
    assert_eq!(options(section), of_help);
}

#[test]
fn the_first_commands_of_the_readme_are_the_two_of_a_fresh_clone() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .take(2)
        .collect();
    assert_eq!(commands, ["cargo run -- generate", "cargo test"]);
}

#[test]
fn the_configuration_of_the_readme_is_one() {
    let readme = read("README.md");
    let start = readme.find("```json\n").unwrap() + 8;
    let text = readme[start..].split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flowtypes.json");
    fs::write(&path, text).unwrap();
    let outcome = flowtypes::Generator::from_config_file(&path);
    assert!(outcome.is_ok(), "{:?}", outcome.err());
}

#[test]
fn the_map_names_every_source_file_in_the_section_of_its_folder() {
    let map = read("ARCHITECTURE.md");
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        let shown = folder.to_str().unwrap().replace('\\', "/");
        let is_target = shown.starts_with("src/target/");
        let heading = if is_target {
            "`src/target/`".to_owned()
        } else {
            format!("`{shown}/`")
        };
        let section = map
            .split("\n### ")
            .find(|section| section.starts_with(&heading))
            .unwrap_or_else(|| panic!("{heading} has no section in ARCHITECTURE.md"));
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                let holds_data = name == "meta";
                if name != "tests" && !holds_data && !(is_target && name == "lower") {
                    folders.push(path);
                }
                continue;
            }
            // Of a row of drafts the first and the last are named.
            let is_known = ["mod.rs", "tests.rs"].contains(&name)
                || name.starts_with("draft")
                || !name.ends_with(".rs");
            assert!(
                is_known || section.contains(&format!("`{name}`")),
                "{} is not in the section {heading} of ARCHITECTURE.md",
                path.display()
            );
        }
    }
}

#[test]
fn the_package_holds_what_it_is_made_from_and_no_tests() {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .output()
        .unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let listed: Vec<&str> = listed.lines().collect();
    let mut folders = vec![PathBuf::from("src"), PathBuf::from("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let shown = path.to_str().unwrap().replace('\\', "/");
            assert!(listed.contains(&shown.as_str()), "{shown} is left out");
        }
    }
    // What a unit test reads.
    let data = "tests/cases/service-answers/api.yaml";
    let too_much = |path: &&&str| {
        let folders = [".ci/", "benches/", "examples/", "generated/", "tests/"];
        **path != data && folders.iter().any(|folder| path.starts_with(folder))
    };
    assert_eq!(listed.iter().find(too_much), None);
}

#[test]
fn links_and_files_of_the_documents_are_there() {
    for document in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let text = read(document);
        for (start, _) in text.match_indices("](") {
            let target = text[start + 2..].split(')').next().unwrap();
            if let Some(anchor) = target.strip_prefix('#') {
                let found = text.lines().any(|line| {
                    let heading = line.trim_start_matches('#');
                    line.starts_with('#')
                        && heading.trim().to_lowercase().replace(' ', "-") == anchor
                });
                assert!(found, "{document}: there is no heading for #{anchor}");
            } else if !target.starts_with("https://") {
                assert!(Path::new(target).exists(), "{document}: {target}");
            }
        }
    }
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(read(license).contains("License"));
    }
}
