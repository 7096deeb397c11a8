//! What a check says of all values of a class, whatever else they are: the texts of a tag may decide it.

use serde_json::Value;

use crate::ir::check::Rule;
use crate::ir::{CheckId, Field, ObjectType, TypeGraph, TypeKind};
use crate::schema::equal::same;
use crate::schema::kinds::Kind;
use crate::target::apex::types::TypeMap;

/// How many checks are followed from the first one.
const MAX_DEPTH: usize = 4;

/// Whether a check holds for every object of a type, or for none; none where that is not known.
pub(super) fn decided(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    object: &ObjectType<'_>,
    check: CheckId,
) -> Option<bool> {
    let deciding = Deciding {
        graph,
        types,
        object,
    };
    deciding.check(check, MAX_DEPTH)
}

struct Deciding<'a, 's> {
    graph: &'a TypeGraph<'s>,
    types: &'a TypeMap,
    object: &'a ObjectType<'s>,
}

impl<'a, 's> Deciding<'a, 's> {
    fn check(&self, check: CheckId, depth: usize) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        let rules = &self.graph.checks.get(check).rules;
        let is_needed = |name: &str| {
            let mut rules = rules.iter();
            rules.any(|rule| matches!(rule, Rule::Required(names) if names.contains(&name)))
        };
        all(rules.iter().map(|rule| self.rule(rule, is_needed, depth)))
    }

    fn rule(
        &self,
        rule: &Rule<'_>,
        is_needed: impl Fn(&str) -> bool,
        depth: usize,
    ) -> Option<bool> {
        match rule {
            Rule::Kinds(kinds) => Some(kinds.contains(Kind::Object)),
            Rule::Required(names) => {
                let is_there = |name: &&str| self.field(name).is_some_and(|field| field.required);
                names.iter().all(is_there).then_some(true)
            }
            Rule::All(checks) => all(checks.iter().map(|check| self.check(*check, depth))),
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                let named = named.iter().map(|(name, check)| {
                    let field = self.field(name)?;
                    let verdict = self.part(field, *check, depth)?;
                    // What is absent passes, unless it is asked for.
                    (verdict || field.required || is_needed(name)).then_some(verdict)
                });
                let others = match patterns.is_empty() && additional.is_none() {
                    true => Some(true),
                    false => None,
                };
                all(named.chain([others]))
            }
            _ => None,
        }
    }

    fn field(&self, name: &str) -> Option<&'a Field<'s>> {
        self.object.fields.iter().find(|field| field.wire == name)
    }

    /// What a check says of the value of a field that is one of some texts.
    fn part(&self, field: &Field<'_>, check: CheckId, depth: usize) -> Option<bool> {
        let end = self.types.end(field.ty.id);
        let mut values: Vec<Value> = match &self.graph.get(end).kind {
            TypeKind::Enum(one_of) => one_of.values.iter().map(|one| one.wire.into()).collect(),
            TypeKind::Literal(values) => values.iter().map(|one| (*one).clone()).collect(),
            _ => return None,
        };
        if self.types.is_nullable(field.ty) {
            values.push(Value::Null);
        }
        let mut verdicts = values.iter().map(|value| self.value(value, check, depth));
        let first = verdicts.next()??;
        verdicts.all(|other| other == Some(first)).then_some(first)
    }

    fn value(&self, value: &Value, check: CheckId, depth: usize) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        let part = |check: &CheckId| self.value(value, *check, depth);
        let rules = self.graph.checks.get(check).rules.iter();
        all(rules.map(|rule| match rule {
            Rule::Values(values) => Some(values.iter().any(|one| same(one, value))),
            Rule::Kinds(kinds) => Some(kinds.contains(Kind::of(value))),
            Rule::All(checks) => all(checks.iter().map(part)),
            Rule::Any(checks) => {
                let mut verdicts = checks.iter().map(part);
                let is_none = verdicts.clone().all(|one| one == Some(false));
                match verdicts.any(|one| one == Some(true)) {
                    true => Some(true),
                    false => is_none.then_some(false),
                }
            }
            _ => None,
        }))
    }
}

/// Whether all of these hold: one that does not is enough to say no.
fn all(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut is_known = true;
    for verdict in verdicts {
        if verdict == Some(false) {
            return verdict;
        }
        is_known &= verdict.is_some();
    }
    is_known.then_some(true)
}
