//! The flow that reads JSON text and goes another way for each alternative of a union, or for each value of an enum.

mod find;
mod held;

use crate::action::{ScalarType, SchemaRoots};
use crate::ir::{EnumType, TypeRef, UnionType};

use super::super::config::FlowConfig;
use super::super::model::{
    ActionCall, Assignment, AssignmentItem, Condition, Connector, Constant, Decision, Flow, Node,
    Parameter, Rule, Value, Variable,
};
use super::super::names::{self, BRANCH, BRANCH_RESOURCES, Names};
use super::super::text::Text;
use super::super::types::{FlowType, MAX_CHOICES};
use super::outcome::FAULT;
use super::plan::VariableType;
use super::{Naming, assign, empty_flow, variable};
use find::Of;
pub(in super::super) use find::{Branch, NoBranch};
pub(in super::super) use held::Held;

/// The state of a flow that has found its way.
const SUCCESS: &str = "Success";
/// The state of a flow that was given text that is not valid.
const INVALID: &str = "Invalid";
/// The state of a flow that has found none of the ways.
const NOTHING: &str = "NoValue";

/// One of the ways.
struct Way {
    key: String,
    label: String,
    description: Option<String>,
    condition: Condition,
    /// What is kept beside the name.
    kept: Option<AssignmentItem>,
    word: Value,
}

/// A flow in the making.
struct Draft<'a> {
    flow: Flow,
    names: Names,
    config: &'a FlowConfig,
    fixed: Fixed,
}

/// The names that every such flow has.
struct Fixed {
    json: Text,
    state: Text,
    error_message: Text,
    error_details: Text,
    which: Text,
    value: Text,
    call: Text,
}

/// The flow for a branch; none if it has more ways than anybody could follow.
pub(in super::super) fn lower(
    branch: &Branch<'_, '_, '_>,
    place: &str,
    roots: &SchemaRoots<'_, '_>,
    held: Held<'_>,
    config: &FlowConfig,
    naming: &mut Naming<'_>,
) -> Option<Flow> {
    let mut own = Names::in_flow(naming.ledger, place, BRANCH_RESOURCES);
    let fixed = Fixed {
        json: own.claim_fixed("JSON Text"),
        state: own.claim_fixed("State"),
        error_message: own.claim_fixed("Error Message"),
        error_details: own.claim_fixed("Error Details"),
        which: own.claim_fixed("Which"),
        value: own.claim_fixed("Value"),
        call: own.claim_fixed("Parse JSON"),
    };
    let flow_label = format!("Branch on {}", branch.label);
    let name = naming.flows.with_role(BRANCH).claim(place, &flow_label);
    let what = match branch.of {
        Of::Union(_) => "alternative",
        Of::Enum(_) => "value",
    };
    let description = format!(
        "Reads JSON text and goes another way for each {what} of {}: Which has its name. Run it as a subflow and decide on \
         Which, or add to the ways here.",
        branch.label
    );
    let flow = empty_flow(name, &flow_label, &description, "AutoLaunchedFlow", config);
    let mut draft = Draft {
        flow,
        names: own,
        config,
        fixed,
    };
    draft.declare(branch);
    let ways = match branch.of {
        Of::Union(union) => draft.alternatives(branch, union, roots, held),
        Of::Enum(choice) => draft.values(branch, choice),
    };
    if ways.is_empty() || ways.len() > MAX_CHOICES {
        return None;
    }
    draft.lower(branch, ways);
    naming.ledger.keep_members(place, draft.names.into_claims());
    Some(draft.flow)
}

