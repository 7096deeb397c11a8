//! Action descriptors: what Flow needs to know to call an action.
//!
//! A descriptor is a small JSON document. It names the action, its inputs and its outputs, and says which of
//! these values are inferred rather than taken from a published source. The structure of an Apex-defined input
//! comes from a schema of the run; the class itself is the platform's and is only referred to.

mod check;
mod lifecycle;
pub(crate) mod openapi;
mod roots;
mod service;
mod types;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;

pub use lifecycle::{Descriptors, Later, Lifecycle, Reason};
pub(crate) use roots::{SchemaRoots, is_step, property, settle};
pub use service::Service;
pub use types::{ApexType, DataType, ListType, ScalarType};

/// An action that a flow can call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Action {
    /// Where editors find the JSON Schema of this file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The action's name in Flow Builder, such as `Start Session`. The action element gets it as its label.
    pub label: String,
    /// The label of the flow that calls the action; by default `label`, with `Call` before it if that is one
    /// word. The flow's API name is made from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_label: Option<String>,
    /// The category of the action in Flow Builder, such as `AI Agent API`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What the action does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `actionName` of the action call, such as `Registration.operationId`.
    pub action_name: String,
    /// `actionType` of the action call: a value of the Metadata API's `InvocableActionType`.
    pub action_type: String,
    /// `nameSegment` of the action call, `actionName` by default. Flow Builder writes both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_segment: Option<String>,
    /// What the action takes, in the order of its page in Flow Builder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// What the action gives back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Output>,
    /// What must be true before the action can succeed: one sentence each. They go into the flow's description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preconditions: Vec<String>,
    /// Permissions of the platform, by label, that the user who runs the flow needs and that nobody can generate, such as
    /// `Manage AI Agents`. They go into the description of the permission set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
    /// Values of this descriptor that no published source states: a JSON pointer to the value, and why it is
    /// what it is. They go into the descriptions of the flow and of the action element.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inferred: BTreeMap<String, String>,
    /// The document that the descriptor was read from, where diagnostics point.
    #[serde(skip)]
    pub document: Option<DocumentId>,
    /// The JSON pointer of the operation, for an action of a service: its document is an OpenAPI description.
    #[serde(skip)]
    pub operation: Option<String>,
}

/// An input of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// The parameter's name in metadata, such as `body` or `session-id`.
    pub name: String,
    /// The parameter's label in Flow Builder.
    pub label: String,
    /// What the parameter is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the action fails without it.
    #[serde(default)]
    pub required: bool,
    /// Whether it is reserved for the platform's own use, so that no flow sets it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reserved: bool,
    /// A scalar type of Flow by name, or an Apex-defined type.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// The texts that a text may be; none where any will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// Properties that are set together, such as a context variable, which is a name and a value: always, or if
/// all their values are given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// What the group is called, such as `Context Variable`.
    pub label: String,
    /// What the group is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the action fails without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The values, each an input variable of the flow.
    pub values: Vec<GroupValue>,
    /// How the properties are reached in flows and logs of real orgs. The default.
    pub observed: GroupPath,
    /// How the action's help page reaches them, where it differs. The option `contextVariablePath` of the
    /// Flow target selects it. Its paths are not checked against the schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help_page: Option<GroupPath>,
}

/// One value of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupValue {
    /// The key of its path in `set`.
    pub name: String,
    /// Its label, such as `Context Variable Name`.
    pub label: String,
    /// What the value is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its type in Flow.
    #[serde(rename = "type")]
    pub data_type: ScalarType,
}

/// How the properties of a group are reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupPath {
    /// A record of its own that is filled first and then added to a list of the input; none where the
    /// properties belong to the input itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
    /// The path of each value by its name: properties as the schema spells them, joined by dots. The
    /// platform's encoding (`type` becomes `z0type`) is added by the generator.
    pub set: BTreeMap<String, String>,
}

/// An element of a list in an Apex-defined input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Element {
    /// The platform's Apex class of the element. A choice of several types is a wrapper class, suffix
    /// `_KT_PT`, with one property per type.
    pub apex_class: String,
    /// The property of the input that holds the list.
    pub list: String,
}

