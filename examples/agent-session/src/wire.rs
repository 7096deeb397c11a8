//! One exchange over HTTP: a request goes out, an answer comes back whole or not at all.

use std::io::Read;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use ureq::http::header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use ureq::http::{HeaderValue, Method, Request, Response};
use ureq::{Agent, Body, Timeout};

use crate::address::{self, Base};
use crate::error::{Error, Problem, Step, Unreadable};
use crate::retry::asked_delay;
use crate::{Reason, Settings};

/// The header that says why a session ends.
const END_REASON: &str = "x-session-end-reason";

/// A call of the API.
pub(crate) struct Call<'a> {
    pub(crate) step: Step,
    pub(crate) address: &'a str,
    pub(crate) kind: Kind,
}

/// What a call carries.
pub(crate) enum Kind {
    /// `POST` of a JSON text.
    Post(Vec<u8>),
    /// `DELETE` with a reason.
    Delete(Reason),
}

/// The answer of the server, whatever its status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    content_type: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    /// Whether the server was too busy and has done nothing.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.status, 423 | 429 | 503)
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn problem(&self) -> Box<Problem> {
        Box::new(Problem::read(&self.body))
    }

    /// The JSON that the server says it has sent.
    pub(crate) fn json(&self) -> Result<Value, Unreadable> {
        if let Some(found) = &self.content_type
            && !is_json(found)
        {
            return Err(Unreadable::ContentType(found.clone()));
        }
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The ID of a session in the answer to a start that cannot be used: there is a session, and it has to be ended.
    pub(crate) fn orphan(&self) -> Option<String> {
        let answer: Value = serde_json::from_slice(&self.body).ok()?;
        let session_id = answer.get("sessionId")?.as_str()?.to_owned();
        address::is_id(&session_id).then_some(session_id)
    }
}

/// A server may leave the type out, or say more about it.
fn is_json(content_type: &str) -> bool {
    let name = content_type.split(';').next().unwrap_or_default();
    let name = name.trim().to_ascii_lowercase();
    name == "application/json" || (name.starts_with("application/") && name.ends_with("+json"))
}

/// An agent of the HTTP library for a server.
pub(crate) fn agent(base: &Base, settings: &Settings) -> Agent {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        // A redirect could take the token elsewhere, and the API has none.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(settings.connect_timeout))
        // The server may close a connection just when it is used again. Then nobody knows whether it has got the
        // message, and the message must not be sent twice. So each call has a connection of its own; a connection
        // takes no time compared with an answer of an agent.
        .max_idle_connections(0);
    if base.is_this_machine() {
        config = config.proxy(None);
    }
    config.build().new_agent()
}

/// Makes a call once.
pub(crate) fn exchange(
    agent: &Agent,
    authorization: &HeaderValue,
    settings: &Settings,
    call: &Call<'_>,
) -> Result<Answer, Error> {
    let limit = match call.kind {
        Kind::Post(_) => settings.timeout,
        Kind::Delete(_) => settings.end_timeout,
    };
    let failed = |error| failure(call.step, limit, error);
    let response = run(agent, authorization, limit, call).map_err(failed)?;
    read(response, settings.max_answer, call.step).map_err(|error| match error {
        ReadError::Wire(error) => failed(error),
        ReadError::Answer(why) => Error::Unreadable {
            step: call.step,
            why,
        },
    })
}

fn run(
    agent: &Agent,
    authorization: &HeaderValue,
    limit: Duration,
    call: &Call<'_>,
) -> Result<Response<Body>, ureq::Error> {
    let request = Request::builder()
        .uri(call.address)
        .header(AUTHORIZATION, authorization)
        .header(ACCEPT, "application/json")
        .header(CONNECTION, "close");
    match &call.kind {
        Kind::Post(body) => {
            let request = request.method(Method::POST);
            let request = request.header(CONTENT_TYPE, "application/json");
            let request = agent.configure_request(request.body(body)?);
            agent.run(request.timeout_global(Some(limit)).build())
        }
        Kind::Delete(reason) => {
            let request = request.method(Method::DELETE);
            let request = request.header(END_REASON, reason.as_str());
            let request = agent.configure_request(request.body(())?);
            agent.run(request.timeout_global(Some(limit)).build())
        }
    }
}

enum ReadError {
    Wire(ureq::Error),
    Answer(Unreadable),
}

fn read(response: Response<Body>, max: usize, step: Step) -> Result<Answer, ReadError> {
    let (head, body) = response.into_parts();
    let header = |name| {
        let value: &HeaderValue = head.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut answer = Answer {
        status: head.status.as_u16(),
        retry_after: header(RETRY_AFTER).and_then(|value| asked_delay(&value, SystemTime::now())),
        content_type: header(CONTENT_TYPE),
        body: Vec::new(),
    };
    // One byte more tells a body that is too long from one that just fits.
    let bound = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    let outcome = body.into_reader().take(bound).read_to_end(&mut answer.body);
    // The status alone says that a call was refused, or that a session has ended; then the rest is an extra.
    if !answer.is_success() || step == Step::End {
        answer.body.truncate(max);
        return Ok(answer);
    }
    outcome.map_err(|error| ReadError::Wire(error.into()))?;
    if answer.body.len() > max {
        return Err(ReadError::Answer(Unreadable::TooLong(max)));
    }
    Ok(answer)
}

/// What a failure of the HTTP library means for a session.
fn failure(step: Step, after: Duration, error: ureq::Error) -> Error {
    use std::io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable,
    };
    let nothing_was_sent = match &error {
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect)
        | ureq::Error::Http(_)
        | ureq::Error::BadUri(_)
        | ureq::Error::HostNotFound
        | ureq::Error::InvalidProxyUrl
        | ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::Tls(_)
        | ureq::Error::TlsRequired => true,
        ureq::Error::Timeout(_) => return Error::TimedOut { step, after },
        ureq::Error::Io(error) => matches!(
            error.kind(),
            AddrNotAvailable
                | ConnectionRefused
                | HostUnreachable
                | NetworkDown
                | NetworkUnreachable
        ),
        _ => false,
    };
    let source = Box::new(error);
    if nothing_was_sent {
        Error::Unreachable { step, source }
    } else {
        Error::Broken { step, source }
    }
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_has_several_types() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            " application/problem+json ",
        ] {
            assert!(is_json(json), "{json}");
        }
        for other in [
            "text/event-stream",
            "text/html",
            "application/jsonp",
            "",
            "+json",
        ] {
            assert!(!is_json(other), "{other}");
        }
    }
}
