//! Schemas from JSON samples.

use std::path::{Path, PathBuf};

use flowtypes::document::Source;
use flowtypes::sample::{self, Inferred};

use super::generate::standard_input;
use super::{Ended, Outcome};

/// Infers a schema from files; `-` is the standard input.
pub fn infer(samples: &[PathBuf], name: Option<&str>) -> Result<Inferred, Ended> {
    let mut sources = Vec::new();
    for path in samples {
        sources.push(if path == Path::new("-") {
            Source::Text {
                name: "sample".to_owned(),
                text: standard_input()?,
            }
        } else {
            Source::Path(path.clone())
        });
    }
    Ok(sample::infer(&sources, name)?)
}

/// Prints the schema.
pub fn print(samples: &[PathBuf], name: Option<&str>, outcome: &mut Outcome) -> Result<(), Ended> {
    outcome.stdout = infer(samples, name)?.schema;
    Ok(())
}
