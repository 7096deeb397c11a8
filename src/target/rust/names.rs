//! Every identifier of the Rust types.

mod members;

use std::collections::BTreeMap;

use super::config::RustConfig;
use super::custom::Custom;
use super::{path, rules};
use crate::hash::{HashMap, HashSet};
use crate::ir::{ModuleId, NameHint, TypeDef, TypeGraph, TypeId, TypeKind};
use crate::naming::{self, Claims, Ledger, Places, Scope, Symbols, ascii, cut, type_phrases};
pub(super) use members::Members;
use members::{NO_MEMBERS, Spelled};

/// No identifier is longer than this; what is cut off is replaced by a number where two names would meet.
const LONGEST: usize = 64;

/// Words that are no identifiers, in any edition, in their order; they are written raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The most letters that one of them has.
const LONGEST_KEYWORD: usize = 8;

/// Words that cannot even be written raw.
pub(super) const NEVER: &[&str] = &["self", "super", "crate", "Self"];

/// Types that the generated code means by these names.
const TAKEN_TYPES: &[&str] = &[
    "BTreeMap", "Box", "Clone", "Debug", "Default", "Deref", "Err", "From", "None", "Ok", "Option",
    "Result", "Self", "Some", "String", "TryFrom", "Value", "Vec",
];

/// What things are in the lock. In a single file all types share a scope, so that their names may be others there.
const MODULE: &str = "module";
const ROLES: [&str; 2] = ["type", "parts"];
const ROLES_IN_FILE: [&str; 2] = ["fileType", "fileParts"];

/// The names of modules, types, and what they are made of.
pub(super) struct Names {
    modules: Vec<String>,
    types: Vec<String>,
    /// The types that hold the parts of one that is checked as a whole.
    parts: HashMap<TypeId, String>,
    members: HashMap<TypeId, Members>,
}

/// What decides about names.
pub(super) struct Naming<'n, 's> {
    pub graph: &'n TypeGraph<'s>,
    pub custom: &'n Custom<'n>,
    pub places: &'n Places,
    /// For each type, whether it is written out.
    pub is_item: &'n [bool],
    /// For each type, whether it is a struct with a field for the properties that have none of their own.
    pub keeps_others: &'n [bool],
    /// For each type, whether it is an enum that may take other texts too.
    pub is_open: &'n [bool],
    pub config: &'n RustConfig,
}

impl Names {
    /// Names every module and every type that is written out: first what somebody named, then what is named after it.
    pub(super) fn resolve(naming: &Naming<'_, '_>, ledger: &mut Ledger) -> Self {
        let graph = naming.graph;
        let mut scope = Scope::case_sensitive();
        for taken in ["mod", "support", "checks"] {
            scope.claim(taken);
        }
        let is_module = |name: &str| path::is_given_field_name(name);
        let mut claims = ledger.claims(scope, |_, role| role == MODULE, is_module);
        let mut modules = Vec::new();
        for module in &graph.modules {
            let place = format!("{}#", naming.places.file(module.document));
            modules.push(claims.claim(MODULE, &place, |scope| {
                scope.claim_numbered(&snake(module.stem, "schema"), LONGEST)
            }));
        }
        ledger.keep(claims);
        let mut names = Self {
            modules,
            types: vec![String::new(); graph.types.len()],
            parts: HashMap::default(),
            members: HashMap::default(),
        };
        names.name_types(naming, ledger);
        let mut spelled = Spelled::default();
        for (id, def) in graph.iter().filter(|(id, _)| naming.is_item[id.0 as usize]) {
            if let Some(members) = Members::new(naming, id, def, &mut spelled, ledger) {
                names.members.insert(id, members);
            }
        }
        names
    }

