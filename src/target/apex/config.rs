//! Options of the Apex target.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::companions::Family;
use super::ident::{self, MAX_FIELD};
use super::names::names_class;
use super::reserved::ClassNames;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::target::chosen::Chosen;

/// The longest class prefix; the rest of a class name is for the type's own name.
const MAX_PREFIX: usize = 12;
/// The most letters in the name and in the label of a permission set (Metadata API, `PermissionSet`).
const MAX_PERMISSION_SET: usize = 80;

/// Options of the Apex target.
///
/// ```
/// use flowtypes::{Generator, Target};
///
/// let schema = r#"{"title": "Delivery", "type": "object", "properties": {"id": {"type": "string"}}}"#;
/// let output = Generator::new()
///     .schema_text("delivery.json", schema)
///     .target(Target::Apex)
///     .configure(|config| {
///         config.apex.class_prefix = "Shop".to_owned();
///         config.apex.tests = false;
///     })
///     .plan()?;
/// assert!(output.files.contains("apex/classes/ShopDelivery.cls"));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct ApexConfig {
    /// The Salesforce API version of the classes, such as `66.0`.
    pub api_version: String,
    /// Letters and digits that every class name starts with, at most 12, such as `Agf`. A deployed class
    /// replaces the org's own class of the same name, so a prefix keeps common names like `Message` apart.
    pub class_prefix: String,
    /// Who may use the classes.
    pub access: Access,
    /// Names of classes, which start with a capital, and of fields, which do not, such as `{"order#": "Purchase",
    /// "order#/properties/qty": "quantity"}`. A key is the name of the schema's file without its extension, `#`, and the
    /// JSON pointer of a schema or of a property. The prefix is not added to them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Whether each data class has a class beside it that reads it from JSON text, writes it, and checks it.
    pub codec: bool,
    /// What becomes of properties that an object may have although its schema does not name them.
    pub unknown_fields: UnknownProperties,
    /// The types that flows get actions for: reading JSON text, writing it, and validating. With any, there is also an
    /// action that makes a UUID.
    pub actions: Chosen,
    /// Whether each class with code has a test class.
    pub tests: bool,
    /// The permission set that lets users run what is generated.
    pub permission_set: PermissionSetConfig,
}

impl Default for ApexConfig {
    fn default() -> Self {
        Self {
            api_version: "66.0".to_owned(),
            class_prefix: String::new(),
            access: Access::default(),
            names: BTreeMap::new(),
            codec: true,
            unknown_fields: UnknownProperties::default(),
            actions: Chosen::default(),
            tests: true,
            permission_set: PermissionSetConfig::default(),
        }
    }
}

/// What becomes of properties that an object may have although its schema does not name them.
///
/// ```
/// use flowtypes::{Generator, config::UnknownProperties};
///
/// let generator = Generator::new()
///     .schema("schemas/order.json")
///     .configure(|config| config.apex.unknown_fields = UnknownProperties::Keep);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum UnknownProperties {
    /// They are read and dropped.
    #[default]
    Ignore,
    /// They are kept: each class that may have some has one more String field, with JSON text.
    Keep,
}

/// The permission set that lets users run what is generated: the classes, and the flows of the same run.
///
/// ```
/// let generator = flowtypes::Generator::new().schema("schemas").configure(|config| {
///     config.apex.permission_set.name = Some("Shop_Access".to_owned());
///     config.apex.permission_set.label = Some("Access to the shop".to_owned());
/// });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct PermissionSetConfig {
    /// Whether there is one.
    pub generate: bool,
    /// Its API name, by default the class prefix and `GeneratedAccess`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its label, by default its name in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Default for PermissionSetConfig {
    fn default() -> Self {
        Self {
            generate: true,
            name: None,
            label: None,
        }
    }
}

impl PermissionSetConfig {
    fn check(&self, diagnostics: &mut Diagnostics) {
        let is_name = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && !name.contains("__")
                && !name.ends_with('_')
                && name.len() <= MAX_PERMISSION_SET
        };
        if let Some(name) = self.name.as_deref().filter(|name| !is_name(name)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::Config,
                    format!("`apex.permissionSet.name` is no API name: {name:?}"),
                )
                .at_option("apex.permissionSet.name", &[])
                .help(format!(
                    "use at most {MAX_PERMISSION_SET} ASCII letters, digits and single underscores, a letter first"
                )),
            );
        }
        let is_label =
            |label: &str| !label.trim().is_empty() && label.chars().count() <= MAX_PERMISSION_SET;
        if let Some(label) = self.label.as_deref().filter(|label| !is_label(label)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::Config,
                    format!("`apex.permissionSet.label` cannot be a label: {label:?}"),
                )
                .at_option("apex.permissionSet.label", &[])
                .help(format!("use at most {MAX_PERMISSION_SET} letters")),
            );
        }
    }
}

