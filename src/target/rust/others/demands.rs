//! Which texts a check wants properties to have: it fails for an object that has others, whatever else is in it.

use std::rc::Rc;

use serde_json::Value;

use super::rivals::texts;
use super::{CheckId, TypeGraph, TypeId, TypeKind};
use crate::hash::HashMap;
use crate::ir::EnumType;
use crate::ir::check::Rule;

/// How many properties of one check are looked at: tags are few.
const MOST: usize = 8;

/// How many checks are looked at that one asks for together.
const MOST_CHECKS: usize = 32;

/// A property, and the values of which it must have one.
type Demand<'w, 's> = (&'s str, &'w [&'s Value]);

/// For each check that was asked about, what it demands.
pub(super) struct Demands<'w, 's> {
    graph: &'w TypeGraph<'s>,
    known: HashMap<CheckId, Rc<[Demand<'w, 's>]>>,
}

impl<'w, 's> Demands<'w, 's> {
    pub(super) fn new(graph: &'w TypeGraph<'s>) -> Self {
        Self {
            graph,
            known: HashMap::default(),
        }
    }

    /// Whether no value of a type passes a check, because of the text of a property that all of them have.
    pub(super) fn exclude(&mut self, id: TypeId, check: CheckId) -> bool {
        let TypeKind::Object(object) = &self.graph.get(id).kind else {
            return false;
        };
        let demands = self.of(check);
        demands.iter().any(|(name, values)| {
            let mut fields = object.fields.iter();
            let field = fields.find(|field| field.required && field.wire == *name);
            let texts = field.and_then(|field| texts(self.graph, field));
            texts.is_some_and(|texts| are_others(texts, values))
        })
    }

    fn of(&mut self, check: CheckId) -> Rc<[Demand<'w, 's>]> {
        if let Some(known) = self.known.get(&check) {
            return Rc::clone(known);
        }
        let graph = self.graph;
        let mut demands = Vec::new();
        let mut waiting = vec![check];
        for _ in 0..MOST_CHECKS {
            let Some(one) = waiting.pop() else {
                break;
            };
            for rule in &graph.checks.get(one).rules {
                match rule {
                    Rule::Properties { named, .. } => {
                        for (name, one) in named {
                            let rules = graph.checks.get(*one).rules.iter();
                            demands.extend(rules.filter_map(|rule| match rule {
                                Rule::Values(values) => Some((*name, values.as_slice())),
                                _ => None,
                            }));
                        }
                    }
                    Rule::All(all) => waiting.extend(all),
                    _ => {}
                }
            }
        }
        demands.truncate(MOST);
        let demands: Rc<[_]> = demands.into();
        self.known.insert(check, Rc::clone(&demands));
        demands
    }
}

fn are_others(texts: &EnumType<'_>, values: &[&Value]) -> bool {
    let texts: Vec<&str> = texts.values.iter().map(|text| text.wire).collect();
    let mut own = values.iter().filter_map(|value| value.as_str());
    !own.any(|value| texts.contains(&value))
}
