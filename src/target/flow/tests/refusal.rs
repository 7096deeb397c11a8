use serde_json::json;

use super::any_action::thing;
use super::graph::Builder;
use super::{descriptor, file, run};
use crate::config::Config;

#[test]
fn no_text_of_a_descriptor_becomes_markup() {
    let mut graph = Builder::new();
    let (text, color) = (graph.text(), graph.choice(&["dark-red", "{!$User.Id}"]));
    let thing = graph.object("Thing", &[("a", text, true), ("color", color, true)]);
    graph.module("thing", thing);
    let graph = graph.finish();
    let evil = "</value></Flow>{!$User.Id}<x a=\"1\">\u{1}&amp;]]>{\r!$User.Id}{\u{1}!$User.Id}";
    let action = descriptor(|action| {
        for key in [
            "label",
            "actionName",
            "actionType",
            "category",
            "description",
            "nameSegment",
        ] {
            action[key] = json!(evil);
        }
        action["preconditions"] = json!([evil]);
        action["inferred"] = json!({"/label": evil});
        action["inputs"][0]["type"]["apexClass"] = json!(evil);
        for (list, key) in [
            ("inputs", "name"),
            ("inputs", "label"),
            ("inputs", "description"),
            ("outputs", "label"),
            ("outputs", "description"),
            ("outputs", "state"),
        ] {
            action[list][0][key] = json!(evil);
        }
        action["outputs"][1]["description"] = json!(evil);
    });
    let mut config = Config::default();
    config.flow.screen_flows = super::super::config::ScreenFlows::All;
    let (files, messages) = run(&graph, &[&action], &config);
    assert_eq!(
        messages.len(),
        1,
        "only the colours, which hold a merge field, and the list: {messages:?}"
    );
    assert_eq!(files.iter().count(), 2);
    for (path, text) in files.iter() {
        assert!(
            !text.contains("<x") && !text.contains('\u{1}') && !text.contains("]]>"),
            "{path}"
        );
        assert_eq!(text.matches("</Flow>").count(), 1, "{path}");
        for line in text.lines().filter(|line| line.contains("{!$User")) {
            // Descriptions and names are no place for merge fields.
            assert!(
                [
                    "description",
                    "actionName",
                    "actionType",
                    "nameSegment",
                    "<name>",
                    "apexClass",
                    "Inferred",
                    "- ",
                    "Category",
                    "The action",
                    "&lt;"
                ]
                .iter()
                .any(|one| line.contains(one)),
                "{path}: {line}"
            );
            assert!(
                !line.contains("<stringValue>")
                    && !line.contains("<label>")
                    && !line.contains("fieldText")
            );
        }
    }
}

#[test]
fn a_descriptor_that_disagrees_with_the_schemas_makes_no_flow() {
    let graph = thing().finish();
    let cases = [
        (
            descriptor(|action| action["inputs"][0]["type"]["schema"] = json!("thong")),
            "no schema `thong`",
        ),
        (
            descriptor(|action| action["inputs"][0]["type"]["offer"] = json!(["part.x"])),
            "no property `x`",
        ),
        (
            descriptor(|action| action["inputs"][0]["type"]["offer"] = json!(["matrix"])),
            "cannot fill `matrix`",
        ),
        (
            descriptor(|action| action["inferred"] = json!({"/inputs/7/name": "so"})),
            "`/inputs/7/name`",
        ),
        (
            descriptor(|action| action["outputs"][0]["values"] = json!([{"property": "a"}])),
            "no schema",
        ),
        (
            descriptor(|action| action["outputs"][1]["name"] = json!("200")),
            "unique",
        ),
        (
            descriptor(|action| action["inputs"][0]["reserved"] = json!(true)),
            "both required and reserved",
        ),
        (
            descriptor(|action| action["actionName"] = json!(" ")),
            "not be empty",
        ),
        (
            descriptor(|action| action["outputs"][0]["kind"] = json!("responseCode")),
            "only one output",
        ),
        (
            descriptor(|action| {
                let group = json!({
                    "label": "G",
                    "values": [{"name": "a", "label": "A", "type": "String"}],
                    "observed": {"set": {"b": "note"}}
                });
                action["inputs"][0]["type"]["groups"] = json!([group]);
            }),
            "disagree",
        ),
    ];
    for (action, message) in cases {
        let (files, messages) = run(&graph, &[&action], &Config::default());
        assert_eq!(files.iter().count(), 0, "{message}");
        assert!(
            messages
                .iter()
                .any(|one| one.starts_with("FT3002") && one.contains(message)),
            "{messages:?}"
        );
    }
}

#[test]
fn what_has_no_end_is_refused() {
    use crate::ir::{TypeId, TypeKind};
    let mut graph = Builder::new();
    let text = graph.text();
    // An object that requires itself twice.
    let thing = graph.object(
        "Thing",
        &[
            ("left", TypeId(1), true),
            ("right", TypeId(1), true),
            ("a", text, false),
        ],
    );
    graph.module("thing", thing);
    let graph = graph.finish();
    assert!(matches!(graph.get(TypeId(1)).kind, TypeKind::Object(_)));
    let (files, messages) = run(&graph, &[&descriptor(|_| {})], &Config::default());
    assert_eq!(files.iter().count(), 0);
    assert!(messages[0].contains("200 objects"), "{messages:?}");

    let mut graph = Builder::new();
    let text = graph.text();
    let names: Vec<&'static str> = (0..1000)
        .map(|index| &*format!("p{index}").leak())
        .collect();
    let fields: Vec<_> = names.iter().map(|name| (*name, text, true)).collect();
    let thing = graph.object("Thing", &fields);
    graph.module("thing", thing);
    let (_, messages) = run(&graph.finish(), &[&descriptor(|_| {})], &Config::default());
    assert!(messages[0].contains("100 properties"), "{messages:?}");
}

#[test]
fn options_are_checked() {
    let graph = thing().finish();
    let action = descriptor(|action| action["actionType"] = json!("api"));
    let mut config = Config::default();
    config.flow.api_version = "65.0".to_owned();
    let (files, messages) = run(&graph, &[&action], &config);
    assert!(file(&files, "Do_Thing").contains("<apiVersion>65.0</apiVersion>"));
    assert!(
        messages
            .iter()
            .any(|one| one.contains("needs API version 66.0")),
        "{messages:?}"
    );
    for version in ["66", "66.1", "</a>", ".0", "99999999999.0"] {
        config.flow.api_version = version.to_owned();
        let (files, messages) = run(&graph, &[&action], &config);
        assert_eq!((files.iter().count(), messages.len()), (0, 1), "{version}");
    }
}
