/// Whether a text has a number of characters, all within some ranges.
pub fn characters(text: &str, ranges: &[(char, char)], min: usize, max: usize) -> bool {
    let within = |c: char| {
        ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&c))
    };
    let count = text.chars().count();
    count >= min && count <= max && text.chars().all(within)
}
