//! Talks to an agent, line by line. `--help` says how.

mod arguments;
mod chat;

use std::error::Error as _;
use std::io;
use std::process::ExitCode;

use agent_session::{Client, Error, Retry, Session, Settings, Start};
use arguments::Arguments;
use chat::Failure;

fn main() -> ExitCode {
    let arguments = match Arguments::parse() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failures) => {
            for failure in &failures {
                eprintln!("error: {}", told(failure));
            }
            ExitCode::FAILURE
        }
    }
}

/// Holds a conversation. All that fails is told, the first first: an end that fails hides nothing.
fn run(arguments: Arguments) -> Result<(), Vec<Failure>> {
    let one = |error: Error| vec![Failure::Session(error)];
    let client = Client::new(&arguments.url, &arguments.token).map_err(one)?;
    let client = client.with_settings(Settings {
        timeout: arguments.timeout,
        retry: Retry {
            attempts: arguments.attempts,
            ..Retry::default()
        },
        ..Settings::default()
    });
    let events = chat::events().map_err(|error| vec![error])?;
    let start = Start::new(arguments.agent, arguments.org);
    let mut session = Session::start(&client, start).map_err(one)?;
    let talk = chat::talk(&mut session, &events, &mut io::stdout());
    let reason = chat::end_reason(&talk);
    let mut failures: Vec<Failure> = talk.err().into_iter().collect();
    failures.extend(session.end(reason).err().map(Failure::Session));
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures)
    }
}

/// An error with what led to it.
fn told(failure: &Failure) -> String {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
