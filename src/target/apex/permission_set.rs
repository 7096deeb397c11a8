//! The permission set that lets users run what is generated.

use askama::Template;
use heck::ToTitleCase;

use super::config::ApexConfig;
use super::text::xml;
use crate::action::Action;
use crate::output::OutputFiles;

const FLOWS: &str = "flow/flows/";
const FLOW_SUFFIX: &str = ".flow-meta.xml";
/// The most letters in a description (Metadata API, `PermissionSet`).
const MAX_DESCRIPTION: usize = 255;

/// The file as its template sees it: final text.
#[derive(Debug, Template)]
#[template(
    path = "apex/permission_set.xml",
    config = "templates/askama.toml",
    escape = "none"
)]
struct PermissionSet<'a> {
    classes: &'a [String],
    flows: Vec<&'a str>,
    description: String,
    label: String,
}

/// Adds the permission set for these classes and the flows among the files. If it cannot be made, gives its path back.
pub(crate) fn generate(
    config: &ApexConfig,
    classes: &[String],
    actions: &[Action],
    files: &mut OutputFiles,
) -> Result<(), String> {
    let flows: Vec<String> = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix(FLOWS)?.strip_suffix(FLOW_SUFFIX))
        .map(str::to_owned)
        .collect();
    let options = &config.permission_set;
    if !options.generate || classes.is_empty() && flows.is_empty() {
        return Ok(());
    }
    let name = match &options.name {
        Some(name) => name.clone(),
        None => format!("{}GeneratedAccess", config.class_prefix),
    };
    let label = match &options.label {
        Some(label) => label.clone(),
        None => name.to_title_case(),
    };
    let actions = if flows.is_empty() { &[] } else { actions };
    let set = PermissionSet {
        classes,
        flows: flows.iter().map(String::as_str).collect(),
        description: xml(&description(actions)),
        label: xml(&label),
    };
    let path = format!("apex/permissionsets/{name}.permissionset-meta.xml");
    match set.render() {
        Ok(text) => files.insert(path, &text),
        Err(_) => Err(path),
    }
}

/// What the permission set is for, and what it cannot grant.
fn description(actions: &[Action]) -> String {
    let mut by_hand: Vec<&str> = Vec::new();
    for permission in actions.iter().flat_map(|action| &action.permissions) {
        if !by_hand.contains(&permission.as_str()) {
            by_hand.push(permission);
        }
    }
    let mut text = "Grants the classes and flows that flowtypes generated. Do not edit.".to_owned();
    if !by_hand.is_empty() {
        text.push_str(" By hand: grant the platform permission ");
        text.push_str(&by_hand.join(", "));
        text.push_str(", which this file cannot name.");
    }
    if text.chars().count() > MAX_DESCRIPTION {
        text = text.chars().take(MAX_DESCRIPTION - 1).collect();
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MAX_DESCRIPTION, generate};
    use crate::action::Action;
    use crate::output::OutputFiles;
    use crate::target::apex::config::{ApexConfig, PermissionSetConfig};

    const PATH: &str = "apex/permissionsets/AgfGeneratedAccess.permissionset-meta.xml";

    fn action(permission: &str) -> Action {
        let text = serde_json::json!({
            "label": "Start", "actionName": "a.b", "actionType": "api", "permissions": [permission],
        });
        serde_json::from_value(text).unwrap()
    }

    fn config() -> ApexConfig {
        ApexConfig {
            class_prefix: "Agf".to_owned(),
            ..ApexConfig::default()
        }
    }

    #[test]
    fn what_cannot_be_granted_is_told_where_there_are_flows() {
        let actions = [action("Manage <AI> Agents"), action("Manage <AI> Agents")];
        let classes = ["AgfOne".to_owned()];
        let mut files = OutputFiles::default();
        generate(&config(), &classes, &actions, &mut files).unwrap();
        let text = files.get(PATH).unwrap();
        assert!(text.contains("<apexClass>AgfOne</apexClass>"), "{text}");
        assert!(
            text.contains("<label>Agf Generated Access</label>"),
            "{text}"
        );
        assert!(
            !text.contains("By hand") && !text.contains("flowAccesses"),
            "{text}"
        );

        let mut files = OutputFiles::default();
        files.insert("flow/flows/Go.flow-meta.xml", "").unwrap();
        generate(&config(), &classes, &actions, &mut files).unwrap();
        let text = files.get(PATH).unwrap();
        assert!(text.contains("<flow>Go</flow>"), "{text}");
        assert_eq!(
            text.matches("Manage &lt;AI&gt; Agents").count(),
            1,
            "{text}"
        );
    }

    #[test]
    fn a_long_description_is_cut() {
        let mut files = OutputFiles::default();
        files.insert("flow/flows/Go.flow-meta.xml", "").unwrap();
        generate(&config(), &[], &[action(&"word ".repeat(90))], &mut files).unwrap();
        let text = files.get(PATH).unwrap();
        let start = text.find("<description>").unwrap() + "<description>".len();
        let end = text.find("</description>").unwrap();
        assert_eq!(text[start..end].chars().count(), MAX_DESCRIPTION);
    }

    #[test]
    fn there_is_none_for_nothing_or_if_nobody_wants_it() {
        let mut files = OutputFiles::default();
        generate(&config(), &[], &[], &mut files).unwrap();
        let unwanted = ApexConfig {
            permission_set: PermissionSetConfig {
                generate: false,
                ..PermissionSetConfig::default()
            },
            ..config()
        };
        generate(&unwanted, &["AgfOne".to_owned()], &[], &mut files).unwrap();
        assert_eq!(files.iter().count(), 0);
    }
}
