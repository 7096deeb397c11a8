//! The Apex target: Apex-defined types, which Flow and Apex code share.
//!
//! One top-level class per type that has parts, and one with constants per enum; no inner classes, no methods.
//! Limits and rules: Salesforce Help, "Considerations for the Apex-Defined Data Type".

pub mod config;
mod facts;
mod ident;
mod lower;
mod model;
pub(crate) mod names;
pub mod platform;
mod report;
mod reserved;
mod style;
#[cfg(test)]
mod tests;
mod text;
pub(crate) mod types;

use askama::Template;

use self::lower::{Class, lower};
use self::model::Meta;
use self::names::Names;
use self::report::Report;
use self::types::TypeMap;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::naming::Ledger;
use crate::output::OutputFiles;
use crate::target::TargetInput;

/// Generates all files of the target.
pub(crate) fn generate(
    input: &TargetInput<'_>,
    config: &Config,
    ledger: &mut Ledger,
    diagnostics: &mut Diagnostics,
    files: &mut OutputFiles,
) {
    let graph = input.types;
    config.apex.check(diagnostics);
    let types = TypeMap::new(graph);
    let names = Names::resolve(
        graph,
        &types,
        input.places,
        &config.apex,
        ledger,
        diagnostics,
    );
    let mut report = Report::new(diagnostics, graph.locations);
    let classes = lower(graph, &types, &names, &config.apex, &mut report);
    let data_classes = classes
        .iter()
        .filter(|class| matches!(class, Class::Data(_)))
        .count();
    let meta = Meta {
        api_version: &config.apex.api_version,
    };
    let mut failed = Vec::new();
    for class in &classes {
        let (name, source) = match class {
            Class::Data(class) => (&class.name, class.render()),
            Class::Constants(class) => (&class.name, class.render()),
        };
        let path = format!("apex/classes/{name}.cls");
        match (source, meta.render()) {
            (Ok(source), Ok(meta)) => {
                report.size(name, &source);
                failed.extend(files.insert(format!("{path}-meta.xml"), &meta).err());
                failed.extend(files.insert(path, &source).err());
            }
            (Err(_), _) | (_, Err(_)) => failed.push(path),
        }
    }
    report.finish(data_classes);
    for path in failed {
        diagnostics.push(Diagnostic::new(
            Code::Unwritable,
            format!("`{path}` cannot be generated"),
        ));
    }
}
