//! What people and PMD read: comments, and the findings that a schema brings about.

use super::facts::Fact;
use super::text::{LINE_WIDTH, is_blank};
use crate::ir::Docs;

/// PMD's limits of public members and of non-commenting source statements of a class.
const MANY_PUBLIC: usize = 20;
const HUGE_CLASS: usize = 500;
const NCSS_PER_FIELD: usize = 2;
const LONG_METHOD: usize = 40;
/// PMD's limits of decisions in a method and in a class.
const MANY_BRANCHES: usize = 10;
const MANY_BRANCHES_OF_CLASS: usize = 40;

/// The annotation of a class with these fields.
pub(crate) fn suppressed_for_class<'n>(fields: impl Iterator<Item = &'n str>) -> Vec<String> {
    let (mut count, mut camel_case) = (0, true);
    for name in fields {
        count += 1;
        camel_case &= is_camel_case(name);
    }
    suppressed(&[
        ("PropertyNamingConventions", !camel_case),
        ("ExcessivePublicCount", count >= MANY_PUBLIC),
        ("NcssCount", count >= HUGE_CLASS / NCSS_PER_FIELD),
    ])
}

/// The annotation of a class with this many constants.
pub(crate) fn suppressed_for_constants(count: usize) -> Vec<String> {
    suppressed(&[("NcssCount", count + 2 >= HUGE_CLASS)])
}

/// The annotation of a codec with these methods. What only other codecs call is described in one line; many
/// alternatives and many fields make many branches and statements.
pub(crate) fn suppressed_for_codec(methods: &[String]) -> Vec<String> {
    suppressed_for_code(methods, false)
}

/// The annotation of a class of rules, which other classes call one by one.
pub(crate) fn suppressed_for_rules(methods: &[String]) -> Vec<String> {
    suppressed_for_code(methods, methods.len() >= MANY_PUBLIC)
}

fn suppressed_for_code(methods: &[String], has_many_public: bool) -> Vec<String> {
    let branches = methods.iter().map(|method| branches(method));
    let (most, all) = branches.fold((0, 0), |(most, all), one| (most.max(one), all + one + 1));
    let is_branched = most + 1 >= MANY_BRANCHES || all >= MANY_BRANCHES_OF_CLASS;
    suppressed(&[
        ("ApexDoc", true),
        ("CyclomaticComplexity", is_branched),
        ("StdCyclomaticComplexity", is_branched),
        ("ExcessivePublicCount", has_many_public),
        ("NcssCount", is_long(methods)),
    ])
}

/// How many decisions there are in a method, as PMD counts them: `if (`, `for (`, `catch (`, `throw`, `&&`, `||` and `?`.
fn branches(method: &str) -> usize {
    behind(method, &["if ", "for ", "catch "])
        + memchr::memmem::find_iter(method.as_bytes(), " throw ").count()
        + pairs(method, b'&')
        + pairs(method, b'|')
        + memchr::memchr_iter(b'?', method.as_bytes()).count()
}

/// How many statements and blocks there are in a method. A loop counts twice, for it declares a variable.
fn statements(method: &str) -> usize {
    behind(method, &["for "])
        + memchr::memchr_iter(b';', method.as_bytes()).count()
        + memchr::memchr_iter(b'{', method.as_bytes()).count()
}

/// How often an opening parenthesis stands behind one of these words.
fn behind(text: &str, words: &[&str]) -> usize {
    let text = text.as_bytes();
    let opened = memchr::memchr_iter(b'(', text);
    let is_behind = |at: &usize| {
        words
            .iter()
            .any(|word| text[..*at].ends_with(word.as_bytes()))
    };
    opened.filter(is_behind).count()
}

/// How often a letter stands there twice.
fn pairs(text: &str, letter: u8) -> usize {
    let (mut count, mut open) = (0, None);
    for at in memchr::memchr_iter(letter, text.as_bytes()) {
        let is_second = open.is_some_and(|first: usize| first + 1 == at);
        count += usize::from(is_second);
        open = (!is_second).then_some(at);
    }
    count
}

/// Whether one of these methods has too many statements, or all of them together have.
fn is_long(methods: &[String]) -> bool {
    let statements = methods.iter().map(|method| statements(method));
    let (long, whole) = statements.fold((0, 0), |(long, whole), one| (long.max(one), whole + one));
    long >= LONG_METHOD || whole >= HUGE_CLASS
}

/// The annotation of the code that codecs share: a library of many short methods.
pub(crate) fn suppressed_for_json(is_long: bool) -> Vec<String> {
    suppressed(&[
        ("ApexDoc", true),
        ("CyclomaticComplexity", true),
        ("ExcessiveParameterList", true),
        ("ExcessivePublicCount", true),
        ("NcssCount", is_long),
    ])
}

/// The annotation of a test class: what is generated does the same for every user, so that no test runs as another one,
/// and most tests assert in helpers, which PMD does not follow. What is tried with a large type takes many statements.
pub(crate) fn suppressed_for_test(methods: &[String]) -> Vec<String> {
    suppressed_for_tests(is_long(methods))
}

/// The annotation of the test of the code that codecs share.
pub(crate) fn suppressed_for_json_test(is_long: bool) -> Vec<String> {
    suppressed_for_tests(is_long)
}

fn suppressed_for_tests(is_long: bool) -> Vec<String> {
    suppressed(&[
        ("ApexUnitTestClassShouldHaveRunAs", true),
        ("ApexUnitTestClassShouldHaveAsserts", true),
        ("CyclomaticComplexity", true),
        ("NcssCount", is_long),
    ])
}

/// The lines of the annotation against findings of PMD that a schema brings about: its names and how many there
/// are.
fn suppressed(rules: &[(&str, bool)]) -> Vec<String> {
    let rules: Vec<String> = rules
        .iter()
        .filter(|(_, is_broken)| *is_broken)
        .map(|(rule, _)| format!("PMD.{rule}"))
        .collect();
    if rules.is_empty() {
        return Vec::new();
    }
    let rules = format!("'{}'", rules.join(", "));
    let line = format!("@SuppressWarnings({rules})");
    if line.len() <= LINE_WIDTH {
        return vec![line];
    }
    vec![
        "@SuppressWarnings(".to_owned(),
        format!("  {rules}"),
        ")".to_owned(),
    ]
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The paragraphs of a comment: what the schema says to people, then what it asks of the value.
pub(crate) fn paragraphs(
    name: &str,
    docs: Option<&Docs<'_>>,
    fallback: &str,
    facts: &[Fact],
) -> Vec<String> {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let title = docs.and_then(|docs| docs.title).map(str::trim);
    let text = match (title, docs.and_then(|docs| docs.description)) {
        (Some(title), Some(description))
            if letters(title) != letters(name)
                && !letters(description).starts_with(&letters(title)) =>
        {
            format!("{title}: {description}")
        }
        (_, Some(description)) => description.to_owned(),
        (Some(title), None) if !title.is_empty() => format!("{title}."),
        _ => fallback.to_owned(),
    };
    let facts: Vec<&str> = facts.iter().map(|fact| fact.text.as_str()).collect();
    let mut all = vec![text];
    if is_blank(&all[0]) {
        all[0] = fallback.to_owned();
    }
    if !facts.is_empty() {
        all.push(facts.join(" "));
    }
    all
}
