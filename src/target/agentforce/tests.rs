use serde_json::{Value as Json, json};

use super::model::{LightningType, Schema};
use super::names::Names;
use super::types::lightning_type;
use crate::target::signature::{Parameter, ValueType};

fn parameter(name: &str, ty: ValueType) -> Parameter {
    Parameter {
        name: name.to_owned(),
        label: name.to_uppercase(),
        description: None,
        ty,
        is_list: false,
        is_required: false,
    }
}

#[test]
fn every_type_is_a_lightning_type() {
    for (ty, expected) in [
        (ValueType::Text, "lightning__textType"),
        (ValueType::Boolean, "lightning__booleanType"),
        (ValueType::Number, "lightning__numberType"),
        (ValueType::Date, "lightning__dateType"),
        (ValueType::DateTime, "lightning__dateTimeStringType"),
        (
            ValueType::Record("AgfOrder".to_owned()),
            "@apexClassType/c__AgfOrder",
        ),
        (
            ValueType::Record("NS__Order".to_owned()),
            "@apexClassType/NS__Order",
        ),
    ] {
        assert_eq!(lightning_type(&parameter("x", ty)), expected);
    }
}

#[test]
fn a_schema_says_what_is_required_and_what_a_list_holds() {
    let mut lines = parameter("lines", ValueType::Record("Line".to_owned()));
    (lines.is_list, lines.is_required) = (true, true);
    let mut note = parameter("note", ValueType::Text);
    note.description = Some("</b>\"\n".to_owned());
    let schema = serde_json::to_value(Schema::inputs(&[lines, note])).unwrap();
    let expected = json!({
        "required": ["lines"],
        "unevaluatedProperties": false,
        "properties": {
            "lines": {
                "title": "LINES",
                "description": "LINES",
                "lightning:type": "lightning__listType",
                "items": {"lightning:type": "@apexClassType/c__Line"},
                "lightning:isPII": false,
                "copilotAction:isUserInput": true,
            },
            "note": {
                "title": "NOTE",
                "description": "</b>\"\n",
                "lightning:type": "lightning__textType",
                "lightning:isPII": false,
                "copilotAction:isUserInput": true,
            },
        },
        "lightning:type": "lightning__objectType",
    });
    assert_eq!(schema, expected);
}

#[test]
fn a_type_of_a_class_has_the_three_keywords_that_the_platform_takes() {
    let bundle = serde_json::to_value(LightningType::new("Order", None, "AgfOrder")).unwrap();
    let Json::Object(keywords) = &bundle else {
        panic!("{bundle}");
    };
    let keywords: Vec<&str> = keywords.keys().map(String::as_str).collect();
    assert_eq!(keywords, ["title", "description", "lightning:type"]);
}

#[test]
fn names_differ_in_more_than_case() {
    let mut names = Names::new();
    assert_eq!(names.claim("Ask"), "Ask");
    assert_eq!(names.claim("ASK"), "ASK2");
}
