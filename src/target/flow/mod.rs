//! The Flow target: flows that call the actions of the descriptors.

pub mod config;
mod facts;
mod graph;
pub(crate) mod layout;
mod limits;
mod lint;
mod lower;
mod model;
mod names;
mod pictures;
mod signature;
mod surface;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod types;
mod wanted;

use std::collections::{HashMap, HashSet};

use askama::Template as _;

use crate::action::{Action, SchemaRoots};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::TypeRef;
use crate::naming::Ledger;
use crate::output::OutputFiles;
use crate::target::TargetInput;
use crate::target::apex::names::Names as ClassNames;
use crate::target::apex::types::TypeMap;
use crate::target::chosen::named_before;
use crate::target::signature::Signature;

use config::{FlowConfig, Pictures};
use lower::branch::{Branch, Held, NoBranch};
use lower::life;
use model::Flow;
pub(crate) use names::label;
use names::{Names, is_api_name};
use wanted::Wanted;

/// Generates all files of the target, and says what callers of the flows need to know.
pub(crate) fn generate(
    input: &TargetInput<'_>,
    config: &Config,
    (types, classes): (&TypeMap, &ClassNames),
    ledger: &mut Ledger,
    diagnostics: &mut Diagnostics,
    files: &mut OutputFiles,
) -> Vec<Signature> {
    let services = input.services;
    let is_empty = input.actions.is_empty()
        && services.actions.is_empty()
        && !config.flow.types.any()
        && config.flow.branches.is_empty();
    if !check_config(&config.flow, diagnostics) || is_empty {
        return Vec::new();
    }
    let mut output = Output {
        files,
        signatures: Vec::new(),
        pictures: config.flow.pictures,
    };
    let roots = SchemaRoots::new(input.types).with_paths(input.documents);
    let of_services = services
        .types
        .map(|types| SchemaRoots::new(types).with_paths(input.documents));
    // A descriptor that somebody has written comes before the one that a description gives.
    let written: HashSet<&str> = input
        .actions
        .iter()
        .map(|action| action.action_name.as_str())
        .collect();
    let described = services.actions.iter();
    let described = described.filter(|one| !written.contains(one.action_name.as_str()));
    let wanted = Wanted::new(input, &config.flow, diagnostics);
    let mut flow_names = Names::of_flows(ledger);
    let mut naming = lower::Naming {
        ledger,
        flows: &mut flow_names,
        wanted: &wanted,
    };
    let mut interfaces = HashMap::new();
    let generated = classes.in_flows();
    let of_files = input.actions.iter().map(|action| (action, false));
    for (action, is_described) in of_files.chain(described.map(|action| (action, true))) {
        let roots = match &of_services {
            Some(of_services) if !action.is_about(&roots) => of_services,
            _ => &roots,
        };
        if !action.check(roots, diagnostics) {
            continue;
        }
        check_version(action, &config.flow, diagnostics);
        let place = wanted.of_action(action, is_described);
        let action = action.with_makers(classes.make_uuid());
        let Some(lowered) = lower::lower(
            &action,
            &place,
            roots,
            &config.flow,
            &mut naming,
            diagnostics,
        ) else {
            continue;
        };
        for flow in lowered.flows {
            let about = Subject {
                what: format!("action `{}`", action.label),
                place: action.place(""),
                classes: &generated,
            };
            output.write(flow, &about, diagnostics);
        }
        interfaces
            .entry(action.action_name)
            .or_insert(lowered.interface);
    }
    let of_forms = Forms {
        input,
        roots: &roots,
        types,
        classes,
        generated: &generated,
    };
    of_forms.write(&config.flow, &mut naming, diagnostics, &mut output);
    of_forms.branches(&config.flow, &mut naming, diagnostics, &mut output);
    for lifecycle in input.lifecycles {
        let flows = life::lower(
            lifecycle,
            &interfaces,
            &config.flow,
            &mut naming,
            diagnostics,
        );
        for flow in flows {
            let about = Subject {
                what: format!("lifecycle `{}`", lifecycle.label),
                place: lifecycle.place(""),
                classes: &generated,
            };
            output.write(flow, &about, diagnostics);
        }
    }
    ledger.keep(flow_names.into_claims());
    ledger.report(diagnostics);
    output.signatures
}

