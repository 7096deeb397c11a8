//! The assertions that the test of a codec makes again and again.

use super::{Tested, assert, helper};
use crate::target::apex::code::{Doc, Method, Statement, assign, call, chain, join, text};

/// What is read is written as it was.
pub(super) fn assert_the_same() -> Method {
    let arguments = vec![text("source"), text("source")];
    let kept = Statement::Plain(call("assertKept", arguments));
    helper("void assertKept", &["String source"], vec![kept])
}

impl Tested<'_> {
    pub(super) fn assert_kept(&self) -> Method {
        let source = || text("source");
        helper(
            "void assertKept",
            &["String source", "String expected"],
            vec![
                assign(
                    format!("{} value", self.ty),
                    self.call("fromJson", source()),
                ),
                assert(
                    "areEqual",
                    vec![text("''"), call("invalid", vec![text("value")]), source()],
                ),
                assign("String written", self.call("toJson", text("value"))),
                assert(
                    "areEqual",
                    vec![
                        self.canonical(text("expected")),
                        self.canonical(text("written")),
                        source(),
                    ],
                ),
            ],
        )
    }

    pub(super) fn assert_invalid(&self) -> Method {
        let read = self.call("fromJson", text("source"));
        helper(
            "void assertInvalid",
            &["String source", "String places"],
            vec![assert(
                "areEqual",
                vec![text("places"), call("invalid", vec![read]), text("source")],
            )],
        )
    }

    /// The only thing that is wrong is a format.
    pub(super) fn assert_unformatted(&self) -> Method {
        let shared = self.names.shared();
        let read = self.call("fromJson", text("source"));
        let found = self.call("validate", read);
        let said = text("'at ' + found[0].path + ': ' + found[0].message");
        let one = assert(
            "areEqual",
            vec![text("1"), text("found.size()"), text("source")],
        );
        helper(
            "void assertUnformatted",
            &["String source", "String expected"],
            vec![
                assign(format!("List<{}> found", shared.violation), found),
                one,
                assert("areEqual", vec![text("expected"), said, text("source")]),
            ],
        )
    }

    /// The reading of a value as one of several alternatives, whether or not it would be read so.
    pub(super) fn assert_attempt(&self) -> Method {
        let source = || text("source");
        let read = self.attempt(source(), text("alternative"));
        let is_there = |value| assert("isNotNull", vec![value, source()]);
        helper(
            "void assertAttempt",
            &["String source", "Integer alternative"],
            vec![
                assign(format!("{} value", self.ty), read),
                is_there(self.call("write", text("value"))),
                is_there(call("invalid", vec![text("value")])),
            ],
        )
    }

    /// What is read is written as it was.
    pub(super) fn assert_written(&self) -> Method {
        let read = assign(
            format!("{} value", self.ty),
            self.call("fromJson", text("source")),
        );
        let [write, same] = self.same();
        let found = call("invalid", vec![text("value")]);
        let checked = assert("isNotNull", vec![found, text("source")]);
        helper(
            "void assertWritten",
            &["String source"],
            vec![read, write, same, checked],
        )
    }

    /// The value is written as it was read.
    fn same(&self) -> [Statement; 2] {
        let write = assign("String written", self.call("toJson", text("value")));
        let expected = self.canonical(text("source"));
        let written = self.canonical(text("written"));
        let same = assert("areEqual", vec![expected, written, text("source")]);
        [write, same]
    }

    /// The reading of JSON text as the alternative with a number.
    pub(super) fn attempt(&self, source: Doc, number: Doc) -> Doc {
        let parse = format!("{}.parse", self.names.shared().json);
        let codec = call(format!("new {}", self.codec), Vec::new());
        let arguments = vec![call(parse, vec![source]), number];
        let read = chain(codec, vec![("attempt", arguments)]);
        join(vec![text(format!("({}) ", self.ty)), read])
    }

    /// The reading of a value as one of several alternatives, what is wrong then, and that it is written as it was.
    pub(super) fn assert_tried(&self) -> Method {
        let source = || text("source");
        let read = self.attempt(source(), text("alternative"));
        let found = call("invalid", vec![text("value")]);
        let [write, same] = self.same();
        let body = vec![
            assign(format!("{} value", self.ty), read),
            assert("areEqual", vec![text("places"), found, source()]),
            write,
            same,
        ];
        helper(
            "void assertTried",
            &["String source", "Integer alternative", "String places"],
            body,
        )
    }

    /// What breaks rules is written all the same.
    pub(super) fn assert_broken(&self, is_placed: bool) -> Method {
        let source = || text("source");
        let found = || call("invalid", vec![text("value")]);
        let (name, parameters, asserted) = match is_placed {
            true => (
                "void assertBroken",
                &["String source", "String places"][..],
                assert("areEqual", vec![text("places"), found(), source()]),
            ),
            false => (
                "void assertWrong",
                &["String source"][..],
                assert("areNotEqual", vec![text("''"), found(), source()]),
            ),
        };
        let read = assign(
            format!("{} value", self.ty),
            self.call("fromJson", source()),
        );
        let mut body = vec![read, asserted];
        match is_placed {
            true => body.extend(self.same()),
            false => {
                let written = self.call("toJson", text("value"));
                body.push(assert("isNotNull", vec![written, source()]));
            }
        }
        helper(name, parameters, body)
    }

    pub(super) fn assert_read(&self) -> Method {
        let source = || text("source");
        let is_there = |value| assert("isNotNull", vec![value, source()]);
        helper(
            "void assertRead",
            &["String source"],
            vec![
                assign(
                    format!("{} value", self.ty),
                    self.call("fromJson", source()),
                ),
                is_there(text("value")),
                is_there(self.call("toJson", text("value"))),
                is_there(call("invalid", vec![text("value")])),
            ],
        )
    }

    pub(super) fn assert_refused(&self) -> Method {
        let json = &self.names.shared().json;
        helper(
            "void assertRefused",
            &["String source", "String place"],
            vec![
                assign("String message", text("''")),
                Statement::Try(
                    vec![Statement::Plain(self.call("fromJson", text("source")))],
                    format!("{json}.InvalidException problem"),
                    vec![assign("message", text("problem.getMessage()"))],
                ),
                assert(
                    "isTrue",
                    vec![
                        text("message.startsWith(place)"),
                        text("source + ' ' + message"),
                    ],
                ),
            ],
        )
    }
}
