//! What a schema of an operation is in a flow.

use std::collections::{HashMap, HashSet};

use crate::action::{ListType, ScalarType, SchemaRoots, Service, is_step, settle};
use crate::document::{DocumentId, DocumentSet};
use crate::ir::{Field, Format, NameHint, TypeDef, TypeKind, TypeRef};

use super::naming::{Naming, Purpose};
use super::reach::Reach;

/// So many objects within one another are looked at for what a flow can fill.
const MAX_OBJECTS: usize = 200;

/// What a schema is in a flow.
pub(super) enum Sort {
    Scalar(ScalarType, Vec<String>),
    List(ListType),
    /// An Apex-defined record, or a list of them.
    Record {
        class: String,
        schema: String,
        is_list: bool,
        /// Whether a flow can fill it from plain inputs.
        can_be_filled: bool,
    },
    Unsupported(&'static str),
}

/// What is known of the types of a service.
pub(super) struct Types<'a, 'g, 's> {
    pub documents: &'s DocumentSet,
    pub roots: &'a SchemaRoots<'g, 's>,
    pub naming: Naming,
    /// The names of components by where their schemas are in the end.
    pub components: HashMap<(DocumentId, String), &'s str>,
    /// The classes, in lower case, that several components would have: Apex does not tell letter case apart.
    shared_classes: HashSet<String>,
    /// The file names that several documents have.
    pub shared_names: HashSet<&'s str>,
}

impl<'a, 'g, 's> Types<'a, 'g, 's> {
    /// What the description at `root` makes known.
    pub(super) fn new(
        service: &Service,
        root: &Reach<'s>,
        documents: &'s DocumentSet,
        roots: &'a SchemaRoots<'g, 's>,
    ) -> Self {
        let naming = Naming::new(service);
        let mut components = HashMap::new();
        let (mut classes, mut shared_classes) = (HashSet::new(), HashSet::new());
        let schemas = root.member("components");
        let schemas = schemas.and_then(|components| components.member("schemas"));
        for (name, schema) in schemas.iter().flat_map(Reach::members) {
            let Some(at) = schema.follow(documents) else {
                continue;
            };
            let found = roots.at(at.document, &at.pointer);
            let class =
                found.and_then(|found| record(roots.graph.get(found.id), naming.schema(name)));
            if let Some(class) = class.map(|class| class.to_lowercase())
                && !classes.insert(class.clone())
            {
                shared_classes.insert(class);
            }
            components.entry((at.document, at.pointer)).or_insert(name);
        }
        Self {
            documents,
            roots,
            naming,
            components,
            shared_classes,
            shared_names: shared_names(documents),
        }
    }

