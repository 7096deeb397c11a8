//! What a run reads: the schemas, and the action descriptors that go with them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::action::{Action, Descriptors, Lifecycle};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::dialect::BuiltIn;
use crate::document::{self, DocumentSet, FileSystem, Folders, Retrieve, Source, shown_path};
use crate::nearest::nearest;
use crate::target::Target;

/// The documents and descriptors of a run.
pub(crate) struct Input {
    pub documents: DocumentSet,
    pub descriptors: Descriptors,
    pub diagnostics: Diagnostics,
}

/// The paths that a caller has given; where there are none, those of the configuration count.
pub(crate) struct Paths<'g> {
    pub schemas: &'g [Source],
    pub actions: &'g [PathBuf],
    /// Whether the configuration file leaves the action descriptors to the default.
    pub actions_are_default: bool,
}

impl Paths<'_> {
    /// Whether a run is about inputs of the configuration, or the configuration has none of its own.
    pub fn are_of(&self, config: &Config) -> bool {
        if self.schemas.is_empty() && self.actions.is_empty() {
            return true;
        }
        let paths = |list: &[String]| list.iter().map(PathBuf::from).collect::<Vec<_>>();
        let lists = [&config.schemas, &config.actions, &config.lifecycles];
        let own: Vec<PathBuf> = lists.into_iter().flat_map(|list| paths(list)).collect();
        let services = config.services.iter();
        let services = services.map(|service| PathBuf::from(&service.document));
        let own = places(own.into_iter().chain(services));
        let given = |source: &Source| match source {
            Source::Path(path) => Some(path.clone()),
            Source::Text { .. } => None,
        };
        let schemas: Option<Vec<PathBuf>> = self.schemas.iter().map(given).collect();
        let is_own = |schemas: Vec<PathBuf>| {
            let given = places(schemas.into_iter().chain(self.actions.iter().cloned()));
            given.is_subset(&own)
        };
        own.is_empty() || schemas.is_some_and(is_own)
    }

    /// Reads the schemas and, where flows are asked for, the action descriptors.
    pub fn read(&self, config: &Config) -> Input {
        let mut diagnostics = Diagnostics::with_levels(config.levels.clone());
        look_for_folders(config, &mut diagnostics);
        look_for_codes(config, &mut diagnostics);
        look_for_versions(config, &mut diagnostics);
        let schemas = if self.schemas.is_empty() {
            config
                .schemas
                .iter()
                .map(|path| Source::Path(path.into()))
                .collect()
        } else {
            self.schemas.to_vec()
        };
        let (folders, files) = (Folders::new(&config.resolve), FileSystem::new("."));
        let sources: [&dyn Retrieve; 3] = [&folders, &files, &BuiltIn];
        let unresolved = config.unresolved.severity();
        // Who has services only has no schemas of their own.
        let mut documents = if schemas.is_empty() && !config.services.is_empty() {
            DocumentSet::default()
        } else {
            document::load(&schemas, &sources, unresolved, &mut diagnostics)
        };
        let mut descriptors = Descriptors::default();
        if config.targets.contains(&Target::Flow) {
            load_services(config, &mut documents, &mut diagnostics);
            for path in self.action_files(config, &mut diagnostics) {
                let help = "`schemas/meta/action.schema.json` says what a descriptor holds";
                let code = Code::Descriptor;
                if let Some((document, mut action)) =
                    documents.add_settings::<Action>(&path, code, help, &mut diagnostics)
                {
                    action.document = Some(document);
                    descriptors.actions.push(action);
                }
            }
            for path in self.lifecycle_files(config, &mut diagnostics) {
                let help = "`schemas/meta/lifecycle.schema.json` says what a descriptor holds";
                let code = Code::Descriptor;
                if let Some((document, mut lifecycle)) =
                    documents.add_settings::<Lifecycle>(&path, code, help, &mut diagnostics)
                {
                    lifecycle.document = Some(document);
                    descriptors.lifecycles.push(lifecycle);
                }
            }
        }
        Input {
            documents,
            descriptors,
            diagnostics,
        }
    }

    /// The descriptors that are asked for. Those of the default configuration may be missing, and go with its
    /// schemas: a run on other schemas does not take them.
    fn action_files(&self, config: &Config, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
        let is_default = self.actions_are_default || config.actions == Config::default().actions;
        let paths: Vec<PathBuf> = if !self.actions.is_empty() {
            self.actions.to_vec()
        } else if is_default && !self.schemas.is_empty() {
            Vec::new()
        } else {
            config.actions.iter().map(PathBuf::from).collect()
        };
        files_of(&paths, is_default, diagnostics)
    }

    /// The lifecycle descriptors that are asked for: those of the configuration, unless a run is on other schemas.
    fn lifecycle_files(&self, config: &Config, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
        if !self.schemas.is_empty() || !self.actions.is_empty() {
            return Vec::new();
        }
        let paths: Vec<PathBuf> = config.lifecycles.iter().map(PathBuf::from).collect();
        // Most have none, and the default of the configuration is rebased.
        let is_default = paths
            .iter()
            .all(|path| path.ends_with("schemas/lifecycles"));
        files_of(&paths, is_default, diagnostics)
    }
}

