//! From schemas to shapes: references followed, `allOf` merged, unions and enums recognised.
//!
//! A node stands for a *conjunction* of schemas: the values that all of them accept. A schema by itself is a
//! conjunction of one; a property that two branches of an `allOf` describe is a conjunction of two. Conjunctions
//! are interned, so that recursion ends and a schema that is used twice is one node.

mod array;
mod conditional;
mod conjunction;
mod discriminator;
mod evaluated;
mod impossible;
mod key;
mod object;
mod scalar;
#[cfg(test)]
mod tests;
mod told;
mod union;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::{HashMap, HashSet};
use crate::ir::{Docs, EnumValue, Matching, NumberBounds, SizeBounds, StringType};
use crate::schema::kinds::KindSet;
use crate::schema::location::LocationId;
use crate::schema::{SchemaGraph, SchemaId};
use discriminator::TagShape;
use key::Key;

/// How many nodes a run may have for each schema; only products of unions and `allOf` reach it.
const NODES_PER_SCHEMA: usize = 16;
/// How many nodes any run may have. A few kilobytes of schemas that meet in ever new sets, as the states of an automaton do, come
/// this far: each node is a type with classes of its own. Real schemas have hundreds.
const NODES_AT_LEAST: usize = 10_000;
/// How many properties a run may have for each schema in objects that several schemas describe together; real schemas have two.
const MERGED_PER_SCHEMA: usize = 16;
/// How many of those any run may have. A few kilobytes of schemas that share hundreds of properties come this far.
const MERGED_AT_LEAST: usize = 100_000;
/// How many of those no run may have. Each schema of a chain of `allOf` has the properties of all before it, so that ten thousand
/// of them would have fifty million.
const MERGED_AT_MOST: usize = 1_000_000;
/// How many schemas and alternatives are looked at for nodes that are several schemas together, for all of these: where each of
/// hundreds of unions has all others for alternatives, every node has hundreds, too.
const MOST_COMBINED: usize = 2_000_000;

/// How many properties are named in one message.
const NAMES_SAID: usize = 3;

/// The index of a node in its [`NormalizedGraph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub(crate) struct NodeId(pub u32);

/// The schemas as shapes.
#[derive(Debug, Serialize)]
pub(crate) struct NormalizedGraph<'s> {
    pub nodes: Vec<Node<'s>>,
    pub documents: Vec<DocumentNodes<'s>>,
}

/// What a document has to offer.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentNodes<'s> {
    pub document: crate::document::DocumentId,
    pub stem: &'s str,
    pub is_input: bool,
    pub root: Option<Root<'s>>,
    pub definitions: Vec<NodeId>,
}

/// The root of a document.
#[derive(Debug, Serialize)]
pub(crate) struct Root<'s> {
    pub node: NodeId,
    /// Whether the root only refers to the node, which stands elsewhere.
    pub is_reference: bool,
    /// What the root itself says to people.
    pub docs: Docs<'s>,
    #[serde(skip)]
    pub location: LocationId,
}

/// One shape.
#[derive(Debug, Serialize)]
pub(crate) struct Node<'s> {
    #[serde(skip)]
    pub location: LocationId,
    /// The key among named definitions, where the node is a schema as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition_name: Option<&'s str>,
    /// Whether the node is a schema as it stands, not a merger or a part of one.
    pub is_whole: bool,
    /// The schemas that a value of this node satisfies, all of them.
    #[serde(skip)]
    pub parts: Vec<SchemaId>,
    pub docs: Docs<'s>,
    pub shape: Shape<'s>,
    /// Whether `null` is accepted beside the shape.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// The JSON types that a value can have, `null` aside.
    pub kinds: KindSet,
    /// Keywords that the shape does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsaid: Vec<&'static str>,
}

