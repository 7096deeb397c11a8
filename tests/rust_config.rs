//! What the options of the Rust types do that no case shows.
#![allow(clippy::unwrap_used)]

use flowtypes::{Generator, Output, Target};

fn output(format: &str, path: &str) -> Result<Output, String> {
    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("order.json");
    let text = r#"{"type": "object", "properties": {
        "id": {"type": "string", "format": "uuid"},
        "at": {"type": "string", "pattern": "^(a|bb)*$"}
    }}"#;
    std::fs::write(&schema, text).unwrap();
    let mut generator = Generator::new().schema(schema).target(Target::Rust);
    let formats = &mut generator.config_mut().rust.formats;
    formats.insert(format.to_owned(), path.to_owned());
    generator
        .plan_single_file()
        .map_err(|failure| failure.report.to_string())
}

#[test]
fn the_output_lists_the_crates_that_it_needs() {
    let output = output("uuid", "uuid::Uuid").unwrap();
    let (_, text) = output.files.iter().next().unwrap();
    assert!(text.contains("\n// Crates: regress, serde, serde_json, uuid\n"));
    assert!(text.contains("pub id: Option<uuid::Uuid>,"));
    assert!(text.contains("foreign! { uuid::Uuid }"));
}

#[test]
fn a_format_that_no_schema_has_needs_no_crate() {
    let output = output("date", "chrono::NaiveDate").unwrap();
    let (_, text) = output.files.iter().next().unwrap();
    assert!(!text.contains("chrono"));
    // Its pattern takes an engine.
    assert!(text.contains("\n// Crates: regress, serde, serde_json\n"));
}

#[test]
fn no_text_of_the_configuration_is_code() {
    for path in ["uuid::Uuid>; fn f() {} //", "Uuid", "uuid::Uuid\n}", ""] {
        let said = output("uuid", path).unwrap_err();
        assert!(said.contains("FT0050"), "{said}");
    }
}
