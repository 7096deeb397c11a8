//! Draft 2019-09: <https://json-schema.org/draft/2019-09/schema>.

use super::{Draft, draft7, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "draft 2019-09",
    uri: "https://json-schema.org/draft/2019-09/schema",
    keyword,
    siblings_of_ref: true,
    boolean_schemas: true,
};

/// Draft 7 with anchors, `$defs`, the two halves of `dependencies`, `unevaluated…` and siblings of `$ref`.
/// The older words `definitions` and `dependencies` are still understood, as the specification advises.
pub(super) fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "$anchor" => Keyword::Anchor,
        "$recursiveAnchor" => Keyword::RecursiveAnchor,
        "$recursiveRef" => Keyword::RecursiveRef,
        "$defs" => Keyword::Definitions,
        "deprecated" => Keyword::Deprecated,
        "minContains" => Keyword::MinContains,
        "maxContains" => Keyword::MaxContains,
        "dependentRequired" => Keyword::DependentRequired,
        "dependentSchemas" => Keyword::DependentSchemas,
        "unevaluatedItems" => Keyword::UnevaluatedItems,
        "unevaluatedProperties" => Keyword::UnevaluatedProperties,
        _ => return draft7::keyword(word),
    })
}
