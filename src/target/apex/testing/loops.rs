//! The loops of a method that checks rules: a test has to enter each of them.

use serde_json::{Value, json};

use crate::example::{is_match, texts_of_pattern};
use crate::ir::check::Rule;
use crate::target::apex::rules::has_others;

/// Parts of a value that a method goes through.
pub(super) enum Loop<'r, 's> {
    /// The entries of a list from a place on.
    Items(usize),
    /// The properties whose names match a pattern.
    Matching(&'s str),
    /// The other properties.
    Others(Vec<&'s str>, Vec<&'r str>),
    /// All properties.
    Names,
}

/// Names that few schemas speak of.
const OTHER_NAMES: [&str; 8] = ["another property", "_!", "0", "Ab9", " ", "=", "", "\n"];

/// The texts in a pattern that stand for themselves.
fn words(pattern: &str) -> impl Iterator<Item = &str> {
    let signs = |one: char| "^$\\.*+?()[]{}|!=<".contains(one);
    pattern.split(signs).filter(|word| !word.is_empty())
}

/// The loops of a method with these rules.
pub(super) fn loops<'r, 's>(rules: &[&'r Rule<'s>]) -> Vec<Loop<'r, 's>> {
    let mut all = Vec::new();
    for rule in rules {
        match rule {
            Rule::Items(prefix, Some(_)) => all.push(Loop::Items(prefix.len())),
            Rule::Contains(..) => all.push(Loop::Items(0)),
            Rule::Names(_) => all.push(Loop::Names),
            Rule::Properties {
                named,
                patterns: of_rule,
                additional,
            } => {
                let patterns = of_rule.iter().map(|(pattern, _)| *pattern);
                all.extend(patterns.clone().map(Loop::Matching));
                if additional.is_some() && has_others(of_rule) {
                    let named = named.iter().map(|(name, _)| *name);
                    all.push(Loop::Others(named.collect(), patterns.collect()));
                }
            }
            Rule::Never
            | Rule::Kinds(_)
            | Rule::Values(_)
            | Rule::Number(_)
            | Rule::Length(_)
            | Rule::Pattern(_)
            | Rule::Format(_)
            | Rule::Items(_, None)
            | Rule::ItemCount(_)
            | Rule::Unique
            | Rule::UnevaluatedItems(_)
            | Rule::Required(_)
            | Rule::PropertyCount(_)
            | Rule::DependentRequired(_)
            | Rule::DependentSchemas(_)
            | Rule::UnevaluatedProperties(_)
            | Rule::All(_)
            | Rule::Any(_)
            | Rule::One(_)
            | Rule::Not(_)
            | Rule::If(..) => {}
        }
    }
    all
}

impl Loop<'_, '_> {
    /// Whether a value has such a part.
    pub(super) fn is_entered(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Items(start), Value::Array(items)) => items.len() > *start,
            (_, Value::Object(members)) => members.keys().any(|name| self.is_of(name)),
            _ => false,
        }
    }

    fn is_of(&self, name: &str) -> bool {
        match self {
            Self::Items(_) => false,
            Self::Matching(pattern) => is_match(pattern, name),
            Self::Others(named, patterns) => {
                !named.contains(&name) && !patterns.iter().any(|one| is_match(one, name))
            }
            Self::Names => true,
        }
    }

    /// A value that has one.
    pub(super) fn entering(&self) -> Option<Value> {
        let names = match self {
            Self::Items(start) => return Some(json!(vec![Value::Null; start + 1])),
            Self::Matching(pattern) => texts_of_pattern(pattern),
            Self::Others(_, patterns) => {
                // What patterns rule out, they speak of.
                let words = patterns.iter().flat_map(|pattern| words(pattern));
                let names = OTHER_NAMES.into_iter().chain(words);
                names.map(str::to_owned).collect()
            }
            Self::Names => OTHER_NAMES.map(str::to_owned).to_vec(),
        };
        let mut names = names.into_iter();
        let name = names.find(|name| self.is_of(name))?;
        Some(json!({name: null}))
    }
}
