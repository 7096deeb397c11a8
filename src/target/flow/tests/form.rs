//! A screen flow asks for values of a type.

use serde_json::json;

use super::super::lint;
use super::super::lower::form;
use super::super::model::Flow;
use super::super::names::Names;
use super::any_action::thing;
use super::graph::Builder;
use super::simulate::World;
use crate::action::SchemaRoots;
use crate::config::Config;
use crate::target::apex::names::Names as ClassNames;
use crate::target::apex::types::TypeMap;

fn form(graph: Builder) -> Option<Flow> {
    let graph = graph.finish();
    let config = Config::default();
    let roots = SchemaRoots::new(&graph);
    let types = TypeMap::new(&graph);
    let classes = ClassNames::resolve(&graph, &types, &config.apex, &[]);
    let (root, names) = (roots.root("thing")?, &mut Names::new());
    let flow = form::lower(root, "Thing", &roots, &classes, &config.flow, names);
    flow.map(|mut flow| {
        flow.arrange();
        assert_eq!(lint::lint(&flow), Vec::<String>::new());
        flow
    })
}

#[test]
fn values_are_entered_one_after_the_other() {
    let flow = form(thing()).unwrap();
    assert_eq!(
        (flow.name.as_str(), flow.process_type),
        ("Enter_Thing", "Flow")
    );
    let flows = [flow];
    let mut world = World::new(&flows, &[]);
    world.enter(&[
        ("Name", "one"),
        ("Size", "S"),
        ("Note", "n"),
        ("Part_End", "e"),
    ]);
    world.enter(&[("Add_Another", "true")]);
    world.enter(&[("Name", "two"), ("Size", "XL"), ("Note", "")]);
    world.enter(&[("Add_Another", "false")]);
    let run = world.run("Enter_Thing", &[("Thing_List[0].x5fname", "zero")]);
    assert_eq!(
        run.get("Thing_List[0].x5fname"),
        "zero",
        "a list that is given is added to"
    );
    let first = "Thing_List[1]";
    assert_eq!(run.get(&format!("{first}.size")), "S");
    assert_eq!(run.get(&format!("{first}.note")), "n");
    assert_eq!(run.get(&format!("{first}.part.endValue")), "e");
    // What is always the same is set, what was not given is not there, and nothing stays of the last value.
    assert_eq!(run.get(&format!("{first}.type")), "thing");
    let second = run
        .values
        .keys()
        .filter(|key| key.starts_with("Thing_List[2].note"));
    assert_eq!(second.count(), 0);
    assert_eq!(run.get("Thing.size"), "XL");
}

#[test]
fn each_enum_has_its_constants_and_choices() {
    let flow = form(thing()).unwrap();
    let constants: Vec<&str> = flow.constants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(constants, ["SIZE_S", "SIZE_S2", "SIZE_XL"]);
    assert_eq!(flow.choices.len(), 3);
    let lists: Vec<&str> = flow
        .variables
        .iter()
        .filter(|one| one.is_collection && one.is_input && one.is_output)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(lists, ["Thing_List"]);
    let description = flow.description.as_str();
    assert!(
        description.contains("does not ask for: tags"),
        "{description}"
    );
}

#[test]
fn a_type_without_a_class_has_no_form() {
    let mut graph = Builder::new();
    let list = graph.literal(json!([1]));
    graph.module("thing", list);
    assert!(form(graph).is_none());
}
