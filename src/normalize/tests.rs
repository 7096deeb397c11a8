//! What is said and left out where schemas together are too many.
#![allow(clippy::unwrap_used)]

use serde_json::{Map, Value, json};

use super::{MERGED_AT_LEAST, NODES_AT_LEAST};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::dialect::About;
use crate::document::{DocumentSet, Role};
use crate::ir::TypeKind;
use crate::pipeline::with_types;
use crate::progress::Listener;

/// How many types and fields a schema makes, and how often a limit is reached.
struct Made {
    types: usize,
    fields: usize,
    limits: usize,
}

fn made(schema: &Value) -> Made {
    let mut diagnostics = Diagnostics::default();
    let mut documents = DocumentSet::default();
    let (name, uri) = ("schema.json", "file:///schema.json");
    documents
        .add(name, uri, schema.to_string(), Role::Input, &mut diagnostics)
        .unwrap();
    let (types, fields) = with_types(
        &documents,
        About::Inputs,
        &Config::default(),
        &mut diagnostics,
        &Listener::default(),
        |types, _| {
            let kinds = types.iter().map(|(_, def)| &def.kind);
            let fields = kinds.map(|kind| match kind {
                TypeKind::Object(object) => object.fields.len(),
                _ => 0,
            });
            (types.types.len(), fields.sum())
        },
    );
    let limits = diagnostics.iter().filter(|one| one.code == Code::Limit);
    Made {
        types,
        fields,
        limits: limits.count(),
    }
}

/// So many schemas, of which each extends the one before.
fn chain(count: usize) -> Made {
    let own = |index: usize| json!({"properties": {format!("p{index}"): {"type": "string"}}});
    let extend = |index: usize| {
        let before = json!({"$ref": format!("#/$defs/d{}", index - 1)});
        json!({"type": "object", "allOf": [before, own(index)]})
    };
    let first = json!({"type": "object", "properties": {"p0": {"type": "string"}}});
    let mut defs = Map::from_iter([("d0".to_owned(), first)]);
    defs.extend((1..count).map(|index| (format!("d{index}"), extend(index))));
    made(&json!({"$defs": defs}))
}

/// The states of an automaton that knows whether there was an `a` so many steps before the end: each set of states that it can
/// be in at once is a type.
fn automaton(states: usize) -> Made {
    let state = |index: usize| json!({"$ref": format!("#/$defs/q{index}")});
    let mut defs = Map::new();
    let first = json!({"a": {"allOf": [state(0), state(1)]}, "b": state(0)});
    defs.insert("q0".to_owned(), json!({"properties": first}));
    for index in 1..states {
        let next = match index + 1 < states {
            true => state(index + 1),
            false => json!({"type": "object"}),
        };
        let properties = json!({"a": next, "b": next});
        defs.insert(format!("q{index}"), json!({"properties": properties}));
    }
    made(&json!({"$defs": defs, "$ref": "#/$defs/q0"}))
}

#[test]
fn chains_have_no_more_fields_than_fit_into_memory() {
    let short = chain(100);
    assert_eq!((short.fields, short.limits), (100 * 101 / 2, 0));
    let long = chain(1_500);
    assert!(long.fields <= MERGED_AT_LEAST + 1, "{}", long.fields);
    assert!(long.limits > 50, "{}", long.limits);
}

/// So many objects with the same rule, which names 500 properties.
fn ruled(count: usize) -> Made {
    let named = (0..500).map(|index| (format!("p{index}"), json!({"type": "string"})));
    let rule = json!({"properties": named.collect::<Map<_, _>>()});
    let object = json!({
        "type": "object",
        "properties": {"a": true},
        "dependentSchemas": {"a": {"$ref": "#/$defs/rule"}}
    });
    let mut defs = Map::from_iter([("rule".to_owned(), rule)]);
    defs.extend((0..count).map(|index| (format!("d{index}"), object.clone())));
    made(&json!({"$defs": defs}))
}

#[test]
fn rules_name_no_more_fields_than_fit_into_memory() {
    let few = ruled(10);
    assert_eq!((few.fields, few.limits), (500 + 10 * 501, 0));
    let many = ruled(1_000);
    assert!(many.fields <= MERGED_AT_LEAST + 1_500, "{}", many.fields);
    assert_eq!(many.limits, 1);
}

#[test]
fn schemas_that_meet_in_ever_new_sets_make_no_more_types_than_anybody_can_use() {
    let few = automaton(8);
    assert_eq!(few.limits, 0);
    assert!(few.types >= 1 << 7, "{}", few.types);
    let many = automaton(22);
    // Beside those, what allows anything has a type or two.
    assert!(many.types <= NODES_AT_LEAST + 2, "{}", many.types);
    assert!(many.limits > 0);
}
