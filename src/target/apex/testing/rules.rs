//! The test of the rules that are checked on JSON trees: for each of them values that pass and values that do not.

use serde_json::Value;

use super::kept::Kept;
use super::{assert, helper, test, test_class};
use crate::ir::check::Rule;
use crate::target::apex::code::{Doc, Method, Statement, call, returns, text};
use crate::target::apex::lower::Class;
use crate::target::apex::rules::Methods;
use crate::target::apex::rules::method_name;
use crate::target::apex::text::literal;

/// How many values that pass, and how many that break one rule, are tried with a method.
const MANY_VALID: usize = 6;
const MANY_BROKEN: usize = 6;

/// The test classes, if there are rules.
pub(super) fn classes<'a>(kept: Kept<'a, '_>) -> impl Iterator<Item = Class> + 'a {
    let shared = kept.names.shared();
    let mut all = Methods::new(kept.graph, kept.rules, &shared.json, &shared.rules);
    shared.rules.iter().map(move |class| {
        let mut methods = Vec::new();
        while let Some((part, number)) = all.next_of_class(methods.len()) {
            // What a method needs is known when it has been made.
            all.method(part, number);
            let rules = all.rules_of(part);
            let body = tried(kept, &rules, &method_name(&shared.rules, number));
            methods.push(test(format!("itChecks{number}"), body));
        }
        methods.extend(helpers(kept));
        test_class(kept.names.test(class), methods)
    })
}

/// What all tests of rules have in common.
fn helpers(kept: Kept<'_, '_>) -> [Method; 3] {
    let shared = kept.names.shared();
    let checker = format!("{}.Checker", shared.json);
    let tree = call(format!("{}.tree", shared.json), vec![text("source")]);
    [
        helper(
            "void assertFits",
            &[&format!("{checker} at")],
            vec![assert(
                "areEqual",
                vec![text("0"), text("at.violations.size()")],
            )],
        ),
        helper(
            "void assertBroken",
            &[&format!("{checker} at")],
            vec![assert(
                "areNotEqual",
                vec![text("0"), text("at.violations.size()")],
            )],
        ),
        helper(
            &format!("{checker} tree"),
            &["String source"],
            vec![returns(call(format!("new {checker}"), vec![tree]))],
        ),
    ]
}

/// What is tried with a method.
fn tried(kept: Kept<'_, '_>, rules: &[&Rule<'_>], method: &str) -> Vec<Statement> {
    let on = |value: &Value| {
        let tree = call("tree", vec![text(literal(&value.to_string()))]);
        call(method.to_owned(), vec![tree])
    };
    let absent = call(method.to_owned(), vec![text("tree('{}').property('a')")]);
    let mut valid = vec![absent];
    let (mut broken, mut unknown) = (Vec::new(), Vec::new());
    let mut counts = vec![0; rules.len()];
    for value in kept.examples.for_rules(rules) {
        let each = rules
            .iter()
            .map(|rule| kept.graph.checks.accepts_rules(&[*rule], &value));
        let each: Vec<Option<bool>> = each.collect();
        let first_broken = each.iter().position(|passes| *passes == Some(false));
        match first_broken {
            Some(index) if counts[index] < MANY_BROKEN => {
                counts[index] += 1;
                broken.push(on(&value));
            }
            Some(_) => {}
            None if each.contains(&None) => unknown.push(on(&value)),
            None => valid.push(on(&value)),
        }
    }
    let said = |name: &'static str| move |one: Doc| Statement::Plain(call(name, vec![one]));
    valid.truncate(MANY_VALID);
    let mut body: Vec<Statement> = valid.into_iter().map(said("assertFits")).collect();
    body.extend(broken.into_iter().map(said("assertBroken")));
    unknown.truncate(MANY_VALID);
    body.extend(unknown.into_iter().map(said("Assert.isNotNull")));
    body
}
