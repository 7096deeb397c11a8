//! The files of an agent's types and actions, in final text.

use askama::Template;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::types::{LIST, OBJECT, lightning_type, of_class};
use crate::target::signature::Parameter;

/// The file of an agent action: `.genAiFunction-meta.xml`.
#[derive(Debug, Template)]
#[template(
    path = "agentforce/function.xml",
    config = "templates/askama.toml",
    escape = "none"
)]
pub(super) struct Function {
    pub description: String,
    pub target: String,
    pub target_type: &'static str,
    pub confirm: bool,
    pub label: String,
}

/// `schema.json` of a custom Lightning type. The platform takes no other keyword beside these where a class gives the
/// structure, `$schema` included.
#[derive(Debug, Serialize)]
pub(super) struct LightningType {
    title: String,
    description: String,
    #[serde(rename = "lightning:type")]
    ty: String,
}

impl LightningType {
    pub(super) fn new(title: &str, description: Option<&str>, class: &str) -> Self {
        Self {
            title: title.to_owned(),
            description: description.unwrap_or(title).to_owned(),
            ty: of_class(class),
        }
    }
}

/// `input/schema.json` or `output/schema.json` of an agent action.
#[derive(Debug, Serialize)]
pub(super) struct Schema {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<String>,
    #[serde(rename = "unevaluatedProperties")]
    unevaluated: bool,
    properties: Map<String, Json>,
    #[serde(rename = "lightning:type")]
    ty: &'static str,
}

impl Schema {
    /// What an action takes. A user may be asked for all of it: an input that is required and that no user gives cannot be
    /// activated.
    pub(super) fn inputs(parameters: &[Parameter]) -> Self {
        Self::new(parameters, &[("copilotAction:isUserInput", true)])
    }

    /// What an action gives back. The agent may show all of it, and reason with it.
    pub(super) fn outputs(parameters: &[Parameter]) -> Self {
        Self::new(
            parameters,
            &[
                ("copilotAction:isDisplayable", true),
                ("copilotAction:isUsedByPlanner", true),
            ],
        )
    }

    fn new(parameters: &[Parameter], marks: &[(&str, bool)]) -> Self {
        let required = parameters.iter().filter(|one| one.is_required);
        let property = |one: &Parameter| {
            let mut property = Map::new();
            let description = one.description.as_ref().unwrap_or(&one.label);
            property.insert("title".to_owned(), json!(one.label));
            property.insert("description".to_owned(), json!(description));
            let ty = lightning_type(one);
            if one.is_list {
                property.insert("lightning:type".to_owned(), json!(LIST));
                property.insert("items".to_owned(), json!({ "lightning:type": ty }));
            } else {
                property.insert("lightning:type".to_owned(), json!(ty));
            }
            property.insert("lightning:isPII".to_owned(), json!(false));
            for (mark, is_set) in marks {
                property.insert((*mark).to_owned(), json!(is_set));
            }
            (one.name.clone(), Json::Object(property))
        };
        Self {
            required: required.map(|one| one.name.clone()).collect(),
            unevaluated: false,
            properties: parameters.iter().map(property).collect(),
            ty: OBJECT,
        }
    }
}
