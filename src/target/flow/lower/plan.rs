//! What a flow needs to fill the inputs of an action.

use crate::action::{Maker, ScalarType};
use crate::hash::HashMap;
use crate::naming::shortened;

use super::super::limits::MAX_LABEL;
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
    /// The inputs that the flow makes itself if it gets none.
    pub made: Vec<Made>,
    /// The action's parameters.
    pub parameters: Vec<Parameter>,
}

/// An input variable of the flow.
#[derive(Debug)]
pub(super) struct InputVariable {
    /// What tells it from others, whatever it is called.
    pub key: String,
    pub name: Text,
    /// What it fills: the name of an input, and for a part of it `#` and the path of a property.
    pub source: String,
    /// What names are made of.
    pub label: String,
    /// What people read: the label, and more where another input has the same one.
    pub text: String,
    pub description: Option<String>,
    pub ty: VariableType,
    pub is_list: bool,
    pub required: bool,
    /// The values it may have; none where any will do.
    pub choices: Vec<ChoiceValue>,
}

/// An input that the flow makes itself.
#[derive(Debug)]
pub(super) struct Made {
    /// An index into [`Plan::inputs`].
    pub input: usize,
    pub maker: Maker,
}

/// What an input variable holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum VariableType {
    Scalar(FlowType),
    /// A record of an Apex class.
    Record(Text),
}

impl VariableType {
    /// The word in metadata.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Self::Scalar(ty) => ty.scalar.as_str(),
            Self::Record(_) => "Apex",
        }
    }

    pub(super) fn is(&self, scalar: ScalarType) -> bool {
        matches!(self, Self::Scalar(ty) if ty.scalar == scalar)
    }

    /// The decimal places of a number.
    pub(super) fn scale(&self) -> Option<u8> {
        match self {
            Self::Scalar(ty) => ty.scale,
            Self::Record(_) => None,
        }
    }

    /// The Apex class of a record.
    pub(super) fn class(&self) -> Option<&Text> {
        match self {
            Self::Scalar(_) => None,
            Self::Record(class) => Some(class),
        }
    }
}

impl InputVariable {
    /// Whether a field on a screen can ask for it.
    pub(super) fn fits_a_screen(&self) -> bool {
        !self.is_list && self.ty.class().is_none()
    }
}

/// Lets people tell inputs with the same label apart: by the path of the property, else by the input, too.
pub(super) fn tell_apart(inputs: &mut [InputVariable]) {
    let path_of = |input: &InputVariable| {
        let path = input.source.split_once('#');
        path.map_or(&*input.source, |(_, path)| path).to_owned()
    };
    for more in [path_of, |input: &InputVariable| input.source.clone()] {
        let mut count: HashMap<String, usize> = HashMap::default();
        for input in &*inputs {
            *count.entry(input.text.to_lowercase()).or_default() += 1;
        }
        for input in &mut *inputs {
            if count
                .get(&input.text.to_lowercase())
                .is_some_and(|many| *many > 1)
            {
                let more = format!(" ({})", more(input));
                let room = MAX_LABEL.saturating_sub(more.len());
                input.text = format!("{}{more}", shortened(&input.label, room));
            }
        }
    }
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

impl Record {
    /// What is set together with a group of properties, or always.
    pub(super) fn items_of(&mut self, group: Option<usize>) -> &mut Vec<AssignmentItem> {
        match group.and_then(|index| self.optional.get_mut(index)) {
            Some(optional) => &mut optional.items,
            None => &mut self.required,
        }
    }
}

/// Properties that are set if their inputs are given.
#[derive(Debug)]
pub(super) struct Optional {
    /// What tells them from others.
    pub key: String,
    pub label: String,
    pub description: Option<String>,
    /// The inputs that must be given, as indices into [`Plan::inputs`].
    pub given: Vec<usize>,
    /// The properties that these belong to, as an index into [`Record::optional`].
    pub within: Option<usize>,
    /// What those must have, and the inputs of the properties that belong to these: see [`Record::relate`].
    pub outer: Vec<usize>,
    pub below: Vec<usize>,
    pub items: Vec<AssignmentItem>,
    /// An element of a list: the variable that is filled, and its class.
    pub element: Option<ElementVariable>,
}

/// The variable for an element of a list.
#[derive(Debug)]
pub(super) struct ElementVariable {
    pub name: Text,
    pub apex_class: Text,
}

impl Optional {
    pub(super) fn new(key: &str, label: &str, description: Option<&str>) -> Self {
        Self {
            key: key.to_owned(),
            label: label.to_owned(),
            description: description.map(str::to_owned),
            given: Vec::new(),
            within: None,
            outer: Vec::new(),
            below: Vec::new(),
            items: Vec::new(),
            element: None,
        }
    }
}