impl Draft<'_> {
    fn declare(&mut self, branch: &Branch<'_, '_, '_>) {
        let text = FlowType::new(ScalarType::String, self.config);
        let fixed = &self.fixed;
        let mut json = variable(&fixed.json, text, Some("The JSON text to read."));
        (json.is_input, json.is_required) = (true, true);
        self.flow.variables.push(json);
        for (name, description) in [
            (
                &fixed.state,
                "How it ended, in one word: Success, Invalid, NoValue or Fault.",
            ),
            (
                &fixed.error_message,
                "What is wrong with the text, for people. Empty after a success.",
            ),
            (&fixed.error_details, "The fault message."),
            (&fixed.which, "The name of the way that it went."),
        ] {
            let mut output = variable(name, text, Some(description));
            output.is_output = true;
            self.flow.variables.push(output);
        }
        let mut value = variable(&fixed.value, text, Some("All that was read."));
        value.is_output = true;
        value.data_type = "Apex";
        value.apex_class = Some(Text::new(branch.class));
        self.flow.variables.push(value);
    }

    /// A reference to a part of what was read.
    fn read(&self, branch: &Branch<'_, '_, '_>, part: &str) -> Text {
        let mut path = format!("{}.value", self.fixed.call);
        for step in [branch.path.as_str(), part] {
            if !step.is_empty() {
                path.push('.');
                path.push_str(step);
            }
        }
        Text::new(&path)
    }

    fn alternatives(
        &mut self,
        branch: &Branch<'_, '_, '_>,
        union: &UnionType<'_>,
        roots: &SchemaRoots<'_, '_>,
        held: Held<'_>,
    ) -> Vec<Way> {
        let mut ways = Vec::new();
        for (index, alternative) in union.alternatives.iter().enumerate() {
            let Some(field) = held.classes.field_name(branch.ty.id, index) else {
                continue;
            };
            let ty = TypeRef {
                id: alternative.ty,
                nullable: false,
            };
            let holder = held.types.holder(alternative.ty);
            let label = names::label(field);
            let from = self.read(branch, field);
            let description = roots.graph.get(roots.graph.resolve(ty).id).docs.description;
            let in_flow = held.in_flow(holder, roots.graph, self.config);
            let variable = in_flow.map(|held| self.output(field, &label, description, held));
            ways.push(Way {
                key: field.to_owned(),
                word: Value::Text(Text::plain(&names::word(&label))),
                label,
                description: description.map(str::to_owned),
                condition: Condition {
                    left: from.clone(),
                    operator: "IsNull",
                    right: Value::Boolean(false),
                },
                kept: variable.map(|to| assign(&to, Value::Reference(from))),
            });
        }
        ways
    }

    /// The variable for an alternative.
    fn output(
        &mut self,
        key: &str,
        label: &str,
        description: Option<&str>,
        (ty, is_list): (VariableType, bool),
    ) -> Text {
        let labels = [label, &format!("{label} Value")];
        let name = self.names.claim_first(&format!("output {key}"), &labels);
        self.flow.variables.push(Variable {
            description: description.map(Text::new),
            name: name.clone(),
            apex_class: ty.class().cloned(),
            data_type: ty.as_str(),
            is_collection: is_list,
            is_input: false,
            is_output: true,
            scale: ty.scale(),
            is_required: false,
            default: None,
        });
        name
    }

    fn values(&mut self, branch: &Branch<'_, '_, '_>, choice: &EnumType<'_>) -> Vec<Way> {
        let from = self.read(branch, "");
        let of = branch.label.split(" of ").next().unwrap_or_default();
        let mut ways = Vec::new();
        let labels = names::choice_labels(choice.values.iter().map(|value| value.wire));
        for (value, label) in choice.values.iter().zip(labels) {
            let key = format!("= {}", value.wire);
            let constant = self.names.claim_constant(&key, of, value.wire);
            self.flow.constants.push(Constant {
                description: Some(Text::new(value.description.unwrap_or(&label))),
                name: constant.clone(),
                value: Value::Text(Text::new(value.wire)),
            });
            ways.push(Way {
                key,
                label,
                description: value.description.map(str::to_owned),
                condition: Condition {
                    left: from.clone(),
                    operator: "EqualTo",
                    right: Value::Reference(constant.clone()),
                },
                kept: None,
                word: Value::Reference(constant),
            });
        }
        ways
    }

    fn lower(&mut self, branch: &Branch<'_, '_, '_>, ways: Vec<Way>) {
        let (check, choose) = (
            self.names.claim_fixed("Check JSON"),
            self.names.claim_fixed("Choose Way"),
        );
        let output =
            |name: &str| Value::Reference(Text::new(&format!("{}.{name}", self.fixed.call)));
        let state = |word: &str| assign(&self.fixed.state, Value::Text(Text::new(word)));
        let value = assign(&self.fixed.value, output("value"));
        let invalid = vec![
            state(INVALID),
            assign(&self.fixed.error_message, output("errorMessage")),
        ];
        let message = "The JSON text could not be read. Error_Details has the fault message.";
        let fault = vec![
            state(FAULT),
            assign(&self.fixed.error_message, Value::Text(Text::new(message))),
            assign(
                &self.fixed.error_details,
                Value::Reference(Text::new("$Flow.FaultMessage")),
            ),
        ];
        let nothing = vec![state(NOTHING), value.clone()];
        let success = state(SUCCESS);
        let invalid = self.report("Invalid JSON", "What is wrong with the text.", invalid);
        let fault = self.report("Fault", "The action has failed.", fault);
        let nothing = self.report("No Value", "There is nothing to branch on.", nothing);
        // A property of nothing cannot be read.
        let is_empty = |left| Condition {
            left,
            operator: "IsNull",
            right: Value::Boolean(true),
        };
        let mut rules = Vec::new();
        if branch.may_be_nothing {
            let whole = is_empty(Text::new(&format!("{}.value", self.fixed.call)));
            rules.push(self.rule("Is Nothing", "Nothing", whole, &nothing));
        }
        if let (Of::Union(_), false) = (&branch.of, branch.path.is_empty()) {
            let part = is_empty(self.read(branch, ""));
            rules.push(self.rule("Has No Value", "No Value", part, &nothing));
        }
        for way in ways {
            let mut items = vec![
                success.clone(),
                assign(&self.fixed.which, way.word),
                value.clone(),
            ];
            items.extend(way.kept);
            let name = format!("Report {}", way.label);
            let about = way.description.as_deref().unwrap_or(&way.label);
            let report = self.names.claim(&format!("report {}", way.key), &name);
            self.flow.assignments.push(Assignment {
                node: Node::new(&report, &name, Some(about)),
                items,
                connector: None,
            });
            let key = format!("is {}", way.key);
            rules.push(self.rule_of(&key, &way.label, way.condition, &report));
        }
        let about = "Goes another way for each of them.";
        self.flow.decisions.push(Decision {
            node: Node::new(&choose, &branch.label, Some(about)),
            default_connector: Some(Connector::to(&nothing)),
            default_label: Text::new("Something Else"),
            rules,
        });
        let is_good = Condition {
            left: Text::new(&format!("{}.isSuccess", self.fixed.call)),
            operator: "EqualTo",
            right: Value::Boolean(true),
        };
        let good = self.rule("Is Valid", "Valid", is_good, &choose);
        self.flow.decisions.push(Decision {
            node: Node::new(&check, "Check JSON", Some("Goes on with a valid value.")),
            default_connector: Some(Connector::to(&invalid)),
            default_label: Text::new("Not Valid"),
            rules: vec![good],
        });
        self.flow.action_calls.push(ActionCall {
            node: Node::new(
                &self.fixed.call,
                "Parse JSON",
                Some("Reads the text and checks it."),
            ),
            action_name: Text::new(branch.parse),
            action_type: Text::new("apex"),
            connector: Some(Connector::to(&check)),
            fault_connector: Some(Connector::to(&fault)),
            transaction_model: self.config.transaction_model.as_str(),
            inputs: vec![Parameter {
                name: Text::new("jsonText"),
                value: Value::Reference(self.fixed.json.clone()),
            }],
            name_segment: Text::new(branch.parse),
        });
        self.flow.start = Some(Connector::to(&self.fixed.call));
    }

    fn report(&mut self, what: &str, about: &str, items: Vec<AssignmentItem>) -> Text {
        let label = format!("Report {what}");
        let name = self.names.claim_fixed(&label);
        self.flow.assignments.push(Assignment {
            node: Node::new(&name, &label, Some(about)),
            items,
            connector: None,
        });
        name
    }

    fn rule(&mut self, name: &str, label: &str, condition: Condition, to: &Text) -> Rule {
        let name = self.names.claim_fixed(name);
        rule(name, label, condition, to)
    }

    fn rule_of(&mut self, key: &str, label: &str, condition: Condition, to: &Text) -> Rule {
        let name = self.names.claim(key, &format!("Is {label}"));
        rule(name, label, condition, to)
    }
}

fn rule(name: Text, label: &str, condition: Condition, to: &Text) -> Rule {
    Rule {
        name,
        label: Text::new(label),
        logic: "and".into(),
        conditions: vec![condition],
        connector: Some(Connector::to(to)),
    }
}
