//! The JSON Schemas of our own files are those of the types that read them. To renew them:
//! `FLOWTYPES_BLESS=1 cargo test --test json_schemas`.
#![cfg(feature = "json-schema")]
#![allow(clippy::unwrap_used)]

use std::path::Path;

fn check(name: &str, schema: &schemars::Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas/meta")
        .join(name);
    let mut text = serde_json::to_string_pretty(schema).unwrap();
    text.push('\n');
    if std::env::var_os("FLOWTYPES_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "schemas/meta/{name} is stale; renew it with FLOWTYPES_BLESS=1 cargo test --test json_schemas"
    );
}

#[test]
fn the_schema_of_action_descriptors_is_fresh() {
    check(
        "action.schema.json",
        &flowtypes::internals::Action::json_schema(),
    );
}

#[test]
fn the_schema_of_lifecycle_descriptors_is_fresh() {
    check(
        "lifecycle.schema.json",
        &flowtypes::internals::Lifecycle::json_schema(),
    );
}

#[test]
fn the_schema_of_the_configuration_is_fresh() {
    check(
        "config.schema.json",
        &flowtypes::config::Config::json_schema(),
    );
}

#[test]
fn the_schema_of_messages_is_fresh() {
    check(
        "message.schema.json",
        &flowtypes::internals::Line::json_schema(),
    );
}
