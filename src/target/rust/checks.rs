//! The tables that generated types are checked against, where their shape does not say all.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use super::format::format_check;
use super::rules::ends;
use super::text::{float, line, literal};
use crate::hash::{HashMap, HashSet};
use crate::ir::check::Rule;
use crate::ir::{Bound, CheckId, NumberBounds, TypeGraph, components};
use crate::schema::equal;
use crate::schema::pattern::Simple;

/// The tables of a run, numbered in the order they are first needed, what a table needs before it. Schemas with the same
/// rules have one together.
pub(super) struct Tables<'t, 's> {
    graph: &'t TypeGraph<'s>,
    /// How a table is reached from a module with types.
    path: &'static str,
    /// For each check, the cycle that it is on.
    cycles: OnceCell<Vec<Option<u32>>>,
    numbers: HashMap<CheckId, usize>,
    /// Those on a cycle that have a number and no rules yet.
    open: HashSet<CheckId>,
    tables: Vec<Table>,
    /// The tables by their rules, but for those on a cycle.
    known: HashMap<Rc<[String]>, usize>,
    together: BTreeMap<Vec<CheckId>, usize>,
    patterns: BTreeMap<String, usize>,
    /// Parts of the shared code that the tables call.
    needs: BTreeSet<&'static str>,
}

/// A table of final text.
pub(super) struct Table {
    pub name: String,
    /// Where its schema stands.
    pub doc: String,
    /// How many other schemas have the same rules.
    pub others: usize,
    pub rules: Rc<[String]>,
}

/// A function that matches a pattern.
pub(super) struct Pattern {
    pub name: String,
    pub pattern: String,
}

impl<'t, 's> Tables<'t, 's> {
    pub(super) fn new(graph: &'t TypeGraph<'s>, single_file: bool) -> Self {
        Self {
            graph,
            path: if single_file { "" } else { "super::checks::" },
            cycles: OnceCell::new(),
            numbers: HashMap::default(),
            open: HashSet::default(),
            tables: Vec::new(),
            known: HashMap::default(),
            together: BTreeMap::new(),
            patterns: BTreeMap::new(),
            needs: BTreeSet::new(),
        }
    }

    /// The path of the table that a type is checked against.
    pub(super) fn of_type(&mut self, checks: &[CheckId]) -> String {
        let number = match checks {
            [one] => self.number(*one),
            several => {
                if let Some(number) = self.together.get(several) {
                    *number
                } else {
                    let list = self.list(several);
                    let rules = Rc::from([format!("All({list})")]);
                    let number = self.table(rules, |_| "Several schemas together".to_owned());
                    self.together.insert(several.to_vec(), number);
                    number
                }
            }
        };
        format!("{}{}", self.path, name(number))
    }

    /// A function that tells whether a text matches, as an expression.
    pub(super) fn pattern(&mut self, pattern: &str) -> String {
        let text = |text: &str| literal(text);
        match Simple::new(pattern) {
            Some(Simple::Anything) => "|_| true".to_owned(),
            Some(Simple::OneLine) => {
                "|text| !text.contains(['\\n', '\\r', '\\u{2028}', '\\u{2029}'])".to_owned()
            }
            Some(Simple::Starts(start)) => format!("|text| text.starts_with({})", text(&start)),
            Some(Simple::Ends(end)) => format!("|text| text.ends_with({})", text(&end)),
            Some(Simple::Contains(part)) => format!("|text| text.contains({})", text(&part)),
            Some(Simple::Equals(whole)) => format!("|text| text == {}", text(&whole)),
            Some(Simple::Characters { ranges, min, max }) => {
                let ranges: Vec<String> = ranges
                    .iter()
                    .map(|(first, last)| format!("({first:?}, {last:?})"))
                    .collect();
                let max = max.map_or_else(|| "usize::MAX".to_owned(), |max| max.to_string());
                let call = format!(
                    "support::characters(text, &[{}], {min}, {max})",
                    ranges.join(", ")
                );
                self.needs.insert("characters");
                format!("|text| {call}")
            }
            None => {
                self.needs.insert("regex");
                let next = self.patterns.len();
                let number = *self.patterns.entry(pattern.to_owned()).or_insert(next);
                format!("{}pattern_{number}", self.path)
            }
        }
    }

