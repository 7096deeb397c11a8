//! The configuration: one value that every stage may read, and the file `flowtypes.json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::document::shown_path;
use crate::target::Target;
use crate::target::apex::config::ApexConfig;
use crate::target::flow::config::FlowConfig;
use crate::target::rust::config::RustConfig;

/// All that can be configured. Every field has a default, so that an empty file is valid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Config {
    /// Where editors find the JSON Schema of this file.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The schemas: files, or folders whose `*.json` files are read. Relative to this file.
    pub schemas: Vec<String>,
    /// The action descriptors that flows are made for: files, or folders whose `*.json` files are read.
    /// Relative to this file.
    pub actions: Vec<String>,
    /// What to generate.
    pub targets: Vec<Target>,
    /// The folder to write to. Relative to this file.
    pub out: String,
    /// The severity of diagnostics by code, such as `{"FT1001": "error"}`. Errors stay errors.
    pub levels: BTreeMap<String, Severity>,
    /// Options of the Rust types.
    pub rust: RustConfig,
    /// Options of the Apex classes.
    pub apex: ApexConfig,
    /// Options of the flows.
    pub flow: FlowConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            schema: None,
            schemas: vec!["schemas".to_owned()],
            actions: vec!["schemas/actions".to_owned()],
            targets: Target::ALL.to_vec(),
            out: "generated".to_owned(),
            levels: BTreeMap::new(),
            rust: RustConfig::default(),
            apex: ApexConfig::default(),
            flow: FlowConfig::default(),
        }
    }
}

impl Config {
    /// Makes the paths relative to where the program runs, not to the folder of the file they stand in.
    pub(crate) fn rebase(&mut self, folder: &Path) {
        let paths = self.schemas.iter_mut().chain(&mut self.actions);
        for path in paths.chain([&mut self.out]) {
            *path = shown_path(&folder.join(&*path));
        }
    }
}
