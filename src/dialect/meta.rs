//! The meta-schemas that schemas may refer to, brought along because nothing is fetched from a network.

use crate::document::{Retrieve, Retrieved};

/// The documents that the program brings along; a document becomes part of a run only when it is referred to.
pub(crate) struct BuiltIn;

macro_rules! documents {
    ($($uri:literal: $file:literal;)+) => {
        /// The documents by their URI without `http://` or `https://`.
        static DOCUMENTS: &[(&str, &str)] = &[$(($uri, include_str!(concat!("meta/", $file)))),+];
    };
}

documents! {
    "json-schema.org/draft-04/schema": "draft-04.json";
    "json-schema.org/draft-06/schema": "draft-06.json";
    "json-schema.org/draft-07/schema": "draft-07.json";
    "json-schema.org/draft/2019-09/schema": "2019-09/schema.json";
    "json-schema.org/draft/2019-09/meta/core": "2019-09/core.json";
    "json-schema.org/draft/2019-09/meta/applicator": "2019-09/applicator.json";
    "json-schema.org/draft/2019-09/meta/validation": "2019-09/validation.json";
    "json-schema.org/draft/2019-09/meta/meta-data": "2019-09/meta-data.json";
    "json-schema.org/draft/2019-09/meta/format": "2019-09/format.json";
    "json-schema.org/draft/2019-09/meta/content": "2019-09/content.json";
    "json-schema.org/draft/2020-12/schema": "2020-12/schema.json";
    "json-schema.org/draft/2020-12/meta/core": "2020-12/core.json";
    "json-schema.org/draft/2020-12/meta/applicator": "2020-12/applicator.json";
    "json-schema.org/draft/2020-12/meta/unevaluated": "2020-12/unevaluated.json";
    "json-schema.org/draft/2020-12/meta/validation": "2020-12/validation.json";
    "json-schema.org/draft/2020-12/meta/meta-data": "2020-12/meta-data.json";
    "json-schema.org/draft/2020-12/meta/format-annotation": "2020-12/format-annotation.json";
    "json-schema.org/draft/2020-12/meta/format-assertion": "2020-12/format-assertion.json";
    "json-schema.org/draft/2020-12/meta/content": "2020-12/content.json";
}

impl Retrieve for BuiltIn {
    fn retrieve(&self, uri: &str) -> Result<Option<Retrieved>, String> {
        let wanted = super::bare(uri);
        let found = DOCUMENTS.iter().find(|(known, _)| *known == wanted);
        Ok(found.map(|(known, text)| Retrieved {
            path: (*known).to_owned(),
            text: (*text).to_owned(),
            file: None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{BuiltIn, DOCUMENTS};
    use crate::document::Retrieve as _;

    #[test]
    fn every_document_stands_under_its_own_identifier() {
        for (uri, text) in DOCUMENTS {
            let document: Value = serde_json::from_str(text).unwrap();
            let id = document.get("$id").or_else(|| document.get("id")).unwrap();
            assert_eq!(crate::dialect::bare(id.as_str().unwrap()), *uri);
            let found = BuiltIn.retrieve(id.as_str().unwrap()).unwrap();
            assert!(found.is_some_and(|found| found.file.is_none()));
        }
    }
}
