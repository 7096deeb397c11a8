//! Something to start from.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use heck::ToKebabCase;

use flowtypes::Error;
use flowtypes::document::DocumentSet;
use flowtypes::internals::{failure, write_new};

use super::options::root_name;
use super::{Ended, Outcome, infer};

const CONFIG: &str = r#"{
  "schemas": ["schemas"],
  "targets": ["apex", "flow", "rust"],
  "out": "generated",
  "apex": {"apiVersion": "66.0", "classPrefix": "My", "actions": "all"},
  "flow": {"types": "all"}
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
  flowtypes generate
      write the types of schemas/ to generated/, to look at or to use in Rust
  flowtypes generate --layout sfdx --out deploy
      write a project that can be deployed to a Salesforce org, with a guide in it
  flowtypes check
      say whether generated/ is up to date, for example in CI
`classPrefix` in flowtypes.json is how the names of all Apex classes begin: choose your own before you deploy.
";

/// What to start from.
#[derive(Debug, Args)]
pub struct Init {
    /// Start from a schema that is inferred from these JSON documents; `-` is the standard input
    #[arg(long, value_name = "SAMPLE", num_args = 1..)]
    from_sample: Vec<PathBuf>,
    /// The name of the type [default: the name of the first sample]
    #[arg(long, value_name = "NAME", requires = "from_sample", value_parser = root_name)]
    root_name: Option<String>,
}

/// Writes what is not there yet.
pub fn init(what: &Init, outcome: &mut Outcome) -> Result<(), Ended> {
    let mut files = vec![("flowtypes.json".to_owned(), CONFIG.to_owned())];
    if !what.from_sample.is_empty() {
        let inferred = infer::infer(&what.from_sample, what.root_name.as_deref())?;
        // In kebab case a name has no characters that lead to another folder.
        let name = match inferred.name.to_kebab_case() {
            name if name.is_empty() => "sample".to_owned(),
            name => name,
        };
        files.push((format!("schemas/{name}.json"), inferred.schema));
    } else if !Path::new("schemas").exists() {
        // A folder with schemas needs no example.
        files.push(("schemas/delivery.json".to_owned(), EXAMPLE.to_owned()));
    }
    // What is there already comes first, so that the run ends there and nothing is written.
    files.sort_by_key(|(path, _)| fs::symlink_metadata(path).is_err());
    for (path, text) in files {
        write_new(Path::new(&path), &text)
            .map_err(|problems| Error::from(failure(DocumentSet::default(), &problems)))?;
        let _ = writeln!(outcome.stdout, "wrote {path}");
    }
    outcome.stdout.push_str(NEXT);
    Ok(())
}
