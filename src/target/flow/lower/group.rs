//! Properties that are set together, by one of two ways that the sources disagree about.

use crate::action::Group;

use super::super::config::ContextVariablePath;
use super::super::model::{AssignmentItem, Value};
use super::super::names;
use super::super::text::Text;
use super::super::types::FlowType;
use super::inputs::{Planner, reference};
use super::plan::{ElementVariables, InputVariable, Optional, Record};

/// What an admin should know of a path where the sources disagree.
const OBSERVED: &str =
    "\nThe property paths are those seen in debug logs; the help page has others.";
const HELP_PAGE: &str = "\nThe property paths are those of the help page; debug logs show others.";

impl Planner<'_, '_, '_> {
    /// Plans a group of properties: those of the record itself, or those of an element of one of its lists.
    pub(super) fn group(&mut self, record: &mut Record, group: &Group) {
        let chosen = self.config.context_variable_path;
        let (way, evidence) = match (chosen, &group.help_page) {
            (ContextVariablePath::HelpPage, Some(way)) => (way, HELP_PAGE),
            (ContextVariablePath::Observed, Some(_)) => (&group.observed, OBSERVED),
            (_, None) => (&group.observed, ""),
        };
        let label = names::label(&group.label);
        let description = format!(
            "{}{evidence}",
            group.description.as_deref().unwrap_or(&label)
        );
        let key = format!("{} group {}", record.key, group.label);
        let mut optional = Optional::new(&key, &label, Some(&description));
        let filled = match &way.element {
            None => record.name.clone(),
            Some(element) => {
                let variables = ElementVariables {
                    element: self.names.claim(&key, &label),
                    list: self
                        .names
                        .claim(&format!("{key} list"), &format!("{label} List")),
                    apex_class: Text::new(&element.apex_class),
                };
                let name = variables.element.clone();
                optional.element = Some(variables);
                name
            }
        };
        for value in &group.values {
            let value_label = names::label(&value.label);
            let key = format!("{key} value {}", value.name);
            let labels = [&value_label, &*format!("{label} {value_label}")];
            let name = self.names.claim_first(&key, &labels);
            if let Some(path) = way.set.get(&value.name) {
                optional.items.push(AssignmentItem {
                    to: reference(&filled, path),
                    operator: "Assign",
                    value: Value::Reference(name.clone()),
                });
            }
            optional.given.push(self.plan.inputs.len());
            self.plan.inputs.push(InputVariable {
                key,
                name,
                label: value_label,
                description: value.description.clone(),
                ty: FlowType::new(value.data_type, self.config),
                is_list: false,
                required: group.required,
                choices: Vec::new(),
            });
        }
        if let (Some(variables), Some(element)) = (&optional.element, &way.element) {
            let (one, list) = (variables.element.clone(), variables.list.clone());
            optional.items.push(AssignmentItem {
                to: list.clone(),
                operator: "Add",
                value: Value::Reference(one),
            });
            optional.items.push(AssignmentItem {
                to: reference(&record.name, &element.list),
                operator: "Assign",
                value: Value::Reference(list),
            });
        }
        record.optional.push(optional);
    }
}
