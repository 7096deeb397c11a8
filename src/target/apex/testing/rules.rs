//! The test of the rules that are checked on JSON trees: for each of them values that pass and values that do not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::found::Found;
use super::kept::Kept;
use super::said::said;
use super::{assert, helper, test, test_class};
use crate::ir::check::Rule;
use crate::target::apex::code::{Doc, Method, Statement, assign, call, returns, text};
use crate::target::apex::lower::Class;
use crate::target::apex::rules::Methods;
use crate::target::apex::rules::method_name;
use crate::target::apex::text::literal;

/// How many values that pass, and how many that break one rule, are tried with a method.
const MANY_VALID: usize = 6;
const MANY_BROKEN: usize = 6;

/// What is expected of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Expected {
    /// Nothing is wrong.
    Fits,
    /// All that is said of it.
    Says,
    /// The places where something is wrong.
    WrongAt,
    /// Something is wrong.
    Wrong,
}

impl Expected {
    const ALL: [Self; 4] = [Self::Fits, Self::Says, Self::WrongAt, Self::Wrong];

    /// The helper that asserts it.
    fn helper(self) -> &'static str {
        match self {
            Self::Fits => "assertFits",
            Self::Says => "assertSays",
            Self::WrongAt => "assertWrongAt",
            Self::Wrong => "assertWrong",
        }
    }
}

/// The test classes, if there are rules.
pub(super) fn classes<'a>(kept: Kept<'a, '_>) -> impl Iterator<Item = Class> + 'a {
    let shared = kept.names.shared();
    let mut all = Methods::new(kept.graph, kept.rules, &shared.json, &shared.rules);
    shared.rules.iter().map(move |class| {
        let mut methods = Vec::new();
        let mut used = BTreeSet::new();
        while let Some((part, number)) = all.next_of_class(methods.len()) {
            // What a method needs is known when it has been made.
            all.method(part, number);
            let rules = all.rules_of(part);
            let method = method_name(&shared.rules, number);
            let body = tried(kept, &rules, &method, &mut used);
            methods.push(test(format!("itChecks{number}"), body));
        }
        let used = Expected::ALL.into_iter().filter(|one| used.contains(one));
        methods.extend(used.map(|one| asserting(kept, one)));
        methods.push(tree(kept));
        test_class(kept.names.test(class), methods)
    })
}

/// The helper that asserts what is expected.
fn asserting(kept: Kept<'_, '_>, expected: Expected) -> Method {
    let shared = kept.names.shared();
    let head = format!("void {}", expected.helper());
    let at = format!("{}.Checker at", shared.json);
    let count = || text("at.violations.size()");
    let each = |one: Doc, separator: &str| {
        let said = Statement::For(
            format!("{} one", shared.violation),
            text("at.violations"),
            vec![Statement::Plain(call("said.add", vec![one]))],
        );
        let joined = call("String.join", vec![text("said"), text(literal(separator))]);
        let body = vec![
            assign("List<String> said", text("new List<String>()")),
            said,
            assert("areEqual", vec![text("expected"), joined]),
        ];
        helper(&head, &[&at, "String expected"], body)
    };
    match expected {
        Expected::Fits => helper(
            &head,
            &[&at],
            vec![assert("areEqual", vec![text("0"), count()])],
        ),
        Expected::Says => each(text("(one.path + ' ' + one.message).trim()"), "; "),
        Expected::WrongAt => each(text("'at ' + one.path"), " "),
        Expected::Wrong => helper(
            &head,
            &[&at],
            vec![assert("areNotEqual", vec![text("0"), count()])],
        ),
    }
}

/// The helper that makes what the methods check.
fn tree(kept: Kept<'_, '_>) -> Method {
    let json = &kept.names.shared().json;
    let tree = call(format!("{json}.tree"), vec![text("source")]);
    helper(
        &format!("{json}.Checker tree"),
        &["String source"],
        vec![returns(call(format!("new {json}.Checker"), vec![tree]))],
    )
}

/// A value that breaks a rule.
struct Broken {
    value: Doc,
    /// In how many places, as far as that is known.
    places: usize,
    expected: Expected,
    said: Option<String>,
}

impl Broken {
    fn new(value: Doc, found: Option<&Found>) -> Self {
        let text = found.and_then(Found::text);
        let places = || {
            let places = found.and_then(Found::places)?.into_iter();
            let places: Vec<String> = places.map(|place| format!("at {place}")).collect();
            Some(places.join(" "))
        };
        let (expected, said) = match (text, places()) {
            (Some(text), _) => (Expected::Says, Some(text)),
            (None, Some(places)) => (Expected::WrongAt, Some(places)),
            (None, None) => (Expected::Wrong, None),
        };
        Self {
            value,
            places: found.map_or(0, |one| one.problems.len()),
            expected,
            said,
        }
    }

    fn asserted(self) -> Statement {
        let said = self.said.map(|said| text(literal(&said)));
        let arguments = [self.value].into_iter().chain(said).collect();
        Statement::Plain(call(self.expected.helper(), arguments))
    }
}

/// What is tried with a method.
fn tried(
    kept: Kept<'_, '_>,
    rules: &[&Rule<'_>],
    method: &str,
    used: &mut BTreeSet<Expected>,
) -> Vec<Statement> {
    let on = |value: &Value| {
        let tree = call("tree", vec![text(literal(&value.to_string()))]);
        call(method.to_owned(), vec![tree])
    };
    let absent = call(method.to_owned(), vec![text("tree('{}').property('a')")]);
    let mut valid = vec![absent];
    let mut unknown = Vec::new();
    let mut broken: Vec<Vec<Broken>> = rules.iter().map(|_| Vec::new()).collect();
    for value in kept.examples.for_rules(rules) {
        let each = rules.iter().map(|rule| said(kept, &[*rule], &value, &[]));
        let each: Vec<Option<Found>> = each.collect();
        let is_broken = |found: &Option<Found>| found.as_ref().is_some_and(|one| !one.is_empty());
        match each.iter().position(is_broken) {
            Some(index) => {
                let found = said(kept, rules, &value, &[]);
                broken[index].push(Broken::new(on(&value), found.as_ref()));
            }
            None if each.iter().any(Option::is_none) => unknown.push(on(&value)),
            None => valid.push(on(&value)),
        }
    }
    let plain = |name: &'static str, one: Doc| Statement::Plain(call(name, vec![one]));
    valid.truncate(MANY_VALID);
    used.insert(Expected::Fits);
    let fits = Expected::Fits.helper();
    let mut body: Vec<Statement> = valid.into_iter().map(|one| plain(fits, one)).collect();
    for mut of_rule in broken {
        // The more is known of what is said and the less else is wrong, the better.
        of_rule.sort_by_key(|one| (one.expected, one.places));
        for one in of_rule.into_iter().take(MANY_BROKEN) {
            used.insert(one.expected);
            body.push(one.asserted());
        }
    }
    unknown.truncate(MANY_VALID);
    body.extend(
        unknown
            .into_iter()
            .map(|one| plain("Assert.isNotNull", one)),
    );
    body
}
