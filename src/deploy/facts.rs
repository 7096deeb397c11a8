//! What the targets know of their files and a deployment has to know.

use std::collections::{BTreeMap, BTreeSet};

use super::Package;

/// What a deployment has to know of the files of a run.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The names of the test classes.
    pub tests: Vec<String>,
    /// The flows, in the order in which they were made.
    pub flows: Vec<FlowFacts>,
    /// The crates that the Rust types need.
    pub crates: BTreeSet<String>,
    /// The packages of files whose kind does not say it.
    packages: BTreeMap<String, Package>,
}

/// What a deployment has to know of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FlowFacts {
    /// Its API name.
    pub name: String,
    /// Whether it uses something that an org has to have: an action or a class that is not generated.
    pub needs_org: bool,
    /// The flows that it runs.
    pub runs: Vec<String>,
}

impl Facts {
    /// Says which package a file belongs to.
    pub(crate) fn assign(&mut self, path: &str, package: Package) {
        self.packages.insert(path.to_owned(), package);
    }

    /// The package of a file, if its target has said one.
    pub(crate) fn package(&self, path: &str) -> Option<Package> {
        self.packages.get(path).copied()
    }

    /// The flows that use something that an org has to have, themselves or through the flows that they run.
    pub(crate) fn agent_flows(&self) -> BTreeSet<&str> {
        let mut callers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for flow in &self.flows {
            for other in &flow.runs {
                callers.entry(other).or_default().push(&flow.name);
            }
        }
        let needy = self.flows.iter().filter(|flow| flow.needs_org);
        let mut found: BTreeSet<&str> = needy.map(|flow| flow.name.as_str()).collect();
        let mut left: Vec<&str> = found.iter().copied().collect();
        while let Some(name) = left.pop() {
            for caller in callers.get(name).into_iter().flatten() {
                if found.insert(caller) {
                    left.push(caller);
                }
            }
        }
        found
    }

    /// The flows in the order in which they can be activated: each after those that it runs.
    pub(crate) fn activation(&self) -> Vec<&FlowFacts> {
        let known: BTreeSet<&str> = self.flows.iter().map(|flow| flow.name.as_str()).collect();
        let mut waiting: Vec<&FlowFacts> = self.flows.iter().collect();
        let mut active: BTreeSet<&str> = BTreeSet::new();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let before = order.len();
            waiting.retain(|flow| {
                let mut runs = flow.runs.iter().map(String::as_str);
                let is_ready = runs.all(|other| active.contains(other) || !known.contains(other));
                if is_ready {
                    order.push(*flow);
                    active.insert(&flow.name);
                }
                !is_ready
            });
            if order.len() == before {
                // Flows that run each other can be activated in any order or in none.
                order.append(&mut waiting);
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, FlowFacts};

    fn facts(flows: &[(&str, bool, &[&str])]) -> Facts {
        let flow = |(name, needs_org, runs): &(&str, bool, &[&str])| FlowFacts {
            name: (*name).to_owned(),
            needs_org: *needs_org,
            runs: runs.iter().map(|&name| name.to_owned()).collect(),
        };
        Facts {
            flows: flows.iter().map(flow).collect(),
            ..Facts::default()
        }
    }

    #[test]
    fn who_runs_a_flow_needs_what_it_needs() {
        let facts = facts(&[
            ("Whole", false, &["Part"]),
            ("Part", false, &["Start"]),
            ("Start", true, &[]),
            ("Form", false, &["Elsewhere"]),
        ]);
        let found: Vec<&str> = facts.agent_flows().into_iter().collect();
        assert_eq!(found, ["Part", "Start", "Whole"]);
    }

    #[test]
    fn a_flow_is_activated_after_those_that_it_runs() {
        let facts = facts(&[
            ("Whole", false, &["Part", "Start"]),
            ("Part", false, &["Start"]),
            ("Start", false, &[]),
            ("One", false, &["Other"]),
            ("Other", false, &["One"]),
        ]);
        let order: Vec<&str> = facts
            .activation()
            .iter()
            .map(|flow| flow.name.as_str())
            .collect();
        assert_eq!(order, ["Start", "Part", "Whole", "One", "Other"]);
    }
}
