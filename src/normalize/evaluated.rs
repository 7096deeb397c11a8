//! Which properties `unevaluatedProperties` leaves over, where they are the same for every value of a node.

use super::Builder;
use super::conjunction::Conjunction;
use super::key::{Key, UnionKeyword};
use crate::hash::HashSet;
use crate::schema::{Schema, SchemaId};

impl<'s> Builder<'_, 's, '_> {
    /// Whether some schema of a node forbids what nothing has looked at, and all that do so look at these properties,
    /// whatever the value is, and at no others.
    pub(super) fn is_closed(
        &self,
        key: &Key,
        all: &Conjunction<'_, 's>,
        names: impl Iterator<Item = &'s str> + Clone,
    ) -> bool {
        let forbid = |unevaluated: SchemaId| {
            let unevaluated = self.graph.canonical(unevaluated);
            self.graph.get(unevaluated).boolean == Some(false)
        };
        let stated = all.members.iter().filter_map(|(id, schema)| {
            let unevaluated = schema.object.unevaluated?;
            Some((*id, forbid(unevaluated)))
        });
        let mut is_closed = false;
        for (id, forbids) in stated {
            let evaluated = self.evaluated(key, id).filter(|_| forbids);
            let Some(evaluated) = evaluated else {
                return false;
            };
            if !names.clone().all(|name| evaluated.contains(name)) {
                return false;
            }
            is_closed = true;
        }
        is_closed
    }

    /// The properties that a schema of a node looks at, if that does not depend on the value.
    fn evaluated(&self, key: &Key, owner: SchemaId) -> Option<HashSet<&'s str>> {
        let mut names = HashSet::default();
        let mut seen = HashSet::default();
        let mut work = vec![owner];
        while let Some(id) = work.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema: &Schema<'s> = self.graph.get(id);
            let object = &schema.object;
            let is_left_open = !object.patterns.is_empty()
                || object.additional.is_some()
                || !object.dependent_schemas.is_empty()
                || schema.logic.condition.is_some()
                || (id != owner && object.unevaluated.is_some());
            if is_left_open {
                return None;
            }
            names.extend(object.properties.iter().map(|(name, _)| *name));
            work.extend(schema.references.iter().chain(&schema.composition.all_of));
            for (keyword, alternatives) in [
                (UnionKeyword::AnyOf, &schema.composition.any_of),
                (UnionKeyword::OneOf, &schema.composition.one_of),
            ] {
                if alternatives.iter().all(|one| self.evaluates_nothing(*one)) {
                    continue;
                }
                // Of an `anyOf`, alternatives beside the chosen one may hold too.
                if keyword == UnionKeyword::AnyOf || !key.chosen.contains(&(id, keyword)) {
                    return None;
                }
                let canonical = alternatives.iter().map(|one| self.graph.canonical(*one));
                let mut chosen = canonical.filter(|one| key.parts.contains(one));
                work.push(chosen.next()?);
                if chosen.next().is_some() {
                    return None;
                }
            }
        }
        Some(names)
    }

    /// Whether a schema looks at no property, as one that only requires some does.
    fn evaluates_nothing(&self, id: SchemaId) -> bool {
        let schema = self.graph.get(id);
        let object = &schema.object;
        schema.references.is_empty()
            && schema.composition.is_blank()
            && schema.logic.condition.is_none()
            && object.properties.is_empty()
            && object.patterns.is_empty()
            && object.additional.is_none()
            && object.unevaluated.is_none()
            && object.dependent_schemas.is_empty()
    }
}
