//! Codecs of unions: which alternative a value is, and which one is written.

use super::check::At;
use super::{Codecs, Parts, no_value};
use crate::ir::{Alternative, Tag, TypeId, TypeRef, UnionType};
use crate::schema::kinds::{Kind, KindSet};
use crate::target::apex::code::{
    Doc, Method, Statement, assign, call, chain, guard, join, literal_of, operated, returns, text,
};
use crate::target::apex::signs::Sign;
use crate::target::apex::text::literal;
use crate::target::apex::types::{are_apart, stated};

/// How many values a message lists.
const SHOWN_VALUES: usize = 10;

/// What a value other than null can be.
const KINDS_OF_VALUES: [Kind; 6] = [
    Kind::Boolean,
    Kind::Integer,
    Kind::Fraction,
    Kind::String,
    Kind::Array,
    Kind::Object,
];

/// An alternative with a field.
struct Choice<'u, 's> {
    /// Its place among all of them.
    index: usize,
    field: &'u str,
    ty: TypeId,
    alternative: &'u Alternative<'s>,
}

impl<'a, 's> Codecs<'a, 's> {
    /// What reads, writes and checks one of several types.
    pub(super) fn union(&self, id: TypeId, union: &UnionType<'s>, class: &str) -> Parts {
        let choices: Vec<Choice<'_, 's>> = stated(self.graph, union)
            .into_iter()
            .filter_map(|(index, ty)| {
                Some(Choice {
                    index,
                    field: self.names.field_name(id, index)?,
                    ty,
                    alternative: &union.alternatives[index],
                })
            })
            .collect();
        let mut parts = Parts::default();
        match &union.tag {
            Some(tag) => parts.read = self.by_tag(&choices, class, tag),
            None if are_apart(self.graph, union) => parts.read = self.by_kind(&choices, class),
            None => self.by_trial(id, &choices, class, &mut parts),
        }
        if self.rated.contains(&id) {
            let held: Vec<_> = choices.iter().map(|one| (one.field, one.ty)).collect();
            parts.more.push(self.others_of(class, &held));
        }
        let written = choices
            .iter()
            .map(|one| self.write(self.types.holder(one.ty), &format!("value.{}", one.field)));
        let json = &self.names.shared().json;
        let written = literal_of("List<Object>", written.collect());
        parts.write = vec![
            no_value("value"),
            returns(call(format!("{json}.only"), vec![written])),
        ];
        parts.check = self.check_union(union, &choices);
        parts.check.extend(self.asked_of_class(id, true));
        parts
    }

    fn check_union(&self, union: &UnionType<'s>, choices: &[Choice<'_, 's>]) -> Vec<Statement> {
        let names: Vec<&str> = choices.iter().map(|one| one.field).collect();
        let values = names.iter().map(|name| text(format!("value.{name}")));
        let only = call(
            "at.onlyOne",
            vec![
                text(literal(&names.join(", "))),
                literal_of("List<Object>", values.collect()),
            ],
        );
        let mut check = vec![
            guard("value == null", Statement::Plain(text("return"))),
            Statement::Plain(only),
        ];
        for one in choices {
            let ty = TypeRef {
                id: one.ty,
                nullable: true,
            };
            check.extend(self.check(ty, false, &format!("value.{}", one.field), At::Same("at")));
            check.extend(self.check_tag(union, one));
        }
        check
    }

    /// Asks for a text that means the alternative, where its tag may hold others, too: it would be read as something else.
    fn check_tag(&self, union: &UnionType<'s>, one: &Choice<'_, 's>) -> Option<Statement> {
        let (class, place) = self.types.loose_tag(self.graph, union, one.index)?;
        let tag = union.tag.as_ref()?;
        let value = format!("value.{}", one.field);
        let held = format!("{value}.{}", self.names.field_name(class, place)?);
        let texts = tag.texts[one.index].iter();
        let texts = texts.map(|known| text(literal(known))).collect();
        let rules = vec![
            ("field", vec![text(literal(tag.property)), text(held)]),
            ("oneOf", vec![literal_of("Set<String>", texts)]),
        ];
        let asked = Statement::Plain(chain(At::Same("at").checker(&value), rules));
        let is_there = text(format!("{value} != null"));
        Some(Statement::If(vec![(Some(is_there), vec![asked])]))
    }

