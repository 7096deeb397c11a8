//! How the platform spells a JSON name in the classes that it makes itself.
//!
//! Source: the naming scheme of External Services and debug logs of the AI Agent API: a character that Apex
//! does not allow becomes `x` and its hexadecimal code, so does a leading digit, and so does `_`, which
//! separates the parts of class names; a reserved word gets `z0` in front (`type` → `z0type`, `_links` →
//! `x5flinks`). That the whole list of reserved words is treated alike is inferred from `type` and `end`.

use std::fmt::Write as _;

/// Words that the platform does not use as they are: the reserved words of the Apex Developer Guide, and
/// `type`, which was observed.
const RESERVED: &[&str] = &[
    "abstract",
    "activate",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "autonomous",
    "begin",
    "bigdecimal",
    "blob",
    "boolean",
    "break",
    "bulk",
    "by",
    "byte",
    "case",
    "cast",
    "catch",
    "char",
    "class",
    "collect",
    "commit",
    "const",
    "continue",
    "currency",
    "date",
    "datetime",
    "decimal",
    "default",
    "delete",
    "desc",
    "do",
    "double",
    "else",
    "end",
    "enum",
    "exception",
    "exit",
    "export",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "from",
    "global",
    "goto",
    "group",
    "having",
    "hint",
    "if",
    "implements",
    "import",
    "in",
    "inner",
    "insert",
    "instanceof",
    "int",
    "integer",
    "interface",
    "into",
    "join",
    "like",
    "limit",
    "list",
    "long",
    "loop",
    "map",
    "merge",
    "new",
    "not",
    "null",
    "nulls",
    "number",
    "object",
    "of",
    "on",
    "or",
    "outer",
    "override",
    "package",
    "parallel",
    "pragma",
    "private",
    "protected",
    "public",
    "retrieve",
    "return",
    "rollback",
    "select",
    "set",
    "short",
    "sobject",
    "sort",
    "static",
    "string",
    "super",
    "switch",
    "synchronized",
    "system",
    "testmethod",
    "then",
    "this",
    "throw",
    "time",
    "transaction",
    "trigger",
    "true",
    "try",
    "type",
    "undelete",
    "update",
    "upsert",
    "using",
    "virtual",
    "void",
    "webservice",
    "when",
    "where",
    "while",
];

/// A JSON name as the platform spells it.
pub(super) fn platform_name(json: &str) -> String {
    if RESERVED.contains(&json.to_ascii_lowercase().as_str()) {
        return format!("z0{json}");
    }
    let mut name = String::with_capacity(json.len());
    for (index, c) in json.char_indices() {
        if c.is_ascii_alphabetic() || (index > 0 && c.is_ascii_digit()) {
            name.push(c);
        } else {
            let _ = write!(name, "x{:x}", u32::from(c));
        }
    }
    name
}

/// A path of properties, joined by dots, as the platform spells it.
pub(super) fn platform_path(path: &str) -> String {
    let steps: Vec<String> = path.split('.').map(platform_name).collect();
    steps.join(".")
}

#[cfg(test)]
mod tests {
    use super::{platform_name, platform_path};

    #[test]
    fn names_are_those_that_were_observed() {
        for (json, platform) in [
            ("type", "z0type"),
            ("end", "z0end"),
            ("_links", "x5flinks"),
            ("5getOpen-bankingV2.2Atms", "x35getOpenx2dbankingV2x2e2Atms"),
            (
                "fixed_array_of_AutoContext",
                "fixedx5farrayx5fofx5fAutoContext",
            ),
            ("sessionId", "sessionId"),
        ] {
            assert_eq!(platform_name(json), platform);
        }
        assert_eq!(platform_path("TextVariable.type"), "TextVariable.z0type");
    }
}
