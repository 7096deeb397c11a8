//! The classes for the entries of maps: one for each type of value, whichever map it is in.
//!
//! A map becomes a list of entries. What is asked of the keys and values of one map is said where the map is used, so
//! that the entries themselves are alike: each class that Flow Builder need not show is one less of the 200 that it
//! shows without getting slow.

use std::collections::BTreeMap;

use super::types::{Holder, Scalar, TypeMap};
use crate::hash::HashMap;
use crate::ir::{TypeGraph, TypeId, TypeKind};
use crate::naming::Places;

/// What an entry holds: one value or a list of values of this type.
type Held = (bool, Holder);

/// Which maps share a class for their entries.
pub(crate) struct Entries {
    first: BTreeMap<TypeId, (TypeId, Held)>,
}

impl Entries {
    /// Looks at all maps.
    pub(crate) fn new(graph: &TypeGraph<'_>, types: &TypeMap) -> Self {
        let mut known: HashMap<Held, TypeId> = HashMap::default();
        let mut first = BTreeMap::new();
        for (id, def) in graph.iter() {
            if let TypeKind::Map(_) = def.kind
                && let Some(held) = held(graph, types, types.map_values(graph, id))
            {
                first.insert(id, (*known.entry(held).or_insert(id), held));
            }
        }
        Self { first }
    }

    /// Whether this is a map whose entries have a class that any map with such values has.
    pub(crate) fn is_shared(&self, id: TypeId) -> bool {
        self.first.contains_key(&id)
    }

    /// The first map whose entries have the class of this map's entries.
    pub(crate) fn owner(&self, id: TypeId) -> TypeId {
        self.first.get(&id).map_or(id, |(owner, _)| *owner)
    }

    /// Whether each entry holds a list.
    pub(crate) fn has_list(&self, id: TypeId) -> bool {
        self.first
            .get(&id)
            .is_some_and(|(_, (is_list, _))| *is_list)
    }

    /// The place of the class in the lock: that of what the entries hold, whichever map is the first, or of the type
    /// itself.
    pub(crate) fn place(&self, id: TypeId, places: &Places) -> String {
        match self.first.get(&id) {
            None => places.of(id).to_owned(),
            Some((_, (_, Holder::Class(class) | Holder::List(class)))) => {
                places.of(*class).to_owned()
            }
            Some((_, (_, Holder::Scalar(scalar)))) => format!("map of {}", word(*scalar)),
            Some((_, (_, Holder::Never))) => format!("map of {}", word(Scalar::Text)),
        }
    }

    /// What to call the class, from the phrases of all types; none where it is named after its map.
    pub(crate) fn phrase(
        &self,
        id: TypeId,
        phrase_of: impl Fn(TypeId) -> String,
    ) -> Option<String> {
        let (_, (is_list, holder)) = self.first.get(&id)?;
        let value = match holder {
            Holder::Never => word(Scalar::Text),
            Holder::Scalar(scalar) => word(*scalar),
            Holder::Class(class) | Holder::List(class) => phrase_of(*class),
        };
        let list = if *is_list { " list" } else { "" };
        Some(format!("{value}{list} entry"))
    }
}

/// The word for what a scalar holds.
fn word(scalar: Scalar) -> String {
    match scalar {
        Scalar::Text | Scalar::Nothing => "text".to_owned(),
        Scalar::JsonText => "json".to_owned(),
        scalar => scalar.apex().to_lowercase(),
    }
}

/// What an entry with this value holds; none where that depends on the entries of another map or on a class around
/// a list, each of which has a name of its own.
fn held(graph: &TypeGraph<'_>, types: &TypeMap, holder: Holder) -> Option<Held> {
    match holder {
        // All of these are held by a text.
        Holder::Never | Holder::Scalar(Scalar::Nothing) => {
            Some((false, Holder::Scalar(Scalar::Text)))
        }
        Holder::Scalar(_) | Holder::Class(_) => Some((false, holder)),
        Holder::List(list) => match &graph.get(list).kind {
            TypeKind::Array(array) => match types.holder(array.items.id) {
                Holder::List(_) => None,
                item => held(graph, types, item).map(|(_, item)| (true, item)),
            },
            _ => None,
        },
    }
}
