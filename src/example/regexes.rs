//! The patterns of schemas as regular expressions. Many values are tried with each of them, and to make one takes much longer
//! than to look whether a text matches.

use std::cell::RefCell;
use std::rc::Rc;

use regress::Regex;

use crate::hash::HashMap;

/// How many are kept.
const MOST: usize = 200;

thread_local! {
    static MADE: RefCell<HashMap<String, Option<Rc<Regex>>>> = RefCell::default();
}

/// Whether a text matches a pattern; not, if the pattern cannot be understood.
pub(crate) fn is_match(pattern: &str, text: &str) -> bool {
    regex(pattern).is_some_and(|regex| regex.find(text).is_some())
}

/// The regular expression of a pattern, if it can be understood.
fn regex(pattern: &str) -> Option<Rc<Regex>> {
    MADE.with_borrow_mut(|made| {
        if let Some(regex) = made.get(pattern) {
            return regex.clone();
        }
        let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
        let regex = regex.ok().map(Rc::new);
        if made.len() == MOST {
            made.clear();
        }
        made.insert(pattern.to_owned(), regex.clone());
        regex
    })
}
