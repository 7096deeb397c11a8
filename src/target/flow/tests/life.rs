//! The whole life of a session, with every outcome of every call.

use super::super::lower::{self, life};
use super::super::model::Flow;
use super::simulate::{Answer, Call, Run, World};
use super::{END, SEND, START, graph, with_naming};
use crate::action::{Action, Lifecycle, SchemaRoots};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::target::flow::lint;
use std::collections::HashMap;

const LIFE: &str = include_str!("../../../../schemas/lifecycles/agent-session.json");

const MAKE_KEY: &str = "MakeUuid";
const START_SESSION: &str = "AIAgentAPIV1.startSession";
const SEND_MESSAGE: &str = "AIAgentAPIV1.sendMessage";
const END_SESSION: &str = "AIAgentAPIV1.endSession";

const KEY: Answer = Answer::Outputs(&[("uuid", "key")]);
const STARTED: Answer = Answer::Outputs(&[("responseCode", "200.0"), ("200.sessionId", "s-1")]);
const STARTED_ANEW: Answer =
    Answer::Outputs(&[("responseCode", "200.0"), ("200.sessionId", "s-2")]);
const ANSWERED: Answer = Answer::Outputs(&[
    ("responseCode", "200.0"),
    ("200.messages[0].InformMessage.message", "Hello."),
    ("200.messages[1].EndOfTurnMessage.id", "1"),
    ("200.messages[2].InformMessage.message", "How are you?"),
]);
const SILENT: Answer = Answer::Outputs(&[("responseCode", "200.0"), ("200._links", "none")]);
const EMPTY: Answer = Answer::Outputs(&[("responseCode", "200.0")]);
const ENDED: Answer = Answer::Outputs(&[("responseCode", "200.0")]);
const GONE: Answer = Answer::Outputs(&[("responseCode", "404.0"), ("404Exc.message", "gone")]);
const LOCKED: Answer = Answer::Outputs(&[("responseCode", "423.0"), ("423Exc.message", "busy")]);
const TOO_MANY: Answer = Answer::Outputs(&[("responseCode", "429.0"), ("429Exc.message", "slow")]);
const BROKEN: Answer = Answer::Outputs(&[("responseCode", "503.0"), ("503Exc.message", "down")]);

const GIVEN: [(&str, &str); 4] = [
    ("Endpoint", "https://example.com"),
    ("Agent_ID", "a"),
    ("Messages[0]", "One"),
    ("Messages[1]", "Two"),
];

/// All flows of the session; those of its actions hold together too.
fn all_flows() -> Vec<Flow> {
    let (flows, messages) = flows_with(LIFE);
    assert_eq!(messages, Vec::<String>::new());
    flows
}

fn flows_with(life: &str) -> (Vec<Flow>, Vec<String>) {
    let types = graph::session().finish();
    let roots = SchemaRoots::new(&types);
    let config = Config::default().flow;
    let (mut diagnostics, mut flows) = (Diagnostics::default(), Vec::new());
    let mut interfaces = HashMap::new();
    let life: Lifecycle = serde_json::from_str(life).unwrap();
    with_naming(&types, &config, |naming| {
        for text in [START, SEND, END] {
            let action = Action::parse(text).unwrap().with_makers(MAKE_KEY);
            assert!(action.check(&roots, &mut diagnostics), "{diagnostics:?}");
            let place = format!("{}#", action.label);
            let lowered =
                lower::lower(&action, &place, &roots, &config, naming, &mut diagnostics).unwrap();
            flows.extend(lowered.flows);
            interfaces.insert(action.action_name, lowered.interface);
        }
        let of_life = life::lower(&life, &interfaces, &config, naming, &mut diagnostics);
        flows.extend(of_life);
    });
    for flow in &mut flows {
        flow.arrange();
        assert_eq!(lint::lint(flow), Vec::<String>::new(), "{}", flow.name);
        let mut places: Vec<(i32, i32)> = flow.nodes().map(|node| (node.x, node.y)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), flow.nodes().count(), "{}", flow.name);
    }
    let messages = diagnostics.iter().map(|one| one.message.clone()).collect();
    (flows, messages)
}

