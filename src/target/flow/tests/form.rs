//! A screen flow asks for values of a type.

use serde_json::json;

use super::super::lint;
use super::super::lower::form;
use super::super::model::{AssignmentItem, Flow, Value};
use super::any_action::thing;
use super::graph::Builder;
use super::simulate::{Answer, World};
use super::with_naming;
use crate::action::SchemaRoots;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::DocumentSet;
use crate::ir::TypeGraph;
use crate::naming::{Book, Places};
use crate::target::apex::names::{Names as ClassNames, Wanted};
use crate::target::apex::types::TypeMap;

fn form(graph: Builder) -> Option<Flow> {
    form_with(graph, false).0
}

/// The form, where the type has actions or none, and what is said.
fn form_with(graph: Builder, with_actions: bool) -> (Option<Flow>, Vec<String>) {
    let graph = graph.finish();
    with_classes(&graph, with_actions, |roots, classes, said| {
        let root = roots.root("thing")?;
        let config = Config::default();
        with_naming(&graph, &config.flow, |naming| {
            let name = ("thing#", "Thing", "thing");
            form::lower(root, name, roots, classes, &config.flow, (naming, said))
        })
    })
}

/// A flow made with the names of the classes, where the root types have actions or none, and what is said.
pub fn with_classes<'g>(
    graph: &'g TypeGraph<'static>,
    with_actions: bool,
    make: impl FnOnce(&SchemaRoots<'g, 'static>, &ClassNames, &mut Diagnostics) -> Option<Flow>,
) -> (Option<Flow>, Vec<String>) {
    let config = Config::default();
    let roots = SchemaRoots::new(graph);
    let types = TypeMap::new(graph);
    let (documents, mut book) = (DocumentSet::default(), Book::default());
    let places = Places::new(graph, &documents, std::iter::empty(), &mut book);
    let (ledger, mut said) = (&mut book.apex, Diagnostics::default());
    let chosen: Vec<_> = graph
        .modules
        .iter()
        .filter_map(|module| module.root)
        .collect();
    let wanted = Wanted {
        graph,
        types: &types,
        places: &places,
        chosen: if with_actions { &chosen } else { &[] },
        rule_classes: 0,
    };
    let classes = ClassNames::resolve(&wanted, &config.apex, ledger, &mut said);
    let flow = make(&roots, &classes, &mut said);
    let flow = flow.map(|mut flow| {
        flow.arrange();
        assert_eq!(lint::lint(&flow), Vec::<String>::new());
        let mut places: Vec<(i32, i32)> = flow.nodes().map(|node| (node.x, node.y)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), flow.nodes().count(), "two in one place");
        flow
    });
    let said = said
        .iter()
        .map(|one| format!("{} {}", one.severity.as_str(), one.message));
    (flow, said.collect())
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
    for tag in ["red", "blue"] {
        world.enter(&[("Add_to_Tags", "true")]);
        world.enter(&[("Tags_Entry", tag)]);
    }
    world.enter(&[("Add_to_Tags", "false")]);
    world.enter(&[("Add_Another", "true")]);
    world.enter(&[("Name", "two"), ("Size", "XL"), ("Note", "")]);
    world.enter(&[("Add_to_Tags", "true")]);
    world.enter(&[("Tags_Entry", "green")]);
    world.enter(&[("Add_to_Tags", "false")]);
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
    assert_eq!(run.get(&format!("{first}.tags[1]")), "blue");
    assert_eq!(run.get("Thing_List[2].tags[0]"), "green");
    assert_eq!(run.get("Thing_List[2].tags[1]"), "");
    let second = run
        .values
        .keys()
        .filter(|key| key.starts_with("Thing_List[2].note"));
    assert_eq!(second.count(), 0);
    assert_eq!(run.get("Thing.size"), "XL");
}

#[test]
fn nobody_goes_back_over_an_element_that_was_added() {
    let flow = form_with(order(), true).0.unwrap();
    let back = |name: &str| {
        let mut screens = flow.screens.iter();
        let screen = screens.find(|one| one.node.name.as_str() == name);
        screen.unwrap().allow_back
    };
    assert!(back("Enter_Lines_Entry"), "nothing was added since");
    assert!(!back("Ask_for_Lines"));
    assert!(!back("Show_JSON"));
}

