//! What the types do not say as their schemas do.

use std::collections::BTreeSet;

use super::config::{Integers, UnknownFields};
use super::lower::Lower;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ir::{Additional, Matching, TypeDef, TypeKind, UnionType};

impl<'s> Lower<'_, 's> {
    /// Says what the types refuse although their schemas allow it.
    pub(super) fn say_stricter(&mut self) {
        let graph = self.types.graph;
        let mut denying = BTreeSet::new();
        for (id, def) in graph.iter() {
            let (said, help) = match &def.kind {
                TypeKind::Integer(bounds) => match self.types.whole(bounds).lost {
                    Some((keyword, bound)) => {
                        let name = self.types.whole(bounds).name;
                        let said = format!(
                            "`{keyword}` is {bound}, and the Rust type, `{name}`, ends before that"
                        );
                        let help = match self.config.rust.integers {
                            Integers::I64 => {
                                "numbers beyond it are refused; narrow the bound if there are none, or set `rust.integers` to `i128`"
                            }
                            Integers::I128 => {
                                "numbers beyond it are refused; narrow the bound if there are none"
                            }
                        };
                        (said, help)
                    }
                    None => continue,
                },
                TypeKind::Object(object)
                    if object.additional == Additional::Open
                        && self.config.rust.unknown_fields == UnknownFields::Deny
                        && self.types.is_item(id)
                        && object.patterns.is_empty()
                        && denying.insert(def.module) =>
                {
                    let said = "properties that the schemas of this document allow without naming \
                                them are refused (this is the first schema)";
                    let help = "`rust.unknownFields` may be `ignore` or `keep`";
                    (said.to_owned(), help)
                }
                TypeKind::Union(union) => {
                    self.say_told(def, union);
                    continue;
                }
                _ => continue,
            };
            self.diagnostics.push(
                Diagnostic::new(Code::RustStricter, said)
                    .at_location(graph.locations, def.location)
                    .help(help),
            );
        }
    }

    /// Says that a discriminator decides on an alternative, where more than one may fit. OpenAPI wants it so: these are
    /// notes.
    fn say_told(&mut self, def: &TypeDef<'s>, union: &UnionType<'s>) {
        let Some(tag) = union.tag.as_ref().filter(|tag| tag.is_told) else {
            return;
        };
        let property = tag.property;
        let wider = format!(
            "a value that fits several alternatives is the one that its `{property}` names, although `oneOf` refuses it"
        );
        let (stricter, help) = if tag.is_family {
            (
                format!(
                    "a value whose `{property}` names a schema that builds on this one is refused where it does not fit that"
                ),
                "list those schemas in a `oneOf` beside this one, and the schema says the same"
                    .to_owned(),
            )
        } else {
            (
                format!(
                    "a value that fits another alternative than the one that its `{property}` names is refused"
                ),
                format!(
                    "list the texts of `{property}` in each alternative, with `enum` or `const`, and the schema says the same"
                ),
            )
        };
        let wider = (union.matching == Matching::One).then_some((Code::RustWider, wider));
        for (code, said) in wider.into_iter().chain([(Code::RustStricter, stricter)]) {
            self.diagnostics.push(
                Diagnostic::new(code, said)
                    .severity(Severity::Note)
                    .at_location(self.types.graph.locations, def.location)
                    .help(help.as_str()),
            );
        }
    }

    /// Says that an enum takes texts that its schema refuses.
    pub(super) fn say_open(&mut self, def: &TypeDef<'s>, name: &str) {
        let said = format!("`{name}` takes any text, not only the values of the schema");
        self.diagnostics.push(
            Diagnostic::new(Code::RustWider, said)
                .at_location(self.types.graph.locations, def.location)
                .help("leave out `rust.fallbackVariant` to refuse other texts"),
        );
    }
}
