//! What is asked of a value, as calls of the run-time code.

use serde_json::{Number, Value};

use super::Codecs;
use super::value::Element;
use crate::ir::{ArrayType, NumberBounds, SizeBounds, TypeId, TypeKind, TypeRef};
use crate::target::apex::code::{Doc, Statement, call, chain, literal_of, on_variable, text};
use crate::target::apex::text::literal;
use crate::target::apex::types::{Holder, Scalar};
use crate::target::apex::{format, pattern};

/// A call on a checker, with its arguments.
pub(super) type Rule = (&'static str, Vec<Doc>);

/// Which method of a codec checks a value.
#[derive(Clone, Copy)]
enum Checks {
    One,
    All,
}

/// Where a value is checked.
#[derive(Clone, Copy)]
pub(super) enum At<'e> {
    /// In this property.
    Field(&'e str),
    /// At this place of a list.
    Item(usize),
    /// In the entries of a list from this place on.
    Rest(usize),
    /// At the same place as the value that it is a part of: a variable with a checker.
    Same(&'e str),
    /// In the entry of a map with this key: a variable with the checker of the map, and the key.
    Entry(&'e str, &'e str),
}

impl At<'_> {
    /// The checker of a value there.
    pub(super) fn checker(self, value: &str) -> Doc {
        self.checker_of(text(value.to_owned()))
    }

    pub(super) fn checker_of(self, value: Doc) -> Doc {
        match self {
            Self::Field(wire) => call("at.field", vec![text(literal(wire)), value]),
            Self::Item(index) => call("at.item", vec![text(index.to_string()), value]),
            Self::Rest(start) => call("at.rest", vec![text(start.to_string()), value]),
            Self::Same(checker) => call(format!("{checker}.self"), vec![value]),
            Self::Entry(map, key) => {
                call(format!("{map}.member"), vec![text(key.to_owned()), value])
            }
        }
    }
}

impl Codecs<'_, '_> {
    /// The statements that check a value of this type. What is absent is valid unless it is required.
    pub(super) fn check(
        &self,
        ty: TypeRef,
        is_required: bool,
        value: &str,
        at: At<'_>,
    ) -> Vec<Statement> {
        let mut rules: Vec<Rule> = Vec::new();
        if is_required && !self.types.is_nullable(ty) {
            rules.push(("required", Vec::new()));
        }
        let holder = self.types.holder(ty.id);
        let end = self.types.end(ty.id);
        rules.extend(self.own_rules(ty, end, holder));
        let mut statements = match holder {
            Holder::Class(id) => self.with_codec(self.codec(id), Checks::One, rules, value, at),
            Holder::List(id) => self.list(end, id, rules, value, at),
            Holder::Scalar(_) | Holder::Never => plain(rules, value, at),
        };
        let is_checked = !statements.is_empty();
        statements.extend(self.asked_of_use(ty.id, value, at, is_checked));
        statements
    }

    /// What is asked of a value by its type. Of one that may be anything where no rule of the schema holds, that it can be written.
    fn own_rules(&self, ty: TypeRef, end: TypeId, holder: Holder) -> Vec<Rule> {
        let mut rules = self.rules(end, holder);
        if self.graph.is_conditional(ty) {
            match holder {
                Holder::Scalar(Scalar::JsonText) => return vec![("json", Vec::new())],
                _ => rules.retain(|(name, _)| matches!(*name, "empty" | "whole")),
            }
        }
        rules
    }

    /// The statements that check the entries of a list of which each has this type.
    pub(super) fn check_rest(&self, items: TypeRef, value: &str, at: At<'_>) -> Vec<Statement> {
        let mut rules: Vec<Rule> = Vec::new();
        if !self.types.is_nullable(items) {
            rules.push(("full", Vec::new()));
        }
        let mut statements = self.entries(items, rules, value, at);
        let is_checked = !statements.is_empty();
        statements.extend(self.asked_of_each(items, value, at, is_checked));
        statements
    }

    fn list(
        &self,
        end: TypeId,
        id: TypeId,
        rules: Vec<Rule>,
        value: &str,
        at: At<'_>,
    ) -> Vec<Statement> {
        let TypeKind::Array(array) = &self.graph.get(end).kind else {
            let mut statements = self.with_codec(self.codec(id), Checks::All, rules, value, at);
            statements.extend(self.own_entries(id, value, at));
            return statements;
        };
        let mut statements = match array.size.max {
            Some(0) => no_entries(rules, array.size.min, value, at),
            _ if matches!(self.element_of(array.items), Element::Never) => {
                no_entries(rules, array.size.min, value, at)
            }
            _ => self.entries(array.items, rules, value, at),
        };
        let is_checked = !statements.is_empty();
        statements.extend(self.asked_of_each(array.items, value, at, is_checked));
        if self.sees_twice(array)
            && let Element::Codec(codec) = self.element(id)
        {
            let tree = call(format!("{codec}.writeAll"), vec![text(value.to_owned())]);
            let unique = chain(at.checker_of(tree), vec![("unique", Vec::new())]);
            let list = chain(at.checker(value), vec![("isSound", Vec::new())]);
            statements.push(if_sound(list, vec![Statement::Plain(unique)]));
        }
        statements
    }

    fn entries(
        &self,
        items: TypeRef,
        mut rules: Vec<Rule>,
        value: &str,
        at: At<'_>,
    ) -> Vec<Statement> {
        match self.element_of(items) {
            Element::Codec(codec) => self.with_codec(Some(codec), Checks::All, rules, value, at),
            Element::Never => no_entries(rules, None, value, at),
            Element::Scalar(_) | Element::AnyJson => {
                let own = self.rules(self.types.end(items.id), self.types.holder(items.id));
                let Some(body) = on_variable("item", own).map(Statement::Plain) else {
                    return plain(rules, value, at);
                };
                rules.push(("items", Vec::new()));
                let checker = format!("{}.Checker item", self.names.shared().json);
                let values = chain(at.checker(value), rules);
                vec![Statement::For(checker, values, vec![body])]
            }
        }
    }

    /// What a codec checks, after these rules.
    fn with_codec(
        &self,
        codec: Option<String>,
        method: Checks,
        rules: Vec<Rule>,
        value: &str,
        at: At<'_>,
    ) -> Vec<Statement> {
        match codec.filter(|codec| self.checked.contains(codec)) {
            None => plain(rules, value, at),
            Some(codec) => {
                let checker = chain(at.checker(value), rules);
                let (name, arguments) = match method {
                    Checks::One => ("check", vec![text(value.to_owned()), checker]),
                    Checks::All => ("checkAll", vec![checker]),
                };
                vec![Statement::Plain(call(format!("{codec}.{name}"), arguments))]
            }
        }
    }

    /// What a type asks by itself, of a value that is there.
    pub(super) fn rules(&self, end: TypeId, holder: Holder) -> Vec<Rule> {
        let is_json = holder == Holder::Scalar(Scalar::JsonText);
        match &self.graph.get(end).kind {
            TypeKind::Object(_) if is_json => vec![("jsonObject", Vec::new())],
            TypeKind::Literal(values) => {
                let json = &self.names.shared().json;
                let trees = values.iter().map(|value| tree(value, json)).collect();
                let list = vec![literal_of("List<Object>", trees)];
                vec![(if is_json { "oneOfJson" } else { "oneOf" }, list)]
            }
            TypeKind::Any
            | TypeKind::Alias(_)
            | TypeKind::Union(_)
            | TypeKind::Object(_)
            | TypeKind::Tuple(_)
                if is_json =>
            {
                vec![("json", Vec::new())]
            }
            TypeKind::Null => vec![("empty", Vec::new())],
            TypeKind::Integer(bounds) | TypeKind::Number(bounds) => {
                let mut rules = amounts(bounds);
                if holder == Holder::Scalar(Scalar::Whole) {
                    rules.push(("whole", Vec::new()));
                }
                rules
            }
            TypeKind::String(string) if holder == Holder::Scalar(Scalar::Text) => {
                let mut rules = sizes("length", string.length);
                rules.extend(string.patterns.iter().filter_map(|one| pattern::check(one)));
                let asserted = string.format.filter(|_| string.asserts_format);
                rules.extend(asserted.and_then(format::check));
                rules
            }
            TypeKind::Enum(one_of) => {
                let values = match self.names.class_name(end) {
                    Some(class) => text(format!("{class}.ALL")),
                    None => {
                        let texts = one_of.values.iter().map(|value| text(literal(value.wire)));
                        literal_of("Set<String>", texts.collect())
                    }
                };
                vec![("oneOf", vec![values])]
            }
            TypeKind::Array(array) => {
                let mut rules = sizes("size", array.size);
                if !self.types.is_nullable(array.items) {
                    rules.push(("full", Vec::new()));
                }
                if self.sees_twice(array) {
                    rules.extend(match self.element(end) {
                        // Several texts stand for one value.
                        Element::AnyJson | Element::Scalar(Scalar::JsonText) => {
                            Some(("uniqueJson", Vec::new()))
                        }
                        Element::Scalar(_) | Element::Never => Some(("unique", Vec::new())),
                        Element::Codec(_) => None,
                    });
                }
                rules
            }
            TypeKind::Map(map) => sizes("size", map.size),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Boolean
            | TypeKind::String(_)
            | TypeKind::Tuple(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => Vec::new(),
        }
    }

    /// Whether the entries of a list have to differ, and do so as they are held.
    fn sees_twice(&self, array: &ArrayType) -> bool {
        let keeps = self.names.keeps_unknown();
        array.unique && self.types.tells_apart(array.items.id, keeps)
    }
}

/// A value of the schema as a tree.
pub(in crate::target::apex) fn tree(value: &Value, json: &str) -> Doc {
    match value {
        Value::Null => text("null"),
        Value::Bool(value) => text(value.to_string()),
        Value::Number(number) => amount(number),
        Value::String(value) => text(literal(value)),
        Value::Array(_) | Value::Object(_) => call(
            format!("{json}.tree"),
            vec![text(literal(&value.to_string()))],
        ),
    }
}

/// Rules on a value that has no codec.
pub(super) fn plain(rules: Vec<Rule>, value: &str, at: At<'_>) -> Vec<Statement> {
    if rules.is_empty() {
        return Vec::new();
    }
    vec![Statement::Plain(chain(at.checker(value), rules))]
}

/// What is asked of a list that has to be empty, which one that needs entries cannot be.
fn no_entries(mut rules: Vec<Rule>, least: Option<u64>, value: &str, at: At<'_>) -> Vec<Statement> {
    rules.retain(|(rule, _)| *rule == "required");
    rules.extend(sizes(
        "size",
        SizeBounds {
            min: least,
            max: Some(0),
        },
    ));
    plain(rules, value, at)
}

/// Statements that need a value which can be written, on this condition.
pub(super) fn if_sound(is_sound: Doc, statements: Vec<Statement>) -> Statement {
    Statement::If(vec![(Some(is_sound), statements)])
}

/// The rules on a number.
pub(in crate::target::apex) fn amounts(bounds: &NumberBounds<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    let ends = [
        (bounds.minimum, ["atLeast", "above"]),
        (bounds.maximum, ["atMost", "below"]),
    ];
    for (bound, names) in ends {
        if let Some(bound) = bound {
            rules.push((
                names[usize::from(bound.exclusive)],
                vec![amount(bound.value)],
            ));
        }
    }
    let units = bounds.multiple_of.iter();
    rules.extend(units.map(|unit| ("multipleOf", vec![amount(unit)])));
    rules
}

/// The rule on a size, if there is one.
pub(in crate::target::apex) fn sizes(rule: &'static str, size: SizeBounds) -> Vec<Rule> {
    // No list and no text in Apex is longer than an Integer can say.
    let limit = u64::from(i32::MAX.unsigned_abs());
    let least = size.min.filter(|min| *min > 0).map(|min| min.min(limit));
    let most = size.max.filter(|max| *max < limit);
    if least.is_none() && most.is_none() {
        return Vec::new();
    }
    let end = |end: Option<u64>| text(end.map_or("null".to_owned(), |end| end.to_string()));
    vec![(rule, vec![end(least), end(most)])]
}

/// A number as Apex has it: what its literals cannot say is made from text.
fn amount(number: &Number) -> Doc {
    let written = number.to_string();
    let digits = written.trim_start_matches('-');
    let is_plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_plain && digits.len() < 10 {
        text(written)
    } else {
        call("Decimal.valueOf", vec![text(literal(&written))])
    }
}
