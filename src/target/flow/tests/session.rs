use super::super::config::{ContextVariablePath, ScreenFlows};
use super::simulate::{Answer, simulate};
use super::{END, SEND, START, file, flows, graph, run};
use crate::config::Config;

const STARTED: Answer = Answer::Outputs(&[("responseCode", "200.0"), ("200.sessionId", "s-1")]);
const NEEDED: [(&str, &str); 3] = [
    ("External_Session_Key", "k"),
    ("Endpoint", "https://example.com"),
    ("Agent_ID", "a"),
];

#[test]
fn the_session_has_its_flows() {
    let graph = graph::session().finish();
    let (files, messages) = run(&graph, &[START, SEND, END], &Config::default());
    assert_eq!(messages, Vec::<String>::new());
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "flow/flows/End_Agent_Session.flow-meta.xml",
            "flow/flows/End_Agent_Session_Screen.flow-meta.xml",
            "flow/flows/Send_Agent_Message.flow-meta.xml",
            "flow/flows/Start_Agent_Session.flow-meta.xml",
        ]
    );
    for (_, text) in files.iter() {
        assert!(text.contains("<status>Draft</status>"));
        assert!(
            !text.contains("x-sfdc-tenant-id"),
            "reserved for the platform"
        );
    }
    let end = file(&files, "End_Agent_Session");
    assert!(
        end.contains("Manage AI Agents"),
        "the preconditions are in the description"
    );
}

#[test]
fn starting_fills_the_request_and_gives_the_session() {
    let graph = graph::session().finish();
    let flow = &flows(&graph, START, &Config::default())[0];
    let run = simulate(flow, &NEEDED, &STARTED);
    assert_eq!(run.get("State"), "Success");
    assert_eq!(run.get("Session_ID"), "s-1");
    assert_eq!(run.get("New_Session_Request_Body.externalSessionKey"), "k");
    assert_eq!(
        run.get("New_Session_Request_Body.instanceConfig.endpoint"),
        "https://example.com"
    );
    assert_eq!(run.get("New_Session_Request_Body.variables"), "");

    let with_variable = [
        &NEEDED[..],
        &[
            ("Context_Variable_Name", "n"),
            ("Context_Variable_Value", "v"),
        ],
    ]
    .concat();
    let run = simulate(flow, &with_variable, &STARTED);
    assert_eq!(run.get("Context_Variable.TextVariable.name"), "n");
    assert_eq!(run.get("Context_Variable.TextVariable.value"), "v");
    let variables = "New_Session_Request_Body.variables";
    assert_eq!(run.get(&format!("{variables}[0].TextVariable.value")), "v");

    // Who has more makes a list; the pair is added to it.
    let with_list = [
        &with_variable[..],
        &[("Context_Variable_List[0].NumberVariable.value", "1.0")],
    ]
    .concat();
    let run = simulate(flow, &with_list, &STARTED);
    assert_eq!(
        run.get(&format!("{variables}[0].NumberVariable.value")),
        "1.0"
    );
    assert_eq!(run.get(&format!("{variables}[1].TextVariable.value")), "v");
}

#[test]
fn the_path_of_the_help_page_can_be_chosen() {
    let graph = graph::session().finish();
    let mut config = Config::default();
    config.flow.context_variable_path = ContextVariablePath::HelpPage;
    let flow = &flows(&graph, START, &config)[0];
    let with_variable = [
        &NEEDED[..],
        &[
            ("Context_Variable_Name", "n"),
            ("Context_Variable_Value", "v"),
        ],
    ]
    .concat();
    let run = simulate(flow, &with_variable, &STARTED);
    assert_eq!(
        run.get("New_Session_Request_Body.message.TextVariable.name"),
        "n"
    );
    assert_eq!(
        run.get("New_Session_Request_Body.message.TextVariable.text"),
        "v"
    );
    assert!(flow.variables.iter().all(|one| !one.is_collection));
}

