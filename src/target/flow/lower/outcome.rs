//! What follows the action: one decision that tells every outcome apart, and an element for each.

use crate::action::{Action, Output, OutputKind, OutputValue, SchemaRoots, property};

use super::super::config::FlowConfig;
use super::super::model::{Assignment, Condition, Connector, Decision, Node, Rule, Value};
use super::super::names::{self, Names};
use super::super::text::Text;
use super::super::wanted::Wanted;
use super::assign;
use super::call::Fixed;
use super::kept::Kept;
use crate::hash::HashMap;
use crate::target::apex::platform::platform_path;
use crate::target::flow::model::Flow;

/// States that are not in a descriptor.
pub(super) const FAULT: &str = "Fault";
pub(super) const INVALID_INPUT: &str = "InvalidInput";
const SUCCESS: &str = "Success";
const UNEXPECTED: &str = "UnexpectedResponse";

/// Adds the decision, the elements of its outcomes, and the variables that they set. Gives the name of the
/// decision, and the names of the variables by the properties that they hold.
///
/// The fault path leads to the same decision: whether the service refused or the call failed on its way, each
/// outcome has one place. The first rule is the fault's, because the outputs of a failed action have no value,
/// and reading a property of one would be a fault of its own.
pub(super) fn lower(
    action: &Action,
    roots: &SchemaRoots<'_, '_>,
    fixed: &Fixed,
    flow: &mut Flow,
    names: &mut Names,
    config: &FlowConfig,
) -> (Text, Vec<(String, Text)>) {
    let label = "Check Outcome";
    let decision = names.claim_first(label, &[label, "Check Action Outcome"]);
    let mut lowering = Outcomes {
        fixed,
        flow,
        names,
        rules: Vec::new(),
        default: None,
        details: None,
        outputs: Vec::new(),
        kept: HashMap::default(),
    };
    let fault = format!(
        "{} did not give a response. Error_Details has the fault message.",
        names::label(&action.label)
    );
    let items = vec![assign(
        &fixed.error_message,
        Value::Text(Text::plain(&fault)),
    )];
    let is_fault = Condition {
        left: fixed.state.clone(),
        operator: "EqualTo",
        right: Value::Text(Text::new(FAULT)),
    };
    lowering.outcome(
        "Fault",
        "Fault",
        vec![is_fault],
        "The action did not give a response.",
        items,
        None,
    );
    // What is for one code comes before what is for many.
    let mut outputs: Vec<&Output> = action.outputs.iter().collect();
    outputs.sort_by_key(|output| match output.codes() {
        Some((from, to)) => u8::from(from != to),
        None => 2 * u8::from(output.is_default()),
    });
    for output in outputs {
        lowering.output(output, roots, config);
    }
    let tells_apart = action
        .outputs
        .iter()
        .any(|output| output.kind != OutputKind::ResponseCode);
    let (label, state, message) = if tells_apart {
        (
            "Unexpected Response",
            UNEXPECTED,
            Some("The response is not one of those that the action documents."),
        )
    } else {
        (SUCCESS, SUCCESS, None)
    };
    let (default, label) = match lowering.default.take() {
        Some(default) => default,
        None => {
            let mut items = vec![assign(&fixed.state, Value::Text(Text::new(state)))];
            items.extend(
                message
                    .map(|message| assign(&fixed.error_message, Value::Text(Text::new(message)))),
            );
            let description = message.unwrap_or("The action has run.");
            let default = lowering.report("other", label, description, items, None);
            (default, label.to_owned())
        }
    };
    let (rules, outputs, details) = (lowering.rules, lowering.outputs, lowering.details);
    let description =
        "Tells the documented outcomes of the action apart. The fault path leads here too.";
    flow.decisions.push(Decision {
        node: Node::new(&decision, "Check Outcome", Some(description)),
        default_connector: Some(Connector::to(&default)),
        default_label: Text::new(&label),
        rules,
    });
    flow.decisions.extend(details);
    (decision, outputs)
}

/// Gives the variables for properties of outputs the names that somebody has asked for.
pub(super) fn ask(
    action: &Action,
    roots: &SchemaRoots<'_, '_>,
    wanted: &Wanted<'_>,
    names: &mut Names,
) {
    for output in &action.outputs {
        let root = output
            .schema
            .as_deref()
            .and_then(|schema| roots.root(schema));
        for value in &output.values {
            let field = root.and_then(|root| property(roots, root, &value.property).ok());
            let name = field.and_then(|field| wanted.of_field(field.location));
            names.ask(&value_key(output, &value.property), name);
        }
    }
}

/// What tells the variable for a property of an output, or for all of it, from others.
pub(super) fn value_key(output: &Output, path: &str) -> String {
    format!("output {}.{path}", output.name)
}

/// The state that a flow reports for each of an action's outputs.
pub(super) fn states(action: &Action) -> Vec<(String, String)> {
    let outputs = action.outputs.iter();
    outputs
        .filter(|output| output.kind != OutputKind::ResponseCode)
        .map(|output| (output.name.clone(), state(output)))
        .collect()
}

fn state(output: &Output) -> String {
    let word = match output.kind {
        OutputKind::Success => SUCCESS.to_owned(),
        OutputKind::Exception | OutputKind::ResponseCode => {
            names::word(&names::label(&output.label))
        }
    };
    output.state.clone().unwrap_or(word)
}

