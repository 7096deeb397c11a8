//! The configuration: every option, in code and in the file `flowtypes.json`.
//!
//! [`Generator::configure`](crate::Generator::configure) sets options from code,
//! [`Generator::from_config_file`](crate::Generator::from_config_file) reads them. What a later release adds has a default that
//! changes nothing, so that nothing here can be made with all its fields: start from a `Default` and set what you need.
//!
//! ```
//! use flowtypes::Generator;
//! use flowtypes::config::{FormatMode, UnknownFields};
//!
//! let generator = Generator::new().schema("schemas").configure(|config| {
//!     config.formats = Some(FormatMode::Assertion);
//!     config.rust.unknown_fields = UnknownFields::Keep;
//!     config.apex.class_prefix = "Shop".to_owned();
//! });
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::document::shown_path;
use crate::target::Target;

pub use crate::action::Service;
pub use crate::deploy::{Layout, Packages};
pub use crate::target::agentforce::config::AgentforceConfig;
pub use crate::target::apex::config::{Access, ApexConfig, PermissionSetConfig, UnknownProperties};
pub use crate::target::chosen::{Chosen, ChosenWord};
pub use crate::target::flow::config::{
    ContextVariablePath, FlowConfig, FlowStatus, Pictures, ScreenFlows, TransactionModel,
};
pub use crate::target::rust::config::{Integers, RustConfig, UnknownFields, Visibility};

/// All that can be configured. Every field has a default, so that an empty file is valid.
///
/// ```
/// use flowtypes::Generator;
/// use flowtypes::config::{Config, Layout};
///
/// // As in a configuration file …
/// let config: Config = serde_json::from_str(r#"{"schemas": ["api"], "layout": "sfdx"}"#)?;
/// assert_eq!(config.layout, Layout::Sfdx);
/// // … or from code. What is not set has its default.
/// let mut config = Config::default();
/// config.schemas = vec!["api".to_owned()];
/// config.layout = Layout::Sfdx;
/// let generator = Generator::new().config(config);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Config {
    /// Where editors find the JSON Schema of this file.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The schemas: files, or folders whose `*.json` files are read. Relative to this file.
    pub schemas: Vec<String>,
    /// The action descriptors that flows are made for: files, or folders whose `*.json` files are read.
    /// Relative to this file.
    pub actions: Vec<String>,
    /// The lifecycle descriptors: files, or folders whose `*.json` files are read. Relative to this file.
    pub lifecycles: Vec<String>,
    /// The services whose operations flows are made for, by their OpenAPI descriptions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// What to generate.
    pub targets: Vec<Target>,
    /// The folder to write to. Relative to this file.
    pub out: String,
    /// How the files are laid out there: `plain`, a folder for each target; `sfdx`, a Salesforce DX project or a part of
    /// one that is there; `mdapi`, folders in metadata format. The last two hold no Rust types.
    #[serde(skip_serializing_if = "Layout::is_usual")]
    pub layout: Layout,
    /// Whether the layout `mdapi` is zip files in place of folders.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub zip: bool,
    /// The folders of the two packages of the layouts `sfdx` and `mdapi`, below the output folder.
    #[serde(skip_serializing_if = "Packages::are_usual")]
    pub packages: Packages,
    /// The file that keeps names, so that what is added renames nothing: its path, relative to this file, or `false` for
    /// none. By default `flowtypes.lock.json` beside this file.
    #[serde(skip_serializing_if = "LockFile::is_usual")]
    pub lock: LockFile,
    /// The name of the root type of the first schema; no other type takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_name: Option<String>,
    /// The dialect of a schema that names none in `$schema`.
    pub default_dialect: DialectName,
    /// What becomes of keywords and schemas that their dialect does not allow.
    pub invalid_schema: Handling,
    /// Folders that stand for a place on the web: the start of a URI, and the folder with the documents whose URIs
    /// start so. Relative to this file.
    pub resolve: BTreeMap<String, String>,
    /// What becomes of references whose target is missing.
    pub unresolved: Handling,
    /// Whether types are made of the schemas that stand in the operations of an OpenAPI document too: of bodies, answers and
    /// parameters. Otherwise they are made of those among its components alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub operation_schemas: bool,
    /// Whether `format` is checked; by default as the dialect says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formats: Option<FormatMode>,
    /// Where to write the loss report: every keyword that a target weakens, as JSON. Relative to this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// The severity of diagnostics by code, such as `{"FT1001": "error"}`. Errors stay errors.
    pub levels: BTreeMap<String, Severity>,
    /// Options of the Rust types.
    pub rust: RustConfig,
    /// Options of the Apex classes.
    pub apex: ApexConfig,
    /// Options of the flows.
    pub flow: FlowConfig,
    /// What of the output an agent of Agentforce knows.
    pub agentforce: AgentforceConfig,
}

