//! What a type asks of its values, as calls of the shared code.

use serde_json::Number;

use super::checks::Tables;
use super::config::Integers;
use super::format::format_check;
use super::support::Needs;
use super::text::{float, literal};
use crate::ir::{Bound, NumberBounds, SizeBounds, StringType, TypeDef, TypeKind};

/// Bounds from here on are not exact.
const FARTHEST: f64 = 1e30;

/// The calls that check a `value` of this kind; each gives a `Result` and is followed by `?`.
pub(super) fn of(
    kind: &TypeKind<'_>,
    integers: Integers,
    needs: &mut Needs,
    tables: &mut Tables<'_, '_>,
) -> Vec<String> {
    let mut rules = Vec::new();
    match kind {
        TypeKind::Integer(bounds) => integer(bounds, integers, needs, &mut rules),
        TypeKind::Number(bounds) => number(bounds, needs, &mut rules),
        TypeKind::String(string) => {
            text(string, needs, tables, &mut rules);
            format(string, needs, &mut rules);
        }
        TypeKind::Array(array) => {
            size(array.size, needs, &mut rules);
            if array.unique {
                needs.add("unique");
                rules.push("support::unique(&value)?".to_owned());
            }
        }
        TypeKind::Map(map) => size(map.size, needs, &mut rules),
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Tuple(_)
        | TypeKind::Object(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => {}
    }
    rules
}

/// Whether a type is checked as a whole, because neither its shape nor its rules say all.
pub(super) fn is_checked(def: &TypeDef<'_>) -> bool {
    let is_said = def.unsaid.is_empty() && unsaid(&def.kind).is_empty();
    !def.checks.is_empty() && !is_said
}

/// The keywords that a type of this kind has and neither its shape nor these rules say.
fn unsaid(kind: &TypeKind<'_>) -> Vec<&'static str> {
    let mut unsaid = Vec::new();
    match kind {
        TypeKind::Object(object) => {
            if !object.patterns.is_empty() {
                unsaid.push("patternProperties");
            }
            if !object.size.is_unbounded() {
                unsaid.push("minProperties");
            }
        }
        TypeKind::Map(map) => {
            if !map.patterns.is_empty() {
                unsaid.push("patternProperties");
            }
            if map.keys.is_some() {
                unsaid.push("propertyNames");
            }
        }
        TypeKind::Tuple(tuple) if tuple.unique => unsaid.push("uniqueItems"),
        _ => {}
    }
    unsaid
}

/// The type that holds the whole numbers of a schema.
pub(super) struct Whole {
    /// Its name.
    pub name: &'static str,
    /// The least and the greatest number of the schema, where they are narrower than the type.
    low: Option<i128>,
    high: Option<i128>,
    /// Whether no number of the schema is one of the type.
    is_beyond: bool,
    /// The end of the schema's numbers that the type does not hold: the keyword and its bound.
    pub lost: Option<(&'static str, String)>,
}

/// Decides on the type: `u64` where no number is negative, else `i64`; those of 128 bits if they are wanted and needed.
pub(super) fn whole(bounds: &NumberBounds<'_>, integers: Integers) -> Whole {
    let (low, high) = bounds.integer_range();
    let is_unsigned = low.is_some_and(|low| low >= 0);
    let (mut name, mut least, mut greatest) = if is_unsigned {
        ("u64", 0, i128::from(u64::MAX))
    } else {
        ("i64", i128::from(i64::MIN), i128::from(i64::MAX))
    };
    // A bound that is too great for `i128` even is none in the range.
    let is_far = |bound: &Bound<'_>| {
        bound
            .value
            .as_f64()
            .is_none_or(|value| value.abs() >= FARTHEST)
    };
    let is_within =
        low.is_some_and(|low| low >= least) && high.is_some_and(|high| high <= greatest);
    let has_far = [bounds.minimum, bounds.maximum]
        .iter()
        .flatten()
        .any(is_far);
    if integers == Integers::I128 && !is_within && !has_far {
        // The greatest of `u128` is beyond what a bound can say.
        (name, greatest) = (if is_unsigned { "u128" } else { "i128" }, i128::MAX);
        least = if is_unsigned { 0 } else { i128::MIN };
    }
    let minimum = bounds.minimum.filter(|bound| {
        low.is_some_and(|low| low < least || low > greatest) || low.is_none() && is_far(bound)
    });
    let maximum = bounds.maximum.filter(|bound| {
        high.is_some_and(|high| high > greatest || high < least) || high.is_none() && is_far(bound)
    });
    let lost = |bound: Option<Bound<'_>>, inclusive, exclusive| {
        let bound = bound?;
        let keyword = if bound.exclusive {
            exclusive
        } else {
            inclusive
        };
        Some((keyword, bound.value.to_string()))
    };
    Whole {
        name,
        low: low.filter(|low| *low > least),
        high: high.filter(|high| *high < greatest),
        is_beyond: low.is_some_and(|low| low > greatest) || high.is_some_and(|high| high < least),
        lost: lost(minimum, "minimum", "exclusiveMinimum")
            .or_else(|| lost(maximum, "maximum", "exclusiveMaximum")),
    }
}

fn integer(
    bounds: &NumberBounds<'_>,
    integers: Integers,
    needs: &mut Needs,
    rules: &mut Vec<String>,
) {
    let whole = whole(bounds, integers);
    if whole.is_beyond {
        let rule = format!("value, {}::MIN", whole.name);
        return call("below", &rule, needs, rules);
    }
    if let Some(low) = whole.low {
        call("at_least", &format!("value, {low}"), needs, rules);
    }
    if let Some(high) = whole.high {
        call("at_most", &format!("value, {high}"), needs, rules);
    }
    multiples(&bounds.multiple_of, needs, rules);
}

fn number(bounds: &NumberBounds<'_>, needs: &mut Needs, rules: &mut Vec<String>) {
    if let Some(bound) = bounds.minimum {
        let name = if bound.exclusive { "above" } else { "at_least" };
        call(
            name,
            &format!("value, {}", float(bound.value)),
            needs,
            rules,
        );
    }
    if let Some(bound) = bounds.maximum {
        let name = if bound.exclusive { "below" } else { "at_most" };
        call(
            name,
            &format!("value, {}", float(bound.value)),
            needs,
            rules,
        );
    }
    multiples(&bounds.multiple_of, needs, rules);
}

fn multiples(factors: &[&Number], needs: &mut Needs, rules: &mut Vec<String>) {
    for factor in factors {
        call("multiple_of", &format!("value, \"{factor}\""), needs, rules);
    }
}

fn text(
    string: &StringType<'_>,
    needs: &mut Needs,
    tables: &mut Tables<'_, '_>,
    rules: &mut Vec<String>,
) {
    if !string.length.is_unbounded() {
        call(
            "length",
            &format!("&value, {}", ends(string.length)),
            needs,
            rules,
        );
    }
    for pattern in &string.patterns {
        let matches = tables.pattern(pattern);
        needs.add("pattern");
        rules.push(format!(
            "support::matches(&value, {matches}, {})?",
            literal(pattern)
        ));
    }
}

fn format(string: &StringType<'_>, needs: &mut Needs, rules: &mut Vec<String>) {
    let Some(format) = string.format.filter(|_| string.asserts_format) else {
        return;
    };
    if let Some((part, function)) = format_check(format) {
        needs.add(part);
        needs.add("pattern");
        let name = literal(&format!("the format {}", format.as_str()));
        rules.push(format!(
            "support::matches(&value, support::{function}, {name})?"
        ));
    }
}

fn size(size: SizeBounds, needs: &mut Needs, rules: &mut Vec<String>) {
    if !size.is_unbounded() {
        call(
            "size",
            &format!("value.len(), {}", ends(size)),
            needs,
            rules,
        );
    }
}

pub(super) fn ends(size: SizeBounds) -> String {
    let max = size
        .max
        .map_or_else(|| "usize::MAX".to_owned(), |max| max.to_string());
    format!("{}, {max}", size.min.unwrap_or(0))
}

fn call(name: &str, arguments: &str, needs: &mut Needs, rules: &mut Vec<String>) {
    needs.add(name);
    rules.push(format!("support::{name}({arguments})?"));
}

#[cfg(test)]
mod tests {
    use serde_json::Number;

    use super::whole;
    use crate::ir::{Bound, NumberBounds};
    use crate::target::rust::config::Integers;

    fn decided(minimum: &str, maximum: &str) -> (&'static str, Option<(&'static str, String)>) {
        decided_of(minimum, maximum, Integers::I64)
    }

    fn decided_of(
        minimum: &str,
        maximum: &str,
        integers: Integers,
    ) -> (&'static str, Option<(&'static str, String)>) {
        let parse = |text: &str| text.parse::<Number>().ok();
        let (minimum, maximum) = (parse(minimum), parse(maximum));
        let bound = |value| Bound {
            value,
            exclusive: false,
        };
        let bounds = NumberBounds {
            minimum: minimum.as_ref().map(bound),
            maximum: maximum.as_ref().map(bound),
            multiple_of: Vec::new(),
        };
        let whole = whole(&bounds, integers);
        (whole.name, whole.lost)
    }

    #[test]
    fn an_integer_has_the_type_that_holds_most_of_it() {
        let lost = |keyword, bound: &str| Some((keyword, bound.to_owned()));
        let (i64_min, u64_max) = ("-9223372036854775808", "18446744073709551615");
        assert_eq!(decided("", ""), ("i64", None));
        assert_eq!(decided("0", ""), ("u64", None));
        assert_eq!(decided("", "9223372036854775807"), ("i64", None));
        assert_eq!(decided(i64_min, "9223372036854775807"), ("i64", None));
        assert_eq!(decided("0", u64_max), ("u64", None));
        assert_eq!(decided(i64_min, u64_max), ("i64", lost("maximum", u64_max)));
        assert_eq!(decided("", u64_max), ("i64", lost("maximum", u64_max)));
        assert_eq!(decided("-1e19", ""), ("i64", lost("minimum", "-1e+19")));
        assert_eq!(decided("0", "1e20"), ("u64", lost("maximum", "1e+20")));
        assert_eq!(decided("0", "1e300"), ("u64", lost("maximum", "1e+300")));
        assert_eq!(decided("1e20", ""), ("u64", lost("minimum", "1e+20")));
    }

    #[test]
    fn wide_integers_are_for_what_64_bits_do_not_hold() {
        let wide = |minimum, maximum| decided_of(minimum, maximum, Integers::I128);
        let u64_max = "18446744073709551615";
        assert_eq!(wide("", ""), ("i128", None));
        assert_eq!(wide("0", ""), ("u128", None));
        assert_eq!(wide("0", u64_max), ("u64", None));
        assert_eq!(wide("-1", "1"), ("i64", None));
        assert_eq!(wide("-1", u64_max), ("i128", None));
        assert_eq!(wide("0", "1e20"), ("u128", None));
        let lost = Some(("maximum", "1e+300".to_owned()));
        assert_eq!(wide("0", "1e300"), ("u64", lost));
    }
}
