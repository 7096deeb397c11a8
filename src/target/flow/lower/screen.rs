//! The screen flow for an action: a form, the autolaunched flow as a subflow, and what came of it.

use crate::action::{Action, ScalarType};

use super::super::config::FlowConfig;
use super::super::model::{
    Choice, Connector, Flow, Node, Parameter, Screen, ScreenField, Subflow, Value,
};
use super::super::names::Names;
use super::super::text::{Text, html};
use super::call::constant_of;
use super::plan::{InputVariable, Plan};
use super::{empty_flow, flow_description, flow_label};

/// Lowers the form. A list cannot be entered on it and is left out.
pub(super) fn lower(
    action: &Action,
    plan: &Plan,
    call: &Flow,
    name: Text,
    names: &mut Names,
    config: &FlowConfig,
) -> Flow {
    let label = format!("{} Screen", flow_label(action));
    let first = format!(
        "Asks for what the action {} needs, runs the flow {}, and shows the outcome.",
        action.label, call.name
    );
    let mut flow = empty_flow(
        name,
        &label,
        &flow_description(action, &first),
        "Flow",
        config,
    );
    let (enter, run, show) = (
        names.claim_fixed("Enter Values"),
        names.claim("run", &format!("Run {}", flow_label(action))),
        names.claim_fixed("Show Outcome"),
    );
    let (mut fields, mut inputs) = (Vec::new(), Vec::new());
    for input in plan.inputs.iter().filter(|input| input.fits_a_screen()) {
        let field = field(input, &mut flow, names);
        inputs.push(Parameter {
            name: input.name.clone(),
            value: Value::Reference(field.name.clone()),
        });
        fields.push(field);
    }
    flow.start = Some(Connector::to(&enter));
    flow.screens.push(Screen {
        node: Node::new(&enter, &flow_label(action), Some("Asks for the inputs.")),
        allow_back: false,
        connector: Some(Connector::to(&run)),
        fields,
    });
    flow.subflows.push(Subflow {
        node: Node::new(&run, &flow_label(action), Some("Calls the action.")),
        connector: Some(Connector::to(&show)),
        flow_name: call.name.clone(),
        inputs,
    });
    flow.screens.push(Screen {
        node: Node::new(&show, "Outcome", Some("Shows what came of it.")),
        allow_back: false,
        connector: None,
        fields: vec![outcome(&run, call, names)],
    });
    flow
}

/// The field that asks for an input, with a choice for each value that it may have.
pub(super) fn field(input: &InputVariable, flow: &mut Flow, names: &mut Names) -> ScreenField {
    let name = names.claim(&input.key, &input.label);
    let mut choices = Vec::new();
    for choice in &input.choices {
        let constant = names.claim(&choice.key, choice.constant.as_str());
        flow.constants
            .push(constant_of(input, choice, constant.clone()));
        let choice_name = names.claim(
            &format!("choice {}", choice.key),
            &format!("Choice {} {}", input.label, choice.label),
        );
        flow.choices.push(Choice {
            description: choice.description.as_deref().map(Text::new),
            name: choice_name.clone(),
            text: Text::new(&html(&choice.label)),
            value: Value::Reference(constant),
        });
        choices.push(choice_name);
    }
    let is_choice = !choices.is_empty();
    ScreenField {
        name,
        choices,
        data_type: Some(input.ty.as_str()),
        text: Text::new(&html(&input.label)),
        field_type: if is_choice {
            "RadioButtons"
        } else {
            "InputField"
        },
        help: input
            .description
            .as_deref()
            .map(|text| Text::new(&html(text))),
        // A checkbox always has a value.
        is_required: Some(input.required || input.ty.is(ScalarType::Boolean)),
        scale: input.ty.scale(),
        default: None,
    }
}

/// The outputs of the subflow, one line each.
fn outcome(run: &Text, call: &Flow, names: &mut Names) -> ScreenField {
    let text: String = call
        .variables
        .iter()
        .filter(|variable| variable.is_output)
        .map(|variable| {
            let name = variable.name.as_str();
            format!("<p>{}: {{!{run}.{name}}}</p>", name.replace('_', " "))
        })
        .collect();
    ScreenField::display(&names.claim_fixed("Outcome Text"), &text)
}
