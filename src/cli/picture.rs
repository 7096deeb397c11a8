//! `picture`: a flow to look at.

use std::path::PathBuf;

use clap::Args;
use flowtypes::document::DocumentSet;
use flowtypes::internals::picture::{Format, draw};
use flowtypes::internals::{self, Diagnostics, Inputs, write_single};

use super::flow_input::read_flow;
use super::options::written;
use super::{Ended, Outcome, show};

/// Which flow to draw.
#[derive(Debug, Args)]
pub struct Picture {
    /// The flow's file; `-` is the standard input
    flow: PathBuf,
    /// The file to write the picture to [default: the standard output]
    #[arg(long, value_name = "FILE", value_parser = written())]
    out: Option<PathBuf>,
    /// What to draw [default: mermaid for a FILE that ends in .mmd, else svg]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Replace a file that flowtypes did not write
    #[arg(long)]
    force: bool,
}

impl Picture {
    /// Draws.
    pub(super) fn run(&self, outcome: &mut Outcome) -> Result<(), Ended> {
        let mut documents = DocumentSet::default();
        let mut diagnostics = Diagnostics::default();
        let is_mermaid = |path: &PathBuf| path.extension().is_some_and(|end| end == "mmd");
        let format = self.format.unwrap_or(match &self.out {
            Some(path) if is_mermaid(path) => Format::Mermaid,
            Some(_) | None => Format::Svg,
        });
        let flow = read_flow(&self.flow, &mut documents, &mut diagnostics)?;
        let drawn = flow.and_then(|id| {
            let text = &documents.get(id).text;
            draw(text, id, format, &mut diagnostics)
        });
        if let Some(mut text) = drawn {
            text.push('\n');
            match &self.out {
                None => outcome.stdout.push_str(&text),
                Some(path) => {
                    let inputs = Inputs::of(&documents);
                    let written = write_single(path, &text, format.mark(), self.force, &inputs);
                    if let Err(problems) = written {
                        diagnostics.extend(problems);
                    }
                }
            }
        }
        let report = internals::report(&documents, &diagnostics);
        show::report(&report, &documents, false, &mut outcome.stderr);
        if report.has_errors() {
            outcome.stderr.push_str("nothing was written\n");
            outcome.status = 1;
        }
        Ok(())
    }
}
