//! A session with a server that is not well, over a network that is not well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod server;

use std::net::TcpListener;
use std::time::Duration;

use agent_session::{Client, Error, Reason, Session, Settings, Start, Step, Unreadable};
use server::{AGENT, Fault, ORG, Rest, Route, Server, TOKEN, answer, chunked, raw};

const JSON: &str = "application/json";
const REPLY: &str = r#"{"messages": [], "_links": {"self": null}}"#;

/// A client that soon gives up.
fn impatient(server: &Server) -> Client {
    server.client().with_settings(Settings {
        timeout: Duration::from_millis(300),
        end_timeout: Duration::from_millis(300),
        max_answer: 100_000,
        ..Settings::default()
    })
}

/// Lets one message meet a fault. The session must live on, with higher numbers, and be ended once.
fn meet(fault: Fault, is_expected: fn(&Error) -> bool) {
    let server = Server::start();
    let client = impatient(&server);
    let mut session = Session::start(&client, Start::new(AGENT, ORG)).unwrap();
    server.fail(Route::Send, fault);
    let error = session.send("one").unwrap_err();
    assert!(is_expected(&error), "{error:?}");
    assert_eq!(error.step(), Some(Step::Send), "{error:?}");
    session.send("two").unwrap();
    session.end(Reason::UserRequest).unwrap();
    let expected = ["start", "send 1 one", "send 2 two", "end UserRequest"];
    assert_eq!(server.finish(), expected, "{error:?}");
}

fn is_broken(error: &Error) -> bool {
    matches!(error, Error::Broken { .. }) && error.may_have_arrived()
}

fn is_late(error: &Error) -> bool {
    matches!(error, Error::TimedOut { .. }) && error.may_have_arrived()
}

fn is_not_json(error: &Error) -> bool {
    matches!(
        error,
        Error::Unreadable {
            why: Unreadable::Json(_),
            ..
        }
    )
}

fn is_another_type(error: &Error) -> bool {
    matches!(
        error,
        Error::Unreadable {
            why: Unreadable::ContentType(_),
            ..
        }
    )
}

fn is_too_long(error: &Error) -> bool {
    matches!(
        error,
        Error::Unreadable {
            why: Unreadable::TooLong(100_000),
            ..
        }
    )
}

#[test]
fn a_connection_that_breaks_off_is_told() {
    let half_body =
        "HTTP/1.1 200 -\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{";
    for bytes in [
        String::new(),
        "HTTP/1.1 200 -\r\ncontent-ty".to_owned(),
        half_body.to_owned(),
        chunked(&["{\"messages\": ["]),
        chunked(&["{"]) + "zz\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 -\r\nx: {}\r\n\r\n", "x".repeat(1_000_000)),
    ] {
        meet(raw(bytes.clone()), is_broken);
        meet(raw(bytes).but_done(), is_broken);
    }
}

#[test]
fn a_server_that_does_not_answer_in_time_is_left() {
    meet(Fault::silent(), is_late);
    meet(Fault::silent().but_done(), is_late);
    let half = "HTTP/1.1 200 -\r\ncontent-length: 90000\r\n\r\n{";
    meet(raw(half).then(Rest::Hold), is_late);
    meet(raw(half).then(Rest::Drip), is_late);
    meet(raw("HTTP/1.1 200 -\r\nx: ").then(Rest::Drip), is_late);
}

#[test]
fn an_answer_that_is_not_as_documented_is_told() {
    let deep = "[".repeat(100_000 - 1);
    for body in [
        "",
        "{",
        "null",
        "[]",
        "{\"messages\": []}",
        "{\"_links\": {\"self\": null}}",
        "{\"messages\": {}, \"_links\": {\"self\": null}}",
        "{\"messages\": [], \"_links\": {\"self\": 7}}",
        "event: INFORM\ndata: {}\n\n",
        &deep,
    ] {
        meet(answer(200, JSON, body).but_done(), is_not_json);
    }
    meet(answer(200, JSON, b"\"\xff\xfe\""), is_not_json);
    meet(raw("HTTP/1.1 204 -\r\n\r\n"), is_not_json);
    meet(
        answer(200, "text/event-stream", "event: INFORM\ndata: {}\n\n"),
        is_another_type,
    );
    meet(
        answer(200, "text/html; charset=utf-8", "<h1>Log in</h1>"),
        is_another_type,
    );
    meet(answer(200, "text/plain", REPLY), is_another_type);
}

