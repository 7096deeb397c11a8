//! Names of flows, and of elements and resources in them.
//!
//! An API name has letters, digits and `_`, begins with a letter, does not end with `_`, has no `__` and at
//! most 80 characters, and is unique over all elements and resources of a flow without regard to case.

use std::borrow::Cow;

use heck::ToShoutySnakeCase;

use crate::hash::HashMap;
use crate::naming::{Claims, Ledger, Scope, Symbols, ascii, title_case};

use super::limits::MAX_LABEL;
use super::text::{Text, without_merge_fields};
use crate::naming::shortened;

const MAX_NAME: usize = 80;

/// What a flow is in the lock, and what there is in it.
pub(super) const FLOW: &str = "flow";
pub(super) const SCREEN_FLOW: &str = "screenFlow";
pub(super) const FORM: &str = "form";
pub(super) const TURN_FLOW: &str = "turnFlow";
pub(super) const LATER_FLOW: &str = "laterFlow";
pub(super) const BRANCH: &str = "branch";
const FLOWS: [&str; 6] = [FLOW, SCREEN_FLOW, FORM, TURN_FLOW, LATER_FLOW, BRANCH];
pub(super) const RESOURCES: &str = "resources";
pub(super) const SCREEN_RESOURCES: &str = "screenResources";
pub(super) const FORM_RESOURCES: &str = "formResources";
pub(super) const BRANCH_RESOURCES: &str = "branchResources";
pub(super) const TURN_RESOURCES: &str = "turnResources";
pub(super) const LATER_RESOURCES: &str = "laterResources";

/// The names that are taken in a flow, or those of the flows. Each is for a key that stays when others come and go.
pub(super) struct Names {
    claims: Claims,
    role: &'static str,
    /// How often each key was met: two things never share a name.
    met: HashMap<(&'static str, String), usize>,
}

impl Names {
    /// The names of the flows; a key is the place of an action.
    pub(super) fn of_flows(ledger: &Ledger) -> Self {
        let is_flow = |_: &str, role: &str| FLOWS.contains(&role);
        Self {
            claims: ledger.claims(Scope::case_insensitive(), is_flow, is_api_name),
            role: FLOW,
            met: HashMap::default(),
        }
    }

    /// The names in the flow of an action; a key says what is named.
    pub(super) fn in_flow(ledger: &Ledger, place: &str, role: &'static str) -> Self {
        let scope = Scope::case_insensitive();
        Self {
            claims: ledger.member_claims(place, &[role], scope, is_api_name),
            role,
            met: HashMap::default(),
        }
    }

    /// What has been given.
    pub(super) fn into_claims(self) -> Claims {
        self.claims
    }

    /// The same names, for flows of another kind.
    pub(super) fn with_role(&mut self, role: &'static str) -> &mut Self {
        self.role = role;
        self
    }

    /// Gives a key the name that somebody has asked for.
    pub(super) fn ask(&mut self, key: &str, name: Option<&str>) {
        if let Some(name) = name {
            self.claims.ask(self.role, key, name);
        }
    }

    /// An API name for a label.
    pub(super) fn claim(&mut self, key: &str, label: &str) -> Text {
        self.claim_first(key, &[label])
    }

    /// An API name for what every such flow has, of which the label is the key.
    pub(super) fn claim_fixed(&mut self, label: &str) -> Text {
        self.claim(label, label)
    }

    /// An API name for the first of the labels whose name is free, or a number after that of the last one.
    pub(super) fn claim_first(&mut self, key: &str, labels: &[&str]) -> Text {
        let count = self.met.entry((self.role, key.to_owned())).or_default();
        *count += 1;
        let key = match count {
            1 => key.to_owned(),
            more => format!("{key} {more}"),
        };
        let name = self.claims.claim(self.role, &key, |scope| {
            let names: Vec<String> = labels.iter().map(|label| api_name(label)).collect();
            match names.iter().find(|name| scope.claim(name)) {
                Some(name) => name.clone(),
                None => scope.claim_numbered(names.last().map_or("", String::as_str), MAX_NAME),
            }
        });
        Text::new(&name)
    }

