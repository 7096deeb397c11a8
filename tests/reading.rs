//! How schemas are read: dialects, references, and what becomes of what is wrong with them.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use flowtypes::Generator;
use flowtypes::config::{Config, DialectName, FormatMode, Handling};
use flowtypes::diagnostic::Severity;
use flowtypes::internals::{self, Stage};
use serde_json::{Value, json};

/// The schemas of a run on these files, of which the first is the input, with the codes of its diagnostics.
fn read(files: &[(&str, &Value)], config: &Config) -> (Value, Vec<(Severity, &'static str)>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        std::fs::write(path, text).unwrap();
    }
    let mut config = config.clone();
    for target in config.resolve.values_mut() {
        *target = folder.path().join(&*target).display().to_string();
    }
    let generator = Generator::new()
        .config(config)
        .schema(folder.path().join(files[0].0));
    let (dump, report) = match internals::dump(&generator, Stage::Schema) {
        Ok((text, report, _)) => (serde_json::from_str(&text).unwrap(), report),
        Err(failure) => (Value::Null, failure.report),
    };
    let messages = report.messages.iter();
    let codes = messages.map(|message| {
        let is_located = message.pointer.is_none() || message.position.is_some();
        assert!(is_located && message.path.is_some(), "{message}");
        assert!(
            message.code.as_str() == "FT0301" || message.help.is_some(),
            "{message}"
        );
        (message.severity, message.code.as_str())
    });
    (dump, codes.collect())
}

/// The schema at the end of a way from the root; references are followed.
fn at<'d>(dump: &'d Value, way: &[&str]) -> &'d Value {
    let get = |id: &Value| &dump["schemas"][usize::try_from(id.as_u64().unwrap()).unwrap()];
    let follow = |mut schema: &'d Value| {
        while let Some(target) = schema["references"].get(0) {
            schema = get(target);
        }
        schema
    };
    let mut schema = follow(get(&dump["documents"][0]["root"]));
    for name in way {
        let properties = schema["object"]["properties"].as_array().unwrap();
        let found = properties.iter().find(|property| property[0] == *name);
        schema = follow(get(&found.unwrap()[1]));
    }
    schema
}

fn opaque() -> Config {
    let mut config = Config::default();
    config.invalid_schema = Handling::Opaque;
    config.unresolved = Handling::Opaque;
    config
}

#[test]
fn what_is_invalid_is_an_error_or_says_nothing() {
    for (schema, code) in [
        (json!({"minLength": -1}), "FT0102"),
        (json!({"required": true}), "FT0102"),
        (json!({"properties": []}), "FT0102"),
        (json!({"allOf": []}), "FT0102"),
        (json!({"dependentRequired": {"a": ["b"], "c": 1}}), "FT0102"),
        (json!({"type": "strnig"}), "FT0103"),
        (json!({"type": ["string", {}]}), "FT0102"),
        (json!({"not": 1}), "FT0104"),
        (json!({"$defs": {"a": "text"}}), "FT0104"),
        (json!([]), "FT0104"),
        (json!({"$schema": "https://example.com/unknown"}), "FT0101"),
        (json!({"pattern": "("}), "FT0107"),
        (json!({"patternProperties": {"(": {}}}), "FT0107"),
        (json!({"$ref": "#/$defs/none"}), "FT0201"),
        (json!({"$ref": "#none"}), "FT0201"),
        (json!({"$ref": "none.json"}), "FT0201"),
        (json!({"$ref": "http://[/"}), "FT0202"),
        (json!({"$ref": "#/x", "x": 1}), "FT0104"),
    ] {
        let (_, codes) = read(&[("a.json", &schema)], &Config::default());
        assert_eq!(codes, [(Severity::Error, code)], "{schema}");
        let (dump, codes) = read(&[("a.json", &schema)], &opaque());
        assert_eq!(codes, [(Severity::Warning, code)], "{schema}");
        let read = at(&dump, &[]);
        let (anything, _) = read_one(&json!({}));
        let properties = ["kinds", "length", "object", "pattern", "logic", "all_of"];
        for property in properties.into_iter().filter(|_| code != "FT0104") {
            assert_eq!(read[property], at(&anything, &[])[property], "{schema}");
        }
    }
}