impl ApexConfig {
    /// Says what cannot be used as it stands.
    pub(crate) fn check(&self, diagnostics: &mut Diagnostics) {
        let version = self.api_version.strip_suffix(".0").unwrap_or_default();
        if !(2..=3).contains(&version.len()) || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            diagnostics.push(
                Diagnostic::new(
                    Code::Config,
                    format!(
                        "`apex.apiVersion` is no API version: {:?}",
                        self.api_version
                    ),
                )
                .at_option("apex.apiVersion", &[])
                .help("write it as in `66.0`"),
            );
        }
        self.permission_set.check(diagnostics);
        let prefix = &self.class_prefix;
        let starts_well =
            prefix.is_empty() || prefix.starts_with(|first: char| first.is_ascii_alphabetic());
        if !starts_well
            || prefix.len() > MAX_PREFIX
            || !prefix.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::Config,
                    format!("`apex.classPrefix` cannot start a class name: {prefix:?}"),
                )
                .at_option("apex.classPrefix", &[])
                .help(format!(
                    "use at most {MAX_PREFIX} ASCII letters and digits, a letter first"
                )),
            );
        }
        let taken = ClassNames::new();
        for (place, name) in &self.names {
            // What stands at the place is known where the types are, and so is how much room a class needs.
            let (what, problem) = match names_class(name) {
                true => (
                    "the class of",
                    ident::class_problem(name, &taken, Family::Alone.max()),
                ),
                false => {
                    let problem = ident::member_problem(name, MAX_FIELD);
                    ("what is at", problem.map(str::to_owned))
                }
            };
            if let Some(problem) = problem {
                let said = format!("`apex.names` cannot call {what} {place:?} {name:?}");
                let problem = Diagnostic::new(Code::Config, said).help(problem);
                diagnostics.push(problem.at_option("apex.names", &[place]));
            }
        }
    }
}

/// The access modifier of the generated classes and their members.
///
/// ```
/// use flowtypes::{Generator, config::Access};
///
/// // For a managed package whose classes subscribers use.
/// let generator = Generator::new()
///     .schema("schemas")
///     .configure(|config| config.apex.access = Access::Global);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Access {
    /// Code and flows of the same namespace.
    #[default]
    Public,
    /// Everybody, also across the namespace of a managed package.
    Global,
}

impl Access {
    /// The Apex keyword.
    #[must_use]
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Global => "global",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ApexConfig, PermissionSetConfig};
    use crate::diagnostic::Diagnostics;

    fn errors(config: &ApexConfig) -> usize {
        let mut diagnostics = Diagnostics::default();
        config.check(&mut diagnostics);
        diagnostics.iter().count()
    }

    #[test]
    fn what_cannot_stand_in_a_file_is_refused() {
        assert_eq!(errors(&ApexConfig::default()), 0);
        for bad in ["66", "", ".0", "66.0</apiVersion>", "x6.0"] {
            let config = ApexConfig {
                api_version: bad.to_owned(),
                ..ApexConfig::default()
            };
            assert_eq!(errors(&config), 1, "{bad}");
        }
        for bad in ["1a", "a_b", "é", "abcdefghijklm"] {
            let config = ApexConfig {
                class_prefix: bad.to_owned(),
                ..ApexConfig::default()
            };
            assert_eq!(errors(&config), 1, "{bad}");
        }
        for (name, label) in [
            (Some("a__b"), None),
            (Some("a_"), None),
            (Some("1"), None),
            (Some("a b"), None),
            (None, Some(" ")),
            (None, Some(&*"x".repeat(81))),
        ] {
            let config = ApexConfig {
                permission_set: PermissionSetConfig {
                    name: name.map(str::to_owned),
                    label: label.map(str::to_owned),
                    ..PermissionSetConfig::default()
                },
                ..ApexConfig::default()
            };
            assert_eq!(errors(&config), 1, "{name:?} {label:?}");
        }
    }
}
