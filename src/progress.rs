//! How far a run is, for whoever waits for it.

use std::fmt;
use std::sync::Arc;

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Schemas are read.
    Reading,
    /// Types are made of them.
    Generating,
    /// They are compared with what is there.
    Comparing,
    /// They are written.
    Writing,
}

impl Step {
    /// Every step, in order.
    pub const ALL: &'static [Self] = &[
        Self::Reading,
        Self::Generating,
        Self::Comparing,
        Self::Writing,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Generating => "generating",
            Self::Comparing => "comparing",
            Self::Writing => "writing",
        }
    }
}

/// Is told of every step that begins.
#[derive(Clone, Default)]
pub(crate) struct Listener(Option<Arc<dyn Fn(Step) + Send + Sync>>);

impl Listener {
    pub(crate) fn new(listener: impl Fn(Step) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(crate) fn begin(&self, step: Step) {
        if let Some(listener) = &self.0 {
            listener(step);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener" } else { "none" })
    }
}
