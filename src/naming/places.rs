//! Where things stand, in words that stay when something is added beside them.

use serde_json::Value;

use super::ledger::Book;
use crate::document::{DocumentId, DocumentSet};
use crate::hash::{HashMap, HashSet};
use crate::ir::{NameHint, Part, TypeDef, TypeGraph, TypeId, TypeKind, UnionType};
use crate::schema::location::{LocationId, Locations, Segment, push_segment};

/// The longest title that tells an entry of a list from others.
const LONGEST_TITLE: usize = 80;

/// The places of a run.
///
/// The key of a type is the file, `#`, and the JSON pointer of the schema that introduced it, with two changes that
/// keep it the same when a list gets another entry: an entry of a list is told by its title or its tag, if it has one,
/// and not by its number; and `allOf` is passed over. A part that has no schema of its own has the key of what it is a
/// part of, and a word. A type that says nothing of its own is the same everywhere, and stands in no file.
pub(crate) struct Places {
    files: HashMap<DocumentId, String>,
    types: Vec<String>,
}

impl Places {
    /// Finds the place of every type, in the documents that something is made of.
    pub(crate) fn new(
        graph: &TypeGraph<'_>,
        documents: &DocumentSet,
        sources: impl Iterator<Item = DocumentId>,
        book: &mut Book,
    ) -> Self {
        // The description of a service has many actions, and one name.
        let mut met = HashSet::default();
        let known = sources.filter(|id| documents.contains(*id) && met.insert(*id));
        let files = book.name_files(known.map(|id| (id, documents.get(id))));
        book.follow_definitions(&files, documents);
        let mut walk = Walk {
            locations: graph.locations,
            documents,
            files: &files,
            of_rules: false,
            steps: HashMap::default(),
            labels: HashMap::default(),
        };
        let types = keys(graph, &mut walk);
        Self { files, types }
    }

    /// The key of a type.
    pub(crate) fn of(&self, id: TypeId) -> &str {
        &self.types[id.0 as usize]
    }

    /// What a document is called.
    pub(crate) fn file(&self, document: DocumentId) -> &str {
        self.files.get(&document).map_or("", String::as_str)
    }

    /// A place as the configuration says it: the file, `#`, and the JSON pointer.
    pub(crate) fn in_config(&self, locations: &Locations<'_>, location: LocationId) -> String {
        let (document, pointer) = locations.place(location);
        format!("{}#{pointer}", self.file(document))
    }

    /// The place of each schema that values are checked against, in the order of the checks: as the configuration says it, but
    /// for alternatives. These are told by their reference, title or tag, in brackets, where that tells all of them, so that
    /// another order is no difference.
    pub(crate) fn of_checks(&self, graph: &TypeGraph<'_>, documents: &DocumentSet) -> Vec<String> {
        let mut walk = Walk {
            locations: graph.locations,
            documents,
            files: &self.files,
            of_rules: true,
            steps: HashMap::default(),
            labels: HashMap::default(),
        };
        let checks = graph.checks.list.iter();
        checks.map(|check| walk.key(check.location)).collect()
    }

    /// Keys for the alternatives of a union.
    pub(crate) fn of_alternatives(&self, union: &UnionType<'_>) -> Vec<String> {
        let keys = union
            .alternatives
            .iter()
            .map(|one| self.of(one.ty).to_owned());
        numbered(keys.collect())
    }
}

