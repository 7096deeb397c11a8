//! The schemas of which it is not known what a change does: where one that asks for less lets another one refuse more.

use std::collections::HashSet;

use crate::ir::check::{CheckId, Checks, Rule};
use crate::ir::{TypeGraph, TypeKind, UnionType};
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::location::LocationId;

/// How many references are followed to see of which JSON types a value is.
const MAX_STEPS: usize = 8;

/// What is known of each check, in their order.
pub(super) struct Turned {
    /// Whether it stands below `not`, `if`, a `contains` that is not to be met too often, or a `oneOf` that overlaps.
    pub is_turned: Vec<bool>,
    /// Whether it has a `oneOf` or an `anyOf`, and a value may fit two of the alternatives.
    pub overlaps: Vec<bool>,
    /// Whether values are read as one of its alternatives.
    pub is_read: Vec<bool>,
}

pub(super) fn turned(types: &TypeGraph<'_>) -> Turned {
    let checks = &types.checks;
    let told_apart = told_apart(types);
    let mut work = Vec::new();
    let mut overlaps = vec![false; checks.list.len()];
    for (check, overlaps) in checks.list.iter().zip(&mut overlaps) {
        for rule in &check.rules {
            match rule {
                Rule::Not(id) | Rule::If(id, ..) => work.push(*id),
                Rule::Contains(id, size) if size.max.is_some() => work.push(*id),
                Rule::One(ids) | Rule::Any(ids)
                    if !told_apart.contains(&check.location) && !are_disjoint(ids, checks) =>
                {
                    *overlaps = true;
                    if matches!(rule, Rule::One(_)) {
                        work.extend(ids);
                    }
                }
                _ => {}
            }
        }
    }
    let mut is_turned = vec![false; checks.list.len()];
    while let Some(id) = work.pop() {
        if let Some(known) = is_turned.get_mut(id.0 as usize)
            && !std::mem::replace(known, true)
        {
            for rule in &checks.get(id).rules {
                rule.for_each_part(&mut |part| work.push(part));
            }
        }
    }
    let unions = types
        .iter()
        .filter(|(_, def)| matches!(def.kind, TypeKind::Union(_)));
    let unions: HashSet<LocationId> = unions.map(|(_, def)| def.location).collect();
    let is_read = checks
        .list
        .iter()
        .map(|check| unions.contains(&check.location));
    Turned {
        is_turned,
        overlaps,
        is_read: is_read.collect(),
    }
}

/// The places of unions none of whose values fits two alternatives.
fn told_apart(types: &TypeGraph<'_>) -> HashSet<LocationId> {
    let unions = types.iter().filter(|(_, def)| match &def.kind {
        TypeKind::Union(union) => {
            !def.unsaid.contains(&"oneOf") && (union.differ_in_kind() || is_tagged(union))
        }
        _ => false,
    });
    unions.map(|(_, def)| def.location).collect()
}

/// Whether each alternative has texts of its own for the tag, and accepts no other.
fn is_tagged(union: &UnionType<'_>) -> bool {
    let tag = union.tag.as_ref();
    tag.is_some_and(|tag| !tag.is_told && tag.texts.iter().all(|texts| !texts.is_empty()))
}

/// Whether no JSON type passes two of some checks.
pub(super) fn are_disjoint(ids: &[CheckId], checks: &Checks<'_>) -> bool {
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
