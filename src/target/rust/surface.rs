//! What others can use of the types.

use super::model::{Item, ItemKind};
use crate::surface::{Kind, Surface};
use crate::target::Target::Rust;

/// Adds the types of a module.
pub(super) fn add(module: &str, items: &[Item], to: &mut Surface) {
    for item in items {
        let path = format!("{module}::{}", item.name);
        let mut part =
            |kind, name: &str, detail: &str| to.add_part(Rust, kind, &path, name, detail);
        let what = match &item.kind {
            ItemKind::Object(object) => {
                for field in object.fields.iter().chain(&object.kept) {
                    part(
                        Kind::Field,
                        &field.name,
                        &wire(&field.declaration, &field.wire),
                    );
                }
                "struct"
            }
            ItemKind::TextEnum(values) | ItemKind::LiteralEnum(values) => {
                for value in values {
                    part(Kind::Variant, &value.name, &value.text);
                }
                "enum"
            }
            ItemKind::OpenEnum { values, fallback } => {
                for value in values {
                    part(Kind::Variant, &value.name, &value.text);
                }
                part(Kind::Variant, fallback, "any other text");
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
                    part(Kind::Field, &element.name, &wire(&element.declaration, ""));
                }
                "struct"
            }
            ItemKind::Wrapper { inner, .. } => {
                part(Kind::Field, "0", inner);
                "struct"
            }
            ItemKind::Newtype(newtype) => {
                part(Kind::Field, "0", &newtype.inner);
                "struct"
            }
        };
        to.add(Rust, Kind::Type, &path, what);
    }
}

/// The type of a field with its name in JSON, which matters as much.
fn wire(declaration: &str, wire: &str) -> String {
    let ty = match declaration.split_once(':') {
        Some((_, ty)) => ty.trim().trim_end_matches(','),
        None => declaration,
    };
    if wire.is_empty() {
        ty.to_owned()
    } else {
        format!("{ty}, in JSON {wire}")
    }
}
