//! How to deploy what a run has made, and how to take it back, with the names of this run.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::facts::FlowFacts;
use super::{BESIDE, Facts, Layout, Package, Part};
use crate::config::Config;
use crate::target::flow::config::FlowStatus;

/// What the guide is about.
pub(super) struct Subject<'s> {
    pub config: &'s Config,
    pub facts: &'s Facts,
    pub parts: &'s BTreeMap<Package, Part>,
}

/// The guide as its template sees it: final text.
#[derive(Debug, Template)]
#[template(
    path = "deploy/guide.md",
    config = "templates/askama.toml",
    escape = "none"
)]
struct Guide {
    place: &'static str,
    packages: Vec<PackageText>,
    has_agent: bool,
    has_types_and_agent: bool,
    has_tests: bool,
    tests_path: String,
    permission_sets: Vec<String>,
    is_ordered: bool,
    status: &'static str,
    activation: Vec<(usize, String)>,
    /// Where the lists are of what there is to remove.
    lists: String,
    remove_commands: Vec<String>,
}

/// One package in the guide.
#[derive(Debug)]
struct PackageText {
    name: &'static str,
    content: String,
    try_command: String,
    deploy_command: String,
}

impl Subject<'_> {
    /// The guide; none if its template fails.
    pub fn text(&self) -> Option<String> {
        let has = |package| self.parts.contains_key(&package);
        let order = self.facts.activation();
        let activation = order.iter().enumerate();
        let guide = Guide {
            place: match self.config.layout {
                Layout::Plain | Layout::Sfdx => {
                    "The commands are those of the Salesforce CLI, in the folder of `sfdx-project.json`. If you have not done so yet, \
                     log in to your org first: `sf org login web --set-default`."
                }
                Layout::Mdapi => {
                    "The commands are those of the Salesforce CLI, which runs in a Salesforce project only: make an empty one with \
                     `sf project generate --name NAME`, copy what is beside this guide's folder into it, with the guide's folder \
                     too, and run them there. If you have not done so yet, log in to your org first: `sf org login web \
                     --set-default`. Any other tool that deploys metadata will do."
                }
            },
            packages: self.parts.iter().map(|part| self.package(part)).collect(),
            has_agent: has(Package::Agent),
            has_types_and_agent: Package::ALL.into_iter().all(has),
            has_tests: !self.facts.tests.is_empty(),
            tests_path: tests_path(),
            permission_sets: self.permission_sets(),
            is_ordered: runs_another(&order),
            status: match self.config.flow.status {
                FlowStatus::Draft => "They are deployed as drafts.",
                FlowStatus::Active => {
                    "They are deployed as active, where the org allows that. Otherwise activate them by hand."
                }
            },
            activation: activation
                .map(|(index, flow)| (index + 1, flow.name.clone()))
                .collect(),
            lists: self.lists(),
            remove_commands: self
                .parts
                .keys()
                .rev()
                .map(|one| self.removal(*one))
                .collect(),
        };
        guide.render().ok()
    }

    /// The names of the test classes, one in each line.
    pub fn tests(&self) -> String {
        let mut tests: Vec<&str> = self.facts.tests.iter().map(String::as_str).collect();
        tests.sort_unstable();
        tests.join("\n")
    }

    fn package(&self, (package, part): (&Package, &Part)) -> PackageText {
        let folder = package.folder(&self.config.packages);
        let source = match self.config.layout {
            Layout::Plain | Layout::Sfdx => format!("--source-dir {folder}"),
            Layout::Mdapi => self.metadata(folder),
        };
        // Test classes are part of the first package, and of no use in the other.
        let tests = match package {
            Package::Types if !self.facts.tests.is_empty() => format!(
                " --test-level RunSpecifiedTests --tests $(cat {})",
                tests_path()
            ),
            Package::Types | Package::Agent => String::new(),
        };
        let content: Vec<String> = part
            .components
            .iter()
            .map(|(kind, names)| format!("{} {kind}", names.len()))
            .collect();
        PackageText {
            name: package.as_str(),
            content: content.join(", "),
            try_command: format!("sf project deploy start --dry-run {source}{tests}"),
            deploy_command: format!("sf project deploy start {source}{tests}"),
        }
    }

    fn removal(&self, package: Package) -> String {
        let folder = self.metadata(&package.removal_folder());
        format!("sf project deploy start {folder}")
    }

    fn lists(&self) -> String {
        let end = if self.config.zip { ".zip" } else { "" };
        let folders = self.parts.keys().rev().map(|one| one.removal_folder());
        let folders: Vec<String> = folders.map(|folder| format!("`{folder}{end}`")).collect();
        folders.join(" and ")
    }

    /// How the command line is told of metadata format.
    fn metadata(&self, folder: &str) -> String {
        let end = if self.config.zip {
            ".zip --single-package"
        } else {
            ""
        };
        format!("--metadata-dir {folder}{end}")
    }

    fn permission_sets(&self) -> Vec<String> {
        let sets = self.parts.values();
        let sets = sets.filter_map(|part| part.components.get("PermissionSet"));
        sets.flatten().cloned().collect()
    }
}

/// Whether one of the flows runs another one.
fn runs_another(flows: &[&FlowFacts]) -> bool {
    let known: BTreeSet<&str> = flows.iter().map(|flow| flow.name.as_str()).collect();
    let mut runs = flows.iter().flat_map(|flow| &flow.runs);
    runs.any(|other| known.contains(other.as_str()))
}

fn tests_path() -> String {
    format!("{BESIDE}tests.txt")
}
