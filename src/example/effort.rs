//! How patterns are matched whose search may take longer than anybody waits: a regular expression that goes back has as many
//! ways through a text as its parts multiply to. Such patterns are followed here on all ways at once, so that the time grows with
//! the length of the pattern times that of the text, which has a limit too.

use std::cell::Cell;

use super::parts::{Part, Set};

/// The most ways, as a power of two, that a search may go one by one.
const MOST_WAYS: f64 = 20.0;
/// The most parts that a search may go through without a step forward in the text.
const MOST_IDLE: f64 = 1_000_000.0;
/// The most instructions of one pattern.
const MOST_INSTRUCTIONS: usize = 20_000;
/// The most steps of one search.
const MOST_STEPS: usize = 20_000_000;

impl Part {
    /// Whether a search that goes back has few ways through a text of this length, and soon gets through each.
    pub(super) fn is_light(&self, length: usize) -> bool {
        self.ways(length) <= MOST_WAYS && self.idle() <= MOST_IDLE
    }

    /// How many parts are gone through at one place of a text: what needs no character can be repeated there for ever.
    fn idle(&self) -> f64 {
        match self {
            Self::One(_) | Self::Start | Self::End | Self::Boundary(_) | Self::Back => 1.0,
            Self::Row(parts) | Self::Any(parts) => parts.iter().map(Self::idle).sum(),
            Self::Repeat(part, min, _) if part.may_be_empty() => {
                part.idle() * (*min as f64).max(1.0)
            }
            Self::Repeat(part, ..) | Self::Ahead(part, _) | Self::Behind(part) => part.idle(),
        }
    }

    fn may_be_empty(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Row(parts) => parts.iter().all(Self::may_be_empty),
            Self::Any(parts) => parts.iter().any(Self::may_be_empty),
            Self::Repeat(part, min, _) => *min == 0 || part.may_be_empty(),
            Self::Start
            | Self::End
            | Self::Boundary(_)
            | Self::Ahead(..)
            | Self::Behind(_)
            | Self::Back => true,
        }
    }

    /// The ways through it, as a power of two.
    fn ways(&self, length: usize) -> f64 {
        match self {
            Self::One(_) | Self::Start | Self::End | Self::Boundary(_) | Self::Back => 0.0,
            Self::Row(parts) => parts.iter().map(|part| part.ways(length)).sum(),
            Self::Any(parts) => {
                let sum: f64 = parts.iter().map(|part| part.ways(length).exp2()).sum();
                sum.log2()
            }
            Self::Repeat(part, min, max) => {
                let most = max.unwrap_or(usize::MAX).min(length.max(*min));
                let (most, more) = (most as f64, most.saturating_sub(*min) as f64);
                part.ways(length) * most + (more + 1.0).log2()
            }
            Self::Ahead(part, _) | Self::Behind(part) => part.ways(length),
        }
    }

    /// Whether a text matches; none if that is not known.
    pub(super) fn is_match(&self, text: &str) -> Option<bool> {
        let program = Program::of(self)?;
        let search = Search {
            text: &text.chars().collect::<Vec<char>>(),
            left: Cell::new(MOST_STEPS),
        };
        search.run(&program, None)
    }
}

#[derive(Debug)]
enum Instruction<'p> {
    One(&'p Set),
    Start,
    End,
    Boundary(bool),
    Ahead(Program<'p>, bool),
    Either(usize, usize),
    Goto(usize),
    Found,
}

#[derive(Debug)]
struct Program<'p>(Vec<Instruction<'p>>);

impl<'p> Program<'p> {
    fn of(part: &'p Part) -> Option<Self> {
        let mut program = Self(Vec::new());
        program.add(part)?;
        program.0.push(Instruction::Found);
        Some(program)
    }

    fn add(&mut self, part: &'p Part) -> Option<()> {
        if self.0.len() > MOST_INSTRUCTIONS {
            return None;
        }
        match part {
            Part::One(set) if set.is_guess => return None,
            Part::One(set) => self.0.push(Instruction::One(set)),
            Part::Start => self.0.push(Instruction::Start),
            Part::End => self.0.push(Instruction::End),
            Part::Boundary(is_one) => self.0.push(Instruction::Boundary(*is_one)),
            Part::Ahead(part, is_there) => {
                let ahead = Instruction::Ahead(Self::of(part)?, *is_there);
                self.0.push(ahead);
            }
            Part::Behind(_) | Part::Back => return None,
            Part::Row(parts) => {
                for part in parts {
                    self.add(part)?;
                }
            }
            Part::Any(parts) => self.add_any(parts)?,
            Part::Repeat(part, min, max) => {
                for _ in 0..*min {
                    let before = self.0.len();
                    self.add(part)?;
                    // However often there is nothing, it is nothing.
                    if self.0.len() == before {
                        return Some(());
                    }
                }
                match max {
                    Some(max) => {
                        for _ in *min..*max {
                            self.add_perhaps(part)?;
                        }
                    }
                    None => {
                        let start = self.0.len();
                        self.add_perhaps(part)?;
                        // Round again, past the end if nothing is there.
                        if let Some(Instruction::Either(_, end)) = self.0.get_mut(start) {
                            *end += 1;
                        }
                        self.0.push(Instruction::Goto(start));
                    }
                }
            }
        }
        Some(())
    }

    fn add_perhaps(&mut self, part: &'p Part) -> Option<()> {
        let start = self.0.len();
        self.0.push(Instruction::Either(start + 1, start + 1));
        self.add(part)?;
        let after = self.0.len();
        if let Some(Instruction::Either(_, end)) = self.0.get_mut(start) {
            *end = after;
        }
        Some(())
    }

