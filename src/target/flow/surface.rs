//! What others can use of a flow.

use super::model::{Flow, Value, Variable};
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
    let choices = flow.choices.iter().map(|one| (&one.name, &one.value));
    let constants = flow.constants.iter().map(|one| (&one.name, &one.value));
    for (own, value) in choices.chain(constants) {
        if let Some(value) = literal(value) {
            to.add_part(Target::Flow, Kind::Choice, &name, &own.to_string(), &value);
        }
    }
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
