//! Patterns of ECMA-262 as the regular expressions of Apex, which are Java's.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use super::code::{Doc, text};
use super::text::literal;

/// White space and line ends of ECMA-262; Java's `\s` has ASCII only.
const SPACES: &str = r"\t\n\x0B\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
/// Java's `.` leaves out one more.
const ANY_BUT_LINE_ENDS: &str = r"[^\n\r\u2028\u2029]";
/// Java's `\b` knows letters beyond ASCII.
const WORD_EDGE: &str = r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))";
const NO_WORD_EDGE: &str = r"(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))";

/// The properties of Unicode that Java knows by another name than ECMA-262.
const PROPERTIES: [(&str, &str); 18] = [
    ("Letter", "L"),
    ("Cased_Letter", "LC"),
    ("Uppercase_Letter", "Lu"),
    ("Lowercase_Letter", "Ll"),
    ("Titlecase_Letter", "Lt"),
    ("Modifier_Letter", "Lm"),
    ("Other_Letter", "Lo"),
    ("Mark", "M"),
    ("Number", "N"),
    ("Decimal_Number", "Nd"),
    ("Punctuation", "P"),
    ("Symbol", "S"),
    ("Separator", "Z"),
    ("Space_Separator", "Zs"),
    ("Alphabetic", "IsAlphabetic"),
    ("Uppercase", "IsUppercase"),
    ("Lowercase", "IsLowercase"),
    ("White_Space", "IsWhite_Space"),
];

/// The check of a pattern; none where there may be a difference. People read it as the schema writes it.
pub(crate) fn check(pattern: &str) -> Option<(&'static str, Vec<Doc>)> {
    let java = java(pattern)?;
    let written = (java != pattern).then_some(pattern);
    let arguments = [Some(java.as_str()), written].into_iter().flatten();
    let arguments = arguments.map(|one| text(literal(one))).collect();
    Some(("pattern", arguments))
}

/// The regular expression that finds in Java what `pattern` finds in ECMA-262; none where there may be a
/// difference.
pub(crate) fn java(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    // For each open group, whether it is or is in a look-behind, whose length Java limits.
    let mut behind: Vec<bool> = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            '$' => out.push_str(r"\z"),
            '.' => out.push_str(ANY_BUT_LINE_ENDS),
            '\\' => out.push_str(&escape(&mut chars)?),
            '[' => out.push_str(&class(&mut chars)?),
            '(' => {
                let (open, looks_behind) = group(&mut chars)?;
                out.push_str(open);
                behind.push(looks_behind || behind.last() == Some(&true));
            }
            ')' => {
                behind.pop()?;
                out.push(')');
            }
            '*' | '+' if behind.last() == Some(&true) => return None,
            '{' => match quantifier(&mut chars)? {
                None => out.push_str(r"\{"),
                Some(counts) if counts.ends_with(",}") && behind.last() == Some(&true) => {
                    return None;
                }
                Some(counts) => out.push_str(&counts),
            },
            ']' | '}' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    behind.is_empty().then_some(out)
}

/// The start of a group, and whether it looks behind. What the group is called does not matter without
/// references to it.
fn group(chars: &mut Peekable<Chars<'_>>) -> Option<(&'static str, bool)> {
    if chars.next_if_eq(&'?').is_none() {
        return Some(("(", false));
    }
    Some(match chars.next()? {
        ':' => ("(?:", false),
        '=' => ("(?=", false),
        '!' => ("(?!", false),
        '<' => match chars.peek()? {
            '=' => {
                chars.next();
                ("(?<=", true)
            }
            '!' => {
                chars.next();
                ("(?<!", true)
            }
            _ => {
                chars.find(|c| *c == '>')?;
                ("(", false)
            }
        },
        _ => return None,
    })
}

