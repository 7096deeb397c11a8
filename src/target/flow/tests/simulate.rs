//! Runs a flow's model: enough of Flow to see which way it goes and what comes out.

use std::collections::BTreeMap;

use super::super::model::{AssignmentItem, Condition, Flow, Value};

/// What the action does.
pub enum Answer {
    /// Its outputs, by their path: `200.sessionId`.
    Outputs(&'static [(&'static str, &'static str)]),
    /// It fails.
    Fault,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Run {
    /// The value of each variable or property that has one.
    pub values: BTreeMap<String, String>,
    /// The elements that ran, in order.
    pub path: Vec<String>,
}

impl Run {
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

pub fn simulate(flow: &Flow, inputs: &[(&str, &str)], answer: &Answer) -> Run {
    let mut run = Run::default();
    for (name, value) in inputs {
        assert!(
            flow.variables
                .iter()
                .any(|one| one.name.as_str() == *name && one.is_input),
            "{name} is no input"
        );
        run.values.insert((*name).to_owned(), (*value).to_owned());
    }
    for constant in &flow.constants {
        let value = value(&run, &constant.value).unwrap();
        run.values.insert(constant.name.as_str().to_owned(), value);
    }
    let mut next = flow.start.clone();
    while let Some(connector) = next {
        let at = connector.target.as_str();
        assert!(run.path.len() < 1000, "{:?}", run.path);
        run.path.push(at.to_owned());
        next = step(flow, at, answer, &mut run);
    }
    run
}

fn step(
    flow: &Flow,
    at: &str,
    answer: &Answer,
    run: &mut Run,
) -> Option<super::super::model::Connector> {
    if let Some(one) = flow
        .assignments
        .iter()
        .find(|one| one.node.name.as_str() == at)
    {
        one.items.iter().for_each(|item| assign(item, run));
        return one.connector.clone();
    }
    if let Some(one) = flow
        .decisions
        .iter()
        .find(|one| one.node.name.as_str() == at)
    {
        for rule in &one.rules {
            // A condition after the one that decides is not looked at.
            let holds = match rule.logic {
                "and" => rule.conditions.iter().all(|one| holds(one, run)),
                "or" => rule.conditions.iter().any(|one| holds(one, run)),
                other => panic!("{other}"),
            };
            if holds {
                return rule.connector.clone();
            }
        }
        return one.default_connector.clone();
    }
    let call = flow
        .action_calls
        .iter()
        .find(|one| one.node.name.as_str() == at)
        .expect(at);
    match answer {
        Answer::Outputs(outputs) => {
            for (name, value) in *outputs {
                run.values
                    .insert(format!("{at}.{name}"), (*value).to_owned());
            }
            call.connector.clone()
        }
        Answer::Fault => {
            run.values
                .insert("$Flow.FaultMessage".to_owned(), "it broke".to_owned());
            call.fault_connector.clone()
        }
    }
}

fn assign(item: &AssignmentItem, run: &mut Run) {
    let value = value(run, &item.value).unwrap_or_else(|| format!("{:?}", item.value));
    let to = item.to.as_str().to_owned();
    match item.operator {
        "Assign" => run.values.insert(to, value),
        "Add" => run.values.insert(to, format!("[{value}]")),
        other => panic!("{other}"),
    };
}

fn holds(condition: &Condition, run: &Run) -> bool {
    let left = run.values.get(condition.left.as_str());
    let right = value(run, &condition.right);
    match condition.operator {
        "IsNull" => left.is_none() == (right.as_deref() == Some("true")),
        "EqualTo" => left == right.as_ref(),
        "NotEqualTo" => left != right.as_ref(),
        other => panic!("{other}"),
    }
}

/// The value of a reference must be there: a flow that reads a property of nothing fails. A whole variable may
/// be empty.
fn value(run: &Run, value: &Value) -> Option<String> {
    match value {
        Value::Reference(name) if name.as_str() == "$GlobalConstant.EmptyString" => {
            Some(String::new())
        }
        Value::Reference(name) => {
            let found = run.values.get(name.as_str()).cloned();
            assert!(
                found.is_some() || !name.as_str().contains('.'),
                "{name} has no value: {run:?}"
            );
            found
        }
        Value::Text(text) | Value::Number(text) => Some(text.as_str().to_owned()),
        Value::Boolean(yes) => Some(yes.to_string()),
    }
}
