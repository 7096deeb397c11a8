//! A text that matches a pattern (ECMA-262), made from the pattern's own syntax.
//!
//! What the maker does not know, such as looking around, it passes over; whoever asks checks the text afterwards.

use super::parts::Part;

/// How long a text may get.
const MAX_LENGTH: usize = 2_000;
/// The most a number in braces counts for.
const MAX_REPEAT: usize = 500;

/// A text that the pattern asks for; what may be repeated is repeated `more` times beyond the least.
pub(super) fn text(pattern: &str, more: usize) -> Option<String> {
    Maker { more, out: 0 }.text(&Part::of(pattern)?)
}

/// Some texts that the pattern may ask for, the shortest first.
pub(crate) fn texts(pattern: &str) -> Vec<String> {
    let texts = [0, 1, 3].into_iter();
    texts.filter_map(|more| text(pattern, more)).collect()
}

struct Maker {
    more: usize,
    out: usize,
}

impl Maker {
    fn text(&mut self, part: &Part) -> Option<String> {
        match part {
            Part::One(set) => Some(set.example()?.to_string()),
            Part::Start | Part::End | Part::Boundary(_) | Part::Ahead(..) | Part::Behind(_) => {
                Some(String::new())
            }
            Part::Row(parts) => {
                let mut text = String::new();
                for part in parts {
                    text.push_str(&self.text(part)?);
                }
                Some(text)
            }
            Part::Any(parts) => self.text(parts.first()?),
            Part::Repeat(part, min, max) => {
                let atom = self.text(part)?;
                let times = self.times(*min, *max)?;
                self.out = self.out.checked_add(atom.len().checked_mul(times)?)?;
                (self.out <= MAX_LENGTH).then(|| atom.repeat(times))
            }
            Part::Back => None,
        }
    }

    /// How often a part is repeated.
    fn times(&self, min: usize, max: Option<usize>) -> Option<usize> {
        if min.max(max.unwrap_or(0)) > MAX_REPEAT {
            return None;
        }
        let beyond = min.saturating_add(self.more);
        Some(beyond.min(max.unwrap_or(usize::MAX)).max(min))
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_is_made_from_the_pattern() {
        for (pattern, more, expected) in [
            ("^[A-Z]{2}\\d{3,5}$", 0, "AA000"),
            ("^[A-Z]{2}\\d{3,5}$", 9, "AA00000"),
            ("^(?:yes|no)+x*$", 1, "yesyesx"),
            ("^[^a-z]\\.\\u0041\\x42(?<n>c)$", 0, "A.ABc"),
            ("^(?=a)[\\w.]+@[-a]?$", 0, "a@"),
            ("", 0, ""),
        ] {
            assert_eq!(text(pattern, more).as_deref(), Some(expected), "{pattern}");
            let regex = regress::Regex::with_flags(pattern, "u").unwrap();
            assert!(regex.find(expected).is_some(), "{pattern}");
        }
    }

    #[test]
    fn what_is_too_much_or_not_understood_has_none() {
        let deep = "(".repeat(100) + &")".repeat(100);
        for pattern in ["(a)\\1", "a{501}", "(", "[a", &deep, "((a{500}){500}){500}"] {
            assert_eq!(text(pattern, 0), None, "{pattern}");
        }
    }
}