    /// What a schema is, which has no name of its own but for its purpose.
    pub(super) fn sort(&self, schema: &Reach<'s>, purpose: &Purpose<'_>) -> Sort {
        let Some(at) = schema.clone().follow(self.documents) else {
            return Sort::Unsupported("a reference that leads nowhere");
        };
        let (at, found) = match self.found(at) {
            Ok(found) => found,
            Err(Some(plain)) => return Sort::Scalar(plain, Vec::new()),
            Err(None) => return Sort::Unsupported("no schema"),
        };
        let graph = self.roots.graph;
        let class_of = |def: &TypeDef<'_>, component: Option<&str>, or: &'static str| {
            let class = match component {
                Some(name) => self.naming.schema(name),
                None => self.naming.inline(purpose),
            };
            let class = record(def, class).ok_or(or)?;
            match self.shared_classes.contains(&class.to_lowercase()) {
                true => Err(
                    "of a class whose name differs from that of another one in letter case alone",
                ),
                false => Ok(class),
            }
        };
        match &graph.get(found.id).kind {
            TypeKind::Boolean => Sort::Scalar(ScalarType::Boolean, Vec::new()),
            TypeKind::Integer(_) | TypeKind::Number(_) => {
                Sort::Scalar(ScalarType::Number, Vec::new())
            }
            TypeKind::String(text) => Sort::Scalar(text_type(text.format), Vec::new()),
            TypeKind::Enum(choice) => {
                let values = choice.values.iter().map(|value| value.wire.to_owned());
                Sort::Scalar(ScalarType::String, values.collect())
            }
            TypeKind::Array(array) => {
                let items = settle(graph, array.items);
                if let Some(list) = self.scalar(items) {
                    return Sort::List(ListType { list });
                }
                let def = graph.get(items.id);
                match class_of(def, self.component(def), "a list that no flow can hold") {
                    Ok(class) => Sort::Record {
                        class,
                        schema: self.name_of(&at),
                        is_list: true,
                        can_be_filled: false,
                    },
                    Err(what) => Sort::Unsupported(what),
                }
            }
            TypeKind::Union(union)
                if union.alternatives.iter().all(|one| {
                    let ty = TypeRef {
                        id: one.ty,
                        nullable: false,
                    };
                    self.scalar(ty).is_some()
                }) =>
            {
                Sort::Scalar(ScalarType::String, Vec::new())
            }
            TypeKind::Object(_) | TypeKind::Map(_) | TypeKind::Union(_) => {
                let def = graph.get(found.id);
                let component = at.component.or_else(|| self.component(def));
                match class_of(def, component, "no record") {
                    Ok(class) => Sort::Record {
                        class,
                        schema: self.name_of(&at),
                        is_list: false,
                        can_be_filled: self.can_be_filled(found),
                    },
                    Err(what) => Sort::Unsupported(what),
                }
            }
            TypeKind::Literal(_) => match self.scalar(found) {
                Some(scalar) => Sort::Scalar(scalar, Vec::new()),
                None => Sort::Unsupported("a choice of values that are not all text"),
            },
            TypeKind::Any => Sort::Unsupported("any JSON value"),
            TypeKind::Never => Sort::Unsupported("nothing"),
            TypeKind::Null => Sort::Unsupported("null"),
            TypeKind::Tuple(_) => Sort::Unsupported("a list with positions"),
            TypeKind::Alias(_) => Sort::Unsupported("a type that is defined by itself"),
        }
    }

    /// The type of a schema. One that only adds `null` to another has none of its own, and the other may be a scalar
    /// that says nothing of its own either.
    fn found(&self, mut at: Reach<'s>) -> Result<(Reach<'s>, TypeRef), Option<ScalarType>> {
        for _ in 0..MAX_OBJECTS {
            if let Some(found) = self.roots.at(at.document, &at.pointer) {
                return Ok((at, found));
            }
            let ways = ["allOf", "anyOf", "oneOf"];
            let Some(all) = ways.iter().find_map(|way| at.member(way)) else {
                return Err(plain(&at));
            };
            let mut some = all
                .elements()
                .filter(|one| one.text("type") != Some("null"));
            let (Some(only), None) = (some.next(), some.next()) else {
                return Err(None);
            };
            let component = at.component;
            at = only.follow(self.documents).ok_or(None)?;
            at.component = component.or(at.component);
        }
        Err(None)
    }

    /// The scalar that a type is in a flow.
    pub(super) fn scalar(&self, reference: TypeRef) -> Option<ScalarType> {
        let graph = self.roots.graph;
        match &graph.get(settle(graph, reference).id).kind {
            TypeKind::Boolean => Some(ScalarType::Boolean),
            TypeKind::Integer(_) | TypeKind::Number(_) => Some(ScalarType::Number),
            TypeKind::String(text) => Some(text_type(text.format)),
            TypeKind::Enum(_) => Some(ScalarType::String),
            TypeKind::Literal(values) => match values.as_slice() {
                [serde_json::Value::Bool(_)] => Some(ScalarType::Boolean),
                [serde_json::Value::Number(_)] => Some(ScalarType::Number),
                _ => None,
            },
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Array(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => None,
        }
    }

    /// The fields of an object.
    pub(super) fn fields(&self, reference: TypeRef) -> &[Field<'s>] {
        match &self.roots.graph.get(reference.id).kind {
            TypeKind::Object(object) => &object.fields,
            _ => &[],
        }
    }

    /// Whether a property is the same in every record, so that nobody has to give it.
    pub(super) fn is_fixed(&self, field: &Field<'_>) -> bool {
        let graph = self.roots.graph;
        match &graph.get(settle(graph, field.ty).id).kind {
            TypeKind::Enum(choice) => choice.values.len() == 1,
            TypeKind::Literal(values) => values.len() == 1,
            _ => false,
        }
    }

    /// The alternative of a choice that a flow fills: the first that has a name and scalars only.
    pub(super) fn alternative(&self, reference: TypeRef) -> Option<(&'s str, TypeRef)> {
        let graph = self.roots.graph;
        let TypeKind::Union(union) = &graph.get(reference.id).kind else {
            return None;
        };
        union.alternatives.iter().find_map(|one| {
            let at = TypeRef {
                id: one.ty,
                nullable: false,
            };
            let NameHint::Suggested(name) = graph.get(one.ty).name else {
                return None;
            };
            let fields = self.fields(settle(graph, at));
            let mut given = fields
                .iter()
                .filter(|field| field.required && !field.read_only && !self.is_fixed(field))
                .peekable();
            let is_some = given.peek().is_some();
            let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric());
            (is_plain
                && is_some
                && given.all(|field| is_step(field.wire) && self.scalar(field.ty).is_some()))
            .then(|| (name, settle(graph, at)))
        })
    }

