//! One call from schemas to files: what the command line and build scripts use.

mod single_file;

use std::path::{Path, PathBuf};

use crate::action::Action;
use crate::config::{self, Config};
use crate::deploy;
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::document::{Document, DocumentSet, Role, Source};
use crate::error::Error;
use crate::input::{Input, Paths};
use crate::lock_file::{self, Keeping, LockFile};
use crate::output::{self, Inputs, OutputFiles, Plan, Request, Written};
use crate::pipeline::{self, Stage};
use crate::progress::{Listener, Step};
use crate::report::{Message, Report};
use crate::surface::Surface;
use crate::target::Target;

/// Reads schemas and writes types. Paths are relative to the current folder, in a build script the package's own.
///
/// ```no_run
/// # fn main() -> Result<(), flowtypes::Error> {
/// flowtypes::Generator::new()
///     .schema("schemas/session-ended-message.json")
///     .target(flowtypes::Target::Rust)
///     .out_dir("src/generated")
///     .generate()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Generator {
    pub(crate) config: Config,
    pub(crate) config_file: Option<PathBuf>,
    /// What the options come from.
    pub(crate) config_document: Option<Document>,
    /// Which file keeps names by the configuration file.
    pub(crate) config_lock: config::LockFile,
    /// Whether the configuration file leaves the action descriptors to the default.
    pub(crate) actions_are_default: bool,
    pub(crate) schemas: Vec<Source>,
    pub(crate) actions: Vec<PathBuf>,
    /// What was read to make the schemas that have no file.
    pub(crate) samples: Vec<PathBuf>,
    pub(crate) targets: Vec<Target>,
    pub(crate) out_dir: Option<PathBuf>,
    pub(crate) overwrite: bool,
    pub(crate) prune_lock: bool,
    pub(crate) progress: Listener,
}

/// What a run has made.
///
/// ```no_run
/// let output = flowtypes::Generator::new().schema("schemas").generate()?;
/// for (path, _) in &output.plan.changes {
///     println!("{}: written", output.folder.join(path).display());
/// }
/// for message in &output.report.messages {
///     eprintln!("{message}");
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Output {
    /// The documents that were read.
    pub documents: DocumentSet,
    /// The files by path below the output folder.
    pub files: OutputFiles,
    /// What there is to say; no errors.
    pub report: Report,
    /// What differs from the folder.
    pub plan: Plan,
    /// The folder.
    pub folder: PathBuf,
}

/// What went wrong, with the documents to show it in.
///
/// ```
/// let generator = flowtypes::Generator::new().schema_text("order.json", "{");
/// if let Err(failure) = generator.plan() {
///     assert_eq!(failure.report.messages.len(), 1);
///     assert_eq!(failure.documents.iter().count(), 1);
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The documents that were read.
    pub documents: DocumentSet,
    /// The diagnostics.
    pub report: Report,
}

impl Failure {
    pub(crate) fn new(documents: DocumentSet, diagnostics: &Diagnostics) -> Self {
        let report = Report::new(&documents, diagnostics);
        Self { documents, report }
    }

    /// Calls a document by another name than the one that its text was read under.
    #[must_use]
    pub(crate) fn shown_as(mut self, name: &str, shown: &str) -> Self {
        self.documents.show_as(name, shown);
        for message in &mut self.report.messages {
            if message.path.as_deref() == Some(name) {
                message.path = Some(shown.to_owned());
            }
        }
        self
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Input(failure.report)
    }
}

impl Generator {
    /// A generator for the schemas and options of the default configuration.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new().schema("schemas/order.json");
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes all options from a configuration file, whose paths are relative to its folder.
    ///
    /// ```no_run
    /// let generator = flowtypes::Generator::from_config_file("flowtypes.json")?;
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// The diagnostics, if the file cannot be read or is no configuration.
    pub fn from_config_file(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path = path.as_ref();
        let mut documents = DocumentSet::default();
        let mut diagnostics = Diagnostics::default();
        let help = "the chapter \"Configuration\" of the README says what the file may hold";
        match documents.add_settings::<Config>(path, Code::Config, help, &mut diagnostics) {
            Some((document, mut config)) => {
                let actions_are_default = config.actions == Config::default().actions;
                config.rebase(path.parent().unwrap_or(Path::new("")));
                let config_file = Some(path.to_owned());
                Ok(Self {
                    config_lock: config.lock.clone(),
                    config,
                    config_file,
                    config_document: Some(documents.get(document).clone()),
                    actions_are_default,
                    ..Self::default()
                })
            }
            None => Err(Failure::new(documents, &diagnostics)),
        }
    }

