//! Which other alternative of a `oneOf` a value may come to fit where it loses properties that it has no field for.

use super::{Matching, TypeGraph, TypeId, TypeKind};
use crate::hash::{HashMap, HashSet};
use crate::ir::check::Rule;
use crate::ir::{EnumType, Field, UnionType};

/// The most types that the alternatives of one union are taken apart into: unions may stand in each other in a long row.
const MOST_LEAVES: usize = 10_000;

/// Shows pairs of types such that what the first one drops may be what kept a value out of the second one, which is in another
/// alternative of the union, until one is refused. Types that keep properties without a field may have any property.
pub(super) fn for_each(
    graph: &TypeGraph<'_>,
    union: &UnionType<'_>,
    keeps: &[bool],
    mut show: impl FnMut(TypeId, TypeId) -> bool,
) {
    let leaves = leaves(graph, union);
    let known = Known::new(graph, &leaves);
    for one in &leaves {
        let keeps = keeps[one.ty.0 as usize];
        let goes_on = known.like(graph, one.ty, keeps).all(|at| {
            let other = &leaves[at];
            one.alternative == other.alternative
                || !may_become(graph, one.ty, other.ty, keeps)
                || show(one.ty, other.ty)
        });
        if !goes_on {
            return;
        }
    }
}

/// A type that is an alternative, or part of one.
struct Leaf {
    /// The type of the alternative.
    alternative: TypeId,
    ty: TypeId,
}

/// The alternatives, and instead of a union its own: but for a `oneOf` without a tag, which a value may also come to fit
/// because it fits fewer of its alternatives than before.
fn leaves(graph: &TypeGraph<'_>, union: &UnionType<'_>) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for alternative in &union.alternatives {
        let mut met = HashSet::default();
        let mut waiting = vec![alternative.ty];
        while let Some(ty) = waiting.pop() {
            match &graph.get(ty).kind {
                TypeKind::Union(inner)
                    if leaves.len() < MOST_LEAVES && is_sum(graph, ty, inner) =>
                {
                    // Each union once: it may be an alternative of its own.
                    if met.insert(ty) {
                        waiting.extend(inner.alternatives.iter().map(|one| one.ty));
                    }
                }
                _ => leaves.push(Leaf {
                    alternative: alternative.ty,
                    ty,
                }),
            }
        }
    }
    leaves
}

/// Whether a union takes what one of its alternatives takes, and nothing is said beside them.
fn is_sum(graph: &TypeGraph<'_>, id: TypeId, union: &UnionType<'_>) -> bool {
    let checks = graph.get(id).checks.iter();
    let mut rules = checks.flat_map(|check| &graph.checks.get(*check).rules);
    (union.matching != Matching::One || union.tag.is_some())
        && rules.all(|rule| matches!(rule, Rule::Kinds(_) | Rule::Any(_) | Rule::One(_)))
}

/// Whether an object may have all that another one needs.
fn may_become(graph: &TypeGraph<'_>, one: TypeId, other: TypeId, keeps: bool) -> bool {
    let (TypeKind::Object(one), TypeKind::Object(other)) =
        (&graph.get(one).kind, &graph.get(other).kind)
    else {
        return true;
    };
    let mut needed = other.fields.iter().filter(|field| field.required);
    needed.all(|needed| {
        let mut fields = one.fields.iter();
        let field = fields.find(|field| field.wire == needed.wire);
        field.map_or(keeps, |field| may_be_equal(graph, field, needed))
    })
}

fn may_be_equal(graph: &TypeGraph<'_>, one: &Field<'_>, other: &Field<'_>) -> bool {
    match (texts(graph, one), texts(graph, other)) {
        (Some(one), Some(other)) => one.values.iter().any(|text| {
            let mut others = other.values.iter();
            others.any(|other| other.wire == text.wire)
        }),
        _ => true,
    }
}

