//! The types of inputs: a word for a scalar, an object for an Apex-defined type.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Group, Maker};

/// The type of an input.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum DataType {
    /// One of Flow's own types, by name.
    Scalar(ScalarType),
    /// A list of values of one of Flow's own types.
    List(ListType),
    /// An Apex-defined type.
    Apex(ApexType),
}

/// A list of values of a scalar type: `{"list": "String"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListType {
    /// The type of each value.
    pub list: ScalarType,
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
    /// The schema that gives its structure: a file name without extension, and for a part of the file `#` and a
    /// JSON pointer, as in `petstore#/components/schemas/Pet`.
    pub schema: String,
    /// Whether the flow takes the record as it is from whoever calls the flow, instead of filling it from plain
    /// inputs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Whether the input is a list of such records. A flow takes a list as it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_list: bool,
    /// Optional properties that the flow offers as input variables, as paths of property names joined by
    /// dots. Required properties are always offered, other optional ones are left alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offer: Vec<String>,
    /// Properties that are set together, and those that are a choice of several types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Required texts that the flow makes itself if it gets none: the path of the property, and what makes it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub make: BTreeMap<String, Maker>,
}

/// All that an object may hold that is a type.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TypeMembers {
    list: Option<ScalarType>,
    apex_class: Option<String>,
    schema: Option<String>,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    is_list: bool,
    #[serde(default)]
    offer: Vec<String>,
    #[serde(default)]
    groups: Vec<Group>,
    #[serde(default)]
    make: BTreeMap<String, Maker>,
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
            "one of {}, or an object with list, or one with apexClass and schema",
            ScalarType::NAMES.join(", ")
        )
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<DataType, E> {
        ScalarType::from_name(name)
            .map(DataType::Scalar)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(name), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DataType, A::Error> {
        let members = TypeMembers::deserialize(MapAccessDeserializer::new(map))?;
        if let Some(list) = members.list {
            return match members.apex_class {
                None => Ok(DataType::List(ListType { list })),
                Some(_) => Err(Error::custom("`list` and `apexClass` exclude each other")),
            };
        }
        Ok(DataType::Apex(ApexType {
            apex_class: members
                .apex_class
                .ok_or_else(|| Error::missing_field("apexClass"))?,
            schema: members
                .schema
                .ok_or_else(|| Error::missing_field("schema"))?,
            whole: members.whole,
            is_list: members.is_list,
            offer: members.offer,
            groups: members.groups,
            make: members.make,
        }))
    }
}
