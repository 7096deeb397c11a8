//! Every Apex name of a run, decided once. What a name is made of is said in [`ident`](super::ident).

mod members;

use std::collections::{BTreeMap, HashSet};

pub(super) use self::members::may_have_others;
use self::members::{ClassName, members};
use super::actions::Verb;
use super::companions::{Beside, Family, MAX_NAME, Shared};
use super::config::{ApexConfig, UnknownProperties};
use super::entries::Entries;
use super::ident;
use super::reserved::ClassNames;
use super::types::{Holder, TypeMap};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{NameHint, Part, TypeGraph, TypeId, TypeKind};
use crate::naming::{Asked, Ledger, Places, Scope, Spots, type_phrases_where, upper_camel};

/// The only field of a class around a list that is an element of a list.
pub(crate) const LIST_FIELD: &str = "items";

/// The variables of codecs where they name constants: a variable hides a class, letter case aside.
const VARIABLES: &[&str] = &[
    "around", "at", "each", "entry", "item", "part", "seen", "value", "whole",
];

/// What a class is in the lock: that of a type, of the entries of a map or of all maps with such values, or around a
/// list.
const CLASS: Beside = Beside::new("class", "codec", "test");
const ENTRY: Beside = Beside::new("entry", "entryCodec", "entryTest");
const LIST_ENTRY: Beside = Beside::new("listEntry", "listEntryCodec", "listEntryTest");
const LIST: Beside = Beside::new("list", "listCodec", "listTest");
const MAKE_UUID: Beside = Beside::new("makeUuid", "makeUuidCodec", "makeUuidTest");
const PARSE: Beside = Beside::new("parse", "parseCodec", "parseTest");
const WRITE: Beside = Beside::new("write", "writeCodec", "writeTest");
const VALIDATE: Beside = Beside::new("validate", "validateCodec", "validateTest");
/// The place in the lock of the actions that stand by themselves.
const ACTIONS: &str = "actions";
/// The names of all classes, fields and constants.
///
/// A class name is unique without regard to case in the whole run, and a field's or a constant's in its class.
/// Names that nobody has to change are given out first, then the others in the schema's order: a name does not
/// depend on properties and types that come after it, except where these want it unchanged; and not on these either
/// where a lock has it.
pub(crate) struct Names {
    classes: BTreeMap<TypeId, ClassName>,
    lists: BTreeMap<TypeId, String>,
    /// The codecs of the classes.
    codecs: BTreeMap<String, String>,
    entries: Entries,
    /// The tests of classes with code.
    tests: BTreeMap<String, String>,
    actions: BTreeMap<(TypeId, Verb), String>,
    make_uuid: String,
    has_actions: bool,
    keeps_unknown: bool,
    shared: Shared,
}

/// What there has to be names for.
pub(crate) struct Wanted<'w, 's> {
    pub graph: &'w TypeGraph<'s>,
    pub types: &'w TypeMap,
    pub places: &'w Places,
    /// The types that there are actions for.
    pub chosen: &'w [TypeId],
    /// How many classes check what is asked beside what the classes say.
    pub rule_classes: usize,
}

/// What an action on a type is in the lock.
fn of_verb(verb: Verb) -> Beside {
    match verb {
        Verb::Parse => PARSE,
        Verb::Write => WRITE,
        Verb::Validate => VALIDATE,
    }
}

