//! One call from schemas to files: what the command line and build scripts use.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::document::{DocumentSet, Role, shown_path};
use crate::error::Error;
use crate::input::{Input, Paths};
use crate::lock_file::{self, LockFile};
use crate::output::{self, OutputFiles, Plan};
use crate::pipeline::{self, Stage};
use crate::report::{Message, Report};
use crate::target::{Target, rust};

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
    config: Config,
    config_file: Option<PathBuf>,
    /// Whether the configuration file leaves the action descriptors to the default.
    actions_are_default: bool,
    schemas: Vec<PathBuf>,
    actions: Vec<PathBuf>,
    targets: Vec<Target>,
    out_dir: Option<PathBuf>,
    overwrite: bool,
    prune_lock: bool,
}

/// What a run has made.
#[derive(Debug)]
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
#[derive(Debug)]
pub struct Failure {
    /// The documents that were read.
    pub documents: DocumentSet,
    /// The diagnostics.
    pub report: Report,
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Input(failure.report)
    }
}

impl Generator {
    /// A generator for the schemas and options of the default configuration.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes all options from a configuration file, whose paths are relative to its folder.
    ///
    /// # Errors
    /// The diagnostics, if the file cannot be read or is no configuration.
    pub fn from_config_file(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path = path.as_ref();
        let mut documents = DocumentSet::default();
        let mut diagnostics = Diagnostics::default();
        let help = "`schemas/meta/config.schema.json` says what the file may hold";
        match documents.add_settings::<Config>(path, Code::Config, help, &mut diagnostics) {
            Some((_, mut config)) => {
                let actions_are_default = config.actions == Config::default().actions;
                config.rebase(path.parent().unwrap_or(Path::new("")));
                let config_file = Some(path.to_owned());
                Ok(Self {
                    config,
                    config_file,
                    actions_are_default,
                    ..Self::default()
                })
            }
            None => {
                let report = Report::new(&documents, &diagnostics);
                Err(Failure { documents, report })
            }
        }
    }

    /// Takes all options from a configuration. Its paths are relative to the current folder.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// The configuration, to change an option of it. Its paths are relative to the current folder.
    pub fn config_mut(&mut self) -> &mut Config {
        &mut self.config
    }

