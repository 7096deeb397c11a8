//! What the API asks of each request, and what it answers.

use std::collections::{BTreeMap, BTreeSet};

use agent_session::Reason;
use agent_session::types::{
    AgentMessage, InformMessage, RequestMessage, SendMessageRequest, SendMessageResponse,
    SessionEndedResponseMessage, SessionEndedResponseMessageReason, SessionLink, SessionLinks,
    StartSessionRequest, StartSessionResponse,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::http::{Request, json};
use super::{BASE, Fault, Rest, api_error};

pub const TOKEN: &str = "00Dxx!token.for_tests";
pub const AGENT: &str = "0XxHs000000Ab12KAC";
pub const ORG: &str = "https://acme.my.salesforce.com/";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Start,
    Send,
    End,
}

pub struct State {
    pub base: String,
    pub is_over: bool,
    pub faults: Vec<(Route, Fault)>,
    pub seen: Vec<String>,
    pub starts: Vec<StartSessionRequest>,
    pub sends: Vec<SendMessageRequest>,
    /// Where the links of the next answers lead, if not where they should.
    pub links: Option<SessionLinks>,
    /// What is added to the next answers.
    pub extra: Vec<Value>,
    /// By ID, the number of the last message that was taken. A session that has ended or expired is not here.
    live: BTreeMap<String, i64>,
    ended: BTreeSet<String>,
    /// Sessions whose end did not come through. Whoever has tried has done what can be done.
    tried_to_end: BTreeSet<String>,
    keys: BTreeSet<Uuid>,
    violations: Vec<String>,
}

impl State {
    pub fn new(base: String) -> Self {
        Self {
            base,
            is_over: false,
            faults: Vec::new(),
            seen: Vec::new(),
            starts: Vec::new(),
            sends: Vec::new(),
            links: None,
            extra: Vec::new(),
            live: BTreeMap::new(),
            ended: BTreeSet::new(),
            tried_to_end: BTreeSet::new(),
            keys: BTreeSet::new(),
            violations: Vec::new(),
        }
    }

    pub fn expire(&mut self) {
        self.live.clear();
    }

    pub fn assert_all_is_well(&self) {
        let seen = &self.seen;
        let violations = &self.violations;
        assert!(violations.is_empty(), "{violations:#?}\n{seen:#?}");
        let is_left = |id: &&String| !self.tried_to_end.contains(*id);
        let left: Vec<_> = self.live.keys().filter(is_left).collect();
        assert!(left.is_empty(), "{left:?} was never ended\n{seen:#?}");
        let faults = self.faults.len();
        assert_eq!(faults, 0, "not every fault has come up\n{seen:#?}");
    }

    /// Takes a request: the bytes of the answer, and what becomes of the connection.
    pub fn take(&mut self, request: &Request) -> (Vec<u8>, Rest) {
        let (route, id) = self.route(request);
        self.check_headers(request, route);
        let fault = self.faults.iter().position(|(of, _)| *of == route);
        let fault = fault.map(|position| self.faults.remove(position).1);
        let is_done = fault.as_ref().is_none_or(|fault| fault.is_done);
        let answer = match route {
            Route::Start => self.start(request, is_done),
            Route::Send => self.send(request, &id, is_done),
            Route::End => self.end(request, &id, is_done),
        };
        match fault {
            Some(fault) => (fault.bytes, fault.rest),
            None => (answer, Rest::KeepOpen),
        }
    }

    fn violation(&mut self, text: impl Into<String>) {
        self.violations.push(text.into());
    }

