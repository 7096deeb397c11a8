//! Options of the Rust target.

use serde::{Deserialize, Serialize};

/// Options of the Rust target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RustConfig {
    /// Whether all types go into one file and one module.
    pub single_file: bool,
}
