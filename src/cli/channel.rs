//! `channel`: session-based chat in a messaging channel.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use flowtypes::document::DocumentSet;
use flowtypes::internals::channel::{Outcome as Change, advice, turn_on};
use flowtypes::internals::flow_file::load_text;
use flowtypes::internals::{self, Diagnostics, Inputs, write_single};

use super::flow_input::is_stdin;
use super::{Ended, Outcome, diff, show};

/// Which channel to change.
#[derive(Debug, Args)]
pub struct Channel {
    /// The channel's file, as it was retrieved
    file: PathBuf,
    /// Write nothing: show what would change, and end with 1 if something would
    #[arg(long)]
    check: bool,
}

impl Channel {
    /// Changes the file, and says what is left to do.
    pub(super) fn run(&self, outcome: &mut Outcome) -> Result<(), Ended> {
        if is_stdin(&self.file) {
            let message =
                "a channel is changed in its file, so that it is not read from the standard input";
            return Err(Ended::Usage(message.to_owned()));
        }
        let mut documents = DocumentSet::default();
        let mut diagnostics = Diagnostics::default();
        let loaded = load_text(&self.file, &mut documents, &mut diagnostics);
        let change = loaded.and_then(|(id, has_mark)| {
            let text = documents.get(id).text.clone();
            let change = turn_on(&text, id, &mut diagnostics)?;
            Some((text, change, has_mark))
        });
        let path = self.file.display().to_string();
        match change {
            Some((old, Change::TurnedOn(new), has_mark)) => {
                if self.check {
                    diff::unified(&path, &old, &new, &mut outcome.stdout);
                    outcome.status = 1;
                } else {
                    let mark = if has_mark { "\u{feff}" } else { "" };
                    let text = format!("{mark}{new}");
                    // The file that was read is the one to change.
                    match write_single(&self.file, &text, "", true, &Inputs::default()) {
                        Ok(()) => {
                            let _ = writeln!(outcome.stdout, "{path}: session-based chat is on");
                        }
                        Err(problems) => diagnostics.extend(problems),
                    }
                }
                checklist(
                    "After the deployment",
                    advice::AFTER_DEPLOYMENT,
                    &mut outcome.stdout,
                );
            }
            Some((_, Change::AlreadyOn, _)) => {
                let _ = writeln!(outcome.stdout, "{path}: session-based chat is on already");
                checklist(
                    "After the deployment",
                    advice::AFTER_DEPLOYMENT,
                    &mut outcome.stdout,
                );
            }
            Some((_, Change::ByHand, _)) => {
                outcome.status = 1;
                checklist("Steps by hand", advice::BY_HAND, &mut outcome.stdout);
            }
            None => {}
        }
        checklist(
            "Considerations",
            advice::CONSIDERATIONS,
            &mut outcome.stdout,
        );
        ends(&mut outcome.stdout);
        let report = internals::report(&documents, &diagnostics);
        show::report(&report, &documents, false, &mut outcome.stderr);
        if report.has_errors() {
            outcome.stdout.clear();
            outcome.stderr.push_str("nothing was written\n");
            outcome.status = 1;
        }
        Ok(())
    }
}

fn checklist(title: &str, items: &[&str], to: &mut String) {
    let _ = writeln!(to, "\n{title}:");
    for item in items {
        let _ = writeln!(to, "  [ ] {item}");
    }
}

fn ends(to: &mut String) {
    let _ = writeln!(
        to,
        "\nHow a session ends (inferred): reason of the End Session action, status of the bot session, what the customer sees"
    );
    for end in advice::ENDS {
        let _ = writeln!(to, "  {:<12} {:<12} {}", end.reason, end.status, end.seen);
    }
}
