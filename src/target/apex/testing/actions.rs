//! The tests of the actions.

use super::{assert, helper, test, test_class};
use crate::ir::TypeId;
use crate::target::apex::actions::{Verb, result_class};
use crate::target::apex::code::{Doc, Method, Statement, assign, call, literal_of, returns, text};
use crate::target::apex::lower::Class;
use crate::target::apex::names::Names;
use crate::target::apex::text::literal;

use super::base::Base;
use super::cases::{Case, cases};
use super::kept::Kept;
use super::several::two_invalid;

/// The test classes of all actions.
pub(super) fn classes(kept: Kept<'_, '_>, names: &Names, chosen: &[TypeId]) -> Vec<Class> {
    let mut classes = Vec::new();
    for &id in chosen {
        let cases = cases(kept, id, Base::new(kept, id).as_ref(), false);
        let two = two_invalid(kept, id, &cases);
        for verb in Verb::ALL {
            if let (Some(class), Some(name)) = (names.class_name(id), names.action(id, verb)) {
                let action = Tested {
                    names,
                    class,
                    name,
                    verb,
                };
                classes.push(action.test(&cases, two.as_ref()));
            }
        }
    }
    classes
}

struct Tested<'a> {
    names: &'a Names,
    class: &'a str,
    name: &'a str,
    verb: Verb,
}

