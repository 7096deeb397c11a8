//! The types of inputs: a word for a scalar, an object for an Apex-defined type.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Group;

/// The type of an input.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum DataType {
    /// One of Flow's own types, by name.
    Scalar(ScalarType),
    /// An Apex-defined type.
    Apex(ApexType),
}

/// A scalar type of Flow, spelled as in `FlowDataType` of the Metadata API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub enum ScalarType {
    /// Text.
    String,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A date.
    Date,
    /// A date and a time.
    DateTime,
}

impl ScalarType {
    const NAMES: &'static [&'static str] = &["String", "Number", "Boolean", "Date", "DateTime"];

    /// The name in metadata.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::Boolean => "Boolean",
            Self::Date => "Date",
            Self::DateTime => "DateTime",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "String" => Self::String,
            "Number" => Self::Number,
            "Boolean" => Self::Boolean,
            "Date" => Self::Date,
            "DateTime" => Self::DateTime,
            _ => return None,
        })
    }
}

/// An Apex-defined type: a class of the platform, and a schema of ours that gives its structure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApexType {
    /// The class as flows refer to it, such as `AgentInvAction__AIAgentAPIV1_SessionEndedMessage`.
    pub apex_class: String,
    /// The schema that gives its structure, by file name without extension.
    pub schema: String,
    /// Optional properties that the flow offers as input variables, as paths of property names joined by
    /// dots. Required properties are always offered, other optional ones are left alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offer: Vec<String>,
    /// Properties that are set together, and those that are a choice of several types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
}

// By hand, because a derived untagged enum forgets where in the text its error is.
impl<'de> Deserialize<'de> for DataType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DataTypeVisitor)
    }
}

struct DataTypeVisitor;

impl<'de> Visitor<'de> for DataTypeVisitor {
    type Value = DataType;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "one of {} or an object with apexClass and schema",
            ScalarType::NAMES.join(", ")
        )
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<DataType, E> {
        ScalarType::from_name(name)
            .map(DataType::Scalar)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(name), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DataType, A::Error> {
        ApexType::deserialize(MapAccessDeserializer::new(map)).map(DataType::Apex)
    }
}
