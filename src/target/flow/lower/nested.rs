//! What stands within a part of an answer that may be missing: reading a property of nothing fails, so that a decision
//! looks first.

use crate::action::{Output, SchemaRoots, property};
use crate::target::apex::platform::platform_path;

use super::super::model::{
    Assignment, AssignmentItem, Condition, Connector, Decision, Node, Rule, Value,
};
use super::super::names;
use super::super::text::Text;
use super::assign;
use super::outcome::{Outcomes, value_key};

/// What a decision is for that looks before something is read.
const AROUND: &str = "Goes around what the answer does not hold.";

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

    /// That an output holds anything.
    pub(super) fn is_given(&self, output: &Output) -> Condition {
        Condition {
            left: Text::new(&format!("{}.{}", self.fixed.action, output.name)),
            operator: "IsNull",
            right: Value::Boolean(false),
        }
    }

    /// Reads what an error says of itself, if it says anything: a server on the way may answer without the content
    /// that is documented. All errors share one decision, for there is never more than one.
    pub(super) fn detail(
        &mut self,
        output: &Output,
        path: &str,
        roots: &SchemaRoots<'_, '_>,
    ) -> Connector {
        let key = value_key(output, path);
        let label = label_of(output, path);
        let mut conditions = vec![self.is_given(output)];
        conditions.extend(self.way_to(output, path, roots));
        let item = assign(&self.fixed.error_details, self.reference(output, path));
        let rule = self.reading(&key, &label, (conditions, item), None);
        let decision = match &mut self.details {
            Some(decision) => decision,
            None => {
                let label = "Check Error Details";
                let name = self.names.claim_fixed(label);
                self.details.insert(Decision {
                    node: Node::new(&name, label, Some(AROUND)),
                    default_connector: None,
                    default_label: Text::new("No Details"),
                    rules: Vec::new(),
                })
            }
        };
        decision.rules.push(Rule {
            label: Text::new(&names::label(&output.label)),
            ..rule
        });
        Connector::to(&decision.node.name)
    }

    /// Reads a property only if it is there, on the way to what is next.
    pub(super) fn if_there(
        &mut self,
        output: &Output,
        path: &str,
        reading: (Vec<Condition>, AssignmentItem),
        next: Option<Connector>,
    ) -> Connector {
        let key = value_key(output, path);
        let label = label_of(output, path);
        let rule = self.reading(&key, &label, reading, next.clone());
        let check_label = format!("Check {label}");
        let check = self.names.claim(&format!("check {key}"), &check_label);
        self.flow.decisions.push(Decision {
            node: Node::new(&check, &check_label, Some(AROUND)),
            default_connector: next,
            default_label: Text::new("Not There"),
            rules: vec![rule],
        });
        Connector::to(&check)
    }

    /// Adds an element that reads a property, and gives the rule that leads to it.
    fn reading(
        &mut self,
        key: &str,
        label: &str,
        (conditions, item): (Vec<Condition>, AssignmentItem),
        next: Option<Connector>,
    ) -> Rule {
        let read_label = format!("Read {label}");
        let read = self.names.claim(&format!("read {key}"), &read_label);
        self.flow.assignments.push(Assignment {
            node: Node::new(&read, &read_label, Some("Keeps what the answer holds.")),
            items: vec![item],
            connector: next,
        });
        Rule {
            name: self
                .names
                .claim(&format!("has {key}"), &format!("Has {label}")),
            label: Text::new("There"),
            logic: "and".into(),
            conditions,
            connector: Some(Connector::to(&read)),
        }
    }
}

/// What the last step of a path is to a reader.
fn label_of(output: &Output, path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    format!("{} of {}", names::label(last), names::label(&output.label))
}
