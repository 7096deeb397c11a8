//! A pattern (ECMA-262) in parts, for those who make texts for it and those who look how long a search takes.

use std::iter::Peekable;
use std::str::Chars;

/// How deep groups may be nested.
const MAX_DEPTH: usize = 50;
/// What is tried first where a set of characters allows it, so that examples can be read.
const READABLE: &str = "aA0bB1-_.:/@ ";

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Part {
    /// One character of a set.
    One(Set),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// A boundary of a word, or none.
    Boundary(bool),
    /// One after the other.
    Row(Vec<Part>),
    /// One of them.
    Any(Vec<Part>),
    /// At least and at most so often.
    Repeat(Box<Part>, usize, Option<usize>),
    /// Looks ahead for it, or for its absence.
    Ahead(Box<Part>, bool),
    /// Looks at what stands before.
    Behind(Box<Part>),
    /// What a group has found before.
    Back,
}

impl Part {
    /// The parts of a pattern, if it can be understood.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let mut reader = Reader {
            rest: pattern.chars().peekable(),
        };
        let part = reader.any(0)?;
        reader.rest.peek().is_none().then_some(part)
    }
}

struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
}

impl Reader<'_> {
    /// Alternatives, up to the end of their group.
    fn any(&mut self, depth: usize) -> Option<Part> {
        let first = self.row(depth)?;
        let mut parts = vec![first];
        while self.rest.next_if_eq(&'|').is_some() {
            parts.push(self.row(depth)?);
        }
        match parts.len() {
            1 => parts.pop(),
            _ => Some(Part::Any(parts)),
        }
    }

    fn row(&mut self, depth: usize) -> Option<Part> {
        let mut row = Vec::new();
        while let Some(&next) = self.rest.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            self.rest.next();
            let part = match next {
                '^' => Part::Start,
                '$' => Part::End,
                '(' => self.group(depth)?,
                '[' => Part::One(self.class()?),
                '.' => Part::One(Set::any()),
                '\\' => self.escaped()?,
                other => Part::One(Set::one(other)),
            };
            row.push(match self.times()? {
                (1, Some(1)) => part,
                (min, max) => Part::Repeat(Box::new(part), min, max),
            });
        }
        Some(Part::Row(row))
    }

    fn group(&mut self, depth: usize) -> Option<Part> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut around: fn(Box<Part>) -> Part = |part| *part;
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next()? {
                ':' => {}
                '=' => around = |part| Part::Ahead(part, true),
                '!' => around = |part| Part::Ahead(part, false),
                '<' => match self.rest.peek()? {
                    '=' | '!' => {
                        self.rest.next();
                        around = Part::Behind;
                    }
                    _ => while self.rest.next()? != '>' {},
                },
                _ => return None,
            }
        }
        let part = self.any(depth + 1)?;
        self.rest.next_if_eq(&')')?;
        Some(around(Box::new(part)))
    }

    /// How often the last part may be repeated.
    fn times(&mut self) -> Option<(usize, Option<usize>)> {
        let times = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let mut ahead = Reader {
                    rest: self.rest.clone(),
                };
                // Braces of other things stand for themselves.
                let Some(times) = ahead.braces() else {
                    return Some((1, Some(1)));
                };
                self.rest = ahead.rest;
                self.rest.next_if_eq(&'?');
                return times.1.is_none_or(|max| times.0 <= max).then_some(times);
            }
            _ => return Some((1, Some(1))),
        };
        self.rest.next();
        self.rest.next_if_eq(&'?');
        Some(times)
    }

    fn braces(&mut self) -> Option<(usize, Option<usize>)> {
        self.rest.next();
        let min = self.digits()?;
        Some(match self.rest.next()? {
            '}' => (min, Some(min)),
            ',' if self.rest.next_if_eq(&'}').is_some() => (min, None),
            ',' => {
                let max = self.digits()?;
                self.rest.next_if_eq(&'}')?;
                (min, Some(max))
            }
            _ => return None,
        })
    }

    fn digits(&mut self) -> Option<usize> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(10)) {
            self.rest.next();
            let before = number.unwrap_or(0).saturating_mul(10);
            number = Some(before.saturating_add(digit as usize));
        }
        number
    }

    /// The characters of a class; its `[` has been read.
    fn class(&mut self) -> Option<Set> {
        let mut set = Set {
            is_negated: self.rest.next_if_eq(&'^').is_some(),
            ..Set::default()
        };
        loop {
            let low = match self.rest.next()? {
                ']' => return Some(set),
                '\\' => {
                    let one = self.one_of_class()?;
                    match one.only() {
                        Some(character) => character,
                        None => {
                            set.is_guess |= one.is_guess;
                            set.parts.push(one);
                            continue;
                        }
                    }
                }
                other => other,
            };
            let mut ahead = self.rest.clone();
            if ahead.next() == Some('-') && ahead.next().is_some_and(|next| next != ']') {
                self.rest.next();
                let high = match self.rest.next()? {
                    '\\' => self.one_of_class()?.only()?,
                    other => other,
                };
                set.ranges.push((low, high));
            } else {
                set.ranges.push((low, low));
            }
        }
    }

    /// What an escape in a class stands for; its `\` has been read.
    fn one_of_class(&mut self) -> Option<Set> {
        match self.rest.next_if_eq(&'b') {
            Some(_) => Some(Set::one('\u{8}')),
            None => self.one(),
        }
    }

    /// What an escape stands for; its `\` has been read.
    fn escaped(&mut self) -> Option<Part> {
        match self.rest.peek()? {
            'b' | 'B' => Some(Part::Boundary(self.rest.next() == Some('b'))),
            '1'..='9' => {
                self.digits();
                Some(Part::Back)
            }
            'k' => {
                while self.rest.next()? != '>' {}
                Some(Part::Back)
            }
            _ => self.one().map(Part::One),
        }
    }

    fn one(&mut self) -> Option<Set> {
        let one = |character| Some(Set::one(character));
        match self.rest.next()? {
            'd' => Some(Set::digits()),
            'D' => Some(Set::digits().negated()),
            'w' => Some(Set::word()),
            'W' => Some(Set::word().negated()),
            's' => Some(Set::space()),
            'S' => Some(Set::space().negated()),
            't' => one('\t'),
            'n' => one('\n'),
            'r' => one('\r'),
            'f' => one('\u{c}'),
            'v' => one('\u{b}'),
            '0' => one('\0'),
            'x' => self.code(2).and_then(char::from_u32).and_then(one),
            'u' if self.rest.next_if_eq(&'{').is_some() => {
                let mut code = 0_u32;
                loop {
                    match self.rest.next()? {
                        '}' => return one(char::from_u32(code)?),
                        digit => code = code.checked_mul(16)? + digit.to_digit(16)?,
                    }
                }
            }
            'u' => {
                let first = self.code(4)?;
                let is_half = (0xd800..0xdc00).contains(&first);
                if !is_half {
                    return one(char::from_u32(first)?);
                }
                self.rest.next_if_eq(&'\\')?;
                self.rest.next_if_eq(&'u')?;
                let second = self.code(4)?.checked_sub(0xdc00)?;
                one(char::from_u32(
                    0x1_0000 + ((first - 0xd800) << 10) + second,
                )?)
            }
            // A property of Unicode, of which the letters and digits at hand are tried.
            kind @ ('p' | 'P') => {
                self.rest.next_if_eq(&'{')?;
                while self.rest.next()? != '}' {}
                let set = Set {
                    is_guess: true,
                    ..Set::word()
                };
                Some(if kind == 'p' { set } else { set.negated() })
            }
            '1'..='9' | 'k' | 'c' => None,
            other => one(other),
        }
    }

    fn code(&mut self, digits: usize) -> Option<u32> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        Some(code)
    }
}

