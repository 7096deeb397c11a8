//! Objects: the properties of all schemas of a node together.

use super::conjunction::Conjunction;
use super::key::Key;
use super::{Builder, NodeId, ObjectShape, Property, Rest};
use crate::diagnostic::{Code, Diagnostic};
use crate::hash::{HashMap, HashSet};
use crate::ir::{Docs, SizeBounds};
use crate::schema::kinds::KindSet;
use crate::schema::location::LocationId;
use crate::schema::pattern::Simple;
use crate::schema::{ObjectRules, Schema, SchemaId};

/// A property with every schema that speaks of it.
struct Slot<'g, 's> {
    name: &'s str,
    /// The schemas under this name in `properties`, then the patterns and `additionalProperties` that reach it.
    schemas: Vec<SchemaId>,
    /// How many of them are the former.
    own: usize,
    owner: &'g Schema<'s>,
    required: bool,
}

impl<'g, 's> Slot<'g, 's> {
    fn new(name: &'s str, owner: &'g Schema<'s>, required: &HashSet<&str>) -> Self {
        Self {
            name,
            schemas: Vec::new(),
            own: 0,
            owner,
            required: required.contains(name),
        }
    }
}

/// What is said of a property beside its values.
pub(super) struct Said<'s> {
    docs: Docs<'s>,
    read_only: bool,
    write_only: bool,
    location: LocationId,
}

impl<'s> Said<'s> {
    /// The property of which it is said.
    pub(super) fn of(self, name: &'s str, required: bool, node: NodeId) -> Property<'s> {
        Property {
            name,
            required,
            node,
            docs: self.docs,
            read_only: self.read_only,
            write_only: self.write_only,
            location: self.location,
        }
    }
}

/// The properties that these schemas name: first those that have schemas, then those that must only be there.
fn slots<'g, 's>(members: &[&'g Schema<'s>]) -> Vec<Slot<'g, 's>> {
    let mut required: HashSet<&str> = HashSet::default();
    for schema in members {
        required.extend(&schema.object.required);
    }
    let own = members.iter().map(|schema| schema.object.properties.len());
    let mut list: Vec<Slot<'g, 's>> = Vec::with_capacity(own.sum());
    if let [schema] = members {
        // No name is there twice.
        for (name, id) in &schema.object.properties {
            let mut slot = Slot::new(name, schema, &required);
            slot.schemas.push(*id);
            slot.own = 1;
            list.push(slot);
        }
        let known = list.iter().filter(|slot| slot.required).count();
        if known == required.len() {
            return list;
        }
    }
    let mut by_name: HashMap<&'s str, usize> = HashMap::default();
    by_name.extend(list.iter().zip(0..).map(|(slot, index)| (slot.name, index)));
    let mut find = |list: &mut Vec<Slot<'g, 's>>, name, owner| {
        *by_name.entry(name).or_insert_with(|| {
            list.push(Slot::new(name, owner, &required));
            list.len() - 1
        })
    };
    if members.len() > 1 {
        for schema in members {
            for (name, id) in &schema.object.properties {
                let index = find(&mut list, *name, *schema);
                list[index].schemas.push(*id);
                list[index].own += 1;
            }
        }
    }
    for schema in members {
        for name in &schema.object.required {
            find(&mut list, *name, *schema);
        }
    }
    list
}

impl<'s> Builder<'_, 's, '_> {
    pub(super) fn object(&mut self, key: &Key, all: &mut Conjunction<'_, 's>) -> ObjectShape<'s> {
        let members: Vec<&Schema<'s>> = all
            .members
            .iter()
            .map(|(_, schema)| *schema)
            .filter(|schema| schema.object.is_used())
            .collect();
        let mut slots = slots(&members);
        let sizes = members.iter().map(|schema| schema.object.size);
        let size = sizes.fold(SizeBounds::default(), |all, own| all.intersect(own));
        if members.len() > 1 && !self.has_room(slots.len(), all) {
            all.leave_unsaid("properties");
            return ObjectShape {
                properties: Vec::new(),
                patterns: Vec::new(),
                additional: Rest::Open,
                names: None,
                size,
            };
        }
        for schema in &members {
            reach(&schema.object, members.len() == 1, &mut slots, all);
        }
        self.note_unsaid(&members, all);
        let names = slots.iter().map(|slot| slot.name);
        let is_closed = self.is_closed(key, all, names);
        let mut properties = Vec::with_capacity(slots.len());
        for slot in slots {
            if !slot.required && self.is_false(&slot.schemas) {
                // A property that must not be there: closed objects refuse it as they refuse any other.
                all.leave_unsaid("properties");
                continue;
            }
            properties.push(self.property(slot));
        }
        let additional = self.additional(&members, is_closed, all);
        if matches!(additional, Rest::Open) && !properties.is_empty() {
            properties.extend(self.conditional_properties(&members, all));
        }
        let patterns = self.patterns(&members);
        let names: Vec<SchemaId> = members
            .iter()
            .filter_map(|schema| schema.object.names)
            .collect();
        let names = (!names.is_empty()).then(|| self.all(names));
        if names.is_some() && !properties.is_empty() {
            // Only an object without fields has keys that are a type.
            all.leave_unsaid("propertyNames");
        }
        ObjectShape {
            properties,
            patterns,
            additional,
            names,
            size,
        }
    }

