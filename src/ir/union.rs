//! Unions: their alternatives, and what those are called.

use super::convert::Converter;
use super::titles::is_name;
use super::{Alternative, Matching, Part, Tag, TypeDef, TypeId, TypeKind, UnionType};
use crate::normalize::{Choice, Shape, UnionShape};
use crate::schema::kinds::{Kind, KindSet};

impl<'s> Converter<'_, 's> {
    pub(super) fn union(&mut self, union: &UnionShape<'s>, id: TypeId) -> TypeKind<'s> {
        if union.is_shared {
            self.sharing.push(id);
        }
        let mut alternatives = Vec::new();
        let positions = self.possible(union);
        let choices: Vec<&Choice<'s>> = positions
            .iter()
            .map(|at| &union.alternatives[*at])
            .collect();
        let told = self.told_by_kind(&choices);
        for (choice, index) in choices.into_iter().zip(0..) {
            let (target, _) = self.follow(choice.node);
            let target = &self.graph.nodes[target.0 as usize];
            let name = match (self.label(choice), single_kind(target.kinds)) {
                (Some(label), _) if is_name(label) => Part::Variant(label),
                _ if choice.implied => Part::Variant("other"),
                (_, Some(kind)) if union.matching == Matching::Disjoint => Part::Variant(kind),
                _ => match told.get(index).copied().flatten() {
                    Some(name) => Part::Variant(name),
                    None => Part::Alternative(index),
                },
            };
            let used = self.reference(choice.node, id, name);
            alternatives.push(Alternative {
                ty: used.id,
                name,
                tag_value: None,
                kinds: if self.may_take_null(choice.node) {
                    target.kinds.union(KindSet::of(Kind::Null))
                } else {
                    target.kinds
                },
                nullable: used.nullable,
                implied: choice.implied,
            });
        }
        TypeKind::Union(UnionType {
            alternatives,
            matching: union.matching,
            is_partial: union.is_partial,
            tag: union.tag.as_ref().map(|tag| Tag {
                property: tag.property,
                texts: positions
                    .iter()
                    .filter_map(|at| tag.texts.get(*at))
                    .cloned()
                    .collect(),
                is_told: true,
                is_family: tag.is_family,
            }),
        })
    }

    /// The positions of the alternatives that some value fits; all of them where there is no such alternative.
    fn possible(&self, union: &UnionShape<'s>) -> Vec<usize> {
        let all = 0..union.alternatives.len();
        let some = all.clone().filter(|at| {
            let (node, is_nullable) = self.follow(union.alternatives[*at].node);
            is_nullable || !matches!(self.graph.nodes[node.0 as usize].shape, Shape::Never)
        });
        let some: Vec<usize> = some.collect();
        if some.is_empty() { all.collect() } else { some }
    }

    /// Names for the alternatives of a union after the kinds of their values, where no two have the same; a list of
    /// texts beside any text is `known`, and that is `other`.
    fn told_by_kind(&self, choices: &[&Choice<'s>]) -> Vec<Option<&'static str>> {
        let none = || vec![None; choices.len()];
        let mut names = Vec::new();
        for choice in choices {
            let (node, _) = self.follow(choice.node);
            let node = &self.graph.nodes[node.0 as usize];
            let kinds = node.kinds.without(KindSet::of(Kind::Null));
            match single_kind(kinds) {
                Some(kind) => names.push((kind, &node.shape)),
                None if choice.implied => names.push(("other", &node.shape)),
                None => return none(),
            }
        }
        let count = |kind: &str| names.iter().filter(|(other, _)| *other == kind).count();
        let texts = names.iter().filter(|(kind, _)| *kind == "string");
        let lists = texts
            .filter(|(_, shape)| matches!(shape, Shape::Enum(_)))
            .count();
        let mut found = Vec::new();
        for (kind, shape) in &names {
            found.push(match (*kind, count(kind), shape) {
                (kind, 1, _) => Some(kind),
                ("string", 2, Shape::Enum(_)) if lists == 1 => Some("known"),
                ("string", 2, Shape::String(_)) if lists == 1 => Some("other"),
                _ => return none(),
            });
        }
        found
    }
}

/// Says that a `oneOf` takes a check, where its alternatives hold the `oneOf` too: one that is checked refuses a value
/// that fits another as well, and leaves that the only one. Where no value can fit two of them, nothing is left to check.
pub(super) fn leave_one_of_unsaid(def: &mut TypeDef<'_>) {
    let TypeKind::Union(union) = &def.kind else {
        return;
    };
    let is_exact = union.matching != Matching::One || union.tag.is_some() || union.differ_in_kind();
    if !is_exact && !def.unsaid.contains(&"oneOf") {
        def.unsaid.push("oneOf");
        def.unsaid.sort_unstable();
    }
}

fn single_kind(kinds: KindSet) -> Option<&'static str> {
    if kinds == KindSet::NUMBER {
        return Some("number");
    }
    let mut kinds = kinds.iter();
    let kind = kinds.next()?;
    kinds.next().is_none().then(|| kind.as_str())
}
