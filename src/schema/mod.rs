//! Schemas without a dialect.

pub mod location;