    /// Everything that was needed.
    pub(super) fn finish(mut self) -> Finished {
        let mut patterns: Vec<(usize, String)> = self
            .patterns
            .into_iter()
            .map(|(pattern, number)| (number, pattern))
            .collect();
        patterns.sort_unstable();
        let patterns = patterns
            .into_iter()
            .map(|(number, pattern)| Pattern {
                name: format!("pattern_{number}"),
                pattern: literal(&pattern),
            })
            .collect();
        if !self.tables.is_empty() {
            for (met, not) in [("tracks", "tracks_not"), ("recalls", "recalls_not")] {
                if !self.needs.contains(met) {
                    self.needs.insert(not);
                }
            }
        }
        Finished {
            tables: self.tables,
            patterns,
            needs: self.needs,
        }
    }

    /// The table of a check. It is made after those that it leads to, without recursion: they may be as many as a document
    /// has schemas.
    fn number(&mut self, id: CheckId) -> usize {
        let id = self.followed(id);
        if let Some(number) = self.numbers.get(&id) {
            return *number;
        }
        let mut waiting = vec![id];
        while let Some(&id) = waiting.last() {
            if !self.numbers.contains_key(&id) && self.is_on_cycle(id) {
                // It has a number before its rules, which lead to it.
                self.numbers.insert(id, self.tables.len());
                self.open.insert(id);
                self.needs.insert("recalls");
                self.push_table(Rc::default(), self.place(id));
            } else if self.numbers.contains_key(&id) && !self.open.contains(&id) {
                waiting.pop();
                continue;
            }
            let before = waiting.len();
            for rule in &self.graph.checks.get(id).rules {
                rule.for_each_part(&mut |part| {
                    let part = self.followed(part);
                    if !self.numbers.contains_key(&part) {
                        waiting.push(part);
                    }
                });
            }
            waiting[before..].reverse();
            if waiting.len() == before {
                waiting.pop();
                self.fill(id);
            }
        }
        self.numbers.get(&id).copied().unwrap_or_default()
    }

    /// Makes the table of a check, when all that it leads to have a number.
    fn fill(&mut self, id: CheckId) {
        // Tables are in a module of their own, or beside the types: either way they reach each other directly.
        let path = std::mem::take(&mut self.path);
        let mut rules = Vec::new();
        for rule in &self.graph.checks.get(id).rules {
            if let Rule::UnevaluatedItems(_) | Rule::UnevaluatedProperties(_) = rule {
                self.needs.insert("tracks");
            }
            self.rule(rule, &mut rules);
        }
        self.path = path;
        if self.open.remove(&id) {
            self.tables[self.numbers[&id]].rules = rules.into();
        } else {
            let number = self.table(rules.into(), |tables| tables.place(id));
            self.numbers.insert(id, number);
        }
    }

    /// The table with these rules.
    fn table(&mut self, rules: Rc<[String]>, place: impl Fn(&Self) -> String) -> usize {
        if let Some(number) = self.known.get(&rules) {
            self.tables[*number].others += 1;
            return *number;
        }
        let number = self.tables.len();
        self.known.insert(Rc::clone(&rules), number);
        self.push_table(rules, place(self));
        number
    }

    fn push_table(&mut self, rules: Rc<[String]>, doc: String) {
        self.tables.push(Table {
            name: name(self.tables.len()),
            doc,
            others: 0,
            rules,
        });
    }

