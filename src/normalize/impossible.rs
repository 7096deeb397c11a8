//! Shapes that no value has, because a part that must be there has none.
//!
//! A union of alternatives that each name their kind meets another one: what becomes of the pairs that name different kinds is
//! an object whose kind is nothing. No value is such an object, so that it is no alternative either.

use std::collections::BTreeSet;

use super::{ArrayShape, DocumentNodes, Node, NodeId, ObjectShape, Rest, Shape, UnionShape};
use crate::hash::{HashMap, HashSet};
use crate::schema::kinds::{Kind, KindSet};

/// A node that no value has, and because of which others have none.
pub(super) struct Reason<'s> {
    pub node: NodeId,
    /// The properties that have to be there and would be values of it.
    pub required: BTreeSet<&'s str>,
}

/// Takes the shapes that no value has for what they are. Gives the nodes that are the reason: schemas that contradict
/// themselves, and such that contradict each other where not only an alternative falls away.
pub(super) fn rule_out<'s>(
    nodes: &mut [Node<'s>],
    documents: &[DocumentNodes<'_>],
) -> Vec<Reason<'s>> {
    let ids = (0..).map(NodeId);
    let never = ids.zip(nodes.iter());
    let never = never.filter(|(_, node)| matches!(node.shape, Shape::Never) && !node.nullable);
    let never: Vec<NodeId> = never.map(|(id, _)| id).collect();
    if never.is_empty() {
        return Vec::new();
    }
    let without = without_value(nodes, never.clone());
    let is_possible = |id: NodeId| nodes[id.0 as usize].nullable || !without.contains(&id);
    let reached = reached(nodes, documents, &is_possible);
    let is_reason = |id: &NodeId| reached.contains(id) || nodes[id.0 as usize].is_whole;
    let reasons = with_names(nodes, never.into_iter().filter(is_reason).collect());
    let mut changed = Vec::new();
    for (node, index) in nodes.iter().zip(0..) {
        if let Shape::Union(union) = &node.shape
            && !without.contains(&NodeId(index))
            && !union.alternatives.iter().all(|one| is_possible(one.node))
        {
            let only = only_alternative(union, &is_possible).filter(|_| node.unsaid.is_empty());
            let possible = union
                .alternatives
                .iter()
                .map(|one| one.node)
                .filter(|id| is_possible(*id));
            changed.push((NodeId(index), only, possible.collect::<Vec<_>>()));
        }
    }
    // Parts come after what holds them, mostly.
    for (id, only, possible) in changed.into_iter().rev() {
        let kinds = possible.iter().map(|id| kinds_of(&nodes[id.0 as usize]));
        let kinds = kinds.fold(KindSet::NONE, KindSet::union);
        let node = &mut nodes[id.0 as usize];
        node.kinds = node.kinds.intersect(kinds);
        if let Some(only) = only {
            node.shape = Shape::Same(only);
        }
    }
    for id in without {
        let node = &mut nodes[id.0 as usize];
        // Its keywords are about values that it does not have.
        node.unsaid.clear();
        let is_null = std::mem::take(&mut node.nullable);
        (node.shape, node.kinds) = match is_null {
            true => (Shape::Null, KindSet::of(Kind::Null)),
            false => (Shape::Never, KindSet::NONE),
        };
    }
    reasons
}

/// The properties that have to be there and would be values of these nodes.
fn with_names<'s>(nodes: &[Node<'s>], reasons: Vec<NodeId>) -> Vec<Reason<'s>> {
    let mut required: HashMap<NodeId, BTreeSet<&'s str>> =
        reasons.iter().map(|id| (*id, BTreeSet::new())).collect();
    for node in nodes {
        let Shape::Object(object) = &node.shape else {
            continue;
        };
        for property in object.properties.iter().filter(|one| one.required) {
            if let Some(names) = required.get_mut(&property.node) {
                names.insert(property.name);
            }
        }
    }
    let reason = |node| Reason {
        node,
        required: required.remove(&node).unwrap_or_default(),
    };
    reasons.into_iter().map(reason).collect()
}

/// The JSON types that values of a node have.
fn kinds_of(node: &Node<'_>) -> KindSet {
    match node.nullable {
        true => node.kinds.union(KindSet::of(Kind::Null)),
        false => node.kinds,
    }
}

