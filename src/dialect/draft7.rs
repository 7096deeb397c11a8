//! Draft 7 (2018): <https://json-schema.org/draft-07/schema>.

use super::{Draft, draft6, keyword::Keyword};

pub(super) const DRAFT: Draft = Draft {
    name: "draft 7",
    uri: "http://json-schema.org/draft-07/schema",
    keyword,
    siblings_of_ref: false,
    boolean_schemas: true,
};

/// Draft 6 with `if`, `then`, `else`, `readOnly` and `writeOnly`.
pub(super) fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "if" => Keyword::If,
        "then" => Keyword::Then,
        "else" => Keyword::Else,
        "readOnly" => Keyword::ReadOnly,
        "writeOnly" => Keyword::WriteOnly,
        _ => return draft6::keyword(word),
    })
}
