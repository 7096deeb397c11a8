//! The descriptors of services are named as the platform names them, and every operation gets a flow.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::process::Command;

use flowtypes::config::Service;
use flowtypes::internals::{Action, DataType, describe};
use flowtypes::{Generator, Target};

/// An OpenAPI document with all that is odd.
const SHOP: &str = "tests/cases/service/shop.yaml";

fn agents() -> Service {
    let mut service = Service::new("schemas/services/agent-api.json", "AIAgentAPIV1");
    service.provider = "AgentInvAction".to_owned();
    service
}

fn described(service: Service) -> (Vec<Action>, String) {
    let mut generator = Generator::new();
    generator.config_mut().services = vec![service];
    let (actions, report, _) =
        describe(&generator).unwrap_or_else(|failure| panic!("{}", failure.report));
    (actions, report.to_string())
}

fn action<'a>(actions: &'a [Action], name: &str) -> &'a Action {
    let mut all = actions.iter();
    all.find(|action| action.action_name == name)
        .unwrap_or_else(|| panic!("{name} is missing"))
}

fn class<'a>(action: &'a Action, input: &str) -> &'a str {
    let input = action.inputs.iter().find(|one| one.name == input).unwrap();
    match &input.data_type {
        DataType::Apex(apex) => &apex.apex_class,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_actions_of_agents_have_the_names_that_are_seen_in_orgs() {
    let (actions, said) = described(agents());
    assert_eq!(said, "");
    let send = action(&actions, "AIAgentAPIV1.sendMessage");
    assert_eq!(send.action_type, "api");
    let inputs: Vec<&str> = send.inputs.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(inputs, ["body", "session-id", "x-sfdc-tenant-id"]);
    let outputs: Vec<&str> = send.outputs.iter().map(|one| one.name.as_str()).collect();
    for name in ["200", "404Exc", "defaultExc", "responseCode"] {
        assert!(outputs.contains(&name), "{name}");
    }
    assert_eq!(
        class(send, "body"),
        "AgentInvAction__AIAgentAPIV1_SendMessageRequest"
    );
    let DataType::Apex(body) = &send.inputs[0].data_type else {
        panic!()
    };
    let paths: Vec<&str> = body.groups[0]
        .observed
        .set
        .values()
        .map(String::as_str)
        .collect();
    assert_eq!(
        paths,
        ["message.TextMessage.sequenceId", "message.TextMessage.text"]
    );
    assert_eq!(
        class(action(&actions, "AIAgentAPIV1.startSession"), "body"),
        "AgentInvAction__AIAgentAPIV1_StartSessionRequest"
    );
    assert_eq!(
        class(action(&actions, "AIAgentAPIV1.endSession"), "body"),
        "AgentInvAction__AIAgentAPIV1_SessionEndedMessage"
    );
}

#[test]
fn the_written_descriptors_agree_with_the_description() {
    let (actions, _) = described(agents());
    for file in ["start-session", "send-message", "end-session"] {
        let text = std::fs::read_to_string(format!("schemas/actions/{file}.json")).unwrap();
        let written = Action::parse(&text).unwrap();
        let made = action(&actions, &written.action_name);
        assert_eq!(made.action_type, written.action_type);
        let inputs = |action: &Action| -> BTreeSet<(String, Option<(String, String)>)> {
            let inputs = action.inputs.iter();
            inputs
                .map(|input| match &input.data_type {
                    DataType::Apex(apex) => (
                        input.name.clone(),
                        Some((apex.apex_class.clone(), apex.schema.clone())),
                    ),
                    DataType::Scalar(_) | DataType::List(_) => (input.name.clone(), None),
                })
                .collect()
        };
        assert_eq!(inputs(made), inputs(&written));
        let outputs = |action: &Action| -> Vec<_> {
            let outputs = action.outputs.iter();
            outputs
                .map(|one| (one.name.clone(), one.kind, one.detail.clone()))
                .collect()
        };
        assert_eq!(outputs(made), outputs(&written));
    }
}

#[test]
fn the_oddest_description_has_its_descriptors() {
    let (actions, said) = described(Service::new(SHOP, "Shop"));
    let names: Vec<&str> = actions.iter().map(|one| one.action_name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Shop.getOrdersOrderId",
            "Shop.delete",
            "Shop.1st-change",
            "Shop.list-orders",
            "Shop.placeOrder",
            "Shop.bulk",
            "Shop.pay",
        ]
    );
    for part in [
        "no `operationId`",
        "`PAY`",
        "`peek`",
        "`matrix`",
        "`filter`",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let inputs = |name: &str| -> Vec<(&str, bool)> {
        let inputs = action(&actions, name).inputs.iter();
        inputs
            .map(|one| (one.name.as_str(), one.required))
            .collect()
    };
    // The operation's own parameter replaces that of the path; cookies and the transport's headers are no inputs.
    assert_eq!(
        inputs("Shop.delete"),
        [("order.id", true), ("verbose", true)]
    );
    let change = action(&actions, "Shop.1st-change");
    assert_eq!(
        class(change, "body"),
        "ExternalService__Shop_x31stx2dchange_IN_body"
    );
    assert_eq!(change.outputs[0].name, "default");
    let list = action(&actions, "Shop.list-orders");
    assert_eq!(list.inputs[1].values, ["open", "in progress", "end"]);
    let outputs: Vec<(&str, Option<&str>, bool)> = list
        .outputs
        .iter()
        .map(|one| (one.name.as_str(), one.apex_class.as_deref(), one.is_list))
        .collect();
    assert_eq!(
        outputs,
        [
            ("200", Some("ExternalService__Shop_Order"), true),
            (
                "429Exc",
                Some("ExternalService__Shop_listx2dorders_OUT_429"),
                false
            ),
            (
                "4XXExc",
                Some("ExternalService__Shop_listx2dorders_OUT_4XX"),
                false
            ),
            ("responseCode", None, false),
        ]
    );
    let of_one = &action(&actions, "Shop.getOrdersOrderId").outputs[0];
    assert_eq!(
        (of_one.name.as_str(), of_one.apex_class.as_deref()),
        ("2XX", Some("ExternalService__Shop_orderx5fline"))
    );
}

#[test]
fn null_and_other_documents_are_no_obstacle() {
    let (actions, said) = described(Service::new("tests/cases/service/modern.yaml", "Modern"));
    assert_eq!(said.matches("FT").count(), 1, "{said}");
    assert!(said.contains("the property `a.b` has a name that a path cannot spell"));
    let inputs = |name: &str| -> Vec<(&str, String)> {
        let inputs = action(&actions, name).inputs.iter();
        inputs
            .map(|one| {
                let what = match &one.data_type {
                    DataType::Scalar(scalar) => scalar.as_str().to_owned(),
                    DataType::List(list) => format!("{} list", list.list.as_str()),
                    DataType::Apex(apex) => apex.apex_class.clone(),
                };
                (one.name.as_str(), what)
            })
            .collect()
    };
    let of_list = inputs("Modern.listA");
    let expected = [
        ("page", "Number"),
        ("q", "String"),
        ("sort", "String"),
        ("at", "DateTime"),
        ("one", "String"),
        ("obj", "ExternalService__Modern_listA_IN_obj"),
        ("mixed", "String"),
    ];
    assert!(
        of_list
            .iter()
            .zip(expected)
            .all(|((a, b), (c, d))| (*a, b.as_str()) == (c, d))
            && of_list.len() == expected.len(),
        "{of_list:?}"
    );
    // The body and an answer stand in another document; an answer may be null.
    let pay = action(&actions, "Modern.payC");
    assert_eq!(class(pay, "body"), "ExternalService__Modern_payC_IN_body");
    let outputs: Vec<_> = pay
        .outputs
        .iter()
        .map(|one| {
            (
                one.name.as_str(),
                one.apex_class.as_deref(),
                one.detail.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        outputs,
        [
            ("200", Some("ExternalService__Modern_Node"), None),
            (
                "410Exc",
                Some("ExternalService__Modern_payC_OUT_410"),
                Some("message")
            ),
            ("responseCode", None, None),
        ]
    );
    let put = action(&actions, "Modern.class");
    let DataType::Apex(body) = &put.inputs[0].data_type else {
        panic!()
    };
    assert_eq!(body.groups[0].observed.set["bark"], "animal.Dog.bark");
}

#[test]
fn every_operation_has_a_flow_that_holds_together() {
    let mut generator = Generator::new()
        .target(Target::Flow)
        .out_dir("target/nothing-is-here");
    let config = generator.config_mut();
    config.schemas.clear();
    config.actions.clear();
    config.lifecycles.clear();
    let modern = Service::new("tests/cases/service/modern.yaml", "Modern");
    config.services = vec![Service::new(SHOP, "Shop"), agents(), modern];
    let output = generator
        .plan()
        .unwrap_or_else(|failure| panic!("{}", failure.report));
    let flows: Vec<&str> = output.files.iter().map(|(path, _)| path).collect();
    for name in [
        "Get_Orders_Order_Id",
        "Call_Delete",
        "X1st_Change",
        "List_Orders",
        "Place_Order",
        "Call_Bulk",
        "Call_Pay",
        "Send_Message",
    ] {
        let path = format!("flow/flows/{name}.flow-meta.xml");
        assert!(flows.contains(&path.as_str()), "{path}: {flows:?}");
    }
    let order = output
        .files
        .iter()
        .find(|(path, _)| path.contains("Place_Order."))
        .unwrap()
        .1;
    for part in [
        "<assignToReference>Body.payment.CardPayment.cardx2dno</assignToReference>",
        "<assignToReference>Body.until_set</assignToReference>",
        "<assignToReference>Body.customer.name</assignToReference>",
        "<apexClass>ExternalService__Shop_Order</apexClass>",
    ] {
        assert!(order.contains(part), "{part}");
    }
    assert!(
        !order.contains("Body.id<"),
        "only the service gives a value that is read only"
    );
}

#[test]
fn two_services_may_have_files_of_the_same_name() {
    let folder = tempfile::tempdir().unwrap();
    let service = |name: &str, field: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).unwrap();
        let text = format!(
            r##"{{"openapi": "3.0.0", "paths": {{"/x": {{"put": {{"operationId": "put{name}", "requestBody": {{
            "required": true, "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/X"}}}}}}}},
            "responses": {{"200": {{"description": "Done."}}}}}}}}}}, "components": {{"schemas": {{"X": {{
            "type": "object", "required": ["{field}"], "properties": {{"{field}": {{"type": "string"}}}}}}}}}}}}"##
        );
        let path = path.join("openapi.json");
        std::fs::write(&path, text).unwrap();
        Service::new(path.to_str().unwrap(), name)
    };
    let mut generator = Generator::new()
        .target(Target::Flow)
        .out_dir("target/nothing-is-here");
    let config = generator.config_mut();
    config.schemas.clear();
    config.actions.clear();
    config.lifecycles.clear();
    config.services = vec![service("One", "first"), service("Two", "second")];
    let output = generator
        .plan()
        .unwrap_or_else(|failure| panic!("{}", failure.report));
    for (name, field) in [("One", "first"), ("Two", "second")] {
        let path = format!("flow/flows/Put_{name}.flow-meta.xml");
        let flow = output.files.iter().find(|(one, _)| *one == path).unwrap().1;
        let target = format!("<assignToReference>Body.{field}</assignToReference>");
        assert!(flow.contains(&target), "{name}");
    }
}

