//! `new`: a struct with what must be there, where much else may be absent.

use super::model::{Accessor, Field};

/// How many arguments a constructor may have; clippy finds more too many.
const MOST_ARGUMENTS: usize = 7;
/// From how many parts on that may be absent a struct gets a constructor.
const LEAST_ABSENT: usize = 2;
/// The widest line that rustfmt leaves as it is.
const WIDTH: usize = 100;

/// The constructor of a struct with these fields; `types` are those of the fields that must be there.
pub(super) fn constructor(
    fields: &[Field],
    kept: Option<&Field>,
    types: &[String],
) -> Option<Accessor> {
    let absent = fields.len() - types.len() + usize::from(kept.is_some());
    if types.is_empty() || types.len() > MOST_ARGUMENTS || absent < LEAST_ABSENT {
        return None;
    }
    let mut types = types.iter();
    let mut arguments = Vec::new();
    let mut body = "Self {".to_owned();
    let mut push = |name: &str, value: &str| {
        for part in ["\n            ", name, value, ","] {
            body.push_str(part);
        }
    };
    for field in fields {
        if field.presence == "optional" {
            push(&field.name, ": None");
        } else {
            arguments.push([field.name.as_str(), ": ", types.next()?].concat());
            push(&field.name, "");
        }
    }
    if let Some(field) = kept {
        push(&field.name, ": BTreeMap::new()");
    }
    body.push_str("\n        }");
    let short = format!("pub fn new({}) -> Self {{", arguments.join(", "));
    let signature = if 4 + short.chars().count() <= WIDTH {
        short
    } else {
        let lines = arguments
            .iter()
            .map(|argument| format!("\n        {argument},"));
        format!("pub fn new({}\n    ) -> Self {{", lines.collect::<String>())
    };
    if signature.lines().any(|line| line.chars().count() > WIDTH) {
        return None;
    }
    Some(Accessor {
        doc: "What must be there; all else is absent.".to_owned(),
        is_deprecated: false,
        looks_like_constant: false,
        signature,
        body,
        default: None,
    })
}
