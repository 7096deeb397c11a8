//! What to call the alternatives of a union that neither the schema nor a tag names.

use super::{ArrayType, EnumType, NameHint, ObjectType, Part, TypeDef, TypeId, TypeKind};
use crate::hash::HashMap;

/// Names each alternative that has only a number after what it has and no other has.
pub(super) fn name(types: &mut [TypeDef<'_>]) {
    for index in 0..types.len() {
        let words = match &types[index].kind {
            TypeKind::Union(union)
                if union
                    .alternatives
                    .iter()
                    .any(|one| matches!(one.name, Part::Alternative(_))) =>
            {
                let ids: Vec<TypeId> = union.alternatives.iter().map(|one| one.ty).collect();
                words(types, &ids)
            }
            _ => continue,
        };
        rename(types, index, &words);
    }
}

fn rename<'s>(types: &mut [TypeDef<'s>], index: usize, words: &[Option<&'s str>]) {
    let place = types[index].location;
    let mut unnamed = Vec::new();
    let mut is_conditional = false;
    if let TypeKind::Union(union) = &mut types[index].kind {
        is_conditional = union.is_conditional();
        for (alternative, word) in union.alternatives.iter_mut().zip(words) {
            if let (Part::Alternative(_), Some(word)) = (alternative.name, word) {
                alternative.name = Part::Variant(word);
                unnamed.push((alternative.ty, *word));
            }
        }
    }
    for (id, word) in unnamed {
        let def = &mut types[id.0 as usize];
        // What has no schema of its own is told by its number in the file that keeps names.
        if let NameHint::Derived(parent, Part::Alternative(_)) = def.name
            && parent.0 as usize == index
            && (def.location != place || is_conditional)
        {
            def.name = NameHint::Derived(parent, Part::Variant(word));
        }
    }
}

/// A word for each alternative that only this one goes by.
fn words<'s>(types: &[TypeDef<'s>], alternatives: &[TypeId]) -> Vec<Option<&'s str>> {
    let mut known = Known::default();
    for id in alternatives {
        known.note(types, *id);
    }
    let words: Vec<Option<&'s str>> = alternatives
        .iter()
        .map(|id| known.word(types, *id))
        .collect();
    let mut uses: HashMap<&str, usize> = HashMap::default();
    for word in words.iter().flatten() {
        *uses.entry(*word).or_default() += 1;
    }
    let is_own = |word: &&str| uses.get(word) == Some(&1);
    words.into_iter().map(|word| word.filter(is_own)).collect()
}

/// In how many alternatives each thing is.
#[derive(Default)]
struct Known<'s> {
    properties: HashMap<&'s str, usize>,
    required: HashMap<&'s str, usize>,
    texts: HashMap<(&'s str, &'s str), usize>,
    kinds: HashMap<&'static str, usize>,
    lists: HashMap<&'static str, usize>,
}

impl<'s> Known<'s> {
    fn note(&mut self, types: &[TypeDef<'s>], id: TypeId) {
        let kind = &types[id.0 as usize].kind;
        if let Some(word) = kind_word(kind) {
            *self.kinds.entry(word).or_default() += 1;
        }
        if let Some(word) = list_word(types, kind) {
            *self.lists.entry(word).or_default() += 1;
        }
        let TypeKind::Object(object) = kind else {
            return;
        };
        for field in &object.fields {
            *self.properties.entry(field.wire).or_default() += 1;
            if field.required {
                *self.required.entry(field.wire).or_default() += 1;
            }
        }
        for told in texts(types, object) {
            *self.texts.entry(told).or_default() += 1;
        }
    }

    fn word(&self, types: &[TypeDef<'s>], id: TypeId) -> Option<&'s str> {
        let kind = &types[id.0 as usize].kind;
        let own = match kind {
            TypeKind::Object(object) => self.of_object(types, object),
            TypeKind::Enum(texts) => only_text(texts),
            TypeKind::String(text) => text.format.map(|format| format.as_str()),
            _ => None,
        };
        let by_kind = || kind_word(kind).filter(|word| self.kinds.get(word) == Some(&1));
        let by_items = || list_word(types, kind).filter(|word| self.lists.get(word) == Some(&1));
        // A text of a format among no other texts is just a text.
        match kind {
            TypeKind::String(_) => by_kind().or(own),
            _ => own.or_else(by_kind).or_else(by_items),
        }
    }

    /// The text that a property has here alone, or the property that only this one must have, or else has.
    fn of_object(&self, types: &[TypeDef<'s>], object: &ObjectType<'s>) -> Option<&'s str> {
        let by_text = || texts(types, object).find(|told| self.texts.get(told) == Some(&1));
        let required = || object.fields.iter().filter(|field| field.required);
        let is_here_alone = |wire: &str| self.properties.get(wire) == Some(&1);
        let by_text = by_text().map(|(_, text)| text);
        by_text
            .or_else(|| {
                let mut found = required().filter(|field| is_here_alone(field.wire));
                found.next().map(|field| field.wire)
            })
            .or_else(|| {
                let mut found =
                    required().filter(|field| self.required.get(field.wire) == Some(&1));
                found.next().map(|field| field.wire)
            })
            .or_else(|| {
                let mut found = object.fields.iter().map(|field| field.wire);
                found.find(|wire| is_here_alone(wire))
            })
            .filter(|word| word.contains(char::is_alphanumeric))
    }
}

/// The required properties of an object that have one text each.
fn texts<'t, 's>(
    types: &'t [TypeDef<'s>],
    object: &'t ObjectType<'s>,
) -> impl Iterator<Item = (&'s str, &'s str)> + 't {
    let required = object.fields.iter().filter(|field| field.required);
    required.filter_map(|field| match &types[field.ty.id.0 as usize].kind {
        TypeKind::Enum(texts) => Some((field.wire, only_text(texts)?)),
        _ => None,
    })
}

fn only_text<'s>(texts: &EnumType<'s>) -> Option<&'s str> {
    match texts.values.as_slice() {
        [only] => Some(only.wire).filter(|text| text.contains(char::is_alphanumeric)),
        _ => None,
    }
}

fn kind_word(kind: &TypeKind<'_>) -> Option<&'static str> {
    match kind {
        TypeKind::Null => Some("null"),
        TypeKind::Boolean => Some("boolean"),
        TypeKind::Integer(_) => Some("integer"),
        TypeKind::Number(_) => Some("number"),
        TypeKind::String(_) | TypeKind::Enum(_) => Some("string"),
        TypeKind::Array(_) | TypeKind::Tuple(_) => Some("array"),
        TypeKind::Map(_) | TypeKind::Object(_) => Some("object"),
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Literal(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => None,
    }
}

/// A word for a list of values of one kind: several lists are told by what is in them.
fn list_word(types: &[TypeDef<'_>], kind: &TypeKind<'_>) -> Option<&'static str> {
    let TypeKind::Array(ArrayType { items, .. }) = kind else {
        return None;
    };
    Some(match kind_word(&types[items.id.0 as usize].kind)? {
        "boolean" => "booleans",
        "integer" => "integers",
        "number" => "numbers",
        "string" => "strings",
        "array" => "arrays",
        "object" => "objects",
        _ => return None,
    })
}
