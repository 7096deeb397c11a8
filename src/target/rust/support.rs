//! The code that the generated types share: parts, of which a module gets those that it uses.

use std::sync::LazyLock;

use crate::hash::HashMap;

/// A part of the shared code.
struct Part {
    name: &'static str,
    text: &'static str,
    /// The parts that it uses itself.
    needs: &'static [&'static str],
}

macro_rules! parts {
    ($($name:literal: [$($need:literal),*];)+) => {
        /// Every part, in the order they are written.
        const PARTS: &[Part] = &[$(Part {
            name: $name,
            text: include_str!(concat!("../../../templates/rust/support/", $name, ".rs")),
            needs: &[$($need),*],
        }),+];
    };
}

parts! {
    "core": [];
    "invalid": [];
    "checked": ["any", "held", "checked_seen", "checked_run", "check"];
    "checked_seen": [];
    "checked_run": ["invalid", "checked_value", "checked_scalar", "checked_items", "checked_members"];
    "checked_value": ["brief", "kind", "listed"];
    "brief": [];
    "checked_scalar": ["length", "at_least", "at_most", "above", "below", "multiple_of", "truncated"];
    "checked_items": ["size", "twice"];
    "checked_members": ["size"];
    "check": [];
    "recalls": ["held"];
    "recalls_not": [];
    "tracks": [];
    "tracks_not": [];
    "regex": [];
    "characters": [];
    "pattern": ["invalid"];
    "entries": ["core", "string", "name", "ignored"];
    "members": [];
    "object": ["entries", "members"];
    "ignored": ["core", "names"];
    "names": ["name"];
    "name": [];
    "text_enum": ["core", "invalid"];
    "open_enum": ["core"];
    "literal_enum": ["any", "listing"];
    "union": ["any", "brief", "held", "kind"];
    "default": [];
    "foreign": ["core"];
    "once": ["core", "held"];
    "no_tag": [];
    "tagged": ["any", "held", "name", "no_tag", "replay"];
    "told": [];
    "replay": ["held", "name"];
    "held": ["held_parts", "memo"];
    "held_parts": [];
    "memo": [];
    "tuple": ["core"];
    "wrapper": ["core"];
    "newtype": ["core", "invalid"];
    "plain_text": ["newtype"];
    "length": ["within"];
    "size": ["within"];
    "within": ["invalid"];
    "at_least": ["invalid"];
    "at_most": ["invalid"];
    "above": ["invalid"];
    "below": ["invalid"];
    "multiple_of": ["invalid"];
    "unique": ["twice", "invalid"];
    "twice": ["same"];
    "listing": ["listed"];
    "listed": ["same"];
    "same": ["truncated"];
    "truncated": [];
    "kind": [];
    "string": ["core"];
    "integer": ["core"];
    "integer_128": ["core"];
    "number": ["core"];
    "boolean": ["core"];
    "null": ["core"];
    "never": ["core"];
    "any": ["core"];
    "option": ["core"];
    "boxed": ["core"];
    "list": ["core"];
    "json_schema": [];
    "format_date_time": ["format_date", "format_time"];
    "format_date": ["format_number"];
    "format_time": ["format_number"];
    "format_number": [];
    "format_duration": [];
    "format_email": ["format_idn_email"];
    "format_idn_email": [];
    "format_hostname": ["format_idn_hostname"];
    "format_idn_hostname": ["format_punycode", "format_bidi", "format_u_label"];
    "format_punycode": [];
    "format_bidi": ["format_unicode"];
    "format_u_label": ["format_unicode", "format_joining", "format_disallowed"];
    "format_unicode": [];
    "format_joining": [];
    "format_disallowed": [];
    "format_ipv4": [];
    "format_ipv6": [];
    "format_uri": ["format_iri"];
    "format_uri_reference": ["format_iri_reference"];
    "format_iri_reference": ["format_iri"];
    "format_iri": ["format_iri_text"];
    "format_uri_template": ["format_iri_text"];
    "format_iri_text": [];
    "format_uuid": [];
    "format_json_pointer": [];
    "format_relative_json_pointer": ["format_json_pointer"];
    "format_regex": ["format_regex_group", "format_regex_escape"];
    "format_regex_group": [];
    "format_regex_escape": [];
}

/// Where each part is in the list.
static INDEX: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let names = PARTS.iter().map(|part| part.name);
    names.zip(0..).collect()
});

/// The parts that are used so far.
#[derive(Default)]
pub(super) struct Needs {
    used: Vec<bool>,
}

impl Needs {
    /// Notes that a part is used, and what it uses.
    pub(super) fn add(&mut self, name: &str) {
        self.used.resize(PARTS.len(), false);
        let Some(&index) = INDEX.get(name) else {
            debug_assert!(false, "there is no part {name}");
            return;
        };
        if !std::mem::replace(&mut self.used[index], true) {
            for need in PARTS[index].needs {
                self.add(need);
            }
        }
    }

    /// Notes the parts that read the types in a text such as `Option<Vec<i64>>`.
    pub(super) fn add_for_type(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
            match word {
                "String" => self.add("string"),
                "i64" | "u64" => self.add("integer"),
                "i128" | "u128" => self.add("integer_128"),
                "f64" => self.add("number"),
                "bool" => self.add("boolean"),
                "Value" => self.add("any"),
                "Option" => self.add("option"),
                "Box" => self.add("boxed"),
                "Vec" => self.add("list"),
                "Never" => self.add("never"),
                _ => {}
            }
        }
        if text.contains("()") {
            self.add("null");
        }
    }

    /// Whether a part is used.
    pub(super) fn has(&self, name: &str) -> bool {
        let mut used = PARTS.iter().zip(&self.used);
        used.any(|(part, is_used)| *is_used && part.name == name)
    }

    /// The text of the parts that are used.
    pub(super) fn texts(&self) -> Vec<String> {
        let used = PARTS.iter().zip(&self.used).filter(|(_, used)| **used);
        used.map(|(part, _)| part.text.trim_end().to_owned())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::PARTS;

    /// What uses support uses at least the first part, so that no import is one too many.
    #[test]
    fn what_is_imported_is_used_by_the_first_part() {
        let first = PARTS[0].text;
        let head = include_str!("../../../templates/rust/support.rs");
        let mut imports = head.lines().filter_map(|line| line.strip_prefix("use "));
        assert!(imports.all(|path| {
            let name = path.trim_end_matches(';').rsplit("::").next();
            name.is_some_and(|name| first.contains(name))
        }));
    }

    #[test]
    fn every_need_is_a_part() {
        for need in PARTS.iter().flat_map(|part| part.needs) {
            assert!(PARTS.iter().any(|part| part.name == *need), "{need}");
        }
    }

    #[test]
    fn no_two_parts_have_a_function_or_type_of_one_name() {
        let mut names = std::collections::BTreeSet::new();
        for line in PARTS.iter().flat_map(|part| part.text.lines()) {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let kinds = ["fn ", "struct ", "enum ", "trait ", "type "];
            if let Some(item) = kinds.iter().find_map(|kind| line.strip_prefix(kind)) {
                let name = item
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next();
                assert!(names.insert(name), "{line}");
            }
        }
    }
}
