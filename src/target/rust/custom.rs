//! What the user has decided about single types and fields: types of other crates, and names.

use std::collections::{BTreeMap, BTreeSet};

use super::config::RustConfig;
use super::path;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::HashMap;
use crate::ir::{Field, TypeGraph, TypeId, TypeKind};
use crate::naming::{Asked, Places, Spots};
use crate::schema::location::LocationId;

/// The decisions, found in the types.
#[derive(Default)]
pub(super) struct Custom<'t> {
    /// The types that texts of a format are.
    formats: BTreeMap<&'t str, String>,
    types: HashMap<TypeId, String>,
    fields: HashMap<LocationId, String>,
    names: Asked<'t>,
}

impl<'t> Custom<'t> {
    /// Finds what the configuration speaks of, and says what is not there.
    pub(super) fn new(
        graph: &TypeGraph<'_>,
        places: &Places,
        config: &'t RustConfig,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let formats = config.formats.iter();
        let mut custom = Self {
            formats: formats
                .filter_map(|(format, text)| Some((format.as_str(), path::type_path(text)?)))
                .collect(),
            ..Self::default()
        };
        custom.say_stricter(graph, diagnostics);
        if config.types.is_empty() && config.names.is_empty() {
            return custom;
        }
        let spots = Spots::new(graph, places);
        for (key, text) in &config.types {
            match (spots.get(key), path::type_path(text)) {
                (Some(spot), Some(path)) => {
                    let types = spot.types.iter().map(|id| (*id, path.clone()));
                    custom.types.extend(types);
                    let fields = spot.fields.iter().map(|at| (*at, path.clone()));
                    custom.fields.extend(fields);
                }
                (None, _) => diagnostics.push(spots.missing("rust.types", key)),
                (_, None) => {}
            }
        }
        let names = &config.names;
        custom.names = Asked::new(&spots, "rust.names", names, path::is_type_name, diagnostics);
        custom
    }

    /// Says once for each format that the type it is reads less than the schema allows, where that only tells of it.
    fn say_stricter(&self, graph: &TypeGraph<'_>, diagnostics: &mut Diagnostics) {
        let mut said = BTreeSet::new();
        for (_, def) in graph.iter() {
            let TypeKind::String(string) = &def.kind else {
                continue;
            };
            if let (Some(path), Some(format)) = (self.format(&def.kind), string.format)
                && !string.asserts_format
                && said.insert(format.as_str())
            {
                let said = format!(
                    "`{path}` refuses texts that the schema allows, for which the format {:?} is a hint",
                    format.as_str()
                );
                diagnostics.push(
                    Diagnostic::new(Code::RustStricter, said)
                        .at_location(graph.locations, def.location)
                        .help("say with `formats` that formats are an `assertion`, if they are"),
                );
            }
        }
    }

    /// The type that a text is because of its format; none for a text of which more is asked.
    pub(super) fn format(&self, kind: &TypeKind<'_>) -> Option<&str> {
        match kind {
            TypeKind::String(string)
                if string.length.is_unbounded() && string.patterns.is_empty() =>
            {
                let format = string.format?;
                self.formats.get(format.as_str()).map(String::as_str)
            }
            _ => None,
        }
    }

    /// Whether types are replaced.
    pub(super) fn replaces(&self) -> bool {
        !self.types.is_empty() || !self.fields.is_empty()
    }

    /// The type that stands for a type.
    pub(super) fn of_type(&self, id: TypeId) -> Option<&str> {
        self.types.get(&id).map(String::as_str)
    }

    /// The type that stands for that of a property.
    pub(super) fn of_field(&self, field: &Field<'_>) -> Option<&str> {
        self.fields.get(&field.location).map(String::as_str)
    }

    /// The name that the user has given to a type.
    pub(super) fn type_name(&self, id: TypeId) -> Option<&'t str> {
        self.names.of_type(id)
    }

    /// The name that the user has given to a field.
    pub(super) fn field_name(&self, field: &Field<'_>) -> Option<&'t str> {
        self.names.of_field(field.location)
    }

    /// Every type of another crate, the longest path first.
    pub(super) fn paths(&self) -> Vec<String> {
        let all = self.formats.values().chain(self.types.values());
        let mut paths: Vec<String> = all.chain(self.fields.values()).cloned().collect();
        paths.sort_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
        paths.dedup();
        paths
    }
}

/// The crates that the paths begin with, those aside that are always there.
pub(super) fn crates<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeSet<String> {
    let mut crates = BTreeSet::new();
    for path in paths {
        let words = path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
        let firsts = words.filter_map(|word| word.split_once("::"));
        crates.extend(firsts.map(|(first, _)| first.to_owned()));
    }
    for own in ["std", "core", "alloc", "crate"] {
        crates.remove(own);
    }
    crates
}

#[cfg(test)]
mod tests {
    use super::crates;

    #[test]
    fn the_crates_of_a_path_are_named() {
        let paths = ["chrono::DateTime<tz::Utc>", "std::vec::Vec<crate::a::B>"];
        let found: Vec<String> = crates(paths.into_iter()).into_iter().collect();
        assert_eq!(found, ["chrono", "tz"]);
    }
}
