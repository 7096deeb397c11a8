//! What a flow needs to fill the inputs of an action.

use super::super::model::{AssignmentItem, Parameter};
use super::super::text::Text;
use super::super::types::FlowType;

/// How a flow fills the inputs of an action.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The flow's input variables.
    pub inputs: Vec<InputVariable>,
    /// The Apex-defined variables, one per Apex-defined input.
    pub records: Vec<Record>,
    /// The action's parameters.
    pub parameters: Vec<Parameter>,
}

/// An input variable of the flow.
#[derive(Debug)]
pub(super) struct InputVariable {
    /// What tells it from others, whatever it is called.
    pub key: String,
    pub name: Text,
    pub label: String,
    pub description: Option<String>,
    pub ty: FlowType,
    pub is_list: bool,
    pub required: bool,
    /// The values it may have; none where any will do.
    pub choices: Vec<ChoiceValue>,
}

/// One of the values that an input variable may have.
#[derive(Debug)]
pub(super) struct ChoiceValue {
    /// What tells it from others.
    pub key: String,
    pub wire: String,
    pub label: String,
    pub description: Option<String>,
    /// The name of its constant.
    pub constant: Text,
}

/// An Apex-defined variable, and what fills it.
#[derive(Debug)]
pub(super) struct Record {
    /// What tells it from others.
    pub key: String,
    pub name: Text,
    pub label: String,
    pub description: String,
    pub apex_class: Text,
    /// What is always set.
    pub required: Vec<AssignmentItem>,
    /// What is set if its inputs are given.
    pub optional: Vec<Optional>,
}

/// Properties that are set if their inputs are given.
#[derive(Debug)]
pub(super) struct Optional {
    /// What tells them from others.
    pub key: String,
    pub label: String,
    pub description: Option<String>,
    /// The inputs, as indices into [`Plan::inputs`].
    pub given: Vec<usize>,
    pub items: Vec<AssignmentItem>,
    /// An element of a list: the variable that is filled, its class, and the variable of the list.
    pub element: Option<ElementVariables>,
}

/// The variables for an element of a list.
#[derive(Debug)]
pub(super) struct ElementVariables {
    pub element: Text,
    pub list: Text,
    pub apex_class: Text,
}

impl Optional {
    pub(super) fn new(key: &str, label: &str, description: Option<&str>) -> Self {
        Self {
            key: key.to_owned(),
            label: label.to_owned(),
            description: description.map(str::to_owned),
            given: Vec::new(),
            items: Vec::new(),
            element: None,
        }
    }
}
