//! `channel`: one element changes, and no other byte.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ours -->\n<MessagingChannel xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <embeddedConfig>\n        <authMode>UnAuth</authMode>\n    </embeddedConfig>\n";
const TAIL: &str = "    <masterLabel>Web &amp; App</masterLabel>\n    <messagingChannelType>EmbeddedMessaging</messagingChannelType>\n    <sessionHandlerQueue>Support</sessionHandlerQueue>\n    <sessionHandlerType>Queue</sessionHandlerType>\n</MessagingChannel>\n";

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
    bytes: Vec<u8>,
}

fn run(bytes: &[u8], options: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("Web.messagingChannel-meta.xml");
    fs::write(&path, bytes).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_flowtypes"))
        .arg("channel")
        .arg(&path)
        .args(options)
        .output()
        .unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    Run {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        bytes: fs::read(&path).unwrap(),
    }
}

/// Runs on a channel with something between head and tail, and says what stands there afterwards.
fn between(middle: &str) -> String {
    let run = run(format!("{HEAD}{middle}{TAIL}").as_bytes(), &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let text = String::from_utf8(run.bytes).unwrap();
    let rest = text.strip_prefix(HEAD).unwrap();
    rest.strip_suffix(TAIL).unwrap().to_owned()
}

const ON: &str = "    <isSynchronousChatEnabled>true</isSynchronousChatEnabled>\n";

#[test]
fn the_element_is_changed_however_it_is_written() {
    assert_eq!(between(&ON.replace("true", "false")), ON);
    assert_eq!(between(ON), ON);
    assert_eq!(between("    <isSynchronousChatEnabled/>\n"), ON);
    assert_eq!(
        between("    <isSynchronousChatEnabled></isSynchronousChatEnabled>\n"),
        ON
    );
    assert_eq!(
        between(
            "    <isSynchronousChatEnabled>\n\tfalse <!-- why -->\n    </isSynchronousChatEnabled>\n"
        ),
        "    <isSynchronousChatEnabled>\n\ttrue <!-- why -->\n    </isSynchronousChatEnabled>\n"
    );
    assert_eq!(
        between(
            "    <isSynchronousChatEnabled xsi:nil=\"true\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/>\n"
        ),
        ON
    );
}

#[test]
fn the_element_is_put_in_at_its_place() {
    assert_eq!(between(""), ON);
    let (before, after) = (
        "    <isQueuePositionEnabled>true</isQueuePositionEnabled> <!-- on --> <!-- so -->\n",
        "    <!-- voice -->\n    <isVoiceModeEnabled>false</isVoiceModeEnabled>\n",
    );
    assert_eq!(
        between(&format!("{before}{after}")),
        format!("{before}{ON}{after}")
    );
}

#[test]
fn marks_line_ends_and_missing_space_are_kept() {
    let old = format!("\u{feff}{HEAD}{TAIL}").replace('\n', "\r\n");
    let new = format!("\u{feff}{HEAD}{ON}{TAIL}").replace('\n', "\r\n");
    assert_eq!(run(old.as_bytes(), &[]).bytes, new.as_bytes());
    let squeezed = format!("{HEAD}{TAIL}")
        .replace("\n    ", "")
        .replace('\n', "");
    let wanted = squeezed.replace("<masterLabel>", &format!("{}<masterLabel>", ON.trim()));
    assert_eq!(run(squeezed.as_bytes(), &[]).bytes, wanted.as_bytes());
    let first = format!("{HEAD}{TAIL}").replace(
        "    <embeddedConfig>\n        <authMode>UnAuth</authMode>\n    </embeddedConfig>\n",
        "",
    );
    let found = run(first.as_bytes(), &[]);
    assert_eq!(
        found.bytes,
        first
            .replace("    <masterLabel>", &format!("{ON}    <masterLabel>"))
            .as_bytes()
    );
    assert!(found.stderr.contains("FT4102"), "{}", found.stderr);
    let prefixed = "<m:MessagingChannel xmlns:m=\"http://soap.sforce.com/2006/04/metadata\">\n<m:masterLabel>A</m:masterLabel>\n<m:messagingChannelType>EmbeddedMessaging</m:messagingChannelType>\n<m:sessionHandlerType>Queue</m:sessionHandlerType>\n</m:MessagingChannel>";
    let new = String::from_utf8(run(prefixed.as_bytes(), &[]).bytes).unwrap();
    let on = "<m:isSynchronousChatEnabled>true</m:isSynchronousChatEnabled>\n";
    assert_eq!(
        new,
        prefixed.replace("<m:masterLabel>", &format!("{on}<m:masterLabel>"))
    );
}

#[test]
fn a_check_shows_the_change_and_writes_nothing() {
    let off = format!("{HEAD}{TAIL}");
    let found = run(off.as_bytes(), &["--check"]);
    assert_eq!((found.status, found.bytes.as_slice()), (1, off.as_bytes()));
    assert!(found.stdout.contains(&format!("+{ON}")), "{}", found.stdout);
    let found = run(format!("{HEAD}{ON}{TAIL}").as_bytes(), &["--check"]);
    assert_eq!(found.status, 0);
    assert!(found.stdout.contains("on already"), "{}", found.stdout);
}

#[test]
fn the_steps_that_no_file_can_do_are_listed() {
    let found = run(format!("{HEAD}{TAIL}").as_bytes(), &[]).stdout;
    for part in [
        "click Publish",
        "latest SDK",
        "opt-out keyword",
        "(inferred)",
        "Expiration",
    ] {
        assert!(found.contains(part), "{part} is not in {found}");
    }
}

#[test]
fn what_is_no_such_channel_is_refused_and_left_alone() {
    let good = format!("{HEAD}{TAIL}");
    for (old, new, part) in [
        ("UnAuth", "Auth", "users are verified"),
        ("EmbeddedMessaging", "Voice", "channels of the type `Voice`"),
        (
            "<masterLabel>Web &amp; App</masterLabel>",
            "",
            "no `masterLabel`",
        ),
        ("MessagingChannel ", "Other ", "not XML"),
        ("http://soap", "http://other", "no messaging channel"),
        (
            "    <masterLabel>",
            "<isSynchronousChatEnabled/><isSynchronousChatEnabled/><masterLabel>",
            "more than once",
        ),
    ] {
        let bad = good.replacen(old, new, 1);
        assert_ne!(bad, good);
        let found = run(bad.as_bytes(), &[]);
        assert_eq!(
            (found.status, found.bytes.as_slice()),
            (1, bad.as_bytes()),
            "{part}"
        );
        assert!(
            found.stderr.contains("FT4101") && found.stderr.contains(part),
            "{}",
            found.stderr
        );
        assert_eq!(found.stdout, "");
    }
}

#[test]
fn a_channel_that_an_org_would_refuse_gets_the_steps_by_hand() {
    let agent = format!("{HEAD}{TAIL}").replace(
        "    <sessionHandlerQueue>",
        "    <sessionHandlerAsa>Helper</sessionHandlerAsa>\n    <sessionHandlerQueue>",
    );
    let found = run(agent.as_bytes(), &[]);
    assert_eq!(
        (found.status, found.bytes.as_slice()),
        (1, agent.as_bytes())
    );
    assert!(found.stderr.contains("FT4102"), "{}", found.stderr);
    assert!(
        found.stdout.contains("Steps by hand") && !found.stdout.contains("After the deployment")
    );
}
