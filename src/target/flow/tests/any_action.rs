use serde_json::json;

use super::super::config::ScreenFlows;
use super::graph::Builder;
use super::simulate::{Answer, World, simulate};
use super::{descriptor, file, flows, run};
use crate::config::Config;

const OK: Answer = Answer::Outputs(&[("responseCode", "200.0")]);

/// A schema with a property of every kind that a flow can fill.
pub fn thing() -> Builder {
    let mut graph = Builder::new();
    let (text, boolean, whole) = (graph.text(), graph.boolean(), graph.integer());
    let (date, time) = (graph.formatted("date"), graph.formatted("date-time"));
    let (kind, one) = (graph.choice(&["thing"]), graph.literal(json!(1)));
    let color = graph.choice(&["dark-red", "dark red", "{!$User.Id}x"]);
    let size = graph.choice(&["S", "s", "XL"]);
    let texts = graph.list(text);
    let lists = graph.list(texts);
    let inner = graph.object("Inner", &[("end", text, true), ("note", text, false)]);
    let fields = [
        ("type", kind, true),
        ("version", one, true),
        ("_name", text, true),
        ("isGood", boolean, true),
        ("count", whole, true),
        ("day", date, true),
        ("at", time, true),
        ("tags", texts, true),
        ("color", color, true),
        ("size", size, true),
        ("part", inner, true),
        ("extra", inner, false),
        ("note", text, false),
        ("matrix", lists, false),
    ];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    graph
}

#[test]
fn each_kind_of_property_has_its_variable() {
    let graph = thing().finish();
    let flow = &flows(&graph, &descriptor(|_| {}), &Config::default())[0];
    let of = |name: &str| {
        let variable = flow
            .variables
            .iter()
            .find(|one| one.name.as_str() == name)
            .expect(name);
        (variable.data_type, variable.scale, variable.is_collection)
    };
    assert_eq!(of("Is_Good"), ("Boolean", None, false));
    assert_eq!(of("Count"), ("Number", Some(0), false));
    assert_eq!(of("Day"), ("Date", None, false));
    assert_eq!(of("At"), ("DateTime", None, false));
    assert_eq!(of("Tags"), ("String", None, true));
    assert_eq!(of("Thing"), ("Apex", None, false));
    let constants: Vec<&str> = flow.constants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(constants, ["SIZE_S", "SIZE_S2", "SIZE_XL"]);
    let targets: Vec<&str> = flow
        .assignments
        .iter()
        .flat_map(|one| &one.items)
        .map(|item| item.to.as_str())
        .collect();
    for path in [
        "Thing.z0type",
        "Thing.version",
        "Thing.x5fname",
        "Thing.part.z0end",
    ] {
        assert!(targets.contains(&path), "{path}");
    }
    let record = flow
        .variables
        .iter()
        .find(|one| one.name.as_str() == "Thing")
        .unwrap();
    let description = record.description.as_ref().unwrap().as_str();
    assert!(
        description.contains("does not set: extra, note, matrix, part.note."),
        "{description}"
    );
}

#[test]
fn an_optional_property_is_set_if_it_is_given() {
    let mut graph = Builder::new();
    let text = graph.text();
    let inner = graph.object(
        "Inner",
        &[("a", text, true), ("b", text, false), ("c", text, false)],
    );
    let thing = graph.object("Thing", &[("note", text, false), ("part", inner, false)]);
    graph.module("thing", thing);
    let graph = graph.finish();
    let action =
        descriptor(|action| action["inputs"][0]["type"]["offer"] = json!(["note", "part.b"]));
    let flow = &flows(&graph, &action, &Config::default())[0];
    let run = simulate(flow, &[], &OK);
    assert_eq!(
        (run.get("State"), run.values.contains_key("Thing.note")),
        ("Success", false)
    );
    let run = simulate(flow, &[("Note", "n"), ("A", "a")], &OK);
    assert_eq!((run.get("Thing.note"), run.get("Thing.part.a")), ("n", "a"));
    let run = simulate(flow, &[("B", "b")], &OK);
    assert_eq!(
        (run.get("State"), run.get("Error_Message")),
        (
            "InvalidInput",
            "Part is given in part. Give all of these, or nothing of it: A."
        )
    );
    let run = simulate(flow, &[("A", "a"), ("B", "b")], &OK);
    assert_eq!(
        (run.get("Thing.part.a"), run.get("Thing.part.b")),
        ("a", "b")
    );
}

