//! What a check has to say about one file, and what it could not check.

use std::collections::BTreeMap;
use std::ops::Range;

use super::xml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::DocumentId;

/// Why a reference cannot be verified, in words such as `fields of the object Account`, and how many there are.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The flows that were read.
    pub flows: usize,
    /// References that lead to what they name.
    pub verified: usize,
    /// References that lead nowhere, or to the wrong thing.
    pub broken: usize,
    /// What could not be verified, and how often it is referred to.
    pub unverified: BTreeMap<String, usize>,
}

/// Where the checks of one file say what they find.
pub(crate) struct Findings<'d> {
    document: DocumentId,
    diagnostics: &'d mut Diagnostics,
    pub summary: &'d mut Summary,
}

impl<'d> Findings<'d> {
    pub fn new(
        document: DocumentId,
        diagnostics: &'d mut Diagnostics,
        summary: &'d mut Summary,
    ) -> Self {
        Self {
            document,
            diagnostics,
            summary,
        }
    }

    /// Says something about a range of the file.
    pub fn add(
        &mut self,
        code: Code,
        severity: Severity,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(
            Diagnostic::new(code, message)
                .severity(severity)
                .at(xml::place(self.document, range))
                .help(help),
        );
    }

    /// Says that something is wrong.
    pub fn error(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(code, Severity::Error, range, message, help);
    }

    /// Says that something is likely to be wrong.
    pub fn warning(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(code, Severity::Warning, range, message, help);
    }

    /// Notes a reference that the files at hand do not decide.
    pub fn unverified(&mut self, range: Range<usize>, reference: &str, why: String) {
        let message = format!("`{reference}` cannot be verified: {why}");
        self.add(
            Code::FlowUnverified,
            Severity::Note,
            range,
            message,
            "give more files, such as the folder of the whole project, or look at it in Flow Builder",
        );
        *self.summary.unverified.entry(why).or_default() += 1;
    }
}
