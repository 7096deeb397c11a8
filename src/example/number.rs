//! Numbers: within bounds, and multiples.

use serde_json::Number;

use crate::ir::{Bound, NumberBounds};

/// Numbers that fit: the first is the most ordinary one, the others are the least and the greatest.
pub(super) fn valid(bounds: &NumberBounds<'_>, whole: bool) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    if !whole {
        numbers.extend(Number::from_f64(1.5));
    }
    numbers.extend([1, 2, 0].map(Number::from));
    let (low, high) = bounds.integer_range();
    let steps = bounds.multiple_of.iter().filter_map(|step| step.as_i64());
    for step in steps.filter(|step| *step > 0) {
        let start = low.and_then(|low| i64::try_from(low).ok()).unwrap_or(1);
        let first = start
            .checked_add(step - 1)
            .map(|end| end.div_euclid(step) * step);
        numbers.extend(first.map(Number::from));
    }
    numbers.extend(bounds.multiple_of.iter().map(|step| (*step).clone()));
    let ends = [low, high].into_iter().flatten();
    numbers.extend(
        ends.filter_map(|end| i64::try_from(end).ok())
            .map(Number::from),
    );
    for bound in [bounds.minimum, bounds.maximum].into_iter().flatten() {
        numbers.push(bound.value.clone());
    }
    if let (Some(low), Some(high)) = (end(bounds.minimum), end(bounds.maximum)) {
        numbers.extend(Number::from_f64(f64::midpoint(low, high)));
    }
    let mut found: Vec<Number> = Vec::new();
    for number in numbers {
        if fits(bounds, whole, &number) && !found.contains(&number) {
            found.push(number);
        }
    }
    let is_end = |number: &Number| {
        [bounds.minimum, bounds.maximum]
            .into_iter()
            .flatten()
            .any(|bound| bound.value == number)
            || number
                .as_i64()
                .is_some_and(|number| [low, high].contains(&Some(i128::from(number))))
    };
    let mut index = 0;
    found.retain(|number| {
        index += 1;
        index == 1 || is_end(number)
    });
    found
}

/// Numbers that break one thing each, with the keyword that asks it.
pub(super) fn broken(bounds: &NumberBounds<'_>, whole: bool) -> Vec<(&'static str, Number)> {
    let mut numbers = Vec::new();
    let (low, high) = bounds.integer_range();
    let sides = [
        (bounds.minimum, low, -1_i64, ["minimum", "exclusiveMinimum"]),
        (bounds.maximum, high, 1, ["maximum", "exclusiveMaximum"]),
    ];
    for (bound, end, step, keywords) in sides {
        let Some(bound) = bound else { continue };
        let mut beyond: Vec<Number> = Vec::new();
        if bound.exclusive {
            beyond.push(bound.value.clone());
        }
        match end.and_then(|end| i64::try_from(end).ok()) {
            Some(end) if whole => {
                beyond.extend(end.checked_add(step).map(Number::from));
                // The first multiple beyond the end.
                for size in bounds.multiple_of.iter().filter_map(|size| size.as_i64()) {
                    let next = end.checked_add(step).filter(|_| size > 1);
                    let multiple = next.map(|next| match step {
                        1 => next.div_euclid(size).saturating_add(1).saturating_mul(size),
                        _ => next.div_euclid(size).saturating_mul(size),
                    });
                    beyond.extend(multiple.map(Number::from));
                }
            }
            _ => match bound.value.as_i64() {
                Some(value) => beyond.extend(value.checked_add(step).map(Number::from)),
                None => {
                    let value = bound.value.as_f64().map(|value| value + step as f64);
                    beyond.extend(value.and_then(Number::from_f64));
                }
            },
        }
        let is_multiple = |number: &Number| are_multiples(bounds, number);
        let is_out = |number: &Number| {
            !bounds.contains_within_ends(number) && (!whole || number.as_i64().is_some())
        };
        let number = beyond
            .into_iter()
            .find(|number| is_out(number) && is_multiple(number));
        numbers.extend(number.map(|number| (keywords[usize::from(bound.exclusive)], number)));
    }
    if !bounds.multiple_of.is_empty() {
        let tried = valid(bounds, whole).into_iter().take(1);
        let beside = tried.flat_map(|number| beside(&number, whole));
        numbers.extend(
            beside
                .filter(|number| bounds.contains_within_ends(number))
                .find(|number| {
                    let mut units = bounds.multiple_of.iter();
                    units.any(|unit| is_multiple(number, unit) == Some(false))
                })
                .map(|number| ("multipleOf", number)),
        );
    }
    numbers
}

/// Numbers near another.
fn beside(number: &Number, whole: bool) -> Vec<Number> {
    let whole_ones = number.as_i64().into_iter().flat_map(|number| {
        [1, -1, 2, -2]
            .into_iter()
            .filter_map(move |step| number.checked_add(step))
    });
    let mut all: Vec<Number> = whole_ones.map(Number::from).collect();
    if !whole {
        let near = number
            .as_f64()
            .map(|number| [0.37, -0.37, 0.0037].map(|step| number + step));
        all.extend(near.into_iter().flatten().filter_map(Number::from_f64));
    }
    all
}

/// Whether a number fits.
pub(crate) fn fits(bounds: &NumberBounds<'_>, whole: bool, number: &Number) -> bool {
    let is_whole = number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|value| value.fract() == 0.0);
    (is_whole || !whole) && bounds.contains_within_ends(number) && are_multiples(bounds, number)
}

fn are_multiples(bounds: &NumberBounds<'_>, number: &Number) -> bool {
    let mut units = bounds.multiple_of.iter();
    units.all(|unit| is_multiple(number, unit) == Some(true))
}

/// Whether a number is a multiple of another, digit by digit; none where that takes more than 38 of them.
pub(crate) fn is_multiple(number: &Number, unit: &Number) -> Option<bool> {
    let ((digits, at), (unit, unit_at)) = (decimal(number)?, decimal(unit)?);
    let end = at.min(unit_at);
    let digits = digits.checked_mul(power_of_ten(at.checked_sub(end)?)?)?;
    let unit = unit.checked_mul(power_of_ten(unit_at.checked_sub(end)?)?)?;
    Some(digits.checked_rem(unit)? == 0)
}

fn power_of_ten(exponent: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}

/// A number as digits and the power of ten that the last of them counts.
fn decimal(number: &Number) -> Option<(i128, i32)> {
    let text = number.to_string();
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places = i32::try_from(fraction.len()).ok()?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some((digits, exponent.checked_sub(places)?))
}

fn end(bound: Option<Bound<'_>>) -> Option<f64> {
    bound?.value.as_f64()
}
