//! From an action to the flows that call it.

pub(super) mod branch;
mod call;
pub(super) mod form;
mod group;
mod guard;
mod inputs;
mod kept;
pub(super) mod life;
mod listed;
mod make;
mod nested;
mod outcome;
mod partial;
mod plan;
mod properties;
mod screen;
mod yes_no;

use crate::action::{Action, SchemaRoots};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::config::{FlowConfig, ScreenFlows};
use super::limits::MAX_DESCRIPTION;
use super::model::{AssignmentItem, Flow, Value, Variable};
use super::names::{self, FLOW, Names, RESOURCES, SCREEN_FLOW, SCREEN_RESOURCES};
use super::text::Text;
use super::types::FlowType;
use super::wanted::Wanted;
use crate::naming::Ledger;
use crate::naming::shortened;
use plan::InputVariable;

/// What decides about the names of flows.
pub(super) struct Naming<'n> {
    pub ledger: &'n mut Ledger,
    pub flows: &'n mut Names,
    pub wanted: &'n Wanted<'n>,
}

/// The flows for an action that agrees with its schemas: an autolaunched flow that calls it, and a screen flow
/// where the configuration asks for one.
pub(super) fn lower(
    action: &Action,
    place: &str,
    roots: &SchemaRoots<'_, '_>,
    config: &FlowConfig,
    naming: &mut Naming<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Lowered> {
    let wanted = naming.wanted;
    let mut names = Names::in_flow(naming.ledger, place, RESOURCES);
    let fixed = call::Fixed::claim(action, &mut names);
    outcome::ask(action, roots, wanted, &mut names);
    let plan = inputs::plan(
        action,
        place,
        roots,
        config,
        &mut names,
        wanted,
        diagnostics,
    )?;
    let flow_names = naming.flows.with_role(FLOW);
    flow_names.ask(place, wanted.of_flow(place));
    let name = flow_names.claim(place, &flow_label(action));
    let has_choices = plan.inputs.iter().any(|input| !input.choices.is_empty());
    let has_screen = match config.screen_flows {
        ScreenFlows::Choices => has_choices,
        ScreenFlows::All => true,
        ScreenFlows::None => false,
    };
    let called = call::lower(action, roots, &plan, &fixed, name, &mut names, config);
    naming.ledger.keep_members(place, names.into_claims());
    let list = plan
        .inputs
        .iter()
        .find(|input| !input.fits_a_screen() && input.required);
    let screen = match (has_screen, list) {
        (false, _) => None,
        (true, Some(list)) => {
            let message = format!(
                "action `{}` gets no screen flow, because a screen cannot ask for `{}`, which is no single value",
                action.label, list.label
            );
            let mut diagnostic = Diagnostic::new(Code::FlowLossy, message);
            diagnostic.place = action.place("");
            diagnostics.push(diagnostic.help("fill it in a screen flow of your own"));
            None
        }
        (true, None) => {
            let flow_names = naming.flows.with_role(SCREEN_FLOW);
            let name = flow_names.claim(place, &format!("{} Screen", called.flow.name));
            let mut names = Names::in_flow(naming.ledger, place, SCREEN_RESOURCES);
            let flow = screen::lower(action, &plan, &called.flow, name, &mut names, config);
            naming.ledger.keep_members(place, names.into_claims());
            Some(flow)
        }
    };
    let called_name = called.flow.name.clone();
    Some(Lowered {
        flows: [called.flow].into_iter().chain(screen).collect(),
        interface: Interface {
            flow: called_name,
            label: flow_label(action),
            inputs: plan.inputs,
            made: plan.made.iter().map(|made| made.input).collect(),
            outputs: called.outputs,
            states: outcome::states(action),
            has_response_code: fixed.response_code.is_some(),
            preconditions: action.preconditions.clone(),
        },
    })
}

/// The flows of an action.
pub(super) struct Lowered {
    pub flows: Vec<Flow>,
    pub interface: Interface,
}

/// What other flows need to know to run the flow of an action.
pub(super) struct Interface {
    flow: Text,
    label: String,
    inputs: Vec<InputVariable>,
    /// The inputs that the flow makes itself, as indices.
    made: Vec<usize>,
    /// The output variables by the properties that they hold.
    outputs: Vec<(String, Text)>,
    /// The state that the flow reports for each of the action's outputs.
    states: Vec<(String, String)>,
    has_response_code: bool,
    preconditions: Vec<String>,
}

/// The label of the flow. A name of one word says too little among all flows of an org, so that reviewers and
/// scanners ask for more; one that somebody chose stays.
fn flow_label(action: &Action) -> String {
    if let Some(label) = &action.flow_label {
        return names::label(label);
    }
    let label = names::label(&action.label);
    if label.contains(' ') {
        label
    } else {
        format!("Call {label}")
    }
}

/// A flow without elements.
fn empty_flow(
    name: Text,
    label: &str,
    description: &str,
    process_type: &'static str,
    config: &FlowConfig,
) -> Flow {
    let label = Text::new(label);
    Flow {
        name,
        api_version: Text::new(&config.api_version),
        description: Text::new(description),
        interview_label: label.clone(),
        label,
        process_type,
        status: config.status.as_str(),
        start: None,
        start_x: 0,
        action_calls: Vec::new(),
        assignments: Vec::new(),
        choices: Vec::new(),
        constants: Vec::new(),
        decisions: Vec::new(),
        formulas: Vec::new(),
        loops: Vec::new(),
        screens: Vec::new(),
        subflows: Vec::new(),
        text_templates: Vec::new(),
        variables: Vec::new(),
        waits: Vec::new(),
    }
}

/// A variable of a scalar type that is neither input nor output.
fn variable(name: &Text, ty: FlowType, description: Option<&str>) -> Variable {
    Variable {
        description: description.map(Text::new),
        name: name.clone(),
        apex_class: None,
        data_type: ty.scalar.as_str(),
        is_collection: false,
        is_input: false,
        is_output: false,
        scale: ty.scale,
        is_required: false,
        default: None,
    }
}

fn assign(to: &Text, value: Value) -> AssignmentItem {
    AssignmentItem {
        to: to.clone(),
        operator: "Assign",
        value,
    }
}

/// The description of an action's flow: what it does, what must be true before, and what was inferred.
fn flow_description(action: &Action, first: &str) -> String {
    let mut text = first.to_owned();
    if !action.preconditions.is_empty() {
        text.push_str("\n\nThe action fails unless:");
        for condition in &action.preconditions {
            text.push_str("\n- ");
            text.push_str(condition);
        }
    }
    let with_reasons: String = inferred(action, true);
    let without = inferred(action, false);
    let fits = text.chars().count() + with_reasons.chars().count() <= MAX_DESCRIPTION;
    text.push_str(if fits { &with_reasons } else { &without });
    shortened(&text, MAX_DESCRIPTION)
}

fn inferred(action: &Action, with_reasons: bool) -> String {
    let of_reserved = |pointer: &str| {
        let index = pointer
            .strip_prefix("/inputs/")
            .and_then(|rest| rest.split('/').next());
        let index: Option<usize> = index.and_then(|index| index.parse().ok());
        index
            .and_then(|index| action.inputs.get(index))
            .is_some_and(|input| input.reserved)
    };
    // What a flow does not set needs no check.
    let facts = action
        .inferred
        .iter()
        .filter(|(pointer, _)| !of_reserved(pointer));
    let lines: Vec<String> = facts
        .map(
            |(pointer, reason)| match (pointed(action, pointer), with_reasons) {
                (what, true) => format!("\n- {what}: {reason}"),
                (what, false) => format!("\n- {what}"),
            },
        )
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n\nInferred, so check it in your org:{}", lines.concat())
}

/// A JSON pointer into a descriptor in words: `/inputs/1/name` is `the name of input Agent ID`.
fn pointed(action: &Action, pointer: &str) -> String {
    let steps: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
    let (kind, label) = match steps.as_slice() {
        ["inputs", index, ..] => (
            "input",
            index
                .parse()
                .ok()
                .and_then(|index: usize| action.inputs.get(index).map(|input| &input.label)),
        ),
        ["outputs", index, ..] => (
            "output",
            index
                .parse()
                .ok()
                .and_then(|index: usize| action.outputs.get(index).map(|output| &output.label)),
        ),
        _ => ("", None),
    };
    match label {
        Some(label) if steps.len() > 2 => format!("{} of {kind} {label}", steps[2..].join(" ")),
        Some(label) => format!("{kind} {label}"),
        None => steps.join(" "),
    }
}
