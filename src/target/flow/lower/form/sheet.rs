//! What is asked for on one screen, and the record that it fills.

use crate::action::{ScalarType, settle};
use crate::ir::{Field, TypeId, TypeKind, TypeRef};

use super::super::super::model::{AssignmentItem, ScreenField, Value};
use super::super::super::names;
use super::super::super::text::{Text, html};
use super::super::super::types::{FlowType, Mapped, map_type};
use super::super::plan::{ChoiceValue, InputVariable, Optional, Record, VariableType, tell_apart};
use super::super::screen::field as screen_field;
use super::super::{assign, variable};
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
    /// What may stay empty in the whole: the first such property that is asked for.
    pub open: Option<Open>,
}

/// A property that may stay empty, and the type of the variable that empties it.
pub(super) struct Open {
    property: String,
    ty: FlowType,
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
            open: None,
        }
    }

    /// Lets people tell fields with the same label apart.
    fn tell_apart(&mut self) {
        tell_apart(&mut self.inputs);
        for (field, input) in self.fields.iter_mut().zip(&self.inputs) {
            field.text = Text::new(&html(&input.text));
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

    /// Whether something below a record is set whatever is entered.
    fn is_made(&self, record: &str) -> bool {
        let below = format!("{}.{record}.", self.record.name);
        let mut items = self.record.required.iter();
        items.any(|item| item.to.as_str().starts_with(&below))
    }

    fn set(
        &mut self,
        item: AssignmentItem,
        input: Option<usize>,
        part: &Part,
        field: &Field<'_>,
        (property, label, needed): (&str, &str, bool),
    ) {
        if part.required && needed {
            self.record.required.push(item);
            return;
        }
        // A value that is always the same is set with its record, or left out with it.
        if input.is_none() && part.index.is_none() {
            self.leave(part, field, None);
            return;
        }
        let index = match part.index {
            Some(index) if needed => index,
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
        let mut open = None;
        for (index, field) in fields.iter().enumerate() {
            let Some(own) = self.classes.field_name(part.of, index) else {
                sheet.leave(part, field, None);
                continue;
            };
            let property = joined(&part.path, own);
            // Where null is allowed a field may stay empty: the class writes null then.
            let needed = field.required && !self.may_be_null(field);
            let required = part.required && needed;
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
                    let of = (property.as_str(), label.as_str(), field.required);
                    sheet.set(assign(&to, value), None, part, field, of);
                }
                Mapped::Scalar(_) | Mapped::Choice(_) | Mapped::Unlisted(_) if !full => {
                    let key = format!("field {}{property}", sheet.prefix());
                    let wire = joined(&part.wire, field.wire);
                    let docs = (wire.as_str(), field.docs.description);
                    let (input, value) = self.ask(sheet, docs, (&key, &label), &mapped, required);
                    let value = Value::Reference(value);
                    let to = sheet.reference(&property);
                    let (input, item) = (Some(input), assign(&to, value));
                    let of = (property.as_str(), label.as_str(), needed);
                    sheet.set(item, input, part, field, of);
                    if open.is_none() && !needed {
                        let ty = self.type_of(&mapped);
                        open = Some(Open { property, ty });
                    }
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
        if part.path.is_empty() {
            sheet.tell_apart();
            sheet.open = open;
        } else if part.required && !sheet.is_made(&part.path) {
            self.make(sheet, open);
        }
    }

    /// Makes a record that must be there even if all of it stays empty: a record is there once a property of it is set, if
    /// only to nothing.
    pub(super) fn make(&mut self, sheet: &mut Sheet, open: Option<Open>) {
        let Some(Open { property, ty }) = open else {
            return;
        };
        let nothing = self.nothing(ty);
        let item = assign(&sheet.reference(&property), Value::Reference(nothing));
        sheet.record.required.push(item);
    }

    /// A variable of a type that never has a value.
    fn nothing(&mut self, ty: FlowType) -> Text {
        let mut there = self.nothing.iter();
        if let Some((_, name)) = there.find(|(scalar, _)| *scalar == ty.scalar) {
            return name.clone();
        }
        let name = self
            .names
            .claim_fixed(&format!("No {}", ty.scalar.as_str()));
        let about = "It never has a value: what it is assigned to becomes empty.";
        self.flow.variables.push(variable(&name, ty, Some(about)));
        self.nothing.push((ty.scalar, name.clone()));
        name
    }

    /// Whether a property may be null.
    pub(super) fn may_be_null(&self, field: &Field<'_>) -> bool {
        settle(self.roots.graph, field.ty).nullable
    }

    /// The type of what holds the value of a field on a screen.
    fn type_of(&self, mapped: &Mapped<'_, '_>) -> FlowType {
        match mapped {
            Mapped::Scalar(ty) => *ty,
            Mapped::Choice(_)
            | Mapped::Unlisted(_)
            | Mapped::Fixed(_)
            | Mapped::List(_)
            | Mapped::Record(_)
            | Mapped::Unsupported(_) => FlowType::new(ScalarType::String, self.config),
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
        let ty = self.type_of(mapped);
        let property = key.trim_start_matches("field ");
        let offered = match mapped {
            Mapped::Choice(choice) => choice.values.iter().collect(),
            Mapped::Unlisted(one) => {
                // The elements of a list that are no records have no property.
                let place = match sheet.record.apex_class.as_str() {
                    "" => sheet.record.key.clone(),
                    _ => format!("{}{source}", sheet.prefix()),
                };
                self.unlisted(&place, *one);
                one.offered()
            }
            Mapped::Scalar(_)
            | Mapped::Fixed(_)
            | Mapped::List(_)
            | Mapped::Record(_)
            | Mapped::Unsupported(_) => Vec::new(),
        };
        let texts = names::choice_labels(offered.iter().map(|value| value.wire));
        let choices = offered.iter().zip(texts).map(|(value, text)| ChoiceValue {
            key: format!("{property} = {}", value.wire),
            wire: value.wire.to_owned(),
            label: text,
            description: value.description.map(str::to_owned),
            // The screen claims the names of the constants.
            constant: names::constant(label, value.wire),
        });
        let choices = choices.collect();
        let mut input = InputVariable {
            key: key.to_owned(),
            name: sheet.record.name.clone(),
            source: source.to_owned(),
            label: label.to_owned(),
            text: label.to_owned(),
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