impl Names {
    /// Decides all names: those that the configuration asks for, those of the lock, and then all others.
    pub(crate) fn resolve(
        wanted: &Wanted<'_, '_>,
        config: &ApexConfig,
        ledger: &mut Ledger,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Wanted {
            graph,
            types,
            places,
            chosen,
            rule_classes,
        } = *wanted;
        let phrases = phrases(graph, types);
        let entries = Entries::new(graph, types);
        let taken = ClassNames::new();
        let taken_for_constants = ClassNames::new().and(VARIABLES);
        let asked = asked(graph, places, config, diagnostics);
        let mut scope = Scope::case_insensitive();
        for name in taken.iter() {
            scope.claim(name);
        }
        let keeps_unknown = config.unknown_fields == UnknownProperties::Keep;
        let is_legal = |name: &str| ident::class_problem(name, &taken, MAX_NAME).is_none();
        let mut classes = ledger.claims(scope, |_, _| true, is_legal);
        let mut order: Vec<TypeId> = graph.iter().map(|(id, _)| id).collect();
        order.sort_by_key(|id| match graph.get(*id).name {
            // The first of the maps that share a class is not what names it.
            _ if entries.is_shared(*id) => 2,
            NameHint::Required(_) => 0,
            NameHint::Suggested(_) => 1,
            NameHint::Derived(..) => 3,
        });
        let (mut named, mut lists) = (BTreeMap::<TypeId, ClassName>::new(), BTreeMap::new());
        let (mut codecs, mut tests) = (BTreeMap::new(), BTreeMap::new());
        let mut wanted = Vec::new();
        for id in order {
            let is_list = types.holder(id) == Holder::List(id) && types.is_nested_list(id);
            let mut members = members(graph, types, &phrases, places, id);
            if let (Some(members), TypeKind::Object(object)) = (&mut members, &graph.get(id).kind) {
                members.has_others = keeps_unknown && may_have_others(object);
            }
            let beside = match (&members, is_list) {
                (None, false) => continue,
                (None, true) => LIST,
                (Some(_), _) if entries.has_list(id) => LIST_ENTRY,
                (Some(members), _) => members.beside,
            };
            if let Some(name) = asked.of_type(id) {
                let family = Family::of(&graph.get(id).kind);
                if let Some(problem) = family.problem(name, &taken_for_constants) {
                    let said = format!(
                        "`apex.names` cannot call the class of {:?} {name:?}",
                        places.of(id)
                    );
                    let problem = Diagnostic::new(Code::Config, said).help(problem);
                    let key = places.in_config(graph.locations, graph.get(id).location);
                    diagnostics.push(problem.at_option("apex.names", &[&key]));
                }
                classes.ask(beside.class, &entries.place(id, places), name);
            }
            wanted.push((id, is_list, members));
        }
        for (id, is_list, members) in wanted {
            let def = graph.get(id);
            let phrase = &phrases[id.0 as usize];
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
            let mut class = |beside: Beside, place: &str, phrase: &str| {
                let prefix = &config.class_prefix;
                let candidates = ident::class(phrase, file, prefix, taken, family.max());
                if let (NameHint::Required(_), Some(name), false) =
                    (def.name, candidates.names.first(), entries.is_shared(id))
                {
                    classes.forget_unless(beside.class, place, name);
                }
                let claimed = family.claim(&mut classes, beside, place, &candidates);
                let with_code = claimed.codec.as_ref().unwrap_or(&claimed.class);
                tests.insert(with_code.clone(), claimed.test);
                codecs.extend(claimed.codec.map(|codec| (claimed.class.clone(), codec)));
                claimed.class
            };
            if is_list {
                lists.insert(id, class(LIST, places.of(id), phrase));
            }
            let owner = entries.owner(id);
            if let Some(shared) = named.get(&owner).filter(|_| owner != id) {
                let shared = shared.clone();
                named.insert(id, shared);
                continue;
            }
            let Some(members) = members else {
                continue;
            };
            let phrase_of = |id: TypeId| phrases[id.0 as usize].clone();
            let place = entries.place(id, places);
            let name = match def.kind {
                TypeKind::Map(_) => {
                    let beside = if entries.has_list(id) {
                        LIST_ENTRY
                    } else {
                        ENTRY
                    };
                    let held = entries.phrase(id, phrase_of);
                    let phrase = held.unwrap_or_else(|| format!("{phrase} entry"));
                    class(beside, &place, &phrase)
                }
                _ => class(members.beside, &place, phrase),
            };
            let asked: Vec<Option<&str>> = match &def.kind {
                TypeKind::Object(object) => {
                    let fields = object.fields.iter();
                    fields.map(|field| asked.of_field(field.location)).collect()
                }
                _ => Vec::new(),
            };
            let class = members.named(name, places.of(id), &asked, ledger);
            named.insert(id, class);
        }
        let prefix = &config.class_prefix;
        let shared = Shared::claim(&mut classes, prefix, rule_classes);
        let mut action = |beside: Beside, place: &str, phrase: &str, of: Option<String>| {
            let max = Family::Alone.max();
            let mut candidates = ident::class(phrase, None, prefix, &taken, max);
            // What is too long is shortened as the class is that the action is about.
            let is_long = prefix.len() + upper_camel(phrase).len() > max;
            if let Some(of) = of.filter(|of| is_long && of.len() <= max) {
                candidates.names.insert(0, of);
            }
            let claimed = Family::Alone.claim(&mut classes, beside, place, &candidates);
            tests.insert(claimed.class.clone(), claimed.test);
            claimed.class
        };
        let make_uuid = action(MAKE_UUID, ACTIONS, "make uuid", None);
        let mut actions = BTreeMap::new();
        for &id in chosen {
            for verb in Verb::ALL {
                let phrase = format!("{} {}", phrases[id.0 as usize], verb.word());
                let class = named.get(&id);
                let of = class.map(|class| format!("{}{}", class.name, verb.word()));
                let name = action(of_verb(verb), places.of(id), &phrase, of);
                actions.insert((id, verb), name);
            }
        }
        tests.insert(shared.json.clone(), shared.json_test.clone());
        tests.extend(shared.rules.iter().cloned().zip(shared.rules_tests.clone()));
        ledger.keep(classes);
        ledger.report(diagnostics);
        Self {
            classes: named,
            lists,
            codecs,
            entries,
            tests,
            actions,
            make_uuid,
            has_actions: config.actions.any(),
            keeps_unknown,
            shared,
        }
    }

