//! Every folder of `tests/cases` goes through all stages, and each stage is compared with a snapshot in its
//! `expected/`. A folder whose name starts with `error-` has to fail, and nothing may be generated from it.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test cases`, then read the difference.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::HashMap;
use std::path::Path;

use flowtypes::internals::{Stage, dump};
use flowtypes::report::Report;
use flowtypes::{Failure, Output, Target};
use insta::{assert_snapshot, glob};

#[test]
fn every_case_is_as_expected() {
    let mut count = 0;
    let mut problems = Vec::new();
    glob!("cases/*/schema.json", |path| {
        let folder = path.parent().unwrap();
        let case = folder.strip_prefix(support::root()).unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder.join("expected"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.remove_snapshot_suffix();
        settings.bind(|| {
            let outcome = if support::has_errors(case) {
                fails(case)
            } else {
                succeeds(case)
            };
            problems.extend(outcome.err());
        });
        count += 1;
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 20, "only {count} cases were found");
}

fn fails(case: &Path) -> Result<(), String> {
    let generator = support::generator(case);
    match generator.plan() {
        Ok(_) => return Err(format!("{} has no errors", case.display())),
        Err(failure) => assert_snapshot!("diagnostics", said(&failure.report)),
    }
    for stage in [Stage::Schema, Stage::Normal, Stage::Types] {
        if dump(&generator, stage).is_ok() {
            return Err(format!("{} has no errors at {stage:?}", case.display()));
        }
    }
    Ok(())
}

fn succeeds(case: &Path) -> Result<(), String> {
    let generator = support::generator(case);
    let failed = |failure: Failure| format!("{} has errors:\n{}", case.display(), failure.report);
    let output = generator.plan().map_err(failed)?;
    for (name, stage, indexed) in [
        ("normal", Stage::Normal, "nodes"),
        ("types", Stage::Types, "types"),
    ] {
        let (text, _, _) = dump(&generator, stage).map_err(failed)?;
        assert_snapshot!(name, support::json::layout(&text, indexed));
    }
    assert_snapshot!("diagnostics", said(&output.report));
    for target in Target::ALL {
        let text = files_of(&output, *target);
        if !text.is_empty() {
            assert_snapshot!(target.folder().trim_end_matches('/'), text);
        }
    }
    Ok(())
}

/// What a report says. A path of the machine that the test runs on must not be in it.
fn said(report: &Report) -> String {
    let report = report.to_string();
    let root = support::root().to_str().unwrap();
    assert!(
        !report.contains(root),
        "an absolute path is shown:\n{report}"
    );
    if report.is_empty() {
        "nothing".to_owned()
    } else {
        report
    }
}

const STARTS_OF_ITEMS: [&str; 8] = [
    "pub fn ",
    "pub trait ",
    "pub struct ",
    "pub enum ",
    "fn ",
    "struct ",
    "impl",
    "macro_rules!",
];

/// The first words of the code that all Apex codecs share.
const SHARED_APEX: &str =
    "/**\n * What the classes that read, write and check JSON have in common.";

/// The first method of its test.
const SHARED_APEX_TEST: &str = "static void itPutsWhatHasAValueOrIsSet()";

/// The files of a target one after the other, each text once. Of the helpers that the Rust types share, which is the
/// longest file by far and compiled by another test, only the items are shown, and of those that the Apex codecs share,
/// which are the same everywhere, only the name.
fn files_of(output: &Output, target: Target) -> String {
    let mut text = String::new();
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for (path, content) in output.files.iter() {
        if !path.starts_with(target.folder()) {
            continue;
        }
        if path == "rust/support.rs" {
            let items = content
                .lines()
                .filter(|line| STARTS_OF_ITEMS.iter().any(|start| line.starts_with(start)));
            let items: Vec<&str> = items.collect();
            text.push_str(&format!(
                "==> {path} <== the items\n{}\n\n",
                items.join("\n")
            ));
        } else if content.starts_with(SHARED_APEX) || content.contains(SHARED_APEX_TEST) {
            text.push_str(&format!("==> {path} <== what the codecs share\n\n"));
        } else if let Some(first) = seen.get(content) {
            text.push_str(&format!("==> {path} <== the same as {first}\n"));
        } else {
            text.push_str(&format!("==> {path} <==\n{content}\n"));
            seen.insert(content, path);
        }
    }
    text
}