    /// The alternative whose text the tag has, or the one that takes all other texts.
    fn by_tag(&self, choices: &[Choice<'_, 's>], class: &str, tag: &Tag<'s>) -> Vec<Statement> {
        let source = || call("source.get", vec![text(literal(tag.property))]);
        let texts = |one: &Choice<'_, 's>| tag.texts.get(one.index).map_or(&[][..], Vec::as_slice);
        let branches = choices.iter().filter(|one| !texts(one).is_empty());
        let branches = branches.map(|one| {
            let is = texts(one)
                .iter()
                .map(|value| chain(source(), vec![("isText", vec![text(literal(value))])]));
            (operated(is.collect(), "||"), self.take(one))
        });
        let otherwise = match choices.iter().find(|one| texts(one).is_empty()) {
            Some(others) => self.take(others),
            None => {
                let known: Vec<&str> = choices.iter().flat_map(texts).copied().collect();
                let expected = match known.len() {
                    0..=SHOWN_VALUES => format!("one of: {}", known.join(", ")),
                    _ => format!("one of: {} …", known[..SHOWN_VALUES].join(", ")),
                };
                let problem = chain(source(), vec![("invalid", vec![text(literal(&expected))])]);
                vec![Statement::Plain(throw(problem))]
            }
        };
        chosen(
            class,
            guard("!source.hasObject()", returns(text("null"))),
            branches,
            otherwise,
        )
    }

    /// The only alternative of the value's JSON type.
    fn by_kind(&self, choices: &[Choice<'_, 's>], class: &str) -> Vec<Statement> {
        let kinds = choices.iter().map(|one| one.alternative.kinds);
        let is_any = |kind| kinds.clone().any(|one| one.contains(kind));
        let expected = text(literal(&words(
            KINDS_OF_VALUES.into_iter().filter(|kind| is_any(*kind)),
        )));
        let expected = call("source.invalid", vec![expected]);
        let mut otherwise = vec![Statement::Plain(throw(expected))];
        let mut named = choices;
        if KINDS_OF_VALUES.into_iter().all(is_any)
            && let Some((last, others)) = choices.split_last()
        {
            otherwise = self.take(last);
            named = others;
        }
        chosen(
            class,
            guard("source.isNull()", returns(text("null"))),
            named
                .iter()
                .map(|one| (is_of(one.alternative.kinds), self.take(one))),
            otherwise,
        )
    }

    /// Among alternatives of one JSON type, the one that is valid and keeps most of the value. The shared code tries them:
    /// so no codec has lines that only some of the unions can reach.
    fn by_trial(&self, id: TypeId, choices: &[Choice<'_, 's>], class: &str, parts: &mut Parts) {
        let source = format!("{}.Source source", self.names.shared().json);
        let codec = self.names.codec(class);
        let alternatives = text(format!("new {codec}()"));
        let best = call(
            "source.best",
            vec![
                text(literal(&codec)),
                alternatives,
                text(choices.len().to_string()),
            ],
        );
        parts.read = vec![returns(join(vec![text(format!("({class}) ")), best]))];
        let branches = choices.iter().enumerate().map(|(index, one)| {
            let mut conditions = vec![text(format!("alternative == {index}"))];
            conditions.extend(self.may_be(one));
            (Some(operated(conditions, "&&")), self.take(one))
        });
        parts.more.push(Method {
            doc: vec![
                "/** Reads the value as this alternative; empty if it is none. */".to_owned(),
            ],
            head: "public Object attempt".to_owned(),
            parameters: vec![source.clone(), "Integer alternative".to_owned()],
            body: vec![
                assign(format!("{class} value"), text(format!("new {class}()"))),
                Statement::If(branches.collect()),
                returns(text("value")),
            ],
        });
        let mut rated = vec![text("write(value)"), text("validate(value)")];
        if self.rated.contains(&id) {
            rated.push(text("others(value)"));
        }
        parts.more.push(Method {
            doc: vec!["/** How well such a reading does. */".to_owned()],
            head: "public Integer rate".to_owned(),
            parameters: vec![source, "Object candidate".to_owned()],
            body: vec![
                assign(
                    format!("{class} value"),
                    text(format!("({class}) candidate")),
                ),
                returns(call("source.rate", rated)),
            ],
        });
        parts.is_tried = true;
    }

