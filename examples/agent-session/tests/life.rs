//! The life of a session with a server that is well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod server;

use std::panic::{AssertUnwindSafe, catch_unwind};

use agent_session::types::{
    AgentMessage, CancelMessage, ContextVariable, RequestMessage, SendMessageRequest,
    SessionEndedResponseMessageReason, SessionLink, SessionLinks,
};
use agent_session::{Client, Error, Message, Reason, Session, Start};
use serde_json::json;
use server::{AGENT, ORG, Server, TOKEN};

fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().filter_map(Message::text).collect()
}

#[test]
fn a_session_is_started_used_and_ended() {
    let server = Server::start();
    let start = Start::new(AGENT, ORG)
        .time_zone("Europe/Berlin")
        .text_variable("$Context.EndUserLanguage", "de")
        .bypass_user(false);
    let mut session = Session::start(&server.client(), start).unwrap();
    assert_eq!(texts(session.greeting()), ["Hi, what do you need?"]);
    for text in ["one", "two", "three \"3\"\n\u{1F642}"] {
        let reply = session.send(text).unwrap();
        assert_eq!(texts(&reply.messages), [format!("You said: {text}")]);
        assert!(!reply.started_anew);
        assert_eq!(reply.ended(), None);
    }
    let ended = session.end(Reason::Transfer).unwrap();
    assert!(!ended.was_gone);
    let [Message::Known(AgentMessage::SessionEnded(message))] = ended.messages.as_slice() else {
        panic!("{ended:?}");
    };
    assert_eq!(
        message.reason,
        SessionEndedResponseMessageReason::ClientRequest
    );

    let request = server.state().starts.remove(0);
    assert_eq!(request.instance_config.endpoint, ORG);
    assert_eq!(request.tz, Some(Some("Europe/Berlin".to_owned())));
    assert_eq!(request.bypass_user, Some(false));
    let Some(Some(variables)) = request.variables else {
        panic!("there are no variables");
    };
    assert!(matches!(variables.as_slice(), [ContextVariable::Text(text)] if text.value == "de"));
    let seen = server.finish();
    let expected = [
        "start",
        "send 1 one",
        "send 2 two",
        "send 3 three \"3\"\n\u{1F642}",
        "end Transfer",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn an_expired_session_is_started_anew_and_the_message_sent_again() {
    let server = Server::start();
    let mut session = server.session();
    session.send("one").unwrap();
    let first = session.id().unwrap().to_owned();
    server.expire();
    let reply = session.send("two").unwrap();
    assert!(reply.started_anew);
    assert_eq!(texts(&reply.messages), ["You said: two"]);
    assert_ne!(session.id().unwrap(), first);
    assert!(!session.send("three").unwrap().started_anew);
    // It may expire more than once in a long conversation.
    server.expire();
    assert!(session.send("four").unwrap().started_anew);
    session.end(Reason::UserRequest).unwrap();
    let expected = [
        "start",
        "send 1 one",
        "send 2 two",
        "start",
        "send 1 two",
        "send 2 three",
        "send 3 four",
        "start",
        "send 1 four",
        "end UserRequest",
    ];
    assert_eq!(server.finish(), expected);
}

#[test]
fn an_end_after_the_session_has_expired_is_a_success() {
    let server = Server::start();
    let session = server.session();
    server.expire();
    assert!(session.end(Reason::UserRequest).unwrap().was_gone);
    assert_eq!(server.finish(), ["start", "end UserRequest"]);
}

#[test]
fn a_message_of_another_type_gets_its_number_and_loses_what_only_the_old_session_knew() {
    let server = Server::start();
    let mut session = server.session();
    session.send("one").unwrap();
    server.expire();
    let cancel = SendMessageRequest {
        message: RequestMessage::Cancel(CancelMessage {
            sequence_id: -7,
            in_reply_to_message_id: Some("9d1c7a52-0b3e-4c8f-a6d4-5e2f1b0c9a87".to_owned()),
        }),
        variables: Some(None),
    };
    session.send_request(cancel).unwrap();
    drop(session);
    let sends = std::mem::take(&mut server.state().sends);
    let heads: Vec<(i64, bool)> = sends
        .iter()
        .filter_map(|request| match &request.message {
            RequestMessage::Cancel(message) => Some((
                message.sequence_id,
                message.in_reply_to_message_id.is_some(),
            )),
            _ => None,
        })
        .collect();
    assert_eq!(heads, [(2, true), (1, false)]);
    let expected = [
        "start",
        "send 1 one",
        "send 2 (cancel)",
        "start",
        "send 1 (cancel)",
        "end Other",
    ];
    assert_eq!(server.finish(), expected);
}

#[test]
fn a_session_ends_itself_whatever_happens() {
    let server = Server::start();
    drop(server.session());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _session = server.session();
        panic!("on purpose");
    }));
    assert!(panicked.is_err());
    assert_eq!(
        server.finish(),
        ["start", "end Other", "start", "end Error"]
    );
}

