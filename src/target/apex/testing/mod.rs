//! A test class for each class with code, so that what is generated can be deployed by itself and shows in the org that it
//! works there.
//!
//! The tests need no data and make no callout. Those of a codec come from example values of its type; those of the code
//! that is the same in every output are templates.

mod actions;
mod asked;
mod asserts;
mod base;
mod broken;
mod cases;
mod constants;
mod effort;
mod entries;
mod formats;
mod found;
mod kept;
mod lists;
mod loops;
mod maps;
mod missing;
mod rules;
mod said;
mod set;
mod several;
mod sources;
mod unions;
mod valid;
mod verdict;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use self::asserts::assert_the_same;
use self::base::Base;
use self::cases::{Case, cases};
use self::effort::Effort;
use self::kept::Kept;
use self::set::Change;
use self::sources::Sources;
use super::Resolved;
use super::classes::Classes;
use super::code::{Doc, Method, Statement, assign, call, chunks, literal_of, returns, text};
use super::codec;
use super::config::ApexConfig;
use super::lower::Class;
use super::model::{JsonTest, MakeUuidTest, TestClass};
use super::names::Names;
use super::style::{suppressed_for_json_test, suppressed_for_test};
use super::text::literal;
use crate::example::Examples;
use crate::ir::{TypeGraph, TypeId, TypeKind};

/// How many things one method tries.
const TRIED: usize = 20;

/// How many constants are compared one by one. With 3,000 the test "requires too much metadata" for Salesforce's
/// compiler; the set of all of them takes far less.
const COMPARED: usize = 200;

/// Writes the test classes.
pub(crate) fn classes(
    resolved: &Resolved,
    graph: &TypeGraph<'_>,
    config: &ApexConfig,
    out: &mut Classes<'_>,
) {
    let Resolved {
        types,
        names,
        chosen,
        rules,
    } = resolved;
    let examples = Examples::new(graph);
    let kept = Kept {
        graph,
        types,
        names,
        rules,
        ruled: &asked::ruled(graph, rules),
        invalid: &RefCell::default(),
        set: &RefCell::default(),
        effort: &Effort::new(),
        unions: &Cell::default(),
        examples: &examples,
    };
    let listed = codec::listed(resolved, graph);
    let nullable = codec::nullable(graph, types, names);
    let sets = (&listed, &nullable);
    let mut has_codec = false;
    for (id, def) in graph.iter() {
        if let TypeKind::Enum(one_of) = &def.kind {
            if let Some(class) = names.class_name(id) {
                let values = one_of.values.iter().map(|value| value.wire);
                out.add(constants(names, id, class, &values.collect::<Vec<_>>()));
            }
            continue;
        }
        if !config.codec {
            continue;
        }
        if let Some(class) = names.list_class_name(id) {
            let tested = Tested {
                is_list: true,
                ..Tested::new(names, class, class.to_owned(), sets)
            };
            out.add(tested.test(kept, id));
            has_codec = true;
        }
        if let Some(class) = names.class_name(id)
            && names.entry_owner(id) == id
        {
            let ty = match def.kind {
                TypeKind::Map(_) => format!("List<{class}>"),
                _ => class.to_owned(),
            };
            out.add(Tested::new(names, class, ty, sets).test(kept, id));
            has_codec = true;
        }
    }
    if has_codec {
        let shared = names.shared();
        out.add(Class::JsonTest(JsonTest {
            annotations: suppressed_for_json_test(
                names.keeps_unknown() || !shared.rules.is_empty(),
            ),
            test: names.test(&shared.json),
            json: shared.json.clone(),
            violation: shared.violation.clone(),
            keeps_unknown: names.keeps_unknown(),
            has_rules: !shared.rules.is_empty(),
            has_whole: types.has_whole(),
            has_actions: names.has_actions(),
            formats: formats::test_of(&graph.checks),
        }));
    }
    out.extend(rules::classes(kept));
    out.extend(actions::classes(kept, names, chosen));
    if names.has_actions() {
        out.add(Class::MakeUuidTest(MakeUuidTest {
            annotations: suppressed_for_test(&[]),
            test: names.test(names.make_uuid()),
            name: names.make_uuid().to_owned(),
        }));
    }
}

