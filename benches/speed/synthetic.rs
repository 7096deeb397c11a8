//! Schemas of any size. They are the same on every machine and in every run: what a definition holds depends on its
//! number alone.

use serde_json::{Map, Value, json};

/// A schema with so many definitions, six or more, of which every kind of type has its share.
pub fn schema(definitions: usize) -> Value {
    let all: Map<String, Value> = (0..definitions)
        .map(|number| (name(number), definition(number)))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Inventory",
        "type": "object",
        "properties": {"first": {"$ref": reference(0)}},
        "required": ["first"],
        "$defs": all,
    })
}

fn name(number: usize) -> String {
    const KINDS: [&str; 6] = ["Order", "Status", "Event", "Address", "Prices", "Code"];
    format!("{}{number}", KINDS[number % KINDS.len()])
}

fn reference(number: usize) -> String {
    format!("#/$defs/{}", name(number))
}

fn definition(number: usize) -> Value {
    match number % 6 {
        0 => order(number),
        1 => json!({
            "description": "How far it is.",
            "enum": ["open", "in-progress", "done", format!("state-{number}")],
        }),
        2 => event(number),
        3 => json!({
            "description": format!("Where number {number} is to be found."),
            "type": "object",
            "properties": {
                "street": {"type": "string", "minLength": 1, "maxLength": 80},
                "city": {"type": "string", "description": "The town, as it is written on a letter."},
                "country-code": {"type": "string", "pattern": "^[A-Z]{2}$"},
                "position": {
                    "type": "object",
                    "properties": {"lat": {"type": "number"}, "lon": {"type": "number"}},
                    "required": ["lat", "lon"],
                },
            },
            "required": ["street", "city"],
            "additionalProperties": false,
        }),
        4 => json!({
            "description": "What it costs, by currency.",
            "type": "object",
            "additionalProperties": {"type": "number", "minimum": 0},
        }),
        _ => json!({"description": "A short word.", "type": "string", "maxLength": 12}),
    }
}

/// An object that refers to one definition of each kind, all before it.
fn order(number: usize) -> Value {
    let before = |kind: usize| reference((number + kind).saturating_sub(6).max(kind));
    json!({
        "title": format!("Order number {number}"),
        "description": "Something that somebody has asked for.",
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "count": {"type": "integer", "minimum": 1, "maximum": 500},
            "note": {"type": ["string", "null"], "description": "Whatever there is to add."},
            "status": {"$ref": before(1)},
            "events": {"type": "array", "items": {"$ref": before(2)}},
            "ship-to": {"$ref": before(3)},
            "prices": {"$ref": before(4)},
            "codes": {"type": "array", "items": {"$ref": before(5)}, "uniqueItems": true},
            "placed": {"type": "string", "format": "date-time"},
        },
        "required": ["id", "count", "status"],
    })
}

/// One of three, told apart by a tag; the second is put together from two schemas.
fn event(number: usize) -> Value {
    json!({
        "description": "Something that has happened.",
        "oneOf": [
            {
                "title": format!("Created {number}"),
                "type": "object",
                "properties": {"kind": {"const": "created"}, "by": {"type": "string"}},
                "required": ["kind", "by"],
            },
            {
                "title": format!("Moved {number}"),
                "allOf": [
                    {"type": "object", "properties": {"kind": {"const": "moved"}}, "required": ["kind"]},
                    {"properties": {"to": {"$ref": reference(number.checked_sub(5).unwrap_or(3))}}},
                ],
            },
            {
                "title": format!("Ended {number}"),
                "type": "object",
                "properties": {"kind": {"const": "ended"}, "reason": {"enum": ["error", "other"]}},
                "required": ["kind"],
            },
        ],
    })
}