    /// What can be seen of an alternative without reading it: trials must not go deep, or nested unions would take
    /// more time than there is.
    fn may_be(&self, one: &Choice<'_, 's>) -> Vec<Doc> {
        match Sign::new(self.graph, self.types, one.alternative) {
            Sign::Members(names, fixed) => {
                let names = names.iter().map(|name| text(literal(name)));
                let names = literal_of("Set<String>", names.collect());
                let fixed = fixed.into_iter().map(|(name, only)| {
                    let source = call("source.get", vec![text(literal(name))]);
                    chain(source, vec![("isText", vec![text(literal(only))])])
                });
                let all = call("source.hasAll", vec![names]);
                [all].into_iter().chain(fixed).collect()
            }
            Sign::Kind(kinds) => tests_of(kinds).into_iter().map(text).collect(),
            Sign::Other(kinds) => {
                let tests = tests_of(kinds).into_iter();
                tests.map(|test| text(format!("!{test}"))).collect()
            }
            Sign::None => Vec::new(),
        }
    }

    fn take(&self, one: &Choice<'_, 's>) -> Vec<Statement> {
        let value = self.read_held(self.types.holder(one.ty), text("source"));
        vec![assign(format!("value.{}", one.field), value)]
    }
}

/// A method that reads the first alternative whose condition holds, else does something else.
fn chosen(
    class: &str,
    way_out: Statement,
    branches: impl Iterator<Item = (Doc, Vec<Statement>)>,
    otherwise: Vec<Statement>,
) -> Vec<Statement> {
    let mut branches: Vec<_> = branches.map(|(is, then)| (Some(is), then)).collect();
    branches.push((None, otherwise));
    vec![
        way_out,
        assign(format!("{class} value"), text(format!("new {class}()"))),
        Statement::If(branches),
        returns(text("value")),
    ]
}

fn throw(exception: Doc) -> Doc {
    Doc::Group(vec![text("throw "), exception])
}

/// What a value of one of these JSON types is called in messages.
fn words(kinds: impl Iterator<Item = Kind>) -> String {
    let kinds = kinds.fold(KindSet::NONE, |all, kind| all.union(KindSet::of(kind)));
    let named = kinds.iter().filter_map(|kind| match kind {
        Kind::Null => Some("null"),
        Kind::Boolean => Some("true or false"),
        Kind::Integer if kinds.contains(Kind::Fraction) => None,
        Kind::Integer => Some("a whole number"),
        Kind::Fraction => Some("a number"),
        Kind::String => Some("text"),
        Kind::Array => Some("a list"),
        Kind::Object => Some("an object"),
    });
    let named: Vec<&str> = named.collect();
    match named.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "no value".to_owned(),
    }
}

/// Whether a source holds a value of these JSON types.
fn is_of(kinds: KindSet) -> Doc {
    operated(tests_of(kinds).into_iter().map(text).collect(), "||")
}

/// The tests for these JSON types, of which one has to hold.
fn tests_of(kinds: KindSet) -> Vec<&'static str> {
    let mut tests = Vec::new();
    for kind in kinds.iter() {
        tests.push(match kind {
            Kind::Null => "source.isNull()",
            Kind::Boolean => "source.isBoolean()",
            Kind::Integer if kinds.contains(Kind::Fraction) => "source.isNumber()",
            Kind::Integer => "source.isWhole()",
            Kind::Fraction if kinds.contains(Kind::Integer) => continue,
            Kind::Fraction => "source.isNumber()",
            Kind::String => "source.isText()",
            Kind::Array => "source.isList()",
            Kind::Object => "source.isObject()",
        });
    }
    tests
}
