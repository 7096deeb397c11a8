//! The way through, in order, and nothing else: no file is touched here.

use crate::action::{Action, Descriptors, SchemaRoots, openapi};
use crate::config::Config;
use crate::deploy;
use crate::diagnostic::Diagnostics;
use crate::dialect::{self, About};
use crate::document::DocumentSet;
use crate::ir::{self, TypeGraph};
use crate::naming::{Book, Places};
use crate::normalize;
use crate::output::OutputFiles;
use crate::progress::{Listener, Step};
use crate::surface::{Rules, Surface};
use crate::target::{ServiceInput, Target, TargetInput};

/// A stage whose result can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Stage {
    /// The schemas without their dialect.
    Schema,
    /// The shapes.
    Normal,
    /// The types.
    Types,
    /// What the types accept.
    Checks,
}

/// From documents to files. There are files only if there is no error. The book has the names of the lock, and gets
/// those that are given.
pub fn generate(
    documents: &DocumentSet,
    descriptors: &Descriptors,
    config: &Config,
    book: &mut Book,
    diagnostics: &mut Diagnostics,
    progress: &Listener,
) -> OutputFiles {
    let mut files = OutputFiles::default();
    generate_into(
        &mut files,
        documents,
        descriptors,
        config,
        book,
        diagnostics,
        progress,
    );
    if diagnostics.has_errors() {
        OutputFiles::default()
    } else {
        deploy::arrange(files, config, diagnostics)
    }
}

/// What others can use of the files, to compare it with that of other schemas.
pub fn surface(
    documents: &DocumentSet,
    descriptors: &Descriptors,
    config: &Config,
    book: &mut Book,
    diagnostics: &mut Diagnostics,
) -> Surface {
    let mut files = OutputFiles::with_surface();
    generate_into(
        &mut files,
        documents,
        descriptors,
        config,
        book,
        diagnostics,
        &Listener::default(),
    );
    files.into_surface()
}

fn generate_into(
    files: &mut OutputFiles,
    documents: &DocumentSet,
    descriptors: &Descriptors,
    config: &Config,
    book: &mut Book,
    diagnostics: &mut Diagnostics,
    progress: &Listener,
) {
    with_types(
        documents,
        About::Inputs,
        config,
        diagnostics,
        progress,
        |types, diagnostics| {
            if diagnostics.has_errors() {
                return;
            }
            book.prefix_classes(&config.apex.class_prefix);
            with_services(documents, config, diagnostics, |services, diagnostics| {
                let of_types = types.modules.iter().map(|module| module.document);
                let of_actions = descriptors.actions.iter().map(|action| action.document);
                let of_lifecycles = descriptors.lifecycles.iter().map(|one| one.document);
                let of_services = services.actions.iter().map(|action| action.document);
                let of_flows = of_actions.chain(of_lifecycles).chain(of_services).flatten();
                let places = Places::new(types, documents, of_types.chain(of_flows), book);
                let input = TargetInput {
                    types,
                    documents,
                    places: &places,
                    actions: &descriptors.actions,
                    lifecycles: &descriptors.lifecycles,
                    services: &services,
                };
                if let Some(surface) = files.surface_mut() {
                    let rules = Rules::of(types, &places.of_checks(types, documents));
                    surface.set_rules(rules, Target::enforcers(config));
                }
                let targets = &config.targets;
                Target::generate_all(targets, &input, config, book, diagnostics, files, progress);
            });
        },
    );
}

/// The result of one stage as JSON.
///
/// # Errors
/// If the result cannot be written as JSON.
pub fn dump(
    documents: &DocumentSet,
    stage: Stage,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<String, serde_json::Error> {
    let mut schemas = dialect::read(documents, About::Inputs, config, diagnostics);
    let normal = normalize::normalize(&schemas, config, diagnostics);
    let checks = ir::check::checks(&schemas);
    ir::defaults::look(&schemas, &checks, diagnostics);
    let locations = std::mem::take(&mut schemas.locations);
    let types = ir::convert(&normal, &locations, checks, config.root_name.as_deref());
    match stage {
        Stage::Schema => serde_json::to_string_pretty(&schemas),
        Stage::Normal => serde_json::to_string_pretty(&normal),
        Stage::Types => serde_json::to_string_pretty(&types),
        Stage::Checks => serde_json::to_string_pretty(&types.checks),
    }
}

/// Runs the stages that all targets share. What comes before the types is gone by then: it is as large as they are.
pub(crate) fn with_types<T>(
    documents: &DocumentSet,
    about: About,
    config: &Config,
    diagnostics: &mut Diagnostics,
    progress: &Listener,
    use_them: impl FnOnce(&TypeGraph<'_>, &mut Diagnostics) -> T,
) -> T {
    progress.begin(Step::Schemas);
    let mut schemas = dialect::read(documents, about, config, diagnostics);
    progress.begin(Step::Shapes);
    let normal = normalize::normalize(&schemas, config, diagnostics);
    progress.begin(Step::Types);
    let checks = ir::check::checks(&schemas);
    ir::defaults::look(&schemas, &checks, diagnostics);
    let locations = std::mem::take(&mut schemas.locations);
    drop(schemas);
    let root_name = match about {
        About::Inputs => config.root_name.as_deref(),
        About::Services => None,
    };
    let types = ir::convert(&normal, &locations, checks, root_name);
    drop(normal);
    use_them(&types, diagnostics)
}

/// The descriptors of the services that the configuration names. They have types of their own: an org makes the classes
/// of a service itself, so that no other target has a use for them.
fn with_services(
    documents: &DocumentSet,
    config: &Config,
    diagnostics: &mut Diagnostics,
    use_them: impl FnOnce(ServiceInput<'_>, &mut Diagnostics),
) {
    if documents.services().is_empty() {
        return use_them(ServiceInput::default(), diagnostics);
    }
    let silent = Listener::default();
    with_types(
        documents,
        About::Services,
        config,
        diagnostics,
        &silent,
        |types, diagnostics| {
            let roots = SchemaRoots::new(types).with_paths(documents);
            let mut actions = Vec::new();
            for (service, document) in config.services.iter().zip(documents.services()) {
                let described = document.map(|document| {
                    openapi::describe(service, document, documents, &roots, diagnostics)
                });
                actions.extend(described.into_iter().flatten());
            }
            let services = ServiceInput {
                types: Some(types),
                actions: &actions,
            };
            use_them(services, diagnostics);
        },
    );
}

/// The descriptors of the services that the configuration names, in its order.
pub(crate) fn services(
    documents: &DocumentSet,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<Action> {
    let mut actions = Vec::new();
    with_services(documents, config, diagnostics, |services, _| {
        actions = services.actions.to_vec();
    });
    actions
}
