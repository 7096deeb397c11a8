//! What somebody would write by hand, without any check.

// Nobody looks at what is read.
#![allow(dead_code)]

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
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

#[derive(Deserialize)]
struct Choice {
    label: String,
    value: Option<String>,
    index: Option<i64>,
}

#[derive(Deserialize)]
pub struct Events {
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Event {
    Ordered {
        number: i64,
        customer: String,
        lines: Vec<Line>,
    },
    Sent {
        number: i64,
        carrier: String,
        tracking: Option<String>,
    },
    Returned {
        number: i64,
        reason: Option<String>,
        refund: Option<f64>,
    },
}

#[derive(Deserialize)]
struct Line {
    article: String,
    count: i64,
    price: Option<f64>,
}

#[derive(Deserialize)]
pub struct Cells {
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Formula {
        formula: String,
        result: Option<f64>,
    },
    Link {
        address: String,
        text: Option<String>,
    },
    Text(String),
    Number(f64),
    List(Vec<String>),
}

#[derive(Deserialize)]
pub struct Repositories {
    repositories: Vec<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    name: String,
    stars: Option<i64>,
    labels: Option<BTreeMap<String, String>>,
}
