//! What the test of a codec tries that several maps share: entries that one map alone might not have.

use serde_json::{Map, Value, json};

use super::cases::{Case, first_invalid, json_text, pointer};
use super::kept::Kept;
use super::set::Change;
use super::{Tested, assert, test};
use crate::example::{Sample, Step};
use crate::ir::{TypeId, TypeKind};
use crate::target::apex::code::{Method, Statement, assign, call, text};
use crate::target::apex::names::LIST_FIELD;
use crate::target::apex::text::literal;
use crate::target::apex::types::Holder;

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
    let samples = of.map(|of| kept.examples.samples(of)).unwrap_or_default();
    for value in samples.into_iter().take(SOME).map(Sample::into_value) {
        if let Some(written) = of.and_then(|of| kept.value(of, &value, 0)) {
            let entry = |value: &Value| json_text(&json!({"key": value}));
            all.push(Case::Kept(entry(&value), entry(&written)));
        }
    }
    if let Holder::Class(class) = held {
        let invalid = first_invalid(kept, class);
        all.extend(invalid.map(|one| {
            let (value, place) = &*one;
            Case::Invalid(json_text(&json!({"key": value})), format!("/key{place}"))
        }));
    }
    all
}

/// A value that no JSON text is read as, but code can set: text that is not JSON.
pub(super) fn set(kept: Kept<'_, '_>, id: TypeId, is_around: bool) -> Option<Case> {
    let TypeKind::Map(_) = &kept.graph.get(id).kind else {
        return None;
    };
    if !kept.has_json_texts(id) {
        return None;
    }
    let full = match kept.names.shares_entries(id) {
        true => json!({"key": "text"}),
        false => kept.examples.full(id)?,
    };
    let key = full.as_object().and_then(|members| members.keys().next())?;
    let place = pointer(&[Step::Key(key.clone())]);
    let json = json_text(&full);
    let list = match is_around {
        true => format!(".{LIST_FIELD}"),
        false => String::new(),
    };
    let way = format!("{list}[0].{}", kept.names.field_name(id, 1)?);
    let change = Change::Is(way, text(literal("{")));
    Some(Case::Set(json, None, change, vec![place]))
}

impl Tested<'_> {
    /// A key that is there twice is found; nothing that JSON text can say.
    pub(super) fn keys(&self, kept: Kept<'_, '_>, id: TypeId, cases: &[Case]) -> Option<Method> {
        let TypeKind::Map(map) = &kept.graph.get(id).kind else {
            return None;
        };
        if self.is_list || (map.size.max.is_some() && !kept.names.shares_entries(id)) {
            return None;
        }
        let (json, key) = cases.iter().find_map(|case| {
            let Case::Kept(json, written) = case else {
                return None;
            };
            let members: Map<String, Value> = serde_json::from_str(written).ok()?;
            Some((json, members.keys().next()?.clone()))
        })?;
        let read = call(
            format!("{}.fromJson", self.codec),
            vec![text(literal(json))],
        );
        let place = format!("at {}", pointer(&[Step::Key(key)]));
        let found = call("invalid", vec![text("value")]);
        let body = vec![
            assign(format!("{} value", self.ty), read),
            Statement::Plain(call("value.add", vec![text("value[0]")])),
            assert("areEqual", vec![text(literal(&place)), found]),
        ];
        Some(test("itFindsKeysThatAreThereTwice".to_owned(), body))
    }
}
