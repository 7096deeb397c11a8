//! What can go wrong, in words for people and in variants for code.

use std::fmt;
use std::time::Duration;

use crate::types::AgentApiError;

/// Why a session could not go on.
///
/// What [`Session::send`](crate::Session::send) fails with leaves the session as it is: it can be used, and it has to
/// be ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The base URL cannot be used.
    #[error("`{url}` is no base URL: {why}")]
    BaseUrl {
        /// The URL.
        url: String,
        /// What is wrong with it.
        why: &'static str,
    },

    /// The token has characters that cannot stand in a header.
    #[error("the access token has characters that no token has")]
    Token,

    /// The ID of the agent cannot stand in an address.
    #[error("`{id}` is no ID of an agent")]
    AgentId {
        /// The ID.
        id: String,
    },

    /// What was to be sent cannot be written as JSON.
    #[error("{step}: the request cannot be written")]
    Unwritable {
        /// What was to be done.
        step: Step,
        /// Why.
        source: serde_json::Error,
    },

    /// There was no connection, so that nothing was sent.
    #[error("{step}: the server cannot be reached")]
    Unreachable {
        /// What was to be done.
        step: Step,
        /// Why.
        source: Box<ureq::Error>,
    },

    /// There was no whole answer in time. What was sent may have had its effect.
    #[error("{step}: no answer within {after:?}")]
    TimedOut {
        /// What was to be done.
        step: Step,
        /// The limit that was reached.
        after: Duration,
    },

    /// The connection broke off, or what came was neither TLS nor HTTP. What was sent may have had its effect.
    #[error("{step}: the connection failed before the end of the answer")]
    Broken {
        /// What was to be done.
        step: Step,
        /// How.
        source: Box<ureq::Error>,
    },

    /// The server was busy every time (423, 429, 503). Nothing was done.
    #[error("{step}: the server is busy ({status}), asked {attempts} times{}: {problem}", wish(.retry_after))]
    Busy {
        /// What was to be done.
        step: Step,
        /// The status of the last answer.
        status: u16,
        /// How often it was tried.
        attempts: u32,
        /// How long the server asked to wait, if it did.
        retry_after: Option<Duration>,
        /// What the server says.
        problem: Box<Problem>,
    },

    /// The session has expired, and so has the one that was started in its place, before it took the message.
    #[error(
        "{}: the session has expired, and so has the one started anew: {problem}",
        Step::Send
    )]
    ExpiredAgain {
        /// What the server says.
        problem: Box<Problem>,
    },

    /// The server refused: any other status than success.
    #[error("{step}: the server refused ({status}): {problem}")]
    Refused {
        /// What was to be done.
        step: Step,
        /// The status.
        status: u16,
        /// What the server says.
        problem: Box<Problem>,
    },

    /// The status says success, but the answer is not what the API is documented to give.
    #[error("{step}: the answer cannot be used: {why}")]
    Unreadable {
        /// What was to be done.
        step: Step,
        /// What is wrong with it.
        why: Unreadable,
    },
}

impl Error {
    /// What was to be done; none for what is wrong before anything is done.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::BaseUrl { .. } | Self::Token | Self::AgentId { .. } => None,
            Self::Unwritable { step, .. }
            | Self::Unreachable { step, .. }
            | Self::TimedOut { step, .. }
            | Self::Broken { step, .. }
            | Self::Busy { step, .. }
            | Self::Refused { step, .. }
            | Self::Unreadable { step, .. } => Some(*step),
            Self::ExpiredAgain { .. } => Some(Step::Send),
        }
    }

    /// The status that the server gave, if it refused or was busy.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Busy { status, .. } | Self::Refused { status, .. } => Some(*status),
            Self::ExpiredAgain { .. } => Some(404),
            _ => None,
        }
    }

    /// Whether what was sent may have had its effect although there is no answer. Think before you send it again.
    #[must_use]
    pub fn may_have_arrived(&self) -> bool {
        matches!(
            self,
            Self::TimedOut { .. } | Self::Broken { .. } | Self::Unreadable { .. }
        )
    }
}

fn wish(retry_after: &Option<Duration>) -> String {
    match retry_after {
        Some(delay) => format!(", asks to wait {delay:?}"),
        None => String::new(),
    }
}

/// A step in the life of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The session is started.
    Start,
    /// The session is started again after it has expired.
    StartAnew,
    /// A message is sent.
    Send,
    /// The session is ended.
    End,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "starting the session",
            Self::StartAnew => "starting the session anew",
            Self::Send => "sending a message",
            Self::End => "ending the session",
        })
    }
}

/// What is wrong with an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// It is of another type, such as a web page or a stream of events.
    #[error("its type is `{0}`, not JSON")]
    ContentType(String),

    /// It has more bytes than [`Settings::max_answer`](crate::Settings::max_answer) allows.
    #[error("it has more than {0} bytes")]
    TooLong(usize),

    /// It is not JSON, or not of the type that the API's schema says.
    #[error("{0}")]
    Json(#[from] serde_json::Error),

    /// The ID of the session cannot stand in an address.
    #[error("`{0}` is no ID of a session")]
    SessionId(String),
}

/// What a server says about a call that it did not fulfil.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The error as the API is documented to give it. What stands between may answer in its place, so it can be missing.
    pub error: Option<AgentApiError>,
    /// The beginning of the answer, whatever it is.
    pub text: String,
}

impl Problem {
    /// How much of an answer is kept.
    const LONGEST_TEXT: usize = 300;

    pub(crate) fn read(answer: &[u8]) -> Self {
        let error = serde_json::from_slice(answer).ok();
        let start = answer.get(..4 * Self::LONGEST_TEXT).unwrap_or(answer);
        let text = String::from_utf8_lossy(start);
        let text = text.chars().take(Self::LONGEST_TEXT).map(printable);
        Self {
            error,
            text: text.collect(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.error {
            Some(error) => {
                let words = [&error.message, &error.error, &error.request_id];
                let [message, name, request] =
                    words.map(|text| text.chars().map(printable).collect::<String>());
                write!(f, "{message} ({name}, request {request})")
            }
            None if self.text.trim().is_empty() => f.write_str("it does not say why"),
            None => f.write_str(self.text.trim()),
        }
    }
}

/// A character that does nothing to a terminal or a log.
fn printable(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_told_in_the_words_of_the_server() {
        let documented = br#"{"status": 404, "path": "v6/sessions/1/messages", "requestId": "r-1",
            "error": "NotFoundException", "message": "It is\ngone.", "timestamp": 1772442900123}"#;
        let told = Problem::read(documented).to_string();
        assert_eq!(told, "It is gone. (NotFoundException, request r-1)");
        let other = Problem::read(b"<h1>\x1b[31mBad gateway</h1>\n").to_string();
        assert_eq!(other, "<h1> [31mBad gateway</h1>");
        assert_eq!(Problem::read(b" \n").to_string(), "it does not say why");
    }

    #[test]
    fn only_the_beginning_of_a_long_answer_is_kept() {
        let long = "é".repeat(100_000);
        let text = Problem::read(long.as_bytes()).text;
        assert_eq!(text, "é".repeat(Problem::LONGEST_TEXT));
    }
}
