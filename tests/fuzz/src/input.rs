//! What the bytes of an input stand for: documents, and the options of a run.

use flowtypes::config::{Config, Service};
use flowtypes::document::DocumentSet;
use flowtypes::internals::{Diagnostics, add_schema, add_service};
use serde_json::{Value, json};

/// Stands between two documents. JSON has it in no text, so that a schema as it is found is one document.
pub const BETWEEN: char = '\u{1e}';

/// The documents can refer to each other by the first two names, which the words of `main.rs` use.
const NAMES: [&str; 3] = ["schema", "other", "third"];

/// The documents of an input; none if it is no text. What looks like JSON is YAML as well, and is read as that at times.
pub fn documents(bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<DocumentSet> {
    let text = std::str::from_utf8(bytes).ok()?;
    let choice = Choice::new(bytes);
    let mut documents = DocumentSet::default();
    for (name, part) in NAMES.into_iter().zip(text.split(BETWEEN)) {
        let looks_like_json = part.trim_start().starts_with(['{', '[']);
        let is_yaml = !looks_like_json || choice.bits(0, 3) == 0;
        let end = if is_yaml { "yaml" } else { "json" };
        let path = format!("{name}.{end}");
        // Named as JSON either way: what they refer to is there.
        let uri = format!("file:///fuzz/{name}.json");
        if name == NAMES[0] && is_service(bytes) {
            add_service(&mut documents, &path, &uri, part.to_owned(), diagnostics);
            continue;
        }
        add_schema(&mut documents, &path, &uri, part.to_owned(), diagnostics)?;
    }
    Some(documents)
}

/// The options, which the bytes choose as well.
pub fn config(bytes: &[u8]) -> Config {
    let choice = Choice::new(bytes);
    let layout = choice.of(3, ["plain", "plain", "sfdx", "mdapi"]);
    // Packages hold no Rust types.
    let targets = match layout {
        "plain" => vec!["rust", "apex", "flow"],
        _ => vec!["apex", "flow"],
    };
    let formats = choice.of(5, [Value::Null, json!("annotation"), json!("assertion")]);
    let types_of_formats = match choice.is_set(7) {
        true => json!({"date": "chrono::NaiveDate", "uuid": "uuid::Uuid"}),
        false => json!({}),
    };
    let fallback = choice.of(8, [Value::Null, json!("Unknown"), json!("Other")]);
    // What is wrong in a schema ends a run, and half of the inputs shall come further than that.
    let wrong = choice.of(10, ["error", "opaque"]);
    let dialect = choice.of(12, ["2020-12", "4", "7", "2019-09"]);
    let options = json!({
        "targets": targets,
        "layout": layout,
        "formats": formats,
        "invalidSchema": wrong,
        "unresolved": wrong,
        "defaultDialect": dialect,
        "operationSchemas": choice.is_set(33),
        "rust": {
            "unknownFields": choice.of(14, ["ignore", "keep", "deny"]),
            "singleFile": choice.is_set(16),
            "jsonSchema": choice.is_set(17),
            "integers": choice.of(18, ["i64", "i128"]),
            "visibility": choice.of(19, ["pub", "pub(crate)"]),
            "derives": choice.of(20, [vec![], vec!["Eq", "Hash", "Copy"]]),
            "formats": types_of_formats,
            "fallbackVariant": fallback,
        },
        "apex": {
            "unknownFields": choice.of(21, ["ignore", "keep"]),
            "actions": choice.of(22, ["none", "all"]),
            "classPrefix": choice.of(23, ["", "Agf", "TwentyLettersAndMore"]),
            "access": choice.of(25, ["public", "global"]),
            "codec": choice.of(26, [true, true, true, false]),
            "tests": choice.of(28, [true, false]),
        },
        "flow": {
            "types": choice.of(29, ["none", "all"]),
            "pictures": choice.of(30, ["none", "svg"]),
            "screenFlows": choice.of(34, ["choices", "all", "none"]),
        },
        "agentforce": {"types": choice.of(31, ["none", "all"])},
    });
    match serde_json::from_value::<Config>(options) {
        Ok(mut config) => {
            if is_service(bytes) {
                config.services.push(Service::new(NAMES[0], "Fuzz"));
            }
            config
        }
        Err(error) => panic!("no configuration: {error}"),
    }
}

/// Whether the first document describes a service, of which there are flows instead of types.
fn is_service(bytes: &[u8]) -> bool {
    const SIGN: &[u8] = b"openapi";
    let may_be = bytes.windows(SIGN.len()).any(|part| part == SIGN);
    may_be && Choice::new(bytes).is_set(36)
}

/// Bits that look random and are the same for the same bytes (FNV-1a).
struct Choice(u64);

impl Choice {
    fn new(bytes: &[u8]) -> Self {
        let start = 0xcbf2_9ce4_8422_2325_u64;
        let mixed = bytes.iter().fold(start, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // The low bits alone depend on the low bits of the input alone.
        Self(mixed ^ (mixed >> 32))
    }

    fn bits(&self, from: u32, count: u32) -> usize {
        usize::try_from(self.0 >> from & ((1 << count) - 1)).unwrap_or_default()
    }

    fn is_set(&self, bit: u32) -> bool {
        self.bits(bit, 1) == 1
    }

    /// One of up to four values.
    fn of<T: Clone, const N: usize>(&self, from: u32, values: [T; N]) -> T {
        let count = if N > 2 { 2 } else { 1 };
        values[self.bits(from, count) % N].clone()
    }
}
