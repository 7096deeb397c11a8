//! What no field asks for in an element of a list: JSON text too. Only the whole value has an action that reads such text,
//! so the text is read as the only element of a value, and taken out of that.

use serde_json::Value as Json;

use crate::ir::TypeRef;

use super::super::super::model::{
    Assignment, Connector, Loop, Node, Parameter, ScreenField, TextTemplate, Value,
};
use super::super::super::text::{Text, html};
use super::super::assign;
use super::super::plan::Record;
use super::json::Call;
use super::{Form, Screens, json_text, least};

/// The names of what reads the text, and the class that reads it.
pub(super) struct Rest {
    text: Text,
    template: Text,
    each: Text,
    keep: Text,
    class: String,
}

impl Form<'_, '_, '_> {
    /// A field for the properties of a list's elements that no field asks for; none if nothing could read it.
    pub(super) fn rest_of_element(
        &mut self,
        wire: &str,
        label: &str,
        properties: &[String],
        element: TypeRef,
    ) -> Option<(Rest, ScreenField)> {
        let class = self.parse.clone().filter(|_| !properties.is_empty())?;
        let mut claim =
            |what: &str, label: String| self.names.claim(&format!("{wire} {what}"), &label);
        let rest = Rest {
            text: claim("rest", format!("Other Properties of {label}")),
            template: claim("rest as value", format!("{label} as Value")),
            each: claim("read rest", format!("Read {label}")),
            keep: claim("keep rest", format!("Keep Other Properties of {label}")),
            class,
        };
        let help = format!(
            "JSON text of an object with those of these properties that there are: {}.",
            properties.join(", ")
        );
        let default = Value::Text(Text::new(&json_text(&least(self.roots, element).into())));
        let asked = format!("Other Properties of {label} as JSON");
        let field = ScreenField::long_text(&rest.text, &html(&asked), &html(&help), default);
        Some((rest, field))
    }

    /// The elements that read the text; gives the first of them.
    pub(super) fn read_element(
        &mut self,
        rest: &Rest,
        (record, wire, property): (&Record, &str, &str),
        screens: &Screens,
        next: &Text,
    ) -> Text {
        let label = &record.label;
        let keep_label = format!("Keep Other Properties of {label}");
        self.flow.assignments.push(Assignment {
            node: Node::new(
                &rest.keep,
                &keep_label,
                Some("Begins with the element that was read."),
            ),
            items: vec![assign(&record.name, Value::Reference(rest.each.clone()))],
            connector: Some(Connector::to(&rest.each)),
        });
        let text = format!("{}{{!{}}}]}}", self.opened(wire), rest.text);
        self.flow.text_templates.push(TextTemplate {
            description: Some(Text::new("JSON text of a value with this element alone.")),
            name: rest.template.clone(),
            text: Text::new(&text),
        });
        let what = format!("Parse {label}");
        let call = Call {
            what: &what,
            class: &rest.class,
            input: Parameter {
                name: Text::new("jsonText"),
                value: Value::Reference(rest.template.clone()),
            },
            is_good: ("value", "IsNull", false),
            good: Vec::new(),
            is_first: false,
        };
        let action = self.call(&call, screens, &rest.each);
        self.flow.loops.push(Loop {
            node: Node::new(
                &rest.each,
                &format!("Read {label}"),
                Some("Finds the element in the value that was read."),
            ),
            collection: Text::new(&format!("{action}.value.{property}")),
            next_connector: Some(Connector::to(&rest.keep)),
            done_connector: Some(Connector::to(next)),
        });
        action
    }

    /// The least value as JSON text, up to the first element of one of its lists.
    fn opened(&self, list: &str) -> String {
        let mut least = self.least.clone();
        least.remove(list);
        let least = json_text(&least.into());
        let least = least.trim_end_matches('}');
        let comma = if least.ends_with('{') { "" } else { "," };
        format!("{least}{comma}{}:[", json_text(&Json::from(list)))
    }
}