#[test]
fn a_required_choice_of_types_is_set_by_a_group() {
    let mut graph = Builder::new();
    let (text, number) = (graph.text(), graph.integer());
    let kind = graph.choice(&["Text"]);
    let message = graph.object(
        "Text Message",
        &[
            ("type", kind, true),
            ("sequenceId", number, true),
            ("text", text, true),
        ],
    );
    let other = graph.object("Cancel Message", &[("sequenceId", number, true)]);
    let message = graph.union(&[message, other]);
    let thing = graph.object("Thing", &[("message", message, true)]);
    graph.module("thing", thing);
    let graph = graph.finish();
    let group = |required: bool| {
        descriptor(|action| {
            action["inputs"][0]["type"]["groups"] = json!([{
                "label": "Message",
                "required": required,
                "values": [
                    {"name": "number", "label": "Sequence ID", "type": "Number"},
                    {"name": "text", "label": "Text", "type": "String"}
                ],
                "observed": {
                    "set": {"number": "message.TextMessage.sequenceId", "text": "message.TextMessage.text"}
                }
            }]);
        })
    };
    let flow = &flows(&graph, &group(true), &Config::default())[0];
    let run_with = simulate(flow, &[("Sequence_ID", "1"), ("Text", "Hi")], &OK);
    assert_eq!(run_with.get("Thing.message.TextMessage.text"), "Hi");
    assert_eq!(
        simulate(flow, &[("Text", "Hi")], &OK).get("State"),
        "InvalidInput"
    );
    let (_, messages) = run(&graph, &[&group(false)], &Config::default());
    assert!(
        messages[0].contains("the group `Message` is not"),
        "{messages:?}"
    );
    let (_, messages) = run(&graph, &[&descriptor(|_| {})], &Config::default());
    assert!(
        messages[0].contains("it is a choice of several types"),
        "{messages:?}"
    );
}

#[test]
fn an_optional_input_is_given_whole_or_not_at_all() {
    let mut graph = Builder::new();
    let (text, yes) = (graph.text(), graph.boolean());
    let part = graph.object("Part", &[("c", text, true), ("d", text, false)]);
    let thing = graph.object(
        "Thing",
        &[
            ("a", text, true),
            ("b", text, true),
            ("until", text, true),
            ("note", text, false),
            ("good", yes, false),
            ("part", part, false),
        ],
    );
    graph.nullable(thing, "until");
    graph.module("thing", thing);
    let graph = graph.finish();
    let action = descriptor(|action| {
        action["inputs"][0]["required"] = json!(false);
        action["inputs"][0]["type"]["offer"] = json!(["note", "good", "part.d"]);
    });
    let flow = &flows(&graph, &action, &Config::default())[0];
    let nothing = simulate(flow, &[("Good", "false"), ("A", "")], &OK);
    assert_eq!(nothing.get("State"), "Success");
    assert!(!nothing.values.keys().any(|key| key.starts_with("Thing.")));
    for part in [
        [("A", "a"), ("B", "")],
        [("B", "b"), ("Good", "true")],
        [("Note", "n"), ("Good", "false")],
        [("Until", "u"), ("A", "")],
        [("A", "a"), ("C", "c")],
    ] {
        let run = simulate(flow, &part, &OK);
        assert_eq!(run.get("State"), "InvalidInput", "{part:?}");
        assert!(run.get("Error_Message").ends_with("nothing of it: A, B."));
    }
    let least = simulate(flow, &[("A", "a"), ("B", "b"), ("Until", "")], &OK);
    assert_eq!(least.get("Thing.a"), "a");
    assert_eq!(least.get("Thing.until_set"), "true", "null is sent");
    let keys = ["Thing.note", "Thing.good", "Thing.part.c", "Thing.until"];
    assert!(!keys.iter().any(|key| least.values.contains_key(*key)));
    let more = [("A", "a"), ("B", "b"), ("Until", "u"), ("Note", "n")];
    let run = simulate(flow, &more, &OK);
    assert_eq!((run.get("Thing.until"), run.get("Thing.note")), ("u", "n"));
    let part = [("A", "a"), ("B", "b"), ("D", "d")];
    assert_eq!(simulate(flow, &part, &OK).get("State"), "InvalidInput");
    let part = [("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")];
    assert_eq!(simulate(flow, &part, &OK).get("Thing.part.d"), "d");
}