    /// A name in capitals for a value of a choice, such as `REASON_USER_REQUEST`.
    pub(super) fn claim_constant(&mut self, key: &str, of: &str, value: &str) -> Text {
        self.claim(key, &shouted(of, value))
    }
}

/// The name in capitals that a value of a choice asks for.
pub(super) fn constant(of: &str, value: &str) -> Text {
    Text::new(&api_name(&shouted(of, value)))
}

fn shouted(of: &str, value: &str) -> String {
    let ascii = |text: &str| api_name(text).to_shouty_snake_case();
    format!("{}_{}", ascii(of), ascii(value))
}

/// Whether a text is an API name.
pub(super) fn is_api_name(name: &str) -> bool {
    name.len() <= MAX_NAME && name == api_name(name) && !name.contains("__")
}

/// The API name that a label asks for.
fn api_name(label: &str) -> String {
    let label = match label.is_ascii() {
        true => Cow::Borrowed(label),
        // Flow Builder drops letters that names cannot have, so that `Grün` and `Gran` look alike.
        false => ascii(label, Symbols::Separate),
    };
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

/// A label for people: text with spaces as it is, an identifier split into words. Nobody can choose or fill in what has
/// none, so that an empty text has one too.
pub(crate) fn label(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if text.contains(' ') {
        text
    } else {
        split(&text)
    };
    match shortened(&without_merge_fields(&words), MAX_LABEL) {
        label if label.is_empty() => "(Empty)".to_owned(),
        label => label,
    }
}

/// A label for each of several values, of which no two are the same: where words do not tell values apart, their own
/// letters do (`C`, `C++`).
pub(super) fn choice_labels<'v>(values: impl Iterator<Item = &'v str>) -> Vec<String> {
    let values: Vec<&str> = values.collect();
    let words: Vec<String> = values.iter().map(|value| label(value)).collect();
    let mut count: HashMap<&str, usize> = HashMap::default();
    for word in &words {
        *count.entry(word).or_default() += 1;
    }
    let mut taken: HashMap<String, usize> = HashMap::default();
    let pairs = values.iter().zip(&words);
    pairs
        .map(|(value, word)| {
            let label = match count.get(word.as_str()) {
                Some(1) => word.clone(),
                _ => shortened(&without_merge_fields(value), MAX_LABEL),
            };
            let met = taken.entry(label.clone()).or_default();
            *met += 1;
            match *met {
                1 => label,
                more => format!("{} ({more})", shortened(&label, MAX_LABEL - 10)),
            }
        })
        .collect()
}

fn split(text: &str) -> String {
    let words = title_case(text);
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
    use super::{Names, RESOURCES, api_name, choice_labels, is_api_name, label, word};
    use crate::naming::Book;

    #[test]
    fn api_names_are_legal() {
        for (text, name) in [
            ("Session ID", "Session_ID"),
            ("  a -- b__c_ ", "a_b_c"),
            ("404 Exception", "X404_Exception"),
            ("Grüße", "Grusse"),
            ("日本", "x65e5x672c"),
            ("", "Value"),
            ("__", "Value"),
            ("user's key", "users_key"),
        ] {
            assert_eq!(api_name(text), name, "{text}");
            assert!(
                is_api_name(name) && !is_api_name(&format!("{name}_")),
                "{text}"
            );
        }
        let long = format!("{} x", "a".repeat(79));
        assert_eq!(api_name(&long), "a".repeat(79));
    }

    #[test]
    fn two_things_with_one_key_have_two_names() {
        let mut names = Names::in_flow(&Book::default().flow, "", RESOURCES);
        assert_eq!(names.claim_fixed("Message").as_str(), "Message");
        assert_eq!(names.claim_fixed("Message").as_str(), "Message2");
    }

    #[test]
    fn names_are_unique_without_regard_to_case() {
        let mut names = Names::in_flow(&Book::default().flow, "", RESOURCES);
        assert_eq!(names.claim("a", "Reason").as_str(), "Reason");
        let labels = ["reason", "Reason Input"];
        assert_eq!(names.claim_first("b", &labels).as_str(), "Reason_Input");
        assert_eq!(names.claim("c", "REASON").as_str(), "REASON2");
        assert_eq!(
            names.claim_constant("d", "Reason", "UserRequest").as_str(),
            "REASON_USER_REQUEST"
        );
        assert_eq!(
            names.claim_constant("e", "Reason", "User-Request").as_str(),
            "REASON_USER_REQUEST2"
        );
    }

    #[test]
    fn labels_are_readable() {
        assert_eq!(label("externalSessionKey"), "External Session Key");
        assert_eq!(label("Session  ID\n"), "Session ID");
        assert_eq!(label("{!x}"), "X");
        assert_eq!(label("日本"), "日本");
        assert_eq!(
            (label("").as_str(), label(" \u{1}").as_str()),
            ("(Empty)", "(Empty)")
        );
        assert_eq!(word("Not found (404)"), "NotFound404");
    }

    #[test]
    fn no_two_choices_look_the_same() {
        let labels = |values: &[&str]| choice_labels(values.iter().copied()).join(", ");
        assert_eq!(
            labels(&["C", "C++", "C#", "rust-lang"]),
            "C, C++, C#, Rust Lang"
        );
        assert_eq!(labels(&["-1", "1", "in progress"]), "-1, 1, in progress");
        assert_eq!(labels(&["S", "s", "XL"]), "S, s, Xl");
        let long = "a".repeat(300);
        let values = [format!("{long}b"), format!("{long}c")];
        let labels = choice_labels(values.iter().map(String::as_str));
        assert!(labels[0] != labels[1] && labels.iter().all(|one| one.chars().count() <= 255));
    }
}
