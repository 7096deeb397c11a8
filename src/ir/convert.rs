//! From shapes to types: names, presence, and what a type is for people.

use super::keys::Keys;
use super::titles::{Titles, is_name};
use super::{
    Additional, ArrayType, CheckId, Checks, Docs, EnumType, Field, Format, MapType, Module,
    ModuleId, NameHint, ObjectType, Part, SizeBounds, StringType, TupleType, TypeDef, TypeGraph,
    TypeId, TypeKind, TypeRef, alternatives, owners, tag, union,
};
use crate::document::DocumentId;
use crate::hash::{HashMap, HashSet};
use crate::normalize::{Choice, Node, NodeId, NormalizedGraph, ObjectShape, Rest, Root, Shape};
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::location::Locations;

/// Keywords that may refuse `null` where the shape accepts it.
const SAID_OF_NULL: &[&str] = &["not", "if", "anyOf", "oneOf"];

/// Turns every shape that an input holds or reaches into a type.
pub(crate) fn convert<'s>(
    graph: &NormalizedGraph<'s>,
    locations: &'s Locations<'s>,
    checks: Checks<'s>,
    root_name: Option<&'s str>,
) -> TypeGraph<'s> {
    let keys = Keys::new(graph, locations);
    let mut converter = Converter {
        graph,
        locations,
        titles: Titles::new(graph, locations, &keys),
        keys,
        modules: HashMap::default(),
        types: Vec::new(),
        of_node: vec![None; graph.nodes.len()],
        plain: HashMap::default(),
        with_null: HashMap::default(),
        sharing: Vec::new(),
        waiting: Vec::new(),
    };
    let mut modules: Vec<Module<'s>> = Vec::new();
    for (document, index) in graph.documents.iter().zip(0..) {
        converter.modules.insert(document.document, ModuleId(index));
        modules.push(Module {
            document: document.document,
            stem: document.stem,
            root: None,
            is_input: document.is_input,
        });
    }
    // Roots first, so that they and what they hold are named before anything else.
    for (document, module) in graph.documents.iter().zip(&mut modules) {
        if let Some(root) = &document.root {
            module.root = Some(converter.root(root, document.stem));
        }
    }
    let first_root = modules.first().and_then(|module| module.root);
    if let (Some(name), Some(root)) = (root_name, first_root) {
        converter.types[root.0 as usize].name = NameHint::Required(name);
    }
    converter.run();
    for node in graph
        .documents
        .iter()
        .flat_map(|document| &document.definitions)
    {
        converter.named(*node);
        converter.run();
    }
    let mut types = converter.types;
    tag::detect(&mut types);
    alternatives::name(&mut types);
    owners::name(&mut types, locations);
    for id in converter.sharing {
        union::leave_one_of_unsaid(&mut types[id.0 as usize]);
    }
    TypeGraph {
        modules,
        types,
        checks,
        locations,
    }
}

pub(super) struct Converter<'n, 's> {
    pub(super) graph: &'n NormalizedGraph<'s>,
    locations: &'n Locations<'s>,
    keys: Keys<'s>,
    titles: Titles,
    modules: HashMap<DocumentId, ModuleId>,
    types: Vec<TypeDef<'s>>,
    /// By node.
    of_node: Vec<Option<TypeId>>,
    /// Types that say nothing of their own and are the same everywhere.
    plain: HashMap<Plain<'s>, TypeId>,
    /// Types of nodes whose rules speak of `null` too.
    with_null: HashMap<NodeId, TypeId>,
    /// Unions whose alternatives hold what is said around the union too.
    pub(super) sharing: Vec<TypeId>,
    waiting: Vec<(NodeId, TypeId)>,
}

#[derive(PartialEq, Eq, Hash)]
pub(super) enum Plain<'s> {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    /// With its format, and whether that is asserted.
    String(Option<Format<'s>>, bool),
}

