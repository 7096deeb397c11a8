//! What is asked for on one screen, and the record that it fills.

use crate::action::{ScalarType, settle};
use crate::ir::{Field, TypeId, TypeKind, TypeRef};

use super::super::super::model::{AssignmentItem, ScreenField, Value};
use super::super::super::names;
use super::super::super::text::Text;
use super::super::super::types::{FlowType, Mapped, map_type};
use super::super::assign;
use super::super::plan::{ChoiceValue, InputVariable, Optional, Record, VariableType};
use super::super::screen::field as screen_field;
use super::Form;

/// Nobody fills in more fields on one screen.
const MAX_FIELDS: usize = 40;

/// The fields of a screen, and the record that they fill.
pub(super) struct Sheet {
    pub record: Record,
    pub inputs: Vec<InputVariable>,
    pub fields: Vec<ScreenField>,
    /// The properties that no field asks for.
    pub left: Vec<Left>,
}

/// A property that no field asks for.
pub(super) struct Left {
    /// Its place in the whole, as the schema spells it.
    pub wire: String,
    /// What it is, if it is a list: its elements may be entered one by one.
    pub list: Option<ListOf>,
}

/// A list right in the whole.
pub(super) struct ListOf {
    /// The property of the class.
    pub property: String,
    pub label: String,
    pub description: Option<String>,
    pub elements: TypeRef,
    pub required: bool,
}

/// A record whose properties are asked for: the whole, or one right in it.
pub(super) struct Part {
    pub of: TypeId,
    /// The way to it, as Apex spells it, and as the schema does.
    pub path: String,
    pub wire: String,
    pub label: String,
    pub required: bool,
    /// The group of an optional record, as an index into [`Record::optional`].
    pub index: Option<usize>,
}

impl Part {
    /// The whole.
    pub(super) fn whole(of: TypeId, label: &str) -> Self {
        Self {
            of,
            path: String::new(),
            wire: String::new(),
            label: label.to_owned(),
            required: true,
            index: None,
        }
    }
}

impl Sheet {
    pub(super) fn new(record: Record) -> Self {
        Self {
            record,
            inputs: Vec::new(),
            fields: Vec::new(),
            left: Vec::new(),
        }
    }

    fn reference(&self, property: &str) -> Text {
        Text::new(&format!("{}.{property}", self.record.name))
    }

    /// A group of properties that are set if they are given.
    fn optional(
        &mut self,
        field: &Field<'_>,
        property: &str,
        label: &str,
        within: Option<usize>,
    ) -> usize {
        let key = format!("{}{property}", self.prefix());
        let mut optional = Optional::new(&key, label, field.docs.description);
        optional.within = within;
        self.record.optional.push(optional);
        self.record.optional.len() - 1
    }

    /// What tells the properties of this record from those of others on the way through the flow.
    fn prefix(&self) -> String {
        match self.record.key.as_str() {
            "value" => String::new(),
            key => format!("{key}."),
        }
    }

    fn set(
        &mut self,
        item: AssignmentItem,
        input: Option<usize>,
        part: &Part,
        field: &Field<'_>,
        (property, label): (&str, &str),
    ) {
        if part.required && field.required {
            self.record.required.push(item);
            return;
        }
        // A value that is always the same is set with its record, or left out with it.
        if input.is_none() && part.index.is_none() {
            self.leave(part, field, None);
            return;
        }
        let index = match part.index {
            Some(index) if field.required => index,
            _ => self.optional(field, property, label, part.index),
        };
        let optional = &mut self.record.optional[index];
        optional.items.push(item);
        optional.given.extend(input);
    }

    fn leave(&mut self, part: &Part, field: &Field<'_>, list: Option<ListOf>) {
        let wire = joined(&part.wire, field.wire);
        self.left.push(Left { wire, list });
    }
}

