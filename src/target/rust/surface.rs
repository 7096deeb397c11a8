//! What others can use of the types.

use super::model::{Accessor, Item, ItemKind, Value};
use crate::surface::{Kind, Surface};
use crate::target::Target::Rust;

/// The traits that every type has.
const OF_ALL: &[&str] = &["Clone", "Debug", "PartialEq"];

/// Adds the types of a module.
pub(super) fn add(module: &str, items: &[Item], to: &mut Surface) {
    for item in items {
        let path = format!("{module}::{}", item.name);
        let mut part =
            |kind, name: &str, detail: &str| to.add_part(Rust, kind, &path, name, detail);
        let what = match &item.kind {
            ItemKind::Object(object) => {
                for field in object.fields.iter().chain(&object.kept) {
                    part(Kind::Field, &field.name, type_of(&field.declaration));
                    if !field.wire.is_empty() {
                        part(Kind::JsonName, &field.name, field.wire.trim_matches('"'));
                    }
                }
                for method in &object.accessors {
                    let (name, detail) = signature(method);
                    part(Kind::Method, name, detail);
                    if let Some(default) = &method.default {
                        part(Kind::Default, name, default);
                    }
                }
                "struct"
            }
            ItemKind::TextEnum(values) => {
                for value in values {
                    part(Kind::Variant, &value.name, &value.text);
                }
                part(Kind::Method, "as_str", "(self) -> &'static str");
                "enum"
            }
            ItemKind::LiteralEnum(values) => {
                for value in values {
                    part(Kind::Variant, &value.name, &value.text);
                }
                part(Kind::Method, "as_json", "(self) -> &'static str");
                "enum"
            }
            ItemKind::OpenEnum { values, fallback } => {
                for value in values {
                    part(Kind::Variant, &value.name, &value.text);
                }
                part(Kind::Variant, fallback, "any other text");
                part(Kind::Method, "as_str", "(&self) -> &str");
                "enum"
            }
            ItemKind::Union { variants, .. } | ItemKind::Tagged { variants, .. } => {
                for variant in variants {
                    part(Kind::Variant, &variant.name, &variant.inner);
                }
                "enum"
            }
            ItemKind::Tuple(tuple) => {
                for element in tuple.elements.iter().chain(&tuple.rest) {
                    part(Kind::Field, &element.name, type_of(&element.declaration));
                }
                "struct"
            }
            ItemKind::Wrapper { inner, .. } => {
                part(Kind::Field, "0", inner);
                "struct"
            }
            ItemKind::Newtype(newtype) => {
                part(Kind::Field, "0", &newtype.inner);
                part(Kind::Method, "into_inner", "(self)");
                "struct"
            }
        };
        for name in traits(item) {
            part(Kind::Trait, name, "");
        }
        if let Some(value) = start(item) {
            part(Kind::Default, "default", value);
        }
        to.add(Rust, Kind::Type, &path, what);
    }
}

/// The name of a method, and what it takes and gives.
fn signature(method: &Accessor) -> (&str, &str) {
    let text = method.signature.trim_end_matches([' ', '{']);
    let text = text.split_once("fn ").map_or(text, |(_, rest)| rest);
    let end = text.find('(').unwrap_or(text.len());
    text.split_at(end)
}

/// The traits of a type, derived or written, beside those that all have.
fn traits(item: &Item) -> Vec<&str> {
    let derived = item.derives.split(['(', ')']).nth(1).unwrap_or_default();
    let derived = derived.split(',').map(str::trim);
    let derived = derived.filter(|name| !name.is_empty() && !OF_ALL.contains(name));
    let written: &[&str] = match &item.kind {
        ItemKind::TextEnum(_) => &["Display", "FromStr"],
        ItemKind::OpenEnum { .. } => &["Display", "From", "FromStr"],
        // Who has `From` has `TryFrom`.
        ItemKind::Wrapper { .. } => &["Deref", "From", "TryFrom"],
        ItemKind::Newtype(newtype) if newtype.is_scalar => {
            &["Deref", "Display", "FromStr", "TryFrom"]
        }
        ItemKind::Newtype(_) => &["Deref", "TryFrom"],
        ItemKind::Object(_)
        | ItemKind::LiteralEnum(_)
        | ItemKind::Union { .. }
        | ItemKind::Tagged { .. }
        | ItemKind::Tuple(_) => &[],
    };
    let default = item.default.as_ref().map(|_| "Default");
    let schema = item.schema.as_ref().map(|_| "JsonSchema");
    let traits = derived.chain(written.iter().copied());
    traits.chain(default).chain(schema).collect()
}

/// What a type starts as, where its schema says that; a struct that starts as its parts do says nothing of its own.
fn start(item: &Item) -> Option<&str> {
    let is_default = |value: &&Value| value.is_default;
    match &item.kind {
        ItemKind::TextEnum(values)
        | ItemKind::LiteralEnum(values)
        | ItemKind::OpenEnum { values, .. } => {
            let value = values.iter().find(is_default);
            value.map(|value| value.text.as_str())
        }
        ItemKind::Object(_)
        | ItemKind::Union { .. }
        | ItemKind::Tagged { .. }
        | ItemKind::Tuple(_)
        | ItemKind::Wrapper { .. }
        | ItemKind::Newtype(_) => item.default.as_deref(),
    }
}

/// The type of a field.
fn type_of(declaration: &str) -> &str {
    match declaration.split_once(':') {
        Some((_, ty)) => ty.trim().trim_end_matches(','),
        None => declaration,
    }
}