    /// Adds a schema: a file, or a folder whose `*.json` files are read. The first call replaces the configured ones.
    #[must_use]
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(path.into());
        self
    }

    /// Adds an action descriptor: a file, or a folder of them. The first call replaces the configured ones.
    #[must_use]
    pub fn action(mut self, path: impl Into<PathBuf>) -> Self {
        self.actions.push(path.into());
        self
    }

    /// Adds a target. The first call replaces the configured ones.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// Sets the folder to write to.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Lets the run replace files that were not written by this program.
    #[must_use]
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Drops the names of things that are gone from the file that keeps names. Without this they stay, so that a thing
    /// that returns has its name again, and no other thing takes it.
    #[must_use]
    pub fn prune_lock(mut self, prune: bool) -> Self {
        self.prune_lock = prune;
        self
    }

    /// Generates and writes; on any error nothing is written.
    ///
    /// # Errors
    /// [`Error::Input`] with every error that was found.
    pub fn generate(&self) -> Result<Output, Error> {
        let output = self.plan().inspect_err(|failure| {
            // What keeps the types from being written is said first; the report may fail for the same reason.
            let _ = self.write_losses(&failure.report);
        })?;
        self.write(&output)?;
        Ok(output)
    }

    /// Generates and compares with the folder, without writing.
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub fn plan(&self) -> Result<Output, Failure> {
        let mut config = self.config.clone();
        if !self.targets.is_empty() {
            config.targets.clone_from(&self.targets);
        }
        let folder = self
            .out_dir
            .clone()
            .unwrap_or_else(|| PathBuf::from(&config.out));
        let mut input = self.read(&config);
        let place = lock_file::place(&config.lock, self.config_file.as_deref(), Some(&folder));
        let mut lock = LockFile::read(place, &mut input);
        let files = pipeline::generate(
            &input.documents,
            &input.actions,
            &config,
            &mut lock.book,
            &mut input.diagnostics,
        );
        let mut plan = Plan::default();
        if !input.diagnostics.has_errors() {
            let prefixes: Vec<&str> = config
                .targets
                .iter()
                .map(|target| target.folder())
                .collect();
            plan = output::plan(
                &folder,
                &files,
                &prefixes,
                self.overwrite,
                &mut input.diagnostics,
            );
            plan.lock = lock.change(self.prune_lock);
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

    /// Writes what [`Generator::plan`] found to differ.
    ///
    /// # Errors
    /// [`Error::Input`] if a file or folder cannot be written; then nothing has been replaced.
    pub fn write(&self, output: &Output) -> Result<(), Error> {
        output::write(&output.folder, &output.files, &output.plan)
            .map_err(|(path, error)| unwritable(&path, &error))?;
        self.write_losses(&output.report)
    }

    /// Writes the loss report where one is asked for: what the targets weaken. There is none after an error of
    /// another kind, which has kept the targets from being asked.
    ///
    /// # Errors
    /// [`Error::Input`] if it cannot be written.
    pub fn write_losses(&self, report: &Report) -> Result<(), Error> {
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
        output::write_single(Path::new(path), &text, output::LOSSES_MARK, self.overwrite)
            .map_err(|(path, error)| unwritable(&path, &error))
    }

    /// The result of one stage as JSON.
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub fn dump(&self, stage: Stage) -> Result<(String, Report, DocumentSet), Failure> {
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

    /// Writes Rust types for a build script: one file `flowtypes.rs` in `OUT_DIR`, for `include!`. Tells cargo which
    /// files to watch, and shows every diagnostic as a warning of cargo's.
    ///
    /// # Errors
    /// [`Error::NoOutDir`] outside a build script, [`Error::Input`] with every error that was found.
    pub fn build_script(mut self) -> Result<(), Error> {
        let folder = self
            .out_dir
            .take()
            .or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        let path = folder.ok_or(Error::NoOutDir)?.join("flowtypes.rs");
        let output = self.plan_single_file()?;
        // The names of the lock count, but it is for the command line to write it.
        let output = self.write_single_file(&path, output)?;
        let mut lines = Vec::new();
        if let Some(config) = &self.config_file {
            lines.push(format!("cargo::rerun-if-changed={}", config.display()));
        }
        let files = output.documents.iter();
        for (_, document) in files.filter(|(_, document)| document.role != Role::BuiltIn) {
            lines.push(format!("cargo::rerun-if-changed={}", document.path));
        }
        for message in &output.report.messages {
            lines.push(format!(
                "cargo::warning={}",
                message.to_string().replace('\n', " ")
            ));
        }
        output::tell_cargo(&lines);
        self.write_losses(&output.report)
    }

    /// Generates Rust types into one file.
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them or the file cannot be written.
    pub fn single_file(&self, path: &Path) -> Result<Output, Failure> {
        let output = self.plan_single_file()?;
        // Nothing but the lock is in the plan of a single file.
        match output::write_kept(&output.plan) {
            Ok(()) => self.write_single_file(path, output),
            Err((path, error)) => Err(failed(output.documents, &path, &error)),
        }
    }

    fn write_single_file(&self, path: &Path, output: Output) -> Result<Output, Failure> {
        let text = output.files.iter().next().map_or("", |(_, text)| text);
        match output::write_single(path, text, rust::MARK, self.overwrite) {
            Ok(()) => Ok(output),
            Err((path, error)) => Err(failed(output.documents, &path, &error)),
        }
    }

    /// Generates the Rust types of all schemas as one file, without writing it.
    ///
    /// # Errors
    /// The diagnostics, if there are errors among them.
    pub fn plan_single_file(&self) -> Result<Output, Failure> {
        let mut config = self.config.clone();
        config.targets = vec![Target::Rust];
        config.rust.single_file = true;
        let mut input = self.read(&config);
        let place = lock_file::place(&config.lock, self.config_file.as_deref(), None);
        let mut lock = LockFile::read(place, &mut input);
        let files = pipeline::generate(
            &input.documents,
            &[],
            &config,
            &mut lock.book,
            &mut input.diagnostics,
        );
        let report = Report::new(&input.documents, &input.diagnostics);
        let documents = input.documents;
        if report.has_errors() {
            return Err(Failure { documents, report });
        }
        let mut plan = Plan::default();
        plan.lock = lock.change(self.prune_lock);
        Ok(Output {
            documents,
            files,
            report,
            plan,
            folder: PathBuf::new(),
        })
    }

    /// Reads the schemas and, where flows are asked for, the action descriptors.
    fn read(&self, config: &Config) -> Input {
        let paths = Paths {
            schemas: &self.schemas,
            actions: &self.actions,
            actions_are_default: self.actions_are_default,
        };
        paths.read(config)
    }
}

fn write_error(path: &Path, error: &std::io::Error) -> Diagnostic {
    let (code, help) = match error.kind() {
        std::io::ErrorKind::AlreadyExists => (
            Code::ForeignFile,
            "move it away, or overwrite it with --force",
        ),
        _ => (
            Code::Unwritable,
            "check that the folder is there, is yours, and has room",
        ),
    };
    Diagnostic::new(code, format!("this cannot be written: {error}"))
        .at(Place::Path(shown_path(path)))
        .help(help)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    failed(DocumentSet::default(), path, error).into()
}

fn failed(documents: DocumentSet, path: &Path, error: &std::io::Error) -> Failure {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(write_error(path, error));
    let report = Report::new(&documents, &diagnostics);
    Failure { documents, report }
}
