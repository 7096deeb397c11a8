//! The language-neutral type model: what the schemas describe, before any target has its say.
//!
//! Everything here borrows its text from the documents. A type is named by a *hint*: targets decide the
//! letters. Constraints stay beside the types that they belong to, so that a target can enforce them or say
//! that it does not.

mod accepts;
mod alternatives;
mod bounds;
pub mod check;
mod convert;
mod cycles;
pub(crate) mod defaults;
mod format;
mod grammar;
mod keys;
mod owners;
mod tag;
mod titles;
mod union;

use serde::Serialize;
use serde_json::Value;

pub(crate) use bounds::compare as compare_numbers;
pub use bounds::{Bound, NumberBounds, SizeBounds};
pub use check::{CheckId, Checks};
pub(crate) use convert::convert;
pub(crate) use cycles::components;
pub use cycles::containment_cycles;
pub use format::Format;

use crate::document::DocumentId;
use crate::schema::kinds::KindSet;
use crate::schema::location::{LocationId, Locations};
use crate::schema::rare::Rare;

/// The index of a type in [`TypeGraph::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub u32);

/// The index of a module in [`TypeGraph::modules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ModuleId(pub u32);

/// All types of a run.
#[derive(Debug, Serialize)]
pub struct TypeGraph<'s> {
    /// One per document that types came from, in the order of the input.
    pub modules: Vec<Module<'s>>,
    /// The types, in the order they were met: a root before what it refers to.
    pub types: Vec<TypeDef<'s>>,
    /// What the types accept, to the last keyword.
    #[serde(skip)]
    pub checks: Checks<'s>,
    /// Where the types stand in the documents.
    #[serde(skip)]
    pub locations: &'s Locations<'s>,
}

impl<'s> TypeGraph<'s> {
    /// The definition behind an id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &TypeDef<'s> {
        &self.types[id.0 as usize]
    }

    /// All ids with their definitions, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef<'s>)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// Follows aliases; the answer is nullable if any step is. A loop of aliases ends where it started.
    #[must_use]
    pub fn resolve(&self, mut reference: TypeRef) -> TypeRef {
        for _ in 0..self.types.len() {
            let TypeKind::Alias(target) = self.get(reference.id).kind else {
                break;
            };
            reference = TypeRef {
                id: target.id,
                nullable: target.nullable || reference.nullable,
            };
        }
        reference
    }

    /// Whether a type is a union of what rules say and anything else, see [`UnionType::is_conditional`].
    pub(crate) fn is_conditional(&self, reference: TypeRef) -> bool {
        match &self.get(self.resolve(reference).id).kind {
            TypeKind::Union(union) => union.is_conditional(),
            _ => false,
        }
    }

    /// The property of an alternative that is the tag of the union, where its type has room for a text that means another
    /// one, as only the schema's `discriminator` says what means which: the object, and the place of the field in it.
    pub(crate) fn loose_tag(&self, union: &UnionType<'_>, index: usize) -> Option<(TypeId, usize)> {
        let tag = union.tag.as_ref().filter(|tag| tag.is_told)?;
        let texts = tag.texts.get(index).filter(|texts| !texts.is_empty())?;
        let object = TypeRef {
            id: union.alternatives.get(index)?.ty,
            nullable: false,
        };
        let id = self.resolve(object).id;
        let TypeKind::Object(object) = &self.get(id).kind else {
            return None;
        };
        let mut fields = object.fields.iter();
        let place = fields.position(|field| field.wire == tag.property)?;
        let field = &object.fields[place];
        let own = self.resolve(field.ty);
        let is_told = match &self.get(own.id).kind {
            TypeKind::Enum(own) => own.values.iter().all(|one| texts.contains(&one.wire)),
            _ => false,
        };
        let is_always = is_told && field.required && !own.nullable;
        (!is_always).then_some((id, place))
    }
}

/// The types of one document.
#[derive(Debug, Serialize)]
pub struct Module<'s> {
    /// The document.
    #[serde(skip)]
    pub document: DocumentId,
    /// The file name without its extension, such as `start-session-request`.
    pub stem: &'s str,
    /// The type of the document's root; none where the document only holds definitions that others use.
    pub root: Option<TypeId>,
    /// Whether the document is one of the inputs, not only referred to.
    pub is_input: bool,
}

/// One type, and all that is known of it.
#[derive(Debug, Serialize)]
pub struct TypeDef<'s> {
    /// Where its name comes from.
    pub name: NameHint<'s>,
    /// The document it belongs to.
    pub module: ModuleId,
    /// Where it stands in that document.
    #[serde(skip)]
    pub location: LocationId,
    /// What the schema says to people.
    pub docs: Docs<'s>,
    /// What it is.
    pub kind: TypeKind<'s>,
    /// The checks that a value of this type passes, all of them; with `unsaid`, they are what says the rest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckId>,
    /// Keywords of the schema that this type does not say; empty where it accepts exactly what the schema does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsaid: Vec<&'static str>,
}

