//! The values that keywords may have.

use serde_json::{Map, Number, Value};

use crate::schema::kinds::KindSet;

/// Why a value does not fit its keyword: what would.
pub(super) struct Unfit(pub &'static str);

/// A member of a schema. Most have a few members: to compare them all takes less than to hash a word.
pub(super) fn member<'s>(members: &'s Map<String, Value>, word: &str) -> Option<&'s Value> {
    let mut members = members.iter();
    members
        .find(|(key, _)| *key == word)
        .map(|(_, value)| value)
}

pub(super) fn text(value: &Value) -> Result<&str, Unfit> {
    value.as_str().ok_or(Unfit("a text"))
}

pub(super) fn boolean(value: &Value) -> Result<bool, Unfit> {
    value.as_bool().ok_or(Unfit("`true` or `false`"))
}

pub(super) fn number(value: &Value) -> Result<&Number, Unfit> {
    match value {
        Value::Number(number) => Ok(number),
        _ => Err(Unfit("a number")),
    }
}

pub(super) fn positive(value: &Value) -> Result<&Number, Unfit> {
    match number(value) {
        Ok(number) if number.as_f64().is_some_and(|value| value > 0.0) => Ok(number),
        _ => Err(Unfit("a number above 0")),
    }
}

/// A whole number from 0 on; `2.0` is one.
pub(super) fn size(value: &Value) -> Result<u64, Unfit> {
    let unfit = Unfit("a whole number that is not negative");
    if let Some(size) = value.as_u64() {
        return Ok(size);
    }
    match value.as_f64() {
        // Beyond 2^53 a size means "no limit" as well as any other.
        Some(size) if size >= 0.0 && size.fract() == 0.0 => {
            Ok(size.min(9_007_199_254_740_992.0) as u64)
        }
        _ => Err(unfit),
    }
}

pub(super) fn list(value: &Value) -> Result<&Vec<Value>, Unfit> {
    value.as_array().ok_or(Unfit("a list"))
}

pub(super) fn texts(value: &Value) -> Result<Vec<&str>, Unfit> {
    let unfit = || Unfit("a list of texts");
    let items = value.as_array().ok_or_else(unfit)?;
    items
        .iter()
        .map(|item| item.as_str().ok_or_else(unfit))
        .collect()
}

pub(super) fn members(value: &Value) -> Result<impl Iterator<Item = (&str, &Value)>, Unfit> {
    match value {
        Value::Object(members) => Ok(members.iter().map(|(name, entry)| (name.as_str(), entry))),
        _ => Err(Unfit("an object")),
    }
}

/// What is wrong with the value of `type`.
pub(super) enum UnfitType<'s> {
    Shape,
    Word(&'s str),
}

/// The types that `type` names: one word, or a list of them.
pub(super) fn kinds(value: &Value) -> Result<KindSet, UnfitType<'_>> {
    let kind = |word| KindSet::from_word(word).ok_or(UnfitType::Word(word));
    match value {
        Value::String(word) => kind(word),
        Value::Array(words) => words.iter().try_fold(KindSet::NONE, |kinds, word| {
            let word = word.as_str().ok_or(UnfitType::Shape)?;
            Ok(kinds.union(kind(word)?))
        }),
        _ => Err(UnfitType::Shape),
    }
}

/// What somebody who wrote this word for a type may have meant.
pub(super) fn type_advice(word: &str) -> String {
    let meant = match word.to_ascii_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" | "short" => Some("`integer`"),
        "float" | "double" | "decimal" => Some("`number`"),
        "bool" => Some("`boolean`"),
        "str" | "text" => Some("`string`"),
        "date" | "datetime" | "date-time" | "time" | "uuid" | "uri" | "email" => {
            Some("`string` with a `format`")
        }
        "list" => Some("`array`"),
        "map" | "dict" | "struct" => Some("`object`"),
        "any" => Some("no `type` at all, which allows every value"),
        "nil" | "none" => Some("`null`"),
        _ => None,
    };
    match meant {
        Some(meant) => format!("you may mean {meant}"),
        None => "the types are null, boolean, integer, number, string, array and object".to_owned(),
    }
}
