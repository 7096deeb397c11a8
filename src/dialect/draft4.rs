//! Draft 4 (2013): <https://json-schema.org/draft-04/schema>.

use super::{Draft, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "draft 4",
    uri: "http://json-schema.org/draft-04/schema",
    keyword,
    siblings_of_ref: false,
    boolean_schemas: false,
};

/// The words of draft 4; what later drafts have added is not in them.
fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "id" => Keyword::Id,
        "$schema" => Keyword::Dialect,
        "$ref" => Keyword::Ref,
        "definitions" => Keyword::Definitions,
        "title" => Keyword::Title,
        "description" => Keyword::Description,
        "default" => Keyword::Default,
        "type" => Keyword::Type,
        "enum" => Keyword::Enum,
        "allOf" => Keyword::AllOf,
        "anyOf" => Keyword::AnyOf,
        "oneOf" => Keyword::OneOf,
        "not" => Keyword::Not,
        "minimum" => Keyword::Minimum,
        "maximum" => Keyword::Maximum,
        "exclusiveMinimum" => Keyword::ExclusiveMinimumFlag,
        "exclusiveMaximum" => Keyword::ExclusiveMaximumFlag,
        "multipleOf" => Keyword::MultipleOf,
        "minLength" => Keyword::MinLength,
        "maxLength" => Keyword::MaxLength,
        "pattern" => Keyword::Pattern,
        "format" => Keyword::Format,
        "items" => Keyword::ItemsOrPrefix,
        "additionalItems" => Keyword::AdditionalItems,
        "minItems" => Keyword::MinItems,
        "maxItems" => Keyword::MaxItems,
        "uniqueItems" => Keyword::UniqueItems,
        "properties" => Keyword::Properties,
        "required" => Keyword::Required,
        "patternProperties" => Keyword::PatternProperties,
        "additionalProperties" => Keyword::AdditionalProperties,
        "minProperties" => Keyword::MinProperties,
        "maxProperties" => Keyword::MaxProperties,
        "dependencies" => Keyword::Dependencies,
        _ => return None,
    })
}
