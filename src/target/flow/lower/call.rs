//! The autolaunched flow that calls an action.
//!
//! Its inputs are checked, its Apex-defined variables filled, the action called, and the outcome reported in
//! `State`, `Error_Message`, `Error_Details` and `Response_Code`. Nothing throws: a caller looks at `State`.

use crate::action::{Action, ScalarType, SchemaRoots};

use super::super::config::FlowConfig;
use super::super::model::{
    ActionCall, Assignment, Connector, Constant, Decision, Flow, Node, Rule, Value, Variable,
};
use super::super::names::{self, Names};
use super::super::text::Text;
use super::super::types::FlowType;
use super::guard::check_inputs;
use super::make::make;
use super::outcome::{self, FAULT};
use super::partial::is_given;
use super::plan::{ChoiceValue, InputVariable, Optional, Plan, Record};
use super::{assign, empty_flow, flow_description, flow_label, variable};

/// The names that every flow has, whatever the action.
pub(super) struct Fixed {
    pub action: Text,
    pub state: Text,
    pub error_message: Text,
    pub error_details: Text,
    /// Where the action has such an output.
    pub response_code: Option<Text>,
}

impl Fixed {
    /// Claims the names before all others: other flows refer to them.
    pub(super) fn claim(action: &Action, names: &mut Names) -> Self {
        Self {
            state: names.claim_fixed("State"),
            error_message: names.claim_fixed("Error Message"),
            error_details: names.claim_fixed("Error Details"),
            response_code: action
                .response_code()
                .map(|_| names.claim_fixed("Response Code")),
            action: names.claim("action", &names::label(&action.label)),
        }
    }
}

/// Lowers an action.
pub(super) fn lower(
    action: &Action,
    roots: &SchemaRoots<'_, '_>,
    plan: &Plan,
    fixed: &Fixed,
    name: Text,
    names: &mut Names,
    config: &FlowConfig,
) -> Called {
    let label = flow_label(action);
    let first = action.description.as_deref().unwrap_or(&label);
    let description = flow_description(action, first);
    let mut flow = empty_flow(name, &label, &description, "AutoLaunchedFlow", config);
    declare(&mut flow, plan, fixed, config);

    // From the end to the start, so that every element knows what follows it.
    let (decision, outputs) = outcome::lower(action, roots, fixed, &mut flow, names, config);
    let mut next = decision.clone();
    if let (Some(code), Some(output)) = (&fixed.response_code, action.response_code()) {
        let label = "Read Response Code";
        next = names.claim_fixed(label);
        let reference = Text::new(&format!("{}.{}", fixed.action, output.name));
        flow.assignments.push(Assignment {
            node: Node::new(&next, label, output.description.as_deref()),
            items: vec![assign(code, Value::Reference(reference))],
            connector: Some(Connector::to(&decision)),
        });
    }
    let record_fault = names.claim_fixed("Record Fault");
    flow.assignments.push(Assignment {
        node: Node::new(
            &record_fault,
            "Record Fault",
            Some("Keeps the message of the fault path."),
        ),
        items: vec![
            assign(&fixed.state, Value::Text(Text::new(FAULT))),
            assign(
                &fixed.error_details,
                Value::Reference(Text::new("$Flow.FaultMessage")),
            ),
        ],
        connector: Some(Connector::jump(&decision)),
    });
    flow.action_calls.push(ActionCall {
        node: Node::new(
            &fixed.action,
            &names::label(&action.label),
            Some(&call_description(action)),
        ),
        action_name: Text::new(&action.action_name),
        action_type: Text::new(&action.action_type),
        connector: Some(Connector::to(&next)),
        fault_connector: Some(Connector::to(&record_fault)),
        transaction_model: config.transaction_model.as_str(),
        inputs: plan.parameters.clone(),
        name_segment: Text::new(
            action
                .name_segment
                .as_deref()
                .unwrap_or(&action.action_name),
        ),
    });
    let mut next = fixed.action.clone();
    for record in plan.records.iter().rev() {
        next = fill(record, &plan.inputs, next, &mut flow, names);
    }
    for made in plan.made.iter().rev() {
        next = make(made, &plan.inputs, fixed, next, &mut flow, names);
    }
    next = check_inputs(plan, fixed, next, &mut flow, names);
    flow.start = Some(Connector::to(&next));
    Called { flow, outputs }
}

/// A flow that calls an action, and where the values of the action's outputs are.
pub(super) struct Called {
    pub flow: Flow,
    /// The output variables by the properties that they hold.
    pub outputs: Vec<(String, Text)>,
}

fn call_description(action: &Action) -> String {
    let mut text = action
        .description
        .clone()
        .unwrap_or_else(|| action.label.clone());
    if let Some(category) = &action.category {
        text.push_str(&format!("\nCategory in Flow Builder: {category}."));
    }
    let inferred: Vec<&str> = ["actionName", "actionType"]
        .into_iter()
        .filter(|key| action.inferred.contains_key(&format!("/{key}")))
        .collect();
    if !inferred.is_empty() {
        text.push_str(&format!("\nInferred: {}.", inferred.join(" and ")));
    }
    text
}

