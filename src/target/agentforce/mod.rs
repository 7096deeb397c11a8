//! What an agent of Agentforce knows of the output: custom Lightning types for classes, and actions for flows and classes.
//!
//! No target of its own: a type stands with the class that it points to, an action with what it runs, so that both are
//! deployed together.

pub mod config;
mod model;
mod names;
#[cfg(test)]
mod tests;
mod types;

use std::collections::HashSet;

use askama::Template as _;

use crate::action::SchemaRoots;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::naming::shortened;
use crate::output::OutputFiles;
use crate::target::apex::Resolved;
use crate::target::apex::config::Access;
use crate::target::chosen::named_before;
use crate::target::flow::text::Text;
use crate::target::signature::{Invocable, Signature};
use crate::target::{Target, TargetInput};

use model::{Function, LightningType, Schema};
use names::Names;

/// Custom Lightning types are known since this version (Lightning Types Developer Guide).
const TYPES_SINCE: u16 = 64;
/// Agent actions are known since this version (Metadata API Developer Guide, "GenAiFunction").
const ACTIONS_SINCE: u16 = 60;
/// A description that an agent reads; longer ones are cut, because the platform's limit is not published with the
/// metadata types.
const MAX_DESCRIPTION: usize = 1000;

/// Generates what the configuration asks for, from what the targets of this run have made.
pub(crate) fn generate(
    input: &TargetInput<'_>,
    apex: &Resolved,
    made: &[Signature],
    (targets, config): (&[Target], &Config),
    diagnostics: &mut Diagnostics,
    files: &mut OutputFiles,
) {
    let mut writer = Writer {
        config,
        diagnostics,
        files,
    };
    if targets.contains(&Target::Apex) {
        writer.types(input, apex);
    }
    writer.actions(made, targets);
}

struct Writer<'a> {
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    files: &'a mut OutputFiles,
}

