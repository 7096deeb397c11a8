//! The dialect that `$schema` names: a standard one, or what a meta-schema of somebody's own makes of one.

use std::collections::HashMap;

use serde_json::Value;

use super::keyword::{Vocabulary, VocabularySet};
use super::{ALL, Dialect, by_name, by_uri};
use crate::config::{Config, DialectName};
use crate::diagnostic::Code;
use crate::document::{DocumentSet, resolve_uri};

/// How many meta-schemas may describe each other in a row.
const LONGEST_CHAIN: usize = 16;

/// What is wrong with a `$schema`, and the dialect to go on with.
pub(super) struct Problem {
    pub code: Code,
    pub message: String,
    pub help: String,
    pub instead: Option<Dialect>,
}

/// The dialects that the schemas of a run may name.
pub(super) struct Dialects<'s> {
    documents: &'s DocumentSet,
    /// The roots of the documents by their identifiers.
    identified: HashMap<String, &'s Value>,
    /// The dialect of a document that names none.
    pub default: Dialect,
}

impl<'s> Dialects<'s> {
    pub(super) fn new(documents: &'s DocumentSet, config: &Config) -> Self {
        let mut identified = HashMap::new();
        for (_, document) in documents.schemas() {
            for word in ["$id", "id"] {
                if let Some(Value::String(id)) = document.value.get(word)
                    && let Some(uri) = resolve_uri(&document.uri, id)
                {
                    identified.entry(uri).or_insert(&document.value);
                }
            }
        }
        Self {
            documents,
            identified,
            default: by_name(config.default_dialect),
        }
    }

    /// The dialect behind the value of `$schema` in a schema whose base URI is `base`.
    pub(super) fn named(&self, uri: &str, base: &str) -> Result<Dialect, Problem> {
        let (mut wanted, mut base) = (uri.to_owned(), base.to_owned());
        let mut vocabularies: Option<&'s Value> = None;
        for _ in 0..LONGEST_CHAIN {
            if let Some(standard) = by_uri(&wanted) {
                return restrict(standard, vocabularies);
            }
            let Some(target) = resolve_uri(&base, &wanted) else {
                break;
            };
            let of_document = || Some(&self.documents.get(self.documents.by_uri(&target)?).value);
            let Some(meta) = self.identified.get(&target).copied().or_else(of_document) else {
                break;
            };
            vocabularies = vocabularies.or_else(|| meta.get("$vocabulary"));
            match meta.get("$schema") {
                Some(Value::String(next)) if *next != wanted => next.clone_into(&mut wanted),
                // Nobody describes it: its vocabularies do, or it is as any document that says nothing.
                Some(_) | None => return restrict(self.default, vocabularies),
            }
            base = target;
        }
        Err(unknown(uri))
    }
}

fn unknown(uri: &str) -> Problem {
    let known: Vec<&str> = ALL.iter().map(|draft| draft.uri).collect();
    Problem {
        code: Code::UnknownDialect,
        message: format!("`{uri}` is not a dialect of JSON Schema that is known here"),
        help: format!(
            "use one of {}, or give the meta-schema as an input too",
            known.join(", ")
        ),
        // What came before draft 4 is closest to it.
        instead: ["draft-01", "draft-02", "draft-03"]
            .iter()
            .any(|draft| uri.contains(draft))
            .then(|| by_name(DialectName::Draft4)),
    }
}

/// What is left of a dialect if only these vocabularies count (`$vocabulary`, from 2019-09 on).
fn restrict(base: Dialect, vocabularies: Option<&Value>) -> Result<Dialect, Problem> {
    let Some(Value::Object(listed)) = vocabularies else {
        return Ok(base);
    };
    let has_vocabularies = std::ptr::eq(base.draft, &ALL[3]) || base.draft.siblings_of_ref;
    if !has_vocabularies {
        return Ok(base);
    }
    let mut dialect = Dialect {
        vocabularies: VocabularySet::CORE,
        ..base
    };
    let mut missing = None;
    for (uri, required) in listed {
        let is_required = required == &Value::Bool(true);
        let known = match uri.strip_prefix("https://json-schema.org/draft/") {
            Some(rest) => standard(rest),
            None if uri.starts_with("https://spec.openapis.org/oas/3.1/vocab/") => {
                Some((None, Vocabulary::OpenApi))
            }
            None => None,
        };
        let Some((name, vocabulary)) = known else {
            if is_required {
                missing = missing.or(Some(uri));
            }
            continue;
        };
        if let (Some(name), Vocabulary::Core) = (name, vocabulary) {
            dialect.draft = by_name(name).draft;
        }
        dialect.vocabularies.insert(vocabulary);
        if vocabulary == Vocabulary::Applicator && name == Some(DialectName::Draft2019) {
            dialect.vocabularies.insert(Vocabulary::Unevaluated);
        }
        dialect.asserts_format |= uri.ends_with("/vocab/format-assertion")
            || (uri.ends_with("/vocab/format") && is_required);
    }
    match missing {
        None => Ok(dialect),
        Some(uri) => Err(Problem {
            code: Code::UnknownVocabulary,
            message: format!("the dialect demands the vocabulary `{uri}`, which is not known here"),
            help: "set it to `false` in the `$vocabulary` of the meta-schema if its words may be passed over"
                .to_owned(),
            instead: Some(dialect),
        }),
    }
}

/// The standard vocabulary, from what its URI has after `https://json-schema.org/draft/`.
fn standard(rest: &str) -> Option<(Option<DialectName>, Vocabulary)> {
    let (draft, name) = rest.split_once("/vocab/")?;
    let draft = match draft {
        "2019-09" => DialectName::Draft2019,
        "2020-12" => DialectName::Draft2020,
        _ => return None,
    };
    let vocabulary = match name {
        "core" => Vocabulary::Core,
        "applicator" => Vocabulary::Applicator,
        "unevaluated" => Vocabulary::Unevaluated,
        "validation" => Vocabulary::Validation,
        "meta-data" => Vocabulary::MetaData,
        "format" | "format-annotation" | "format-assertion" => Vocabulary::Format,
        "content" => Vocabulary::Content,
        _ => return None,
    };
    Some((Some(draft), vocabulary))
}
