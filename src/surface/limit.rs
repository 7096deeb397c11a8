//! One rule, as far as it can be told whether another one lets less pass.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

use crate::example::number::is_multiple;
use crate::ir::compare_numbers;
use crate::schema::equal::key;
use crate::schema::kinds::Kind;

/// One rule, as far as two of them can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Limit {
    /// A number is at least this, or more.
    Least(Number, bool),
    /// A number is at most this, or less.
    Most(Number, bool),
    /// There are at least so many.
    LeastSize(u64),
    /// There are at most so many.
    MostSize(u64),
    /// It is one of these types or values.
    ///
    /// By what equal values have in common, as it is shown.
    OneOf(BTreeMap<String, String>),
    /// All of these hold.
    All(BTreeSet<String>),
    /// It is a multiple of all of these.
    Multiple(Vec<Number>),
    /// One of some schemas holds.
    Choices(Choices),
    /// What has no schema of its own passes another one; or there may be nothing of that kind.
    Others { are_refused: bool },
    /// So many schemas have to hold, whatever they are in detail.
    Holds(usize),
}

/// The alternatives of an `anyOf` or a `oneOf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choices {
    pub number: usize,
    /// What tells them: the places of what they refer to, or their labels. Nothing, if only their numbers tell them: then they
    /// are not known again where others are put beside them.
    pub named: Option<BTreeSet<String>>,
    /// Whether only one may hold, and a value may fit two.
    pub overlaps: bool,
    /// The same in their order, where a value that fits several is read as the first of them.
    pub order: Vec<String>,
}

impl Limit {
    pub fn of_kinds(kinds: impl Iterator<Item = Kind>) -> Self {
        let words = kinds.map(|kind| kind.as_str().to_owned());
        Self::OneOf(words.map(|word| (word.clone(), word)).collect())
    }

    /// Puts null among the types or values that are listed.
    pub fn list_null(&mut self) {
        if let Self::OneOf(listed) = self {
            listed.insert(key(&Value::Null), Value::Null.to_string());
        }
    }

    /// What holds where both do.
    pub fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::OneOf(one), Self::OneOf(other)) => {
                let both = one.into_iter().filter(|(key, _)| other.contains_key(key));
                Self::OneOf(both.collect())
            }
            (Self::All(one), Self::All(other)) => Self::All(one.union(other).cloned().collect()),
            (Self::Multiple(one), Self::Multiple(other)) => {
                Self::Multiple(one.into_iter().chain(other.iter().cloned()).collect())
            }
            (Self::Holds(one), Self::Holds(other)) => Self::Holds(one + other),
            (one, other) if other.narrows(&one) => other.clone(),
            (one, _) => one,
        }
    }

    /// Whether something passes the former and may not pass this.
    pub fn narrows(&self, former: &Self) -> bool {
        match (former, self) {
            (Self::Least(old, was), Self::Least(new, is)) => {
                beyond(old, *was, new, *is, Ordering::Greater)
            }
            (Self::Most(old, was), Self::Most(new, is)) => {
                beyond(old, *was, new, *is, Ordering::Less)
            }
            (Self::LeastSize(old), Self::LeastSize(new)) => new > old,
            (Self::MostSize(old), Self::MostSize(new)) => new < old,
            (Self::Choices(old), Self::Choices(new)) => {
                let has_more = new.number > old.number;
                // What is told in another way may be another alternative.
                let is_told_otherwise = new.named.is_some() != old.named.is_some();
                is_told_otherwise
                    || new.number < old.number
                    || new.overlaps && (has_more || !old.overlaps)
            }
            (Self::OneOf(old), Self::OneOf(new)) => !missing(old, new).is_empty(),
            (Self::All(old), Self::All(new)) => !new.is_subset(old),
            // A multiple of 6 is one of 3.
            (Self::Multiple(old), Self::Multiple(new)) => !new.iter().all(|new| {
                let divides = |old| is_multiple(old, new) == Some(true);
                old.iter().any(divides)
            }),
            (Self::Others { are_refused: was }, Self::Others { are_refused: is }) => *is && !was,
            (Self::Holds(old), Self::Holds(new)) => new > old,
            _ => false,
        }
    }

    /// Whether nothing is at least this and at most the other.
    pub fn is_above(&self, most: &Self) -> bool {
        match (self, most) {
            (Self::Least(least, is_more), Self::Most(most, is_less)) => {
                match compare_numbers(least, most) {
                    Some(Ordering::Equal) => *is_more || *is_less,
                    order => order == Some(Ordering::Greater),
                }
            }
            (Self::LeastSize(least), Self::MostSize(most)) => least > most,
            _ => false,
        }
    }

    /// Whether a number keeps this.
    pub fn lets(&self, number: &Number) -> bool {
        let other = number.clone();
        match self {
            Self::Least(..) => !self.is_above(&Self::Most(other, false)),
            Self::Most(..) => !Self::Least(other, false).is_above(self),
            _ => true,
        }
    }

    pub fn shown(&self) -> Option<String> {
        let text = match self {
            Self::Least(number, false) | Self::Most(number, false) => number.to_string(),
            Self::Least(number, true) => format!("more than {number}"),
            Self::Most(number, true) => format!("less than {number}"),
            Self::LeastSize(size) | Self::MostSize(size) => size.to_string(),
            Self::Choices(choices) if choices.overlaps => {
                format!("exactly one of {} alternatives", choices.number)
            }
            Self::Choices(choices) => format!("{} alternatives", choices.number),
            Self::OneOf(values) => joined(values.values()),
            Self::All(values) => joined(values),
            Self::Multiple(numbers) => {
                let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                texts.join(", ")
            }
            Self::Others { are_refused: true } => "none".to_owned(),
            Self::Others { are_refused: false } => "those of a schema".to_owned(),
            Self::Holds(1) => return None,
            Self::Holds(number) => format!("{number} schemas"),
        };
        Some(text)
    }
}

impl Choices {
    /// Whether a value that fits several was read as another one of them.
    pub fn are_read_otherwise(&self, new: &Self) -> bool {
        let is_old = |name: &&String| self.order.contains(name);
        let was = self.order.iter().filter(|name| new.order.contains(name));
        let is = new.order.iter().filter(is_old);
        let first_new = new.order.iter().position(|name| !self.order.contains(name));
        let last_old = new.order.iter().rposition(|name| self.order.contains(name));
        // One that is new takes values from those that stand after it.
        let is_before = first_new.zip(last_old).is_some_and(|(new, old)| new < old);
        !was.eq(is) || is_before && !self.order.is_empty()
    }

    /// Whether those that both have stand at the same place before and after.
    pub fn are_told_as(&self, other: &Self) -> bool {
        match (&self.named, &other.named) {
            (Some(_), Some(_)) => true,
            (None, None) => self.number == other.number,
            _ => false,
        }
    }
}

/// Whether a new end of a range is beyond the old one.
fn beyond(old: &Number, was: bool, new: &Number, is: bool, direction: Ordering) -> bool {
    match compare_numbers(new, old) {
        Some(Ordering::Equal) => is && !was,
        order => order == Some(direction),
    }
}

pub(super) fn joined<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
    texts.join(", ")
}

/// The values that are not among others.
pub(super) fn missing(
    values: &BTreeMap<String, String>,
    others: &BTreeMap<String, String>,
) -> String {
    let missing = values.iter().filter(|(key, _)| !others.contains_key(*key));
    joined(missing.map(|(_, shown)| shown))
}
