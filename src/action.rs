//! Action descriptors: what Flow needs to know to call an action.

use serde::{Deserialize, Serialize};

/// An action that a flow can call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {}
