//! Uniqueness of names.

use crate::hash::{HashMap, HashSet};

/// A set of names that are taken, compared as a target compares them.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
    /// The next number to try for a name that was taken, by its limit: thousands of types may want the same one.
    next: HashMap<(String, usize), u64>,
    ignore_case: bool,
}

impl Scope {
    /// A scope where `Name` and `name` are two names.
    #[must_use]
    pub fn case_sensitive() -> Self {
        Self::default()
    }

    /// A scope where `Name` and `name` are one name, as in Apex and Flow.
    #[must_use]
    pub fn case_insensitive() -> Self {
        Self {
            ignore_case: true,
            ..Self::default()
        }
    }

    /// Makes room for so many names.
    pub(super) fn reserve(&mut self, names: usize) {
        self.taken.reserve(names);
    }

    /// Takes `name`; false if it was taken already.
    pub fn claim(&mut self, name: &str) -> bool {
        let key = self.key(name);
        self.taken.insert(key)
    }

    /// Whether somebody has `name` already.
    #[must_use]
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&self.key(name))
    }

    /// The form in which names are compared.
    pub(super) fn key(&self, name: &str) -> String {
        if self.ignore_case {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    }

    /// Takes `preferred`, or else the first free of `preferred2`, `preferred3` …; the number goes before
    /// `max_chars` at the cost of the last letters. Every name is ASCII where `preferred` is.
    pub fn claim_numbered(&mut self, preferred: &str, max_chars: usize) -> String {
        let mut name = cut(preferred, max_chars).to_owned();
        if self.claim(&name) {
            return name;
        }
        let key = (self.key(&name), max_chars);
        let mut number = self.next.get(&key).copied().unwrap_or(2);
        while !self.claim(&name) {
            let suffix = number.to_string();
            let keep = max_chars.saturating_sub(suffix.len());
            cut(preferred, keep).clone_into(&mut name);
            name.push_str(&suffix);
            number += 1;
        }
        self.next.insert(key, number);
        name
    }
}

/// The first `max` characters, at a word's end where there is one.
pub(crate) fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let cut: String = text.chars().take(max.saturating_sub(1)).collect();
    let end = cut.rfind(char::is_whitespace).filter(|end| *end > max / 2);
    format!("{}…", cut[..end.unwrap_or(cut.len())].trim_end())
}

/// The start of a text, of so many letters at most.
pub(crate) fn cut(text: &str, max_chars: usize) -> &str {
    if text.len() <= max_chars {
        return text;
    }
    let end = text.char_indices().nth(max_chars);
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::{Scope, shortened};

    #[test]
    fn a_number_stays_within_the_limit() {
        let mut scope = Scope::case_insensitive();
        assert_eq!(scope.claim_numbered("Account", 7), "Account");
        assert_eq!(scope.claim_numbered("ACCOUNT", 7), "ACCOUN2");
        assert_eq!(scope.claim_numbered("account", 9), "account2");
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(shortened("short", 5), "short");
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("éééééé", 4), "ééé…");
    }
}
