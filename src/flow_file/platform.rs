//! What is known of the classes and actions that an org makes by itself, and from where.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

/// The data; empty if it cannot be read, which a test refuses.
static PLATFORM: LazyLock<Platform> =
    LazyLock::new(|| serde_json::from_str(include_str!("platform.json")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct Platform {
    classes: HashMap<String, BTreeMap<String, Property>>,
    actions: HashMap<String, Action>,
}

/// A property: its type as Apex writes it, and where it is known from.
#[derive(Debug, Deserialize)]
pub(crate) struct Property(pub String, pub Source);

/// Where something is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    /// A help page, or the public API.
    Documented,
    /// Debug logs of orgs.
    Observed,
    /// By analogy.
    Inferred,
}

/// An action.
#[derive(Debug, Deserialize)]
pub(crate) struct Action {
    /// The names of its inputs.
    pub inputs: Vec<String>,
    /// The class of the output `200`, where it is known.
    pub success: Option<String>,
    /// The class of the outputs of exceptions.
    pub error: String,
}

/// What is known of a class: its properties by name.
pub(crate) fn class(name: &str) -> Option<&'static BTreeMap<String, Property>> {
    PLATFORM.classes.get(name)
}

/// A property of a known class; each has a Boolean twin that tells whether it is set.
pub(crate) enum Found {
    Property(&'static Property),
    Twin,
    Missing,
}

/// The property of this name in the properties of a class, letter case aside.
pub(crate) fn property(properties: &'static BTreeMap<String, Property>, name: &str) -> Found {
    let find = |name: &str| {
        properties
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, property)| property)
    };
    if let Some(property) = find(name) {
        return Found::Property(property);
    }
    match name.strip_suffix("_set").and_then(find) {
        Some(_) => Found::Twin,
        None => Found::Missing,
    }
}

/// What is known of an action.
pub(crate) fn action(name: &str) -> Option<&'static Action> {
    PLATFORM.actions.get(name)
}

/// Whether a class is made by the org from the description of an API.
pub(crate) fn is_made_by_org(class: &str) -> bool {
    class.starts_with("AgentInvAction__") || class.starts_with("ExternalService__")
}

#[cfg(test)]
mod tests {
    use super::{Found, class, property};

    #[test]
    fn the_data_can_be_read_and_knows_twins() {
        let Some(variable) = class("AgentInvAction__AIAgentAPIV1_TextVariable") else {
            unreachable!("the data cannot be read")
        };
        assert!(matches!(property(variable, "value"), Found::Property(_)));
        assert!(matches!(property(variable, "value_set"), Found::Twin));
        assert!(matches!(property(variable, "text"), Found::Missing));
        assert!(super::action("AIAgentAPIV1.endSession").is_some());
    }
}
