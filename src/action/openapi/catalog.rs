//! What a flow can refer to of a service: the inputs and outputs of its actions, and the properties of its classes.
//!
//! Descriptors hold what our flows use; a flow that somebody else made may use the rest too.

use std::collections::BTreeMap;

use crate::action::{ScalarType, Service, settle};
use crate::document::{DocumentId, DocumentSet};
use crate::ir::{Additional, TypeId, TypeKind, TypeRef};
use crate::target::apex::platform::platform_name;

use super::inputs::BODY;
use super::naming::Purpose;
use super::operation::{Operation, content, operations};
use super::outputs::answers;
use super::reach::Reach;
use super::sort::{Sort, Types, record};
use super::{SchemaRoots, is_openapi_3};

/// What an org makes of a description.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub actions: Vec<Callable>,
    pub classes: BTreeMap<String, Class>,
}

/// An action.
#[derive(Debug)]
pub(crate) struct Callable {
    /// As `actionName` spells it.
    pub name: String,
    pub inputs: Vec<Part>,
    pub outputs: Vec<Part>,
}

/// A class.
#[derive(Debug, Default)]
pub(crate) struct Class {
    pub properties: Vec<Part>,
    /// Whether it has no property whose name is not known.
    pub is_complete: bool,
}

/// A part of an action or a class.
#[derive(Debug)]
pub(crate) struct Part {
    /// As flows spell it.
    pub name: String,
    pub ty: PartType,
}

/// What a part is in a flow.
#[derive(Debug)]
pub(crate) enum PartType {
    Scalar(ScalarType),
    List(ScalarType),
    Record {
        class: String,
        is_list: bool,
    },
    /// No published source says it.
    Unknown,
}

/// What an org makes of the description of a service; none if that is not OpenAPI 3.
pub(crate) fn catalog(
    service: &Service,
    document: DocumentId,
    documents: &DocumentSet,
    roots: &SchemaRoots<'_, '_>,
) -> Option<Catalog> {
    let root = Reach::document(document, documents);
    if !is_openapi_3(&root) {
        return None;
    }
    let types = Types::new(service, &root, documents, roots);
    let mut collector = Collector {
        types: &types,
        classes: BTreeMap::new(),
        pending: Vec::new(),
    };
    let all = operations(&root, documents);
    let actions = all
        .iter()
        .filter(|operation| operation.is_supported)
        .map(|operation| collector.action(service, operation))
        .collect();
    for ((document, pointer), name) in &types.components {
        if let Some(found) = roots.at(*document, pointer) {
            collector.class_of(found.id, name);
        }
    }
    collector.finish();
    Some(Catalog {
        actions,
        classes: collector.classes,
    })
}

struct Collector<'t, 'a, 'g, 's> {
    types: &'t Types<'a, 'g, 's>,
    classes: BTreeMap<String, Class>,
    /// Classes whose properties are still to be found.
    pending: Vec<(String, TypeId)>,
}

impl<'s> Collector<'_, '_, '_, 's> {
    fn action(&mut self, service: &Service, operation: &Operation<'s>) -> Callable {
        let documents = self.types.documents;
        let body = operation.body(documents).map(|body| (BODY, content(&body)));
        let others = operation.parameters(documents).into_iter();
        let others = others.map(|one| (one.name, one.schema));
        let inputs: Vec<Part> = body
            .into_iter()
            .chain(others)
            .map(|(name, schema)| Part {
                name: name.to_owned(),
                ty: self.part(schema.as_ref(), &Purpose::Input(&operation.id, name)),
            })
            .collect();
        let outputs = answers(operation, self.types, &mut Vec::new())
            .iter()
            .map(|answer| {
                let purpose = Purpose::Output(&operation.id, &answer.code);
                Part {
                    name: answer.name(),
                    ty: self.part(content(&answer.at).as_ref(), &purpose),
                }
            })
            .collect();
        Callable {
            name: format!("{}.{}", service.registration, operation.id),
            inputs,
            outputs,
        }
    }

    /// What a schema of an operation is.
    fn part(&mut self, schema: Option<&Reach<'s>>, purpose: &Purpose<'_>) -> PartType {
        let Some(schema) = schema else {
            return PartType::Unknown;
        };
        match self.types.sort(schema, purpose) {
            Sort::Scalar(scalar, _) => PartType::Scalar(scalar),
            Sort::List(list) => PartType::List(list.list),
            Sort::Record {
                class,
                schema,
                is_list,
                ..
            } => {
                if let Some(found) = self.types.roots.root(&schema) {
                    let graph = self.types.roots.graph;
                    let id = match &graph.get(found.id).kind {
                        TypeKind::Array(array) if is_list => settle(graph, array.items).id,
                        _ => found.id,
                    };
                    self.add(&class, id);
                }
                PartType::Record { class, is_list }
            }
            Sort::Unsupported(_) => PartType::Unknown,
        }
    }

    /// What a property is.
    fn property(&mut self, ty: TypeRef) -> PartType {
        let graph = self.types.roots.graph;
        if let Some(scalar) = self.types.scalar(ty) {
            return PartType::Scalar(scalar);
        }
        let (id, is_list) = match &graph.get(settle(graph, ty).id).kind {
            TypeKind::Array(array) => {
                if let Some(scalar) = self.types.scalar(array.items) {
                    return PartType::List(scalar);
                }
                (settle(graph, array.items).id, true)
            }
            _ => (settle(graph, ty).id, false),
        };
        let name = self.types.component(graph.get(id));
        match name.and_then(|name| self.class_of(id, name)) {
            Some(class) => PartType::Record { class, is_list },
            None => PartType::Unknown,
        }
    }

    /// The class of a component, if it gets one.
    fn class_of(&mut self, id: TypeId, name: &str) -> Option<String> {
        let def = self.types.roots.graph.get(id);
        let class = record(def, self.types.naming.schema(name))?;
        self.add(&class, id);
        Some(class)
    }

    fn add(&mut self, class: &str, id: TypeId) {
        if !self.classes.contains_key(class) {
            self.classes.insert(class.to_owned(), Class::default());
            self.pending.push((class.to_owned(), id));
        }
    }

    /// Finds the properties of all classes.
    fn finish(&mut self) {
        while let Some((name, id)) = self.pending.pop() {
            let class = self.class(id);
            self.classes.insert(name, class);
        }
    }

    fn class(&mut self, id: TypeId) -> Class {
        let graph = self.types.roots.graph;
        match &graph.get(id).kind {
            TypeKind::Object(object) => Class {
                properties: object
                    .fields
                    .iter()
                    .map(|field| Part {
                        name: platform_name(field.wire),
                        ty: self.property(field.ty),
                    })
                    .collect(),
                is_complete: !matches!(object.additional, Additional::Typed(_)),
            },
            TypeKind::Union(union) => {
                let mut class = Class {
                    is_complete: true,
                    ..Class::default()
                };
                for alternative in &union.alternatives {
                    let at = TypeRef {
                        id: alternative.ty,
                        nullable: false,
                    };
                    match self.types.component(graph.get(settle(graph, at).id)) {
                        Some(name) => class.properties.push(Part {
                            name: platform_name(name),
                            ty: self.property(at),
                        }),
                        None => class.is_complete = false,
                    }
                }
                class
            }
            // How the platform names the entries of a map is in no published source.
            TypeKind::Map(_)
            | TypeKind::Any
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
            | TypeKind::Alias(_) => Class::default(),
        }
    }
}