/// Runs the whole conversation.
fn converse(start: &[Answer], send: &[Answer], end: &[Answer]) -> (Run, Vec<Call>) {
    let flows = all_flows();
    let answers = [
        (MAKE_KEY, &[KEY][..]),
        (START_SESSION, start),
        (SEND_MESSAGE, send),
        (END_SESSION, end),
    ];
    let mut world = World::new(&flows, &answers);
    let run = world.run("Run_Agent_Session", &GIVEN);
    (run, world.calls)
}

/// The names of the calls, shortened.
fn names(calls: &[Call]) -> Vec<&str> {
    let short = |name: &str| match name {
        MAKE_KEY => "key",
        START_SESSION => "start",
        SEND_MESSAGE => "send",
        END_SESSION => "end",
        other => panic!("{other}"),
    };
    calls.iter().map(|(name, _)| short(name)).collect()
}

fn sent(calls: &[Call], input: &str) -> Vec<String> {
    let inputs = calls.iter().filter_map(|(_, inputs)| inputs.get(input));
    inputs.cloned().collect()
}

#[test]
fn a_conversation_starts_goes_on_and_ends() {
    let (run, calls) = converse(&[STARTED], &[ANSWERED], &[ENDED]);
    assert_eq!(names(&calls), ["key", "start", "send", "send", "end"]);
    assert_eq!(run.get("State"), "Success");
    assert_eq!(run.get("Reply"), "Hello.\nHow are you?");
    assert_eq!(run.get("Replies[1]"), "Hello.\nHow are you?");
    assert_eq!(
        (run.get("Error_Message"), run.get("End_State")),
        ("", "Success")
    );
    assert_eq!(run.get("External_Session_Key"), "key");
    assert_eq!(run.get("Session_ID"), "", "it is over");
    assert_eq!(sent(&calls, "session-id"), ["s-1", "s-1", "s-1"]);
    assert_eq!(
        sent(&calls, "body.message.TextMessage.text"),
        ["One", "Two"]
    );
    assert_eq!(
        sent(&calls, "body.message.TextMessage.sequenceId"),
        ["1.0", "2.0"]
    );
    assert_eq!(sent(&calls, "body.externalSessionKey"), ["key"]);
    assert_eq!(sent(&calls, "body.reason"), ["UserRequest"]);
}

#[test]
fn an_answer_may_say_nothing() {
    let (run, calls) = converse(&[STARTED], &[SILENT], &[ENDED]);
    assert_eq!((run.get("State"), run.get("Reply")), ("Success", ""));
    assert_eq!(names(&calls).len(), 5);
}

#[test]
fn an_answer_without_its_content_breaks_nothing() {
    let codes: [(Answer, &str); 3] = [
        (EMPTY, "UnexpectedResponse"),
        (Answer::Outputs(&[("responseCode", "429.0")]), "Busy"),
        (Answer::Outputs(&[("responseCode", "503.0")]), "Unavailable"),
    ];
    for (answer, state) in codes {
        let (run, calls) = converse(&[STARTED], &[answer], &[ENDED]);
        assert_eq!((run.get("State"), run.get("Error_Details")), (state, ""));
        assert!(!run.get("Error_Message").is_empty());
        assert_eq!(sent(&calls, "body.reason"), ["Error"]);
    }
    let gone = Answer::Outputs(&[("responseCode", "404.0")]);
    let (run, _) = converse(&[STARTED, STARTED_ANEW], &[gone, ANSWERED], &[ENDED]);
    assert_eq!(run.get("State"), "Success");
    // Without its identifier there is no session to go on with, or to end.
    let (run, calls) = converse(&[EMPTY], &[ANSWERED], &[ENDED]);
    assert_eq!(run.get("State"), "UnexpectedResponse");
    assert_eq!(names(&calls), ["key", "start"]);
}

