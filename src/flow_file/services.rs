//! What services offer to flows: those that the configuration describes, and those whose registrations are among the
//! files of the project.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::project::help;
use super::types::{Base, Type};
use crate::action::openapi::catalog::{Callable, Catalog, Part, PartType, catalog};
use crate::action::{ScalarType, SchemaRoots, Service};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::dialect::About;
use crate::document::{DocumentId, DocumentSet, add_registration, registered};
use crate::input::load_services;
use crate::pipeline::with_types;
use crate::progress::Listener;
use crate::target::apex::platform::platform_name;

/// The actions of services by their names, and the classes that the org makes for them, all in lower case.
#[derive(Debug, Default)]
pub(crate) struct Services {
    actions: HashMap<String, Action>,
    classes: HashMap<String, Class>,
}

/// An action of a service.
#[derive(Debug)]
pub(crate) struct Action {
    inputs: Parts,
    outputs: Parts,
}

impl Action {
    /// The type of an input.
    ///
    /// # Errors
    /// A way out, if there is no such input.
    pub fn input(&self, name: &str) -> Result<Type, String> {
        let known = self.inputs.get(name).cloned();
        known.ok_or_else(|| help(name, &self.inputs.names(), "input"))
    }

    /// The type of an output; none if the description does not decide it. Flow Builder may show a code with `_` before it.
    ///
    /// # Errors
    /// A way out, if there is no such output.
    pub fn output(&self, name: &str) -> Result<Option<Type>, String> {
        let name = name.trim_start_matches('_');
        match (self.outputs.get(name), name) {
            (Some(ty), _) => Ok(Some(ty.clone())),
            (None, "responseCode") => Ok(Some(Type::one(Base::Number))),
            // Every code has an answer, also where the description has none for it.
            (None, "default" | "defaultExc") => Ok(None),
            (None, _) => Err(help(name, &self.outputs.names(), "output")),
        }
    }
}

/// A class that the org makes.
#[derive(Debug)]
pub(crate) struct Class {
    pub properties: Parts,
    /// Whether it has no property whose name is not known.
    pub is_complete: bool,
}

/// Names with their types.
#[derive(Debug)]
pub(crate) struct Parts(Vec<(String, Type)>);

impl Parts {
    /// The type of the part of this name, letter case aside unless there are several.
    pub fn get(&self, name: &str) -> Option<&Type> {
        let same = |(one, _): &&(String, Type)| one == name;
        // Reading a file takes blanks at its ends away.
        let alike = |(one, _): &&(String, Type)| one.trim().eq_ignore_ascii_case(name);
        let found = self.0.iter().find(same);
        let found = found.or_else(|| self.0.iter().find(alike));
        found.map(|(_, ty)| ty)
    }

    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }
}

impl From<Vec<Part>> for Parts {
    fn from(parts: Vec<Part>) -> Self {
        let parts = parts.into_iter();
        Self(parts.map(|part| (part.name, flow_type(part.ty))).collect())
    }
}

impl Services {
    /// Reads the descriptions. What is wrong with one that the configuration names is said.
    pub fn read(
        registrations: &[DocumentId],
        config: &Config,
        documents: &mut DocumentSet,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut config = config.clone();
        load_services(&config, documents, diagnostics);
        for id in registrations {
            let path = documents.get(*id).path.clone();
            let name = registered(&path).unwrap_or_default().to_owned();
            // What the org has taken is not for this run to judge.
            add_registration(*id, documents, &mut Diagnostics::default());
            config.services.push(Service::new(path, name));
        }
        if config.services.is_empty() {
            return Self::default();
        }
        let (silent, mut unheard) = (Listener::default(), Diagnostics::default());
        let about = About::Services;
        with_types(
            documents,
            about,
            &config,
            &mut unheard,
            &silent,
            |types, _| {
                let roots = SchemaRoots::new(types).with_paths(documents);
                let mut found = Self::default();
                for (service, document) in config.services.iter().zip(documents.services()) {
                    let known = document.and_then(|id| catalog(service, id, documents, &roots));
                    match known {
                        Some(known) => found.add(known),
                        None => diagnostics.push(unread(service)),
                    }
                }
                found
            },
        )
    }

    fn add(&mut self, catalog: Catalog) {
        for callable in catalog.actions {
            let Callable {
                name,
                inputs,
                outputs,
            } = callable;
            let action = Action {
                inputs: inputs.into(),
                outputs: outputs.into(),
            };
            self.actions.entry(key(&name)).or_insert(action);
        }
        let mut seen = HashSet::new();
        for (name, class) in catalog.classes {
            let class = Class {
                properties: class.properties.into(),
                is_complete: class.is_complete,
            };
            let name = name.to_lowercase();
            let is_alone = seen.insert(name.clone());
            match self.classes.entry(name) {
                // Which of them the org has made is not known.
                Entry::Occupied(mut known) if !is_alone => known.get_mut().is_complete = false,
                place => {
                    place.or_insert(class);
                }
            }
        }
    }

    /// What is known of an action.
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.get(&key(name))
    }

    /// What is known of a class.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.get(&name.to_lowercase())
    }
}

/// What is said of a service of which nothing can be known.
fn unread(service: &Service) -> Diagnostic {
    let name = &service.registration;
    let message = format!(
        "nothing of the service `{name}` can be verified: its description is not OpenAPI 3, or cannot be read"
    );
    Diagnostic::new(Code::FlowUnverified, message)
        .severity(Severity::Note)
        .at(Place::Path(service.document.clone()))
        .help("name a description of OpenAPI 3 among the `services` of the configuration; older ones can be converted")
}

/// An action's name for comparison: the operation may be spelled as in the description or as in a class's name.
fn key(name: &str) -> String {
    let (registration, operation) = name.split_once('.').unwrap_or(("", name));
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let operation = match operation.chars().all(is_plain) {
        true => operation.to_lowercase(),
        false => platform_name(operation).to_lowercase(),
    };
    format!("{}.{operation}", registration.to_lowercase())
}

fn flow_type(part: PartType) -> Type {
    match part {
        PartType::Scalar(scalar) => Type::one(base(scalar)),
        PartType::List(scalar) => Type::many(base(scalar)),
        PartType::Record { class, is_list } => Type {
            base: Base::Apex(class),
            many: Some(is_list),
        },
        PartType::Unknown => Type::unknown(),
    }
}

fn base(scalar: ScalarType) -> Base {
    match scalar {
        ScalarType::String => Base::Text,
        ScalarType::Number => Base::Number,
        ScalarType::Boolean => Base::Boolean,
        ScalarType::Date | ScalarType::DateTime => Base::Date,
    }
}
