//! `descriptor --from-flow`: a cure for what is inferred.

use std::fmt::Write as _;
use std::path::Path;

use flowtypes::document::DocumentSet;
use flowtypes::internals::flow_file::descriptors;
use flowtypes::internals::{self, Diagnostics};

use super::flow_input::read_flow;
use super::{Ended, Outcome, show};

/// Prints the descriptor of the one action that a flow calls, or a list of them.
pub fn run(flow: &Path, outcome: &mut Outcome) -> Result<(), Ended> {
    let mut documents = DocumentSet::default();
    let mut diagnostics = Diagnostics::default();
    let found = read_flow(flow, &mut documents, &mut diagnostics)?
        .map(|id| descriptors(&documents, id, &mut diagnostics))
        .unwrap_or_default();
    let text = match found.as_slice() {
        [only] => serde_json::to_string_pretty(only),
        all => serde_json::to_string_pretty(all),
    };
    let report = internals::report(&documents, &diagnostics);
    show::report(&report, &documents, false, &mut outcome.stderr);
    match text {
        Ok(text) if !report.has_errors() => {
            let _ = writeln!(outcome.stdout, "{text}");
        }
        Ok(_) => outcome.status = 1,
        Err(error) => {
            let _ = writeln!(outcome.stderr, "error: {error}");
            outcome.status = 1;
        }
    }
    Ok(())
}
