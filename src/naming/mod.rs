//! Names, before any target gives them a case: words, phrases for types, and uniqueness.

mod phrase;
mod scope;

pub use phrase::type_phrases;
pub use scope::Scope;
