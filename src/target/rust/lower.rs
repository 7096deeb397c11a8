//! From types to items of final text.

use std::collections::{BTreeMap, BTreeSet};

use super::checks::Tables;
use super::defaults;
use super::docs;
use super::model::{Constant, Field, Item, ItemKind, Newtype, Object, Tuple, Value, Variant};
use super::names;
use super::path;
use super::rules;
use super::support::Needs;
use super::text::literal;
use super::types::{self, Types};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Additional, Matching, ModuleId, ObjectType, TupleType, TypeDef, TypeId, TypeKind, TypeRef,
    UnionType,
};
use crate::target::rust::config::{UnknownFields, Visibility};

/// The widest line that rustfmt leaves as it is.
const WIDTH: usize = 100;

const DERIVES: &[&str] = &["Clone", "Debug", "PartialEq"];
const DERIVES_OF_ENUM: &[&str] = &["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"];
const DERIVES_OF_OPEN_ENUM: &[&str] = &["Clone", "Debug", "PartialEq", "Eq", "Hash"];

/// Turns types into items, and notes what they need.
pub(super) struct Lower<'t, 's> {
    pub types: Types<'t, 's>,
    pub config: &'t Config,
    pub diagnostics: &'t mut Diagnostics,
    pub needs: Needs,
    pub tables: Tables<'t, 's>,
    pub uses: BTreeMap<ModuleId, Uses>,
    /// The types of other crates that the user has chosen and that are used.
    pub foreign: BTreeSet<String>,
    /// All that the user has chosen, the longest first.
    chosen: Vec<String>,
}

/// The types of other crates that a module uses.
#[derive(Default, Clone, Copy)]
pub(super) struct Uses {
    map: bool,
    value: bool,
}

impl Uses {
    pub(super) fn union(self, other: Self) -> Self {
        Self {
            map: self.map || other.map,
            value: self.value || other.value,
        }
    }

    /// The `use` lines, as rustfmt orders them.
    pub(super) fn lines(self, is_module: bool) -> Vec<&'static str> {
        let all = [
            (self.map, "use std::collections::BTreeMap;"),
            (self.map && (self.value || is_module), ""),
            (self.value, "use serde_json::Value;"),
            (self.value && is_module, ""),
            (is_module, "use super::support;"),
        ];
        all.into_iter()
            .filter(|(used, _)| *used)
            .map(|(_, line)| line)
            .collect()
    }
}

impl<'t, 's> Lower<'t, 's> {
    pub(super) fn new(
        types: Types<'t, 's>,
        config: &'t Config,
        diagnostics: &'t mut Diagnostics,
    ) -> Self {
        let tables = Tables::new(types.graph, config.rust.single_file);
        let chosen = types.custom.paths();
        Self {
            foreign: BTreeSet::new(),
            chosen,
            types,
            config,
            diagnostics,
            needs: Needs::default(),
            tables,
            uses: BTreeMap::new(),
        }
    }

