//! The commands that go from schemas to types.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use flowtypes::diagnostic::Code;
use flowtypes::document::DocumentSet;
use flowtypes::internals::{
    self, Diagnostic, Diagnostics, Stage, compare_single_file, failure, made_from, text_of,
    write_losses,
};
use flowtypes::output::{Change, Kept};
use flowtypes::{Failure, Generator, Output, Target};

use super::options::{Input, What};
use super::{Changes, Ended, Format, Outcome, diff, infer, progress, say_lines, show};

/// What a run did, and with what.
pub struct Done {
    generator: Generator,
    output: Output,
}

impl Done {
    /// The files and folders that the run depends on.
    pub fn watched(&self) -> Vec<PathBuf> {
        self.generator.watched(&self.output.documents)
    }

    /// The file that keeps names, if it was written.
    pub fn lock(&self) -> Option<&Kept> {
        self.output.plan.lock.as_ref()
    }
}

/// A generator with the options of a configuration, or of the one that is found by its name.
pub fn configured(config: Option<&PathBuf>) -> Result<Generator, Ended> {
    let default = PathBuf::from("flowtypes.json");
    let config = config
        .cloned()
        .or_else(|| default.exists().then_some(default));
    Ok(match config {
        Some(path) => Generator::from_config_file(path)?,
        None => Generator::new(),
    })
}

/// A generator as the options say, with its schemas.
pub fn generator(input: &Input) -> Result<Generator, Ended> {
    let mut generator = configured(input.config.as_ref())?;
    input.reading.apply(generator.config_mut());
    for schema in &input.schemas {
        generator = if schema == Path::new("-") {
            let root_name = generator.config_mut().root_name.clone();
            let name = root_name.unwrap_or_else(|| "stdin".to_owned());
            generator.schema_text(format!("{name}.json"), standard_input()?)
        } else {
            generator.schema(schema)
        };
    }
    Ok(generator)
}

/// What is said of a second `-`.
pub fn read_twice() -> Ended {
    let message = "`-` is there twice, and the standard input can be read only once";
    Ended::Usage(message.to_owned())
}

/// All of the standard input, which can be read once.
pub fn standard_input() -> Result<String, Ended> {
    static IS_READ: AtomicBool = AtomicBool::new(false);
    if IS_READ.swap(true, Ordering::Relaxed) {
        return Err(read_twice());
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    let text = read.map_err(|error| (Code::Unreadable, error.to_string()));
    text.and_then(|_| text_of(bytes)).map_err(|(code, reason)| {
        let mut diagnostics = Diagnostics::default();
        let what = format!("the standard input cannot be read: {reason}");
        diagnostics.push(Diagnostic::new(code, what).help("pass UTF-8 text"));
        Ended::Input(failure(DocumentSet::default(), &diagnostics))
    })
}

fn generator_for(what: &What) -> Result<Generator, Ended> {
    if what.single_file.is_some() && what.targets.iter().any(|target| *target != Target::Rust) {
        let message = "--single-file goes with --target rust alone";
        return Err(Ended::Usage(message.to_owned()));
    }
    let mut generator = generator(&what.input)?;
    if !what.from_sample.is_empty() {
        let root_name = generator.config_mut().root_name.clone();
        let inferred = infer::infer(&what.from_sample, root_name.as_deref())?;
        generator = generator.schema_text(format!("{}.json", inferred.name), inferred.schema);
        generator = made_from(generator, &what.from_sample);
    }
    for target in &what.targets {
        generator = generator.target(*target);
    }
    if let Some(folder) = &what.out {
        generator = generator.out_dir(folder);
    }
    what.writing.apply(generator.config_mut());
    let layout = generator.config_mut().layout;
    what.writing.go_with(layout, &what.targets)?;
    Ok(progress::show(generator))
}

/// Writes the types.
pub fn generate(what: &What, changes: Changes, outcome: &mut Outcome) -> Result<Done, Ended> {
    let generator = generator_for(what)?
        .overwrite(changes.force)
        .prune_lock(changes.prune_lock);
    let output = if let Some(path) = &what.single_file {
        generator.single_file(path)?
    } else {
        let mut output = generator
            .plan()
            .map_err(|failure| with_losses(&generator, failure))?;
        generator.write(&mut output)?;
        output
    };
    say(what, &output, outcome);
    if what.message_format == Format::Human {
        let place = match &what.single_file {
            Some(path) => format!("1 file, {}", path.display()),
            None => {
                let count = output.files.contents().count();
                // An empty path is the folder that the program runs in.
                match output.folder.as_os_str().is_empty() {
                    true => format!("{count} files in ."),
                    false => format!("{count} files in {}", output.folder.display()),
                }
            }
        };
        let _ = writeln!(outcome.stdout, "{place}: {}", summary(&output));
    }
    Ok(Done { generator, output })
}

/// What a run that fails depends on.
pub fn watched(what: &What, documents: &DocumentSet) -> Vec<PathBuf> {
    match generator(&what.input) {
        Ok(generator) => generator.watched(documents),
        Err(_) => Generator::new().watched(documents),
    }
}

fn say(what: &What, output: &Output, outcome: &mut Outcome) {
    match what.message_format {
        Format::Human => show::report(
            &output.report,
            &output.documents,
            what.notes,
            &mut outcome.stderr,
        ),
        Format::Json => say_lines(&output.report, Some(&output.plan), outcome),
    }
}

/// Writes the loss report of a run that failed for its losses.
fn with_losses(generator: &Generator, failure: Failure) -> Ended {
    match write_losses(generator, &failure) {
        Ok(()) => Ended::Input(failure),
        Err(error) => Ended::Output(error),
    }
}

/// What a run did, in one line.
fn summary(output: &Output) -> String {
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
    format!("{created} new, {replaced} changed, {removed} removed")
}

/// Compares what is on disk with what would be written.
pub fn check(what: &What, outcome: &mut Outcome) -> Result<(), Ended> {
    let generator = generator_for(what)?;
    let output = if let Some(path) = &what.single_file {
        let output = compare_single_file(&generator, path)?;
        if what.message_format == Format::Human {
            let new = output.files.iter().next().map_or("", |(_, text)| text);
            for (name, change) in &output.plan.changes {
                let old = match change {
                    Change::Create => "",
                    Change::Replace(old) | Change::Remove(old) => old,
                };
                diff::unified(name, old, new, &mut outcome.stdout);
            }
            diff::lock(&output, &mut outcome.stdout);
        }
        output
    } else {
        let output = generator.plan()?;
        if what.message_format == Format::Human {
            diff::plan(&output, &mut outcome.stdout);
        }
        output
    };
    let fresh = output.plan.is_fresh();
    outcome.status = u8::from(!fresh);
    say(what, &output, outcome);
    if !fresh && what.message_format == Format::Human {
        outcome
            .stderr
            .push_str("not fresh: run `flowtypes generate` with the same options\n");
    }
    Ok(())
}

/// Prints what a stage makes of the schemas.
pub fn dump(stage: Stage, input: &Input, outcome: &mut Outcome) -> Result<(), Ended> {
    let (text, report, documents) = internals::dump(&generator(input)?, stage)?;
    show::report(&report, &documents, false, &mut outcome.stderr);
    let _ = writeln!(outcome.stdout, "{text}");
    Ok(())
}