#[test]
fn an_answer_without_end_is_cut_off() {
    meet(answer(200, JSON, " ".repeat(100_001)), is_too_long);
    let endless = chunked(&[&" ".repeat(100_001)]);
    meet(raw(endless).then(Rest::Hold), is_too_long);
}

#[test]
fn an_answer_may_come_in_other_clothes() {
    let server = Server::start();
    let mut session = server.session();
    let in_pieces = chunked(&[&REPLY[..7], &REPLY[7..]]) + "0\r\n\r\n";
    let until_close = format!("HTTP/1.1 200 -\r\nContent-Type: APPLICATION/JSON\r\n\r\n{REPLY}");
    let as_long_as_allowed = format!("{REPLY}{}", " ".repeat(1024 * 1024 - REPLY.len()));
    for fault in [
        raw(in_pieces),
        raw(until_close),
        raw(format!("HTTP/1.0 200 OK\r\n\r\n{REPLY}")),
        raw(format!(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 -\r\n\r\n{REPLY}"
        )),
        raw(format!(
            "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 -\r\n\r\n{REPLY}"
        )),
        answer(201, "application/hal+json", REPLY),
        answer(200, JSON, as_long_as_allowed),
    ] {
        server.fail(Route::Send, fault.but_done());
        assert!(session.send("one").unwrap().messages.is_empty());
    }
    session.end(Reason::UserRequest).unwrap();
    server.finish();
}

#[test]
fn a_refusal_is_told_in_the_words_of_the_server() {
    for status in [400, 401, 403, 409, 422, 500, 501, 502, 504] {
        let server = Server::start();
        let mut session = server.session();
        server.fail(Route::Send, Fault::refused(status));
        let error = session.send("one").unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert!(!error.may_have_arrived());
        assert!(error.to_string().contains("This is refused."), "{error}");
        drop(session);
        assert_eq!(server.finish(), ["start", "send 1 one", "end Error"]);
    }
    let refused = |error: &Error| matches!(error, Error::Refused { .. });
    meet(answer(502, "text/html", "<h1>Bad gateway</h1>"), refused);
    // The status says enough, whatever becomes of the rest.
    meet(
        raw("HTTP/1.1 500 -\r\ncontent-length: 900\r\n\r\n{"),
        refused,
    );
    meet(answer(500, JSON, " ".repeat(900_000)), refused);
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Server::start();
    let location = format!("{}/sessions/x/messages", elsewhere.url());
    for status in [301, 302, 303, 307, 308] {
        let redirect =
            format!("HTTP/1.1 {status} -\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        meet(raw(redirect), |error| {
            matches!(
                error,
                Error::Refused {
                    status: 300..400,
                    ..
                }
            )
        });
    }
    assert!(elsewhere.finish().is_empty());
}

#[test]
fn a_session_that_expires_again_at_once_is_given_up() {
    let server = Server::start();
    let mut session = server.session();
    server.fail(Route::Send, Fault::refused(404));
    server.fail(Route::Send, answer(404, "text/html", "<h1>Not found</h1>"));
    let error = session.send("one").unwrap_err();
    assert!(matches!(error, Error::ExpiredAgain { .. }), "{error:?}");
    assert_eq!(session.id(), None);
    server.expire();
    // Who wants to may try it again: that is one more start, not more.
    assert!(session.send("two").unwrap().started_anew);
    session.end(Reason::UserRequest).unwrap();
    let expected = [
        "start",
        "send 1 one",
        "start",
        "send 1 one",
        "start",
        "send 1 two",
        "end UserRequest",
    ];
    assert_eq!(server.finish(), expected);
}

#[test]
fn a_session_that_cannot_be_started_anew_is_told_and_has_no_end() {
    let server = Server::start();
    let mut session = server.session();
    server.expire();
    server.fail(Route::Start, Fault::refused(500));
    let error = session.send("one").unwrap_err();
    assert_eq!(
        (error.step(), error.status()),
        (Some(Step::StartAnew), Some(500))
    );
    drop(session);
    assert_eq!(server.finish(), ["start", "send 1 one", "start"]);
}

