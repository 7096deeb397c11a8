//! The screen flow in which somebody fills in values of a type: one after the other, as many as there are.
//!
//! Fields ask for scalars and choices, and for those of records right in the value; lists are entered element by element.
//! What is left is JSON text. The actions of the type read that text, and write the value as JSON text in the end.

mod json;
mod list;
mod rest;
mod sheet;
mod whole;

use serde_json::{Map, Value as Json};

use crate::action::{ScalarType, SchemaRoots, settle};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ir::{TypeKind, TypeRef};
use crate::naming::shortened;
use crate::target::apex::actions::Verb;
use crate::target::apex::names::Names as ClassNames;

use super::super::config::FlowConfig;
use super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Flow, Node, Rule, Screen,
    ScreenField, Value, Variable,
};
use super::super::names::{self, FORM, FORM_RESOURCES, Names};
use super::super::text::{Text, json_without_merge_fields};
use super::super::types::{FlowType, Unlisted};
use super::call::fill;
use super::plan::Record;
use super::{Naming, assign, empty_flow, variable};
use list::List;
use sheet::{Part, Sheet};

/// So many properties that the flow leaves alone are listed in its description.
const MAX_LISTED: usize = 20;
/// So much of a value is shown.
const MAX_SHOWN: usize = 40;

/// A form in the making.
struct Form<'a, 'g, 's> {
    roots: &'a SchemaRoots<'g, 's>,
    classes: &'a ClassNames,
    config: &'a FlowConfig,
    flow: Flow,
    names: Names,
    /// The variable for the value.
    value: Text,
    /// What is done before the next value is asked for.
    clear: Vec<AssignmentItem>,
    /// What is set whatever is entered.
    always: Vec<AssignmentItem>,
    /// The properties that are entered as JSON text, those within elements of lists, and the least value that can be read.
    by_text: Vec<String>,
    by_text_within: Vec<String>,
    least: Map<String, Json>,
    /// The class that reads JSON text, if there is one.
    parse: Option<String>,
    left_alone: Vec<String>,
    /// The values that no choice offers, with their properties, and the properties whose values are too many for choices.
    not_offered: Vec<String>,
    without_choices: Vec<String>,
    /// The variables that never have a value, by their type.
    nothing: Vec<(ScalarType, Text)>,
    /// Whether something leads to the screen that says what is wrong, and whether by a line.
    has_problem: bool,
    has_line: bool,
}

/// The form for a type; none if no class holds it.
pub(in super::super) fn lower(
    root: TypeRef,
    (place, name, asked): (&str, &str, &str),
    roots: &SchemaRoots<'_, '_>,
    classes: &ClassNames,
    config: &FlowConfig,
    (naming, diagnostics): (&mut Naming<'_>, &mut Diagnostics),
) -> Option<Flow> {
    let class = classes.class_name(root.id)?;
    let TypeKind::Object(object) = &roots.graph.get(root.id).kind else {
        return None;
    };
    let label = names::label(name);
    let flow_label = format!("Enter {label}");
    let mut own = Names::in_flow(naming.ledger, place, FORM_RESOURCES);
    let value = own.claim("value", &label);
    let record = Record {
        key: "value".to_owned(),
        name: value.clone(),
        label: label.clone(),
        description: String::new(),
        apex_class: Text::new(class),
        required: Vec::new(),
        optional: Vec::new(),
    };
    let name = naming.flows.with_role(FORM).claim(place, &flow_label);
    let mut form = Form {
        roots,
        classes,
        config,
        flow: empty_flow(name, &flow_label, "", "Flow", config),
        names: own,
        value,
        clear: Vec::new(),
        always: Vec::new(),
        by_text: Vec::new(),
        by_text_within: Vec::new(),
        least: least(roots, root),
        parse: classes.action(root.id, Verb::Parse).map(str::to_owned),
        left_alone: Vec::new(),
        not_offered: Vec::new(),
        without_choices: Vec::new(),
        nothing: Vec::new(),
        has_problem: false,
        has_line: false,
    };
    let mut sheet = Sheet::new(record);
    form.properties(&mut sheet, &Part::whole(root.id, ""), &object.fields);
    let mut lists = Vec::new();
    let parse = classes.action(root.id, Verb::Parse);
    let mut rest = Vec::new();
    for left in std::mem::take(&mut sheet.left) {
        match left.list.and_then(|of| form.list(&left.wire, of)) {
            Some(list) => lists.push(list),
            None => rest.push(left.wire),
        }
    }
    match parse {
        Some(_) => form.by_text = rest,
        None => form.left_alone.extend(rest),
    }
    form.report(asked, diagnostics);
    let screens = Screens::claim(&label, &mut form.names);
    let calls = Calls {
        parse: parse.filter(|_| !form.by_text.is_empty()),
        write: classes.action(root.id, Verb::Write),
    };
    form.finish((sheet, lists), &label, &flow_label, &screens, &calls);
    naming.ledger.keep_members(place, form.names.into_claims());
    Some(form.flow)
}

/// The properties that must be there for a value to be read: what is always the same, and what may be null.
fn least(roots: &SchemaRoots<'_, '_>, root: TypeRef) -> Map<String, Json> {
    let mut least = Map::new();
    if let TypeKind::Object(object) = &roots.graph.get(root.id).kind {
        for field in object.fields.iter().filter(|field| field.required) {
            let ty = settle(roots.graph, field.ty);
            match &roots.graph.get(ty.id).kind {
                TypeKind::Enum(only) if only.values.len() == 1 => {
                    let wire = Json::from(only.values[0].wire);
                    least.insert(field.wire.to_owned(), wire);
                }
                TypeKind::Literal(values) if values.len() == 1 => {
                    least.insert(field.wire.to_owned(), values[0].clone());
                }
                _ if ty.nullable => {
                    least.insert(field.wire.to_owned(), Json::Null);
                }
                _ => {}
            }
        }
    }
    least
}

/// JSON text that keeps its meaning in a flow.
fn json_text(value: &Json) -> String {
    json_without_merge_fields(&value.to_string())
}

/// The classes that are called.
struct Calls<'c> {
    parse: Option<&'c str>,
    write: Option<&'c str>,
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
    error: Text,
    problem: Text,
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
            error: names.claim_fixed("Error Message"),
            problem: names.claim_fixed("Show What Is Wrong"),
        }
    }
}

