//! Which rules a valid value may break once it has lost the properties that its classes have no fields for.
//!
//! Rules are checked on the JSON that a class writes. One that wants a property which the class does not keep would refuse every
//! value, those that were read from valid JSON too.

use std::rc::Rc;

use super::decided::decided;
use crate::hash::{HashMap, HashSet};
use crate::ir::check::Rule;
use crate::ir::{CheckId, TypeGraph, TypeId, TypeKind, TypeRef};
use crate::target::apex::names::may_have_others;
use crate::target::apex::types::{Holder, TypeMap, parts, stated};

/// How often checks are looked at, for all types together. What is beyond counts as lost: it is not checked.
const MOST_LOOKED: usize = 1_000_000;
/// How many checks are followed from one to the next. What is beyond counts as lost, too.
const MAX_DEPTH: usize = 200;

/// What a class keeps of an object.
#[derive(Default)]
struct Kept<'s> {
    /// The type of each property that there is a field for.
    fields: HashMap<&'s str, TypeId>,
    /// Whether there may be others, which are dropped.
    may_lose: bool,
}

impl Kept<'_> {
    /// Whether one of these properties is dropped.
    fn loses(&self, names: &[&str]) -> bool {
        self.may_lose && !names.iter().all(|name| self.fields.contains_key(name))
    }
}

/// Asks what rules say of the values of types.
pub(super) struct Lost<'g, 's> {
    graph: &'g TypeGraph<'s>,
    types: &'g TypeMap,
    /// The types and checks that are known to ask for nothing that is lost, with whether the check holds or does not.
    seen: HashSet<(TypeId, CheckId, bool)>,
    kept: HashMap<TypeId, Rc<Kept<'s>>>,
    ends: HashMap<TypeId, Rc<[TypeId]>>,
    left: usize,
    depth: usize,
}

impl<'g, 's> Lost<'g, 's> {
    pub(super) fn new(graph: &'g TypeGraph<'s>, types: &'g TypeMap) -> Self {
        Self {
            graph,
            types,
            seen: HashSet::default(),
            kept: HashMap::default(),
            ends: HashMap::default(),
            left: MOST_LOOKED,
            depth: 0,
        }
    }

    /// Whether a rule that holds for a value of a type may not hold for what classes keep of it.
    pub(super) fn loses(&mut self, id: TypeId, rule: &Rule<'_>) -> bool {
        self.seen.clear();
        let ends = self.ends(id);
        ends.iter().any(|end| self.breaks(*end, rule, true))
    }

