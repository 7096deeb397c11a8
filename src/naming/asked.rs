//! Names that the configuration asks for, by place.

use std::collections::BTreeMap;

use super::places::{Places, shared};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::HashMap;
use crate::ir::{NameHint, TypeDef, TypeGraph, TypeId, TypeKind};
use crate::schema::location::LocationId;

/// Keys whose lengths differ by more than this are not compared.
const FARTHEST: usize = 8;

/// What stands at every place, by the name of the file, `#`, and the JSON pointer.
pub(crate) struct Spots(BTreeMap<String, Spot>);

/// What stands at a place of a schema.
#[derive(Default)]
pub(crate) struct Spot {
    /// The types: the schema as it stands first, and what it is a part of.
    pub types: Vec<TypeId>,
    /// The properties.
    pub fields: Vec<LocationId>,
}

/// The names that types and properties are asked to have.
#[derive(Default)]
pub(crate) struct Asked<'c> {
    types: HashMap<TypeId, &'c str>,
    fields: HashMap<LocationId, &'c str>,
}

impl Spots {
    /// Finds all places.
    pub(crate) fn new(graph: &TypeGraph<'_>, places: &Places) -> Self {
        let key = |location| places.in_config(graph.locations, location);
        let mut spots: BTreeMap<String, Spot> = BTreeMap::new();
        for (id, def) in graph.iter() {
            if has_place(graph, def) {
                spots.entry(key(def.location)).or_default().types.push(id);
            }
            if let TypeKind::Object(object) = &def.kind {
                for field in &object.fields {
                    let spot = spots.entry(key(field.location)).or_default();
                    spot.fields.push(field.location);
                }
            }
        }
        for spot in spots.values_mut() {
            spot.types
                .sort_by_key(|id| (graph.get(*id).checks.len(), *id));
        }
        Self(spots)
    }

    /// What stands at a place.
    pub(crate) fn get(&self, key: &str) -> Option<&Spot> {
        self.0.get(key)
    }

    /// Says that an option speaks of a place where nothing is.
    pub(crate) fn missing(&self, option: &str, key: &str) -> Diagnostic {
        let said = format!("`{option}` speaks of {key:?}, which is not in the schemas");
        let problem =
            Diagnostic::new(Code::UnknownKey, said).help(match nearest(key, self.0.keys()) {
                Some(near) => format!("there is {near:?}"),
                None => "a key is the name of a file without its extension, `#`, and the JSON \
                     pointer of a schema, as in `order#/properties/total`"
                    .to_owned(),
            });
        problem.at_option(option, &[key])
    }
}

impl<'c> Asked<'c> {
    /// Finds what the names of an option are for: those that `names_type` says name types, the others properties.
    pub(crate) fn new(
        spots: &Spots,
        option: &str,
        names: &'c BTreeMap<String, String>,
        names_type: impl Fn(&str) -> bool,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut asked = Self::default();
        for (key, name) in names {
            let Some(spot) = spots.get(key) else {
                diagnostics.push(spots.missing(option, key));
                continue;
            };
            match (names_type(name), spot.types.first()) {
                (true, Some(id)) => {
                    asked.types.insert(*id, name.as_str());
                }
                (false, _) if !spot.fields.is_empty() => {
                    let fields = spot.fields.iter();
                    asked.fields.extend(fields.map(|id| (*id, name.as_str())));
                }
                (is_type, _) => diagnostics.push(no_such_name(option, key, name, is_type)),
            }
        }
        asked
    }

    /// The name that a type is asked to have.
    pub(crate) fn of_type(&self, id: TypeId) -> Option<&'c str> {
        self.types.get(&id).copied()
    }

    /// The name that a property is asked to have.
    pub(crate) fn of_field(&self, location: LocationId) -> Option<&'c str> {
        self.fields.get(&location).copied()
    }
}

/// Says that an option has the name of a type for what is a property, or the other way round.
fn no_such_name(option: &str, key: &str, name: &str, is_type: bool) -> Diagnostic {
    let (named, there, start) = match is_type {
        true => ("a type", "a property", "a small letter"),
        false => ("a property", "a type", "a capital"),
    };
    let said = format!(
        "`{option}` has {name:?} for {key:?}, which by its first letter is a name of {named}, and there is {there}"
    );
    Diagnostic::new(Code::UnknownKey, said)
        .at_option(option, &[key])
        .help(format!("write a name that starts with {start}"))
}

/// Whether a type is the one of the place that it has: not a part that the place of its parent stands for, and not
/// one that says nothing of its own, which is the same wherever it is used.
fn has_place(graph: &TypeGraph<'_>, def: &TypeDef<'_>) -> bool {
    match def.name {
        NameHint::Required(_) | NameHint::Suggested(_) => true,
        NameHint::Derived(parent, _) => {
            graph.get(parent).location != def.location && shared(def).is_none()
        }
    }
}

/// The key that somebody may have meant.
fn nearest<'k>(meant: &str, keys: impl Iterator<Item = &'k String>) -> Option<&'k str> {
    let found = keys
        .filter(|key| key.len().abs_diff(meant.len()) <= FARTHEST)
        .map(|key| (distance(meant, key), key.as_str()))
        .min()?;
    let near = (meant.len() / 8).max(1);
    (found.0 > 0 && found.0 <= near).then_some(found.1)
}

/// How many letters have to be added, removed or replaced to make one text of another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, c) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(c != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn a_near_miss_is_found() {
        assert_eq!(distance("kitten", "sitting"), 3);
        let keys = ["order#/properties/total".to_owned(), "order#".to_owned()];
        let near = |meant| nearest(meant, keys.iter());
        assert_eq!(
            near("order#/propertys/total"),
            Some("order#/properties/total")
        );
        assert_eq!(near("Order#"), Some("order#"));
        assert_eq!(near("x"), None);
    }
}
