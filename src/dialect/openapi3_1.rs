//! The Schema Object of OpenAPI 3.1: <https://spec.openapis.org/oas/v3.1.1#schema-object>.

use super::{Draft, draft2020_12, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "OpenAPI 3.1",
    uri: "https://spec.openapis.org/oas/3.1/dialect/base",
    keyword,
    siblings_of_ref: true,
    boolean_schemas: true,
};

/// Draft 2020-12 with `discriminator` and the older `example`.
fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "discriminator" => Keyword::Discriminator,
        "x-ms-discriminator-value" => Keyword::DiscriminatorValue,
        "example" => Keyword::Example,
        _ => return draft2020_12::keyword(word),
    })
}