#[test]
fn an_expired_session_starts_anew_once() {
    let send = [ANSWERED, GONE, ANSWERED];
    let (run, calls) = converse(&[STARTED, STARTED_ANEW], &send, &[ENDED]);
    assert_eq!(
        names(&calls),
        [
            "key", "start", "send", "send", "key", "start", "send", "end"
        ]
    );
    assert_eq!(run.get("State"), "Success");
    assert_eq!(sent(&calls, "session-id"), ["s-1", "s-1", "s-2", "s-2"]);
    // The message that was lost is sent again, as the first one of the new session.
    assert_eq!(
        sent(&calls, "body.message.TextMessage.text"),
        ["One", "Two", "Two"]
    );
    assert_eq!(
        sent(&calls, "body.message.TextMessage.sequenceId"),
        ["1.0", "2.0", "1.0"]
    );

    // Once in the whole conversation, not once for each message; and there is nothing left to end.
    for send in [&[GONE, GONE][..], &[GONE, ANSWERED, GONE]] {
        let (run, calls) = converse(&[STARTED, STARTED_ANEW], send, &[ENDED]);
        assert_eq!(run.get("State"), "NotFound");
        assert_eq!(run.get("Error_Details"), "gone");
        assert!(!run.get("Error_Message").is_empty());
        assert!(!names(&calls).contains(&"end"));
        assert_eq!(
            names(&calls)
                .iter()
                .filter(|name| **name == "start")
                .count(),
            2
        );
    }
}

#[test]
fn a_busy_service_is_tried_again_and_then_told() {
    for busy in [LOCKED, TOO_MANY] {
        let (run, calls) = converse(&[STARTED], &[busy, ANSWERED, busy, ANSWERED], &[ENDED]);
        assert_eq!(run.get("State"), "Success");
        assert_eq!(
            sent(&calls, "body.message.TextMessage.sequenceId"),
            ["1.0", "1.0", "2.0", "2.0"]
        );
        let (run, calls) = converse(&[STARTED], &[busy], &[ENDED]);
        assert_eq!(names(&calls), ["key", "start", "send", "send", "end"]);
        assert_eq!(
            (run.get("State"), run.get("End_State")),
            ("Busy", "Success")
        );
        assert!(!run.get("Error_Message").is_empty());
        assert_eq!(sent(&calls, "body.reason"), ["Error"]);

        let (run, calls) = converse(&[busy, STARTED], &[ANSWERED], &[ENDED]);
        assert_eq!(run.get("State"), "Success");
        assert_eq!(
            names(&calls),
            ["key", "start", "key", "start", "send", "send", "end"]
        );
        let (run, calls) = converse(&[busy], &[ANSWERED], &[ENDED]);
        assert_eq!(run.get("State"), "Busy");
        assert_eq!(names(&calls), ["key", "start", "key", "start"]);
    }
}

#[test]
fn an_end_is_tried_again_if_the_service_is_busy() {
    for busy in [LOCKED, TOO_MANY] {
        let (run, calls) = converse(&[STARTED], &[ANSWERED], &[busy, ENDED]);
        assert_eq!(
            names(&calls),
            ["key", "start", "send", "send", "end", "end"]
        );
        assert_eq!(
            (
                run.get("State"),
                run.get("End_State"),
                run.get("Session_ID")
            ),
            ("Success", "Success", "")
        );
        let (run, calls) = converse(&[STARTED], &[BROKEN], &[busy, ENDED]);
        assert_eq!(
            (run.get("State"), run.get("End_State")),
            ("Unavailable", "Success")
        );
        assert_eq!(sent(&calls, "body.reason"), ["Error", "Error"]);
        let (run, calls) = converse(&[STARTED], &[ANSWERED], &[busy]);
        assert_eq!(run.get("State"), "NotEnded");
        assert_eq!(run.get("Session_ID"), "s-1", "somebody has to end it");
        let ends = names(&calls).into_iter().filter(|name| *name == "end");
        assert_eq!(ends.count(), 2);
    }
}

#[test]
fn how_often_it_tries_again_can_be_said() {
    let flows = all_flows();
    for (retries, calls) in [("0.0", 1), ("3.0", 4)] {
        let answers = [
            (MAKE_KEY, &[KEY][..]),
            (START_SESSION, &[STARTED]),
            (SEND_MESSAGE, &[LOCKED]),
            (END_SESSION, &[ENDED]),
        ];
        let mut world = World::new(&flows, &answers);
        let run = world.run(
            "Run_Agent_Session",
            &[&GIVEN[..], &[("Retries", retries)]].concat(),
        );
        assert_eq!(run.get("State"), "Busy");
        let sends = world
            .called()
            .into_iter()
            .filter(|name| *name == SEND_MESSAGE);
        assert_eq!(sends.count(), calls);
    }
}

