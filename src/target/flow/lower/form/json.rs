//! JSON in a form: what no field asks for is read from JSON text, and the value is shown as JSON text. The invocable
//! actions of the type do both.

use super::super::super::model::{
    ActionCall, Assignment, Condition, Connector, Decision, Node, Parameter, Rule, Screen,
    ScreenField, Value,
};
use super::super::super::text::{Text, html};
use super::super::assign;
use super::{Form, Screens, json_text};

/// What a call of an action is about, and what is called.
pub(super) struct Call<'c> {
    /// What tells its elements from those of others.
    pub what: &'c str,
    pub class: &'c str,
    pub input: Parameter,
    /// What must have a value or be true, and what is done then.
    pub is_good: (&'static str, &'static str, bool),
    /// Where the outputs are kept; those of which nothing is kept here are read by what is next.
    pub good: Vec<(Text, &'static str)>,
    /// Whether no other call leads to the screen that says what is wrong.
    pub is_first: bool,
}

impl Form<'_, '_, '_> {
    /// The elements that show the value as JSON text; gives the first of them.
    pub(super) fn show_json(&mut self, class: &str, screens: &Screens, next: Text) -> Text {
        let json = self.names.claim_fixed("JSON Text");
        let show = self.names.claim_fixed("Show JSON");
        let shown = self.names.claim_fixed("JSON Display");
        let mut variable = self.text_variable(&json, "The last value as JSON text.");
        variable.is_output = true;
        self.flow.variables.push(variable);
        let text = format!("<p>{{!{json}}}</p>");
        self.flow.screens.push(Screen {
            node: Node::new(&show, "JSON", Some("Shows the value as JSON text.")),
            // Who went back would find what was set before still set.
            allow_back: false,
            connector: Some(Connector::to(&next)),
            fields: vec![ScreenField::display(&shown, &text)],
        });
        let call = Call {
            what: "Write",
            class,
            input: Parameter {
                name: Text::new("value"),
                value: Value::Reference(self.value.clone()),
            },
            is_good: ("isSuccess", "EqualTo", true),
            good: vec![(json, "jsonText")],
            is_first: true,
        };
        self.call(&call, screens, &show)
    }

    /// The elements that read the properties that no field asks for; gives the first of them.
    pub(super) fn read_rest(&mut self, class: &str, screens: &Screens, next: &Text) -> Text {
        let rest = self.names.claim_fixed("Other Properties");
        let enter = self.names.claim_fixed("Enter Other Properties");
        let call = Call {
            what: "Parse",
            class,
            input: Parameter {
                name: Text::new("jsonText"),
                value: Value::Reference(rest.clone()),
            },
            // What is missing is asked for on the next screen, so that the value need not be valid.
            is_good: ("value", "IsNull", false),
            good: vec![
                (screens.blank.clone(), "value"),
                (self.value.clone(), "value"),
            ],
            is_first: false,
        };
        let first = self.call(&call, screens, next);
        let help = format!(
            "JSON text of an object with those of these properties that there are: {}.",
            self.by_text.join(", ")
        );
        let default = Value::Text(Text::new(&json_text(&self.least.clone().into())));
        let field =
            ScreenField::long_text(&rest, "Other Properties as JSON", &html(&help), default);
        self.flow.screens.push(Screen {
            node: Node::new(
                &enter,
                "Other Properties",
                Some("Asks for what no field can ask for."),
            ),
            allow_back: true,
            connector: Some(Connector::to(&first)),
            fields: vec![field],
        });
        enter
    }

    /// The screen that says what is wrong, before it begins again.
    pub(super) fn show_problem(&mut self, screens: &Screens) {
        let shown = self.names.claim_fixed("Problem Text");
        let text = format!("<p>{{!{}}}</p>", screens.error);
        self.flow.screens.push(Screen {
            node: Node::new(
                &screens.problem,
                "What Is Wrong",
                Some("Shows what is wrong, and begins again."),
            ),
            allow_back: false,
            connector: Some(Connector::jump(&screens.clear)),
            fields: vec![ScreenField::display(&shown, &text)],
        });
        let about = "What is wrong with the value that was entered.";
        let variable = self.text_variable(&screens.error, about);
        self.flow.variables.push(variable);
    }

    /// The elements that call an action: gives the first of them, which is the call.
    pub(super) fn call(&mut self, call: &Call<'_>, screens: &Screens, next: &Text) -> Text {
        let what = call.what;
        let mut claim = |kind: &str| self.names.claim_fixed(&format!("{kind} {what}"));
        let (action, check, keep) = (claim("Call"), claim("Check"), claim("Keep Result of"));
        let (wrong, fault, rule) = (
            claim("Keep Error of"),
            claim("Keep Fault of"),
            claim("Is Good"),
        );
        let output = |name: &str| Text::new(&format!("{action}.{name}"));
        let mut keeps = |name: &Text, label: &str, about: &str, items, connector| {
            self.flow.assignments.push(Assignment {
                node: Node::new(name, &format!("{label} {what}"), Some(about)),
                items,
                connector: Some(connector),
            });
        };
        let good = call.good.iter();
        let good: Vec<_> = good
            .map(|(to, from)| assign(to, Value::Reference(output(from))))
            .collect();
        // One way leads to the screen by a line, the others jump there: the canvas cannot draw paths together that part
        // at different elements.
        let jump = || Connector::jump(&screens.problem);
        let to_problem = match call.is_first {
            true => Connector::to(&screens.problem),
            false => jump(),
        };
        let mut if_good = next;
        if !good.is_empty() {
            let about = "Takes what the action gives.";
            keeps(&keep, "Keep Result of", about, good, Connector::to(next));
            if_good = &keep;
        }
        let message = assign(&screens.error, Value::Reference(output("errorMessage")));
        keeps(
            &wrong,
            "Keep Error of",
            "Takes what is wrong.",
            vec![message],
            to_problem,
        );
        let message = Value::Reference(Text::new("$Flow.FaultMessage"));
        let message = assign(&screens.error, message);
        keeps(
            &fault,
            "Keep Fault of",
            "Takes the message of the fault path.",
            vec![message],
            jump(),
        );
        let (output_name, operator, right) = call.is_good;
        self.flow.decisions.push(Decision {
            node: Node::new(
                &check,
                &format!("Check {what}"),
                Some("Goes on if nothing is wrong."),
            ),
            default_connector: Some(Connector::to(&wrong)),
            default_label: Text::new("Wrong"),
            rules: vec![Rule {
                name: rule,
                label: Text::new("Good"),
                logic: "and".into(),
                conditions: vec![Condition {
                    left: output(output_name),
                    operator,
                    right: Value::Boolean(right),
                }],
                connector: Some(Connector::to(if_good)),
            }],
        });
        self.flow.action_calls.push(ActionCall {
            node: Node::new(
                &action,
                &format!("{what} JSON"),
                Some("Runs the action of the type."),
            ),
            action_name: Text::new(call.class),
            action_type: Text::new("apex"),
            connector: Some(Connector::to(&check)),
            fault_connector: Some(Connector::to(&fault)),
            transaction_model: "CurrentTransaction",
            inputs: vec![call.input.clone()],
            name_segment: Text::new(call.class),
        });
        action
    }
}
