//! Values for the rules of schemas: for each rule some that may pass and some that may not. Whoever asks finds out which.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::{Examples, number, pattern, text};
use crate::hash::HashMap;
use crate::ir::check::Rule;
use crate::ir::{CheckId, Checks, SizeBounds, StringType};
use crate::schema::kinds::Kind;

/// How many schemas are followed from the first one.
const MAX_DEPTH: usize = 4;
/// How many schemas are looked at for one value.
const MAX_CHECKS: usize = 300;
/// How many values there are of one schema, and how many of one that is a part of another.
const MAX_VALUES: usize = 60;
const MAX_PARTS: usize = 16;
/// How many entries or properties a value has that is made to have too many.
const MAX_COUNT: u64 = 20;
/// A property that hardly any pattern matches.
const ODD_NAME: &str = "_!";
/// How many values are combined with each other.
const MAX_COMBINED: usize = 8;

/// What is collected from the rules of one schema.
#[derive(Default)]
struct Found {
    values: Vec<Value>,
    /// Properties and some values of theirs.
    members: Vec<(String, Vec<Value>)>,
    /// Properties that are there together.
    together: Vec<Vec<String>>,
}

impl Examples<'_, '_> {
    /// Values for some rules.
    pub(crate) fn for_rules(&self, rules: &[&Rule<'_>]) -> Vec<Value> {
        let maker = Maker {
            checks: &self.graph.checks,
            left: Cell::new(MAX_CHECKS),
        };
        let mut values = maker.rules(rules.iter().copied(), MAX_DEPTH, MAX_VALUES);
        values.extend([json!([null]), json!({"a": null}), json!("text"), json!(1)]);
        distinct(values, MAX_VALUES)
    }
}

/// Values for all rules of some schemas, the parts that their types know last.
pub(super) fn for_checks(checks: &Checks<'_>, ids: &[CheckId]) -> Vec<Value> {
    let maker = Maker {
        checks,
        left: Cell::new(MAX_CHECKS),
    };
    let rules = ids.iter().flat_map(|id| &checks.get(*id).rules);
    let is_of_parts = |rule: &&Rule<'_>| matches!(rule, Rule::Properties { .. } | Rule::Items(..));
    let (parts, others): (Vec<&Rule<'_>>, Vec<&Rule<'_>>) = rules.partition(is_of_parts);
    maker.rules(others.into_iter().chain(parts), MAX_DEPTH, MAX_VALUES)
}

struct Maker<'c, 's> {
    checks: &'c Checks<'s>,
    left: Cell<usize>,
}

impl Maker<'_, '_> {
    fn check(&self, id: CheckId, depth: usize) -> Vec<Value> {
        let (Some(depth), Some(left)) = (depth.checked_sub(1), self.left.get().checked_sub(1))
        else {
            return Vec::new();
        };
        self.left.set(left);
        self.rules(self.checks.get(id).rules.iter(), depth, MAX_PARTS)
    }

    fn rules<'r, 's: 'r>(
        &self,
        rules: impl Iterator<Item = &'r Rule<'s>>,
        depth: usize,
        most: usize,
    ) -> Vec<Value> {
        let mut found = Found::default();
        for rule in rules {
            self.rule(rule, depth, &mut found);
        }
        let room = most / 2;
        let objects = found.objects(room.max(2 * MAX_COMBINED));
        let (whole, scalars): (Vec<Value>, Vec<Value>) =
            found.values.into_iter().partition(Value::is_object);
        // What one rule is about may be decided by another.
        let mut combined = Vec::new();
        for one in whole.iter().take(MAX_COMBINED) {
            let others = objects.iter().chain(&whole).take(2 * MAX_COMBINED);
            combined.extend(others.map(|other| merged(other, one)));
        }
        let mut all: Vec<Value> = scalars.into_iter().take(room).collect();
        all.extend(whole.into_iter().take(room));
        all.extend(objects.into_iter().take(room));
        all.extend(combined);
        distinct(all, most)
    }

