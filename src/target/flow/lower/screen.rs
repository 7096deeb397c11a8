//! The screen flow for an action: a form, the autolaunched flow as a subflow, and what came of it.

use crate::action::{Action, ScalarType};

use super::super::config::FlowConfig;
use super::super::model::{
    Choice, Connector, Flow, Node, Parameter, Screen, ScreenField, Subflow, Value,
};
use super::super::names::Names;
use super::super::text::{Text, html};
use super::super::types::FlowType;
use super::call::{constant_of, fill_optional};
use super::plan::{InputVariable, Optional, Plan};
use super::{assign, empty_flow, flow_description, flow_label, variable};

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
    let mut answers = Answers::default();
    for input in plan.inputs.iter().filter(|input| input.fits_a_screen()) {
        let field = match input.may_stay_open() {
            true => answers.ask(input, &mut flow, names, config),
            false => {
                let field = field(input, &mut flow, names);
                inputs.push(parameter(&input.name, &field.name));
                field
            }
        };
        fields.push(field);
    }
    let first = answers.read(run.clone(), &mut flow, names);
    inputs.append(&mut answers.inputs);
    flow.start = Some(Connector::to(&enter));
    flow.screens.push(Screen {
        node: Node::new(&enter, &flow_label(action), Some("Asks for the inputs.")),
        allow_back: false,
        connector: Some(Connector::to(&first)),
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

/// Questions that are answered with yes, no, or not at all.
#[derive(Default)]
struct Answers {
    asked: Vec<InputVariable>,
    given: Vec<Optional>,
    /// What the subflow gets: variables without a value where there is no answer.
    inputs: Vec<Parameter>,
}

impl Answers {
    fn ask(
        &mut self,
        input: &InputVariable,
        flow: &mut Flow,
        names: &mut Names,
        config: &FlowConfig,
    ) -> ScreenField {
        let mut open = input.with_yes_and_no(config);
        let field = field(&open, flow, names);
        open.name = field.name.clone();
        let label = format!("{} Answer", input.label);
        let answer = names.claim(&format!("answer {}", input.key), &label);
        let is_yes = open.is_yes(flow, names);
        let ty = FlowType::new(ScalarType::Boolean, config);
        let about = "True, false, or without a value if nobody has answered.";
        flow.variables.push(variable(&answer, ty, Some(about)));
        self.inputs.push(parameter(&input.name, &answer));
        let mut given = Optional::new(&input.key, &label, None);
        given.given.push(self.asked.len());
        given.items.push(assign(&answer, Value::Reference(is_yes)));
        self.given.push(given);
        self.asked.push(open);
        field
    }

    /// The elements that read the answers; gives the first of them.
    fn read(&mut self, mut next: Text, flow: &mut Flow, names: &mut Names) -> Text {
        for given in self.given.iter().rev() {
            next = fill_optional(given, &self.asked, next, flow, names);
        }
        next
    }
}

fn parameter(name: &Text, value: &Text) -> Parameter {
    Parameter {
        name: name.clone(),
        value: Value::Reference(value.clone()),
    }
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
        text: Text::new(&html(&input.text)),
        field_type: if is_choice {
            "RadioButtons"
        } else {
            "InputField"
        },
        help: input
            .description
            .as_deref()
            .map(|text| Text::new(&html(text))),
        is_required: Some(input.required),
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
