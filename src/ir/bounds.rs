//! Bounds on numbers and sizes.

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::Number;

/// One end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bound<'s> {
    /// The number.
    pub value: &'s Number,
    /// Whether the number itself is outside.
    pub exclusive: bool,
}

/// The constraints on a number.
#[derive(Debug, Default, Clone, PartialEq, Serialize)]
pub struct NumberBounds<'s> {
    /// `minimum` or `exclusiveMinimum`, the tighter one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Bound<'s>>,
    /// `maximum` or `exclusiveMaximum`, the tighter one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Bound<'s>>,
    /// `multipleOf`; a value is a multiple of all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub multiple_of: Vec<&'s Number>,
}

impl<'s> NumberBounds<'s> {
    /// Takes a lower bound as well.
    pub fn narrow_minimum(&mut self, bound: Bound<'s>) {
        if self
            .minimum
            .is_none_or(|known| is_tighter(bound, known, Ordering::Greater))
        {
            self.minimum = Some(bound);
        }
    }

    /// Takes an upper bound as well.
    pub fn narrow_maximum(&mut self, bound: Bound<'s>) {
        if self
            .maximum
            .is_none_or(|known| is_tighter(bound, known, Ordering::Less))
        {
            self.maximum = Some(bound);
        }
    }

    /// Whether a number lies between the two ends, multiples aside.
    #[must_use]
    pub fn contains_within_ends(&self, number: &Number) -> bool {
        let fits = |bound: Bound<'_>, outside: Ordering| match compare(number, bound.value) {
            Some(Ordering::Equal) => !bound.exclusive,
            order => order != Some(outside),
        };
        self.minimum.is_none_or(|bound| fits(bound, Ordering::Less))
            && self
                .maximum
                .is_none_or(|bound| fits(bound, Ordering::Greater))
    }

    /// Whether nothing is asked of the number.
    #[must_use]
    pub fn is_unbounded(&self) -> bool {
        self.minimum.is_none() && self.maximum.is_none() && self.multiple_of.is_empty()
    }

    /// The least and the greatest whole number within the bounds; none where that end is open.
    #[must_use]
    pub fn integer_range(&self) -> (Option<i128>, Option<i128>) {
        let low = self.minimum.and_then(|bound| {
            whole(bound.value, Rounding::Up).map(|(value, exact)| {
                if bound.exclusive && exact {
                    value + 1
                } else {
                    value
                }
            })
        });
        let high = self.maximum.and_then(|bound| {
            whole(bound.value, Rounding::Down).map(|(value, exact)| {
                if bound.exclusive && exact {
                    value - 1
                } else {
                    value
                }
            })
        });
        (low, high)
    }
}

/// Whether `bound` leaves less than `known`: it lies `beyond`, or at the same number and excludes it.
fn is_tighter(bound: Bound<'_>, known: Bound<'_>, beyond: Ordering) -> bool {
    match compare(bound.value, known.value) {
        Some(Ordering::Equal) => bound.exclusive && !known.exclusive,
        order => order == Some(beyond),
    }
}

/// Compares two numbers, exactly where both are integers.
#[must_use]
pub fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    match (integer(one), integer(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

/// A number that is written as a whole one of at most 64 bits.
pub(super) fn integer(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

enum Rounding {
    Up,
    Down,
}

/// The whole number nearest to `number` on one side, and whether it is the number itself.
fn whole(number: &Number, rounding: Rounding) -> Option<(i128, bool)> {
    if let Some(value) = number.as_i64() {
        return Some((i128::from(value), true));
    }
    if let Some(value) = number.as_u64() {
        return Some((i128::from(value), true));
    }
    let value = number.as_f64()?;
    let rounded = match rounding {
        Rounding::Up => value.ceil(),
        Rounding::Down => value.floor(),
    };
    // Beyond this, neighbouring doubles are further apart than any bound that matters to 64 bits.
    (rounded.abs() < 1e30).then_some((rounded as i128, rounded == value))
}

/// The constraints on a length or a count; both ends belong to the range.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SizeBounds {
    /// The least size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// The greatest size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
}

impl SizeBounds {
    /// Whether any size will do.
    #[must_use]
    pub fn is_unbounded(self) -> bool {
        self.min.is_none_or(|min| min == 0) && self.max.is_none()
    }

    /// The sizes that both allow.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        Self {
            min: self.min.max(other.min),
            max: match (self.max, other.max) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }
}
