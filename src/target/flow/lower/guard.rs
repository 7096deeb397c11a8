//! Whether the inputs are given, and the decision that looks at them before the call.

use crate::action::ScalarType;

use super::super::model::{Assignment, Condition, Connector, Decision, Flow, Node, Rule, Value};
use super::super::names::Names;
use super::super::text::Text;
use super::assign;
use super::call::Fixed;
use super::outcome::INVALID_INPUT;
use super::partial::{is_partial, message};
use super::plan::{InputVariable, Plan};

/// Conditions that hold if an input has a value (all of them) or has none (any of them). Flow tells null from
/// empty text, and a field on a screen that was left alone gives empty text.
pub(super) fn given(input: &InputVariable, is_given: bool) -> Vec<Condition> {
    let mut conditions = vec![Condition {
        left: input.name.clone(),
        operator: "IsNull",
        right: Value::Boolean(!is_given),
    }];
    if input.ty.is(ScalarType::String) && !input.is_list {
        conditions.push(Condition {
            left: input.name.clone(),
            operator: if is_given { "NotEqualTo" } else { "EqualTo" },
            right: Value::Reference(Text::new("$GlobalConstant.EmptyString")),
        });
    }
    conditions
}

/// A decision on what the service would refuse anyway: a required input without a value, a value that is not
/// one of the choices, and on what cannot be sent: an optional record that is given in part.
pub(super) fn check_inputs(
    plan: &Plan,
    fixed: &Fixed,
    next: Text,
    flow: &mut Flow,
    names: &mut Names,
) -> Text {
    let refuse = |key: &str, label: &str, message: &str, flow: &mut Flow, names: &mut Names| {
        let name = names.claim(key, label);
        flow.assignments.push(Assignment {
            node: Node::new(&name, label, Some("Ends the flow without a call.")),
            items: vec![
                assign(&fixed.state, Value::Text(Text::new(INVALID_INPUT))),
                assign(&fixed.error_message, Value::Text(Text::plain(message))),
            ],
            connector: None,
        });
        name
    };
    let inputs = plan.inputs.as_slice();
    let mut rules = Vec::new();
    let required: Vec<&InputVariable> = inputs.iter().filter(|input| input.required).collect();
    if !required.is_empty() {
        let labels: Vec<&str> = required.iter().map(|input| input.text.as_str()).collect();
        let message = format!(
            "A required input has no value. Required: {}.",
            labels.join(", ")
        );
        let label = "Report Missing Input";
        let target = refuse(label, label, &message, flow, names);
        rules.push(Rule {
            name: names.claim_fixed("Is Input Missing"),
            label: Text::new("Input Missing"),
            logic: "or".into(),
            conditions: required
                .iter()
                .flat_map(|input| given(input, false))
                .collect(),
            connector: Some(Connector::to(&target)),
        });
    }
    for input in inputs.iter().filter(|input| !input.choices.is_empty()) {
        let values: Vec<&str> = input
            .choices
            .iter()
            .map(|choice| choice.wire.as_str())
            .collect();
        let message = format!("{} must be one of: {}.", input.text, values.join(", "));
        let label = format!("Unknown {}", input.label);
        let key = format!("unknown {}", input.key);
        let report = (format!("report {key}"), format!("Report {label}"));
        let target = refuse(&report.0, &report.1, &message, flow, names);
        let mut conditions: Vec<Condition> = input
            .choices
            .iter()
            .map(|choice| Condition {
                left: input.name.clone(),
                operator: "NotEqualTo",
                right: Value::Reference(choice.constant.clone()),
            })
            .collect();
        if !input.required {
            conditions.splice(0..0, given(input, true));
        }
        rules.push(Rule {
            name: names.claim(&format!("is {key}"), &format!("Is {label}")),
            label: Text::new(&label),
            logic: "and".into(),
            conditions,
            connector: Some(Connector::to(&target)),
        });
    }
    let is_made = |index: usize| plan.made.iter().any(|made| made.input == index);
    for group in plan.records.iter().flat_map(|record| &record.optional) {
        let Some(test) = is_partial(group, inputs, is_made) else {
            continue;
        };
        let label = format!("Part of {}", group.label);
        let key = format!("part of {}", group.key);
        let report = (format!("report {key}"), format!("Report {label}"));
        let message = message(group, inputs);
        let target = refuse(&report.0, &report.1, &message, flow, names);
        rules.push(Rule {
            name: names.claim(&format!("is {key}"), &format!("Is {label}")),
            label: Text::new(&label),
            logic: test.logic.into(),
            conditions: test.conditions,
            connector: Some(Connector::to(&target)),
        });
    }
    if rules.is_empty() {
        return next;
    }
    let name = names.claim_fixed("Check Inputs");
    flow.decisions.push(Decision {
        node: Node::new(
            &name,
            "Check Inputs",
            Some("Finds what the service would refuse."),
        ),
        default_connector: Some(Connector::to(&next)),
        default_label: Text::new("Inputs Are Good"),
        rules,
    });
    name
}
