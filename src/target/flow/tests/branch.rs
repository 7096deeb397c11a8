//! A flow reads JSON text and branches.

use super::super::lower::branch::{self, Branch, Held, NoBranch};
use super::super::model::Flow;
use super::form::with_classes;
use super::graph::{Builder, session};
use super::simulate::{Answer, Run, simulate};
use super::with_naming;
use crate::config::Config;
use crate::target::apex::types::TypeMap;

fn branch(graph: Builder, name: &str, with_actions: bool) -> Result<Flow, String> {
    let graph = graph.finish();
    let config = Config::default();
    let mut why = None;
    let types = TypeMap::new(&graph);
    let (flow, _) = with_classes(&graph, with_actions, |roots, classes, _| {
        let held = Held {
            types: &types,
            classes,
        };
        let found = Branch::find(name, roots, classes, &config.flow);
        let found = found.map_err(|problem| why = Some(problem)).ok()?;
        with_naming(&graph, &config.flow, |naming| {
            branch::lower(&found, "b#", roots, held, &config.flow, naming)
        })
    });
    flow.ok_or_else(|| match why {
        Some(NoBranch::NotThere) => "not in the schemas".to_owned(),
        Some(NoBranch::Because(why)) => why.to_owned(),
        None => String::new(),
    })
}

fn run(flow: &Flow, answer: &Answer) -> Run {
    simulate(flow, &[("JSON_Text", "{}")], answer)
}

/// A union, and an object with one.
fn shapes() -> Builder {
    let mut graph = Builder::new();
    let (text, whole) = (graph.text(), graph.integer());
    let circle = graph.object("Circle", &[("radius", whole, true)]);
    let square = graph.object("Square", &[("side", whole, true)]);
    let texts = graph.list(text);
    let shape = graph.union(&[circle, square, texts]);
    graph.module("shape", shape);
    let page = graph.object("Page", &[("shape", shape, false), ("title", text, true)]);
    graph.module("page", page);
    graph
}

#[test]
fn each_alternative_of_a_union_has_its_way() {
    let flow = branch(shapes(), "shape", true).unwrap();
    assert_eq!(flow.name.as_str(), "Branch_on_Union");
    let circle = run(
        &flow,
        &Answer::Outputs(&[("isSuccess", "true"), ("value.circle.radius", "3")]),
    );
    assert_eq!(
        (circle.get("State"), circle.get("Which")),
        ("Success", "Circle")
    );
    assert_eq!(circle.get("Circle.radius"), "3");
    assert_eq!(circle.get("Value.circle.radius"), "3");
    let square = run(
        &flow,
        &Answer::Outputs(&[("isSuccess", "true"), ("value.square.side", "4")]),
    );
    assert_eq!(
        (square.get("Which"), square.get("Square.side")),
        ("Square", "4")
    );
    let kept = flow.variables.iter().filter(|one| one.is_output).count();
    assert_eq!(
        kept,
        5 + 3,
        "one for each alternative, the list of texts too"
    );
}

#[test]
fn text_that_is_not_valid_and_an_action_that_fails_have_ways_of_their_own() {
    let flow = branch(shapes(), "shape", true).unwrap();
    let wrong = Answer::Outputs(&[("isSuccess", "false"), ("errorMessage", "/: no")]);
    let wrong = run(&flow, &wrong);
    assert_eq!(
        (wrong.get("State"), wrong.get("Error_Message")),
        ("Invalid", "/: no")
    );
    let broken = run(&flow, &Answer::Fault);
    assert_eq!(
        (broken.get("State"), broken.get("Error_Details")),
        ("Fault", "it broke")
    );
}

#[test]
fn a_union_in_a_property_may_be_absent() {
    let flow = branch(shapes(), "page#/properties/shape", true).unwrap();
    assert_eq!(flow.name.as_str(), "Branch_on_Shape_of_Page");
    let absent = Answer::Outputs(&[("isSuccess", "true"), ("value.title", "t")]);
    let absent = run(&flow, &absent);
    assert_eq!(
        (absent.get("State"), absent.get("Value.title")),
        ("NoValue", "t")
    );
    let there = Answer::Outputs(&[("isSuccess", "true"), ("value.shape.square.side", "4")]);
    assert_eq!(run(&flow, &there).get("Square.side"), "4");
}

#[test]
fn each_value_of_an_enum_has_its_way() {
    let flow = branch(session(), "session-ended-message#/properties/reason", true).unwrap();
    assert_eq!(flow.constants.len(), 5);
    let ended = Answer::Outputs(&[("isSuccess", "true"), ("value.reason", "Transfer")]);
    let ended = run(&flow, &ended);
    assert_eq!(
        (ended.get("State"), ended.get("Which")),
        ("Success", "Transfer")
    );
    assert!(
        ended.path.contains(&"Report_Transfer".to_owned()),
        "{:?}",
        ended.path
    );
}

#[test]
fn what_cannot_be_branched_on_has_no_flow() {
    for (name, with_actions, why) in [
        (
            "page#/properties/title",
            true,
            "neither a union nor a property with an enum",
        ),
        ("page#/properties/nothing", true, "not in the schemas"),
        ("other#/properties/a", true, "not in the schemas"),
        ("page", true, "neither a union nor a property with an enum"),
        ("page", false, "neither a union nor a property with an enum"),
        ("pag", true, "not in the schemas"),
        ("shape", false, "no action parses it"),
        ("page#/properties/shape", false, "no action parses it"),
    ] {
        let said = branch(shapes(), name, with_actions).unwrap_err();
        assert!(said.contains(why), "{name}: {said}");
    }
}

#[test]
fn values_that_differ_only_in_case_cannot_be_told_apart() {
    let page = |values: &[&'static str]| {
        let mut graph = Builder::new();
        let state = graph.choice(values);
        let page = graph.object("Page", &[("state", state, true)]);
        graph.module("page", page);
        branch(graph, "page#/properties/state", true)
    };
    assert!(page(&["open", "closed"]).is_ok());
    let said = page(&["open", "closed", "OPEN"]).unwrap_err();
    assert!(said.contains("differ only in case"), "{said}");
}
