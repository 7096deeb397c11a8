//! References within texts and formulas: `{!…}`.

/// What stands between `{!` and `}` in a text, without the space around it.
pub(crate) fn fields(text: &str) -> impl Iterator<Item = &str> {
    text.split("{!").skip(1).filter_map(|rest| {
        let end = rest.find('}')?;
        Some(rest[..end].trim())
    })
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
    use super::{fields, is_reference};

    #[test]
    fn merge_fields_are_found_in_any_text() {
        let found: Vec<&str> = fields("a {!B} {! $Flow.FaultMessage } {c} {!open").collect();
        assert_eq!(found, ["B", "$Flow.FaultMessage"]);
        assert!(is_reference("Get_It[$EachItem].Name") && !is_reference("IF(a, b)"));
    }
}
