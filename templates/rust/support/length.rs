/// Checks the length of a text, in Unicode code points.
pub fn length(text: &str, min: usize, max: usize) -> Result<(), Invalid> {
    within("characters", text.chars().count(), min, max)
}