    fn name_types(&mut self, naming: &Naming<'_, '_>, ledger: &mut Ledger) {
        let Naming { graph, custom, .. } = *naming;
        let phrases = type_phrases(graph);
        let ranked = ranked(naming);
        let mut scopes = Scopes::new(naming, ledger);
        let [as_type, as_parts] = scopes.roles;
        for id in &ranked {
            if let Some(name) = custom.type_name(*id) {
                let name = cut(name, LONGEST);
                scopes.of(*id).ask(as_type, naming.places.of(*id), name);
            }
        }
        for id in ranked {
            let index = id.0 as usize;
            let place = naming.places.of(id);
            let def = graph.get(id);
            let phrase = format_name(def).unwrap_or(&phrases[index]);
            let preferred = camel(phrase, "Type");
            let claims = scopes.of(id);
            if matches!(def.name, NameHint::Required(_)) {
                claims.forget_unless(as_type, place, &preferred);
            }
            self.types[index] =
                claims.claim(as_type, place, |scope| claim_camel(scope, &preferred));
        }
        for (id, def) in graph
            .iter()
            .filter(|(id, def)| naming.is_item[id.0 as usize] && rules::is_checked(def))
        {
            let suffix = match def.kind {
                TypeKind::Object(_) => "Fields",
                TypeKind::Tuple(_) => "Elements",
                _ => "Value",
            };
            let preferred = format!("{}{suffix}", self.types[id.0 as usize]);
            let name = scopes
                .of(id)
                .claim(as_parts, naming.places.of(id), |scope| {
                    scope.claim_numbered(&preferred, LONGEST)
                });
            self.parts.insert(id, name);
        }
        scopes
            .claims
            .into_values()
            .for_each(|claims| ledger.keep(claims));
    }

    /// The name of a module as its file has it.
    pub(super) fn module(&self, id: ModuleId) -> &str {
        &self.modules[id.0 as usize]
    }

    /// The name of a module as code has it, if need be as a raw identifier.
    pub(super) fn module_word(&self, id: ModuleId) -> String {
        raw(self.module(id).to_owned())
    }

    /// The name of the type that holds the parts of one that is checked as a whole.
    pub(super) fn parts_name(&self, id: TypeId) -> &str {
        self.parts.get(&id).map_or("", String::as_str)
    }

    /// What a type is made of.
    pub(super) fn members(&self, id: TypeId) -> &Members {
        self.members.get(&id).unwrap_or(&NO_MEMBERS)
    }

    pub(super) fn type_name(&self, id: TypeId) -> &str {
        &self.types[id.0 as usize]
    }
}

/// The scopes of type names: one for each module, or one for all.
struct Scopes<'n, 's> {
    naming: &'n Naming<'n, 's>,
    roles: [&'static str; 2],
    /// By the name of the file; one for all is under "".
    claims: BTreeMap<String, Claims>,
}

impl<'n, 's> Scopes<'n, 's> {
    fn new(naming: &'n Naming<'n, 's>, ledger: &Ledger) -> Self {
        let single_file = naming.config.single_file;
        let roles = if single_file { ROLES_IN_FILE } else { ROLES };
        let scope = || {
            let mut scope = Scope::case_sensitive();
            TAKEN_TYPES.iter().for_each(|taken| {
                scope.claim(taken);
            });
            scope
        };
        let mut scopes = Self {
            naming,
            roles,
            claims: BTreeMap::new(),
        };
        if single_file {
            let belongs = |_: &str, role: &str| roles.contains(&role);
            let mut claims = ledger.claims(scope(), belongs, path::is_given_type_name);
            // What the modules call a type is a good name for it here.
            for (id, _) in naming.graph.iter() {
                let place = naming.places.of(id);
                for (role, here) in ROLES.into_iter().zip(roles) {
                    let name = ledger.locked(place, role);
                    if let Some(name) = name.filter(|name| path::is_given_type_name(name)) {
                        claims.prefer(here, place, name);
                    }
                }
            }
            scopes.claims.insert(String::new(), claims);
            return scopes;
        }
        scopes.claims = ledger.claims_by_file(&roles, scope, path::is_given_type_name);
        for module in &naming.graph.modules {
            let file = naming.places.file(module.document);
            if !scopes.claims.contains_key(file) {
                let claims = ledger.fresh_claims(scope());
                scopes.claims.insert(file.to_owned(), claims);
            }
        }
        // A type that stands in no file is in the module that uses it first.
        for (id, _) in naming.graph.iter() {
            let place = naming.places.of(id);
            if let Some(name) = ledger.locked(place, ROLES[0])
                && !place.contains('#')
                && path::is_given_type_name(name)
            {
                scopes.of(id).prefer(ROLES[0], place, name);
            }
        }
        scopes
    }