impl<'n, 's> Converter<'n, 's> {
    fn root(&mut self, root: &Root<'s>, stem: &'s str) -> TypeId {
        let node = &self.graph.nodes[root.node.0 as usize];
        let name = NameHint::Suggested(
            root.docs
                .title
                .filter(|title| is_name(title))
                .unwrap_or(stem),
        );
        if !root.is_reference && !node.nullable {
            return self.add(root.node, name);
        }
        let id = self.push(TypeDef {
            name,
            module: self.module(root.location),
            location: root.location,
            docs: root.docs.clone(),
            kind: TypeKind::Never,
            checks: Vec::new(),
            unsaid: Vec::new(),
        });
        let content = self.reference(root.node, id, Part::Inner);
        self.types[id.0 as usize].kind = TypeKind::Alias(content);
        id
    }

    /// The type of a named definition.
    fn named(&mut self, node: NodeId) {
        let source = &self.graph.nodes[node.0 as usize];
        if self.of_node[node.0 as usize].is_none()
            && !matches!(source.shape, Shape::Same(_))
            && let Some(key) = source.definition_name
        {
            // Nothing reaches it, so that there is no place to name it after.
            let name = self.definition_name(source).unwrap_or(key);
            self.add(node, NameHint::Suggested(name));
        }
    }

    /// Fills in the types that have been met, in the order they were met.
    fn run(&mut self) {
        let mut next = 0;
        while let Some((node, id)) = self.waiting.get(next).copied() {
            next += 1;
            let kind = self.kind(&self.graph.nodes[node.0 as usize], id);
            self.types[id.0 as usize].kind = kind;
        }
        self.waiting.clear();
    }

    /// A use of a node's type, which is named after `part` of `parent` if nothing better is known.
    pub(super) fn reference(&mut self, node: NodeId, parent: TypeId, part: Part<'s>) -> TypeRef {
        let (node, outside) = self.follow(node);
        let source = &self.graph.nodes[node.0 as usize];
        if source.nullable
            && source
                .unsaid
                .iter()
                .any(|keyword| SAID_OF_NULL.contains(keyword))
        {
            return TypeRef {
                id: self.nullable_with_rules(node, parent, part),
                nullable: outside,
            };
        }
        let nullable = outside || source.nullable;
        if let Some(id) = self.of_node[node.0 as usize] {
            return TypeRef { id, nullable };
        }
        if let Some(plain) = plain(source) {
            if let Some(id) = self.plain.get(&plain) {
                return TypeRef { id: *id, nullable };
            }
            let id = self.add(node, NameHint::Derived(parent, part));
            // It is the same type for others, of which this schema says nothing.
            self.types[id.0 as usize].docs = Docs::default();
            self.plain.insert(plain, id);
            return TypeRef { id, nullable };
        }
        let title = source
            .docs
            .title
            // A property's title says what the property is called, not what its values are.
            .filter(|_| source.is_whole && !matches!(part, Part::Property(_)))
            .filter(|title| self.titles.is_unique(self.document(source), title));
        let name = match self.definition_name(source).or(title) {
            Some(name) => NameHint::Suggested(name),
            None => NameHint::Derived(parent, part),
        };
        TypeRef {
            id: self.add(node, name),
            nullable,
        }
    }

    /// A type that holds `null` as well, because its rules speak of `null` too.
    fn nullable_with_rules(&mut self, node: NodeId, parent: TypeId, part: Part<'s>) -> TypeId {
        if let Some(id) = self.with_null.get(&node) {
            return *id;
        }
        let source = &self.graph.nodes[node.0 as usize];
        let id = self.add(node, NameHint::Derived(parent, part));
        self.with_null.insert(node, id);
        let outer = self.push(TypeDef {
            name: self
                .definition_name(source)
                .map_or(NameHint::Derived(parent, part), NameHint::Suggested),
            module: self.module(source.location),
            location: source.location,
            docs: source.docs.clone(),
            kind: TypeKind::Alias(TypeRef { id, nullable: true }),
            checks: source.parts.iter().map(|id| CheckId::from(*id)).collect(),
            unsaid: source.unsaid.clone(),
        });
        self.types[id.0 as usize].name = NameHint::Derived(outer, Part::Inner);
        self.with_null.insert(node, outer);
        outer
    }

