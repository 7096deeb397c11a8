//! What is known of the classes and actions that an org makes by itself, and from where.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::target::apex::platform::platform_name;

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

/// A path of properties as an API spells it, from the path that the platform makes of it.
pub(crate) fn decoded_path(path: &str) -> String {
    path.split('.').map(decoded).collect::<Vec<_>>().join(".")
}

/// A name as an API spells it: only what the platform would encode the same way again is decoded, so that a name that
/// merely looks encoded stays.
fn decoded(name: &str) -> String {
    if let Some(word) = name.strip_prefix("z0")
        && platform_name(word) == name
    {
        return word.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let code = rest.get(1..3).filter(|_| c == 'x');
        let meant = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32)
            .filter(|meant| {
                !meant.is_ascii_alphanumeric() || (out.is_empty() && meant.is_ascii_digit())
            });
        match meant {
            Some(meant) => {
                out.push(meant);
                rest = &rest[3..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if platform_name(&out) == name {
        out
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, class, decoded_path, property};

    #[test]
    fn names_are_decoded_if_they_were_encoded() {
        for (encoded, name) in [
            ("z0type", "type"),
            ("x5flinks.z0end.href", "_links.end.href"),
            ("sessionx2did", "session-id"),
            ("x35get", "5get"),
            ("externalSessionKey", "externalSessionKey"),
            ("index", "index"),
            ("maxCount", "maxCount"),
            ("z0ther", "z0ther"),
        ] {
            assert_eq!(decoded_path(encoded), name);
        }
    }

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
