//! What the test of a codec tries with values that fit.

use serde_json::{Map, Value, json};

use super::asked;
use super::base::Base;
use super::cases::{Case, json_text};
use super::kept::Kept;
use crate::example::Sample;
use crate::ir::{Additional, ObjectType, TypeId, TypeKind};
use crate::target::apex::types::Holder;

/// The values that are kept, and whether all that the codec does with one is done.
pub(super) fn cases(
    kept: Kept<'_, '_>,
    id: TypeId,
    base: Option<&Base>,
    is_around: bool,
) -> (Vec<Case>, bool) {
    let mut all: Vec<Case> = Vec::new();
    let mut is_kept = false;
    let is_map = matches!(kept.graph.get(id).kind, TypeKind::Map(_));
    let changed = base.and_then(|base| Changed::new(kept, id, base));
    for sample in kept.examples.samples(id) {
        if is_kept && let Some(text) = changed.as_ref().and_then(|base| base.text(&sample)) {
            all.push(Case::Kept(text.clone(), text));
            continue;
        }
        let value = sample.into_value();
        // What becomes of null is asked of every codec, and null is nothing that a flow can give.
        if value.is_null() {
            continue;
        }
        if let Some(written) = kept.value(id, &value, 0) {
            // Without an entry, less of a map's codec is executed.
            let has_parts = !is_map || written.as_object().is_some_and(|all| !all.is_empty());
            let is_clean = || asked::is_clean_around(kept, id, &written, &[], is_around);
            is_kept = is_kept || has_parts && is_clean();
            all.push(kept_as(&value, &written));
        }
    }
    (all, is_kept)
}

/// The least value of an object, which is written as it is read, and of which one property changes.
struct Changed<'a, 's> {
    kept: Kept<'a, 's>,
    object: &'a ObjectType<'s>,
    base: &'a Base,
}

impl<'a, 's> Changed<'a, 's> {
    fn new(kept: Kept<'a, 's>, id: TypeId, base: &'a Base) -> Option<Self> {
        let least = kept.examples.least(id)?;
        match (&kept.graph.get(id).kind, least) {
            (TypeKind::Object(object), Value::Object(_)) => {
                let is_same = !kept.is_json_text(id) && kept.is_whole(id, least);
                is_same.then_some(Self { kept, object, base })
            }
            _ => None,
        }
    }

    /// The JSON text of the changed value, if it is written as it is read.
    fn text(&self, sample: &Sample<'_>) -> Option<String> {
        let Sample::With(_, name, value) = sample else {
            return None;
        };
        let field = self
            .object
            .fields
            .iter()
            .find(|field| field.wire == *name)?;
        let is_held = self.kept.types.holder(field.ty.id) != Holder::Never;
        // Null stands for what is absent, of most types.
        let is_same = is_held && !value.is_null() && self.kept.is_whole(field.ty.id, value);
        is_same.then(|| self.base.with(name, value))
    }
}

/// A value that is kept. What differs in its order alone is the same.
pub(super) fn kept_as(value: &Value, written: &Value) -> Case {
    let text = json_text(value);
    let written = match std::ptr::eq(value, written) || value == written {
        true => text.clone(),
        false => json_text(written),
    };
    Case::Kept(text, written)
}

/// A value with a property that has no field, which is kept with what it holds.
pub(super) fn with_others(
    kept: Kept<'_, '_>,
    id: TypeId,
    object: &ObjectType<'_>,
    least: &Map<String, Value>,
) -> Option<Case> {
    let name = (1..)
        .map(|number| format!("unknown {number}"))
        .find(|name| object.fields.iter().all(|field| field.wire != name))?;
    let typed = match object.additional {
        Additional::Typed(of) => kept.examples.least(of.id).cloned(),
        Additional::Open | Additional::Closed => None,
    };
    let values = [Some(json!({"b": [null, 1.5], "a": "text"})), typed];
    values.into_iter().flatten().find_map(|value| {
        let mut members = least.clone();
        members.insert(name.clone(), value);
        let value = Value::Object(members);
        if !kept.examples.fits(id, &value) {
            return None;
        }
        let written = kept.value(id, &value, 0)?;
        Some(kept_as(&value, &written))
    })
}
