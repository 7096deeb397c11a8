//! The dialects of JSON Schema, and the way from documents to schemas that have none.
//!
//! A dialect is a file with a table from words to meanings and a row in [`ALL`]; a meta-schema of somebody's own may
//! leave out parts of one (`vocabulary`). After this stage nobody sees a keyword or a draft.

mod data;
mod doubt;
mod draft2019_09;
mod draft2020_12;
mod draft4;
mod draft6;
mod draft7;
mod dynamic;
mod identify;
mod index;
mod keyword;
mod keywords;
mod loops;
mod members;
mod meta;
mod openapi;
mod openapi3_0;
mod openapi3_1;
pub(crate) mod operations;
mod pattern;
mod ranges;
mod reader;
mod resolve;
mod values;
mod vendor;
mod vocabulary;

use crate::config::{Config, DialectName};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, DocumentId, DocumentSet, Role};
use crate::schema::SchemaGraph;
use keyword::{Keyword, VocabularySet};
pub(crate) use meta::BuiltIn;

/// What one specification says.
pub(crate) struct Draft {
    /// What people call it, such as `draft 2020-12`.
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

/// What the words of a schema mean: those of a draft, or some of them.
#[derive(Clone, Copy)]
pub(crate) struct Dialect {
    draft: &'static Draft,
    vocabularies: VocabularySet,
    /// Whether `format` is checked, if the user does not say.
    asserts_format: bool,
}

impl Dialect {
    /// All of a draft.
    const fn of(draft: &'static Draft) -> Self {
        Self {
            draft,
            vocabularies: VocabularySet::ALL,
            asserts_format: false,
        }
    }

    /// What a word means here; nothing if the word is unknown, or of a vocabulary that is left out.
    fn keyword(self, word: &str) -> Option<Keyword> {
        let keyword = (self.draft.keyword)(word)?;
        self.vocabularies
            .contains(keyword.vocabulary())
            .then_some(keyword)
    }
}

/// Every dialect, oldest first.
static ALL: [Draft; 7] = [
    draft4::DRAFT,
    draft6::DRAFT,
    draft7::DRAFT,
    draft2019_09::DRAFT,
    draft2020_12::DRAFT,
    openapi3_0::DRAFT,
    openapi3_1::DRAFT,
];

/// The dialect of the schemas in an OpenAPI 3.0 document.
static OPENAPI_3_0: Dialect = Dialect::of(&ALL[5]);

/// The dialect of the schemas in an OpenAPI 3.1 document that names none.
static OPENAPI_3_1: Dialect = Dialect::of(&ALL[6]);

/// The dialect behind its name in the configuration.
fn by_name(name: DialectName) -> Dialect {
    Dialect::of(match name {
        DialectName::Draft4 => &ALL[0],
        DialectName::Draft6 => &ALL[1],
        DialectName::Draft7 => &ALL[2],
        DialectName::Draft2019 => &ALL[3],
        DialectName::Draft2020 => &ALL[4],
    })
}

/// The URI of the dialect behind its name in the configuration.
pub(crate) fn uri_of(name: DialectName) -> &'static str {
    by_name(name).draft.uri
}

/// The dialect whose meta-schema has this URI. People write `http` and `https`, leave the scheme out, end with `#` or
/// `/`, and name the hyper-schema of the same draft; draft 5 has the meta-schema of draft 4.
fn by_uri(uri: &str) -> Option<Dialect> {
    let wanted = bare(uri);
    let wanted = match wanted {
        "json-schema.org/draft-05/schema" => "json-schema.org/draft-04/schema",
        "json-schema.org/schema" | "json-schema.org/draft/schema" => bare(ALL[4].uri),
        _ if wanted.starts_with("spec.openapis.org/oas/3.1/dialect") => bare(ALL[6].uri),
        other => other,
    };
    let schema = |uri: &str| match uri.strip_suffix("/hyper-schema") {
        Some(draft) => format!("{draft}/schema"),
        None => uri.to_owned(),
    };
    let wanted = schema(wanted);
    ALL.iter()
        .find(|draft| bare(draft.uri) == wanted)
        .map(Dialect::of)
}

/// A URI without its scheme, if that is `http` or `https`, and without an empty fragment.
fn bare(uri: &str) -> &str {
    let uri = uri.trim().trim_end_matches(['#', '/']);
    let rest = uri
        .strip_prefix("https://")
        .or_else(|| uri.strip_prefix("http://"))
        .unwrap_or(uri);
    rest.strip_prefix("www.").unwrap_or(rest)
}

/// Which documents a graph of schemas is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// The inputs.
    Inputs,
    /// The descriptions of services, with the schemas of their operations.
    Services,
}

impl About {
    /// These documents, with their ids.
    fn of(self, documents: &DocumentSet) -> impl Iterator<Item = (DocumentId, &Document)> {
        documents.iter().filter(move |(id, document)| match self {
            Self::Inputs => document.role == Role::Input,
            Self::Services => documents.is_service(*id),
        })
    }
}

/// Reads every schema that the inputs or the descriptions of services hold, and what those refer to.
pub(crate) fn read<'s>(
    documents: &'s DocumentSet,
    about: About,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> SchemaGraph<'s> {
    reader::Reader::new(documents, about, config, diagnostics).read()
}

#[cfg(test)]
mod tests {
    use super::{ALL, by_uri};

    #[test]
    fn a_meta_schema_uri_is_known_in_all_its_spellings() {
        for draft in &ALL {
            for uri in [
                format!("{}#", draft.uri),
                format!("{}/#", draft.uri),
                draft.uri.replace("https:", "http:"),
                draft.uri.replace("https://", "").replace("http://", ""),
            ] {
                assert_eq!(by_uri(&uri).map(|found| found.draft.name), Some(draft.name));
            }
        }
        assert!(by_uri("http://json-schema.org/draft-07/hyper-schema#").is_some());
        assert!(by_uri("http://json-schema.org/schema#").is_some());
        assert!(by_uri("https://json-schema.org/draft/2099-01/schema").is_none());
    }
}
