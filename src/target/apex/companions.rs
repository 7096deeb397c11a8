//! The classes beside a class, and those that all classes of a run share.
//!
//! The name of a class is the stem of its companions' names. All of them are claimed together, so that a class never
//! changes its name because something comes to stand beside it.

use super::ident::{Candidates, class_problem};
use super::reserved::ClassNames;
use crate::ir::TypeKind;
use crate::naming::{Claims, Scope};

/// Apex allows 40 letters in the name of a class.
pub(crate) const MAX_NAME: usize = 40;
/// What follows the name of a data class in the name of its codec.
const CODEC: &str = "Json";
/// What follows it in the name of the codec's test, and what follows the name of another class in that of its test.
const DATA_TEST: &str = "JsonTest";
const TEST: &str = "Test";

/// What a class and its companions are in the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beside {
    pub class: &'static str,
    codec: &'static str,
    test: &'static str,
}

impl Beside {
    pub(crate) const fn new(class: &'static str, codec: &'static str, test: &'static str) -> Self {
        Self { class, codec, test }
    }
}

/// The names of a class, of its codec, if it may have one, and of the test of what has code.
pub(crate) struct Claimed {
    pub class: String,
    pub codec: Option<String>,
    pub test: String,
}

/// What a class is, which decides what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Plain data: a codec, and the codec's test.
    Data,
    /// The constants of an enum, or a class that all share: a test.
    Alone,
}

impl Family {
    /// That of a type's class.
    pub(crate) fn of(kind: &TypeKind<'_>) -> Self {
        if let TypeKind::Enum(_) = kind {
            Self::Alone
        } else {
            Self::Data
        }
    }

    /// Why the class of such a type cannot have a name that could be one of a class, if it cannot. The second are the
    /// names that constants cannot have.
    pub(crate) fn problem(self, name: &str, taken: &ClassNames) -> Option<String> {
        match self {
            Self::Alone => taken.contains(name).then(|| {
                "a variable of the generated code has this name and would hide its constants"
                    .to_owned()
            }),
            Self::Data if name.len() > self.max() => class_problem(name, taken, self.max()),
            Self::Data => None,
        }
    }

    /// What follows the name in the names of the companions.
    fn suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Data => &[CODEC, DATA_TEST],
            Self::Alone => &[TEST],
        }
    }

    /// The most letters that leave room for the companions' names.
    pub(crate) fn max(self) -> usize {
        let longest = self.suffixes().iter().map(|suffix| suffix.len()).max();
        MAX_NAME - longest.unwrap_or_default()
    }

    /// The names of a class and of what stands beside it: those that were asked for or those of the lock, else the
    /// first candidate that is free together with its companions, or the first one with a number.
    pub(crate) fn claim(
        self,
        claims: &mut Claims,
        beside: Beside,
        place: &str,
        candidates: &Candidates,
    ) -> Claimed {
        let own = [beside.codec, beside.test].map(|role| claims.kept(role, place));
        let own: Vec<String> = own.into_iter().flatten().map(str::to_owned).collect();
        let fresh = |scope: &mut Scope| self.fresh(scope, candidates, &own);
        let class = claims.claim(beside.class, place, fresh);
        let mut companion = |role: &str, suffix: &str| {
            let stem: String = class.chars().take(MAX_NAME - suffix.len()).collect();
            let name = format!("{stem}{suffix}");
            claims.forget_unless(role, place, &name);
            claims.claim(role, place, |scope| scope.claim_numbered(&name, MAX_NAME))
        };
        let (test, codec) = match self {
            Self::Data => {
                let test = companion(beside.test, DATA_TEST);
                (test, Some(companion(beside.codec, CODEC)))
            }
            Self::Alone => (companion(beside.test, TEST), None),
        };
        Claimed { class, codec, test }
    }

    /// Takes the first candidate that is free together with its companions, or the first one with a number. Companions
    /// that the lock keeps for this very class are in nobody's way.
    fn fresh(self, scope: &mut Scope, candidates: &Candidates, own: &[String]) -> String {
        let mut free = candidates.names.iter();
        if let Some(name) = free.find(|name| self.is_free(scope, name, own)) {
            scope.claim(name);
            return name.clone();
        }
        let first = candidates.names.first().map_or("", String::as_str);
        let mut name = scope.claim_numbered(first, self.max());
        while !self.has_room(scope, &name, own) {
            name = scope.claim_numbered(first, self.max());
        }
        name
    }

    fn is_free(self, scope: &Scope, name: &str, own: &[String]) -> bool {
        !scope.is_taken(name) && self.has_room(scope, name, own)
    }

    /// Whether the names of all companions are free.
    fn has_room(self, scope: &Scope, name: &str, own: &[String]) -> bool {
        self.companions(name)
            .all(|companion| !scope.is_taken(&companion) || own.contains(&companion))
    }

    fn companions(self, name: &str) -> impl Iterator<Item = String> {
        self.suffixes()
            .iter()
            .map(move |suffix| format!("{name}{suffix}"))
    }
}

