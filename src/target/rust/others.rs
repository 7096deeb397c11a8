//! Which structs have a field for the properties that have none of their own.
//!
//! A schema that leaves an object open may still speak of what it does not name: `oneOf` of two `required`, a count of
//! properties, `uniqueItems` around it. Where such a property were dropped, what is written could be a value that the schema
//! refuses. So these are kept even where unknown properties are ignored.

mod demands;
mod rivals;

use super::config::{RustConfig, UnknownFields};
use super::rules;
use super::types::parts;
use crate::hash::{HashMap, HashSet};
use crate::ir::check::{Check, Rule};
use crate::ir::{Additional, CheckId, Matching, ObjectType, TypeDef, TypeGraph, TypeId, TypeKind};
use demands::Demands;

/// How many pairs of a type and a check are looked at. With more, every open object keeps its properties.
const MAX_PAIRS: usize = 1_000_000;

/// How often the alternatives of all unions are looked at. With more, every open object keeps its properties.
const MAX_ROUNDS: usize = 32;

/// For each type, whether it is a struct that has a field for other properties.
pub(super) fn keepers(graph: &TypeGraph<'_>, config: &RustConfig) -> Vec<bool> {
    let unknown = config.unknown_fields;
    let keeps = |object: &ObjectType<'_>| match object.additional {
        Additional::Typed(_) => true,
        Additional::Closed => !object.patterns.is_empty(),
        Additional::Open => unknown == UnknownFields::Keep,
    };
    let kinds = graph.iter().map(|(_, def)| &def.kind);
    let keeps = kinds.map(|kind| matches!(kind, TypeKind::Object(object) if keeps(object)));
    let keeps = keeps.collect();
    let may_keep = |(_, def): (TypeId, &TypeDef<'_>)| is_open(&def.kind);
    if unknown != UnknownFields::Ignore || !graph.iter().any(may_keep) {
        return keeps;
    }
    let checks = graph.checks.list.iter();
    let mut walk = Walk {
        graph,
        demands: Demands::new(graph),
        fields: HashMap::default(),
        is_about_parts: checks.map(is_about_parts).collect(),
        partial: partial(graph),
        keeps,
        met: HashSet::default(),
        work: Vec::new(),
        whole: Vec::new(),
    };
    walk.start();
    walk.run();
    // What is kept beside the fields may be what an alternative needs, so that there are more of them to look at.
    for _ in 0..MAX_ROUNDS {
        let before = walk.keeps.clone();
        walk.alternatives(&before);
        walk.run();
        if walk.keeps == before {
            return before;
        }
    }
    walk.keep_all();
    walk.keeps
}

/// How many fields are looked at one by one.
const FEW: usize = 64;

struct Walk<'w, 's> {
    graph: &'w TypeGraph<'s>,
    demands: Demands<'w, 's>,
    /// By name, for objects of many fields of which somebody has looked for one that was not at hand.
    fields: HashMap<TypeId, HashMap<&'s str, usize>>,
    /// For each check whether it may ask something of what values are made of.
    is_about_parts: Vec<bool>,
    /// For each type whether it is a union whose alternatives have checks that nothing says of them.
    partial: Vec<bool>,
    keeps: Vec<bool>,
    met: HashSet<(TypeId, CheckId)>,
    work: Vec<(TypeId, CheckId)>,
    /// Types whose values are compared as they are, so that no part of them may be missing.
    whole: Vec<TypeId>,
}

