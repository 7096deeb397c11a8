//! The schemas of which it is not known what a change does: where one that asks for less lets another one refuse more.

use std::collections::HashSet;

use crate::ir::check::{CheckId, Checks, Rule};
use crate::ir::{TypeGraph, TypeKind};
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::location::LocationId;

/// How many references are followed to see of which JSON types a value is.
const MAX_STEPS: usize = 8;

/// For each check whether it stands below `not`, `if`, a `contains` that is not to be met too often, or a `oneOf` whose
/// alternatives a value may fit at the same time.
pub(super) fn turned(types: &TypeGraph<'_>) -> Vec<bool> {
    let checks = &types.checks;
    let told_apart = told_apart(types);
    let mut work = Vec::new();
    for check in &checks.list {
        for rule in &check.rules {
            match rule {
                Rule::Not(id) | Rule::If(id, ..) => work.push(*id),
                Rule::Contains(id, size) if size.max.is_some() => work.push(*id),
                Rule::One(ids)
                    if !told_apart.contains(&check.location) && !are_disjoint(ids, checks) =>
                {
                    work.extend(ids);
                }
                _ => {}
            }
        }
    }
    let mut turned = vec![false; checks.list.len()];
    while let Some(id) = work.pop() {
        if let Some(is_turned) = turned.get_mut(id.0 as usize)
            && !std::mem::replace(is_turned, true)
        {
            for rule in &checks.get(id).rules {
                rule.for_each_part(&mut |part| work.push(part));
            }
        }
    }
    turned
}

/// The places of unions none of whose values fits two alternatives.
fn told_apart(types: &TypeGraph<'_>) -> HashSet<LocationId> {
    let unions = types.iter().filter(|(_, def)| {
        matches!(&def.kind, TypeKind::Union(_)) && !def.unsaid.contains(&"oneOf")
    });
    unions.map(|(_, def)| def.location).collect()
}

/// Whether no JSON type passes two of some checks.
fn are_disjoint(ids: &[CheckId], checks: &Checks<'_>) -> bool {
    let mut seen = KindSet::NONE;
    ids.iter().all(|id| {
        let kinds = kinds(*id, checks, MAX_STEPS);
        let is_new = seen.intersect(kinds).is_empty();
        seen = seen.union(kinds);
        is_new
    })
}

/// The JSON types that may pass a check; perhaps more than really do.
fn kinds(id: CheckId, checks: &Checks<'_>, steps: usize) -> KindSet {
    let mut all = KindSet::ALL;
    for rule in &checks.get(id).rules {
        let some = match rule {
            Rule::Kinds(kinds) => *kinds,
            Rule::Values(values) => values
                .iter()
                .map(|value| KindSet::of(Kind::of(value)))
                .fold(KindSet::NONE, KindSet::union),
            Rule::All(ids) if steps > 0 && ids.len() == 1 => kinds(ids[0], checks, steps - 1),
            _ => KindSet::ALL,
        };
        all = all.intersect(some);
    }
    all
}
