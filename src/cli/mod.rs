//! What the command line understands, and what it answers.

mod breaks;
mod channel;
mod descriptor;
mod diff;
mod explain;
mod flow_input;
mod from_flow;
mod generate;
mod infer;
mod init;
mod lint;
mod options;
mod picture;
mod progress;
mod show;
mod watch;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use flowtypes::internals::{Stage, lines};
use flowtypes::output::Plan;
use flowtypes::report::Report;
use flowtypes::{Error, Failure};
use options::{Input, What};

const EXAMPLES: &str = "\
Examples:
  flowtypes init                                      a configuration and an example to start from
  flowtypes init --from-sample order-1.json           the same with a schema that is inferred from JSON samples
  flowtypes generate                                  what flowtypes.json names, or schemas/
  flowtypes generate order.json --target apex         one schema, one target
  flowtypes generate --from-sample order-1.json       from JSON samples, without a schema
  flowtypes check                                     is everything up to date?
  flowtypes explain FT2002                            what a diagnostic means, and the way out";

const GENERATE_EXAMPLES: &str = "\
Examples:
  flowtypes generate
  flowtypes generate order.json --target apex --out force-app
  flowtypes generate --target rust --single-file src/order.rs order.json
  flowtypes generate --from-sample answer-1.json answer-2.json --root-name Answer
  curl https://example.com/order.schema.json | flowtypes generate - --root-name Order
  flowtypes generate --watch";

const DIFF_EXAMPLES: &str = "\
Examples:
  flowtypes diff schemas-1.0 schemas
  git show HEAD:schemas/order.json | flowtypes diff - schemas/order.json
  flowtypes diff --target flow --target apex old/order.json new/order.json";

const INFER_EXAMPLES: &str = "\
Examples:
  flowtypes infer answer.json > answer.schema.json
  flowtypes infer answer-1.json answer-2.json --root-name Answer
  curl https://example.com/orders/1 | flowtypes infer - --root-name Order";

const INIT_EXAMPLES: &str = "\
Examples:
  flowtypes init
  flowtypes init --from-sample order-1.json order-2.json --root-name Order";

/// Generate Apex-defined types, Flow metadata and Rust types from JSON Schema.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Whether what is said is in colour [default: on a terminal, unless NO_COLOR is set]
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    color: Option<Color>,
}

/// When there is colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the types of some schemas.
    #[command(override_usage = "flowtypes generate [OPTIONS] [SCHEMA]...", after_help = GENERATE_EXAMPLES)]
    Generate {
        #[command(flatten)]
        what: What,
        /// Replace files that flowtypes did not write.
        #[arg(long)]
        force: bool,
        /// Stay, and generate again whenever a schema or the configuration changes.
        #[arg(long)]
        watch: bool,
        /// Drop the names of what is gone from the file that keeps names
        #[arg(long, conflicts_with = "no_lock")]
        prune_lock: bool,
    },
    /// Say whether what is on disk is what would be written, and show the difference.
    #[command(override_usage = "flowtypes check [OPTIONS] [SCHEMA]...")]
    Check {
        #[command(flatten)]
        what: What,
    },
    /// List what a change of schemas breaks in Rust, Apex and Flow; the exit status is 1 if there is a break.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(breaks::Diff),
    /// Print a schema that all of some JSON samples are valid for.
    #[command(after_help = INFER_EXAMPLES)]
    Infer {
        /// JSON documents of one kind; `-` is the standard input
        #[arg(required = true, value_name = "SAMPLE")]
        samples: Vec<PathBuf>,
        /// The name of the type [default: the name of the first sample]
        #[arg(long, value_name = "NAME", value_parser = options::root_name)]
        root_name: Option<String>,
    },
    /// Print what a stage makes of some schemas, as JSON.
    #[command(override_usage = "flowtypes dump [OPTIONS] --stage <STAGE> [SCHEMA]...")]
    Dump {
        /// The stage.
        #[arg(long, value_enum)]
        stage: Stage,
        #[command(flatten)]
        input: Input,
    },
    /// Print the action descriptors of a service, made from its OpenAPI description.
    #[command(
        override_usage = "flowtypes descriptor [OPTIONS] <DOCUMENT> --registration <NAME>\n       flowtypes descriptor --from-flow <FLOW>",
        after_help = "Example:\n  flowtypes descriptor shop.yaml --registration Shop --operation getOrder > actions/get-order.json"
    )]
    Descriptor(descriptor::Descriptor),
    /// Say what a diagnostic means, with an example and a way out.
    Explain {
        /// The code, such as FT0201; without one, all codes are listed
        code: Option<String>,
    },
    /// Write a configuration and a schema to start from: an example, or one inferred from JSON samples of yours; never replaces a file.
    #[command(after_help = INIT_EXAMPLES)]
    Init(init::Init),
    /// Print the completions of a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Check flow files, whoever wrote them: references, names, types, paths.
    #[command(
        after_help = "Examples:\n  flowtypes lint force-app\n  flowtypes lint Order.flow-meta.xml Order.cls --notes"
    )]
    Lint(lint::Lint),
    /// Turn on session-based chat in a messaging channel that was retrieved from an org.
    #[command(
        after_help = "Example:\n  flowtypes channel force-app/main/default/messagingChannels/Web.messagingChannel-meta.xml --check"
    )]
    Channel(channel::Channel),
    /// Draw a flow, as SVG or as Mermaid text.
    #[command(after_help = "Example:\n  flowtypes picture Order.flow-meta.xml --out order.svg")]
    Picture(picture::Picture),
}

