//! Which checks Apex can do exactly.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::check::Rule;
use crate::ir::{CheckId, TypeGraph};
use crate::target::apex::{format, pattern};

/// The checks that cannot be done exactly, of those that are looked at: more would pass.
#[derive(Default)]
pub(super) struct Exact {
    wide: BTreeSet<CheckId>,
    /// Those of parts that may be absent.
    parts: BTreeSet<CheckId>,
}

impl Exact {
    /// Looks at these checks and all that they refer to.
    pub(super) fn new(graph: &TypeGraph<'_>, roots: Vec<CheckId>) -> Self {
        let mut users: BTreeMap<CheckId, Vec<CheckId>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut rest = roots;
        let mut wide = Vec::new();
        let mut exact = Self::default();
        while let Some(id) = rest.pop() {
            if !seen.insert(id) {
                continue;
            }
            for rule in &graph.checks.get(id).rules {
                if !is_known(rule) {
                    wide.push(id);
                }
                let absent = match rule {
                    Rule::Items(prefix, _) => prefix.clone(),
                    Rule::Properties { named, .. } => named.iter().map(|(_, id)| *id).collect(),
                    _ => Vec::new(),
                };
                let absent = absent.into_iter().map(|id| followed(graph, id));
                exact.parts.extend(absent);
                for part in parts(rule) {
                    users.entry(part).or_default().push(id);
                    rest.push(part);
                }
            }
        }
        while let Some(id) = wide.pop() {
            if exact.wide.insert(id) {
                wide.extend(users.get(&id).into_iter().flatten());
            }
        }
        exact
    }

    /// Whether a check is asked of something that may be absent.
    pub(super) fn is_part(&self, id: CheckId) -> bool {
        self.parts.contains(&id)
    }

    /// Whether a rule can be checked exactly.
    pub(super) fn is_exact(&self, rule: &Rule<'_>) -> bool {
        is_known(rule) && parts(rule).iter().all(|id| !self.wide.contains(id))
    }

    /// Whether a rule can be checked so that every value passes that is valid.
    pub(super) fn is_usable(&self, rule: &Rule<'_>) -> bool {
        let is_wide = |id: &CheckId| self.wide.contains(id);
        match rule {
            Rule::Not(id) | Rule::If(id, ..) => !is_wide(id),
            Rule::One(ids) => !ids.iter().any(is_wide),
            Rule::Contains(id, size) => size.max.is_none() || !is_wide(id),
            // Without a pattern it is not known which properties are the others.
            Rule::Properties { .. }
            | Rule::Pattern(_)
            | Rule::UnevaluatedItems(_)
            | Rule::UnevaluatedProperties(_) => is_known(rule),
            Rule::Format(format) => format::check(*format).is_some(),
            Rule::Never
            | Rule::Kinds(_)
            | Rule::Values(_)
            | Rule::Number(_)
            | Rule::Length(_)
            | Rule::Items(..)
            | Rule::ItemCount(_)
            | Rule::Unique
            | Rule::Required(_)
            | Rule::PropertyCount(_)
            | Rule::Names(_)
            | Rule::DependentRequired(_)
            | Rule::DependentSchemas(_)
            | Rule::All(_)
            | Rule::Any(_) => true,
        }
    }
}

/// The check that a check stands for which only refers to it.
pub(super) fn followed(graph: &TypeGraph<'_>, mut id: CheckId) -> CheckId {
    for _ in &graph.checks.list {
        match graph.checks.get(id).rules.as_slice() {
            [Rule::All(one)] if one.len() == 1 => id = one[0],
            _ => break,
        }
    }
    id
}

/// Whether Apex can check a rule, if it can check those that it refers to.
fn is_known(rule: &Rule<'_>) -> bool {
    match rule {
        Rule::Pattern(pattern) => pattern::java(pattern).is_some(),
        Rule::Properties { patterns, .. } => patterns
            .iter()
            .all(|(pattern, _)| pattern::java(pattern).is_some()),
        Rule::Format(format) => format::is_exact(*format),
        Rule::UnevaluatedItems(_) | Rule::UnevaluatedProperties(_) => false,
        Rule::Never
        | Rule::Kinds(_)
        | Rule::Values(_)
        | Rule::Number(_)
        | Rule::Length(_)
        | Rule::Items(..)
        | Rule::ItemCount(_)
        | Rule::Unique
        | Rule::Contains(..)
        | Rule::Required(_)
        | Rule::PropertyCount(_)
        | Rule::Names(_)
        | Rule::DependentRequired(_)
        | Rule::DependentSchemas(_)
        | Rule::All(_)
        | Rule::Any(_)
        | Rule::One(_)
        | Rule::Not(_)
        | Rule::If(..) => true,
    }
}

/// The checks that a rule refers to.
fn parts(rule: &Rule<'_>) -> Vec<CheckId> {
    let mut parts = Vec::new();
    rule.for_each_part(&mut |part| parts.push(part));
    parts
}
