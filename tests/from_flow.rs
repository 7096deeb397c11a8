//! `descriptor --from-flow`: what a retrieved flow says comes out, and what is generated from it says the same.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use flowtypes::internals::Action;
use serde_json::{Value, json};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowtypes"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn descriptor(flow: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("A.flow-meta.xml"), flow).unwrap();
    let output = run(
        folder.path(),
        &["descriptor", "--from-flow", "A.flow-meta.xml"],
    );
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// What a flow tells an action, and what it takes from it: every reference to a property.
fn paths(flow: &str, tags: &[&str]) -> BTreeSet<String> {
    let tree = roxmltree::Document::parse(flow).unwrap();
    let nodes = tree
        .descendants()
        .filter(|node| tags.contains(&node.tag_name().name()));
    let texts = nodes.filter_map(|node| node.text());
    texts
        .filter(|text| text.contains('.'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_flow_that_is_generated_from_it_sets_and_reads_the_same() {
    let (name, label) = ("End_Agent_Session", "End Session");
    let flow = fs::read_to_string(format!("generated/flow/flows/{name}.flow-meta.xml")).unwrap();
    let (text, errors) = descriptor(&flow);
    assert_eq!(errors, "");
    let action = Action::parse(&text).unwrap();
    assert_eq!(action.label, label);
    assert!(action.inferred.contains_key("/inputs/0/type/schema"));
    // What the flow does not say, a person adds.
    let text = text.replace("\"schema\": \"error\"", "\"schema\": \"agent-api-error\"");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("actions")).unwrap();
    fs::write(folder.path().join("actions/a.json"), text).unwrap();
    let schemas = fs::canonicalize("schemas").unwrap();
    let config = format!(
        "{{\"schemas\": [{schemas:?}], \"actions\": [\"actions\"], \"targets\": [\"flow\"]}}"
    );
    fs::write(folder.path().join("flowtypes.json"), config).unwrap();
    let output = run(folder.path(), &["generate"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let flows = folder.path().join("generated/flow/flows");
    let again =
        fs::read_to_string(flows.join(format!("{}.flow-meta.xml", label.replace(' ', "_"))))
            .unwrap();
    // The element is named by its label, which the descriptor keeps.
    let tags = [
        "assignToReference",
        "elementReference",
        "apexClass",
        "actionName",
    ];
    // Variables are named by the label of an input, which no flow says.
    let flow = flow.replace("Session_End_Message", "Body");
    assert_eq!(paths(&flow, &tags), paths(&again, &tags), "{name}");
    let output = run(folder.path(), &["lint", "generated"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_flow_that_calls_two_actions_gives_two() {
    let flow =
        fs::read_to_string("generated/flow/flows/Start_Agent_Session.flow-meta.xml").unwrap();
    let (text, errors) = descriptor(&flow);
    assert_eq!(errors, "");
    let actions: Vec<Action> = serde_json::from_str(&text).unwrap();
    let names: Vec<&str> = actions.iter().map(|one| one.action_name.as_str()).collect();
    assert_eq!(names, ["AgfMakeUuid", "AIAgentAPIV1.startSession"]);
}

#[test]
fn the_other_ways_to_build_a_call_are_read_too() {
    let flow = fs::read_to_string("tests/from_flow/Built_By_Hand.flow-meta.xml").unwrap();
    let (text, errors) = descriptor(&flow);
    assert!(Action::parse(&text).is_ok());
    insta::assert_snapshot!(format!("{text}\n{errors}"));
}

/// A flow with a call: the lines of the call, its parameter, and what else there is.
fn calling(call: &str, value: &str, rest: &str) -> String {
    format!(
        "<Flow xmlns=\"http://soap.sforce.com/2006/04/metadata\"><actionCalls><name>Call</name><label>Call</label>{call}\
         <inputParameters><name>body</name><value>{value}</value></inputParameters></actionCalls>{rest}</Flow>"
    )
}

const NAMED: &str = "<actionName>A.b</actionName><actionType>api</actionType>";

#[test]
fn collections_are_lists_of_a_descriptor() {
    let variable = |of: &str| {
        format!("<variables><name>All</name>{of}<isCollection>true</isCollection></variables>")
    };
    let value = "<elementReference>All</elementReference>";
    let apex = "<apexClass>ns__A_OrderLine</apexClass><dataType>Apex</dataType>";
    for (of, expected) in [
        ("<dataType>String</dataType>", json!({"list": "String"})),
        ("<dataType>Number</dataType>", json!({"list": "Number"})),
        (
            apex,
            json!({"apexClass": "ns__A_OrderLine", "schema": "order-line", "isList": true}),
        ),
    ] {
        let (text, errors) = descriptor(&calling(NAMED, value, &variable(of)));
        assert_eq!(errors, "");
        assert!(Action::parse(&text).is_ok());
        let made: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(made["inputs"][0]["type"], expected);
    }
}

#[test]
fn what_a_formula_or_a_merged_text_sets_is_offered() {
    let item = |path: &str, value: &str| {
        format!(
            "<assignmentItems><assignToReference>Body.{path}</assignToReference><operator>Assign</operator>\
             <value>{value}</value></assignmentItems>"
        )
    };
    let items = [
        item("a", "<formulaExpression>{!B} &amp; 1</formulaExpression>"),
        item("x5fb", "<stringValue>Dear {!B}</stringValue>"),
        item("kind", "<stringValue>always</stringValue>"),
        item("c", "<elementReference>B</elementReference>"),
    ];
    let rest = format!(
        "<assignments><name>Set</name>{}</assignments><variables><name>Body</name><apexClass>ns__A_Order</apexClass>\
         <dataType>Apex</dataType></variables>",
        items.concat()
    );
    let value = "<elementReference>Body</elementReference>";
    let (text, _) = descriptor(&calling(NAMED, value, &rest));
    let made: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(made["inputs"][0]["type"]["offer"], json!(["a", "_b", "c"]));
}

#[test]
fn a_call_has_to_say_what_it_calls() {
    let value = "<stringValue>x</stringValue>";
    let segment = "<actionType>api</actionType><nameSegment>A.b</nameSegment>";
    let (text, errors) = descriptor(&calling(segment, value, ""));
    assert_eq!(errors, "");
    assert_eq!(Action::parse(&text).unwrap().action_name, "A.b");
    for incomplete in [
        "<actionType>api</actionType>",
        "<actionName>A.b</actionName>",
    ] {
        let (text, errors) = descriptor(&calling(incomplete, value, ""));
        assert_eq!(text, "");
        assert!(errors.contains("error[FT4201]"), "{errors}");
    }
}

#[test]
fn what_calls_nothing_is_refused() {
    for flow in [
        "<Flow xmlns=\"http://soap.sforce.com/2006/04/metadata\"><label>A</label></Flow>",
        "<Flow",
        "<Other/>",
    ] {
        let (text, errors) = descriptor(flow);
        assert_eq!(text, "");
        assert!(errors.contains("FT4001"), "{errors}");
    }
}
