//! The outputs of a call: those that the flow refers to.

use std::collections::BTreeMap;

use heck::ToKebabCase;
use roxmltree::Node;
use serde_json::{Value, json};

use super::super::platform::decoded_path;
use super::super::xml;
use super::{Reader, below};

impl<'a, 'x> Reader<'_, '_, 'a, 'x, '_, '_> {
    pub(super) fn outputs(&mut self, call: Node<'a, 'x>, action: &str) -> Vec<Value> {
        let element = xml::text_of(call, "name").unwrap_or_default();
        let prefix = format!("{element}.");
        let mut paths: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for rest in below(&self.references, &prefix) {
            let (name, path) = rest.split_once('.').unwrap_or((rest, ""));
            let paths = paths.entry(name.to_owned()).or_default();
            if !path.is_empty() {
                paths.push(decoded_path(path));
            }
        }
        for output in xml::children(call, "outputParameters") {
            let name = xml::text_of(output, "name").unwrap_or_default();
            let paths = paths.entry(name.to_owned()).or_default();
            let variable = xml::text_of(output, "assignToReference").unwrap_or_default();
            let prefix = format!("{variable}.");
            paths.extend(below(&self.references, &prefix).map(decoded_path));
        }
        if paths.is_empty() {
            self.guess("/outputs".to_owned(), "The flow refers to no output.");
        }
        let mut outputs = Vec::new();
        for (name, paths) in paths {
            let pointer = format!("/outputs/{}", outputs.len());
            outputs.push(self.output(&name, &paths, action, &pointer));
        }
        outputs
    }

    fn output(&mut self, name: &str, paths: &[String], action: &str, pointer: &str) -> Value {
        let status = name.strip_suffix("Exc");
        let kind = match (status, name) {
            (Some(_), _) => "exception",
            (None, "responseCode") => "responseCode",
            (None, _) => "success",
        };
        let label = match status {
            Some("default") => "Default Exception".to_owned(),
            Some(status) => format!("{status} Exception"),
            None => name.to_owned(),
        };
        let mut output = json!({"name": name, "label": label, "kind": kind});
        if paths.is_empty() {
            return output;
        }
        self.guess(
            format!("{pointer}/schema"),
            "Made from the name of the action. Name the schema that gives the output's structure.",
        );
        let operation = action.rsplit('.').next().unwrap_or(action).to_kebab_case();
        if status.is_some() {
            output["schema"] = json!("error");
            output["detail"] = json!(paths[0]);
        } else {
            output["schema"] = json!(format!("{operation}-response"));
            let values: Vec<Value> = paths.iter().map(|path| json!({"property": path})).collect();
            output["values"] = json!(values);
        }
        output
    }
}
