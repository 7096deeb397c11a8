//! Which Apex type holds which type of the model.
//!
//! Only what Flow supports in an Apex-defined type (Salesforce Help, "Considerations for the Apex-Defined Data
//! Type"): Boolean, Integer, Long, Decimal, Date, Datetime, String, other top-level classes, and lists of
//! these. There is no list of lists, no map, no enum and no untyped value.

use serde_json::Value;

use super::exact;
use super::names::Names;
use crate::ir::{
    Alternative, Field, Format, MapType, NumberBounds, TypeGraph, TypeId, TypeKind, TypeRef,
    UnionType,
};
use crate::schema::kinds::{Kind, KindSet};

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    /// `Boolean`.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// A `Decimal` with a whole number that 64 bits may not hold.
    Whole,
    /// A decimal number of any size.
    Decimal,
    /// A day.
    Date,
    /// An instant, to the millisecond, without the offset it was written with.
    Datetime,
    /// Text.
    Text,
    /// A `String` with the JSON text of a value that no other type can hold.
    JsonText,
    /// A `String` that is always null.
    Nothing,
}

impl Scalar {
    /// The type in Apex.
    pub(crate) fn apex(self) -> &'static str {
        match self {
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Whole | Self::Decimal => "Decimal",
            Self::Date => "Date",
            Self::Datetime => "Datetime",
            Self::Text | Self::JsonText | Self::Nothing => "String",
        }
    }

    fn is_number(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Long | Self::Whole | Self::Decimal
        )
    }

    /// The type that holds what either holds, if there is one that loses nothing.
    fn widen(self, other: Self) -> Option<Self> {
        if self == other || other == Self::Nothing {
            return Some(self);
        }
        match (self, other) {
            (Self::Nothing, _) => Some(other),
            (Self::JsonText, _) | (_, Self::JsonText) => Some(Self::JsonText),
            (Self::Integer, Self::Long) | (Self::Long, Self::Integer) => Some(Self::Long),
            (Self::Whole, Self::Integer | Self::Long)
            | (Self::Integer | Self::Long, Self::Whole) => Some(Self::Whole),
            _ if self.is_number() && other.is_number() => Some(Self::Decimal),
            _ => None,
        }
    }
}

/// What holds the values of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// A type without parts.
    Scalar(Scalar),
    /// The class of this type.
    Class(TypeId),
    /// A list of what this array or map holds.
    List(TypeId),
    /// No value is possible, so that nothing is there to hold it.
    Never,
}

/// The Apex type of every type of a graph.
pub(crate) struct TypeMap {
    ends: Vec<TypeId>,
    holders: Vec<Holder>,
    nullable: Vec<bool>,
    nested: Vec<bool>,
    blurred: [Vec<bool>; 2],
}

impl TypeMap {
    /// Maps all types.
    pub(crate) fn new(graph: &TypeGraph<'_>) -> Self {
        let followed = follow(graph);
        let own: Vec<Option<Holder>> = graph
            .iter()
            .map(|(id, def)| holder(graph, id, &def.kind))
            .collect();
        let holders: Vec<Holder> = followed
            .iter()
            .map(|end| match own[end.id.0 as usize] {
                Some(holder) => holder,
                None => match &graph.get(end.id).kind {
                    TypeKind::Union(union) if only_alternative(graph, union).is_none() => {
                        union_holder(union, end.id, &followed, &own)
                    }
                    // Only a loop ends in an alias or in a single alternative: any value satisfies it.
                    _ => Holder::Scalar(Scalar::JsonText),
                },
            })
            .collect();
        let nullable = followed
            .iter()
            .zip(&holders)
            .map(|(end, holder)| {
                end.nullable
                    || *holder == Holder::Scalar(Scalar::Nothing)
                    || takes_null(graph, end.id)
            })
            .collect();
        let mut map = Self {
            ends: followed.iter().map(|end| end.id).collect(),
            holders,
            nullable,
            nested: vec![false; graph.types.len()],
            blurred: [Vec::new(), Vec::new()],
        };
        map.blurred = exact::blurred(graph, &map);
        for def in &graph.types {
            let element = match &def.kind {
                TypeKind::Array(array) => Some(array.items),
                TypeKind::Tuple(tuple) => tuple.rest,
                _ => None,
            };
            if let Some(Holder::List(inner)) = element.map(|element| map.holder(element.id)) {
                map.nested[inner.0 as usize] = true;
            }
        }
        map
    }

    /// The type that this one stands for, behind aliases and unions with one alternative that counts.
    pub(crate) fn end(&self, id: TypeId) -> TypeId {
        self.ends[id.0 as usize]
    }

