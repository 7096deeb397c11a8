//! What must hold in every flow, checked on the model before it is rendered. No program outside an org
//! checks the references of a flow.

use std::collections::{HashMap, HashSet};

use super::model::{Flow, ScreenField, Value};
use super::text::Text;

/// What is wrong with a flow: one sentence each, none for a good flow.
pub(super) fn lint(flow: &Flow) -> Vec<String> {
    let mut linter = Linter {
        flow,
        names: HashMap::new(),
        used: HashSet::new(),
        problems: Vec::new(),
    };
    linter.names();
    linter.ways();
    linter.references();
    linter.unused();
    linter.texts();
    linter.problems
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An element on the canvas, whose outputs can be referred to.
    Element,
    /// A rule or a screen field.
    Part,
    /// A variable that only this flow sees, a constant or a choice: it must be used.
    Resource,
    /// An input or output variable: others may use it.
    Interface,
}

struct Linter<'f> {
    flow: &'f Flow,
    names: HashMap<&'f str, Kind>,
    used: HashSet<String>,
    problems: Vec<String>,
}

impl<'f> Linter<'f> {
    fn names(&mut self) {
        let flow = self.flow;
        let mut all: Vec<(&'f Text, Kind)> = flow
            .nodes()
            .map(|node| (&node.name, Kind::Element))
            .collect();
        all.extend(
            flow.decisions
                .iter()
                .flat_map(|one| &one.rules)
                .map(|one| (&one.name, Kind::Part)),
        );
        all.extend(fields(flow).map(|one| (&one.name, Kind::Part)));
        all.extend(flow.constants.iter().map(|one| (&one.name, Kind::Resource)));
        all.extend(flow.choices.iter().map(|one| (&one.name, Kind::Resource)));
        all.extend(flow.formulas.iter().map(|one| (&one.name, Kind::Resource)));
        let templates = flow.text_templates.iter();
        all.extend(templates.map(|one| (&one.name, Kind::Resource)));
        let events = flow.waits.iter();
        all.extend(events.map(|one| (&one.event, Kind::Part)));
        all.extend(flow.variables.iter().map(|one| {
            let shared = one.is_input || one.is_output;
            (
                &one.name,
                if shared {
                    Kind::Interface
                } else {
                    Kind::Resource
                },
            )
        }));
        let mut folded = HashSet::new();
        for (name, kind) in all {
            if !is_api_name(name.as_str()) {
                self.problems.push(format!("`{name}` is not an API name"));
            }
            if !folded.insert(name.as_str().to_ascii_lowercase()) {
                self.problems
                    .push(format!("the name `{name}` is taken twice"));
            }
            self.names.insert(name.as_str(), kind);
        }
        if !is_api_name(flow.name.as_str()) {
            self.problems
                .push(format!("`{}` is not an API name", flow.name));
        }
    }

    /// Connectors lead to elements, and every element is reached.
    fn ways(&mut self) {
        let ways = self.flow.ways();
        let mut next: HashMap<&str, Vec<&str>> = HashMap::new();
        for way in &ways {
            let target = way.connector.target.as_str();
            if self.names.get(target) != Some(&Kind::Element) {
                self.problems.push(format!(
                    "`{}` leads to `{target}`, which is no element",
                    way.from
                ));
            }
            next.entry(way.from.as_str()).or_default().push(target);
        }
        let mut reached = HashSet::new();
        let mut work: Vec<&str> = self
            .flow
            .start
            .iter()
            .map(|start| start.target.as_str())
            .collect();
        while let Some(at) = work.pop() {
            if reached.insert(at) {
                work.extend(next.get(at).into_iter().flatten());
            }
        }
        for node in self
            .flow
            .nodes()
            .filter(|node| !reached.contains(node.name.as_str()))
        {
            self.problems
                .push(format!("nothing leads to `{}`", node.name));
        }
        for call in self
            .flow
            .action_calls
            .iter()
            .filter(|call| call.fault_connector.is_none())
        {
            self.problems
                .push(format!("`{}` has no fault path", call.node.name));
        }
    }

    fn references(&mut self) {
        let flow = self.flow;
        for call in &flow.action_calls {
            self.values(call.inputs.iter().map(|input| &input.value));
        }
        for subflow in &flow.subflows {
            self.values(subflow.inputs.iter().map(|input| &input.value));
        }
        for item in flow.assignments.iter().flat_map(|one| &one.items) {
            self.reference(item.to.as_str());
            self.values([&item.value]);
        }
        for condition in flow
            .decisions
            .iter()
            .flat_map(|one| &one.rules)
            .flat_map(|rule| &rule.conditions)
        {
            self.reference(condition.left.as_str());
            self.values([&condition.right]);
        }
        self.values(flow.choices.iter().map(|one| &one.value));
        self.values(flow.constants.iter().map(|one| &one.value));
        self.values(flow.variables.iter().filter_map(|one| one.default.as_ref()));
        for one in &flow.loops {
            self.reference(one.collection.as_str());
        }
        for formula in &flow.formulas {
            self.merge_fields(formula.expression.as_str());
        }
        for template in &flow.text_templates {
            self.merge_fields(template.text.as_str());
        }
        for field in fields(flow) {
            for choice in &field.choices {
                self.reference(choice.as_str());
            }
            self.merge_fields(field.text.as_str());
        }
    }

    fn merge_fields(&mut self, text: &str) {
        for merge in text.split("{!").skip(1) {
            let merge = merge.split('}').next().unwrap_or_default();
            if merge.starts_with('$') {
                self.problems
                    .push(format!("a text has the merge field `{merge}`"));
            }
            self.reference(merge);
        }
    }

    /// Only display text and templates have merge fields: text of a schema never is one.
    fn texts(&mut self) {
        let flow = self.flow;
        let mut texts: Vec<(&Text, &Text)> = vec![(&flow.name, &flow.label)];
        texts.extend(flow.nodes().map(|node| (&node.name, &node.label)));
        for decision in &flow.decisions {
            texts.push((&decision.node.name, &decision.default_label));
            texts.extend(decision.rules.iter().map(|rule| (&rule.name, &rule.label)));
        }
        texts.extend(flow.choices.iter().map(|one| (&one.name, &one.text)));
        for field in fields(flow) {
            texts.extend(field.help.iter().map(|help| (&field.name, help)));
            if field.field_type != "DisplayText" {
                texts.push((&field.name, &field.text));
            }
        }
        let values = (flow.choices.iter().map(|one| (&one.name, &one.value)))
            .chain(flow.constants.iter().map(|one| (&one.name, &one.value)))
            .chain(parameters(flow))
            .chain(comparisons(flow))
            .chain(
                (flow.assignments.iter())
                    .flat_map(|one| one.items.iter().map(|item| (&one.node.name, &item.value))),
            )
            .chain(
                (flow.variables.iter()).filter_map(|one| Some((&one.name, one.default.as_ref()?))),
            )
            .chain(fields(flow).filter_map(|one| Some((&one.name, one.default.as_ref()?))));
        texts.extend(values.filter_map(|(name, value)| match value {
            Value::Text(text) => Some((name, text)),
            Value::Reference(_) | Value::Number(_) | Value::Boolean(_) => None,
        }));
        let merged = texts
            .iter()
            .filter(|(_, text)| text.as_str().contains("{!"));
        let said =
            merged.map(|(name, _)| format!("a text of `{name}` would be read as a merge field"));
        self.problems.extend(said);
    }

    fn values(&mut self, values: impl IntoIterator<Item = &'f Value>) {
        for value in values {
            if let Value::Reference(name) = value {
                self.reference(name.as_str());
            }
        }
    }

    fn reference(&mut self, reference: &str) {
        let name = reference.split('.').next().unwrap_or_default();
        if name.starts_with('$') {
            return;
        }
        if !self.names.contains_key(name) {
            self.problems.push(format!(
                "`{reference}` refers to `{name}`, which is not there"
            ));
        }
        self.used.insert(name.to_owned());
    }

    fn unused(&mut self) {
        let unused = self
            .names
            .iter()
            .filter(|(name, kind)| **kind == Kind::Resource && !self.used.contains(**name));
        let mut unused: Vec<&str> = unused.map(|(name, _)| *name).collect();
        unused.sort_unstable();
        for name in unused {
            self.problems.push(format!("`{name}` is not used"));
        }
    }
}

fn fields(flow: &Flow) -> impl Iterator<Item = &ScreenField> {
    flow.screens.iter().flat_map(|screen| &screen.fields)
}

/// What actions and other flows get, by the element that gives it.
fn parameters(flow: &Flow) -> impl Iterator<Item = (&Text, &Value)> {
    let calls = flow.action_calls.iter().map(|one| (&one.node, &one.inputs));
    let subflows = flow.subflows.iter().map(|one| (&one.node, &one.inputs));
    let all = calls.chain(subflows);
    all.flat_map(|(node, inputs)| inputs.iter().map(|input| (&node.name, &input.value)))
}

/// What values are compared with, by the rule that does so.
fn comparisons(flow: &Flow) -> impl Iterator<Item = (&Text, &Value)> {
    let rules = flow.decisions.iter().flat_map(|one| &one.rules);
    rules.flat_map(|rule| rule.conditions.iter().map(|one| (&rule.name, &one.right)))
}

/// Letters, digits and `_`, a letter first, no `_` last, no `__`, at most 80.
fn is_api_name(name: &str) -> bool {
    name.len() <= 80
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}