#[test]
fn each_enum_has_its_constants_and_choices() {
    let flow = form(thing()).unwrap();
    let constants: Vec<&str> = flow.constants.iter().map(|one| one.name.as_str()).collect();
    let colors = ["COLOR_DARK_RED", "COLOR_DARK_RED2"];
    assert_eq!(
        constants,
        [&colors[..], &["SIZE_S", "SIZE_S2", "SIZE_XL"]].concat()
    );
    assert_eq!(flow.choices.len(), 5);
    let lists: Vec<&str> = flow
        .variables
        .iter()
        .filter(|one| one.is_collection && one.is_input && one.is_output)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(lists, ["Thing_List"]);
    let description = flow.description.as_str();
    assert!(
        description.contains("does not ask for: matrix"),
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

/// A thing with lists of records, and with properties that no field can ask for.
fn order() -> Builder {
    let mut graph = Builder::new();
    let (text, whole) = (graph.text(), graph.integer());
    let kind = graph.choice(&["order"]);
    let line = graph.object("Line", &[("item", text, true), ("note", text, false)]);
    let deep = graph.object("Deep", &[("line", line, true)]);
    let (lines, deeps) = (graph.list(line), graph.list(deep));
    let either = graph.union(&[line, deep]);
    let fields = [
        ("type", kind, true),
        ("count", whole, true),
        ("lines", lines, true),
        ("deeps", deeps, false),
        ("either", either, false),
    ];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    graph
}

#[test]
fn what_no_field_asks_for_is_json_text_and_the_value_is_shown_as_json_text() {
    let (flow, said) = form_with(order(), true);
    let expected =
        "note the flow for `thing` asks for these properties as JSON text: deeps, either";
    assert_eq!(said, [expected]);
    let flows = [flow.unwrap()];
    let mut world = World::new(
        &flows,
        &[
            (
                "ThingParse",
                &[
                    Answer::Outputs(&[("errorMessage", "no JSON")]),
                    Answer::Outputs(&[("value.type", "order"), ("value.either.deep", "d")]),
                ],
            ),
            (
                "ThingWrite",
                &[
                    Answer::Outputs(&[("isSuccess", "false"), ("errorMessage", "too few")]),
                    Answer::Outputs(&[("isSuccess", "true"), ("jsonText", "{}")]),
                    Answer::Fault,
                    Answer::Outputs(&[("isSuccess", "true"), ("jsonText", "[]")]),
                ],
            ),
        ],
    );
    // Text that is no JSON.
    world.enter(&[("Other_Properties", "{")]);
    world.enter(&[]);
    // A value that is not valid.
    world.enter(&[]);
    world.enter(&[("Count", "1")]);
    world.enter(&[("Add_to_Lines", "true")]);
    world.enter(&[("Lines_Item", "a"), ("Lines_Note", "n")]);
    world.enter(&[("Add_to_Lines", "false")]);
    world.enter(&[]);
    // A valid one.
    world.enter(&[]);
    world.enter(&[("Count", "2")]);
    for item in ["b", "c"] {
        world.enter(&[("Add_to_Lines", "true")]);
        world.enter(&[("Lines_Item", item)]);
    }
    world.enter(&[("Add_to_Lines", "false")]);
    world.enter(&[]);
    world.enter(&[("Add_Another", "true")]);
    // An action that fails, and a valid one again.
    for _ in 0..2 {
        world.enter(&[]);
        world.enter(&[("Count", "3")]);
        world.enter(&[("Add_to_Lines", "false")]);
        world.enter(&[]);
    }
    world.enter(&[("Add_Another", "false")]);
    let run = world.run("Enter_Thing", &[]);
    assert_eq!(
        world.calls[1].1.get("jsonText").map(String::as_str),
        Some("{&quot;type&quot;:&quot;order&quot;}"),
        "what is always the same is there from the start"
    );
    assert_eq!(run.get("Thing_List[0].count"), "2");
    assert_eq!(run.get("Thing_List[0].either.deep"), "d");
    assert_eq!(run.get("Thing_List[0].lines[0].item"), "b");
    assert_eq!(run.get("Thing_List[0].lines[1].item"), "c");
    // Nothing is left of the lines of the value that was not valid.
    assert_eq!(run.get("Thing_List[0].lines[0].note"), "");
    assert_eq!(run.get("Thing_List[1].count"), "3");
    assert_eq!(run.get("Thing_List[1].lines[0].item"), "");
    assert_eq!(run.get("Thing_List[2].count"), "");
    assert_eq!(run.get("JSON_Text"), "[]");
    assert_eq!(run.get("Error_Message"), "it broke");
}

#[test]
fn without_actions_the_rest_is_left_alone_and_that_is_said() {
    let (flow, said) = form_with(order(), false);
    assert_eq!(
        said,
        ["warning the flow for `thing` does not ask for these properties: deeps, either"]
    );
    let flow = flow.unwrap();
    assert!(flow.action_calls.is_empty());
}

#[test]
fn a_record_is_entered_whole_or_not_at_all() {
    let mut graph = Builder::new();
    let text = graph.text();
    let part = graph.object("Part", &[("a", text, true), ("b", text, false)]);
    let fields = [
        ("name", text, true),
        ("part", part, false),
        ("other", part, false),
    ];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let flows = [form(graph).unwrap()];
    let mut world = World::new(&flows, &[]);
    world.enter(&[("Name", "one"), ("Part_B", "b")]);
    world.enter(&[]);
    world.enter(&[("Name", "two"), ("Part_A", "a"), ("Part_B", "b")]);
    world.enter(&[("Add_Another", "false")]);
    let run = world.run("Enter_Thing", &[]);
    let shown = run.path.iter().filter(|one| *one == "Show_What_Is_Wrong");
    assert_eq!(shown.count(), 1);
    assert_eq!(
        run.get("Error_Message"),
        "Part is given in part. Give all of these, or nothing of it: Part A."
    );
    assert_eq!(run.get("Thing_List[0].part.b"), "b");
    assert_eq!(run.get("Thing_List[1].name"), "");
}

#[test]
fn what_is_left_of_an_element_is_json_text() {
    let mut graph = Builder::new();
    let text = graph.text();
    let kind = graph.choice(&["{!order"]);
    let part = graph.object("Part", &[("a", text, false)]);
    let parts = graph.list(part);
    let fields = [
        ("kind", kind, true),
        ("item", text, true),
        ("parts", parts, false),
    ];
    let line = graph.object("Line", &fields);
    let lines = graph.list(line);
    let fields = [("type", kind, true), ("lines\"", lines, true)];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let (flow, said) = form_with(graph, true);
    let why = "one of its values cannot be written in a flow";
    let expected = [
        "note the flow for `thing` asks for these properties as JSON text: lines\"[].parts"
            .to_owned(),
        format!(
            "note the flow for `thing` asks for these properties as text without choices: type ({why}), lines\"[].kind ({why})"
        ),
    ];
    assert_eq!(said, expected);
    let flows = [flow.unwrap()];
    let good = |item: &'static str| match item {
        "one" => Answer::Outputs(&[
            ("value.lines[0].parts[0].a", "p"),
            ("value.lines[0].item", "old"),
        ]),
        _ => Answer::Outputs(&[("value.type", "{!order")]),
    };
    let answers = [
        Answer::Outputs(&[("errorMessage", "no JSON")]),
        good("one"),
        good("two"),
    ];
    let written = Answer::Outputs(&[("isSuccess", "true"), ("jsonText", "{}")]);
    let mut world = World::new(
        &flows,
        &[("ThingParse", &answers), ("ThingWrite", &[written])],
    );
    let rest = "Other_Properties_of_Lines_Entry";
    world.enter(&[("Type", "{!order")]);
    for text in ["{", "{\"parts\": [{\"a\": \"p\"}]}"] {
        world.enter(&[("Add_to_Lines", "true")]);
        world.enter(&[("Lines_Kind", "k"), ("Lines_Item", "one"), (rest, text)]);
        if text == "{" {
            world.enter(&[]);
            world.enter(&[("Type", "{!order")]);
        }
    }
    world.enter(&[("Add_to_Lines", "true")]);
    world.enter(&[("Lines_Kind", "k"), ("Lines_Item", "two")]);
    world.enter(&[("Add_to_Lines", "false")]);
    world.enter(&[]);
    world.enter(&[("Add_Another", "false")]);
    let run = world.run("Enter_Thing", &[]);
    let texts: Vec<String> = world.calls[..3]
        .iter()
        .map(|(_, inputs)| inputs["jsonText"].replace("&quot;", "\""))
        .collect();
    let start = r#"{"type":"{\u0021order","lines\"":["#;
    assert_eq!(
        texts,
        [
            format!("{start}{{]}}"),
            format!(r#"{start}{{"parts": [{{"a": "p"}}]}}]}}"#),
            format!(r#"{start}{{"kind":"{{\u0021order"}}]}}"#),
        ]
    );
    assert_eq!(run.get("Thing.lines[0].parts[0].a"), "p");
    assert_eq!(
        run.get("Thing.lines[0].item"),
        "one",
        "the field comes first"
    );
    assert_eq!(run.get("Thing.lines[1].item"), "two");
    assert_eq!(run.get("Thing.lines[1].parts[0].a"), "");
    assert_eq!(run.get("Error_Message"), "no JSON");
}

#[test]
fn yes_no_and_no_answer_are_told_apart() {
    let mut graph = Builder::new();
    let (text, boolean) = (graph.text(), graph.boolean());
    let part = graph.object("Part", &[("isNew", boolean, true)]);
    let fields = [
        ("name", text, true),
        ("isDone", boolean, true),
        ("isOpen", boolean, false),
        ("part", part, false),
    ];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let flows = [form(graph).unwrap()];
    let mut world = World::new(&flows, &[]);
    let answers = [("No", ""), ("Yes", "No"), ("", "Yes")];
    for (index, (open, new)) in answers.iter().enumerate() {
        world.enter(&[
            ("Name", "one"),
            ("Is_Done", "false"),
            ("Is_Open", open),
            ("Part_Is_New", new),
        ]);
        world.enter(&[("Add_Another", if index < 2 { "true" } else { "false" })]);
    }
    let run = world.run("Enter_Thing", &[]);
    for (index, expected) in [("false", ""), ("true", "false"), ("", "true")]
        .iter()
        .enumerate()
    {
        let of = |name: &str| run.get(&format!("Thing_List[{index}].{name}"));
        assert_eq!((of("isOpen"), of("part.isNew")), *expected);
        assert_eq!(of("isDone"), "false");
    }
}

#[test]
fn what_may_be_null_may_stay_empty() {
    let mut graph = Builder::new();
    let (text, boolean, whole) = (graph.text(), graph.boolean(), graph.integer());
    let size = graph.choice(&["S", "L"]);
    let part = graph.object("Part", &[("email", text, true)]);
    graph.nullable(part, "email");
    let other = graph.object("Other", &[("a", text, true), ("b", text, true)]);
    graph.nullable(other, "b");
    let tags = graph.list(text);
    let fields = [
        ("note", text, true),
        ("isOpen", boolean, true),
        ("count", whole, true),
        ("size", size, true),
        ("part", part, true),
        ("other", other, true),
        ("tags", tags, true),
    ];
    let thing = graph.object("Thing", &fields);
    for wire in ["note", "isOpen", "count", "size", "other", "tags"] {
        graph.nullable(thing, wire);
    }
    graph.module("thing", thing);
    let flow = form(graph).unwrap();
    let asked = flow.screens.iter().flat_map(|screen| &screen.fields);
    let needed: Vec<&str> = asked
        .filter(|field| field.is_required == Some(true))
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(needed, ["Add_Another", "Add_to_Tags", "Tags_Entry"]);
    // A record that must be there is made, whatever is entered.
    let mut items = flow.assignments.iter().flat_map(|one| &one.items);
    let is_emptied = |item: &AssignmentItem| match &item.value {
        Value::Reference(name) => name.as_str() == "No_String",
        _ => false,
    };
    assert!(items.any(|item| item.to.as_str() == "Thing.part.email" && is_emptied(item)));
    let flows = [flow];
    let mut world = World::new(&flows, &[]);
    let all = [
        "Note",
        "Is_Open",
        "Size",
        "Part_Email",
        "Other_A",
        "Other_B",
    ];
    // Whether a field that was left alone is empty or null.
    world.enter(&all.map(|name| (name, "")));
    world.enter(&[("Add_to_Tags", "false")]);
    world.enter(&[("Add_Another", "true")]);
    world.enter(&[]);
    world.enter(&[("Add_to_Tags", "false")]);
    world.enter(&[("Add_Another", "true")]);
    // A record that is there has what it must have.
    world.enter(&[("Other_B", "b")]);
    world.enter(&[]);
    let entered = [
        ("Note", "n"),
        ("Is_Open", "No"),
        ("Count", "1"),
        ("Size", "S"),
        ("Part_Email", "e"),
        ("Other_A", "a"),
        ("Other_B", "b"),
    ];
    world.enter(&entered);
    world.enter(&[("Add_to_Tags", "false")]);
    world.enter(&[("Add_Another", "false")]);
    let run = world.run("Enter_Thing", &[]);
    let null = |index: usize| run.get(&format!("Thing_List[{index}]")) == "null";
    assert!(null(0) && null(1), "{run:?}");
    assert_eq!(
        run.get("Error_Message"),
        "Other is given in part. Give all of these, or nothing of it: Other A."
    );
    let of = |name: &str| run.get(&format!("Thing_List[2].{name}"));
    assert_eq!((of("note"), of("isOpen"), of("count")), ("n", "false", "1"));
    assert_eq!((of("size"), of("part.email")), ("S", "e"));
    assert_eq!((of("other.a"), of("other.b")), ("a", "b"));
}

#[test]
fn what_may_be_null_is_there_for_the_action_that_reads() {
    let mut graph = Builder::new();
    let text = graph.text();
    let line = graph.object("Line", &[("item", text, true), ("note", text, true)]);
    graph.nullable(line, "note");
    let deep = graph.object("Deep", &[("line", line, true)]);
    let either = graph.union(&[line, deep]);
    let fields = [("either", either, true), ("note", text, true)];
    let thing = graph.object("Thing", &fields);
    graph.nullable(thing, "note");
    graph.module("thing", thing);
    let flow = form_with(graph, true).0.unwrap();
    let mut fields = flow.screens.iter().flat_map(|screen| &screen.fields);
    let other = fields.find(|field| field.name.as_str() == "Other_Properties");
    let default = other.and_then(|field| field.default.clone());
    assert!(matches!(default, Some(Value::Text(text)) if text.raw() == "{\"note\":null}"));
}

#[test]
fn fields_with_the_same_label_are_told_apart() {
    let mut graph = Builder::new();
    let text = graph.text();
    let part = graph.object("Part", &[("id", text, true), ("ID", text, false)]);
    let fields = [
        ("id", text, true),
        ("Id", text, true),
        ("name", text, true),
        ("part_id", text, true),
        ("part", part, false),
    ];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let flow = form(graph).unwrap();
    let screen = flow.screens.iter().find(|one| one.fields.len() > 1);
    let fields = screen.iter().flat_map(|screen| &screen.fields);
    let told: Vec<(&str, &str)> = fields
        .map(|field| (field.name.as_str(), field.text.as_str()))
        .collect();
    let expected = [
        ("Id", "Id (id)"),
        ("Id2", "Id (Id)"),
        ("Name", "Name"),
        ("Part_Id", "Part Id (part_id)"),
        ("Part_Id2", "Part Id (part.id)"),
        ("Part_Id3", "Part Id (part.ID)"),
    ];
    assert_eq!(told, expected);
}