/// The test of an enum's constants.
fn constants(names: &Names, id: TypeId, class: &str, values: &[&str]) -> Class {
    let equal = |expected: Doc, found: String| {
        Statement::Plain(call("Assert.areEqual", vec![expected, text(found)]))
    };
    let mut body: Vec<Statement> = Vec::new();
    let step = values.len().div_ceil(COMPARED).max(1);
    for (index, value) in values.iter().enumerate().step_by(step) {
        if let Some(constant) = names.constant_name(id, index) {
            body.push(equal(text(literal(value)), format!("{class}.{constant}")));
        }
    }
    let texts = values.iter().map(|value| text(literal(value))).collect();
    body.push(equal(
        literal_of("Set<String>", texts),
        format!("{class}.ALL"),
    ));
    test_class(
        names.test(class),
        Vec::new(),
        tests("itHasTheValuesOfTheSchema", body),
    )
}

/// A codec that is tested.
struct Tested<'a> {
    names: &'a Names,
    codec: String,
    /// What it reads: the data class, or a list of entries.
    ty: String,
    is_listed: bool,
    /// Whether it is the codec of a class around a list, which always checks something.
    is_list: bool,
    /// Whether null is valid.
    is_nullable: bool,
}

impl<'a> Tested<'a> {
    fn new(
        names: &'a Names,
        class: &str,
        ty: String,
        (listed, nullable): (&BTreeSet<String>, &BTreeSet<String>),
    ) -> Self {
        let codec = names.codec(class);
        Self {
            names,
            is_listed: ty == class && listed.contains(&codec),
            is_list: false,
            is_nullable: nullable.contains(&codec),
            codec,
            ty,
        }
    }