    /// What holds the values of a type.
    pub(crate) fn holder(&self, id: TypeId) -> Holder {
        self.holders[id.0 as usize]
    }

    /// The text that a property always has: it is checked when a value is read, and written by itself.
    pub(crate) fn fixed<'s>(&self, graph: &TypeGraph<'s>, field: &Field<'s>) -> Option<&'s str> {
        match &graph.get(self.end(field.ty.id)).kind {
            TypeKind::Enum(one_of) if field.required && !self.is_nullable(field.ty) => {
                match one_of.values.as_slice() {
                    [only] => Some(only.wire),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The field that holds the tag of an alternative, where it may be a text which means another one: its class and place.
    pub(crate) fn loose_tag<'s>(
        &self,
        graph: &TypeGraph<'s>,
        union: &UnionType<'s>,
        index: usize,
    ) -> Option<(TypeId, usize)> {
        let (id, place) = graph.loose_tag(union, index)?;
        let TypeKind::Object(object) = &graph.get(id).kind else {
            return None;
        };
        let is_class = self.holder(union.alternatives[index].ty) == Holder::Class(id);
        let is_text = self.holder(object.fields[place].ty.id) == Holder::Scalar(Scalar::Text);
        (is_class && is_text).then_some((id, place))
    }

    /// Whether there are whole numbers that 64 bits may not hold.
    pub(crate) fn has_whole(&self) -> bool {
        self.holders.contains(&Holder::Scalar(Scalar::Whole))
    }

    /// Whether `null` is accepted here.
    pub(crate) fn is_nullable(&self, reference: TypeRef) -> bool {
        reference.nullable || self.nullable[reference.id.0 as usize]
    }

    /// Whether values of a type that differ still do when they are held, where properties without a field are kept or not.
    pub(crate) fn tells_apart(&self, id: TypeId, keeps_others: bool) -> bool {
        let blurred = &self.blurred[usize::from(keeps_others)];
        blurred.get(id.0 as usize) != Some(&true)
    }

    /// Whether every value that Apex can hold for a type can be written as JSON: no class, no map, no JSON text that need
    /// not be any.
    pub(crate) fn is_always_written(&self, graph: &TypeGraph<'_>, id: TypeId) -> bool {
        let is_written = |holder| match holder {
            Holder::Scalar(scalar) => scalar != Scalar::JsonText,
            Holder::Never => true,
            Holder::Class(_) | Holder::List(_) => false,
        };
        match self.holder(id) {
            Holder::List(of) => match &graph.get(of).kind {
                TypeKind::Array(array) => is_written(self.holder(array.items.id)),
                _ => false,
            },
            holder => is_written(holder),
        }
    }

    /// Whether an array or map is an element of a list, which takes a class around it.
    pub(crate) fn is_nested_list(&self, id: TypeId) -> bool {
        self.nested[id.0 as usize]
    }

    /// What holds the values of a map: its own type and those of its patterns, if one Apex type holds all.
    pub(crate) fn map_values(&self, graph: &TypeGraph<'_>, id: TypeId) -> Holder {
        let TypeKind::Map(map) = &graph.get(id).kind else {
            return Holder::Scalar(Scalar::JsonText);
        };
        let mut common = self.holder(map.values.id);
        for (_, pattern) in &map.patterns {
            common = match (common, self.holder(pattern.id)) {
                (Holder::Never, other) | (other, Holder::Never) => other,
                (Holder::Scalar(one), Holder::Scalar(other)) => {
                    Holder::Scalar(one.widen(other).unwrap_or(Scalar::JsonText))
                }
                (one, other) if one == other => one,
                _ => Holder::Scalar(Scalar::JsonText),
            };
        }
        common
    }

    /// The type in Apex.
    pub(crate) fn apex(&self, graph: &TypeGraph<'_>, names: &Names, holder: Holder) -> String {
        match holder {
            Holder::Scalar(scalar) => scalar.apex().to_owned(),
            Holder::Class(id) => class(names, id),
            Holder::List(id) => format!("List<{}>", self.element(graph, names, id)),
            Holder::Never => "String".to_owned(),
        }
    }

    /// The type of an element of the list that holds this array or map.
    fn element(&self, graph: &TypeGraph<'_>, names: &Names, id: TypeId) -> String {
        match &graph.get(id).kind {
            TypeKind::Array(array) => self.in_list(graph, names, array.items),
            _ => class(names, id),
        }
    }

    /// The type of this element of a list.
    pub(crate) fn in_list(&self, graph: &TypeGraph<'_>, names: &Names, item: TypeRef) -> String {
        match self.holder(item.id) {
            Holder::List(inner) => names.list_class_name(inner).unwrap_or("String").to_owned(),
            other => self.apex(graph, names, other),
        }
    }
}

fn class(names: &Names, id: TypeId) -> String {
    names.class_name(id).unwrap_or("String").to_owned()
}

/// The type that each type stands for: aliases and unions with one alternative that counts are followed.
fn follow(graph: &TypeGraph<'_>) -> Vec<TypeRef> {
    let mut ends: Vec<Option<TypeRef>> = vec![None; graph.types.len()];
    for (start, _) in graph.iter() {
        let mut path = Vec::new();
        let mut at = start;
        let mut end = loop {
            if let Some(known) = ends[at.0 as usize] {
                break known;
            }
            let next = step(graph, at);
            // A mark against loops: whoever comes back here finds the type itself.
            ends[at.0 as usize] = Some(TypeRef {
                id: at,
                nullable: false,
            });
            match next {
                Some(next) => path.push((at, next.nullable)),
                None => {
                    break TypeRef {
                        id: at,
                        nullable: false,
                    };
                }
            }
            at = next.map_or(at, |next| next.id);
        };
        for (id, nullable) in path.into_iter().rev() {
            end.nullable |= nullable;
            ends[id.0 as usize] = Some(end);
        }
    }
    graph
        .iter()
        .map(|(id, _)| {
            ends[id.0 as usize].unwrap_or(TypeRef {
                id,
                nullable: false,
            })
        })
        .collect()
}

/// The type behind an alias or a union with one alternative that counts.
pub(crate) fn next(graph: &TypeGraph<'_>, id: TypeId) -> Option<TypeId> {
    step(graph, id).map(|next| next.id)
}

fn step(graph: &TypeGraph<'_>, id: TypeId) -> Option<TypeRef> {
    match &graph.get(id).kind {
        TypeKind::Alias(target) => Some(*target),
        TypeKind::Union(union) => only_alternative(graph, union),
        _ => None,
    }
}

/// The alternatives that a wrapper class has a field for, with their place in the schema: those that the
/// schema speaks of and that hold a value.
pub(crate) fn stated(graph: &TypeGraph<'_>, union: &UnionType<'_>) -> Vec<(usize, TypeId)> {
    let counts = |one: &Alternative<'_>| {
        !one.implied && !matches!(graph.get(one.ty).kind, TypeKind::Never | TypeKind::Null)
    };
    let alternatives = union.alternatives.iter().enumerate();
    alternatives
        .filter(|(_, one)| counts(one))
        .map(|(index, one)| (index, one.ty))
        .collect()
}

/// The type of all values of a map, if they have one.
pub(crate) fn common_value(map: &MapType<'_>) -> Option<TypeRef> {
    match map.patterns.as_slice() {
        [] => Some(map.values),
        [(_, first), others @ ..] => {
            let same = others.iter().all(|(_, ty)| ty == first);
            (map.is_closed && same).then_some(*first)
        }
    }
}

/// Whether no JSON type is that of two alternatives with a field.
pub(crate) fn are_apart(graph: &TypeGraph<'_>, union: &UnionType<'_>) -> bool {
    let mut seen = KindSet::NONE;
    stated(graph, union).into_iter().all(|(index, _)| {
        let kinds = union.alternatives[index].kinds;
        let is_new = seen.intersect(kinds).is_empty();
        seen = seen.union(kinds);
        is_new
    })
}

/// Whether an alternative of a union takes null together with other values, as one with a rule of its own may, or one
/// that says no type. Two alternatives that both take it are one too many for a `oneOf`.
fn takes_null(graph: &TypeGraph<'_>, id: TypeId) -> bool {
    let def = graph.get(id);
    let TypeKind::Union(union) = &def.kind else {
        return false;
    };
    let mut alternatives = union.alternatives.iter();
    alternatives.any(|one| !one.implied && one.kinds.contains(Kind::Null))
        && graph.checks.accepts(&def.checks, &Value::Null) != Some(false)
}

fn only_alternative(graph: &TypeGraph<'_>, union: &UnionType<'_>) -> Option<TypeRef> {
    let [(_, id)] = stated(graph, union)[..] else {
        return None;
    };
    let nullable = union
        .alternatives
        .iter()
        .any(|one| matches!(graph.get(one.ty).kind, TypeKind::Null));
    Some(TypeRef { id, nullable })
}

/// What holds the values of a type that stands for itself; none for aliases and unions.
fn holder(graph: &TypeGraph<'_>, id: TypeId, kind: &TypeKind<'_>) -> Option<Holder> {
    let is_never = |ty: TypeRef| matches!(graph.get(ty.id).kind, TypeKind::Never);
    Some(match kind {
        TypeKind::Any => Holder::Scalar(Scalar::JsonText),
        TypeKind::Never => Holder::Never,
        TypeKind::Null => Holder::Scalar(Scalar::Nothing),
        TypeKind::Boolean => Holder::Scalar(Scalar::Boolean),
        TypeKind::Integer(bounds) => Holder::Scalar(whole_number(bounds)),
        TypeKind::Number(_) => Holder::Scalar(Scalar::Decimal),
        TypeKind::String(text) => Holder::Scalar(match text.format {
            Some(Format::Date) => Scalar::Date,
            Some(Format::DateTime) => Scalar::Datetime,
            _ => Scalar::Text,
        }),
        TypeKind::Enum(_) => Holder::Scalar(Scalar::Text),
        TypeKind::Literal(values) => Holder::Scalar(literal(values)),
        TypeKind::Array(_) | TypeKind::Map(_) => Holder::List(id),
        TypeKind::Tuple(_) => Holder::Class(id),
        // Flow refuses a class without fields.
        TypeKind::Object(object) if object.fields.iter().all(|field| is_never(field.ty)) => {
            Holder::Scalar(Scalar::JsonText)
        }
        TypeKind::Object(_) => Holder::Class(id),
        TypeKind::Union(_) | TypeKind::Alias(_) => return None,
    })
}

/// The type for whole numbers. Without bounds, 64 bits are enough for what computers count.
fn whole_number(bounds: &NumberBounds<'_>) -> Scalar {
    let (low, high) = bounds.integer_range();
    // A bound without a whole number near it is beyond any type but Decimal.
    let is_huge = |bound: Option<i128>, stated: bool| match bound {
        Some(bound) => i64::try_from(bound).is_err(),
        None => stated,
    };
    let is_small = |bound: Option<i128>| bound.is_some_and(|bound| i32::try_from(bound).is_ok());
    if is_small(low) && is_small(high) {
        Scalar::Integer
    } else if is_huge(low, bounds.minimum.is_some()) || is_huge(high, bounds.maximum.is_some()) {
        Scalar::Whole
    } else {
        Scalar::Long
    }
}

/// The type for a list of values that are not all texts.
fn literal(values: &[&Value]) -> Scalar {
    let one = |value: &Value| match value {
        Value::Bool(_) => Scalar::Boolean,
        Value::Number(number) => match number.as_i64() {
            Some(small) if i32::try_from(small).is_ok() => Scalar::Integer,
            Some(_) => Scalar::Long,
            None => Scalar::Decimal,
        },
        Value::String(_) => Scalar::Text,
        Value::Null => Scalar::Nothing,
        Value::Array(_) | Value::Object(_) => Scalar::JsonText,
    };
    values
        .iter()
        .map(|value| one(value))
        .try_fold(Scalar::Nothing, Scalar::widen)
        .unwrap_or(Scalar::JsonText)
}

/// What holds a union: one type, if it holds every alternative, else the union's own class.
fn union_holder(
    union: &UnionType<'_>,
    id: TypeId,
    followed: &[TypeRef],
    own: &[Option<Holder>],
) -> Holder {
    let mut common = Scalar::Nothing;
    // Where what the schema speaks of has no value, all that is left is what it does not speak of.
    let mut any = union.alternatives.iter().all(|one| !one.implied);
    for one in union.alternatives.iter().filter(|one| !one.implied) {
        any |= own[followed[one.ty.0 as usize].id.0 as usize] != Some(Holder::Never);
        common = match own[followed[one.ty.0 as usize].id.0 as usize] {
            Some(Holder::Scalar(scalar)) => match common.widen(scalar) {
                Some(wide) => wide,
                None => return Holder::Class(id),
            },
            Some(Holder::Never) => common,
            Some(Holder::Class(_) | Holder::List(_)) | None => return Holder::Class(id),
        };
    }
    Holder::Scalar(if any { common } else { Scalar::JsonText })
}

/// The types of the values that a value of a type has inside.
pub(super) fn parts(kind: &TypeKind<'_>) -> Vec<TypeId> {
    match kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| field.ty.id).collect(),
        TypeKind::Array(array) => vec![array.items.id],
        TypeKind::Tuple(tuple) => {
            let items = tuple.prefix.iter().chain(&tuple.rest);
            items.map(|item| item.id).collect()
        }
        TypeKind::Map(map) => {
            let patterns = map.patterns.iter().map(|(_, ty)| ty.id);
            patterns.chain([map.values.id]).collect()
        }
        TypeKind::Union(union) => union.alternatives.iter().map(|one| one.ty).collect(),
        TypeKind::Alias(target) => vec![target.id],
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_) => Vec::new(),
    }
}
