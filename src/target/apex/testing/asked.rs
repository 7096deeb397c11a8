//! What is expected of values where schemas ask more than their types say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::cases::{Case, json_text, pointer};
use super::found::Found;
use super::kept::Kept;
use super::said::said;
use crate::example::{Step, joined};
use crate::ir::{TypeGraph, TypeId, TypeKind};
use crate::target::apex::rules::Rules;
use crate::target::apex::types::{Holder, Scalar, are_apart, common_value, parts, stated};

/// How many types are followed from the whole value to one of its parts.
const MAX_DEPTH: usize = 200;
/// How many values of one type or field are tried that break rules.
const MANY_BROKEN: usize = 3;

/// The types that have values of which something is asked, themselves or a part of them.
pub(super) fn ruled(graph: &TypeGraph<'_>, rules: &Rules) -> BTreeSet<TypeId> {
    let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut found: Vec<TypeId> = Vec::new();
    if rules.is_empty() {
        return BTreeSet::new();
    }
    for (id, def) in graph.iter() {
        if rules.has_method(id) || !rules.hosted(id).is_empty() {
            found.push(id);
        }
        for part in parts(&def.kind) {
            users.entry(part).or_default().push(id);
        }
    }
    let mut ruled = BTreeSet::new();
    while let Some(id) = found.pop() {
        if ruled.insert(id) {
            found.extend(users.get(&id).into_iter().flatten());
        }
    }
    ruled
}

/// The cases with what is expected of them, and more that break rules.
pub(super) fn with_rules(kept: Kept<'_, '_>, id: TypeId, cases: Vec<Case>) -> Vec<Case> {
    if !kept.ruled.contains(&id) && !kept.ruled.contains(&kept.types.end(id)) {
        return cases;
    }
    let cases = cases.into_iter();
    let mut all: Vec<Case> = cases.filter_map(|case| expected(kept, id, case)).collect();
    all.extend(broken(kept, id));
    all
}

/// What is expected of a case whose value may break rules.
fn expected(kept: Kept<'_, '_>, id: TypeId, case: Case) -> Option<Case> {
    let is_clean = |text: &str, places: &[&str]| {
        let value = serde_json::from_str(text).ok()?;
        Asked::new(kept, places).is_clean(id, &value)
    };
    Some(match case {
        Case::Kept(text, written) => {
            let value = serde_json::from_str(&written).ok();
            match value.and_then(|value| Asked::new(kept, &[]).own(id, &value)) {
                Some(found) if found.is_empty() => Case::Kept(text, written),
                Some(found) => match found.places() {
                    Some(places) => Case::Broken(written, places),
                    None => Case::Wrong(text),
                },
                None => Case::Written(written),
            }
        }
        Case::Invalid(text, place) => {
            let value: Value = serde_json::from_str(&text).ok()?;
            let found = Asked::new(kept, &[&place]).own(id, &value);
            let is_kept = || kept.value(id, &value, 0).as_ref() == Some(&value);
            match found.as_ref().and_then(Found::places) {
                Some(places) if places.is_empty() => Case::Invalid(text, place),
                // Rules are checked after what the type asks of the same value. In which order parts are checked that stand
                // beside each other is not known here.
                Some(places) if is_kept() && places.iter().all(|one| is_within(&place, one)) => {
                    let all = std::iter::once(place).chain(places);
                    Case::Broken(text, all.collect())
                }
                Some(_) | None => Case::Wrong(text),
            }
        }
        Case::Unformatted(text, place, name) => match is_clean(&text, &[&place]) {
            Some(true) => Case::Unformatted(text, place, name),
            Some(false) | None => Case::Wrong(text),
        },
        Case::Missing(text, written, places) => {
            let all: Vec<&str> = places.iter().map(String::as_str).collect();
            match is_clean(&text, &all) {
                Some(true) => Case::Missing(text, written, places),
                Some(false) | None => Case::Read(text),
            }
        }
        Case::Tried(text, number, places) => {
            let all: Vec<&str> = places.iter().map(String::as_str).collect();
            let found = of_alternative(kept, id, number, &text, &all)?;
            let is_asked = !kept.rules.hosted(id).is_empty() && places.is_empty();
            if !found.is_empty() || is_asked {
                return None;
            }
            Case::Tried(text, number, places)
        }
        Case::Set(text, number, change, places) => {
            let is_clean = match number {
                Some(number) => of_alternative(kept, id, number, &text, &[])?.is_empty(),
                None => is_clean(&text, &[])?,
            };
            return is_clean.then_some(Case::Set(text, number, change, places));
        }
        Case::Refused(..)
        | Case::Read(_)
        | Case::Written(_)
        | Case::Attempt(..)
        | Case::Named(_)
        | Case::Broken(..)
        | Case::Wrong(_) => case,
    })
}

