//! Whether a value of the schemas themselves, such as a default, passes their checks.
//!
//! The answer may be that nobody knows: what takes an engine for patterns, a format, or the memory of what other rules
//! have looked at is left to the types that are generated.

use serde_json::{Map, Number, Value};

use super::bounds::SizeBounds;
use super::check::{CheckId, Checks, Rule};
use super::{NumberBounds, bounds};
use crate::schema::equal::same;
use crate::schema::kinds::Kind;
use crate::schema::pattern::Simple;

/// How many rules are looked at for one value.
const MOST_RULES: usize = 20_000;
/// How deep checks may refer to each other.
const DEEPEST: usize = 64;

impl Checks<'_> {
    /// Whether a value passes all of some checks; none if that is not known.
    #[must_use]
    pub fn accepts(&self, ids: &[CheckId], value: &Value) -> Option<bool> {
        let mut run = Run {
            checks: self,
            left: MOST_RULES,
        };
        run.all(ids.iter().copied(), value, 0)
    }

    /// Whether a value passes some rules; none if that is not known.
    #[must_use]
    pub fn accepts_rules(&self, rules: &[&Rule<'_>], value: &Value) -> Option<bool> {
        let mut run = Run {
            checks: self,
            left: MOST_RULES,
        };
        every(rules.iter().map(|rule| run.rule(rule, value, 0)))
    }
}

struct Run<'c, 's> {
    checks: &'c Checks<'s>,
    left: usize,
}

/// True if all are, false if any is not; else unknown if any is.
fn every(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut is_known = true;
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => return Some(false),
            None => is_known = false,
        }
    }
    is_known.then_some(true)
}

impl Run<'_, '_> {
    fn all(
        &mut self,
        ids: impl Iterator<Item = CheckId>,
        value: &Value,
        depth: usize,
    ) -> Option<bool> {
        every(ids.map(|id| self.check(id, value, depth + 1)))
    }

