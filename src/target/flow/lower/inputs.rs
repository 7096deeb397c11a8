//! From the inputs of an action to the variables that fill them.

use crate::action::{Action, ApexType, DataType, Input, ScalarType, SchemaRoots};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

use super::super::config::FlowConfig;
use super::super::model::{Parameter, Value};
use super::super::names::{self, Names};
use super::super::text::Text;
use super::super::types::{FlowType, unlisted};
use super::super::wanted::Wanted;
use super::plan::{ChoiceValue, InputVariable, Plan, Record, VariableType, tell_apart};
use crate::target::apex::platform::platform_path;

/// So many properties that a flow leaves alone are listed in a description.
const MAX_LISTED: usize = 20;

/// Plans the inputs of an action that agrees with its schemas; none if one of them cannot be filled.
pub(super) fn plan(
    action: &Action,
    place: &str,
    roots: &SchemaRoots<'_, '_>,
    config: &FlowConfig,
    names: &mut Names,
    wanted: &Wanted<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Plan> {
    let mut planner = Planner {
        action,
        place,
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
    tell_apart(&mut planner.plan.inputs);
    planner.sound.then_some(planner.plan)
}

/// The plan so far, and what it is made from.
pub(super) struct Planner<'a, 'g, 's> {
    pub action: &'a Action,
    /// Where it stands, in the lock.
    pub place: &'a str,
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
        let wanted = self.wanted.of_input(self.place, index);
        self.names.ask(&key, wanted);
        let variable = match &input.data_type {
            DataType::Scalar(scalar) => {
                let ty = VariableType::Scalar(FlowType::new(*scalar, self.config));
                self.variable_of(key, (index, input), ty, false)
            }
            DataType::List(list) => {
                let ty = VariableType::Scalar(FlowType::new(list.list, self.config));
                self.variable_of(key, (index, input), ty, true)
            }
            DataType::Apex(apex) if apex.whole || apex.is_list => {
                let ty = VariableType::Record(Text::new(&apex.apex_class));
                self.variable_of(key, (index, input), ty, apex.is_list)
            }
            DataType::Apex(apex) => self.record(&format!("/inputs/{index}/type"), key, input, apex),
        };
        self.plan.parameters.push(Parameter {
            name: Text::new(&input.name),
            value: Value::Reference(variable),
        });
    }

    /// An input variable that the action gets as it is.
    fn variable_of(
        &mut self,
        key: String,
        (index, input): (usize, &Input),
        ty: VariableType,
        is_list: bool,
    ) -> Text {
        let label = names::label(&input.label);
        let name = self
            .names
            .claim_first(&key, &[&label, &format!("{label} Input")]);
        let mut choices = Vec::new();
        if ty.is(ScalarType::String) && !is_list {
            choices = self.choices(&key, &name, (index, input));
        }
        self.plan.inputs.push(InputVariable {
            key,
            name: name.clone(),
            source: input.name.clone(),
            text: label.clone(),
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
    fn choices(
        &mut self,
        key: &str,
        name: &Text,
        (index, input): (usize, &Input),
    ) -> Vec<ChoiceValue> {
        let values = &input.values;
        if let Some(why) = unlisted(values.iter().map(String::as_str)) {
            let message = format!("`{}` becomes text without choices: {why}", input.name);
            let help = "the service itself refuses other values";
            self.say(
                Code::FlowLossy,
                &format!("/inputs/{index}/values"),
                &message,
                help,
            );
            return Vec::new();
        }
        let labels = names::choice_labels(values.iter().map(String::as_str));
        let choice = |(value, label): (&String, String)| {
            let key = format!("{key} = {value}");
            ChoiceValue {
                wire: value.clone(),
                label,
                description: None,
                constant: self.names.claim_constant(&key, name.as_str(), value),
                key,
            }
        };
        values.iter().zip(labels).map(choice).collect()
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
                self.group(input, root, &mut record, group);
            }
            record.relate();
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
