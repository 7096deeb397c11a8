//! The classes beside a class, and those that all classes of a run share.
//!
//! The name of a class is the stem of its companions' names. All of them are claimed together, so that a class never
//! changes its name because something comes to stand beside it.

use super::ident::Candidates;
use crate::naming::Scope;

/// Apex allows 40 letters in the name of a class.
const MAX_NAME: usize = 40;
/// What follows the name of a data class in the name of its codec.
pub(crate) const CODEC: &str = "Json";
/// What follows the name of a class in the name of its test.
pub(crate) const TEST: &str = "Test";

/// What a class is, which decides what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Plain data: a codec, and the codec's test.
    Data,
    /// The constants of an enum, or a class that all share: a test.
    Alone,
}

impl Family {
    /// What follows the name in the names of the companions.
    fn suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Data => &[CODEC, "JsonTest"],
            Self::Alone => &[TEST],
        }
    }

    /// The most letters that leave room for the companions' names.
    pub(crate) fn max(self) -> usize {
        let longest = self.suffixes().iter().map(|suffix| suffix.len()).max();
        MAX_NAME - longest.unwrap_or_default()
    }

    /// Takes the first candidate that is free together with its companions, or the first one with a number.
    pub(crate) fn claim(self, scope: &mut Scope, candidates: &Candidates) -> String {
        let free = candidates
            .names
            .iter()
            .find(|name| self.is_free(scope, name));
        let mut name = match free {
            Some(name) => name.clone(),
            None => String::new(),
        };
        if name.is_empty() || !scope.claim(&name) {
            let first = candidates.names.first().map_or("", String::as_str);
            name = scope.claim_numbered(first, self.max());
            while !self
                .companions(&name)
                .all(|companion| !scope.is_taken(&companion))
            {
                name = scope.claim_numbered(first, self.max());
            }
        }
        for companion in self.companions(&name) {
            scope.claim(&companion);
        }
        name
    }

    fn is_free(self, scope: &Scope, name: &str) -> bool {
        !scope.is_taken(name)
            && self
                .companions(name)
                .all(|companion| !scope.is_taken(&companion))
    }

    fn companions(self, name: &str) -> impl Iterator<Item = String> {
        self.suffixes()
            .iter()
            .map(move |suffix| format!("{name}{suffix}"))
    }
}

/// The classes that all codecs of a run share.
pub(crate) struct Shared {
    /// The run-time code.
    pub json: String,
    /// What is wrong with a value.
    pub violation: String,
}

impl Shared {
    /// Names them last: no type of a schema has to give way.
    pub(crate) fn claim(scope: &mut Scope, prefix: &str) -> Self {
        let mut class = |names: [&str; 2]| {
            let names = names.map(|name| format!("{prefix}{name}")).to_vec();
            let is_exact = false;
            Family::Alone.claim(scope, &Candidates { names, is_exact })
        };
        Self {
            json: class(["Json", "JsonSupport"]),
            violation: class(["Violation", "JsonViolation"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidates, Family, Shared};
    use crate::naming::Scope;

    #[test]
    fn a_class_has_room_for_its_companions() {
        let mut scope = Scope::case_insensitive();
        scope.claim("OrderJson");
        let order = Candidates::exact("Order");
        assert_eq!(Family::Alone.claim(&mut scope, &order), "Order");
        assert_eq!(Family::Data.claim(&mut scope, &order), "Order2");
        assert!(scope.is_taken("order2json") && scope.is_taken("Order2JsonTest"));
        assert_eq!(Family::Data.claim(&mut scope, &order), "Order3");
        assert_eq!(Family::Data.max(), 32);
    }

    #[test]
    fn shared_classes_give_way() {
        let mut scope = Scope::case_insensitive();
        scope.claim("json");
        assert_eq!(Shared::claim(&mut scope, "").json, "JsonSupport");
        assert_eq!(Shared::claim(&mut scope, "Agf").json, "AgfJson");
    }
}
