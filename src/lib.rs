//! Generates Salesforce Apex-defined types, Flow metadata and Rust serde types from JSON Schema.

pub mod action;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod ir;
mod naming;
pub mod output;
pub mod schema;
pub mod target;
