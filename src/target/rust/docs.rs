//! Comments: what the schema says to people, and what it asks of values.

use std::rc::Rc;

use serde_json::Value;

use super::text::{INNER, OUTER, code, comment};
use crate::hash::HashMap;
use crate::ir::{Docs, Field, NumberBounds, SizeBounds, TypeDef, TypeKind, ValueWords};

/// Comments. A schema that is part of many, as the base of a union's alternatives is, says the same in each of them: its text is
/// broken into lines once.
#[derive(Default)]
pub(super) struct Comments<'s> {
    known: HashMap<Words<'s>, Rc<str>>,
}

/// What a comment is made of: what is said, the default, of which it is enough to know where it stands, and what a line starts
/// with.
type Words<'s> = (Option<&'s str>, Option<*const Value>, &'static str);

impl<'s> Comments<'s> {
    /// The comment of a type with a name.
    pub(super) fn of_type(&mut self, def: &TypeDef<'s>, name: &str) -> Rc<str> {
        let said = words(&def.docs, name);
        match asked(&def.kind) {
            // Of a type of which nothing is said or asked, the code shows all.
            None => self.of(said, None, OUTER),
            Some((what, asked)) => comment([said.unwrap_or(what), &asked], OUTER).into(),
        }
    }

    /// The comment of a field.
    pub(super) fn of_field(&mut self, field: &Field<'s>, name: &str) -> Rc<str> {
        self.of(words(&field.docs, name), field.docs.default, INNER)
    }

    /// The comment of a variant that holds a type.
    pub(super) fn of_variant(&mut self, docs: &Docs<'s>, name: &str) -> Rc<str> {
        self.of(words(docs, name), None, INNER)
    }

    /// The comment of a part that has only one text.
    pub(super) fn of_part(&mut self, text: Option<&'s str>) -> Rc<str> {
        self.of(text, None, INNER)
    }

    fn of(
        &mut self,
        said: Option<&'s str>,
        default: Option<&'s Value>,
        start: &'static str,
    ) -> Rc<str> {
        let key = (said, default.map(std::ptr::from_ref), start);
        let known = self.known.entry(key).or_insert_with(|| {
            let default = default.map(|value| format!("Default: {}", code(&value.to_string())));
            comment(said.into_iter().chain(default.as_deref()), start).into()
        });
        Rc::clone(known)
    }
}

/// What the schema says about each of several values.
pub(super) fn of_values<'d, 's>(
    values: &[&Value],
    docs: &'d Docs<'s>,
) -> Vec<Option<&'d ValueWords<'s>>> {
    let said = docs.values.words.iter();
    let said: HashMap<String, _> = said.map(|one| (one.value.to_string(), one)).collect();
    let word = |value: &&Value| said.get(&value.to_string()).copied();
    values.iter().map(word).collect()
}

/// The description, or else the title, where it says more than the name.
fn words<'s>(docs: &Docs<'s>, name: &str) -> Option<&'s str> {
    let title = || docs.title.filter(|title| !letters(title).eq(letters(name)));
    docs.description.or_else(title)
}

/// The letters and digits of a text, letter case aside.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// What kind of value it is, and what is asked of it, if anything is.
fn asked(kind: &TypeKind<'_>) -> Option<(&'static str, String)> {
    let mut parts = Vec::new();
    let what = match kind {
        TypeKind::Integer(bounds) => {
            numbers(bounds, &mut parts);
            "A whole number."
        }
        TypeKind::Number(bounds) => {
            numbers(bounds, &mut parts);
            "A number."
        }
        TypeKind::String(string) => {
            let format = string.format;
            parts.extend(format.map(|format| format!("format {}", format.as_str())));
            parts.extend(sizes(string.length, ("character", "characters")));
            let patterns = string.patterns.iter();
            parts.extend(patterns.map(|pattern| format!("pattern {}", code(pattern))));
            "A text."
        }
        TypeKind::Array(array) => {
            parts.extend(sizes(array.size, ("element", "elements")));
            parts.extend(array.unique.then(|| "no element twice".to_owned()));
            "A list."
        }
        TypeKind::Tuple(tuple) => {
            parts.extend(sizes(tuple.size, ("element", "elements")));
            "A list with positions."
        }
        TypeKind::Map(map) => {
            parts.extend(sizes(map.size, ("property", "properties")));
            "An object without known properties."
        }
        TypeKind::Object(object) => {
            parts.extend(sizes(object.size, ("property", "properties")));
            "An object."
        }
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => return None,
    };
    (!parts.is_empty()).then(|| (what, format!("Valid values: {}.", parts.join(", "))))
}

fn numbers(bounds: &NumberBounds<'_>, parts: &mut Vec<String>) {
    if let Some(bound) = bounds.minimum {
        let word = if bound.exclusive { "above" } else { "at least" };
        parts.push(format!("{word} {}", bound.value));
    }
    if let Some(bound) = bounds.maximum {
        let word = if bound.exclusive { "below" } else { "at most" };
        parts.push(format!("{word} {}", bound.value));
    }
    parts.extend(
        bounds
            .multiple_of
            .iter()
            .map(|factor| format!("multiples of {factor}")),
    );
}

fn sizes(size: SizeBounds, (one, many): (&str, &str)) -> Option<String> {
    let counted = |count: u64| {
        let what = if count == 1 { one } else { many };
        format!("{count} {what}")
    };
    match (size.min.filter(|min| *min > 0), size.max) {
        (None, None) => None,
        (Some(min), None) => Some(format!("at least {}", counted(min))),
        (None, Some(max)) => Some(format!("at most {}", counted(max))),
        (Some(min), Some(max)) if min == max => Some(counted(min)),
        (Some(min), Some(max)) => Some(format!("{min} to {}", counted(max))),
    }
}

#[cfg(test)]
mod tests {
    use super::sizes;
    use crate::ir::SizeBounds;

    #[test]
    fn one_is_singular() {
        let said = |min, max| sizes(SizeBounds { min, max }, ("element", "elements"));
        assert_eq!(said(Some(1), None).as_deref(), Some("at least 1 element"));
        assert_eq!(said(None, Some(1)).as_deref(), Some("at most 1 element"));
        assert_eq!(said(Some(1), Some(1)).as_deref(), Some("1 element"));
        assert_eq!(said(Some(1), Some(2)).as_deref(), Some("1 to 2 elements"));
        assert_eq!(said(Some(0), None), None);
    }
}
