//! `sfdx-project.json`: which folders of a project are packages.

use serde_json::{Value, json};

use super::manifest::api_version;
use crate::config::Config;

/// The name of the file, which makes a folder a Salesforce DX project.
pub(crate) const FILE_NAME: &str = "sfdx-project.json";

/// The file of a new project with these packages; the first one is where new things go.
pub(crate) fn text(folders: &[&str], config: &Config) -> String {
    let packages: Vec<Value> = folders
        .iter()
        .enumerate()
        .map(|(index, folder)| match index {
            0 => json!({"path": folder, "default": true}),
            _ => json!({"path": folder}),
        })
        .collect();
    let project = json!({
        "packageDirectories": packages,
        "name": "flowtypes",
        "namespace": "",
        "sfdcLoginUrl": "https://login.salesforce.com",
        "sourceApiVersion": api_version(config),
    });
    let text = serde_json::to_string_pretty(&project).unwrap_or_default();
    text + "\n"
}

/// The package directories of a project; none if the text is no such file.
pub(crate) fn folders(text: &str) -> Option<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let project: Value = serde_json::from_str(text).ok()?;
    let entries = project.get("packageDirectories")?.as_array()?;
    let paths = entries.iter().map(|entry| {
        let path = entry.get("path")?.as_str()?.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_end_matches('/');
        Some(path.to_owned())
    });
    paths.collect()
}

#[cfg(test)]
mod tests {
    use super::{folders, text};
    use crate::config::Config;

    #[test]
    fn what_is_written_is_understood() {
        let text = text(&["types", "agent"], &Config::default());
        assert_eq!(folders(&text).unwrap(), ["types", "agent"]);
    }

    #[test]
    fn paths_are_read_however_they_are_written() {
        let text = r#"{"packageDirectories": [{"path": "./force-app/"}, {"path": "a\\b"}]}"#;
        assert_eq!(folders(text).unwrap(), ["force-app", "a/b"]);
        for broken in ["", "{}", r#"{"packageDirectories": [{}]}"#] {
            assert_eq!(folders(broken), None);
        }
    }
}
