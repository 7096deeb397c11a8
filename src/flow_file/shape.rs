//! What the elements of a flow file may hold, as the Metadata API describes them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Types, their elements in order, and the values of enumerations; derived from the Metadata API's description.
static SHAPES: LazyLock<HashMap<&'static str, Shape>> =
    LazyLock::new(|| read(include_str!("shape.txt")));

/// The types of actions that the Metadata API names.
static ACTION_TYPES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("action_types.txt").lines().collect());

/// What an element of some type holds.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Other elements, in this order.
    Elements(Vec<Member>),
    /// One of these words; any word if there are none.
    Words(Vec<&'static str>),
}

/// An element within another one.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub name: &'static str,
    /// A type of its own, or one of XML's: `string`, `boolean`, `int`, `double`, `date`, `dateTime`, `time`.
    pub ty: &'static str,
    pub many: bool,
    pub required: bool,
}

/// The shape of a type; none for XML's own types.
pub(crate) fn shape(ty: &str) -> Option<&'static Shape> {
    SHAPES.get(ty)
}

/// Whether the Metadata API knows this type of action.
pub(crate) fn is_action_type(word: &str) -> bool {
    ACTION_TYPES.binary_search(&word).is_ok()
}

fn read(table: &'static str) -> HashMap<&'static str, Shape> {
    let mut own: HashMap<&str, (Option<&str>, Vec<Member>)> = HashMap::new();
    let mut shapes = HashMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let Some(name) = words.next() else { continue };
        let mut words = words.peekable();
        if words.peek() == Some(&"=") {
            shapes.insert(name, Shape::Words(words.skip(1).collect()));
            continue;
        }
        let base = words
            .next_if(|word| word.starts_with('<'))
            .map(|word| &word[1..]);
        own.insert(name, (base, words.map(member).collect()));
    }
    for name in own.keys() {
        let mut chain = Vec::new();
        let mut at = Some(*name);
        while let Some((base, members)) = at.and_then(|name| own.get(name)) {
            chain.push(members);
            at = *base;
        }
        let all: Vec<Member> = chain.into_iter().rev().flatten().cloned().collect();
        shapes.insert(*name, Shape::Elements(all));
    }
    shapes
}

fn member(word: &'static str) -> Member {
    let required = word.ends_with('!');
    let word = word.trim_end_matches('!');
    let many = word.ends_with('*');
    let word = word.trim_end_matches('*');
    let (name, ty) = word.split_once(':').unwrap_or((word, "string"));
    Member {
        name,
        ty,
        many,
        required,
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, is_action_type, shape};

    #[test]
    fn inherited_elements_come_first() {
        let Some(Shape::Elements(members)) = shape("FlowActionCall") else {
            unreachable!()
        };
        let names: Vec<&str> = members.iter().take(8).map(|one| one.name).collect();
        assert_eq!(
            names,
            [
                "processMetadataValues",
                "description",
                "name",
                "elementSubtype",
                "group",
                "label",
                "locationX",
                "locationY"
            ]
        );
    }

    #[test]
    fn every_type_that_is_named_is_there() {
        for shape in super::SHAPES.values() {
            let Shape::Elements(members) = shape else {
                continue;
            };
            for one in members {
                let is_own = one.ty.starts_with(char::is_uppercase);
                let is_known = super::shape(one.ty).is_some() || one.ty == "InvocableActionType";
                assert!(!is_own || is_known, "{}", one.ty);
            }
        }
        assert!(is_action_type("apex") && !is_action_type("apx"));
    }
}
