//! Records in a form that are entered whole or not at all.

use super::super::super::model::{Assignment, Connector, Decision, Node, Rule, Value};
use super::super::super::text::Text;
use super::super::assign;
use super::super::partial::{is_partial, message};
use super::super::plan::{InputVariable, Record};
use super::{Form, Screens};

impl Form<'_, '_, '_> {
    /// Finds optional records of which only a part was entered; gives the first element.
    pub(super) fn check_parts(
        &mut self,
        record: &Record,
        inputs: &[InputVariable],
        screens: &Screens,
        next: Text,
    ) -> Text {
        let mut rules = Vec::new();
        for group in &record.optional {
            let Some(test) = is_partial(group, inputs, |_| false) else {
                continue;
            };
            let label = format!("Part of {}", group.label);
            let key = format!("{} part of {}", record.key, group.key);
            let keep_label = format!("Report {label}");
            let keep = self.names.claim(&format!("report {key}"), &keep_label);
            // One line leads to the screen, as with the calls of the actions.
            let connector = match self.has_line {
                true => Connector::jump(&screens.problem),
                false => Connector::to(&screens.problem),
            };
            (self.has_line, self.has_problem) = (true, true);
            let text = Value::Text(Text::plain(&message(group, inputs)));
            self.flow.assignments.push(Assignment {
                node: Node::new(&keep, &keep_label, Some("Says what is missing.")),
                items: vec![assign(&screens.error, text)],
                connector: Some(connector),
            });
            rules.push(Rule {
                name: self
                    .names
                    .claim(&format!("is {key}"), &format!("Is {label}")),
                label: Text::new(&label),
                logic: test.logic.into(),
                conditions: test.conditions,
                connector: Some(Connector::to(&keep)),
            });
        }
        if rules.is_empty() {
            return next;
        }
        let label = format!("Check Parts of {}", record.label);
        let name = self
            .names
            .claim(&format!("check parts {}", record.key), &label);
        self.flow.decisions.push(Decision {
            node: Node::new(&name, &label, Some("Finds records that are not whole.")),
            default_connector: Some(Connector::to(&next)),
            default_label: Text::new("Nothing Is Missing"),
            rules,
        });
        name
    }
}
