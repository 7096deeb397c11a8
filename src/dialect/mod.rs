//! The dialects of JSON Schema, and the way from documents to schemas that have none.
//!
//! A dialect is a file with a table from words to meanings and a row in [`ALL`]. After this stage nobody sees a
//! keyword or a draft.

mod draft2019_09;
mod draft2020_12;
mod draft4;
mod draft6;
mod draft7;
mod index;
mod keyword;
mod reader;
mod resolve;
mod values;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::DocumentSet;
use crate::schema::SchemaGraph;
use keyword::Keyword;

/// A dialect of JSON Schema.
pub(crate) struct Dialect {
    /// What people call it, such as `2020-12`.
    name: &'static str,
    /// The URI of its meta-schema, without a fragment.
    uri: &'static str,
    /// What its words mean.
    keyword: fn(&str) -> Option<Keyword>,
    /// Whether keywords beside `$ref` count.
    siblings_of_ref: bool,
    /// Whether `true` and `false` are schemas.
    boolean_schemas: bool,
}

/// Every dialect, oldest first.
static ALL: [Dialect; 5] = [
    draft4::DIALECT,
    draft6::DIALECT,
    draft7::DIALECT,
    draft2019_09::DIALECT,
    draft2020_12::DIALECT,
];

/// The dialect of a document that names none: the latest.
static DEFAULT: &Dialect = &ALL[4];

/// The dialect whose meta-schema has this URI; `http` and `https`, and an empty fragment, are all the same.
fn by_uri(uri: &str) -> Option<&'static Dialect> {
    let bare = |uri: &str| {
        let uri = uri.trim_end_matches('#').trim_end_matches('/');
        let rest = uri
            .strip_prefix("https://")
            .or_else(|| uri.strip_prefix("http://"));
        rest.unwrap_or(uri).to_owned()
    };
    let wanted = bare(uri);
    ALL.iter().find(|dialect| bare(dialect.uri) == wanted)
}

/// Reads every schema that the inputs hold, and what those refer to.
pub(crate) fn read<'s>(
    documents: &'s DocumentSet,
    _config: &Config,
    diagnostics: &mut Diagnostics,
) -> SchemaGraph<'s> {
    reader::Reader::new(documents, diagnostics).read()
}

#[cfg(test)]
mod tests {
    use super::{ALL, by_uri};

    #[test]
    fn a_meta_schema_uri_is_known_in_all_its_spellings() {
        for dialect in &ALL {
            for uri in [
                format!("{}#", dialect.uri),
                dialect.uri.replace("https:", "http:"),
            ] {
                assert_eq!(by_uri(&uri).map(|found| found.name), Some(dialect.name));
            }
        }
        assert!(by_uri("https://json-schema.org/draft/2099-01/schema").is_none());
    }
}
