//! Every Apex name of a run, decided once. What a name is made of is said in [`ident`](super::ident).

use std::collections::BTreeMap;

use super::actions::Verb;
use super::companions::{CODEC, Family, Shared, TEST};
use super::config::ApexConfig;
use super::entries::Entries;
use super::ident::{self, Candidates, MAX_CONSTANT, MAX_FIELD};
use super::reserved::ClassNames;
use super::types::{Holder, TypeMap, stated};
use crate::ir::{NameHint, Part, TypeGraph, TypeId, TypeKind, TypeRef};
use crate::naming::{Scope, type_phrases};

/// The only field of a class around a list that is an element of a list.
pub(crate) const LIST_FIELD: &str = "items";

/// The variables of codecs where they name constants: a variable hides a class, letter case aside.
const VARIABLES: &[&str] = &["at", "entry", "item", "part", "seen", "value", "whole"];

/// The names of all classes, fields and constants.
///
/// A class name is unique without regard to case in the whole run, and a field's or a constant's in its class.
/// Names that nobody has to change are given out first, then the others in the schema's order: a name does not
/// depend on properties and types that come after it, except where these want it unchanged.
pub(crate) struct Names {
    classes: BTreeMap<TypeId, ClassName>,
    lists: BTreeMap<TypeId, String>,
    entries: Entries,
    actions: BTreeMap<(TypeId, Verb), String>,
    make_uuid: Option<String>,
    shared: Shared,
}

#[derive(Clone)]
struct ClassName {
    name: String,
    /// Fields, or the constants of an enum.
    members: Vec<String>,
    twins: BTreeMap<usize, String>,
}

impl Names {
    /// Decides all names.
    pub(crate) fn resolve(
        graph: &TypeGraph<'_>,
        types: &TypeMap,
        config: &ApexConfig,
        chosen: &[TypeId],
    ) -> Self {
        let phrases = type_phrases(graph);
        let entries = Entries::new(graph, types);
        let taken = ClassNames::new();
        let taken_for_constants = ClassNames::new().and(VARIABLES);
        let mut scope = Scope::case_insensitive();
        for name in taken.iter() {
            scope.claim(name);
        }
        let mut order: Vec<TypeId> = graph.iter().map(|(id, _)| id).collect();
        order.sort_by_key(|id| match graph.get(*id).name {
            // The first of the maps that share a class is not what names it.
            _ if entries.is_shared(*id) => 2,
            NameHint::Required(_) => 0,
            NameHint::Suggested(_) => 1,
            NameHint::Derived(..) => 3,
        });
        let mut classes: BTreeMap<TypeId, ClassName> = BTreeMap::new();
        let mut lists = BTreeMap::new();
        for id in order {
            let def = graph.get(id);
            let phrase = &phrases[named_after(graph, types, id).0 as usize];
            let file = match def.name {
                NameHint::Suggested(_) if !entries.is_shared(id) => graph
                    .modules
                    .get(def.module.0 as usize)
                    .map(|module| module.stem),
                NameHint::Required(_) | NameHint::Suggested(_) | NameHint::Derived(..) => None,
            };
            let (family, taken) = match def.kind {
                TypeKind::Enum(_) => (Family::Alone, &taken_for_constants),
                _ => (Family::Data, &taken),
            };
            let mut class = |phrase: &str| {
                let prefix = &config.class_prefix;
                let candidates = ident::class(phrase, file, prefix, taken, family.max());
                family.claim(&mut scope, &candidates)
            };
            if types.holder(id) == Holder::List(id) && types.is_nested_list(id) {
                lists.insert(id, class(phrase));
            }
            let owner = entries.owner(id);
            if let Some(shared) = classes.get(&owner).filter(|_| owner != id) {
                let shared = shared.clone();
                classes.insert(id, shared);
                continue;
            }
            let Some(members) = members(graph, types, &phrases, id) else {
                continue;
            };
            let phrase_of = |id| phrases[named_after(graph, types, id).0 as usize].clone();
            let name = match def.kind {
                TypeKind::Map(_) => class(
                    &entries
                        .phrase(id, phrase_of)
                        .unwrap_or_else(|| format!("{phrase} entry")),
                ),
                _ => class(phrase),
            };
            classes.insert(id, members.named(name));
        }
        let prefix = &config.class_prefix;
        let shared = Shared::claim(&mut scope, prefix);
        let mut action = |phrase: &str| {
            let candidates = ident::class(phrase, None, prefix, &taken, Family::Alone.max());
            Family::Alone.claim(&mut scope, &candidates)
        };
        let mut actions = BTreeMap::new();
        for &id in chosen {
            for verb in Verb::ALL {
                let phrase = format!("{} {}", phrases[id.0 as usize], verb.word());
                actions.insert((id, verb), action(&phrase));
            }
        }
        Self {
            classes,
            lists,
            entries,
            make_uuid: config.actions.any().then(|| action("make uuid")),
            actions,
            shared,
        }
    }

