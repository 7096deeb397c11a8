//! What has to hold for any bytes: they end in a type model or in diagnostics, and what is made of the model holds exactly
//! the items that the model has, as parsers by others see it.

mod apex;
mod input;
mod rust;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use flowtypes::internals::{Book, Descriptors, Diagnostics, Listener, Stage, pipeline};
use flowtypes::output::OutputFiles;
use flowtypes::surface::{Kind, Surface};

pub use input::BETWEEN;
use input::{config, documents};

/// How often each item is there, by its name.
pub type Items = BTreeMap<String, usize>;

/// From bytes to types.
pub fn front_end(bytes: &[u8]) {
    let mut diagnostics = Diagnostics::default();
    let Some(documents) = documents(bytes, &mut diagnostics) else {
        return;
    };
    let config = config(bytes);
    for stage in [Stage::Types, Stage::Checks] {
        let mut own = Diagnostics::default();
        let text = pipeline::dump(&documents, stage, &config, &mut own);
        assert!(text.is_ok(), "a stage cannot be written down");
    }
}

/// From bytes to files, which are parsed again.
pub fn pipeline(bytes: &[u8]) {
    let mut diagnostics = Diagnostics::default();
    let Some(documents) = documents(bytes, &mut diagnostics) else {
        return;
    };
    let config = config(bytes);
    let descriptors = Descriptors::default();
    let files = pipeline::generate(
        &documents,
        &descriptors,
        &config,
        &mut Book::default(),
        &mut diagnostics,
        &Listener::default(),
    );
    if diagnostics.has_errors() {
        assert_eq!(files.iter().count(), 0, "there are files beside errors");
        return;
    }
    let mut again = Diagnostics::default();
    let surface = pipeline::surface(
        &documents,
        &descriptors,
        &config,
        &mut Book::default(),
        &mut again,
    );
    compare(&files, &surface);
}

/// Compares what parsers see in the files with what the model says is there.
fn compare(files: &OutputFiles, surface: &Surface) {
    let mut found = Items::new();
    for (path, text) in files.iter() {
        if path.ends_with(".rs") {
            rust::items(path, text, &mut found);
        } else if path.ends_with(".cls") {
            apex::items(path, text, &mut found);
        } else if path.ends_with(".xml") || path.ends_with(".flow") {
            xml::items(path, text, &mut found);
        }
    }
    // Code has variables of its own, which are nobody's business.
    let code = surface.iter().filter(|item| item.kind == Kind::Code);
    for class in code {
        let start = format!("apex {}.", class.name);
        found.retain(|name, _| !name.starts_with(&start));
    }
    found.retain(|name, _| !rust::is_shared(name));
    let mut said = Items::new();
    for item in surface.iter() {
        let parent = item.parent.rsplit("::").next().unwrap_or_default();
        let name = item.name.rsplit("::").next().unwrap_or_default();
        let name = match item.kind {
            Kind::Type => format!("rust {name}"),
            Kind::Field | Kind::Variant => format!("rust {parent}.{name}"),
            Kind::Class | Kind::Constants | Kind::Code => format!("apex {name}"),
            Kind::ClassField | Kind::Constant => format!("apex {parent}.{name}"),
            Kind::Method => format!("rust {parent}.{name}()"),
            Kind::Trait => format!("rust {parent}: {name}"),
            Kind::Flow => format!("flow {name}"),
            Kind::Input | Kind::Output | Kind::Variable | Kind::Choice | Kind::FlowConstant => {
                format!("flow {parent}.{name}")
            }
            // What they say is the schema's, and no item of an output.
            Kind::Rule | Kind::Default | Kind::JsonName | Kind::OutputValue => continue,
            new => panic!("nobody looks for a {new:?}"),
        };
        if item.kind == Kind::Constants {
            // The list of the others.
            *said.entry(format!("{name}.ALL")).or_default() += 1;
        }
        if !rust::is_shared(&name) {
            *said.entry(name).or_default() += 1;
        }
    }
    let differs = |name: &&String| found.get(*name) != said.get(*name);
    let names: BTreeSet<&String> = found.keys().chain(said.keys()).filter(differs).collect();
    let lines: Vec<String> = names
        .into_iter()
        .map(|name| {
            let count = |items: &Items| items.get(name).copied().unwrap_or_default();
            format!(
                "{name}: {} in the files, {} in the model",
                count(&found),
                count(&said)
            )
        })
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}
