//! Schemas from samples: every sample is valid for its schema, and the types read it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use flowtypes::document::Source;
use serde_json::{Value, json};
use support::program::Folder;

/// The schema of some samples; each of them is checked to be valid for it.
fn infer(samples: &[Value]) -> Value {
    let sources: Vec<Source> = samples
        .iter()
        .enumerate()
        .map(|(index, sample)| Source::Text {
            name: format!("sample-{index}.json"),
            text: sample.to_string(),
        })
        .collect();
    let inferred = flowtypes::sample::infer(&sources, Some("Sample")).unwrap();
    let schema: Value = serde_json::from_str(&inferred.schema).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    for sample in samples {
        assert!(
            validator.is_valid(sample),
            "{sample} is not valid for {schema:#}"
        );
    }
    schema
}

/// The schema of a property.
fn of(samples: &[Value]) -> Value {
    let members: Vec<Value> = samples.iter().map(|value| json!({"a": value})).collect();
    infer(&members)["properties"]["a"].clone()
}

#[test]
fn the_kinds_of_values_are_recognized() {
    for (samples, schema) in [
        (vec![json!("x")], json!({"type": "string"})),
        (vec![json!(1), json!(-2)], json!({"type": "integer"})),
        (vec![json!(i64::MAX)], json!({"type": "integer"})),
        // A whole number without bounds is held in 64 bits with a sign.
        (
            vec![json!(u64::MAX), json!(0)],
            json!({"type": "integer", "minimum": 0, "maximum": u64::MAX}),
        ),
        (vec![json!(u64::MAX), json!(-1)], json!({"type": "number"})),
        (vec![json!(u64::MAX), json!(0.5)], json!({"type": "number"})),
        (vec![json!(1), json!(1.5)], json!({"type": "number"})),
        (vec![json!(1.0)], json!({"type": "number"})),
        (vec![json!(true)], json!({"type": "boolean"})),
        (vec![json!(null)], json!({})),
        (
            vec![json!("x"), json!(null)],
            json!({"type": ["string", "null"]}),
        ),
        (
            vec![json!("x"), json!(1)],
            json!({"type": ["string", "integer"]}),
        ),
        (
            vec![json!("x"), json!(1), json!(null)],
            json!({"type": ["string", "integer", "null"]}),
        ),
        (vec![json!([])], json!({"type": "array"})),
        (
            vec![json!([1, null])],
            json!({"type": "array", "items": {"type": ["integer", "null"]}}),
        ),
        (
            vec![json!(["x"]), json!("x")],
            json!({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}),
        ),
    ] {
        assert_eq!(of(&samples), schema, "{samples:?}");
    }
}

#[test]
fn formats_hold_for_every_text_or_not_at_all() {
    let id = "123e4567-e89b-12d3-a456-426614174000";
    let format = |format: &str| json!({"type": "string", "format": format});
    assert_eq!(of(&[json!("2024-02-29")]), format("date"));
    assert_eq!(
        of(&[json!("2024-02-29T10:00:00.5+02:00")]),
        format("date-time")
    );
    assert_eq!(of(&[json!(id)]), format("uuid"));
    assert_eq!(
        of(&[json!("2024-02-29"), json!(null)]),
        json!({"type": ["string", "null"], "format": "date"})
    );
    let plain = json!({"type": "string"});
    assert_eq!(of(&[json!("2024-02-29"), json!("soon")]), plain);
    assert_eq!(
        of(&[json!("2024-02-29"), json!("2024-02-29T10:00:00Z")]),
        plain
    );
    assert_eq!(of(&[json!("2023-02-29")]), plain);
    assert_eq!(of(&[json!("")]), plain);
}

#[test]
fn what_is_missing_somewhere_is_optional() {
    let schema = infer(&[
        json!({"id": 1, "lines": [{"a": 1, "b": "x"}, {"a": 2}]}),
        json!({"id": 2, "lines": [], "note": "n"}),
    ]);
    assert_eq!(schema["required"], json!(["id", "lines"]));
    assert_eq!(
        schema["properties"]["lines"]["items"]["required"],
        json!(["a"])
    );
    let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["id", "lines", "note"]);
}

#[test]
fn no_enum_is_invented_and_words_are_no_keys_of_a_map() {
    let schema = infer(&[json!({"state": "open", "labels": {"en": "a", "de": "b"}})]);
    assert!(!schema.to_string().contains("enum"), "{schema}");
    assert!(
        !schema.to_string().contains("additionalProperties"),
        "{schema}"
    );
}

#[test]
fn a_number_gives_no_definition_the_name_of_another() {
    let sample = json!({
        "a": {"address": {"x": 1, "y": 2}},
        "b": {"address": {"x": 1, "y": 2}},
        "c": {"address": {"x": "s", "z": 2}},
        "d": {"address": {"x": "s", "z": 2}},
        "e": {"address2": {"p": true, "q": 2}},
        "f": {"address2": {"p": true, "q": 2}}
    });
    let schema = infer(&[sample]);
    assert_eq!(
        schema["$defs"].as_object().map(serde_json::Map::len),
        Some(3)
    );
}

