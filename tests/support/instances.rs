//! Instances for a schema: of its shape, and changed in small ways, so that some are valid and others nearly are.
//!
//! They are the same in every run. No number is beyond 64 bits: those are a known limit.

mod changes;
mod patterns;

use std::collections::BTreeSet;

use patterns::text_like;
use serde_json::{Map, Value, json};

/// How deep a made value goes.
const DEPTH: usize = 6;

/// A document and the path it is read from.
pub struct Document {
    pub path: String,
    pub value: Value,
}

/// Makes `count` instances for the first of some documents, which may refer to each other.
pub fn instances(documents: &[Document], count: usize) -> Vec<Value> {
    let mut maker = Maker::new(documents);
    let root = maker.resources[0].value.clone();
    let dialect = root.get("$schema").and_then(Value::as_str);
    let is_draft_4 = dialect.is_some_and(|dialect| dialect.contains("draft-04"));
    let mut seeds: Vec<Value> = Vec::new();
    for word in ["examples", "default"] {
        match root.get(word) {
            Some(Value::Array(values)) => seeds.extend(values.iter().cloned()),
            Some(value) => seeds.push(value.clone()),
            None => {}
        }
    }
    let mut seen: BTreeSet<String> = seeds.iter().map(ToString::to_string).collect();
    let mut found = seeds.clone();
    for attempt in 0..count * 3 {
        if found.len() >= count {
            break;
        }
        let from_seed = !seeds.is_empty() && maker.chance(2);
        let mut value = if from_seed {
            seeds[maker.below(seeds.len())].clone()
        } else {
            maker.value(&root, DEPTH)
        };
        for _ in 0..attempt % 4 {
            maker.change(&mut value);
        }
        if is_draft_4 {
            without_zero_fractions(&mut value);
        }
        if is_in_range(&value) && seen.insert(value.to_string()) {
            found.push(value);
        }
    }
    found
}