/// The texts that a property is one of.
pub(super) fn texts<'g, 's>(
    graph: &'g TypeGraph<'s>,
    field: &Field<'s>,
) -> Option<&'g EnumType<'s>> {
    match &graph.get(field.ty.id).kind {
        TypeKind::Enum(texts) if !field.ty.nullable => Some(texts),
        _ => None,
    }
}

/// Leaves by what an object must have to be like them. Positions are those in the list of leaves.
struct Known<'s> {
    /// What needs no property, so that any value may come to fit it as far as is known.
    undemanding: Vec<usize>,
    /// By the property that the fewest objects have among those that one needs, and by its text if it has only one.
    needing: HashMap<&'s str, HashMap<Option<&'s str>, Vec<usize>>>,
}

impl<'s> Known<'s> {
    fn new(graph: &TypeGraph<'s>, leaves: &[Leaf]) -> Self {
        let mut uses: HashMap<(&str, Option<&str>), usize> = HashMap::default();
        for leaf in leaves {
            for field in needed(graph, leaf.ty) {
                *uses
                    .entry((field.wire, only_text(graph, field)))
                    .or_default() += 1;
            }
        }
        let mut known = Self {
            undemanding: Vec::new(),
            needing: HashMap::default(),
        };
        for (at, leaf) in leaves.iter().enumerate() {
            let told = needed(graph, leaf.ty).map(|field| (field.wire, only_text(graph, field)));
            match told.min_by_key(|told| uses.get(told)) {
                Some((wire, text)) => {
                    let by_text = known.needing.entry(wire).or_default();
                    by_text.entry(text).or_default().push(at);
                }
                None => known.undemanding.push(at),
            }
        }
        known
    }

    /// The leaves that values of a type may come to fit, as far as one property tells.
    fn like<'k>(
        &'k self,
        graph: &'k TypeGraph<'s>,
        id: TypeId,
        keeps: bool,
    ) -> Box<dyn Iterator<Item = usize> + 'k> {
        let undemanding = self.undemanding.iter().copied();
        match &graph.get(id).kind {
            TypeKind::Object(_) if keeps => Box::new(undemanding.chain(self.objects())),
            TypeKind::Object(object) => {
                let fields = object.fields.iter();
                Box::new(undemanding.chain(fields.flat_map(|field| self.needing(graph, field))))
            }
            TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Array(_)
            | TypeKind::Tuple(_) => Box::new(undemanding),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Literal(_)
            | TypeKind::Map(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => Box::new(undemanding.chain(self.objects())),
        }
    }

    /// The leaves that need some property.
    fn objects(&self) -> impl Iterator<Item = usize> {
        let all = self.needing.values().flat_map(HashMap::values);
        all.flatten().copied()
    }

    /// The leaves that need a property, with a text that it may have here.
    fn needing<'k>(
        &'k self,
        graph: &'k TypeGraph<'s>,
        field: &'k Field<'s>,
    ) -> impl Iterator<Item = usize> {
        let by_text = self.needing.get(field.wire);
        let own = texts(graph, field);
        let told = by_text.into_iter().flat_map(move |by_text| {
            let found: Box<dyn Iterator<Item = &'k Vec<usize>>> = match own {
                Some(texts) => {
                    let own = texts.values.iter().map(|text| Some(text.wire));
                    Box::new(own.chain([None]).filter_map(|text| by_text.get(&text)))
                }
                None => Box::new(by_text.values()),
            };
            found
        });
        told.flatten().copied()
    }
}

/// The properties without which a value is not of this type.
fn needed<'g, 's>(graph: &'g TypeGraph<'s>, id: TypeId) -> impl Iterator<Item = &'g Field<'s>> {
    let fields = match &graph.get(id).kind {
        TypeKind::Object(object) => object.fields.as_slice(),
        _ => &[],
    };
    fields.iter().filter(|field| field.required)
}

fn only_text<'s>(graph: &TypeGraph<'s>, field: &Field<'s>) -> Option<&'s str> {
    match texts(graph, field)?.values.as_slice() {
        [only] => Some(only.wire),
        _ => None,
    }
}
