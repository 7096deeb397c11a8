use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What has been read of the parts of a held value, by the part and by the type.
#[derive(Default)]
pub struct Memo(RefCell<std::collections::BTreeMap<(usize, TypeId), Rc<dyn Any>>>);

/// What is said between a held value and what reads it.
#[derive(Default)]
pub enum Note {
    #[default]
    Nothing,
    /// The reader wants to know whether this type has been read already.
    Asked(TypeId),
    /// It has.
    Known(Rc<dyn Any>),
    /// It has not, and the reader is to say what it has read.
    Wanted,
}

thread_local! {
    pub static NOTE: Cell<Note> = const { Cell::new(Note::Nothing) };
}
