//! Unions whose alternatives are told apart by the text of one property.

use std::collections::HashSet;

use super::{NameHint, ObjectType, Part, TypeDef, TypeId, TypeKind, UnionType};

/// Finds the tag of every union that has one: a property that all alternatives require, each with one text, and no
/// text twice.
pub(super) fn detect(types: &mut [TypeDef<'_>]) {
    for index in 0..types.len() {
        let TypeKind::Union(union) = &types[index].kind else {
            continue;
        };
        let Some((tag, values)) = find(union, types) else {
            continue;
        };
        let mut unnamed = Vec::new();
        if let TypeKind::Union(union) = &mut types[index].kind {
            union.tag = Some(tag);
            for (alternative, value) in union.alternatives.iter_mut().zip(values) {
                alternative.tag_value = Some(value);
                if matches!(alternative.name, Part::Alternative(_)) {
                    alternative.name = Part::Variant(value);
                    unnamed.push((alternative.ty, value));
                }
            }
        }
        // What nobody has named is named after its tag, too.
        for (id, value) in unnamed {
            let name = &mut types[id.0 as usize].name;
            if let NameHint::Derived(parent, Part::Alternative(_)) = *name
                && parent.0 as usize == index
                && value.contains(char::is_alphanumeric)
            {
                *name = NameHint::Derived(parent, Part::Variant(value));
            }
        }
    }
}

fn find<'s>(union: &UnionType<'s>, types: &[TypeDef<'s>]) -> Option<(&'s str, Vec<&'s str>)> {
    let objects: Vec<&ObjectType<'s>> = union
        .alternatives
        .iter()
        .map(|alternative| object(types, alternative.ty))
        .collect::<Option<_>>()?;
    let first = objects.first()?;
    first.fields.iter().find_map(|field| {
        let values: Vec<&'s str> = objects
            .iter()
            .map(|object| only_text(types, object, field.wire))
            .collect::<Option<_>>()?;
        let distinct: HashSet<&str> = values.iter().copied().collect();
        (distinct.len() == values.len()).then_some((field.wire, values))
    })
}

fn object<'t, 's>(types: &'t [TypeDef<'s>], id: TypeId) -> Option<&'t ObjectType<'s>> {
    match &types[id.0 as usize].kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}

/// The one text that a required property may have.
fn only_text<'s>(types: &[TypeDef<'s>], object: &ObjectType<'s>, wire: &str) -> Option<&'s str> {
    let field = object.fields.iter().find(|field| field.wire == wire)?;
    match &types[field.ty.id.0 as usize].kind {
        TypeKind::Enum(values) if field.required && !field.ty.nullable => {
            match values.values.as_slice() {
                [only] => Some(only.wire),
                _ => None,
            }
        }
        _ => None,
    }
}
