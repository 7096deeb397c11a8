//! The parts that the JSON texts of a test class have in common. Each is a constant of the class, so that a reader meets
//! it once, by the name of its property, and sees what a text has that others do not.

use super::base::unquoted;
use crate::hash::HashMap;
use crate::target::apex::code::{self, Doc, Statement, field, set_to, text};
use crate::target::apex::ident;
use crate::target::apex::text::{LINE_WIDTH, literal};

/// A part with fewer letters is read faster where it stands.
const SHORT: usize = LINE_WIDTH;
/// Of a value with more parts none is a constant: so many operands are no text that anybody reads.
const MOST_PARTS: usize = 20;
/// A test class has no more constants than this, but for those that its example is made of. Salesforce's compiler takes 2,000.
const MOST_CONSTANTS: usize = 200;

/// JSON texts, and the values in them that are worth a name.
#[derive(Default)]
pub(super) struct Constants<'t> {
    /// What is inside of a value stands before it.
    parts: Vec<Part<'t>>,
    known: HashMap<&'t str, usize>,
}

/// A value in JSON text.
struct Part<'t> {
    text: &'t str,
    /// The name of the property that it is the value of, or an entry of, as it stands in the text.
    property: Option<&'t str>,
    is_entry: bool,
    /// In how many other values and texts it is.
    uses: usize,
    /// Whether it has no constant in it, unless it is one itself.
    is_whole: bool,
    /// The parts in it, in their order, and where they start.
    inner: Vec<(usize, usize)>,
    constant: Option<String>,
}

/// A list or an object that has not ended.
struct Open<'t> {
    start: usize,
    is_object: bool,
    property: Option<&'t str>,
    /// The property that comes next.
    key: Option<&'t str>,
    inner: Vec<(usize, usize)>,
}

/// What JSON text is made of.
pub(super) enum Operand<'c> {
    /// A part of the text itself.
    Text(String),
    /// The name of a constant.
    Constant(&'c str),
    /// What makes a part of it.
    Code(Doc),
}

impl Operand<'_> {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<'t> Open<'t> {
    /// One that begins inside of another one, or as the value of a property if it is inside of none.
    fn at(
        start: usize,
        is_object: bool,
        around: Option<&Open<'t>>,
        property: Option<&'t str>,
    ) -> Self {
        Self {
            start,
            is_object,
            property: around.map_or(property, |around| around.key.or(around.property)),
            key: None,
            inner: Vec::new(),
        }
    }
}

impl<'t> Constants<'t> {
    /// The constants for these texts and for these values of properties, each of which is a constant itself or has none in
    /// it. Before a text stands the name of the property that it is the value of, as JSON text, if there is one.
    pub(super) fn new(
        texts: impl Iterator<Item = (Option<&'t str>, &'t str)>,
        members: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Self {
        let mut all = Self::default();
        for (property, value) in members {
            if let Some(part) = all.add(value, Some(property)) {
                all.parts[part].is_whole = true;
            }
        }
        for (property, text) in texts {
            all.add(text, property);
        }
        all.name();
        all
    }

    /// Finds the parts of a text, and which of them is all of it. What is no JSON has none, or some that nobody looks for.
    fn add(&mut self, text: &'t str, property: Option<&'t str>) -> Option<usize> {
        if text.len() < SHORT {
            return None;
        }
        let bytes = text.as_bytes();
        let mut open: Vec<Open<'t>> = Vec::new();
        let (mut at, mut root) = (0, None);
        while at < bytes.len() {
            let start = at;
            at += 1;
            let ended = match bytes[start] {
                b'{' | b'[' => {
                    let is_object = bytes[start] == b'{';
                    open.push(Open::at(start, is_object, open.last(), property));
                    continue;
                }
                b'}' | b']' => open.pop()?,
                b'"' => {
                    at = end_of_text(bytes, at)?;
                    if let Some(around) = open.last_mut()
                        && around.is_object
                        && bytes.get(at) == Some(&b':')
                    {
                        around.key = text.get(start..at);
                        continue;
                    }
                    Open::at(start, false, open.last(), property)
                }
                _ => continue,
            };
            let start = ended.start;
            if at - start < SHORT {
                continue;
            }
            let is_entry = open.last().is_some_and(|around| !around.is_object);
            let part = self.part(text.get(start..at)?, is_entry, ended);
            match open.last_mut() {
                Some(around) => around.inner.push((start - around.start, part)),
                None if at - start == text.len() => root = Some(part),
                None => return None,
            }
        }
        let root = root.filter(|_| open.is_empty())?;
        self.parts[root].uses += 1;
        Some(root)
    }

    /// The part with this text, which is in one more value.
    fn part(&mut self, text: &'t str, is_entry: bool, mut ended: Open<'t>) -> usize {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        if ended.inner.len() > MOST_PARTS {
            ended.inner.clear();
        }
        for &(_, inner) in &ended.inner {
            self.parts[inner].uses += 1;
        }
        self.known.insert(text, self.parts.len());
        self.parts.push(Part {
            text,
            property: ended.property,
            is_entry,
            uses: 0,
            is_whole: false,
            inner: ended.inner,
            constant: None,
        });
        self.parts.len() - 1
    }

    /// Gives names to what is used more than once. No name ends in `_JSON` and a number by itself.
    fn name(&mut self) {
        let mut numbers: HashMap<String, usize> = HashMap::default();
        let mut count = 0;
        let mut has_constant = vec![false; self.parts.len()];
        for index in 0..self.parts.len() {
            let part = &self.parts[index];
            let has_inner = part.inner.iter().any(|&(_, inner)| has_constant[inner]);
            let is_used = part.uses > 1 && count < MOST_CONSTANTS;
            let is_constant = is_used || part.is_whole && has_inner;
            has_constant[index] = has_inner || is_constant;
            if is_constant {
                count += 1;
                let name = part.name();
                let number = numbers.entry(name.clone()).or_default();
                *number += 1;
                self.parts[index].constant = Some(match number {
                    1 => name,
                    _ => format!("{name}_{number}"),
                });
            }
        }
    }

    /// What this JSON text is made of.
    pub(super) fn operands(&self, json: &str) -> Vec<Operand<'_>> {
        let Some(&part) = self.known.get(json) else {
            return vec![Operand::text(json)];
        };
        let mut operands = Vec::new();
        self.push(&self.parts[part], &mut operands);
        operands
    }

