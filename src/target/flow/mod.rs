//! The Flow target: flows that call the actions of the descriptors.

pub mod config;
mod graph;
mod layout;
mod lint;
mod lower;
mod model;
mod names;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod wanted;

use askama::Template as _;

use crate::action::{Action, SchemaRoots};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::naming::Ledger;
use crate::output::OutputFiles;
use crate::target::TargetInput;

use config::FlowConfig;
use model::Flow;
use names::{Names, is_api_name};
use wanted::Wanted;

/// Generates all files of the target.
pub(crate) fn generate(
    input: &TargetInput<'_>,
    config: &Config,
    ledger: &mut Ledger,
    diagnostics: &mut Diagnostics,
    files: &mut OutputFiles,
) {
    if input.actions.is_empty() || !check_config(&config.flow, diagnostics) {
        return;
    }
    let roots = SchemaRoots::new(input.types);
    let wanted = Wanted::new(input, &config.flow, diagnostics);
    let mut flow_names = Names::of_flows(ledger);
    for action in input.actions {
        if !action.check(&roots, diagnostics) {
            continue;
        }
        check_version(action, &config.flow, diagnostics);
        let mut naming = lower::Naming {
            ledger,
            flows: &mut flow_names,
            wanted: &wanted,
        };
        for mut flow in lower::lower(action, &roots, &config.flow, &mut naming, diagnostics) {
            flow.arrange();
            write(&flow, action, diagnostics, files);
        }
    }
    ledger.keep(flow_names.into_claims());
    ledger.report(diagnostics);
}

fn write(flow: &Flow, action: &Action, diagnostics: &mut Diagnostics, files: &mut OutputFiles) {
    let problem = |message: String| {
        let message = format!(
            "flow `{}` of action `{}`: {message}",
            flow.name, action.label
        );
        let mut diagnostic = Diagnostic::new(Code::FlowReference, message);
        diagnostic.place = action.place("");
        diagnostic
    };
    for message in lint::lint(flow) {
        diagnostics.push(problem(message));
    }
    let path = format!("flow/flows/{}.flow-meta.xml", flow.name);
    match flow.render() {
        Ok(text) => {
            if let Err(path) = files.insert(path, &text) {
                diagnostics.push(problem(format!("there is already a file {path}")));
            }
        }
        Err(error) => diagnostics.push(problem(error.to_string())),
    }
}

/// Whether the options make sense; an API version is a whole number, a dot, and a 0.
fn check_config(config: &FlowConfig, diagnostics: &mut Diagnostics) -> bool {
    let known = major(&config.api_version).is_some();
    if !known {
        let message = format!(
            "flow.apiVersion is `{}`, which is no API version",
            config.api_version
        );
        diagnostics.push(Diagnostic::new(Code::Config, message).help("write it as `66.0`"));
    }
    if config.decimal_places > 17 {
        let message = format!(
            "flow.decimalPlaces is {}, but a flow has at most 17",
            config.decimal_places
        );
        diagnostics.push(Diagnostic::new(Code::Config, message));
        return false;
    }
    let mut is_good = known;
    for (place, name) in config.names.iter().filter(|(_, name)| !is_api_name(name)) {
        let message = format!("`flow.names` cannot call what is at {place:?} {name:?}");
        let help = "an API name has at most 80 ASCII letters, digits and single `_`, a letter first and no `_` at the end";
        diagnostics.push(Diagnostic::new(Code::Config, message).help(help));
        is_good = false;
    }
    is_good
}

/// The Metadata API knows the action type `api` since version 66 (published metadata types).
fn check_version(action: &Action, config: &FlowConfig, diagnostics: &mut Diagnostics) {
    if action.action_type == "api" && major(&config.api_version).is_some_and(|version| version < 66)
    {
        let message = format!(
            "action `{}`: the action type `api` needs API version 66.0, and flow.apiVersion is {}",
            action.label, config.api_version
        );
        let mut diagnostic =
            Diagnostic::new(Code::FlowLossy, message).help("raise flow.apiVersion");
        diagnostic.place = action.place("/actionType");
        diagnostics.push(diagnostic);
    }
}

fn major(version: &str) -> Option<u16> {
    let (major, minor) = version.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(major) && minor == "0")
        .then(|| major.parse().ok())
        .flatten()
}
