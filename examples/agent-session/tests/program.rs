//! The program: lines in, texts out, and an end in any case.
#![allow(clippy::unwrap_used, clippy::panic)]

mod server;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Output, Stdio};

use server::{AGENT, Fault, ORG, Route, Server, TOKEN, answer};

fn program(server: &Server) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_agent-session"));
    command
        .env("AGENT_API_URL", server.url())
        .env("AGENT_ID", AGENT)
        .env("AGENT_ORG", ORG)
        .env("AGENT_TOKEN", TOKEN)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Types something, and waits for the program to be done.
fn talk(mut command: Command, input: &[u8]) -> Output {
    let mut child = command.spawn().unwrap();
    // The program may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn each_line_is_a_message() {
    let server = Server::start();
    let output = talk(program(&server), b"  one \n\n\ntwo");
    assert!(output.status.success(), "{output:?}");
    let expected = "Hi, what do you need?\nYou said: one\nYou said: two\n";
    assert_eq!(text(output.stdout), expected);
    assert_eq!(text(output.stderr), "");
    assert_eq!(
        server.finish(),
        ["start", "send 1 one", "send 2 two", "end UserRequest"]
    );
}

#[test]
fn options_come_before_the_environment() {
    let server = Server::start();
    let mut command = program(&server);
    command
        .env("AGENT_API_URL", "http://192.0.2.1:9/")
        .env("AGENT_ID", "another")
        .env_remove("AGENT_ORG")
        .args([
            "--url",
            &server.url(),
            "--agent",
            AGENT,
            "--org",
            ORG,
            "--timeout",
            "7.5",
        ])
        .args(["--attempts=1"]);
    server.fail(Route::Send, Fault::busy(423, None));
    let output = talk(command, b"one\ntwo\n");
    assert!(output.status.success(), "{output:?}");
    let said = text(output.stdout);
    assert!(said.contains("the server is busy (423)"), "{said}");
    assert!(
        said.ends_with("say it again later)\nYou said: two\n"),
        "{said}"
    );
    assert_eq!(
        server.finish(),
        ["start", "send 1 one", "send 2 two", "end UserRequest"]
    );
}

#[test]
fn an_error_ends_the_conversation_and_the_first_one_is_told_first() {
    let server = Server::start();
    server.fail(Route::Send, answer(200, "text/html", "<h1>Log in</h1>"));
    server.fail(Route::End, Fault::refused(403));
    let output = talk(program(&server), b"one\ntwo\n");
    assert_eq!(output.status.code(), Some(1));
    let said = text(output.stderr);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].starts_with("error: sending a message: "), "{said}");
    assert!(
        lines[1].starts_with("error: ending the session: "),
        "{said}"
    );
    assert_eq!(server.finish(), ["start", "send 1 one", "end Error"]);
}

#[test]
fn an_error_is_told_with_its_cause() {
    let server = Server::start();
    server.fail(Route::Start, Fault::dropped());
    let output = talk(program(&server), b"");
    assert_eq!(output.status.code(), Some(1));
    let said = text(output.stderr);
    let begin = "error: starting the session: the connection failed before the end of the answer: ";
    assert!(
        said.starts_with(begin) && said.len() > begin.len() + 5,
        "{said}"
    );
    assert_eq!(server.finish(), ["start"]);
}

#[test]
fn an_expired_session_and_one_that_the_agent_ends_are_told() {
    let server = Server::start();
    server.fail(Route::Send, Fault::refused(404));
    let ended = r#"{"type": "SessionEnded", "id": "1", "reason": "InfiniteLoopDetected"}"#;
    server.state().extra = vec![serde_json::from_str(ended).unwrap()];
    let output = talk(program(&server), b"one\ntwo\n");
    assert!(output.status.success(), "{output:?}");
    let said = text(output.stdout);
    let anew = "(the session had expired; this is a new one)\nYou said: one\n";
    assert!(said.contains(anew), "{said}");
    assert!(
        said.ends_with("(the agent has ended the session: InfiniteLoopDetected)\n"),
        "{said}"
    );
    server.expire();
    let expected = [
        "start",
        "send 1 one",
        "start",
        "send 1 one",
        "end UserRequest",
    ];
    assert_eq!(server.finish(), expected);
}

