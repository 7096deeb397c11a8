/// What stands for more than one character in a pattern; one character is its code point.
const REGEX_SET: u32 = u32::MAX;

impl RegexText<'_> {
    fn atom_escape(&mut self) -> Option<bool> {
        if self.take("b") || self.take("B") {
            return Some(false);
        }
        if self.take("k<") {
            let name = self.name()?;
            self.references.push(name);
        } else if self.rest.starts_with(|c| matches!(c, '1'..='9')) {
            let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = &self.rest[..self.rest.len() - rest.len()];
            self.highest_reference = self.highest_reference.max(digits.parse().ok()?);
            self.rest = rest;
        } else {
            self.escape()?;
        }
        Some(true)
    }

    fn class(&mut self) -> Option<bool> {
        self.take("^");
        while !self.take("]") {
            let first = self.class_atom()?;
            if !self.rest.starts_with("-]") && self.take("-") {
                let last = self.class_atom()?;
                if first > last || last == REGEX_SET {
                    return None;
                }
            }
        }
        Some(true)
    }

    fn class_atom(&mut self) -> Option<u32> {
        match self.next()? {
            '\\' if self.take("b") => Some(8),
            '\\' if self.take("-") => Some(u32::from('-')),
            '\\' => self.escape(),
            c => Some(u32::from(c)),
        }
    }

    /// An escape that may stand in a class and outside.
    fn escape(&mut self) -> Option<u32> {
        match self.next()? {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => Some(REGEX_SET),
            'p' | 'P' if self.take("{") => {
                let name = self.take_until('}')?;
                let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let (key, value) = name.split_once('=').unwrap_or((name, name));
                let is_name = |text: &str| !text.is_empty() && text.chars().all(is_word);
                (is_name(key) && is_name(value)).then_some(REGEX_SET)
            }
            't' => Some(9),
            'n' => Some(10),
            'v' => Some(11),
            'f' => Some(12),
            'r' => Some(13),
            'c' => {
                let letter = self.next().filter(char::is_ascii_alphabetic)?;
                Some(u32::from(letter) % 32)
            }
            '0' => (!self.rest.starts_with(|c: char| c.is_ascii_digit())).then_some(0),
            'x' => self.hex(2),
            'u' if self.take("{") => {
                let digits = self.take_until('}')?;
                let code = digits.bytes().try_fold(0_u32, |code, digit| {
                    let code = code * 16 + char::from(digit).to_digit(16)?;
                    (code <= 0x10ffff).then_some(code)
                });
                code.filter(|_| !digits.is_empty())
            }
            'u' => {
                let lead = self.hex(4)?;
                let rest = self.rest;
                let is_pair = matches!(lead, 0xd800..=0xdbff) && self.take("\\u");
                let trail = if is_pair { self.hex(4) } else { None };
                if let Some(trail @ 0xdc00..=0xdfff) = trail {
                    return Some(0x10000 + ((lead - 0xd800) << 10) + (trail - 0xdc00));
                }
                self.rest = rest;
                Some(lead)
            }
            c => "^$\\.*+?()[]{}|/".contains(c).then_some(u32::from(c)),
        }
    }

    fn hex(&mut self, count: usize) -> Option<u32> {
        let digits = self.rest.get(..count)?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        self.rest = &self.rest[count..];
        u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }
}