#[test]
fn an_optional_input_that_requires_nothing_is_set_by_any_part() {
    let mut graph = Builder::new();
    let (text, kind) = (graph.text(), graph.choice(&["thing"]));
    let thing = graph.object(
        "Thing",
        &[("type", kind, true), ("a", text, false), ("b", text, true)],
    );
    graph.nullable(thing, "b");
    graph.module("thing", thing);
    let graph = graph.finish();
    let action = descriptor(|action| {
        action["inputs"][0]["required"] = json!(false);
        action["inputs"][0]["type"]["offer"] = json!(["a"]);
    });
    let flow = &flows(&graph, &action, &Config::default())[0];
    for (inputs, sent) in [
        ([("A", ""), ("B", "")], ["", "", ""]),
        ([("A", "a"), ("B", "")], ["thing", "a", ""]),
        ([("A", ""), ("B", "b")], ["thing", "", "b"]),
    ] {
        let run = simulate(flow, &inputs, &OK);
        let found = ["Thing.z0type", "Thing.a", "Thing.b"].map(|key| run.get(key));
        assert_eq!((run.get("State"), found), ("Success", sent));
    }
}

#[test]
fn outcomes_are_told_apart_without_a_response_code() {
    let graph = thing().finish();
    let only = |outputs: serde_json::Value| {
        descriptor(|action| {
            action["inputs"] = json!([]);
            action["outputs"] = outputs;
        })
    };
    let outputs = json!([
        {"name": "200", "label": "200", "kind": "success"},
        {"name": "404Exc", "label": "Not found", "kind": "exception"}
    ]);
    let flow = &flows(&graph, &only(outputs), &Config::default())[0];
    assert_eq!(
        simulate(flow, &[], &Answer::Outputs(&[("200", "x")])).get("State"),
        "Success"
    );
    assert_eq!(
        simulate(flow, &[], &Answer::Outputs(&[("404Exc", "x")])).get("State"),
        "NotFound"
    );
    let flow = &flows(&graph, &only(json!([])), &Config::default())[0];
    assert_eq!(
        simulate(flow, &[], &Answer::Outputs(&[])).get("State"),
        "Success"
    );
    assert_eq!(simulate(flow, &[], &Answer::Fault).get("State"), "Fault");
}

#[test]
fn names_of_an_action_do_not_collide_with_those_of_every_flow() {
    let graph = thing().finish();
    let action = descriptor(|action| {
        action["label"] = json!("State");
        action["inputs"] = json!([
            {"name": "a", "label": "state", "type": "String"},
            {"name": "b", "label": "Check Inputs", "required": true, "type": "String"},
            {"name": "c", "label": "日本", "type": "Number"},
            {"name": "d", "label": "—", "type": "Boolean"}
        ]);
    });
    let mut config = Config::default();
    config.flow.screen_flows = ScreenFlows::All;
    assert_eq!(flows(&graph, &action, &config).len(), 2);
}

#[test]
fn a_flow_has_a_name_of_its_own() {
    let graph = thing().finish();
    for (label, flow_label, name) in [
        ("send", None, "Call_Send"),
        ("doIt", None, "Do_It"),
        ("send", Some("Post"), "Post"),
    ] {
        let action = descriptor(|action| {
            action["label"] = json!(label);
            action["flowLabel"] = json!(flow_label);
        });
        assert_eq!(
            flows(&graph, &action, &Config::default())[0].name.as_str(),
            name
        );
        let (files, _) = run(&graph, &[&action, &action], &Config::default());
        assert!(!file(&files, &format!("{name}2")).is_empty());
    }
}

#[test]
fn a_screen_tells_no_from_no_answer() {
    let mut graph = Builder::new();
    let (text, boolean) = (graph.text(), graph.boolean());
    let fields = [("name", text, true), ("isOpen", boolean, false)];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let action = descriptor(|action| action["inputs"][0]["type"]["offer"] = json!(["isOpen"]));
    let mut config = Config::default();
    config.flow.screen_flows = ScreenFlows::All;
    let made = flows(&graph.finish(), &action, &config);
    for (answer, sent) in [("Yes", Some("true")), ("No", Some("false")), ("", None)] {
        let mut world = World::new(&made, &[("Things.doThing", &[OK])]);
        world.enter(&[("Name", "one"), ("Is_Open", answer)]);
        world.enter(&[]);
        world.run(made[1].name.as_str(), &[]);
        let body = &world.calls[0].1;
        assert_eq!(body.get("body.isOpen").map(String::as_str), sent);
    }
}