/// What the program says, and how it ends: 0 done, 1 errors in the input or files that are not fresh, 2 wrong usage.
#[derive(Debug, Default)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    pub status: u8,
}

/// How diagnostics are said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the line of the source.
    #[default]
    Human,
    /// For programs, one JSON object on each line of the standard output.
    Json,
}

impl Cli {
    /// When there is to be colour.
    pub fn color(&self) -> anstream::ColorChoice {
        match self.color {
            None | Some(Color::Auto) => anstream::ColorChoice::Auto,
            Some(Color::Always) => anstream::ColorChoice::Always,
            Some(Color::Never) => anstream::ColorChoice::Never,
        }
    }

    /// Does what was asked, and hands over what there is to say.
    pub fn run(self, say: &mut dyn FnMut(&Outcome)) -> u8 {
        if let Command::Generate {
            what,
            force,
            watch: true,
            prune_lock,
        } = &self.command
        {
            let changes = Changes {
                force: *force,
                prune_lock: *prune_lock,
            };
            return watch::run(what, changes, say);
        }
        let mut outcome = Outcome::default();
        let format = match &self.command {
            Command::Generate { what, .. } | Command::Check { what } => what.message_format,
            Command::Diff(diff) => diff.message_format,
            _ => Format::Human,
        };
        let writes = self.command.writes();
        let done = match self.command {
            Command::Generate {
                what,
                force,
                prune_lock,
                ..
            } => {
                let changes = Changes { force, prune_lock };
                let done = generate::generate(&what, changes, &mut outcome);
                // The process ends now, and the system takes back memory faster than it can be given back.
                done.map(std::mem::forget)
            }
            Command::Check { what } => generate::check(&what, &mut outcome),
            Command::Diff(diff) => breaks::diff(&diff, &mut outcome),
            Command::Infer { samples, root_name } => {
                infer::print(&samples, root_name.as_deref(), &mut outcome)
            }
            Command::Dump { stage, input } => generate::dump(stage, &input, &mut outcome),
            Command::Descriptor(descriptor) => descriptor.run(&mut outcome),
            Command::Lint(lint) => lint.run(&mut outcome),
            Command::Channel(channel) => channel.run(&mut outcome),
            Command::Picture(picture) => picture.run(&mut outcome),
            Command::Explain { code } => explain::explain(code.as_deref(), &mut outcome),
            Command::Init(what) => init::init(&what, &mut outcome),
            Command::Completions { shell } => {
                let mut text = Vec::new();
                clap_complete::generate(shell, &mut Self::command(), "flowtypes", &mut text);
                outcome.stdout = String::from_utf8_lossy(&text).into_owned();
                Ok(())
            }
        };
        if let Err(ended) = done {
            ended.say(format, &mut outcome);
            if writes && format == Format::Human && outcome.status == 1 {
                outcome.stderr.push_str(NOTHING_WRITTEN);
            }
        }
        say(&outcome);
        outcome.status
    }
}

