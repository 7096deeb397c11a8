//! What the user has decided about single types and fields: types of other crates, and names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::config::RustConfig;
use super::path;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Field, NameHint, TypeDef, TypeGraph, TypeId, TypeKind};
use crate::schema::location::LocationId;

/// Keys whose lengths differ by more than this are not compared.
const FARTHEST: usize = 8;

/// The decisions, found in the types.
#[derive(Default)]
pub(super) struct Custom<'t> {
    /// The types that texts of a format are.
    formats: BTreeMap<&'t str, String>,
    types: HashMap<TypeId, String>,
    fields: HashMap<LocationId, String>,
    type_names: HashMap<TypeId, &'t str>,
    field_names: HashMap<LocationId, &'t str>,
}

/// What stands at a place of a schema.
#[derive(Default)]
struct Place {
    types: Vec<TypeId>,
    fields: Vec<LocationId>,
}

impl<'t> Custom<'t> {
    /// Finds what the configuration speaks of, and says what is not there.
    pub(super) fn new(
        graph: &TypeGraph<'_>,
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
        let places = places(graph);
        let mut missing = |option: &str, key: &str| {
            let diagnostic = Diagnostic::new(
                Code::UnknownKey,
                format!("`rust.{option}` speaks of {key:?}, which is not in the schemas"),
            );
            diagnostics.push(
                diagnostic.help(match nearest(key, places.keys()) {
                    Some(near) => format!("there is {near:?}"),
                    None => "a key is the name of a file without its extension, `#`, and the JSON \
                         pointer of a schema, as in `order#/properties/total`"
                        .to_owned(),
                }),
            );
        };
        for (key, text) in &config.types {
            match (places.get(key), path::type_path(text)) {
                (Some(place), Some(path)) => {
                    for id in &place.types {
                        custom.types.insert(*id, path.clone());
                    }
                    for location in &place.fields {
                        custom.fields.insert(*location, path.clone());
                    }
                }
                (None, _) => missing("types", key),
                (_, None) => {}
            }
        }
        for (key, name) in &config.names {
            let place = places.get(key);
            let is_type = path::is_type_name(name);
            let types = place
                .filter(|_| is_type)
                .map_or(&[][..], |place| &place.types);
            let fields = place
                .filter(|_| !is_type)
                .map_or(&[][..], |place| &place.fields);
            if types.is_empty() && fields.is_empty() {
                missing("names", key);
            }
            custom
                .type_names
                .extend(types.iter().map(|id| (*id, name.as_str())));
            custom
                .field_names
                .extend(fields.iter().map(|id| (*id, name.as_str())));
        }
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
        self.type_names.get(&id).copied()
    }

    /// The name that the user has given to a field.
    pub(super) fn field_name(&self, field: &Field<'_>) -> Option<&'t str> {
        self.field_names.get(&field.location).copied()
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

/// What stands at every place, by the name of the file and the JSON pointer.
fn places(graph: &TypeGraph<'_>) -> BTreeMap<String, Place> {
    let stems: HashMap<_, _> = graph
        .modules
        .iter()
        .map(|module| (module.document, module.stem))
        .collect();
    let key = |location: LocationId| {
        let (document, pointer) = graph.locations.place(location);
        let stem = stems.get(&document).copied().unwrap_or_default();
        format!("{stem}#{pointer}")
    };
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for (id, def) in graph.iter() {
        if has_place(graph, def) {
            places.entry(key(def.location)).or_default().types.push(id);
        }
        if let TypeKind::Object(object) = &def.kind {
            for field in &object.fields {
                let place = places.entry(key(field.location)).or_default();
                place.fields.push(field.location);
            }
        }
    }
    places
}

/// Whether a type is the one of the place that it has: not a part that the place of its parent stands for, and not
/// one that says nothing of its own, which is the same wherever it is used.
fn has_place(graph: &TypeGraph<'_>, def: &TypeDef<'_>) -> bool {
    let NameHint::Derived(parent, _) = def.name else {
        return true;
    };
    let is_shared = match &def.kind {
        TypeKind::Any | TypeKind::Null | TypeKind::Boolean => true,
        TypeKind::Integer(bounds) | TypeKind::Number(bounds) => bounds.is_unbounded(),
        TypeKind::String(string) => string.length.is_unbounded() && string.patterns.is_empty(),
        TypeKind::Never
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Array(_)
        | TypeKind::Tuple(_)
        | TypeKind::Map(_)
        | TypeKind::Object(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => false,
    };
    let is_part = graph.get(parent).location == def.location;
    !is_part && (!is_shared || !def.unsaid.is_empty())
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
    use super::{crates, distance, nearest};

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

    #[test]
    fn the_crates_of_a_path_are_named() {
        let paths = ["chrono::DateTime<tz::Utc>", "std::vec::Vec<crate::a::B>"];
        let found: Vec<String> = crates(paths.into_iter()).into_iter().collect();
        assert_eq!(found, ["chrono", "tz"]);
    }
}