impl<'s> Walk<'_, 's> {
    fn start(&mut self) {
        for (id, def) in self.graph.iter() {
            if let TypeKind::Array(array) = &def.kind
                && array.unique
            {
                self.whole.push(array.items.id);
            }
            if rules::is_checked(def) {
                def.checks.iter().for_each(|check| self.insert(id, *check));
            }
        }
    }

    /// What one alternative of a `oneOf` drops may be what kept the value out of another one.
    fn alternatives(&mut self, keeps: &[bool]) {
        let graph = self.graph;
        for (_, def) in graph.iter() {
            if let TypeKind::Union(union) = &def.kind
                && union.matching == Matching::One
                && union.tag.is_none()
            {
                rivals::for_each(graph, union, keeps, |one, other| {
                    let checks = &graph.get(other).checks;
                    checks.iter().for_each(|check| self.add(one, *check));
                    self.met.len() < MAX_PAIRS
                });
            }
        }
    }

    /// Looks at a check that a type comes to from elsewhere. Its own are looked at from the start, or its shape says them: then
    /// what it drops is nothing that they speak of.
    fn add(&mut self, id: TypeId, check: CheckId) {
        if !self.graph.get(id).checks.contains(&check) {
            self.insert(id, check);
        }
    }

    fn insert(&mut self, id: TypeId, check: CheckId) {
        let is_about_parts = self.is_about_parts[check.0 as usize];
        if is_about_parts && self.met.len() < MAX_PAIRS && self.met.insert((id, check)) {
            self.work.push((id, check));
        }
    }

    fn run(&mut self) {
        while let Some((id, check)) = self.work.pop() {
            self.pair(id, check);
        }
        if self.met.len() >= MAX_PAIRS {
            self.keep_all();
        }
        let mut met: HashSet<TypeId> = HashSet::default();
        while let Some(id) = self.whole.pop() {
            if met.insert(id) {
                self.keep(id);
                parts(&self.graph.get(id).kind, &mut |part| self.whole.push(part));
            }
        }
    }

    fn keep_all(&mut self) {
        self.graph.iter().for_each(|(id, _)| self.keep(id));
    }

    fn keep(&mut self, id: TypeId) {
        self.keeps[id.0 as usize] |= is_open(&self.graph.get(id).kind);
    }

    fn pair(&mut self, id: TypeId, check: CheckId) {
        match &self.graph.get(id).kind {
            TypeKind::Alias(target) => self.add(target.id, check),
            // What the shape of a value of one JSON type does not say is left to the whole, and so are other unions.
            TypeKind::Union(union)
                if union.matching == Matching::Disjoint || self.partial[id.0 as usize] =>
            {
                let alternatives = union.alternatives.iter();
                alternatives.for_each(|one| self.insert(one.ty, check));
            }
            TypeKind::Union(union) => {
                let alternatives = union.alternatives.iter();
                alternatives.for_each(|one| self.add(one.ty, check));
            }
            // What fails whether or not something is dropped speaks of nothing that is.
            _ if self.demands.exclude(id, check) => {}
            _ => {
                for rule in &self.graph.checks.get(check).rules {
                    self.rule(id, rule);
                }
            }
        }
    }

    fn rule(&mut self, id: TypeId, rule: &Rule<'_>) {
        match rule {
            Rule::Never
            | Rule::Kinds(_)
            | Rule::Number(_)
            | Rule::Length(_)
            | Rule::Pattern(_)
            | Rule::Format(_)
            | Rule::ItemCount(_) => {}
            Rule::Values(values) => {
                if values.iter().any(|one| one.is_object() || one.is_array()) {
                    self.whole.push(id);
                }
            }
            Rule::Unique => parts(&self.graph.get(id).kind, &mut |part| self.whole.push(part)),
            Rule::Items(first, rest) => {
                first
                    .iter()
                    .chain(rest)
                    .for_each(|one| self.elements(id, *one));
            }
            Rule::Contains(one, _) | Rule::UnevaluatedItems(one) => self.elements(id, *one),
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                let mut near = 0;
                for (name, one) in named {
                    near = self.property(id, near, name, *one);
                }
                let others = patterns.iter().map(|(_, one)| one).chain(additional);
                others.for_each(|one| self.others(id, *one));
            }
            Rule::Required(names) => self.mentions(id, names),
            Rule::PropertyCount(_) => self.keep(id),
            Rule::Names(one) | Rule::UnevaluatedProperties(one) => self.others(id, *one),
            Rule::DependentRequired(all) => {
                for (name, names) in all {
                    self.mentions(id, &[name]);
                    self.mentions(id, names);
                }
            }
            Rule::DependentSchemas(all) => {
                for (name, one) in all {
                    self.mentions(id, &[name]);
                    self.add(id, *one);
                }
            }
            Rule::All(all) | Rule::Any(all) | Rule::One(all) => {
                all.iter().for_each(|one| self.add(id, *one));
            }
            Rule::Not(one) => self.add(id, *one),
            Rule::If(condition, then, otherwise) => {
                let then = then.filter(|_| !self.demands.exclude(id, *condition));
                let all = [Some(*condition), then, *otherwise];
                all.into_iter().flatten().for_each(|one| self.add(id, one));
            }
        }
    }

    /// A check of elements: of any of them, since positions do not matter for what is dropped.
    fn elements(&mut self, id: TypeId, check: CheckId) {
        let kind = &self.graph.get(id).kind;
        if matches!(kind, TypeKind::Array(_) | TypeKind::Tuple(_)) {
            parts(kind, &mut |part| self.add(part, check));
        }
    }

    /// A check of a property, which mostly has this place among the fields; gives the place that the next one mostly has.
    fn property(&mut self, id: TypeId, near: usize, name: &str, check: CheckId) -> usize {
        match &self.graph.get(id).kind {
            TypeKind::Object(object) => match self.field(id, object, near, name) {
                Some(field) => {
                    self.add(object.fields[field].ty.id, check);
                    return field + 1;
                }
                None => self.unnamed(object, id, check),
            },
            TypeKind::Map(map) => self.add(map.values.id, check),
            _ => {}
        }
        near
    }

    /// A check of a property that has no field.
    fn unnamed(&mut self, object: &ObjectType<'_>, id: TypeId, check: CheckId) {
        if self.graph.checks.get(check).rules.is_empty() {
            return;
        }
        self.keep(id);
        if let Additional::Typed(used) = &object.additional {
            self.add(used.id, check);
        }
    }

    /// A check of properties that it does not name.
    fn others(&mut self, id: TypeId, check: CheckId) {
        if self.graph.checks.get(check).rules.is_empty() {
            return;
        }
        self.keep(id);
        let kind = &self.graph.get(id).kind;
        if matches!(kind, TypeKind::Object(_) | TypeKind::Map(_)) {
            parts(kind, &mut |part| self.add(part, check));
        }
    }

    fn mentions(&mut self, id: TypeId, names: &[&str]) {
        let TypeKind::Object(object) = &self.graph.get(id).kind else {
            return;
        };
        if self.keeps[id.0 as usize] || object.additional != Additional::Open {
            return;
        }
        let mut near = 0;
        for name in names {
            match self.field(id, object, near, name) {
                Some(field) => near = field + 1,
                None => return self.keep(id),
            }
        }
    }

    /// The place of the field for a property.
    fn field(
        &mut self,
        id: TypeId,
        object: &ObjectType<'s>,
        near: usize,
        name: &str,
    ) -> Option<usize> {
        if let Some(field) = object.fields.get(near)
            && field.wire == name
        {
            return Some(near);
        }
        let mut wires = object.fields.iter().map(|field| field.wire);
        if object.fields.len() <= FEW {
            return wires.position(|wire| wire == name);
        }
        let fields = self.fields.entry(id);
        let fields = fields.or_insert_with(|| wires.zip(0..).collect());
        fields.get(name).copied()
    }
}

