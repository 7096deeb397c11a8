//! The test of the rules that are checked on JSON trees: for each of them values that pass and values that do not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::cases::json_text;
use super::found::Found;
use super::kept::Kept;
use super::loops::loops;
use super::said::said;
use super::{assert, helper, test, test_class};
use crate::ir::check::Rule;
use crate::target::apex::code::{Doc, Method, Statement, assign, call, returns, text};
use crate::target::apex::lower::Class;
use crate::target::apex::rules::Methods;
use crate::target::apex::rules::method_name;
use crate::target::apex::text::literal;

/// How many values that pass, and how many that break one rule, are tried with a method; how many of the latter, if
/// something else is said of each.
const MANY_VALID: usize = 6;
const MANY_BROKEN: usize = 6;
const MANY_SAID: usize = 16;
/// How many letters of what is said of a value are compared: alternatives within alternatives multiply them.
const MAX_SAID: usize = 3_000;
/// How many letters of JSON text and of what is said of it the test of one method has, and that of one class.
const MAX_TEXT_OF_METHOD: usize = 60_000;
const MAX_TEXT: usize = 600_000;

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
    /// Nobody knows.
    Anything,
}

impl Expected {
    const ALL: [Self; 5] = [
        Self::Fits,
        Self::Says,
        Self::WrongAt,
        Self::Wrong,
        Self::Anything,
    ];

    /// The method that asserts it.
    fn helper(self) -> &'static str {
        match self {
            Self::Fits => "assertFits",
            Self::Says => "assertSays",
            Self::WrongAt => "assertWrongAt",
            Self::Wrong => "assertWrong",
            Self::Anything => "Assert.isNotNull",
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
        let mut room = MAX_TEXT;
        while let Some((part, number)) = all.next_of_class(methods.len()) {
            // What a method needs is known when it has been made.
            all.method(part, number);
            let rules = all.rules_of(part);
            let method = method_name(&shared.rules, number);
            let body = tried(kept, &rules, &method, &mut used, &mut room);
            methods.push(test(format!("itChecks{number}"), body));
        }
        let used = Expected::ALL.into_iter().filter(|one| used.contains(one));
        methods.extend(used.filter_map(|one| asserting(kept, one)));
        methods.push(tree(kept));
        test_class(kept.names.test(class), Vec::new(), methods)
    })
}

