//! Every identifier of the Rust types.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::custom::Custom;
use super::rules;
use crate::ir::{
    Alternative, EnumType, ModuleId, NameHint, ObjectType, Part, TypeDef, TypeGraph, TypeId,
    TypeKind,
};
use crate::naming::{Scope, Symbols, ascii, type_phrases};

/// No identifier is longer than this; what is cut off is replaced by a number where two names would meet.
const LONGEST: usize = 64;

/// Words that are no identifiers, in any edition; they are written raw.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot even be written raw.
pub(super) const NEVER: &[&str] = &["self", "super", "crate", "Self"];

/// Types that the generated code means by these names.
const TAKEN_TYPES: &[&str] = &[
    "BTreeMap", "Box", "Clone", "Debug", "Deref", "Err", "From", "None", "Ok", "Option", "Result",
    "Self", "Some", "String", "TryFrom", "Value", "Vec",
];

/// The names of modules and types.
pub(super) struct Names {
    modules: Vec<String>,
    types: Vec<String>,
    /// The types that hold the parts of one that is checked as a whole.
    parts: HashMap<TypeId, String>,
}

impl Names {
    /// Names every module and every type: first what somebody named, then what is named after it.
    pub(super) fn resolve(graph: &TypeGraph<'_>, custom: &Custom<'_>, single_file: bool) -> Self {
        let mut scope = Scope::case_sensitive();
        for taken in ["mod", "support", "checks"] {
            scope.claim(taken);
        }
        let modules = graph
            .modules
            .iter()
            .map(|module| scope.claim_numbered(&snake(module.stem, "schema"), LONGEST))
            .collect();
        let phrases = type_phrases(graph);
        let mut scopes: HashMap<u32, Scope> = HashMap::new();
        let mut types = vec![String::new(); graph.types.len()];
        for (id, _) in ranked(graph, custom) {
            let module = if single_file {
                0
            } else {
                graph.get(id).module.0
            };
            let scope = scopes.entry(module).or_insert_with(|| {
                let mut scope = Scope::case_sensitive();
                for taken in TAKEN_TYPES {
                    scope.claim(taken);
                }
                scope
            });
            let index = id.0 as usize;
            if custom.of_type(id).is_some() {
                continue;
            }
            if let Some(name) = custom.type_name(id) {
                types[index] = claim_camel(scope, name);
                continue;
            }
            let phrase = format_name(graph.get(id)).unwrap_or(&phrases[index]);
            types[index] = claim_camel(scope, &camel(phrase, "Type"));
        }
        let mut parts = HashMap::new();
        for (id, def) in graph.iter().filter(|(_, def)| rules::is_checked(def)) {
            let suffix = match def.kind {
                TypeKind::Object(_) => "Fields",
                TypeKind::Tuple(_) => "Elements",
                _ => "Value",
            };
            let module = if single_file { 0 } else { def.module.0 };
            let scope = scopes.entry(module).or_default();
            let preferred = format!("{}{suffix}", types[id.0 as usize]);
            parts.insert(id, scope.claim_numbered(&preferred, LONGEST));
        }
        Self {
            modules,
            types,
            parts,
        }
    }

    pub(super) fn module(&self, id: ModuleId) -> &str {
        &self.modules[id.0 as usize]
    }

    /// The name of the type that holds the parts of one that is checked as a whole.
    pub(super) fn parts_name(&self, id: TypeId) -> &str {
        self.parts.get(&id).map_or("", String::as_str)
    }

    pub(super) fn type_name(&self, id: TypeId) -> &str {
        &self.types[id.0 as usize]
    }
}

/// The name of a text of which only the format is known: it is the same type wherever it is used.
fn format_name<'s>(def: &TypeDef<'s>) -> Option<&'s str> {
    match (&def.kind, def.name) {
        (TypeKind::String(string), NameHint::Derived(..))
            if string.length.is_unbounded()
                && string.patterns.is_empty()
                && def.unsaid.is_empty() =>
        {
            string.format.map(|format| format.as_str())
        }
        _ => None,
    }
}

/// The types in the order they choose their names.
fn ranked(graph: &TypeGraph<'_>, custom: &Custom<'_>) -> Vec<(TypeId, u8)> {
    let roots: HashSet<TypeId> = graph
        .modules
        .iter()
        .filter_map(|module| module.root)
        .collect();
    let mut ranked: Vec<(TypeId, u8)> = graph
        .iter()
        .map(|(id, def)| {
            let rank = match def.name {
                _ if custom.type_name(id).is_some() => 0,
                NameHint::Required(_) => 0,
                _ if roots.contains(&id) => 1,
                NameHint::Suggested(_) => 2,
                NameHint::Derived(..) => 3,
            };
            (id, rank)
        })
        .collect();
    ranked.sort_by_key(|(id, rank)| (*rank, *id));
    ranked
}

