//! Which alternatives can match, as far as a property tells that must be there and of which single values are allowed.

use serde_json::Value;

use super::Builder;
use super::conjunction::Conjunction;
use super::key::Key;
use crate::hash::HashMap;
use crate::schema::{Schema, SchemaId, equal};

/// How many properties of a node are looked at. With more, every alternative may match.
const MOST_PROPERTIES: usize = 10_000;

/// The properties that the schemas of a node speak of.
pub(super) struct Told<'s> {
    properties: HashMap<&'s str, Vec<SchemaId>>,
    required: Vec<&'s str>,
}

impl<'s> Told<'s> {
    pub(super) fn new(all: &Conjunction<'_, 's>) -> Self {
        let objects = || all.members.iter().map(|(_, schema)| &schema.object);
        let count: usize = objects().map(|object| object.properties.len()).sum();
        let mut properties: HashMap<&str, Vec<SchemaId>> = HashMap::default();
        if count <= MOST_PROPERTIES {
            for (name, id) in objects().flat_map(|object| &object.properties) {
                properties.entry(name).or_default().push(*id);
            }
        }
        let required = objects().flat_map(|object| object.required.iter().copied());
        Self {
            properties,
            required: required.collect(),
        }
    }

    /// Whether no object can be what the node says and what an alternative says.
    pub(super) fn excludes(&self, builder: &Builder<'_, 's, '_>, alternative: SchemaId) -> bool {
        if self.properties.is_empty() {
            return false;
        }
        let inner = Conjunction::new(builder, &Key::of(builder.graph, [alternative]));
        let own = || inner.members.iter().map(|(_, schema)| &schema.object);
        let is_required = |name| {
            self.required.contains(&name) || own().any(|object| object.required.contains(&name))
        };
        own()
            .flat_map(|object| &object.properties)
            .any(|(name, id)| {
                let known = self.properties.get(name).map(Vec::as_slice);
                let known = known.unwrap_or_default().iter();
                known.copied().any(|known| are_apart(builder, known, *id)) && is_required(*name)
            })
    }
}

/// Whether both schemas list values, and none is in both lists.
fn are_apart(builder: &Builder<'_, '_, '_>, one: SchemaId, other: SchemaId) -> bool {
    match (listed(builder, one), listed(builder, other)) {
        (Some(one), Some(other)) => equal::common(one, &other).is_empty(),
        _ => false,
    }
}

/// The values that a schema allows, if it lists them.
fn listed<'s>(builder: &Builder<'_, 's, '_>, id: SchemaId) -> Option<Vec<&'s Value>> {
    let schema: &Schema<'s> = builder.graph.get(id);
    if schema.references.is_empty() && schema.composition.all_of.is_empty() {
        return schema.values.clone();
    }
    Conjunction::new(builder, &Key::of(builder.graph, [id])).values
}
