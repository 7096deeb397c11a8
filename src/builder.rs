//! What a generator can be told, one call for each thing.

use std::path::PathBuf;

use crate::config::Config;
use crate::diagnostic::{Code, Severity};
use crate::document::Source;
use crate::generator::Generator;
use crate::progress::{Listener, Step};
use crate::target::Target;

impl Generator {
    /// Takes all options from a configuration. Its paths are relative to the current folder.
    ///
    /// ```
    /// use flowtypes::config::Config;
    ///
    /// let mut config = Config::default();
    /// config.schemas = vec!["api".to_owned()];
    /// let generator = flowtypes::Generator::new().config(config);
    /// ```
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Changes options of the configuration, whose paths are relative to the current folder.
    ///
    /// ```
    /// use flowtypes::config::UnknownFields;
    ///
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .configure(|config| config.rust.unknown_fields = UnknownFields::Keep);
    /// ```
    #[must_use]
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Names the root type of the first schema; no other type takes the name.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .root_name("Purchase");
    /// ```
    #[must_use]
    pub fn root_name(self, name: impl Into<String>) -> Self {
        self.configure(|config| config.root_name = Some(name.into()))
    }

    /// Says which folder holds the documents whose URIs start with `prefix`. Nothing is ever fetched from a network.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .resolve("https://example.com/schemas/", "schemas");
    /// ```
    #[must_use]
    pub fn resolve(self, prefix: impl Into<String>, folder: impl Into<String>) -> Self {
        self.configure(|config| {
            config.resolve.insert(prefix.into(), folder.into());
        })
    }

    /// Says how bad a diagnostic is; errors stay errors.
    ///
    /// ```
    /// use flowtypes::diagnostic::{Code, Severity};
    ///
    /// // A type that accepts less than its schema fails the build.
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .level(Code::RustStricter, Severity::Error);
    /// ```
    #[must_use]
    pub fn level(self, code: Code, severity: Severity) -> Self {
        self.configure(|config| {
            config.levels.insert(code.as_str().to_owned(), severity);
        })
    }

    /// The configuration, to look at it or to change an option where the generator is not at hand by value.
    ///
    /// ```
    /// let mut generator = flowtypes::Generator::new().schema("schemas/order.json");
    /// generator.config_mut().apex.class_prefix = "Shop".to_owned();
    /// ```
    pub fn config_mut(&mut self) -> &mut Config {
        &mut self.config
    }

    /// Adds a schema: a file, or a folder whose `*.json` files are read. The first call replaces the configured ones.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .schema("more-schemas");
    /// ```
    #[must_use]
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(Source::Path(path.into()));
        self
    }

    /// Adds a schema that is no file: its text, and the file name that it would have. What it refers to is searched in
    /// the current folder. The first call replaces the configured schemas.
    ///
    /// ```
    /// let schema = r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#;
    /// let output = flowtypes::Generator::new()
    ///     .schema_text("order.json", schema)
    ///     .plan_single_file()?;
    /// assert!(output.files.iter().any(|(_, text)| text.contains("pub struct Order")));
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    #[must_use]
    pub fn schema_text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.schemas.push(Source::Text {
            name: name.into(),
            text: text.into(),
        });
        self
    }

    /// Adds an action descriptor: a file, or a folder of them. The first call replaces the configured ones.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas")
    ///     .action("schemas/actions")
    ///     .target(flowtypes::Target::Flow);
    /// ```
    #[must_use]
    pub fn action(mut self, path: impl Into<PathBuf>) -> Self {
        self.actions.push(path.into());
        self
    }

    /// Adds a target. The first call replaces the configured ones.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .target(flowtypes::Target::Apex);
    /// ```
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// Sets the folder to write to.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .out_dir("src/generated");
    /// ```
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// The folder to write to, if there is one beside that of the configuration.
    pub(crate) fn take_out_dir(&mut self) -> Option<PathBuf> {
        self.out_dir.take()
    }

    /// Lets the run replace files that were not written by this program.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .overwrite(true);
    /// ```
    #[must_use]
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Drops the names of things that are gone from the file that keeps names. Without this they stay, so that a thing
    /// that returns has its name again, and no other thing takes it.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .prune_lock(true);
    /// ```
    #[must_use]
    pub fn prune_lock(mut self, prune: bool) -> Self {
        self.prune_lock = prune;
        self
    }

    /// Is told of every step that begins, which is of use where a run is long.
    ///
    /// ```
    /// let generator = flowtypes::Generator::new()
    ///     .schema("schemas/order.json")
    ///     .on_progress(|step| eprintln!("{} …", step.as_str()));
    /// ```
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(Step) + Send + Sync + 'static) -> Self {
        self.progress = Listener::new(listener);
        self
    }
}
