//! What the test of a codec tries that several maps share: entries that one map alone might not have.

use serde_json::json;

use super::cases::{Case, FieldOf, first_invalid, json_text, pointer};
use super::kept::Kept;
use crate::example::Step;
use crate::ir::{TypeId, TypeKind};
use crate::target::apex::types::{Holder, Scalar};

/// How many values are tried; the tests of their own types have them all.
const SOME: usize = 3;

/// Entries with any key, for only the maps ask something of keys: some values, and one that is not valid.
pub(super) fn cases(kept: Kept<'_, '_>, id: TypeId) -> Vec<Case> {
    let TypeKind::Map(map) = &kept.graph.get(id).kind else {
        return Vec::new();
    };
    let held = kept.types.map_values(kept.graph, id);
    let patterns = map.patterns.iter().map(|(_, of)| of.id);
    let types = std::iter::once(map.values.id).chain(patterns);
    let of = types
        .map(|of| kept.types.end(of))
        .find(|of| kept.types.holder(*of) == held);
    let mut all = Vec::new();
    let values = of.map(|of| kept.examples.values(of)).unwrap_or_default();
    for value in values.into_iter().take(SOME) {
        if let Some(written) = of.and_then(|of| kept.value(of, &value, 0)) {
            let entry = |value| json_text(&json!({"key": value}));
            all.push(Case::Kept(entry(value), entry(written)));
        }
    }
    if let Holder::Class(class) = held {
        let invalid = first_invalid(kept, class);
        all.extend(invalid.map(|(value, place)| {
            Case::Invalid(json_text(&json!({"key": value})), format!("/key{place}"))
        }));
    }
    all
}

/// A value that no JSON text is read as, but code can set: text that is not JSON.
pub(super) fn set(kept: Kept<'_, '_>, id: TypeId) -> Option<Case> {
    let TypeKind::Map(_) = &kept.graph.get(id).kind else {
        return None;
    };
    if kept.types.map_values(kept.graph, id) != Holder::Scalar(Scalar::JsonText) {
        return None;
    }
    let full = match kept.names.shares_entries(id) {
        true => json!({"key": "text"}),
        false => kept.examples.full(id)?,
    };
    let key = full.as_object().and_then(|members| members.keys().next())?;
    let place = pointer(&[Step::Key(key.clone())]);
    let text = json_text(&full);
    Some(Case::Set(text, FieldOf::EntryValue, "{".to_owned(), place))
}
