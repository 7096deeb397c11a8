/// Whether a text is a pattern of ECMA-262 with its `u` flag (section 22.2.1). The names of
/// Unicode properties are not looked up.
pub fn is_regex(text: &str) -> bool {
    let mut regex = RegexText {
        rest: text,
        ..RegexText::default()
    };
    regex.read().is_some()
}

/// A pattern, as far as it is read.
#[derive(Default)]
struct RegexText<'t> {
    rest: &'t str,
    open: Vec<RegexGroup<'t>>,
    captures: usize,
    highest_reference: usize,
    /// The named groups that stand in the same alternatives as what comes next.
    names: Vec<&'t str>,
    /// The named groups of the outermost alternatives that are read.
    other_names: Vec<&'t str>,
    references: Vec<&'t str>,
}

impl<'t> RegexText<'t> {
    /// Reads the pattern, if it is one.
    fn read(&mut self) -> Option<()> {
        let mut can_repeat = false;
        while let Some(c) = self.next() {
            can_repeat = match c {
                '(' => self.open_group()?,
                ')' => self.close_group()?,
                '|' => self.end_alternative(),
                '[' => self.class()?,
                '\\' => self.atom_escape()?,
                '*' | '+' | '?' | '{' if can_repeat => self.quantifier(c)?,
                '*' | '+' | '?' | '{' | '}' | ']' => return None,
                c => c != '^' && c != '$',
            };
        }
        self.end_alternative();
        let mut references = self.references.iter();
        let is_named = references.all(|name| self.other_names.contains(name));
        let is_whole = self.open.is_empty() && self.highest_reference <= self.captures;
        (is_whole && is_named).then_some(())
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take_until(&mut self, end: char) -> Option<&'t str> {
        let (text, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(text)
    }

    fn quantifier(&mut self, c: char) -> Option<bool> {
        if c == '{' {
            let bounds = self.take_until('}')?;
            let (low, high) = bounds.split_once(',').unwrap_or((bounds, bounds));
            let are_digits = bounds.bytes().all(|b| b.is_ascii_digit() || b == b',');
            let size = |digits: &'t str| {
                let digits = digits.trim_start_matches('0');
                (digits.len(), digits)
            };
            let is_ordered = high.is_empty() || size(low) <= size(high);
            if low.is_empty() || !are_digits || high.contains(',') || !is_ordered {
                return None;
            }
        }
        self.take("?");
        Some(false)
    }
}