/// A dialect of JSON Schema by its name on the command line.
///
/// ```
/// use flowtypes::{Generator, config::DialectName};
///
/// // In draft 4 `exclusiveMinimum` is a flag; in later dialects it is a number.
/// let schema = r#"{"type": "integer", "minimum": 0, "exclusiveMinimum": true}"#;
/// let generator = Generator::new().schema_text("count.json", schema);
/// assert!(generator.plan_single_file().is_err());
/// let generator = generator.configure(|config| config.default_dialect = DialectName::Draft4);
/// assert!(generator.plan_single_file().is_ok());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum DialectName {
    /// Draft 4 (2013).
    #[serde(rename = "4")]
    #[cfg_attr(feature = "cli", value(name = "4"))]
    Draft4,
    /// Draft 6 (2017).
    #[serde(rename = "6")]
    #[cfg_attr(feature = "cli", value(name = "6"))]
    Draft6,
    /// Draft 7 (2018).
    #[serde(rename = "7")]
    #[cfg_attr(feature = "cli", value(name = "7"))]
    Draft7,
    /// Draft 2019-09.
    #[serde(rename = "2019-09")]
    #[cfg_attr(feature = "cli", value(name = "2019-09"))]
    Draft2019,
    /// Draft 2020-12.
    #[default]
    #[serde(rename = "2020-12")]
    #[cfg_attr(feature = "cli", value(name = "2020-12"))]
    Draft2020,
}

/// What becomes of a part of a schema that cannot be understood.
///
/// ```
/// use flowtypes::{Generator, config::Handling};
///
/// // Somebody else's document, of which one reference leads to nothing: that part may be any value.
/// let generator = Generator::new()
///     .schema_text("order.json", r#"{"properties": {"shop": {"$ref": "shop.json"}}}"#)
///     .configure(|config| config.unresolved = Handling::Opaque);
/// assert!(generator.plan_single_file().is_ok());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Handling {
    /// It is an error, and nothing is written.
    #[default]
    Error,
    /// It is a warning, and says nothing: every value is allowed there.
    Opaque,
}

impl Handling {
    /// The severity of a diagnostic about such a part.
    #[must_use]
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Opaque => Severity::Warning,
        }
    }
}

/// Which file keeps names.
///
/// ```
/// use flowtypes::{Generator, config::LockFile};
///
/// let generator = Generator::new()
///     .schema("schemas/order.json")
///     .configure(|config| config.lock = LockFile::At("names/order.json".to_owned()));
/// let without = generator.configure(|config| config.lock = LockFile::Usual(false));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "needs true, false, or the path of a file")]
#[non_exhaustive]
pub enum LockFile {
    /// The one at its usual place, or none.
    Usual(bool),
    /// The one at this path.
    At(String),
}

impl Default for LockFile {
    fn default() -> Self {
        Self::Usual(true)
    }
}

impl LockFile {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// What `format` does.
///
/// ```
/// use flowtypes::{Generator, config::FormatMode};
///
/// // `due` has to be a date then, not any text.
/// let generator = Generator::new()
///     .schema_text("order.json", r#"{"properties": {"due": {"type": "string", "format": "date"}}}"#)
///     .configure(|config| config.formats = Some(FormatMode::Assertion));
/// assert!(generator.plan_single_file().is_ok());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FormatMode {
    /// It is a hint for people and tools; every text is allowed.
    Annotation,
    /// It is checked.
    Assertion,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            schema: None,
            schemas: vec!["schemas".to_owned()],
            actions: vec!["schemas/actions".to_owned()],
            lifecycles: vec!["schemas/lifecycles".to_owned()],
            services: Vec::new(),
            targets: Target::ALL.to_vec(),
            out: "generated".to_owned(),
            layout: Layout::default(),
            zip: false,
            packages: Packages::default(),
            lock: LockFile::default(),
            root_name: None,
            default_dialect: DialectName::default(),
            invalid_schema: Handling::default(),
            resolve: BTreeMap::new(),
            unresolved: Handling::default(),
            operation_schemas: false,
            formats: None,
            report: None,
            levels: BTreeMap::new(),
            rust: RustConfig::default(),
            apex: ApexConfig::default(),
            flow: FlowConfig::default(),
            agentforce: AgentforceConfig::default(),
        }
    }
}

impl Config {
    /// The JSON Schema of a configuration file, for editors and other tools.
    ///
    /// ```
    /// let schema = flowtypes::config::Config::json_schema();
    /// assert!(schema.pointer("/properties/schemas").is_some());
    /// ```
    #[cfg(feature = "json-schema")]
    #[must_use]
    pub fn json_schema() -> schemars::Schema {
        crate::json_schema::of::<Self>()
    }

    /// Makes the paths relative to where the program runs, not to the folder of the file they stand in.
    pub(crate) fn rebase(&mut self, folder: &Path) {
        let paths = self.schemas.iter_mut().chain(&mut self.actions);
        let paths = paths.chain(&mut self.lifecycles);
        let paths = paths.chain(self.resolve.values_mut());
        let services = self.services.iter_mut();
        let paths = paths.chain(services.map(|service| &mut service.document));
        let lock = match &mut self.lock {
            LockFile::Usual(_) => None,
            LockFile::At(path) => Some(path),
        };
        let paths = paths.chain(&mut self.report).chain(lock);
        for path in paths.chain([&mut self.out]) {
            *path = shown_path(&folder.join(&*path));
        }
    }
}
