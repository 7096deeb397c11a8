//! Action descriptors: what Flow needs to know to call an action.

use serde::{Deserialize, Serialize};

/// An action that a flow can call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {}

impl Action {
    /// Reads a descriptor.
    ///
    /// # Errors
    /// The place and the reason, if the text is no descriptor.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}