    /// The constants. What is in another one stands before it.
    pub(super) fn fields(&self) -> impl Iterator<Item = String> {
        self.parts.iter().filter_map(|part| {
            let head = format!("private static final String {}", part.constant.as_ref()?);
            let mut operands = Vec::new();
            self.spell(part, &mut operands);
            let (first, others) = docs(operands);
            Some(field(&head, first, others))
        })
    }

    fn push<'c>(&'c self, part: &'c Part<'t>, operands: &mut Vec<Operand<'c>>) {
        match &part.constant {
            Some(name) => operands.push(Operand::Constant(name)),
            None => self.spell(part, operands),
        }
    }

    /// A part as if it were no constant. Values are nested no deeper than examples are.
    fn spell<'c>(&'c self, part: &'c Part<'t>, operands: &mut Vec<Operand<'c>>) {
        let mut done = 0;
        for &(start, inner) in &part.inner {
            operands.push(Operand::text(&part.text[done..start]));
            let inner = &self.parts[inner];
            self.push(inner, operands);
            done = start + inner.text.len();
        }
        operands.push(Operand::text(&part.text[done..]));
    }
}

impl Part<'_> {
    fn name(&self) -> String {
        let property = self.property.map(unquoted).unwrap_or_default();
        let entry = if self.is_entry { " entry" } else { "" };
        let names = ident::constant(&format!("{property}{entry} json")).names;
        // No class has such a name: those of codecs have no `_` there.
        let name = names.into_iter().find(|name| name.ends_with("_JSON"));
        name.unwrap_or_else(|| "VALUE_JSON".to_owned())
    }
}

/// Where a text in JSON ends that has begun before this place.
fn end_of_text(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', &bytes[at..])?;
        match bytes[at] {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
        if at >= bytes.len() {
            return None;
        }
    }
}

/// The sum of these operands.
pub(super) fn added(operands: Vec<Operand<'_>>) -> Doc {
    let (first, others) = docs(operands);
    code::added(first, others)
}

/// A variable that is set to the sum of these operands.
pub(super) fn assigned(variable: &str, operands: Vec<Operand<'_>>) -> Statement {
    let (first, others) = docs(operands);
    Statement::Plain(set_to(variable, first, others))
}

