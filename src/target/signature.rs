//! What a flow or an invocable class takes and gives back, for whoever calls it.

/// A flow or an invocable class, as its callers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    /// The API name of the flow, or the name of the class.
    pub name: String,
    pub label: String,
    /// What it does, in a sentence or two.
    pub description: String,
    pub kind: Invocable,
    pub inputs: Vec<Parameter>,
    pub outputs: Vec<Parameter>,
}

/// What can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invocable {
    /// A flow without screens.
    Flow,
    /// A flow that asks a person.
    ScreenFlow,
    /// An Apex class with an invocable method.
    Class,
}

/// An input or an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub name: String,
    pub label: String,
    pub description: Option<String>,
    pub ty: ValueType,
    pub is_list: bool,
    /// Whether nothing is done without it; only of inputs.
    pub is_required: bool,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ValueType {
    Text,
    Boolean,
    Number,
    Date,
    DateTime,
    /// A record of this Apex class.
    Record(String),
}
