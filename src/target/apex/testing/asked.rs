//! What is expected of values where schemas ask more than their types say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::cases::{Case, json_text, pointer};
use super::kept::Kept;
use crate::example::{Step, joined};
use crate::ir::{TypeGraph, TypeId, TypeKind};
use crate::target::apex::rules::Rules;
use crate::target::apex::types::{Holder, Scalar, common_value, parts, stated};

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
        let mut asked = Asked { kept, places };
        let breaks = asked.breaks(id, &value, &mut Vec::new(), false)?;
        Some(!breaks)
    };
    Some(match case {
        Case::Kept(text, written) => match is_clean(&written, &[]) {
            Some(true) => Case::Kept(text, written),
            Some(false) => Case::Broken(text),
            None => Case::Read(text),
        },
        Case::Invalid(text, place) => match is_clean(&text, &[&place]) {
            Some(true) => Case::Invalid(text, place),
            Some(false) | None => Case::Broken(text),
        },
        Case::Missing(text, written, places) => {
            let all: Vec<&str> = places.iter().map(String::as_str).collect();
            match is_clean(&text, &all) {
                Some(true) => Case::Missing(text, written, places),
                Some(false) | None => Case::Read(text),
            }
        }
        Case::Set(text, field, wrong, place) => match is_clean(&text, &[]) {
            Some(true) => Case::Set(text, field, wrong, place),
            Some(false) | None => return None,
        },
        Case::Refused(..) | Case::Read(_) | Case::Attempt(..) | Case::Broken(_) => case,
    })
}

/// Whether a value breaks a rule, apart from what is around places where something else is wrong; none if that is not known.
pub(super) fn is_clean_around(
    kept: Kept<'_, '_>,
    id: TypeId,
    value: &Value,
    places: &[&str],
) -> bool {
    let mut asked = Asked { kept, places };
    !kept.ruled.contains(&id) || asked.breaks(id, value, &mut Vec::new(), false) == Some(false)
}

struct Asked<'a, 's, 'p> {
    kept: Kept<'a, 's>,
    places: &'p [&'p str],
}

impl Asked<'_, '_, '_> {
    /// Whether a value or a part of it breaks a rule.
    fn breaks(
        &mut self,
        id: TypeId,
        value: &Value,
        path: &mut Vec<Step>,
        is_part: bool,
    ) -> Option<bool> {
        let Kept {
            graph,
            types,
            rules,
            ..
        } = self.kept;
        if path.len() > MAX_DEPTH || value.is_null() {
            return value.is_null().then_some(false);
        }
        if !self.kept.ruled.contains(&id) {
            return Some(false);
        }
        let end = types.end(id);
        let place = pointer(path);
        let is_around = |one: &&str| format!("{one}/").starts_with(&format!("{place}/"));
        if !self.places.iter().any(is_around) {
            // Who uses the whole value, and asks something of it there, is not looked at.
            let mut asked = match is_part {
                true => rules.of_use(graph, types, id),
                false => Vec::new(),
            };
            asked.extend(rules.hosted(end));
            for one in asked {
                if !graph.checks.accepts_rules(&rules.of(graph, one), value)? {
                    return Some(true);
                }
            }
        }
        if types.holder(end) == Holder::Scalar(Scalar::JsonText) {
            return Some(false);
        }
        let mut parts: Vec<(Step, TypeId, &Value)> = Vec::new();
        match (&graph.get(end).kind, value) {
            (TypeKind::Object(object), Value::Object(members)) => {
                for field in &object.fields {
                    if let Some(value) = members.get(field.wire) {
                        parts.push((Step::Key(field.wire.to_owned()), field.ty.id, value));
                    }
                }
            }
            (TypeKind::Array(array), Value::Array(items)) => {
                let items = items.iter().enumerate();
                parts.extend(items.map(|(index, item)| (Step::Index(index), array.items.id, item)));
            }
            (TypeKind::Tuple(tuple), Value::Array(items)) => {
                let of = tuple.prefix.iter().chain(tuple.rest.iter().cycle());
                let items = items.iter().zip(of).enumerate();
                parts.extend(items.map(|(index, (item, of))| (Step::Index(index), of.id, item)));
            }
            (TypeKind::Map(map), Value::Object(members)) => {
                let of = common_value(map)?;
                let members = members.iter();
                parts.extend(members.map(|(key, item)| (Step::Key(key.clone()), of.id, item)));
            }
            (TypeKind::Union(union), _) => {
                let fitting = stated(graph, union).into_iter();
                let fitting = fitting.filter(|(_, id)| self.kept.examples.fits(*id, value));
                let fitting: Vec<TypeId> = fitting.map(|(_, id)| id).collect();
                return match fitting.as_slice() {
                    [only] => self.breaks(*only, value, path, true),
                    _ => None,
                };
            }
            _ => {}
        }
        for (step, id, value) in parts {
            path.push(step);
            let breaks = self.breaks(id, value, path, true);
            path.pop();
            if breaks? {
                return Some(true);
            }
        }
        Some(false)
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
    let bases = kept.examples.values(id);
    let bases = bases.iter().take(MANY_BROKEN).filter_map(Value::as_object);
    let bases: Vec<&Map<String, Value>> = bases.collect();
    if !own.is_empty() {
        let values = samples(own).into_iter().flat_map(|value| match value {
            Value::Object(members) => bases.iter().map(|base| joined(base, &members)).collect(),
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
            all.extend(first_broken(
                kept,
                id,
                samples(&use_of).into_iter().flat_map(with),
            ));
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

fn first_broken(kept: Kept<'_, '_>, id: TypeId, values: impl Iterator<Item = Value>) -> Vec<Case> {
    let breaks = |value: &Value| {
        let written = kept
            .examples
            .fits(id, value)
            .then(|| kept.value(id, value, 0));
        let mut asked = Asked { kept, places: &[] };
        let written = written.flatten();
        written.and_then(|value| asked.breaks(id, &value, &mut Vec::new(), false)) == Some(true)
    };
    let values = values.filter(breaks).take(MANY_BROKEN);
    values
        .map(|value| Case::Broken(json_text(&value)))
        .collect()
}
