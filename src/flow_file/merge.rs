//! References within texts and formulas: `{!…}`.

use std::ops::Range;

/// What stands between `{!` and `}` in a text, without the space around it.
pub(crate) fn fields(text: &str) -> impl Iterator<Item = &str> {
    text.split("{!").skip(1).filter_map(|rest| {
        let end = rest.find('}')?;
        Some(rest[..end].trim())
    })
}

/// Where a text, as a file spells it, has a merge field first.
pub(crate) fn place(source: &str, field: &str) -> Option<Range<usize>> {
    let mut all = source.match_indices("{!");
    all.find_map(|(at, open)| {
        let rest = &source[at + open.len()..];
        let inner = rest.trim_start();
        let start = at + open.len() + (rest.len() - inner.len());
        let after = inner.strip_prefix(field)?.trim_start();
        after.starts_with('}').then(|| start..start + field.len())
    })
}

/// Whether a `{!` is not closed before the next one, or at all.
pub(crate) fn is_open(text: &str) -> bool {
    text.split("{!").skip(1).any(|rest| !rest.contains('}'))
}

/// Whether the elements of this name hold formulas.
pub(crate) fn is_formula(tag: &str) -> bool {
    matches!(
        tag,
        "expression" | "formulaExpression" | "filterFormula" | "formula"
    )
}

/// A formula without its comments. A text in quotes holds none.
pub(crate) fn without_comments(formula: &str) -> String {
    let mut left = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        left.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else if rest.starts_with('/') {
            left.push('/');
            1
        } else {
            let length = quoted(rest);
            left.push_str(&rest[..length]);
            length
        };
        rest = &rest[length..];
    }
    left.push_str(rest);
    left
}

/// The length of the text in quotes that a formula begins with.
fn quoted(formula: &str) -> usize {
    let mut letters = formula.char_indices();
    let quote = letters.next().map(|(_, quote)| quote);
    let mut escaped = false;
    for (at, letter) in letters {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if Some(letter) == quote => return at + 1,
            _ => {}
        }
    }
    formula.len()
}

/// Whether a text can be a reference: names joined by dots.
pub(crate) fn is_reference(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.$[]:-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{fields, is_reference, without_comments};

    #[test]
    fn merge_fields_are_found_in_any_text() {
        let found: Vec<&str> = fields("a {!B} {! $Flow.FaultMessage } {c} {!open").collect();
        assert_eq!(found, ["B", "$Flow.FaultMessage"]);
        assert_eq!(super::place("{!AB} {! A }", "A"), Some(9..10));
        assert!(super::is_open("{!A + {!B}") && !super::is_open("{!A} {B} {!C}"));
        assert!(is_reference("Get_It[$EachItem].Name") && !is_reference("IF(a, b)"));
    }

    #[test]
    fn comments_of_formulas_are_left_out() {
        let formula = r#"{!A} /* {!B} */ / "/* {!C}\" */" & '/*' /* {!D"#;
        let left = without_comments(formula);
        assert_eq!(fields(&left).collect::<Vec<_>>(), ["A", "C"]);
        assert!(left.ends_with("& '/*' "), "{left}");
    }
}