    fn check(&mut self, id: CheckId, value: &Value, depth: usize) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        let checks = self.checks;
        every(checks.get(id).rules.iter().map(|rule| {
            self.left = self.left.checked_sub(1)?;
            self.rule(rule, value, depth)
        }))
    }

    fn rule(&mut self, rule: &Rule<'_>, value: &Value, depth: usize) -> Option<bool> {
        match rule {
            Rule::Never => Some(false),
            Rule::Kinds(kinds) => Some(kinds.contains(Kind::of(value))),
            Rule::Values(values) => Some(values.iter().any(|one| same(one, value))),
            Rule::All(ids) => self.all(ids.iter().copied(), value, depth),
            Rule::Any(ids) | Rule::One(ids) => {
                let answers: Option<Vec<bool>> = ids
                    .iter()
                    .map(|id| self.check(*id, value, depth + 1))
                    .collect();
                let passed = answers?.into_iter().filter(|passed| *passed).count();
                Some(passed == 1 || passed > 1 && matches!(rule, Rule::Any(_)))
            }
            Rule::Not(id) => Some(!self.check(*id, value, depth + 1)?),
            Rule::If(condition, then, otherwise) => {
                let branch = if self.check(*condition, value, depth + 1)? {
                    then
                } else {
                    otherwise
                };
                self.all(branch.iter().copied(), value, depth)
            }
            Rule::Number(_)
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
            | Rule::UnevaluatedProperties(_) => match value {
                Value::Null | Value::Bool(_) => Some(true),
                Value::Number(number) => number_rule(rule, number),
                Value::String(text) => text_rule(rule, text),
                Value::Array(items) => self.items_rule(rule, items, depth),
                Value::Object(members) => self.members_rule(rule, members, value, depth),
            },
        }
    }

    fn items_rule(&mut self, rule: &Rule<'_>, items: &[Value], depth: usize) -> Option<bool> {
        match rule {
            Rule::Items(prefix, rest) => {
                let checks = prefix.iter().copied().map(Some);
                let checks = checks.chain(std::iter::repeat(*rest));
                every(
                    items
                        .iter()
                        .zip(checks)
                        .map(|(item, check)| self.all(check.into_iter(), item, depth)),
                )
            }
            Rule::ItemCount(size) => Some(is_within(*size, items.len())),
            Rule::Unique => {
                let pairs = items.len().saturating_mul(items.len());
                self.left = self.left.checked_sub(pairs)?;
                let mut rest = items.iter().enumerate();
                let twice = |index: usize, item| items[..index].iter().any(|one| same(one, item));
                Some(!rest.any(|(index, item)| twice(index, item)))
            }
            Rule::Contains(check, size) => {
                let answers: Option<Vec<bool>> = items
                    .iter()
                    .map(|item| self.check(*check, item, depth + 1))
                    .collect();
                let count = answers?.into_iter().filter(|passed| *passed).count();
                Some(is_within(*size, count))
            }
            Rule::UnevaluatedItems(_) if !items.is_empty() => None,
            _ => Some(true),
        }
    }

    fn members_rule(
        &mut self,
        rule: &Rule<'_>,
        members: &Map<String, Value>,
        whole: &Value,
        depth: usize,
    ) -> Option<bool> {
        match rule {
            Rule::Properties {
                named,
                patterns,
                additional,
            } => every(members.iter().map(|(name, value)| {
                let own = named.iter().find(|(known, _)| known == name);
                let mut checks: Vec<CheckId> = own.map(|(_, check)| *check).into_iter().collect();
                for (pattern, check) in patterns {
                    if Simple::new(pattern)?.matches(name) {
                        checks.push(*check);
                    }
                }
                if checks.is_empty() {
                    checks.extend(additional);
                }
                self.all(checks.into_iter(), value, depth)
            })),
            Rule::Required(names) => Some(names.iter().all(|name| members.contains_key(*name))),
            Rule::PropertyCount(size) => Some(is_within(*size, members.len())),
            Rule::Names(check) => every(
                members
                    .keys()
                    .map(|name| self.check(*check, &Value::from(name.as_str()), depth + 1)),
            ),
            Rule::DependentRequired(rules) => Some(
                rules
                    .iter()
                    .filter(|(name, _)| members.contains_key(*name))
                    .all(|(_, names)| names.iter().all(|name| members.contains_key(*name))),
            ),
            Rule::DependentSchemas(rules) => {
                let asked = rules.iter().filter(|(name, _)| members.contains_key(*name));
                self.all(asked.map(|(_, check)| *check), whole, depth)
            }
            Rule::UnevaluatedProperties(_) if !members.is_empty() => None,
            _ => Some(true),
        }
    }
}

fn number_rule(rule: &Rule<'_>, number: &Number) -> Option<bool> {
    match rule {
        Rule::Number(asked) => {
            Some(asked.contains_within_ends(number) && is_multiple(asked, number)?)
        }
        _ => Some(true),
    }
}

/// Whether a number is a multiple of all that is asked; known of whole numbers alone.
fn is_multiple(asked: &NumberBounds<'_>, number: &Number) -> Option<bool> {
    every(asked.multiple_of.iter().map(|factor| {
        let (value, factor) = (bounds::integer(number)?, bounds::integer(factor)?);
        Some(value.checked_rem(factor)? == 0)
    }))
}

fn text_rule(rule: &Rule<'_>, text: &str) -> Option<bool> {
    match rule {
        Rule::Length(size) => Some(is_within(*size, text.chars().count())),
        Rule::Pattern(pattern) => Some(Simple::new(pattern)?.matches(text)),
        Rule::Format(_) => None,
        _ => Some(true),
    }
}

