//! The permission set that lets users run what is generated.

use askama::Template;

use super::config::ApexConfig;
use super::text::xml;
use crate::action::Action;
use crate::deploy::Package;
use crate::naming::title_case;
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

/// What the name of the permission set ends in that grants the flows which need something of an org.
const OF_AGENT: &str = "Agent";
/// The most letters in a name and in a label (Metadata API, `PermissionSet`).
const MAX_NAME: usize = 80;

/// Adds the permission set for these classes and the flows among the files; or two of them, one for each package, since
/// a permission set is deployed only where all is that it names. Gives the paths back of those that cannot be made.
pub(crate) fn generate(
    config: &ApexConfig,
    classes: &[String],
    actions: &[Action],
    is_one: bool,
    files: &mut OutputFiles,
) -> Vec<String> {
    if !config.permission_set.generate {
        return Vec::new();
    }
    let of_agent = files.facts().agent_flows();
    let flows = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix(FLOWS)?.strip_suffix(FLOW_SUFFIX))
        .map(|flow| (!is_one && of_agent.contains(flow), flow.to_owned()));
    let (apart, flows): (Vec<_>, Vec<_>) = flows.partition(|(is_apart, _)| *is_apart);
    let names = |flows: Vec<(bool, String)>| flows.into_iter().map(|(_, flow)| flow).collect();
    let (apart, flows): (Vec<String>, Vec<String>) = (names(apart), names(flows));
    // What calls out is what needs permissions that nobody can generate.
    let by_hand = if is_one && !flows.is_empty() {
        actions
    } else {
        &[]
    };
    let mut failed = Vec::new();
    let sets = [
        (Package::Types, "", classes, flows, by_hand),
        (Package::Agent, OF_AGENT, &[], apart, actions),
    ];
    for (package, ending, classes, flows, actions) in sets {
        if classes.is_empty() && flows.is_empty() {
            continue;
        }
        let (name, label) = called(config, ending);
        let set = PermissionSet {
            classes,
            flows: flows.iter().map(String::as_str).collect(),
            description: xml(&description(actions)),
            label: xml(&label),
        };
        let path = format!("apex/permissionsets/{name}.permissionset-meta.xml");
        files.facts_mut().assign(&path, package);
        match set.render() {
            Ok(text) => failed.extend(files.insert(path, text).err()),
            Err(_) => failed.push(path),
        }
    }
    failed
}

/// The name and the label of a permission set.
fn called(config: &ApexConfig, ending: &str) -> (String, String) {
    let options = &config.permission_set;
    let name = match &options.name {
        Some(name) => name.clone(),
        None => format!("{}GeneratedAccess", config.class_prefix),
    };
    let label = match &options.label {
        Some(label) => label.clone(),
        None => title_case(&name),
    };
    if ending.is_empty() {
        return (name, label);
    }
    let room = MAX_NAME - 1 - ending.len();
    let cut = |text: &str| text.chars().take(room).collect::<String>();
    let name = format!("{}{ending}", cut(&name));
    (name, format!("{} {ending}", cut(&label)))
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
    use crate::deploy::{FlowFacts, Package};
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
        assert!(generate(&config(), &classes, &actions, true, &mut files).is_empty());
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
        assert!(generate(&config(), &classes, &actions, true, &mut files).is_empty());
        let text = files.get(PATH).unwrap();
        assert!(text.contains("<flow>Go</flow>"), "{text}");
        assert_eq!(
            text.matches("Manage &lt;AI&gt; Agents").count(),
            1,
            "{text}"
        );
    }

    #[test]
    fn what_needs_an_org_is_granted_apart() {
        let mut files = OutputFiles::default();
        for (name, needs_org) in [("Ask", true), ("Form", false)] {
            let path = format!("flow/flows/{name}.flow-meta.xml");
            files.insert(path, "").unwrap();
            files.facts_mut().flows.push(FlowFacts {
                name: name.to_owned(),
                needs_org,
                runs: Vec::new(),
            });
        }
        let (classes, actions) = (["AgfOne".to_owned()], [action("Manage Agents")]);
        assert!(generate(&config(), &classes, &actions, false, &mut files).is_empty());
        let text = files.get(PATH).unwrap();
        assert!(
            text.contains("AgfOne") && text.contains("<flow>Form<"),
            "{text}"
        );
        assert!(!text.contains("Ask") && !text.contains("By hand"), "{text}");
        let path = PATH.replace("Access", "AccessAgent");
        let text = files.get(&path).unwrap();
        assert!(!text.contains("AgfOne") && !text.contains("Form"), "{text}");
        assert!(
            text.contains("<flow>Ask<") && text.contains("By hand"),
            "{text}"
        );
        assert_eq!(files.facts().package(&path), Some(Package::Agent));
    }

    #[test]
    fn a_long_description_is_cut() {
        let mut files = OutputFiles::default();
        files.insert("flow/flows/Go.flow-meta.xml", "").unwrap();
        let actions = [action(&"word ".repeat(90))];
        assert!(generate(&config(), &[], &actions, true, &mut files).is_empty());
        let text = files.get(PATH).unwrap();
        let start = text.find("<description>").unwrap() + "<description>".len();
        let end = text.find("</description>").unwrap();
        assert_eq!(text[start..end].chars().count(), MAX_DESCRIPTION);
    }

    #[test]
    fn there_is_none_for_nothing_or_if_nobody_wants_it() {
        let mut files = OutputFiles::default();
        generate(&config(), &[], &[], true, &mut files);
        let unwanted = ApexConfig {
            permission_set: PermissionSetConfig {
                generate: false,
                ..PermissionSetConfig::default()
            },
            ..config()
        };
        generate(&unwanted, &["AgfOne".to_owned()], &[], true, &mut files);
        assert_eq!(files.iter().count(), 0);
    }
}