/// The flows that ask for values of types.
struct Forms<'f, 'g, 's> {
    input: &'f TargetInput<'f>,
    roots: &'f SchemaRoots<'g, 's>,
    types: &'f TypeMap,
    classes: &'f ClassNames,
    generated: &'f HashSet<&'f str>,
}

impl Forms<'_, '_, '_> {
    fn write(
        &self,
        config: &FlowConfig,
        naming: &mut lower::Naming<'_>,
        diagnostics: &mut Diagnostics,
        output: &mut Output<'_>,
    ) {
        let (roots, classes) = (self.roots, self.classes);
        let mut seen = HashSet::new();
        let places = config.types.places(self.input.types, self.input.documents);
        for (index, name) in places.iter().enumerate() {
            let name = &**name;
            let Some(root) = roots.root(name) else {
                let message =
                    format!("`flow.types` speaks of {name:?}, which is not in the schemas");
                let help = "name a schema by its file without the extension, a part of it by `#` and a JSON pointer";
                let problem = Diagnostic::new(Code::UnknownKey, message).help(help);
                diagnostics.push(config.types.point(problem, "flow.types", name));
                continue;
            };
            if !seen.insert(root.id) {
                if config.types.by_place() {
                    diagnostics.push(named_before("flow.types", index, name));
                }
                continue;
            }
            let label = roots.label(root);
            let place = self.input.places.of(root.id);
            let asked = naming.wanted.of_flow(&wanted::form_place(name));
            naming.flows.with_role(names::FORM).ask(place, asked);
            let asked = (place, &*label, name);
            let say = (&mut *naming, &mut *diagnostics);
            let flow = lower::form::lower(root, asked, roots, classes, config, say);
            let Some(flow) = flow else {
                // Where all are asked for, those are meant that there can be a flow for.
                if !config.types.by_place() {
                    continue;
                }
                let why = types::no_form(roots.graph, root, config);
                let message = format!("there is no flow for `{name}`, because {why}");
                let help = "take it out of `flow.types`; `flow.branches` is for unions and enums";
                let diagnostic = Diagnostic::new(Code::FlowLossy, message).help(help);
                diagnostics.push(diagnostic.at(place_of(root, roots)));
                continue;
            };
            let about = Subject {
                what: format!("type `{name}`"),
                place: None,
                classes: self.generated,
            };
            output.write(flow, &about, diagnostics);
        }
    }

    fn branches(
        &self,
        config: &FlowConfig,
        naming: &mut lower::Naming<'_>,
        diagnostics: &mut Diagnostics,
        output: &mut Output<'_>,
    ) {
        let (roots, classes) = (self.roots, self.classes);
        let held = Held {
            types: self.types,
            classes,
        };
        let mut seen = HashSet::new();
        for (index, name) in config.branches.iter().enumerate() {
            let place = wanted::branch_place(name);
            let asked = naming.wanted.of_flow(&place);
            naming.flows.with_role(names::BRANCH).ask(&place, asked);
            let branch = Branch::find(name, roots, classes, config);
            if let Ok(branch) = &branch
                && !seen.insert(branch.key())
            {
                diagnostics.push(named_before("flow.branches", index, name));
                continue;
            }
            let flow = branch.and_then(|branch| {
                lower::branch::lower(&branch, &place, roots, held, config, naming)
                    .ok_or(NoBranch::Because("it has no alternatives, or more than 50"))
            });
            match flow {
                Ok(flow) => {
                    let about = Subject {
                        what: format!("branches of `{name}`"),
                        place: None,
                        classes: self.generated,
                    };
                    output.write(flow, &about, diagnostics);
                }
                Err(NoBranch::NotThere) => {
                    let message =
                        format!("`flow.branches` speaks of {name:?}, which is not in the schemas");
                    let help = "name a schema by its file without the extension, a part of it by `#` and a JSON pointer";
                    let problem = Diagnostic::new(Code::UnknownKey, message).help(help);
                    diagnostics.push(problem.at_option("flow.branches", &[&index.to_string()]));
                }
                Err(NoBranch::Because(why)) => {
                    let message = format!("there is no flow that branches on `{name}`: {why}");
                    let help = "name a union, or a property that is a union or an enum, or take it out of `flow.branches`";
                    let problem = Diagnostic::new(Code::FlowLossy, message).help(help);
                    diagnostics.push(match roots.root(name) {
                        Some(root) => problem.at(place_of(root, roots)),
                        None => problem.at_option("flow.branches", &[&index.to_string()]),
                    });
                }
            }
        }
    }
}

