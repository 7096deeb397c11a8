//! A conversation on a terminal.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use agent_session::types::AgentMessage;
use agent_session::{Error, Message, Reason, Session};

/// What happens on the side of the user.
pub enum Event {
    Line(io::Result<String>),
    /// There are no more lines.
    Over,
    /// The program is told to stop.
    Stop,
}

/// What keeps a conversation from going on.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Session(#[from] Error),
    #[error("the terminal")]
    Terminal(#[from] io::Error),
    #[error("the signals of the system cannot be heard")]
    Signals(#[from] ctrlc::Error),
}

/// The lines of the standard input and the signals to stop. A thread waits for the lines, so that a signal is heard
/// while nothing is typed.
pub fn events() -> Result<Receiver<Event>, Failure> {
    let (to_chat, events) = mpsc::channel();
    let signals = to_chat.clone();
    ctrlc::set_handler(move || {
        // Nobody listens any more only when the conversation is over anyhow.
        let _ = signals.send(Event::Stop);
    })?;
    thread::spawn(move || {
        for line in io::stdin().lines() {
            if to_chat.send(Event::Line(line)).is_err() {
                return;
            }
        }
        let _ = to_chat.send(Event::Over);
    });
    Ok(events)
}

/// Talks until one of both sides has had enough.
pub fn talk(
    session: &mut Session,
    events: &Receiver<Event>,
    output: &mut impl Write,
) -> Result<(), Failure> {
    show(session.greeting(), output)?;
    // A channel that is closed is the end of the input too.
    while let Ok(event) = events.recv() {
        let line = match event {
            Event::Line(line) => line?,
            Event::Over | Event::Stop => break,
        };
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        let reply = match session.send(text) {
            Ok(reply) => reply,
            // Nothing was done, so that the user can say it again.
            Err(error @ Error::Busy { .. }) => {
                writeln!(output, "({error}; say it again later)")?;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if reply.started_anew {
            writeln!(output, "(the session had expired; this is a new one)")?;
        }
        show(&reply.messages, output)?;
        if let Some(reason) = reply.ended() {
            writeln!(output, "(the agent has ended the session: {reason})")?;
            break;
        }
    }
    Ok(())
}

/// The reason to end a session with after a conversation.
pub fn end_reason(talk: &Result<(), Failure>) -> Reason {
    match talk {
        Ok(()) => Reason::UserRequest,
        Err(_) => Reason::Error,
    }
}

fn show(messages: &[Message], output: &mut impl Write) -> io::Result<()> {
    for message in messages {
        if let Some(text) = message.text() {
            writeln!(output, "{}", harmless(text))?;
        } else if let Message::Known(AgentMessage::Escalate(_)) = message {
            writeln!(output, "(the agent wants a person to take over)")?;
        }
    }
    output.flush()
}

/// Text without characters that would do something to the terminal.
fn harmless(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}
