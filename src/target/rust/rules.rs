//! What a type asks of its values, as calls of the shared code.

use serde_json::Number;

use super::checks::Tables;
use super::format::format_check;
use super::support::Needs;
use super::text::literal;
use crate::ir::{NumberBounds, SizeBounds, StringType, TypeDef, TypeKind};

/// The calls that check a `value` of this kind; each gives a `Result` and is followed by `?`.
pub(super) fn of(
    kind: &TypeKind<'_>,
    needs: &mut Needs,
    tables: &mut Tables<'_, '_>,
) -> Vec<String> {
    let mut rules = Vec::new();
    match kind {
        TypeKind::Integer(bounds) => integer(bounds, needs, &mut rules),
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

/// Whether a whole number is held without a sign: its bounds ask for it.
pub(super) fn is_unsigned(bounds: &NumberBounds<'_>) -> bool {
    let (low, high) = bounds.integer_range();
    low.is_some_and(|low| low >= 0 || high.is_some_and(|high| high > i128::from(i64::MAX)))
}

fn integer(bounds: &NumberBounds<'_>, needs: &mut Needs, rules: &mut Vec<String>) {
    let (low, high) = bounds.integer_range();
    let (least, greatest) = if is_unsigned(bounds) {
        (0, i128::from(u64::MAX))
    } else {
        (i128::from(i64::MIN), i128::from(i64::MAX))
    };
    if let Some(low) = low.filter(|low| *low > least) {
        call("at_least", &format!("value, {low}"), needs, rules);
    }
    if let Some(high) = high.filter(|high| *high < greatest) {
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

/// A literal of type `f64`.
pub(super) fn float(number: &Number) -> String {
    match number.as_f64() {
        Some(value) => format!("{value:?}"),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, integer, is_unsigned};
    use crate::ir::{Bound, NumberBounds};
    use serde_json::Number;

    #[test]
    fn a_number_without_a_sign_has_no_rule_with_one() {
        let (low, high) = (Number::from(-5), Number::from(u64::MAX));
        let bound = |value| Bound {
            value,
            exclusive: false,
        };
        let bounds = NumberBounds {
            minimum: Some(bound(&low)),
            maximum: Some(bound(&high)),
            ..NumberBounds::default()
        };
        assert!(is_unsigned(&bounds));
        let mut rules = Vec::new();
        integer(&bounds, &mut Needs::default(), &mut rules);
        assert!(rules.is_empty());
    }
}