/// Writes `1.0` as `1`: whether it is an integer in draft 4 is a matter of opinion.
fn without_zero_fractions(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().unwrap();
            if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 {
                #[allow(clippy::cast_possible_truncation)]
                let whole = float as i64;
                *value = json!(whole);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_zero_fractions),
        Value::Object(members) => members.values_mut().for_each(without_zero_fractions),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Whether every number in a value can be read as one of 64 bits.
fn is_in_range(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.is_i64() || number.is_f64() && number.as_f64().is_some_and(|n| n.abs() < 9e18)
        }
        Value::Array(items) => items.iter().all(is_in_range),
        Value::Object(members) => members.values().all(is_in_range),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// A document, or a part of one with a name of its own.
struct Resource {
    /// The last parts of the names that it goes by.
    names: Vec<String>,
    value: Value,
}

struct Maker {
    resources: Vec<Resource>,
    /// What the schemas name: properties and values.
    names: Vec<String>,
    scalars: Vec<Value>,
    state: u64,
}

impl Maker {
    fn new(documents: &[Document]) -> Self {
        let mut maker = Self {
            resources: Vec::new(),
            names: ["", "x", "x-y", "n-y", "s-y", "abc", "é"]
                .map(str::to_owned)
                .into(),
            scalars: vec![
                Value::Null,
                json!(true),
                json!(false),
                json!(0),
                json!(1),
                json!(-1),
                json!(1.0),
                json!(1.5),
                json!(""),
                json!("a"),
                json!("🎉"),
                json!([]),
                json!({}),
                json!([null]),
                json!(["a", 1]),
                json!({"a": 1}),
            ],
            state: 0x0DDB_1A5E_5BAD_5EED,
        };
        for document in documents {
            maker.resources.push(Resource {
                names: vec![last_part(&document.path)],
                value: document.value.clone(),
            });
        }
        for index in 0..documents.len() {
            let mut value = maker.resources[index].value.take();
            maker.settle(&mut value, index, true);
            maker.collect(&value);
            maker.resources[index].value = value;
        }
        maker
    }

    /// Notes in every reference which resource it is in, and adds the resources inside.
    fn settle(&mut self, value: &mut Value, mut resource: usize, is_root: bool) {
        match value {
            Value::Object(members) => {
                let id = members.get("$id").or_else(|| members.get("id"));
                let id = id.and_then(Value::as_str).filter(|id| !id.starts_with('#'));
                if let Some(id) = id.map(last_part) {
                    if is_root {
                        self.resources[resource].names.push(id);
                    } else {
                        resource = self.resources.len();
                        self.resources.push(Resource {
                            names: vec![id],
                            value: Value::Null,
                        });
                    }
                }
                for (name, member) in &mut *members {
                    match member {
                        Value::String(text) if name == "$ref" => {
                            *text = format!("{resource} {text}");
                        }
                        _ => self.settle(member, resource, false),
                    }
                }
                if !is_root && self.resources[resource].value.is_null() {
                    self.resources[resource].value = value.clone();
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.settle(item, resource, false);
                }
            }
            _ => {}
        }
    }

    /// Collects names and values.
    fn collect(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if ["properties", "patternProperties", "dependencies"].contains(&name.as_str())
                    {
                        let inner = member.as_object().into_iter().flatten();
                        let inner = inner.map(|(name, _)| text_like(name));
                        self.names.extend(inner);
                    }
                    if !name.starts_with('$') || !member.is_string() {
                        self.collect(member);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            _ => self.scalars.push(value.clone()),
        }
    }

    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        // Knuth's constants for a linear congruential generator.
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).unwrap() % bound
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn name(&mut self) -> String {
        let index = self.below(self.names.len());
        self.names[index].clone()
    }

    fn scalar(&mut self) -> Value {
        let index = self.below(self.scalars.len());
        self.scalars[index].clone()
    }

    /// What a reference leads to.
    fn target(&self, reference: &str) -> Option<Value> {
        let (resource, reference) = reference.split_once(' ')?;
        let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if document.is_empty() {
            self.resources.get(resource.parse::<usize>().ok()?)?
        } else {
            let name = last_part(document);
            self.resources
                .iter()
                .find(|known| known.names.contains(&name))?
        };
        if fragment.is_empty() {
            return Some(resource.value.clone());
        }
        if !fragment.starts_with('/') {
            return anchored(&resource.value, fragment).cloned();
        }
        let decoded = fragment.replace("%20", " ").replace("%25", "%");
        resource.value.pointer(&decoded).cloned()
    }

    /// All keywords that a schema asks for, of alternatives one: nearly right is good enough.
    fn flat(&mut self, schema: &Value, into: &mut Map<String, Value>, depth: usize) {
        let Value::Object(members) = schema else {
            return;
        };
        if depth == 0 {
            return;
        }
        for (name, member) in members {
            match (name.as_str(), member) {
                ("$ref", Value::String(reference)) => {
                    if let Some(target) = self.target(reference) {
                        self.flat(&target, into, depth - 1);
                    }
                }
                ("allOf", Value::Array(parts)) => {
                    for part in parts {
                        self.flat(part, into, depth - 1);
                    }
                }
                ("oneOf" | "anyOf", Value::Array(parts)) if !parts.is_empty() => {
                    let part = &parts[self.below(parts.len())];
                    self.flat(part, into, depth - 1);
                }
                ("if", _) => {
                    let then = self.chance(2);
                    let words: &[&str] = if then { &["if", "then"] } else { &["else"] };
                    for part in words.iter().filter_map(|word| members.get(*word)) {
                        self.flat(part, into, depth - 1);
                    }
                }
                ("properties", Value::Object(own)) => {
                    let known = into.entry("properties").or_insert_with(|| json!({}));
                    let known = known.as_object_mut().unwrap();
                    for (name, property) in own {
                        let property = match known.get(name) {
                            Some(other) => json!({"allOf": [other, property]}),
                            None => property.clone(),
                        };
                        known.insert(name.clone(), property);
                    }
                }
                ("required", Value::Array(own)) => {
                    let known = into.entry("required").or_insert_with(|| json!([]));
                    known.as_array_mut().unwrap().extend(own.iter().cloned());
                }
                ("examples" | "default", _) => {}
                _ => {
                    into.insert(name.clone(), member.clone());
                }
            }
        }
    }

    /// A value of the shape that a schema describes.
    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        if depth == 0 {
            return self.scalar();
        }
        let mut words = Map::new();
        self.flat(schema, &mut words, DEPTH);
        if let Some(value) = words.get("const") {
            return value.clone();
        }
        if let Some(Value::Array(values)) = words.get("enum")
            && !values.is_empty()
        {
            return values[self.below(values.len())].clone();
        }
        let kind = match words.get("type") {
            Some(Value::String(kind)) => kind.clone(),
            Some(Value::Array(kinds)) if !kinds.is_empty() => {
                let kind = &kinds[self.below(kinds.len())];
                kind.as_str().unwrap_or_default().to_owned()
            }
            _ if words.contains_key("properties") => "object".to_owned(),
            _ if words.contains_key("items") => "array".to_owned(),
            _ if words.contains_key("pattern") => "string".to_owned(),
            _ if words.contains_key("minimum") => "number".to_owned(),
            _ => return self.scalar(),
        };
        match kind.as_str() {
            "null" => Value::Null,
            "boolean" => json!(self.chance(2)),
            "integer" | "number" => self.number(&words, kind == "integer"),
            "string" => self.text(&words),
            "array" => self.array(&words, depth),
            "object" => self.object(&words, depth),
            _ => self.scalar(),
        }
    }

    fn number(&mut self, words: &Map<String, Value>, is_whole: bool) -> Value {
        let bounds = [
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ];
        let bounds: Vec<f64> = bounds
            .iter()
            .filter_map(|word| words.get(*word)?.as_f64())
            .filter(|bound| bound.abs() < 1e15)
            .collect();
        let mut number = match bounds.len() {
            0 => [0.0, 1.0, -3.0, 20.0, 0.5][self.below(5)],
            len => bounds[self.below(len)],
        };
        number += [0.0, 0.0, 1.0, -1.0, 0.5, -0.5, 0.25][self.below(7)];
        if let Some(factor) = words.get("multipleOf").and_then(Value::as_f64) {
            number = (number / factor).floor() * factor;
        }
        if is_whole && number.fract() == 0.0 && !self.chance(4) {
            #[allow(clippy::cast_possible_truncation)]
            return json!(number as i64);
        }
        json!(if is_whole { number.ceil() } else { number })
    }

    fn text(&mut self, words: &Map<String, Value>) -> Value {
        let mut text = match words.get("pattern").and_then(Value::as_str) {
            Some(pattern) => text_like(pattern),
            None => ["a", "text", "", "größe", "2026-01-31"][self.below(5)].to_owned(),
        };
        let size = |word: &str| words.get(word).and_then(Value::as_u64);
        while size("minLength").is_some_and(|min| (text.chars().count() as u64) < min) {
            text.push('A');
        }
        while size("maxLength").is_some_and(|max| text.chars().count() as u64 > max) {
            text.pop();
        }
        json!(text)
    }

    fn array(&mut self, words: &Map<String, Value>, depth: usize) -> Value {
        let mut items = Vec::new();
        let listed = ["prefixItems", "items"];
        let listed = listed
            .iter()
            .filter_map(|word| words.get(*word)?.as_array());
        for item in listed.take(1).flatten() {
            items.push(self.value(item, depth - 1));
        }
        let rest = words.get("items").filter(|rest| !rest.is_array());
        let rest = rest.or_else(|| words.get("additionalItems"));
        if let Some(rest) = rest.filter(|rest| **rest != json!(false)).cloned() {
            for _ in 0..self.below(4) {
                items.push(self.value(&rest, depth - 1));
            }
        }
        if let Some(contained) = words.get("contains").cloned() {
            for _ in 0..self.below(3) {
                let item = self.value(&contained, depth - 1);
                items.push(item);
            }
        }
        Value::Array(items)
    }

    fn object(&mut self, words: &Map<String, Value>, depth: usize) -> Value {
        let mut members = Map::new();
        let required: Vec<&str> = words
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let empty = Map::new();
        let properties = words.get("properties").and_then(Value::as_object);
        let few = self.chance(2);
        for (name, property) in properties.unwrap_or(&empty) {
            let is_required = required.contains(&name.as_str());
            let is_chosen = self.chance(if few { 6 } else { 2 });
            if is_required || is_chosen {
                let value = self.value(property, depth - 1);
                members.insert(name.clone(), value);
            }
        }
        if self.chance(2) {
            let patterns = words.get("patternProperties").and_then(Value::as_object);
            for (pattern, property) in patterns.unwrap_or(&empty) {
                let value = self.value(property, depth - 1);
                members.insert(text_like(pattern), value);
            }
            if let Some(other @ Value::Object(_)) = words.get("additionalProperties") {
                let names = words.get("propertyNames").cloned();
                for _ in 0..self.below(3) {
                    let name = match &names {
                        Some(names) => self.value(names, 1),
                        None => json!(self.name()),
                    };
                    let value = self.value(other, depth - 1);
                    members.insert(name.as_str().unwrap_or("other").to_owned(), value);
                }
            }
        }
        Value::Object(members)
    }
}

fn last_part(uri: &str) -> String {
    let uri = uri.split('#').next().unwrap_or_default();
    uri.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The schema with an anchor.
fn anchored<'a>(value: &'a Value, anchor: &str) -> Option<&'a Value> {
    let is_it = |name: &str, text: &str| value.get(name).and_then(Value::as_str) == Some(text);
    let old = format!("#{anchor}");
    if is_it("$anchor", anchor) || is_it("$id", &old) || is_it("id", &old) {
        return Some(value);
    }
    match value {
        Value::Object(members) => members.values().find_map(|member| anchored(member, anchor)),
        Value::Array(items) => items.iter().find_map(|item| anchored(item, anchor)),
        _ => None,
    }
}
