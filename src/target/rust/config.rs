//! Options of the Rust target.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::is_taken_type;
use super::path;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Options of the Rust target.
///
/// ```
/// let schema = r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}}"#;
/// let output = flowtypes::Generator::new()
///     .schema_text("order.json", schema)
///     .configure(|config| {
///         config.rust.derives = vec!["Eq".to_owned(), "Hash".to_owned()];
///         config.rust.formats.insert("uuid".to_owned(), "uuid::Uuid".to_owned());
///         config.rust.names.insert("order#/properties/id".to_owned(), "order_id".to_owned());
///     })
///     .plan_single_file()?;
/// assert!(output.files.iter().any(|(_, text)| text.contains("pub order_id: Option<uuid::Uuid>")));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct RustConfig {
    /// Whether all types go into one file and one module.
    pub single_file: bool,
    /// Whether the types of whole documents and definitions implement `schemars::JsonSchema`: they give back the schema
    /// that they are made from. Those of OpenAPI documents do not.
    pub json_schema: bool,
    /// What becomes of properties that a schema neither names nor forbids.
    pub unknown_fields: UnknownFields,
    /// The widest whole numbers.
    pub integers: Integers,
    /// Traits that every type derives beside those that it derives anyway, such as `Eq` or `schemars::JsonSchema`;
    /// `Eq`, `Hash`, `Ord`, `PartialOrd` and `Copy` where what it holds has them, and `Ord` with the `PartialOrd` and
    /// `Eq` that it asks for. The compiler says where a type cannot.
    pub derives: Vec<String>,
    /// The name of a variant that enums of two texts or more get for texts which appear later, such as `Unknown`; it
    /// holds the text. By default an enum takes its own texts alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback_variant: Option<String>,
    /// Who may use the types.
    pub visibility: Visibility,
    /// Types of other crates that texts of a format are, such as `{"uuid": "uuid::Uuid"}`: paths that start with a
    /// crate. They are read and written as serde does it, and need `Clone`, `Debug` and `PartialEq`. A text with a
    /// `pattern` or a length stays a `String`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub formats: BTreeMap<String, String>,
    /// Types that stand for those of a schema, such as `{"order#/$defs/money": "crate::Money"}`. A key is the name of
    /// the schema's file without its extension, `#`, and the JSON pointer of a schema or of a property.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, String>,
    /// Names of types, which start with a capital, and of fields, which do not, such as `{"order#": "Purchase",
    /// "order#/properties/qty": "quantity"}`. The keys are those of `types`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

impl RustConfig {
    /// Says what cannot be used as it stands: no text of a configuration becomes code that it does not name.
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        let mut refuse = |option: &str, step: Option<&str>, what: String, help: &str| {
            let problem = Diagnostic::new(Code::Config, what).help(help);
            diagnostics.push(problem.at_option(option, step.as_slice()));
        };
        for (index, text) in self.derives.iter().enumerate() {
            if path::trait_path(text).is_none() {
                refuse(
                    "rust.derives",
                    Some(&index.to_string()),
                    format!("`rust.derives` holds what is no path of a trait: {text:?}"),
                    "write it as in `Eq` or `schemars::JsonSchema`",
                );
            }
        }
        if let Some(name) = &self.fallback_variant
            && !path::is_type_name(name)
        {
            refuse(
                "rust.fallbackVariant",
                None,
                format!("`rust.fallbackVariant` cannot name a variant: {name:?}"),
                "use ASCII letters and digits, a capital first",
            );
        }
        let formats = self.formats.iter().map(|entry| ("rust.formats", entry));
        let types = self.types.iter().map(|entry| ("rust.types", entry));
        for (option, (key, text)) in formats.chain(types) {
            if path::type_path(text).is_none() {
                refuse(
                    option,
                    Some(key),
                    format!("`{option}` has what is no path of a type for {key:?}: {text:?}"),
                    "write it with its crate, as in `uuid::Uuid` or `crate::my::Type`",
                );
            }
        }
        for (key, name) in &self.names {
            if !path::is_type_name(name) && !path::is_field_name(name) {
                refuse(
                    "rust.names",
                    Some(key),
                    format!(
                        "`rust.names` has what can name neither a type nor a field for {key:?}: {name:?}"
                    ),
                    "write a type as in `LineItem`, and a field as in `line_item`",
                );
            }
            if is_taken_type(name) {
                refuse(
                    "rust.names",
                    Some(key),
                    format!("`rust.names` cannot call the type of {key:?} {name:?}"),
                    "the generated code means another type by this name; add a word, as in `TextValue`",
                );
            }
        }
    }
}

