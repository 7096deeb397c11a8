//! What the command line understands, and what it answers.

mod diff;
mod options;
mod show;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use flowtypes::output::Change;
use flowtypes::pipeline::Stage;
use flowtypes::{Error, Failure, Generator, Output, Target};
use options::{Reading, Writing};

/// Generate Apex-defined types, Flow metadata and Rust types from JSON Schema.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the types of some schemas.
    #[command(
        after_help = "Examples:\n  flowtypes generate\n  flowtypes generate order.json --target apex --out force-app\n  flowtypes generate --target rust --single-file src/order.rs order.json"
    )]
    Generate {
        #[command(flatten)]
        what: What,
        /// Replace files that flowtypes did not write.
        #[arg(long)]
        force: bool,
        /// Drop the names of what is gone from the file that keeps names
        #[arg(long, conflicts_with = "no_lock")]
        prune_lock: bool,
    },
    /// Say whether what is on disk is what would be written, and show the difference.
    Check {
        #[command(flatten)]
        what: What,
    },
    /// Print what a stage makes of some schemas, as JSON.
    Dump {
        /// The stage.
        #[arg(long, value_enum)]
        stage: Stage,
        #[command(flatten)]
        input: Input,
    },
}

#[derive(Debug, Args)]
struct Input {
    /// Schemas: files, or folders whose *.json files are read [default: what flowtypes.json names, or schemas/]
    schemas: Vec<PathBuf>,
    /// The configuration [default: flowtypes.json, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Args)]
struct What {
    #[command(flatten)]
    input: Input,
    /// What to generate; may be given several times [default: all]
    #[arg(long = "target", value_enum, value_name = "TARGET")]
    targets: Vec<Target>,
    /// Show notes too: what was renamed, and what a target leaves to others
    #[arg(long)]
    notes: bool,
    /// The folder to write to [default: generated]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write one Rust module to this file, and nothing else
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    single_file: Option<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

/// What the program says, and how it ends: 0 done, 1 errors in the input or files that are not fresh, 2 wrong usage.
#[derive(Debug, Default)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    pub status: u8,
}

impl Cli {
    /// Does what was asked.
    pub fn run(self) -> Outcome {
        let mut outcome = Outcome::default();
        let done = match self.command {
            Command::Generate {
                what,
                force,
                prune_lock,
            } => generator_for(&what).and_then(|generator| {
                let generator = generator.overwrite(force).prune_lock(prune_lock);
                generate(&what, &generator, &mut outcome)
            }),
            Command::Check { what } => check(&what, &mut outcome),
            Command::Dump { stage, input } => dump(stage, &input, &mut outcome),
        };
        if let Err(failure) = done {
            match failure {
                Ended::Input(failure) => show::report(
                    &failure.report,
                    &failure.documents,
                    false,
                    &mut outcome.stderr,
                ),
                Ended::Output(error) => {
                    let _ = writeln!(outcome.stderr, "{error}");
                }
                Ended::Usage(message) => {
                    let _ = writeln!(outcome.stderr, "error: {message}");
                    outcome.status = 2;
                    return outcome;
                }
            }
            outcome.stderr.push_str("nothing was written\n");
            outcome.status = 1;
        }
        outcome
    }
}

/// Why a command did not do what was asked.
enum Ended {
    Input(Failure),
    Output(Error),
    Usage(&'static str),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Input(failure)
    }
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Output(error)
    }
}

fn generator(input: &Input) -> Result<Generator, Failure> {
    let default = PathBuf::from("flowtypes.json");
    let config = input
        .config
        .clone()
        .or_else(|| default.is_file().then_some(default));
    let mut generator = match config {
        Some(path) => Generator::from_config_file(path)?,
        None => Generator::new(),
    };
    for schema in &input.schemas {
        generator = generator.schema(schema);
    }
    input.reading.apply(generator.config_mut());
    Ok(generator)
}

fn generator_for(what: &What) -> Result<Generator, Ended> {
    if what.single_file.is_some() && what.targets.iter().any(|target| *target != Target::Rust) {
        return Err(Ended::Usage("--single-file goes with --target rust alone"));
    }
    let mut generator = generator(&what.input)?;
    for target in &what.targets {
        generator = generator.target(*target);
    }
    if let Some(folder) = &what.out {
        generator = generator.out_dir(folder);
    }
    what.writing.apply(generator.config_mut());
    Ok(generator)
}

fn generate(what: &What, generator: &Generator, outcome: &mut Outcome) -> Result<(), Ended> {
    if let Some(path) = &what.single_file {
        let output = generator
            .single_file(path)
            .map_err(|failure| with_losses(generator, failure))?;
        generator.write_losses(&output.report)?;
        show::report(
            &output.report,
            &output.documents,
            what.notes,
            &mut outcome.stderr,
        );
        return Ok(());
    }
    let output = generator
        .plan()
        .map_err(|failure| with_losses(generator, failure))?;
    generator.write(&output)?;
    show::report(
        &output.report,
        &output.documents,
        what.notes,
        &mut outcome.stderr,
    );
    let _ = writeln!(outcome.stdout, "{}", summary(&output));
    Ok(())
}

/// Writes the loss report of a run that failed for its losses.
fn with_losses(generator: &Generator, failure: Failure) -> Ended {
    match generator.write_losses(&failure.report) {
        Ok(()) => Ended::Input(failure),
        Err(error) => Ended::Output(error),
    }
}

/// What a run did, in one line.
fn summary(output: &Output) -> String {
    let total = output.files.iter().count();
    let count = |wanted: fn(&Change) -> bool| {
        output
            .plan
            .changes
            .iter()
            .filter(|(_, change)| wanted(change))
            .count()
    };
    let created = count(|change| matches!(change, Change::Create));
    let replaced = count(|change| matches!(change, Change::Replace(_)));
    let removed = count(|change| matches!(change, Change::Remove(_)));
    let folder = output.folder.display();
    format!("{total} files in {folder}: {created} new, {replaced} changed, {removed} removed")
}

fn check(what: &What, outcome: &mut Outcome) -> Result<(), Ended> {
    let generator = generator_for(what)?;
    let fresh = if let Some(path) = &what.single_file {
        diff::single_file(&generator, path, &mut outcome.stdout)?
    } else {
        let output = generator.plan()?;
        show::report(
            &output.report,
            &output.documents,
            what.notes,
            &mut outcome.stderr,
        );
        diff::plan(&output, &mut outcome.stdout);
        output.plan.is_fresh()
    };
    if !fresh {
        outcome
            .stderr
            .push_str("not fresh: run `flowtypes generate` with the same options\n");
        outcome.status = 1;
    }
    Ok(())
}

fn dump(stage: Stage, input: &Input, outcome: &mut Outcome) -> Result<(), Ended> {
    let (text, report, documents) = generator(input)?.dump(stage)?;
    show::report(&report, &documents, false, &mut outcome.stderr);
    let _ = writeln!(outcome.stdout, "{text}");
    Ok(())
}