/// What ends the report of a command that would have written something.
const NOTHING_WRITTEN: &str = "nothing was written\n";

impl Command {
    /// Whether it writes files, if all is well.
    fn writes(&self) -> bool {
        match self {
            Self::Generate { .. } | Self::Channel(_) | Self::Picture(_) | Self::Init(_) => true,
            Self::Check { .. }
            | Self::Diff(_)
            | Self::Infer { .. }
            | Self::Dump { .. }
            | Self::Descriptor(_)
            | Self::Lint(_)
            | Self::Explain { .. }
            | Self::Completions { .. } => false,
        }
    }
}

/// What a run may change beside what it makes.
#[derive(Debug, Clone, Copy)]
struct Changes {
    /// Files of others.
    force: bool,
    /// The names of what is gone.
    prune_lock: bool,
}

/// Why a command did not do what was asked.
enum Ended {
    Input(Failure),
    Output(Error),
    Usage(String),
}

impl Ended {
    fn say(&self, format: Format, outcome: &mut Outcome) {
        outcome.status = match self {
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Output(_) => 1,
        };
        match (self, format) {
            (
                Self::Input(Failure { report, .. }) | Self::Output(Error::Input(report)),
                Format::Json,
            ) => say_lines(report, None, outcome),
            (Self::Input(failure), Format::Human) => show::report(
                &failure.report,
                &failure.documents,
                false,
                &mut outcome.stderr,
            ),
            (Self::Usage(message), _) => {
                let _ = writeln!(outcome.stderr, "error: {message}");
            }
            (Self::Output(error), _) => {
                let _ = writeln!(outcome.stderr, "{error}");
            }
        }
        if format == Format::Json && matches!(self, Self::Usage(_) | Self::Output(Error::NoOutDir))
        {
            // There is nothing to say of the input, and programs wait for the last line.
            say_lines(&Report::default(), None, outcome);
        }
    }
}

/// The exit status of a command line that clap has refused, or answered itself as it does `--help`.
pub fn status(refused: &clap::Error) -> u8 {
    if refused.use_stderr() { 2 } else { 0 }
}

/// What the arguments of this program ask for.
///
/// # Errors
/// If they ask for nothing that there is.
pub fn parse() -> Result<Cli, clap::Error> {
    Cli::try_parse().map_err(|mut refused| {
        // Who names a file and nothing else wants types of it.
        if let Some(ContextValue::String(word)) = refused.get(ContextKind::InvalidSubcommand)
            && Path::new(word).exists()
        {
            let tip = format!("to make types of it, run `flowtypes generate {word}`");
            let tip = ContextValue::StyledStrs(vec![tip.into()]);
            refused.insert(ContextKind::Suggested, tip);
        }
        refused
    })
}

/// The last line for programs that wait for it, if a command line that asks for lines of JSON was refused.
pub fn last_line(refused: &clap::Error, arguments: impl Iterator<Item = OsString>) -> String {
    let arguments: Vec<OsString> = arguments.collect();
    let asks = |pair: &[OsString]| pair == ["--message-format", "json"];
    let is_asked = arguments.windows(2).any(asks)
        || arguments.iter().any(|one| one == "--message-format=json");
    let mut outcome = Outcome {
        status: status(refused),
        ..Outcome::default()
    };
    if is_asked && refused.use_stderr() {
        say_lines(&Report::default(), None, &mut outcome);
    }
    outcome.stdout
}

/// Says everything as lines of JSON.
fn say_lines(report: &Report, plan: Option<&Plan>, outcome: &mut Outcome) {
    for line in lines(report, plan, outcome.status) {
        if let Ok(text) = serde_json::to_string(&line) {
            let _ = writeln!(outcome.stdout, "{text}");
        }
    }
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
