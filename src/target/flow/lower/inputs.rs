//! From the inputs of an action to the variables that fill them.

use crate::action::{Action, ApexType, DataType, Input, ScalarType, SchemaRoots};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

use super::super::config::FlowConfig;
use super::super::model::{Parameter, Value};
use super::super::names::{self, Names};
use super::super::text::Text;
use super::super::types::{FlowType, MAX_CHOICES, is_exact};
use super::plan::{ChoiceValue, InputVariable, Plan, Record, VariableType};
use crate::target::apex::platform::platform_path;

/// So many properties that a flow leaves alone are listed in a description.
const MAX_LISTED: usize = 20;

/// Plans the inputs of an action that agrees with its schemas; none if one of them cannot be filled.
pub(super) fn plan(
    action: &Action,
    roots: &SchemaRoots<'_, '_>,
    config: &FlowConfig,
    names: &mut Names,
    diagnostics: &mut Diagnostics,
) -> Option<Plan> {
    let mut planner = Planner {
        action,
        roots,
        config,
        names,
        diagnostics,
        plan: Plan::default(),
        sound: true,
    };
    for (index, input) in action.inputs.iter().enumerate() {
        // What the platform keeps for itself stays empty.
        if !input.reserved {
            planner.input(index, input);
        }
    }
    planner.sound.then_some(planner.plan)
}

/// The plan so far, and what it is made from.
pub(super) struct Planner<'a, 'g, 's> {
    pub action: &'a Action,
    pub roots: &'a SchemaRoots<'g, 's>,
    pub config: &'a FlowConfig,
    pub names: &'a mut Names,
    pub diagnostics: &'a mut Diagnostics,
    pub plan: Plan,
    pub sound: bool,
}

impl Planner<'_, '_, '_> {
    /// Says something about a value of the descriptor.
    pub(super) fn say(&mut self, code: Code, pointer: &str, message: &str, help: &str) {
        let message = format!("action `{}`: {message}", self.action.label);
        let mut diagnostic = Diagnostic::new(code, message).help(help);
        diagnostic.place = self.action.place(pointer);
        self.sound &= diagnostic.severity != Severity::Error;
        self.diagnostics.push(diagnostic);
    }

    fn input(&mut self, index: usize, input: &Input) {
        let variable = match &input.data_type {
            DataType::Scalar(scalar) => {
                let ty = VariableType::Scalar(FlowType::new(*scalar, self.config));
                self.variable_of(input, ty, false)
            }
            DataType::List(list) => {
                let ty = VariableType::Scalar(FlowType::new(list.list, self.config));
                self.variable_of(input, ty, true)
            }
            DataType::Apex(apex) if apex.whole || apex.is_list => {
                let ty = VariableType::Record(Text::new(&apex.apex_class));
                self.variable_of(input, ty, apex.is_list)
            }
            DataType::Apex(apex) => self.record(&format!("/inputs/{index}/type"), input, apex),
        };
        self.plan.parameters.push(Parameter {
            name: Text::new(&input.name),
            value: Value::Reference(variable),
        });
    }

    /// An input variable that the action gets as it is.
    fn variable_of(&mut self, input: &Input, ty: VariableType, is_list: bool) -> Text {
        let label = names::label(&input.label);
        let name = self.names.claim_first(&[&label, &format!("{label} Input")]);
        let mut choices = Vec::new();
        if ty.is(ScalarType::String) && !is_list {
            choices = self.choices(&name, &input.values);
        }
        self.plan.inputs.push(InputVariable {
            name: name.clone(),
            source: input.name.clone(),
            label,
            description: input.description.clone(),
            ty,
            is_list,
            required: input.required,
            choices,
        });
        name
    }

    /// A constant for each text that an input may be; none where they cannot all be offered.
    fn choices(&mut self, name: &Text, values: &[String]) -> Vec<ChoiceValue> {
        if values.len() > MAX_CHOICES || !values.iter().all(|value| is_exact(value)) {
            return Vec::new();
        }
        let choice = |value: &String| ChoiceValue {
            wire: value.clone(),
            label: names::label(value),
            description: None,
            constant: self.names.claim_constant(name.as_str(), value),
        };
        values.iter().map(choice).collect()
    }

    fn record(&mut self, pointer: &str, input: &Input, apex: &ApexType) -> Text {
        let label = names::label(&input.label);
        let name = self
            .names
            .claim_first(&[&label, &format!("{label} Record")]);
        let mut record = Record {
            name: name.clone(),
            description: String::new(),
            apex_class: Text::new(&apex.apex_class),
            required: Vec::new(),
            optional: Vec::new(),
            label,
        };
        let mut left_alone = Vec::new();
        if let Some(root) = self.roots.root(&apex.schema) {
            left_alone = self.properties(pointer, input, apex, root, &mut record);
            for group in &apex.groups {
                self.group(&input.name, root, &mut record, group);
            }
        }
        record.description = describe(input, &left_alone);
        self.plan.records.push(record);
        name
    }
}

/// A reference to a property of an Apex-defined variable.
pub(super) fn reference(variable: &Text, path: &str) -> Text {
    Text::new(&format!("{variable}.{}", platform_path(path)))
}

/// A reference to the twin of a property: the Boolean by which the platform's classes tell null from absent.
pub(super) fn twin(variable: &Text, path: &str) -> Text {
    Text::new(&format!("{variable}.{}_set", platform_path(path)))
}

fn describe(input: &Input, left_alone: &[String]) -> String {
    let mut text = input
        .description
        .clone()
        .unwrap_or_else(|| names::label(&input.label));
    let (shown, rest) = left_alone.split_at(left_alone.len().min(MAX_LISTED));
    if !shown.is_empty() {
        text.push_str("\nThis flow does not set: ");
        text.push_str(&shown.join(", "));
        if !rest.is_empty() {
            text.push_str(&format!(", and {} more", rest.len()));
        }
        text.push('.');
    }
    text
}
