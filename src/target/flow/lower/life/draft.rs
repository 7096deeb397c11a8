//! A flow in the making, and the elements that the flows of a lifecycle share.

use std::borrow::Cow;

use crate::action::ScalarType;

use super::super::super::config::FlowConfig;
use super::super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Flow, Node, Parameter, Rule,
    Subflow, Value, Variable,
};
use super::super::super::names::Names;
use super::super::super::text::Text;
use super::super::super::types::FlowType;
use super::super::{Interface, assign, plan::InputVariable, variable};

/// An element to be: its name and its label.
pub(super) struct Element {
    pub name: Text,
    pub label: String,
}

impl Element {
    /// The output of this subflow.
    pub(super) fn output(&self, name: &str) -> Text {
        Text::new(&format!("{}.{name}", self.name))
    }

    pub(super) fn connector(&self) -> Option<Connector> {
        Some(Connector::to(&self.name))
    }

    /// A way back up, or out of a loop.
    pub(super) fn jump(&self) -> Option<Connector> {
        Some(Connector::jump(&self.name))
    }
}

/// The outputs that every flow has, in the order in which they are claimed.
pub(super) struct Report {
    pub state: Text,
    pub error_message: Text,
    pub error_details: Text,
    pub response_code: Text,
}

/// A flow in the making.
pub(super) struct Draft<'c> {
    pub flow: Flow,
    pub names: Names,
    pub config: &'c FlowConfig,
}

/// What a decision leads to: the label of the outcome, its conditions, and where it leads.
pub(super) type Outcome = (String, Cow<'static, str>, Vec<Condition>, Option<Connector>);

impl Draft<'_> {
    pub(super) fn element(&mut self, label: &str) -> Element {
        Element {
            name: self.names.claim_fixed(label),
            label: label.to_owned(),
        }
    }

    pub(super) fn assign(
        &mut self,
        element: &Element,
        description: &str,
        items: Vec<AssignmentItem>,
        connector: Option<Connector>,
    ) {
        self.flow.assignments.push(Assignment {
            node: Node::new(&element.name, &element.label, Some(description)),
            items,
            connector,
        });
    }

    pub(super) fn decide(
        &mut self,
        element: &Element,
        description: &str,
        outcomes: Vec<Outcome>,
        default: (&str, Option<Connector>),
    ) {
        let mut rules = Vec::new();
        for (label, logic, conditions, connector) in outcomes {
            rules.push(Rule {
                name: self
                    .names
                    .claim_fixed(&format!("{} {label}", element.label)),
                label: Text::new(&label),
                logic,
                conditions,
                connector,
            });
        }
        self.flow.decisions.push(Decision {
            node: Node::new(&element.name, &element.label, Some(description)),
            default_connector: default.1,
            default_label: Text::new(default.0),
            rules,
        });
    }

    pub(super) fn run(
        &mut self,
        element: &Element,
        description: &str,
        flow: &Text,
        inputs: Vec<Parameter>,
        connector: Option<Connector>,
    ) {
        self.flow.subflows.push(Subflow {
            node: Node::new(&element.name, &element.label, Some(description)),
            connector,
            flow_name: flow.clone(),
            inputs,
        });
    }

    fn text(&self) -> FlowType {
        FlowType::new(ScalarType::String, self.config)
    }

    /// A variable for text.
    pub(super) fn text_variable(&self, name: &Text, description: &str) -> Variable {
        variable(name, self.text(), Some(description))
    }

    /// A variable for a whole number.
    pub(super) fn number_variable(&self, name: &Text, description: &str) -> Variable {
        let whole = FlowType {
            scalar: ScalarType::Number,
            scale: Some(0),
        };
        variable(name, whole, Some(description))
    }

    /// The outputs that tell how the flow ended.
    pub(super) fn report(&mut self) -> Report {
        let report = Report {
            state: self.names.claim_fixed("State"),
            error_message: self.names.claim_fixed("Error Message"),
            error_details: self.names.claim_fixed("Error Details"),
            response_code: self.names.claim_fixed("Response Code"),
        };
        let variables = [
            self.text_variable(
                &report.state,
                "How it ended, in one word: Success, Busy, or what went wrong.",
            ),
            self.text_variable(
                &report.error_message,
                "What went wrong, for people. Empty after a success.",
            ),
            self.text_variable(
                &report.error_details,
                "The words of the service, or the fault message.",
            ),
            self.number_variable(
                &report.response_code,
                "The number that the service answered with last. Empty if it did not.",
            ),
        ];
        self.flow
            .variables
            .extend(variables.into_iter().map(output));
        report
    }

    /// Takes over from a subflow how it ended; its state, or another one.
    pub(super) fn take_over(
        report: &Report,
        from: &Element,
        has_response_code: bool,
        state: Option<&str>,
    ) -> Vec<AssignmentItem> {
        let of = |name: &str| Value::Reference(from.output(name));
        let state = state.map_or_else(|| of("State"), |state| Value::Text(Text::new(state)));
        let mut items = vec![
            assign(&report.state, state),
            assign(&report.error_message, of("Error_Message")),
            assign(&report.error_details, of("Error_Details")),
        ];
        items.extend(has_response_code.then(|| assign(&report.response_code, of("Response_Code"))));
        items
    }

    /// Input variables for the inputs of another flow that have no role, and what they are given to.
    pub(super) fn pass<'i>(
        &mut self,
        of: &'i Interface,
        has_role: impl Fn(usize, &'i InputVariable) -> bool,
    ) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for (index, input) in of.inputs.iter().enumerate() {
            if has_role(index, input) {
                continue;
            }
            let key = format!("{} {}", of.label, input.key);
            let labels = [&*input.label, &format!("{} {}", of.label, input.label)];
            let name = self.names.claim_first(&key, &labels);
            self.flow.variables.push(Variable {
                description: input.description.as_deref().map(Text::new),
                name: name.clone(),
                apex_class: input.ty.class().cloned(),
                data_type: input.ty.as_str(),
                is_collection: input.is_list,
                is_input: true,
                is_output: false,
                scale: input.ty.scale(),
                is_required: input.required,
                default: None,
            });
            parameters.push(parameter(&input.name, &name));
        }
        parameters
    }
}