    /// The classes that all codecs share.
    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The name of the codec of a data class.
    pub(crate) fn codec(class: &str) -> String {
        format!("{class}{CODEC}")
    }

    /// The name of a type's class: an object's, a tuple's or a union's own, that of a map's entries, or the one
    /// with an enum's constants.
    pub(crate) fn class_name(&self, id: TypeId) -> Option<&str> {
        self.classes.get(&id).map(|class| class.name.as_str())
    }

    /// The name of an action on a type; none where nobody asks for it.
    pub(crate) fn action(&self, id: TypeId, verb: Verb) -> Option<&str> {
        self.actions.get(&(id, verb)).map(String::as_str)
    }

    /// The name of the test of a class.
    pub(crate) fn test(class: &str) -> String {
        format!("{class}{TEST}")
    }

    /// The name of the action that makes a UUID; none where nobody asks for actions.
    pub(crate) fn make_uuid(&self) -> Option<&str> {
        self.make_uuid.as_deref()
    }

    /// Whether other maps with such values have the class of this map's entries as well.
    pub(crate) fn shares_entries(&self, id: TypeId) -> bool {
        self.entries.is_shared(id)
    }

    /// The map whose entries' class this map's entries have; the type itself where it is no map or shares with none.
    pub(crate) fn entry_owner(&self, id: TypeId) -> TypeId {
        self.entries.owner(id)
    }

    /// The name of the class around an array or map that is an element of a list.
    pub(crate) fn list_class_name(&self, id: TypeId) -> Option<&str> {
        self.lists.get(&id).map(String::as_str)
    }

    /// The name of a field: of an object's property, a union's alternative or a tuple's position (the rest
    /// comes after the last) by their place in the type, of a map's key (0) and value (1).
    pub(crate) fn field_name(&self, id: TypeId, index: usize) -> Option<&str> {
        let name = self.classes.get(&id)?.members.get(index)?;
        (!name.is_empty()).then_some(name)
    }

    /// The name of the Boolean that tells null from absent, for an object's property that may be both.
    pub(crate) fn twin_name(&self, id: TypeId, index: usize) -> Option<&str> {
        self.classes.get(&id)?.twins.get(&index).map(String::as_str)
    }

    /// The name of the constant for a value of an enum, by its place in the enum.
    pub(crate) fn constant_name(&self, id: TypeId, index: usize) -> Option<&str> {
        self.field_name(id, index)
    }
}

/// The type whose phrase names the class of this one. The values of a union without a class are what the union is about:
/// some known texts beside any text, or the only alternative that the schema speaks of.
pub(super) fn named_after(graph: &TypeGraph<'_>, types: &TypeMap, id: TypeId) -> TypeId {
    let def = graph.get(id);
    match (&def.kind, def.name) {
        (TypeKind::Enum(_), NameHint::Derived(parent, Part::Alternative(_) | Part::Variant(_)))
            if matches!(types.holder(parent), Holder::Scalar(_)) =>
        {
            parent
        }
        (_, NameHint::Derived(parent, Part::Alternative(_) | Part::Variant(_)))
            if matches!(graph.get(parent).kind, TypeKind::Union(_))
                && types.holder(parent) == Holder::Class(id) =>
        {
            parent
        }
        _ => id,
    }
}

/// Takes the first free candidate, or the first one with a number.
fn claim(scope: &mut Scope, candidates: &Candidates, max: usize) -> String {
    let names = &candidates.names;
    match names.iter().find(|name| scope.claim(name)) {
        Some(name) => name.clone(),
        None => scope.claim_numbered(names.first().map_or("", String::as_str), max),
    }
}

/// The members that a class wants, by their place in the type; nothing where the class has no such member.
struct Members {
    wanted: Vec<Candidates>,
    twins: Vec<usize>,
    max: usize,
}

