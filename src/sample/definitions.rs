//! Objects of one kind at several places are one definition, so that they become one type.

use serde_json::{Map, Value, json};

use super::places::{Kind, Place, Places};
use super::shape::{Shape, keywords};
use crate::naming::Scope;

/// The schema of some samples. Every object that stands at several places is moved to `$defs`, unless it is the whole sample.
pub(super) fn schema(shape: Shape) -> Map<String, Value> {
    let mut places = Places::default();
    let root = places.place(shape, "");
    places.unite();
    let whole = root.as_object().map(|number| places.whole(number));
    let made = Made {
        references: references(&places, &root, whole),
        places: &places,
    };
    let mut schema = match whole {
        Some(whole) => made.object(whole),
        None => made.schema(&root),
    };
    let mut definitions = Map::new();
    for (number, _) in places.wholes() {
        if let Some(Reference::Definition(name)) = &made.references[number] {
            definitions.insert(name.clone(), made.object(number).into());
        }
    }
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), definitions.into());
    }
    schema
}

/// How an object is referred to.
#[derive(Debug, Clone)]
enum Reference {
    /// It is the whole sample.
    Root,
    /// By its key in `$defs`.
    Definition(String),
}

/// How each object is referred to; nothing, if its schema stands where it is used.
fn references(places: &Places, root: &Place, whole: Option<usize>) -> Vec<Option<Reference>> {
    let names = places.names();
    let mut uses = vec![0; names.len()];
    count(root, places, &mut uses);
    for (_, kind) in places.wholes() {
        for (_, _, place) in &kind.members {
            count(place, places, &mut uses);
        }
    }
    let mut taken = Scope::case_insensitive();
    let references = uses.iter().zip(&names).enumerate();
    let references = references.map(|(number, (uses, names))| {
        if whole == Some(number) {
            return Some(Reference::Root);
        }
        let is_shared = *uses > 1;
        is_shared.then(|| Reference::Definition(taken.claim_numbered(&common(names), usize::MAX)))
    });
    references.collect()
}

/// Counts how often each object is used.
fn count(place: &Place, places: &Places, uses: &mut [usize]) {
    if let Some(number) = place.object {
        uses[places.whole(number)] += 1;
    }
    for part in [&place.list, &place.map].into_iter().flatten() {
        count(part, places, uses);
    }
}

/// What several names have in common at their end, in whole words; the first name, if that is nothing.
fn common(names: &[&str]) -> String {
    let Some(first) = names.first().copied() else {
        return "part".to_owned();
    };
    let starts = first.char_indices().filter(|(index, c)| {
        let before = first[..*index].chars().next_back();
        before.is_none_or(|before| {
            !before.is_alphanumeric() || !before.is_uppercase() && c.is_uppercase()
        }) && c.is_alphanumeric()
    });
    let endings = starts.map(|(index, _)| &first[index..]);
    let is_ending = |ending: &&str| {
        let folded = ending.to_lowercase();
        names
            .iter()
            .all(|name| name.to_lowercase().ends_with(&folded))
    };
    let mut shared = endings.filter(is_ending);
    let ending = shared.next().unwrap_or(first);
    let mut rest = ending.chars();
    let start = rest.next().map(char::to_lowercase);
    start.into_iter().flatten().chain(rest).collect()
}

/// What schemas are made from.
struct Made<'m> {
    places: &'m Places,
    references: Vec<Option<Reference>>,
}