    /// The same of one of the types that a value may be, or the other way round: whether a rule that does not hold may hold.
    fn breaks(&mut self, id: TypeId, rule: &Rule<'_>, holds: bool) -> bool {
        let kept = self.kept(id);
        match rule {
            Rule::Required(names) => holds && kept.loses(names),
            Rule::DependentRequired(all) => {
                let mut all = all.iter();
                all.any(|(name, names)| match kept.loses(&[name]) {
                    true => !holds,
                    false => holds && kept.loses(names),
                })
            }
            Rule::DependentSchemas(all) => {
                let mut all = all.iter();
                all.any(|(name, check)| match kept.loses(&[name]) {
                    true => !holds,
                    false => self.any_breaks(id, &[*check], holds),
                })
            }
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                let mut others = patterns.iter().map(|(_, check)| check).chain(additional);
                let is_of_others = !holds && kept.may_lose;
                is_of_others && others.any(|check| self.asks(*check))
                    || named
                        .iter()
                        .any(|(name, check)| match kept.fields.get(name) {
                            Some(of) => self.any_breaks(*of, &[*check], holds),
                            None => !holds && kept.loses(&[name]) && self.asks(*check),
                        })
            }
            Rule::Names(check) => !holds && kept.may_lose && self.asks(*check),
            Rule::All(all) | Rule::Any(all) => self.any_breaks(id, all, holds),
            Rule::One(all) => self.any_breaks(id, all, true) || self.any_breaks(id, all, false),
            Rule::Not(one) => self.any_breaks(id, &[*one], !holds),
            Rule::If(condition, then, otherwise) => {
                let [then, otherwise] = match self.decided(id, *condition) {
                    Some(true) => [then, &None],
                    Some(false) => [&None, otherwise],
                    None => [then, otherwise],
                };
                let mut is_other = |from: bool| self.any_breaks(id, &[*condition], from);
                // What nothing follows from may change.
                if otherwise.is_some() && is_other(true) || then.is_some() && is_other(false) {
                    return true;
                }
                let mut both = [then, otherwise].into_iter().flatten();
                both.any(|one| self.any_breaks(id, &[*one], holds))
            }
            Rule::Items(first, rest) => {
                let checks: Vec<CheckId> = first.iter().chain(rest).copied().collect();
                let mut elements = self.elements(id).into_iter();
                elements.any(|of| self.any_breaks(of, &checks, holds))
            }
            Rule::Contains(one, size) => {
                let mut elements = self.elements(id).into_iter();
                elements.any(|of| {
                    self.any_breaks(of, &[*one], holds)
                        || size.max.is_some() && self.any_breaks(of, &[*one], !holds)
                })
            }
            // To have so many properties, or to be one of some objects, is asked of what there are fields for.
            Rule::Never
            | Rule::Kinds(_)
            | Rule::Values(_)
            | Rule::Number(_)
            | Rule::Length(_)
            | Rule::Pattern(_)
            | Rule::Format(_)
            | Rule::ItemCount(_)
            | Rule::PropertyCount(_)
            | Rule::Unique
            | Rule::UnevaluatedItems(_)
            | Rule::UnevaluatedProperties(_) => false,
        }
    }

    fn any_breaks(&mut self, id: TypeId, checks: &[CheckId], holds: bool) -> bool {
        checks.iter().any(|check| {
            let ends = match self.said_by(id, *check) {
                Some(one) => self.ends(one),
                None => self.ends(id),
            };
            ends.iter()
                .any(|end| self.check_breaks(*end, *check, holds))
        })
    }

    /// The alternative that is what this check says, of a value that may be anything where no rule holds: what passes is read
    /// as that one, which keeps most of it.
    fn said_by(&self, id: TypeId, check: CheckId) -> Option<TypeId> {
        let of = TypeRef {
            id,
            nullable: false,
        };
        let end = self.graph.resolve(of).id;
        let TypeKind::Union(union) = &self.graph.get(end).kind else {
            return None;
        };
        let mut alternatives = stated(self.graph, union).into_iter().map(|(_, id)| id);
        let is_said = |id: &TypeId| self.graph.get(*id).checks.contains(&check);
        alternatives.find(|id| union.is_conditional() && is_said(id))
    }

    fn check_breaks(&mut self, id: TypeId, check: CheckId, holds: bool) -> bool {
        let graph = self.graph;
        // What is known of each value is known of what is kept of it.
        if !self.seen.insert((id, check, holds)) || self.decided(id, check).is_some() {
            return false;
        }
        if self.left == 0 || self.depth == MAX_DEPTH {
            return true;
        }
        self.left -= 1;
        self.depth += 1;
        let mut rules = graph.checks.get(check).rules.iter();
        let is_broken = rules.any(|rule| self.breaks(id, rule, holds));
        self.depth -= 1;
        is_broken
    }

    /// Whether a check holds for all values of a type with a class, or for none, by what the class keeps.
    fn decided(&self, id: TypeId, check: CheckId) -> Option<bool> {
        match &self.graph.get(id).kind {
            TypeKind::Object(object) if self.types.holder(id) == Holder::Class(id) => {
                decided(self.graph, self.types, object, check)
            }
            _ => None,
        }
    }

    /// The types that a value of a type may be, one for each alternative of unions.
    fn ends(&mut self, id: TypeId) -> Rc<[TypeId]> {
        if let Some(known) = self.ends.get(&id) {
            return Rc::clone(known);
        }
        let mut ends = Vec::new();
        let mut met = HashSet::default();
        let mut work = vec![id];
        while let Some(id) = work.pop().map(|id| self.types.end(id)) {
            if !met.insert(id) {
                continue;
            }
            match (&self.graph.get(id).kind, self.types.holder(id)) {
                (TypeKind::Union(union), Holder::Class(_)) => {
                    work.extend(stated(self.graph, union).into_iter().map(|(_, id)| id));
                }
                _ => ends.push(id),
            }
        }
        let ends: Rc<[TypeId]> = ends.into();
        self.ends.insert(id, Rc::clone(&ends));
        ends
    }

    /// What the class of a type keeps.
    fn kept(&mut self, id: TypeId) -> Rc<Kept<'s>> {
        if let Some(known) = self.kept.get(&id) {
            return Rc::clone(known);
        }
        let mut kept = Kept::default();
        if let (TypeKind::Object(object), Holder::Class(_)) =
            (&self.graph.get(id).kind, self.types.holder(id))
        {
            kept.may_lose = may_have_others(object);
            let fields = object.fields.iter();
            kept.fields = fields.map(|field| (field.wire, field.ty.id)).collect();
        }
        let kept = Rc::new(kept);
        self.kept.insert(id, Rc::clone(&kept));
        kept
    }

    /// The types of the elements of a list.
    fn elements(&self, id: TypeId) -> Vec<TypeId> {
        match &self.graph.get(self.types.end(id)).kind {
            kind @ (TypeKind::Array(_) | TypeKind::Tuple(_)) => parts(kind),
            _ => Vec::new(),
        }
    }

    /// Whether a check asks anything.
    fn asks(&self, check: CheckId) -> bool {
        !self.graph.checks.get(check).rules.is_empty()
    }
}
