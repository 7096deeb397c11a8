//! Which of the traits that the user wants for every type a type can derive: `f64` is neither `Eq` nor `Hash`.

use super::types::Types;
use crate::ir::{Additional, TypeId, TypeKind};

/// What not every trait goes with, as bits: it holds an `f64`, a `Value`, something outside of itself.
const FLOAT: u8 = 1;
const ANY: u8 = 2;
const HEAP: u8 = 4;

/// The traits that the user wants, and what each type holds.
pub(super) struct Derives {
    wanted: Vec<String>,
    /// For each type what it holds; nothing where no trait asks.
    holds: Vec<u8>,
}

impl Derives {
    pub(super) fn new(types: &Types<'_, '_>, wanted: &[String]) -> Self {
        let asks = wanted.iter().any(|one| lacking(one) != 0);
        Self {
            wanted: wanted.to_vec(),
            holds: if asks { holds(types) } else { Vec::new() },
        }
    }

    /// Those that a type can derive, each after what it asks for itself.
    pub(super) fn of(&self, id: TypeId) -> Vec<String> {
        let holds = self.holds.get(id.0 as usize).copied().unwrap_or_default();
        let mut found: Vec<String> = Vec::new();
        for one in self.wanted.iter().filter(|one| lacking(one) & holds == 0) {
            let before = supertraits(one).iter();
            let is_wanted = |before: &str| self.wanted.iter().any(|one| last(one) == before);
            found.extend(
                before
                    .filter(|before| !is_wanted(before))
                    .map(|before| (*before).to_owned()),
            );
            found.push(one.clone());
        }
        found
    }
}

/// What a trait asks for that not every type derives anyway: all have `Clone` and `PartialEq`.
fn supertraits(wanted: &str) -> &'static [&'static str] {
    match last(wanted) {
        "Ord" => &["PartialOrd", "Eq"],
        _ => &[],
    }
}

/// The name of a trait without its path.
fn last(wanted: &str) -> &str {
    wanted.trim().rsplit("::").next().unwrap_or_default()
}

/// What a type may not hold to have a trait.
fn lacking(wanted: &str) -> u8 {
    match last(wanted) {
        "Eq" | "Hash" => FLOAT,
        "Ord" => FLOAT | ANY,
        "PartialOrd" => ANY,
        "Copy" => HEAP,
        _ => 0,
    }
}

/// What each type holds, itself or in its parts.
fn holds(types: &Types<'_, '_>) -> Vec<u8> {
    let mut found = Vec::new();
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); types.graph.types.len()];
    for (id, _) in types.graph.iter() {
        let (own, parts) = parts(types, id);
        found.push(own);
        for part in parts {
            if types.is_boxed(part, Some(id)) {
                found[id.0 as usize] |= HEAP;
            }
            holders[part.0 as usize].push(id);
        }
    }
    // What a type holds, its holders hold; a type is looked at again as often as it is found to hold more.
    let mut waiting: Vec<TypeId> = types.graph.iter().map(|(id, _)| id).collect();
    while let Some(part) = waiting.pop() {
        let held = found[part.0 as usize];
        for holder in &holders[part.0 as usize] {
            let known = &mut found[holder.0 as usize];
            if *known | held != *known {
                *known |= held;
                waiting.push(*holder);
            }
        }
    }
    found
}

/// What a type holds by itself, and the types of its parts. Of a type that the user has chosen nothing is known.
fn parts(types: &Types<'_, '_>, id: TypeId) -> (u8, Vec<TypeId>) {
    let kind = &types.graph.get(id).kind;
    if types
        .custom
        .of_type(id)
        .or(types.custom.format(kind))
        .is_some()
    {
        return (0, Vec::new());
    }
    match kind {
        TypeKind::Any => (ANY | HEAP, Vec::new()),
        TypeKind::Number(_) => (FLOAT, Vec::new()),
        TypeKind::String(_) => (HEAP, Vec::new()),
        TypeKind::Never | TypeKind::Null | TypeKind::Boolean | TypeKind::Integer(_) => {
            (0, Vec::new())
        }
        TypeKind::Enum(_) if types.fallback(id).is_some() => (HEAP, Vec::new()),
        TypeKind::Enum(_) | TypeKind::Literal(_) => (0, Vec::new()),
        TypeKind::Array(array) => (HEAP, vec![array.items.id]),
        TypeKind::Map(map) => (HEAP, vec![map.values.id]),
        TypeKind::Tuple(tuple) => {
            let own = if tuple.rest.is_some() { HEAP } else { 0 };
            let parts = tuple.prefix.iter().chain(&tuple.rest);
            (own, parts.map(|part| part.id).collect())
        }
        TypeKind::Object(object) => {
            let fields = object.fields.iter();
            let fields = fields.filter(|field| types.custom.of_field(field).is_none());
            let mut parts: Vec<TypeId> = fields.map(|field| field.ty.id).collect();
            let own = match object.additional {
                _ if !types.keeps_others(id) => 0,
                Additional::Typed(values) if object.patterns.is_empty() => {
                    parts.push(values.id);
                    HEAP
                }
                Additional::Typed(_) | Additional::Open | Additional::Closed => ANY | HEAP,
            };
            (own, parts)
        }
        TypeKind::Union(union) => {
            let alternatives = union.alternatives.iter();
            (0, alternatives.map(|one| one.ty).collect())
        }
        TypeKind::Alias(target) => (0, vec![target.id]),
    }
}
