//! Each example is judged by another validator, where the types say all that the schema does.

use serde_json::{Value, json};

use super::Examples;
use super::broken::Step;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::dialect::About;
use crate::document::{DocumentSet, Role};
use crate::ir::TypeGraph;
use crate::pipeline::with_types;
use crate::progress::Listener;

fn with_examples(schema: &Value, use_them: impl FnOnce(&TypeGraph<'_>, &Examples<'_, '_>)) {
    let mut diagnostics = Diagnostics::default();
    let mut documents = DocumentSet::default();
    documents.add(
        "test.json",
        "file:///test.json",
        schema.to_string(),
        Role::Input,
        &mut diagnostics,
    );
    with_types(
        &documents,
        About::Inputs,
        &Config::default(),
        &mut diagnostics,
        &Listener::default(),
        |types, diagnostics| {
            assert!(!diagnostics.has_errors());
            use_them(types, &Examples::new(types));
        },
    );
}

/// A schema whose types say all that it does.
fn plain() -> Value {
    json!({
        "type": "object",
        "required": ["id", "count", "kind", "rows", "code", "next"],
        "additionalProperties": false,
        "properties": {
            "id": {"type": "string", "minLength": 3, "maxLength": 5},
            "count": {"type": "integer", "minimum": 10, "exclusiveMaximum": 20},
            "step": {"type": "integer", "minimum": 7, "multipleOf": 5},
            "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
            "money": {"type": "number", "multipleOf": 0.01},
            "kind": {"enum": ["a", "unknown"]},
            "single": {"const": "only"},
            "mixed": {"enum": [1, "one", true]},
            "rows": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true,
                "items": {"type": "string", "pattern": "^[a-f]{2}-\\d+$"}},
            "code": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "texts": {"type": "object", "minProperties": 1,
                "additionalProperties": {"type": "string", "maxLength": 4}},
            "keyed": {"type": "object", "patternProperties": {"^x-": {"type": "integer"}},
                "additionalProperties": false},
            "pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}],
                "items": false, "minItems": 2},
            "either": {"oneOf": [{"type": "string", "maxLength": 2}, {"type": "integer"}]},
            "maybe": {"type": ["string", "null"]},
            "next": {"anyOf": [{"$ref": "#"}, {"type": "boolean"}]},
        },
    })
}

#[test]
fn examples_are_valid_and_broken_ones_are_not() {
    let schema = plain();
    let validator = jsonschema::validator_for(&schema).unwrap();
    with_examples(&schema, |types, examples| {
        let root = types.modules[0].root.unwrap();
        let values = examples.first_values(root, usize::MAX);
        for value in &values {
            let errors: Vec<_> = validator
                .iter_errors(value)
                .map(|e| e.to_string())
                .collect();
            assert!(errors.is_empty(), "{value}: {errors:?}");
        }
        let full = examples.full(root).unwrap();
        assert_eq!(full.as_object().unwrap().len(), 16, "{full}");
        let has = |pointer: &str, wanted: Value| {
            values
                .iter()
                .any(|value| value.pointer(pointer) == Some(&wanted))
        };
        for count in [10, 19] {
            assert!(has("/count", json!(count)), "{count}");
        }
        assert!(has("/kind", json!("unknown")) && has("/mixed", json!("one")));
        assert!(
            has("/maybe", Value::Null) && has("/id", json!("textt")) && has("/id", json!("tex"))
        );
        assert!(has("/next", json!(true)) && has("/either", json!(1)));

        let broken = examples.broken(root);
        for one in &broken {
            let value = one.value.clone().into_value();
            assert!(!validator.is_valid(&value), "{one:?}");
            assert!(!examples.fits(root, &value), "{one:?}");
        }
        let said: Vec<(String, &str)> = broken
            .iter()
            .map(|one| (shown(&one.path), one.keyword))
            .collect();
        for expected in [
            ("id", "required"),
            ("id", "minLength"),
            ("id", "maxLength"),
            ("count", "minimum"),
            ("count", "exclusiveMaximum"),
            ("step", "minimum"),
            ("step", "multipleOf"),
            ("share", "exclusiveMinimum"),
            ("share", "maximum"),
            ("money", "multipleOf"),
            ("kind", "enum"),
            ("single", "const"),
            ("rows", "minItems"),
            ("rows", "maxItems"),
            ("rows", "uniqueItems"),
            ("rows[0]", "pattern"),
            ("code", "pattern"),
            ("texts", "minProperties"),
            ("texts.key 1", "maxLength"),
            ("another property", "additionalProperties"),
        ] {
            assert!(
                said.iter()
                    .any(|(path, word)| (path.as_str(), *word) == expected),
                "{expected:?} is not in {said:?}"
            );
        }
    });
}

fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.push_str(&format!(".{key}")),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

#[test]
fn what_holds_itself_has_an_end_or_no_value() {
    let schema = json!({
        "$ref": "#/$defs/tree",
        "$defs": {
            "tree": {"type": "object", "required": ["left", "other"], "properties": {
                "left": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]},
                "other": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
                "never": {"$ref": "#/$defs/endless"},
            }},
            "endless": {"type": "object", "required": ["next"],
                "properties": {"next": {"$ref": "#/$defs/endless"}}},
        },
    });
    with_examples(&schema, |types, examples| {
        let ids: Vec<_> = types.iter().map(|(id, _)| id).collect();
        let all: Vec<String> = ids
            .iter()
            .map(|id| {
                examples
                    .full(*id)
                    .map_or("none".to_owned(), |value| value.to_string())
            })
            .collect();
        assert!(
            all.iter().any(|text| text.contains(r#""left":null"#)),
            "{all:?}"
        );
        assert!(all.iter().all(|text| !text.contains("never")), "{all:?}");
        assert!(all.contains(&"none".to_owned()), "{all:?}");
    });
}

#[test]
fn what_multiplies_is_cut_off() {
    let mut definitions = serde_json::Map::new();
    for level in 0..40 {
        let next = json!({"$ref": format!("#/$defs/l{}", level + 1)});
        let one =
            json!({"type": "object", "required": ["a", "b"], "properties": {"a": next, "b": next}});
        definitions.insert(format!("l{level}"), one);
    }
    definitions.insert("l40".to_owned(), json!({"type": "string"}));
    let schema = json!({"$ref": "#/$defs/l0", "$defs": definitions});
    with_examples(&schema, |types, examples| {
        let found = types
            .iter()
            .filter(|(id, _)| examples.least(*id).is_some())
            .count();
        assert!((5..15).contains(&found), "{found}");
    });
}

#[test]
fn the_schema_knows_the_best_examples() {
    let schema = json!({
        "title": "A", "type": "object", "properties": {"name": {"type": "string", "examples": [1, "Ada"]}},
    });
    with_examples(&schema, |types, examples| {
        let root = types.modules[0].root.unwrap();
        assert_eq!(examples.full(root), Some(json!({"name": "Ada"})));
    });
}

#[test]
fn many_values_of_many_parts_are_not_made() {
    let integer = json!({"type": "integer", "minimum": 1});
    // One value for each of its parts would have a thousand million parts together.
    let schema = json!({"type": "array", "prefixItems": vec![&integer; 30_000]});
    with_examples(&schema, |types, examples| {
        let root = types.modules[0].root.unwrap();
        let values = examples.first_values(root, usize::MAX);
        let counts = values.iter().filter_map(Value::as_array).map(Vec::len);
        let counts: Vec<usize> = counts.collect();
        // All of them and one more, then the shortest.
        assert_eq!(counts.get(..3), Some(&[30_001, 0, 1][..]), "{counts:?}");
    });
}