#[test]
fn a_map_by_id_is_recognized_if_its_values_are_of_one_kind() {
    assert_eq!(
        of(&[
            json!({"17": {"x": 1}, "18": {"x": 2, "y": 1}}),
            json!({"19": {"x": 3}})
        ]),
        json!({"type": "object", "additionalProperties": {
            "type": "object",
            "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}},
            "required": ["x"]
        }})
    );
    assert_eq!(
        of(&[json!({"1": null, "2": true})]),
        json!({"type": "object", "additionalProperties": {"type": ["boolean", "null"]}})
    );
    assert_eq!(
        of(&[json!({"1": "a", "2": 3})])["required"],
        json!(["1", "2"])
    );
}

/// The case holds the schema that its own examples give, so that the types of all targets are tried with these.
#[test]
fn the_types_of_a_case_are_those_of_its_examples() {
    let text = std::fs::read_to_string("tests/cases/samples/schema.json").unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    let examples = schema.as_object_mut().unwrap().remove("examples").unwrap();
    assert_eq!(infer(examples.as_array().unwrap()), schema);
}

#[test]
fn a_sample_whose_schema_would_be_too_deep_is_refused() {
    let sample = |depth: usize| Source::Text {
        name: "deep.json".to_owned(),
        text: format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
    };
    let inferred = flowtypes::sample::infer(&[sample(250)], None).unwrap();
    let generator = flowtypes::Generator::new().schema_text("deep.json", inferred.schema);
    assert!(generator.plan_single_file().is_ok());
    let failure = flowtypes::sample::infer(&[sample(300)], None).unwrap_err();
    assert!(failure.report.to_string().contains("FT0003"));
}

#[test]
fn deep_and_wide_samples_take_their_time_once() {
    let sample = |depth: usize| Source::Text {
        name: "deep.json".to_owned(),
        text: format!("{}1{}", "[".repeat(depth), "]".repeat(depth)),
    };
    let deep = flowtypes::sample::infer(&[sample(510), sample(510)], None).unwrap();
    assert_eq!(deep.schema.matches("\"array\"").count(), 510);
    let failure = flowtypes::sample::infer(&[sample(100_000)], None).unwrap_err();
    assert!(failure.report.to_string().contains("FT0003"));
    let wide: serde_json::Map<String, Value> = (0..20_000)
        .map(|index| (format!("p{index}"), json!(index)))
        .collect();
    infer(&[Value::Object(wide)]);
}

#[test]
fn types_are_generated_from_samples_without_a_schema() {
    let folder = Folder::empty();
    folder.write(
        "parcel-1.json",
        r#"{"parcelId": 1, "due": "2027-01-31", "to": {"city": "A"}}"#,
    );
    folder.write("parcel-2.json", r#"{"parcelId": 2, "due": null}"#);
    let run = folder.succeed(&[
        "generate",
        "--from-sample",
        "parcel-1.json",
        "parcel-2.json",
    ]);
    assert!(run.stdout.contains("new"), "{run:?}");
    let class = folder.read("generated/apex/classes/Parcel.cls");
    assert!(class.contains("Date due"), "{class}");
    assert!(folder.has("generated/rust/parcel.rs"));
    folder.succeed(&["check", "--from-sample", "parcel-1.json", "parcel-2.json"]);

    // The schema gives the same types.
    let schema = folder
        .succeed(&["infer", "parcel-1.json", "parcel-2.json"])
        .stdout;
    folder.write("parcel.json", &schema);
    folder.succeed(&["check", "parcel.json"]);
    let named = folder.succeed(&["infer", "--root-name", "Purchase", "parcel-1.json"]);
    assert!(
        named.stdout.contains(r#""title": "Purchase""#),
        "{}",
        named.stdout
    );
}

#[test]
fn a_sample_that_is_none_is_an_error_with_its_place() {
    let folder = Folder::empty();
    folder.write("bad.json", "{\n  \"a\": oops\n}");
    let run = folder.run(&["infer", "bad.json"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("FT0002") && run.stderr.contains("bad.json:2:"),
        "{run:?}"
    );
    let run = folder.run(&["generate", "--from-sample", "gone.json"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("FT0001") && run.stderr.contains("gone.json"),
        "{run:?}"
    );
    folder.write("twice.json", "{\n  \"a\": {\"id\": 1, \"id\": \"x\"}\n}");
    let run = folder.run(&["init", "--from-sample", "twice.json"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("FT0006") && run.stderr.contains("twice.json:2:"),
        "{run:?}"
    );
    assert_eq!(folder.run(&["infer"]).status, 2);
}
