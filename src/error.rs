//! What can keep a run from its end.

use crate::report::Report;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input, the configuration or the output folder has errors; the report holds them all.
    #[error("{0}")]
    Input(Report),
    /// `OUT_DIR` is not set: this is not a build script.
    #[error(
        "OUT_DIR is not set: this only works in a build script; name a folder with `out_dir` elsewhere"
    )]
    NoOutDir,
}
