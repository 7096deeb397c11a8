//! Texts of the configuration that become code: paths, names and nothing else.

use super::names::{NEVER, is_keyword};

/// How deep the arguments of a path may be nested.
const DEEPEST: usize = 16;

/// The path of a type, such as `chrono::DateTime<chrono::Utc>`, in the form in which it is written; none for any other
/// text. It starts with a crate.
pub(super) fn type_path(text: &str) -> Option<String> {
    let path = whole(text)?;
    let first = path.split('<').next()?;
    first.contains("::").then_some(path)
}

/// The path of a trait that can be derived, such as `Eq` or `schemars::JsonSchema`.
pub(super) fn trait_path(text: &str) -> Option<String> {
    whole(text).filter(|path| !path.contains('<'))
}

/// Whether a text can name a type or a variant.
pub(super) fn is_type_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && is_free(text)
}

/// Whether a text can name a field, if need be as a raw identifier.
pub(super) fn is_field_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('_')
        && !text.contains("__")
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && !NEVER.contains(&text)
}

/// Whether a text is an identifier like those that are made for types and variants.
pub(super) fn is_given_type_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && is_free(text)
}

/// Whether a text is an identifier like those that are made for fields and modules, if need be as a raw one.
pub(super) fn is_given_field_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && !NEVER.contains(&text)
}

fn is_free(word: &str) -> bool {
    !is_keyword(word) && !NEVER.contains(&word)
}

fn whole(text: &str) -> Option<String> {
    let mut path = String::new();
    let rest = read(text, 0, &mut path)?;
    rest.trim().is_empty().then_some(path)
}

/// Reads one path from the start of a text, and gives the rest.
fn read<'t>(text: &'t str, depth: usize, to: &mut String) -> Option<&'t str> {
    if depth > DEEPEST {
        return None;
    }
    let mut rest = text.trim_start();
    let mut is_first = true;
    loop {
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let is_root = is_first && word == "crate" && after.starts_with("::");
        let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic()) && is_free(word);
        if !is_word && !is_root {
            return None;
        }
        to.push_str(word);
        is_first = false;
        match after.strip_prefix("::") {
            Some(after) => {
                to.push_str("::");
                rest = after;
            }
            None => {
                rest = after.trim_start();
                break;
            }
        }
    }
    let Some(mut rest) = rest.strip_prefix('<') else {
        return Some(rest);
    };
    to.push('<');
    loop {
        rest = read(rest, depth + 1, to)?.trim_start();
        if let Some(after) = rest.strip_prefix(',') {
            to.push_str(", ");
            rest = after;
        } else {
            to.push('>');
            return rest.strip_prefix('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_field_name, is_type_name, trait_path, type_path};

    #[test]
    fn a_path_is_a_path() {
        for (text, path) in [
            ("uuid::Uuid", "uuid::Uuid"),
            ("crate::my::Type", "crate::my::Type"),
            (
                " chrono::DateTime < chrono::Utc > ",
                "chrono::DateTime<chrono::Utc>",
            ),
            ("a::B<C,d::E<F>>", "a::B<C, d::E<F>>"),
        ] {
            assert_eq!(type_path(text).as_deref(), Some(path), "{text}");
        }
        assert_eq!(trait_path("Eq").as_deref(), Some("Eq"));
    }

    #[test]
    fn no_other_text_is_one() {
        for text in [
            "",
            "Uuid",
            "a::",
            "::a::B",
            "a::B>",
            "a::B<C",
            "a::B<>",
            "a::B<C,>",
            "a:: B",
            "a::B; fn main() {}",
            "a::B<'a>",
            "a::B<{1}>",
            "a::B<1>",
            "&a::B",
            "a::b!()",
            "a::B//",
            "a::B\n#[x]",
            "self::B",
            "super::B",
            "a::crate::B",
            "crate",
            "a::fn",
            "a::B as c",
            "[a::B]",
            "(a::B)",
            "a::Bé",
            "a::_",
        ] {
            assert_eq!(type_path(text), None, "{text}");
        }
        assert_eq!(type_path(&"a::B<".repeat(10_000)), None);
        assert_eq!(trait_path("a::B<C>"), None);
        assert_eq!(trait_path("Eq)] fn"), None);
    }

    #[test]
    fn a_name_is_one_word_in_the_right_case() {
        assert!(is_type_name("HTTPServer2") && is_field_name("r#type".trim_start_matches("r#")));
        for text in ["", "a", "A_b", "Self", "A b", "A;", "É"] {
            assert!(!is_type_name(text), "{text}");
        }
        for text in [
            "", "A", "_a", "a__b", "a_", "self", "crate", "a b", "a:", "é", "2a",
        ] {
            assert!(!is_field_name(text), "{text}");
        }
    }
}
