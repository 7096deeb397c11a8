//! Names, before any target gives them a case: words, phrases for types, and uniqueness.

mod ascii;
mod phrase;
mod scope;

pub(crate) use ascii::{Symbols, ascii};
pub use phrase::type_phrases;
pub use scope::Scope;