    fn test(&self, kept: Kept<'_, '_>, id: TypeId) -> Class {
        let (mut valid, mut invalid, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        let (mut read, mut missing) = (Vec::new(), None);
        let mut broken = Vec::new();
        let (mut is_placed, mut is_somewhere, mut is_tried) = (false, false, false);
        let (mut is_read, mut is_written, mut is_attempted) = (false, false, false);
        let (mut is_kept, mut is_invalid, mut is_formatted) = (false, false, false);
        let (mut set, mut tries, mut named) = (Vec::new(), Vec::new(), None);
        kept.effort.next();
        let least = Base::new(kept, id);
        let all = cases(kept, id, least.as_ref(), self.is_list);
        let base = least.as_ref().filter(|base| base.is_worth_it(&all));
        let sources = Sources::new(base, &all);
        let source = |json: &str| sources.json(json);
        let tried = |name: &'static str, json: &str, expected: &str| {
            Statement::Plain(call(name, vec![source(json), text(literal(expected))]))
        };
        let keys = self.keys(kept, id, &all);
        let lists = match self.is_listed {
            true => self.lists(kept, id, &all, &sources),
            false => Vec::new(),
        };
        for case in &all {
            match case {
                Case::Set(value, number, change, places) => {
                    let variable = format!("value{}", set.len() / 3 + 1);
                    let read = match number {
                        Some(number) => self.attempt(source(value), text(number.to_string())),
                        None => self.call("fromJson", source(value)),
                    };
                    set.extend(self.set(&variable, read, change.clone(), places));
                }
                Case::Read(value) => {
                    is_read = true;
                    read.push(Statement::Plain(call("assertRead", vec![source(value)])));
                }
                Case::Written(value) => {
                    is_written = true;
                    let argument = vec![source(value)];
                    read.push(Statement::Plain(call("assertWritten", argument)));
                }
                Case::Attempt(value, number) => {
                    is_attempted = true;
                    let arguments = vec![source(value), text(number.to_string())];
                    read.push(Statement::Plain(call("assertAttempt", arguments)));
                }
                Case::Tried(value, number, places) => {
                    is_tried = true;
                    let arguments = vec![
                        source(value),
                        text(number.to_string()),
                        text(literal(&all_of(places))),
                    ];
                    tries.push(Statement::Plain(call("assertTried", arguments)));
                }
                Case::Named(value) => named = self.named(kept, id, source(value)),
                Case::Broken(value, places) => {
                    is_placed = true;
                    broken.push(tried("assertBroken", value, &all_of(places)));
                }
                Case::Wrong(value) => {
                    is_somewhere = true;
                    broken.push(Statement::Plain(call("assertWrong", vec![source(value)])));
                }
                Case::Missing(value, written, places) => {
                    missing = Some(self.missing(source(value), source(written), places));
                }
                Case::Kept(value, written) => {
                    let mut arguments = vec![source(value), source(written)];
                    arguments.dedup();
                    is_kept |= arguments.len() == 1;
                    valid.push(Statement::Plain(call("assertKept", arguments)));
                }
                Case::Invalid(value, place) => {
                    is_invalid = true;
                    invalid.push(tried("assertInvalid", value, &format!("at {place}")));
                }
                Case::Unformatted(value, place, name) => {
                    is_formatted = true;
                    let said = format!("at {place}: must have the format {name}");
                    invalid.push(tried("assertUnformatted", value, &said));
                }
                Case::Refused(value, place) => {
                    let place = match place.as_str() {
                        "" => "the top",
                        place => place,
                    };
                    refused.push(tried("assertRefused", value, &format!("at {place}: ")));
                }
            }
        }
        let mut methods = vec![self.nothing(kept, id)];
        let helpers = [
            is_kept.then(assert_the_same),
            (!valid.is_empty()).then(|| self.assert_kept()),
            is_invalid.then(|| self.assert_invalid()),
            is_formatted.then(|| self.assert_unformatted()),
            (!refused.is_empty()).then(|| self.assert_refused()),
            is_read.then(|| self.assert_read()),
            is_written.then(|| self.assert_written()),
            is_attempted.then(|| self.assert_attempt()),
            is_tried.then(|| self.assert_tried()),
            is_placed.then(|| self.assert_broken(true)),
            is_somewhere.then(|| self.assert_broken(false)),
        ];
        for (name, statements) in [
            ("itKeeps", valid),
            ("itFindsWhatIsInvalid", invalid),
            ("itRefuses", refused),
            ("itReads", read),
            ("itTries", tries),
            ("itFindsWhatBreaksRules", broken),
        ] {
            methods.extend(tests(name, statements));
        }
        // Three statements belong together.
        for (index, chunk) in chunks(set, 3 * (TRIED / 2)).enumerate() {
            let name = format!("itFindsWhatIsSet{}", index + 1);
            methods.push(test(name, chunk));
        }
        methods.extend(missing);
        methods.extend(named);
        methods.extend(keys);
        methods.extend(lists);
        methods.extend(helpers.into_iter().flatten());
        methods.push(self.invalid());
        methods.extend(sources.helpers());
        test_class(self.names.test(&self.codec), sources.fields(), methods)
    }

    fn call(&self, method: &str, argument: Doc) -> Doc {
        call(format!("{}.{method}", self.codec), vec![argument])
    }

    /// Null is read as null, written as null, and only valid where the schema says so.
    fn nothing(&self, kept: Kept<'_, '_>, id: TypeId) -> Method {
        let missing = text("'at '");
        let of_null = match self.is_nullable {
            true => text("''"),
            false => missing.clone(),
        };
        let null = || text("null");
        let mut body = vec![
            assert("isNull", vec![self.call("fromJson", text("'null'"))]),
            assert(
                "areEqual",
                vec![text("'null'"), self.call("toJson", null())],
            ),
            assert("areEqual", vec![of_null, call("invalid", vec![null()])]),
        ];
        if self.is_listed {
            let json = &self.names.shared().json;
            let parsed = call(format!("{json}.parse"), vec![text("'null'")]);
            body.push(assert("isNull", vec![self.call("readAll", parsed)]));
            body.push(assert("isNull", vec![self.call("writeAll", null())]));
        }
        if let TypeKind::Union(_) = kept.graph.get(id).kind {
            let empty = call("invalid", vec![text(format!("new {}()", self.ty))]);
            body.push(assert("areEqual", vec![missing, empty]));
        }
        if let TypeKind::Tuple(tuple) = &kept.graph.get(id).kind {
            let least = tuple.size.min.unwrap_or(0).min(tuple.prefix.len() as u64);
            let nulls: Vec<&str> = (0..least).map(|_| "null").collect();
            let written = self.call("write", text(format!("new {}()", self.ty)));
            let json = &self.names.shared().json;
            let written = call(format!("{json}.canonical"), vec![written]);
            let expected = text(literal(&format!("[{}]", nulls.join(","))));
            body.push(assert("areEqual", vec![expected, written]));
        }
        test("itKnowsNothing".to_owned(), body)
    }

