//! Unions whose alternatives are told apart by the text of one property.

use super::{NameHint, ObjectType, Part, Tag, TypeDef, TypeId, TypeKind, UnionType};
use crate::hash::HashSet;

/// Finds the tag of every union that has one: a property that all alternatives require, each with one text, and no
/// text twice. Where the schema names the property, an alternative may have several texts; and where the types of the
/// property do not tell the alternatives apart, what the schema says stays.
pub(super) fn detect(types: &mut [TypeDef<'_>]) {
    for index in 0..types.len() {
        let TypeKind::Union(union) = &types[index].kind else {
            continue;
        };
        let found = match &union.tag {
            Some(told) if told.is_family => None,
            Some(told) => exact(union, types, told.property, usize::MAX),
            None => find(union, types),
        };
        if let (Some(tag), TypeKind::Union(union)) = (found, &mut types[index].kind) {
            union.tag = Some(tag);
        }
        name_alternatives(types, index);
    }
}

/// Names after its text what nobody has named.
fn name_alternatives(types: &mut [TypeDef<'_>], index: usize) {
    let mut unnamed = Vec::new();
    let TypeKind::Union(union) = &mut types[index].kind else {
        return;
    };
    let Some(tag) = &union.tag else {
        return;
    };
    let is_one_to_one = !tag.is_told && tag.texts.iter().all(|texts| texts.len() == 1);
    for (alternative, texts) in union.alternatives.iter_mut().zip(&tag.texts) {
        let Some(first) = texts.first().copied() else {
            continue;
        };
        alternative.tag_value = is_one_to_one.then_some(first);
        if matches!(alternative.name, Part::Alternative(_)) {
            alternative.name = Part::Variant(first);
            unnamed.push((alternative.ty, first));
        }
    }
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

/// The first property that tells the alternatives apart, each by one text.
fn find<'s>(union: &UnionType<'s>, types: &[TypeDef<'s>]) -> Option<Tag<'s>> {
    let first = object(types, union.alternatives.first()?.ty)?;
    let mut fields = first.fields.iter();
    fields.find_map(|field| exact(union, types, field.wire, 1))
}

/// The property as a tag, if all alternatives require it, each with at most so many texts, and no text twice.
fn exact<'s>(
    union: &UnionType<'s>,
    types: &[TypeDef<'s>],
    property: &'s str,
    most: usize,
) -> Option<Tag<'s>> {
    let mut known = HashSet::default();
    let mut texts = Vec::new();
    for alternative in &union.alternatives {
        let own = texts_of(types, object(types, alternative.ty)?, property)?;
        if own.len() > most || alternative.nullable || !own.iter().all(|text| known.insert(*text)) {
            return None;
        }
        texts.push(own);
    }
    Some(Tag {
        property,
        texts,
        is_told: false,
        is_family: false,
    })
}

fn object<'t, 's>(types: &'t [TypeDef<'s>], id: TypeId) -> Option<&'t ObjectType<'s>> {
    match &types[id.0 as usize].kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}

/// The texts that a required property may have, if it is an enum.
fn texts_of<'s>(
    types: &[TypeDef<'s>],
    object: &ObjectType<'s>,
    property: &str,
) -> Option<Vec<&'s str>> {
    let field = object.fields.iter().find(|field| field.wire == property)?;
    match &types[field.ty.id.0 as usize].kind {
        TypeKind::Enum(texts) if field.required && !field.ty.nullable => {
            Some(texts.values.iter().map(|value| value.wire).collect())
        }
        _ => None,
    }
}
