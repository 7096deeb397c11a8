//! What no file can do: steps by hand, considerations, and how the ends of sessions go together.

/// What to think of before session-based chat is turned on.
pub const CONSIDERATIONS: &[&str] = &[
    "It works in Enhanced In-App and Web Chat, and in no other kind of channel.",
    "Users must not be verified: User Verification is off on the Messaging Settings page.",
    "A mobile app needs the latest SDK and has to handle closed conversations; otherwise its users may never be able to write again.",
    "Try it in a sandbox, on a new channel.",
    "The conversation ends with the session, whoever ends it: a rep, a bot or the customer. The window can only be read then; the customer refreshes or reopens it to start a new one.",
    "An opt-out keyword ends the session alone: the conversation stays open, and its record stays.",
];

/// The steps after the file is deployed.
pub const AFTER_DEPLOYMENT: &[&str] = &[
    "Look at the channel in Setup > Messaging Settings: in the section Session-Based Chat, \"End chat when session ends\" is selected. That the file's element stands for it is inferred.",
    "In Embedded Service Deployment Settings, click Publish.",
    "Update the mobile app to the latest SDK, if there is one.",
    "Activate the channel, if it is not active.",
];

/// The steps instead of a deployment.
pub const BY_HAND: &[&str] = &[
    "In Setup, open Messaging Settings.",
    "Click the arrow beside the channel's name, then Edit.",
    "In the section Session-Based Chat, select \"End chat when session ends\".",
    "Save.",
    "In Embedded Service Deployment Settings, click Publish.",
];

/// One way in which a session ends.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The reason that the End Session action takes.
    pub reason: &'static str,
    /// The status of the Einstein Bot Session after it.
    pub status: &'static str,
    /// What the customer sees with session-based chat.
    pub seen: &'static str,
}

/// How reasons, status and what the customer sees go together. All of it is inferred.
pub const ENDS: &[End] = &[
    End {
        reason: "UserRequest",
        status: "Ended",
        seen: "the chat is closed and can only be read",
    },
    End {
        reason: "Transfer",
        status: "Transferred",
        seen: "the chat goes on with a rep, and closes when that session ends",
    },
    End {
        reason: "Expiration",
        status: "Ended",
        seen: "the chat is closed and can only be read",
    },
    End {
        reason: "Error",
        status: "Ended",
        seen: "the chat is closed and can only be read",
    },
    End {
        reason: "Other",
        status: "Ended",
        seen: "the chat is closed and can only be read",
    },
];
