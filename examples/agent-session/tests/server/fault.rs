//! What can go wrong on the side of the server, or on the way.

use agent_session::types::AgentApiError;

use super::Rest;
use super::http::{json, response};

/// Something that goes wrong with one request.
pub struct Fault {
    /// The bytes that are sent instead of the answer.
    pub bytes: Vec<u8>,
    /// What becomes of the connection then.
    pub rest: Rest,
    /// Whether the server does what it was asked for nevertheless.
    pub is_done: bool,
}

impl Fault {
    /// The connection is closed without an answer.
    pub fn dropped() -> Self {
        raw("")
    }

    /// There is never an answer.
    pub fn silent() -> Self {
        Self {
            rest: Rest::Hold,
            ..raw("")
        }
    }

    /// The server is busy, and asks to wait or does not.
    pub fn busy(status: u16, retry_after: Option<&str>) -> Self {
        let body = serde_json::to_vec(&api_error(status, "Try again later.")).unwrap();
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(retry_after.map(|delay| ("retry-after", delay)));
        Self {
            bytes: response(status, &headers, &body),
            rest: Rest::KeepOpen,
            is_done: false,
        }
    }

    /// The server refuses as it is documented to.
    pub fn refused(status: u16) -> Self {
        Self {
            bytes: json(status, &api_error(status, "This is refused.")),
            rest: Rest::KeepOpen,
            is_done: false,
        }
    }

    /// The server does what it was asked for before that goes wrong.
    pub fn but_done(self) -> Self {
        Self {
            is_done: true,
            ..self
        }
    }

    pub fn then(self, rest: Rest) -> Self {
        Self { rest, ..self }
    }
}

/// These bytes and nothing else; then the connection is closed.
pub fn raw(bytes: impl Into<Vec<u8>>) -> Fault {
    Fault {
        bytes: bytes.into(),
        rest: Rest::Close,
        is_done: false,
    }
}

/// A whole answer that has nothing to do with what was asked for.
pub fn answer(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Fault {
    let headers = [("content-type", content_type)];
    Fault {
        bytes: response(status, &headers, body.as_ref()),
        rest: Rest::KeepOpen,
        is_done: false,
    }
}

/// The beginning of an answer whose length is not told, with the pieces of it that there are.
pub fn chunked(pieces: &[&str]) -> String {
    let mut text =
        "HTTP/1.1 200 -\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
            .to_owned();
    for piece in pieces {
        text.push_str(&format!("{:x}\r\n{piece}\r\n", piece.len()));
    }
    text
}

pub fn api_error(status: u16, message: &str) -> AgentApiError {
    AgentApiError {
        status: i64::from(status),
        path: "v6.0.0/sessions".to_owned(),
        request_id: "e2d94b07-5f1c-4a68-b3e0-9c7a1d2f8b56".to_owned(),
        error: format!("Error{status}"),
        message: message.to_owned(),
        timestamp: 1_772_442_900_123.0,
    }
}