    /// The classes that all codecs share.
    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The name of the codec of a data class.
    pub(crate) fn codec(&self, class: &str) -> String {
        self.codecs.get(class).cloned().unwrap_or_default()
    }

    /// The name of the action that makes a UUID, whether or not it is made.
    pub(crate) fn make_uuid(&self) -> &str {
        &self.make_uuid
    }

    /// The name of an action on a type; none where nobody asks for it.
    pub(crate) fn action(&self, id: TypeId, verb: Verb) -> Option<&str> {
        self.actions.get(&(id, verb)).map(String::as_str)
    }

    /// The name of the test of a class with code.
    pub(crate) fn test(&self, class: &str) -> String {
        self.tests.get(class).cloned().unwrap_or_default()
    }

    /// The classes that a flow can refer to, whether or not they are made: types and actions.
    pub(crate) fn in_flows(&self) -> HashSet<&str> {
        let classes = self.classes.values().map(|class| &class.name);
        let classes = classes.chain(self.lists.values());
        let classes = classes.chain(self.actions.values());
        let classes = classes.chain([&self.make_uuid, &self.shared.violation]);
        classes.map(String::as_str).collect()
    }

    /// Whether there are actions.
    pub(crate) fn has_actions(&self) -> bool {
        self.has_actions
    }

    /// Whether other maps with such values have the class of this map's entries as well.
    pub(crate) fn shares_entries(&self, id: TypeId) -> bool {
        self.entries.is_shared(id)
    }

    /// The map whose entries' class this map's entries have; the type itself where it is no map or shares with none.
    pub(crate) fn entry_owner(&self, id: TypeId) -> TypeId {
        self.entries.owner(id)
    }

    /// The name of a type's class: an object's, a tuple's or a union's own, that of a map's entries, or the one
    /// with an enum's constants.
    pub(crate) fn class_name(&self, id: TypeId) -> Option<&str> {
        self.classes.get(&id).map(|class| class.name.as_str())
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

    /// Whether properties without a field are kept.
    pub(crate) fn keeps_unknown(&self) -> bool {
        self.keeps_unknown
    }

    /// The name of the field that keeps an object's properties without a field; none where there are none to keep.
    pub(crate) fn others_name(&self, id: TypeId) -> Option<&str> {
        self.classes.get(&id)?.others.as_deref()
    }

    /// The name of the constant for a value of an enum, by its place in the enum.
    pub(crate) fn constant_name(&self, id: TypeId, index: usize) -> Option<&str> {
        self.field_name(id, index)
    }
}

/// A phrase for each type: that of the type that it is named after.
pub(super) fn phrases(graph: &TypeGraph<'_>, types: &TypeMap) -> Vec<String> {
    type_phrases_where(graph, |id| named_after(graph, types, id) != id)
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

/// What the configuration asks for.
fn asked<'c>(
    graph: &TypeGraph<'_>,
    places: &Places,
    config: &'c ApexConfig,
    diagnostics: &mut Diagnostics,
) -> Asked<'c> {
    if config.names.is_empty() {
        return Asked::default();
    }
    let spots = Spots::new(graph, places);
    Asked::new(
        &spots,
        "apex.names",
        &config.names,
        names_class,
        diagnostics,
    )
}

/// Whether a name that somebody asks for is one of a class: it starts with a capital.
pub(super) fn names_class(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}