/// Where a type's name comes from, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum NameHint<'s> {
    /// The user asked for this name.
    Required(&'s str),
    /// The schema offers it: a title, the key of a definition, the file name.
    Suggested(&'s str),
    /// Nobody named it: it is a part of another type.
    Derived(TypeId, Part<'s>),
}

/// Which part of its parent an unnamed type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Part<'s> {
    /// The value of a property.
    Property(&'s str),
    /// An element of an array.
    Item,
    /// An element of a tuple, from 0.
    Position(usize),
    /// A value of a map.
    Value,
    /// An alternative of a union that has no name of its own, from 0.
    Alternative(usize),
    /// An alternative of a union, named after its tag or its kind of value.
    Variant(&'s str),
    /// A type that another one only wraps.
    Inner,
}

/// What the schema says to people; never code.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Docs<'s> {
    /// `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'s str>,
    /// `description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'s str>,
    /// `deprecated`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// `default`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'s Value>,
    /// What is said with single values.
    #[serde(flatten)]
    pub values: Rare<ValueDocs<'s>>,
}

/// What the schema says to people with single values, and about them.
#[derive(Debug, Default, Clone, Serialize)]
pub struct ValueDocs<'s> {
    /// `examples`, and `example` of OpenAPI.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<&'s Value>,
    /// What is said about single values of an enum.
    #[serde(rename = "values", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<ValueWords<'s>>,
}

/// What the schema says to people about one value of an enum (`x-enum-varnames`, `x-enum-descriptions`).
#[derive(Debug, Clone, Serialize)]
pub struct ValueWords<'s> {
    /// The value.
    pub value: &'s Value,
    /// What code should call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'s str>,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'s str>,
}

/// A use of a type: which, and whether `null` is also accepted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct TypeRef {
    /// The type.
    pub id: TypeId,
    /// Whether `null` is accepted beside it.
    pub nullable: bool,
}

/// What a type is: a closed set, which targets match without a catch-all arm.
#[derive(Debug, Serialize)]
pub enum TypeKind<'s> {
    /// Any JSON value.
    Any,
    /// No value at all (`false`, or a contradiction).
    Never,
    /// `null` alone.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction; `1.0` is one.
    Integer(NumberBounds<'s>),
    /// Any JSON number.
    Number(NumberBounds<'s>),
    /// Text.
    String(StringType<'s>),
    /// One of a list of texts; at least one.
    Enum(EnumType<'s>),
    /// One of a list of values that are not all texts; at least one, none of them `null`.
    Literal(Vec<&'s Value>),
    /// A list whose elements are all of one type.
    Array(ArrayType),
    /// A list whose first elements have types of their own.
    Tuple(TupleType),
    /// An object without known properties.
    Map(MapType<'s>),
    /// An object with known properties.
    Object(ObjectType<'s>),
    /// One of several types.
    Union(UnionType<'s>),
    /// Another type under this name (`{"$ref": …}` as a definition, or a nullable root).
    Alias(TypeRef),
}

/// Text and its constraints.
#[derive(Debug, Default, Clone, Serialize)]
pub struct StringType<'s> {
    /// `format`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format<'s>>,
    /// Whether the format is asserted, not only told.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub asserts_format: bool,
    /// `minLength` and `maxLength`, in Unicode code points.
    pub length: SizeBounds,
    /// `pattern`, ECMA-262; a value matches all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<&'s str>,
}

/// A closed list of texts.
#[derive(Debug, Clone, Serialize)]
pub struct EnumType<'s> {
    /// The values in the schema's order, without duplicates.
    pub values: Vec<EnumValue<'s>>,
}

/// One text of an enum.
#[derive(Debug, Clone, Serialize)]
pub struct EnumValue<'s> {
    /// The text in JSON.
    pub wire: &'s str,
    /// What the schema wants code to call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'s str>,
    /// What the schema says about it, such as the title or description of a `oneOf` of `const`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'s str>,
}

impl<'s> EnumValue<'s> {
    /// What code calls it, as far as the schema says so, else its text.
    #[must_use]
    pub fn called(&self) -> &'s str {
        self.name.unwrap_or(self.wire)
    }
}

/// A homogeneous list.
#[derive(Debug, Clone, Serialize)]
pub struct ArrayType {
    /// The type of each element.
    pub items: TypeRef,
    /// `minItems` and `maxItems`.
    pub size: SizeBounds,
    /// `uniqueItems`.
    pub unique: bool,
}

/// A list with positions.
#[derive(Debug, Clone, Serialize)]
pub struct TupleType {
    /// The types of the first elements; a shorter list is valid unless `size` says otherwise.
    pub prefix: Vec<TypeRef>,
    /// The type of the elements after them; none where there may be none.
    pub rest: Option<TypeRef>,
    /// `minItems` and `maxItems`.
    pub size: SizeBounds,
    /// `uniqueItems`.
    pub unique: bool,
}

/// An object used as a dictionary.
#[derive(Debug, Clone, Serialize)]
pub struct MapType<'s> {
    /// The type of each value.
    pub values: TypeRef,
    /// `minProperties` and `maxProperties`.
    pub size: SizeBounds,
    /// `propertyNames`, where it is text with constraints or an enum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<TypeId>,
    /// Types of the values whose key matches a pattern (ECMA-262).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<(&'s str, TypeRef)>,
    /// Whether every key must match one of the patterns.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_closed: bool,
}

/// An object with known properties.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectType<'s> {
    /// The properties, in the schema's order.
    pub fields: Vec<Field<'s>>,
    /// What other properties may hold.
    pub additional: Additional,
    /// Types of the other properties whose name matches a pattern (ECMA-262).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<(&'s str, TypeRef)>,
    /// `minProperties` and `maxProperties`.
    pub size: SizeBounds,
}

/// What the properties may hold that an object does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Additional {
    /// Anything.
    Open,
    /// There may be none.
    Closed,
    /// Values of one type.
    Typed(TypeRef),
}

