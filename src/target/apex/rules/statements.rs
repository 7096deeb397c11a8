//! The statements that check the rules of a schema on a JSON tree: calls of the shared code.

use super::class::{Methods, Part, place_of};
use super::exact::followed;
use crate::ir::CheckId;
use crate::ir::check::Rule;
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::pattern::Simple;
use crate::target::apex::code::{
    Doc, Statement, assign, call, chain, literal_of, on_variable, text,
};
use crate::target::apex::codec::{amounts, sizes, tree};
use crate::target::apex::text::literal;
use crate::target::apex::{format, pattern};

/// A call on a checker, with its arguments.
type Call = (&'static str, Vec<Doc>);

/// How many calls stand in one chain instead of a method of their own.
const MANY_CALLS: usize = 3;

/// The statements of a method.
pub(super) struct Body<'m, 'a, 's> {
    methods: &'m mut Methods<'a, 's>,
    statements: Vec<Statement>,
    lists: usize,
}

/// What checks a value.
enum Checking {
    Calls(Vec<Call>),
    Method(String),
}

impl<'m, 'a, 's> Body<'m, 'a, 's> {
    /// Those for these rules, on the variable `at`.
    pub(super) fn of(methods: &'m mut Methods<'a, 's>, rules: &[&Rule<'s>]) -> Vec<Statement> {
        let mut body = Self {
            methods,
            statements: Vec::new(),
            lists: 0,
        };
        let json = body.methods.json;
        let calls = rules.iter().filter_map(|rule| calls(rule, json)).flatten();
        let calls = on_variable("at", calls.collect());
        body.statements.extend(calls.map(Statement::Plain));
        for rule in rules {
            body.rule(rule);
        }
        body.statements
    }

    fn rule(&mut self, rule: &Rule<'s>) {
        match rule {
            Rule::Items(prefix, rest) => {
                for (index, id) in prefix.iter().enumerate() {
                    self.check(*id, call("at.entry", vec![text(index.to_string())]));
                }
                if let Some(id) = rest {
                    let rest = call("at.items", vec![text(prefix.len().to_string())]);
                    self.each("item", rest, *id);
                }
            }
            Rule::Contains(id, size) => {
                self.lists += 1;
                let list = match self.lists {
                    1 => "trials".to_owned(),
                    more => format!("trials{more}"),
                };
                let checker = format!("{}.Checker", self.methods.json);
                let trial = self.checked(*id, text("item.apart()"));
                self.statements.extend([
                    assign(
                        format!("List<{checker}> {list}"),
                        text(format!("new List<{checker}>()")),
                    ),
                    Statement::For(
                        format!("{checker} item"),
                        text("at.items()"),
                        vec![Statement::Plain(call(format!("{list}.add"), vec![trial]))],
                    ),
                ]);
                for (_, mut arguments) in sizes("contains", *size) {
                    arguments.insert(0, text(list.clone()));
                    self.say(call("at.contains", arguments));
                }
            }
            Rule::Properties {
                named,
                patterns,
                additional,
            } => self.properties(named, patterns, *additional),
            Rule::Names(id) => self.each("name", text("at.names()"), *id),
            Rule::DependentSchemas(rules) => {
                for (name, id) in rules {
                    let trial = self.trial(*id);
                    self.say(call("at.fitsWith", vec![text(literal(name)), trial]));
                }
            }
            Rule::All(ids) => {
                for id in ids {
                    self.check(*id, text("at"));
                }
            }
            Rule::Any(ids) => self.alternatives("at.fitsAny", ids),
            Rule::One(ids) => self.alternatives("at.fitsOne", ids),
            Rule::Not(id) => {
                let location = self.methods.graph.checks.get(*id).location;
                let place = literal(&place_of(self.methods.graph, location));
                let trial = self.trial(*id);
                self.say(call("at.fitsNot", vec![trial, text(place)]));
            }
            Rule::If(condition, then, otherwise) => {
                let mut arguments = vec![self.trial(*condition)];
                for branch in [then, otherwise] {
                    arguments.push(match branch {
                        Some(id) => self.trial(*id),
                        None => text("null"),
                    });
                }
                self.say(call("at.fitsIf", arguments));
            }
            // These are calls, or left out.
            Rule::Never
            | Rule::Kinds(_)
            | Rule::Values(_)
            | Rule::Number(_)
            | Rule::Length(_)
            | Rule::Pattern(_)
            | Rule::Format(_)
            | Rule::ItemCount(_)
            | Rule::Unique
            | Rule::Required(_)
            | Rule::PropertyCount(_)
            | Rule::DependentRequired(_)
            | Rule::UnevaluatedItems(_)
            | Rule::UnevaluatedProperties(_) => {}
        }
    }

    fn properties(
        &mut self,
        named: &[(&'s str, CheckId)],
        patterns: &[(&'s str, CheckId)],
        additional: Option<CheckId>,
    ) {
        for (name, id) in named {
            self.check(*id, call("at.property", vec![text(literal(name))]));
        }
        let mut expressions = Vec::new();
        for (one, id) in patterns {
            if let Some(regex) = pattern::java(one) {
                let found = call("at.matching", vec![text(literal(&regex))]);
                self.each("part", found, *id);
                expressions.push(regex);
            }
        }
        let Some(id) = additional.filter(|_| has_others(patterns)) else {
            return;
        };
        let names = named.iter().map(|(name, _)| text(literal(name)));
        let regex = match expressions.is_empty() {
            true => "null".to_owned(),
            false => literal(&expressions.join("|")),
        };
        let known = match named.is_empty() {
            true => text("new Set<String>()"),
            false => literal_of("Set<String>", names.collect()),
        };
        let others = call("at.unknown", vec![known, text(regex)]);
        self.each("other", others, id);
    }

    fn alternatives(&mut self, method: &'static str, ids: &[CheckId]) {
        let trials = ids.iter().map(|id| self.trial(*id)).collect();
        let list = literal_of(&format!("List<{}.Checker>", self.methods.json), trials);
        self.say(call(method, vec![list]));
    }

    fn say(&mut self, doc: Doc) {
        self.statements.push(Statement::Plain(doc));
    }

    /// A check of the value that an expression has a checker for.
    fn check(&mut self, id: CheckId, value: Doc) {
        if !self.is_free(id) {
            let checked = self.checked(id, value);
            self.say(checked);
        }
    }

    /// A check of each of some values.
    fn each(&mut self, variable: &str, values: Doc, id: CheckId) {
        if !self.is_free(id) {
            let checked = self.checked(id, text(variable.to_owned()));
            self.statements.push(Statement::For(
                format!("{}.Checker {variable}", self.methods.json),
                values,
                vec![Statement::Plain(checked)],
            ));
        }
    }

    /// A check of the same value, whose outcome is only looked at.
    fn trial(&mut self, id: CheckId) -> Doc {
        self.checked(id, text("at.apart()"))
    }

    /// Whether every value passes.
    fn is_free(&mut self, id: CheckId) -> bool {
        matches!(self.checking(id), Checking::Calls(calls) if calls.is_empty())
    }

    fn checked(&mut self, id: CheckId, value: Doc) -> Doc {
        match self.checking(id) {
            Checking::Calls(calls) => match value {
                Doc::Text(variable) if !variable.ends_with(')') => {
                    on_variable(&variable, calls).unwrap_or_else(|| text(variable))
                }
                value => chain(value, calls),
            },
            Checking::Method(name) => call(name, vec![value]),
        }
    }

    fn checking(&mut self, id: CheckId) -> Checking {
        let id = followed(self.methods.graph, id);
        let rules = self.methods.rules_of(Part::Check(id));
        let json = self.methods.json;
        let short: Option<Vec<Vec<Call>>> = rules.iter().map(|rule| calls(rule, json)).collect();
        match short.map(|calls| calls.concat()) {
            Some(calls) if calls.len() <= MANY_CALLS => Checking::Calls(calls),
            _ => {
                let number = self.methods.number(Part::Check(id));
                Checking::Method(self.methods.called(number))
            }
        }
    }
}

/// Whether there are names that none of these patterns matches.
pub(crate) fn has_others(patterns: &[(&str, CheckId)]) -> bool {
    let mut patterns = patterns.iter();
    patterns.all(|(pattern, _)| Simple::new(pattern) != Some(Simple::Anything))
}

/// A rule as calls on a checker; none where it takes statements of its own.
fn calls(rule: &Rule<'_>, json: &str) -> Option<Vec<Call>> {
    let list = |names: &[&str]| {
        let names = names.iter().map(|name| text(literal(name)));
        literal_of("List<String>", names.collect())
    };
    Some(match rule {
        Rule::Never => vec![("never", Vec::new())],
        Rule::Kinds(kinds) => vec![("kinds", vec![list(&words(*kinds))])],
        Rule::Values(values) => {
            let trees = values.iter().map(|value| tree(value, json)).collect();
            vec![("among", vec![literal_of("List<Object>", trees)])]
        }
        Rule::Number(bounds) => amounts(bounds),
        Rule::Length(size) => sizes("length", *size),
        Rule::Pattern(one) => pattern::check(one).into_iter().collect(),
        Rule::ItemCount(size) => sizes("size", *size),
        Rule::PropertyCount(size) => sizes("members", *size),
        Rule::Unique => vec![("unique", Vec::new())],
        Rule::Required(names) => vec![("needs", vec![list(names)])],
        Rule::DependentRequired(rules) => {
            let rules = rules.iter().filter(|(_, names)| !names.is_empty());
            rules
                .map(|(name, names)| ("needsWith", vec![text(literal(name)), list(names)]))
                .collect()
        }
        Rule::Format(format) => format::check(*format).into_iter().collect(),
        // Apex cannot check these.
        Rule::UnevaluatedItems(_) | Rule::UnevaluatedProperties(_) => Vec::new(),
        Rule::Items(..)
        | Rule::Contains(..)
        | Rule::Properties { .. }
        | Rule::Names(_)
        | Rule::DependentSchemas(_)
        | Rule::All(_)
        | Rule::Any(_)
        | Rule::One(_)
        | Rule::Not(_)
        | Rule::If(..) => return None,
    })
}

/// The words for JSON types that the shared code knows a value by.
fn words(kinds: KindSet) -> Vec<&'static str> {
    kinds.iter().map(Kind::as_str).collect()
}
