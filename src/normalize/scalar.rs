//! Enums and constants.

use serde_json::Value;

use super::conjunction::Conjunction;
use super::{Node, Shape};
use crate::ir::EnumValue;
use crate::schema::equal::ValueSet;
use crate::schema::kinds::{Kind, KindSet};

/// Gives the node the shape of a list of values: those that the other keywords allow, as far as that is plain.
pub(super) fn values<'s>(all: &mut Conjunction<'_, 's>, node: &mut Node<'s>) {
    let mut kept: Vec<&'s Value> = Vec::new();
    let mut seen = ValueSet::default();
    for value in all.values.take().unwrap_or_default() {
        if all.kinds.contains(Kind::of(value)) && allowed(all, value) && seen.insert(value) {
            kept.push(value);
        }
    }
    let kind_of_kept = kept.iter().map(|value| KindSet::of(Kind::of(value)));
    let kinds = kind_of_kept.fold(KindSet::NONE, KindSet::union);
    let constrained = all.constrained_kinds().intersect(kinds);
    for (kind, keyword) in [
        (Kind::String, "pattern"),
        (Kind::Array, "array keywords"),
        (Kind::Object, "object keywords"),
    ] {
        let plain =
            kind == Kind::String && all.string.patterns.is_empty() && !all.string.asserts_format;
        if constrained.contains(kind) && !plain {
            all.leave_unsaid(keyword);
        }
    }
    if !all.number.multiple_of.is_empty() && constrained.contains(Kind::Integer) {
        all.leave_unsaid("multipleOf");
    }
    let with_null = kept.len();
    kept.retain(|value| !value.is_null());
    // A union may have taken `null` beside the alternative whose values these are.
    node.nullable |= kept.len() < with_null;
    node.kinds = kinds.without(KindSet::of(Kind::Null));
    let texts: Option<Vec<EnumValue<'s>>> = kept
        .iter()
        .map(|value| {
            let wire = value.as_str()?;
            Some(EnumValue {
                wire,
                name: all.value_names.get(wire).copied(),
                description: all.value_words.get(wire).copied(),
            })
        })
        .collect();
    node.shape = match texts {
        _ if kept.is_empty() && node.nullable => {
            node.nullable = false;
            node.kinds = KindSet::of(Kind::Null);
            Shape::Null
        }
        _ if kept.is_empty() => Shape::Never,
        Some(texts) => Shape::Enum(texts),
        None => Shape::Literal(kept),
    };
}

/// Whether the bounds on lengths and numbers allow a value; other keywords are left to the check.
fn allowed(all: &Conjunction<'_, '_>, value: &Value) -> bool {
    match value {
        Value::String(text) => {
            let length = text.chars().count() as u64;
            let bounds = all.string.length;
            bounds.min.is_none_or(|min| length >= min) && bounds.max.is_none_or(|max| length <= max)
        }
        Value::Number(number) => all.number.contains_within_ends(number),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => true,
    }
}