impl Made<'_> {
    /// The keywords that say what is known of a place. What recurses is kept apart from what does not, so that little is on the
    /// stack for each level of a deep sample.
    fn schema(&self, place: &Place) -> Map<String, Value> {
        let object = place.object.map(|number| self.use_of(number));
        let map = place.map.as_ref().map(|values| self.schema(values));
        let list = place.list.as_ref().map(|items| self.schema(items));
        with_scalars(place, object, map, list)
    }

    /// An object where it is used.
    fn use_of(&self, number: usize) -> Map<String, Value> {
        let whole = self.places.whole(number);
        match &self.references[whole] {
            Some(Reference::Root) => keywords(json!({"$ref": "#"})),
            Some(Reference::Definition(name)) => {
                let pointer = name.replace('~', "~0").replace('/', "~1");
                keywords(json!({"$ref": format!("#/$defs/{}", escaped(&pointer))}))
            }
            None => self.object(whole),
        }
    }

    fn object(&self, whole: usize) -> Map<String, Value> {
        let kind = self.places.kind(whole);
        let members = kind.members.iter();
        let properties = members.map(|(name, _, place)| (name.clone(), self.schema(place).into()));
        with_properties(kind, properties.collect())
    }
}

fn with_properties(kind: &Kind, properties: Map<String, Value>) -> Map<String, Value> {
    let members = kind.members.iter();
    let required = members.filter(|(_, count, _)| *count == kind.count);
    let required: Vec<Value> = required.map(|(name, ..)| name.as_str().into()).collect();
    let mut schema = keywords(json!({"type": "object"}));
    if !properties.is_empty() {
        schema.insert("properties".to_owned(), properties.into());
    }
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}

fn with_scalars(
    place: &Place,
    object: Option<Map<String, Value>>,
    values: Option<Map<String, Value>>,
    items: Option<Map<String, Value>>,
) -> Map<String, Value> {
    let mut alternatives: Vec<Map<String, Value>> = object.into_iter().collect();
    alternatives.extend(
        values.map(|values| keywords(json!({"type": "object", "additionalProperties": values}))),
    );
    alternatives.extend(items.map(|items| {
        let mut schema = keywords(json!({"type": "array"}));
        if !items.is_empty() {
            schema.insert("items".to_owned(), items.into());
        }
        schema
    }));
    alternatives.extend(place.scalars.schemas());
    if alternatives.is_empty() {
        // Nothing is known of the values that are not null.
        return Map::new();
    }
    if place.scalars.null {
        if let [schema] = alternatives.as_mut_slice()
            && let Some(kind) = schema.get_mut("type")
        {
            *kind = json!([kind.take(), "null"]);
        } else {
            alternatives.push(keywords(json!({"type": "null"})));
        }
    }
    if alternatives.len() == 1 {
        return alternatives.pop().unwrap_or_default();
    }
    union(alternatives)
}

/// The values of several alternatives; those that say nothing but their type are written as a list of types.
fn union(alternatives: Vec<Map<String, Value>>) -> Map<String, Value> {
    let says_a_type =
        |schema: &Map<String, Value>| schema.len() == 1 && schema.contains_key("type");
    if alternatives.iter().all(says_a_type) {
        let types = alternatives
            .into_iter()
            .filter_map(|mut schema| schema.remove("type"));
        return keywords(json!({"type": types.collect::<Value>()}));
    }
    let alternatives = alternatives.into_iter().map(Value::Object);
    keywords(json!({"anyOf": alternatives.collect::<Value>()}))
}

