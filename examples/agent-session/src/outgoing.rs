//! What a session decides about each message, whatever its type.

use crate::types::{RequestMessage, SendMessageRequest, TextMessage};

/// A message that holds text. The session gives it its number.
pub(crate) fn text(text: &str) -> SendMessageRequest {
    SendMessageRequest {
        message: RequestMessage::Text(TextMessage {
            sequence_id: 0,
            in_reply_to_message_id: None,
            text: text.to_owned(),
        }),
        variables: None,
    }
}

/// Gives a message its number in the session.
pub(crate) fn number(message: &mut RequestMessage, sequence_id: i64) {
    *head(message).0 = sequence_id;
}

/// Takes away the reference to a message of the agent that the session does not know.
pub(crate) fn forget_reply_to(message: &mut RequestMessage) {
    *head(message).1 = None;
}

/// What all messages have. There is no arm for everything else: a new type of message must be heard of here.
fn head(message: &mut RequestMessage) -> (&mut i64, &mut Option<String>) {
    match message {
        RequestMessage::Text(of) => (&mut of.sequence_id, &mut of.in_reply_to_message_id),
        RequestMessage::Reply(of) => (&mut of.sequence_id, &mut of.in_reply_to_message_id),
        RequestMessage::Cancel(of) => (&mut of.sequence_id, &mut of.in_reply_to_message_id),
        RequestMessage::TransferFailed(of) => (&mut of.sequence_id, &mut of.in_reply_to_message_id),
        RequestMessage::TransferSucceeded(of) => {
            (&mut of.sequence_id, &mut of.in_reply_to_message_id)
        }
        RequestMessage::PlanTemplate(of) => (&mut of.sequence_id, &mut of.in_reply_to_message_id),
    }
}
