//! What the test of a codec tries with the maps of an object: what one map alone asks of its entries is checked where the
//! map is used.

use serde_json::{Value, json};

use super::asked;
use super::cases::{Case, is_checked, json_text, part, pointer};
use super::kept::Kept;
use super::missing;
use crate::example::{Broken, Step};
use crate::ir::{TypeId, TypeKind, TypeRef};
use crate::target::apex::pattern;
use crate::target::apex::types::{Holder, Scalar, common_value};

/// Keys of which one may be wrong.
const KEYS: [&str; 4] = ["A wrong key!", "a", "7", ""];

/// For each map an entry without a value, one that is only read, and one with a wrong key.
pub(super) fn cases(kept: Kept<'_, '_>, id: TypeId) -> Vec<Case> {
    let TypeKind::Object(object) = &kept.graph.get(id).kind else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for field in &object.fields {
        let map = kept.types.end(field.ty.id);
        if !kept.names.shares_entries(map) {
            continue;
        }
        let set = |around: &Value, value: Value| {
            let mut members = around.as_object()?.clone();
            members.insert(field.wire.to_owned(), value);
            Some(json_text(&Value::Object(members)))
        };
        let readable = missing::readable(kept, id);
        let read = readable.and_then(|around| set(&around, json!({"key": null})));
        all.extend(read.map(Case::Read));
        let wire = || Step::Key(field.wire.to_owned());
        let Some(least) = kept.examples.least(id) else {
            continue;
        };
        for (value, key) in wrong_entries(kept, map) {
            let place = pointer(&[wire(), Step::Key(key)]);
            all.extend(set(least, value).map(|text| Case::Invalid(text, place)));
        }
    }
    all
}

/// Maps of which one entry is wrong, and its key.
pub(super) fn wrong_entries(kept: Kept<'_, '_>, id: TypeId) -> Vec<(Value, String)> {
    let TypeKind::Map(map) = &kept.graph.get(id).kind else {
        return Vec::new();
    };
    let valid = kept.examples.full(id);
    let Some(members) = valid.as_ref().and_then(Value::as_object) else {
        return Vec::new();
    };
    let Some((key, value)) = members.iter().next() else {
        return Vec::new();
    };
    let of = common_value(map);
    let mut all = Vec::new();
    let is_held = |of: &TypeRef| !kept.is_json_text(of.id);
    if of.is_some_and(|of| is_held(&of) && !kept.types.is_nullable(of)) {
        let mut members = members.clone();
        members.insert(key.clone(), Value::Null);
        all.push((Value::Object(members), key.clone()));
    }
    // The entry is checked whatever its key is.
    let is_clean = |id| asked::is_clean_around(kept, id, value, &[], false);
    let entry = of.map(|of| [of.id, kept.types.end(of.id)]);
    if entry.into_iter().flatten().all(is_clean)
        && let Some(wrong) = wrong_key(kept, id, value)
    {
        let mut others = members.clone();
        others.shift_remove(key);
        others.insert(wrong.clone(), value.clone());
        all.push((Value::Object(others), wrong));
    }
    all
}

/// A key that breaks one rule which a codec checks.
fn wrong_key(kept: Kept<'_, '_>, id: TypeId, value: &Value) -> Option<String> {
    let TypeKind::Map(map) = &kept.graph.get(id).kind else {
        return None;
    };
    match map.keys {
        Some(_) if map.is_closed => None,
        Some(keys) => {
            let keys = kept.types.end(keys);
            let broken = kept.examples.broken(keys).into_iter();
            let mut checked = broken.filter(|one| {
                let is_seen = one.keyword != "pattern" || is_checked(kept, keys, one);
                is_seen && one.path.is_empty()
            });
            checked.find_map(|one| one.value.part(&[])?.as_str().map(str::to_owned))
        }
        None if map.is_closed => {
            let mut patterns = map.patterns.iter();
            let is_checked = patterns.all(|(one, _)| pattern::java(one).is_some());
            let is_wrong = |key: &&str| !kept.examples.fits(id, &json!({*key: value}));
            let wrong = KEYS.into_iter().find(is_wrong).filter(|_| is_checked);
            wrong.map(str::to_owned)
        }
        None => None,
    }
}

/// Whether all that is wrong with a value is what is meant to be: on the way to it, what a map asks of its values is
/// checked, and nothing else that the map asks is broken.
pub(super) fn is_seen(
    kept: Kept<'_, '_>,
    id: TypeId,
    broken: &Broken<'_>,
    is_around: bool,
) -> bool {
    let mut at = kept.types.end(id);
    for (depth, step) in broken.path.iter().enumerate() {
        if let (TypeKind::Map(map), Step::Key(key)) = (&kept.graph.get(at).kind, step) {
            // The codec of entries that several maps have does not know what each map asks of them.
            if depth == 0 && !is_around && kept.names.shares_entries(at) {
                return false;
            }
            let Some(value) = common_value(map).and_then(|of| kept.examples.least(of.id)) else {
                return false;
            };
            if !kept.examples.fits(at, &json!({key: value})) {
                return false;
            }
            let held = kept.types.map_values(kept.graph, at);
            if held == Holder::Scalar(Scalar::JsonText) {
                return false;
            }
        }
        match part(kept, at, step) {
            Some(id) => at = id,
            None => return true,
        }
    }
    // How large a map may be is checked where the map is used, which is not its own codec.
    is_around || !broken.path.is_empty() || !kept.names.shares_entries(at)
}
