//! Names of flows, and of elements and resources in them.
//!
//! An API name has letters, digits and `_`, begins with a letter, does not end with `_`, has no `__` and at
//! most 80 characters, and is unique over all elements and resources of a flow without regard to case.

use heck::{ToShoutySnakeCase, ToTitleCase};

use crate::naming::Scope;

use super::text::{Text, shortened, without_merge_fields};

const MAX_NAME: usize = 80;
const MAX_LABEL: usize = 255;

/// The names that are taken in a flow, or those of the flows.
pub(super) struct Names {
    scope: Scope,
}

impl Names {
    pub(super) fn new() -> Self {
        Self {
            scope: Scope::case_insensitive(),
        }
    }

    /// An API name for a label.
    pub(super) fn claim(&mut self, label: &str) -> Text {
        Text::new(&self.scope.claim_numbered(&api_name(label), MAX_NAME))
    }

    /// An API name for the first of the labels whose name is free, or a number after that of the last one.
    pub(super) fn claim_first(&mut self, labels: &[&str]) -> Text {
        for label in labels {
            let name = api_name(label);
            if self.scope.claim(&name) {
                return Text::new(&name);
            }
        }
        self.claim(labels.last().copied().unwrap_or_default())
    }

    /// A name in capitals for a value of a choice, such as `REASON_USER_REQUEST`.
    pub(super) fn claim_constant(&mut self, of: &str, value: &str) -> Text {
        let ascii = |text: &str| api_name(text).to_shouty_snake_case();
        self.claim(&format!("{}_{}", ascii(of), ascii(value)))
    }
}

/// The API name that a label asks for.
fn api_name(label: &str) -> String {
    let mut name = String::with_capacity(label.len());
    for c in label.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') && c != '\'' {
            name.push('_');
        }
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, if name.is_empty() { "Value" } else { "X" });
    }
    name.truncate(MAX_NAME);
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// A label for people: text with spaces as it is, an identifier split into words.
pub(super) fn label(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if text.contains(' ') {
        text
    } else {
        split(&text)
    };
    shortened(&without_merge_fields(&words), MAX_LABEL)
}

fn split(text: &str) -> String {
    let words = text.to_title_case();
    if words.is_empty() {
        text.to_owned()
    } else {
        words
    }
}

/// One word made of a label, such as `NotFound` of `Not found`.
pub(super) fn word(label: &str) -> String {
    let mut word = String::new();
    for part in label.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = part.chars();
        word.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        word.push_str(letters.as_str());
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{Names, api_name, label, word};

    #[test]
    fn api_names_are_legal() {
        for (text, name) in [
            ("Session ID", "Session_ID"),
            ("  a -- b__c_ ", "a_b_c"),
            ("404 Exception", "X404_Exception"),
            ("Grüße", "Gr_e"),
            ("日本", "Value"),
            ("", "Value"),
            ("__", "Value"),
            ("user's key", "users_key"),
        ] {
            assert_eq!(api_name(text), name, "{text}");
        }
        let long = format!("{} x", "a".repeat(79));
        assert_eq!(api_name(&long), "a".repeat(79));
    }

    #[test]
    fn names_are_unique_without_regard_to_case() {
        let mut names = Names::new();
        assert_eq!(names.claim("Reason").as_str(), "Reason");
        assert_eq!(
            names.claim_first(&["reason", "Reason Input"]).as_str(),
            "Reason_Input"
        );
        assert_eq!(names.claim("REASON").as_str(), "REASON2");
        assert_eq!(
            names.claim_constant("Reason", "UserRequest").as_str(),
            "REASON_USER_REQUEST"
        );
        assert_eq!(
            names.claim_constant("Reason", "User-Request").as_str(),
            "REASON_USER_REQUEST2"
        );
    }

    #[test]
    fn labels_are_readable() {
        assert_eq!(label("externalSessionKey"), "External Session Key");
        assert_eq!(label("Session  ID\n"), "Session ID");
        assert_eq!(label("{!x}"), "X");
        assert_eq!(label("日本"), "日本");
        assert_eq!(word("Not found (404)"), "NotFound404");
    }
}