#[test]
fn every_way_out_ends_what_was_started() {
    let after_start = [
        (
            Answer::Outputs(&[("responseCode", "400.0"), ("400Exc.message", "m")]),
            "BadRequest",
        ),
        (
            Answer::Outputs(&[("responseCode", "401.0"), ("401Exc.message", "m")]),
            "Unauthorized",
        ),
        (
            Answer::Outputs(&[("responseCode", "403.0"), ("403Exc.message", "m")]),
            "Forbidden",
        ),
        (
            Answer::Outputs(&[("responseCode", "422.0"), ("422Exc.message", "m")]),
            "RequestFailed",
        ),
        (LOCKED, "Busy"),
        (TOO_MANY, "Busy"),
        (BROKEN, "Unavailable"),
        (
            Answer::Outputs(&[("responseCode", "500.0"), ("defaultExc.message", "m")]),
            "OtherError",
        ),
        (
            Answer::Outputs(&[("responseCode", "418.0")]),
            "UnexpectedResponse",
        ),
        (Answer::Fault, "Fault"),
    ];
    for (answer, state) in after_start {
        let (run, calls) = converse(&[STARTED], &[ANSWERED, answer], &[ENDED]);
        assert_eq!(run.get("State"), state);
        assert!(!run.get("Error_Message").is_empty(), "{state}");
        assert_eq!(names(&calls).last(), Some(&"end"), "{state}");
        assert_eq!(
            run.get("Reply"),
            "Hello.\nHow are you?",
            "what was said is kept"
        );
        assert_eq!(sent(&calls, "body.reason"), ["Error"]);

        // Without a session there is nothing to end.
        let (run, calls) = converse(&[answer], &[ANSWERED], &[ENDED]);
        assert_eq!(run.get("State"), state);
        assert!(!names(&calls).contains(&"send") && !names(&calls).contains(&"end"));

        // A failed end does not hide the first error.
        for failed in [answer, Answer::Fault] {
            let (run, _) = converse(&[STARTED], &[BROKEN], &[failed]);
            assert_eq!(
                (run.get("State"), run.get("Error_Details")),
                ("Unavailable", "down")
            );
            assert!(!run.get("End_State").is_empty() && !run.get("End_Error").is_empty());
            assert_eq!(run.get("Session_ID"), "s-1", "somebody has to end it");
        }
        let (run, _) = converse(&[STARTED], &[ANSWERED], &[answer]);
        assert_eq!(run.get("State"), "NotEnded");
        assert_eq!(run.get("Replies[1]"), "Hello.\nHow are you?");
    }
    let (run, _) = converse(&[STARTED], &[ANSWERED], &[GONE]);
    assert_eq!(
        (run.get("State"), run.get("End_State")),
        ("Success", "NotFound")
    );
}

#[test]
fn without_a_key_nothing_is_started() {
    let flows = all_flows();
    let mut world = World::new(&flows, &[(MAKE_KEY, &[Answer::Fault])]);
    let run = world.run("Run_Agent_Session", &GIVEN);
    assert_eq!(
        (run.get("State"), run.get("Error_Details")),
        ("Fault", "it broke")
    );
    assert_eq!(world.called(), [MAKE_KEY]);
}

#[test]
fn a_list_without_messages_calls_nothing() {
    let flows = all_flows();
    let run = World::new(&flows, &[]).run("Run_Agent_Session", &GIVEN[..2]);
    assert_eq!(run.get("State"), "Success");
}

#[test]
fn a_conversation_may_go_on_in_another_interview() {
    let flows = all_flows();
    let answers = [
        (MAKE_KEY, &[KEY][..]),
        (START_SESSION, &[STARTED]),
        (SEND_MESSAGE, &[ANSWERED]),
    ];
    let mut world = World::new(&flows, &answers);
    let inputs = [GIVEN[0], GIVEN[1], ("Message_Text", "One")];
    let first = world.run("Ask_Agent", &inputs);
    assert_eq!(
        (first.get("Session_ID"), first.get("Sequence_ID")),
        ("s-1", "1.0")
    );
    let inputs = [
        ("Message_Text", "Two"),
        ("Session_ID", first.get("Session_ID")),
        ("Sequence_ID", first.get("Sequence_ID")),
    ];
    let second = world.run("Ask_Agent", &inputs);
    assert_eq!(
        (second.get("State"), second.get("Sequence_ID")),
        ("Success", "2.0")
    );
    assert_eq!(
        world.called(),
        [MAKE_KEY, START_SESSION, SEND_MESSAGE, SEND_MESSAGE]
    );
}

