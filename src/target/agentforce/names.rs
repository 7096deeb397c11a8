//! Names of custom Lightning types and of agent actions.
//!
//! Each is called like the class or flow that it stands for, whose name is kept by the lock. Only where a flow and a class
//! differ in nothing but case does the later one of the configuration get a number.

use crate::naming::Scope;

/// The most letters in the name of a component.
const MAX_NAME: usize = 80;

/// The names of one kind of component.
pub(super) struct Names {
    taken: Scope,
}

impl Names {
    pub(super) fn new() -> Self {
        Self {
            taken: Scope::case_insensitive(),
        }
    }

    /// The name of the component for a class or flow.
    pub(super) fn claim(&mut self, of: &str) -> String {
        if self.taken.claim(of) {
            return of.to_owned();
        }
        self.taken.claim_numbered(of, MAX_NAME)
    }
}
