//! A value that each element of a list in an output may hold: a loop that reads it.

use crate::action::{Output, OutputValue, ScalarType, SchemaRoots, property};
use crate::target::apex::platform::platform_path;

use super::super::config::FlowConfig;
use super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Loop, Node, Rule, TextTemplate,
    Value,
};
use super::super::names;
use super::super::text::Text;
use super::super::types::{FlowType, Mapped, map_type};
use super::outcome::{Outcomes, value_key};
use super::{assign, variable};

/// Parts the path of a list from the path in its elements.
const ELEMENT: &str = "[].";

/// What the elements of a list are read into.
struct Reading {
    /// What tells it from others, whatever it is called.
    key: String,
    label: String,
    description: Option<String>,
    ty: FlowType,
    list: Text,
    /// The path of the value in an element.
    path: String,
    /// The path of what must be there before the value can be read.
    guard: String,
}

impl Outcomes<'_> {
    /// Reads the value of every element: texts are put together line by line, other values are collected. Gives the
    /// loop; none where there is nothing to read.
    pub(super) fn listed(
        &mut self,
        output: &Output,
        value: &OutputValue,
        roots: &SchemaRoots<'_, '_>,
        config: &FlowConfig,
        next: Option<Connector>,
    ) -> Option<Text> {
        let (list, rest) = value.property.split_once(ELEMENT)?;
        let root = roots.root(output.schema.as_deref()?)?;
        let field = property(roots, root, &value.property).ok()?;
        let ty = match map_type(roots.graph, field.ty, config) {
            Mapped::Scalar(ty) => ty,
            Mapped::Choice(_) | Mapped::Unlisted(_) | Mapped::Fixed(Value::Text(_)) => {
                FlowType::new(ScalarType::String, config)
            }
            Mapped::Fixed(_) | Mapped::List(_) | Mapped::Record(_) | Mapped::Unsupported(_) => {
                return None;
            }
        };
        let label = value.label.as_deref().or(field.docs.title);
        let path = platform_path(rest);
        let reading = Reading {
            key: value_key(output, &value.property),
            label: names::label(label.unwrap_or(field.wire)),
            description: field.docs.description.map(str::to_owned),
            ty,
            list: Text::new(&format!(
                "{}.{}.{}",
                self.fixed.action,
                output.name,
                platform_path(list)
            )),
            guard: path
                .rsplit_once('.')
                .map_or(&*path, |(outer, _)| outer)
                .to_owned(),
            path,
        };
        let into = self.names.claim_first(
            &reading.key,
            &[&reading.label, &format!("{} Output", reading.label)],
        );
        let is_text = ty.scalar == ScalarType::String;
        let mut result = variable(&into, ty, reading.description.as_deref());
        result.is_output = true;
        result.is_collection = !is_text;
        self.flow.variables.push(result);
        self.outputs.push((value.property.clone(), into.clone()));
        Some(self.read(&reading, &into, is_text, next))
    }

    /// The loop, and what it does with each element.
    fn read(
        &mut self,
        reading: &Reading,
        into: &Text,
        is_text: bool,
        next: Option<Connector>,
    ) -> Text {
        let label = format!("Read {}", reading.label);
        let key = &reading.key;
        let each = self.names.claim(&format!("read {key}"), &label);
        let found = Value::Reference(Text::new(&format!("{each}.{}", reading.path)));
        let is_there = Condition {
            left: Text::new(&format!("{each}.{}", reading.guard)),
            operator: "IsNull",
            right: Value::Boolean(false),
        };
        let mut rules = Vec::new();
        if is_text {
            let is_first = Condition {
                left: into.clone(),
                operator: "IsNull",
                right: Value::Boolean(true),
            };
            let part = self
                .names
                .claim(&format!("part {key}"), &format!("{} Part", reading.label));
            let joined = self.names.claim(
                &format!("joined {key}"),
                &format!("Joined {}", reading.label),
            );
            self.flow.variables.push(variable(
                &part,
                reading.ty,
                Some("What one element of the list holds."),
            ));
            self.flow.text_templates.push(TextTemplate {
                description: Some(Text::new("All that was read so far, and one more line.")),
                name: joined.clone(),
                text: Text::new(&format!("{{!{into}}}\n{{!{part}}}")),
            });
            let first = vec![assign(into, found.clone())];
            rules.push(self.keep(
                reading,
                "First",
                vec![is_there.clone(), is_first],
                first,
                &each,
            ));
            let more = vec![assign(&part, found), assign(into, Value::Reference(joined))];
            rules.push(self.keep(reading, "Next", vec![is_there], more, &each));
        } else {
            let add = AssignmentItem {
                to: into.clone(),
                operator: "Add",
                value: found,
            };
            rules.push(self.keep(reading, "Next", vec![is_there], vec![add], &each));
        }
        let check_label = format!("Check {}", reading.label);
        let check = self.names.claim(&format!("check {key}"), &check_label);
        self.flow.decisions.push(Decision {
            node: Node::new(
                &check,
                &check_label,
                Some("Passes over elements that hold something else."),
            ),
            default_connector: Some(Connector::to(&each)),
            default_label: Text::new("Something Else"),
            rules,
        });
        self.flow.loops.push(Loop {
            node: Node::new(&each, &label, Some("Goes through the list of the answer.")),
            collection: reading.list.clone(),
            next_connector: Some(Connector::to(&check)),
            done_connector: next,
        });
        each
    }

    /// A rule, and the assignment that it leads to.
    fn keep(
        &mut self,
        reading: &Reading,
        which: &str,
        conditions: Vec<Condition>,
        items: Vec<AssignmentItem>,
        each: &Text,
    ) -> Rule {
        let label = format!("Keep {which} {}", reading.label);
        let key = format!("{which} {}", reading.key);
        let name = self.names.claim(&format!("keep {key}"), &label);
        self.flow.assignments.push(Assignment {
            node: Node::new(&name, &label, Some("Keeps what the element holds.")),
            items,
            connector: Some(Connector::to(each)),
        });
        Rule {
            name: self.names.claim(
                &format!("is {key}"),
                &format!("Is {which} {}", reading.label),
            ),
            label: Text::new(&format!("{which} {}", reading.label)),
            logic: "and".into(),
            conditions,
            connector: Some(Connector::to(&name)),
        }
    }
}
