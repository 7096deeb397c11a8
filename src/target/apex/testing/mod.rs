//! A test class for each class with code, so that what is generated can be deployed by itself and shows in the org that it
//! works there.
//!
//! The tests need no data and make no callout. Those of a codec come from example values of its type; those of the code
//! that is the same in every output are templates.

mod actions;
mod cases;
mod kept;

use self::cases::{Case, cases};
use self::kept::Kept;
use super::code::{Doc, Method, Statement, assign, call, join, literal_of, returns, text};
use super::config::ApexConfig;
use super::lower::Class;
use super::model::{JsonTest, MakeUuidTest, TestClass};
use super::names::Names;
use super::text::literal;
use super::types::TypeMap;
use crate::example::Examples;
use crate::ir::{TypeGraph, TypeId, TypeKind};

/// How many things one method tries.
const TRIED: usize = 20;

/// The test classes.
pub(crate) fn classes(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    names: &Names,
    config: &ApexConfig,
    chosen: &[TypeId],
) -> Vec<Class> {
    let examples = Examples::new(graph);
    let kept = Kept {
        graph,
        types,
        examples: &examples,
    };
    let mut classes = Vec::new();
    for (id, def) in graph.iter() {
        if let TypeKind::Enum(one_of) = &def.kind {
            if let Some(class) = names.class_name(id) {
                let values = one_of.values.iter().map(|value| value.wire);
                classes.push(constants(names, id, class, &values.collect::<Vec<_>>()));
            }
            continue;
        }
        if !config.codec {
            continue;
        }
        if let Some(class) = names.list_class_name(id) {
            classes.push(codec(kept, names, id, class));
        }
        if let Some(class) = names.class_name(id)
            && !matches!(def.kind, TypeKind::Map(_))
        {
            classes.push(codec(kept, names, id, class));
        }
    }
    if config.codec && !classes.is_empty() {
        let shared = names.shared();
        classes.push(Class::JsonTest(JsonTest {
            annotations: Vec::new(),
            test: Names::test(&shared.json),
            json: shared.json.clone(),
            violation: shared.violation.clone(),
        }));
    }
    classes.extend(actions::classes(kept, names, chosen));
    classes.extend(names.make_uuid().map(|name| {
        Class::MakeUuidTest(MakeUuidTest {
            test: Names::test(name),
            name: name.to_owned(),
        })
    }));
    classes
}

/// The test of an enum's constants.
fn constants(names: &Names, id: TypeId, class: &str, values: &[&str]) -> Class {
    let equal = |expected: Doc, found: String| {
        Statement::Plain(call("Assert.areEqual", vec![expected, text(found)]))
    };
    let mut body: Vec<Statement> = Vec::new();
    for (index, value) in values.iter().enumerate() {
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
        Names::test(class),
        vec![test("itHasTheValuesOfTheSchema".to_owned(), body)],
    )
}

