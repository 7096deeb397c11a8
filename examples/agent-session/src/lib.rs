//! A session with an Agentforce agent, over the Agent API.
//!
//! Everything that goes over the wire has a type of [`types`], which `build.rs` makes from the JSON Schemas in
//! `schemas/`. What the types cannot say is in [`Session`]:
//!
//! - the numbers of the messages rise; a message that has to be sent again keeps its number;
//! - one request at a time, because [`Session::send`] borrows the session;
//! - a session that has expired is started anew, once for each message, and the message is sent there;
//! - a server that is busy is asked again, within bounds;
//! - the end is sent once, with its reason: a session that is [ended](Session::end) is gone, and one that is dropped
//!   ends itself.
//!
//! ```no_run
//! use agent_session::{Client, Reason, Session, Start};
//!
//! # fn main() -> Result<(), agent_session::Error> {
//! let client = Client::new("https://api.salesforce.com/einstein/ai-agent/v1", "an access token")?;
//! let start = Start::new("0XxHs000000Ab12KAC", "https://acme.my.salesforce.com");
//! let mut session = Session::start(&client, start)?;
//! let reply = session.send("Where is my order?")?;
//! for text in reply.texts() {
//!     println!("{text}");
//! }
//! session.end(Reason::UserRequest)?;
//! # Ok(())
//! # }
//! ```

mod address;
mod client;
mod error;
mod outgoing;
mod reply;
mod retry;
mod session;
mod settings;
mod start;
mod wire;

/// The types of the Agent API, as `build.rs` makes them from `schemas/`.
// Where a schema only names the values of an enum, there is nothing to say about each.
#[allow(missing_docs)]
pub mod types {
    include!(concat!(env!("OUT_DIR"), "/flowtypes.rs"));
}

pub use client::Client;
pub use error::{Error, Problem, Step, Unreadable};
pub use reply::{Ended, Message, Reply};
pub use retry::Retry;
pub use session::Session;
pub use settings::Settings;
pub use start::Start;
pub use types::SessionEndedMessageReason as Reason;
