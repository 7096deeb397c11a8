//! What is expected of values where schemas ask more than their types say.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::broken::broken;
use super::cases::{Case, field_at, pointer};
use super::found::Found;
use super::kept::Kept;
use super::said::said;
use crate::example::{Step, member};
use crate::ir::{TypeGraph, TypeId, TypeKind};
use crate::target::apex::rules::Rules;
use crate::target::apex::types::{Holder, are_apart, common_value, parts, stated};

/// How many types are followed from the whole value to one of its parts.
const MAX_DEPTH: usize = 200;

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

/// The cases with what is expected of them, and more that break rules; of a type, or of the class around a list or map.
pub(super) fn with_rules(
    kept: Kept<'_, '_>,
    id: TypeId,
    cases: Vec<Case>,
    is_around: bool,
) -> Vec<Case> {
    if !kept.ruled.contains(&id) && !kept.ruled.contains(&kept.types.end(id)) {
        return cases;
    }
    let cases = cases.into_iter();
    let expected = cases.filter_map(|case| expected(kept, id, case, is_around));
    let mut all: Vec<Case> = expected.collect();
    all.extend(broken(kept, id, is_around));
    all
}

/// What is expected of a case whose value may break rules.
fn expected(kept: Kept<'_, '_>, id: TypeId, case: Case, is_around: bool) -> Option<Case> {
    let is_clean = |text: &str, places: &[&str]| {
        let value = serde_json::from_str(text).ok()?;
        Asked::new(kept, places).is_clean(id, &value, is_around)
    };
    Some(match case {
        Case::Kept(text, written) => {
            let value = serde_json::from_str(&written).ok();
            match value.and_then(|value| Asked::new(kept, &[]).whole(id, &value, is_around)) {
                Some(found) if found.is_empty() => Case::Kept(text, written),
                Some(found) => match found.places() {
                    Some(places) => Case::Broken(written, places),
                    None => Case::Wrong(text),
                },
                // Of alternatives that are all broken, the first one that can be read is taken, which may keep less.
                None if tries(kept, id) => Case::Read(text),
                None => Case::Written(written),
            }
        }
        Case::Invalid(text, place) => {
            let value: Value = serde_json::from_str(&text).ok()?;
            let found = Asked::new(kept, &[&place]).whole(id, &value, is_around);
            let is_kept = || kept.is_whole(id, &value);
            match found.as_ref().and_then(Found::places) {
                Some(places) if places.is_empty() => Case::Invalid(text, place),
                Some(places) if is_kept() => match in_order(kept, id, place, places) {
                    Some(all) => Case::Broken(text, all),
                    None => Case::Wrong(text),
                },
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

/// Whether alternatives are tried when a value of this type is read.
pub(super) fn tries(kept: Kept<'_, '_>, id: TypeId) -> bool {
    let (mut met, mut work) = (BTreeSet::new(), vec![id]);
    while let Some(id) = work.pop().map(|id| kept.types.end(id)) {
        if !met.insert(id) {
            continue;
        }
        let kind = &kept.graph.get(id).kind;
        if let TypeKind::Union(union) = kind
            && union.tag.is_none()
            && !are_apart(kept.graph, union)
        {
            return true;
        }
        work.extend(parts(kind));
    }
    false
}

/// The places of what is not valid by its type and of what breaks rules, in the order in which they are found; none where
/// that is not known. Fields are checked in their order, each for what its type asks before its rules.
fn in_order(
    kept: Kept<'_, '_>,
    id: TypeId,
    invalid: String,
    broken: Vec<String>,
) -> Option<Vec<String>> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    let field = |place: &str| match &kept.graph.get(id).kind {
        TypeKind::Object(object) => field_at(object, place).map(|(index, _)| index),
        _ => None,
    };
    for place in broken {
        if is_within(&invalid, &place) {
            after.push(place);
            continue;
        }
        match field(&place)?.cmp(&field(&invalid)?) {
            Ordering::Less => before.push(place),
            Ordering::Equal => return None,
            Ordering::Greater => after.push(place),
        }
    }
    before.push(invalid);
    before.append(&mut after);
    Some(before)
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

/// The rules that a whole value breaks; none if that is not known.
pub(super) fn broken_by(
    kept: Kept<'_, '_>,
    id: TypeId,
    value: &Value,
    is_around: bool,
) -> Option<Found> {
    Asked::new(kept, &[]).whole(id, value, is_around)
}

/// Whether a value breaks a rule, apart from what is around places where something else is wrong; none if that is not known.
pub(super) fn is_clean_around(
    kept: Kept<'_, '_>,
    id: TypeId,
    value: &Value,
    places: &[&str],
    is_around: bool,
) -> bool {
    let mut asked = Asked::new(kept, places);
    !kept.ruled.contains(&id) || asked.is_clean(id, value, is_around) == Some(true)
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

    /// Whether a value breaks no rule.
    fn is_clean(&mut self, id: TypeId, value: &Value, is_around: bool) -> Option<bool> {
        let found = self.whole(id, value, is_around);
        found.map(|found| found.is_empty())
    }

    /// The rules that a whole value breaks. The class around a list or map uses it; who else does, and asks something of it
    /// there, is not looked at.
    fn whole(&mut self, id: TypeId, value: &Value, is_around: bool) -> Option<Found> {
        match is_around {
            true => self.part(None, id, value),
            false => self.own(id, value),
        }
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
        if !found.is_empty() || self.is_wrong() {
            return Some(found);
        }
        let end = self.kept.types.end(id);
        self.said_of(self.kept.rules.hosted(end), value)
    }

    fn parts(&mut self, end: TypeId, value: &Value) -> Option<Found> {
        let Kept {
            graph,
            types,
            names,
            ..
        } = self.kept;
        let mut found = Found::default();
        // What has no parts in Apex is checked as a whole.
        if let Holder::Scalar(_) = types.holder(end) {
            return Some(found);
        }
        match (&graph.get(end).kind, value) {
            (TypeKind::Object(object), Value::Object(members)) => {
                for field in &object.fields {
                    if let Some(value) = member(members, field.wire) {
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
                    return self.kept.has_json_texts(end).then_some(found);
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
                let (first, others) = fitting.split_first()?;
                found.add(self.part(None, *first, value)?);
                // Where a value fits several, it is not known here which of them is chosen.
                for other in others {
                    if !found.is_empty() || !self.part(None, *other, value)?.is_empty() {
                        return None;
                    }
                }
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