/// Whether a place, a JSON pointer, is another one or inside of it.
fn is_within(place: &str, around: &str) -> bool {
    let rest = place.strip_prefix(around);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The rules that a value breaks as the alternative of a union with this number.
fn of_alternative(
    kept: Kept<'_, '_>,
    id: TypeId,
    number: usize,
    text: &str,
    places: &[&str],
) -> Option<Found> {
    let value = serde_json::from_str(text).ok()?;
    let TypeKind::Union(union) = &kept.graph.get(id).kind else {
        return None;
    };
    let (_, of) = *stated(kept.graph, union).get(number)?;
    Asked::new(kept, places).part(None, of, &value)
}

/// Whether a value breaks a rule, apart from what is around places where something else is wrong; none if that is not known.
pub(super) fn is_clean_around(
    kept: Kept<'_, '_>,
    id: TypeId,
    value: &Value,
    places: &[&str],
) -> bool {
    !kept.ruled.contains(&id) || Asked::new(kept, places).is_clean(id, value) == Some(true)
}

struct Asked<'a, 's, 'p> {
    kept: Kept<'a, 's>,
    places: &'p [&'p str],
    path: Vec<Step>,
}

impl<'a, 's, 'p> Asked<'a, 's, 'p> {
    fn new(kept: Kept<'a, 's>, places: &'p [&'p str]) -> Self {
        Self {
            kept,
            places,
            path: Vec::new(),
        }
    }

    /// Whether a value breaks no rule. Who uses the whole value, and asks something of it there, is not looked at.
    fn is_clean(&mut self, id: TypeId, value: &Value) -> Option<bool> {
        self.own(id, value).map(|found| found.is_empty())
    }

    /// Whether something else is wrong with the value that is looked at.
    fn is_wrong(&self) -> bool {
        let place = pointer(&self.path);
        self.places.iter().any(|one| is_within(one, &place))
    }

    /// The rules of some types that a value breaks.
    fn said_of(&self, ids: &[TypeId], value: &Value) -> Option<Found> {
        let Kept { graph, rules, .. } = self.kept;
        let mut found = Found::default();
        for id in ids {
            found.add(said(self.kept, &rules.of(graph, *id), value, &self.path)?);
        }
        Some(found)
    }

    /// The rules that a part of a value breaks, which is checked where it is used.
    fn part(&mut self, step: Option<Step>, id: TypeId, value: &Value) -> Option<Found> {
        let depth = self.path.len();
        self.path.extend(step);
        let mut found = self.own(id, value)?;
        if found.is_empty() || self.is_always_asked(id) {
            found.add(self.use_of(id, value)?);
        }
        self.path.truncate(depth);
        Some(found)
    }

    fn use_of(&self, id: TypeId, value: &Value) -> Option<Found> {
        let Kept {
            graph,
            types,
            rules,
            ..
        } = self.kept;
        let is_asked = !value.is_null() && (self.is_always_asked(id) || !self.is_wrong());
        match is_asked {
            true => self.said_of(&rules.of_use(graph, types, id), value),
            false => Some(Found::default()),
        }
    }

    /// Whether rules are checked where a value is used, whatever else is wrong with it.
    fn is_always_asked(&self, id: TypeId) -> bool {
        self.kept.types.is_always_written(self.kept.graph, id)
    }

    /// The rules that the parts of a value break or else, once nothing is wrong with these, the value itself.
    fn own(&mut self, id: TypeId, value: &Value) -> Option<Found> {
        if value.is_null() || !self.kept.ruled.contains(&id) {
            return Some(Found::default());
        }
        if self.path.len() > MAX_DEPTH {
            return None;
        }
        let found = self.parts(self.kept.types.end(id), value)?;
        match found.is_empty() {
            true if self.is_wrong() => Some(found),
            true => self.said_of(self.kept.rules.hosted(self.kept.types.end(id)), value),
            false => Some(found),
        }
    }

    fn parts(&mut self, end: TypeId, value: &Value) -> Option<Found> {
        let Kept {
            graph,
            types,
            names,
            ..
        } = self.kept;
        let mut found = Found::default();
        if types.holder(end) == Holder::Scalar(Scalar::JsonText) {
            return Some(found);
        }
        match (&graph.get(end).kind, value) {
            (TypeKind::Object(object), Value::Object(members)) => {
                for field in &object.fields {
                    if let Some(value) = members.get(field.wire) {
                        let step = Step::Key(field.wire.to_owned());
                        found.add(self.part(Some(step), field.ty.id, value)?);
                    }
                }
            }
            (TypeKind::Array(array), Value::Array(items)) => {
                let items = items.iter().enumerate();
                found.add(self.items(array.items.id, items)?);
            }
            (TypeKind::Tuple(tuple), Value::Array(items)) => {
                let first = tuple.prefix.iter().zip(items).enumerate();
                for (index, (of, item)) in first {
                    found.add(self.part(Some(Step::Index(index)), of.id, item)?);
                }
                if let Some(of) = &tuple.rest {
                    let rest = items.iter().enumerate().skip(tuple.prefix.len());
                    found.add(self.items(of.id, rest)?);
                }
            }
            (TypeKind::Map(map), Value::Object(members)) => {
                let Some(of) = common_value(map) else {
                    // Nothing is asked of JSON text where it is held.
                    let held = types.map_values(graph, end);
                    let is_text = held == Holder::Scalar(Scalar::JsonText);
                    return is_text.then_some(found);
                };
                let mut all = Vec::new();
                for (key, item) in members {
                    all.push(self.part(Some(Step::Key(key.clone())), of.id, item)?);
                }
                found.add_unordered(all);
                // What one map alone asks is checked after what all of these entries are asked.
                found.is_mixed |= names.shares_entries(end) && !found.is_empty();
            }
            (TypeKind::Union(union), _) => {
                let fitting = stated(graph, union).into_iter();
                let fitting = fitting.filter(|(_, id)| self.kept.examples.fits(*id, value));
                let fitting: Vec<TypeId> = fitting.map(|(_, id)| id).collect();
                let [only] = fitting.as_slice() else {
                    return None;
                };
                found.add(self.part(None, *only, value)?);
                // Where alternatives are tried, another one may have less that is wrong with it.
                let is_told = union.tag.is_some() || are_apart(graph, union);
                found.is_mixed |= !is_told && !found.is_empty();
            }
            _ => {}
        }
        Some(found)
    }

    /// The entries of a list: what is asked of each where it is used comes after what their classes are asked.
    fn items<'v>(
        &mut self,
        of: TypeId,
        items: impl Iterator<Item = (usize, &'v Value)> + Clone,
    ) -> Option<Found> {
        let mut found = Found::default();
        let is_list = self.kept.names.list_class_name(self.kept.types.end(of));
        for (index, item) in items.clone() {
            let step = Step::Index(index);
            found.add(match is_list {
                Some(_) => self.part(Some(step), of, item)?,
                None => {
                    self.path.push(step);
                    let own = self.own(of, item)?;
                    self.path.pop();
                    own
                }
            });
        }
        if found.is_empty() && is_list.is_none() {
            for (index, item) in items {
                self.path.push(Step::Index(index));
                found.add(self.use_of(of, item)?);
                self.path.pop();
            }
        }
        Some(found)
    }
}

