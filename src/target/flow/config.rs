//! Options of the Flow target.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::target::chosen::Chosen;

/// Options of the Flow target.
///
/// ```
/// use flowtypes::{Generator, Target};
/// use flowtypes::config::{Chosen, ChosenWord, Pictures};
///
/// let schema = r#"{"title": "Delivery", "type": "object", "properties": {"id": {"type": "string"}}}"#;
/// let output = Generator::new()
///     .schema_text("delivery.json", schema)
///     .target(Target::Flow)
///     .configure(|config| {
///         config.flow.types = Chosen::Word(ChosenWord::All);
///         config.flow.pictures = Pictures::Svg;
///     })
///     .plan()?;
/// assert!(output.files.iter().any(|(path, _)| path.ends_with(".svg")));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct FlowConfig {
    /// The API version of the flows. The action type `api` needs 66.0 (Spring '26) or later.
    pub api_version: String,
    /// The status that flows are deployed with. An active flow needs an org that lets flows be deployed as
    /// active.
    pub status: FlowStatus,
    /// How a flow reaches the properties of a context variable, where the evidence and the help page differ.
    pub context_variable_path: ContextVariablePath,
    /// Types for which there is a screen flow that asks for values: names of schemas, with `#` and a JSON pointer for
    /// a part of one, as in `order#/$defs/money`; or all root types that are objects. The Apex target makes their classes.
    pub types: Chosen,
    /// Unions and enums for which there is a flow that reads JSON text and goes another way for each alternative or value:
    /// names of unions as for `types`, or of properties, as in `order#/properties/state`. What holds them needs an action
    /// that parses it (`apex.actions`).
    pub branches: Vec<String>,
    /// For which actions there is a screen flow beside the autolaunched flow.
    pub screen_flows: ScreenFlows,
    /// Whether there is a picture of each flow, in `flow/pictures/` beside the flows.
    #[serde(skip_serializing_if = "Pictures::is_none")]
    pub pictures: Pictures,
    /// Whether an action runs in the transaction that the flow is in.
    pub transaction_model: TransactionModel,
    /// The decimal places of a variable for a number that need not be whole, 0 to 17.
    pub decimal_places: u8,
    /// API names, such as `{"end-session#": "Close_Session", "session-ended-message#/properties/reason": "Why"}`. A key
    /// is the name of a file without its extension, `#`, and a JSON pointer: that of an action descriptor for its flow,
    /// of an input in it (`end-session#/inputs/1`) or of a property of a schema for their variables.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

impl Default for FlowConfig {
    fn default() -> Self {
        Self {
            api_version: "66.0".to_owned(),
            status: FlowStatus::Draft,
            context_variable_path: ContextVariablePath::Observed,
            types: Chosen::default(),
            branches: Vec::new(),
            screen_flows: ScreenFlows::Choices,
            pictures: Pictures::None,
            transaction_model: TransactionModel::CurrentTransaction,
            decimal_places: 8,
            names: BTreeMap::new(),
        }
    }
}

/// The status that flows are deployed with: a part of `FlowVersionStatus` of the Metadata API.
///
/// ```
/// use flowtypes::{Generator, config::FlowStatus};
///
/// let generator = Generator::new()
///     .schema("schemas")
///     .configure(|config| config.flow.status = FlowStatus::Active);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum FlowStatus {
    /// Nothing runs until somebody activates it.
    Draft,
    /// It runs as soon as it is deployed.
    Active,
}

impl FlowStatus {
    /// The word in metadata.
    #[must_use]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Active => "Active",
        }
    }
}

/// How a flow reaches the properties of a context variable.
///
/// ```
/// use flowtypes::{Generator, config::ContextVariablePath};
///
/// let generator = Generator::new()
///     .schema("schemas")
///     .configure(|config| config.flow.context_variable_path = ContextVariablePath::HelpPage);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ContextVariablePath {
    /// As seen in debug logs of real flows: a variable of the wrapper class gets `TextVariable.name` and
    /// `TextVariable.value`, and is added to the `variables` of the request.
    Observed,
    /// As the help page of Start Session says: `message.TextVariable.name` and `message.TextVariable.text` of
    /// the request. The published API has no `message` in this request, so expect the deployment to refuse it.
    HelpPage,
}

/// For which actions there is a screen flow.
///
/// ```
/// use flowtypes::{Generator, config::ScreenFlows};
///
/// let generator = Generator::new()
///     .schema("schemas")
///     .configure(|config| config.flow.screen_flows = ScreenFlows::All);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ScreenFlows {
    /// For actions with an input that is a choice from a list, such as the reason of End Session.
    Choices,
    /// For all actions.
    All,
    /// For none.
    None,
}

/// Whether there is a picture of each flow.
///
/// ```
/// use flowtypes::{Generator, config::Pictures};
///
/// // For a README on a site that draws Mermaid.
/// let generator = Generator::new()
///     .schema("schemas")
///     .configure(|config| config.flow.pictures = Pictures::Mermaid);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Pictures {
    /// No pictures.
    None,
    /// An image, to look at before a flow is deployed.
    Svg,
    /// Text for a page that draws Mermaid, such as a README.
    Mermaid,
}

impl Pictures {
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// Whether an action runs in the transaction that the flow is in: `FlowTransactionModel` of the Metadata API.
///
/// ```
/// use flowtypes::{Generator, config::TransactionModel};
///
/// let generator = Generator::new()
///     .schema("schemas")
///     .configure(|config| config.flow.transaction_model = TransactionModel::NewTransaction);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum TransactionModel {
    /// The flow decides when it runs.
    Automatic,
    /// A new transaction for the action.
    NewTransaction,
    /// The transaction that the flow is in. Flow Builder writes this for autolaunched flows.
    CurrentTransaction,
}

impl TransactionModel {
    /// The word in metadata.
    #[must_use]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "Automatic",
            Self::NewTransaction => "NewTransaction",
            Self::CurrentTransaction => "CurrentTransaction",
        }
    }
}
