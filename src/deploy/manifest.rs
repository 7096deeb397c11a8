//! The lists of components that the Metadata API reads.

use askama::Template;

use super::Components;
use crate::config::Config;

/// A `package.xml` or a `destructiveChanges.xml` as its template sees it: final text. Names of components are API names,
/// which need no escaping.
#[derive(Debug, Template)]
#[template(
    path = "deploy/package.xml",
    config = "templates/askama.toml",
    escape = "none"
)]
struct Package {
    kinds: Vec<(&'static str, Vec<String>)>,
    version: Option<String>,
}

/// The list of what a package holds.
pub(super) fn package(components: &Components, config: &Config) -> (String, String) {
    let kinds = components.iter();
    let kinds = kinds.map(|(kind, names)| (*kind, names.iter().cloned().collect()));
    named("package.xml", kinds.collect(), Some(api_version(config)))
}

/// What takes a package back: a list of nothing, and one of what is to be removed.
pub(super) fn removal(components: &Components, config: &Config) -> Vec<(String, String)> {
    let kinds = components.iter().map(|(kind, names)| {
        let names = names.iter().map(|name| match *kind {
            // An org removes versions of a flow, not a flow.
            "Flow" => format!("{name}-1"),
            _ => name.clone(),
        });
        (*kind, names.collect())
    });
    vec![
        named("destructiveChanges.xml", kinds.collect(), None),
        named("package.xml", Vec::new(), Some(api_version(config))),
    ]
}

fn named(
    name: &str,
    kinds: Vec<(&'static str, Vec<String>)>,
    version: Option<String>,
) -> (String, String) {
    // Writing to a text cannot fail.
    let text = Package { kinds, version }.render().unwrap_or_default();
    (name.to_owned(), text)
}

/// The API version of a deployment: the newest that a part of it asks for.
pub(super) fn api_version(config: &Config) -> String {
    let (apex, flow) = (&config.apex.api_version, &config.flow.api_version);
    let number = |version: &str| version.parse::<f64>().unwrap_or_default();
    let newest = if number(flow) > number(apex) {
        flow
    } else {
        apex
    };
    newest.clone()
}
