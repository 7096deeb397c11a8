//! Generates Salesforce Apex-defined types, Flow metadata and Rust serde types from JSON Schema.

pub mod action;
mod build;
pub mod config;
pub mod diagnostic;
mod dialect;
pub mod document;
mod error;
pub mod example;
mod generator;
mod input;
pub mod ir;
mod lock_file;
pub mod message;
mod naming;
mod normalize;
pub mod output;
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
pub use progress::Step;
pub use target::Target;
