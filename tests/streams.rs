//! What comes in and goes out where it is no file of a project: the standard streams, and texts that are none.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::process::Stdio;

use support::program::{Folder, ORDER, Run};

/// Runs the program with a file as its standard input.
fn with_input(folder: &Folder, arguments: &[&str], text: &[u8]) -> Run {
    folder.write("input", text);
    let input = File::open(folder.path("input")).unwrap();
    Run::of(&folder.command(arguments).stdin(input).output().unwrap())
}

#[test]
fn the_standard_input_is_read_once() {
    let folder = Folder::empty();
    for arguments in [
        ["generate", "-", "-"],
        ["diff", "-", "-"],
        ["infer", "-", "-"],
        ["generate", "--from-sample=-", "--from-sample=-"],
    ] {
        let run = with_input(&folder, &arguments, ORDER.as_bytes());
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains("only once"), "{run:?}");
        assert!(!folder.has("generated"));
    }
}

#[test]
fn a_flow_may_come_from_the_standard_input() {
    let folder = Folder::with_order();
    folder.write("flowtypes.json", r#"{"flow": {"types": "all"}}"#);
    folder.succeed(&["generate"]);
    let flows = folder.names("generated/flow/flows");
    let flow = flows.first().unwrap().as_str();
    let text = format!("\u{feff}{}", folder.read(flow));
    for arguments in [
        &["picture", "FLOW"][..],
        &["picture", "FLOW", "--format", "mermaid"],
        &["lint", "generated/apex", "FLOW"],
        &["descriptor", "--from-flow", "FLOW"],
    ] {
        let with = |name: &'static str| {
            let named = arguments
                .iter()
                .map(|one| if *one == "FLOW" { name } else { one });
            named.collect::<Vec<&str>>()
        };
        let stream = with_input(&folder, &with("-"), text.as_bytes());
        folder.write("stdin.flow-meta.xml", &text);
        let file = folder.run(&with("stdin.flow-meta.xml"));
        fs::remove_file(folder.path("stdin.flow-meta.xml")).unwrap();
        assert_eq!(stream.stdout, file.stdout, "{arguments:?}");
        assert_eq!(stream.stderr, file.stderr, "{arguments:?}");
        assert_eq!(stream.status, file.status, "{arguments:?}");
        assert!(!stream.stderr.contains("No such file"), "{stream:?}");
    }
    let run = with_input(&folder, &["lint", "-", "-"], text.as_bytes());
    assert_eq!(run.status, 2, "{run:?}");
}

#[test]
fn what_needs_a_file_says_so() {
    let folder = Folder::empty();
    for arguments in [
        &["channel", "-"][..],
        &["descriptor", "-", "--registration", "Shop"],
    ] {
        let run = with_input(&folder, arguments, b"{}");
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains("file"), "{run:?}");
    }
}

#[test]
fn what_is_no_text_is_an_error_of_the_input() {
    let folder = Folder::empty();
    let latin = b"{\"title\": \"caf\xe9\"}";
    folder.write("latin.json", latin);
    let file = folder.run(&["generate", "latin.json"]);
    let stream = with_input(&folder, &["generate", "-"], latin);
    for run in [file, stream] {
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("FT0004"), "{run:?}");
        assert!(run.stderr.contains("from byte 14 on"), "{run:?}");
        assert!(run.stderr.contains("help: "), "{run:?}");
    }
}

#[test]
fn text_of_windows_is_told_from_what_is_no_text() {
    let folder = Folder::empty();
    let small: Vec<u8> = ORDER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = ORDER.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [&[0xff, 0xfe][..], &small].concat();
    for text in [small, big, marked] {
        let run = with_input(&folder, &["generate", "-"], &text);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("FT0004"), "{run:?}");
        assert!(run.stderr.contains("it is UTF-16 text"), "{run:?}");
    }
    let run = with_input(&folder, &["generate", "-"], b" \r\n");
    assert!(run.stderr.contains("there is nothing in it"), "{run:?}");
    // With the mark of UTF-8 before it, all is well.
    let marked = format!("\u{feff}{ORDER}");
    let run = with_input(&folder, &["generate", "-"], marked.as_bytes());
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn what_is_not_there_comes_with_a_way_out() {
    let folder = Folder::empty();
    for arguments in [
        &["generate"][..],
        &["generate", "nothing.json"],
        &["generate", "--config", "nothing.json"],
        &["infer", "nothing.json"],
        &["lint", "nothing"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("error[FT0001]"), "{run:?}");
        assert!(run.stderr.contains("help: "), "{run:?}");
    }
}

#[test]
fn a_line_that_ends_as_on_windows_is_drawn_without_its_end() {
    let folder = Folder::empty();
    folder.write("one.json", "{\r\n  \"type\": \"int\"\r\n}\r\n");
    let run = folder.run(&["generate", "one.json"]);
    assert!(run.stderr.contains("2 |   \"type\": \"int\"\n"), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_nobody_can_keep_are_an_error() {
    let folder = Folder::with_order();
    folder.write("sample.json", "{}");
    for arguments in [
        &["infer", "sample.json"][..],
        &["dump", "--stage", "types"],
        &["explain"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = folder.command(arguments).stdout(full).output().unwrap();
        let run = Run::of(&output);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("cannot be written"), "{run:?}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let folder = Folder::with_order();
    let mut command = folder.command(&["dump", "--stage", "schema"]);
    let mut run = command.stdout(Stdio::piped()).spawn().unwrap();
    drop(run.stdout.take());
    assert!(run.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_schema_may_come_from_a_pipe_with_a_name() {
    let folder = Folder::empty();
    let pipe = folder.path("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut command = folder.command(&["dump", "--stage", "types", "pipe.json"]);
    let mut run = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut writer = OpenOptions::new().write(true).open(&pipe).unwrap();
    writer.write_all(ORDER.as_bytes()).unwrap();
    drop(writer);
    let mut text = String::new();
    run.stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(run.wait().unwrap().success());
    assert!(text.contains("Parcel"), "{text}");
    fs::remove_file(pipe).unwrap();
}