/// The nodes whose shapes have no value, from those that are known. Null may be accepted beside them.
fn without_value(nodes: &[Node<'_>], never: Vec<NodeId>) -> HashSet<NodeId> {
    let mut users: HashMap<NodeId, Vec<NodeId>> = HashMap::default();
    for (node, index) in nodes.iter().zip(0..) {
        for part in decisive(&node.shape) {
            users.entry(part).or_default().push(NodeId(index));
        }
    }
    let mut without: HashSet<NodeId> = never.iter().copied().collect();
    let mut left: HashMap<NodeId, usize> = HashMap::default();
    let mut work = never;
    while let Some(id) = work.pop() {
        for user in users.get(&id).into_iter().flatten() {
            let node = &nodes[user.0 as usize];
            if let Shape::Union(union) = &node.shape {
                let left = left.entry(*user).or_insert(union.alternatives.len());
                *left -= 1;
                if *left > 0 {
                    continue;
                }
            }
            if without.insert(*user) && !node.nullable {
                work.push(*user);
            }
        }
    }
    without
}

/// The nodes without which a shape has no value: each of them, or all alternatives of a union.
fn decisive(shape: &Shape<'_>) -> Vec<NodeId> {
    match shape {
        Shape::Same(node) => vec![*node],
        Shape::Array(array) => needed(array).collect(),
        Shape::Object(object) => {
            let required = object.properties.iter().filter(|one| one.required);
            required.map(|one| one.node).collect()
        }
        Shape::Union(union) => union.alternatives.iter().map(|one| one.node).collect(),
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::String(_)
        | Shape::Enum(_)
        | Shape::Literal(_) => Vec::new(),
    }
}

/// The elements that every such array has.
fn needed(array: &ArrayShape) -> impl Iterator<Item = NodeId> {
    let least = array.size.min.unwrap_or(0);
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    let rest = array.rest.filter(|_| least > array.prefix.len());
    array.prefix.iter().copied().take(least).chain(rest)
}

/// The only alternative that a union has left of several; what a schema does not speak of is none.
fn only_alternative(
    union: &UnionShape<'_>,
    is_possible: &impl Fn(NodeId) -> bool,
) -> Option<NodeId> {
    let alternatives = union.alternatives.iter();
    let mut possible = alternatives.filter(|one| is_possible(one.node));
    let (only, others) = (possible.next()?, possible.next());
    let is_told = union.tag.is_some();
    (others.is_none() && !only.implied && !is_told).then_some(only.node)
}

/// The nodes that documents use, without alternatives that no value has where another one has some.
fn reached(
    nodes: &[Node<'_>],
    documents: &[DocumentNodes<'_>],
    is_possible: &impl Fn(NodeId) -> bool,
) -> HashSet<NodeId> {
    let roots = documents.iter().flat_map(|document| {
        let root = document.root.iter().map(|root| root.node);
        root.chain(document.definitions.iter().copied())
    });
    let mut work: Vec<NodeId> = roots.collect();
    let mut reached: HashSet<NodeId> = HashSet::default();
    while let Some(id) = work.pop() {
        if !reached.insert(id) {
            continue;
        }
        match &nodes[id.0 as usize].shape {
            Shape::Same(node) => work.push(*node),
            Shape::Array(array) => work.extend(array.prefix.iter().copied().chain(array.rest)),
            Shape::Object(object) => work.extend(parts(object)),
            Shape::Union(union) => {
                let all = || union.alternatives.iter().map(|one| one.node);
                let any = all().any(is_possible);
                work.extend(all().filter(|id| !any || is_possible(*id)));
            }
            Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::String(_)
            | Shape::Enum(_)
            | Shape::Literal(_) => {}
        }
    }
    reached
}

fn parts(object: &ObjectShape<'_>) -> impl Iterator<Item = NodeId> {
    let additional = match object.additional {
        Rest::Typed(node) => Some(node),
        Rest::Open | Rest::Closed => None,
    };
    let named = object.properties.iter().map(|one| one.node);
    let patterns = object.patterns.iter().map(|(_, node)| *node);
    named.chain(patterns).chain(additional).chain(object.names)
}
