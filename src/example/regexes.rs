//! The patterns of schemas as regular expressions. Many values are tried with each of them, and to make one takes much longer
//! than to look whether a text matches.

use std::cell::RefCell;
use std::rc::Rc;

use regress::Regex;

use super::parts::Part;
use crate::hash::HashMap;
use crate::schema::pattern::Simple;

/// How many are kept.
const MOST: usize = 20_000;

thread_local! {
    static MADE: RefCell<HashMap<String, Option<Rc<Made>>>> = RefCell::default();
}

/// A pattern that has been made ready to be searched for.
enum Made {
    /// Takes no engine, so that schemas with very many names by pattern are done with.
    Simple(Simple),
    /// With what tells how long that takes.
    Engine(Regex, Option<Part>),
}

/// Whether a text matches a pattern; not, if that is not known.
pub(crate) fn is_match(pattern: &str, text: &str) -> bool {
    verdict(pattern, text) == Some(true)
}

/// Whether a text matches a pattern; none if the pattern cannot be understood, or nobody would wait for the answer.
pub(crate) fn verdict(pattern: &str, text: &str) -> Option<bool> {
    match made(pattern)?.as_ref() {
        Made::Simple(simple) => Some(simple.matches(text)),
        Made::Engine(regex, part) => {
            let part = part.as_ref()?;
            match part.is_light(text.len()) {
                true => Some(regex.find(text).is_some()),
                false => part.is_match(text),
            }
        }
    }
}

/// The regular expression of a pattern, if it can be understood.
fn made(pattern: &str) -> Option<Rc<Made>> {
    MADE.with_borrow_mut(|kept| {
        if let Some(made) = kept.get(pattern) {
            return made.clone();
        }
        let made = Simple::new(pattern).map(Made::Simple).or_else(|| {
            let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
            Some(Made::Engine(regex.ok()?, Part::of(pattern)))
        });
        let made = made.map(Rc::new);
        if kept.len() == MOST {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), made.clone());
        made
    })
}