    /// Whether a check leads back to itself, through parts of the value.
    fn is_on_cycle(&self, id: CheckId) -> bool {
        let cycles = self.cycles.get_or_init(|| {
            let checks = self.graph.checks.list.iter();
            let parts = checks.map(|check| {
                let mut parts = Vec::new();
                for rule in &check.rules {
                    rule.for_each_part(&mut |part| parts.push(part.0));
                }
                parts
            });
            components(&parts.collect::<Vec<_>>())
        });
        cycles[id.0 as usize].is_some()
    }

    /// The check that a check stands for which only refers to it.
    fn followed(&self, mut id: CheckId) -> CheckId {
        for _ in 0..self.graph.checks.list.len() {
            match self.graph.checks.get(id).rules.as_slice() {
                [Rule::All(one)] if one.len() == 1 => id = one[0],
                _ => break,
            }
        }
        id
    }

    fn place(&self, id: CheckId) -> String {
        let check = self.graph.checks.get(id);
        let (document, pointer) = self.graph.locations.place(check.location);
        let stem = self
            .graph
            .modules
            .iter()
            .find(|module| module.document == document)
            .map_or("", |module| module.stem);
        line(&format!("{stem}#{pointer}"))
    }

    fn see(&mut self, id: CheckId) -> String {
        let mut text = String::new();
        self.push(id, &mut text);
        text
    }

    /// Appends how another table sees the one of a check.
    fn push(&mut self, id: CheckId, to: &mut String) {
        to.push('&');
        to.push_str(&name(self.number(id)));
    }

    fn list(&mut self, ids: &[CheckId]) -> String {
        let mut list = "&[".to_owned();
        for (index, id) in ids.iter().enumerate() {
            list.push_str(if index == 0 { "" } else { ", " });
            self.push(*id, &mut list);
        }
        list.push(']');
        list
    }

    fn maybe(&mut self, id: Option<CheckId>) -> String {
        match id {
            Some(id) => format!("Some({})", self.see(id)),
            None => "None".to_owned(),
        }
    }