/// A property of an object.
#[derive(Debug, Clone, Serialize)]
pub struct Field<'s> {
    /// The property's name in JSON.
    pub wire: &'s str,
    /// What the schema says about the property; `docs.default` is its default.
    pub docs: Docs<'s>,
    /// Its type; `ty.nullable` and `required` are the four cases of presence.
    pub ty: TypeRef,
    /// Whether the property must be there.
    pub required: bool,
    /// `readOnly`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// `writeOnly`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// Where the property's schema stands.
    #[serde(skip)]
    pub location: LocationId,
}

/// One of several types.
#[derive(Debug, Clone, Serialize)]
pub struct UnionType<'s> {
    /// The alternatives, at least two, in the schema's order.
    pub alternatives: Vec<Alternative<'s>>,
    /// How many of them a value may match.
    pub matching: Matching,
    /// What tells the alternatives apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag<'s>>,
    /// Whether another union of the same schema is left to a check of the whole: the alternatives do not know of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_partial: bool,
}

impl UnionType<'_> {
    /// The only alternative that the schema speaks of, if it is one: `{"properties": …}` without `type` means an object,
    /// whatever else it accepts.
    #[must_use]
    pub fn only_stated(&self) -> Option<TypeId> {
        let mut stated = self.alternatives.iter().filter(|one| !one.implied);
        let only = stated.next()?;
        stated.next().is_none().then_some(only.ty)
    }

    /// Whether a value may be anything, and is only something that the schema speaks of where a rule holds that names it.
    pub(crate) fn is_conditional(&self) -> bool {
        let mut alternatives = self.alternatives.iter();
        alternatives.any(|one| one.implied && one.kinds == KindSet::ALL)
    }

    /// Whether no two alternatives have values of the same JSON type.
    pub(crate) fn differ_in_kind(&self) -> bool {
        let mut seen = KindSet::NONE;
        self.alternatives.iter().all(|one| {
            let is_new = seen.intersect(one.kinds).is_empty();
            seen = seen.union(one.kinds);
            is_new
        })
    }
}

/// The property whose text says which alternative of a union a value is.
#[derive(Debug, Clone, Serialize)]
pub struct Tag<'s> {
    /// The property's name in JSON.
    pub property: &'s str,
    /// For each alternative, the texts that mean it, no text twice; none for one that takes all others.
    pub texts: Vec<Vec<&'s str>>,
    /// Whether only the schema's `discriminator` says so: a value with the text of one alternative may fit others, too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_told: bool,
    /// Whether the alternatives build on the schema, which by itself accepts more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_family: bool,
}

/// How many alternatives of a union a value may match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Matching {
    /// Exactly one (`oneOf`).
    One,
    /// One or more (`anyOf`).
    Any,
    /// They cannot overlap (a list of JSON types).
    Disjoint,
}

/// One alternative of a union.
#[derive(Debug, Clone, Serialize)]
pub struct Alternative<'s> {
    /// Its type.
    pub ty: TypeId,
    /// What to call it.
    pub name: Part<'s>,
    /// The tag's text, where the union has a tag and each alternative allows one text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_value: Option<&'s str>,
    /// The JSON types that its values can have, `null` aside; perhaps more than it really has.
    pub kinds: KindSet,
    /// Whether `null` is accepted beside its type.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Whether the schema never speaks of it: values of the JSON types that its keywords do not apply to
    /// (`{"properties": …}` without `type` accepts any text). Targets may leave it out and say so.
    pub implied: bool,
}