#[test]
fn what_is_within_a_part_is_read_only_if_the_part_is_there() {
    let mut graph = Builder::new();
    let text = graph.text();
    let thing = graph.object("Thing", &[("name", text, true)]);
    graph.module("thing", thing);
    let part = graph.object("Part", &[("message", text, false)]);
    let answer = graph.object("Answer", &[("error", part, false), ("id", text, true)]);
    graph.module("answer", answer);
    let action = descriptor(|action| {
        let success = |code: &str| {
            json!({
                "name": code, "label": code, "kind": "success", "schema": "answer",
                "values": [{"property": "error.message", "label": "Hint"}, {"property": "id"}]
            })
        };
        action["outputs"] = json!([
            success("200"),
            success("201"),
            {
                "name": "400Exc", "label": "400 Exception", "kind": "exception", "schema": "answer",
                "detail": "error.message"
            },
            {"name": "responseCode", "label": "Response Code", "kind": "responseCode"}
        ]);
    });
    let made = flows(&graph.finish(), &action, &Config::default());
    let run = |outputs| simulate(&made[0], &[("Name", "one")], &Answer::Outputs(outputs));
    // Both answers have the same structure, and so the same variables.
    let with_part = run(&[
        ("responseCode", "200.0"),
        ("200.error.message", "look"),
        ("200.id", "1"),
    ]);
    assert_eq!((with_part.get("Hint"), with_part.get("Id")), ("look", "1"));
    let without = run(&[("responseCode", "201.0"), ("201.id", "2")]);
    assert_eq!((without.get("Hint"), without.get("Id")), ("", "2"));
    assert_eq!(without.get("State"), "Success");
    let refused = run(&[("responseCode", "400.0"), ("400Exc.error.message", "why")]);
    assert_eq!(refused.get("Error_Details"), "why");
    let silent = run(&[("responseCode", "400.0"), ("400Exc.id", "3")]);
    assert_eq!(silent.get("Error_Details"), "");
    assert_eq!(silent.get("State"), refused.get("State"));
}

#[test]
fn a_record_that_may_be_null_is_given_whole_or_not_at_all() {
    let mut graph = Builder::new();
    let text = graph.text();
    let part = graph.object("Part", &[("a", text, true), ("b", text, true)]);
    graph.nullable(part, "b");
    let thing = graph.object("Thing", &[("name", text, true), ("part", part, true)]);
    graph.nullable(thing, "part");
    graph.module("thing", thing);
    let graph = graph.finish();
    let flow = &flows(&graph, &descriptor(|_| {}), &Config::default())[0];
    let without = simulate(flow, &[("Name", "n"), ("A", ""), ("B", "")], &OK);
    assert_eq!(without.get("Thing.part_set"), "true", "null is sent");
    assert!(
        !without
            .values
            .keys()
            .any(|key| key.starts_with("Thing.part."))
    );
    let part = simulate(flow, &[("Name", "n"), ("B", "b")], &OK);
    assert_eq!(part.get("State"), "InvalidInput");
    let given = simulate(flow, &[("Name", "n"), ("A", "a"), ("B", "")], &OK);
    let keys = ["Thing.part.a", "Thing.part.b_set", "Thing.part.b"];
    assert_eq!(keys.map(|key| given.get(key)), ["a", "true", ""]);
}

#[test]
fn inputs_with_the_same_label_are_told_apart() {
    let mut graph = Builder::new();
    let text = graph.text();
    let place = graph.object("Place", &[("city", text, true)]);
    let fields = [
        ("from", place, true),
        ("to", place, true),
        ("day", text, true),
    ];
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let graph = graph.finish();
    let mut config = Config::default();
    config.flow.screen_flows = ScreenFlows::All;
    let flows = flows(&graph, &descriptor(|_| {}), &config);
    let run = simulate(&flows[0], &[], &OK);
    assert_eq!(
        run.get("Error_Message"),
        "A required input has no value. Required: Day, City (from.city), City (to.city)."
    );
    let screen = flows[1].screens.iter().find(|one| one.fields.len() > 1);
    let fields = screen.iter().flat_map(|screen| &screen.fields);
    let told: Vec<&str> = fields.map(|field| field.text.as_str()).collect();
    assert_eq!(told, ["Day", "City (from.city)", "City (to.city)"]);
}
