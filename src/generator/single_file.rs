//! Rust types as one file, at a place of its own.

use std::path::{Path, PathBuf};

use super::{Failure, Generator, Output};
use crate::action::Descriptors;
use crate::deploy::Layout;
use crate::diagnostic::Diagnostics;
use crate::document::shown_path;
use crate::lock_file::LockFile;
use crate::output::{self, Kept, Plan, Written};
use crate::pipeline;
use crate::report::Report;
use crate::target::{Target, rust};

impl Generator {
    /// Generates Rust types into one file.
    ///
    /// ```no_run
    /// flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .single_file("src/order.rs".as_ref())?;
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them or the file cannot be written.
    pub fn single_file(&self, path: &Path) -> Result<Output, Failure> {
        self.write_single_file(path, |_| {})
    }

    /// Generates Rust types into one file, with the names of the lock, and leaves that as it is; gives what would become of it.
    pub(crate) fn single_file_alone(&self, path: &Path) -> Result<(Output, Option<Kept>), Failure> {
        let mut kept = None;
        let output = self.write_single_file(path, |plan| kept = plan.lock.take())?;
        Ok((output, kept))
    }

    fn write_single_file(
        &self,
        path: &Path,
        restrict: impl FnMut(&mut Plan),
    ) -> Result<Output, Failure> {
        let output = self
            .try_single_file(path, restrict)
            .inspect_err(|failure| {
                // As in `generate`.
                let _ = self.losses(&failure.report, &failure.documents);
            })?;
        match self.losses(&output.report, &output.documents) {
            Ok(()) => Ok(output),
            Err(diagnostics) => Err(Failure::new(output.documents, &diagnostics)),
        }
    }

    fn try_single_file(
        &self,
        path: &Path,
        mut restrict: impl FnMut(&mut Plan),
    ) -> Result<Output, Failure> {
        let mut attempt = 0;
        loop {
            let mut output = self.compare_single_file(path)?;
            restrict(&mut output.plan);
            let text = output.files.iter().next().map_or("", |(_, text)| text);
            let inputs = self.inputs(&output.documents);
            let mark = rust::MARK;
            let outcome =
                output::write_single_with(path, text, mark, self.overwrite, &inputs, &output.plan);
            let diagnostics = match outcome {
                Ok(Written::Done) => return Ok(output),
                Ok(Written::Outdated) if attempt < output::ATTEMPTS => {
                    attempt += 1;
                    continue;
                }
                Ok(Written::Outdated) => output::unsteady(&output.plan),
                Err(diagnostics) => diagnostics,
            };
            return Err(Failure::new(output.documents, &diagnostics));
        }
    }

    /// Generates Rust types as one file, and says what becomes of the file at a path.
    pub(crate) fn compare_single_file(&self, path: &Path) -> Result<Output, Failure> {
        let mut output = self.plan_single_file()?;
        let mut diagnostics = Diagnostics::default();
        let inputs = self.inputs(&output.documents);
        self.keep_report_off(&inputs, &mut diagnostics);
        let text = output.files.iter().next().map_or("", |(_, text)| text);
        match output::compare_single(path, text, &inputs) {
            Ok(change) => {
                let change = change.map(|change| (shown_path(path), change));
                output.plan.changes = change.into_iter().collect();
            }
            Err(problems) => diagnostics.extend(problems),
        }
        if diagnostics.has_errors() {
            return Err(Failure::new(output.documents, &diagnostics));
        }
        Ok(output)
    }

    /// Generates the Rust types of all schemas as one file, without writing it.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .plan_single_file()?;
    /// assert!(output.files.iter().any(|(_, text)| text.contains("pub struct Order")));
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub fn plan_single_file(&self) -> Result<Output, Failure> {
        let mut config = self.config.clone();
        config.targets = vec![Target::Rust];
        config.rust.single_file = true;
        config.layout = Layout::Plain;
        let (mut input, none) = (self.read(&config), Descriptors::default());
        let mut lock = LockFile::read(self.lock_place(None), &mut input);
        let files = pipeline::generate(
            &input.documents,
            &none,
            &config,
            &mut lock.book,
            &mut input.diagnostics,
            &self.progress,
        );
        let report = Report::new(&input.documents, &input.diagnostics);
        let documents = input.documents;
        if report.has_errors() {
            return Err(Failure { documents, report });
        }
        let mut plan = Plan::default();
        lock.finish(self.keeping(), &mut plan);
        Ok(Output {
            documents,
            files,
            report,
            plan,
            folder: PathBuf::new(),
        })
    }
}
