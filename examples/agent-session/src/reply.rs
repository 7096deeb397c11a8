//! What the agent says.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::address;
use crate::error::Unreadable;
use crate::types::{
    AgentMessage, SendMessageResponse, SessionEndedResponseMessageReason, SessionLinks,
    StartSessionResponse,
};

/// The answer to a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply {
    /// What the agent says, in order.
    pub messages: Vec<Message>,
    /// Whether the session had expired, so that this is the first answer in a new one. The agent has forgotten what
    /// was said before, and [`Session::greeting`](crate::Session::greeting) is that of the new session.
    pub started_anew: bool,
}

impl Reply {
    /// The texts for the user, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.messages.iter().filter_map(Message::text)
    }

    /// Why the agent has ended the session, if it has. The session is still to be [ended](crate::Session::end).
    #[must_use]
    pub fn ended(&self) -> Option<SessionEndedResponseMessageReason> {
        self.messages.iter().find_map(|message| match message {
            Message::Known(AgentMessage::SessionEnded(message)) => Some(message.reason),
            Message::Known(_) | Message::Unknown { .. } => None,
        })
    }
}

/// What the server says about the end of a session.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ended {
    /// The last messages, as far as they can be read: the session has ended in any case.
    pub messages: Vec<Message>,
    /// Whether there was no session any more that could be ended.
    pub was_gone: bool,
}

/// A message of the agent.
#[derive(Clone, Debug, PartialEq)]
// Nearly all messages are known: a box would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum Message {
    /// One that the schema of the API describes.
    Known(AgentMessage),
    /// One that it does not describe, as a later version of the API may have. It does not keep the other messages
    /// from being read.
    Unknown {
        /// The message as it came.
        value: Value,
        /// How it differs from the schema.
        why: String,
    },
}

impl Message {
    fn read(value: Value) -> Self {
        match AgentMessage::deserialize(&value) {
            Ok(message) => Self::Known(message),
            Err(error) => Self::Unknown {
                value,
                why: error.to_string(),
            },
        }
    }

    /// The text for the user, if the message has one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Known(AgentMessage::Inform(message)) => Some(&message.message),
            Self::Known(AgentMessage::TextChunk(message)) => Some(&message.message),
            Self::Known(AgentMessage::ProgressIndicator(message)) => Some(&message.message),
            Self::Known(AgentMessage::Inquire(message)) => message.message.as_deref(),
            Self::Known(AgentMessage::Confirm(message)) => message.message.as_deref(),
            Self::Known(AgentMessage::Failure(message)) => message.message.as_deref(),
            Self::Known(AgentMessage::Error(message)) => Some(&message.message),
            Self::Known(
                AgentMessage::ValidationFailureChunk(_)
                | AgentMessage::Escalate(_)
                | AgentMessage::SessionEnded(_)
                | AgentMessage::EndOfTurn(_),
            )
            | Self::Unknown { .. } => None,
        }
    }
}

/// The start of a session, read.
pub(crate) struct Started {
    pub(crate) id: String,
    pub(crate) links: SessionLinks,
    pub(crate) messages: Vec<Message>,
}

pub(crate) fn read_start(answer: Value) -> Result<Started, Unreadable> {
    let (
        StartSessionResponse {
            session_id, links, ..
        },
        messages,
    ) = open(answer)?;
    if !address::is_id(&session_id) {
        return Err(Unreadable::SessionId(session_id));
    }
    Ok(Started {
        id: session_id,
        links,
        messages,
    })
}

/// The answer to a message, or to the end of a session.
pub(crate) fn read_answer(answer: Value) -> Result<(SessionLinks, Vec<Message>), Unreadable> {
    let (SendMessageResponse { links, .. }, messages) = open(answer)?;
    Ok((links, messages))
}

/// Reads an answer as its type says, but for its messages, which are read one by one.
fn open<T: DeserializeOwned>(mut answer: Value) -> Result<(T, Vec<Message>), Unreadable> {
    let messages = match answer.get_mut("messages") {
        Some(Value::Array(messages)) => std::mem::take(messages),
        _ => Vec::new(),
    };
    let envelope = serde_json::from_value(answer)?;
    let messages = messages.into_iter().map(Message::read).collect();
    Ok((envelope, messages))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_that_nobody_knows_does_not_hide_the_others() {
        let answer = json!({
            "_links": {"self": null, "new": {"href": "x"}},
            "messages": [
                {"type": "Inform", "id": "1", "message": "Hi", "isContentSafe": true, "feedbackId": "", "new": 1},
                {"type": "Dance", "id": "2"},
                {"type": "Inform", "id": "3"},
                7,
                {"type": "EndOfTurn", "id": "4"},
            ],
            "new": {},
        });
        let (_, messages) = read_answer(answer).unwrap();
        let reply = Reply {
            messages,
            started_anew: false,
        };
        assert_eq!(reply.texts().collect::<Vec<_>>(), ["Hi"]);
        let unknown: Vec<&str> = reply
            .messages
            .iter()
            .filter_map(|message| match message {
                Message::Known(_) => None,
                Message::Unknown { why, .. } => Some(why.as_str()),
            })
            .collect();
        assert_eq!(unknown.len(), 3, "{unknown:?}");
        assert!(unknown[0].contains("`Dance` is not one of"), "{unknown:?}");
        assert!(unknown[1].contains("`message` is missing"), "{unknown:?}");
    }

    #[test]
    fn what_holds_the_messages_has_to_be_as_documented() {
        for wrong in [
            json!({"messages": []}),
            json!({"_links": {"self": null}}),
            json!({"_links": {"self": null}, "messages": {}}),
            json!({"_links": {}, "messages": []}),
            json!([]),
            json!(null),
        ] {
            assert!(read_answer(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_that_leads_elsewhere_is_none() {
        let start = |id: &str| json!({"sessionId": id, "_links": {"self": null}, "messages": []});
        assert_eq!(read_start(start("s-1")).unwrap().id, "s-1");
        for wrong in ["", ".", ".."] {
            assert!(matches!(
                read_start(start(wrong)),
                Err(Unreadable::SessionId(_))
            ));
        }
    }
}
