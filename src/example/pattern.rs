//! A text that matches a pattern (ECMA-262), made from the pattern's own syntax.
//!
//! What the maker does not know, such as looking around, it passes over; whoever asks checks the text afterwards.

use std::iter::Peekable;
use std::str::Chars;

/// How deep groups may be nested.
const MAX_DEPTH: usize = 50;
/// How long a text may get.
const MAX_LENGTH: usize = 2_000;
/// The most a number in braces counts for.
const MAX_REPEAT: usize = 500;
/// What is tried first where a set of characters allows it, so that examples can be read.
const READABLE: &str = "aA0bB1-_.:/@ ";

/// A text that the pattern asks for; what may be repeated is repeated `more` times beyond the least.
pub(super) fn text(pattern: &str, more: usize) -> Option<String> {
    let mut maker = Maker {
        rest: pattern.chars().peekable(),
        more,
        out: 0,
    };
    let text = maker.alternatives(0)?;
    maker.rest.peek().is_none().then_some(text)
}

/// Some texts that the pattern may ask for, the shortest first.
pub(crate) fn texts(pattern: &str) -> Vec<String> {
    let texts = [0, 1, 3].into_iter();
    texts.filter_map(|more| text(pattern, more)).collect()
}

struct Maker<'p> {
    rest: Peekable<Chars<'p>>,
    more: usize,
    out: usize,
}

impl Maker<'_> {
    /// The first alternative; the others are only read.
    fn alternatives(&mut self, depth: usize) -> Option<String> {
        let first = self.sequence(depth)?;
        while self.rest.next_if_eq(&'|').is_some() {
            self.sequence(depth)?;
        }
        Some(first)
    }

    fn sequence(&mut self, depth: usize) -> Option<String> {
        let mut text = String::new();
        while let Some(&next) = self.rest.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            self.rest.next();
            let atom = match next {
                '^' | '$' => continue,
                '(' => self.group(depth)?,
                '[' => self.class()?.to_string(),
                '.' => "a".to_owned(),
                '\\' => match self.escape()? {
                    Escape::Boundary => continue,
                    Escape::One(set) => set.example()?.to_string(),
                },
                other => other.to_string(),
            };
            let times = self.times()?;
            self.out = self.out.checked_add(atom.len().checked_mul(times)?)?;
            if self.out > MAX_LENGTH {
                return None;
            }
            text.push_str(&atom.repeat(times));
        }
        Some(text)
    }

    fn group(&mut self, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut is_looking = false;
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next()? {
                ':' => {}
                '=' | '!' => is_looking = true,
                '<' => match self.rest.peek()? {
                    '=' | '!' => {
                        self.rest.next();
                        is_looking = true;
                    }
                    _ => while self.rest.next()? != '>' {},
                },
                _ => return None,
            }
        }
        let text = self.alternatives(depth + 1)?;
        self.rest.next_if_eq(&')')?;
        Some(if is_looking { String::new() } else { text })
    }

    /// How often the last atom is repeated.
    fn times(&mut self) -> Option<usize> {
        let (min, max) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.braces(),
            _ => return Some(1),
        };
        self.rest.next();
        self.rest.next_if_eq(&'?');
        Some(self.beyond(min, max))
    }

    fn braces(&mut self) -> Option<usize> {
        self.rest.next();
        let min = self.digits()?;
        let max = match self.rest.next()? {
            '}' => Some(min),
            ',' if self.rest.next_if_eq(&'}').is_some() => None,
            ',' => {
                let max = self.digits()?;
                self.rest.next_if_eq(&'}')?;
                Some(max)
            }
            _ => return None,
        };
        self.rest.next_if_eq(&'?');
        Some(self.beyond(min, max))
    }

    fn beyond(&self, min: usize, max: Option<usize>) -> usize {
        min.saturating_add(self.more)
            .min(max.unwrap_or(usize::MAX))
            .max(min)
    }

    fn digits(&mut self) -> Option<usize> {
        let mut text = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            text.push(digit);
        }
        text.parse().ok().filter(|number| *number <= MAX_REPEAT)
    }

    /// One character of a class; its `[` has been read.
    fn class(&mut self) -> Option<char> {
        let mut set = Set {
            is_negated: self.rest.next_if_eq(&'^').is_some(),
            ..Set::default()
        };
        loop {
            let low = match self.rest.next()? {
                ']' => return set.example(),
                '\\' => match self.escape()? {
                    Escape::Boundary => '\u{8}',
                    Escape::One(one) => match one.only() {
                        Some(character) => character,
                        None => {
                            set.parts.push(one);
                            continue;
                        }
                    },
                },
                other => other,
            };
            let mut ahead = self.rest.clone();
            if ahead.next() == Some('-') && ahead.next().is_some_and(|next| next != ']') {
                self.rest.next();
                let high = match self.rest.next()? {
                    '\\' => match self.escape()? {
                        Escape::One(one) => one.only()?,
                        Escape::Boundary => return None,
                    },
                    other => other,
                };
                set.ranges.push((low, high));
            } else {
                set.ranges.push((low, low));
            }
        }
    }

    /// What an escape stands for; its `\` has been read.
    fn escape(&mut self) -> Option<Escape> {
        let one = |character| Some(Escape::One(Set::one(character)));
        let negated = |set: Set| {
            Some(Escape::One(Set {
                is_negated: !set.is_negated,
                ..set
            }))
        };
        match self.rest.next()? {
            'b' | 'B' => Some(Escape::Boundary),
            'd' => Some(Escape::One(Set::digits())),
            'D' => negated(Set::digits()),
            'w' => Some(Escape::One(Set::word())),
            'W' => negated(Set::word()),
            's' => Some(Escape::One(Set::space())),
            'S' => negated(Set::space()),
            't' => one('\t'),
            'n' => one('\n'),
            'r' => one('\r'),
            'f' => one('\u{c}'),
            'v' => one('\u{b}'),
            'x' => self.code(2).and_then(one),
            'u' if self.rest.next_if_eq(&'{').is_some() => {
                let mut code = 0_u32;
                loop {
                    match self.rest.next()? {
                        '}' => return one(char::from_u32(code)?),
                        digit => code = code.checked_mul(16)? + digit.to_digit(16)?,
                    }
                }
            }
            'u' => self.code(4).and_then(one),
            // A property of Unicode, of which the letters and digits at hand are tried.
            'p' => {
                self.rest.next_if_eq(&'{')?;
                while self.rest.next()? != '}' {}
                Some(Escape::One(Set::word()))
            }
            '1'..='9' | 'k' | 'P' | 'c' => None,
            other => one(other),
        }
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        char::from_u32(code)
    }
}