    /// The node that a node without a shape of its own means, and whether `null` is accepted on the way to it.
    pub(super) fn follow(&self, mut node: NodeId) -> (NodeId, bool) {
        let mut nullable = false;
        for _ in 0..=self.graph.nodes.len() {
            let source = &self.graph.nodes[node.0 as usize];
            match source.shape {
                Shape::Same(target) if source.unsaid.is_empty() => {
                    nullable |= source.nullable;
                    node = target;
                }
                _ => break,
            }
        }
        (node, nullable)
    }

    /// Whether `null` may be accepted by a node: beside its shape, or as one of its alternatives.
    pub(super) fn may_take_null(&self, node: NodeId) -> bool {
        let mut work = vec![node];
        let mut met = HashSet::default();
        while let Some(node) = work.pop() {
            let source = &self.graph.nodes[node.0 as usize];
            if !met.insert(node) {
                continue;
            }
            let takes = match &source.shape {
                Shape::Same(target) => {
                    work.push(*target);
                    false
                }
                Shape::Union(union) => {
                    work.extend(union.alternatives.iter().map(|choice| choice.node));
                    false
                }
                _ => source.kinds.contains(Kind::Null),
            };
            if takes || source.nullable {
                return true;
            }
        }
        false
    }

    fn add(&mut self, node: NodeId, name: NameHint<'s>) -> TypeId {
        let source = &self.graph.nodes[node.0 as usize];
        let id = self.push(TypeDef {
            name,
            module: self.module(source.location),
            location: source.location,
            docs: source.docs.clone(),
            kind: TypeKind::Never,
            checks: source.parts.iter().map(|id| CheckId::from(*id)).collect(),
            unsaid: source.unsaid.clone(),
        });
        self.of_node[node.0 as usize] = Some(id);
        self.waiting.push((node, id));
        id
    }

    fn push(&mut self, def: TypeDef<'s>) -> TypeId {
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(def);
        id
    }