#[test]
fn another_call_has_another_number_whatever_came_of_the_last_one() {
    let flows = all_flows();
    for (failed, tries) in [
        (&[LOCKED, LOCKED][..], 2),
        (&[BROKEN], 1),
        (&[Answer::Fault], 1),
    ] {
        let send = [failed, &[ANSWERED]].concat();
        let mut world = World::new(&flows, &[(SEND_MESSAGE, &send)]);
        let given = [
            ("Message_Text", "One"),
            ("Session_ID", "s-1"),
            ("Sequence_ID", "6.0"),
        ];
        let first = world.run("Ask_Agent", &given);
        assert_ne!(first.get("State"), "Success");
        let given = [
            ("Message_Text", "Two"),
            ("Session_ID", first.get("Session_ID")),
            ("Sequence_ID", first.get("Sequence_ID")),
        ];
        assert_eq!(world.run("Ask_Agent", &given).get("State"), "Success");
        let mut numbers = sent(&world.calls, "body.message.TextMessage.sequenceId");
        assert_eq!(numbers.len(), tries + 1);
        numbers.dedup();
        assert_eq!(numbers, ["7.0", "8.0"]);
    }
}

#[test]
fn a_busy_service_is_tried_later() {
    let flows = all_flows();
    let later = |send: &[Answer]| {
        let answers = [
            (MAKE_KEY, &[KEY][..]),
            (START_SESSION, &[STARTED]),
            (SEND_MESSAGE, send),
            (END_SESSION, &[ENDED]),
        ];
        let mut world = World::new(&flows, &answers);
        let run = world.run("Run_Agent_Session_Later", &GIVEN);
        let ends = world
            .called()
            .into_iter()
            .filter(|name| *name == END_SESSION);
        (world.waits, ends.count(), run)
    };
    let (waits, ends, _) = later(&[ANSWERED]);
    assert_eq!((waits, ends), (1, 1));
    let (waits, ends, _) = later(&[LOCKED, LOCKED, ANSWERED]);
    assert_eq!((waits, ends), (2, 2));
    let (waits, ends, _) = later(&[LOCKED]);
    assert_eq!((waits, ends), (3, 3));
    let (waits, _, _) = later(&[Answer::Fault]);
    assert_eq!(waits, 1, "only a busy service is worth a pause");
    let flow = flows
        .iter()
        .find(|flow| flow.name.as_str() == "Run_Agent_Session_Later");
    let mut variables = flow.unwrap().variables.iter();
    assert!(
        variables.all(|one| !one.is_output),
        "nobody waits for its answer"
    );
}

#[test]
fn what_an_admin_must_know_is_in_the_descriptions() {
    for flow in all_flows() {
        let description = flow.description.as_str();
        assert!(description.contains("Manage AI Agents"), "{}", flow.name);
        if ["Ask_Agent", "Run_Agent_Session"].contains(&flow.name.as_str()) {
            assert!(description.contains("120 seconds"), "{}", flow.name);
        }
    }
}

#[test]
fn a_lifecycle_must_agree_with_its_actions() {
    for (from, to, said) in [
        (
            "AIAgentAPIV1.endSession",
            "Gone.end",
            "there is no flow for the action `Gone.end`",
        ),
        ("\"sessionId\"", "\"id\"", "gives no `id` back"),
        ("\"body#reason\"", "\"reason\"", "has no input for `reason`"),
        (
            "\"UserRequest\"",
            "\"Boredom\"",
            "`Boredom` is none of the values of `Reason`",
        ),
        ("\"404Exc\"", "\"404\"", "has no output `404`"),
    ] {
        let (flows, messages) = flows_with(&LIFE.replace(from, to));
        assert!(
            messages.iter().any(|one| one.contains(said)),
            "{said}: {messages:?}"
        );
        assert!(
            flows
                .iter()
                .all(|flow| flow.name.as_str() != "Run_Agent_Session")
        );
    }
}
