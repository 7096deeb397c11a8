//! The classes of a run on their way to files: each becomes text as soon as it is made, so that no more than one is held
//! that is none yet.

use askama::Template;

use super::JSON_ACCESS;
use super::config::Access;
use super::lower::Class;
use super::model::Meta;
use super::report::MAX_CLASS_SIZE;
use super::surface;
use crate::config::Config;
use crate::output::OutputFiles;

/// Where classes are written.
pub(super) struct Classes<'f> {
    files: &'f mut OutputFiles,
    /// The metadata beside each class; none if it cannot be written.
    meta: Option<String>,
    /// Whether an agent uses the classes from another namespace.
    serves_agents: bool,
    written: Written,
}

/// What became of the classes.
#[derive(Default)]
pub(super) struct Written {
    /// How many of them Flow can see.
    pub data_classes: usize,
    /// Those that a permission set has to grant, by name.
    pub granted: Vec<String>,
    /// Those that are longer than the platform allows, and how long they are.
    pub too_long: Vec<(String, usize)>,
    /// The paths of files that could not be made.
    pub failed: Vec<String>,
}

impl<'f> Classes<'f> {
    pub(super) fn new(config: &Config, files: &'f mut OutputFiles) -> Self {
        let meta = Meta {
            api_version: &config.apex.api_version,
        };
        Self {
            files,
            serves_agents: config.apex.access == Access::Global && config.agentforce.any(),
            meta: meta.render().ok(),
            written: Written::default(),
        }
    }

    /// Writes some classes.
    pub(super) fn extend(&mut self, classes: impl IntoIterator<Item = Class>) {
        for class in classes {
            self.add(class);
        }
    }

    /// Writes a class.
    pub(super) fn add(&mut self, class: Class) {
        if let Some(surface) = self.files.surface_mut() {
            surface::add(&class, surface);
        }
        let is_test = class.is_test();
        self.written.data_classes += usize::from(matches!(class, Class::Data(_)));
        let (source, name) = match class {
            Class::Data(mut class) => {
                if self.serves_agents {
                    class.annotations.push(JSON_ACCESS.to_owned());
                }
                (class.render(), class.name)
            }
            Class::Constants(class) => (class.render(), class.name),
            Class::MakeUuid(class) => (class.render(), class.name),
            Class::Action(class) => (class.render(), class.name),
            Class::Test(class) => (class.render(), class.name),
            Class::JsonTest(class) => (class.render(), class.test),
            Class::MakeUuidTest(class) => (class.render(), class.test),
            Class::Codec(class) => (class.render(), class.name),
            Class::Json(class) => (class.render(), class.name),
        };
        let path = format!("apex/classes/{name}.cls");
        let (Ok(source), Some(meta)) = (source, &self.meta) else {
            self.written.failed.push(path);
            return;
        };
        // No text has more characters than bytes.
        if source.len() > MAX_CLASS_SIZE {
            let size = source.chars().count();
            if size > MAX_CLASS_SIZE {
                self.written.too_long.push((name.clone(), size));
            }
        }
        let beside = self.files.insert(format!("{path}-meta.xml"), meta.clone());
        let outcomes = [beside, self.files.insert(path, source)];
        let failed = outcomes.into_iter().filter_map(Result::err);
        self.written.failed.extend(failed);
        if is_test {
            self.files.facts_mut().tests.push(name);
        } else {
            self.written.granted.push(name);
        }
    }

    /// What became of them.
    pub(super) fn finish(self) -> Written {
        let mut written = self.written;
        written.granted.sort_unstable();
        written
    }
}