    /// Notes what a type's text needs in a module.
    fn note(&mut self, text: &str, module: ModuleId) {
        let mut own = text.to_owned();
        for path in &self.chosen {
            if own.contains(path.as_str()) {
                own = own.replace(path.as_str(), "");
                self.foreign.insert(path.clone());
            }
        }
        let text = own.as_str();
        self.needs.add_for_type(text);
        let uses = self.uses.entry(module).or_default();
        uses.map |= text.contains("BTreeMap<");
        uses.value |= text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == "Value");
    }

    /// The items of a type that is written out. A type with rules across its parts is two: the parts, which anybody may
    /// make, and a struct around them, which holds valid ones only.
    pub(super) fn items(&mut self, id: TypeId) -> Vec<Item> {
        let graph = self.types.graph;
        let def = graph.get(id);
        let name = self.types.names.type_name(id).to_owned();
        let mut derives = DERIVES;
        let kind = match &def.kind {
            TypeKind::Object(object) => ItemKind::Object(self.object(id, object)),
            TypeKind::Enum(texts) => {
                let members = self.types.names.members(id);
                let values = members.names.iter().zip(&texts.values);
                let value = |(name, value): (&String, &crate::ir::EnumValue<'_>)| Value {
                    name: name.clone(),
                    text: literal(value.wire),
                    doc: docs::text(value.description, 4),
                };
                let values = values.map(value).collect();
                match self.types.fallback(id) {
                    Some(_) => {
                        derives = DERIVES_OF_OPEN_ENUM;
                        self.needs.add("open_enum");
                        self.say_open(def, &name);
                        ItemKind::OpenEnum {
                            values,
                            fallback: members.others.clone(),
                        }
                    }
                    None => {
                        derives = DERIVES_OF_ENUM;
                        self.needs.add("text_enum");
                        ItemKind::TextEnum(values)
                    }
                }
            }
            TypeKind::Literal(values) => {
                derives = DERIVES_OF_ENUM;
                self.needs.add("literal_enum");
                let names = self.types.names.members(id).names.iter();
                ItemKind::LiteralEnum(
                    names
                        .zip(values)
                        .map(|(name, value)| Value {
                            name: name.clone(),
                            text: literal(&value.to_string()),
                            doc: Vec::new(),
                        })
                        .collect(),
                )
            }
            TypeKind::Union(union) => self.union(id, def.module, union),
            TypeKind::Tuple(tuple) => ItemKind::Tuple(self.tuple(id, def.module, tuple)),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Array(_)
            | TypeKind::Map(_)
            | TypeKind::Alias(_) => self.newtype(id, def, &name),
        };
        let check = self.check(def);
        let doc = docs::of_type(def);
        if check.is_empty() {
            if matches!(kind, ItemKind::Wrapper { .. }) {
                self.needs.add("wrapper");
            }
            return vec![self.item(name, doc, derives, kind)];
        }
        self.needs.add("newtype");
        let (inner, parts) = match kind {
            ItemKind::Wrapper { inner, .. } => (inner, None),
            ItemKind::Newtype(newtype) => {
                let kind = ItemKind::Newtype(Newtype { check, ..newtype });
                return vec![self.item(name, doc, derives, kind)];
            }
            kind => {
                let inner = self.types.names.parts_name(id).to_owned();
                let doc = vec![format!(
                    "What a [`{name}`] holds, before it is checked as a whole."
                )];
                (inner.clone(), Some(self.item(inner, doc, derives, kind)))
            }
        };
        let kind = ItemKind::Newtype(Newtype {
            declaration: self.newtype_declaration(&name, "", &inner),
            inner,
            rules: Vec::new(),
            check,
            is_scalar: false,
        });
        let outer = self.item(name, doc, DERIVES, kind);
        parts.into_iter().chain([outer]).collect()
    }

    fn item(&self, name: String, doc: Vec<String>, derives: &[&str], kind: ItemKind) -> Item {
        let visibility = self.config.rust.visibility;
        Item {
            name,
            doc,
            schema: None,
            derives: derive_attribute(derives, &self.config.rust.derives),
            visibility: visibility.keyword(),
            may_be_unused: visibility == Visibility::Crate,
            kind,
        }
    }

    /// Says what the types refuse although their schemas allow it.
    pub(super) fn say_stricter(&mut self) {
        let graph = self.types.graph;
        let mut denying = BTreeSet::new();
        for (id, def) in graph.iter() {
            let (said, help) = match &def.kind {
                TypeKind::Integer(bounds) => match rules::whole(bounds).lost {
                    Some((keyword, bound)) => {
                        let name = rules::whole(bounds).name;
                        let said = format!(
                            "`{keyword}` is {bound}, and the Rust type, `{name}`, ends before that"
                        );
                        (
                            said,
                            "numbers beyond 64 bits are refused; narrow the bound if there are none",
                        )
                    }
                    None => continue,
                },
                TypeKind::Object(object)
                    if object.additional == Additional::Open
                        && self.config.rust.unknown_fields == UnknownFields::Deny
                        && self.types.is_item(id)
                        && object.patterns.is_empty()
                        && denying.insert(def.module) =>
                {
                    let said = "properties that the schemas of this document allow without naming \
                                them are refused (this is the first schema)";
                    let help = "`rust.unknownFields` may be `ignore` or `keep`";
                    (said.to_owned(), help)
                }
                _ => continue,
            };
            self.diagnostics.push(
                Diagnostic::new(Code::RustStricter, said)
                    .at_location(graph.locations, def.location)
                    .help(help),
            );
        }
    }

    /// Says that an enum takes texts that its schema refuses.
    fn say_open(&mut self, def: &TypeDef<'s>, name: &str) {
        let said = format!("`{name}` takes any text, not only the values of the schema");
        self.diagnostics.push(
            Diagnostic::new(Code::RustWider, said)
                .at_location(self.types.graph.locations, def.location)
                .help("leave out `rust.fallbackVariant` to refuse other texts"),
        );
    }

    fn text(&mut self, used: TypeRef, module: ModuleId, holder: Option<TypeId>) -> String {
        let text = self.types.text(used, module, holder);
        self.note(&text, module);
        text
    }

    fn object(&mut self, id: TypeId, object: &ObjectType<'s>) -> Object {
        self.needs.add("object");
        let module = self.types.graph.get(id).module;
        let members = self.types.names.members(id);
        let kept_name = members.others.clone();
        let mut fields = Vec::new();
        let mut constants = Vec::new();
        let mut accessors = Vec::new();
        for (position, (field, name)) in object.fields.iter().zip(&members.names).enumerate() {
            let name = name.clone();
            if let Some(constant) = types::constant(self.types.graph, field) {
                let (wire, text) = (literal(field.wire), literal(constant));
                constants.push(Constant {
                    position,
                    name,
                    wire,
                    text,
                });
                continue;
            }
            accessors.extend(defaults::accessor(&self.types, field, &name, module));
            let mut text = match self.types.foreign(field) {
                Some(text) => {
                    self.note(&text, module);
                    text
                }
                None => self.text(field.ty, module, Some(id)),
            };
            if !field.required {
                text = format!("Option<{text}>");
            }
            fields.push(Field {
                position,
                declaration: self.declaration(&name, &text),
                name,
                wire: literal(field.wire),
                presence: if field.required {
                    "required"
                } else {
                    "optional"
                },
                doc: docs::of_field(field),
            });
        }
        let kept = match (object.additional, self.config.rust.unknown_fields) {
            (Additional::Typed(_) | Additional::Closed, _) if !object.patterns.is_empty() => {
                Some("Value".to_owned())
            }
            (Additional::Typed(values), _) => Some(self.text(values, module, None)),
            (Additional::Open, UnknownFields::Keep) => Some("Value".to_owned()),
            (Additional::Open | Additional::Closed, _) => None,
        };
        let other = match (&kept, object.additional, self.config.rust.unknown_fields) {
            (Some(_), ..) => format!("keep {kept_name}"),
            (None, Additional::Open, UnknownFields::Ignore) => "skip".to_owned(),
            (None, ..) => "refuse".to_owned(),
        };
        let kept = kept.map(|values| {
            let text = format!("BTreeMap<String, {values}>");
            self.note(&text, module);
            Field {
                position: 0,
                declaration: self.declaration(&kept_name, &text),
                name: kept_name,
                wire: String::new(),
                presence: "optional",
                doc: vec!["The properties that have no field of their own.".to_owned()],
            }
        });
        Object {
            fields,
            constants,
            accessors,
            other,
            kept,
        }
    }

    fn union(&mut self, id: TypeId, module: ModuleId, union: &UnionType<'s>) -> ItemKind {
        let graph = self.types.graph;
        let mut variants = Vec::new();
        let names = &self.types.names.members(id).names;
        for (alternative, name) in union.alternatives.iter().zip(names) {
            let used = TypeRef {
                id: alternative.ty,
                nullable: alternative.nullable,
            };
            let inner = self.text(used, module, Some(id));
            let told_by = match alternative.tag_value {
                Some(text) => literal(text),
                None => alternative.kinds.bits().to_string(),
            };
            let own = &graph.get(alternative.ty).docs;
            variants.push(Variant {
                declaration: fitting(
                    &format!("{name}({inner}),"),
                    &format!("{name}(\n        {inner},\n    ),"),
                    4,
                ),
                name: name.clone(),
                inner,
                told_by,
                doc: docs::text(own.description.or(own.title), 4),
            });
        }
        match union.tag {
            Some(tag) => {
                self.needs.add("tagged");
                ItemKind::Tagged {
                    tag: literal(tag),
                    variants,
                }
            }
            None => {
                self.needs.add("union");
                let how = match union.matching {
                    Matching::One => "only",
                    Matching::Any | Matching::Disjoint => "first",
                };
                ItemKind::Union { how, variants }
            }
        }
    }

    fn tuple(&mut self, id: TypeId, module: ModuleId, tuple: &TupleType) -> Tuple {
        self.needs.add("tuple");
        let min = tuple.size.min.unwrap_or(0);
        let mut elements = Vec::new();
        for (position, element) in tuple.prefix.iter().enumerate() {
            let is_required = (position as u64) < min;
            let mut text = self.text(*element, module, Some(id));
            if !is_required {
                text = format!("Option<{text}>");
            }
            let name = names::element(position);
            elements.push(Field {
                position,
                declaration: self.declaration(&name, &text),
                name,
                wire: String::new(),
                presence: if is_required { "required" } else { "optional" },
                doc: docs::text(self.types.graph.get(element.id).docs.description, 4),
            });
        }
        let rest = tuple.rest.map(|rest| {
            let text = format!("Vec<{}>", self.text(rest, module, None));
            self.note(&text, module);
            Field {
                position: elements.len(),
                declaration: self.declaration("rest", &text),
                name: "rest".to_owned(),
                wire: String::new(),
                presence: "optional",
                doc: vec!["The elements after these.".to_owned()],
            }
        });
        let max = match (tuple.size.max, &rest) {
            (max, None) => max
                .map_or(elements.len() as u64, |max| max.min(elements.len() as u64))
                .to_string(),
            (Some(max), Some(_)) => max.to_string(),
            (None, Some(_)) => "usize::MAX".to_owned(),
        };
        Tuple {
            elements,
            rest,
            min,
            max,
        }
    }

    /// A struct around one value: with rules if the schema has some.
    fn newtype(&mut self, id: TypeId, def: &TypeDef<'s>, name: &str) -> ItemKind {
        let inner = self.types.content(id, def.module);
        self.note(&inner, def.module);
        let is_foreign = self.types.custom.format(&def.kind).is_some();
        let rules = if is_foreign {
            Vec::new()
        } else {
            rules::of(&def.kind, &mut self.needs, &mut self.tables)
        };
        let visibility = if rules.is_empty() {
            self.config.rust.visibility.keyword()
        } else {
            ""
        };
        let declaration = self.newtype_declaration(name, visibility, &inner);
        if rules.is_empty() {
            return ItemKind::Wrapper { inner, declaration };
        }
        self.needs.add("newtype");
        let is_scalar = matches!(
            def.kind,
            TypeKind::Integer(_) | TypeKind::Number(_) | TypeKind::String(_)
        );
        if is_scalar {
            self.needs.add("plain_text");
        }
        ItemKind::Newtype(Newtype {
            inner,
            declaration,
            rules,
            check: String::new(),
            is_scalar,
        })
    }

    /// A struct of one field.
    fn newtype_declaration(&self, name: &str, visibility: &str, inner: &str) -> String {
        let own = self.config.rust.visibility.keyword();
        let space = if visibility.is_empty() { "" } else { " " };
        fitting(
            &format!("{own} struct {name}({visibility}{space}{inner});"),
            &format!("{own} struct {name}(\n    {visibility}{space}{inner},\n);"),
            0,
        )
    }

    /// The declaration of a field of a struct.
    fn declaration(&self, name: &str, text: &str) -> String {
        declaration(self.config.rust.visibility, name, text)
    }

    /// What the type is checked against beside its shape, in the words of the shared code.
    fn check(&mut self, def: &TypeDef<'s>) -> String {
        if !rules::is_checked(def) {
            return String::new();
        }
        self.needs.add("checked");
        format!(" check {}", self.tables.of_type(&def.checks))
    }
}

