//! Whether what is known of a value is enough for a rule about the value itself.

use serde_json::Value;

use super::super::limit::Limit;
use super::super::rules::Part;
use super::super::whole::NEVER;
use super::known::Known;
use super::{Prover, is_said_by_schemas};
use crate::schema::kinds::{Kind, KindSet};

impl<'p> Prover<'p, '_> {
    /// Whether a value of which this is known keeps a rule.
    pub(super) fn keeps_limit(
        &self,
        known: &Known<'p>,
        rule: &'static str,
        limit: &'p Limit,
    ) -> bool {
        let about = about(rule);
        if known.kinds.intersect(about).is_empty() {
            return true;
        }
        match (rule, limit) {
            (NEVER, _) => return false,
            ("type", Limit::OneOf(words)) => {
                return known
                    .kinds
                    .iter()
                    .all(|kind| words.contains_key(kind.as_str()));
            }
            ("required", Limit::All(names)) => {
                return names.iter().all(|name| known.present.contains(&**name));
            }
            (_, Limit::LeastSize(0)) => return true,
            ("uniqueItems", _) if self.most_items(known).is_some_and(|most| most < 2) => {
                return true;
            }
            _ => {}
        }
        if let Some(values) = self.values(known)
            && values
                .iter()
                .all(|value| value_keeps(value, rule, limit) == Some(true))
        {
            return true;
        }
        let limits = || self.limits(known, rule);
        match limit {
            Limit::All(all) => all.iter().all(|one| {
                limits().any(|known| matches!(known, Limit::All(known) if known.contains(one)))
            }),
            _ => limits().any(|known| !limit.narrows(known)),
        }
    }

    /// What is known by one rule.
    fn limits(&self, known: &Known<'p>, rule: &'static str) -> impl Iterator<Item = &'p Limit> {
        let all = known.passes.iter();
        all.filter_map(move |schema| self.asked(*schema)?.limits.get(rule))
    }

    /// How many elements there are at most.
    pub(super) fn most_items(&self, known: &Known<'p>) -> Option<u64> {
        let sizes = self.limits(known, "maxItems");
        sizes
            .filter_map(|limit| match limit {
                Limit::MostSize(size) => Some(*size),
                _ => None,
            })
            .min()
    }

    /// The values that the value may be equal to, where they are listed, with what equal ones have in common.
    pub(super) fn values(&self, known: &Known<'p>) -> Option<Vec<(&'p str, Value)>> {
        let mut listed = self.limits(known, "enum").filter_map(|limit| match limit {
            Limit::OneOf(values) => Some(values),
            _ => None,
        });
        let few = KindSet::of(Kind::Null).union(KindSet::of(Kind::Boolean));
        let Some(first) = listed.next() else {
            let is_few = known.kinds.without(few).is_empty();
            let values = [
                ("null", Value::Null),
                ("false", Value::Bool(false)),
                ("true", Value::Bool(true)),
            ];
            return is_few.then(|| self.of_kinds(known, values));
        };
        let others: Vec<_> = listed.collect();
        let all = first
            .iter()
            .filter(|(key, _)| others.iter().all(|other| other.contains_key(*key)));
        let all = all.filter_map(|(key, shown)| {
            let value = serde_json::from_str(shown).ok()?;
            Some((key.as_str(), value))
        });
        Some(self.of_kinds(known, all))
    }

    /// Those of some values that have a type that is known to be possible, and what else is known of them.
    fn of_kinds(
        &self,
        known: &Known<'p>,
        values: impl IntoIterator<Item = (&'p str, Value)>,
    ) -> Vec<(&'p str, Value)> {
        let mut all: Vec<_> = values.into_iter().collect();
        all.retain(|one| {
            known.value.is_none_or(|value| value == one.0)
                && known.kinds.contains(Kind::of(&one.1))
                && known.passes.iter().all(|schema| {
                    let limits = self.asked(*schema).map(|asked| &asked.limits);
                    let mut limits = limits.into_iter().flatten();
                    limits.all(|(rule, limit)| value_keeps(one, rule, limit) != Some(false))
                })
        });
        all
    }

    /// The types of values of which this may be known.
    pub(super) fn possible(&mut self, known: &Known<'p>) -> KindSet {
        if self.limits(known, NEVER).next().is_some() {
            return KindSet::NONE;
        }
        if self.values(known).is_some_and(|values| values.is_empty()) {
            return KindSet::NONE;
        }
        let mut possible = known.kinds;
        for (least, most, kinds) in [
            ("minimum", "maximum", KindSet::NUMBER),
            ("minLength", "maxLength", KindSet::of(Kind::String)),
            ("minItems", "maxItems", KindSet::of(Kind::Array)),
            ("minProperties", "maxProperties", KindSet::of(Kind::Object)),
        ] {
            let mosts: Vec<_> = self.limits(known, most).collect();
            if self
                .limits(known, least)
                .any(|least| mosts.iter().any(|most| least.is_above(most)))
            {
                possible = possible.without(kinds);
            }
        }
        let object = KindSet::of(Kind::Object);
        if possible.intersect(object) == object {
            let mut present = known.present.iter();
            let is_missing = present.any(|name| {
                let (part, _) = self.part(known, &Part::Property((*name).to_owned()));
                self.inside(|prover| prover.is_empty(&part))
            });
            if is_missing {
                possible = possible.without(object);
            }
        }
        possible
    }

    /// Does something with a part of the value.
    pub(super) fn inside<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let done = act(self);
        self.depth -= 1;
        done
    }
}

/// The types about whose values a rule is.
fn about(rule: &str) -> KindSet {
    match rule {
        "minimum" | "maximum" | "multipleOf" => KindSet::NUMBER,
        "minLength" | "maxLength" | "pattern" | "format" => KindSet::of(Kind::String),
        "minItems" | "maxItems" | "uniqueItems" => KindSet::of(Kind::Array),
        "required" | "minProperties" | "maxProperties" | "dependentRequired" => {
            KindSet::of(Kind::Object)
        }
        _ => KindSet::ALL,
    }
}

/// Whether a value keeps a rule, where that is known.
fn value_keeps((key, value): &(&str, Value), rule: &str, limit: &Limit) -> Option<bool> {
    let kind = Kind::of(value);
    if is_said_by_schemas(rule) {
        return None;
    }
    if !about(rule).contains(kind) {
        return Some(true);
    }
    match (limit, value) {
        (Limit::OneOf(words), _) if rule == "type" => Some(words.contains_key(kind.as_str())),
        (Limit::OneOf(values), _) => Some(values.contains_key(*key)),
        (Limit::Least(..) | Limit::Most(..), Value::Number(number)) => Some(limit.lets(number)),
        (Limit::LeastSize(size), Value::String(text)) => Some(length(text) >= *size),
        (Limit::MostSize(size), Value::String(text)) => Some(length(text) <= *size),
        _ => None,
    }
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}
