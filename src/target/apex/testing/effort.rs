//! How long is thought about what to expect of values: what is not known then is not asserted.

use std::cell::Cell;

/// The most for one class or method: rules that are looked at, and names that are compared with patterns.
const MOST: usize = 1_000_000;
/// What each of them has, whatever others have taken.
const LEAST: usize = 20_000;
/// What all of them have together beyond that.
const ALL: usize = 30 * MOST;

/// What is left of the effort.
pub(super) struct Effort {
    all: Cell<usize>,
    share: Cell<usize>,
}

impl Effort {
    pub(super) fn new() -> Self {
        Self {
            all: Cell::new(ALL),
            share: Cell::new(LEAST),
        }
    }

    /// Another class or method has its turn.
    pub(super) fn next(&self) {
        self.share.set(self.all.get().clamp(LEAST, MOST));
    }

    /// None if so much is not left.
    pub(super) fn spend(&self, steps: usize) -> Option<()> {
        let left = self.share.get().checked_sub(steps);
        self.share.set(left.unwrap_or(0));
        self.all.set(self.all.get().saturating_sub(steps));
        left.map(|_| ())
    }

    /// Whether nothing is left for the class or method that has its turn.
    pub(super) fn is_spent(&self) -> bool {
        self.share.get() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Effort, LEAST, MOST};

    #[test]
    fn each_turn_has_something_whatever_others_take() {
        let effort = Effort::new();
        for _ in 0..=ALL / MOST {
            effort.next();
            assert_eq!(effort.spend(MOST + 1), None);
            assert!(effort.is_spent());
        }
        effort.next();
        assert_eq!(effort.spend(LEAST), Some(()));
        assert_eq!(effort.spend(1), None);
    }
}
