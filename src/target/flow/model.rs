//! The parts of a flow as its metadata names them, in final text: the templates only lay them out.
//!
//! Structs mirror the types of the Metadata API (`FlowVariable`, `FlowActionCall` …) as far as they are used.
//! Their order in a file is that of the WSDL: children of the root by alphabet; inside an element
//! `description`, `name`, `label`, `locationX` and `locationY` first, then its own by alphabet.

use askama::Template;

use std::borrow::Cow;

use super::text::Text;

/// A flow: one `.flow-meta.xml` file.
#[derive(Debug, Template)]
#[template(path = "flow/flow.xml", config = "templates/askama.toml")]
pub(crate) struct Flow {
    /// The API name, which is the file's name.
    pub name: Text,
    pub api_version: Text,
    pub description: Text,
    pub interview_label: Text,
    pub label: Text,
    pub process_type: &'static str,
    pub status: &'static str,
    pub start: Option<Connector>,
    /// Where Start stands; its top is at 0.
    pub start_x: i32,
    pub action_calls: Vec<ActionCall>,
    pub assignments: Vec<Assignment>,
    pub choices: Vec<Choice>,
    pub constants: Vec<Constant>,
    pub decisions: Vec<Decision>,
    pub formulas: Vec<Formula>,
    pub loops: Vec<Loop>,
    pub screens: Vec<Screen>,
    pub subflows: Vec<Subflow>,
    pub text_templates: Vec<TextTemplate>,
    pub variables: Vec<Variable>,
    pub waits: Vec<Wait>,
}

/// What every element on the canvas has (`FlowNode`).
#[derive(Debug)]
pub(crate) struct Node {
    pub description: Option<Text>,
    pub name: Text,
    pub label: Text,
    pub x: i32,
    pub y: i32,
}

impl Node {
    /// A node whose place is not known yet.
    pub fn new(name: &Text, label: &str, description: Option<&str>) -> Self {
        Self {
            description: description.map(Text::new),
            name: name.clone(),
            label: Text::new(label),
            x: 0,
            y: 0,
        }
    }
}

/// The way from one element to the next (`FlowConnector`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Connector {
    pub target: Text,
    /// Whether the canvas shows it as a jump instead of a line.
    pub go_to: bool,
}

impl Connector {
    pub fn to(target: &Text) -> Self {
        Self {
            target: target.clone(),
            go_to: false,
        }
    }

    pub fn jump(target: &Text) -> Self {
        Self {
            target: target.clone(),
            go_to: true,
        }
    }
}

/// A value or a reference to one (`FlowElementReferenceOrValue`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Reference(Text),
    Text(Text),
    Number(Text),
    Boolean(bool),
}

#[derive(Debug)]
pub(crate) struct ActionCall {
    pub node: Node,
    pub action_name: Text,
    pub action_type: Text,
    pub connector: Option<Connector>,
    pub fault_connector: Option<Connector>,
    pub transaction_model: &'static str,
    pub inputs: Vec<Parameter>,
    pub name_segment: Text,
}

/// An input of an action or a subflow, and what it gets.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub name: Text,
    pub value: Value,
}

#[derive(Debug)]
pub(crate) struct Assignment {
    pub node: Node,
    pub items: Vec<AssignmentItem>,
    pub connector: Option<Connector>,
}

#[derive(Debug, Clone)]
pub(crate) struct AssignmentItem {
    pub to: Text,
    pub operator: &'static str,
    pub value: Value,
}

#[derive(Debug)]
pub(crate) struct Choice {
    pub description: Option<Text>,
    pub name: Text,
    pub text: Text,
    pub value: Value,
}

#[derive(Debug)]
pub(crate) struct Constant {
    pub description: Option<Text>,
    pub name: Text,
    pub value: Value,
}

#[derive(Debug)]
pub(crate) struct Decision {
    pub node: Node,
    pub default_connector: Option<Connector>,
    pub default_label: Text,
    pub rules: Vec<Rule>,
}

/// What is computed whenever somebody asks.
#[derive(Debug)]
pub(crate) struct Formula {
    pub description: Option<Text>,
    pub name: Text,
    pub data_type: &'static str,
    pub expression: Text,
}

/// An outcome of a decision.
#[derive(Debug)]
pub(crate) struct Rule {
    pub name: Text,
    pub label: Text,
    /// `and`, `or`, or an expression of the numbers of the conditions.
    pub logic: Cow<'static, str>,
    pub conditions: Vec<Condition>,
    pub connector: Option<Connector>,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub left: Text,
    pub operator: &'static str,
    pub right: Value,
}

/// A way through a collection, from its first element to its last. The element is referred to by the loop's name.
#[derive(Debug)]
pub(crate) struct Loop {
    pub node: Node,
    pub collection: Text,
    pub next_connector: Option<Connector>,
    pub done_connector: Option<Connector>,
}

#[derive(Debug)]
pub(crate) struct Screen {
    pub node: Node,
    pub allow_back: bool,
    pub connector: Option<Connector>,
    pub fields: Vec<ScreenField>,
}

#[derive(Debug)]
pub(crate) struct ScreenField {
    pub name: Text,
    pub choices: Vec<Text>,
    pub data_type: Option<&'static str>,
    pub text: Text,
    pub field_type: &'static str,
    pub help: Option<Text>,
    /// Whether the screen must not be left without a value; none where it takes no value.
    pub is_required: Option<bool>,
    pub scale: Option<u8>,
    /// What it holds at first.
    pub default: Option<Value>,
}

impl ScreenField {
    /// Text for people, which is HTML.
    pub fn display(name: &Text, text: &str) -> Self {
        Self {
            name: name.clone(),
            choices: Vec::new(),
            data_type: None,
            text: Text::new(text),
            field_type: "DisplayText",
            help: None,
            is_required: None,
            scale: None,
            default: None,
        }
    }

    /// A question that is answered with yes or no. A checkbox always has a value.
    pub fn checkbox(name: &Text, label: &str) -> Self {
        Self {
            data_type: Some("Boolean"),
            field_type: "InputField",
            is_required: Some(true),
            ..Self::display(name, label)
        }
    }

    /// Room for a long text.
    pub fn long_text(name: &Text, label: &str, help: &str, default: Value) -> Self {
        Self {
            field_type: "LargeTextArea",
            help: Some(Text::new(help)),
            is_required: Some(true),
            default: Some(default),
            ..Self::display(name, label)
        }
    }
}

#[derive(Debug)]
pub(crate) struct Subflow {
    pub node: Node,
    pub connector: Option<Connector>,
    pub flow_name: Text,
    pub inputs: Vec<Parameter>,
}

/// Text with merge fields.
#[derive(Debug)]
pub(crate) struct TextTemplate {
    pub description: Option<Text>,
    pub name: Text,
    pub text: Text,
}

/// A pause of some minutes.
#[derive(Debug)]
pub(crate) struct Wait {
    pub node: Node,
    pub event: Text,
    pub minutes: u16,
    pub connector: Option<Connector>,
}

#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub description: Option<Text>,
    pub name: Text,
    /// The class of an Apex-defined variable.
    pub apex_class: Option<Text>,
    pub data_type: &'static str,
    pub is_collection: bool,
    pub is_input: bool,
    pub is_output: bool,
    pub scale: Option<u8>,
    /// Whether the flow does nothing without it, which is not part of its metadata.
    pub is_required: bool,
    /// What it holds if nobody gives it a value.
    pub default: Option<Value>,
}
