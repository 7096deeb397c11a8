//! A session, from its start to its end.

use std::thread;

use serde::Serialize;

use crate::error::{Error, Step};
use crate::outgoing;
use crate::reply::{self, Ended, Message, Reply, Started};
use crate::types::{SendMessageRequest, SessionLink, SessionLinks};
use crate::wire::{Call, Kind};
use crate::{Client, Reason, Start};

/// A session with an agent.
///
/// [End](Session::end) it when the conversation is over. A session that is dropped before that ends itself, with
/// [`Reason::Error`] if its last call failed or the thread panics, else with [`Reason::Other`]. It is only a program that
/// is killed that sends no end; then the session expires.
#[derive(Debug)]
#[must_use = "a session that is dropped ends"]
pub struct Session {
    client: Client,
    start: Start,
    live: Option<Live>,
    greeting: Vec<Message>,
    last_call_failed: bool,
}

/// A session that the server has, as far as we know.
#[derive(Debug)]
struct Live {
    id: String,
    messages: String,
    end: String,
    last_sequence_id: i64,
}

impl Session {
    /// Starts a session.
    ///
    /// # Errors
    /// Any [`Error`] but [`Error::ExpiredAgain`]. If the answer cannot be read but has the ID of a session, that session
    /// is ended.
    pub fn start(client: &Client, start: Start) -> Result<Self, Error> {
        let (live, greeting) = begin(client, &start, Step::Start)?;
        Ok(Self {
            client: client.clone(),
            start,
            live: Some(live),
            greeting,
            last_call_failed: false,
        })
    }

    /// The ID that the server has given the session; none if it has expired and is not started anew yet.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.live.as_ref().map(|live| live.id.as_str())
    }

    /// What the agent said when the session was started.
    #[must_use]
    pub fn greeting(&self) -> &[Message] {
        &self.greeting
    }

    /// Sends a text, and waits for the answer.
    ///
    /// If the session has expired, it is started anew, once, and the text is sent there. If that fails, the next call
    /// tries it again.
    ///
    /// # Errors
    /// Any [`Error`]. The session can be used after it, and has to be ended.
    pub fn send(&mut self, text: &str) -> Result<Reply, Error> {
        self.send_request(outgoing::text(text))
    }

    /// Sends any message, with new values for variables if there are any, and waits for the answer. The session sets
    /// the message's sequence ID.
    ///
    /// In a session that had to be started anew the message answers no message of the old one any more.
    ///
    /// # Errors
    /// As [`Session::send`].
    pub fn send_request(&mut self, mut request: SendMessageRequest) -> Result<Reply, Error> {
        let outcome = self.deliver(&mut request);
        self.last_call_failed = outcome.is_err();
        outcome
    }

    /// Ends the session. There is nothing to end if it has expired: that is a success too.
    ///
    /// # Errors
    /// Why the server did not confirm the end. It was sent nevertheless, and is not sent again.
    pub fn end(mut self, reason: Reason) -> Result<Ended, Error> {
        match self.live.take() {
            Some(live) => finish(&self.client, &live.end, reason),
            None => Ok(Ended {
                messages: Vec::new(),
                was_gone: true,
            }),
        }
    }

    fn deliver(&mut self, request: &mut SendMessageRequest) -> Result<Reply, Error> {
        let mut started_anew = false;
        loop {
            let live = match &mut self.live {
                Some(live) => live,
                None => {
                    let (live, greeting) = begin(&self.client, &self.start, Step::StartAnew)?;
                    self.greeting = greeting;
                    outgoing::forget_reply_to(&mut request.message);
                    started_anew = true;
                    self.live.insert(live)
                }
            };
            match live.say(&self.client, request) {
                Ok(messages) => {
                    return Ok(Reply {
                        messages,
                        started_anew,
                    });
                }
                Err(Error::Refused {
                    status: 404,
                    problem,
                    ..
                }) => {
                    self.live = None;
                    if started_anew {
                        return Err(Error::ExpiredAgain { problem });
                    }
                    log::info!("the session has expired and is started anew: {problem}");
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(live) = self.live.take() else { return };
        let reason = if self.last_call_failed || thread::panicking() {
            Reason::Error
        } else {
            Reason::Other
        };
        if let Err(error) = finish(&self.client, &live.end, reason) {
            log::warn!("{error}");
        }
    }
}

impl Live {
    fn new(client: &Client, id: String, links: SessionLinks) -> Self {
        let mut live = Self {
            messages: client.base().messages(&id),
            end: client.base().session(&id),
            id,
            last_sequence_id: 0,
        };
        live.follow(client, links);
        live
    }

    /// Takes the addresses that the server gives, in place of those that the API is documented to have.
    fn follow(&mut self, client: &Client, links: SessionLinks) {
        let own = |link: Option<Option<SessionLink>>| {
            let SessionLink { href } = link.flatten()?;
            client.base().is_own(&href).then_some(href)
        };
        if let Some(href) = own(links.messages) {
            self.messages = href;
        }
        if let Some(href) = own(links.end) {
            self.end = href;
        }
    }

    /// Sends a message under the next number. The number is used up even if this fails, since the message may have
    /// arrived.
    fn say(
        &mut self,
        client: &Client,
        request: &mut SendMessageRequest,
    ) -> Result<Vec<Message>, Error> {
        let step = Step::Send;
        self.last_sequence_id += 1;
        outgoing::number(&mut request.message, self.last_sequence_id);
        let answer = client.call(&Call {
            step,
            address: &self.messages,
            kind: post(step, request)?,
        })?;
        let read = answer.json().and_then(reply::read_answer);
        let (links, messages) = read.map_err(|why| Error::Unreadable { step, why })?;
        self.follow(client, links);
        Ok(messages)
    }
}

/// Starts a session, for the first time or anew.
fn begin(client: &Client, start: &Start, step: Step) -> Result<(Live, Vec<Message>), Error> {
    let answer = client.call(&Call {
        step,
        address: &client.base().sessions(start.agent_id()?),
        kind: post(step, &start.request())?,
    })?;
    match answer.json().and_then(reply::read_start) {
        Ok(Started {
            id,
            links,
            messages,
        }) => Ok((Live::new(client, id, links), messages)),
        Err(why) => {
            if let Some(id) = answer.orphan()
                && let Err(error) = finish(client, &client.base().session(&id), Reason::Error)
            {
                log::warn!("{error}");
            }
            Err(Error::Unreadable { step, why })
        }
    }
}

/// Sends the end of a session.
fn finish(client: &Client, address: &str, reason: Reason) -> Result<Ended, Error> {
    let outcome = client.call(&Call {
        step: Step::End,
        address,
        kind: Kind::Delete(reason),
    });
    match outcome {
        Ok(answer) => {
            let read = answer.json().and_then(reply::read_answer);
            Ok(Ended {
                messages: read.map(|(_, messages)| messages).unwrap_or_default(),
                was_gone: false,
            })
        }
        Err(Error::Refused { status: 404, .. }) => Ok(Ended {
            messages: Vec::new(),
            was_gone: true,
        }),
        Err(error) => Err(error),
    }
}

fn post<T: Serialize>(step: Step, body: &T) -> Result<Kind, Error> {
    let body = serde_json::to_vec(body);
    body.map(Kind::Post)
        .map_err(|source| Error::Unwritable { step, source })
}
