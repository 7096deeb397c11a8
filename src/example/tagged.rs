//! Values of unions that a `discriminator` tells apart, whatever the alternatives themselves say of its property.

use serde_json::{Map, Value};

use crate::ir::{Alternative, UnionType};
use crate::schema::kinds::{Kind, KindSet};

/// The text of the tag where any other text than those of the alternatives will do.
const ANOTHER: &str = "another";

/// The value with a tag that says that it is this alternative.
pub(super) fn tagged(union: &UnionType<'_>, index: usize, mut value: Value) -> Value {
    let Some(tag) = union.tag.as_ref().filter(|tag| tag.is_told) else {
        return value;
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
        let texts = tag.texts.get(index).map_or(&[][..], Vec::as_slice);
        let text = texts.first().copied().unwrap_or(ANOTHER);
        members.insert(tag.property.to_owned(), Value::from(text));
    }
    value
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
