//! Runs the models of flows: enough of Flow to see which way they go, what they call and what comes out.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::super::model::{AssignmentItem, Condition, Connector, Flow, Value};

/// What an action does.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// It gives outputs, by their path: `200.sessionId`, `200.messages[0].text`.
    Outputs(&'static [(&'static str, &'static str)]),
    /// It fails.
    Fault,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Run {
    /// The value of each variable or property that has one; an element of a list is `List[0]`.
    pub values: BTreeMap<String, String>,
    /// The elements that ran, in order.
    pub path: Vec<String>,
    /// Where the loops are.
    loops: HashMap<String, usize>,
}

impl Run {
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        !self.below(name).is_empty()
    }

    /// A variable and all that it holds, without the name.
    fn below(&self, name: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (key, value) in self.values.range(name.to_owned()..) {
            let Some(rest) = key.strip_prefix(name) else {
                break;
            };
            if rest.is_empty() || rest.starts_with(['.', '[']) {
                found.push((rest.to_owned(), value.clone()));
            }
        }
        found
    }

    fn set(&mut self, name: &str, parts: Vec<(String, String)>) {
        for (rest, _) in self.below(name) {
            self.values.remove(&format!("{name}{rest}"));
        }
        for (rest, value) in parts {
            self.values.insert(format!("{name}{rest}"), value);
        }
    }

    /// How many elements a list has.
    fn length(&self, list: &str) -> usize {
        (0..)
            .take_while(|index| self.has(&format!("{list}[{index}]")))
            .count()
    }
}

/// A call of an action: its name and the value of each input that has one.
pub type Call = (String, BTreeMap<String, String>);

/// The flows, and what the actions answer, one answer after the other, the last again and again.
pub struct World<'f> {
    flows: &'f [Flow],
    answers: HashMap<&'static str, VecDeque<Answer>>,
    pub calls: Vec<Call>,
    pub waits: usize,
    screens: VecDeque<Vec<(String, String)>>,
}

