//! What stands within a part of an answer that may be missing: reading a property of nothing fails, so that a decision
//! looks first.

use crate::action::{Output, SchemaRoots, property};
use crate::target::apex::platform::platform_path;

use super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Node, Rule, Value,
};
use super::super::names;
use super::super::text::Text;
use super::outcome::{Outcomes, value_key};

impl Outcomes<'_> {
    /// The parts on the way to a property that may be missing, as conditions that they are there.
    pub(super) fn way_to(
        &self,
        output: &Output,
        path: &str,
        roots: &SchemaRoots<'_, '_>,
    ) -> Vec<Condition> {
        let root = output.schema.as_deref().and_then(|name| roots.root(name));
        let ends = path.match_indices('.').map(|(end, _)| &path[..end]);
        let may_miss = ends.filter(|part| {
            let field = root.and_then(|root| property(roots, root, part).ok());
            field.is_none_or(|field| !field.required || roots.graph.resolve(field.ty).nullable)
        });
        may_miss
            .map(|part| Condition {
                left: Text::new(&format!(
                    "{}.{}.{}",
                    self.fixed.action,
                    output.name,
                    platform_path(part)
                )),
                operator: "IsNull",
                right: Value::Boolean(false),
            })
            .collect()
    }

    /// Reads a property only if it is there, on the way to what is next.
    pub(super) fn if_there(
        &mut self,
        output: &Output,
        path: &str,
        (conditions, item): (Vec<Condition>, AssignmentItem),
        next: Option<Connector>,
    ) -> Connector {
        let key = value_key(output, path);
        let last = path.rsplit('.').next().unwrap_or(path);
        let label = format!("{} of {}", names::label(last), names::label(&output.label));
        let (read_label, check_label) = (format!("Read {label}"), format!("Check {label}"));
        let read = self.names.claim(&format!("read {key}"), &read_label);
        let check = self.names.claim(&format!("check {key}"), &check_label);
        self.flow.assignments.push(Assignment {
            node: Node::new(&read, &read_label, Some("Keeps what the answer holds.")),
            items: vec![item],
            connector: next.clone(),
        });
        self.flow.decisions.push(Decision {
            node: Node::new(
                &check,
                &check_label,
                Some("Goes around what the answer does not hold."),
            ),
            default_connector: next,
            default_label: Text::new("Not There"),
            rules: vec![Rule {
                name: self
                    .names
                    .claim(&format!("has {key}"), &format!("Has {label}")),
                label: Text::new("There"),
                logic: "and".into(),
                conditions,
                connector: Some(Connector::to(&read)),
            }],
        });
        Connector::to(&check)
    }
}
