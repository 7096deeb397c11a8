//! `lint`: what is wrong with flow files.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use flowtypes::diagnostic::Code;
use flowtypes::document::DocumentSet;
use flowtypes::internals::flow_file::{
    CLASS_ENDING, FLOW_ENDINGS, REGISTRATION_ENDINGS, Summary, lint, load_texts,
};
use flowtypes::internals::{self, Diagnostic, Diagnostics};

use super::flow_input::{is_stdin, read_flow};
use super::generate::configured;
use super::{Ended, Outcome, show};

/// What to check.
#[derive(Debug, Args)]
pub struct Lint {
    /// Flow files, Apex classes and registrations of external services, or folders of them, such as that of a whole project; `-` is a flow on the standard input
    #[arg(required = true)]
    flows: Vec<PathBuf>,
    /// Show notes too: every reference that cannot be verified with the files at hand
    #[arg(long)]
    notes: bool,
    /// The configuration, for its levels and services [default: flowtypes.json, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Lint {
    /// Checks, and says what there is to say.
    pub(super) fn run(&self, outcome: &mut Outcome) -> Result<(), Ended> {
        let config = configured(self.config.as_ref())?.config_mut().clone();
        let mut diagnostics = Diagnostics::with_levels(config.levels.clone());
        let mut documents = DocumentSet::default();
        let mut endings = FLOW_ENDINGS.to_vec();
        endings.push(CLASS_ENDING);
        endings.extend(REGISTRATION_ENDINGS);
        let (streams, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
            self.flows.iter().partition(|path| is_stdin(path));
        let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
        let mut files = load_texts(&paths, &endings, &mut documents, &mut diagnostics);
        for stream in streams {
            files.extend(read_flow(stream, &mut documents, &mut diagnostics)?);
        }
        let summary = lint(&mut documents, &files, &config, &mut diagnostics);
        if summary.flows == 0 && !diagnostics.has_errors() {
            diagnostics.push(
                Diagnostic::new(Code::NoInput, "there is no flow in what was given").help(
                    "name flow files, or a folder with files that end in `.flow-meta.xml` or `.flow`",
                ),
            );
        }
        let report = internals::report(&documents, &diagnostics);
        show::report(&report, &documents, self.notes, &mut outcome.stderr);
        tell(&summary, &mut outcome.stdout);
        outcome.status = u8::from(report.has_errors());
        Ok(())
    }
}

/// What was checked, and what could not be.
fn tell(summary: &Summary, to: &mut String) {
    let Summary {
        flows,
        verified,
        broken,
        unverified,
    } = summary;
    let open: usize = unverified.values().sum();
    let s = if *flows == 1 { "" } else { "s" };
    let _ = writeln!(
        to,
        "{flows} flow{s}: {verified} references verified, {broken} broken, {open} not verifiable"
    );
    for (why, count) in unverified {
        let _ = writeln!(to, "  {count:>5}  {why}");
    }
}