impl Form<'_, '_, '_> {
    /// Says what no field asks for.
    fn report(&self, asked: &str, diagnostics: &mut Diagnostics) {
        let by_text = self.all_by_text();
        if !by_text.is_empty() {
            let message = format!(
                "the flow for `{asked}` asks for these properties as JSON text: {}",
                by_text.join(", ")
            );
            let help = "a screen has fields for scalars and choices, one level of records, and lists of both";
            let note = Diagnostic::new(Code::FlowLossy, message).severity(Severity::Note);
            diagnostics.push(note.help(help));
        }
        if !self.not_offered.is_empty() {
            let message = format!(
                "the flow for `{asked}` offers no choice for these values: {}",
                self.not_offered.join("; ")
            );
            let help = "a choice is not empty, does not begin or end with a space, and has no `{!` and no control character";
            diagnostics.push(Diagnostic::new(Code::FlowLossy, message).help(help));
        }
        if !self.without_choices.is_empty() {
            let message = format!(
                "the flow for `{asked}` asks for these properties as text without choices: {}",
                self.without_choices.join(", ")
            );
            let help = "the schema refuses other texts than its own";
            let note = Diagnostic::new(Code::FlowLossy, message).severity(Severity::Note);
            diagnostics.push(note.help(help));
        }
        if !self.left_alone.is_empty() {
            let message = format!(
                "the flow for `{asked}` does not ask for these properties: {}",
                self.left_alone.join(", ")
            );
            let help = match self.classes.has_actions() {
                true => "set them in a flow of your own",
                false => {
                    "name the type in `apex.actions`: with the action that parses it, they are entered as JSON text"
                }
            };
            diagnostics.push(Diagnostic::new(Code::FlowLossy, message).help(help));
        }
    }

    /// Keeps in mind what a field does not offer of a choice.
    fn unlisted(&mut self, property: &str, of: Unlisted<'_, '_>) {
        if of.offered().is_empty() {
            let text = format!("{property} ({})", of.why);
            self.without_choices.push(text);
            return;
        }
        let lost = of.lost().map(|value| Json::from(value).to_string());
        let lost: Vec<String> = lost.map(|json| shortened(&json, MAX_SHOWN)).collect();
        let text = format!("{} of {property}", lost.join(", "));
        self.not_offered.push(text);
    }

    fn all_by_text(&self) -> Vec<String> {
        [self.by_text.as_slice(), &self.by_text_within].concat()
    }

    fn text_variable(&self, name: &Text, description: &str) -> Variable {
        let text = FlowType::new(ScalarType::String, self.config);
        variable(name, text, Some(description))
    }

    fn declare_record(&mut self, name: &Text, class: &Text, description: &str) {
        let variable = record_variable(name, class, description);
        self.flow.variables.push(variable);
    }

    fn description(&self, label: &str, calls: &Calls<'_>) -> String {
        let mut text = format!(
            "Asks for values of {label}, one after the other, and gives the last one and the list of all. A list that \
             is given is added to."
        );
        if calls.write.is_some() {
            text.push_str(" Each value is checked, and shown as JSON text.");
        }
        let mut tell = |what: &str, names: &[String]| {
            let (shown, rest) = names.split_at(names.len().min(MAX_LISTED));
            if !shown.is_empty() {
                text.push_str(&format!("\n{what}: {}", shown.join(", ")));
                if !rest.is_empty() {
                    text.push_str(&format!(", and {} more", rest.len()));
                }
                text.push('.');
            }
        };
        let by_text = self.all_by_text();
        tell("These properties are entered as JSON text", &by_text);
        tell("This flow does not ask for", &self.left_alone);
        text
    }

    fn finish(
        &mut self,
        (mut sheet, lists): (Sheet, Vec<List>),
        label: &str,
        flow_label: &str,
        screens: &Screens,
        calls: &Calls<'_>,
    ) {
        let text = self.description(label, calls);
        self.flow.description = Text::new(&text);
        let class = sheet.record.apex_class.clone();
        let mut last = record_variable(&self.value, &class, "The value that was entered last.");
        last.is_output = true;
        let mut all = record_variable(&screens.list, &class, "All values that were entered.");
        (all.is_collection, all.is_input, all.is_output) = (true, true, true);
        let about = match calls.parse {
            Some(_) => "The properties that were entered as JSON text.",
            None => "A value without any property.",
        };
        let blank = record_variable(&screens.blank, &class, about);
        self.flow.variables.extend([last, all, blank]);
        self.more(label, screens);
        self.has_problem = calls.parse.is_some() || calls.write.is_some();
        self.has_line = calls.write.is_some();
        let mut next = screens.add.clone();
        if let Some(write) = calls.write {
            next = self.show_json(write, screens, next);
        }
        for list in lists.into_iter().rev() {
            next = self.enter_list(list, screens, next);
        }
        sheet.record.required.append(&mut self.always);
        let open = sheet.open.take();
        if sheet.record.required.is_empty() && calls.parse.is_none() {
            self.make(&mut sheet, open);
        }
        sheet.record.relate();
        let (flow, names) = (&mut self.flow, &mut self.names);
        let first = fill(&sheet.record, &sheet.inputs, next, flow, names);
        let mut first = self.check_parts(&sheet.record, &sheet.inputs, screens, first);
        if !sheet.fields.is_empty() {
            self.flow.screens.push(Screen {
                node: Node::new(&screens.enter, flow_label, Some("Asks for one value.")),
                allow_back: calls.parse.is_some(),
                connector: Some(Connector::to(&first)),
                fields: sheet.fields,
            });
            first = screens.enter.clone();
        }
        if let Some(parse) = calls.parse {
            first = self.read_rest(parse, screens, &first);
        }
        if self.has_problem {
            self.show_problem(screens);
        }
        self.begin_again(label, screens, &first);
        self.flow.start = Some(Connector::to(&first));
    }

    /// The elements that add the value to the list and ask for more.
    fn more(&mut self, label: &str, screens: &Screens) {
        self.flow.assignments.push(Assignment {
            node: Node::new(
                &screens.add,
                &format!("Add {label}"),
                Some("Adds it to the list."),
            ),
            items: vec![AssignmentItem {
                to: screens.list.clone(),
                operator: "Add",
                value: Value::Reference(self.value.clone()),
            }],
            connector: Some(Connector::to(&screens.ask)),
        });
        self.flow.screens.push(Screen {
            node: Node::new(&screens.ask, "More", Some("Asks whether there are more.")),
            allow_back: false,
            connector: Some(Connector::to(&screens.check)),
            fields: vec![ScreenField::checkbox(&screens.more, "Add Another")],
        });
        self.flow.decisions.push(Decision {
            node: Node::new(
                &screens.check,
                "Check for More",
                Some("Begins again, or ends."),
            ),
            default_connector: None,
            default_label: Text::new("Done"),
            rules: vec![Rule {
                name: self.names.claim_fixed("Is There More"),
                label: Text::new("More"),
                logic: "and".into(),
                conditions: vec![Condition {
                    left: screens.more.clone(),
                    operator: "EqualTo",
                    right: Value::Boolean(true),
                }],
                connector: Some(Connector::to(&screens.clear)),
            }],
        });
    }

    fn begin_again(&mut self, label: &str, screens: &Screens, first: &Text) {
        let mut items = vec![assign(&self.value, Value::Reference(screens.blank.clone()))];
        items.append(&mut self.clear);
        self.flow.assignments.push(Assignment {
            node: Node::new(
                &screens.clear,
                &format!("Clear {label}"),
                Some("Nothing of the last value stays in the next one."),
            ),
            items,
            connector: Some(Connector::jump(first)),
        });
    }
}

/// A variable for a record of a class.
fn record_variable(name: &Text, class: &Text, description: &str) -> Variable {
    Variable {
        description: Some(Text::new(description)),
        name: name.clone(),
        apex_class: Some(class.clone()),
        data_type: "Apex",
        is_collection: false,
        is_input: false,
        is_output: false,
        scale: None,
        is_required: false,
        default: None,
    }
}