/// A text as it stands in the fragment of a URI.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Shape, common, schema};

    fn of(sample: &Value) -> Value {
        let mut shape = Shape::default();
        shape.add(sample);
        schema(shape).into()
    }

    #[test]
    fn what_is_the_same_is_there_once() {
        let address = |street: &str| json!({"street": street, "place": {"zip": "1", "city": "c"}});
        let sample = json!({
            "billingAddress": address("a"),
            "shippingAddress": [address("b"), null],
            "other": {"$ref": "x", "null": null},
        });
        let place = json!({"type": "object", "properties": {
            "zip": {"type": "string"}, "city": {"type": "string"},
        }, "required": ["zip", "city"]});
        let wanted = json!({"type": "object", "properties": {
            "billingAddress": {"$ref": "#/$defs/address"},
            "shippingAddress": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]}},
            "other": {"type": "object", "properties": {"$ref": {"type": "string"}, "null": {}}, "required": ["$ref", "null"]},
        }, "required": ["billingAddress", "shippingAddress", "other"], "$defs": {"address": {
            "type": "object",
            "properties": {"street": {"type": "string"}, "place": place},
            "required": ["street", "place"],
        }}});
        assert_eq!(of(&sample), wanted);
    }

    #[test]
    fn null_and_an_empty_list_fit_any_type() {
        let sample = json!({
            "billing": {"zip": "1", "lines": [], "more": null},
            "shipping": {"lines": [1], "zip": null, "more": {"x": [null]}},
        });
        let wanted = json!({"type": "object", "properties": {
            "zip": {"type": ["string", "null"]},
            "lines": {"type": "array", "items": {"type": "integer"}},
            "more": {"type": ["object", "null"], "properties": {"x": {"type": "array"}}, "required": ["x"]},
        }, "required": ["zip", "lines", "more"]});
        assert_eq!(of(&sample)["$defs"], json!({"billing": wanted}));
    }

    #[test]
    fn what_contradicts_each_other_stays_apart() {
        for (one, other) in [
            (json!({"a": 1, "b": 2}), json!({"a": "1", "b": 2})),
            (json!({"a": 1, "b": []}), json!({"a": 1, "b": {"x": 1}})),
            (json!({"a": 1, "b": [1]}), json!({"a": 1, "b": ["1"]})),
            (
                json!({"a": 1, "b": {"x": 1}}),
                json!({"a": 1, "b": {"y": 1}}),
            ),
            (
                json!({"a": 1, "b": "2024-02-29"}),
                json!({"a": 1, "b": "soon"}),
            ),
            (json!({"a": 1, "b": 2}), json!({"a": 1, "c": 2})),
        ] {
            let found = of(&json!({"one": one, "other": other}));
            assert_eq!(found.get("$defs"), None, "{one} {other}");
        }
        // Not even by way of a third one, which fits both.
        let found =
            of(&json!({"x": {"a": null, "b": 1}, "y": {"a": 1, "b": 1}, "z": {"a": "", "b": 1}}));
        assert_eq!(found["properties"]["x"], found["properties"]["y"]);
        assert_eq!(found["properties"]["z"]["type"], "object");
    }

    #[test]
    fn what_holds_its_own_kind_is_recursive() {
        let node = |children: Value| json!({"id": 1, "name": "a", "children": children});
        let tree = node(json!([node(json!([node(json!([]))]))]));
        let wanted = json!({"type": "object", "properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "children": {"type": "array", "items": {"$ref": "#"}},
        }, "required": ["id", "name", "children"]});
        assert_eq!(of(&tree), wanted);
        let inner = of(&json!({"tree": tree}));
        assert_eq!(inner["properties"]["tree"], json!({"$ref": "#/$defs/tree"}));
        let items = &inner["$defs"]["tree"]["properties"]["children"]["items"];
        assert_eq!(*items, json!({"$ref": "#/$defs/tree"}));
        // The way back may lead through others, and null may end it.
        let chain = json!({"id": 1, "next": {"node": {"id": 2, "next": {"node": {"id": 3, "next": null}}}}});
        let next = json!({"type": ["object", "null"], "properties": {"node": {"$ref": "#"}}, "required": ["node"]});
        assert_eq!(of(&chain)["properties"]["next"], next);
    }

    #[test]
    fn a_definition_has_the_name_that_its_places_share() {
        for (names, wanted) in [
            (&["billingAddress", "shippingAddress"][..], "address"),
            (&["billing_address", "Address"], "address"),
            (&["from", "to"], "from"),
            (&["line", "line"], "line"),
            (&["taxRate", "rate"], "rate"),
            (&["iterate", "rate"], "iterate"),
            (&[], "part"),
        ] {
            assert_eq!(common(names), wanted, "{names:?}");
        }
    }
}
