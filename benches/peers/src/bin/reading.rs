//! How long it takes to read a document of some megabytes into our types, typify's, those of a plain derive, and a value
//! without types: the best of many turns.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[allow(clippy::all, warnings)]
mod types {
    pub mod plain_ours {
        include!(concat!(env!("OUT_DIR"), "/plain_ours.rs"));
    }
    pub mod plain_typify {
        include!(concat!(env!("OUT_DIR"), "/plain_typify.rs"));
    }
    pub mod checked_ours {
        include!(concat!(env!("OUT_DIR"), "/checked_ours.rs"));
    }
    pub mod checked_typify {
        include!(concat!(env!("OUT_DIR"), "/checked_typify.rs"));
    }
}

/// What somebody would write by hand, without any check.
#[allow(dead_code)]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    session_id: String,
    bot_id: String,
    status: Status,
    created_date: Option<String>,
    last_active_date: Option<String>,
    external_session_key: Option<String>,
    messages: Option<Vec<Message>>,
    session_ended: Option<bool>,
}

#[derive(Deserialize)]
enum Status {
    Active,
    Ended,
    Transferred,
}

#[allow(dead_code)]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    r#type: Kind,
    text: Option<String>,
    sender: Option<Sender>,
    choices: Option<Vec<Choice>>,
    sequence_id: Option<i64>,
    timestamp: Option<String>,
}

#[derive(Deserialize)]
enum Kind {
    Text,
    Choices,
    Transfer,
    EscalateToAgent,
    SessionEnded,
}

#[derive(Deserialize)]
enum Sender {
    User,
    Bot,
}

#[allow(dead_code)]
#[derive(Deserialize)]
struct Choice {
    label: String,
    value: Option<String>,
    index: Option<i64>,
}

fn document() -> String {
    let messages: Vec<Value> = (0..10_000)
        .map(|number| match number % 3 {
            0 => json!({"type": "Text", "text": "I want to return a jacket.", "sender": "User",
                "sequenceId": number, "timestamp": "2026-03-02T09:16:00Z"}),
            1 => json!({"type": "Choices", "text": "Why do you want to return it?", "sender": "Bot",
                "choices": [{"label": "Wrong size", "value": "size", "index": 1}, {"label": "Something else"}],
                "sequenceId": number, "timestamp": "2026-03-02T09:16:02Z"}),
            _ => json!({"type": "Transfer", "sender": "Bot", "sequenceId": number}),
        })
        .collect();
    json!({
        "sessionId": "7b0c5d19-4e8a-4f2b-9d63-a1f7e2c80b54",
        "botId": "0XxHs000000Cd34KAC",
        "status": "Active",
        "createdDate": "2026-03-02T09:15:00Z",
        "lastActiveDate": "2026-03-02T09:16:30Z",
        "externalSessionKey": "web-chat-48213",
        "messages": messages,
    })
    .to_string()
}

fn read<T: DeserializeOwned>(text: &str) -> Duration {
    let start = Instant::now();
    let value: Result<T, _> = serde_json::from_str(text);
    let took = start.elapsed();
    match black_box(value) {
        Ok(_) => took,
        Err(error) => {
            eprintln!("{}: {error}", std::any::type_name::<T>());
            std::process::exit(1)
        }
    }
}

fn main() {
    let text = document();
    let readers: [(&str, fn(&str) -> Duration); 6] = [
        ("a plain derive, no checks", read::<Session>),
        (
            "flowtypes, a schema without bounds",
            read::<types::plain_ours::Plain>,
        ),
        (
            "typify, a schema without bounds",
            read::<types::plain_typify::Plain>,
        ),
        (
            "flowtypes, a schema with bounds",
            read::<types::checked_ours::Checked>,
        ),
        (
            "typify, a schema with bounds",
            read::<types::checked_typify::Checked>,
        ),
        ("serde_json::Value", read::<Value>),
    ];
    let mut best: BTreeMap<usize, Duration> = BTreeMap::new();
    for _ in 0..200 {
        for (index, (_, reader)) in readers.iter().enumerate() {
            let took = reader(&text);
            best.entry(index)
                .and_modify(|best| *best = took.min(*best))
                .or_insert(took);
        }
    }
    println!("## Reading {} bytes: the best of 200 turns", text.len());
    let floor = best.get(&0).map_or(1.0, Duration::as_secs_f64);
    for (index, (name, _)) in readers.iter().enumerate() {
        let took = best.get(&index).map_or(0.0, Duration::as_secs_f64);
        println!("{name:>40} {:>8.2} ms {:>6.2}", took * 1e3, took / floor);
    }
}