fn is_within(size: SizeBounds, count: usize) -> bool {
    let count = count as u64;
    size.min.is_none_or(|min| min <= count) && size.max.is_none_or(|max| count <= max)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ir::check::{Check, CheckId, Checks, Rule};
    use crate::ir::{Bound, NumberBounds, SizeBounds};
    use crate::schema::kinds::{Kind, KindSet};
    use crate::schema::location::LocationId;

    fn accepts(rules: Vec<Vec<Rule<'_>>>, value: &Value) -> Option<bool> {
        let list = rules.into_iter().map(|rules| Check {
            location: LocationId::default(),
            rules,
        });
        let list = list.collect();
        Checks { list }.accepts(&[CheckId(0)], value)
    }

    #[test]
    fn known_rules_are_decided_and_others_are_not() {
        let two = serde_json::Number::from(2);
        let number = || {
            Rule::Number(NumberBounds {
                minimum: Some(Bound {
                    value: &two,
                    exclusive: true,
                }),
                maximum: None,
                multiple_of: vec![&two],
            })
        };
        for (value, answer) in [
            (json!(2), Some(false)),
            (json!(3), Some(false)),
            (json!(4), Some(true)),
            (json!(4.5), None),
            (json!("2"), Some(true)),
        ] {
            assert_eq!(accepts(vec![vec![number()]], &value), answer, "{value}");
        }
        let text = |pattern| vec![vec![Rule::Pattern(pattern)]];
        assert_eq!(accepts(text("^ab$"), &json!("ab")), Some(true));
        assert_eq!(accepts(text("^ab$"), &json!("abc")), Some(false));
        assert_eq!(accepts(text("^(a|bb)*$"), &json!("abb")), None);
        assert_eq!(accepts(text("^(a|bb)*$"), &json!(1)), Some(true));
    }

    #[test]
    fn what_is_unknown_does_not_hide_what_is_wrong() {
        let unknown = || Rule::Pattern("(a|b)");
        let length = || {
            Rule::Length(SizeBounds {
                min: Some(3),
                max: None,
            })
        };
        let value = json!("ab");
        assert_eq!(
            accepts(vec![vec![unknown(), length()]], &value),
            Some(false)
        );
        let not = vec![vec![Rule::Not(CheckId(1))], vec![unknown()]];
        assert_eq!(accepts(not, &value), None);
        let kinds = Rule::Kinds(KindSet::of(Kind::Object));
        let one = |last| {
            let choice = vec![Rule::One(vec![CheckId(1), CheckId(2)])];
            vec![choice, vec![length()], vec![last]]
        };
        assert_eq!(accepts(one(kinds), &value), Some(false));
        assert_eq!(accepts(one(Rule::Required(vec!["a"])), &value), Some(true));
    }

    #[test]
    fn a_number_written_in_another_way_is_no_other_number() {
        let (one, written) = (json!(1), json!(1.0));
        let rules = || vec![vec![Rule::Values(vec![&one])]];
        assert_eq!(accepts(rules(), &one), Some(true));
        assert_eq!(accepts(rules(), &written), Some(true));
        assert_eq!(accepts(rules(), &json!(2)), Some(false));
        let unique = || vec![vec![Rule::Unique]];
        assert_eq!(accepts(unique(), &json!([1, 2])), Some(true));
        assert_eq!(accepts(unique(), &json!([1, 1.0])), Some(false));
    }

    #[test]
    fn checks_that_refer_to_each_other_come_to_an_end() {
        let rules = vec![vec![Rule::All(vec![CheckId(0), CheckId(0)])]];
        assert_eq!(accepts(rules, &json!({})), None);
    }

    #[test]
    fn objects_are_looked_into() {
        let rules = || {
            vec![
                vec![
                    Rule::Properties {
                        named: vec![("a", CheckId(1))],
                        patterns: Vec::new(),
                        additional: Some(CheckId(2)),
                    },
                    Rule::DependentRequired(vec![("a", vec!["b"])]),
                ],
                vec![Rule::Kinds(KindSet::of(Kind::String))],
                vec![Rule::Never],
            ]
        };
        assert_eq!(accepts(rules(), &json!({})), Some(true));
        assert_eq!(accepts(rules(), &json!({"a": "x"})), Some(false));
        assert_eq!(accepts(rules(), &json!({"c": 1})), Some(false));
        assert_eq!(accepts(rules(), &json!([1])), Some(true));
    }
}
