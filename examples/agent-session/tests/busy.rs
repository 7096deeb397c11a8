//! A session with a server that has no time.
#![allow(clippy::unwrap_used, clippy::panic)]

mod server;

use std::time::{Duration, Instant};

use agent_session::{Error, Reason, Step};
use server::{Fault, Route, Server};

#[test]
fn a_busy_server_is_asked_again_with_the_same_message() {
    let server = Server::start();
    for (route, status) in [
        (Route::Start, 429),
        (Route::Send, 423),
        (Route::Send, 503),
        (Route::End, 423),
        (Route::End, 429),
    ] {
        server.fail(route, Fault::busy(status, None));
    }
    let mut session = server.session();
    session.send("one").unwrap();
    for delay in ["", "soon", "-1", "0", "Fri, 31 Dec 1999 23:59:59 GMT"] {
        server.fail(Route::Send, Fault::busy(429, Some(delay)));
        session.send("more").unwrap();
    }
    assert!(!session.end(Reason::UserRequest).unwrap().was_gone);
    let mut expected = vec!["start".to_owned(), "start".to_owned()];
    expected.extend(["send 1 one"; 3].map(str::to_owned));
    for number in 2..=6 {
        expected.extend([format!("send {number} more"), format!("send {number} more")]);
    }
    expected.extend(["end UserRequest"; 3].map(str::to_owned));
    assert_eq!(server.finish(), expected);
}

#[test]
fn the_delay_that_the_server_asks_for_is_kept() {
    let server = Server::start();
    let mut session = server.session();
    server.fail(Route::Send, Fault::busy(429, Some("1")));
    let begun = Instant::now();
    session.send("one").unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    for (delay, seconds) in [("3600", 3600), ("99999999999999999999", u64::MAX)] {
        server.fail(Route::Send, Fault::busy(429, Some(delay)));
        let begun = Instant::now();
        let error = session.send("two").unwrap_err();
        assert!(begun.elapsed() < Duration::from_secs(1), "{error}");
        let Error::Busy {
            retry_after,
            attempts,
            status,
            ..
        } = error
        else {
            panic!("{error:?}");
        };
        assert_eq!(retry_after, Some(Duration::from_secs(seconds)));
        assert_eq!((attempts, status), (1, 429));
    }
    drop(session);
    let expected = [
        "start",
        "send 1 one",
        "send 1 one",
        "send 2 two",
        "send 3 two",
        "end Error",
    ];
    assert_eq!(server.finish(), expected);
}

#[test]
fn a_server_that_stays_busy_is_left_alone() {
    let server = Server::start();
    let mut session = server.session();
    for _ in 0..3 {
        server.fail(Route::Send, Fault::busy(423, None));
    }
    let error = session.send("one").unwrap_err();
    assert!(
        matches!(
            error,
            Error::Busy {
                status: 423,
                attempts: 3,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(!error.may_have_arrived());
    assert!(
        error
            .to_string()
            .contains("the server is busy (423), asked 3 times"),
        "{error}"
    );
    session.send("one").unwrap();
    for _ in 0..3 {
        server.fail(Route::End, Fault::busy(423, None));
    }
    let error = session.end(Reason::UserRequest).unwrap_err();
    assert_eq!((error.step(), error.status()), (Some(Step::End), Some(423)));
    let seen = server.finish();
    assert_eq!(
        seen.iter().filter(|call| *call == "send 1 one").count(),
        3,
        "{seen:?}"
    );
    assert_eq!(
        seen.iter()
            .filter(|call| *call == "end UserRequest")
            .count(),
        3,
        "{seen:?}"
    );
}