/// The attribute that derives traits, those of the user last, broken into lines as rustfmt does it.
fn derive_attribute(own: &[&str], others: &[String]) -> String {
    let mut traits: Vec<String> = own.iter().map(|one| (*one).to_owned()).collect();
    for one in others.iter().filter_map(|text| path::trait_path(text)) {
        if !traits.contains(&one) {
            traits.push(one);
        }
    }
    let list = traits.join(", ");
    match list.len() {
        0..=85 => format!("#[derive({list})]"),
        86..=96 => format!("#[derive(\n    {list},\n)]"),
        _ => format!("#[derive(\n    {},\n)]", traits.join(",\n    ")),
    }
}

/// The declaration of a field, broken into lines as rustfmt does it.
fn declaration(visibility: Visibility, name: &str, text: &str) -> String {
    let start = format!("{} {name}:", visibility.keyword());
    if 4 + start.chars().count() + 2 + text.chars().count() <= WIDTH {
        return format!("{start} {text},");
    }
    if 8 + text.chars().count() < WIDTH {
        return format!("{start}\n        {text},");
    }
    format!("{start} {},", broken(text, 4))
}

/// A type with each argument on a line of its own; an argument that does not fit is broken in turn.
fn broken(text: &str, indent: usize) -> String {
    let Some((outer, arguments)) = text.strip_suffix('>').and_then(|text| text.split_once('<'))
    else {
        return text.to_owned();
    };
    let mut lines = format!("{outer}<");
    // A map is the only type with two arguments, and its first is plain.
    for argument in arguments.splitn(if outer == "BTreeMap" { 2 } else { 1 }, ", ") {
        let fits = indent + 4 + argument.chars().count() < WIDTH;
        let argument = if fits {
            argument.to_owned()
        } else {
            broken(argument, indent + 4)
        };
        lines.push_str(&format!("\n{}{argument},", " ".repeat(indent + 4)));
    }
    format!("{lines}\n{}>", " ".repeat(indent))
}

/// The short form if it fits on a line, as rustfmt decides it.
fn fitting(short: &str, long: &str, indent: usize) -> String {
    if indent + short.chars().count() <= WIDTH {
        short.to_owned()
    } else {
        long.to_owned()
    }
}
