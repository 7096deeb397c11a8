//! Apex classes, read as far as Flow sees them: fields with `@AuraEnabled`, invocable methods and their variables.

use std::collections::{BTreeMap, HashMap};

use super::types::{Base, Type};

/// A class, or an inner class as `Outer.Inner`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Class {
    pub name: String,
    /// Fields that Flow sees, by their names in lower case.
    pub fields: BTreeMap<String, Field>,
    /// Variables of an invocable method's own input or output type, by their names in lower case.
    pub invocables: BTreeMap<String, Field>,
    /// The types that the invocable method takes and gives back, as they are written.
    pub method: Option<(Option<String>, String)>,
    /// The class that it extends, whose fields it has too.
    pub base: Option<String>,
}

/// A field of a class.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub name: String,
    /// The type as it is written.
    pub written: String,
}

/// All classes at hand, by name in lower case.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    by_name: HashMap<String, Class>,
}

impl Classes {
    /// Reads a file, which holds one class and perhaps inner ones.
    pub fn add(&mut self, text: &str) {
        for class in read(&tokens(text)) {
            self.by_name.insert(class.name.to_lowercase(), class);
        }
    }

    /// The class of this name, letter case aside.
    pub fn get(&self, name: &str) -> Option<&Class> {
        self.by_name.get(&name.to_lowercase())
    }

    /// The class that a type written within `outer` names: an inner class of it first.
    pub fn within(&self, outer: &str, written: &str) -> Option<&Class> {
        self.get(&format!("{outer}.{written}"))
            .or_else(|| self.get(written))
    }

    /// The Flow type of a written Apex type.
    pub fn flow_type(&self, written: &str) -> Type {
        let (inner, many) = match written
            .strip_prefix("List<")
            .and_then(|rest| rest.strip_suffix('>'))
        {
            Some(item) => (item, true),
            None => match written.strip_suffix("[]") {
                Some(item) => (item, true),
                None => (written, false),
            },
        };
        let base = match inner.to_ascii_lowercase().as_str() {
            "string" | "id" => Base::Text,
            "integer" | "long" | "decimal" | "double" => Base::Number,
            "boolean" => Base::Boolean,
            "date" | "datetime" => Base::Date,
            "time" => Base::Time,
            "sobject" => Base::Record(None),
            lower if lower.contains('<') => Base::Unknown,
            _ if self.get(inner).is_some() => Base::Apex(inner.to_owned()),
            // An object of the org, or a class that is not at hand.
            _ => Base::Unknown,
        };
        Type {
            base,
            many: Some(many),
        }
    }
}

/// The words and marks of Apex code, without comments; a text literal is one mark.
fn tokens(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &text[at..];
        let length = match byte {
            b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => {
                rest[2..].find("*/").map_or(rest.len(), |end| end + 4)
            }
            b'\'' => literal_length(rest),
            b if b.is_ascii_alphanumeric() || b == b'_' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        let token = &rest[..length];
        let is_comment = token.starts_with("//") || token.starts_with("/*");
        if !is_comment && !byte.is_ascii_whitespace() {
            tokens.push(token);
        }
        at += length;
    }
    tokens
}

fn literal_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => return at + 1,
            '\n' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// An open brace: of a class, by its place in the list, or of something else.
type Open = Option<usize>;

fn read(tokens: &[&str]) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut statement: Vec<&str> = Vec::new();
    // Whether a field gets a value, and the brackets that are open around or in it.
    let (mut has_value, mut brackets, mut in_value) = (false, 0_usize, 0_usize);
    for &token in tokens {
        if in_value > 0 || (token == "{" && has_value) {
            in_value += usize::from(token == "{");
            in_value -= usize::from(token == "}");
            continue;
        }
        match token {
            "{" | "}" | ";" => (has_value, brackets) = (false, 0),
            "(" => brackets += 1,
            ")" => brackets = brackets.saturating_sub(1),
            "=" => has_value |= brackets == 0 && open.last().is_some_and(Option::is_some),
            _ => {}
        }
        let inside: Open = open.last().copied().flatten();
        let is_code = !open.is_empty() && inside.is_none();
        match token {
            "{" => {
                let opened = match class_header(&statement) {
                    Some((name, base)) if !is_code => {
                        let name = match inside {
                            Some(outer) => format!("{}.{name}", classes[outer].name),
                            None => name.to_owned(),
                        };
                        classes.push(Class {
                            name,
                            base: base.map(str::to_owned),
                            ..Class::default()
                        });
                        Some(classes.len() - 1)
                    }
                    _ => {
                        if let Some(class) = inside {
                            member(&statement, &mut classes[class]);
                        }
                        None
                    }
                };
                open.push(opened);
                statement.clear();
            }
            "}" => {
                open.pop();
                statement.clear();
            }
            ";" => {
                if let Some(class) = inside {
                    member(&statement, &mut classes[class]);
                }
                statement.clear();
            }
            _ if is_code => {}
            other => statement.push(other),
        }
    }
    classes
}

/// The name and the base of the class that a statement before `{` opens.
fn class_header<'t>(statement: &[&'t str]) -> Option<(&'t str, Option<&'t str>)> {
    let at = statement
        .iter()
        .position(|word| word.eq_ignore_ascii_case("class"))?;
    let name = statement.get(at + 1)?;
    let base = statement
        .iter()
        .position(|word| word.eq_ignore_ascii_case("extends"))
        .and_then(|at| statement.get(at + 1));
    Some((name, base.copied()))
}