/// What the classes that all codecs share are in the lock, at a place of their own.
const SHARED: &str = "codecs";
const JSON: Beside = Beside::new("json", "jsonCodec", "jsonTest");
const RULES: Beside = Beside::new("rules", "rulesCodec", "rulesTest");
const VIOLATION: Beside = Beside::new("violation", "violationCodec", "violationTest");

/// The classes that all codecs of a run share.
pub(crate) struct Shared {
    /// The run-time code.
    pub json: String,
    /// The test of that.
    pub json_test: String,
    /// What is wrong with a value.
    pub violation: String,
    /// What schemas ask beside types: as many classes as there are methods for, none where they ask nothing.
    pub rules: Vec<String>,
    /// The tests of those.
    pub rules_tests: Vec<String>,
}

impl Shared {
    /// Names them last: no type of a schema has to give way.
    pub(crate) fn claim(claims: &mut Claims, prefix: &str, rule_classes: usize) -> Self {
        let mut class = |beside: Beside, place: &str, names: [&str; 2]| {
            let names = names.map(|name| format!("{prefix}{name}")).to_vec();
            let is_exact = false;
            let candidates = Candidates { names, is_exact };
            Family::Alone.claim(claims, beside, place, &candidates)
        };
        let json = class(JSON, SHARED, ["Json", "JsonSupport"]);
        let violation = class(VIOLATION, SHARED, ["Violation", "JsonViolation"]).class;
        let rules = (1..=rule_classes).map(|number| {
            let (place, number) = match number {
                1 => (SHARED.to_owned(), String::new()),
                more => (format!("{SHARED}/{more}"), more.to_string()),
            };
            let names = ["Rules", "JsonRules"].map(|name| format!("{name}{number}"));
            class(RULES, &place, names.each_ref().map(String::as_str))
        });
        let (rules, rules_tests) = rules.map(|one| (one.class, one.test)).unzip();
        Self {
            json: json.class,
            json_test: json.test,
            violation,
            rules,
            rules_tests,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Beside, Candidates, Family, Shared};
    use crate::naming::{Claims, Scope};

    const CLASS: Beside = Beside::new("class", "codec", "test");

    #[test]
    fn a_class_has_room_for_its_companions() {
        let mut scope = Scope::case_insensitive();
        scope.claim("OrderJson");
        let mut claims = Claims::new(scope);
        let order = Candidates::exact("Order");
        let mut claim = |family: Family, place| family.claim(&mut claims, CLASS, place, &order);
        assert_eq!(claim(Family::Alone, "a#").class, "Order");
        let second = claim(Family::Data, "b#");
        assert_eq!(second.class, "Order2");
        assert_eq!(second.codec.as_deref(), Some("Order2Json"));
        assert_eq!(claim(Family::Data, "c#").class, "Order3");
        assert_eq!(Family::Data.max(), 32);
    }

    #[test]
    fn shared_classes_give_way() {
        let mut scope = Scope::case_insensitive();
        scope.claim("json");
        let mut claims = Claims::new(scope);
        assert_eq!(Shared::claim(&mut claims, "", 0).json, "JsonSupport");
        let mut claims = Claims::new(Scope::case_insensitive());
        let shared = Shared::claim(&mut claims, "Agf", 2);
        assert_eq!(shared.json, "AgfJson");
        assert_eq!(shared.rules, ["AgfRules", "AgfRules2"]);
        assert_eq!(shared.rules_tests, ["AgfRulesTest", "AgfRules2Test"]);
    }
}
