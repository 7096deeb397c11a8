//! Patterns that can be decided without an engine for regular expressions.

/// What a simple pattern asks of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Simple {
    /// Every text matches.
    Anything,
    /// Every text of one line matches.
    OneLine,
    /// The text starts with another.
    Starts(String),
    /// The text ends with another.
    Ends(String),
    /// The text contains another.
    Contains(String),
    /// The text is another.
    Equals(String),
    /// The text consists of a number of characters within ranges.
    Characters {
        /// The ranges, both ends included.
        ranges: Vec<(char, char)>,
        /// The least number.
        min: u64,
        /// The greatest number.
        max: Option<u64>,
    },
}

impl Simple {
    /// Reads an ECMA-262 pattern; none where it takes an engine.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let (at_start, rest) = match pattern.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, pattern),
        };
        let (at_end, body) = match rest.strip_suffix('$') {
            Some(body) if !body.ends_with('\\') => (true, body),
            _ => (false, rest),
        };
        if body == ".*" {
            return Some(if at_start && at_end {
                Self::OneLine
            } else {
                Self::Anything
            });
        }
        if let Some(text) = literal(body) {
            return Some(match (at_start, at_end) {
                (true, true) => Self::Equals(text),
                (true, false) => Self::Starts(text),
                (false, true) => Self::Ends(text),
                (false, false) => Self::Contains(text),
            });
        }
        if at_start && at_end {
            characters(body)
        } else {
            None
        }
    }

    /// Whether a text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::OneLine => !text.contains(['\n', '\r', '\u{2028}', '\u{2029}']),
            Self::Starts(start) => text.starts_with(start),
            Self::Ends(end) => text.ends_with(end),
            Self::Contains(part) => text.contains(part),
            Self::Equals(whole) => text == whole,
            Self::Characters { ranges, min, max } => {
                let count = text.chars().count() as u64;
                let within = |c: char| {
                    ranges
                        .iter()
                        .any(|(first, last)| (*first..=*last).contains(&c))
                };
                count >= *min && max.is_none_or(|max| count <= max) && text.chars().all(within)
            }
        }
    }
}

/// The text that a pattern without operators stands for.
fn literal(body: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.push(escaped(chars.next()?)?),
            '^' | '$' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => {
                return None;
            }
            plain => text.push(plain),
        }
    }
    Some(text)
}

fn escaped(c: char) -> Option<char> {
    c.is_ascii_punctuation().then_some(c)
}

/// One class of characters with one quantifier: `[A-Za-z0-9]+`, `\d{3}`.
fn characters(body: &str) -> Option<Simple> {
    let (ranges, quantifier) = if let Some(rest) = body.strip_prefix("\\d") {
        (vec![('0', '9')], rest)
    } else if let Some(rest) = body.strip_prefix("\\w") {
        (WORD.to_vec(), rest)
    } else {
        let (class, rest) = body.strip_prefix('[')?.split_once(']')?;
        (class_ranges(class)?, rest)
    };
    let (min, max) = match quantifier {
        "" => (1, Some(1)),
        "+" => (1, None),
        "*" => (0, None),
        "?" => (0, Some(1)),
        counted => {
            let counts = counted.strip_prefix('{')?.strip_suffix('}')?;
            match counts.split_once(',') {
                None => (counts.parse().ok()?, Some(counts.parse().ok()?)),
                Some((min, "")) => (min.parse().ok()?, None),
                Some((min, max)) => (min.parse().ok()?, Some(max.parse().ok()?)),
            }
        }
    };
    Some(Simple::Characters { ranges, min, max })
}

const WORD: [(char, char); 4] = [('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')];

fn class_ranges(class: &str) -> Option<Vec<(char, char)>> {
    if class.starts_with('^') || class.is_empty() {
        return None;
    }
    let mut ranges = Vec::new();
    let mut chars = class.chars().peekable();
    while let Some(c) = chars.next() {
        let first = match c {
            '\\' => match chars.next()? {
                'd' => {
                    ranges.push(('0', '9'));
                    continue;
                }
                'w' => {
                    ranges.extend(WORD);
                    continue;
                }
                other => escaped(other)?,
            },
            '[' => return None,
            plain => plain,
        };
        let mut ahead = chars.clone();
        if ahead.next() == Some('-')
            && let Some(last) = ahead.next()
        {
            if last == '\\' || last < first {
                return None;
            }
            ranges.push((first, last));
            chars = ahead;
        } else {
            ranges.push((first, first));
        }
    }
    Some(ranges)
}

#[cfg(test)]
mod tests {
    use super::Simple;

    #[test]
    fn simple_patterns_are_decided() {
        for (pattern, text, expected) in [
            ("^x-", "x-note", Some(true)),
            ("^x-", "note-x-", Some(false)),
            ("\\.json$", "a.json", Some(true)),
            ("\\.json$", "ajson", Some(false)),
            ("^only$", "only", Some(true)),
            ("^only$", "only one", Some(false)),
            ("bc", "abcd", Some(true)),
            (".*", "any\nthing", Some(true)),
            ("^.*$", "any\nthing", Some(false)),
            ("", "anything", Some(true)),
            ("^$", "a", Some(false)),
            ("^[a-z_-]+$", "a-b_c", Some(true)),
            ("^[a-z]+$", "aB", Some(false)),
            ("^\\d{2,3}$", "1", Some(false)),
            ("^[^a]$", "b", None),
            ("a|b", "a", None),
            ("a\\$", "a$", Some(true)),
            ("^[]a]$", "a", None),
        ] {
            assert_eq!(
                Simple::new(pattern).map(|simple| simple.matches(text)),
                expected,
                "{pattern} on {text}"
            );
        }
    }
}