    /// The files and folders that this run depends on: what its documents were read from, the inputs that it was given,
    /// the configuration, and the file that keeps names. A folder stands for its `*.json` files.
    ///
    /// ```no_run
    /// let generator = flowtypes::Generator::from_config_file("flowtypes.json")?;
    /// let output = generator.generate()?;
    /// for path in generator.watched(&output.documents) {
    ///     println!("generate again when {} changes", path.display());
    /// }
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    #[must_use]
    pub fn watched(&self, documents: &DocumentSet) -> Vec<PathBuf> {
        let given = self.schemas.iter().filter_map(|source| match source {
            Source::Path(path) => Some(path.clone()),
            Source::Text { .. } => None,
        });
        let mut paths: Vec<PathBuf> = given.chain(self.config_file.clone()).collect();
        if self.schemas.is_empty() {
            paths.extend(self.config.schemas.iter().map(PathBuf::from));
        }
        let targets = match &self.targets[..] {
            [] => &self.config.targets,
            targets => targets,
        };
        if targets.contains(&Target::Flow) {
            paths.extend(self.actions.iter().cloned());
            if self.actions.is_empty() {
                paths.extend(self.config.actions.iter().map(PathBuf::from));
            }
            if self.schemas.is_empty() && self.actions.is_empty() {
                paths.extend(self.config.lifecycles.iter().map(PathBuf::from));
            }
        }
        let folder = self.out_dir.clone();
        let folder = folder.unwrap_or_else(|| PathBuf::from(&self.config.out));
        // A run may have made it just now.
        paths.extend(self.lock_place(Some(&folder)).filter(|lock| lock.exists()));
        let read = documents.iter().map(|(_, document)| document);
        let files = read.filter(|document| document.role != Role::BuiltIn);
        paths.extend(files.map(|document| PathBuf::from(&document.path)));
        paths.sort();
        paths.dedup();
        paths
    }