/// The test of a codec.
fn codec(kept: Kept<'_, '_>, names: &Names, id: TypeId, class: &str) -> Class {
    let codec = Names::codec(class);
    let (mut valid, mut invalid, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let tried = |name: &str, first: &str, second: &str| {
        let arguments = [first, second].map(|argument| text(literal(argument)));
        Statement::Plain(call(name, arguments.to_vec()))
    };
    for case in cases(kept, id) {
        match case {
            Case::Kept(value, written) => valid.push(tried("assertKept", &value, &written)),
            Case::Invalid(value, place) => {
                invalid.push(tried("assertInvalid", &value, &format!("at {place}")));
            }
            Case::Refused(value, place) => {
                refused.push(tried("assertRefused", &value, &format!("at {place}: ")));
            }
        }
    }
    let mut methods = vec![nothing(kept, id, class, &codec)];
    let helpers = [
        (!valid.is_empty()).then(|| assert_kept(names, class, &codec)),
        (!invalid.is_empty()).then(|| assert_invalid(&codec)),
        (!refused.is_empty()).then(|| assert_refused(names, &codec)),
    ];
    for (name, statements) in [
        ("itKeeps", valid),
        ("itFindsWhatIsInvalid", invalid),
        ("itRefuses", refused),
    ] {
        methods.extend(tests(name, statements));
    }
    methods.extend(helpers.into_iter().flatten());
    methods.push(invalid_places(names, class, &codec));
    test_class(Names::test(&codec), methods)
}

/// Null is read as null, written as null, and not valid.
fn nothing(kept: Kept<'_, '_>, id: TypeId, class: &str, codec: &str) -> Method {
    let missing = text("'at '");
    let mut body = vec![
        assert(
            "isNull",
            vec![call(format!("{codec}.fromJson"), vec![text("'null'")])],
        ),
        assert(
            "areEqual",
            vec![
                text("'null'"),
                call(format!("{codec}.toJson"), vec![text("null")]),
            ],
        ),
        assert(
            "areEqual",
            vec![missing.clone(), call("invalid", vec![text("null")])],
        ),
    ];
    if let TypeKind::Union(_) = kept.graph.get(id).kind {
        let empty = call("invalid", vec![text(format!("new {class}()"))]);
        body.push(assert("areEqual", vec![missing, empty]));
    }
    test("itKnowsNothing".to_owned(), body)
}

fn assert_kept(names: &Names, class: &str, codec: &str) -> Method {
    let json = &names.shared().json;
    let canonical = |value: Doc| {
        let tree = call(format!("{json}.tree"), vec![value]);
        call(format!("{json}.canonical"), vec![tree])
    };
    helper(
        "void assertKept",
        &["String source", "String expected"],
        vec![
            assign(
                format!("{class} value"),
                call(format!("{codec}.fromJson"), vec![text("source")]),
            ),
            Statement::Plain(call(
                "Assert.areEqual",
                vec![
                    text("''"),
                    call("invalid", vec![text("value")]),
                    text("source"),
                ],
            )),
            assign(
                "String written",
                call(format!("{codec}.toJson"), vec![text("value")]),
            ),
            Statement::Plain(call(
                "Assert.areEqual",
                vec![
                    canonical(text("expected")),
                    canonical(text("written")),
                    text("source"),
                ],
            )),
        ],
    )
}

fn assert_invalid(codec: &str) -> Method {
    let read = call(format!("{codec}.fromJson"), vec![text("source")]);
    helper(
        "void assertInvalid",
        &["String source", "String places"],
        vec![Statement::Plain(call(
            "Assert.areEqual",
            vec![text("places"), call("invalid", vec![read]), text("source")],
        ))],
    )
}

fn assert_refused(names: &Names, codec: &str) -> Method {
    let json = &names.shared().json;
    let read = call(format!("{codec}.fromJson"), vec![text("source")]);
    helper(
        "void assertRefused",
        &["String source", "String place"],
        vec![
            assign("String message", text("''")),
            Statement::Try(
                vec![Statement::Plain(read)],
                format!("{json}.InvalidException problem"),
                vec![assign("message", call("problem.getMessage", Vec::new()))],
            ),
            Statement::Plain(call(
                "Assert.isTrue",
                vec![
                    call("message.startsWith", vec![text("place")]),
                    join(vec![text("source + message")]),
                ],
            )),
        ],
    )
}

/// The helper that names the places where a value is not valid.
fn invalid_places(names: &Names, class: &str, codec: &str) -> Method {
    let violation = &names.shared().violation;
    helper(
        "String invalid",
        &[&format!("{class} value")],
        vec![
            assign("List<String> places", text("new List<String>()")),
            Statement::For(
                format!("{violation} violation"),
                call(format!("{codec}.validate"), vec![text("value")]),
                vec![Statement::Plain(call(
                    "places.add",
                    vec![text("'at ' + violation.path")],
                ))],
            ),
            returns(call("String.join", vec![text("places"), text("' '")])),
        ],
    )
}

/// Test methods that share these statements.
fn tests(name: &str, statements: Vec<Statement>) -> Vec<Method> {
    let count = statements.len().div_ceil(TRIED);
    let chunks = statements.chunks(TRIED).enumerate();
    chunks
        .map(|(index, chunk)| {
            let name = match count {
                1 => name.to_owned(),
                _ => format!("{name}{}", index + 1),
            };
            test(name, chunk.to_vec())
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

fn test_class(name: String, methods: Vec<Method>) -> Class {
    Class::Test(TestClass {
        annotations: Vec::new(),
        name,
        methods: methods.iter().map(Method::lines).collect(),
    })
}
