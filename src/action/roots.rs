//! The types that descriptors speak of, and the way along a path of properties.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::document::{DocumentId, DocumentSet};
use crate::ir::{Field, TypeGraph, TypeId, TypeKind, TypeRef};
use crate::naming::type_phrases;

/// The types that descriptors refer to by the name of a schema.
pub(crate) struct SchemaRoots<'g, 's> {
    /// All types.
    pub graph: &'g TypeGraph<'s>,
    /// A phrase for each type, by which an alternative of a union is found.
    phrases: Vec<String>,
    roots: HashMap<&'s str, TypeId>,
    /// The documents by their paths, for those whose file name another one has too.
    paths: HashMap<&'g str, DocumentId>,
    /// The types by where they stand, made when somebody asks for the first.
    places: OnceCell<HashMap<(DocumentId, String), TypeId>>,
}

impl<'g, 's> SchemaRoots<'g, 's> {
    /// The roots of all documents.
    pub(crate) fn new(graph: &'g TypeGraph<'s>) -> Self {
        let roots = graph
            .modules
            .iter()
            .filter_map(|module| module.root.map(|root| (module.stem, root)))
            .collect();
        Self {
            graph,
            phrases: type_phrases(graph),
            roots,
            paths: HashMap::new(),
            places: OnceCell::new(),
        }
    }

    /// Knows the documents by their paths too.
    pub(crate) fn with_paths(mut self, documents: &'g DocumentSet) -> Self {
        let all = documents.iter();
        self.paths = all
            .map(|(id, document)| (document.path.as_str(), id))
            .collect();
        self
    }

    /// The type of the schema of this name: the root of a file, or what stands at a pointer in it.
    pub(crate) fn root(&self, name: &str) -> Option<TypeRef> {
        let (file, pointer) = name.split_once('#').unwrap_or((name, ""));
        if let Some(document) = self.paths.get(file) {
            return self.at(*document, pointer);
        }
        if pointer.is_empty() {
            return Some(self.settled(*self.roots.get(file)?));
        }
        let mut modules = self.graph.modules.iter();
        let module = modules.find(|module| module.stem == file)?;
        self.at(module.document, pointer)
    }

    /// The type that stands at a pointer of a document.
    pub(crate) fn at(&self, document: DocumentId, pointer: &str) -> Option<TypeRef> {
        let modules = &self.graph.modules;
        if pointer.is_empty() {
            let module = modules.iter().find(|module| module.document == document)?;
            return module.root.map(|root| self.settled(root));
        }
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::new();
            for (id, def) in self.graph.iter() {
                places
                    .entry(self.graph.locations.place(def.location))
                    .or_insert(id);
            }
            places
        });
        let id = places.get(&(document, pointer.to_owned()))?;
        Some(self.settled(*id))
    }

    /// What a type is called, in the schema's own letters.
    pub(crate) fn label(&self, reference: TypeRef) -> String {
        self.phrases[reference.id.0 as usize].clone()
    }

    /// The names of the schemas that have a root.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'s str> {
        self.roots.keys().copied()
    }

    fn settled(&self, id: TypeId) -> TypeRef {
        settle(
            self.graph,
            TypeRef {
                id,
                nullable: false,
            },
        )
    }
}

/// Follows aliases, and takes a union for its only alternative that the schema speaks of.
pub(crate) fn settle(graph: &TypeGraph<'_>, reference: TypeRef) -> TypeRef {
    let mut at = graph.resolve(reference);
    for _ in 0..graph.types.len() {
        let TypeKind::Union(union) = &graph.get(at.id).kind else {
            break;
        };
        let Some(only) = union.only_stated() else {
            break;
        };
        at = graph.resolve(TypeRef {
            id: only,
            nullable: at.nullable,
        });
    }
    at
}

/// Whether the name of a property can be a step of a path.
pub(crate) fn is_step(wire: &str) -> bool {
    !wire.is_empty() && !wire.contains('.') && !wire.contains("[]")
}

/// The field that a path of properties leads to, or the step that leads nowhere. A step into a union is the
/// name of an alternative, without regard to spaces and case (`TextVariable`), as in the platform's wrappers. A step
/// into the elements of a list ends with `[]`.
pub(crate) fn property<'g, 's>(
    roots: &SchemaRoots<'g, 's>,
    start: TypeRef,
    path: &str,
) -> Result<&'g Field<'s>, String> {
    let mut at = settle(roots.graph, start);
    let mut found = None;
    for step in path.split('.') {
        let (step, into_list) = match step.strip_suffix("[]") {
            Some(list) => (list, true),
            None => (step, false),
        };
        let missing = || step.to_owned();
        at = match &roots.graph.get(at.id).kind {
            TypeKind::Object(object) => {
                let field = object.fields.iter().find(|field| field.wire == step);
                let field = field.ok_or_else(missing)?;
                found = Some(field);
                field.ty
            }
            TypeKind::Union(union) => {
                let alternative = union
                    .alternatives
                    .iter()
                    .find(|one| squeezed(&roots.phrases[one.ty.0 as usize]) == squeezed(step));
                found = None;
                TypeRef {
                    id: alternative.ok_or_else(missing)?.ty,
                    nullable: false,
                }
            }
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Array(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Alias(_) => return Err(missing()),
        };
        at = settle(roots.graph, at);
        if into_list {
            let TypeKind::Array(array) = &roots.graph.get(at.id).kind else {
                return Err(missing());
            };
            at = settle(roots.graph, array.items);
        }
    }
    found.ok_or_else(|| path.to_owned())
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