/// Takes a field or a method of a class from the words before its `;` or `{`.
fn member(statement: &[&str], class: &mut Class) {
    let (annotations, rest) = annotations(statement);
    let is = |name: &str| annotations.iter().any(|one| one.eq_ignore_ascii_case(name));
    let is_static = rest.iter().any(|word| word.eq_ignore_ascii_case("static"));
    let words: Vec<&str> = rest
        .iter()
        .copied()
        .skip_while(|word| MODIFIERS.iter().any(|one| one.eq_ignore_ascii_case(word)))
        .collect();
    let Some((written, next)) = written_type(&words) else {
        return;
    };
    let Some(name) = words.get(next).filter(|name| is_word(name)) else {
        return;
    };
    if words.get(next + 1) == Some(&"(") {
        if is("InvocableMethod") {
            let parameter = written_type(&words[next + 2..]).map(|(written, _)| written);
            class.method = Some((parameter, written));
        }
        return;
    }
    let declared = std::iter::once(*name).chain(further(&words[next + 1..]));
    for name in declared {
        let field = Field {
            name: name.to_owned(),
            written: written.clone(),
        };
        if is("AuraEnabled") && !is_static {
            class.fields.insert(name.to_lowercase(), field.clone());
        }
        if is("InvocableVariable") {
            class.invocables.insert(name.to_lowercase(), field);
        }
    }
}

/// The names after the first one in `String a = f(x, y), b`: words after a comma that nothing but a value or another
/// comma follows.
fn further<'t>(words: &[&'t str]) -> Vec<&'t str> {
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    for (at, word) in words.iter().enumerate() {
        match *word {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                let name = words.get(at + 1).filter(|name| is_word(name));
                let ends = matches!(words.get(at + 2), None | Some(&("," | "=")));
                found.extend(name.filter(|_| ends).copied());
            }
            _ => {}
        }
    }
    found
}

const MODIFIERS: &[&str] = &[
    "public",
    "private",
    "protected",
    "global",
    "static",
    "final",
    "transient",
    "virtual",
    "abstract",
    "override",
    "webservice",
    "with",
    "without",
    "inherited",
    "sharing",
];

/// The names of the annotations that a statement begins with, and what follows them.
fn annotations<'s, 't>(statement: &'s [&'t str]) -> (Vec<&'t str>, &'s [&'t str]) {
    let mut names = Vec::new();
    let mut at = 0;
    while statement.get(at) == Some(&"@") {
        names.extend(statement.get(at + 1).copied());
        at += 2;
        if statement.get(at) == Some(&"(") {
            let end = statement[at..].iter().position(|word| *word == ")");
            at = end.map_or(statement.len(), |end| at + end + 1);
        }
    }
    (names, statement.get(at..).unwrap_or_default())
}

/// The type that some words begin with, without spaces, and how many words it takes.
fn written_type(words: &[&str]) -> Option<(String, usize)> {
    let mut written = (*words.first().filter(|word| is_word(word))?).to_owned();
    let (mut at, mut depth) = (1, 0_usize);
    while let Some(&word) = words.get(at) {
        match word {
            "." | "<" | "[" | "]" | "," | ">" => {
                if word == "," && depth == 0 {
                    break;
                }
                depth += usize::from(word == "<");
                depth = depth.saturating_sub(usize::from(word == ">"));
            }
            _ if depth > 0 || written.ends_with('.') => {}
            _ => break,
        }
        written.push_str(word);
        at += 1;
    }
    Some((written, at))
}

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{Base, Classes, Type};

    const CODE: &str = r"
        /* a class { */
        public with sharing class Order { // }
            @AuraEnabled(cacheable=false) public String id;
            @AuraEnabled
            public List<Line> lines { get; set; }
            @AuraEnabled public Decimal total = 0;
            public String hidden;
            @AuraEnabled public static String shared;
            public Order() { this.id = '} \' {'; String local; }
            @InvocableMethod(label='Place (it)')
            public static List<Result> place(List<Input> inputs) { return null; }
            public class Input {
                @InvocableVariable(required=true) public Map<String, String> options;
            }
        }";

    #[test]
    fn fields_and_methods_are_those_that_flow_sees() {
        let mut classes = Classes::default();
        classes.add(CODE);
        classes.add(
            "global class Line {
                @AuraEnabled global Integer[] counts;
                @AuraEnabled public String a = f('x, y', 1, 2), b, c = new Map<String, String>();
                @AuraEnabled public List<String> d = new List<String>{ 'p', 'q' }, e;
            }",
        );
        let line = classes.get("line").cloned().unwrap_or_default();
        let names: Vec<&str> = line.fields.keys().map(String::as_str).collect();
        assert_eq!(names, ["a", "b", "c", "counts", "d", "e"]);
        assert_eq!(line.fields["e"].written, "List<String>");
        let order = classes.get("ORDER").cloned().unwrap_or_default();
        let names: Vec<&str> = order.fields.values().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["id", "lines", "total"]);
        assert_eq!(
            order.method,
            Some((Some("List<Input>".to_owned()), "List<Result>".to_owned()))
        );
        let input = classes
            .within("Order", "Input")
            .cloned()
            .unwrap_or_default();
        assert_eq!(input.name, "Order.Input");
        assert_eq!(input.invocables["options"].written, "Map<String,String>");
        assert_eq!(
            classes.flow_type("List<Line>"),
            Type::many(Base::Apex("Line".to_owned()))
        );
        assert_eq!(classes.flow_type("Integer[]"), Type::many(Base::Number));
        assert_eq!(classes.flow_type("Id"), Type::one(Base::Text));
        assert_eq!(
            classes.flow_type("Map<String,String>"),
            Type::one(Base::Unknown)
        );
    }
}
