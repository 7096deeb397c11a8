//! The Apex target: Apex-defined types, which Flow and Apex code share.
//!
//! One top-level class per type that has parts, and one with constants per enum; no inner classes, no methods.
//! Limits and rules: Salesforce Help, "Considerations for the Apex-Defined Data Type".

pub(crate) mod actions;
mod classes;
mod code;
mod codec;
mod companions;
pub mod config;
mod entries;
mod exact;
mod facts;
mod format;
mod ident;
mod lower;
mod model;
pub(crate) mod names;
mod pattern;
mod permission_set;
pub mod platform;
mod report;
mod reserved;
mod rules;
mod signs;
mod style;
mod surface;
mod testing;
#[cfg(test)]
mod tests;
mod text;
pub(crate) mod types;

use self::classes::Classes;
use self::config::UnknownProperties;
use self::lower::lower;
use self::names::{Names, Wanted};
use self::report::Report;
use self::rules::Rules;
use self::types::TypeMap;
use crate::config::Config;
use crate::deploy::Layout;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::TypeId;
use crate::naming::Ledger;
use crate::output::OutputFiles;
use crate::target::TargetInput;
use crate::target::signature::Signature;

/// Lets code of other namespaces make JSON of a class and back (Apex Developer Guide, "JsonAccess Annotation"), which an
/// agent in an org with a namespace does.
const JSON_ACCESS: &str = "@JsonAccess(serializable='always' deserializable='always')";

/// What holds the values of all types, and what that is called.
pub(crate) struct Resolved {
    pub types: TypeMap,
    pub names: Names,
    /// The types that there are actions for.
    pub chosen: Vec<TypeId>,
    rules: Rules,
}

/// Names all classes: those of the lock, and then all others.
pub(crate) fn resolve(
    input: &TargetInput<'_>,
    config: &Config,
    ledger: &mut Ledger,
    diagnostics: &mut Diagnostics,
) -> Resolved {
    let types = TypeMap::new(input.types);
    let (graph, places) = (input.types, input.places);
    let chosen = actions::chosen(graph, &types, &config.apex, diagnostics);
    let rules = match config.apex.codec {
        true => {
            let keeps_unknown = config.apex.unknown_fields == UnknownProperties::Keep;
            Rules::new(graph, &types, keeps_unknown)
        }
        false => Rules::none(graph, &types),
    };
    let wanted = Wanted {
        graph,
        types: &types,
        places,
        chosen: &chosen,
        rule_classes: rules.classes(graph),
    };
    let names = Names::resolve(&wanted, &config.apex, ledger, diagnostics);
    Resolved {
        types,
        names,
        chosen,
        rules,
    }
}

/// Generates all files of the target, except for the permission set. The answer are the classes that it has to grant.
pub(crate) fn generate(
    input: &TargetInput<'_>,
    resolved: &Resolved,
    config: &Config,
    diagnostics: &mut Diagnostics,
    files: &mut OutputFiles,
) -> Vec<String> {
    let graph = input.types;
    let Resolved {
        types,
        names,
        chosen,
        rules,
    } = resolved;
    let mut report = Report::new(diagnostics, graph.locations, config.apex.codec);
    let mut classes = Classes::new(config, files);
    lower(resolved, graph, &config.apex, &mut report, &mut classes);
    let named = (types, names);
    classes.extend(actions::classes(graph, named, &config.apex, chosen));
    if config.apex.tests {
        testing::classes(resolved, graph, &config.apex, &mut classes);
    }
    if config.apex.codec {
        codec::classes(resolved, graph, &config.apex, &mut classes);
        classes.extend(rules::classes(graph, rules, names, &config.apex));
    }
    let written = classes.finish();
    for (name, size) in written.too_long {
        report.too_long(&name, size);
    }
    report.finish(written.data_classes);
    for path in written.failed {
        unwritable(&path, diagnostics);
    }
    written.granted
}

/// What callers of the actions need to know.
pub(crate) fn signatures(
    input: &TargetInput<'_>,
    resolved: &Resolved,
    config: &Config,
) -> Vec<Signature> {
    let Resolved {
        types,
        names,
        chosen,
        ..
    } = resolved;
    actions::signatures(input.types, (types, names), &config.apex, chosen)
}

/// Generates the permission set for these classes and all flows of the run.
pub(crate) fn grant(
    input: &TargetInput<'_>,
    classes: &[String],
    config: &Config,
    diagnostics: &mut Diagnostics,
    files: &mut OutputFiles,
) {
    let is_one = config.layout == Layout::Plain;
    for path in permission_set::generate(&config.apex, classes, input.actions, is_one, files) {
        unwritable(&path, diagnostics);
    }
}

fn unwritable(path: &str, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::new(
        Code::Unwritable,
        format!("`{path}` cannot be generated"),
    ));
}
