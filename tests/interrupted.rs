//! Runs that are killed, and runs at the same time: every file is old or new, and the next run puts all in order.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use support::program::{Folder, Run};

/// Names of what is gone are dropped, so that the file that keeps names is another for each version.
const GENERATE: [&str; 2] = ["generate", "--prune-lock"];

/// A schema with many types; those of another version have other texts, and fewer of them are there.
fn schema(version: usize) -> String {
    let members: Map<String, Value> = (0..40 - version * 10)
        .map(|index| {
            let name = format!("part{index}");
            let text = json!({"description": format!("Version {version}."), "type": "string"});
            let part = json!({"title": name, "type": "object", "properties": {"text": text}});
            (name, part)
        })
        .collect();
    json!({"title": "Whole", "type": "object", "properties": members}).to_string()
}

/// The files of a folder, by name.
fn texts(folder: &Folder) -> BTreeMap<String, String> {
    let files = folder.files("generated").into_iter();
    files
        .map(|(name, (text, _))| (name, String::from_utf8(text).unwrap()))
        .collect()
}

/// What a run that nobody disturbs writes for a schema that is in this folder.
fn expected(place: &str, version: usize) -> BTreeMap<String, String> {
    let folder = Folder::empty();
    let path = format!("{place}/whole.json");
    folder.write(&path, schema(version));
    folder.succeed(&[&GENERATE[..], &[&path]].concat());
    texts(&folder)
}

fn start(folder: &Folder) -> Child {
    folder
        .command(&GENERATE)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_run_leaves_every_file_whole_and_the_next_one_repairs() {
    let versions = [expected("schemas", 0), expected("schemas", 1)];
    let folder = Folder::empty();
    folder.write("schemas/whole.json", schema(0));
    folder.succeed(&GENERATE);
    let staging = folder.path("generated/.flowtypes-staging");
    let begun = Instant::now();
    let (mut rounds, mut interrupted) = (0, 0);
    while begun.elapsed() < Duration::from_secs(3) {
        rounds += 1;
        let version = rounds % 2;
        folder.write("schemas/whole.json", schema(version));
        let mut run = start(&folder);
        while !staging.exists() && run.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        // At another moment of the writing each time.
        thread::sleep(Duration::from_micros((rounds as u64 * 137) % 6000));
        run.kill().unwrap();
        run.wait().unwrap();
        interrupted += usize::from(staging.exists());
        for (name, text) in texts(&folder) {
            if name.contains("/.flowtypes") {
                continue;
            }
            if name.ends_with("flowtypes-manifest.json") {
                serde_json::from_str::<Value>(&text).unwrap();
                continue;
            }
            let is_whole = versions.iter().any(|of| of.get(&name) == Some(&text));
            assert!(is_whole, "round {rounds}: {name} is neither old nor new");
        }
        if rounds % 3 == 0 {
            // The next run may be one of the other version.
            let version = (rounds / 3) % 2;
            folder.write("schemas/whole.json", schema(version));
            folder.succeed(&GENERATE);
            assert_eq!(texts(&folder), versions[version], "round {rounds}");
        }
    }
    assert!(interrupted > 0, "no run of {rounds} was interrupted");
}

#[test]
fn runs_at_the_same_time_do_not_mix() {
    let versions = [expected("v0", 0), expected("v1", 1)];
    let folder = Folder::empty();
    for (index, text) in [schema(0), schema(1)].iter().enumerate() {
        folder.write(&format!("v{index}/whole.json"), text);
    }
    for round in 0..5 {
        let runs: Vec<Child> = (0..4)
            .map(|index| {
                let name = format!("v{}/whole.json", index % 2);
                folder
                    .command(&[&GENERATE[..], &[&name]].concat())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for run in runs {
            let run = Run::of(&run.wait_with_output().unwrap());
            assert_eq!(run.status, 0, "round {round}: {run:?}");
        }
        let found = texts(&folder);
        assert!(
            versions.contains(&found),
            "round {round}: {:?}",
            found.keys()
        );
    }
}

#[test]
fn what_a_dead_run_leaves_blocks_nobody() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let before = texts(&folder);
    folder.write("generated/.flowtypes-running", "");
    folder.write("generated/.flowtypes-staging/after/0", "half a te");
    folder.write("generated/.flowtypes.lock.json.flowtypes-new", "{\"ver");
    folder.succeed(&["check"]);
    folder.succeed(&["generate"]);
    assert_eq!(texts(&folder), before);

    folder.write(
        ".order.rs.flowtypes-new",
        "a long text of a run that was killed".repeat(999),
    );
    let single = [
        "generate",
        "--single-file",
        "order.rs",
        "schemas/order.json",
    ];
    folder.succeed(&single);
    let text = folder.read("order.rs");
    assert!(text.ends_with("}\n") && !text.contains("was killed"));
    assert!(!folder.has(".order.rs.flowtypes-new"));
}

#[test]
fn a_single_file_is_old_or_new_when_its_run_is_killed() {
    let folder = Folder::empty();
    let arguments = [
        "generate",
        "--single-file",
        "out.rs",
        "whole.json",
        "--report",
        "loss.json",
    ];
    let made: Vec<String> = (0..2)
        .map(|version| {
            folder.write("whole.json", schema(version));
            folder.succeed(&arguments);
            folder.read("out.rs")
        })
        .collect();
    for round in 0..30 {
        folder.write("whole.json", schema(round % 2));
        let mut run = folder.command(&arguments).spawn().unwrap();
        while !folder.has(".out.rs.flowtypes-new") && run.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        thread::sleep(Duration::from_micros(round as u64 * 20));
        run.kill().unwrap();
        run.wait().unwrap();
        assert!(made.contains(&folder.read("out.rs")), "round {round}");
    }
    folder.succeed(&arguments);
    assert_eq!(folder.names("."), ["loss.json", "out.rs", "whole.json"]);
}
