mod graph;

use crate::action::Action;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::TypeGraph;
use crate::output::OutputFiles;
use crate::target::TargetInput;

const START: &str = include_str!("../../../../schemas/actions/start-session.json");
const END: &str = include_str!("../../../../schemas/actions/end-session.json");

/// The files and the messages of a run.
fn run(types: &TypeGraph<'_>, actions: &[&str], config: &Config) -> (OutputFiles, Vec<String>) {
    let actions: Vec<Action> = actions
        .iter()
        .map(|text| Action::parse(text).unwrap())
        .collect();
    let mut diagnostics = Diagnostics::default();
    let mut files = OutputFiles::default();
    let input = TargetInput {
        types,
        actions: &actions,
    };
    super::generate(&input, config, &mut diagnostics, &mut files);
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

#[test]
fn the_session_has_its_flows() {
    let graph = graph::session().finish();
    let (files, messages) = run(&graph, &[START, END], &Config::default());
    assert_eq!(messages, Vec::<String>::new());
    if let Ok(out) = std::env::var("FLOW_DUMP") {
        for (path, text) in files.iter() {
            let path = std::path::Path::new(&out).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "flow/flows/End_Agent_Session.flow-meta.xml",
            "flow/flows/End_Agent_Session_Screen.flow-meta.xml",
            "flow/flows/Start_Agent_Session.flow-meta.xml",
        ]
    );
    let start = file(&files, "Start_Agent_Session");
    assert!(
        start
            .contains("<assignToReference>Context_Variable.TextVariable.value</assignToReference>")
    );
}
