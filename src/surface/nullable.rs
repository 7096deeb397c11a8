//! Unions of one schema and null. What they ask is what the schema asks that lists null among its types, so that
//! `{"anyOf": [{"type": "string"}, {"type": "null"}]}` is compared as `{"type": ["string", "null"]}` is.

use super::turned::are_disjoint;
use crate::ir::check::{Check, CheckId, Checks, Rule};
use crate::schema::kinds::{Kind, KindSet};

/// How many references are followed to see whether null can be put among the types of a schema.
const MAX_STEPS: usize = 8;

/// The alternatives of a union of one schema and null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nullable<S> {
    /// The schema.
    pub schema: S,
    /// The alternative that only null passes.
    pub null: S,
}

impl Nullable<CheckId> {
    /// For each check, in their order, what it is a union of, where the union can be said with one list of types.
    pub(super) fn of_all(checks: &Checks<'_>) -> Vec<Option<Self>> {
        let mut owners: Vec<Vec<usize>> = vec![Vec::new(); checks.list.len()];
        for (owner, check) in checks.list.iter().enumerate() {
            for rule in &check.rules {
                rule.for_each_part(&mut |id| {
                    if let Some(owners) = owners.get_mut(id.0 as usize) {
                        owners.push(owner);
                    }
                });
            }
        }
        // What others refer to is compared by itself.
        let is_own = |id: CheckId| owners.get(id.0 as usize).is_some_and(|all| all.len() == 1);
        let unions = checks.list.iter().map(|check| {
            Self::of(check, checks).filter(|union| is_own(union.schema) && is_own(union.null))
        });
        let mut unions: Vec<Option<Self>> = unions.collect();
        // What asks something sometimes is compared at its own place, and said in other words that is another one.
        let stays = checks.list.iter().zip(&unions);
        let mut work: Vec<usize> = stays
            .enumerate()
            .filter(|(_, (check, union))| union.is_none() && asks_sometimes(check))
            .map(|(index, _)| index)
            .collect();
        let mut holds_such = vec![false; checks.list.len()];
        while let Some(index) = work.pop() {
            if !std::mem::replace(&mut holds_such[index], true) {
                unions[index] = None;
                work.extend(&owners[index]);
            }
        }
        unions
    }

    fn of(check: &Check<'_>, checks: &Checks<'_>) -> Option<Self> {
        let ids = match check.rules.as_slice() {
            [Rule::Any(ids)] => ids,
            // A null that fits both alternatives of a `oneOf` is refused.
            [Rule::One(ids)] if are_disjoint(ids, checks) => ids,
            _ => return None,
        };
        let [one, other] = ids.as_slice() else {
            return None;
        };
        let (schema, null) = match [one, other].map(|id| is_null(checks.get(*id))) {
            [false, true] => (*one, *other),
            [true, false] => (*other, *one),
            _ => return None,
        };
        may_list_null(schema, checks, MAX_STEPS).then_some(Self { schema, null })
    }
}

/// Whether it asks something of a value that others decide on.
fn asks_sometimes(check: &Check<'_>) -> bool {
    check.rules.iter().any(|rule| match rule {
        Rule::Any(_) | Rule::One(_) | Rule::Not(_) | Rule::If(..) | Rule::DependentSchemas(_) => {
            true
        }
        Rule::Contains(_, size) => size.max.is_some(),
        _ => false,
    })
}

/// Whether null passes, and nothing else.
fn is_null(check: &Check<'_>) -> bool {
    let null = KindSet::of(Kind::Null);
    !check.rules.is_empty()
        && check.rules.iter().all(|rule| match rule {
            Rule::Kinds(kinds) => *kinds == null,
            Rule::Values(values) => {
                !values.is_empty() && values.iter().all(|value| value.is_null())
            }
            _ => false,
        })
}

/// Whether it is enough to add null to the types and values that are listed for null to pass too. Rules about other types let it
/// pass already; those that refuse it for what it is do not get to know of the list.
fn may_list_null(id: CheckId, checks: &Checks<'_>, steps: usize) -> bool {
    checks.get(id).rules.iter().all(|rule| match rule {
        Rule::Kinds(_)
        | Rule::Values(_)
        | Rule::Number(_)
        | Rule::Length(_)
        | Rule::Pattern(_)
        | Rule::Format(_)
        | Rule::Items(..)
        | Rule::ItemCount(_)
        | Rule::Unique
        | Rule::Contains(..)
        | Rule::UnevaluatedItems(_)
        | Rule::Properties { .. }
        | Rule::Required(_)
        | Rule::PropertyCount(_)
        | Rule::Names(_)
        | Rule::DependentRequired(_)
        | Rule::DependentSchemas(_)
        | Rule::UnevaluatedProperties(_) => true,
        Rule::All(ids) => steps > 0 && ids.iter().all(|id| may_list_null(*id, checks, steps - 1)),
        Rule::Never | Rule::Any(_) | Rule::One(_) | Rule::Not(_) | Rule::If(..) => false,
    })
}
