//! Which values can be told from each other once Apex holds them. What a class has no field for is dropped when it is
//! read, and of a point in time the offset and what is less than a millisecond: two such values may be one in Apex, so that
//! nothing can be asked of their being different.

use super::types::{Holder, Scalar, TypeMap};
use crate::ir::{Additional, ObjectType, TypeGraph, TypeId, TypeKind};

/// For each type whether values that differ may be held by equal ones: where properties without a field are dropped, and
/// where they are kept. Empty where no schema asks for entries that differ.
pub(super) fn blurred(graph: &TypeGraph<'_>, types: &TypeMap) -> [Vec<bool>; 2] {
    let asks = |kind: &TypeKind<'_>| {
        matches!(kind, TypeKind::Array(array) if array.unique)
            || matches!(kind, TypeKind::Tuple(tuple) if tuple.unique)
    };
    if !graph.types.iter().any(|def| asks(&def.kind)) {
        return [Vec::new(), Vec::new()];
    }
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); graph.types.len()];
    for (id, def) in graph.iter() {
        for part in parts(&def.kind) {
            users[part.0 as usize].push(id);
        }
    }
    [false, true].map(|keeps_others| {
        let mut found = vec![false; graph.types.len()];
        let drops = |object: &ObjectType<'_>| {
            object.additional != Additional::Closed || !object.patterns.is_empty()
        };
        let blurs = |id: &TypeId| {
            let is_open = matches!(&graph.get(*id).kind, TypeKind::Object(object) if drops(object));
            is_open && !keeps_others || types.holder(*id) == Holder::Scalar(Scalar::Datetime)
        };
        let all = graph.iter().map(|(id, _)| id);
        let mut work: Vec<TypeId> = all.filter(blurs).collect();
        while let Some(id) = work.pop() {
            // JSON text says all of a value.
            let is_text = types.holder(id) == Holder::Scalar(Scalar::JsonText);
            if !is_text && !found[id.0 as usize] {
                found[id.0 as usize] = true;
                work.extend(&users[id.0 as usize]);
            }
        }
        found
    })
}

/// The types of the values that a value of a type has inside.
fn parts(kind: &TypeKind<'_>) -> Vec<TypeId> {
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