/// A closed set of shapes; what has none of its own is `Any` with keywords unsaid.
#[derive(Debug, Serialize)]
pub(crate) enum Shape<'s> {
    /// That of another node: all that is left here is whether `null` is accepted as well.
    Same(NodeId),
    Any,
    Never,
    Null,
    Boolean,
    Integer(NumberBounds<'s>),
    Number(NumberBounds<'s>),
    String(StringType<'s>),
    Enum(Vec<EnumValue<'s>>),
    Literal(Vec<&'s Value>),
    Array(ArrayShape),
    Object(ObjectShape<'s>),
    Union(UnionShape<'s>),
}

#[derive(Debug, Serialize)]
pub(crate) struct ArrayShape {
    pub prefix: Vec<NodeId>,
    /// The elements after the prefix; none where there may be none.
    pub rest: Option<NodeId>,
    pub size: SizeBounds,
    pub unique: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct ObjectShape<'s> {
    pub properties: Vec<Property<'s>>,
    pub patterns: Vec<(&'s str, NodeId)>,
    pub additional: Rest,
    pub names: Option<NodeId>,
    pub size: SizeBounds,
}

#[derive(Debug, Serialize)]
pub(crate) struct Property<'s> {
    pub name: &'s str,
    pub required: bool,
    pub node: NodeId,
    pub docs: Docs<'s>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    #[serde(skip)]
    pub location: LocationId,
}

/// What properties without a name of their own may hold.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) enum Rest {
    Open,
    Closed,
    Typed(NodeId),
}

#[derive(Debug, Serialize)]
pub(crate) struct UnionShape<'s> {
    pub alternatives: Vec<Choice<'s>>,
    pub matching: Matching,
    /// Whether each alternative holds what is said around the union too, and so the union itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_shared: bool,
    /// Whether another union is left to a check of the whole: the alternatives do not know of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_partial: bool,
    /// What the schema says that tells them apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<TagShape<'s>>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Choice<'s> {
    pub node: NodeId,
    /// What the schema calls the alternative: the key of a definition, or a title.
    pub label: Option<&'s str>,
    pub implied: bool,
}

/// Normalizes every schema that an input holds or reaches.
pub(crate) fn normalize<'s>(
    graph: &SchemaGraph<'s>,
    _config: &Config,
    diagnostics: &mut Diagnostics,
) -> NormalizedGraph<'s> {
    // Mostly a schema is one shape, and a reference none.
    let ids = (0..).map(SchemaId).take(graph.schemas.len());
    let room = ids.filter(|id| graph.canonical(*id) == *id).count();
    let mut known = HashMap::default();
    known.reserve(room);
    let mut builder = Builder {
        graph,
        families: discriminator::families(graph, diagnostics),
        diagnostics,
        nodes: known,
        keys: Vec::with_capacity(room),
        merged: 0,
        ruled: 0,
        most_merged: (graph.schemas.len() * MERGED_PER_SCHEMA)
            .clamp(MERGED_AT_LEAST, MERGED_AT_MOST),
        combined: 0,
        limit: (graph.schemas.len() * NODES_PER_SCHEMA).max(NODES_AT_LEAST),
        forbidding: HashSet::default(),
    };
    let mut documents = Vec::new();
    for source in &graph.documents {
        let root = source.root.map(|id| Root {
            node: builder.node(Key::of(graph, [id])),
            is_reference: graph.canonical(id) != id,
            docs: graph.get(id).docs.clone(),
            location: graph.get(id).location,
        });
        let definitions = source
            .definitions
            .iter()
            .map(|(_, id)| builder.node(Key::of(graph, [*id])))
            .collect();
        documents.push(DocumentNodes {
            document: source.document,
            stem: source.stem,
            is_input: source.is_input,
            root,
            definitions,
        });
    }
    let mut nodes = Vec::with_capacity(room);
    while let Some(key) = builder.keys.get_mut(nodes.len()) {
        // Nobody asks for the key of a node again.
        let key = std::mem::take(key);
        nodes.push(builder.build(key));
    }
    for reason in impossible::rule_out(&mut nodes, &documents) {
        builder.say_impossible(&nodes[reason.node.0 as usize], &reason.required);
    }
    NormalizedGraph { nodes, documents }
}

/// The state of the pass: nodes by key, those beyond the built ones still to be built.
struct Builder<'g, 's, 'd> {
    graph: &'g SchemaGraph<'s>,
    /// The schemas that build on each schema with a discriminator.
    families: HashMap<SchemaId, Vec<SchemaId>>,
    diagnostics: &'d mut Diagnostics,
    nodes: HashMap<Key, NodeId>,
    keys: Vec<Key>,
    /// How many properties of several schemas together have been put into objects.
    merged: usize,
    /// How many properties of rules have been looked at.
    ruled: usize,
    /// How many there may be of either.
    most_merged: usize,
    /// How many schemas and alternatives have been looked at for nodes that are not one schema as it stands.
    combined: usize,
    limit: usize,
    /// The schemas that forbid what they stand for on purpose: each is `false` for the properties of a pattern.
    forbidding: HashSet<SchemaId>,
}

impl Builder<'_, '_, '_> {
    /// The node of a conjunction; it is built when its turn comes.
    fn node(&mut self, key: Key) -> NodeId {
        if let Some(known) = self.nodes.get(&key) {
            return *known;
        }
        if self.keys.len() >= self.limit && !key.is_anything() {
            self.say_too_many(&key);
            return self.node(Key::default());
        }
        let id = NodeId(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        self.nodes.insert(key.clone(), id);
        self.keys.push(key);
        id
    }

    /// Says that no value fits a node, unless somebody means that. It may be what is said of properties that have to be there.
    fn say_impossible(&mut self, node: &Node<'_>, required: &BTreeSet<&str>) {
        let locations = &self.graph.locations;
        let is_false = |part: &SchemaId| self.graph.get(*part).boolean == Some(false);
        if !required.is_empty() && node.parts.iter().all(is_false) {
            let names = required.iter().take(NAMES_SAID);
            let mut names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            if required.len() > NAMES_SAID {
                names.push(format!("{} more", required.len() - NAMES_SAID));
            }
            let what = match names.split_last() {
                Some((last, before)) if !before.is_empty() => {
                    format!("{} and {last} are required", before.join(", "))
                }
                _ => format!("{} is required", names.concat()),
            };
            self.diagnostics.push(
                Diagnostic::new(Code::Unsatisfiable, format!("{what}, but may not be there"))
                    .at_location(locations, node.location)
                    .help("allow it there, or take it out of `required`: so far no object can be valid"),
            );
            return;
        }
        if node.parts.iter().all(|part| self.forbidding.contains(part)) {
            return;
        }
        let parts = node.parts.iter().map(|part| self.graph.get(*part).location);
        let mut others = parts.clone().filter(|location| *location != node.location);
        let closes = parts.chain([node.location]).any(|part| {
            let (_, pointer) = locations.place(part);
            let place = pointer.strip_suffix("/additionalProperties");
            place.is_some_and(|place| !place.ends_with("/properties"))
        });
        let help = if closes {
            "`additionalProperties` speaks of all that is not named beside it, whatever other parts of an `allOf` name: say `unevaluatedProperties` beside the `allOf` instead"
        } else {
            "look for a `type`, `enum` or bound that contradicts another one"
        };
        let said = match others.next() {
            None => Diagnostic::new(Code::Unsatisfiable, "no value can satisfy this schema"),
            Some(other) => {
                let message = "no value can satisfy both this schema and the one";
                Diagnostic::new(Code::Unsatisfiable, message).and_location(locations, other)
            }
        };
        self.diagnostics
            .push(said.at_location(locations, node.location).help(help));
    }

    /// Says that what a key asks is not looked at.
    fn say_too_many(&mut self, key: &Key) {
        let at = key
            .main()
            .map_or_else(LocationId::default, |id| self.graph.get(id).location);
        self.diagnostics.push(
            Diagnostic::new(Code::Limit, "the combinations of `allOf`, `anyOf` and `oneOf` are too many; this one is taken to allow anything")
                .at_location(&self.graph.locations, at)
                .help("give common parts a definition of their own, or combine fewer alternatives"),
        );
    }

    /// The node of the schemas together; what allows everything is left out.
    fn all(&mut self, schemas: impl IntoIterator<Item = SchemaId>) -> NodeId {
        self.node(Key::of(self.graph, schemas))
    }
}