impl Members {
    fn new(wanted: Vec<Candidates>, max: usize) -> Self {
        Self {
            wanted,
            twins: Vec::new(),
            max,
        }
    }

    /// Gives each member its name: those that need not change first.
    fn named(self, class: String) -> ClassName {
        let mut scope = Scope::case_insensitive();
        let mut members = vec![String::new(); self.wanted.len()];
        let (plain, changed): (Vec<_>, Vec<_>) = self
            .wanted
            .iter()
            .enumerate()
            .filter(|(_, candidates)| !candidates.names.is_empty())
            .partition(|(_, candidates)| candidates.is_exact);
        for (index, candidates) in plain.into_iter().chain(changed) {
            members[index] = claim(&mut scope, candidates, self.max);
        }
        let twins = self
            .twins
            .into_iter()
            .map(|index| {
                let twin = format!("{}_set", members[index]);
                (index, scope.claim_numbered(&twin, MAX_FIELD + 4))
            })
            .collect();
        ClassName {
            name: class,
            members,
            twins,
        }
    }
}

/// The members of a type's class; none where the type has no class.
fn members(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    phrases: &[String],
    id: TypeId,
) -> Option<Members> {
    let has_class = types.holder(id) == Holder::Class(id);
    match &graph.get(id).kind {
        TypeKind::Object(object) if has_class => {
            let never = |ty: TypeRef| types.holder(ty.id) == Holder::Never;
            let wanted = object
                .fields
                .iter()
                .map(|field| match never(field.ty) {
                    true => Candidates::default(),
                    false => ident::field(field.wire),
                })
                .collect();
            let mut members = Members::new(wanted, MAX_FIELD);
            members.twins = (0..)
                .zip(&object.fields)
                .filter(|(_, field)| {
                    !field.required && types.is_nullable(field.ty) && !never(field.ty)
                })
                .map(|(index, _)| index)
                .collect();
            Some(members)
        }
        TypeKind::Union(union) if has_class => {
            let mut wanted = vec![Candidates::default(); union.alternatives.len()];
            for (index, ty) in stated(graph, union) {
                let name = union.alternatives[index].name;
                wanted[index] =
                    ident::synthetic_field(&alternative(graph, types, phrases, ty, name));
            }
            Some(Members::new(wanted, MAX_FIELD))
        }
        TypeKind::Tuple(tuple) if has_class => {
            let positions = 1..=tuple.prefix.len();
            let mut wanted: Vec<Candidates> = positions
                .map(|number| Candidates::exact(format!("item{number}")))
                .collect();
            if tuple.rest.is_some() {
                wanted.push(Candidates::exact("rest"));
            }
            Some(Members::new(wanted, MAX_FIELD))
        }
        TypeKind::Map(_) => Some(Members::new(
            vec![Candidates::exact("key"), Candidates::exact("value")],
            MAX_FIELD,
        )),
        // A single value is no choice: nobody compares with it.
        TypeKind::Enum(one_of) if one_of.values.len() > 1 => {
            let wanted = one_of
                .values
                .iter()
                .map(|value| ident::constant(value.wire));
            Some(Members::new(wanted.collect(), MAX_CONSTANT))
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
        | TypeKind::Object(_)
        | TypeKind::Union(_)
        | TypeKind::Alias(_) => None,
    }
}

/// What to call an alternative of a union: after its class, as the platform does it (`TextVariable`), else as
/// the schema tells it apart, else after its Apex type.
fn alternative(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    phrases: &[String],
    ty: TypeId,
    name: Part<'_>,
) -> String {
    let own = graph.get(ty);
    let holder = types.holder(ty);
    match (own.name, name, holder) {
        (NameHint::Required(_) | NameHint::Suggested(_), _, _) => phrases[ty.0 as usize].clone(),
        (NameHint::Derived(..), Part::Variant(variant), _) => variant.to_owned(),
        (NameHint::Derived(..), _, Holder::Scalar(scalar)) => format!("{} value", scalar.apex()),
        (NameHint::Derived(..), _, Holder::List(_)) => "list value".to_owned(),
        (NameHint::Derived(..), Part::Alternative(index), Holder::Class(_) | Holder::Never) => {
            format!("option {}", index + 1)
        }
        (NameHint::Derived(..), _, Holder::Class(_) | Holder::Never) => {
            phrases[ty.0 as usize].clone()
        }
    }
}