    fn add_any(&mut self, parts: &'p [Part]) -> Option<()> {
        let mut ends = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            if index + 1 == parts.len() {
                self.add(part)?;
                break;
            }
            let start = self.0.len();
            self.add_perhaps(part)?;
            if let Some(Instruction::Either(_, next)) = self.0.get_mut(start) {
                *next += 1;
            }
            ends.push(self.0.len());
            self.0.push(Instruction::Goto(0));
        }
        let after = self.0.len();
        for end in ends {
            if let Some(Instruction::Goto(to)) = self.0.get_mut(end) {
                *to = after;
            }
        }
        Some(())
    }
}

struct Search<'t> {
    text: &'t [char],
    left: Cell<usize>,
}

impl Search<'_> {
    /// Whether a match begins at a place, or anywhere.
    fn run(&self, program: &Program<'_>, start: Option<usize>) -> Option<bool> {
        let mut here: Vec<usize> = Vec::new();
        // For each instruction the last place, plus one, that it was met at.
        let mut met = vec![0; program.0.len()];
        for at in start.unwrap_or(0)..=self.text.len() {
            let mut waiting = std::mem::take(&mut here);
            if start.is_none_or(|start| start == at) {
                waiting.push(0);
            }
            if waiting.is_empty() {
                return Some(false);
            }
            while let Some(index) = waiting.pop() {
                let Some(slot) = met.get_mut(index) else {
                    continue;
                };
                if std::mem::replace(slot, at + 1) == at + 1 {
                    continue;
                }
                self.left.set(self.left.get().checked_sub(1)?);
                let goes_on = match program.0.get(index)? {
                    Instruction::Found => return Some(true),
                    Instruction::One(set) => {
                        if self.text.get(at).is_some_and(|one| set.contains(*one)) {
                            here.push(index + 1);
                        }
                        false
                    }
                    Instruction::Either(one, other) => {
                        waiting.extend([*other, *one]);
                        false
                    }
                    Instruction::Goto(to) => {
                        waiting.push(*to);
                        false
                    }
                    Instruction::Start => at == 0,
                    Instruction::End => at == self.text.len(),
                    Instruction::Boundary(is_one) => self.is_boundary(at) == *is_one,
                    Instruction::Ahead(ahead, is_there) => self.run(ahead, Some(at))? == *is_there,
                };
                if goes_on {
                    waiting.push(index + 1);
                }
            }
        }
        Some(false)
    }

    fn is_boundary(&self, at: usize) -> bool {
        let is_word = |one: Option<&char>| one.is_some_and(|one| Set::word().contains(*one));
        let before = at.checked_sub(1).and_then(|before| self.text.get(before));
        is_word(before) != is_word(self.text.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn both_ways_to_search_agree() {
        let patterns = [
            "^(a+)+$",
            "^(a|a)*$",
            "(a|ab)(c|bcd)(d*)",
            "^(?:[a-z0-9]+-?)+$",
            "^([a-z]+\\.)*[a-z]{2,3}$",
            "^(?=.*\\d)(?!.*__)\\w{3,}$",
            "\\bab?\\b|^$",
            "^[^a-y\\s]*.$",
            "^(?:a?){3}a{3}$",
            "^x*?(y|)z{0,2}$",
            "(^a|b$)",
        ];
        let texts = [
            "",
            "a",
            "aaaa",
            "aaa!",
            "abcd",
            "ab-c0-",
            "www.ex.org",
            "a1_b",
            "a__1",
            "ab",
            " ab ",
            "zz\n",
            "z\u{a0}",
            "xyzz",
            "xz",
            "b",
            "ba",
            "-",
        ];
        for pattern in patterns {
            let part = Part::of(pattern).unwrap();
            let regex = regress::Regex::with_flags(pattern, "u").unwrap();
            for text in texts {
                let expected = Some(regex.find(text).is_some());
                assert_eq!(part.is_match(text), expected, "{pattern} {text:?}");
            }
        }
    }

    #[test]
    fn what_multiplies_is_not_gone_through_one_by_one() {
        for (pattern, length, is_light) in [
            ("^[a-z]+@[a-z]+\\.[a-z]+$", 40, true),
            ("^(a+)+$", 4, true),
            ("^(a+)+$", 40, false),
            ("^(a|a)*$", 40, false),
            ("(?:a?){100}a{100}", 100, false),
            ("^[A-Z]{2}\\d{3,5}$", 1_000_000, true),
            ("^.{4000000000}$", 10, true),
            ("(?:^){4000000000}a", 10, false),
            ("(?:(?:(?=a)|b){40000}){40000}", 10, false),
            ("(?:()\\1){4000000000}", 10, false),
        ] {
            assert_eq!(
                Part::of(pattern).unwrap().is_light(length),
                is_light,
                "{pattern}"
            );
        }
        let many = "a".repeat(5_000) + "!";
        for pattern in [
            "^(a+)+$",
            "^(a|a)*$",
            "^(?:a?){100}a{100}$",
            "^(?=(a+)+$)",
            "^(a+)+(?:(?:){99999999999999999999}){9999999999}$",
        ] {
            assert_eq!(
                Part::of(pattern).unwrap().is_match(&many),
                Some(false),
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_only_goes_back_is_not_known() {
        for pattern in ["^(a+)+\\1$", "(?<=a)b", "(a{500}){500}", "\\p{L}"] {
            assert_eq!(
                Part::of(pattern).unwrap().is_match("aaa"),
                None,
                "{pattern}"
            );
        }
        assert!(Part::of("(").is_none());
    }
}
