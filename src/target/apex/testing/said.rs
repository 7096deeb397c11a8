//! What the methods that check rules say of a value: where something is wrong, and which rule it is that says so.

use serde_json::{Map, Number, Value};

use super::cases::pointer;
use super::found::{Found, Problem};
use super::kept::Kept;
use crate::example::{Step, is_match, number_fits, verdict};
use crate::ir::check::Rule;
use crate::ir::{CheckId, NumberBounds, SizeBounds};
use crate::schema::equal::same;
use crate::schema::kinds::{Kind, KindSet};
use crate::target::apex::pattern;
use crate::target::apex::rules::place_of;

/// How many rules are looked at for one value, and how many names are compared with patterns.
const MOST_RULES: usize = 20_000;
/// How deep schemas may refer to each other.
const DEEPEST: usize = 64;

/// What is wrong with a value; none if that is not known.
pub(super) fn said(
    kept: Kept<'_, '_>,
    rules: &[&Rule<'_>],
    value: &Value,
    path: &[Step],
) -> Option<Found> {
    let mut run = Run {
        kept,
        left: MOST_RULES,
        path: path.to_vec(),
    };
    run.rules(rules, value, 0)
}

struct Run<'a, 's> {
    kept: Kept<'a, 's>,
    left: usize,
    path: Vec<Step>,
}

impl Run<'_, '_> {
    fn spend(&mut self, steps: usize) -> Option<()> {
        self.left = self.left.checked_sub(steps)?;
        self.kept.effort.spend(steps)
    }

    /// Rules that are calls stand before those that take statements of their own.
    fn rules(&mut self, rules: &[&Rule<'_>], value: &Value, depth: usize) -> Option<Found> {
        let mut found = Found::default();
        for is_call in [true, false] {
            let some = rules.iter().filter(|rule| is_of_calls(rule) == is_call);
            for rule in some {
                self.spend(1)?;
                found.add(self.rule(rule, value, depth)?);
            }
        }
        Some(found)
    }

    fn check(&mut self, id: CheckId, value: &Value, depth: usize) -> Option<Found> {
        if depth == DEEPEST {
            return None;
        }
        let Kept { graph, rules, .. } = self.kept;
        self.rules(&rules.of_check(graph, id), value, depth + 1)
    }

    /// The same for a part of the value.
    fn part(&mut self, id: CheckId, value: &Value, step: Step, depth: usize) -> Option<Found> {
        self.path.push(step);
        let found = self.check(id, value, depth);
        self.path.pop();
        found
    }

    /// Something that is wrong here, or with a part that may not even be there.
    fn wrong(&self, step: Option<Step>, message: impl Into<Option<String>>) -> Found {
        let mut path = self.path.clone();
        path.extend(step);
        let problem = Problem {
            place: pointer(&path),
            message: message.into(),
        };
        Found {
            problems: vec![problem],
            is_mixed: false,
        }
    }

    fn unless(&self, is_valid: bool, message: impl Into<Option<String>>) -> Found {
        match is_valid {
            true => Found::default(),
            false => self.wrong(None, message),
        }
    }

    fn rule(&mut self, rule: &Rule<'_>, value: &Value, depth: usize) -> Option<Found> {
        Some(match rule {
            Rule::Never => self.wrong(None, "must not be there".to_owned()),
            Rule::Kinds(kinds) => self.unless(kinds.contains(Kind::of(value)), of_type(*kinds)),
            Rule::Values(values) => {
                self.unless(values.iter().any(|one| same(one, value)), one_of(values))
            }
            Rule::All(ids) => {
                let mut found = Found::default();
                for id in ids {
                    found.add(self.check(*id, value, depth)?);
                }
                found
            }
            Rule::Any(ids) | Rule::One(ids) => {
                let trials = ids.iter().map(|id| self.check(*id, value, depth));
                let trials = trials.collect::<Option<Vec<Found>>>()?;
                let fitting = trials.iter().filter(|one| one.is_empty()).count();
                match (fitting, rule) {
                    (0, _) => self.wrong(None, none_of(&trials)),
                    (2.., Rule::One(_)) => {
                        let message = "fits more than one of its alternatives";
                        self.wrong(None, message.to_owned())
                    }
                    _ => Found::default(),
                }
            }
            Rule::Not(id) => {
                let is_ruled_out = self.check(*id, value, depth)?.is_empty();
                let graph = self.kept.graph;
                let place = place_of(graph, graph.checks.get(*id).location);
                self.unless(!is_ruled_out, format!("is what {place} rules out"))
            }
            Rule::If(condition, then, otherwise) => {
                let branch = match self.check(*condition, value, depth)?.is_empty() {
                    true => then,
                    false => otherwise,
                };
                match branch {
                    Some(id) => self.check(*id, value, depth)?,
                    None => Found::default(),
                }
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
                Value::Null | Value::Bool(_) => Found::default(),
                Value::Number(number) => self.of_number(rule, number),
                Value::String(text) => self.of_text(rule, text)?,
                Value::Array(items) => self.of_items(rule, items, depth)?,
                Value::Object(members) => self.of_members(rule, members, value, depth)?,
            },
        })
    }

    fn of_number(&self, rule: &Rule<'_>, number: &Number) -> Found {
        let mut found = Found::default();
        let Rule::Number(bounds) = rule else {
            return found;
        };
        let least = NumberBounds {
            minimum: bounds.minimum,
            ..NumberBounds::default()
        };
        let most = NumberBounds {
            maximum: bounds.maximum,
            ..NumberBounds::default()
        };
        let units = bounds.multiple_of.iter().map(|unit| NumberBounds {
            multiple_of: vec![*unit],
            ..NumberBounds::default()
        });
        for one in [least, most].into_iter().chain(units) {
            found.add(self.unless(number_fits(&one, false, number), None));
        }
        found
    }

    fn of_text(&self, rule: &Rule<'_>, text: &str) -> Option<Found> {
        Some(match rule {
            Rule::Length(size) => {
                self.within(*size, text.chars().count(), ["character", "characters"])
            }
            Rule::Pattern(one) => {
                let message = pattern::java(one).map(|_| format!("must match {one}"));
                self.unless(verdict(one, text)?, message)
            }
            Rule::Format(format) => {
                let pattern = format.grammar()?.pattern;
                pattern::java(&pattern)?;
                let message = format!("must have the format {}", format.as_str());
                self.unless(verdict(&pattern, text)?, Some(message))
            }
            _ => Found::default(),
        })
    }

    fn within(&self, size: SizeBounds, count: usize, units: [&str; 2]) -> Found {
        let count = count as u64;
        let counted = |count: u64| format!("{count} {}", units[usize::from(count != 1)]);
        match (size.min, size.max) {
            (Some(min), _) if count < min => {
                self.wrong(None, format!("needs at least {}", counted(min)))
            }
            (_, Some(max)) if count > max => {
                self.wrong(None, format!("has room for at most {}", counted(max)))
            }
            _ => Found::default(),
        }
    }

    fn of_items(&mut self, rule: &Rule<'_>, items: &[Value], depth: usize) -> Option<Found> {
        let mut found = Found::default();
        match rule {
            Rule::Items(prefix, rest) => {
                let checks = prefix.iter().copied().map(Some);
                let checks = checks.chain(std::iter::repeat(*rest));
                for (index, (item, check)) in items.iter().zip(checks).enumerate() {
                    if let Some(id) = check {
                        found.add(self.part(id, item, Step::Index(index), depth)?);
                    }
                }
            }
            Rule::ItemCount(size) => {
                found.add(self.within(*size, items.len(), ["entry", "entries"]))
            }
            Rule::Unique => {
                let pairs = items.len().saturating_mul(items.len());
                self.spend(pairs)?;
                for (index, item) in items.iter().enumerate() {
                    if items[..index].iter().any(|one| same(one, item)) {
                        let message = "is there more than once".to_owned();
                        found.add(self.wrong(Some(Step::Index(index)), message));
                    }
                }
            }
            Rule::Contains(id, size) => {
                let mut count = 0;
                for item in items {
                    count += usize::from(self.check(*id, item, depth)?.is_empty());
                }
                found.add(self.within(*size, count, ["matching entry", "matching entries"]));
            }
            Rule::UnevaluatedItems(_) if !items.is_empty() => return None,
            _ => {}
        }
        Some(found)
    }

    fn of_members(
        &mut self,
        rule: &Rule<'_>,
        members: &Map<String, Value>,
        whole: &Value,
        depth: usize,
    ) -> Option<Found> {
        let mut found = Found::default();
        match rule {
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                for (name, id) in named {
                    if let Some(value) = members.get(*name) {
                        let step = Step::Key((*name).to_owned());
                        found.add(self.part(*id, value, step, depth)?);
                    }
                }
                let pairs = patterns.len().saturating_mul(members.len());
                self.spend(pairs)?;
                let mut names = patterns.iter().flat_map(|(one, _)| {
                    let names = members.keys();
                    names.map(move |name| verdict(one, name))
                });
                if names.any(|known| known.is_none()) {
                    return None;
                }
                for (one, id) in patterns {
                    let is_one = |name: &str| is_match(one, name);
                    found.add(self.each(*id, members, is_one, depth)?);
                }
                if let Some(id) = additional {
                    let is_other = |name: &str| {
                        named.iter().all(|(known, _)| *known != name)
                            && !patterns.iter().any(|(one, _)| is_match(one, name))
                    };
                    found.add(self.each(*id, members, is_other, depth)?);
                }
            }
            Rule::Required(names) => {
                let missing = names.iter().filter(|name| !members.contains_key(**name));
                for name in missing {
                    let step = Step::Key((*name).to_owned());
                    found.add(self.wrong(Some(step), "is required".to_owned()));
                }
            }
            Rule::PropertyCount(size) => {
                found.add(self.within(*size, members.len(), ["property", "properties"]));
            }
            Rule::Names(id) => {
                let mut all = Vec::new();
                for name in members.keys() {
                    let text = Value::from(name.as_str());
                    all.push(self.part(*id, &text, Step::Key(name.clone()), depth)?);
                }
                found.add_unordered(all);
            }
            Rule::DependentRequired(rules) => {
                let asked = rules.iter().filter(|(name, _)| members.contains_key(*name));
                for (name, others) in asked {
                    let missing = others.iter().filter(|one| !members.contains_key(**one));
                    for other in missing {
                        let step = Step::Key((*other).to_owned());
                        let message = format!("is required where {name} is");
                        found.add(self.wrong(Some(step), message));
                    }
                }
            }
            Rule::DependentSchemas(rules) => {
                for (name, id) in rules {
                    if members.contains_key(*name) {
                        found.add(self.check(*id, whole, depth)?);
                    }
                }
            }
            Rule::UnevaluatedProperties(_) if !members.is_empty() => return None,
            _ => {}
        }
        Some(found)
    }

    /// The properties with such names.
    fn each(
        &mut self,
        id: CheckId,
        members: &Map<String, Value>,
        is_one: impl Fn(&str) -> bool,
        depth: usize,
    ) -> Option<Found> {
        let mut all = Vec::new();
        for (name, value) in members.iter().filter(|(name, _)| is_one(name)) {
            all.push(self.part(id, value, Step::Key(name.clone()), depth)?);
        }
        let mut found = Found::default();
        found.add_unordered(all);
        Some(found)
    }
}

fn of_type(kinds: KindSet) -> String {
    let kinds: Vec<&str> = kinds.iter().map(Kind::as_str).collect();
    format!("must be of type {}", kinds.join(" or "))
}

/// What is said of another value than these; none where Apex may write them in another way.
fn one_of(values: &[&Value]) -> Option<String> {
    let is_plain = |value: &&Value| match value {
        Value::Null | Value::Bool(_) => true,
        Value::Number(number) => number.is_i64(),
        Value::String(text) => text.chars().all(|c| c.is_ascii_alphanumeric()),
        Value::Array(_) | Value::Object(_) => false,
    };
    let texts: Vec<String> = values.iter().map(|value| value.to_string()).collect();
    let list = texts.join(",");
    values
        .iter()
        .all(is_plain)
        .then(|| format!("must be one of: [{list}]"))
}

/// What is said where none of several alternatives fits: the first thing that is wrong with each.
fn none_of(trials: &[Found]) -> Option<String> {
    let first = trials.iter().map(|one| {
        let first = one.problems.first().filter(|_| !one.is_mixed)?;
        first.text()
    });
    let first: Vec<String> = first.collect::<Option<_>>()?;
    let first = first.join(", or ");
    Some(format!("fits none of its alternatives: {first}"))
}

/// Whether a rule is checked by a call alone.
fn is_of_calls(rule: &Rule<'_>) -> bool {
    match rule {
        Rule::Never
        | Rule::Kinds(_)
        | Rule::Values(_)
        | Rule::Number(_)
        | Rule::Length(_)
        | Rule::Pattern(_)
        | Rule::ItemCount(_)
        | Rule::PropertyCount(_)
        | Rule::Unique
        | Rule::Required(_)
        | Rule::DependentRequired(_)
        | Rule::Format(_) => true,
        Rule::UnevaluatedItems(_)
        | Rule::UnevaluatedProperties(_)
        | Rule::Items(..)
        | Rule::Contains(..)
        | Rule::Properties { .. }
        | Rule::Names(_)
        | Rule::DependentSchemas(_)
        | Rule::All(_)
        | Rule::Any(_)
        | Rule::One(_)
        | Rule::Not(_)
        | Rule::If(..) => false,
    }
}