#[test]
fn an_agent_that_does_not_exist_is_refused_without_a_second_try() {
    let server = Server::start();
    server.fail(Route::Start, Fault::refused(404));
    let error = Session::start(&server.client(), Start::new(AGENT, ORG)).unwrap_err();
    assert_eq!(
        (error.step(), error.status()),
        (Some(Step::Start), Some(404))
    );
    assert!(matches!(error, Error::Refused { .. }));
    assert_eq!(server.finish(), ["start"]);
}

#[test]
fn a_start_that_cannot_be_read_is_ended_if_it_has_an_id() {
    let id = "3f2b8c1e-6d4a-4f57-9a0b-7c1d2e3f4a5b";
    let started = format!("{{\"sessionId\": \"{id}\"}}");
    for (fault, expected) in [
        (answer(200, JSON, &started), vec!["start", "end Error"]),
        (
            answer(200, "text/plain", &started),
            vec!["start", "end Error"],
        ),
        (answer(200, JSON, "{\"sessionId\": 7}"), vec!["start"]),
        (answer(200, JSON, "{\"sessionId\": \"..\"}"), vec!["start"]),
        (answer(200, JSON, "{\"sessionId"), vec!["start"]),
        (raw(""), vec!["start"]),
    ] {
        let server = Server::start();
        server.fail(Route::Start, fault);
        let error = Session::start(&server.client(), Start::new(AGENT, ORG)).unwrap_err();
        assert_eq!(error.step(), Some(Step::Start), "{error:?}");
        assert_eq!(server.finish(), expected, "{error:?}");
    }
}

#[test]
fn an_end_is_sent_once_and_its_status_alone_counts() {
    let ended = |fault: Fault| {
        let server = Server::start();
        let session = Session::start(&impatient(&server), Start::new(AGENT, ORG)).unwrap();
        server.fail(Route::End, fault);
        let outcome = session.end(Reason::Expiration);
        assert_eq!(server.finish(), ["start", "end Expiration"], "{outcome:?}");
        outcome
    };
    for fine in [
        raw("HTTP/1.1 204 -\r\n\r\n"),
        answer(200, "text/html", "<h1>Bye</h1>"),
        answer(200, JSON, "{"),
        raw("HTTP/1.1 200 -\r\ncontent-length: 100\r\n\r\n{"),
    ] {
        let outcome = ended(fine.but_done()).unwrap();
        assert!(outcome.messages.is_empty() && !outcome.was_gone);
    }
    assert!(ended(Fault::refused(404)).unwrap().was_gone);
    assert!(matches!(
        ended(Fault::refused(500)),
        Err(Error::Refused { status: 500, .. })
    ));
    assert!(matches!(
        ended(Fault::dropped()),
        Err(Error::Broken {
            step: Step::End,
            ..
        })
    ));
    assert!(matches!(
        ended(Fault::silent()),
        Err(Error::TimedOut {
            step: Step::End,
            ..
        })
    ));
}

#[test]
fn an_end_that_fails_does_not_hide_what_failed_before() {
    let server = Server::start();
    server.fail(Route::Send, Fault::refused(422));
    server.fail(Route::End, Fault::dropped());
    let start = Start::new(AGENT, ORG);
    let outcome = server
        .client()
        .converse(start, |session| session.send("one"));
    let error = outcome.unwrap_err();
    assert_eq!(
        (error.step(), error.status()),
        (Some(Step::Send), Some(422))
    );
    assert_eq!(server.finish(), ["start", "send 1 one", "end Error"]);
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::new(&url, TOKEN).unwrap();
    let error = Session::start(&client, Start::new(AGENT, ORG)).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Unreachable {
                step: Step::Start,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(!error.may_have_arrived());
}

#[test]
fn an_end_that_fails_after_good_work_is_told() {
    let server = Server::start();
    server.fail(Route::End, Fault::refused(500));
    let start = Start::new(AGENT, ORG);
    let outcome = server
        .client()
        .converse(start, |session| session.send("one"));
    let error = outcome.unwrap_err();
    assert_eq!((error.step(), error.status()), (Some(Step::End), Some(500)));
    assert_eq!(server.finish(), ["start", "send 1 one", "end UserRequest"]);
}
