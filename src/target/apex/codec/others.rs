//! What codecs do where properties without a field are kept.

use std::collections::{BTreeMap, BTreeSet};

use super::Codecs;
use crate::ir::{ObjectType, TypeId, TypeKind};
use crate::target::apex::code::{Method, Statement, assign, call, literal_of, returns, text};
use crate::target::apex::text::literal;
use crate::target::apex::types::{Holder, are_apart, stated};

impl Codecs<'_, '_> {
    /// The method that names all properties of an object which keeps others, also those that have no field because no
    /// value of theirs is valid.
    pub(super) fn known(&self, id: TypeId, object: &ObjectType<'_>) -> Option<Method> {
        self.names.others_name(id)?;
        let names = object.fields.iter().map(|field| text(literal(field.wire)));
        Some(Method {
            doc: vec!["/** The properties that the schema names. */".to_owned()],
            head: "private static Set<String> known".to_owned(),
            parameters: Vec::new(),
            body: vec![returns(literal_of("Set<String>", names.collect()))],
        })
    }

    /// The method with what the alternatives of a union, by field and type, keep without a field.
    pub(super) fn others_of(&self, class: &str, choices: &[(&str, TypeId)]) -> Method {
        let (mut own, mut nested) = (Vec::new(), Vec::new());
        for (field, ty) in choices {
            let Holder::Class(id) = self.types.holder(*ty) else {
                continue;
            };
            if let Some(others) = self.names.others_name(id) {
                own.push(text(format!("value?.{field}?.{others}")));
            } else if let Some(codec) = self.codec(id).filter(|_| self.rated.contains(&id)) {
                let others = call(
                    format!("{codec}.others"),
                    vec![text(format!("value?.{field}"))],
                );
                nested.push(Statement::Plain(call("all.addAll", vec![others])));
            }
        }
        let own = match own.is_empty() {
            true => text("new List<String>()"),
            false => literal_of("List<String>", own),
        };
        let body = match nested.is_empty() {
            true => vec![returns(own)],
            false => {
                let mut body = vec![assign("List<String> all", own)];
                body.extend(nested);
                body.push(returns(text("all")));
                body
            }
        };
        Method {
            doc: vec![
                "/** What each alternative keeps without a field, as JSON text. */".to_owned(),
            ],
            head: "public static List<String> others".to_owned(),
            parameters: vec![format!("{class} value")],
            body,
        }
    }

    /// The unions whose codecs need that method: those that are told apart by trial, where what has no field must not
    /// count, and the unions among their alternatives.
    pub(super) fn find_rated(&self) -> BTreeSet<TypeId> {
        if !self.names.keeps_unknown() {
            return BTreeSet::new();
        }
        let mut alternatives: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        let mut by_trial = Vec::new();
        for (id, def) in self.graph.iter() {
            let TypeKind::Union(union) = &def.kind else {
                continue;
            };
            if self.types.holder(id) != Holder::Class(id) {
                continue;
            }
            if union.tag.is_none() && !are_apart(self.graph, union) {
                by_trial.push(id);
            }
            for (_, ty) in stated(self.graph, union) {
                if let Holder::Class(class) = self.types.holder(ty) {
                    alternatives.entry(id).or_default().push(class);
                    users.entry(class).or_default().push(id);
                }
            }
        }
        let objects = users.keys().copied();
        let objects = objects.filter(|class| self.names.others_name(*class).is_some());
        let keeping = reached(objects.collect(), &users);
        by_trial.retain(|id| keeping.contains(id));
        let rated = reached(by_trial, &alternatives);
        rated
            .into_iter()
            .filter(|id| keeping.contains(id) && alternatives.contains_key(id))
            .collect()
    }
}

/// All that can be reached from these.
fn reached(mut from: Vec<TypeId>, steps: &BTreeMap<TypeId, Vec<TypeId>>) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    while let Some(id) = from.pop() {
        if seen.insert(id) {
            from.extend(steps.get(&id).into_iter().flatten());
        }
    }
    seen
}
