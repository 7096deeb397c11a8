//! Unions whose alternatives are told apart by the text of one property.

use super::{Alternative, Field, NameHint, Part, Tag, TypeDef, TypeKind, UnionType};
use crate::hash::HashSet;

/// The most texts that a union lends to one that it is an alternative of: such unions may stand in each other in a long row.
const MOST_INNER: usize = 1_000;

/// How many texts of one alternative are looked at where the schema names no tag.
const MOST_TEXTS: usize = 100;

/// How many properties are tried that are always the same text in the first alternative.
const MOST_TRIED: usize = 100;

/// Finds the tag of every union that has one: a property that all alternatives require, each with one text or some, and no
/// text twice. Where the schema names the property and its types do not tell the alternatives apart, what the schema says
/// stays. An alternative that is such a union itself has the texts of its own alternatives.
pub(super) fn detect(types: &mut [TypeDef<'_>]) {
    for index in inner_first(types) {
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

/// The unions, each after those that are alternatives of it; where they are that of each other, in any order.
fn inner_first(types: &[TypeDef<'_>]) -> Vec<usize> {
    let inner = |index: usize| match &types[index].kind {
        TypeKind::Union(union) => union.alternatives.as_slice(),
        _ => &[],
    };
    let mut order = Vec::new();
    let mut seen = vec![false; types.len()];
    // A union is pushed a second time once all that is in it is there.
    let mut waiting: Vec<(usize, bool)> = Vec::new();
    for index in 0..types.len() {
        waiting.push((index, false));
        while let Some((index, is_done)) = waiting.pop() {
            if is_done {
                order.push(index);
            } else if !inner(index).is_empty() && !std::mem::replace(&mut seen[index], true) {
                waiting.push((index, true));
                let alternatives = inner(index).iter();
                waiting.extend(alternatives.map(|one| (one.ty.0 as usize, false)));
            }
        }
    }
    order
}

/// Names after its text what nobody has named.
fn name_alternatives(types: &mut [TypeDef<'_>], index: usize) {
    let mut unnamed = Vec::new();
    let TypeKind::Union(union) = &types[index].kind else {
        return;
    };
    let kind = |one: &Alternative<'_>| &types[one.ty.0 as usize].kind;
    let inner = union.alternatives.iter().map(kind);
    let inner: Vec<bool> = inner
        .map(|kind| matches!(kind, TypeKind::Union(_)))
        .collect();
    let TypeKind::Union(union) = &mut types[index].kind else {
        return;
    };
    let Some(tag) = &union.tag else {
        return;
    };
    let is_one_to_one = !tag.is_told && tag.texts.iter().all(|texts| texts.len() == 1);
    let alternatives = union.alternatives.iter_mut().zip(inner);
    for ((alternative, is_union), texts) in alternatives.zip(&tag.texts) {
        let first = texts.first().copied();
        // None of several texts is a name for all of a union.
        let Some(first) = first.filter(|_| !is_union) else {
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

/// The first property that tells the alternatives apart, if possible each by one text.
fn find<'s>(union: &UnionType<'s>, types: &[TypeDef<'s>]) -> Option<Tag<'s>> {
    match &types[union.alternatives.first()?.ty.0 as usize].kind {
        TypeKind::Object(first) => {
            // Most properties are none, and to look for each in all alternatives takes long where these have many.
            let is_enum = |field: &&Field<'s>| texts_of(types, field).is_some();
            let fields = first.fields.iter().filter(is_enum).take(MOST_TRIED);
            let tag = |most| {
                let mut fields = fields.clone();
                fields.find_map(|field| exact(union, types, field.wire, most))
            };
            tag(1).or_else(|| tag(MOST_TEXTS))
        }
        TypeKind::Union(first) => exact(union, types, first.tag.as_ref()?.property, 1),
        _ => None,
    }
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
        let own = match &types[alternative.ty.0 as usize].kind {
            TypeKind::Object(object) => {
                let field = object.fields.iter().find(|field| field.wire == property)?;
                texts_of(types, field).filter(|texts| texts.len() <= most)?
            }
            TypeKind::Union(inner) => texts_of_all(inner, property)?,
            _ => return None,
        };
        if alternative.nullable || !own.iter().all(|text| known.insert(*text)) {
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

/// The texts of all alternatives of a union, if this property is its tag, by what those say themselves.
fn texts_of_all<'s>(union: &UnionType<'s>, property: &str) -> Option<Vec<&'s str>> {
    let tag = union.tag.as_ref()?;
    let count: usize = tag.texts.iter().map(Vec::len).sum();
    let is_one = tag.property == property && !tag.is_told && !tag.is_family;
    (is_one && count <= MOST_INNER).then(|| tag.texts.concat())
}

/// The texts that a required property may have, if it is an enum.
fn texts_of<'s>(types: &[TypeDef<'s>], field: &Field<'s>) -> Option<Vec<&'s str>> {
    match &types[field.ty.id.0 as usize].kind {
        TypeKind::Enum(texts) if field.required && !field.ty.nullable => {
            Some(texts.values.iter().map(|value| value.wire).collect())
        }
        _ => None,
    }
}