    fn rule(&self, rule: &Rule<'_>, depth: usize, found: &mut Found) {
        let part = |id: CheckId| self.check(id, depth);
        match rule {
            Rule::Never => found.values.push(json!("text")),
            Rule::Kinds(kinds) => {
                let (inside, outside): (Vec<Kind>, Vec<Kind>) = Kind::ALL
                    .into_iter()
                    .partition(|kind| kinds.contains(*kind));
                let first = inside.into_iter().chain(outside.into_iter().take(2));
                found.values.extend(first.map(of_kind));
            }
            Rule::Values(values) => {
                let values = values.iter().take(MAX_COMBINED);
                found.values.extend(values.map(|value| (*value).clone()));
                found.values.push(json!("none of these"));
            }
            Rule::Number(bounds) => {
                let valid = number::valid(bounds, false).into_iter();
                let broken = number::broken(bounds, false).into_iter();
                let all = valid.chain(broken.map(|(_, number)| number));
                found.values.extend(all.map(Value::Number));
            }
            Rule::Length(_) | Rule::Pattern(_) | Rule::Format(_) => found.texts(rule),
            Rule::Items(prefix, rest) => {
                let mut before: Vec<Value> = Vec::new();
                for id in prefix.iter().chain(rest).take(MAX_COMBINED) {
                    let values = part(*id);
                    found.values.extend(values.iter().map(|value| {
                        let items = before.iter().chain([value]);
                        Value::Array(items.cloned().collect())
                    }));
                    before.push(values.into_iter().next().unwrap_or(Value::Null));
                }
            }
            Rule::Contains(id, size) => {
                for value in part(*id) {
                    let mut counts = edges(*size);
                    counts.extend([1, 2]);
                    let lists = counts.into_iter().map(|count| vec![value.clone(); count]);
                    found.values.extend(lists.map(Value::Array));
                }
                found.values.push(json!([]));
            }
            Rule::ItemCount(size) => {
                let lists = edges(*size).into_iter();
                found.values.extend(lists.map(|count| (0..count).collect()));
            }
            Rule::PropertyCount(size) => {
                let objects = edges(*size).into_iter();
                found.values.extend(objects.map(|count| {
                    let members = (0..count).map(|it| (format!("key {it}"), json!(it)));
                    Value::Object(members.collect())
                }));
            }
            Rule::Unique => found.values.extend([json!([1, 1.0]), json!([1, 2])]),
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                let keys = named.iter().map(|(name, id)| ((*name).to_owned(), *id));
                let matching = patterns.iter().filter_map(|(one, id)| {
                    let key = pattern::text(one, 0).or_else(|| pattern::text(one, 1))?;
                    Some((key, *id))
                });
                for (key, id) in keys.chain(matching) {
                    found.members.push((key, part(id)));
                }
                if let Some(values) = additional.map(part) {
                    let first = values.first().filter(|_| !patterns.is_empty());
                    let odd = first.map(|value| json!({ODD_NAME: value}));
                    found.values.extend(odd);
                    found.members.push(("another property".to_owned(), values));
                }
            }
            Rule::Required(names) => found.group(names.iter()),
            Rule::DependentRequired(rules) => {
                for (name, names) in rules {
                    found.group([name].into_iter());
                    found.group([name].into_iter().chain(names));
                }
            }
            Rule::DependentSchemas(rules) => {
                for (name, id) in rules {
                    found.group([name].into_iter());
                    let with = json!({*name: null});
                    let values = part(*id).into_iter();
                    found
                        .values
                        .extend(values.map(|value| merged(&with, &value)));
                }
            }
            Rule::Names(id) => {
                let names = part(*id).into_iter();
                let objects = names.filter_map(|name| Some(json!({name.as_str()?: 1})));
                found.values.extend(objects);
            }
            Rule::All(ids) | Rule::Any(ids) | Rule::One(ids) => {
                found.values.extend(ids.iter().flat_map(|id| part(*id)));
            }
            Rule::If(condition, then, otherwise) => {
                let ids = [condition].into_iter().chain(then).chain(otherwise);
                found.values.extend(ids.flat_map(|id| part(*id)));
            }
            Rule::Not(id) | Rule::UnevaluatedItems(id) | Rule::UnevaluatedProperties(id) => {
                found.values.extend(part(*id));
            }
        }
    }
}

impl Found {
    fn texts(&mut self, rule: &Rule<'_>) {
        let mut of = StringType::default();
        match rule {
            Rule::Length(size) => of.length = *size,
            Rule::Pattern(pattern) => of.patterns.push(pattern),
            Rule::Format(format) => (of.format, of.asserts_format) = (Some(*format), true),
            _ => {}
        }
        let broken = text::broken(&of).into_iter().map(|(_, text)| text);
        let texts = text::valid(&of).into_iter().chain(broken);
        self.values.extend(texts.map(Value::String));
    }

