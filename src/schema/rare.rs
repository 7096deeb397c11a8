//! Parts that most schemas lack.

use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use super::{ArrayRules, Composition, LogicRules, ObjectRules};
use crate::ir::{NumberBounds, ValueDocs};

/// A group of keywords that takes room only once something is written to it: a large document has more schemas than
/// anything else, and most say little.
#[derive(Debug, Clone)]
pub struct Rare<T>(Option<Box<T>>);

/// A group of keywords of which none is there.
pub trait Blank: Default {
    /// The group, to look at.
    fn blank<'b>() -> &'b Self
    where
        Self: 'b;
}

macro_rules! blank {
    ($($group:ident $(<$life:lifetime>)?),*) => {$(
        impl $(<$life>)? Blank for $group $(<$life>)? {
            fn blank<'b>() -> &'b Self
            where
                Self: 'b,
            {
                static BLANK: LazyLock<$group> = LazyLock::new($group::default);
                &BLANK
            }
        }
    )*};
}

blank!(
    ArrayRules,
    Composition,
    LogicRules,
    NumberBounds<'s>,
    ObjectRules<'s>,
    ValueDocs<'s>
);

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(group) => group,
            None => T::blank(),
        }
    }
}

impl<T: Blank> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Blank + Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}
