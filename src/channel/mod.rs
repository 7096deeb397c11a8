//! Session-based chat: turns on "End chat when session ends" in a messaging channel that was retrieved from an org.
//!
//! A deployment replaces a whole component, so that one element is changed and every other byte is left alone. That the
//! element stands for the checkbox is inferred.

pub mod advice;
mod edit;

use roxmltree::Node;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::DocumentId;
use crate::flow_file::xml;

/// The element behind the checkbox.
pub(crate) const SWITCH: &str = "isSynchronousChatEnabled";

/// What becomes of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Session-based chat is on already.
    AlreadyOn,
    /// The text with the one element changed or added.
    TurnedOn(String),
    /// The file must not be deployed: an org refuses what it holds. Only the steps by hand are left.
    ByHand,
}

/// Turns session-based chat on in the text of a channel; `text` has no byte order mark. None if the file is no such
/// channel, or if it says that session-based chat cannot be turned on; the diagnostics say why.
pub fn turn_on(text: &str, document: DocumentId, diagnostics: &mut Diagnostics) -> Option<Outcome> {
    let tree = match xml::parse(text, document) {
        Ok(tree) => tree,
        Err(problem) => {
            diagnostics.push(Diagnostic {
                code: Code::Channel,
                ..problem
            });
            return None;
        }
    };
    let root = tree.root_element();
    let mut checks = Checks {
        document,
        diagnostics,
        is_refused: false,
    };
    checks.root(root);
    if checks.is_refused {
        return None;
    }
    checks.kind(root);
    checks.verification(root);
    if checks.is_refused {
        return None;
    }
    let switches: Vec<Node<'_, '_>> = xml::children(root, SWITCH).collect();
    if let [_, second, ..] = switches.as_slice() {
        checks.refuse(
            *second,
            format!("`{SWITCH}` stands here more than once"),
            "keep one of them: an org refuses both",
        );
        return None;
    }
    let switch = switches.first().copied();
    if switch.is_some_and(|one| matches!(xml::text(one), "true" | "1")) {
        return Some(Outcome::AlreadyOn);
    }
    if checks.is_by_hand(root) {
        return Some(Outcome::ByHand);
    }
    let edited = match switch {
        Some(switch) => edit::set(text, switch),
        None => edit::insert(text, root),
    };
    // What comes out must say what was asked for, and be XML still.
    let is_on = xml::parse(&edited, document).is_ok_and(|tree| {
        xml::text_of(tree.root_element(), SWITCH) == Some("true")
            && xml::children(tree.root_element(), SWITCH).count() == 1
    });
    if !is_on {
        let place = switch.unwrap_or(root);
        checks.refuse(
            place,
            "this element is written in a way that cannot be changed for certain".to_owned(),
            format!("write `<{SWITCH}>true</{SWITCH}>` here"),
        );
        return None;
    }
    Some(Outcome::TurnedOn(edited))
}

struct Checks<'d> {
    document: DocumentId,
    diagnostics: &'d mut Diagnostics,
    is_refused: bool,
}

impl Checks<'_> {
    fn refuse(&mut self, node: Node<'_, '_>, message: String, help: impl Into<String>) {
        self.is_refused = true;
        let place: Place = xml::place(self.document, xml::span(node));
        let problem = Diagnostic::new(Code::Channel, message).at(place);
        self.diagnostics.push(problem.help(help));
    }

    fn warn(&mut self, node: Node<'_, '_>, message: String, help: &str) {
        let place: Place = xml::place(self.document, xml::tag_span(node));
        self.diagnostics.push(
            Diagnostic::new(Code::ChannelUnsure, message)
                .at(place)
                .help(help),
        );
    }

    fn root(&mut self, root: Node<'_, '_>) {
        let name = root.tag_name();
        if name.name() != "MessagingChannel" || name.namespace() != Some(xml::NAMESPACE) {
            self.is_refused = true;
            let place = xml::place(self.document, xml::tag_span(root));
            self.diagnostics.push(
                Diagnostic::new(
                    Code::Channel,
                    format!(
                        "this is no messaging channel: its root is `{}`",
                        name.name()
                    ),
                )
                .at(place)
                .help(
                    "retrieve the channel: `sf project retrieve start --metadata MessagingChannel`",
                ),
            );
            return;
        }
        for part in ["masterLabel", "messagingChannelType", "sessionHandlerType"] {
            if xml::text_of(root, part).is_none() {
                self.refuse(
                    root,
                    format!("the channel has no `{part}`, which every channel has"),
                    "retrieve the whole channel: a deployment replaces all of it",
                );
            }
        }
    }

    /// Only in-app and web chat can be session-based.
    fn kind(&mut self, root: Node<'_, '_>) {
        let Some(kind) = xml::child(root, "messagingChannelType") else {
            return;
        };
        let word = xml::text(kind);
        if word != "EmbeddedMessaging" {
            self.refuse(
                kind,
                format!("session-based chat is not for channels of the type `{word}`"),
                "it is for Enhanced In-App and Web Chat, whose type is `EmbeddedMessaging`",
            );
        }
    }

    /// Session-based chat cannot be turned on for verified users.
    fn verification(&mut self, root: Node<'_, '_>) {
        let modes: Vec<Node<'_, '_>> = xml::children(root, "embeddedConfig")
            .filter_map(|config| xml::child(config, "authMode"))
            .collect();
        if modes.is_empty() {
            self.warn(
                root,
                "the file does not say whether users are verified".to_owned(),
                "make sure that User Verification is off on the Messaging Settings page",
            );
        }
        for mode in modes {
            let word = xml::text(mode);
            if word != "UnAuth" {
                self.refuse(
                    mode,
                    format!("session-based chat cannot be turned on while users are verified (`{word}`)"),
                    "turn off User Verification on the Messaging Settings page, then retrieve the channel again",
                );
            }
        }
    }

    /// Whether an org would refuse the file for what it says about an agent.
    fn is_by_hand(&mut self, root: Node<'_, '_>) -> bool {
        let handler = xml::child(root, "sessionHandlerAsa").or_else(|| {
            xml::child(root, "sessionHandlerType")
                .filter(|one| xml::text(*one) == "AgentforceServiceAgent")
        });
        let Some(handler) = handler else { return false };
        self.warn(
            handler,
            "the channel hands its sessions to an agent, which the Metadata API refuses (version 67)".to_owned(),
            "the file was left alone: turn session-based chat on by hand",
        );
        true
    }
}