    /// A value to which something is done that makes it another than any that is read.
    fn set(&self, variable: &str, read: Doc, change: Change, places: &[String]) -> [Statement; 3] {
        let expected = text(literal(&all_of(places)));
        [
            assign(format!("{} {variable}", self.ty), read),
            change.statement(variable),
            assert(
                "areEqual",
                vec![expected, call("invalid", vec![text(variable.to_owned())])],
            ),
        ]
    }

    /// Of all that is missing each is found, and nothing is written for it.
    fn missing(&self, json: Doc, written: Doc, places: &[String]) -> Method {
        let places = text(literal(&all_of(places)));
        let body = vec![
            assign(format!("{} value", self.ty), self.call("fromJson", json)),
            assert(
                "areEqual",
                vec![places, call("invalid", vec![text("value")])],
            ),
            assign("String written", self.call("toJson", text("value"))),
            assert(
                "areEqual",
                vec![self.canonical(written), self.canonical(text("written"))],
            ),
        ];
        test("itFindsAllThatIsMissing".to_owned(), body)
    }

    /// Of a value that has all properties with a field nothing is left for those without one.
    fn named(&self, kept: Kept<'_, '_>, id: TypeId, json: Doc) -> Option<Method> {
        let others = kept.names.others_name(id)?;
        let body = vec![
            assign(format!("{} value", self.ty), self.call("fromJson", json)),
            assert("isNull", vec![text(format!("value.{others}"))]),
        ];
        Some(test("itKnowsItsProperties".to_owned(), body))
    }

    /// JSON text that is the same for the same value.
    fn canonical(&self, value: Doc) -> Doc {
        let json = &self.names.shared().json;
        let tree = call(format!("{json}.tree"), vec![value]);
        call(format!("{json}.canonical"), vec![tree])
    }

    /// The helper that names the places where a value is not valid.
    fn invalid(&self) -> Method {
        let violation = &self.names.shared().violation;
        let place = text("'at ' + violation.path");
        helper(
            "String invalid",
            &[&format!("{} value", self.ty)],
            vec![
                assign("List<String> places", text("new List<String>()")),
                Statement::For(
                    format!("{violation} violation"),
                    self.call("validate", text("value")),
                    vec![Statement::Plain(call("places.add", vec![place]))],
                ),
                returns(text("String.join(places, ' ')")),
            ],
        )
    }
}

/// The places as the helper that finds them says them.
fn all_of(places: &[String]) -> String {
    let places: Vec<String> = places.iter().map(|place| format!("at {place}")).collect();
    places.join(" ")
}

/// Test methods that share these statements.
fn tests(name: &str, statements: Vec<Statement>) -> Vec<Method> {
    let count = statements.len().div_ceil(TRIED);
    let chunks = chunks(statements, TRIED).enumerate();
    chunks
        .map(|(index, chunk)| {
            let name = match count {
                1 => name.to_owned(),
                _ => format!("{name}{}", index + 1),
            };
            test(name, chunk)
        })
        .collect()
}

/// An assertion.
fn assert(name: &str, arguments: Vec<Doc>) -> Statement {
    Statement::Plain(call(format!("Assert.{name}"), arguments))
}

fn test(name: String, body: Vec<Statement>) -> Method {
    Method {
        doc: vec!["@IsTest".to_owned()],
        head: format!("static void {name}"),
        parameters: Vec::new(),
        body,
    }
}

fn helper(head: &str, parameters: &[&str], body: Vec<Statement>) -> Method {
    Method {
        doc: Vec::new(),
        head: format!("private static {head}"),
        parameters: parameters.iter().map(|&one| one.to_owned()).collect(),
        body,
    }
}

fn test_class(name: String, fields: Vec<String>, methods: Vec<Method>) -> Class {
    let methods = methods.into_iter().map(Method::into_text);
    let members: Vec<String> = fields.into_iter().chain(methods).collect();
    Class::Test(TestClass {
        annotations: suppressed_for_test(&members),
        name,
        members,
    })
}
