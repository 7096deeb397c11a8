//! `lint`: what it finds in flows, ours and others, and what it does not.
#![cfg(feature = "flow-files")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use flowtypes::config::Config;
use flowtypes::diagnostic::Severity;
use flowtypes::document::DocumentSet;
use flowtypes::internals::flow_file::{
    CLASS_ENDING, FLOW_ENDINGS, REGISTRATION_ENDINGS, Summary, lint, load_texts,
};
use flowtypes::internals::{self, Diagnostics};
use flowtypes::report::{Message, Report};
use flowtypes::{Generator, Target};

/// Checks some files, given as path and text.
fn check(files: &[(String, String)]) -> (Report, Summary) {
    check_with(files, &Config::default())
}

fn check_with(files: &[(String, String)], config: &Config) -> (Report, Summary) {
    let mut documents = DocumentSet::default();
    let mut diagnostics = Diagnostics::default();
    let ids: Vec<_> = files
        .iter()
        .map(|(path, text)| internals::add_text(&mut documents, path, text.clone()).unwrap())
        .collect();
    let summary = lint(&mut documents, &ids, config, &mut diagnostics);
    (internals::report(&documents, &diagnostics), summary)
}

/// The flows and classes below a folder, as path and text.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut documents = DocumentSet::default();
    let mut diagnostics = Diagnostics::default();
    let mut endings = FLOW_ENDINGS.to_vec();
    endings.push(CLASS_ENDING);
    endings.extend(REGISTRATION_ENDINGS);
    let inputs = [PathBuf::from(folder)];
    let ids = load_texts(&inputs, &endings, &mut documents, &mut diagnostics);
    assert!(!ids.is_empty() && !diagnostics.has_errors());
    ids.into_iter()
        .map(|id| documents.get(id))
        .map(|document| (document.path.clone(), document.text.clone()))
        .collect()
}

fn findings(report: &Report) -> Vec<&Message> {
    let is_finding = |message: &&Message| message.severity != Severity::Note;
    report.messages.iter().filter(is_finding).collect()
}

#[test]
fn generated_flows_are_clean() {
    let (report, summary) = check(&files("generated"));
    assert_eq!(findings(&report), Vec::<&Message>::new(), "{report}");
    assert!(summary.flows >= 3 && summary.verified > 200 && summary.broken == 0);
}

#[test]
fn flows_of_services_fit_the_descriptions() {
    for case in [
        "service",
        "service-answers",
        "service-names",
        "service-parts",
    ] {
        let folder = format!("tests/cases/{case}");
        let mut generator = Generator::from_config_file(format!("{folder}/flowtypes.json"))
            .unwrap()
            .schema(format!("{folder}/schema.json"))
            .target(Target::Flow);
        let config = generator.config_mut().clone();
        let made = generator.plan().unwrap().files;
        let files: Vec<_> = made
            .iter()
            .filter(|(path, _)| FLOW_ENDINGS.iter().any(|end| path.ends_with(end)))
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect();
        let (report, summary) = check_with(&files, &config);
        assert_eq!(findings(&report), Vec::<&Message>::new(), "{report}");
        // What is left are answers and parts without a schema of their own.
        let open: usize = summary.unverified.values().sum();
        assert!(summary.verified > 20 * open, "{case}: {summary:?}");
    }
}

#[test]
fn each_case_is_judged_as_before() {
    insta::glob!("lint/*.flow-meta.xml", |path| {
        let shown = format!("tests/lint/{}", path.file_name().unwrap().to_str().unwrap());
        let mut given = vec![(shown, fs::read_to_string(path).unwrap())];
        let name = given[0].0.trim_end_matches(".flow-meta.xml").to_owned();
        // What a case needs beside it is in a folder of its name.
        if fs::metadata(&name).is_ok_and(|one| one.is_dir()) {
            given.extend(files(&name));
        }
        let (report, summary) = check(&given);
        let mut text = format!(
            "{report}\n\n{} verified, {} broken\n",
            summary.verified, summary.broken
        );
        for (why, count) in &summary.unverified {
            text.push_str(&format!("{count} × {why}\n"));
        }
        if name.contains("Good_") {
            assert_eq!(findings(&report), Vec::<&Message>::new(), "{report}");
        } else {
            assert!(!findings(&report).is_empty(), "{name}");
        }
        insta::with_settings!({snapshot_path => "lint/expected", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!("found", text);
        });
    });
}