    fn named(&mut self, named: &[(&'s str, CheckId)]) -> String {
        let mut list = "&[".to_owned();
        for (index, (name, id)) in named.iter().enumerate() {
            list.push_str(if index == 0 { "(" } else { ", (" });
            list.push_str(&literal(name));
            list.push_str(", ");
            self.push(*id, &mut list);
            list.push(')');
        }
        list.push(']');
        list
    }

    fn values(&mut self, values: &[&Value]) -> String {
        // Many texts are searched as they stand, if they are in order; what else there is has to be read first.
        let mut plain = Vec::new();
        let mut others = Vec::new();
        for value in values {
            let json = value.to_string();
            match value {
                Value::String(text) if !json.contains('\\') => plain.push((text, json)),
                _ => others.push(json),
            }
        }
        plain.sort_unstable();
        let plain: Vec<String> = plain.iter().map(|(_, json)| literal(json)).collect();
        let others: Vec<String> = others.iter().map(|json| literal(json)).collect();
        let others = if others.is_empty() {
            "None".to_owned()
        } else {
            self.needs.insert("listing");
            format!("Some(support::listed!({}))", others.join(", "))
        };
        format!("Values(&[{}], {others})", plain.join(", "))
    }

    fn rule(&mut self, rule: &Rule<'s>, to: &mut Vec<String>) {
        let text = match rule {
            Rule::Never => "Never".to_owned(),
            Rule::Kinds(kinds) => format!("Kinds({})", kinds.bits()),
            Rule::Values(values) => self.values(values),
            Rule::Number(bounds) => return numbers(bounds, to),
            Rule::Length(size) => format!("Length({})", ends(*size)),
            Rule::Pattern(pattern) => {
                let matches = self.pattern(pattern);
                format!("Matches({matches}, {})", literal(pattern))
            }
            Rule::Format(format) => match format_check(*format) {
                Some((part, function)) => {
                    self.needs.insert(part);
                    format!(
                        "Matches(support::{function}, {})",
                        literal(&format!("the format {}", format.as_str()))
                    )
                }
                None => return,
            },
            Rule::Items(prefix, rest) => {
                format!("Items({}, {})", self.list(prefix), self.maybe(*rest))
            }
            Rule::ItemCount(size) => format!("ItemCount({})", ends(*size)),
            Rule::Unique => "Unique".to_owned(),
            Rule::Contains(check, size) => {
                format!("Contains({}, {})", self.see(*check), ends(*size))
            }
            Rule::UnevaluatedItems(check) => format!("UnevaluatedItems({})", self.see(*check)),
            Rule::Properties {
                named,
                patterns,
                additional,
            } => {
                let mut list = Vec::new();
                for (pattern, check) in patterns {
                    let matches = self.pattern(pattern);
                    list.push(format!("({matches}, {})", self.see(*check)));
                }
                let patterns = list.join(", ");
                format!(
                    "Properties({}, &[{patterns}], {})",
                    self.named(named),
                    self.maybe(*additional)
                )
            }
            Rule::Required(names) => format!("Required(&[{}])", texts(names)),
            Rule::PropertyCount(size) => format!("PropertyCount({})", ends(*size)),
            Rule::Names(check) => format!("Names({})", self.see(*check)),
            Rule::DependentRequired(rules) => {
                let list: Vec<String> = rules
                    .iter()
                    .map(|(name, names)| format!("({}, &[{}])", literal(name), texts(names)))
                    .collect();
                format!("DependentRequired(&[{}])", list.join(", "))
            }
            Rule::DependentSchemas(rules) => format!("DependentSchemas({})", self.named(rules)),
            Rule::UnevaluatedProperties(check) => {
                format!("UnevaluatedProperties({})", self.see(*check))
            }
            Rule::All(checks) => format!("All({})", self.list(checks)),
            Rule::Any(checks) => format!("Any({})", self.list(checks)),
            Rule::One(checks) => format!("One({})", self.list(checks)),
            Rule::Not(check) => format!("Not({})", self.see(*check)),
            Rule::If(condition, then, otherwise) => {
                format!(
                    "If({}, {}, {})",
                    self.see(*condition),
                    self.maybe(*then),
                    self.maybe(*otherwise)
                )
            }
        };
        to.push(text);
    }
}

/// What the tables came to.
pub(super) struct Finished {
    pub tables: Vec<Table>,
    pub patterns: Vec<Pattern>,
    /// Parts of the shared code that they call.
    pub needs: BTreeSet<&'static str>,
}

fn name(number: usize) -> String {
    format!("CHECK_{number}")
}

fn texts(names: &[&str]) -> String {
    let list: Vec<String> = names.iter().map(|name| literal(name)).collect();
    list.join(", ")
}

/// From here on a float does not have every whole number.
const EXACT: u128 = 1 << 53;

fn numbers(bounds: &NumberBounds<'_>, to: &mut Vec<String>) {
    let far = |bound: Bound<'_>| {
        let bound = equal::whole(bound.value);
        bound.filter(|bound| bound.unsigned_abs() >= EXACT)
    };
    if let Some(bound) = bounds.minimum {
        let rule = if bound.exclusive { "Above" } else { "AtLeast" };
        to.push(match far(bound) {
            // There are no fractions out there.
            Some(low) => format!(
                "AtLeastWhole({})",
                low.saturating_add(i128::from(bound.exclusive))
            ),
            None => format!("{rule}({})", float(bound.value)),
        });
    }
    if let Some(bound) = bounds.maximum {
        let rule = if bound.exclusive { "Below" } else { "AtMost" };
        to.push(match far(bound) {
            Some(high) => format!(
                "AtMostWhole({})",
                high.saturating_sub(i128::from(bound.exclusive))
            ),
            None => format!("{rule}({})", float(bound.value)),
        });
    }
    to.extend(
        bounds
            .multiple_of
            .iter()
            .map(|factor| format!("MultipleOf(\"{factor}\")")),
    );
}
