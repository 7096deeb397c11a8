//! Names that stay: what is added, removed or moved renames nothing that stays.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use flowtypes::config::LockFile;
use flowtypes::{Generator, Output};
use serde_json::{Map, Value, json};

/// Words that meet once a target has given them its case, or that a target has no use for.
const WORDS: &[&str] = &[
    "id",
    "ID",
    "Id",
    "i-d",
    "i_d",
    "end",
    "end_value",
    "endValue",
    "a",
    "a_set",
    "a+",
    "type",
    "@type",
    "Error",
    "error",
    "Case",
    "self",
    "Self",
    "item",
    "items",
    "order",
    "Order",
    "orders",
    "größe",
    "grosse",
    "2fa",
    "value2fa",
    "",
    "-",
    "class",
    "Class",
    "x__c",
    "x_c",
    "message",
    "Message",
    "aRatherLongNameThatDoesNotFitIntoTheFortyCharactersOfAClass",
    "aRatherLongNameThatDoesNotFitIntoTheFortyLettersOfAClass",
];

/// A generator of numbers that is the same everywhere (splitmix64), and of schemas, each with a mark of its own.
struct Random {
    state: u64,
    marks: usize,
}

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    /// A schema for a property.
    fn property(&mut self, depth: usize) -> Value {
        let mut schema = self.unmarked(depth);
        if schema.get("$ref").is_none() && schema.get("description").is_none() {
            schema["description"] = self.mark();
        }
        schema
    }

    fn mark(&mut self) -> Value {
        self.marks += 1;
        json!(format!("mark-{}.", self.marks))
    }

    fn unmarked(&mut self, depth: usize) -> Value {
        match self.below(if depth > 2 { 5 } else { 10 }) {
            0 => json!({"type": "string"}),
            1 => json!({"type": ["string", "null"]}),
            2 => json!({"type": "integer", "minimum": 1}),
            3 => json!({"enum": ["a", "A", "a+", "new", "New"]}),
            4 => json!({"$ref": format!("#/$defs/{}", ["Order", "order", "Error"][self.below(3)])}),
            5 => json!({"type": "array", "items": self.object(depth + 1)}),
            6 => json!({"type": "object", "additionalProperties": self.property(depth + 1)}),
            7 => {
                json!({"type": "array", "items": {"type": "array", "items": self.property(depth + 1)}})
            }
            8 => {
                let mut cat = self.object(depth + 1);
                cat["title"] = json!("Cat");
                json!({"oneOf": [{"type": "string"}, cat]})
            }
            _ => self.object(depth + 1),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..=self.below(4) {
            let word = self.word();
            properties.insert(word.to_owned(), self.property(depth));
        }
        json!({"type": "object", "description": self.mark(), "properties": properties})
    }

    fn definition(&mut self) -> Value {
        let mut schema = self.object(1);
        self.marks += 1;
        schema["description"] = json!(format!("mark-{}d", self.marks));
        schema
    }

    fn document(&mut self) -> Value {
        let mut root = self.object(0);
        if self.below(2) == 0 {
            root["title"] = json!(self.word());
        }
        let mut definitions = Map::new();
        for name in ["Order", "order", "Error"] {
            definitions.insert(name.to_owned(), self.definition());
        }
        root["$defs"] = Value::Object(definitions);
        root
    }

    /// Adds, removes or moves a property or a definition somewhere in a schema.
    fn change(&mut self, schema: &mut Value) {
        let mut places = Vec::new();
        collect(schema, String::new(), &mut places);
        let place = places.swap_remove(self.below(places.len()));
        let is_definitions = place.ends_with("/$defs");
        let new = if is_definitions {
            self.definition()
        } else {
            self.property(1)
        };
        let name = self.word();
        let members = schema.pointer_mut(&place).unwrap().as_object_mut().unwrap();
        match self.below(3) {
            0 => {
                let mut old = std::mem::take(members);
                if !old.contains_key(name) {
                    members.insert(name.to_owned(), new);
                }
                members.append(&mut old);
            }
            1 if !is_definitions && members.len() > 1 => {
                let index = self.below(members.len());
                let key = members.keys().nth(index).unwrap().clone();
                members.shift_remove(&key);
            }
            _ => {
                let mut old: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
                old.reverse();
                members.extend(old);
            }
        }
    }
}

/// The pointers of all objects that have properties or definitions as members.
fn collect(schema: &Value, at: String, to: &mut Vec<String>) {
    let Some(members) = schema.as_object() else {
        if let Some(list) = schema.as_array() {
            for (index, one) in list.iter().enumerate() {
                collect(one, format!("{at}/{index}"), to);
            }
        }
        return;
    };
    for (key, value) in members {
        let step = key.replace('~', "~0").replace('/', "~1");
        let place = format!("{at}/{step}");
        if ["properties", "$defs"].contains(&key.as_str()) && value.is_object() {
            to.push(place.clone());
        }
        collect(value, place, to);
    }
}

fn run(folder: &Path) -> Output {
    let mut generator = Generator::new()
        .schema(folder.join("schemas"))
        .out_dir(folder.join("out"));
    let lock = folder.join("lock.json").to_str().unwrap().to_owned();
    generator.config_mut().lock = LockFile::At(lock);
    generator.config_mut().rust.unknown_fields = flowtypes::config::UnknownFields::Keep;
    let mut output = generator
        .plan()
        .unwrap_or_else(|failure| panic!("{}", failure.report));
    let locked = output
        .report
        .messages
        .iter()
        .find(|one| one.code.as_str() == "FT0054");
    assert!(locked.is_none(), "{}", locked.unwrap());
    generator.write(&mut output).unwrap();
    output
}

