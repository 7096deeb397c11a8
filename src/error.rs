//! What can keep a run from its end.

use std::fmt;

use crate::report::Report;

/// Why nothing was written.
///
/// ```
/// use flowtypes::Error;
///
/// match flowtypes::Generator::new().schema("no-such-folder").generate() {
///     Err(Error::Input(report)) => assert!(report.to_string().contains("error[FT0001]")),
///     Err(error) => println!("{error}"),
///     Ok(output) => println!("{} files differed", output.plan.changes.len()),
/// }
/// ```
#[derive(thiserror::Error)]
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

/// The same text as `Display`: it is what a build script shows that returns this error from `main`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(report) => write!(f, "nothing was written\n{report}"),
            Self::NoOutDir => write!(f, "{self}"),
        }
    }
}
