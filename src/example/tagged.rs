//! Values of unions that a `discriminator` tells apart, whatever the alternatives themselves say of its property.

use serde_json::{Map, Value};

use super::fits::fits;
use crate::ir::{Alternative, Tag, TypeGraph, TypeId, TypeKind, TypeRef, UnionType};
use crate::schema::kinds::{Kind, KindSet};

/// The text of the tag where any other text than those of the alternatives will do.
const ANOTHER: &str = "another";

/// The value with a tag that says that it is this alternative; none where the alternative never has that text.
pub(super) fn tagged<'s>(
    graph: &TypeGraph<'s>,
    union: &UnionType<'s>,
    index: usize,
    mut value: Value,
) -> Option<Value> {
    let Some(tag) = union.tag.as_ref().filter(|tag| tag.is_told) else {
        return Some(value);
    };
    // Where every value will do, the tag wants an object.
    let takes_all = |one: &Alternative<'_>| one.kinds == KindSet::ALL;
    if !tag.is_family && !value.is_object() && union.alternatives.get(index).is_some_and(takes_all)
    {
        value = Value::Object(Map::new());
    }
    if let Value::Object(members) = &mut value
        && meant(union, members) != Some(index)
    {
        let text = tag_text(graph, union, tag, index);
        let of = union.alternatives.get(index)?.ty;
        if !allows(graph, of, tag.property, text) {
            return None;
        }
        members.insert(tag.property.to_owned(), Value::from(text));
    }
    Some(value)
}

/// A text of the tag that means this alternative.
pub(crate) fn tag_text<'s>(
    graph: &TypeGraph<'s>,
    union: &UnionType<'s>,
    tag: &Tag<'s>,
    index: usize,
) -> &'s str {
    let text = tag.texts.get(index).and_then(|texts| texts.first());
    let free = || free_text(graph, tag, union.alternatives.get(index)?.ty);
    text.copied().or_else(free).unwrap_or(ANOTHER)
}

/// The first of the texts that a type lists for the tag, if it does, that means no alternative.
fn free_text<'s>(graph: &TypeGraph<'s>, tag: &Tag<'_>, id: TypeId) -> Option<&'s str> {
    let TypeKind::Enum(one_of) = &kind(graph, property_of(graph, id, tag.property)?) else {
        return None;
    };
    let mut texts = one_of.values.iter().map(|value| value.wire);
    texts.find(|text| tag.texts.iter().flatten().all(|taken| taken != text))
}

/// Whether the type of an object has room for a text in a property.
pub(crate) fn allows(graph: &TypeGraph<'_>, id: TypeId, property: &str, text: &str) -> bool {
    let of = property_of(graph, id, property);
    of.is_none_or(|of| fits(graph, of, &Value::from(text)))
}

fn property_of(graph: &TypeGraph<'_>, id: TypeId, property: &str) -> Option<TypeRef> {
    let nullable = false;
    let TypeKind::Object(object) = kind(graph, TypeRef { id, nullable }) else {
        return None;
    };
    let mut fields = object.fields.iter();
    let field = fields.find(|field| field.wire == property)?;
    Some(field.ty)
}

fn kind<'g, 's>(graph: &'g TypeGraph<'s>, of: TypeRef) -> &'g TypeKind<'s> {
    &graph.get(graph.resolve(of).id).kind
}

/// The alternative that an object is by its tag, by its place; none where no text says so.
pub(super) fn meant(union: &UnionType<'_>, members: &Map<String, Value>) -> Option<usize> {
    let tag = union.tag.as_ref()?;
    let said = members.get(tag.property).and_then(Value::as_str);
    let is_said = |texts: &Vec<&str>| said.is_some_and(|said| texts.contains(&said));
    let takes_others = |(one, texts): (&Alternative<'_>, &Vec<&str>)| {
        texts.is_empty() && !one.implied && one.kinds.contains(Kind::Object)
    };
    let named = tag.texts.iter().position(is_said);
    named.or_else(|| {
        let alternatives = union.alternatives.iter();
        alternatives.zip(&tag.texts).position(takes_others)
    })
}
