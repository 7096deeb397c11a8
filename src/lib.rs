//! Generates Salesforce Apex-defined types, Flow metadata and Rust serde types from JSON Schema.

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
