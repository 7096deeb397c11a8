//! Documents that are no schemas, such as a sample that somebody takes for one.
//!
//! By the specification they are schemas: what is no keyword is passed over, so that they allow every value. Nobody means that.

use serde_json::Value;

use super::Dialect;
use super::keyword::{Holds, Keyword};
use crate::schema::kinds::KindSet;

/// Whether a document looks like data: it has a member that is no keyword, and none that is one and says something with a
/// value as that keyword has it.
pub(super) fn is_like_data(root: &Value, dialect: Dialect) -> bool {
    let members = || root.as_object().into_iter().flatten();
    let is_unknown = |word: &str| {
        // Tools have words of their own.
        let is_ours = word.starts_with('$') || word.starts_with("x-");
        !is_ours && dialect.keyword(word).is_none()
    };
    let is_said = |word: &str, value: &Value| match dialect.keyword(word) {
        Some(keyword) => word.starts_with('$') || is_apt(keyword, value),
        None => false,
    };
    members().any(|(word, _)| is_unknown(word))
        && !members().any(|(word, value)| is_said(word, value))
}

/// Whether a keyword says something about values, by what it holds here. Words that data uses as well say nothing.
fn is_apt(keyword: Keyword, value: &Value) -> bool {
    match (keyword.holds(), keyword) {
        (Holds::Schema, _) => value.is_object() || value.is_boolean(),
        (Holds::List, _) | (_, Keyword::Enum | Keyword::Required) => value.is_array(),
        (Holds::SchemaOrList, _) => value.is_object() || value.is_array(),
        (Holds::Map | Holds::Definitions, _) => {
            let is_part = |one: &Value| one.is_object() || one.is_boolean() || one.is_array();
            value
                .as_object()
                .is_some_and(|all| all.values().all(is_part))
        }
        (_, Keyword::Type) => {
            let is_name = |one: &Value| one.as_str().and_then(KindSet::from_word).is_some();
            match value {
                Value::Array(all) => all.iter().all(is_name),
                one => is_name(one),
            }
        }
        (_, Keyword::Format | Keyword::Id) => false,
        (Holds::Nothing, _) => keyword.says_something(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_like_data;
    use crate::config::DialectName;
    use crate::dialect::by_name;

    #[test]
    fn what_says_nothing_as_a_schema_is_data() {
        let latest = DialectName::Draft2020;
        for (root, dialect, expected) in [
            (json!({"orderId": "A-17", "total": 20.5}), latest, true),
            (
                json!({"type": "order", "id": 1, "format": "pdf"}),
                latest,
                true,
            ),
            (
                json!({"name": "x", "type": "module", "dependencies": {"a": "1"}, "required": true}),
                latest,
                true,
            ),
            (json!({"items": 3, "count": 3, "not": "yes"}), latest, true),
            (
                json!({"id": "A-17", "name": "x"}),
                DialectName::Draft4,
                true,
            ),
            // Words for people, and those of tools, are no data.
            (json!({}), latest, false),
            (
                json!({"title": "Anything", "description": "at all"}),
                latest,
                false,
            ),
            (json!({"title": "Anything", "x-owner": "me"}), latest, false),
            (json!({"type": "text"}), latest, false),
            (json!(true), latest, false),
            // Words that nobody knows may stand beside those of a schema.
            (json!({"type": "object", "owner": "me"}), latest, false),
            (
                json!({"type": ["string", "null"], "owner": "me"}),
                latest,
                false,
            ),
            (json!({"properties": {}, "owner": "me"}), latest, false),
            (json!({"oneOf": [], "owner": "me"}), latest, false),
            (json!({"minLength": 1, "owner": "me"}), latest, false),
            (
                json!({"$id": "https://example.com/a", "owner": "me"}),
                latest,
                false,
            ),
            (json!({"$defs": {}, "owner": "me"}), latest, false),
            (
                json!({"definitions": {}, "owner": "me"}),
                DialectName::Draft7,
                false,
            ),
        ] {
            assert_eq!(is_like_data(&root, by_name(dialect)), expected, "{root}");
        }
    }
}
