//! Defaults: an absent field stays absent, and a method says what that means.

use serde_json::{Number, Value};

use super::model::Accessor;
use super::rules;
use super::text::{float, literal};
use super::types::Types;
use crate::ir::{Field, ModuleId, TypeKind};
use crate::schema::equal;

/// The method that gives a field's value or its default; none where the default does not fit the type, or is no scalar.
pub(super) fn accessor(
    types: &Types<'_, '_>,
    field: &Field<'_>,
    name: &str,
    module: ModuleId,
) -> Option<Accessor> {
    let default = field.docs.default?;
    if field.required || field.ty.nullable {
        return None;
    }
    let id = field.ty.id;
    let def = types.graph.get(id);
    if rules::is_checked(def) {
        return None;
    }
    let kind = &def.kind;
    let custom = types.custom;
    if custom.of_field(field).or(custom.of_type(id)).is_some() || custom.format(kind).is_some() {
        return None;
    }
    let field_path = format!("self.{name}");
    let (returns, body) = match (kind, default) {
        (TypeKind::Enum(texts), Value::String(text)) => {
            let position = texts.values.iter().position(|value| value.wire == text)?;
            let variant = types.names.members(id).names.get(position)?;
            let returns = types.text(field.ty, module, None);
            let value = if types.fallback(id).is_some() {
                format!("{field_path}.clone()")
            } else {
                field_path
            };
            let body = format!("{value}.unwrap_or({returns}::{variant})");
            (returns, body)
        }
        // A type of its own has rules, and no literal.
        _ if types.is_item(id) => return None,
        (TypeKind::Boolean, Value::Bool(value)) => (
            "bool".to_owned(),
            format!("{field_path}.unwrap_or({value})"),
        ),
        (TypeKind::Integer(_), Value::Number(number)) => {
            let returns = types.content(id, module);
            let number = equal::whole(number)?;
            let fits = if returns.starts_with('u') {
                u64::try_from(number).is_ok()
            } else {
                i64::try_from(number).is_ok()
            };
            fits.then(|| (returns, format!("{field_path}.unwrap_or({number})")))?
        }
        (TypeKind::Number(_), Value::Number(number)) => {
            let value = float(number);
            ("f64".to_owned(), format!("{field_path}.unwrap_or({value})"))
        }
        (TypeKind::String(_), Value::String(text)) => (
            "&str".to_owned(),
            format!("{field_path}.as_deref().unwrap_or({})", literal(text)),
        ),
        _ => return None,
    };
    let plain = name.strip_prefix("r#").unwrap_or(name);
    Some(Accessor {
        doc: format!("The value of `{plain}`, or its default."),
        is_deprecated: field.docs.deprecated,
        looks_like_constant: default.as_number().is_some_and(may_look_like_constant),
        signature: {
            // Two underscores in a row are no snake case: `self_` ends with one.
            let method = format!("{}_or_default", plain.trim_end_matches('_'));
            let short = format!("pub fn {method}(&self) -> {returns} {{");
            if short.chars().count() + 4 <= 100 {
                short
            } else {
                format!("pub fn {method}(\n        &self,\n    ) -> {returns} {{")
            }
        },
        body: broken(body),
        default: Some(default.to_string()),
    })
}

/// Whether clippy may take a number for one of the constants of mathematics that it wants to see named: those are between
/// `LOG10_2` and `TAU`, and it minds three digits or more.
fn may_look_like_constant(number: &Number) -> bool {
    let is_in_range = |value: f64| (0.3..6.3).contains(&value.abs());
    number.as_f64().is_some_and(is_in_range) && float(number).len() > 3
}

/// A chain of calls, broken into lines as rustfmt does it.
fn broken(chain: String) -> String {
    // The widest chain that stays on one line.
    if chain.chars().count() <= 60 {
        return chain;
    }
    // A single call whose argument is too wide for a line of calls has it on a line of its own.
    if let Some((start, argument)) = chain.split_once(".unwrap_or(")
        && let Some(argument) = argument.strip_suffix(')')
        && !start.ends_with(')')
        && 12 + ".unwrap_or()".len() + argument.chars().count() > 100
    {
        return format!("{start}.unwrap_or(\n            {argument},\n        )");
    }
    chain
        .replacen(".as_deref()", "\n            .as_deref()", 1)
        .replacen(".clone()", "\n            .clone()", 1)
        .replacen(".unwrap_or(", "\n            .unwrap_or(", 1)
}
