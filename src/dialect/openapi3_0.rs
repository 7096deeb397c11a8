//! The Schema Object of OpenAPI 3.0: <https://spec.openapis.org/oas/v3.0.4#schema-object>.

use super::{Draft, draft4, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "OpenAPI 3.0",
    uri: "https://spec.openapis.org/oas/3.0/schema",
    keyword,
    siblings_of_ref: false,
    boolean_schemas: false,
};

/// Some of draft 4, with `nullable`, `discriminator`, `example` and what says which way a property goes. An identifier
/// means nothing, and `type` is one word.
fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "id" | "$schema" | "definitions" | "patternProperties" | "additionalItems"
        | "dependencies" => return None,
        "nullable" => Keyword::Nullable,
        "discriminator" => Keyword::Discriminator,
        "x-ms-discriminator-value" => Keyword::DiscriminatorValue,
        "example" => Keyword::Example,
        "deprecated" => Keyword::Deprecated,
        "readOnly" => Keyword::ReadOnly,
        "writeOnly" => Keyword::WriteOnly,
        _ => return (draft4::DRAFT.keyword)(word),
    })
}
