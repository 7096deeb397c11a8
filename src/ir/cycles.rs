//! Which types contain themselves.

use super::{TypeDef, TypeGraph, TypeId, TypeKind};

/// For each type, the cycle it is on: types with the same number contain one another by value (through
/// fields, alternatives, aliases and tuple positions, not through arrays and maps, which hold their elements
/// apart). `None` for a type that is on no cycle.
#[must_use]
pub fn containment_cycles(graph: &TypeGraph<'_>) -> Vec<Option<u32>> {
    let edges: Vec<Vec<u32>> = graph.types.iter().map(contained).collect();
    components(&edges)
}

/// The types that a value of this type holds in place.
fn contained(def: &TypeDef<'_>) -> Vec<u32> {
    let id = |id: TypeId| id.0;
    match &def.kind {
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Array(_)
        | TypeKind::Map(_) => Vec::new(),
        TypeKind::Tuple(tuple) => tuple.prefix.iter().map(|item| id(item.id)).collect(),
        TypeKind::Object(object) => object.fields.iter().map(|field| id(field.ty.id)).collect(),
        TypeKind::Union(union) => union.alternatives.iter().map(|one| id(one.ty)).collect(),
        TypeKind::Alias(target) => vec![id(target.id)],
    }
}

/// For each node, the cycle it is on, where these edges lead from it; `None` for one that is on no cycle.
///
/// Tarjan's strongly connected components, with a stack of its own: a chain of types may be as long as a
/// document. Components of one node count only where the node has an edge to itself.
pub(crate) fn components(edges: &[Vec<u32>]) -> Vec<Option<u32>> {
    const UNSEEN: u32 = u32::MAX;
    let count = edges.len();
    let (mut index, mut low) = (vec![UNSEEN; count], vec![0_u32; count]);
    let mut on_stack = vec![false; count];
    let mut component = vec![None; count];
    let (mut next_index, mut next_component) = (0, 0);
    let mut stack: Vec<usize> = Vec::new();
    for start in 0..count {
        if index[start] != UNSEEN {
            continue;
        }
        let mut work: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                index[node] = next_index;
                low[node] = next_index;
                next_index += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&target) = edges[node].get(edge) {
                work.push((node, edge + 1));
                let target = target as usize;
                if index[target] == UNSEEN {
                    work.push((target, 0));
                } else if on_stack[target] {
                    low[node] = low[node].min(index[target]);
                }
                continue;
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                let alone = stack.last() == Some(&node);
                let on_cycle = !alone || edges[node].iter().any(|&to| to as usize == node);
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    component[member] = on_cycle.then_some(next_component);
                    if member == node {
                        break;
                    }
                }
                next_component += 1;
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn cycles_are_told_from_chains() {
        let edges = vec![vec![1], vec![2, 3], vec![0], vec![3], vec![2]];
        let found = components(&edges);
        assert!(found[0].is_some() && found[0] == found[1] && found[1] == found[2]);
        assert!(found[3].is_some() && found[3] != found[0]);
        assert_eq!(found[4], None);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let edges: Vec<Vec<u32>> = (1..=200_000)
            .map(|next| vec![next])
            .chain([vec![]])
            .collect();
        assert!(components(&edges).iter().all(Option::is_none));
    }
}
