//! The screen flow in which somebody fills in values of a type: one after the other, as many as there are.

use crate::action::SchemaRoots;
use crate::ir::{Field, TypeId, TypeKind, TypeRef};
use crate::target::apex::names::Names as ClassNames;

use super::super::config::FlowConfig;
use super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Flow, Node, Rule, Screen,
    ScreenField, Value, Variable,
};
use super::super::names::{self, FORM, FORM_RESOURCES, Names};
use super::super::text::Text;
use super::super::types::{FlowType, Mapped, map_type};
use super::call::fill;
use super::plan::{ChoiceValue, InputVariable, Optional, Record, VariableType};
use super::screen::field as screen_field;
use super::{Naming, assign, empty_flow};
use crate::action::ScalarType;

/// Nobody fills in more fields on one screen.
const MAX_FIELDS: usize = 40;
/// So many properties that the flow leaves alone are listed in its description.
const MAX_LISTED: usize = 20;

/// A form in the making.
struct Form<'a, 'g, 's> {
    roots: &'a SchemaRoots<'g, 's>,
    classes: &'a ClassNames,
    config: &'a FlowConfig,
    flow: Flow,
    names: Names,
    record: Record,
    inputs: Vec<InputVariable>,
    fields: Vec<ScreenField>,
    left_alone: Vec<String>,
}

/// A record whose properties are asked for: the whole, or one right in it.
struct Part {
    of: TypeId,
    path: String,
    label: String,
    required: bool,
    /// The group of an optional record, as an index into [`Record::optional`].
    index: Option<usize>,
}

/// The form for a type; none if no class holds it.
pub(in super::super) fn lower(
    root: TypeRef,
    (place, name): (&str, &str),
    roots: &SchemaRoots<'_, '_>,
    classes: &ClassNames,
    config: &FlowConfig,
    naming: &mut Naming<'_>,
) -> Option<Flow> {
    let class = classes.class_name(root.id)?;
    let TypeKind::Object(object) = &roots.graph.get(root.id).kind else {
        return None;
    };
    let label = names::label(name);
    let flow_label = format!("Enter {label}");
    let mut own = Names::in_flow(naming.ledger, place, FORM_RESOURCES);
    let variable = own.claim("value", &label);
    let mut form = Form {
        roots,
        classes,
        config,
        flow: empty_flow(
            naming.flows.with_role(FORM).claim(place, &flow_label),
            &flow_label,
            "",
            "Flow",
            config,
        ),
        record: Record {
            key: "value".to_owned(),
            name: variable,
            label: label.clone(),
            description: String::new(),
            apex_class: Text::new(class),
            required: Vec::new(),
            optional: Vec::new(),
        },
        names: own,
        inputs: Vec::new(),
        fields: Vec::new(),
        left_alone: Vec::new(),
    };
    let whole = Part {
        of: root.id,
        path: String::new(),
        label: String::new(),
        required: true,
        index: None,
    };
    form.properties(&whole, &object.fields);
    let screens = Screens::claim(&label, &mut form.names);
    let (flow, names) = form.finish(&label, &flow_label, &screens);
    naming.ledger.keep_members(place, names.into_claims());
    Some(flow)
}

/// The names of the elements and variables around the fields.
struct Screens {
    enter: Text,
    list: Text,
    blank: Text,
    add: Text,
    ask: Text,
    more: Text,
    check: Text,
    clear: Text,
}

impl Screens {
    fn claim(label: &str, names: &mut Names) -> Self {
        Self {
            enter: names.claim("enter", &format!("Enter {label}")),
            list: names.claim("list", &format!("{label} List")),
            blank: names.claim("blank", &format!("Blank {label}")),
            add: names.claim("add", &format!("Add {label}")),
            ask: names.claim_fixed("Ask for More"),
            more: names.claim_fixed("Add Another"),
            check: names.claim_fixed("Check for More"),
            clear: names.claim("clear", &format!("Clear {label}")),
        }
    }
}

