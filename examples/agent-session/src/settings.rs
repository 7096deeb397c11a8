//! What a developer may want otherwise.

use std::time::Duration;

use crate::Retry;

/// Time limits and other bounds of a [`Client`](crate::Client).
///
/// ```
/// use std::time::Duration;
/// use agent_session::{Retry, Settings};
///
/// let settings = Settings {
///     timeout: Duration::from_secs(30),
///     retry: Retry { attempts: 3, ..Retry::default() },
///     ..Settings::default()
/// };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// How long a whole call may take, from the connection to the last byte of the answer.
    pub timeout: Duration,
    /// The same for the call that ends a session, for which nobody likes to wait.
    pub end_timeout: Duration,
    /// How many bytes an answer may have.
    pub max_answer: usize,
    /// When a server that is busy is asked again.
    pub retry: Retry,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            // The service itself gives up after 120 s, and its own answer says more.
            timeout: Duration::from_secs(130),
            end_timeout: Duration::from_secs(20),
            max_answer: 8 * 1024 * 1024,
            retry: Retry::default(),
        }
    }
}
