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
//! # What else is here
//! - [`config`]: every option, as a configuration file has it. [`Generator::configure`] sets them from code.
//! - [`surface`]: what the names of an output are for those who use them, and what a change of a schema breaks.
//! - [`report`], [`message`], [`diagnostic`]: what a run says, for people and for programs.
//! - [`output`], [`deploy`]: files, what differs from a folder, and packages for an org.
//! - [`ir`]: the type model that all targets read; [`schema`] and [`document`] are what it comes from. [`target`] has what makes
//!   text of it, [`example`] values of its types, [`sample`] schemas of values, and [`pipeline`] the stages in a row.
//! - [`action`]: what a flow calls.
//!
//! # Features
//! `default-features = false` leaves out all of these:
//!
//! | feature | what it has |
//! |---|---|
//! | `cli` | the command line, and the features below but `yaml` |
//! | `yaml` | schemas and OpenAPI documents in YAML |
//! | `archive` | packages as zip files |
//! | `flow-files` | flow files as input: checks, pictures, descriptors |
//! | `json-schema` | the JSON Schemas of the configuration and of action descriptors |

pub mod action;
mod build;
mod builder;
#[cfg(feature = "flow-files")]
pub mod channel;
pub mod config;
pub mod deploy;
pub mod diagnostic;
mod dialect;
pub mod document;
mod error;
pub mod example;
#[cfg(feature = "flow-files")]
pub mod flow_file;
mod generator;
mod hash;
mod input;
pub mod ir;
mod lock_file;
pub mod message;
mod naming;
mod nearest;
mod normalize;
pub mod output;
#[cfg(feature = "flow-files")]
pub mod picture;
pub mod pipeline;
mod progress;
pub mod report;
pub mod sample;
pub mod schema;
pub mod surface;
pub mod target;

pub use build::build;
pub use error::Error;
pub use generator::{Failure, Generator, Output};
pub use naming::{Book, Lock};
pub use progress::{Listener, Step};
pub use target::Target;
