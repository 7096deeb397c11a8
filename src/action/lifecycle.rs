//! Lifecycle descriptors: actions that belong together, because one starts what others use and a last one ends.
//!
//! A descriptor names the actions and their roles. What each of them takes and gives is in its action descriptor; here
//! stands how the flow that holds them together passes values from one to the next, and what it does when the service
//! has forgotten what was started, or is busy.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::document::DocumentId;

/// Something that is started, used and ended, such as a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lifecycle {
    /// Where editors find the JSON Schema of this file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What is started, used and ended, such as `Session`.
    pub label: String,
    /// The label of the flow, such as `Run Agent Session`. Its API name is made from it.
    pub flow_label: String,
    /// What the flow does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The action that starts it.
    pub start: Start,
    /// The action that uses it, once for each item of a list.
    #[serde(rename = "use")]
    pub use_: Use,
    /// The action that ends it.
    pub end: End,
    /// The outputs, by name, that mean that it is no longer there, such as `404Exc`: the flow starts anew.
    pub expired: Vec<String>,
    /// The outputs, by name, that mean that the service is busy: the flow tries again, and then says `Busy`.
    pub busy: Vec<String>,
    /// How often the flow starts anew.
    #[serde(default = "once")]
    pub restarts: u8,
    /// How often the flow tries an action again that was refused because the service is busy, if nobody says
    /// otherwise.
    #[serde(default = "once")]
    pub retries: u8,
    /// The flow that waits and tries later; none without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Later>,
    /// The document that the descriptor was read from, where diagnostics point.
    #[serde(skip)]
    pub document: Option<DocumentId>,
}

fn once() -> u8 {
    1
}

/// The role of the first action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Start {
    /// `actionName` of its descriptor.
    pub action: String,
    /// The property of its output that the other actions need, such as `sessionId`.
    pub id: String,
}

/// The role of the action that is called for each item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Use {
    /// `actionName` of its descriptor.
    pub action: String,
    /// The label of the flow that calls it for one item, such as `Ask Agent`.
    pub flow_label: String,
    /// The input that gets the ID: its name, and for a part of it `#` and the path of a property.
    pub id: String,
    /// The input that gets the item.
    pub item: String,
    /// What the items are called together, such as `Messages`.
    pub items_label: String,
    /// The input that gets a number that rises with every call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The property of its output that is the answer.
    pub answer: String,
    /// What the answers are called together, such as `Replies`.
    pub answers_label: String,
}

/// The role of the last action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct End {
    /// `actionName` of its descriptor.
    pub action: String,
    /// The input that gets the ID.
    pub id: String,
    /// The input that gets the reason, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Why it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reason {
    /// The input that gets the reason.
    pub input: String,
    /// The reason after a success.
    pub done: String,
    /// The reason after anything else.
    pub failed: String,
}

/// A flow that waits while the service is busy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Later {
    /// So many minutes each time.
    pub minutes: u16,
    /// So many times.
    pub tries: u8,
}

impl Lifecycle {
    /// Points at a value of the descriptor, if its document is known.
    pub(crate) fn place(&self, pointer: &str) -> Option<Place> {
        self.document
            .map(|document| Place::Pointer(document, pointer.to_owned()))
    }
}

/// All that says what flows are made for.
#[derive(Debug, Clone, Default)]
pub struct Descriptors {
    /// Actions.
    pub actions: Vec<super::Action>,
    /// Actions that belong together.
    pub lifecycles: Vec<Lifecycle>,
}

impl Lifecycle {
    /// The JSON Schema of a descriptor.
    #[cfg(feature = "json-schema")]
    #[must_use]
    pub fn json_schema() -> schemars::Schema {
        crate::json_schema::of::<Self>()
    }
}
