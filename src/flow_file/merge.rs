//! References within texts and formulas: `{!…}`.

/// What stands between `{!` and `}` in a text, without the space around it.
pub(crate) fn fields(text: &str) -> impl Iterator<Item = &str> {
    text.split("{!").skip(1).filter_map(|rest| {
        let end = rest.find('}')?;
        Some(rest[..end].trim())
    })
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
