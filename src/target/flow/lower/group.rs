//! Properties that are set together, by one of two ways that the sources disagree about.

use crate::action::{Element, Group, GroupPath, Input, ScalarType, property};
use crate::ir::TypeRef;

use super::super::config::ContextVariablePath;
use super::super::model::{AssignmentItem, Value};
use super::super::names;
use super::super::text::Text;
use super::super::types::{FlowType, Mapped, map_type};
use super::inputs::{Planner, reference};
use super::plan::{ElementVariable, InputVariable, Optional, Record, VariableType};

/// What an admin should know of a path where the sources disagree.
const OBSERVED: &str =
    "\nThe property paths are those seen in debug logs; the help page has others.";
const HELP_PAGE: &str = "\nThe property paths are those of the help page; debug logs show others.";

impl Planner<'_, '_, '_> {
    /// Plans a group of properties: those of the record itself, or those of an element of one of its lists.
    pub(super) fn group(&mut self, of: &Input, root: TypeRef, record: &mut Record, group: &Group) {
        let input = of.name.as_str();
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
                let name = self.names.claim(&key, &label);
                optional.element = Some(ElementVariable {
                    name: name.clone(),
                    apex_class: Text::new(&element.apex_class),
                });
                name
            }
        };
        for value in &group.values {
            let value_label = names::label(&value.label);
            let key = format!("{key} value {}", value.name);
            let labels = [&value_label, &*format!("{label} {value_label}")];
            let name = self.names.claim_first(&key, &labels);
            let mut ty = FlowType::new(value.data_type, self.config);
            let mut source = input.to_owned();
            if let Some(path) = way.set.get(&value.name) {
                source = match &way.element {
                    Some(element) => format!("{input}#{}[].{path}", element.list),
                    None => format!("{input}#{path}"),
                };
                ty = self.by_schema(root, way, path).unwrap_or(ty);
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
                source,
                text: value_label.clone(),
                label: value_label,
                description: value.description.clone(),
                ty: VariableType::Scalar(ty),
                is_list: false,
                required: group.required && of.required,
                choices: Vec::new(),
            });
        }
        // An optional input is there as a whole, and that is its first group.
        optional.within = (!of.required).then_some(0);
        if let (Some(whole), true) = (optional.within, group.required) {
            record.optional[whole].given.extend(&optional.given);
        }
        let Some(element) = &way.element else {
            record.optional.push(optional);
            return;
        };
        let whole = self.list_of(input, &key, &label, element, record);
        let list = self.plan.inputs.last().map(|input| input.name.clone());
        optional.items.extend(list.map(|list| AssignmentItem {
            to: list,
            operator: "Add",
            value: Value::Reference(filled),
        }));
        record.optional.extend([optional, whole]);
    }

    /// The list that the element is added to: who calls the flow may give it with elements of any kind.
    fn list_of(
        &mut self,
        input: &str,
        key: &str,
        label: &str,
        element: &Element,
        record: &Record,
    ) -> Optional {
        let (key, label) = (format!("{key} list"), format!("{label} List"));
        let name = self.names.claim(&key, &label);
        let description = format!(
            "Elements that you have made yourself, of any kind and number. Leave it empty if {} is all there is.",
            label.trim_end_matches(" List")
        );
        let mut whole = Optional::new(&key, &label, Some("Gives the list to the action."));
        whole.given.push(self.plan.inputs.len());
        whole.items.push(AssignmentItem {
            to: reference(&record.name, &element.list),
            operator: "Assign",
            value: Value::Reference(name.clone()),
        });
        self.plan.inputs.push(InputVariable {
            key,
            name,
            source: format!("{input}#{}[]", element.list),
            text: label.clone(),
            label,
            description: Some(description),
            ty: VariableType::Record(Text::new(&element.apex_class)),
            is_list: true,
            required: false,
            choices: Vec::new(),
        });
        whole
    }

    /// The type of the property that a path leads to: a whole number has no decimal places.
    fn by_schema(&self, root: TypeRef, way: &GroupPath, path: &str) -> Option<FlowType> {
        let path = match &way.element {
            Some(element) => format!("{}[].{path}", element.list),
            None => path.to_owned(),
        };
        let field = property(self.roots, root, &path).ok()?;
        match map_type(self.roots.graph, field.ty, self.config) {
            Mapped::Scalar(ty) if ty.scalar == ScalarType::Number => Some(ty),
            _ => None,
        }
    }
}
