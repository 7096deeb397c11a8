//! `generated/mappings.md` says what becomes of each kind of schema. The page is made by the program: this test runs it
//! on the table in `tests/mappings/` and compares. `FLOWTYPES_BLESS=1 cargo test --test mappings` writes the page anew.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use flowtypes::surface::{Item, Kind};
use flowtypes::{Generator, Target};
use serde_json::{Value, json};

const PAGE: &str = "generated/mappings.md";

const INTRODUCTION: &str = "# What becomes of a schema

Each row is what the program makes of one property of an object. This page is made by running it:
`tests/mappings/table.json` holds the schemas, and `FLOWTYPES_BLESS=1 cargo test --test mappings` renews the page.

*Flow* is the part of the screen that asks for the property in a flow of `flow.types`; one that is not said to be required may
stay empty, which is null where the schema asks for the property. A value of any type can be in a variable: one that has no
part of its own comes as JSON text, or is set in Flow Builder by the fields of its class. *Said* are the diagnostics, notes included:
what a target cannot hold, or holds otherwise.

";

#[test]
fn the_page_says_what_the_program_makes() {
    let table: Vec<Value> =
        serde_json::from_str(&fs::read_to_string("tests/mappings/table.json").unwrap()).unwrap();
    let rows: Vec<Row> = table.iter().map(row).collect();
    // What is said of every row is said once.
    let mut always = rows[0].said.clone();
    always.retain(|text| rows.iter().all(|row| row.said.contains(text)));
    let mut page = String::from(INTRODUCTION);
    for text in &always {
        page.push_str(&format!("- of every row: {text}\n"));
    }
    page.push_str("\n| | JSON Schema | Rust | Apex | Flow | Said |\n|---|---|---|---|---|---|\n");
    for row in &rows {
        let said: Vec<String> = row
            .said
            .iter()
            .filter(|text| !always.contains(text))
            .map(|text| cell(text))
            .collect();
        page.push_str(&format!("{} {} |\n", row.cells, said.join("<br>")));
    }
    if std::env::var_os("FLOWTYPES_BLESS").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let there = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        there == page,
        "{PAGE} is not what the program makes: set FLOWTYPES_BLESS=1"
    );
}

/// A row of the table: its cells but the last, and what is said.
struct Row {
    cells: String,
    said: Vec<String>,
}

/// What becomes of one property.
fn row(entry: &Value) -> Row {
    let what = entry["what"].as_str().unwrap();
    let name = entry["name"].as_str().unwrap_or("value");
    let is_optional = entry["optional"] == true;
    let mut schema = json!({
        "title": "Example",
        "type": "object",
        "properties": {name: entry["value"]},
    });
    if !is_optional {
        schema["required"] = json!([name]);
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |file: &str| folder.path().join(file);
    fs::write(at("example.json"), schema.to_string()).unwrap();
    let config = json!({
        "schemas": ["example.json"], "out": "out", "lock": false, "flow": {"types": ["example"]},
    });
    fs::write(at("flowtypes.json"), config.to_string()).unwrap();
    let generator = Generator::from_config_file(at("flowtypes.json")).unwrap();
    let generator = Target::ALL
        .iter()
        .fold(generator, |all, target| all.target(*target));
    let surface = generator.surface().unwrap();
    let output = generator.plan().unwrap();
    let items: Vec<&Item> = surface.iter().collect();
    let flows = output
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".flow-meta.xml"));
    let flow: String = flows.map(|(_, text)| screen(text)).collect();
    let mut said: Vec<String> = Vec::new();
    for message in &output.report.messages {
        // How many there are in the example is of no interest.
        let text = message.text.split(" (classes: ").next().unwrap_or_default();
        let text = text.split(" (fields: ").next().unwrap_or_default();
        let text = format!("{}: {text}", message.code);
        if !said.contains(&text) {
            said.push(text);
        }
    }
    let presence = if is_optional { ", optional" } else { "" };
    let schema = match entry.get("name") {
        Some(_) => json!({name: entry["value"]}).to_string(),
        None => entry["value"].to_string(),
    };
    let (schema, rust, apex) = (code(&schema), rust(&items), apex(&items));
    Row {
        cells: format!("| {what} | {schema}{presence} | {rust} | {apex} | {flow} |"),
        said,
    }
}

/// The field and the types that there are because of it.
fn rust(items: &[&Item]) -> String {
    let mut lines = Vec::new();
    for item in items.iter().filter(|item| item.kind == Kind::Type) {
        let name = item.name.rsplit("::").next().unwrap_or_default();
        let parts = items.iter().filter(|part| {
            part.parent == item.name && matches!(part.kind, Kind::Field | Kind::Variant)
        });
        let parts: Vec<String> = parts
            .map(|part| match part.kind {
                Kind::Field if part.name == "0" => part.detail.clone(),
                Kind::Field => format!("{}: {}", part.name, part.detail),
                _ => part.name.clone(),
            })
            .collect();
        lines.push(code(&format!(
            "{} {name} {{ {} }}",
            item.detail,
            parts.join(", ")
        )));
    }
    lines.join("<br>")
}

/// The data classes and what they hold; classes with code are the same for each type.
fn apex(items: &[&Item]) -> String {
    let mut lines = Vec::new();
    for item in items {
        let (word, wanted) = match item.kind {
            Kind::Class => ("class", Kind::ClassField),
            Kind::Constants => ("constants", Kind::Constant),
            _ => continue,
        };
        // Part of every output.
        if item.name.ends_with("Violation") {
            continue;
        }
        let parts = items
            .iter()
            .filter(|part| part.kind == wanted && part.parent == item.name);
        let parts: Vec<String> = parts
            .map(|part| match part.kind {
                Kind::ClassField => format!("{} {}", part.detail, part.name),
                _ => format!("{} = {}", part.name, part.detail),
            })
            .collect();
        lines.push(code(&format!(
            "{word} {} {{ {} }}",
            item.name,
            parts.join("; ")
        )));
    }
    lines.join("<br>")
}

/// The fields of the screen that asks for the value.
fn screen(text: &str) -> String {
    let document = roxmltree::Document::parse(text).unwrap();
    let mut parts = Vec::new();
    let all = document.descendants();
    for field in all.filter(|node| node.tag_name().name() == "fields") {
        let child = |name: &str| {
            let mut children = field.children();
            let node = children.find(|node| node.tag_name().name() == name);
            node.and_then(|node| node.text()).unwrap_or_default()
        };
        let kind = child("fieldType");
        // The screen asks whether there is another value, too.
        if matches!(kind, "" | "DisplayText" | "RegionContainer" | "Region")
            || child("name") == "Add_Another"
        {
            continue;
        }
        let data = match child("dataType") {
            "" => String::new(),
            data => format!(" ({data})"),
        };
        let required = match child("isRequired") {
            "true" => ", required",
            _ => "",
        };
        parts.push(format!("{kind}{data}{required}"));
    }
    parts.join("<br>")
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
