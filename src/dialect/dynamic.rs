//! What dynamic references mean depends on the way to them: the schemas entered on the way may claim the anchor.
//!
//! A schema is read once for each scope it is reached through. A scope is, for each name of a dynamic anchor, the
//! outermost resource on the way that has it; names that no reference from here on can ask for are left out, so that
//! most schemas have one scope, and all have the same one where there are no dynamic anchors.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::index::{Index, ResourceId};
use super::resolve::decode;
use crate::hash::HashMap;

/// The index of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ScopeId(u32);

impl ScopeId {
    /// The scope in which nothing is bound.
    pub(super) const EMPTY: Self = Self(0);
}

/// The bindings, by name.
type Scope<'s> = Rc<[(&'s str, ResourceId)]>;

/// The scopes of a run.
pub(super) struct Scopes<'s> {
    scopes: Vec<Scope<'s>>,
    ids: HashMap<Scope<'s>, ScopeId>,
    entered: HashMap<(ScopeId, ResourceId), ScopeId>,
    /// The names that matter in each resource; in one that was found later, all do.
    matters: Vec<BTreeSet<String>>,
}

impl<'s> Scopes<'s> {
    /// None if no schema has a dynamic anchor.
    pub(super) fn new(index: &Index<'s>) -> Option<Self> {
        let empty: Scope<'s> = Rc::from([]);
        index.is_dynamic.then(|| Self {
            scopes: vec![Rc::clone(&empty)],
            ids: [(empty, ScopeId::EMPTY)].into_iter().collect(),
            entered: HashMap::default(),
            matters: Uses::collect(index).spread(),
        })
    }

    /// The resource that a name is bound to.
    pub(super) fn outermost(&self, scope: ScopeId, name: &str) -> Option<ResourceId> {
        let scope = self.scopes.get(scope.0 as usize)?;
        let found = scope.iter().find(|(known, _)| *known == name);
        found.map(|(_, resource)| *resource)
    }

    /// The scope of the schemas in `resource` if they are reached from within `scope`.
    pub(super) fn enter(
        &mut self,
        index: &Index<'s>,
        scope: ScopeId,
        resource: ResourceId,
    ) -> ScopeId {
        if let Some(known) = self.entered.get(&(scope, resource)) {
            return *known;
        }
        let matters = |name: &str| {
            let names = self.matters.get(resource.0);
            names.is_none_or(|names| names.contains(name))
        };
        let outer = self.scopes.get(scope.0 as usize).into_iter();
        let mut bindings: Vec<(&'s str, ResourceId)> = outer
            .flat_map(|scope| scope.iter().copied())
            .filter(|(name, _)| matters(name))
            .collect();
        for name in index.resource(resource).dynamic.keys().copied() {
            if matters(name) && bindings.iter().all(|(known, _)| *known != name) {
                bindings.push((name, resource));
            }
        }
        bindings.sort_unstable_by_key(|(name, _)| *name);
        let bindings: Scope<'s> = Rc::from(bindings);
        let next = ScopeId(u32::try_from(self.scopes.len()).unwrap_or(u32::MAX));
        let id = *self.ids.entry(Rc::clone(&bindings)).or_insert(next);
        if id == next {
            self.scopes.push(bindings);
        }
        self.entered.insert((scope, resource), id);
        id
    }
}

/// What the resources refer to, read off their text: more than they mean at most, never less.
struct Uses {
    /// The names that dynamic references in each resource ask for.
    names: Vec<BTreeSet<String>>,
    /// For each resource, those that lead to it.
    sources: Vec<BTreeSet<usize>>,
}

impl Uses {
    fn collect(index: &Index<'_>) -> Self {
        let count = index.resource_count();
        let mut uses = Self {
            names: vec![BTreeSet::new(); count],
            sources: vec![BTreeSet::new(); count],
        };
        let mut anchors: HashMap<&str, Vec<usize>> = HashMap::default();
        for id in 0..count {
            let resource = index.resource(ResourceId(id));
            if let Some(parent) = resource.parent {
                uses.sources[id].insert(parent.0);
            }
            for name in resource.dynamic.keys().copied() {
                anchors.entry(name).or_default().push(id);
            }
        }
        for (_, document) in index.documents.schemas() {
            let Some(root) = index.context(&document.value) else {
                continue;
            };
            let mut work = vec![(&document.value, root.resource)];
            while let Some((value, resource)) = work.pop() {
                let resource = index
                    .context(value)
                    .map_or(resource, |context| context.resource);
                match value {
                    Value::Object(members) => {
                        for word in ["$ref", "$dynamicRef", "$recursiveRef"] {
                            if let Some(Value::String(reference)) = members.get(word) {
                                uses.note(index, &anchors, resource, word, reference);
                            }
                        }
                        work.extend(members.values().map(|member| (member, resource)));
                    }
                    Value::Array(items) => work.extend(items.iter().map(|item| (item, resource))),
                    _ => {}
                }
            }
        }
        uses
    }

    fn note(
        &mut self,
        index: &Index<'_>,
        anchors: &HashMap<&str, Vec<usize>>,
        from: ResourceId,
        word: &str,
        reference: &str,
    ) {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if let Ok(target) = index.follow(uri, from)
            && target != from
        {
            self.sources[target.0].insert(from.0);
        }
        if word == "$ref" {
            return;
        }
        let name = decode(fragment).unwrap_or_default();
        for target in anchors.get(&*name).into_iter().flatten() {
            self.sources[*target].insert(from.0);
        }
        self.names[from.0].insert(name.into_owned());
    }

    /// The names that matter in each resource: those that it or what it leads to asks for.
    fn spread(self) -> Vec<BTreeSet<String>> {
        let mut matters = self.names.clone();
        let names: BTreeSet<&String> = self.names.iter().flatten().collect();
        for name in names {
            let mut work: Vec<usize> = (0..matters.len())
                .filter(|id| self.names[*id].contains(name))
                .collect();
            while let Some(id) = work.pop() {
                for source in &self.sources[id] {
                    if matters[*source].insert(name.clone()) {
                        work.push(*source);
                    }
                }
            }
        }
        matters
    }
}