    fn route(&mut self, request: &Request) -> (Route, String) {
        let path = request.path.strip_prefix(BASE).unwrap_or_default();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["agents", AGENT, "sessions"]) => (Route::Start, String::new()),
            ("POST", ["sessions", id, "messages"]) => (Route::Send, (*id).to_owned()),
            ("DELETE", ["sessions", id]) => (Route::End, (*id).to_owned()),
            _ => {
                let text = format!("{} {} is no call", request.method, request.path);
                self.violation(text);
                (Route::End, String::new())
            }
        }
    }

    fn check_headers(&mut self, request: &Request, route: Route) {
        let authorization = format!("Bearer {TOKEN}");
        let mut expected = vec![("authorization", authorization.as_str())];
        if route != Route::End {
            expected.push(("content-type", "application/json"));
        }
        expected.push(("accept", "application/json"));
        for (name, value) in expected {
            if request.header(name) != value {
                self.violation(format!("{name}: {}", request.header(name)));
            }
        }
        let host = self.base.trim_start_matches("http://");
        if !host.starts_with(request.header("host")) {
            self.violation("another host is meant");
        }
    }

    /// Reads a body, and writes it again: nothing may be lost.
    fn read<T: DeserializeOwned + serde::Serialize>(&mut self, request: &Request) -> Option<T> {
        match serde_json::from_slice::<T>(&request.body) {
            Ok(body) => {
                let sent: Value = serde_json::from_slice(&request.body).unwrap();
                if serde_json::to_value(&body).unwrap() != sent {
                    self.violation(format!("the types do not know all of {sent}"));
                }
                Some(body)
            }
            Err(error) => {
                self.violation(format!("a body is not as its schema says: {error}"));
                None
            }
        }
    }

    fn start(&mut self, request: &Request, is_done: bool) -> Vec<u8> {
        self.seen.push("start".to_owned());
        let Some(body) = self.read::<StartSessionRequest>(request) else {
            return json(400, &api_error(400, "This is no start."));
        };
        let key = body.external_session_key;
        self.starts.push(body);
        if !is_done {
            return Vec::new();
        }
        if key.get_version_num() != 4 || !self.keys.insert(key) {
            self.violation(format!("{key} is no new random key"));
        }
        let id = Uuid::new_v4().to_string();
        self.live.insert(id.clone(), 0);
        let mut answer = serde_json::to_value(StartSessionResponse {
            links: self.links(&id),
            messages: vec![inform("Hi, what do you need?")],
            session_id: id,
        });
        self.add_extra(answer.as_mut().unwrap());
        json(200, &answer.unwrap())
    }

    fn send(&mut self, request: &Request, id: &str, is_done: bool) -> Vec<u8> {
        let Some(body) = self.read::<SendMessageRequest>(request) else {
            return json(400, &api_error(400, "This is no message."));
        };
        let (number, text) = match &body.message {
            RequestMessage::Text(message) => (message.sequence_id, message.text.clone()),
            RequestMessage::Cancel(message) => (message.sequence_id, "(cancel)".to_owned()),
            other => {
                self.violation(format!("the tests send no {other:?}"));
                return json(400, &api_error(400, "This is another message."));
            }
        };
        self.seen.push(format!("send {number} {text}"));
        self.sends.push(body);
        let Some(last) = self.live.get_mut(id) else {
            return json(404, &api_error(404, "The session was not found."));
        };
        if number <= *last {
            let text = format!("message {number} comes after {last}");
            self.violation(text);
            return json(400, &api_error(400, "The numbers have to rise."));
        }
        if is_done {
            *last = number;
        }
        let mut answer = serde_json::to_value(SendMessageResponse {
            messages: vec![inform(&format!("You said: {text}"))],
            links: self.links(id),
        });
        self.add_extra(answer.as_mut().unwrap());
        json(200, &answer.unwrap())
    }

    fn end(&mut self, request: &Request, id: &str, is_done: bool) -> Vec<u8> {
        let reason = request.header("x-session-end-reason");
        self.seen.push(format!("end {reason}"));
        if reason.parse::<Reason>().is_err() || !request.body.is_empty() {
            self.violation(format!("an end because of `{reason}`, with a body or not"));
        }
        if self.ended.contains(id) {
            self.violation("a session was ended twice");
        }
        if !is_done {
            self.tried_to_end.insert(id.to_owned());
            return Vec::new();
        }
        if self.live.remove(id).is_none() {
            return json(404, &api_error(404, "The session was not found."));
        }
        self.ended.insert(id.to_owned());
        let message = AgentMessage::SessionEnded(SessionEndedResponseMessage {
            id: Uuid::new_v4().to_string(),
            reason: SessionEndedResponseMessageReason::ClientRequest,
            feedback_id: None,
            metrics: None,
        });
        let answer = SendMessageResponse {
            messages: vec![message],
            links: self.links(id),
        };
        json(200, &answer)
    }

    fn links(&self, id: &str) -> SessionLinks {
        if let Some(links) = &self.links {
            return links.clone();
        }
        let link = |path: String| {
            let href = format!("{}{path}", self.base);
            Some(Some(SessionLink { href }))
        };
        SessionLinks {
            self_: None,
            messages: link(format!("/sessions/{id}/messages")),
            messages_stream: link(format!("/sessions/{id}/messages/stream")),
            session: link(format!("/agents/{AGENT}/sessions")),
            end: link(format!("/sessions/{id}")),
        }
    }

    fn add_extra(&self, answer: &mut Value) {
        if let Some(messages) = answer["messages"].as_array_mut() {
            messages.extend(self.extra.iter().cloned());
        }
    }
}

fn inform(text: &str) -> AgentMessage {
    AgentMessage::Inform(InformMessage {
        id: Uuid::new_v4().to_string(),
        message: text.to_owned(),
        is_content_safe: true,
        feedback_id: String::new(),
        plan_id: None,
        metrics: None,
        result: None,
        cited_references: None,
    })
}