/// Where a type stands.
fn place_of(of: TypeRef, roots: &SchemaRoots<'_, '_>) -> Place {
    let graph = roots.graph;
    let (document, pointer) = graph.locations.place(graph.get(of.id).location);
    Place::Pointer(document, pointer)
}

/// What a flow is made for.
struct Subject<'f> {
    what: String,
    place: Option<Place>,
    /// The classes that are generated.
    classes: &'f HashSet<&'f str>,
}

/// What the flows become.
struct Output<'o> {
    files: &'o mut OutputFiles,
    signatures: Vec<Signature>,
    pictures: Pictures,
}

impl Output<'_> {
    fn write(&mut self, mut flow: Flow, about: &Subject<'_>, diagnostics: &mut Diagnostics) {
        flow.keep_limits();
        flow.arrange();
        if let Some(surface) = self.files.surface_mut() {
            surface::add(&flow, surface);
        }
        self.files
            .facts_mut()
            .flows
            .push(facts::of(&flow, about.classes));
        self.signatures.push(signature::of(&flow));
        let problem = |message: String| {
            let message = format!("flow `{}` of {}: {message}", flow.name, about.what);
            let mut diagnostic = Diagnostic::new(Code::FlowReference, message);
            diagnostic.place.clone_from(&about.place);
            diagnostic
        };
        for message in lint::lint(&flow) {
            diagnostics.push(problem(message));
        }
        let path = format!("flow/flows/{}.flow-meta.xml", flow.name);
        match flow.render() {
            Ok(text) => {
                let picture = pictures::picture(&flow, &text, self.pictures);
                let files = std::iter::once((path, text)).chain(picture);
                for (path, text) in files {
                    if let Err(path) = self.files.insert(path, text) {
                        diagnostics.push(problem(format!("there is already a file {path}")));
                    }
                }
            }
            Err(error) => diagnostics.push(problem(error.to_string())),
        }
    }
}

/// Whether the options make sense; an API version is a whole number, a dot, and a 0.
fn check_config(config: &FlowConfig, diagnostics: &mut Diagnostics) -> bool {
    let known = major(&config.api_version).is_some();
    if !known {
        let message = format!(
            "`flow.apiVersion` is no API version: {:?}",
            config.api_version
        );
        let problem = Diagnostic::new(Code::Config, message).help("write it as in `66.0`");
        diagnostics.push(problem.at_option("flow.apiVersion", &[]));
    }
    if config.decimal_places > 17 {
        let message = format!(
            "`flow.decimalPlaces` is {}, but a flow has at most 17",
            config.decimal_places
        );
        let problem = Diagnostic::new(Code::Config, message);
        diagnostics.push(problem.at_option("flow.decimalPlaces", &[]));
        return false;
    }
    if config.pictures != Pictures::None && !pictures::CAN_DRAW {
        let message = "`flow.pictures` asks for pictures, and this build cannot draw".to_owned();
        let help = "turn on the feature `flow-files` of flowtypes, or take it out";
        let problem = Diagnostic::new(Code::Config, message).help(help);
        diagnostics.push(problem.at_option("flow.pictures", &[]));
        return false;
    }
    let mut is_good = known;
    for (place, name) in config.names.iter().filter(|(_, name)| !is_api_name(name)) {
        let message = format!("`flow.names` cannot call what is at {place:?} {name:?}");
        let help = "an API name has at most 80 ASCII letters, digits and single `_`, a letter first and no `_` at the end";
        let problem = Diagnostic::new(Code::Config, message).help(help);
        diagnostics.push(problem.at_option("flow.names", &[place]));
        is_good = false;
    }
    is_good
}

/// The Metadata API knows the action type `api` since version 66 (published metadata types).
fn check_version(action: &Action, config: &FlowConfig, diagnostics: &mut Diagnostics) {
    if action.action_type == "api" && major(&config.api_version).is_some_and(|version| version < 66)
    {
        let message = format!(
            "action `{}`: the action type `api` needs API version 66.0, and `flow.apiVersion` is {}",
            action.label, config.api_version
        );
        let mut diagnostic =
            Diagnostic::new(Code::FlowLossy, message).help("raise `flow.apiVersion`");
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
