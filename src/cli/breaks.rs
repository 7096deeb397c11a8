//! What a change of schemas breaks.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use flowtypes::internals::{Line, end, shown_as};
use flowtypes::report::Report;
use flowtypes::surface::{Change, How, Surface, compare};
use flowtypes::{Generator, Target};

use super::flow_input::is_stdin;
use super::generate::{self, configured, standard_input};
use super::options::Reading;
use super::show::plural;
use super::{Ended, Format, Outcome};

/// Two states of some schemas.
#[derive(Debug, Args)]
pub struct Diff {
    /// The schemas before: a file, a folder whose *.json files are read, or `-` for the standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The schemas now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The targets to look at; may be given several times [default: all]
    #[arg(long = "target", value_enum, value_name = "TARGET")]
    targets: Vec<Target>,
    /// The configuration [default: flowtypes.json, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// How differences are said
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub message_format: Format,
}

/// Says what has changed, what breaks first.
pub fn diff(options: &Diff, outcome: &mut Outcome) -> Result<(), Ended> {
    if is_stdin(&options.old) && is_stdin(&options.new) {
        return Err(generate::read_twice());
    }
    // Both under one name: that of the newer file, if it has one.
    let named = if options.new == Path::new("-") {
        &options.old
    } else {
        &options.new
    };
    let old = surface(options, &options.old, named)?;
    let new = surface(options, &options.new, named)?;
    let changes = compare(&old, &new);
    let broken = changes.iter().filter(|change| change.breaks).count();
    outcome.status = u8::from(broken > 0);
    match options.message_format {
        Format::Human => human(&changes, broken, &mut outcome.stdout),
        Format::Json => {
            let lines = changes.iter().map(Line::Change);
            let end = end(&Report::default(), outcome.status);
            for line in lines.chain([end]) {
                if let Ok(text) = serde_json::to_string(&line) {
                    let _ = writeln!(outcome.stdout, "{text}");
                }
            }
        }
    }
    Ok(())
}

/// What others can use of the types of some schemas.
fn surface(options: &Diff, path: &Path, named: &Path) -> Result<Surface, Ended> {
    let mut generator = configured(options.config.as_ref())?;
    options.reading.apply(generator.config_mut());
    let (mut generator, name) = with_schemas(generator, path, named)?;
    for target in &options.targets {
        generator = generator.target(*target);
    }
    generator.surface().map_err(|failure| {
        let real = if path == Path::new("-") {
            "stdin.json".to_owned()
        } else {
            shown(path)
        };
        Ended::Input(match name {
            Some(name) => shown_as(failure, &name, &real),
            None => failure,
        })
    })
}

/// A folder goes with the action descriptors in it. A file is read as if it had the name of `named`, since types without a
/// title are named after their file; that name comes back.
fn with_schemas(
    generator: Generator,
    path: &Path,
    named: &Path,
) -> Result<(Generator, Option<String>), Ended> {
    let stdin = Path::new("-");
    if path != stdin && path.is_dir() {
        let actions = path.join("actions");
        let mut generator = generator.schema(path);
        if actions.is_dir() {
            generator = generator.action(actions);
        }
        return Ok((generator, None));
    }
    let is_file = named != stdin && !named.is_dir();
    if path == stdin {
        let name = if is_file {
            named
        } else {
            Path::new("stdin.json")
        };
        let name = shown(name);
        let text = standard_input()?;
        return Ok((generator.schema_text(name.as_str(), text), Some(name)));
    }
    match std::fs::read_to_string(path) {
        Ok(text) if is_file && path.file_name() != named.file_name() => {
            let name = shown(&path.with_file_name(named.file_name().unwrap_or_default()));
            Ok((generator.schema_text(name.as_str(), text), Some(name)))
        }
        // What cannot be read is said where schemas are read.
        Ok(_) | Err(_) => Ok((generator.schema(path), None)),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn human(changes: &[Change], broken: usize, to: &mut String) {
    for change in changes {
        let mark = if change.breaks { "breaks" } else { "safe" };
        let _ = write!(
            to,
            "{mark:6} {:4} {} {} {}",
            target_name(change.target),
            change.item.as_str(),
            change.name,
            change.change.as_str()
        );
        let _ = match (change.change, &change.old, &change.new) {
            (How::Changed, Some(old), Some(new)) => write!(to, ": {old} → {new}"),
            (How::Added, _, Some(new)) => write!(to, ": {new}"),
            (How::Removed, Some(old), _) => write!(to, ": {old}"),
            _ => Ok(()),
        };
        if let Some(name) = &change.renamed_to {
            // What is told in any case is the same thing for sure.
            let mark = if change.change == How::Changed {
                ""
            } else {
                "?"
            };
            let _ = write!(to, " (renamed to {name}{mark})");
        }
        to.push('\n');
        if let Some(effect) = change.effect {
            let _ = writeln!(to, "            {effect}");
        }
    }
    let safe = changes.len() - broken;
    let differences = plural(broken, "difference");
    let verb = if broken == 1 { "breaks" } else { "break" };
    let _ = writeln!(
        to,
        "{differences} that {verb} something, {safe} that {}",
        if safe == 1 { "does not" } else { "do not" }
    );
}

fn target_name(target: Target) -> &'static str {
    target.folder().trim_end_matches('/')
}