/// Which unions are partial, or are alternatives of one that is.
fn partial(graph: &TypeGraph<'_>) -> Vec<bool> {
    let mut partial = vec![false; graph.iter().count()];
    let is_partial = |kind: &TypeKind<'_>| matches!(kind, TypeKind::Union(one) if one.is_partial);
    let all = graph.iter().filter(|(_, def)| is_partial(&def.kind));
    let mut work: Vec<TypeId> = all.map(|(id, _)| id).collect();
    while let Some(id) = work.pop() {
        if let TypeKind::Union(union) = &graph.get(id).kind
            && !std::mem::replace(&mut partial[id.0 as usize], true)
        {
            work.extend(union.alternatives.iter().map(|one| one.ty));
        }
    }
    partial
}

/// Whether a type drops the properties that it has no field for, where they are not kept.
fn is_open(kind: &TypeKind<'_>) -> bool {
    matches!(kind, TypeKind::Object(object) if object.additional == Additional::Open)
}

/// Whether a check may ask something of what values are made of.
fn is_about_parts(check: &Check<'_>) -> bool {
    check.rules.iter().any(|rule| match rule {
        Rule::Never
        | Rule::Kinds(_)
        | Rule::Number(_)
        | Rule::Length(_)
        | Rule::Pattern(_)
        | Rule::Format(_)
        | Rule::ItemCount(_) => false,
        Rule::Values(values) => values.iter().any(|one| one.is_object() || one.is_array()),
        _ => true,
    })
}
