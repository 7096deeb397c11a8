//! From types to items of final text.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::checks::Tables;
use super::constructor::constructor;
use super::defaults;
use super::derives::Derives;
use super::docs::{self, Comments};
use super::initial::{Initial, Initials};
use super::layout::{declaration, derive_attribute, fitting};
use super::model::{Constant, Field, Item, ItemKind, Newtype, Object, Tuple, Value};
use super::names;
use super::rules;
use super::support::Needs;
use super::text::literal;
use super::types::{self, Types};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::hash::{HashMap, HashSet};
use crate::ir::{Additional, ModuleId, ObjectType, TupleType, TypeDef, TypeId, TypeKind, TypeRef};
use crate::target::rust::config::{UnknownFields, Visibility};

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
    /// The texts that were noted, by module, and whether they mention a type that is not to be used any more.
    noted: HashMap<ModuleId, HashMap<String, bool>>,
    /// The types of other crates that the user has chosen and that are used.
    pub foreign: BTreeSet<String>,
    /// All that the user has chosen, the longest first.
    chosen: Vec<String>,
    pub comments: Comments<'s>,
    initials: Initials,
    derives: Derives,
    /// The names of types that are not to be used any more, and whether the item at hand mentions one.
    deprecated: (HashSet<String>, bool),
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
        let old = types.graph.iter().filter(|(_, def)| def.docs.deprecated);
        let old = old.map(|(id, _)| types.names.type_name(id).to_owned());
        Self {
            comments: Comments::default(),
            initials: Initials::new(&config.rust.derives),
            derives: Derives::new(&types, &config.rust.derives),
            deprecated: (old.collect(), false),
            foreign: BTreeSet::new(),
            chosen,
            types,
            config,
            diagnostics,
            needs: Needs::default(),
            tables,
            uses: BTreeMap::new(),
            noted: HashMap::default(),
        }
    }

    /// Notes what a type's text needs in a module.
    fn note(&mut self, text: &str, module: ModuleId) {
        let noted = self.noted.entry(module).or_default();
        if let Some(mentions_old) = noted.get(text) {
            self.deprecated.1 |= mentions_old;
            return;
        }
        let whole = text;
        let mut own = Cow::Borrowed(text);
        for path in &self.chosen {
            if own.contains(path.as_str()) {
                own = Cow::Owned(own.replace(path.as_str(), ""));
                self.foreign.insert(path.clone());
            }
        }
        let text = &*own;
        self.needs.add_for_type(text);
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        let (deprecated, is_mentioned) = &mut self.deprecated;
        let mentions_old =
            !deprecated.is_empty() && words.clone().any(|word| deprecated.contains(word));
        *is_mentioned |= mentions_old;
        noted.insert(whole.to_owned(), mentions_old);
        let uses = self.uses.entry(module).or_default();
        uses.map |= text.contains("BTreeMap<");
        uses.value |= text.contains("Value") && words.any(|word| word == "Value");
    }

    /// The items of a type that is written out. A type with rules across its parts is two: the parts, which anybody may
    /// make, and a struct around them, which holds valid ones only.
    pub(super) fn items(&mut self, id: TypeId) -> Vec<Item> {
        let graph = self.types.graph;
        let def = graph.get(id);
        let name = self.types.names.type_name(id).to_owned();
        self.deprecated.1 = false;
        if self.types.is_once(id) {
            self.needs.add("once");
        }
        let is_old = def.docs.deprecated;
        let mut initial = self.initials.of(&self.types, id);
        let default_value = match initial {
            Some(Initial::Value(position)) => Some(position),
            _ => None,
        };
        let mut derives = DERIVES;
        let kind = match &def.kind {
            TypeKind::Object(object) => ItemKind::Object(self.object(id, object)),
            TypeKind::Enum(texts) => {
                let names = self.types.names.members(id).names.iter().cloned();
                let values = names.zip(&texts.values);
                let values = values.enumerate().map(|(position, (name, value))| Value {
                    name,
                    is_default: default_value == Some(position),
                    text: literal(value.wire),
                    doc: self.comments.of_part(value.description),
                });
                let values = values.collect();
                match self.types.fallback(id) {
                    Some(_) => {
                        derives = DERIVES_OF_OPEN_ENUM;
                        self.needs.add("open_enum");
                        self.say_open(def, &name);
                        ItemKind::OpenEnum {
                            values,
                            fallback: self.types.names.members(id).others.clone(),
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
                let names = self.types.names.members(id).names.iter().cloned();
                let said = docs::of_values(values, &def.docs);
                let names = names.zip(values.iter().zip(said));
                let values = names
                    .enumerate()
                    .map(|(position, (name, (value, said)))| Value {
                        name,
                        is_default: default_value == Some(position),
                        text: literal(&value.to_string()),
                        doc: self
                            .comments
                            .of_part(said.and_then(|words| words.description)),
                    });
                ItemKind::LiteralEnum(values.collect())
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
        let check = self.check(id, def);
        let doc = self.comments.of_type(def, &name);
        if check.is_empty() {
            if matches!(kind, ItemKind::Wrapper { .. }) {
                self.needs.add("wrapper");
            }
            return vec![self.item(id, (name, doc), derives, kind, (is_old, initial))];
        }
        self.needs.add("newtype");
        let (inner, parts) = match kind {
            ItemKind::Wrapper { inner, .. } => (inner, None),
            ItemKind::Newtype(newtype) => {
                let kind = ItemKind::Newtype(Newtype { check, ..newtype });
                return vec![self.item(id, (name, doc), derives, kind, (is_old, initial))];
            }
            kind => {
                let inner = self.types.names.parts_name(id).to_owned();
                let doc =
                    format!("\n/// What a [`{name}`] holds, before it is checked as a whole.")
                        .into();
                let (own, whole) = match initial {
                    // The parts may be nothing, also where the whole may not.
                    Some(Initial::Written(_)) | None => {
                        (kind.may_be_nothing().then_some(Initial::Derived), initial)
                    }
                    Some(_) => {
                        let whole = format!("Self({inner}::default())");
                        (initial, Some(Initial::Written(whole)))
                    }
                };
                initial = whole;
                let parts = self.item(id, (inner.clone(), doc), derives, kind, (false, own));
                (inner, Some(parts))
            }
        };
        let kind = ItemKind::Newtype(Newtype {
            declaration: self.newtype_declaration(&name, "", &inner),
            inner,
            rules: Vec::new(),
            check,
            is_scalar: false,
        });
        let outer = self.item(id, (name, doc), DERIVES, kind, (is_old, initial));
        parts.into_iter().chain([outer]).collect()
    }

    /// One item: its name and words, what it derives, and whether it is not to be used and what it holds by default.
    fn item(
        &mut self,
        id: TypeId,
        (name, doc): (String, Rc<str>),
        derives: &[&str],
        kind: ItemKind,
        (is_deprecated, initial): (bool, Option<Initial>),
    ) -> Item {
        let visibility = self.config.rust.visibility;
        let mut derives = derives.to_vec();
        let default = match initial {
            Some(Initial::Derived | Initial::Value(_)) => {
                let after = derives.iter().position(|one| *one == "Debug");
                derives.insert(after.map_or(0, |position| position + 1), "Default");
                None
            }
            Some(Initial::Fields(values)) => kind.with_values(&values),
            Some(Initial::Written(text)) => Some(text),
            None => None,
        };
        if default.is_some() {
            self.needs.add("default");
        }
        let mut attributes = Vec::new();
        attributes.extend(is_deprecated.then_some("#[deprecated]"));
        attributes.extend(self.allowances(self.config.rust.visibility == Visibility::Crate, false));
        let is_uneven = kind.may_be_uneven();
        attributes.extend(is_uneven.then_some("#[allow(clippy::large_enum_variant)]"));
        // Words of one letter each: clippy takes them for an acronym.
        let is_acronym = name.len() > 2 && name.bytes().all(|letter| letter.is_ascii_uppercase());
        attributes.extend(is_acronym.then_some("#[allow(clippy::upper_case_acronyms)]"));
        Item {
            name,
            doc,
            schema: None,
            is_once: self.types.is_once(id),
            derives: derive_attribute(&derives, &self.derives.of(id)),
            visibility: visibility.keyword(),
            attributes,
            kind,
            default,
        }
    }

    /// What the compiler must be told not to mind: what nobody may use, and mentions of what is not to be used.
    fn allowances(&self, may_be_unused: bool, mentions_old: bool) -> Option<&'static str> {
        match (may_be_unused, mentions_old || self.deprecated.1) {
            (true, true) => Some("#[allow(dead_code, deprecated)]"),
            (true, false) => Some("#[allow(dead_code)]"),
            (false, true) => Some("#[allow(deprecated)]"),
            (false, false) => None,
        }
    }

    pub(super) fn text(
        &mut self,
        used: TypeRef,
        module: ModuleId,
        holder: Option<TypeId>,
    ) -> String {
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
        let mut required = Vec::new();
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
            if field.required {
                required.push(text.clone());
            } else {
                text = ["Option<", &text, ">"].concat();
            }
            fields.push(Field {
                position,
                declaration: self.declaration(&name, &text),
                doc: self.comments.of_field(field, &name),
                name,
                wire: literal(field.wire),
                presence: if field.required {
                    "required"
                } else {
                    "optional"
                },
                is_deprecated: field.docs.deprecated,
            });
        }
        let kept = match object.additional {
            _ if !self.types.keeps_others(id) => None,
            Additional::Typed(values) if object.patterns.is_empty() => {
                Some(self.text(values, module, None))
            }
            Additional::Typed(_) | Additional::Open | Additional::Closed => {
                Some("Value".to_owned())
            }
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
                is_deprecated: false,
                doc: self
                    .comments
                    .of_part(Some("The properties that have no field of their own.")),
            }
        });
        let mut mentions_old = self.types.graph.get(id).docs.deprecated;
        if self.initials.of(&self.types, id).is_none()
            && let Some(constructor) = constructor(&fields, kept.as_ref(), &required)
        {
            mentions_old |= fields.iter().any(|field| field.is_deprecated);
            accessors.insert(0, constructor);
        }
        Object {
            // In a program, even what is public may be used by nobody.
            attributes: self.allowances(true, mentions_old).into_iter().collect(),
            fields,
            constants,
            accessors,
            other,
            kept,
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
                is_deprecated: false,
                doc: self
                    .comments
                    .of_part(self.types.graph.get(element.id).docs.description),
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
                is_deprecated: false,
                doc: self.comments.of_part(Some("The elements after these.")),
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
            rules::of(
                &def.kind,
                self.config.rust.integers,
                &mut self.needs,
                &mut self.tables,
            )
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
    fn check(&mut self, id: TypeId, def: &TypeDef<'s>) -> String {
        if !rules::is_checked(def) {
            return String::new();
        }
        self.needs.add("checked");
        let table = self.tables.of_type(&def.checks);
        let once = if self.types.is_once(id) { "; once" } else { "" };
        format!(" check {table}{once}")
    }
}
