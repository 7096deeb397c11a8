//! Which rules a valid value may break once it has lost the properties that its class has no field for.
//!
//! Rules are checked on the JSON that a class writes. One that wants a property which the class does not keep would refuse every
//! value, those that were read from valid JSON too.

use crate::hash::HashSet;
use crate::ir::check::Rule;
use crate::ir::{CheckId, TypeGraph, TypeId, TypeKind};
use crate::target::apex::names::may_have_others;
use crate::target::apex::types::{Holder, TypeMap, stated};

/// What a class keeps of objects.
pub(super) struct Lost<'g, 's> {
    graph: &'g TypeGraph<'s>,
    /// The properties that it has fields for, those of all alternatives together.
    fields: HashSet<&'s str>,
    /// The checks that are known to ask for nothing that is lost, with whether they hold or do not.
    seen: HashSet<(CheckId, bool)>,
}

impl<'g, 's> Lost<'g, 's> {
    /// None where a class keeps all that a value may have.
    pub(super) fn of(graph: &'g TypeGraph<'s>, types: &TypeMap, id: TypeId) -> Option<Self> {
        let mut lost = Self {
            graph,
            fields: HashSet::default(),
            seen: HashSet::default(),
        };
        let mut may_lose = false;
        let mut met = HashSet::default();
        let mut work = vec![types.end(id)];
        while let Some(id) = work.pop() {
            if !met.insert(id) || !matches!(types.holder(id), Holder::Class(_)) {
                continue;
            }
            match &graph.get(id).kind {
                TypeKind::Object(object) => {
                    lost.fields
                        .extend(object.fields.iter().map(|field| field.wire));
                    may_lose |= may_have_others(object);
                }
                TypeKind::Union(union) => {
                    let alternatives = stated(graph, union).into_iter();
                    work.extend(alternatives.map(|(_, id)| types.end(id)));
                }
                _ => {}
            }
        }
        may_lose.then_some(lost)
    }

    /// Whether a rule that holds for a value may not hold for what the class keeps of it.
    pub(super) fn loses(&mut self, rule: &Rule<'_>) -> bool {
        self.seen.clear();
        self.breaks(rule, true)
    }

    /// The same, or the other way round: whether a rule that does not hold may hold.
    fn breaks(&mut self, rule: &Rule<'_>, holds: bool) -> bool {
        match rule {
            Rule::Required(names) => holds && self.is_lost(names),
            Rule::DependentRequired(all) => {
                let breaks = |(name, names): &(&str, Vec<&str>)| match self.fields.contains(name) {
                    true => holds && self.is_lost(names),
                    false => !holds,
                };
                all.iter().any(breaks)
            }
            Rule::DependentSchemas(all) => {
                all.iter()
                    .any(|(name, check)| match self.fields.contains(name) {
                        true => self.any_breaks(&[*check], holds),
                        false => !holds,
                    })
            }
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                let is_lost = |(name, check): &(&str, CheckId)| {
                    !self.fields.contains(name) && self.asks(*check)
                };
                let mut others = patterns.iter().map(|(_, check)| check).chain(additional);
                !holds && (named.iter().any(is_lost) || others.any(|check| self.asks(*check)))
            }
            Rule::Names(check) => !holds && self.asks(*check),
            Rule::All(all) | Rule::Any(all) => self.any_breaks(all, holds),
            Rule::One(all) => self.any_breaks(all, true) || self.any_breaks(all, false),
            Rule::Not(one) => self.any_breaks(&[*one], !holds),
            Rule::If(condition, then, otherwise) => {
                let mut is_other = |from: bool| self.any_breaks(&[*condition], from);
                // What nothing follows from may change.
                if otherwise.is_some() && is_other(true) || then.is_some() && is_other(false) {
                    return true;
                }
                let mut both = [then, otherwise].into_iter().flatten();
                both.any(|one| self.any_breaks(&[*one], holds))
            }
            // What parts of a value lose, their own rules are about; and to have so many properties, or to be one of some
            // objects, is asked of what there are fields for.
            Rule::Never
            | Rule::Kinds(_)
            | Rule::Values(_)
            | Rule::Number(_)
            | Rule::Length(_)
            | Rule::Pattern(_)
            | Rule::Format(_)
            | Rule::ItemCount(_)
            | Rule::PropertyCount(_)
            | Rule::Unique
            | Rule::Items(..)
            | Rule::Contains(..)
            | Rule::UnevaluatedItems(_)
            | Rule::UnevaluatedProperties(_) => false,
        }
    }

    fn any_breaks(&mut self, checks: &[CheckId], holds: bool) -> bool {
        let graph = self.graph;
        checks.iter().any(|check| {
            let mut rules = graph.checks.get(*check).rules.iter();
            self.seen.insert((*check, holds)) && rules.any(|rule| self.breaks(rule, holds))
        })
    }

    fn is_lost(&self, names: &[&str]) -> bool {
        names.iter().any(|name| !self.fields.contains(name))
    }

    /// Whether a check asks anything.
    fn asks(&self, check: CheckId) -> bool {
        !self.graph.checks.get(check).rules.is_empty()
    }
}
