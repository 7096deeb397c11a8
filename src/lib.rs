//! Generates Salesforce Apex-defined types, Flow metadata and Rust serde types from JSON Schema: three outputs of one type
//! model, so that they agree with each other.
//!
//! # From a build script
//! [`build`] writes the Rust types of some schemas to `$OUT_DIR/flowtypes.rs`. [`Generator::build_script`] does so with options.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), flowtypes::Error> {
//!     flowtypes::build(["schemas/order.json"])
//! }
//! ```
//!
//! # Without a file
//! A [`Generator`] takes documents from memory too, and [`Generator::plan`] generates without writing:
//!
//! ```
//! use flowtypes::{Generator, Target};
//!
//! let schema = r#"{"title": "Order", "type": "object", "properties": {"count": {"type": "integer"}}}"#;
//! let output = Generator::new()
//!     .schema_text("order.json", schema)
//!     .target(Target::Rust)
//!     .plan()?;
//! let rust = output.files.get("rust/order.rs").unwrap_or_default();
//! assert!(rust.contains("pub struct Order"));
//! # Ok::<(), flowtypes::Error>(())
//! ```
//!
//! # What is wrong
//! All errors of a run come at once, each with a code, a place and mostly a way out, and nothing is written:
//!
//! ```
//! use flowtypes::{Error, Generator};
//!
//! let failed = Generator::new()
//!     .schema_text("order.json", r#"{"type": "text"}"#)
//!     .generate();
//! let Err(Error::Input(report)) = failed else {
//!     panic!("`text` is no type");
//! };
//! assert!(report.to_string().starts_with("order.json:1:"));
//! ```
//!
//! # What is promised
//! Versions follow semantic versioning, for what is documented here: this page, and
//! - [`config`]: every option, as a configuration file has it; [`Generator::configure`] sets them from code.
//! - [`report`], [`diagnostic`]: what a run says. [`document`] has the texts that it speaks of.
//! - [`output`]: the files, and what differs from a folder.
//! - [`surface`]: what the names of an output are for those who use them, and what a change of a schema breaks.
//! - [`sample`]: schemas from JSON samples.
//!
//! Structs and enums that may grow are `#[non_exhaustive]`. The stages in between, the types that they make of schemas, action
//! descriptors as Rust values, and the checks of flow files are not part of it: the command line has what they can do. What
//! may change in the generated code is in the README, under "What stays the same".
//!
//! # Features
//! `default-features = false` leaves out all of these:
//!
//! | feature | what it has |
//! |---|---|
//! | `cli` | the command line, and the features below but `yaml` |
//! | `yaml` | schemas and OpenAPI documents in YAML |
//! | `archive` | packages as zip files |
//! | `flow-files` | registrations of external services as input; what the command line does with flow files |
//! | `json-schema` | the JSON Schema of the configuration, `Config::json_schema` |

mod action;
mod build;
mod builder;
#[cfg(feature = "flow-files")]
mod channel;
pub mod config;
mod deploy;
pub mod diagnostic;
mod dialect;
pub mod document;
mod error;
mod example;
#[cfg(feature = "flow-files")]
mod flow_file;
mod generator;
mod hash;
mod input;
#[doc(hidden)]
pub mod internals;
mod ir;
#[cfg(feature = "json-schema")]
mod json_schema;
mod lock_file;
mod message;
mod naming;
mod nearest;
mod normalize;
pub mod output;
#[cfg(feature = "flow-files")]
mod picture;
mod pipeline;
mod progress;
pub mod report;
pub mod sample;
mod schema;
pub mod surface;
mod target;

pub use build::build;
pub use error::Error;
pub use generator::{Failure, Generator, Output};
pub use progress::Step;
pub use target::Target;
