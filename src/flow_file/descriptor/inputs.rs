//! The inputs of a call, and what they are set to.

use heck::{ToKebabCase, ToTitleCase};
use roxmltree::Node;
use serde_json::{Value, json};

use super::super::types::{Base, literal};
use super::super::xml;
use super::Reader;
use crate::diagnostic::Code;

impl<'a, 'x> Reader<'_, '_, 'a, 'x, '_, '_> {
    pub(super) fn input(&mut self, parameter: Node<'a, 'x>, index: usize) -> Option<Value> {
        let name = xml::text_of(parameter, "name")?;
        let pointer = format!("/inputs/{index}");
        let data_type = self.data_type(parameter, name, &format!("{pointer}/type"))?;
        self.guess(
            format!("{pointer}/required"),
            "The flow sets it; whether the action fails without it is not in the flow.",
        );
        Some(json!({
            "name": name,
            "label": name.to_title_case(),
            "required": true,
            "type": data_type,
        }))
    }

    /// The type of what a parameter is set to; none if a descriptor cannot say it.
    fn data_type(&mut self, parameter: Node<'a, 'x>, name: &str, pointer: &str) -> Option<Value> {
        let value = xml::child(parameter, "value")?;
        if let Some((node, base)) = literal(value) {
            let is_moment = node.tag_name().name() == "dateTimeValue";
            return Some(json!(scalar(&base, is_moment)?));
        }
        let reference = xml::child(value, "elementReference")?;
        let text = xml::text(reference);
        let answer = self.resolver.resolve(text).ok()?;
        let is_moment = answer
            .symbol
            .is_some_and(|one| xml::text_of(one.node, "dataType") == Some("DateTime"));
        let word = scalar(&answer.ty.base, is_moment);
        let is_list = answer.ty.many == Some(true);
        match (&answer.ty.base, word) {
            (Base::Apex(class), _) if is_list => {
                self.guess_schema(pointer);
                Some(json!({"apexClass": class, "schema": stem(class), "isList": true}))
            }
            (Base::Apex(class), _) => Some(self.record(text, class, pointer)),
            (_, Some(word)) if is_list => Some(json!({"list": word})),
            (_, Some(word)) => Some(json!(word)),
            (Base::Unknown, _) if !is_list => {
                self.guess(
                    pointer.to_owned(),
                    "The flow does not say its type; texts are most frequent.",
                );
                Some(json!("String"))
            }
            _ => {
                self.findings.warning(
                    Code::DescriptorGuess,
                    xml::span(reference),
                    format!(
                        "the input `{name}` is {}, and a descriptor has no such type",
                        answer.ty.shown()
                    ),
                    "it is left out: set it in the flow that is generated",
                );
                None
            }
        }
    }

    /// An Apex-defined input with the properties that the flow sets.
    fn record(&mut self, variable: &str, class: &str, pointer: &str) -> Value {
        self.guess_schema(pointer);
        let mut record = json!({"apexClass": class, "schema": stem(class)});
        let (offer, groups) = self.properties(variable);
        if !offer.is_empty() {
            record["offer"] = json!(offer);
        }
        if !groups.is_empty() {
            record["groups"] = json!(groups);
        }
        record
    }

    fn guess_schema(&mut self, pointer: &str) {
        self.guess(
            format!("{pointer}/schema"),
            "Made from the name of the class. Name the schema that gives its structure.",
        );
    }
}

/// The word of a descriptor for a scalar type.
pub(super) fn scalar(base: &Base, is_moment: bool) -> Option<&'static str> {
    Some(match base {
        Base::Text | Base::Texts => "String",
        Base::Number => "Number",
        Base::Boolean => "Boolean",
        Base::Date if is_moment => "DateTime",
        Base::Date => "Date",
        Base::Time | Base::Record(_) | Base::Apex(_) | Base::Unknown => return None,
    })
}

/// The file name of the schema that a class may have been made from.
fn stem(class: &str) -> String {
    class.rsplit('_').next().unwrap_or(class).to_kebab_case()
}