#[test]
fn every_documented_outcome_is_told_apart() {
    let graph = graph::session().finish();
    let flow = &flows(&graph, START, &Config::default())[0];
    let mut states = Vec::new();
    for answer in [
        Answer::Outputs(&[("responseCode", "400.0"), ("400Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "401.0"), ("401Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "403.0"), ("403Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "404.0"), ("404Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "422.0"), ("422Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "423.0"), ("423Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "429.0"), ("429Exc.message", "words")]),
        Answer::Outputs(&[("responseCode", "503.0"), ("503Exc.message", "words")]),
        Answer::Outputs(&[
            ("responseCode", "500.0"),
            ("defaultExc", "x"),
            ("defaultExc.message", "words"),
        ]),
    ] {
        let run = simulate(flow, &NEEDED, &answer);
        assert_eq!(run.get("Error_Details"), "words");
        assert!(!run.get("Error_Message").is_empty() && run.get("Session_ID").is_empty());
        states.push(run.get("State").to_owned());
    }
    assert_eq!(
        states,
        [
            "BadRequest",
            "Unauthorized",
            "Forbidden",
            "NotFound",
            "RequestFailed",
            "Busy",
            "TooManyRequests",
            "Unavailable",
            "OtherError",
        ]
    );
    let run = simulate(
        flow,
        &NEEDED,
        &Answer::Outputs(&[("responseCode", "418.0")]),
    );
    assert_eq!(
        (run.get("State"), run.get("Response_Code")),
        ("UnexpectedResponse", "418.0")
    );
    let run = simulate(flow, &NEEDED, &Answer::Fault);
    assert_eq!(
        (run.get("State"), run.get("Error_Details")),
        ("Fault", "it broke")
    );
    assert_eq!(run.path.last().map(String::as_str), Some("Report_Fault"));
}

#[test]
fn what_the_service_would_refuse_is_not_sent() {
    let graph = graph::session().finish();
    let start = &flows(&graph, START, &Config::default())[0];
    let empty_endpoint = [NEEDED[0], ("Endpoint", ""), NEEDED[2]];
    for inputs in [&NEEDED[..2], &empty_endpoint] {
        let run = simulate(start, inputs, &STARTED);
        assert_eq!(run.get("State"), "InvalidInput");
        assert!(!run.path.contains(&"Start_Session".to_owned()));
    }

    let end = &flows(&graph, END, &Config::default())[0];
    let ended = Answer::Outputs(&[("responseCode", "200.0")]);
    for reason in ["UserRequest", "Transfer", "Expiration", "Error", "Other"] {
        let run = simulate(end, &[("Session_ID", "s"), ("Reason", reason)], &ended);
        assert_eq!(
            (run.get("State"), run.get("Session_End_Message.reason")),
            ("Success", reason)
        );
    }
    let run = simulate(end, &[("Session_ID", "s"), ("Reason", "Boredom")], &ended);
    assert_eq!(run.get("State"), "InvalidInput");
    assert!(run.get("Error_Message").contains("UserRequest, Transfer"));
}

#[test]
fn a_screen_flow_offers_the_choices() {
    let graph = graph::session().finish();
    let mut config = Config::default();
    let of_end = flows(&graph, END, &config);
    let screen = &of_end[1];
    let offered: Vec<&str> = screen
        .screens
        .iter()
        .flat_map(|one| &one.fields)
        .flat_map(|one| &one.choices)
        .map(|one| one.as_str())
        .collect();
    assert_eq!(offered.len(), 5);
    assert_eq!(offered[0], "Choice_Reason_User_Request");
    assert_eq!(screen.subflows[0].flow_name, of_end[0].name);
    for input in &screen.subflows[0].inputs {
        assert!(
            of_end[0]
                .variables
                .iter()
                .any(|one| one.is_input && one.name == input.name)
        );
    }
    assert_eq!(flows(&graph, START, &config).len(), 1);
    config.flow.screen_flows = ScreenFlows::All;
    assert_eq!(flows(&graph, START, &config).len(), 2);
    config.flow.screen_flows = ScreenFlows::None;
    assert_eq!(flows(&graph, END, &config).len(), 1);
}

#[test]
fn a_broken_flow_is_found() {
    use super::super::{lint::lint, model::Connector, text::Text};
    let graph = graph::session().finish();
    let broken = |change: &dyn Fn(&mut super::Flow)| {
        let mut flow = flows(&graph, END, &Config::default()).swap_remove(0);
        change(&mut flow);
        lint(&flow).join("; ")
    };
    assert!(
        broken(&|flow| flow.action_calls[0].connector = Some(Connector::to(&Text::new("Gone"))))
            .contains("`Gone`")
    );
    assert!(broken(&|flow| flow.action_calls[0].fault_connector = None).contains("no fault path"));
    assert!(
        broken(&|flow| flow.variables.retain(|one| one.name.as_str() != "State"))
            .contains("refers to `State`")
    );
    assert!(broken(&|flow| flow.variables[0].name = Text::new("REASON")).contains("taken twice"));
    assert!(broken(&|flow| flow.variables[0].name = Text::new("a__b")).contains("not an API name"));
    let without_rules = |flow: &mut super::Flow| {
        for decision in &mut flow.decisions {
            decision.rules.clear();
        }
    };
    assert!(broken(&without_rules).contains("is not used"));
    assert!(broken(&|flow| flow.start = None).contains("nothing leads to"));
}