/// A set of characters.
#[derive(Debug, Default)]
pub(super) struct Set {
    ranges: Vec<(char, char)>,
    parts: Vec<Set>,
    is_negated: bool,
    /// Whether it stands for one that is not known to the letter.
    pub(super) is_guess: bool,
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

    /// All but ends of lines.
    fn any() -> Self {
        Self::of(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')]).negated()
    }

    fn negated(self) -> Self {
        Self {
            is_negated: !self.is_negated,
            ..self
        }
    }

    pub(super) fn word() -> Self {
        Self::of(&[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')])
    }

    fn space() -> Self {
        Self::of(&[
            (' ', ' '),
            ('\t', '\r'),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
            ('\u{feff}', '\u{feff}'),
        ])
    }

    /// The character of a set that has only one.
    fn only(&self) -> Option<char> {
        match self.ranges[..] {
            [(low, high)] if low == high && !self.is_negated => Some(low),
            _ => None,
        }
    }

    pub(super) fn contains(&self, character: char) -> bool {
        let is_listed = self
            .ranges
            .iter()
            .any(|(low, high)| (*low..=*high).contains(&character))
            || self.parts.iter().any(|part| part.contains(character));
        is_listed != self.is_negated
    }

    /// A character of the set.
    pub(super) fn example(&self) -> Option<char> {
        let own = self.ranges.iter().map(|(low, _)| *low);
        READABLE
            .chars()
            .chain(own)
            .chain(' '..='~')
            .find(|character| self.contains(*character))
    }
}