pub(super) fn input(mut variable: Variable) -> Variable {
    variable.is_input = true;
    variable
}

pub(super) fn output(mut variable: Variable) -> Variable {
    variable.is_output = true;
    variable
}

/// A reference as the value of an input.
pub(super) fn parameter(name: &Text, value: &Text) -> Parameter {
    Parameter {
        name: name.clone(),
        value: Value::Reference(value.clone()),
    }
}

pub(super) fn number(value: u8) -> Value {
    Value::Number(Text::new(&format!("{value}.0")))
}

/// Adds to a number, or takes from it; adds to a collection.
pub(super) fn change(to: &Text, operator: &'static str, value: Value) -> AssignmentItem {
    AssignmentItem {
        to: to.clone(),
        operator,
        value,
    }
}

/// One condition for each of some values of a state.
pub(super) fn states(state: &Text, words: &[&str]) -> Vec<Condition> {
    let condition = |word: &&str| Condition {
        left: state.clone(),
        operator: "EqualTo",
        right: Value::Text(Text::plain(word)),
    };
    words.iter().map(condition).collect()
}

/// Whether a number is above 0.
pub(super) fn is_left(number: &Text) -> Vec<Condition> {
    vec![Condition {
        left: number.clone(),
        operator: "GreaterThan",
        right: Value::Number(Text::new("0.0")),
    }]
}

/// Whether a text has no value.
pub(super) fn is_empty(text: &Text) -> Vec<Condition> {
    vec![
        Condition {
            left: text.clone(),
            operator: "IsNull",
            right: Value::Boolean(true),
        },
        Condition {
            left: text.clone(),
            operator: "EqualTo",
            right: empty(),
        },
    ]
}

/// Text without a letter.
pub(super) fn empty() -> Value {
    Value::Reference(Text::new("$GlobalConstant.EmptyString"))
}
