//! Draft 6 (2017): <https://json-schema.org/draft-06/schema>.

use super::{Draft, draft4, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "draft 6",
    uri: "http://json-schema.org/draft-06/schema",
    keyword,
    siblings_of_ref: false,
    boolean_schemas: true,
};

/// Draft 4 with `$id`, `const`, `contains`, `propertyNames`, `examples` and exclusive bounds that are numbers.
pub(super) fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "id" => return None,
        "$id" => Keyword::Id,
        "examples" => Keyword::Examples,
        "const" => Keyword::Const,
        "contains" => Keyword::Contains,
        "propertyNames" => Keyword::PropertyNames,
        "exclusiveMinimum" => Keyword::ExclusiveMinimum,
        "exclusiveMaximum" => Keyword::ExclusiveMaximum,
        _ => return (draft4::DRAFT.keyword)(word),
    })
}
