//! What makes the program pleasant to use: standard input, messages for programs, colour, `init`, completions, `--watch`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::io::Write as _;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;
use support::program::{Folder, ORDER, Run};

fn with_input(folder: &Folder, arguments: &[&str], text: &str) -> Run {
    let mut run = folder
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = run.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    Run::of(&run.wait_with_output().unwrap())
}

#[test]
fn a_schema_may_come_from_the_standard_input() {
    let folder = Folder::empty();
    let arguments = [
        "generate",
        "-",
        "--root-name",
        "Purchase",
        "--target",
        "rust",
    ];
    let run = with_input(&folder, &arguments, ORDER);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        folder
            .read("generated/rust/purchase.rs")
            .contains("pub struct Purchase ")
    );
    let run = with_input(
        &folder,
        &["check", "-", "--root-name", "Purchase", "--target", "rust"],
        ORDER,
    );
    assert_eq!(run.status, 0, "{run:?}");
    let run = with_input(&folder, &["dump", "--stage", "types", "-"], ORDER);
    assert!(run.stdout.contains("Parcel"), "{run:?}");
    let run = with_input(&folder, &["generate", "-"], "{\n  oops");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("stdin.json:2:3"), "{run:?}");
    let run = with_input(&folder, &["infer", "-"], "{\"a\": 1}");
    assert!(run.stdout.contains("\"integer\""), "{run:?}");
    // What it refers to is searched where the program runs.
    folder.write(
        "part.json",
        r#"{"title": "Part", "type": "object", "properties": {"x": {"type": "string"}}}"#,
    );
    let schema =
        r#"{"title": "Whole", "type": "object", "properties": {"part": {"$ref": "part.json"}}}"#;
    let run = with_input(&folder, &["generate", "-", "--target", "rust"], schema);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(folder.read("generated/rust/stdin.rs").contains("Part"));
}

#[test]
fn messages_for_programs_are_lines_of_json_that_their_schema_describes() {
    let schema = fs::read_to_string("schemas/meta/message.schema.json").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let lines = |run: &Run| -> Vec<Value> {
        let lines = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        let lines: Vec<Value> = lines.collect();
        for line in &lines {
            assert!(validator.is_valid(line), "{line}");
        }
        assert_eq!(run.stderr, "");
        lines
    };
    let json = ["--message-format", "json"];
    let folder = Folder::with_order();
    let made = lines(&folder.succeed(&[&["generate"][..], &json].concat()));
    let of_kind = |lines: &[Value], kind: &str| -> usize {
        lines.iter().filter(|line| line["kind"] == kind).count()
    };
    // Beside those: the list of files and the lock.
    assert_eq!(of_kind(&made, "file"), folder.names("generated").len() - 2);
    let lock = made.iter().find(|line| line["kind"] == "lock").unwrap();
    assert_eq!(lock["path"], "generated/flowtypes.lock.json");
    assert_eq!(lock["change"], "created");
    assert_eq!(of_kind(&made, "end"), 1);
    assert_eq!(made.last().unwrap()["status"], 0);
    let fresh = lines(&folder.succeed(&[&["check"][..], &json].concat()));
    assert_eq!(of_kind(&fresh, "file") + of_kind(&fresh, "lock"), 0);
    folder.write("generated/flowtypes.lock.json", "{\"version\": 1}");
    let run = folder.run(&[&["check"][..], &json].concat());
    assert_eq!(run.status, 1);
    let stale = lines(&run);
    assert_eq!((of_kind(&stale, "file"), of_kind(&stale, "lock")), (0, 1));

    folder.write("schemas/broken.json", "{\n  \"type\": \"int\"\n}");
    let run = folder.run(&[&["generate"][..], &json].concat());
    assert_eq!(run.status, 1);
    let broken = lines(&run);
    let error = broken.iter().find(|line| line["code"] == "FT0103").unwrap();
    assert_eq!(error["severity"], "error");
    assert_eq!(error["file"], "schemas/broken.json");
    assert_eq!(
        (&error["line"], &error["pointer"]),
        (&2.into(), &"/type".into())
    );
    assert_eq!(broken.last().unwrap()["status"], 1);
    assert_eq!(broken.last().unwrap()["errors"], 1);
}

