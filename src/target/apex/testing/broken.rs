//! Values that break rules which schemas ask beside types, for the test of a codec.

use serde_json::{Map, Value, json};

use super::asked::broken_by;
use super::cases::{Case, json_text};
use super::found::Found;
use super::kept::Kept;
use crate::example::joined;
use crate::ir::{TypeId, TypeKind};
use crate::target::apex::types::{Holder, Scalar, common_value, stated};

/// How many values of one type or part are tried that break rules.
const MANY_BROKEN: usize = 3;

/// What makes whole values of a part.
type Whole<'k> = Box<dyn Fn(Value) -> Vec<Value> + 'k>;

/// Values that break a rule of a type or of one that it uses, and nothing else.
pub(super) fn broken(kept: Kept<'_, '_>, id: TypeId, is_around: bool) -> Vec<Case> {
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
    let mut own = rules.hosted(id).to_vec();
    if is_around {
        own.extend(rules.of_use(graph, types, id));
    }
    let bases = kept.examples.first_values(id, MANY_BROKEN);
    let bases = bases.iter().filter_map(Value::as_object);
    let bases: Vec<&Map<String, Value>> = bases.collect();
    if !own.is_empty() {
        let values = samples(&own).into_iter().flat_map(|value| match value {
            Value::Object(members) => {
                let mut all: Vec<Value> = bases.iter().map(|base| joined(base, &members)).collect();
                all.push(Value::Object(members));
                all
            }
            value => vec![value],
        });
        all.extend(first_broken(kept, id, values, is_around));
    }
    for (of, whole) in uses(kept, id, &bases, is_around) {
        let use_of = rules.of_use(graph, types, of);
        if !use_of.is_empty() {
            let values = samples(&use_of);
            let wholes = values.iter().cloned().flat_map(&whole);
            let mut cases = first_broken(kept, id, wholes, is_around);
            if cases.is_empty() {
                let read = values.into_iter().filter(|value| is_read(kept, of, value));
                cases.extend(first_unfit(kept, id, read.flat_map(&whole), is_around));
            }
            all.extend(cases);
        }
        if let TypeKind::Array(array) = &graph.get(types.end(of)).kind {
            let each = rules.of_use(graph, types, array.items.id);
            if !each.is_empty() {
                let lists = samples(&each).into_iter().map(|value| json!([value]));
                all.extend(first_broken(kept, id, lists.flat_map(whole), is_around));
            }
        }
    }
    all
}

/// The types that a value of a type uses, each with what makes a whole value of a part.
fn uses<'k>(
    kept: Kept<'k, '_>,
    id: TypeId,
    bases: &'k [&Map<String, Value>],
    is_around: bool,
) -> Vec<(TypeId, Whole<'k>)> {
    let mut all: Vec<(TypeId, Whole<'k>)> = Vec::new();
    match &kept.graph.get(id).kind {
        TypeKind::Object(object) => {
            for field in &object.fields {
                let with = |value: Value| {
                    let members = Map::from_iter([(field.wire.to_owned(), value)]);
                    bases.iter().map(|base| joined(base, &members)).collect()
                };
                all.push((field.ty.id, Box::new(with)));
            }
        }
        TypeKind::Union(union) => {
            for (_, alternative) in stated(kept.graph, union) {
                all.push((alternative, Box::new(|value| vec![value])));
            }
        }
        TypeKind::Tuple(tuple) => {
            let full = kept.examples.full(id);
            let items = full.as_ref().and_then(Value::as_array);
            let count = items.map_or(0, Vec::len);
            let parts = tuple.prefix.iter().chain(&tuple.rest).enumerate();
            for (index, of) in parts.take_while(|(index, _)| *index <= count) {
                let mut items = items.cloned().unwrap_or_default();
                items.truncate(index);
                let with = move |value: Value| {
                    let part = std::iter::once(value);
                    vec![items.iter().cloned().chain(part).collect()]
                };
                all.push((of.id, Box::new(with)));
            }
        }
        TypeKind::Map(map) => {
            let keys = bases.iter().find_map(|base| base.keys().next());
            if let (Some(of), Some(key)) = (common_value(map), keys) {
                all.push((
                    of.id,
                    Box::new(move |value| vec![json!({key.clone(): value})]),
                ));
            }
        }
        TypeKind::Array(array) if is_around => {
            all.push((array.items.id, Box::new(|value| vec![json!([value])])));
        }
        TypeKind::Array(_)
        | TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Alias(_) => {}
    }
    all
}

/// Whether a value can be read as this type, whatever that asks: JSON text holds it, or a text that is one of several kinds.
fn is_read(kept: Kept<'_, '_>, id: TypeId, value: &Value) -> bool {
    match kept.types.holder(id) {
        Holder::List(of) => match kept.graph.get(of).kind {
            TypeKind::Map(_) => kept.has_json_texts(of),
            _ => false,
        },
        Holder::Scalar(Scalar::Text) => {
            let end = &kept.graph.get(kept.types.end(id)).kind;
            value.is_string() && matches!(end, TypeKind::Union(_))
        }
        Holder::Scalar(_) | Holder::Class(_) | Holder::Never => kept.is_json_text(id),
    }
}

/// The first of these values that break a rule, which may be all that says that they do not fit.
fn first_unfit(
    kept: Kept<'_, '_>,
    id: TypeId,
    mut values: impl Iterator<Item = Value>,
    is_around: bool,
) -> Option<Case> {
    values.find_map(|value| {
        if kept.effort.is_spent() {
            return None;
        }
        let written = kept.value(id, &value, 0)?;
        let found = broken_by(kept, id, &written, is_around)?;
        (!found.is_empty()).then(|| case(&written, &found))
    })
}

/// The first of these values that break a rule, those first of which it is known where.
fn first_broken(
    kept: Kept<'_, '_>,
    id: TypeId,
    values: impl Iterator<Item = Value>,
    is_around: bool,
) -> Vec<Case> {
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
        let found = broken_by(kept, id, &written, is_around);
        let Some(found) = found.filter(|found| !found.is_empty()) else {
            continue;
        };
        match case(&written, &found) {
            case @ Case::Broken(..) => sure.push(case),
            case => others.push(case),
        }
    }
    sure.extend(others);
    sure.truncate(MANY_BROKEN);
    sure
}

/// What is expected of a value that breaks rules.
fn case(written: &Value, found: &Found) -> Case {
    let text = json_text(written);
    match found.places() {
        Some(places) => Case::Broken(text, places),
        None => Case::Wrong(text),
    }
}