#[test]
fn what_the_agent_says_does_nothing_to_the_terminal() {
    let server = Server::start();
    let output = talk(program(&server), "\u{1b}[2Jone\u{9b}1m\n".as_bytes());
    assert!(text(output.stdout).ends_with("You said: [2Jone1m\n"));
    server.finish();
}

#[test]
fn input_that_is_no_text_ends_the_session() {
    let server = Server::start();
    let output = talk(program(&server), b"one\n\xff\xfe\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(output.stderr).starts_with("error: the terminal: "));
    assert_eq!(server.finish(), ["start", "send 1 one", "end Error"]);
}

#[test]
fn an_output_that_closes_ends_the_session() {
    let server = Server::start();
    let mut child = program(&server).spawn().unwrap();
    read_line(&mut child);
    drop(child.stdout.take());
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"one\ntwo\n")
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(server.finish(), ["start", "send 1 one", "end Error"]);
}

#[cfg(unix)]
#[test]
fn a_signal_to_stop_ends_the_session() {
    for signal in ["INT", "TERM", "HUP"] {
        let server = Server::start();
        let mut child = program(&server).spawn().unwrap();
        read_line(&mut child);
        let kill = format!("kill -s {signal} {}", child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status();
        assert!(sent.unwrap().success());
        assert!(child.wait().unwrap().success(), "{signal}");
        assert_eq!(server.finish(), ["start", "end UserRequest"], "{signal}");
    }
}

/// Waits for the greeting. Byte by byte, so that nothing of the next line is taken.
fn read_line(child: &mut Child) {
    let output = child.stdout.as_mut().unwrap();
    let mut byte = BufReader::with_capacity(1, output.by_ref());
    let mut line = String::new();
    byte.read_line(&mut line).unwrap();
    assert_eq!(line, "Hi, what do you need?\n");
}

#[test]
fn wrong_arguments_are_told_before_anything_is_sent() {
    let server = Server::start();
    let wrong = |change: fn(&mut Command)| {
        let mut command = program(&server);
        change(&mut command);
        let output = talk(command, b"");
        (output.status.code(), text(output.stderr))
    };
    for (change, words) in [
        (
            (|command| {
                command.env_remove("AGENT_TOKEN");
            }) as fn(&mut Command),
            "no AGENT_TOKEN",
        ),
        (
            |command| {
                command.env("AGENT_ID", "");
            },
            "neither --agent nor AGENT_ID",
        ),
        (
            |command| {
                command.args(["--timeout", "soon"]);
            },
            "soon",
        ),
        (
            |command| {
                command.args(["--timeout", "-1"]);
            },
            "--timeout: ",
        ),
        (
            |command| {
                command.arg("--token=x");
            },
            "--token",
        ),
    ] {
        let (status, said) = wrong(change);
        assert_eq!(status, Some(2), "{said}");
        assert!(
            said.starts_with("error: ") && said.contains(words),
            "{said}"
        );
        assert!(said.contains("Usage: "), "{said}");
    }
    let (status, said) = wrong(|command| {
        command.args(["--url", "http://example.com"]);
    });
    assert_eq!(status, Some(1));
    assert!(said.contains("without TLS"), "{said}");
    assert!(server.finish().is_empty());
}

#[test]
fn the_help_names_every_option() {
    let server = Server::start();
    let mut command = program(&server);
    command.arg("--help");
    let output = talk(command, b"");
    assert!(output.status.success());
    let help = text(output.stdout);
    for word in [
        "--url",
        "--agent",
        "--org",
        "--timeout",
        "--attempts",
        "AGENT_TOKEN",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert!(server.finish().is_empty());
}