    /// The scope that the name of a type is in.
    fn of(&mut self, id: TypeId) -> &mut Claims {
        let Naming { graph, places, .. } = *self.naming;
        let module = graph.modules.get(graph.get(id).module.0 as usize);
        let file = module
            .filter(|_| !self.naming.config.single_file)
            .map_or("", |module| places.file(module.document));
        self.claims
            .entry(file.to_owned())
            .or_insert_with(|| Claims::new(Scope::case_sensitive()))
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

/// The types that are written out, in the order they choose their names.
fn ranked(naming: &Naming<'_, '_>) -> Vec<TypeId> {
    let Naming { graph, custom, .. } = *naming;
    let roots: HashSet<TypeId> = graph
        .modules
        .iter()
        .filter_map(|module| module.root)
        .collect();
    let is_named = |id: &TypeId| naming.is_item[id.0 as usize] && custom.of_type(*id).is_none();
    let all = graph.iter().map(|(id, _)| id);
    let mut ranked: Vec<TypeId> = all.filter(is_named).collect();
    ranked.sort_by_key(|id| {
        let rank = match graph.get(*id).name {
            NameHint::Required(_) => 0,
            _ if roots.contains(id) => 1,
            NameHint::Suggested(_) => 2,
            NameHint::Derived(..) => 3,
        };
        (rank, *id)
    });
    ranked
}

/// Takes a name, or one with a number: `Self_` becomes `Self2`, for an underscore before it is no camel case.
fn claim_camel(scope: &mut Scope, name: &str) -> String {
    let name = cut(name, LONGEST);
    if scope.claim(name) {
        return name.to_owned();
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
    let name = naming::snake(&ascii(text, Symbols::Separate));
    finish(name, fallback, "n")
}

fn camel(text: &str, fallback: &str) -> String {
    upper_camel(&ascii(text, Symbols::Separate), fallback)
}

fn upper_camel(text: &str, fallback: &str) -> String {
    // A point between digits stays visible: `1.0` and `10` are two names.
    let mut name = String::with_capacity(text.len());
    for part in text.split(['_', ' ']) {
        let before = name.len();
        naming::push_upper_camel(part, &mut name);
        let (known, part) = name.split_at(before);
        if known.ends_with(|c: char| c.is_ascii_digit())
            && part.starts_with(|c: char| c.is_ascii_digit())
        {
            name.insert(before, '_');
        }
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

/// Whether the generated code means another type by a name, so that no type of a schema can have it.
pub(super) fn is_taken_type(name: &str) -> bool {
    TAKEN_TYPES.contains(&name)
}

/// Whether a word is one of [`KEYWORDS`].
pub(super) fn is_keyword(word: &str) -> bool {
    word.len() <= LONGEST_KEYWORD && KEYWORDS.binary_search(&word).is_ok()
}

fn raw(name: String) -> String {
    if is_keyword(&name) {
        format!("r#{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, camel, is_keyword, snake};

    #[test]
    fn every_keyword_is_found() {
        for word in KEYWORDS {
            assert!(is_keyword(word), "{word}");
        }
        assert!(!is_keyword("self_") && !is_keyword(""));
    }

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
}