#[test]
fn a_wrong_call_ends_for_programs_too() {
    let folder = Folder::with_order();
    let wrong: [&[&str]; 3] = [
        &["generate", "--no-such-option"],
        &["generate", "--single-file", "o.rs", "--target", "apex"],
        &["generate", "--watch", "-"],
    ];
    for call in wrong {
        let run = folder.run(&[call, &["--message-format", "json"]].concat());
        assert_eq!(run.status, 2, "{run:?}");
        let last: Value = serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
        assert_eq!((&last["kind"], &last["status"]), (&"end".into(), &2.into()));
        assert!(run.stderr.starts_with("error: "), "{run:?}");
    }
}

#[test]
fn many_diagnostics_are_counted_and_not_all_drawn() {
    let folder = Folder::empty();
    let bad = r#""p#": {"type": "string", "enum": [1]}"#;
    let members: Vec<String> = (0..3000)
        .map(|index| bad.replace('#', &index.to_string()))
        .collect();
    // One very long line.
    let schema = format!(
        "{{\"title\": \"Long\", \"type\": \"object\", \"properties\": {{{}}}}}",
        members.join(", ")
    );
    folder.write("schemas/long.json", schema);
    let arguments = ["generate", "--target", "rust"];
    let run = folder.succeed(&arguments);
    // What differs in nothing but names would hide what else there is.
    assert_eq!(run.stderr.matches("--> ").count(), 10);
    assert!(
        run.stderr
            .contains("and 2990 more like this (--message-format json has all): warning[FT0301]: "),
        "{}",
        run.stderr
    );
    assert!(run.stderr.ends_with("3000 warnings\n"), "{}", run.stderr);
    let run = folder.succeed(&[&arguments[..], &["--message-format", "json"]].concat());
    assert_eq!(run.stdout.matches("FT0301").count(), 3000);
    // Each error has to be mended, alike or not.
    let wrong = r#"{"type": "object", "properties": {#}}"#;
    let members: Vec<String> = (0..60)
        .map(|index| format!("\"p{index}\": {{\"type\": 1}}"))
        .collect();
    folder.write("schemas/long.json", wrong.replace('#', &members.join(", ")));
    let run = folder.run(&arguments);
    assert_eq!(run.stderr.matches("--> ").count(), 50);
    assert!(run.stderr.contains("and 10 more errors"), "{}", run.stderr);
}

#[test]
fn colour_is_for_terminals() {
    let folder = Folder::with_order();
    folder.write("schemas/bad.json", "{\"type\": \"int\"}");
    let escape = '\u{1b}';
    assert!(!folder.run(&["generate"]).stderr.contains(escape));
    assert!(
        folder
            .run(&["generate", "--color", "always"])
            .stderr
            .contains(escape)
    );
    assert!(
        !folder
            .run(&["generate", "--color", "never"])
            .stderr
            .contains(escape)
    );
    fs::remove_file(folder.path("schemas/bad.json")).unwrap();
    assert!(
        folder
            .run(&["check", "--color", "always"])
            .stdout
            .contains("\u{1b}[32m+")
    );
    assert!(!folder.run(&["check"]).stdout.contains(escape));
}

