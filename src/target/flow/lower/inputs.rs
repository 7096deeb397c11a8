//! From the inputs of an action to the variables that fill them.

use crate::action::{Action, ApexType, DataType, Input, SchemaRoots};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

use super::super::config::FlowConfig;
use super::super::model::{Parameter, Value};
use super::super::names::{self, Names};
use super::super::text::Text;
use super::super::types::FlowType;
use super::super::wanted::Wanted;
use super::plan::{InputVariable, Plan, Record};
use crate::target::apex::platform::platform_path;

/// So many properties that a flow leaves alone are listed in a description.
const MAX_LISTED: usize = 20;

/// Plans the inputs of an action that agrees with its schemas; none if one of them cannot be filled.
pub(super) fn plan(
    action: &Action,
    roots: &SchemaRoots<'_, '_>,
    config: &FlowConfig,
    names: &mut Names,
    wanted: &Wanted<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Plan> {
    let mut planner = Planner {
        action,
        roots,
        config,
        names,
        wanted,
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
    pub wanted: &'a Wanted<'a>,
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
        let key = format!("input {}", input.name);
        let wanted = self.wanted.of_input(self.action, index);
        self.names.ask(&key, wanted);
        let variable = match &input.data_type {
            DataType::Scalar(scalar) => {
                let label = names::label(&input.label);
                let name = self
                    .names
                    .claim_first(&key, &[&label, &format!("{label} Input")]);
                self.plan.inputs.push(InputVariable {
                    key,
                    name: name.clone(),
                    label,
                    description: input.description.clone(),
                    ty: FlowType::new(*scalar, self.config),
                    is_list: false,
                    required: input.required,
                    choices: Vec::new(),
                });
                name
            }
            DataType::Apex(apex) => self.record(&format!("/inputs/{index}/type"), key, input, apex),
        };
        self.plan.parameters.push(Parameter {
            name: Text::new(&input.name),
            value: Value::Reference(variable),
        });
    }

    fn record(&mut self, pointer: &str, key: String, input: &Input, apex: &ApexType) -> Text {
        let label = names::label(&input.label);
        let name = self
            .names
            .claim_first(&key, &[&label, &format!("{label} Record")]);
        let mut record = Record {
            key,
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
                self.group(&mut record, group);
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