/// The rest of `{1,2}`; nothing where the brace stands for itself, as old patterns have it.
fn quantifier(chars: &mut Peekable<Chars<'_>>) -> Option<Option<String>> {
    let ahead: String = chars.clone().take_while(|c| *c != '}').collect();
    let (least, most) = ahead.split_once(',').unwrap_or((&ahead, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_closed = chars.clone().nth(ahead.chars().count()) == Some('}');
    if least.is_empty() || !is_number(least) || !is_number(most) || !is_closed {
        return Some(None);
    }
    for count in [least, most].into_iter().filter(|count| !count.is_empty()) {
        count.parse::<i32>().ok()?;
    }
    chars.nth(ahead.chars().count());
    Some(Some(format!("{{{ahead}}}")))
}

/// What stands after a backslash, outside of a class.
fn escape(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    Some(match chars.next()? {
        's' => format!("[{SPACES}]"),
        'S' => format!("[^{SPACES}]"),
        'b' => WORD_EDGE.to_owned(),
        'B' => NO_WORD_EDGE.to_owned(),
        c => common_escape(c, chars)?,
    })
}

/// What means the same inside and outside of a class.
fn common_escape(c: char, chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    Some(match c {
        'd' | 'D' | 'w' | 'W' | 't' | 'n' | 'r' | 'f' => format!("\\{c}"),
        'v' => r"\x0B".to_owned(),
        '0' if !chars.peek().is_some_and(char::is_ascii_digit) => r"\x00".to_owned(),
        'c' => format!(
            r"\x{:02X}",
            u32::from(chars.next().filter(char::is_ascii_alphabetic)?) % 32
        ),
        'x' => format!(r"\x{}", digits(chars, 2)?),
        'u' if chars.next_if_eq(&'{').is_some() => {
            let code: String = chars.by_ref().take_while(|c| *c != '}').collect();
            let code = u32::from_str_radix(&code, 16).ok()?;
            format!(r"\x{{{code:X}}}")
        }
        'u' => format!(r"\u{}", digits(chars, 4)?),
        'p' | 'P' => {
            chars.next_if_eq(&'{')?;
            let name: String = chars.by_ref().take_while(|c| *c != '}').collect();
            format!("\\{c}{{{}}}", property(&name)?)
        }
        _ if c.is_ascii_punctuation() => format!("\\{c}"),
        _ => return None,
    })
}

fn digits(chars: &mut Peekable<Chars<'_>>, count: usize) -> Option<String> {
    (0..count)
        .map(|_| chars.next_if(char::is_ascii_hexdigit))
        .collect()
}

fn property(name: &str) -> Option<String> {
    let name = ["General_Category=", "gc="]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    if let Some((_, java)) = PROPERTIES.iter().find(|(ecma, _)| *ecma == name) {
        return Some((*java).to_owned());
    }
    let scripts = ["Script=", "sc="];
    if let Some(script) = scripts.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        return Some(format!("script={script}"));
    }
    let is_category = name.len() <= 2
        && name.starts_with(['L', 'M', 'N', 'P', 'S', 'Z', 'C'])
        && name.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    is_category.then(|| name.to_owned())
}

/// The rest of a class. Java gives `[` and `&&` in it a meaning of their own.
fn class(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    let is_negated = chars.next_if_eq(&'^').is_some();
    let mut inner = String::new();
    // Whether the last one is a single character from which a range could start, and whether one has started.
    let (mut can_start, mut has_started) = (false, false);
    loop {
        let c = chars.next()?;
        let is_set = c == '\\' && chars.peek().is_some_and(is_set);
        match c {
            ']' => break,
            '-' if can_start && !ends_or_set(chars) => {
                inner.push('-');
                (can_start, has_started) = (false, true);
                continue;
            }
            '\\' => match chars.next()? {
                's' => inner.push_str(SPACES),
                // Java has changed what a class within a negated class means.
                'S' if is_negated => return None,
                'S' => {
                    let _ = write!(inner, "[^{SPACES}]");
                }
                'b' => inner.push_str(r"\x08"),
                c => inner.push_str(&common_escape(c, chars)?),
            },
            '-' | '[' | '&' | '^' | '~' => {
                inner.push('\\');
                inner.push(c);
            }
            c => inner.push(c),
        }
        (can_start, has_started) = (!is_set && !has_started, false);
    }
    Some(match (inner.is_empty(), is_negated) {
        (true, true) => r"[\x{0}-\x{10FFFF}]".to_owned(),
        (true, false) => "(?!)".to_owned(),
        (false, true) => format!("[^{inner}]"),
        (false, false) => format!("[{inner}]"),
    })
}

/// Whether a letter after a backslash stands for several characters.
fn is_set(c: &char) -> bool {
    matches!(c, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P')
}

/// Whether the class ends here or goes on with a set: a minus before it stands for itself.
fn ends_or_set(chars: &Peekable<Chars<'_>>) -> bool {
    let mut ahead = chars.clone();
    match ahead.next() {
        Some(']') | None => true,
        Some('\\') => ahead.peek().is_some_and(is_set),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::java;

    #[test]
    fn what_means_the_same_stays() {
        for same in [
            "^[a-z]+",
            "a|b",
            "(?:x)?",
            "(?=a)(?!b)",
            r"\d{2,3}\w*?",
            r"\x41\u0041",
            r"\p{Lu}\/",
            "(?<=a)b",
        ] {
            assert_eq!(java(same).as_deref(), Some(same));
        }
    }

    #[test]
    fn what_java_reads_in_another_way_is_put_in_another_way() {
        for (ecma, expected) in [
            ("a$", r"a\z"),
            (".", r"[^\n\r\u2028\u2029]"),
            ("[[&&]", r"[\[\&\&]"),
            (r"[\w-]", r"[\w\-]"),
            (r"[\w-.]", r"[\w\-.]"),
            ("[-a]", r"[\-a]"),
            ("[a-]", r"[a\-]"),
            (r"[+--]", r"[+-\-]"),
            ("[a-c-e]", r"[a-c\-e]"),
            (r"[\]-a]", r"[\]-a]"),
            ("[]", "(?!)"),
            ("(?<year>a)", "(a)"),
            (r"\u{1F600}", r"\x{1F600}"),
            (r"\cJ\v\0", r"\x0A\x0B\x00"),
            (r"\p{Letter}", r"\p{L}"),
            (r"\p{Script=Greek}", r"\p{script=Greek}"),
            ("a{,2}}", r"a\{,2\}\}"),
            ("x{2}", "x{2}"),
            ("]", r"\]"),
        ] {
            assert_eq!(java(ecma).as_deref(), Some(expected), "{ecma}");
        }
    }

    #[test]
    fn what_java_cannot_say_is_refused() {
        for ecma in [
            r"(a)\1",
            r"(?<n>a)\k<n>",
            "(?<=a+)b",
            "(?<=(?:a{1,}))b",
            r"[^\S]",
            "(?i:a)",
            r"\p{Emoji}",
            "a{9999999999}",
        ] {
            assert_eq!(java(ecma), None, "{ecma}");
        }
    }
}