/// Every name of the lock by target, place, role and member.
fn names(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join("lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&text).unwrap();
    let mut names = BTreeMap::new();
    for target in ["rust", "apex", "flow"] {
        for (place, roles) in lock[target].as_object().unwrap() {
            for (role, slot) in roles.as_object().unwrap() {
                let key = format!("{target} {place} {role}");
                match slot {
                    Value::String(name) => {
                        names.insert(key, name.clone());
                    }
                    slot => {
                        for (member, name) in slot.as_object().unwrap() {
                            let name = name.as_str().unwrap().to_owned();
                            names.insert(format!("{key} {member:?}"), name);
                        }
                    }
                }
            }
        }
    }
    names
}

/// What is declared under a comment that holds the mark of a schema: by language, kind of declaration, and mark.
fn declared(output: &Output) -> BTreeMap<(&'static str, String), BTreeSet<String>> {
    let mut found: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in output.files.iter() {
        let language = if path.ends_with(".cls") {
            "apex"
        } else {
            "rust"
        };
        let mut mark = None;
        for line in text.lines() {
            if let Some((_, rest)) = line.split_once("mark-") {
                let end = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                // A field has the words of a definition where it has none of its own.
                mark = Some((rest[..end].to_owned(), rest[end..].starts_with('d')));
            }
            let Some((kind, name)) = declaration(language, line) else {
                continue;
            };
            if let Some((mark, is_definition)) = mark.take()
                && (kind == "type" || !is_definition)
            {
                let name = if kind == "type" {
                    format!("{path}: {name}")
                } else {
                    name.to_owned()
                };
                let names = found
                    .entry((language, format!("{kind} of {mark}")))
                    .or_default();
                names.insert(name);
            }
        }
    }
    found
}

/// The kind and the name of what a line declares.
fn declaration<'l>(language: &str, line: &'l str) -> Option<(&'static str, &'l str)> {
    let first = |text: &'l str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '#')
            .next()
    };
    if language == "apex" {
        if let Some((_, rest)) = line.split_once(" class ") {
            return first(rest).map(|name| ("type", name));
        }
        let field = line
            .strip_prefix("  public ")?
            .strip_suffix(" { get; set; }")?;
        return Some(("field", field.rsplit(' ').next()?));
    }
    let starts = [
        ("pub struct ", "type"),
        ("pub enum ", "type"),
        ("    pub ", "field"),
    ];
    let (start, kind) = starts
        .into_iter()
        .find(|(start, _)| line.starts_with(start))?;
    let rest = &line[start.len()..];
    (!rest.starts_with("fn ")).then_some(())?;
    first(rest).map(|name| (kind, name))
}

/// What stays of a name. A class whose type becomes an object gets a codec, and its test is then the one of that: nobody
/// refers to a test.
fn stem(key: &str, name: &str) -> String {
    if key.starts_with("apex ") && key.ends_with(" test") {
        name.replace("JsonTest", "Test")
    } else {
        name.to_owned()
    }
}

/// Changes schemas at random, and says what has another name afterwards.
fn renamed(seed: u64, keeps_lock: bool) -> Vec<String> {
    let mut random = Random {
        state: seed,
        marks: 0,
    };
    let mut renamed = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("schemas");
    fs::create_dir(&schemas).unwrap();
    let write = |name: &str, document: &Value| {
        let path = schemas.join(format!("{name}.json"));
        fs::write(path, serde_json::to_string_pretty(document).unwrap()).unwrap();
    };
    let mut documents = BTreeMap::new();
    for name in ["m", "q"] {
        documents.insert(name.to_owned(), random.document());
        write(name, &documents[name]);
    }
    let mut seen = declared(&run(folder.path()));
    let mut kept = names(folder.path());
    assert!(kept.len() > 20 && seen.len() > 10);
    for step in 0..12 {
        match random.below(4) {
            0 => {
                let name = ["a", "error", "order", "z"][random.below(4)];
                let document = random.document();
                write(name, &document);
                documents.insert(name.to_owned(), document);
            }
            1 if documents.len() > 2 => {
                let index = random.below(documents.len());
                let name = documents.keys().nth(index).unwrap().clone();
                fs::remove_file(schemas.join(format!("{name}.json"))).unwrap();
                documents.remove(&name);
            }
            _ => {
                let index = random.below(documents.len());
                let (name, document) = documents.iter_mut().nth(index).unwrap();
                random.change(document);
                write(name, document);
            }
        }
        if !keeps_lock {
            fs::remove_file(folder.path().join("lock.json")).unwrap();
        }
        let declared = declared(&run(folder.path()));
        for (thing, names) in &declared {
            let old = seen.get(thing).unwrap_or(names);
            if old != names {
                renamed.push(format!(
                    "{thing:?}: {old:?} is {names:?} (seed {seed}, step {step})"
                ));
            }
        }
        // What is gone for a while has the same name when it returns.
        seen.extend(declared);
        let now = names(folder.path());
        if keeps_lock {
            for (key, name) in kept {
                assert_eq!(
                    now.get(&key).map(|name| stem(&key, name)),
                    Some(stem(&key, &name)),
                    "{key} (seed {seed}, step {step})"
                );
            }
        }
        kept = now;
    }
    renamed
}

#[test]
fn nothing_that_stays_is_renamed() {
    for seed in 0..8 {
        assert_eq!(renamed(seed, true), Vec::<String>::new());
    }
}

#[test]
fn without_the_lock_the_same_changes_rename_things() {
    assert!((0..4).any(|seed| !renamed(seed, false).is_empty()));
}