/// The ranges of the texts of all elements of these names.
fn texts(flow: &str, tags: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for tag in tags {
        let open = format!("<{tag}>");
        for (at, _) in flow.match_indices(&open) {
            let start = at + open.len();
            let end = start + flow[start..].find('<').unwrap();
            found.push(start..end);
        }
    }
    found
}

const REFERENCES: &[&str] = &[
    "targetReference",
    "elementReference",
    "assignToReference",
    "leftValueReference",
    "collectionReference",
    "choiceReferences",
    "assignNextValueToReference",
    "inputReference",
    "outputReference",
    "startElementReference",
    "assignRecordIdToReference",
];

/// A file, and those that it names, or that those name: no other says anything about it.
fn needed(files: &[(String, String)], first: usize) -> Vec<(String, String)> {
    let mut all = vec![first];
    let mut next = 0;
    while let Some(&at) = all.get(next) {
        let names = |other: usize| {
            let name = files[other].0.rsplit('/').next().unwrap();
            files[at].1.contains(name.split('.').next().unwrap())
        };
        let found: Vec<_> = (0..files.len())
            .filter(|other| !all.contains(other) && names(*other))
            .collect();
        all.extend(found);
        next += 1;
    }
    all.into_iter().map(|at| files[at].clone()).collect()
}

/// Checks the files of a folder with one text changed at a time, and counts the changes; every one has to be found.
fn mutate(folder: &str, change: impl Fn(&str) -> Vec<(Range<usize>, String)>) -> usize {
    let files = files(folder);
    let mut count = 0;
    for (at, (path, text)) in files.iter().enumerate() {
        if path.ends_with(CLASS_ENDING) {
            continue;
        }
        let needed = needed(&files, at);
        // What the files do not decide is listed as such, and cannot be found to be broken.
        let (report, _) = check(&files);
        let is_open = |reference: &str| {
            let start = format!("`{reference}` cannot be verified");
            report
                .messages
                .iter()
                .any(|one| one.text.starts_with(&start))
        };
        for (range, new) in change(text) {
            if is_open(&text[range.clone()]) {
                continue;
            }
            let mut changed = needed.clone();
            changed[0].1.replace_range(range.clone(), &new);
            let (report, _) = check(&changed);
            assert!(
                !findings(&report).is_empty(),
                "{path}: `{}` → `{new}` at {range:?} is not found",
                &text[range.clone()]
            );
            count += 1;
        }
    }
    count
}

#[test]
fn every_broken_reference_is_found() {
    let count = mutate("generated", |flow| {
        let mut changes = Vec::new();
        for range in texts(flow, REFERENCES) {
            let old = &flow[range.clone()];
            let (first, rest) = old.split_at(old.find('.').unwrap_or(old.len()));
            changes.push((range.clone(), format!("{first}X{rest}")));
            if !rest.is_empty() {
                changes.push((range, format!("{old}X")));
            }
        }
        for (at, _) in flow.match_indices("{!") {
            let end = at + flow[at..].find('}').unwrap();
            changes.push((end..end, "X".to_owned()));
        }
        changes
    });
    assert!(count > 250, "{count}");
}

#[test]
fn every_broken_word_name_and_parameter_is_found() {
    let count = mutate("generated", |flow| {
        let words = texts(
            flow,
            &[
                "operator",
                "dataType",
                "fieldType",
                "actionType",
                "processType",
                "status",
            ],
        );
        let mut changes: Vec<_> = words
            .into_iter()
            .map(|range| (range, "Nonsense".to_owned()))
            .collect();
        for range in texts(
            flow,
            &[
                "isCollection",
                "isInput",
                "storeOutputAutomatically",
                "locationX",
            ],
        ) {
            changes.push((range, "maybe".to_owned()));
        }
        for (at, _) in flow.match_indices("<variables>\n        <name>") {
            changes.push((at + 26..at + 26, "1".to_owned()));
            changes.push((at + 26..at + 26, "A__".to_owned()));
        }
        for (at, _) in flow.match_indices("<connector>") {
            let end = at + flow[at..].find("</connector>").unwrap() + 12;
            changes.push((at..end, flow[at..end].replace("connector>", "conector>")));
        }
        for tag in ["inputAssignments", "outputAssignments"] {
            for (at, _) in flow.match_indices(&format!("<{tag}>")) {
                let end = at + flow[at..].find("</name>").unwrap();
                changes.push((end..end, "X".to_owned()));
            }
        }
        changes
    });
    assert!(count > 150, "{count}");
}
