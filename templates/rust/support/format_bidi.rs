/// Whether a label fits in a name that has right-to-left text (RFC 5893, section 2).
fn is_bidi_label(label: &[char]) -> bool {
    let has = |class| label.iter().any(|c| bidi_class(*c) == class);
    let last = label
        .iter()
        .rev()
        .map(|c| bidi_class(*c))
        .find(|class| *class != 'M');
    match label.first().map(|c| bidi_class(*c)) {
        Some('R') => {
            let ends_well = matches!(last, Some('R' | 'A' | 'E'));
            ends_well && !has('L') && !(has('A') && has('E'))
        }
        Some('L') => matches!(last, Some('L' | 'E')) && !has('R') && !has('A'),
        _ => false,
    }
}

/// The Bidi_Class of a character of a label: `L`, `R` (AL as well), `A` for AN, `E` for EN, `M`
/// for a mark, `N` for a neutral one.
fn bidi_class(c: char) -> char {
    match c {
        '0'..='9' | '\u{6f0}'..='\u{6f9}' => 'E',
        '\u{660}'..='\u{669}' | '\u{10d30}'..='\u{10d39}' => 'A',
        '-' | '\u{b7}' | '\u{2b9}'..='\u{2ba}' | '\u{2c6}'..='\u{2ff}' | '\u{375}' => 'N',
        '\u{200c}' | '\u{200d}' => 'N',
        '\u{2e2f}' | '\u{30fb}' | '\u{a67f}' | '\u{a700}'..='\u{a71f}' | '\u{a788}' => 'N',
        c if is_in(c, MARKS) => 'M',
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => 'R',
        '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' => 'R',
        _ => 'L',
    }
}