enum Escape {
    /// A place between characters.
    Boundary,
    /// One character of a set.
    One(Set),
}

/// A set of characters.
#[derive(Default)]
struct Set {
    ranges: Vec<(char, char)>,
    parts: Vec<Set>,
    is_negated: bool,
}

impl Set {
    fn of(ranges: &[(char, char)]) -> Self {
        Self {
            ranges: ranges.to_vec(),
            ..Self::default()
        }
    }

    fn one(character: char) -> Self {
        Self::of(&[(character, character)])
    }

    fn digits() -> Self {
        Self::of(&[('0', '9')])
    }

    fn word() -> Self {
        Self::of(&[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')])
    }

    fn space() -> Self {
        Self::of(&[(' ', ' '), ('\t', '\r')])
    }

    /// The character of a set that has only one.
    fn only(&self) -> Option<char> {
        match self.ranges[..] {
            [(low, high)] if low == high && !self.is_negated => Some(low),
            _ => None,
        }
    }

    fn contains(&self, character: char) -> bool {
        let is_listed = self
            .ranges
            .iter()
            .any(|(low, high)| (*low..=*high).contains(&character))
            || self.parts.iter().any(|part| part.contains(character));
        is_listed != self.is_negated
    }

    /// A character of the set.
    fn example(&self) -> Option<char> {
        let own = self.ranges.iter().map(|(low, _)| *low);
        READABLE
            .chars()
            .chain(own)
            .chain(' '..='~')
            .find(|character| self.contains(*character))
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