    /// Properties that are there together.
    fn group<'n>(&mut self, names: impl Iterator<Item = &'n &'n str>) {
        let names: Vec<String> = names.map(|name| (*name).to_owned()).collect();
        self.together.push(names);
    }

    /// Some objects with the properties. Each has nearly all of them, so that more than are asked for take room and time.
    fn objects(&self, most: usize) -> Vec<Value> {
        if self.members.is_empty() && self.together.is_empty() {
            return Vec::new();
        }
        let mut firsts: HashMap<&str, &Value> = HashMap::default();
        for (name, values) in &self.members {
            if let Some(value) = values.first() {
                firsts.entry(name).or_insert(value);
            }
        }
        let first = |name: &str| match firsts.get(name) {
            Some(value) => (name.to_owned(), (*value).clone()),
            None => (name.to_owned(), json!("text")),
        };
        let mut whole: Map<String, Value> =
            self.members.iter().map(|(name, _)| first(name)).collect();
        for name in self.together.iter().flatten() {
            whole.entry(name).or_insert_with(|| json!("text"));
        }
        let with = |name: &str, value: &Value, is_first: bool| {
            // The first value of each stands in the whole already.
            let members = (!is_first).then(|| {
                let mut members = whole.clone();
                members.insert(name.to_owned(), value.clone());
                Value::Object(members)
            });
            [json!({name: value})].into_iter().chain(members)
        };
        let without = |name: &String| {
            let mut members = whole.clone();
            members.shift_remove(name);
            Value::Object(members)
        };
        let whole_or_none = [Value::Object(whole.clone()), json!({})].into_iter();
        let together = self.together.iter();
        let together = together.map(|names| names.iter().map(|name| first(name)).collect());
        // The first value of each property, then the second of each: there is no room for all of them.
        let rounds = self.members.iter().map(|(_, values)| values.len()).max();
        let each = (0..rounds.unwrap_or(0)).flat_map(|round| {
            let members = self.members.iter();
            let members =
                members.filter_map(move |(name, values)| Some((name, values.get(round)?)));
            members.flat_map(move |(name, value)| with(name, value, round == 0))
        });
        let all = whole_or_none.chain(together.map(Value::Object)).chain(each);
        all.chain(whole.keys().map(without)).take(most).collect()
    }
}

/// The counts at both ends of a size, inside and outside.
fn edges(size: SizeBounds) -> Vec<usize> {
    let least = size
        .min
        .into_iter()
        .flat_map(|min| [min, min.saturating_sub(1)]);
    let most = size
        .max
        .into_iter()
        .flat_map(|max| [max, max.saturating_add(1)]);
    let counts = least.chain(most).filter(|count| *count <= MAX_COUNT);
    counts
        .filter_map(|count| usize::try_from(count).ok())
        .collect()
}

fn of_kind(kind: Kind) -> Value {
    match kind {
        Kind::Null => Value::Null,
        Kind::Boolean => json!(true),
        Kind::Integer => json!(1),
        Kind::Fraction => json!(1.5),
        Kind::String => json!("text"),
        Kind::Array => json!([]),
        Kind::Object => json!({}),
    }
}

/// An object with what a second one has, and what it leaves of a first one.
pub(super) fn merged(first: &Value, second: &Value) -> Value {
    match (first, second) {
        (Value::Object(first), Value::Object(second)) => joined(first, second),
        _ => second.clone(),
    }
}

/// An object, and what only a second one has.
pub(super) fn completed(first: &Value, second: &Value) -> Value {
    let (Value::Object(first), Value::Object(second)) = (first, second) else {
        return first.clone();
    };
    let mut members = first.clone();
    for (name, value) in second {
        members.entry(name).or_insert_with(|| value.clone());
    }
    Value::Object(members)
}

/// An object with the members of both, those of the second where both have a name.
pub(crate) fn joined(first: &Map<String, Value>, second: &Map<String, Value>) -> Value {
    let mut members = first.clone();
    let more = second.iter();
    members.extend(more.map(|(name, value)| (name.clone(), value.clone())));
    Value::Object(members)
}

/// The first of these values, none twice.
fn distinct(values: Vec<Value>, most: usize) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for value in values {
        if found.len() < most && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