impl<'f> World<'f> {
    pub fn new(flows: &'f [Flow], answers: &[(&'static str, &[Answer])]) -> Self {
        let answers = answers.iter();
        Self {
            flows,
            answers: answers
                .map(|(name, answers)| (*name, answers.iter().copied().collect()))
                .collect(),
            calls: Vec::new(),
            waits: 0,
            screens: VecDeque::new(),
        }
    }

    /// What somebody enters on the next screen.
    pub fn enter(&mut self, values: &[(&str, &str)]) {
        let values = values.iter();
        let values = values.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.screens.push_back(values.collect());
    }

    /// The names of the actions that were called.
    pub fn called(&self) -> Vec<&str> {
        self.calls.iter().map(|(name, _)| name.as_str()).collect()
    }

    pub fn run(&mut self, flow: &str, inputs: &[(&str, &str)]) -> Run {
        let inputs = inputs.iter();
        let inputs = inputs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.run_with(flow, inputs.collect(), &[])
    }

    /// Runs a flow; `given` are the inputs that are given, if only as null.
    fn run_with(&mut self, name: &str, values: BTreeMap<String, String>, given: &[&str]) -> Run {
        let mut all = self.flows.iter();
        let flow = all.find(|one| one.name.as_str() == name).expect(name);
        let mut run = Run::default();
        for variable in &flow.variables {
            let name = variable.name.as_str();
            if let (Some(default), false) = (&variable.default, given.contains(&name)) {
                let default = self.value(flow, &run, default);
                run.set(name, default);
            }
        }
        for (key, value) in values {
            let root = key.split(['.', '[']).next().unwrap_or_default();
            assert!(
                flow.variables
                    .iter()
                    .any(|one| one.name.as_str() == root && one.is_input),
                "{root} is no input of {name}"
            );
            run.values.insert(key, value);
        }
        for constant in &flow.constants {
            let value = self.value(flow, &run, &constant.value);
            run.set(constant.name.as_str(), value);
        }
        let mut next = flow.start.clone();
        while let Some(connector) = next {
            let at = connector.target.as_str();
            assert!(run.path.len() < 1000, "{:?}", run.path);
            run.path.push(at.to_owned());
            next = self.step(flow, at, &mut run);
        }
        run
    }

    fn step(&mut self, flow: &Flow, at: &str, run: &mut Run) -> Option<Connector> {
        if let Some(one) = flow
            .assignments
            .iter()
            .find(|one| one.node.name.as_str() == at)
        {
            for item in &one.items {
                self.assign(flow, item, run);
            }
            return one.connector.clone();
        }
        if let Some(one) = flow
            .decisions
            .iter()
            .find(|one| one.node.name.as_str() == at)
        {
            for rule in &one.rules {
                // A condition after the one that decides is not looked at.
                let mut conditions = rule.conditions.iter();
                let holds = match &*rule.logic {
                    "and" => conditions.all(|one| self.holds(flow, one, run)),
                    "or" => conditions.any(|one| self.holds(flow, one, run)),
                    counted => {
                        let each = conditions.map(|one| self.holds(flow, one, run));
                        counts(counted, &each.collect::<Vec<_>>())
                    }
                };
                if holds {
                    return rule.connector.clone();
                }
            }
            return one.default_connector.clone();
        }
        if let Some(one) = flow.loops.iter().find(|one| one.node.name.as_str() == at) {
            let list = one.collection.as_str();
            let index = run.loops.remove(at).unwrap_or(0);
            if index >= run.length(list) {
                return one.done_connector.clone();
            }
            let element = run.below(&format!("{list}[{index}]"));
            run.set(at, element);
            run.loops.insert(at.to_owned(), index + 1);
            return one.next_connector.clone();
        }
        if let Some(one) = flow.screens.iter().find(|one| one.node.name.as_str() == at) {
            let entered = self.screens.pop_front().unwrap();
            for field in one.fields.iter().filter(|one| one.is_required.is_some()) {
                let default = field.default.as_ref();
                let default = default.map_or_else(Vec::new, |one| self.value(flow, run, one));
                run.set(field.name.as_str(), default);
            }
            for (name, value) in entered {
                let mut fields = one.fields.iter();
                assert!(fields.any(|field| field.name.as_str() == name), "{name}");
                run.values.insert(name, value);
            }
            return one.connector.clone();
        }
        if let Some(one) = flow.waits.iter().find(|one| one.node.name.as_str() == at) {
            self.waits += 1;
            return one.connector.clone();
        }
        if let Some(one) = flow
            .subflows
            .iter()
            .find(|one| one.node.name.as_str() == at)
        {
            let mut values = BTreeMap::new();
            let mut given = Vec::new();
            for input in &one.inputs {
                let name = input.name.as_str();
                given.push(name);
                let parts = self.value(flow, run, &input.value);
                values.extend(
                    parts
                        .into_iter()
                        .map(|(rest, value)| (format!("{name}{rest}"), value)),
                );
            }
            let below = self.run_with(one.flow_name.as_str(), values, &given);
            let called = self.flows.iter().find(|flow| flow.name == one.flow_name);
            let outputs = called.iter().flat_map(|flow| &flow.variables);
            for output in outputs.filter(|one| one.is_output) {
                let name = output.name.as_str();
                run.set(&format!("{at}.{name}"), below.below(name));
            }
            return one.connector.clone();
        }
        self.call(flow, at, run)
    }

    fn call(&mut self, flow: &Flow, at: &str, run: &mut Run) -> Option<Connector> {
        let mut calls = flow.action_calls.iter();
        let call = calls.find(|one| one.node.name.as_str() == at).expect(at);
        let action = call.action_name.as_str();
        let mut inputs = BTreeMap::new();
        for input in &call.inputs {
            for (rest, value) in self.value(flow, run, &input.value) {
                inputs.insert(format!("{}{rest}", input.name), value);
            }
        }
        self.calls.push((action.to_owned(), inputs));
        let answers = self.answers.get_mut(action);
        let answers = answers.unwrap_or_else(|| panic!("nothing answers {action}"));
        let answer = match answers.len() {
            1 => answers[0],
            _ => answers.pop_front().unwrap(),
        };
        run.set(at, Vec::new());
        match answer {
            Answer::Outputs(outputs) => {
                for (name, value) in outputs {
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

    fn assign(&self, flow: &Flow, item: &AssignmentItem, run: &mut Run) {
        let value = self.value(flow, run, &item.value);
        let to = item.to.as_str();
        let is_list = flow
            .variables
            .iter()
            .any(|one| one.name.as_str() == to && one.is_collection);
        let number = |parts: &[(String, String)]| -> f64 {
            parts.first().map_or(0.0, |(_, text)| text.parse().unwrap())
        };
        match item.operator {
            "Assign" => run.set(to, value),
            "Add" if is_list => {
                let element = format!("{to}[{}]", run.length(to));
                // Even null is an element.
                let value = if value.is_empty() {
                    vec![(String::new(), "null".to_owned())]
                } else {
                    value
                };
                run.set(&element, value);
            }
            "Add" | "Subtract" => {
                let (left, right) = (number(&run.below(to)), number(&value));
                let sum = if item.operator == "Add" {
                    left + right
                } else {
                    left - right
                };
                run.set(to, vec![(String::new(), format!("{sum:.1}"))]);
            }
            other => panic!("{other}"),
        }
    }

    fn holds(&self, flow: &Flow, condition: &Condition, run: &Run) -> bool {
        let name = condition.left.as_str();
        let right = self.value(flow, run, &condition.right);
        let right = right.first().map(|(_, value)| value.as_str());
        let left = run.values.get(name).map(String::as_str);
        match condition.operator {
            "IsNull" => run.has(name) != (right == Some("true")),
            "EqualTo" => left == right,
            "NotEqualTo" => left != right,
            "GreaterThan" | "GreaterThanOrEqualTo" | "LessThanOrEqualTo" => {
                let number = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok());
                let order = number(left).and_then(|left| left.partial_cmp(&number(right)?));
                order.is_some_and(|order| match condition.operator {
                    "GreaterThan" => order.is_gt(),
                    "GreaterThanOrEqualTo" => order.is_ge(),
                    _ => order.is_le(),
                })
            }
            other => panic!("{other}"),
        }
    }

    /// What a value holds. That of a reference must be there: a flow that reads a property of nothing fails. A whole
    /// variable may be empty, and so may the output of a subflow.
    fn value(&self, flow: &Flow, run: &Run, value: &Value) -> Vec<(String, String)> {
        let text = |text: &str| vec![(String::new(), text.to_owned())];
        match value {
            Value::Reference(name) if name.as_str() == "$GlobalConstant.EmptyString" => text(""),
            Value::Reference(name) => {
                let name = name.as_str();
                let mut templates = flow.text_templates.iter();
                if let Some(template) = templates.find(|one| one.name.as_str() == name) {
                    return text(&merged(template.text.as_str(), run));
                }
                let mut formulas = flow.formulas.iter();
                if let Some(formula) = formulas.find(|one| one.name.as_str() == name) {
                    return text(&is_equal(&formula.expression.raw(), run).to_string());
                }
                let found = run.below(name);
                let root = name.split('.').next().unwrap_or_default();
                let of_subflow = flow
                    .subflows
                    .iter()
                    .any(|one| one.node.name.as_str() == root);
                assert!(
                    !found.is_empty() || !name.contains('.') || of_subflow,
                    "{name} has no value: {run:?}"
                );
                found
            }
            Value::Text(one) | Value::Number(one) => text(one.as_str()),
            Value::Boolean(yes) => text(&yes.to_string()),
        }
    }
}

/// The text of a template with the values of its merge fields.
fn merged(template: &str, run: &Run) -> String {
    let mut parts = template.split("{!");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap();
        text.push_str(run.get(name));
        text.push_str(rest);
    }
    text
}

/// Whether a formula such as `{!Name} = "text"` holds.
fn is_equal(expression: &str, run: &Run) -> bool {
    let (left, right) = expression.split_once(" = ").unwrap();
    merged(left, run) == right.trim_matches('"')
}

/// Runs one flow whose actions all give the same answer.
pub fn simulate(flow: &Flow, inputs: &[(&str, &str)], answer: &Answer) -> Run {
    let mut world = World::new(std::slice::from_ref(flow), &[]);
    for call in &flow.action_calls {
        let name: &'static str = Box::leak(call.action_name.as_str().to_owned().into_boxed_str());
        world.answers.insert(name, [*answer].into());
    }
    world.run(flow.name.as_str(), inputs)
}

/// What an expression such as `1 AND (2 OR 3)` comes to; only parentheses join one word with the other.
fn counts(logic: &str, conditions: &[bool]) -> bool {
    let spaced = logic.replace('(', "( ").replace(')', " )");
    let mut open: Vec<(Option<&str>, Vec<bool>)> = vec![(None, Vec::new())];
    for word in spaced.split_whitespace() {
        let at = open.last_mut().unwrap();
        match word {
            "(" => open.push((None, Vec::new())),
            ")" => {
                let value = joined(&open.pop().unwrap());
                open.last_mut().unwrap().1.push(value);
            }
            "AND" | "OR" => {
                assert!(at.0.is_none_or(|one| one == word), "{logic}");
                at.0 = Some(if word == "AND" { "AND" } else { "OR" });
            }
            number => at.1.push(conditions[number.parse::<usize>().unwrap() - 1]),
        }
    }
    assert_eq!(open.len(), 1, "{logic}");
    joined(&open[0])
}

fn joined((word, values): &(Option<&str>, Vec<bool>)) -> bool {
    match word {
        Some("OR") => values.iter().any(|one| *one),
        _ => values.iter().all(|one| *one),
    }
}
