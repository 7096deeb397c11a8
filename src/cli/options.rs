//! The options that stand in the configuration too; what the command line says counts.

use std::path::PathBuf;

use clap::Args;
use flowtypes::config::{Config, DialectName, FormatMode, Handling, LockFile};
use flowtypes::target::rust::config::UnknownFields;

/// How schemas are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// The name of the root type of the first schema; no other type takes it
    #[arg(long, value_name = "NAME")]
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
    /// Whether `format` is checked [default: as the dialect says]
    #[arg(long, value_enum, value_name = "MODE")]
    formats: Option<FormatMode>,
}

/// How types are written.
#[derive(Debug, Args)]
pub struct Writing {
    /// What Rust types do with properties that a schema neither names nor forbids [default: ignore]
    #[arg(long, value_enum, value_name = "HOW")]
    unknown_fields: Option<UnknownFields>,
    /// Write the loss report to this file: every keyword that a target weakens, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The file that keeps names [default: flowtypes.lock.json beside the configuration, else in the output folder]
    #[arg(long, value_name = "FILE", conflicts_with = "no_lock")]
    lock: Option<PathBuf>,
    /// Keep no names, and read none: they are made from the schemas alone
    #[arg(long)]
    no_lock: bool,
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
        config.formats = self.formats.or(config.formats);
        config.resolve.extend(self.resolve.iter().cloned());
    }
}

impl Writing {
    /// Puts the options that were given into the configuration.
    pub fn apply(&self, config: &mut Config) {
        set(&mut config.rust.unknown_fields, self.unknown_fields);
        if let Some(path) = &self.report {
            config.report = Some(path.display().to_string());
        }
        if let Some(path) = &self.lock {
            config.lock = LockFile::At(path.display().to_string());
        }
        if self.no_lock {
            config.lock = LockFile::Usual(false);
        }
    }
}

fn set<T: Copy>(option: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *option = given;
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