/// What makes a value that nobody gives: an action without inputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Maker {
    /// `actionName` of the action; by default the class that the Apex target makes for UUIDs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// `actionType` of the action.
    #[serde(default = "apex")]
    pub action_type: String,
    /// The output that is the value.
    pub output: String,
}

fn apex() -> String {
    "apex".to_owned()
}

/// An output of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Output {
    /// The output's name in metadata: `200`, `404Exc`, `defaultExc`, `responseCode`.
    pub name: String,
    /// The output's label in Flow Builder, such as `404 Exception`.
    pub label: String,
    /// What the output means. Flows give it to the admin as the error message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What kind of output it is.
    pub kind: OutputKind,
    /// One word for this outcome in the flow's `State` output, such as `NotFound`; made from the label by
    /// default, `Success` for a success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The platform's Apex class of the output, where it is known. Flows store outputs automatically and do
    /// not need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apex_class: Option<String>,
    /// The schema that gives the output's structure: a file name without extension, and for a part of the file `#`
    /// and a JSON pointer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Whether the output is a list of records of `apexClass`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_list: bool,
    /// Properties of the output that the flow gives back in variables of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<OutputValue>,
    /// The property of an exception that holds the service's own words; it becomes the flow's
    /// `Error_Details`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// A property of an output that becomes an output variable of the flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutputValue {
    /// The path of the property: properties as the schema spells them, joined by dots. Empty for the output as a
    /// whole. `messages[].InformMessage.message` is what each element of the list `messages` holds, if it does: texts
    /// are put together, a line for each.
    pub property: String,
    /// The label of the variable; the schema's title by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// What kind of output it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum OutputKind {
    /// The action did what it was asked to.
    Success,
    /// The service answered with an error.
    Exception,
    /// The number that the service answered with. It tells the other outputs apart; without it a flow looks
    /// which output has a value.
    ResponseCode,
}

impl Action {
    /// Reads a descriptor.
    ///
    /// # Errors
    /// If the text is not JSON or not a descriptor; the error knows the line and the column.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The action with a name for each maker that has none: the class for UUIDs, which the Apex target makes.
    pub(crate) fn with_makers(&self, class_for_uuids: &str) -> Self {
        let mut action = self.clone();
        let types = action.inputs.iter_mut().map(|input| &mut input.data_type);
        for maker in types.flat_map(|data_type| match data_type {
            DataType::Apex(apex) => apex.make.values_mut().collect(),
            DataType::Scalar(_) | DataType::List(_) => Vec::new(),
        }) {
            maker
                .action_name
                .get_or_insert_with(|| class_for_uuids.to_owned());
        }
        action
    }

    /// The JSON Schema of a descriptor.
    #[cfg(feature = "json-schema")]
    #[must_use]
    pub fn json_schema() -> schemars::Schema {
        crate::json_schema::of::<Self>()
    }

    /// The output with the response code, if the action has one.
    #[must_use]
    pub fn response_code(&self) -> Option<&Output> {
        self.outputs
            .iter()
            .find(|output| output.kind == OutputKind::ResponseCode)
    }
}

impl Output {
    /// The HTTP status that an output's name begins with: 404 for `404Exc`, none for `defaultExc`.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        let (from, to) = self.codes()?;
        (from == to).then_some(from)
    }

    /// The first and the last HTTP status that an output is for: 400 and 499 for `4XXExc`.
    #[must_use]
    pub fn codes(&self) -> Option<(u16, u16)> {
        let code = self.name.strip_suffix("Exc").unwrap_or(&self.name);
        let hundreds = code.strip_suffix("XX").or(code.strip_suffix("xx"));
        if let Some(hundreds) = hundreds.filter(|digit| digit.len() == 1) {
            let from = hundreds.parse::<u16>().ok()? * 100;
            return Some((from, from + 99));
        }
        let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
        let code = code.parse().ok().filter(|_| is_number)?;
        Some((code, code))
    }

    /// Whether this is what OpenAPI calls `default`: every answer that no other output is for.
    pub(crate) fn is_default(&self) -> bool {
        matches!(self.name.as_str(), "default" | "defaultExc")
    }
}

#[cfg(test)]
mod tests;