#[test]
fn init_writes_something_that_works_and_replaces_nothing() {
    let folder = Folder::empty();
    let run = folder.succeed(&["init"]);
    let printed = run.stdout.lines();
    let printed: Vec<&str> = printed
        .filter_map(|line| line.strip_prefix("  flowtypes "))
        .collect();
    assert_eq!(printed.len(), 3, "{run:?}");
    for command in printed {
        folder.succeed(&command.split(' ').collect::<Vec<_>>());
    }
    assert!(folder.has("deploy/sfdx-project.json"));
    for file in [
        "apex/classes/MyDelivery.cls",
        "apex/classes/MyDeliveryParse.cls",
        "flow/flows/Enter_Delivery.flow-meta.xml",
    ] {
        assert!(folder.has(&format!("generated/{file}")), "{file}");
    }
    let before = folder.files(".");
    let run = folder.run(&["init"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("flowtypes.json"), "{run:?}");
    assert_eq!(folder.files("."), before);

    let folder = Folder::with_order();
    folder.succeed(&["init"]);
    assert_eq!(folder.names("."), ["flowtypes.json", "schemas/order.json"]);
}

#[test]
fn init_starts_from_samples() {
    let folder = Folder::empty();
    folder.write("a.json", r#"{"id": 1, "paid": true}"#);
    folder.write("b.json", r#"{"id": 2}"#);
    let init = [
        "init",
        "--from-sample",
        "a.json",
        "b.json",
        "--root-name",
        "../Paid order",
    ];
    folder.succeed(&init);
    assert!(folder.has("schemas/paid-order.json"));
    folder.succeed(&["generate"]);
    assert!(folder.has("generated/apex/classes/MyPaidOrder.cls"));

    // Of a list, the elements have the actions and the flow.
    let list = Folder::empty();
    list.write("orders.json", r#"[{"id": 1, "paid": true}, {"id": 2}]"#);
    list.succeed(&["init", "--from-sample", "orders.json"]);
    list.succeed(&["generate"]);
    assert!(list.has("generated/apex/classes/MyOrderParse.cls"));
    assert!(list.has("generated/flow/flows/Enter_Order.flow-meta.xml"));
    // Nothing is written where one of the two files is in the way.
    fs::remove_file(folder.path("flowtypes.json")).unwrap();
    assert_eq!(folder.run(&init).status, 1);
    assert!(!folder.has("flowtypes.json"));
}

#[test]
fn every_shell_has_completions() {
    let folder = Folder::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = folder.succeed(&["completions", shell]);
        assert!(run.stdout.contains("from-sample"), "{shell}");
    }
    assert_eq!(folder.run(&["completions", "cobol"]).status, 2);
}

/// A run that stays; it ends with the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until something holds, for long enough on a busy machine.
fn eventually(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn watch_generates_again_when_anything_changes_that_was_read() {
    let folder = Folder::empty();
    folder.write(
        "flowtypes.json",
        r#"{"schemas": ["in"], "targets": ["rust"]}"#,
    );
    let whole = r#"{"title": "Whole", "type": "object", "properties": {"part": {"$ref": "../parts/part.json"}}}"#;
    folder.write("in/whole.json", whole);
    // A title would change nothing: names stay.
    let part = |words: &str| format!(r#"{{"description": "{words}", "type": "object"}}"#);
    folder.write("parts/part.json", part("Part."));
    // A clock that is wrong is no reason for a run.
    let tomorrow = SystemTime::now() + Duration::from_secs(86400);
    let whole_file = fs::File::options()
        .append(true)
        .open(folder.path("in/whole.json"));
    whole_file.unwrap().set_modified(tomorrow).unwrap();
    let mut command = folder.command(&["generate", "--watch"]);
    let _watching = Watching(
        command
            .stdout(fs::File::create(folder.path("said")).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let runs = || folder.read("said").matches(" files in ").count();
    let text = || fs::read_to_string(folder.path("generated/rust/whole.rs")).unwrap_or_default();
    eventually("the first run", || text().contains("struct Whole"));

    folder.write("parts/part.json", part("Piece."));
    eventually("a document that is referred to", || {
        folder.read("generated/rust/part.rs").contains("/// Piece.")
    });
    folder.write("in/other.json", part("Other."));
    eventually("a new schema", || folder.has("generated/rust/other.rs"));
    // The names that a run has kept are no reason for another one.
    thread::sleep(Duration::from_millis(500));
    let before = runs();
    thread::sleep(Duration::from_millis(2500));
    assert_eq!(runs(), before, "{}", folder.read("said"));
    folder.write("in/whole.json", "{");
    thread::sleep(Duration::from_millis(300));
    folder.write("in/whole.json", whole.replace(r#""part":"#, r#""piece":"#));
    eventually("a schema after an error", || text().contains("pub piece:"));
    folder.write(
        "flowtypes.json",
        r#"{"schemas": ["in"], "targets": ["rust", "apex"]}"#,
    );
    eventually("the configuration", || {
        folder.has("generated/apex/classes/Whole.cls")
    });
}

#[test]
fn watch_looks_at_the_file_that_keeps_names_wherever_it_is() {
    for (arguments, lock) in [
        (&["--lock", "names.json"][..], "names.json"),
        (&["--out", "made"][..], "made/flowtypes.lock.json"),
    ] {
        let folder = Folder::with_order();
        let mut command = folder.command(&[&["generate", "--watch"], arguments].concat());
        let _watching = Watching(
            command
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        );
        let out = if arguments.contains(&"--out") {
            "made"
        } else {
            "generated"
        };
        let text = || {
            let path = folder.path(&format!("{out}/rust/order.rs"));
            fs::read_to_string(path).unwrap_or_default()
        };
        eventually("the first run", || {
            text().contains("struct Parcel") && folder.has(lock)
        });
        // Until it waits again.
        thread::sleep(Duration::from_millis(1000));
        folder.write(lock, folder.read(lock).replace("Parcel", "Packet"));
        eventually(lock, || text().contains("struct Packet"));
    }
}

#[test]
fn watch_cannot_wait_for_the_standard_input() {
    let folder = Folder::empty();
    assert_eq!(folder.run(&["generate", "--watch", "-"]).status, 2);
}
