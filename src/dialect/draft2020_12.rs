//! Draft 2020-12: <https://json-schema.org/draft/2020-12/schema>.

use super::{Draft, draft2019_09, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "draft 2020-12",
    uri: "https://json-schema.org/draft/2020-12/schema",
    keyword,
    siblings_of_ref: true,
    boolean_schemas: true,
};

/// 2019-09 with `prefixItems` and dynamic references in place of the list form of `items` and recursive ones.
pub(super) fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "$dynamicAnchor" => Keyword::DynamicAnchor,
        "$dynamicRef" => Keyword::DynamicRef,
        "prefixItems" => Keyword::PrefixItems,
        "items" => Keyword::Items,
        "additionalItems" | "$recursiveAnchor" | "$recursiveRef" => return None,
        _ => return draft2019_09::keyword(word),
    })
}