#[test]
fn a_conversation_ends_with_its_outcome() {
    #[derive(Debug)]
    enum Mine {
        Bored,
        Api(Error),
    }
    impl From<Error> for Mine {
        fn from(error: Error) -> Self {
            Self::Api(error)
        }
    }
    let server = Server::start();
    let start = || Start::new(AGENT, ORG);
    let reply = server
        .client()
        .converse(start(), |session| session.send("one"));
    assert_eq!(texts(&reply.unwrap().messages), ["You said: one"]);
    let failed: Result<(), Mine> = server.client().converse(start(), |_| Err(Mine::Bored));
    assert!(matches!(failed, Err(Mine::Bored)));
    let nowhere = server
        .client()
        .converse(Start::new("..", ORG), |_| Ok::<(), Mine>(()));
    assert!(matches!(nowhere, Err(Mine::Api(Error::AgentId { .. }))));
    assert_eq!(
        server.finish(),
        [
            "start",
            "send 1 one",
            "end UserRequest",
            "start",
            "end Error"
        ]
    );
}

#[test]
fn the_links_of_the_server_are_followed_but_not_to_another_server() {
    let server = Server::start();
    // Links to the published address of the API, as a server behind a proxy gives them.
    let foreign = |path: &str| {
        let href = format!("http://192.0.2.1:9/einstein/ai-agent/v1{path}");
        Some(Some(SessionLink { href }))
    };
    let mut links = SessionLinks {
        self_: None,
        messages: foreign("/sessions/x/messages"),
        messages_stream: None,
        session: Some(None),
        end: foreign("/sessions/x"),
    };
    server.state().links = Some(links.clone());
    let mut session = server.session();
    session.send("one").unwrap();
    let other = server.session();
    // A link to an address that nobody would make up: that of the other session.
    let href = format!("{}/sessions/{}/messages", server.url(), other.id().unwrap());
    links.messages = Some(Some(SessionLink { href }));
    server.state().links = Some(links);
    session.send("two").unwrap();
    session.send("three").unwrap();
    server.state().links = None;
    other.end(Reason::Other).unwrap();
    // The link leads to a session that has ended, which looks as if the own one had expired.
    assert!(session.send("four").unwrap().started_anew);
    session.end(Reason::UserRequest).unwrap();
    // The first session was led astray by the server itself.
    server.expire();
    let seen = server.finish();
    assert_eq!(
        seen.iter().filter(|call| *call == "start").count(),
        3,
        "{seen:?}"
    );
}

#[test]
fn what_the_schema_does_not_know_is_kept_and_does_no_harm() {
    let server = Server::start();
    let unknown = json!({"type": "Hologram", "id": "1", "beam": [1, 2]});
    let ended = json!({"type": "SessionEnded", "id": "2", "reason": "Action"});
    server.state().extra = vec![unknown.clone(), ended];
    let mut session = server.session();
    let reply = session.send("one").unwrap();
    assert_eq!(texts(&reply.messages), ["You said: one"]);
    assert_eq!(
        reply.ended(),
        Some(SessionEndedResponseMessageReason::Action)
    );
    let Message::Unknown { value, why } = &reply.messages[1] else {
        panic!("{reply:?}");
    };
    assert_eq!(*value, unknown);
    assert!(why.contains("Hologram"), "{why}");
    drop(session);
    assert_eq!(server.finish(), ["start", "send 1 one", "end Other"]);
}

#[test]
fn a_token_does_not_show_and_has_to_be_one() {
    let server = Server::start();
    assert!(!format!("{:?}", server.client()).contains(TOKEN));
    assert!(!format!("{:?}", server.session()).contains(TOKEN));
    for wrong in ["", "a b", "a\r\nx-evil: 1", "\u{e9}"] {
        let outcome = Client::new(&server.url(), wrong);
        assert!(matches!(outcome, Err(Error::Token)), "{wrong:?}");
    }
    server.finish();
}