#[test]
fn a_reference_that_never_comes_to_a_part_of_a_value_is_cut() {
    for schema in [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"anyOf": [{"type": "string"}, {"$ref": "#"}]}),
        json!({"not": {"$ref": "#"}}),
        json!({"dependentSchemas": {"a": {"$ref": "#"}}}),
        json!({"$ref": "#/$defs/a/allOf/0", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}),
        json!({"$dynamicAnchor": "a", "if": {"$dynamicRef": "#a"}}),
    ] {
        let (_, codes) = read_one(&schema);
        assert_eq!(codes, [(Severity::Error, "FT0204")], "{schema}");
        let (_, codes) = read(&[("a.json", &schema)], &opaque());
        assert_eq!(codes, [(Severity::Warning, "FT0204")], "{schema}");
    }
    let (_, codes) = read_one(&json!({"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}}));
    assert_eq!(codes, []);
}

fn read_one(schema: &Value) -> (Value, Vec<(Severity, &'static str)>) {
    read(&[("a.json", schema)], &Config::default())
}

#[test]
fn a_document_that_is_referred_to_and_broken_is_as_good_as_missing() {
    let schema = json!({"properties": {"a": {"$ref": "b.json"}}});
    let files = [("a.json", &schema), ("b.json", &json!("{"))];
    assert_eq!(
        read(&files, &Config::default()).1,
        [(Severity::Error, "FT0002")]
    );
    assert_eq!(read(&files, &opaque()).1, [(Severity::Warning, "FT0002")]);
}

#[test]
fn what_looks_like_a_reference_in_data_is_none() {
    let data = json!({"$ref": "broken.json", "$id": "https://example.com/b.json"});
    let schema = json!({
        "properties": {
            // As a name, it is one like any other.
            "default": {"$ref": "a.json"},
            "const": {"items": [{"$ref": "https://example.com/b.json"}]},
            "a": {"const": data}, "b": {"enum": [[data]]}, "c": {"default": {"x": data}},
        },
        "examples": [data],
    });
    let (a, b) = (json!({"type": "string"}), json!({"type": "array"}));
    let files = [
        ("s.json", &schema),
        ("a.json", &a),
        ("web/b.json", &b),
        ("broken.json", &json!("no JSON")),
    ];
    let mut config = Config::default();
    config.default_dialect = DialectName::Draft7;
    config
        .resolve
        .insert("https://example.com/".to_owned(), "web".to_owned());
    let (dump, codes) = read(&files, &config);
    assert_eq!(codes, []);
    assert_eq!(at(&dump, &["default"])["kinds"], json!(["string"]));
    let prefix = &at(&dump, &["const"])["array"]["prefix"][0];
    assert!(prefix.is_u64(), "{dump}");
}

#[test]
fn a_key_that_is_there_twice_is_told() {
    let text = json!(r#"{"properties": {"a": {"type": "string"}, "a": {"type": "null"}}}"#);
    let (dump, codes) = read(&[("s.json", &text)], &Config::default());
    assert_eq!(codes, [(Severity::Warning, "FT0006")]);
    assert_eq!(at(&dump, &["a"])["kinds"], json!(["null"]));
}

#[test]
fn documents_are_found_below_the_folder_of_their_uri() {
    let schema = json!({"properties": {"a": {"$ref": "https://example.com/x/b#/$defs/c"}}});
    let other = json!({"$defs": {"c": {"$ref": "d.json"}}});
    let last = json!({"type": "null"});
    let files = [
        ("a.json", &schema),
        ("dir/b.json", &other),
        ("dir/d.json", &last),
    ];
    let mut config = Config::default();
    assert_eq!(read(&files, &config).1, [(Severity::Error, "FT0201")]);
    config
        .resolve
        .insert("https://example.com/x/".to_owned(), "dir".to_owned());
    let (dump, codes) = read(&files, &config);
    assert_eq!(codes, []);
    assert_eq!(at(&dump, &["a"])["kinds"], json!(["null"]));
}

#[test]
fn meta_schemas_are_there_if_they_are_referred_to() {
    for uri in [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ] {
        let (dump, codes) = read_one(&json!({"$ref": uri}));
        assert_eq!(codes, [], "{uri}");
        assert!(at(&dump, &[])["kinds"].is_array(), "{uri}");
        let (dump, _) = read_one(&json!({"$schema": uri}));
        assert_eq!(dump["documents"].as_array().unwrap().len(), 1, "{uri}");
    }
    let (dump, _) = read_one(
        &json!({"$ref": "http://json-schema.org/draft-07/schema#/definitions/simpleTypes"}),
    );
    assert_eq!(dump["schemas"].as_array().unwrap().len(), 2);
}

#[test]
fn the_default_dialect_is_for_schemas_that_name_none() {
    let mut config = Config::default();
    config.default_dialect = DialectName::Draft4;
    let schema =
        json!({"minimum": 1, "exclusiveMinimum": true, "const": 1, "additionalProperties": false});
    let (dump, codes) = read(&[("a.json", &schema)], &config);
    assert_eq!(codes, []);
    assert_eq!(
        at(&dump, &[])["number"]["minimum"],
        json!({"value": 1, "exclusive": true})
    );
    assert_eq!(at(&dump, &[])["values"], Value::Null);
    config.default_dialect = DialectName::Draft2020;
    assert_eq!(
        read(&[("a.json", &schema)], &config).1,
        [(Severity::Error, "FT0102")]
    );
}

#[test]
fn a_dialect_of_ones_own_has_the_vocabularies_it_lists() {
    let vocabulary = |name: &str| format!("https://json-schema.org/draft/2020-12/vocab/{name}");
    let meta = |vocabularies: Value| json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": vocabularies});
    let schema = json!({
        "$schema": "./meta.json", "type": "string", "format": "date", "properties": {"a": {"minimum": 1}},
    });
    let run = |meta: Value| {
        read(
            &[("a.json", &schema), ("meta.json", &meta)],
            &Config::default(),
        )
    };

    let (dump, codes) = run(meta(
        json!({vocabulary("core"): true, vocabulary("applicator"): true}),
    ));
    assert_eq!(codes, []);
    assert_eq!(at(&dump, &[])["kinds"], Value::Null);
    assert_eq!(at(&dump, &["a"])["number"], json!({}));

    let (dump, _) = run(meta(json!({
        vocabulary("core"): true, vocabulary("validation"): true, vocabulary("format-assertion"): true,
        "https://example.com/vocab/mine": false,
    })));
    assert_eq!(at(&dump, &[])["kinds"], json!(["string"]));
    assert_eq!(at(&dump, &[])["asserts_format"], true);
    assert_eq!(at(&dump, &[])["object"]["properties"], json!([]));

    let (_, codes) = run(meta(
        json!({vocabulary("core"): true, "https://example.com/vocab/mine": true}),
    ));
    assert_eq!(codes, [(Severity::Error, "FT0106")]);

    // A meta-schema that lists none has those of its own dialect.
    let (dump, codes) = run(json!({"$schema": "http://json-schema.org/draft-07/schema#"}));
    assert_eq!(codes, []);
    assert_eq!(at(&dump, &["a"])["number"]["minimum"]["value"], 1);
}

#[test]
fn the_user_has_the_last_word_on_formats() {
    for (formats, asserts) in [
        (None, Value::Null),
        (Some(FormatMode::Annotation), Value::Null),
        (Some(FormatMode::Assertion), json!(true)),
    ] {
        let mut config = Config::default();
        config.formats = formats;
        let (dump, _) = read(&[("a.json", &json!({"format": "date"}))], &config);
        assert_eq!(at(&dump, &[])["asserts_format"], asserts);
    }
}

#[test]
fn a_dynamic_reference_means_what_the_way_to_it_says() {
    let schema = json!({
        "$id": "https://example.com/root",
        "properties": {
            "plain": {"$ref": "tree"},
            "strict": {"$ref": "strict-tree"},
            "pointer": {"$ref": "pointer"},
        },
        "$defs": {
            "tree": {
                "$id": "tree", "$dynamicAnchor": "node", "title": "plain",
                "properties": {"child": {"$dynamicRef": "#node"}},
            },
            "strict": {
                "$id": "strict-tree", "$dynamicAnchor": "node", "title": "strict", "$ref": "tree",
            },
            "pointer": {
                "$id": "pointer", "$dynamicAnchor": "node", "title": "pointer",
                "properties": {"child": {"$dynamicRef": "tree#/$defs/none"}},
                "allOf": [{"$ref": "tree"}],
            },
        },
    });
    let (dump, _) = read(&[("a.json", &schema)], &opaque());
    let title = |way: &[&str]| at(&dump, way)["docs"]["title"].clone();
    assert_eq!(title(&["plain", "child"]), "plain");
    assert_eq!(title(&["plain", "child", "child"]), "plain");
    // `at` follows the reference of the strict tree to the plain one, as it is seen from there.
    let strict = at(&dump, &["strict"]);
    let child = &strict["object"]["properties"][0][1];
    let child = &dump["schemas"][usize::try_from(child.as_u64().unwrap()).unwrap()];
    let target = usize::try_from(child["references"][0].as_u64().unwrap()).unwrap();
    assert_eq!(dump["schemas"][target]["docs"]["title"], "strict");
}

#[test]
fn a_recursive_reference_means_the_outermost_root_that_says_so() {
    let schema = |outer: bool, inner: bool| {
        json!({
            "$schema": "https://json-schema.org/draft/2019-09/schema",
            "$id": "https://example.com/root", "$recursiveAnchor": outer, "title": "outer",
            "properties": {"inner": {
                "$id": "inner", "$recursiveAnchor": inner, "title": "inner",
                "properties": {"again": {"$recursiveRef": "#"}},
            }},
        })
    };
    for (outer, inner, title) in [
        (true, true, "outer"),
        (false, true, "inner"),
        (true, false, "inner"),
        (false, false, "inner"),
    ] {
        let (dump, codes) = read_one(&schema(outer, inner));
        assert_eq!(codes, []);
        assert_eq!(
            at(&dump, &["inner", "again"])["docs"]["title"],
            title,
            "{outer} {inner}"
        );
    }
}

#[test]
fn dynamic_scopes_have_a_limit() {
    let mut defs = serde_json::Map::new();
    let count = 15;
    for step in 0..count {
        let next = format!("r{}", step + 1);
        let name = format!("n{step}");
        defs.insert(
            format!("r{step}"),
            json!({
                "$id": format!("r{step}"),
                "anyOf": [{"$ref": format!("x{step}")}, {"$ref": format!("y{step}")}],
            }),
        );
        defs.insert(format!("x{step}"), json!({
            "$id": format!("x{step}"), "$dynamicAnchor": name, "properties": {"a": {"$ref": next}},
        }));
        defs.insert(
            format!("y{step}"),
            json!({
                "$id": format!("y{step}"), "properties": {"a": {"$ref": next}},
            }),
        );
    }
    let uses: Vec<Value> = (0..count)
        .map(|step| json!({"$dynamicRef": format!("x{step}#n{step}")}))
        .collect();
    defs.insert(
        format!("r{count}"),
        json!({"$id": format!("r{count}"), "oneOf": uses}),
    );
    let schema = json!({"$id": "https://example.com/", "$ref": "r0", "$defs": defs});
    let (dump, codes) = read_one(&schema);
    assert!(
        codes
            .iter()
            .all(|code| *code == (Severity::Warning, "FT0302"))
    );
    assert!(!codes.is_empty());
    assert!(dump["schemas"].as_array().unwrap().len() < 25_000);
}

#[test]
fn patterns_of_very_many_alternatives_are_not_read() {
    let long = |count: usize| vec!["a"; count].join("|");
    let (_, codes) = read_one(&json!({"type": "string", "pattern": long(1_000)}));
    assert_eq!(codes, []);
    let (dump, codes) = read_one(&json!({"type": "string", "pattern": long(100_000)}));
    assert_eq!(codes, [(Severity::Warning, "FT0302")]);
    assert!(!dump.to_string().contains("a|a"));
    // To pass over a pattern for names would refuse what has such a name.
    let closed = json!({"patternProperties": {long(1_001): {}}, "additionalProperties": false});
    let (_, codes) = read_one(&closed);
    assert_eq!(codes, [(Severity::Error, "FT0302")]);
}

#[test]
fn messages_quote_the_start_of_long_texts() {
    let long = "ab".repeat(100_000);
    for schema in [
        json!({"pattern": format!("({long}")}),
        json!({"$ref": format!("#/{long}")}),
        json!({"$ref": format!("#{long}")}),
        json!({"$ref": format!("http://localhost/{long}")}),
        json!({"type": long}),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::fs::write(&path, schema.to_string()).unwrap();
        let outcome = internals::dump(&Generator::new().schema(path), Stage::Schema);
        let report = outcome.unwrap_err().report;
        let messages: Vec<&str> = report.messages.iter().map(|one| &*one.text).collect();
        assert_eq!(messages.len(), 1);
        assert!(messages[0].contains("…`"), "{}", messages[0]);
        assert!(messages[0].len() < 1_200, "{}", messages[0]);
    }
}

#[test]
fn the_components_of_an_openapi_document_are_definitions() {
    let document = json!(
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\ncomponents:\n  schemas:\n    Pet:\n      oneOf:\n        - $ref: '#/components/schemas/Cat'\n        - $ref: '#/components/schemas/Dog'\n      discriminator:\n        propertyName: kind\n        mapping: {meow: Cat, bark: '#/components/schemas/Dog'}\n    Cat:\n      type: object\n      required: [kind]\n      properties:\n        kind: {type: string, readOnly: true, example: meow}\n        age: {type: integer, nullable: true, minimum: 0, exclusiveMinimum: true}\n    Dog: {type: object, additionalProperties: false}\n"
    );
    let (dump, codes) = read(&[("pets.yaml", &document)], &Config::default());
    assert_eq!(codes, []);
    let offered = &dump["documents"][0];
    assert_eq!(
        (&offered["root"], &offered["stem"]),
        (&Value::Null, &json!("pets"))
    );
    let definitions = offered["definitions"].as_array().unwrap();
    let id = |name: &str| {
        let found = definitions.iter().find(|definition| definition[0] == name);
        found.unwrap()[1].clone()
    };
    let get = |id: &Value| &dump["schemas"][usize::try_from(id.as_u64().unwrap()).unwrap()];
    let pet = get(&id("Pet"));
    assert_eq!(
        pet["discriminator"],
        json!({"property": "kind", "mapping": [["meow", id("Cat")], ["bark", id("Dog")]]})
    );
    let cat = get(&id("Cat"));
    let age = get(&cat["object"]["properties"][1][1]);
    assert_eq!(age["kinds"], json!(["null", "integer"]));
    assert_eq!(age["number"]["minimum"]["exclusive"], true);
    let kind = get(&cat["object"]["properties"][0][1]);
    assert_eq!(
        (&kind["read_only"], &kind["docs"]["examples"]),
        (&json!(true), &json!(["meow"]))
    );
}

#[test]
fn a_long_chain_of_references_is_followed_once() {
    let mut defs = serde_json::Map::new();
    let last = 20_000;
    for step in 0..last {
        let next = format!("#/$defs/d{}", step + 1);
        defs.insert(format!("d{step}"), json!({"$ref": next}));
    }
    defs.insert(format!("d{last}"), json!({"type": "string"}));
    let (dump, codes) = read_one(&json!({"$ref": "#/$defs/d0", "$defs": defs}));
    assert_eq!(codes, []);
    assert_eq!(at(&dump, &[])["kinds"], json!(["string"]));
}

#[test]
fn descriptions_of_other_versions_are_told() {
    for description in [
        json!({"swagger": "2.0", "definitions": {"a": {"type": "string"}}}),
        json!({"openapi": "2.0", "components": {}}),
        json!({"openapi": "4.0.0"}),
    ] {
        let (_, codes) = read_one(&description);
        assert_eq!(codes, [(Severity::Error, "FT0101")], "{description}");
    }
    for schema in [json!({"openapi": {}}), json!({"swagger": "none"})] {
        assert_eq!(read_one(&schema).1, [(Severity::Warning, "FT0111")]);
    }
}

#[test]
fn nullable_without_a_type_says_nothing() {
    let schemas = json!({"A": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"type": "string"}});
    let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
    let (_, codes) = read(&[("a.json", &document)], &Config::default());
    assert_eq!(codes, [(Severity::Note, "FT0108")]);
}

#[test]
fn a_mistake_in_yaml_is_shown_where_it_is() {
    let (_, codes) = read(
        &[("a.yaml", &json!("type: object\nminimum: a\n"))],
        &Config::default(),
    );
    assert_eq!(codes, [(Severity::Error, "FT0102")]);
    let (_, codes) = read(&[("a.yaml", &json!("a: [\n"))], &Config::default());
    assert_eq!(codes, [(Severity::Error, "FT0002")]);
}

#[test]
fn an_openapi_3_1_document_may_name_its_dialect() {
    let schema = json!({"type": ["string", "null"], "minimum": 3, "example": "x"});
    let run = |dialect: Option<&str>| {
        let mut document = json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}});
        if let Some(dialect) = dialect {
            document["jsonSchemaDialect"] = json!(dialect);
        }
        let (dump, codes) = read(&[("a.json", &document)], &Config::default());
        assert_eq!(codes, []);
        let id = dump["documents"][0]["definitions"][0][1].as_u64().unwrap();
        dump["schemas"][usize::try_from(id).unwrap()]["docs"]["examples"].clone()
    };
    assert_eq!(run(None), json!(["x"]));
    assert_eq!(
        run(Some("https://spec.openapis.org/oas/3.1/dialect/base")),
        json!(["x"])
    );
    assert_eq!(
        run(Some("https://json-schema.org/draft/2020-12/schema")),
        Value::Null
    );
}

#[test]
fn paths_in_the_configuration_start_at_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("dir")).unwrap();
    std::fs::write(path("dir/b.json"), "{}").unwrap();
    std::fs::write(path("a.json"), r#"{"$ref": "http://example.com/b"}"#).unwrap();
    let config = json!({"schemas": ["a.json"], "resolve": {"http://example.com/": "dir"}, "report": "losses.json"});
    std::fs::write(path("flowtypes.json"), config.to_string()).unwrap();
    let generator = Generator::from_config_file(path("flowtypes.json")).unwrap();
    assert!(internals::dump(&generator, Stage::Schema).is_ok());
    let output = generator.generate().unwrap();
    assert!(Path::new(&output.folder).is_dir());
    let report: Value =
        serde_json::from_str(&std::fs::read_to_string(path("losses.json")).unwrap()).unwrap();
    assert!(report["losses"].is_array());
}
