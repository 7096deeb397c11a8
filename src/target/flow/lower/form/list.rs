//! Lists in a form: one more element, as often as somebody wants.

use crate::ir::{Field, TypeId, TypeKind};

use super::super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Node, Rule, Screen, ScreenField,
    Value, Variable,
};
use super::super::super::text::{Text, html};
use super::super::super::types::{Mapped, map_type};
use super::super::assign;
use super::super::call::fill;
use super::super::plan::{Record, VariableType};
use super::rest::Rest;
use super::sheet::{ListOf, Part, Sheet};
use super::{Form, Screens};

/// A list that is entered element by element.
pub(super) struct List {
    of: ListOf,
    wire: String,
    sheet: Sheet,
    element: Element,
    names: ListNames,
}

/// What an element is.
enum Element {
    /// The value of the only field.
    Scalar,
    /// A record of its own, the names of one without any property and of what clears it, and what reads the JSON text
    /// of what no field asks for.
    Record {
        blank: Text,
        clear: Text,
        rest: Option<Rest>,
    },
}

/// The names of the elements and variables of a list.
struct ListNames {
    all: Text,
    none: Text,
    ask: Text,
    more: Text,
    check: Text,
    enter: Text,
    add: Text,
}

impl Form<'_, '_, '_> {
    /// The list, if a screen can ask for its elements; what they leave alone is kept in mind.
    pub(super) fn list(&mut self, wire: &str, of: ListOf) -> Option<List> {
        let mapped = map_type(self.roots.graph, of.elements, self.config);
        let label = format!("{} Entry", of.label);
        let name = |form: &mut Self| form.names.claim(&format!("{wire} entry"), &label);
        let record = |name: Text, class: &str| Record {
            key: format!("{wire}[]"),
            name,
            label: label.clone(),
            description: String::new(),
            apex_class: Text::new(class),
            required: Vec::new(),
            optional: Vec::new(),
        };
        let (sheet, element) = match mapped {
            Mapped::Scalar(_) | Mapped::Choice(_) | Mapped::Unlisted(_) => {
                let mut sheet = Sheet::new(record(Text::new(""), ""));
                let key = format!("field {wire}[]");
                let docs = (wire, of.description.as_deref());
                self.ask(&mut sheet, docs, (&key, &label), &mapped, true);
                (sheet, Element::Scalar)
            }
            Mapped::Record(id) => {
                let TypeKind::Object(object) = &self.roots.graph.get(id).kind else {
                    return None;
                };
                let class = self.classes.class_name(id)?.to_owned();
                if !self.can_be_asked_for(id) {
                    return None;
                }
                let name = name(self);
                let mut sheet = Sheet::new(record(name, &class));
                self.properties(&mut sheet, &Part::whole(id, &of.label), &object.fields);
                let left: Vec<String> = sheet.left.drain(..).map(|one| one.wire).collect();
                let rest = self.rest_of_element(wire, &label, &left, of.elements);
                let told = match &rest {
                    Some(_) => &mut self.by_text_within,
                    None => &mut self.left_alone,
                };
                told.extend(left.iter().map(|one| format!("{wire}[].{one}")));
                let rest = rest.map(|(rest, field)| {
                    sheet.fields.push(field);
                    rest
                });
                let mut claim =
                    |what: &str, label: String| self.names.claim(&format!("{wire} {what}"), &label);
                let blank = claim("blank", format!("Blank {label}"));
                let clear = claim("clear", format!("Clear {label}"));
                (sheet, Element::Record { blank, clear, rest })
            }
            Mapped::Fixed(_) | Mapped::List(_) | Mapped::Unsupported(_) => return None,
        };
        let mut claim =
            |what: &str, label: String| self.names.claim(&format!("{wire} {what}"), &label);
        let list = &of.label;
        let names = ListNames {
            all: claim("list", format!("{list} List")),
            none: claim("none", format!("No {list}")),
            ask: claim("ask", format!("Ask for {list}")),
            more: claim("more", format!("Add to {list}")),
            check: claim("check", format!("Check {list}")),
            enter: claim("enter", format!("Enter {label}")),
            add: claim("add", format!("Add {label}")),
        };
        Some(List {
            wire: wire.to_owned(),
            of,
            sheet,
            element,
            names,
        })
    }

    /// Whether a screen can ask for all that a record must have.
    fn can_be_asked_for(&self, id: TypeId) -> bool {
        let TypeKind::Object(object) = &self.roots.graph.get(id).kind else {
            return false;
        };
        let is_needed = |one: &&Field<'_>| one.required && !self.may_be_null(one);
        object.fields.iter().filter(is_needed).all(|one| {
            match map_type(self.roots.graph, one.ty, self.config) {
                Mapped::Scalar(_) | Mapped::Choice(_) | Mapped::Unlisted(_) | Mapped::Fixed(_) => {
                    true
                }
                Mapped::List(_) | Mapped::Record(_) | Mapped::Unsupported(_) => false,
            }
        })
    }

    /// The elements on the canvas that ask for a list; gives the first of them.
    pub(super) fn enter_list(&mut self, mut list: List, screens: &Screens, next: Text) -> Text {
        let names = &list.names;
        let to = Text::new(&format!("{}.{}", self.value, list.of.property));
        let (added, back) = match &list.element {
            Element::Scalar => {
                let field = list.sheet.fields.first().map(|field| field.name.clone());
                let field = field.unwrap_or_else(|| list.sheet.record.name.clone());
                (field, Connector::jump(&names.ask))
            }
            Element::Record { clear, .. } => (list.sheet.record.name.clone(), Connector::to(clear)),
        };
        let entry = format!("{} Entry", list.of.label);
        self.flow.assignments.push(Assignment {
            node: Node::new(
                &names.add,
                &format!("Add {entry}"),
                Some("Adds it to the list, and gives the list to the value."),
            ),
            items: vec![
                AssignmentItem {
                    to: names.all.clone(),
                    operator: "Add",
                    value: Value::Reference(added),
                },
                assign(&to, Value::Reference(names.all.clone())),
            ],
            connector: Some(back),
        });
        let mut first = names.add.clone();
        let mut class = None;
        if let Element::Record { blank, clear, rest } = &list.element {
            self.flow.assignments.push(Assignment {
                node: Node::new(
                    clear,
                    &format!("Clear {entry}"),
                    Some("Nothing of the last one stays in the next one."),
                ),
                items: vec![assign(
                    &list.sheet.record.name,
                    Value::Reference(blank.clone()),
                )],
                connector: Some(Connector::jump(&names.ask)),
            });
            let open = list.sheet.open.take();
            if list.sheet.record.required.is_empty() && rest.is_none() {
                self.make(&mut list.sheet, open);
            }
            let mut record = list.sheet.record;
            record.relate();
            let (flow, claimed) = (&mut self.flow, &mut self.names);
            first = fill(&record, &list.sheet.inputs, first, flow, claimed);
            if let Some(rest) = rest {
                let of = (&record, list.wire.as_str(), list.of.property.as_str());
                first = self.read_element(rest, of, screens, &first);
            }
            first = self.check_parts(&record, &list.sheet.inputs, screens, first);
            let of = record.apex_class;
            self.declare_record(&record.name, &of, "One element of the list.");
            self.declare_record(blank, &of, "An element without any property.");
            class = Some(of);
        }
        self.flow.screens.push(Screen {
            node: Node::new(
                &names.enter,
                &format!("Enter {entry}"),
                Some("Asks for one element."),
            ),
            allow_back: true,
            connector: Some(Connector::to(&first)),
            fields: list.sheet.fields,
        });
        self.flow.decisions.push(Decision {
            node: Node::new(
                &names.check,
                &format!("Check {}", list.of.label),
                Some("Asks for one more element, or goes on."),
            ),
            default_connector: Some(Connector::to(&next)),
            default_label: Text::new("No More"),
            rules: vec![Rule {
                name: self.names.claim(
                    &format!("{} is more", list.wire),
                    &format!("Is More of {}", list.of.label),
                ),
                label: Text::new("One More"),
                logic: "and".into(),
                conditions: vec![Condition {
                    left: names.more.clone(),
                    operator: "EqualTo",
                    right: Value::Boolean(true),
                }],
                connector: Some(Connector::to(&names.enter)),
            }],
        });
        let label = format!("Add to {}", list.of.label);
        let mut field = ScreenField::checkbox(&names.more, &label);
        field.help = list
            .of
            .description
            .as_deref()
            .map(|text| Text::new(&html(text)));
        self.flow.screens.push(Screen {
            node: Node::new(
                &names.ask,
                &list.of.label,
                Some("Asks whether there is one more element."),
            ),
            // Who went back would add the last element again.
            allow_back: false,
            connector: Some(Connector::to(&names.check)),
            fields: vec![field],
        });
        let ty = list.sheet.inputs.first().map(|one| one.ty.clone());
        for (name, about) in [
            (&names.all, "The elements that were entered."),
            (&names.none, "A list without elements."),
        ] {
            self.declare_list(name, about, class.clone(), ty.as_ref());
        }
        self.clear
            .push(assign(&names.all, Value::Reference(names.none.clone())));
        if list.of.required {
            self.always
                .push(assign(&to, Value::Reference(names.all.clone())));
        }
        names.ask.clone()
    }

    fn declare_list(
        &mut self,
        name: &Text,
        description: &str,
        class: Option<Text>,
        ty: Option<&VariableType>,
    ) {
        let is_record = class.is_some();
        self.flow.variables.push(Variable {
            description: Some(Text::new(description)),
            name: name.clone(),
            apex_class: class,
            data_type: match ty {
                Some(ty) if !is_record => ty.as_str(),
                _ => "Apex",
            },
            is_collection: true,
            is_input: false,
            is_output: false,
            scale: ty.filter(|_| !is_record).and_then(VariableType::scale),
            is_required: false,
            default: None,
        });
    }
}
