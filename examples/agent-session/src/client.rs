//! A client of the API: where it is, who calls, and within which bounds.

use std::thread;

use ureq::Agent;
use ureq::http::HeaderValue;

use crate::address::Base;
use crate::wire::{self, Answer, Call};
use crate::{Error, Reason, Session, Settings, Start};

/// A client of the Agent API. A copy of it is cheap.
#[derive(Clone, Debug)]
pub struct Client {
    base: Base,
    // Marked as a secret: it does not show in debug output.
    authorization: HeaderValue,
    settings: Settings,
    agent: Agent,
}

impl Client {
    /// A client for the API at a base URL, such as `https://api.salesforce.com/einstein/ai-agent/v1`, that shows an
    /// access token.
    ///
    /// A URL with `http:` is for a server on this machine only.
    ///
    /// # Errors
    /// [`Error::BaseUrl`] or [`Error::Token`]. Nothing is sent yet.
    pub fn new(base_url: &str, token: &str) -> Result<Self, Error> {
        let base = Base::parse(base_url)?;
        let is_plain = |byte: u8| byte.is_ascii_graphic();
        if token.is_empty() || !token.bytes().all(is_plain) {
            return Err(Error::Token);
        }
        let mut authorization: HeaderValue = format!("Bearer {token}")
            .parse()
            .map_err(|_| Error::Token)?;
        authorization.set_sensitive(true);
        let settings = Settings::default();
        let agent = wire::agent(&base, &settings);
        Ok(Self {
            base,
            authorization,
            settings,
            agent,
        })
    }

    /// The same client with other settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.agent = wire::agent(&self.base, &settings);
        self.settings = settings;
        self
    }

    /// Starts a session, does some work in it, and ends it: with [`Reason::UserRequest`], or with [`Reason::Error`] if
    /// the work fails.
    ///
    /// ```no_run
    /// # use agent_session::{Client, Error, Start};
    /// # fn ask(client: &Client) -> Result<(), Error> {
    /// let start = Start::new("0XxHs000000Ab12KAC", "https://acme.my.salesforce.com");
    /// let reply = client.converse(start, |session| session.send("Where is my order?"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// That of the start, else that of the work, else that of the end: the first one. What fails after the first one
    /// goes to the log.
    pub fn converse<T, E: From<Error>>(
        &self,
        start: Start,
        work: impl FnOnce(&mut Session) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut session = Session::start(self, start)?;
        match work(&mut session) {
            Ok(value) => {
                session.end(Reason::UserRequest)?;
                Ok(value)
            }
            Err(first) => {
                if let Err(error) = session.end(Reason::Error) {
                    log::warn!("{error}");
                }
                Err(first)
            }
        }
    }

    pub(crate) fn base(&self) -> &Base {
        &self.base
    }

    /// Makes a call, again while the server is busy. What comes back has the status of a success.
    pub(crate) fn call(&self, call: &Call<'_>) -> Result<Answer, Error> {
        let step = call.step;
        let mut attempts = 1;
        loop {
            let answer = wire::exchange(&self.agent, &self.authorization, &self.settings, call)?;
            let status = answer.status;
            if answer.is_success() {
                return Ok(answer);
            }
            if !answer.is_busy() {
                return Err(Error::Refused {
                    step,
                    status,
                    problem: answer.problem(),
                });
            }
            let retry_after = answer.retry_after;
            match self.settings.retry.delay(attempts, retry_after) {
                Some(delay) => {
                    log::info!("{step}: the server is busy ({status}), next attempt in {delay:?}");
                    thread::sleep(delay);
                    attempts += 1;
                }
                None => {
                    return Err(Error::Busy {
                        step,
                        status,
                        attempts,
                        retry_after,
                        problem: answer.problem(),
                    });
                }
            }
        }
    }
}
