mod any_action;
mod any_life;
mod branch;
mod form;
mod graph;
mod life;
mod refusal;
mod services;
mod session;
mod simulate;

use serde_json::{Value as Json, json};

use super::config::FlowConfig;
use super::model::Flow;
use super::names::Names;
use super::wanted::Wanted;
use super::{lint, lower};
use crate::action::{Action, SchemaRoots};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::{DocumentSet, Role};
use crate::ir::TypeGraph;
use crate::naming::{Book, Places};
use crate::output::OutputFiles;
use crate::target::{TargetInput, apex};

const START: &str = include_str!("../../../../schemas/actions/start-session.json");
const SEND: &str = include_str!("../../../../schemas/actions/send-message.json");
const END: &str = include_str!("../../../../schemas/actions/end-session.json");

/// The files and the messages of a run.
fn run(types: &TypeGraph<'_>, actions: &[&str], config: &Config) -> (OutputFiles, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let mut files = OutputFiles::default();
    let mut documents = DocumentSet::default();
    let read = |(index, text): (usize, &&str)| {
        let mut action = Action::parse(text).unwrap();
        let path = format!("action{index}.json");
        let text = (*text).to_owned();
        action.document = documents.add(&path, &path, text, Role::Settings, &mut diagnostics);
        action
    };
    let actions: Vec<Action> = actions.iter().enumerate().map(read).collect();
    let mut book = Book::default();
    let sources = actions.iter().filter_map(|action| action.document);
    let sources = types.modules.iter().map(|one| one.document).chain(sources);
    let places = Places::new(types, &documents, sources, &mut book);
    let input = TargetInput {
        types,
        documents: &documents,
        places: &places,
        actions: &actions,
        lifecycles: &[],
        services: &crate::target::ServiceInput::default(),
    };
    let apex = apex::resolve(&input, config, &mut book.apex, &mut diagnostics);
    super::generate(
        &input,
        config,
        (&apex.types, &apex.names),
        &mut book.flow,
        &mut diagnostics,
        &mut files,
    );
    let messages = diagnostics
        .iter()
        .map(|one| format!("{} {}", one.code, one.message))
        .collect();
    (files, messages)
}

fn file<'f>(files: &'f OutputFiles, name: &str) -> &'f str {
    let path = format!("flow/flows/{name}.flow-meta.xml");
    files
        .iter()
        .find(|(one, _)| *one == path)
        .map_or("", |(_, text)| text)
}

/// What names flows where there is no lock.
fn with_naming<T>(
    types: &TypeGraph<'_>,
    config: &FlowConfig,
    use_it: impl FnOnce(&mut lower::Naming<'_>) -> T,
) -> T {
    let (documents, mut book) = (DocumentSet::default(), Book::default());
    let places = Places::new(types, &documents, std::iter::empty(), &mut book);
    let input = TargetInput {
        types,
        documents: &documents,
        places: &places,
        actions: &[],
        lifecycles: &[],
        services: &crate::target::ServiceInput::default(),
    };
    let wanted = Wanted::new(&input, config, &mut Diagnostics::default());
    let mut flows = Names::of_flows(&book.flow);
    use_it(&mut lower::Naming {
        ledger: &mut book.flow,
        flows: &mut flows,
        wanted: &wanted,
    })
}

/// The flow models of an action that has nothing wrong.
fn flows(types: &TypeGraph<'_>, action: &str, config: &Config) -> Vec<Flow> {
    flows_of(
        &SchemaRoots::new(types),
        &Action::parse(action).unwrap(),
        config,
    )
}

fn flows_of(roots: &SchemaRoots<'_, '_>, action: &Action, config: &Config) -> Vec<Flow> {
    let mut diagnostics = Diagnostics::default();
    assert!(action.check(roots, &mut diagnostics), "{diagnostics:?}");
    let action = action.with_makers("MakeUuid");
    let lowered = with_naming(roots.graph, &config.flow, |naming| {
        let config = &config.flow;
        lower::lower(&action, "a#", roots, config, naming, &mut diagnostics)
    });
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let mut flows = lowered.map_or_else(Vec::new, |lowered| lowered.flows);
    for flow in &mut flows {
        flow.arrange();
        assert_eq!(lint::lint(flow), Vec::<String>::new(), "{}", flow.name);
        let mut places: Vec<(i32, i32)> = flow.nodes().map(|node| (node.x, node.y)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(
            places.len(),
            flow.nodes().count(),
            "two elements in one place"
        );
    }
    flows
}

/// A descriptor with one Apex-defined input for the schema `thing`, changed by `change`.
fn descriptor(change: impl FnOnce(&mut Json)) -> String {
    let mut action = json!({
        "label": "Do Thing",
        "actionName": "Things.doThing",
        "actionType": "externalService",
        "inputs": [
            {"name": "body", "label": "Thing", "required": true, "type": {"apexClass": "NS__Thing", "schema": "thing"}}
        ],
        "outputs": [
            {"name": "200", "label": "200", "kind": "success"},
            {"name": "defaultExc", "label": "Default Exception", "kind": "exception"},
            {"name": "responseCode", "label": "Response Code", "kind": "responseCode"}
        ]
    });
    change(&mut action);
    action.to_string()
}
