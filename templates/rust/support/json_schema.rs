/// The schema that a type was made from: a reference to it, beside the documents that it needs.
pub fn schema_of(reference: &str, documents: &[usize]) -> schemars::Schema {
    let mut bundle = serde_json::Map::new();
    for (id, text) in documents.iter().filter_map(|index| DOCUMENTS.get(*index)) {
        let document = serde_json::from_str(text).unwrap_or_default();
        bundle.insert((*id).to_owned(), document);
    }
    let mut schema = schemars::Schema::default();
    schema.insert("$ref".to_owned(), reference.into());
    schema.insert("$defs".to_owned(), bundle.into());
    schema
}

macro_rules! json_schema {
    ($name:ident, $reference:literal, [$($document:literal),*]) => {
        #[allow(deprecated)]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                support::schema_of($reference, &[$($document),*])
            }
        }
    };
}
pub(super) use json_schema;

/// Lists the documents: an identifier and a text each.
macro_rules! documents {
    ($($id:literal = $text:literal;)*) => {
        static DOCUMENTS: &[(&str, &str)] = &[$(($id, $text)),*];
    };
}
