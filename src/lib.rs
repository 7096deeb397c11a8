//! Generates Salesforce Apex-defined types, Flow metadata and Rust serde types from JSON Schema.

pub mod action;
#[cfg(feature = "flow-files")]
pub mod channel;
pub mod config;
pub mod diagnostic;
mod dialect;
pub mod document;
mod error;
#[cfg(feature = "flow-files")]
pub mod flow_file;
mod generator;
mod input;
pub mod ir;
mod naming;
mod normalize;
pub mod output;
#[cfg(feature = "flow-files")]
pub mod picture;
pub mod pipeline;
pub mod report;
pub mod schema;
pub mod target;

pub use error::Error;
pub use generator::{Failure, Generator, Output, write_error};
pub use target::Target;