    /// Whether so many properties more can be put together.
    fn has_room(&mut self, count: usize, all: &Conjunction<'_, 's>) -> bool {
        let most = self.most_merged;
        if self.merged + count <= most {
            self.merged += count;
            return true;
        }
        if let Some((_, schema)) = all.members.first() {
            let message = format!(
                "the properties of all objects that several schemas describe together are more than {most}; those of this \
                 one have no fields"
            );
            self.diagnostics.push(
                Diagnostic::new(Code::Limit, message)
                    .at_location(&self.graph.locations, schema.location)
                    .help("let a property hold the common parts in place of `allOf`, or split the schema"),
            );
        }
        false
    }

    fn property(&mut self, slot: Slot<'_, 's>) -> Property<'s> {
        let said = self.said(&slot.schemas[..slot.own], slot.owner);
        let node = self.all(self.telling(slot.schemas));
        said.of(slot.name, slot.required, node)
    }

    /// What the schemas under the name of a property say to people.
    pub(super) fn said(&self, schemas: &[SchemaId], owner: &Schema<'s>) -> Said<'s> {
        let graph = self.graph;
        let mut own = schemas.iter().map(|id| graph.get(*id));
        let first = own.clone().next();
        let mut all = own.clone();
        let documented = all.find(|schema| schema.docs.description.is_some());
        let documented = documented.or(first);
        let read_only = own.clone().any(|schema| schema.read_only);
        let write_only = own.any(|schema| schema.write_only);
        Said {
            docs: documented.map_or_else(Docs::default, |schema| schema.docs.clone()),
            read_only,
            write_only,
            location: first.unwrap_or(owner).location,
        }
    }

    /// The schemas of a property without those that ask only for JSON types of which another one of them takes no others: what
    /// they say to people, the property says.
    fn telling(&self, schemas: Vec<SchemaId>) -> Vec<SchemaId> {
        if schemas.len() < 2 {
            return schemas;
        }
        let asks_for_kinds = |id: SchemaId| {
            let schema = self.graph.get(self.graph.canonical(id));
            schema
                .asks_for_kinds_at_most()
                .then_some(schema.kinds.unwrap_or(KindSet::ALL))
        };
        let (kinds, others): (Vec<SchemaId>, Vec<SchemaId>) = schemas
            .iter()
            .partition(|id| asks_for_kinds(**id).is_some());
        if kinds.is_empty() || others.is_empty() {
            return schemas;
        }
        let taken = others.iter().map(|id| self.kinds_behind(*id));
        let taken = taken.fold(KindSet::ALL, KindSet::intersect);
        let is_kept = |id: &SchemaId| match asks_for_kinds(*id) {
            Some(kinds) => !taken.without(kinds).is_empty(),
            None => true,
        };
        schemas.into_iter().filter(is_kept).collect()
    }

    /// `is_closed` where nothing is left to `unevaluatedProperties` but what has no field, and it forbids that.
    fn additional(
        &mut self,
        members: &[&Schema<'s>],
        is_closed: bool,
        all: &mut Conjunction<'_, 's>,
    ) -> Rest {
        let stated: Vec<SchemaId> = members
            .iter()
            .filter_map(|schema| schema.object.additional)
            .collect();
        if is_closed || self.is_false(&stated) {
            return Rest::Closed;
        }
        let typed: Vec<SchemaId> = stated
            .into_iter()
            .filter(|id| self.graph.get(self.graph.canonical(*id)).boolean != Some(true))
            .collect();
        let unevaluated = members
            .iter()
            .filter_map(|schema| schema.object.unevaluated);
        let unevaluated: Vec<SchemaId> = unevaluated
            .filter(|id| self.graph.get(*id).boolean != Some(true))
            .collect();
        if !unevaluated.is_empty() {
            all.leave_unsaid("unevaluatedProperties");
        }
        if typed.is_empty() {
            return Rest::Open;
        }
        Rest::Typed(self.all(typed))
    }

    fn patterns(&mut self, members: &[&Schema<'s>]) -> Vec<(&'s str, NodeId)> {
        let mut found: Vec<(&'s str, Vec<SchemaId>)> = Vec::new();
        for (pattern, id) in members.iter().flat_map(|schema| &schema.object.patterns) {
            if self.graph.get(*id).boolean == Some(false) {
                self.forbidding.insert(*id);
            }
            match found.iter_mut().find(|(known, _)| known == pattern) {
                Some((_, schemas)) => schemas.push(*id),
                None => found.push((pattern, vec![*id])),
            }
        }
        found
            .into_iter()
            .map(|(pattern, schemas)| (pattern, self.all(schemas)))
            .collect()
    }

    fn note_unsaid(&self, members: &[&Schema<'s>], all: &mut Conjunction<'_, 's>) {
        let several = members.iter().filter(|schema| {
            schema.object.additional.is_some() || !schema.object.patterns.is_empty()
        });
        if several.count() > 1
            && members
                .iter()
                .any(|schema| !schema.object.patterns.is_empty())
        {
            all.leave_unsaid("patternProperties");
        }
        if members
            .iter()
            .any(|schema| !schema.object.dependent_required.is_empty())
        {
            all.leave_unsaid("dependentRequired");
        }
        if members
            .iter()
            .any(|schema| !schema.object.dependent_schemas.is_empty())
        {
            all.leave_unsaid("dependentSchemas");
        }
    }
}

/// Adds to each property what the patterns and the `additionalProperties` of one schema say of it; `is_alone` where there is
/// no other schema.
fn reach<'s>(
    rules: &ObjectRules<'s>,
    is_alone: bool,
    slots: &mut [Slot<'_, 's>],
    all: &mut Conjunction<'_, 's>,
) {
    if rules.patterns.is_empty() && rules.additional.is_none() {
        return;
    }
    let names = || rules.properties.iter().map(|(name, _)| *name);
    let own: Option<HashSet<&str>> = (!is_alone).then(|| names().collect());
    for slot in slots {
        let mut is_known = match &own {
            Some(own) => own.contains(slot.name),
            None => slot.own > 0,
        };
        for (pattern, id) in &rules.patterns {
            match Simple::new(pattern).map(|simple| simple.matches(slot.name)) {
                Some(true) => {
                    slot.schemas.push(*id);
                    is_known = true;
                }
                Some(false) => {}
                None => all.leave_unsaid("patternProperties"),
            }
        }
        if !is_known && let Some(additional) = rules.additional {
            slot.schemas.push(additional);
        }
    }
}
