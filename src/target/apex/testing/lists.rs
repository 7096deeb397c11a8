//! The tests of what a codec does with lists of its class.

use super::cases::Case;
use super::kept::Kept;
use super::sources::Sources;
use super::{Tested, assert, test};
use crate::ir::{TypeId, TypeKind};
use crate::target::apex::code::{Doc, Method, Statement, assign, call, literal_of, text};
use crate::target::apex::text::literal;

impl Tested<'_> {
    /// The tests, with the first of these cases that are good for them.
    pub(super) fn lists(
        &self,
        kept: Kept<'_, '_>,
        id: TypeId,
        cases: &[Case],
        sources: &Sources<'_>,
    ) -> Vec<Method> {
        let kept_as_is = cases.iter().find_map(|case| match case {
            Case::Kept(value, written) if value == written => Some(value.as_str()),
            Case::Kept(..)
            | Case::Invalid(..)
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
        let list = |json: &str| sources.list(json, 1);
        let mut methods = Vec::new();
        methods.extend(match kept_as_is {
            Some(json) => Some(self.keeps(sources.list_in("String source", json))),
            None => read_at_all(cases).map(|json| self.reads(list(json))),
        });
        let checks = || {
            let passes = kept_as_is.filter(|_| self.is_list);
            passes.map(|json| self.passes(list(json)))
        };
        let looks = || {
            let looks = read_at_all(cases).filter(|_| kept.ruled.contains(&id));
            looks.map(|json| self.looks(list(json)))
        };
        let checks = self.checks(kept, id, cases, sources).or_else(checks);
        methods.extend(checks.or_else(looks));
        methods
    }

    /// A list of them is read and written.
    fn keeps(&self, source: Statement) -> Method {
        let shared = &self.names.shared().json;
        let shared =
            |method: &str, argument: Doc| call(format!("{shared}.{method}"), vec![argument]);
        let body = vec![
            source,
            self.read(text("source")),
            assign("Object tree", self.call("writeAll", text("all"))),
            assign(
                "String expected",
                shared("canonical", shared("tree", text("source"))),
            ),
            assert(
                "areEqual",
                vec![text("expected"), shared("canonical", text("tree"))],
            ),
        ];
        test("itKeepsLists".to_owned(), body)
    }

    /// A list of them is read and written, whatever becomes of it.
    fn reads(&self, list: Doc) -> Method {
        let body = vec![
            self.read(list),
            assert("isNotNull", vec![self.call("writeAll", text("all"))]),
        ];
        test("itReadsLists".to_owned(), body)
    }

    /// Nothing is wrong with a list of such entries.
    fn passes(&self, list: Doc) -> Method {
        let checker = format!("{}.Checker", self.names.shared().json);
        let body = vec![
            self.read(list),
            assign(
                format!("{checker} at"),
                call(format!("new {checker}"), vec![text("all")]),
            ),
            Statement::Plain(self.call("checkAll", text("at"))),
            assert("areEqual", vec![text("0"), text("at.violations.size()")]),
        ];
        test("itChecksLists".to_owned(), body)
    }

    /// A list of such entries is checked, whatever is found.
    fn looks(&self, list: Doc) -> Method {
        let checker = format!("{}.Checker", self.names.shared().json);
        let body = vec![
            self.read(list),
            assign(
                format!("{checker} at"),
                call(format!("new {checker}"), vec![text("all")]),
            ),
            Statement::Plain(self.call("checkAll", text("at"))),
            assert("isNotNull", vec![text("at.violations")]),
        ];
        test("itChecksLists".to_owned(), body)
    }

    /// Each entry of a list is checked, at its place; nothing where no entry can be wrong.
    fn checks(
        &self,
        kept: Kept<'_, '_>,
        id: TypeId,
        cases: &[Case],
        sources: &Sources<'_>,
    ) -> Option<Method> {
        let ty = &self.ty;
        let invalid = cases.iter().find_map(|case| match case {
            Case::Invalid(json, place) | Case::Unformatted(json, place, _) => {
                let read = self.read(sources.list(json, 2));
                Some((vec![read], place.as_str(), 1))
            }
            Case::Missing(json, _, places) | Case::Broken(json, places) => {
                let read = self.read(sources.list(json, 2));
                Some((vec![read], places.first()?.as_str(), places.len()))
            }
            Case::Set(json, None, change, places) => {
                let read = self.read(sources.list(json, 2));
                let set = |index| change.clone().statement(&format!("all[{index}]"));
                let place = places.first()?.as_str();
                Some((vec![read, set(0), set(1)], place, places.len()))
            }
            Case::Kept(..)
            | Case::Refused(..)
            | Case::Read(_)
            | Case::Written(_)
            | Case::Attempt(..)
            | Case::Tried(..)
            | Case::Named(_)
            | Case::Set(..)
            | Case::Wrong(_) => None,
        });
        // A union without a value is invalid, whatever it is a union of.
        let empty = || match kept.graph.get(id).kind {
            TypeKind::Union(_) => {
                let one = || text(format!("new {ty}()"));
                let list = literal_of(&format!("List<{ty}>"), vec![one(), one()]);
                Some((vec![assign(format!("List<{ty}> all"), list)], "", 1))
            }
            _ => None,
        };
        let (mut body, place, each) = invalid.or_else(empty)?;
        let checker = format!("{}.Checker", self.names.shared().json);
        let is_at = |index: usize| {
            let expected = text(literal(&format!("/{index}{place}")));
            let found = text(format!("at.violations[{}].path", index * each));
            assert("areEqual", vec![expected, found])
        };
        body.extend([
            assign(
                format!("{checker} at"),
                call(format!("new {checker}"), vec![text("all")]),
            ),
            Statement::Plain(self.call("checkAll", text("at"))),
            assert(
                "areEqual",
                vec![text((2 * each).to_string()), text("at.violations.size()")],
            ),
            is_at(0),
            is_at(1),
        ]);
        Some(test("itChecksLists".to_owned(), body))
    }

    /// A list from JSON text.
    fn read(&self, source: Doc) -> Statement {
        let parse = format!("{}.parse", self.names.shared().json);
        assign(
            format!("List<{}> all", self.ty),
            self.call("readAll", call(parse, vec![source])),
        )
    }
}

/// The first value that can be read, whatever is wrong with it.
fn read_at_all(cases: &[Case]) -> Option<&str> {
    cases.iter().find_map(|case| match case {
        Case::Read(json)
        | Case::Written(json)
        | Case::Wrong(json)
        | Case::Broken(json, _)
        | Case::Missing(json, ..)
        | Case::Kept(json, _) => Some(json.as_str()),
        Case::Invalid(..)
        | Case::Unformatted(..)
        | Case::Refused(..)
        | Case::Attempt(..)
        | Case::Tried(..)
        | Case::Named(_)
        | Case::Set(..) => None,
    })
}