#[test]
fn what_is_no_description_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.json");
    std::fs::write(&path, r#"{"swagger": "2.0", "paths": {}}"#).unwrap();
    let mut generator = Generator::new();
    generator.config_mut().services = vec![Service::new(path.to_str().unwrap(), "My_Old")];
    let failure = describe(&generator).unwrap_err();
    let said = failure.report.to_string();
    assert!(said.contains("no description of OpenAPI 3"), "{said}");
}

#[test]
fn the_command_prints_one_descriptor_or_all() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_flowtypes"))
            .args(["descriptor", SHOP, "--registration", "Shop"])
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (status, one, said) = run(&["--operation", "pay"]);
    assert_eq!((status, said.as_str()), (Some(0), ""));
    assert_eq!(Action::parse(&one).unwrap().action_name, "Shop.pay");
    let (status, all, _) = run(&["--provider", "Mine"]);
    assert_eq!(status, Some(0));
    let all: Vec<Action> = serde_json::from_str(&all).unwrap();
    assert_eq!(all.len(), 7);
    assert_eq!(
        class(action(&all, "Shop.pay"), "body"),
        "Mine__Shop_pay_IN_body"
    );
    let (status, none, said) = run(&["--operation", "gone"]);
    assert_eq!((status, none.as_str()), (Some(1), ""));
    assert!(said.contains("there is no operation `gone`"), "{said}");
}