pub(super) struct Outcomes<'a> {
    pub fixed: &'a Fixed,
    pub flow: &'a mut Flow,
    pub names: &'a mut Names,
    rules: Vec<Rule>,
    /// What is done if no rule holds, and what that is called.
    default: Option<(Text, String)>,
    /// Which of the errors says more of itself.
    pub details: Option<Decision>,
    pub outputs: Vec<(String, Text)>,
    /// The variables by the values that they hold: two answers with the same structure have the same variables.
    pub kept: HashMap<Kept, Text>,
}

impl Outcomes<'_> {
    /// A property of an output, or all of it.
    pub(super) fn reference(&self, output: &Output, path: &str) -> Value {
        let mut reference = format!("{}.{}", self.fixed.action, output.name);
        if !path.is_empty() {
            reference.push('.');
            reference.push_str(&platform_path(path));
        }
        Value::Reference(Text::new(&reference))
    }

    fn output(&mut self, output: &Output, roots: &SchemaRoots<'_, '_>, config: &FlowConfig) {
        let fixed = self.fixed;
        let label = names::label(&output.label);
        let mut items = Vec::new();
        let mut next = None;
        let label = match output.kind {
            OutputKind::ResponseCode => return,
            OutputKind::Success => {
                items.push(assign(
                    &fixed.state,
                    Value::Text(Text::plain(&state(output))),
                ));
                let is_listed = |value: &&OutputValue| value.property.contains("[]");
                for value in output.values.iter().filter(is_listed).rev() {
                    let each = self.listed(output, value, roots, config, next.clone());
                    next = each.map(|each| Connector::to(&each)).or(next);
                }
                for value in output.values.iter().filter(|one| !is_listed(one)) {
                    let Some(name) = self.variable_for(output, value, roots, config) else {
                        continue;
                    };
                    let item = assign(&name, self.reference(output, &value.property));
                    let way = self.way_to(output, &value.property, roots);
                    if way.is_empty() {
                        items.push(item);
                    } else {
                        next = Some(self.if_there(output, &value.property, (way, item), next));
                    }
                    self.outputs.push((value.property.clone(), name));
                }
                if label.chars().all(|c| c.is_ascii_digit()) {
                    format!("{label} {SUCCESS}")
                } else {
                    label
                }
            }
            OutputKind::Exception => {
                items.push(assign(
                    &fixed.state,
                    Value::Text(Text::plain(&state(output))),
                ));
                let message = output.description.as_deref().unwrap_or(&label);
                items.push(assign(
                    &fixed.error_message,
                    Value::Text(Text::plain(message)),
                ));
                if let Some(detail) = &output.detail {
                    next = Some(self.detail(output, detail, roots));
                }
                label
            }
        };
        let description = output.description.as_deref().unwrap_or(&label);
        let key = format!("output {}", output.name);
        match self.conditions(output) {
            Some(conditions) => self.outcome(&key, &label, conditions, description, items, next),
            None => {
                let report = self.report(&key, &label, description, items, next);
                self.default = Some((report, label));
            }
        }
    }

    /// What holds if an output is the one that the action has given; none if that is so when it is no other. An answer
    /// without content has no output that could be looked at.
    fn conditions(&self, output: &Output) -> Option<Vec<Condition>> {
        let Some(code) = &self.fixed.response_code else {
            return Some(vec![self.is_given(output)]);
        };
        let compare = |operator, number: u16| Condition {
            left: code.clone(),
            operator,
            right: Value::Number(Text::new(&format!("{number}.0"))),
        };
        let between = |from, to| {
            vec![
                compare("GreaterThanOrEqualTo", from),
                compare("LessThanOrEqualTo", to),
            ]
        };
        let has_schema = output.schema.is_some() || output.apex_class.is_some();
        let mut conditions = match output.codes() {
            Some((from, to)) if from == to => vec![compare("EqualTo", from)],
            Some((from, to)) => between(from, to),
            // It speaks of every code, and yet an error is no success.
            None if output.is_default() && output.kind == OutputKind::Success => between(200, 299),
            None if !output.is_default() || has_schema => return Some(vec![self.is_given(output)]),
            None => return None,
        };
        // A success without the content that the flow reads is not the one that is documented.
        let reads = |value: &OutputValue| !value.property.is_empty();
        if output.kind == OutputKind::Success && output.values.iter().any(reads) {
            conditions.push(self.is_given(output));
        }
        Some(conditions)
    }

    fn outcome(
        &mut self,
        key: &str,
        label: &str,
        conditions: Vec<Condition>,
        description: &str,
        items: Vec<super::AssignmentItem>,
        next: Option<Connector>,
    ) {
        let rule = self
            .names
            .claim(&format!("is {key}"), &format!("Is {label}"));
        let report = self.report(key, label, description, items, next);
        self.rules.push(Rule {
            name: rule,
            label: Text::new(label),
            logic: "and".into(),
            conditions,
            connector: Some(Connector::to(&report)),
        });
    }

    fn report(
        &mut self,
        key: &str,
        label: &str,
        description: &str,
        items: Vec<super::AssignmentItem>,
        connector: Option<Connector>,
    ) -> Text {
        let label = format!("Report {label}");
        let name = self.names.claim(&format!("report {key}"), &label);
        self.flow.assignments.push(Assignment {
            node: Node::new(&name, &label, Some(description)),
            items,
            connector,
        });
        name
    }
}