/// The names of a struct's fields, and of the map that holds its other properties.
pub(super) fn fields(object: &ObjectType<'_>, custom: &Custom<'_>) -> (Vec<String>, String) {
    let mut scope = Scope::case_sensitive();
    let mut claim = |preferred: &str| raw(scope.claim_numbered(preferred, LONGEST));
    // What the user has named comes first.
    let mut names: Vec<Option<String>> = object
        .fields
        .iter()
        .map(|field| custom.field_name(field).map(&mut claim))
        .collect();
    for (field, name) in object.fields.iter().zip(&mut names) {
        name.get_or_insert_with(|| claim(&snake(field.wire, "field")));
    }
    let fields = names.into_iter().flatten().collect();
    (fields, claim("additional_properties"))
}

/// The names of the values of an enum of texts, or of any others by their text.
pub(super) fn values<'v>(texts: impl Iterator<Item = &'v str>) -> Vec<String> {
    let mut scope = Scope::case_sensitive();
    scope.claim("Self");
    let mut name = |text: &str| {
        let plain = camel(text, "Empty");
        if scope.claim(&plain) {
            return plain;
        }
        // Two texts that differ in their signs alone: `a` and `a+`.
        claim_camel(
            &mut scope,
            &upper_camel(&ascii(text, Symbols::Spell), "Empty"),
        )
    };
    texts.map(&mut name).collect()
}

/// The names of values that are not all texts.
pub(super) fn literals(values: &[&serde_json::Value]) -> Vec<String> {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    self::values(texts.iter().map(String::as_str))
}

/// The names of all values of an enum.
pub(super) fn enum_values(texts: &EnumType<'_>) -> Vec<String> {
    values(texts.values.iter().map(|value| value.wire))
}

/// The name of the variant that takes texts beside the values of an enum.
pub(super) fn fallback(texts: &EnumType<'_>, wanted: &str) -> String {
    let mut scope = Scope::case_sensitive();
    for name in enum_values(texts) {
        scope.claim(&name);
    }
    claim_camel(&mut scope, wanted)
}

/// The names of a union's variants.
pub(super) fn variants(alternatives: &[Alternative<'_>]) -> Vec<String> {
    let mut scope = Scope::case_sensitive();
    scope.claim("Self");
    let mut name = |alternative: &Alternative<'_>| {
        let text = match (alternative.tag_value, alternative.name) {
            (Some(tag), _) => camel(tag, "Empty"),
            (None, Part::Variant(name) | Part::Property(name)) => camel(name, "Variant"),
            (None, Part::Alternative(index) | Part::Position(index)) => {
                format!("Option{}", index + 1)
            }
            (None, Part::Item | Part::Value | Part::Inner) => "Value".to_owned(),
        };
        claim_camel(&mut scope, &text)
    };
    alternatives.iter().map(&mut name).collect()
}

/// Takes a name, or one with a number: `Self_` becomes `Self2`, for an underscore before it is no camel case.
fn claim_camel(scope: &mut Scope, name: &str) -> String {
    let name: String = name.chars().take(LONGEST).collect();
    if scope.claim(&name) {
        return name;
    }
    let stem = name.trim_end_matches('_');
    scope.claim(stem);
    scope.claim_numbered(stem, LONGEST)
}

/// The name of a tuple's element, from 0.
pub(super) fn element(index: usize) -> String {
    format!("element_{}", index + 1)
}

fn snake(text: &str, fallback: &str) -> String {
    let name = ascii(text, Symbols::Separate).to_snake_case();
    finish(name, fallback, "n")
}

fn camel(text: &str, fallback: &str) -> String {
    upper_camel(&ascii(text, Symbols::Separate), fallback)
}

fn upper_camel(text: &str, fallback: &str) -> String {
    // A point between digits stays visible: `1.0` and `10` are two names.
    let mut name = String::new();
    for part in text.split(['_', ' ']) {
        let part = part.to_upper_camel_case();
        if name.ends_with(|c: char| c.is_ascii_digit())
            && part.starts_with(|c: char| c.is_ascii_digit())
        {
            name.push('_');
        }
        name.push_str(&part);
    }
    finish(name, fallback, "N")
}

/// Makes a name of what is left of a text: it starts with a letter, and is no word that cannot be written.
fn finish(mut name: String, fallback: &str, before_digit: &str) -> String {
    if name.is_empty() {
        fallback.clone_into(&mut name);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, before_digit);
    }
    if NEVER.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

fn raw(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, snake, values};

    #[test]
    fn awkward_texts_have_names() {
        for (text, name) in [
            ("UserRequest", "UserRequest"),
            ("<=", "LessEqual"),
            ("", "Empty"),
            ("1.0", "N1_0"),
            ("10", "N10"),
            ("in-progress", "InProgress"),
            ("Self", "Self_"),
            ("日本", "X65e5x672c"),
            ("Größe", "Grosse"),
            ("-4", "Minus4"),
        ] {
            assert_eq!(camel(text, "Empty"), name);
        }
        assert_eq!(snake("2fa", "field"), "n2fa");
        assert_eq!(snake("$ref", "field"), "ref");
        assert_eq!(snake("X__c", "field"), "x_c");
    }

    #[test]
    fn values_that_meet_are_told_apart() {
        assert_eq!(
            values(["a", "a+", "A", "<", "<="].into_iter()),
            ["A", "APlus", "A2", "Less", "LessEqual"]
        );
    }
}
