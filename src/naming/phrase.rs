//! A phrase for each type, from which a target makes its name.

use crate::ir::{NameHint, Part, TypeGraph, TypeId};

/// For each type a phrase of words in the schema's own letters, such as `BotMessage choice`. Phrases are not
/// unique, and not yet legal anywhere.
#[must_use]
pub fn type_phrases(graph: &TypeGraph<'_>) -> Vec<String> {
    type_phrases_where(graph, |_| false)
}

/// The same where some types stand for what they are a part of, and so have its phrase.
pub(crate) fn type_phrases_where(
    graph: &TypeGraph<'_>,
    stands_for_parent: impl Fn(TypeId) -> bool,
) -> Vec<String> {
    let mut done: Vec<Option<String>> = vec![None; graph.types.len()];
    for (start, _) in graph.iter() {
        // Parents first, without recursion: a chain of unnamed types may be as deep as a document.
        let mut chain = vec![start];
        while let Some(&id) = chain.last() {
            let phrase = match graph.get(id).name {
                NameHint::Required(name) | NameHint::Suggested(name) => name.to_owned(),
                NameHint::Derived(parent, part) => match &done[parent.0 as usize] {
                    Some(phrase) if stands_for_parent(id) => phrase.clone(),
                    Some(phrase) => part_phrase(phrase, part),
                    None if chain.contains(&parent) => part_phrase("", part),
                    None => {
                        chain.push(parent);
                        continue;
                    }
                },
            };
            done[id.0 as usize] = Some(phrase);
            chain.pop();
        }
    }
    done.into_iter().map(Option::unwrap_or_default).collect()
}

/// The phrase of a part of a type whose phrase is `parent`.
fn part_phrase(parent: &str, part: Part<'_>) -> String {
    match part {
        Part::Property(name) => [parent, " ", name].concat(),
        Part::Item => match singular(parent) {
            Some(one) => one,
            None => format!("{parent} item"),
        },
        Part::Position(index) => format!("{parent} part {}", index + 1),
        Part::Value => match singular(parent) {
            Some(one) => one,
            None => format!("{parent} value"),
        },
        Part::Alternative(index) => format!("{parent} option {}", index + 1),
        Part::Variant(name) => format!("{parent} {name}"),
        Part::Inner => format!("{parent} content"),
    }
}

/// The phrase for one of many, where the English plural is regular: `choices` → `choice`.
fn singular(phrase: &str) -> Option<String> {
    let lower = phrase.to_ascii_lowercase();
    if !lower.ends_with('s')
        || ["ss", "us", "is", "news"]
            .iter()
            .any(|end| lower.ends_with(end))
    {
        return None;
    }
    let cut = |count: usize, tail: &str| Some(format!("{}{tail}", &phrase[..phrase.len() - count]));
    if lower.ends_with("ies") && lower.len() > 4 {
        return cut(3, "y");
    }
    if ["sses", "shes", "ches", "xes", "zes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        return cut(2, "");
    }
    cut(1, "")
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn regular_plurals_have_a_singular() {
        for (many, one) in [
            ("choices", "choice"),
            ("entries", "entry"),
            ("boxes", "box"),
            ("Messages", "Message"),
        ] {
            assert_eq!(singular(many).as_deref(), Some(one));
        }
        for word in ["status", "address", "analysis", "data"] {
            assert_eq!(singular(word), None);
        }
    }
}
