//! The life of a session with another service than the one that comes with the program.

use super::super::lower::{self, life};
use super::simulate::{Answer, World};
use super::{graph, with_naming};
use crate::action::{Action, Lifecycle, SchemaRoots};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::target::flow::lint;
use std::collections::HashMap;

#[test]
fn any_service_can_have_a_life() {
    let mut types = graph::Builder::new();
    let text = types.text();
    let handle = types.object("Handle", &[("handle", text, true)]);
    types.module("handle", handle);
    let line = types.object("Line", &[("line", text, true)]);
    types.module("line", line);
    let types = types.finish();
    let action = |name: &str, inputs: serde_json::Value, schema: &str, property: &str| {
        serde_json::json!({
            "label": format!("{name} File"), "actionName": format!("Files.{name}"), "actionType": "externalService",
            "inputs": inputs,
            "outputs": [
                {"name": "200", "label": "200", "kind": "success", "schema": schema, "values": [{"property": property}]},
                {"name": "410Exc", "label": "Closed", "kind": "exception"},
                {"name": "defaultExc", "label": "Other", "kind": "exception"}
            ]
        })
    };
    let handle = serde_json::json!({"name": "handle", "label": "Handle", "required": true, "type": "String"});
    let query =
        serde_json::json!({"name": "query", "label": "Query", "required": true, "type": "String"});
    let name =
        serde_json::json!({"name": "name", "label": "Name", "required": true, "type": "String"});
    let actions = [
        action("open", serde_json::json!([name]), "handle", "handle"),
        action("read", serde_json::json!([handle, query]), "line", "line"),
        action("close", serde_json::json!([handle]), "handle", "handle"),
    ];
    let life = serde_json::json!({
        "label": "File",
        "flowLabel": "Read Whole File",
        "start": {"action": "Files.open", "id": "handle"},
        "use": {
            "action": "Files.read", "flowLabel": "Read Line", "id": "handle", "item": "query",
            "itemsLabel": "Queries", "answer": "line", "answersLabel": "Lines"
        },
        "end": {"action": "Files.close", "id": "handle"},
        "expired": ["410Exc"],
        "busy": [],
        "restarts": 2
    });
    let roots = SchemaRoots::new(&types);
    let config = Config::default().flow;
    let (mut diagnostics, mut flows) = (Diagnostics::default(), Vec::new());
    let mut interfaces = HashMap::new();
    let life: Lifecycle = serde_json::from_value(life).unwrap();
    with_naming(&types, &config, |naming| {
        for action in actions {
            let action = Action::parse(&action.to_string()).unwrap();
            let place = format!("{}#", action.label);
            let lowered =
                lower::lower(&action, &place, &roots, &config, naming, &mut diagnostics).unwrap();
            flows.extend(lowered.flows);
            interfaces.insert(action.action_name, lowered.interface);
        }
        let of_life = life::lower(&life, &interfaces, &config, naming, &mut diagnostics);
        flows.extend(of_life);
    });
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    for flow in &flows {
        assert_eq!(lint::lint(flow), Vec::<String>::new(), "{}", flow.name);
    }
    const OPENED: Answer = Answer::Outputs(&[("200", "x"), ("200.handle", "h")]);
    const READ: Answer = Answer::Outputs(&[("200", "x"), ("200.line", "l")]);
    const CLOSED: Answer = Answer::Outputs(&[("410Exc", "x")]);
    let answers = [
        ("Files.open", &[OPENED][..]),
        ("Files.read", &[CLOSED, CLOSED, READ]),
        ("Files.close", &[OPENED]),
    ];
    let mut world = World::new(&flows, &answers);
    let run = world.run("Read_Whole_File", &[("Name", "f"), ("Queries[0]", "q")]);
    assert_eq!((run.get("State"), run.get("Lines[0]")), ("Success", "l"));
    assert_eq!(
        world.called(),
        [
            "Files.open",
            "Files.read",
            "Files.open",
            "Files.read",
            "Files.open",
            "Files.read",
            "Files.close"
        ]
    );
}
