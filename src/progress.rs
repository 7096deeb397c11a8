//! How far a run is, for whoever waits for it.

use std::fmt;
use std::sync::Arc;

/// A part of a run.
///
/// ```
/// use flowtypes::{Generator, Step};
///
/// let generator = Generator::new().schema("schemas").on_progress(|step| {
///     let done = Step::ALL.iter().take_while(|known| **known != step).count();
///     eprintln!("{done} of {}: {}", Step::ALL.len(), step.as_str());
/// });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Documents are read.
    Reading,
    /// Their schemas are understood.
    Schemas,
    /// Shapes are made of them.
    Shapes,
    /// Types are made of those.
    Types,
    /// Classes get names.
    Names,
    /// Rust types are written down.
    Rust,
    /// Apex classes are written down.
    Apex,
    /// Flows are written down.
    Flow,
    /// They are compared with what is there.
    Comparing,
    /// They are written.
    Writing,
}

impl Step {
    /// Every step, in order.
    ///
    /// ```
    /// use flowtypes::Step;
    ///
    /// assert_eq!(Step::ALL.first(), Some(&Step::Reading));
    /// ```
    pub const ALL: &'static [Self] = &[
        Self::Reading,
        Self::Schemas,
        Self::Shapes,
        Self::Types,
        Self::Names,
        Self::Rust,
        Self::Apex,
        Self::Flow,
        Self::Comparing,
        Self::Writing,
    ];

    /// The word for it.
    ///
    /// ```
    /// assert_eq!(flowtypes::Step::Reading.as_str(), "reading");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Schemas => "schemas",
            Self::Shapes => "shapes",
            Self::Types => "types",
            Self::Names => "names",
            Self::Rust => "Rust",
            Self::Apex => "Apex",
            Self::Flow => "flows",
            Self::Comparing => "comparing",
            Self::Writing => "writing",
        }
    }
}

/// Is told of every step that begins.
#[derive(Clone, Default)]
pub struct Listener(Option<Arc<dyn Fn(Step) + Send + Sync>>);

impl Listener {
    /// Calls a function with each step.
    pub fn new(listener: impl Fn(Step) + Send + Sync + 'static) -> Self {
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
