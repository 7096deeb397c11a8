/// Checks that a text matches a pattern.
pub fn matches(text: &str, matches: fn(&str) -> bool, pattern: &str) -> Result<(), Invalid> {
    if matches(text) {
        return Ok(());
    }
    Err(Invalid(format!("{text:?} does not match {pattern}")))
}
