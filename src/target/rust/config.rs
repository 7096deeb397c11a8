//! Options of the Rust target.

use serde::{Deserialize, Serialize};

/// Options of the Rust target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RustConfig {
    /// Whether all types go into one file and one module.
    pub single_file: bool,
    /// Whether the types of whole documents and definitions implement `schemars::JsonSchema`: they give back the schema
    /// that they are made from. Those of OpenAPI documents do not.
    pub json_schema: bool,
    /// What becomes of properties that a schema neither names nor forbids.
    pub unknown_fields: UnknownFields,
}

/// What becomes of properties that a schema neither names nor forbids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum UnknownFields {
    /// They are read and dropped.
    #[default]
    Ignore,
    /// They are an error, although the schema allows them.
    Deny,
    /// They are kept in a map.
    Keep,
}
