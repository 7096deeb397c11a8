//! What callers of a flow need to know.

use super::model::{Flow, Variable};
use crate::target::signature::{Invocable, Parameter, Signature, ValueType};

/// The signature of a flow. Of its description it takes what stands before the first empty line: the rest is for the admin.
pub(super) fn of(flow: &Flow) -> Signature {
    let description = flow.description.raw();
    let description = description.split("\n\n").next().unwrap_or_default();
    let all = |is_wanted: &dyn Fn(&Variable) -> bool| {
        let variables = flow.variables.iter().filter(|one| is_wanted(one));
        variables.map(parameter).collect()
    };
    Signature {
        name: flow.name.raw(),
        label: flow.label.raw(),
        description: description.to_owned(),
        kind: match flow.process_type {
            "AutoLaunchedFlow" => Invocable::Flow,
            _ => Invocable::ScreenFlow,
        },
        inputs: all(&|one| one.is_input),
        outputs: all(&|one| one.is_output),
    }
}

fn parameter(variable: &Variable) -> Parameter {
    let name = variable.name.raw();
    let ty = match (&variable.apex_class, variable.data_type) {
        (Some(class), _) => ValueType::Record(class.raw()),
        (None, "Boolean") => ValueType::Boolean,
        (None, "Number") => ValueType::Number,
        (None, "Date") => ValueType::Date,
        (None, "DateTime") => ValueType::DateTime,
        (None, _) => ValueType::Text,
    };
    Parameter {
        label: name.replace('_', " "),
        name,
        description: variable.description.as_ref().map(|text| text.raw()),
        ty,
        is_list: variable.is_collection,
        is_required: variable.is_required,
    }
}