impl Form<'_, '_, '_> {
    /// The properties of a record, and those of the records right in it.
    pub(super) fn properties(&mut self, sheet: &mut Sheet, part: &Part, fields: &[Field<'_>]) {
        for (index, field) in fields.iter().enumerate() {
            let Some(own) = self.classes.field_name(part.of, index) else {
                sheet.leave(part, field, None);
                continue;
            };
            let property = joined(&part.path, own);
            let required = part.required && field.required;
            let label = names::label(field.docs.title.unwrap_or(field.wire));
            let label = format!("{} {label}", part.label).trim_start().to_owned();
            let mapped = map_type(self.roots.graph, field.ty, self.config);
            let full = sheet.fields.len() >= MAX_FIELDS;
            match mapped {
                Mapped::Record(inner) if part.path.is_empty() && !full => {
                    let TypeKind::Object(object) = &self.roots.graph.get(inner).kind else {
                        continue;
                    };
                    let index =
                        (!required).then(|| sheet.optional(field, &property, &label, part.index));
                    let part = Part {
                        of: inner,
                        path: property,
                        wire: joined(&part.wire, field.wire),
                        label,
                        required,
                        index,
                    };
                    self.properties(sheet, &part, &object.fields);
                }
                Mapped::Fixed(value) => {
                    let to = sheet.reference(&property);
                    sheet.set(assign(&to, value), None, part, field, (&property, &label));
                }
                Mapped::Scalar(_) | Mapped::Choice(_) | Mapped::Unlisted(_) if !full => {
                    let key = format!("field {}{property}", sheet.prefix());
                    let docs = (field.wire, field.docs.description);
                    let (input, value) = self.ask(sheet, docs, (&key, &label), &mapped, required);
                    let value = Value::Reference(value);
                    let to = sheet.reference(&property);
                    let input = Some(input);
                    sheet.set(assign(&to, value), input, part, field, (&property, &label));
                }
                Mapped::Scalar(_)
                | Mapped::Choice(_)
                | Mapped::Unlisted(_)
                | Mapped::List(_)
                | Mapped::Record(_)
                | Mapped::Unsupported(_) => {
                    let elements = self.elements(field.ty);
                    let list = elements
                        .filter(|_| part.path.is_empty())
                        .map(|elements| ListOf {
                            property,
                            label,
                            description: field.docs.description.map(str::to_owned),
                            elements,
                            required,
                        });
                    sheet.leave(part, field, list);
                }
            }
        }
    }

    /// The type of the elements, if a use of a type is a list.
    fn elements(&self, ty: TypeRef) -> Option<TypeRef> {
        let graph = self.roots.graph;
        match &graph.get(settle(graph, ty).id).kind {
            TypeKind::Array(array) => Some(settle(graph, array.items)),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => None,
        }
    }

    /// A field on the screen: its place among the inputs, and what holds its value.
    pub(super) fn ask(
        &mut self,
        sheet: &mut Sheet,
        (source, description): (&str, Option<&str>),
        (key, label): (&str, &str),
        mapped: &Mapped<'_, '_>,
        required: bool,
    ) -> (usize, Text) {
        let ty = match mapped {
            Mapped::Scalar(ty) => *ty,
            Mapped::Choice(_)
            | Mapped::Unlisted(_)
            | Mapped::Fixed(_)
            | Mapped::List(_)
            | Mapped::Record(_)
            | Mapped::Unsupported(_) => FlowType::new(ScalarType::String, self.config),
        };
        let mut choices = Vec::new();
        if let Mapped::Choice(choice) = mapped {
            let texts = names::choice_labels(choice.values.iter().map(|value| value.wire));
            let values = choice.values.iter().zip(texts);
            let property = key.trim_start_matches("field ");
            choices.extend(values.map(|(value, text)| ChoiceValue {
                key: format!("{property} = {}", value.wire),
                wire: value.wire.to_owned(),
                label: text,
                description: value.description.map(str::to_owned),
                // The screen claims the names of the constants.
                constant: names::constant(label, value.wire),
            }));
        }
        let mut input = InputVariable {
            key: key.to_owned(),
            name: sheet.record.name.clone(),
            source: source.to_owned(),
            label: label.to_owned(),
            description: description.map(str::to_owned),
            ty: VariableType::Scalar(ty),
            is_list: false,
            required,
            choices,
        };
        let may_stay_open = input.may_stay_open();
        if may_stay_open {
            input = input.with_yes_and_no(self.config);
        }
        let on_screen = screen_field(&input, &mut self.flow, &mut self.names);
        input.name = on_screen.name.clone();
        let value = match may_stay_open {
            true => input.is_yes(&mut self.flow, &mut self.names),
            false => input.name.clone(),
        };
        sheet.fields.push(on_screen);
        sheet.inputs.push(input);
        (sheet.inputs.len() - 1, value)
    }
}

fn joined(path: &str, step: &str) -> String {
    if path.is_empty() {
        step.to_owned()
    } else {
        format!("{path}.{step}")
    }
}