impl Form<'_, '_, '_> {
    /// The properties of a record, and those of the records right in it.
    fn properties(&mut self, part: &Part, fields: &[Field<'_>]) {
        for (index, field) in fields.iter().enumerate() {
            let Some(own) = self.classes.field_name(part.of, index) else {
                self.left_alone.push(field.wire.to_owned());
                continue;
            };
            let property = if part.path.is_empty() {
                own.to_owned()
            } else {
                format!("{}.{own}", part.path)
            };
            let required = part.required && field.required;
            let label = names::label(field.docs.title.unwrap_or(field.wire));
            let label = format!("{} {label}", part.label).trim_start().to_owned();
            let mapped = map_type(self.roots.graph, field.ty, self.config);
            let full = self.fields.len() >= MAX_FIELDS;
            match mapped {
                Mapped::Record(inner) if part.path.is_empty() && !full => {
                    let TypeKind::Object(object) = &self.roots.graph.get(inner).kind else {
                        continue;
                    };
                    let index = (!required).then(|| self.optional(field, &property, &label));
                    let part = Part {
                        of: inner,
                        path: property,
                        label,
                        required,
                        index,
                    };
                    self.properties(&part, &object.fields);
                }
                Mapped::Fixed(value) => {
                    let to = self.reference(&property);
                    self.set(assign(&to, value), None, part, field, (&property, &label));
                }
                Mapped::Scalar(_) | Mapped::Choice(_) | Mapped::Unlisted(_) if !full => {
                    let input = self.input(field, (&property, &label), &mapped, required);
                    let value = Value::Reference(self.inputs[input].name.clone());
                    let to = self.reference(&property);
                    let input = Some(input);
                    self.set(assign(&to, value), input, part, field, (&property, &label));
                }
                Mapped::Scalar(_)
                | Mapped::Choice(_)
                | Mapped::Unlisted(_)
                | Mapped::List(_)
                | Mapped::Record(_)
                | Mapped::Unsupported(_) => self.left_alone.push(property),
            }
        }
    }

    fn reference(&self, property: &str) -> Text {
        Text::new(&format!("{}.{property}", self.record.name))
    }

    /// A group of properties that are set if they are given.
    fn optional(&mut self, field: &Field<'_>, property: &str, label: &str) -> usize {
        let optional = Optional::new(property, label, field.docs.description);
        self.record.optional.push(optional);
        self.record.optional.len() - 1
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
            self.left_alone.push(field.wire.to_owned());
            return;
        }
        let index = match part.index {
            Some(index) if field.required => index,
            _ => self.optional(field, property, label),
        };
        let optional = &mut self.record.optional[index];
        optional.items.push(item);
        optional.given.extend(input);
    }

    /// The field on the screen for a property.
    fn input(
        &mut self,
        field: &Field<'_>,
        (property, label): (&str, &str),
        mapped: &Mapped<'_, '_>,
        required: bool,
    ) -> usize {
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
            let values = choice.values.iter();
            choices.extend(values.map(|value| ChoiceValue {
                key: format!("{property} = {}", value.wire),
                wire: value.wire.to_owned(),
                label: names::label(value.wire),
                description: value.description.map(str::to_owned),
                // The screen claims the names of the constants.
                constant: names::constant(label, value.wire),
            }));
        }
        let mut input = InputVariable {
            key: format!("field {property}"),
            name: self.record.name.clone(),
            source: field.wire.to_owned(),
            label: label.to_owned(),
            description: field.docs.description.map(str::to_owned),
            ty: VariableType::Scalar(ty),
            is_list: false,
            required,
            choices,
        };
        let on_screen = screen_field(&input, &mut self.flow, &mut self.names);
        input.name = on_screen.name.clone();
        self.fields.push(on_screen);
        self.inputs.push(input);
        self.inputs.len() - 1
    }

    fn variable(&self, name: &Text, description: &str, is_list: bool, is_shared: bool) -> Variable {
        Variable {
            description: Some(Text::new(description)),
            name: name.clone(),
            apex_class: Some(self.record.apex_class.clone()),
            data_type: "Apex",
            is_collection: is_list,
            is_input: is_list,
            is_output: is_shared,
            scale: None,
            is_required: false,
            default: None,
        }
    }

    fn description(&self, label: &str) -> String {
        let mut text = format!(
            "Asks for values of {label}, one after the other, and gives the last one and the list of all. A list that \
             is given is added to."
        );
        let (shown, rest) = self
            .left_alone
            .split_at(self.left_alone.len().min(MAX_LISTED));
        if !shown.is_empty() {
            text.push_str("\nThis flow does not ask for: ");
            text.push_str(&shown.join(", "));
            if !rest.is_empty() {
                text.push_str(&format!(", and {} more", rest.len()));
            }
            text.push('.');
        }
        text
    }

    fn finish(mut self, label: &str, flow_label: &str, screens: &Screens) -> (Flow, Names) {
        let text = self.description(label);
        self.flow.description = Text::new(&text);
        let variables = [
            self.variable(
                &self.record.name,
                "The value that was entered last.",
                false,
                true,
            ),
            self.variable(&screens.list, "All values that were entered.", true, true),
            self.variable(
                &screens.blank,
                "A value without any property.",
                false,
                false,
            ),
        ];
        self.flow.variables.extend(variables);
        self.record.optional.retain(|one| !one.given.is_empty());
        let record = &self.record;
        let (flow, names) = (&mut self.flow, &mut self.names);
        flow.assignments.push(Assignment {
            node: Node::new(
                &screens.add,
                &format!("Add {label}"),
                Some("Adds it to the list."),
            ),
            items: vec![AssignmentItem {
                to: screens.list.clone(),
                operator: "Add",
                value: Value::Reference(record.name.clone()),
            }],
            connector: Some(Connector::to(&screens.ask)),
        });
        let more = ScreenField {
            name: screens.more.clone(),
            choices: Vec::new(),
            data_type: Some("Boolean"),
            text: Text::new("Add Another"),
            field_type: "InputField",
            help: None,
            is_required: true,
            scale: None,
        };
        flow.screens.push(Screen {
            node: Node::new(&screens.ask, "More", Some("Asks whether there are more.")),
            allow_back: false,
            connector: Some(Connector::to(&screens.check)),
            fields: vec![more],
        });
        flow.decisions.push(Decision {
            node: Node::new(
                &screens.check,
                "Check for More",
                Some("Begins again, or ends."),
            ),
            default_connector: None,
            default_label: Text::new("Done"),
            rules: vec![Rule {
                name: names.claim_fixed("Is There More"),
                label: Text::new("More"),
                logic: "and",
                conditions: vec![Condition {
                    left: screens.more.clone(),
                    operator: "EqualTo",
                    right: Value::Boolean(true),
                }],
                connector: Some(Connector::to(&screens.clear)),
            }],
        });
        flow.assignments.push(Assignment {
            node: Node::new(
                &screens.clear,
                &format!("Clear {label}"),
                Some("Nothing of the last value stays in the next one."),
            ),
            items: vec![assign(
                &record.name,
                Value::Reference(screens.blank.clone()),
            )],
            connector: Some(Connector::jump(&screens.enter)),
        });
        let first = fill(record, &self.inputs, screens.add.clone(), flow, names);
        flow.screens.push(Screen {
            node: Node::new(&screens.enter, flow_label, Some("Asks for one value.")),
            allow_back: false,
            connector: Some(Connector::to(&first)),
            fields: self.fields,
        });
        flow.start = Some(Connector::to(&screens.enter));
        (self.flow, self.names)
    }
}
