//! The names of fields and constants: each is unique in its class.

use std::collections::BTreeMap;

use super::{CLASS, ENTRY};
use crate::ir::{Additional, NameHint, ObjectType, Part, TypeGraph, TypeId, TypeKind, TypeRef};
use crate::naming::{Ledger, Places, Scope};
use crate::target::apex::companions::Beside;
use crate::target::apex::ident::{self, Candidates, MAX_CONSTANT, MAX_FIELD};
use crate::target::apex::types::{Holder, TypeMap, stated};

/// What the fields are in the lock that tell null from absent.
const TWINS: &str = "twins";
/// What their names end in.
const TWIN: &str = "_set";
/// What the field is in the lock that keeps the properties without a field, and its name.
const OTHERS: &str = "others";
const OTHERS_FIELD: &str = "additionalProperties";

/// What a class and its members are called.
#[derive(Clone)]
pub(super) struct ClassName {
    pub(super) name: String,
    /// Fields, or the constants of an enum.
    pub(super) members: Vec<String>,
    pub(super) twins: BTreeMap<usize, String>,
    pub(super) others: Option<String>,
}

/// The members that a class wants, by their place in the type; nothing where the class has no such member.
pub(super) struct Members {
    /// What the class is in the lock.
    pub(super) beside: Beside,
    /// What its members are there.
    member_role: &'static str,
    wanted: Vec<Candidates>,
    /// What the members are told by in the lock; none where their names are the same in every class.
    keys: Vec<String>,
    twins: Vec<usize>,
    pub(super) has_others: bool,
    max: usize,
}

impl Members {
    fn new(wanted: Vec<Candidates>, keys: Vec<String>, max: usize) -> Self {
        Self {
            beside: CLASS,
            member_role: "fields",
            wanted,
            keys,
            twins: Vec::new(),
            has_others: false,
            max,
        }
    }

    /// Gives each member its name: those that need not change first.
    pub(super) fn named(
        self,
        class: String,
        place: &str,
        asked: &[Option<&str>],
        ledger: &mut Ledger,
    ) -> ClassName {
        let roles = [self.member_role, TWINS, OTHERS];
        let is_legal = |name: &str| ident::member_problem(name, self.max + TWIN.len()).is_none();
        let mut claims = ledger.member_claims(place, &roles, Scope::case_insensitive(), is_legal);
        claims.reserve(self.wanted.len());
        let mut members = vec![String::new(); self.wanted.len()];
        let role = self.member_role;
        let key = |index: usize| self.keys.get(index).map_or("", String::as_str);
        for (index, name) in asked.iter().enumerate() {
            if let Some(name) = name.filter(|_| !self.wanted[index].names.is_empty()) {
                claims.ask(role, key(index), name);
            }
        }
        let (plain, changed): (Vec<_>, Vec<_>) = self
            .wanted
            .iter()
            .enumerate()
            .filter(|(_, candidates)| !candidates.names.is_empty())
            .partition(|(_, candidates)| candidates.is_exact);
        for (index, candidates) in plain.into_iter().chain(changed) {
            members[index] = match self.keys.is_empty() {
                true => candidates.names[0].clone(),
                false => claims.claim(role, key(index), |scope| claim(scope, candidates, self.max)),
            };
        }
        let mut twins = BTreeMap::new();
        for index in self.twins {
            let twin = format!("{}{TWIN}", members[index]);
            let name = claims.claim(TWINS, key(index), |scope| {
                scope.claim_numbered(&twin, MAX_FIELD + TWIN.len())
            });
            twins.insert(index, name);
        }
        let others = self.has_others.then(|| {
            claims.claim(OTHERS, "", |scope| {
                scope.claim_numbered(OTHERS_FIELD, MAX_FIELD)
            })
        });
        ledger.keep_members(place, claims);
        ClassName {
            name: class,
            members,
            twins,
            others,
        }
    }
}

/// The members of a type's class; none where the type has no class.
pub(super) fn members(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    phrases: &[String],
    places: &Places,
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
            let keys = object.fields.iter().map(|field| field.wire.to_owned());
            let mut members = Members::new(wanted, keys.collect(), MAX_FIELD);
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
            Some(Members::new(
                wanted,
                places.of_alternatives(union),
                MAX_FIELD,
            ))
        }
        TypeKind::Tuple(tuple) if has_class => {
            let positions = 1..=tuple.prefix.len();
            let mut wanted: Vec<Candidates> = positions
                .map(|number| Candidates::exact(format!("item{number}")))
                .collect();
            if tuple.rest.is_some() {
                wanted.push(Candidates::exact("rest"));
            }
            Some(Members::new(wanted, Vec::new(), MAX_FIELD))
        }
        TypeKind::Map(_) => {
            let wanted = vec![Candidates::exact("key"), Candidates::exact("value")];
            let mut members = Members::new(wanted, Vec::new(), MAX_FIELD);
            members.beside = ENTRY;
            Some(members)
        }
        // A single value is no choice: nobody compares with it.
        TypeKind::Enum(one_of) if one_of.values.len() > 1 => {
            let wanted = one_of
                .values
                .iter()
                .map(|value| ident::constant(value.called()));
            let keys = one_of.values.iter().map(|value| value.wire.to_owned());
            let mut members = Members::new(wanted.collect(), keys.collect(), MAX_CONSTANT);
            members.member_role = "constants";
            Some(members)
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

/// Whether there may be properties that the object's schema does not name.
pub(in crate::target::apex) fn may_have_others(object: &ObjectType<'_>) -> bool {
    object.additional != Additional::Closed || !object.patterns.is_empty()
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

/// Takes the first free candidate, or the first one with a number.
fn claim(scope: &mut Scope, candidates: &Candidates, max: usize) -> String {
    let names = &candidates.names;
    match names.iter().find(|name| scope.claim(name)) {
        Some(name) => name.clone(),
        None => scope.claim_numbered(names.first().map_or("", String::as_str), max),
    }
}
