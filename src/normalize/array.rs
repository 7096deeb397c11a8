//! Arrays: what each position may hold.

use super::conjunction::Conjunction;
use super::{ArrayShape, Builder};
use crate::ir::SizeBounds;
use crate::schema::SchemaId;

impl<'s> Builder<'_, 's, '_> {
    pub(super) fn array(&mut self, all: &mut Conjunction<'_, 's>) -> ArrayShape {
        let rules: Vec<_> = all
            .members
            .iter()
            .map(|(_, schema)| &schema.array)
            .filter(|rules| rules.is_used())
            .collect();
        let mut size = SizeBounds::default();
        let mut unique = false;
        for rules in &rules {
            size = size.intersect(rules.size);
            unique |= rules.unique;
            if rules.contains.is_some() && rules.contains_size.min != Some(0)
                || rules.contains_size.max.is_some() && rules.contains.is_some()
            {
                all.unsaid.push("contains");
            }
            if rules
                .unevaluated
                .is_some_and(|id| self.graph.get(id).boolean != Some(true))
            {
                all.unsaid.push("unevaluatedItems");
            }
        }
        let longest = rules
            .iter()
            .map(|rules| rules.prefix.len())
            .max()
            .unwrap_or(0);
        let mut prefix = Vec::new();
        let mut is_closed = false;
        for position in 0..longest {
            let here: Vec<SchemaId> = rules
                .iter()
                .filter_map(|rules| rules.prefix.get(position).copied().or(rules.rest))
                .collect();
            if self.is_false(&here) {
                is_closed = true;
                break;
            }
            prefix.push(self.all(here));
        }
        let rest: Vec<SchemaId> = rules.iter().filter_map(|rules| rules.rest).collect();
        let rest = if is_closed || self.is_false(&rest) {
            None
        } else {
            Some(self.all(rest))
        };
        ArrayShape {
            prefix,
            rest,
            size,
            unique,
        }
    }

    /// Whether one of the schemas allows nothing.
    pub(super) fn is_false(&self, schemas: &[SchemaId]) -> bool {
        schemas
            .iter()
            .any(|id| self.graph.get(self.graph.canonical(*id)).boolean == Some(false))
    }
}
