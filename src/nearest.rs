//! The word that somebody may have meant.

/// The longest word that is compared; longer ones are taken as they are.
const LONGEST: usize = 80;

/// The one of `words` that is `word` but for letter case or a slip of a letter or two; none if there is none.
pub(crate) fn nearest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let wanted = word.to_lowercase();
    if wanted.len() > LONGEST {
        return None;
    }
    let limit = match wanted.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    words
        .filter(|one| one.len() <= LONGEST && one.len().abs_diff(word.len()) <= 4)
        .map(|one| (distance(&wanted, &one.to_lowercase()), one))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, one)| (*distance, *one))
        .map(|(_, one)| one)
}

/// How many letters have to be put in, left out or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let words = ["connector", "faultConnector", "label"];
        let of = |word| nearest(word, words.iter().copied());
        assert_eq!(of("conector"), Some("connector"));
        assert_eq!(of("Label"), Some("label"));
        assert_eq!(of("description"), None);
        assert_eq!(of("la"), None);
    }
}
