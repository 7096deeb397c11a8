//! Defaults that their own schema refuses. No target makes anything of them, since what they would make could not be read again.

use super::check::{Checks, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::schema::SchemaGraph;
use crate::schema::location::{Segment, push_segment};

/// Says which defaults do not fit, as far as that is known.
pub(crate) fn look(schemas: &SchemaGraph<'_>, checks: &Checks<'_>, diagnostics: &mut Diagnostics) {
    // There is one check for each schema.
    for (schema, check) in schemas.schemas.iter().zip(&checks.list) {
        let Some(default) = schema.docs.default else {
            continue;
        };
        let rules: Vec<&Rule<'_>> = check.rules.iter().collect();
        if checks.accepts_rules(&rules, default) != Some(false) {
            continue;
        }
        let (document, mut pointer) = schemas.locations.place(schema.location);
        push_segment(&mut pointer, Segment::Key("default"));
        diagnostics.push(
            Diagnostic::new(
                Code::DefaultDoesNotFit,
                "this default says nothing, for its own schema refuses it",
            )
            .at(Place::Pointer(document, pointer))
            .help("correct the default, or what the schema asks"),
        );
    }
}