/// Who may use the generated types.
///
/// ```
/// use flowtypes::{Generator, config::Visibility};
///
/// let output = Generator::new()
///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
///     .configure(|config| config.rust.visibility = Visibility::Crate)
///     .plan_single_file()?;
/// assert!(output.files.iter().any(|(_, text)| text.contains("pub(crate) struct Order")));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Visibility {
    /// Everybody who can reach their module.
    #[default]
    #[serde(rename = "pub")]
    Public,
    /// The crate that they are part of.
    #[serde(rename = "pub(crate)")]
    Crate,
}

impl Visibility {
    /// The words in Rust.
    #[must_use]
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Public => "pub",
            Self::Crate => "pub(crate)",
        }
    }
}

/// The types of whole numbers.
///
/// ```
/// use flowtypes::{Generator, config::Integers};
///
/// let output = Generator::new()
///     .schema_text("order.json", r#"{"properties": {"wei": {"type": "integer"}}, "type": "object"}"#)
///     .configure(|config| config.rust.integers = Integers::I128)
///     .plan_single_file()?;
/// assert!(output.files.iter().any(|(_, text)| text.contains("pub wei: Option<i128>")));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Integers {
    /// `i64`, or `u64` where no number is negative; others are refused.
    #[default]
    I64,
    /// `i128` or `u128` where the bounds of a schema do not keep its numbers within 64 bits. They are held with all
    /// their digits, and refused where the source has lost some.
    I128,
}

/// What becomes of properties that a schema neither names nor forbids.
///
/// ```
/// use flowtypes::{Generator, config::UnknownFields};
///
/// let output = Generator::new()
///     .schema_text("order.json", r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#)
///     .configure(|config| config.rust.unknown_fields = UnknownFields::Keep)
///     .plan_single_file()?;
/// assert!(output.files.iter().any(|(_, text)| text.contains("pub additional_properties:")));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum UnknownFields {
    /// They are read and dropped, but for those that a rule speaks of, such as `required` below `oneOf`.
    #[default]
    Ignore,
    /// They are an error, although the schema allows them.
    Deny,
    /// They are kept in a map.
    Keep,
}

#[cfg(test)]
mod tests {
    use super::RustConfig;
    use crate::diagnostic::Diagnostics;

    fn errors(config: &RustConfig) -> usize {
        let mut diagnostics = Diagnostics::default();
        config.check(&mut diagnostics);
        diagnostics.iter().count()
    }

    #[test]
    fn what_cannot_stand_in_code_is_refused() {
        assert_eq!(errors(&RustConfig::default()), 0);
        let config = RustConfig {
            derives: vec!["Eq".to_owned(), "Eq)] fn main() {} //".to_owned()],
            fallback_variant: Some("a variant".to_owned()),
            formats: [("uuid".to_owned(), "uuid::Uuid; fn f() {}".to_owned())].into(),
            types: [("a#".to_owned(), "String".to_owned())].into(),
            names: [("a#".to_owned(), "a b".to_owned())].into(),
            ..RustConfig::default()
        };
        assert_eq!(errors(&config), 5);
    }

    #[test]
    fn no_type_has_the_name_of_one_that_the_code_means() {
        for (name, count) in [("String", 1), ("Option", 1), ("Strings", 0), ("string", 0)] {
            let config = RustConfig {
                names: [("a#".to_owned(), name.to_owned())].into(),
                ..RustConfig::default()
            };
            assert_eq!(errors(&config), count, "{name}");
        }
    }
}
