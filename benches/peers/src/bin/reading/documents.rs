//! Documents of a megabyte, valid for the schemas.

use serde_json::{Value, json};

/// For `plain.json` and `checked.json`.
pub fn session() -> Value {
    let messages = list(8_000, |number| match number % 3 {
        0 => json!({"type": "Text", "text": "I want to return a jacket.", "sender": "User",
            "sequenceId": number, "timestamp": "2026-03-02T09:16:00Z"}),
        1 => json!({"type": "Choices", "text": "Why do you want to return it?", "sender": "Bot",
            "choices": [{"label": "Wrong size", "value": "size", "index": 1}, {"label": "Something else"}],
            "sequenceId": number, "timestamp": "2026-03-02T09:16:02Z"}),
        _ => json!({"type": "Transfer", "sender": "Bot", "sequenceId": number}),
    });
    json!({
        "sessionId": "7b0c5d19-4e8a-4f2b-9d63-a1f7e2c80b54",
        "botId": "0XxHs000000Cd34KAC",
        "status": "Active",
        "createdDate": "2026-03-02T09:15:00Z",
        "lastActiveDate": "2026-03-02T09:16:30Z",
        "externalSessionKey": "web-chat-48213",
        "messages": messages,
    })
}

/// For `tagged.json`.
pub fn events() -> Value {
    let events = list(10_000, |number| match number % 3 {
        0 => json!({"kind": "ordered", "number": number, "customer": "Vera Example", "lines": [
            {"article": "jacket", "count": 1, "price": 79.5}, {"article": "scarf", "count": 2}]}),
        1 => {
            json!({"kind": "sent", "number": number, "carrier": "By bicycle", "tracking": "BB-000-4711"})
        }
        _ => {
            json!({"number": number, "reason": "It is too small.", "refund": 79.5, "kind": "returned"})
        }
    });
    json!({ "events": events })
}

/// For `untagged.json`.
pub fn cells() -> Value {
    let cells = list(25_000, |number| match number % 5 {
        0 => json!({"formula": "=SUM(A1:A12)", "result": 12.5}),
        1 => json!({"address": "https://example.com/jackets", "text": "jackets"}),
        2 => json!("A text that stands in a cell."),
        3 => json!(number),
        _ => json!(["red", "green", "blue"]),
    });
    json!({ "cells": cells })
}

/// For `open.json`.
pub fn repositories() -> Value {
    let repositories = list(2_500, |number| {
        json!({
            "id": number, "name": format!("repository-{number}"), "private": false, "fork": true,
            "owner": {"login": "vera", "id": 4711, "type": "User", "admin": false},
            "url": "https://example.com/repositories/one", "stars": number, "size": 108, "score": 0.75,
            "topics": ["json", "schema", "types"], "license": null, "language": "Rust",
            "labels": {"bug": "red", "question": "blue", "wish": "green"},
            "created": "2026-03-02T09:16:00Z", "pushed": "2026-03-02T09:16:00Z",
        })
    });
    json!({ "repositories": repositories })
}

fn list(length: usize, item: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..length).map(item).collect()
}
