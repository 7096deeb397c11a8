//! Which values can be told from each other once Apex holds them. What a class has no field for is dropped when it is
//! read, and of a point in time the offset and what is less than a millisecond: two such values may be one in Apex, so that
//! nothing can be asked of their being different.

use super::types::{Holder, Scalar, TypeMap, parts};
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