/// The variables and constants.
fn declare(flow: &mut Flow, plan: &Plan, fixed: &Fixed, config: &FlowConfig) {
    let text = FlowType::new(ScalarType::String, config);
    let whole = FlowType {
        scalar: ScalarType::Number,
        scale: Some(0),
    };
    let outputs = [
        (
            Some(&fixed.state),
            text,
            "How the call ended, in one word: Success, or what went wrong.",
        ),
        (
            Some(&fixed.error_message),
            text,
            "What went wrong, for people. Empty after a success.",
        ),
        (
            Some(&fixed.error_details),
            text,
            "The words of the service, or the fault message.",
        ),
        (
            fixed.response_code.as_ref(),
            whole,
            "The number that the service answered with. Empty if it did not.",
        ),
    ];
    for (name, ty, description) in outputs {
        let Some(name) = name else { continue };
        let mut output = variable(name, ty, Some(description));
        output.is_output = true;
        flow.variables.push(output);
    }
    for (index, input) in plan.inputs.iter().enumerate() {
        flow.variables.push(Variable {
            description: input.description.as_deref().map(Text::new),
            name: input.name.clone(),
            apex_class: input.ty.class().cloned(),
            data_type: input.ty.as_str(),
            is_collection: input.is_list,
            is_input: true,
            is_output: plan.made.iter().any(|made| made.input == index),
            scale: input.ty.scale(),
            is_required: input.required && !plan.made.iter().any(|made| made.input == index),
            default: None,
        });
        for choice in &input.choices {
            flow.constants
                .push(constant_of(input, choice, choice.constant.clone()));
        }
    }
    for record in &plan.records {
        flow.variables.push(apex_variable(
            &record.name,
            &record.apex_class,
            &record.description,
        ));
        for element in record
            .optional
            .iter()
            .filter_map(|optional| optional.element.as_ref())
        {
            flow.variables.push(apex_variable(
                &element.name,
                &element.apex_class,
                "One element of the list.",
            ));
        }
    }
}

/// The constant for a value that an input may have.
pub(super) fn constant_of(input: &InputVariable, choice: &ChoiceValue, name: Text) -> Constant {
    let description = format!("{}: {}", input.label, choice.label);
    Constant {
        description: Some(Text::new(
            choice.description.as_deref().unwrap_or(&description),
        )),
        name,
        value: Value::Text(Text::new(&choice.wire)),
    }
}

fn apex_variable(name: &Text, class: &Text, description: &str) -> Variable {
    Variable {
        description: Some(Text::new(description)),
        name: name.clone(),
        apex_class: Some(class.clone()),
        data_type: "Apex",
        is_collection: false,
        is_input: false,
        is_output: false,
        scale: None,
        is_required: false,
        default: None,
    }
}

/// The elements that fill an Apex-defined variable; gives the first of them, or `next` if there is nothing to
/// fill.
pub(super) fn fill(
    record: &Record,
    inputs: &[InputVariable],
    mut next: Text,
    flow: &mut Flow,
    names: &mut Names,
) -> Text {
    for optional in record.optional.iter().rev() {
        next = fill_optional(optional, inputs, next, flow, names);
    }
    if record.required.is_empty() {
        return next;
    }
    let label = format!("Set {}", record.label);
    let name = names.claim(&format!("set {}", record.key), &label);
    flow.assignments.push(Assignment {
        node: Node::new(
            &name,
            &label,
            Some("Sets the properties that must be there."),
        ),
        items: record.required.clone(),
        connector: Some(Connector::to(&next)),
    });
    name
}

/// Sets properties together. Those without a value stay untouched, so that nothing is sent for them: a
/// decision goes around the assignment, unless they are always given.
pub(super) fn fill_optional(
    optional: &Optional,
    inputs: &[InputVariable],
    next: Text,
    flow: &mut Flow,
    names: &mut Names,
) -> Text {
    let label = format!("Set {}", optional.label);
    let key = &optional.key;
    let set = names.claim(&format!("set optional {key}"), &label);
    flow.assignments.push(Assignment {
        node: Node::new(&set, &label, optional.description.as_deref()),
        items: optional.items.clone(),
        connector: Some(Connector::to(&next)),
    });
    let Some(test) = is_given(optional, inputs) else {
        return set;
    };
    let label = format!("Check {}", optional.label);
    let decision = names.claim(&format!("check {key}"), &label);
    flow.decisions.push(Decision {
        node: Node::new(&decision, &label, Some("Goes around what was not given.")),
        default_connector: Some(Connector::to(&next)),
        default_label: Text::new("Not Given"),
        rules: vec![Rule {
            name: names.claim(&format!("has {key}"), &format!("Has {}", optional.label)),
            label: Text::new("Given"),
            logic: test.logic.into(),
            conditions: test.conditions,
            connector: Some(Connector::to(&set)),
        }],
    });
    decision
}