/// Values that break a rule of a type or of a field, and nothing else.
fn broken(kept: Kept<'_, '_>, id: TypeId) -> Vec<Case> {
    let Kept {
        graph,
        types,
        rules,
        ..
    } = kept;
    let samples = |ids: &[TypeId]| {
        let rules = ids.iter().flat_map(|id| rules.of(graph, *id));
        kept.examples.for_rules(&rules.collect::<Vec<_>>())
    };
    let mut all = Vec::new();
    let own = rules.hosted(id);
    let bases = kept.examples.first_values(id, MANY_BROKEN);
    let bases = bases.iter().filter_map(Value::as_object);
    let bases: Vec<&Map<String, Value>> = bases.collect();
    if !own.is_empty() {
        let values = samples(own).into_iter().flat_map(|value| match value {
            Value::Object(members) => {
                let mut all: Vec<Value> = bases.iter().map(|base| joined(base, &members)).collect();
                all.push(Value::Object(members));
                all
            }
            value => vec![value],
        });
        all.extend(first_broken(kept, id, values));
    }
    let TypeKind::Object(object) = &graph.get(id).kind else {
        return all;
    };
    for field in &object.fields {
        let use_of = rules.of_use(graph, types, field.ty.id);
        let with = |value: Value| {
            let members = json!({field.wire: value});
            let members = members.as_object().cloned().unwrap_or_default();
            bases
                .iter()
                .map(move |base| joined(base, &members))
                .collect::<Vec<Value>>()
        };
        if !use_of.is_empty() {
            let values = || samples(&use_of).into_iter().flat_map(with);
            let mut cases = first_broken(kept, id, values());
            if cases.is_empty() && is_text(kept, field.ty.id) {
                cases.extend(first_wrong(kept, id, values()));
            }
            all.extend(cases);
        }
        if let TypeKind::Array(array) = &graph.get(types.end(field.ty.id)).kind {
            let each = rules.of_use(graph, types, array.items.id);
            if !each.is_empty() {
                let lists = samples(&each).into_iter().map(|value| json!([value]));
                all.extend(first_broken(kept, id, lists.flat_map(with)));
            }
        }
    }
    all
}