impl Tested<'_> {
    fn test(&self, cases: &[Case], two: Option<&(String, [String; 2])>) -> Class {
        let valid = cases.iter().find_map(|case| match case {
            Case::Kept(text, written) => Some((text.as_str(), written.as_str())),
            Case::Invalid(..)
            | Case::Unformatted(..)
            | Case::Refused(..)
            | Case::Read(_)
            | Case::Written(_)
            | Case::Attempt(..)
            | Case::Tried(..)
            | Case::Named(_)
            | Case::Broken(..)
            | Case::Wrong(_)
            | Case::Missing(..)
            | Case::Set(..) => None,
        });
        let invalid = cases.iter().find_map(|case| match case {
            Case::Invalid(text, place) | Case::Unformatted(text, place, _) => {
                Some((text.as_str(), place.as_str()))
            }
            Case::Kept(..)
            | Case::Refused(..)
            | Case::Read(_)
            | Case::Written(_)
            | Case::Attempt(..)
            | Case::Tried(..)
            | Case::Named(_)
            | Case::Broken(..)
            | Case::Wrong(_)
            | Case::Missing(..)
            | Case::Set(..) => None,
        });
        let refused = cases.iter().find_map(|case| match case {
            Case::Refused(text, place) if self.verb == Verb::Parse => Some((text, place)),
            _ => None,
        });
        let mut methods = Vec::new();
        methods.extend(valid.map(|(text, written)| self.succeeds(text, written)));
        methods.extend(invalid.map(|(text, place)| self.finds(text, place)));
        methods.extend(two.map(|(text, places)| self.finds_both(text, places)));
        methods.extend(refused.map(|(text, place)| self.refuses(text, place)));
        methods.extend([self.fails(), self.run(), self.request()]);
        test_class(self.names.test(self.name), Vec::new(), methods)
    }

    /// What a flow gives: JSON text, or the value that it stands for.
    fn given(&self, json: &str) -> Doc {
        match self.verb {
            Verb::Parse => text(literal(json)),
            Verb::Write | Verb::Validate => {
                let codec = self.names.codec(self.class);
                call(format!("{codec}.fromJson"), vec![text(literal(json))])
            }
        }
    }

    /// A valid value comes through, whatever stands beside it.
    fn succeeds(&self, json: &str, written: &str) -> Method {
        let mut body = vec![
            self.results(self.given(json)),
            assert("areEqual", vec![text("2"), text("results.size()")]),
            assert("isTrue", vec![text("results[0].isSuccess")]),
            assert("isNull", vec![text("results[0].errorMessage")]),
            assert("isTrue", vec![text("results[0].violations.isEmpty()")]),
        ];
        let shared = &self.names.shared().json;
        let canonical = |value: Doc| {
            let tree = call(format!("{shared}.tree"), vec![value]);
            call(format!("{shared}.canonical"), vec![tree])
        };
        let found = match self.verb {
            Verb::Parse => {
                let codec = self.names.codec(self.class);
                Some(call(
                    format!("{codec}.toJson"),
                    vec![text("results[0].value")],
                ))
            }
            Verb::Write => Some(text("results[0].jsonText")),
            Verb::Validate => None,
        };
        body.extend(found.map(|found| {
            let expected = canonical(text(literal(written)));
            assert("areEqual", vec![expected, canonical(found)])
        }));
        body.extend([
            assert("isFalse", vec![text("results[1].isSuccess")]),
            assert(
                "areEqual",
                vec![
                    text("'the value is required'"),
                    text("results[1].errorMessage"),
                ],
            ),
            assert(
                "areEqual",
                vec![text("1"), text("results[1].violations.size()")],
            ),
        ]);
        test("itTakesEachRequestByItself".to_owned(), body)
    }

    /// What is wrong is said with its place.
    fn finds(&self, json: &str, place: &str) -> Method {
        let is_wrong = assert("isFalse", vec![text("results[0].isSuccess")]);
        self.says_one("itSaysWhatIsWrong", json, is_wrong, place)
    }

    /// What cannot be read is said with its place, too.
    fn refuses(&self, json: &str, place: &str) -> Method {
        let is_nothing = assert("isNull", vec![text("results[0].value")]);
        self.says_one("itSaysWhatCannotBeRead", json, is_nothing, place)
    }

    fn says_one(&self, name: &str, json: &str, first: Statement, place: &str) -> Method {
        let body = vec![
            assign(
                self.declared_results(),
                call("run", vec![self.given(json), text("false")]),
            ),
            first,
            assert(
                "areEqual",
                vec![text("1"), text("results[0].violations.size()")],
            ),
            assign("String place", text("results[0].violations[0].path")),
            assert("areEqual", vec![text(literal(place)), text("place")]),
            self.says_all(),
        ];
        test(name.to_owned(), body)
    }

    /// Each thing that is wrong is a line of the message.
    fn finds_both(&self, json: &str, places: &[String; 2]) -> Method {
        let violation = &self.names.shared().violation;
        let violations = "results[0].violations";
        let at = |variable: &str, index: usize| {
            let found = text(format!("{violations}[{index}]"));
            assign(format!("{violation} {variable}"), found)
        };
        let is_at = |place: &str, variable: &str| {
            let found = text(format!("{variable}.path"));
            assert("areEqual", vec![text(literal(place)), found])
        };
        let body = vec![
            assign(
                self.declared_results(),
                call("run", vec![self.given(json), text("false")]),
            ),
            assert(
                "areEqual",
                vec![text("2"), text(format!("{violations}.size()"))],
            ),
            at("first", 0),
            at("second", 1),
            is_at(&places[0], "first"),
            is_at(&places[1], "second"),
            self.says_all(),
        ];
        test("itSaysAllThatIsWrong".to_owned(), body)
    }

    /// The message has a line for each violation.
    fn says_all(&self) -> Statement {
        let lines = call(
            format!("{}.lines", self.names.shared().json),
            vec![text("results[0].violations")],
        );
        assert("areEqual", vec![lines, text("results[0].errorMessage")])
    }

    /// A fault comes only if the flow asks for it and something is wrong.
    fn fails(&self) -> Method {
        let json = &self.names.shared().json;
        let run = |fail: &'static str| call("run", vec![text("null"), text(fail)]);
        let mut body = vec![
            assert("isFalse", vec![text("run(null, null)[0].isSuccess")]),
            assert("isFalse", vec![text("run(null, false)[0].isSuccess")]),
            assign("String message", text("''")),
            Statement::Try(
                vec![Statement::Plain(run("true"))],
                format!("{json}.InvalidException problem"),
                vec![assign("message", text("problem.getMessage()"))],
            ),
            assert(
                "areEqual",
                vec![text("'the value is required'"), text("message")],
            ),
        ];
        if self.verb == Verb::Parse {
            body.extend([
                assign("message", text("run(' ', false)[0].errorMessage")),
                assert(
                    "areEqual",
                    vec![text("'the value is required'"), text("message")],
                ),
                assign("Boolean isBad", text("run('{', null)[0].isSuccess")),
                assert("isFalse", vec![text("isBad")]),
                assign("message", text("run('{', null)[0].errorMessage")),
                assert(
                    "isTrue",
                    vec![
                        text("message.startsWith('the value is not JSON text: ')"),
                        text("message"),
                    ],
                ),
                assert("isNull", vec![text("run('{', null)[0].value")]),
                assert(
                    "areEqual",
                    vec![text("1"), text("run('{', null)[0].violations.size()")],
                ),
            ]);
        }
        test("itFailsOnlyIfAskedTo".to_owned(), body)
    }

    /// The results for a value that is not to fail, and for none.
    fn results(&self, given: Doc) -> Statement {
        let requests = literal_of(
            &format!("List<{}.Request>", self.name),
            vec![
                call("request", vec![given, text("true")]),
                text("request(null, false)"),
            ],
        );
        assign(
            self.declared_results(),
            call(
                format!("{}.{}", self.name, self.verb.method()),
                vec![requests],
            ),
        )
    }

    fn run(&self) -> Method {
        let name = self.name;
        let requests = literal_of(
            &format!("List<{name}.Request>"),
            vec![text("request(given, failOnError)")],
        );
        helper(
            &format!("{} run", self.list_of_results()),
            &[&format!("{} given", self.ty()), "Boolean failOnError"],
            vec![returns(call(
                format!("{name}.{}", self.verb.method()),
                vec![requests],
            ))],
        )
    }

    fn request(&self) -> Method {
        let name = self.name;
        let field = match self.verb {
            Verb::Parse => "jsonText",
            Verb::Write | Verb::Validate => "value",
        };
        helper(
            &format!("{name}.Request request"),
            &[&format!("{} given", self.ty()), "Boolean failOnError"],
            vec![
                assign(
                    format!("{name}.Request request"),
                    text(format!("new {name}.Request()")),
                ),
                assign(format!("request.{field}"), text("given")),
                assign("request.failOnError", text("failOnError")),
                returns(text("request")),
            ],
        )
    }

    fn declared_results(&self) -> String {
        format!("{} results", self.list_of_results())
    }

    fn list_of_results(&self) -> String {
        format!("List<{}.{}>", self.name, result_class(self.class))
    }

    fn ty(&self) -> &str {
        match self.verb {
            Verb::Parse => "String",
            Verb::Write | Verb::Validate => self.class,
        }
    }
}