    /// The fields that are scalars or lists of them and not always the same.
    pub(super) fn simple(&self, reference: TypeRef) -> impl Iterator<Item = &Field<'s>> {
        self.fields(reference).iter().filter(|field| {
            let graph = self.roots.graph;
            let items = match &graph.get(graph.resolve(field.ty).id).kind {
                TypeKind::Array(array) => self.scalar(array.items),
                _ => None,
            };
            !self.is_fixed(field) && items.or_else(|| self.scalar(field.ty)).is_some()
        })
    }

    /// Whether all that an object requires is a scalar, a list of scalars, a choice that has an alternative for
    /// flows, or such an object.
    fn can_be_filled(&self, root: TypeRef) -> bool {
        let graph = self.roots.graph;
        let (mut pending, mut seen) = (vec![root], 0);
        while let Some(at) = pending.pop() {
            seen += 1;
            if seen > MAX_OBJECTS || !matches!(graph.get(at.id).kind, TypeKind::Object(_)) {
                return false;
            }
            let fields = self.fields(at).iter();
            for field in fields.filter(|field| field.required && !field.read_only) {
                let ty = settle(graph, field.ty);
                match &graph.get(ty.id).kind {
                    _ if !is_step(field.wire) => return false,
                    TypeKind::Object(_) => pending.push(ty),
                    TypeKind::Array(array) if self.scalar(array.items).is_some() => {}
                    TypeKind::Union(_) if self.alternative(ty).is_some() => {}
                    _ if self.scalar(ty).is_some() => {}
                    _ => return false,
                }
            }
        }
        true
    }

    pub(super) fn component(&self, def: &TypeDef<'_>) -> Option<&'s str> {
        let place = self.roots.graph.locations.place(def.location);
        self.components.get(&place).copied()
    }

    /// How a descriptor speaks of a schema.
    pub(super) fn name_of(&self, at: &Reach<'_>) -> String {
        let document = self.documents.get(at.document);
        let file = if self.shared_names.contains(document.stem()) {
            &document.path
        } else {
            document.stem()
        };
        if at.pointer.is_empty() {
            file.to_owned()
        } else {
            format!("{file}#{}", at.pointer)
        }
    }
}

/// The class of a record; none for what is no record.
pub(super) fn record(def: &TypeDef<'_>, class: String) -> Option<String> {
    match def.kind {
        TypeKind::Object(_) | TypeKind::Map(_) => Some(class),
        TypeKind::Union(_) => Some(Naming::wrapper(&class)),
        _ => None,
    }
}

/// The scalar of a schema that has no type of its own in the model.
fn plain(at: &Reach<'_>) -> Option<ScalarType> {
    match at.text("type")? {
        "boolean" => Some(ScalarType::Boolean),
        "integer" | "number" => Some(ScalarType::Number),
        "string" => Some(text_type(at.text("format").map(Format::new))),
        _ => None,
    }
}

fn text_type(format: Option<Format<'_>>) -> ScalarType {
    match format {
        Some(Format::Date) => ScalarType::Date,
        Some(Format::DateTime) => ScalarType::DateTime,
        _ => ScalarType::String,
    }
}

/// The file names, without folder and extension, that several documents have.
fn shared_names(documents: &DocumentSet) -> HashSet<&str> {
    let (mut seen, mut shared) = (HashSet::new(), HashSet::new());
    for (_, document) in documents.schemas() {
        if !seen.insert(document.stem()) {
            shared.insert(document.stem());
        }
    }
    shared
}