/// Whether a value is held as JSON text, or those of a map are: then it can be read, whatever it is.
fn is_text(kept: Kept<'_, '_>, id: TypeId) -> bool {
    let held = match kept.types.holder(id) {
        Holder::List(of) => match kept.graph.get(of).kind {
            TypeKind::Map(_) => kept.types.map_values(kept.graph, of),
            _ => Holder::List(of),
        },
        held => held,
    };
    held == Holder::Scalar(Scalar::JsonText)
}

/// The first of these values that break a rule, which may be all that says that they do not fit.
fn first_wrong(
    kept: Kept<'_, '_>,
    id: TypeId,
    mut values: impl Iterator<Item = Value>,
) -> Option<Case> {
    values.find_map(|value| {
        if kept.effort.is_spent() {
            return None;
        }
        let written = kept.value(id, &value, 0)?;
        let found = Asked::new(kept, &[]).own(id, &written)?;
        (!found.is_empty()).then(|| Case::Wrong(json_text(&written)))
    })
}

/// The first of these values that break a rule, those first of which it is known where.
fn first_broken(kept: Kept<'_, '_>, id: TypeId, values: impl Iterator<Item = Value>) -> Vec<Case> {
    let (mut sure, mut others) = (Vec::new(), Vec::new());
    for value in values {
        if sure.len() == MANY_BROKEN || kept.effort.is_spent() {
            break;
        }
        if !kept.examples.fits(id, &value) {
            continue;
        }
        let Some(written) = kept.value(id, &value, 0) else {
            continue;
        };
        let found = Asked::new(kept, &[]).own(id, &written);
        let Some(found) = found.filter(|found| !found.is_empty()) else {
            continue;
        };
        let text = json_text(&written);
        match found.places() {
            Some(places) => sure.push(Case::Broken(text, places)),
            None => others.push(Case::Wrong(text)),
        }
    }
    sure.extend(others);
    sure.truncate(MANY_BROKEN);
    sure
}