/// The keys of all types, each of them once.
fn keys(graph: &TypeGraph<'_>, walk: &mut Walk<'_, '_>) -> Vec<String> {
    let mut keys: Vec<Option<String>> = vec![None; graph.types.len()];
    let is_conditional = |id: TypeId| match &graph.get(id).kind {
        TypeKind::Union(union) => union.is_conditional(),
        _ => false,
    };
    for (start, _) in graph.iter() {
        // Parents first, without recursion: parts may be as deep as a document.
        let mut chain = vec![start];
        while let Some(&id) = chain.last() {
            let def = graph.get(id);
            if let Some(word) = shared(def) {
                keys[id.0 as usize] = Some(word);
                chain.pop();
                continue;
            }
            let key = match def.name {
                // What a rule says stands at that place, not what may be that or anything else.
                _ if is_conditional(id) => format!("{} or other", walk.key(def.location)),
                NameHint::Derived(parent, _) if is_conditional(parent) => walk.key(def.location),
                NameHint::Derived(parent, part) if graph.get(parent).location == def.location => {
                    match &keys[parent.0 as usize] {
                        Some(key) => format!("{key} {}", word(part)),
                        None if chain.contains(&parent) => walk.key(def.location),
                        None => {
                            chain.push(parent);
                            continue;
                        }
                    }
                }
                NameHint::Required(_) | NameHint::Suggested(_) | NameHint::Derived(..) => {
                    walk.key(def.location)
                }
            };
            keys[id.0 as usize] = Some(key);
            chain.pop();
        }
    }
    // A schema as it stands comes before what it is a part of.
    let mut order: Vec<TypeId> = graph.iter().map(|(id, _)| id).collect();
    order.sort_by_key(|id| (graph.get(*id).checks.len(), *id));
    let mut in_order = Vec::new();
    for id in &order {
        in_order.push(keys[id.0 as usize].take().unwrap_or_default());
    }
    let mut all = vec![String::new(); in_order.len()];
    for (id, key) in order.iter().zip(numbered(in_order)) {
        all[id.0 as usize] = key;
    }
    all
}

/// The keys, with a number where one is there already.
fn numbered(mut keys: Vec<String>) -> Vec<String> {
    let mut met: HashMap<String, usize> = HashMap::default();
    for key in &mut keys {
        let count = met.entry(key.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *key = format!("{key} {count}");
        }
    }
    keys
}

