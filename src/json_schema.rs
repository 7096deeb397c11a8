//! The JSON Schemas of our own files.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schema of a type. Its descriptions are the comments of the type, without examples in Rust: who edits a file sees them.
pub(crate) fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(leave_out_examples))
        .into_generator()
        .into_root_schema_for::<T>()
}

fn leave_out_examples(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description")
        && let Some(start) = text.find("```")
    {
        text.truncate(text[..start].trim_end().len());
    }
}