#[test]
fn a_mistyped_operation_is_an_error() {
    let mut service = Service::new(SHOP, "Shop");
    service.operations = vec!["placeOrder".to_owned(), "PlaceOder".to_owned()];
    let mut generator = Generator::new();
    generator.config_mut().services = vec![service];
    let said = describe(&generator).unwrap_err().report.to_string();
    let expected = "error[FT3004]: service `Shop`: there is no operation `PlaceOder`";
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("did you mean `placeOrder`?"), "{said}");
}

#[cfg(feature = "flow-files")]
#[test]
fn a_registration_holds_the_description() {
    let path = "tests/lint/Broken_Service/Depot.externalServiceRegistration-meta.xml";
    let (actions, said) = described(Service::new(path, "Depot"));
    assert_eq!(said, "");
    let put = action(&actions, "Depot.putOrder");
    assert_eq!(class(put, "body"), "ExternalService__Depot_Order");
    // What is wrong is shown on its line of the file.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(path.rsplit('/').next().unwrap());
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace(
        "&quot;type&quot;: &quot;boolean&quot;",
        "&quot;type&quot;: &quot;bool&quot;",
    );
    let line = text.lines().position(|line| line.contains("bool&quot;"));
    std::fs::write(&file, &text).unwrap();
    let mut generator = Generator::new();
    let shown = file.display().to_string();
    generator.config_mut().services = vec![Service::new(shown.clone(), "Depot")];
    let said = describe(&generator).unwrap_err().report.to_string();
    let expected = format!("{shown}:{}:", line.unwrap() + 1);
    assert!(said.contains(&expected), "{said}");
}