/// The first operand and the others. Texts that stand beside each other are one.
fn docs(operands: Vec<Operand<'_>>) -> (Doc, Vec<Doc>) {
    let mut all: Vec<Doc> = Vec::new();
    let mut texts = String::new();
    for operand in operands {
        let code = match operand {
            Operand::Text(one) => {
                texts += &one;
                continue;
            }
            Operand::Constant(name) => text(name.to_owned()),
            Operand::Code(code) => code,
        };
        if !texts.is_empty() {
            all.push(text(literal(&texts)));
            texts.clear();
        }
        all.push(code);
    }
    if !texts.is_empty() || all.is_empty() {
        all.push(text(literal(&texts)));
    }
    let first = all.remove(0);
    (first, all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Constants, MOST_CONSTANTS, Operand};

    fn texts<'t>(texts: &[&'t str]) -> Constants<'t> {
        let texts = texts.iter().map(|&one| (None, one));
        Constants::new(texts, std::iter::empty())
    }

    /// The names of the constants in a text.
    fn names(constants: &Constants<'_>, json: &str) -> Vec<String> {
        let operands = constants.operands(json).into_iter();
        let names = operands.filter_map(|operand| match operand {
            Operand::Constant(name) => Some(name.to_owned()),
            Operand::Text(_) | Operand::Code(_) => None,
        });
        names.collect()
    }

    /// What a text is again when each constant is what it stands for.
    fn whole(constants: &Constants<'_>, operands: Vec<Operand<'_>>) -> String {
        let texts = operands.into_iter().map(|operand| match operand {
            Operand::Text(text) => text,
            Operand::Code(_) => String::new(),
            Operand::Constant(name) => {
                let mut parts = constants.parts.iter();
                let part = parts.find(|part| part.constant.as_deref() == Some(name));
                let mut spelled = Vec::new();
                constants.spell(part.expect("a constant"), &mut spelled);
                whole(constants, spelled)
            }
        });
        texts.collect()
    }

    #[test]
    fn what_is_in_several_texts_has_the_name_of_its_property() {
        let user = json!({"login": "x".repeat(40), "url": "y".repeat(40)});
        let issue = json!({"user": user, "title": "t".repeat(70)});
        let one = json!({"issue": issue, "sender": user, "assignees": [user]}).to_string();
        let other = json!({"issue": issue, "sender": null}).to_string();
        let constants = texts(&[&one, &other]);
        assert_eq!(
            names(&constants, &one),
            ["ISSUE_JSON", "USER_JSON", "USER_JSON"]
        );
        assert_eq!(names(&constants, &other), ["ISSUE_JSON"]);
        let fields: Vec<String> = constants.fields().collect();
        assert!(fields[0].contains("String USER_JSON = '{"), "{}", fields[0]);
        assert!(fields[1].contains("+\n    USER_JSON +\n"), "{}", fields[1]);
        assert_eq!(fields.len(), 2);
    }

    #[test]
    fn what_stands_once_or_is_short_has_no_name() {
        let long = json!({"a": "x".repeat(100)}).to_string();
        let other = json!({"a": "y".repeat(100), "b": [1, 2]}).to_string();
        let constants = texts(&[&long, &other, "[1,2]", "[1,2]"]);
        assert_eq!(constants.fields().count(), 0);
    }

    #[test]
    fn there_are_not_too_many() {
        let all =
            (0..1_000).map(|one| json!({"a": format!("{one}{}", "x".repeat(100))}).to_string());
        let all: Vec<String> = all.collect();
        let all: Vec<&str> = all.iter().chain(&all).map(String::as_str).collect();
        assert_eq!(texts(&all).fields().count(), MOST_CONSTANTS);
    }

    #[test]
    fn different_values_of_properties_of_one_name_are_told_apart() {
        let [one, other] = ["x", "y"].map(|letter| json!({"": letter.repeat(100)}));
        let constants = [json!([one, other]), json!([other, one])].map(|all| all.to_string());
        let constants = texts(&[&constants[0], &constants[1]]);
        let found = constants.parts.iter();
        let found: Vec<&str> = found.filter_map(|part| part.constant.as_deref()).collect();
        assert_eq!(found.len(), 2);
        assert_ne!(found[0], found[1]);
    }

    #[test]
    fn the_value_of_a_property_is_a_constant_if_it_has_one_in_it() {
        let user = json!({"login": "x".repeat(100)});
        let issue = json!({"user": user, "number": 1}).to_string();
        let user = user.to_string();
        let texts = [(None, user.as_str())];
        let members = [(r#""an issue""#, issue.as_str())];
        let constants = Constants::new(texts.into_iter(), members.into_iter());
        assert_eq!(names(&constants, &issue), ["AN_ISSUE_JSON"]);
    }

    #[test]
    fn every_text_stays_what_it_is() {
        let long = "x".repeat(100);
        let inner = json!({"a\"b": [long, "\\", {"c": long}], "d": {"": format!("\"{long}")}});
        let json = json!({"one": inner, "other": [inner, inner], "é": {"e": inner}}).to_string();
        let cut: Vec<&str> = (0..json.len()).filter_map(|end| json.get(..end)).collect();
        let odd = [
            json.replace(':', " : "),
            json.replace(',', ",\n"),
            json.replace('}', "]"),
            json.replace('"', ""),
            format!("{json}{json}"),
            format!("]{json}"),
        ];
        let odd = odd.iter().map(String::as_str);
        let all: Vec<&str> = [json.as_str()].into_iter().chain(cut).chain(odd).collect();
        let constants = texts(&all);
        for one in &all {
            assert_eq!(&whole(&constants, constants.operands(one)), one);
        }
        assert!(constants.fields().count() > 0);
    }
}
