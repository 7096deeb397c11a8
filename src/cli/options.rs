//! The options that stand in the configuration too; what the command line says counts.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PathBufValueParser, TypedValueParser};
use flowtypes::Target;
use flowtypes::config::{
    Config, DialectName, FormatMode, Handling, Layout, LockFile, UnknownFields, UnknownProperties,
};

use super::{Ended, Format};

/// The schemas.
#[derive(Debug, Args)]
pub struct Input {
    /// Schemas: files, folders whose *.json files are read, or `-` for the standard input [default: what flowtypes.json names, or schemas/]
    #[arg(value_name = "SCHEMA")]
    pub schemas: Vec<PathBuf>,
    /// The configuration [default: flowtypes.json, if it is there]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

/// The schemas, and what is to be made of them.
#[derive(Debug, Args)]
pub struct What {
    #[command(flatten)]
    pub input: Input,
    /// Generate from a schema that is inferred from these JSON documents; `-` is the standard input
    #[arg(long, value_name = "SAMPLE", num_args = 1.., conflicts_with = "schemas")]
    pub from_sample: Vec<PathBuf>,
    /// What to generate; may be given several times [default: all]
    #[arg(long = "target", value_enum, value_name = "TARGET")]
    pub targets: Vec<Target>,
    /// Show notes too: what was renamed, and what a target leaves to others
    #[arg(long)]
    pub notes: bool,
    /// How diagnostics are said
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub message_format: Format,
    /// The folder to write to [default: generated]
    #[arg(long, value_name = "DIR", value_parser = written())]
    pub out: Option<PathBuf>,
    /// Write one Rust module to this file, and nothing else
    #[arg(long, value_name = "FILE", conflicts_with = "out", value_parser = written())]
    pub single_file: Option<PathBuf>,
    #[command(flatten)]
    pub writing: Writing,
}

/// How schemas are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// The name of the root type of the first schema; no other type takes it
    #[arg(long, value_name = "NAME", value_parser = root_name)]
    root_name: Option<String>,
    /// The dialect of a schema that names none in $schema [default: 2020-12]
    #[arg(long, value_enum, value_name = "DIALECT")]
    default_dialect: Option<DialectName>,
    /// What is invalid in a schema is an error, or a warning and says nothing [default: error]
    #[arg(long, value_enum, value_name = "HOW")]
    invalid_schema: Option<Handling>,
    /// The documents whose URIs start so are in this folder; may be given several times
    #[arg(long, value_name = "URI-PREFIX=DIR", value_parser = mapping)]
    resolve: Vec<(String, String)>,
    /// A reference without a target is an error, or a warning and allows every value [default: error]
    #[arg(long, value_enum, value_name = "HOW")]
    unresolved: Option<Handling>,
    /// Make types of the schemas that stand in the operations of an OpenAPI document, too
    #[arg(long)]
    operation_schemas: bool,
    /// Whether `format` is checked [default: as the dialect says]
    #[arg(long, value_enum, value_name = "MODE")]
    formats: Option<FormatMode>,
}

/// How types are written.
#[derive(Debug, Args)]
pub struct Writing {
    /// What Rust types and Apex classes do with properties that a schema neither names nor forbids; Apex denies none
    /// [default: ignore]
    #[arg(long, value_enum, value_name = "HOW")]
    unknown_fields: Option<UnknownFields>,
    /// Write the loss report to this file: every keyword that a target weakens, as JSON
    #[arg(long, value_name = "FILE", value_parser = written())]
    report: Option<PathBuf>,
    /// The file that keeps names [default: flowtypes.lock.json beside the configuration, else in the output folder]
    #[arg(long, value_name = "FILE", conflicts_with = "no_lock", value_parser = written())]
    lock: Option<PathBuf>,
    /// Keep no names, and read none: they are made from the schemas alone
    #[arg(long)]
    no_lock: bool,
    /// How the files are laid out: a folder for each target, a Salesforce DX project, or metadata format; the last two
    /// without Rust [default: plain]
    #[arg(
        long,
        value_enum,
        value_name = "LAYOUT",
        conflicts_with = "single_file"
    )]
    layout: Option<Layout>,
    /// With the layout mdapi: write zip files that can be deployed, in place of folders
    #[arg(long, conflicts_with = "single_file")]
    zip: bool,
}

impl Reading {
    /// Puts the options that were given into the configuration.
    pub fn apply(&self, config: &mut Config) {
        if let Some(name) = &self.root_name {
            config.root_name = Some(name.clone());
        }
        set(&mut config.default_dialect, self.default_dialect);
        set(&mut config.invalid_schema, self.invalid_schema);
        set(&mut config.unresolved, self.unresolved);
        config.operation_schemas |= self.operation_schemas;
        config.formats = self.formats.or(config.formats);
        config.resolve.extend(self.resolve.iter().cloned());
    }
}

impl Writing {
    /// Puts the options that were given into the configuration.
    pub fn apply(&self, config: &mut Config) {
        set(&mut config.rust.unknown_fields, self.unknown_fields);
        let in_apex = self.unknown_fields.and_then(|how| match how {
            UnknownFields::Ignore => Some(UnknownProperties::Ignore),
            UnknownFields::Keep => Some(UnknownProperties::Keep),
            // Apex denies none.
            _ => None,
        });
        set(&mut config.apex.unknown_fields, in_apex);
        if let Some(path) = &self.report {
            config.report = Some(path.display().to_string());
        }
        if let Some(path) = &self.lock {
            config.lock = LockFile::At(path.display().to_string());
        }
        if self.no_lock {
            config.lock = LockFile::Usual(false);
        }
        set(&mut config.layout, self.layout);
        config.zip |= self.zip;
    }

    /// Whether the options of the command line go together; what the configuration says is looked at with all of it.
    pub fn go_with(&self, layout: Layout, targets: &[Target]) -> Result<(), Ended> {
        if self.zip && layout != Layout::Mdapi {
            let message = "--zip goes with --layout mdapi alone";
            return Err(Ended::Usage(message.to_owned()));
        }
        let is_rust_alone = !targets.is_empty() && targets.iter().all(|one| *one == Target::Rust);
        if is_rust_alone && self.layout.is_some_and(|layout| layout != Layout::Plain) {
            let message =
                "--target rust goes with --layout plain: the other layouts hold Apex and flows";
            return Err(Ended::Usage(message.to_owned()));
        }
        Ok(())
    }
}

fn set<T: Copy>(option: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *option = given;
    }
}

/// A file or folder that is written. Of what is read `-` is the standard input, so that it is hardly the name of a file.
pub fn written() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match path == Path::new("-") {
        true => {
            Err("nothing is written to `-`: name a file or folder; `./-` is one that is called so")
        }
        false => Ok(path),
    })
}

/// A name of which a language can make one of its own.
pub fn root_name(text: &str) -> Result<String, String> {
    match text.contains(char::is_alphanumeric) {
        true => Ok(text.to_owned()),
        false => Err("a name has a letter or a digit in it".to_owned()),
    }
}

/// `URI-PREFIX=DIR`.
fn mapping(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((prefix, folder)) if !prefix.is_empty() && !folder.is_empty() => {
            Ok((prefix.to_owned(), folder.to_owned()))
        }
        _ => Err("this is not URI-PREFIX=DIR, such as http://example.com/=schemas".to_owned()),
    }
}
