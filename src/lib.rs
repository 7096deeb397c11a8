//! Generates Salesforce Apex-defined types, Flow metadata and Rust serde types from JSON Schema.

pub mod action;
pub mod config;
pub mod diagnostic;
mod dialect;
pub mod document;
mod error;
mod generator;
mod input;
pub mod ir;
mod lock_file;
mod naming;
mod normalize;
pub mod output;
pub mod pipeline;
pub mod report;
pub mod schema;
pub mod target;

pub use error::Error;
pub use generator::{Failure, Generator, Output};
pub use naming::{Book, Lock};
pub use target::Target;