    fn definition_name(&self, node: &Node<'s>) -> Option<&'s str> {
        self.keys.name(self.document(node), node.definition_name?)
    }

    /// What an alternative is called, by the key of its definition or by its title.
    pub(super) fn label(&self, choice: &Choice<'s>) -> Option<&'s str> {
        let (node, _) = self.follow(choice.node);
        let document = self.document(&self.graph.nodes[node.0 as usize]);
        self.keys.name(document, choice.label?)
    }

    fn document(&self, node: &Node<'s>) -> DocumentId {
        self.locations.document(node.location)
    }

    fn module(&self, location: crate::schema::location::LocationId) -> ModuleId {
        let document = self.locations.document(location);
        self.modules.get(&document).copied().unwrap_or(ModuleId(0))
    }

    fn kind(&mut self, node: &Node<'s>, id: TypeId) -> TypeKind<'s> {
        match &node.shape {
            Shape::Same(target) => TypeKind::Alias(self.reference(*target, id, Part::Inner)),
            Shape::Any => TypeKind::Any,
            Shape::Never => TypeKind::Never,
            Shape::Null => TypeKind::Null,
            Shape::Boolean => TypeKind::Boolean,
            Shape::Integer(bounds) => TypeKind::Integer(bounds.clone()),
            Shape::Number(bounds) => TypeKind::Number(bounds.clone()),
            Shape::String(string) => TypeKind::String(string.clone()),
            Shape::Enum(values) => TypeKind::Enum(EnumType {
                values: values.clone(),
            }),
            Shape::Literal(values) => TypeKind::Literal(values.clone()),
            Shape::Array(array) => {
                let rest = array.rest.map(|rest| self.reference(rest, id, Part::Item));
                if array.prefix.is_empty() {
                    let items = rest.unwrap_or_else(|| self.nothing(id));
                    let size = if rest.is_none() {
                        SizeBounds {
                            min: array.size.min,
                            max: Some(0),
                        }
                    } else {
                        array.size
                    };
                    return TypeKind::Array(ArrayType {
                        items,
                        size,
                        unique: array.unique,
                    });
                }
                let prefix = array.prefix.iter().zip(0..);
                let prefix = prefix
                    .map(|(item, index)| self.reference(*item, id, Part::Position(index)))
                    .collect();
                TypeKind::Tuple(TupleType {
                    prefix,
                    rest,
                    size: array.size,
                    unique: array.unique,
                })
            }
            Shape::Object(object) => self.object(object, id),
            Shape::Union(union) => self.union(union, id),
        }
    }

    fn object(&mut self, object: &ObjectShape<'s>, id: TypeId) -> TypeKind<'s> {
        let mut fields = Vec::new();
        for property in &object.properties {
            fields.push(Field {
                wire: property.name,
                docs: property.docs.clone(),
                ty: self.reference(property.node, id, Part::Property(property.name)),
                required: property.required,
                read_only: property.read_only,
                write_only: property.write_only,
                location: property.location,
            });
        }
        let patterns: Vec<(&'s str, TypeRef)> = object
            .patterns
            .iter()
            .map(|(pattern, node)| (*pattern, self.reference(*node, id, Part::Value)))
            .collect();
        let additional = match object.additional {
            Rest::Open => Additional::Open,
            Rest::Closed => Additional::Closed,
            Rest::Typed(node) => Additional::Typed(self.reference(node, id, Part::Value)),
        };
        let is_closed = additional == Additional::Closed;
        if !fields.is_empty() || (is_closed && patterns.is_empty()) {
            return TypeKind::Object(ObjectType {
                fields,
                additional,
                patterns,
                size: object.size,
            });
        }
        let values = match (additional, patterns.as_slice()) {
            (Additional::Typed(values), []) => values,
            (Additional::Closed, [(_, first), others @ ..])
                if others.iter().all(|(_, other)| other == first) =>
            {
                *first
            }
            _ => self.anything(id),
        };
        let keys = object
            .names
            .map(|names| self.reference(names, id, Part::Variant("key")).id);
        TypeKind::Map(MapType {
            values,
            size: object.size,
            keys,
            patterns,
            is_closed,
        })
    }

    /// The type that allows everything.
    fn anything(&mut self, parent: TypeId) -> TypeRef {
        let id = match self.plain.get(&Plain::Any) {
            Some(id) => *id,
            None => {
                let id = self.part_of(parent, TypeKind::Any);
                self.plain.insert(Plain::Any, id);
                id
            }
        };
        TypeRef {
            id,
            nullable: false,
        }
    }

    /// A type that allows nothing.
    fn nothing(&mut self, parent: TypeId) -> TypeRef {
        TypeRef {
            id: self.part_of(parent, TypeKind::Never),
            nullable: false,
        }
    }

    fn part_of(&mut self, parent: TypeId, kind: TypeKind<'s>) -> TypeId {
        let def = &self.types[parent.0 as usize];
        let (module, location) = (def.module, def.location);
        self.push(TypeDef {
            name: NameHint::Derived(parent, Part::Value),
            module,
            location,
            docs: Docs::default(),
            kind,
            checks: Vec::new(),
            unsaid: Vec::new(),
        })
    }
}

/// What a node is, if it is one of the types that say nothing of their own.
pub(super) fn plain<'s>(node: &Node<'s>) -> Option<Plain<'s>> {
    if node.definition_name.is_some() || !node.unsaid.is_empty() {
        return None;
    }
    match &node.shape {
        Shape::Any if node.kinds == KindSet::ALL => Some(Plain::Any),
        Shape::Null => Some(Plain::Null),
        Shape::Boolean => Some(Plain::Boolean),
        Shape::Integer(bounds) if bounds.is_unbounded() => Some(Plain::Integer),
        Shape::Number(bounds) if bounds.is_unbounded() => Some(Plain::Number),
        Shape::String(StringType {
            format,
            asserts_format,
            length,
            patterns,
        }) if length.is_unbounded() && patterns.is_empty() => {
            Some(Plain::String(*format, *asserts_format))
        }
        _ => None,
    }
}