impl Writer<'_> {
    fn types(&mut self, input: &TargetInput<'_>, apex: &Resolved) {
        let wanted = &self.config.agentforce.types;
        let version = &self.config.apex.api_version;
        if !wanted.any() || !self.is_since("agentforce.types", "apex", version, TYPES_SINCE) {
            return;
        }
        let roots = SchemaRoots::new(input.types).with_paths(input.documents);
        let mut names = Names::new();
        let mut is_written = false;
        let mut seen = HashSet::new();
        let places = wanted.places(input.types, input.documents);
        for (index, place) in places.iter().enumerate() {
            let place = &**place;
            let Some(root) = roots.root(place) else {
                let said =
                    format!("`agentforce.types` speaks of {place:?}, which is not in the schemas");
                let help = "name a schema by its file without the extension, a part of it by `#` and a JSON pointer";
                let problem = Diagnostic::new(Code::UnknownKey, said).help(help);
                let problem = wanted.point(problem, "agentforce.types", place);
                self.diagnostics.push(problem);
                continue;
            };
            let id = apex.types.end(root.id);
            let Some(class) = apex.names.class_name(id) else {
                if !wanted.by_place() {
                    continue;
                }
                let said = format!(
                    "there is no Lightning type for {place:?}, which has no Apex class of its own"
                );
                let help = "take it out of `agentforce.types`";
                let problem = Diagnostic::new(Code::AgentforceLossy, said).help(help);
                let problem = wanted.point(problem, "agentforce.types", place);
                self.diagnostics.push(problem);
                continue;
            };
            if !seen.insert(class) {
                if wanted.by_place() {
                    self.diagnostics
                        .push(named_before("agentforce.types", index, place));
                }
                continue;
            }
            let title = crate::target::flow::label(&roots.label(root));
            let description = input.types.get(id).docs.description;
            let bundle = LightningType::new(&title, description, class);
            let path = format!("apex/lightningTypes/{}/schema.json", names.claim(class));
            self.json(path, &bundle);
            is_written = true;
        }
        if is_written && self.config.apex.access != Access::Global {
            let said = "the classes of Lightning types are public, and the platform asks for global ones with `@JsonAccess` in an org with a namespace".to_owned();
            let help = "in an org without one, public classes are enough; else set `apex.access` to `global`";
            let note = Diagnostic::new(Code::AgentforceLossy, said).severity(Severity::Note);
            self.diagnostics.push(note.help(help));
        }
    }

    fn actions(&mut self, made: &[Signature], targets: &[Target]) {
        let mut names = Names::new();
        let mut seen = HashSet::new();
        for (index, wanted) in self.config.agentforce.actions.iter().enumerate() {
            let found = made
                .iter()
                .find(|one| one.name.eq_ignore_ascii_case(wanted));
            let Some(action) = found else {
                // Who makes one target only does not know what the other one has.
                if targets.contains(&Target::Apex) && targets.contains(&Target::Flow) {
                    let said = format!(
                        "`agentforce.actions` speaks of {wanted:?}, which is no generated flow or invocable class"
                    );
                    let help = "name a flow by its API name, a class by its name";
                    let problem = Diagnostic::new(Code::UnknownKey, said).help(help);
                    let step = index.to_string();
                    self.diagnostics
                        .push(problem.at_option("agentforce.actions", &[&step]));
                }
                continue;
            };
            if seen.insert(&action.name) {
                self.action(action, &mut names);
            } else {
                self.diagnostics
                    .push(named_before("agentforce.actions", index, wanted));
            }
        }
    }

    fn action(&mut self, action: &Signature, names: &mut Names) {
        let (folder, target_type, confirm, version) = match action.kind {
            Invocable::Flow => {
                let confirm = self.config.agentforce.confirm_flows;
                ("flow", "flow", confirm, &self.config.flow.api_version)
            }
            Invocable::Class => ("apex", "apex", false, &self.config.apex.api_version),
            Invocable::ScreenFlow => {
                let said = format!(
                    "there is no agent action for the flow `{}`, because it has screens",
                    action.name
                );
                let help = "name the flow without screens that it runs";
                self.say(Code::AgentforceLossy, said, help);
                return;
            }
        };
        if !self.is_since("agentforce.actions", folder, version, ACTIONS_SINCE) {
            return;
        }
        let name = names.claim(&action.name);
        let function = Function {
            description: final_text(&shortened(&action.description, MAX_DESCRIPTION)),
            target: final_text(&action.name),
            target_type,
            confirm,
            label: final_text(&action.label),
        };
        let folder = format!("{folder}/genAiFunctions/{name}");
        match function.render() {
            Ok(text) => self.insert(format!("{folder}/{name}.genAiFunction-meta.xml"), text),
            Err(error) => self.say(Code::AgentforceLossy, error.to_string(), "report it"),
        }
        self.json(
            format!("{folder}/input/schema.json"),
            &Schema::inputs(&action.inputs),
        );
        self.json(
            format!("{folder}/output/schema.json"),
            &Schema::outputs(&action.outputs),
        );
    }

    /// Whether an API version has a feature; says so if not.
    fn is_since(&mut self, option: &str, target: &str, version: &str, since: u16) -> bool {
        let major = version
            .split('.')
            .next()
            .and_then(|major| major.parse().ok());
        if major.is_none_or(|major: u16| major >= since) {
            return true;
        }
        let said = format!(
            "`{option}` needs API version {since}.0, and `{target}.apiVersion` is {version}"
        );
        let help = format!("raise `{target}.apiVersion`");
        let problem = Diagnostic::new(Code::AgentforceVersion, said).help(help);
        self.diagnostics.push(problem.at_option(option, &[]));
        false
    }

    fn json(&mut self, path: String, value: &impl serde::Serialize) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.insert(path, text),
            Err(error) => self.say(Code::AgentforceLossy, error.to_string(), "report it"),
        }
    }

    fn insert(&mut self, path: String, text: String) {
        if let Err(path) = self.files.insert(path, text) {
            self.diagnostics.push(Diagnostic::new(
                Code::Unwritable,
                format!("`{path}` cannot be generated"),
            ));
        }
    }

    fn say(&mut self, code: Code, message: String, help: &str) {
        self.diagnostics
            .push(Diagnostic::new(code, message).help(help));
    }
}

/// Text as XML holds it.
fn final_text(raw: &str) -> String {
    Text::new(raw).to_string()
}