/// Says which levels are those of no diagnostic: they would change nothing.
fn look_for_codes(config: &Config, diagnostics: &mut Diagnostics) {
    let known = || Code::ALL.iter().map(|code| code.as_str());
    for code in config.levels.keys() {
        if known().any(|one| one == code) {
            continue;
        }
        let help = match nearest(code, known()) {
            Some(one) => format!("you may mean `{one}`; `flowtypes explain` lists them all"),
            None => "`flowtypes explain` lists them all".to_owned(),
        };
        let problem = Diagnostic::new(Code::Config, format!("no diagnostic has the code `{code}`"));
        diagnostics.push(problem.at_option("levels", &[code]).help(help));
    }
}

/// The API version (Summer '19) that Apex-defined types came to flows with.
const APEX_DEFINED: u32 = 46;

/// Says which API versions are older than Apex-defined types in flows, which nearly everything for Salesforce is about. What
/// later versions ask for is said where it is used.
fn look_for_versions(config: &Config, diagnostics: &mut Diagnostics) {
    let versions = [
        (Target::Apex, "apex.apiVersion", &config.apex.api_version),
        (Target::Flow, "flow.apiVersion", &config.flow.api_version),
    ];
    for (target, option, version) in versions {
        let major = version
            .split('.')
            .next()
            .and_then(|text| text.parse::<u32>().ok());
        if config.targets.contains(&target) && major.is_some_and(|major| major < APEX_DEFINED) {
            let message = format!(
                "`{option}` is {version}, and flows have Apex-defined types from API version {APEX_DEFINED}.0 on: \
                 an org may refuse what is generated"
            );
            let problem = Diagnostic::new(Code::Config, message).severity(Severity::Warning);
            let help = format!("choose {APEX_DEFINED}.0 or a later version");
            diagnostics.push(problem.at_option(option, &[]).help(help));
        }
    }
}

/// Says which folders of documents are not there: nothing is ever found in them.
fn look_for_folders(config: &Config, diagnostics: &mut Diagnostics) {
    for (prefix, folder) in &config.resolve {
        let path = Path::new(folder);
        if !path.is_dir() {
            let what = match path.exists() {
                true => "is a file",
                false => "is not there",
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::Unreadable,
                    format!("the folder for the documents below `{prefix}` {what}"),
                )
                .severity(Severity::Warning)
                .at(Place::Path(shown_path(path)))
                .help("name the folder that stands for this place; the rest of a URI is the path in it"),
            );
        }
    }
}

/// Reads the descriptions of the services that the configuration names.
pub(crate) fn load_services(
    config: &Config,
    documents: &mut DocumentSet,
    diagnostics: &mut Diagnostics,
) {
    let (folders, files) = (Folders::new(&config.resolve), FileSystem::new("."));
    let sources: [&dyn Retrieve; 3] = [&folders, &files, &BuiltIn];
    let services = config.services.iter();
    let paths: Vec<PathBuf> = services
        .map(|service| PathBuf::from(&service.document))
        .collect();
    let unresolved = config.unresolved.severity();
    document::load_services(&paths, &sources, unresolved, documents, diagnostics);
}

/// The files, and those of the folders. Those of the default configuration may be missing.
fn files_of(paths: &[PathBuf], is_default: bool, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            if path.exists() || !is_default {
                files.push(path.clone());
            }
            continue;
        }
        match document::json_files(path) {
            Ok(found) => files.extend(found),
            Err(error) => diagnostics.push(document::unreadable_folder(path, &error)),
        }
    }
    files
}

/// The files that are there, and those of the folders.
fn places(paths: impl Iterator<Item = PathBuf>) -> BTreeSet<PathBuf> {
    let files = paths.flat_map(|path| match path.is_dir() {
        true => document::json_files(&path).unwrap_or_default(),
        false => vec![path],
    });
    files.filter_map(|file| file.canonicalize().ok()).collect()
}
