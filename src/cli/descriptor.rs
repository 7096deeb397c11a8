//! `descriptor`: what Flow needs to know to call an action.

use std::path::PathBuf;

use clap::Args;

use super::{Ended, Outcome, from_flow};

/// Where to take descriptors from.
#[derive(Debug, Args)]
pub struct Descriptor {
    /// A flow that calls the action, built in Flow Builder and retrieved from an org
    #[arg(long, value_name = "FLOW", required = true)]
    from_flow: PathBuf,
}

impl Descriptor {
    /// Prints the descriptor of the action, or a list of them.
    pub(super) fn run(&self, outcome: &mut Outcome) -> Result<(), Ended> {
        from_flow::run(&self.from_flow, outcome);
        Ok(())
    }
}