/// What a type is that says nothing of its own: it stands where it was met first, which is no place of its own.
pub(super) fn shared(def: &TypeDef<'_>) -> Option<String> {
    let NameHint::Derived(..) = def.name else {
        return None;
    };
    if !def.unsaid.is_empty() {
        return None;
    }
    let word = match &def.kind {
        TypeKind::Any => "any",
        TypeKind::Null => "null",
        TypeKind::Boolean => "boolean",
        TypeKind::Integer(bounds) if bounds.is_unbounded() => "integer",
        TypeKind::Number(bounds) if bounds.is_unbounded() => "number",
        TypeKind::String(text) if text.length.is_unbounded() && text.patterns.is_empty() => {
            return Some(match text.format {
                Some(format) => format!("string {}", format.as_str().replace('#', "_")),
                None => "string".to_owned(),
            });
        }
        TypeKind::Never
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Array(_)
        | TypeKind::Tuple(_)
        | TypeKind::Map(_)
        | TypeKind::Object(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => return None,
    };
    Some(word.to_owned())
}

/// The word for a part that has no schema of its own.
fn word(part: Part<'_>) -> String {
    match part {
        Part::Property(name) => format!("property {name}"),
        Part::Item => "item".to_owned(),
        Part::Position(index) => format!("position {index}"),
        Part::Value => "value".to_owned(),
        Part::Alternative(index) => format!("option {index}"),
        Part::Variant(name) => name.to_owned(),
        Part::Inner => "content".to_owned(),
    }
}

/// The way from the documents to places.
struct Walk<'w, 's> {
    locations: &'w Locations<'s>,
    documents: &'w DocumentSet,
    files: &'w HashMap<DocumentId, String>,
    /// Whether it leads to rules: these may stand below `allOf`, and what stands in a list may depend on its number.
    of_rules: bool,
    steps: HashMap<LocationId, String>,
    labels: HashMap<LocationId, Vec<Option<String>>>,
}

impl<'w> Walk<'w, '_> {
    /// The key of a place.
    fn key(&mut self, location: LocationId) -> String {
        let mut waiting = vec![location];
        while let Some(&at) = waiting.last() {
            if !self.steps.contains_key(&at) {
                let key = match self.locations.parent(at) {
                    None => self.document(at),
                    Some((parent, segment)) if self.steps.contains_key(&parent) => {
                        self.step(parent, segment)
                    }
                    Some((parent, _)) => {
                        waiting.push(parent);
                        continue;
                    }
                };
                self.steps.insert(at, key);
            }
            waiting.pop();
        }
        self.of_step(location).to_owned()
    }

    fn of_step(&self, at: LocationId) -> &str {
        self.steps.get(&at).map_or("", String::as_str)
    }

    fn document(&self, at: LocationId) -> String {
        let document = self.locations.document(at);
        let file = self.files.get(&document).map_or("", String::as_str);
        format!("{file}#")
    }

    fn step(&mut self, parent: LocationId, segment: Segment<'_>) -> String {
        let label = match segment {
            Segment::Index(index) => {
                if !self.of_rules
                    && let Some((grandparent, Segment::Key("allOf"))) =
                        self.locations.parent(parent)
                {
                    return self.of_step(grandparent).to_owned();
                }
                if !self.labels.contains_key(&parent) {
                    let labels = self.labels_in(parent);
                    self.labels.insert(parent, labels);
                }
                let labels = self.labels.get(&parent);
                labels.and_then(|labels| labels.get(index)?.as_deref())
            }
            Segment::Key(_) => None,
        };
        let above = self.of_step(parent);
        let mut key = String::with_capacity(above.len() + 24);
        key.push_str(above);
        match label {
            Some(label) => push_segment(&mut key, Segment::Key(&format!("[{label}]"))),
            None => push_segment(&mut key, segment),
        }
        key
    }

    /// What tells the entries of a list.
    fn labels_in(&self, list: LocationId) -> Vec<Option<String>> {
        let entries = self.value(list);
        if !self.of_rules {
            return labels(entries, label);
        }
        let above = self.locations.parent(list);
        if !matches!(above, Some((_, Segment::Key("anyOf" | "oneOf")))) {
            return Vec::new();
        }
        let labels = labels(entries, reference_or_label);
        match labels.iter().all(Option::is_some) {
            true => labels,
            false => Vec::new(),
        }
    }

    /// What stands at a place.
    fn value(&self, at: LocationId) -> Option<&'w Value> {
        let mut way = Vec::new();
        let mut top = at;
        while let Some((parent, segment)) = self.locations.parent(top) {
            way.push(segment);
            top = parent;
        }
        let document = self.locations.document(top);
        let known = self.documents.contains(document);
        let root = known.then(|| &self.documents.get(document).value)?;
        way.iter().rev().try_fold(root, |value, step| match step {
            Segment::Key(key) => value.get(key),
            Segment::Index(index) => value.get(index),
        })
    }
}

/// What tells each entry of a list of schemas from the others, wherever it stands in the list: its title, or else
/// the text that one of its properties always has.
fn labels(list: Option<&Value>, label: impl Fn(&Value) -> Option<String>) -> Vec<Option<String>> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    let labels: Vec<Option<String>> = entries.map(label).collect();
    let mut count: HashMap<&str, usize> = HashMap::default();
    let mut numbered = Vec::new();
    for label in &labels {
        numbered.push(label.as_deref().map(|label| {
            let count = count.entry(label).or_default();
            *count += 1;
            match count {
                1 => label.to_owned(),
                more => format!("{label} {more}"),
            }
        }));
    }
    numbered
}

/// What an alternative refers to, or else its label.
fn reference_or_label(schema: &Value) -> Option<String> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    reference.map(str::to_owned).or_else(|| label(schema))
}

fn label(schema: &Value) -> Option<String> {
    if let Some(title) = schema.get("title").and_then(Value::as_str)
        && title.chars().count() <= LONGEST_TITLE
    {
        return Some(title.to_owned());
    }
    let properties = schema.get("properties")?.as_object()?;
    properties.iter().find_map(|(name, property)| {
        let only = match (property.get("const"), property.get("enum")) {
            (Some(value), _) => value.as_str(),
            (None, Some(values)) => match values.as_array()?.as_slice() {
                [value] => value.as_str(),
                _ => None,
            },
            (None, None) => None,
        }?;
        Some(format!("{name}={only}"))
    })
}
