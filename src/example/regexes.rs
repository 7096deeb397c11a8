//! The patterns of schemas as regular expressions. Many values are tried with each of them, and to make one takes much longer
//! than to look whether a text matches.

use std::cell::RefCell;
use std::rc::Rc;

use regress::Regex;

use super::parts::Part;
use crate::hash::HashMap;

/// How many are kept.
const MOST: usize = 4_000;

thread_local! {
    static MADE: RefCell<HashMap<String, Option<Rc<Made>>>> = RefCell::default();
}

/// A pattern that has been made ready to be searched for.
struct Made {
    regex: Regex,
    /// What tells how long that takes.
    part: Option<Part>,
}

/// Whether a text matches a pattern; not, if that is not known.
pub(crate) fn is_match(pattern: &str, text: &str) -> bool {
    verdict(pattern, text) == Some(true)
}

/// Whether a text matches a pattern; none if the pattern cannot be understood, or nobody would wait for the answer.
pub(crate) fn verdict(pattern: &str, text: &str) -> Option<bool> {
    let made = made(pattern)?;
    let part = made.part.as_ref()?;
    match part.is_light(text.len()) {
        true => Some(made.regex.find(text).is_some()),
        false => part.is_match(text),
    }
}

/// The regular expression of a pattern, if it can be understood.
fn made(pattern: &str) -> Option<Rc<Made>> {
    MADE.with_borrow_mut(|kept| {
        if let Some(made) = kept.get(pattern) {
            return made.clone();
        }
        let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
        let part = Part::of(pattern);
        let made = regex.ok().map(|regex| Rc::new(Made { regex, part }));
        if kept.len() == MOST {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), made.clone());
        made
    })
}
