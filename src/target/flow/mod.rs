//! The Flow target.

pub mod config;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::output::OutputFiles;
use crate::target::TargetInput;

/// Generates all files of the target.
pub(crate) fn generate(
    _input: &TargetInput<'_>,
    _config: &Config,
    _diagnostics: &mut Diagnostics,
    _files: &mut OutputFiles,
) {
}
