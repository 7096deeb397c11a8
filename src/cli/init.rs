//! Something to start from.

use std::fmt::Write as _;
use std::path::Path;

use flowtypes::output;
use flowtypes::report::Report;
use flowtypes::{Error, document::DocumentSet};

use super::{Ended, Outcome};

const CONFIG: &str = r#"{
  "schemas": ["schemas"],
  "targets": ["apex", "flow", "rust"],
  "out": "generated",
  "apex": {"apiVersion": "66.0", "classPrefix": ""}
}
"#;

const EXAMPLE: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Delivery",
  "description": "What is on its way to a customer. Put your own schema in its place.",
  "type": "object",
  "properties": {
    "code": {"description": "The code on the label.", "type": "string"},
    "expected": {"description": "The day when it should arrive.", "type": "string", "format": "date"},
    "status": {"description": "How far it is.", "type": "string", "enum": ["packed", "shipped", "delivered"]},
    "lines": {
      "description": "What is in it.",
      "type": "array",
      "items": {
        "title": "Delivery line",
        "type": "object",
        "properties": {
          "product": {"description": "What it is.", "type": "string"},
          "quantity": {"description": "How many.", "type": "integer", "minimum": 1}
        },
        "required": ["product", "quantity"]
      }
    }
  },
  "required": ["code", "lines"]
}
"#;

const NEXT: &str = "
next:
  flowtypes generate                           write the types of schemas/ to generated/
  flowtypes infer sample.json > schemas/x.json  make a schema of a JSON sample of yours
  flowtypes check                              say whether generated/ is up to date, for example in CI
The README describes every option of flowtypes.json.
";

/// Writes what is not there yet.
pub fn init(outcome: &mut Outcome) -> Result<(), Ended> {
    let mut files = vec![("flowtypes.json", CONFIG)];
    // A folder with schemas needs no example.
    if !Path::new("schemas").exists() {
        files.push(("schemas/delivery.json", EXAMPLE));
    }
    for (path, text) in files {
        output::write_new(Path::new(path), text).map_err(|diagnostics| {
            Error::Input(Report::new(&DocumentSet::default(), &diagnostics))
        })?;
        let _ = writeln!(outcome.stdout, "wrote {path}");
    }
    outcome.stdout.push_str(NEXT);
    Ok(())
}
