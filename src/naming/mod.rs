//! Names, before any target gives them a case: words, phrases for types, uniqueness, and what lasts of them.

mod ascii;
mod asked;
mod case;
mod claims;
mod few;
mod files;
mod ledger;
mod lock;
mod moved;
mod phrase;
mod places;
mod scope;

pub(crate) use ascii::{Symbols, ascii};
pub(crate) use asked::{Asked, Spots};
pub(crate) use case::{push_upper_camel, snake, title_case, upper_camel};
pub(crate) use claims::Claims;
pub use ledger::Book;
pub(crate) use ledger::Ledger;
pub use lock::Lock;
pub use phrase::type_phrases;
pub(crate) use phrase::type_phrases_where;
pub(crate) use places::Places;
pub use scope::Scope;
pub(crate) use scope::{cut, shortened};