    /// Generates and writes; on any error nothing is written.
    ///
    /// ```no_run
    /// let output = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .out_dir("src/generated")
    ///     .generate()?;
    /// println!("{} files have changed", output.plan.changes.len());
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Input`] with every error that was found.
    pub fn generate(&self) -> Result<Output, Error> {
        let mut output = self.plan().inspect_err(|failure| {
            // What keeps the types from being written is said first; the report may fail for the same reason.
            let _ = self.write_losses(&failure.report, &failure.documents);
        })?;
        self.write(&mut output)?;
        Ok(output)
    }

    /// Generates and compares with the folder, without writing.
    ///
    /// ```
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {}}}"#)
    ///     .out_dir("no-such-folder")
    ///     .plan()?;
    /// // Nothing is there, so that everything would be written.
    /// assert_eq!(output.plan.changes.len(), output.files.contents().count());
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub fn plan(&self) -> Result<Output, Failure> {
        let mut config = self.config.clone();
        if !self.targets.is_empty() {
            config.targets.clone_from(&self.targets);
        }
        let mut problems = Diagnostics::default();
        deploy::prepare(&mut config, &mut problems);
        let mut input = self.read(&config);
        input.diagnostics.extend(problems);
        let folder = self
            .out_dir
            .clone()
            .unwrap_or_else(|| PathBuf::from(&config.out));
        let mut lock = LockFile::read(self.lock_place(Some(&folder)), &mut input);
        let mut files = pipeline::generate(
            &input.documents,
            &input.descriptors,
            &config,
            &mut lock.book,
            &mut input.diagnostics,
            &self.progress,
        );
        self.progress.begin(Step::Comparing);
        lock.keep_off(&folder, &files, &mut input.diagnostics);
        let inputs = self.inputs(&input.documents);
        self.keep_report_off(&inputs, &mut input.diagnostics);
        let mut plan = Plan::default();
        if !input.diagnostics.has_errors() {
            output::fit(&folder, &mut files, &config, &mut input.diagnostics);
            let request = Request {
                scope: deploy::Scope::of(&config),
                overwrite: self.overwrite,
                inputs,
            };
            plan = output::plan(&folder, &files, request, &mut input.diagnostics);
            lock.finish(self.keeping(), &mut plan);
        }
        let report = Report::new(&input.documents, &input.diagnostics);
        let documents = input.documents;
        if report.has_errors() {
            return Err(Failure { documents, report });
        }
        Ok(Output {
            documents,
            files,
            report,
            plan,
            folder,
        })
    }

    /// Writes what [`Generator::plan`] found to differ. If another run has written to the folder since, the plan is made
    /// again, and the files too if that has changed the names that are kept; the output then holds what was carried out.
    ///
    /// ```no_run
    /// let generator = flowtypes::Generator::from_config_file("flowtypes.json")?;
    /// let mut output = generator.plan()?;
    /// if output.report.messages.is_empty() {
    ///     generator.write(&mut output)?;
    /// }
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Input`] if a file or folder cannot be written; then nothing has been replaced.
    pub fn write(&self, output: &mut Output) -> Result<(), Error> {
        for _ in 0..output::ATTEMPTS {
            self.progress.begin(Step::Writing);
            match output::write(&output.folder, &output.files, &mut output.plan)
                .map_err(|diagnostics| unwritable(&diagnostics))?
            {
                Written::Done => {
                    return self.write_losses(&output.report, &output.documents);
                }
                Written::Outdated => *output = self.plan()?,
            }
        }
        Err(unwritable(&output::unsteady(&output.plan)))
    }

    /// Writes the loss report where one is asked for: what the targets weaken. There is none after an error of
    /// another kind, which has kept the targets from being asked.
    ///
    /// # Errors
    /// [`Error::Input`] if it cannot be written.
    pub(crate) fn write_losses(
        &self,
        report: &Report,
        documents: &DocumentSet,
    ) -> Result<(), Error> {
        self.losses(report, documents)
            .map_err(|diagnostics| unwritable(&diagnostics))
    }

    fn losses(&self, report: &Report, documents: &DocumentSet) -> Result<(), Diagnostics> {
        let Some(path) = &self.config.report else {
            return Ok(());
        };
        let is_complete = |message: &Message| {
            message.severity != Severity::Error || message.code.loss_target().is_some()
        };
        if !report.messages.iter().all(is_complete) {
            return Ok(());
        }
        let text = output::losses(report);
        output::write_single(
            Path::new(path),
            &text,
            output::LOSSES_MARK,
            self.overwrite,
            &self.inputs(documents),
        )
    }

    /// What a run with these documents has read.
    fn inputs(&self, documents: &DocumentSet) -> Inputs {
        let mut inputs = Inputs::of(documents);
        inputs.extend(&self.samples);
        inputs
    }

    /// Says if the loss report would replace an input, before anything is written.
    fn keep_report_off(&self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        if let Some(path) = &self.config.report {
            inputs.keep_off(Path::new(path), diagnostics);
        }
    }

    /// What others can use of the types: their names and types, to be compared with those of other schemas.
    ///
    /// ```
    /// let surface = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .surface()?;
    /// assert!(surface.iter().any(|item| item.name == "order::Order"));
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub fn surface(&self) -> Result<Surface, Failure> {
        let mut config = self.config.clone();
        if !self.targets.is_empty() {
            config.targets.clone_from(&self.targets);
        }
        let mut input = self.read(&config);
        // What has a name keeps it, before and after; nothing is written.
        let folder = PathBuf::from(&config.out);
        let mut lock = LockFile::read(self.lock_place(Some(&folder)), &mut input);
        let documents = input.documents;
        let surface = pipeline::surface(
            &documents,
            &input.descriptors,
            &config,
            &mut lock.book,
            &mut input.diagnostics,
        );
        let report = Report::new(&documents, &input.diagnostics);
        if report.has_errors() {
            return Err(Failure { documents, report });
        }
        Ok(surface)
    }

    /// The result of one stage as JSON.
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub(crate) fn dump(&self, stage: Stage) -> Result<(String, Report, DocumentSet), Failure> {
        let mut input = self.read(&self.config);
        let text = pipeline::dump(
            &input.documents,
            stage,
            &self.config,
            &mut input.diagnostics,
        );
        let report = Report::new(&input.documents, &input.diagnostics);
        match text {
            Ok(text) if !report.has_errors() => Ok((text, report, input.documents)),
            _ => Err(Failure {
                documents: input.documents,
                report,
            }),
        }
    }

    /// The action descriptors of the configured services.
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub(crate) fn describe(&self) -> Result<(Vec<Action>, Report, DocumentSet), Failure> {
        let mut config = self.config.clone();
        config.targets = vec![Target::Flow];
        config.schemas.clear();
        config.actions.clear();
        config.lifecycles.clear();
        let mut input = self.read(&config);
        let actions = pipeline::services(&input.documents, &config, &mut input.diagnostics);
        let report = Report::new(&input.documents, &input.diagnostics);
        let documents = input.documents;
        if report.has_errors() {
            return Err(Failure { documents, report });
        }
        Ok((actions, report, documents))
    }

    /// Where the file that keeps names is, if there is to be one.
    fn lock_place(&self, out: Option<&Path>) -> Option<PathBuf> {
        lock_file::place(&self.config.lock, self.config_file.as_deref(), out)
    }

    /// What becomes of the names of this run. The file beside a configuration is about the inputs of that: a run about others
    /// finds its names there, and says nothing of their places. Who names a file means it.
    fn keeping(&self) -> Keeping {
        let is_of_config = self.config_file.is_some() && self.config.lock == self.config_lock;
        if is_of_config && !self.paths().are_of(&self.config) {
            Keeping::Nothing
        } else if self.prune_lock {
            Keeping::Present
        } else {
            Keeping::All
        }
    }

    /// What a caller has named.
    fn paths(&self) -> Paths<'_> {
        Paths {
            schemas: &self.schemas,
            actions: &self.actions,
            actions_are_default: self.actions_are_default,
        }
    }

    /// Reads the schemas and, where flows are asked for, the action descriptors.
    fn read(&self, config: &Config) -> Input {
        self.progress.begin(Step::Reading);
        let mut input = self.paths().read(config);
        if let Some(document) = &self.config_document {
            input.documents.configure(document.clone());
        }
        input
    }
}

/// What kept a file from being written, for people.
fn unwritable(diagnostics: &Diagnostics) -> Error {
    Error::Input(Report::new(&DocumentSet::default(), diagnostics))
}
