//! What others can use of a flow.

use std::collections::BTreeSet;

use super::model::{Constant, Flow, Value, Variable};
use crate::surface::{Kind, Surface};
use crate::target::Target;

/// Adds a flow and its variables.
pub(super) fn add(flow: &Flow, to: &mut Surface) {
    let name = flow.name.to_string();
    to.add(Target::Flow, Kind::Flow, &name, "");
    for variable in &flow.variables {
        let ty = type_of(variable);
        let own = variable.name.to_string();
        let kinds = [
            (variable.is_input, Kind::Input),
            (variable.is_output, Kind::Output),
            (!variable.is_input && !variable.is_output, Kind::Variable),
        ];
        for (_, kind) in kinds.into_iter().filter(|(is_it, _)| *is_it) {
            to.add_part(Target::Flow, kind, &name, &own, &ty);
        }
    }
    let is_offered = |constant: &Constant| {
        let mut values = flow.choices.iter().map(|choice| &choice.value);
        values.any(|value| matches!(value, Value::Reference(of) if *of == constant.name))
    };
    let choices = flow.choices.iter();
    let choices = choices.map(|one| (Kind::Choice, &one.name, &one.value));
    let constants = flow.constants.iter().map(|one| match is_offered(one) {
        true => (Kind::Choice, &one.name, &one.value),
        false => (Kind::FlowConstant, &one.name, &one.value),
    });
    for (kind, own, value) in choices.chain(constants) {
        if let Some(value) = literal(value) {
            to.add_part(Target::Flow, kind, &name, &own.to_string(), &value);
        }
    }
    for (output, text) in words(flow) {
        to.add_part(
            Target::Flow,
            Kind::OutputValue,
            &name,
            &format!("{output} = {text}"),
            "",
        );
    }
}

/// The texts that a flow gives its outputs, by the names of these.
fn words(flow: &Flow) -> BTreeSet<(String, String)> {
    let outputs = flow.variables.iter().filter(|variable| variable.is_output);
    let outputs: BTreeSet<String> = outputs.map(|variable| variable.name.to_string()).collect();
    let items = flow
        .assignments
        .iter()
        .flat_map(|assignment| &assignment.items);
    let texts = items.filter_map(|item| match &item.value {
        Value::Text(text) if item.operator == "Assign" => {
            Some((item.to.to_string(), text.to_string()))
        }
        _ => None,
    });
    texts
        .filter(|(output, _)| outputs.contains(output))
        .collect()
}

/// A value that does not depend on others.
fn literal(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(text) => Some(text.to_string()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Reference(_) => None,
    }
}

fn type_of(variable: &Variable) -> String {
    let one = match &variable.apex_class {
        Some(class) => class.to_string(),
        None => variable.data_type.to_owned(),
    };
    if variable.is_collection {
        format!("collection of {one}")
    } else {
        one
    }
}