/// The helper that asserts what is expected, where it takes one.
fn asserting(kept: Kept<'_, '_>, expected: Expected) -> Option<Method> {
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
    Some(match expected {
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
        Expected::Anything => return None,
    })
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

/// A value, and what is known of it.
struct Tried {
    value: Value,
    /// How many letters its test has.
    length: usize,
    expected: Expected,
    /// What is expected to be said.
    said: Option<String>,
    /// The first rule that it breaks.
    broken: Option<usize>,
    /// In how many places something is wrong, as far as that is known.
    places: usize,
    /// What is said of the first, and where that is.
    first: Option<String>,
}

impl Tried {
    fn new(kept: Kept<'_, '_>, rules: &[&Rule<'_>], value: Value) -> Self {
        let each = rules.iter().map(|rule| said(kept, &[*rule], &value, &[]));
        let each: Vec<Option<Found>> = each.collect();
        let is_broken = |found: &Option<Found>| found.as_ref().is_some_and(|one| !one.is_empty());
        let broken = each.iter().position(is_broken);
        let found = broken.and_then(|_| said(kept, rules, &value, &[]));
        let is_short = |said: &String| said.len() <= MAX_SAID;
        let text = found.as_ref().and_then(Found::text).filter(is_short);
        let places = found.as_ref().and_then(Found::places).map(|places| {
            let places = places.iter().map(|place| format!("at {place}"));
            places.collect::<Vec<String>>().join(" ")
        });
        let places = places.filter(is_short);
        let (expected, said) = match (broken, text, places) {
            (None, ..) if each.iter().any(Option::is_none) => (Expected::Anything, None),
            (None, ..) => (Expected::Fits, None),
            (Some(_), Some(text), _) => (Expected::Says, Some(text)),
            (Some(_), None, Some(places)) => (Expected::WrongAt, Some(places)),
            (Some(_), None, None) => (Expected::Wrong, None),
        };
        Self {
            length: json_text(&value).len() + said.as_ref().map_or(0, String::len),
            value,
            expected,
            said,
            broken,
            places: found.as_ref().map_or(0, |one| one.problems.len()),
            first: found.and_then(|one| one.problems.first()?.text()),
        }
    }

    fn asserted(self, method: &str) -> Statement {
        let tree = call("tree", vec![text(literal(&json_text(&self.value)))]);
        let mut arguments = vec![call(method.to_owned(), vec![tree])];
        arguments.extend(self.said.map(|said| text(literal(&said))));
        Statement::Plain(call(self.expected.helper(), arguments))
    }
}

/// What is tried with a method.
fn tried(
    kept: Kept<'_, '_>,
    rules: &[&Rule<'_>],
    method: &str,
    used: &mut BTreeSet<Expected>,
    room: &mut usize,
) -> Vec<Statement> {
    let absent = call(method.to_owned(), vec![text("tree('{}').property('a')")]);
    let fits = Expected::Fits.helper();
    let mut body = vec![Statement::Plain(call(fits, vec![absent]))];
    used.insert(Expected::Fits);
    kept.effort.next();
    // Whatever those before it take, half of what is left is for those after it.
    for one in chosen(kept, rules, MAX_TEXT_OF_METHOD.min(*room / 2)) {
        *room = room.saturating_sub(one.length);
        used.insert(one.expected);
        body.push(one.asserted(method));
    }
    body
}

/// The values to try: some that pass, some that break each of the rules, as far as there is room, and what takes every loop
/// of the method.
fn chosen(kept: Kept<'_, '_>, rules: &[&Rule<'_>], mut room: usize) -> Vec<Tried> {
    let values = kept.examples.for_rules(rules).into_iter();
    let all: Vec<Tried> = values.map(|one| Tried::new(kept, rules, one)).collect();
    let (mut valid, mut unknown) = (Vec::new(), Vec::new());
    let mut broken: Vec<Vec<Tried>> = rules.iter().map(|_| Vec::new()).collect();
    for one in all {
        match (one.broken, one.expected) {
            (Some(rule), _) => broken[rule].push(one),
            (None, Expected::Fits) => valid.push(one),
            (None, _) => unknown.push(one),
        }
    }
    let mut left = valid.split_off(valid.len().min(MANY_VALID));
    let mut chosen = valid;
    for mut of_rule in broken {
        // The more is known of what is said and the less else is wrong, the better; but what is new comes first.
        of_rule.sort_by_key(|one| (one.expected, one.places));
        let mut said = BTreeSet::new();
        let is_said = |one: &Tried| !said.insert(one.first.clone());
        let (mut others, mut first): (Vec<Tried>, Vec<Tried>) =
            of_rule.into_iter().partition(is_said);
        let many = first.len().clamp(MANY_BROKEN, MANY_SAID);
        first.append(&mut others);
        left.extend(first.split_off(first.len().min(many)));
        chosen.append(&mut first);
    }
    left.extend(unknown.split_off(unknown.len().min(MANY_VALID)));
    chosen.append(&mut unknown);
    chosen.retain(|one| {
        let rest = room.checked_sub(one.length);
        room = rest.unwrap_or(room);
        rest.is_some()
    });
    left.retain(|one| one.length <= room);
    for taken in loops(rules) {
        if chosen.iter().any(|one| taken.is_entered(&one.value)) {
            continue;
        }
        match left.iter().position(|one| taken.is_entered(&one.value)) {
            Some(index) => chosen.push(left.swap_remove(index)),
            None => chosen.extend(taken.entering().map(|value| Tried::new(kept, rules, value))),
        }
    }
    chosen
}
