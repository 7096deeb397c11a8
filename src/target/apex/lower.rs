//! From the type model to Apex classes.

use heck::ToTitleCase;

use super::config::ApexConfig;
use super::facts::{Fact, Facts, sizes};
use super::model::{
    CodecClass, Constant, ConstantsClass, DataClass, DataField, JsonClass, MakeUuid,
};
use super::names::{LIST_FIELD, Names, named_after};
use super::report::Report;
use super::style::{paragraphs, suppressed_for_class, suppressed_for_constants};
use super::text::{LINE_WIDTH, apex_doc, is_blank, literal};
use super::types::{Holder, Scalar, TypeMap, stated};
use crate::ir::{
    Additional, Docs, EnumType, Field, Matching, ObjectType, TupleType, TypeDef, TypeGraph, TypeId,
    TypeKind, UnionType,
};
use crate::naming::type_phrases;
use crate::schema::kinds::KindSet;
use crate::schema::location::LocationId;

/// A class to write.
pub(crate) enum Class {
    /// An Apex-defined type.
    Data(DataClass),
    /// The values of an enum.
    Constants(ConstantsClass),
    /// The action that makes a UUID.
    MakeUuid(MakeUuid),
    /// What reads, writes and checks an Apex-defined type.
    Codec(CodecClass),
    /// What all of these share.
    Json(JsonClass),
}

/// All classes of a run, in the order of their types.
pub(crate) fn lower(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    names: &Names,
    config: &ApexConfig,
    report: &mut Report<'_, '_>,
) -> Vec<Class> {
    let facts = Facts {
        graph,
        types,
        names,
    };
    let mut lower = Lower {
        facts,
        phrases: type_phrases(graph),
        access: config.access.keyword(),
        report,
    };
    let mut classes = Vec::new();
    for (id, def) in graph.iter() {
        lower.report.of_type(def);
        if let Some(name) = names.list_class_name(id) {
            classes.push(Class::Data(lower.list(id, def, name)));
        }
        if let Some(name) = names.class_name(id) {
            classes.extend(lower.class(id, def, name));
        }
    }
    for module in graph.modules.iter().filter(|module| module.is_input) {
        if let Some(root) = module.root
            && names
                .class_name(types.end(root))
                .is_none_or(|_| is_list(types, root))
        {
            let apex = types.apex(graph, names, types.holder(root));
            lower
                .report
                .root_without_class(graph.get(root), module.stem, &apex);
        }
    }
    classes
}

/// Whether no JSON type is that of two alternatives.
fn are_apart(union: &UnionType<'_>) -> bool {
    let mut seen = KindSet::NONE;
    union
        .alternatives
        .iter()
        .filter(|one| !one.implied)
        .all(|one| {
            let is_new = seen.intersect(one.kinds).is_empty();
            seen = seen.union(one.kinds);
            is_new
        })
}

fn is_list(types: &TypeMap, id: TypeId) -> bool {
    matches!(types.holder(id), Holder::List(_))
}

struct Lower<'a, 's, 'r, 'd, 'l> {
    facts: Facts<'a, 's>,
    phrases: Vec<String>,
    access: &'static str,
    report: &'r mut Report<'d, 'l>,
}

/// A field before it is written.
struct Slot<'a, 's> {
    name: &'a str,
    ty: String,
    holder: Holder,
    /// The type in the model; none for what the model does not have.
    source: Option<TypeId>,
    docs: Option<&'a Docs<'s>>,
    /// What to say where nobody has said anything.
    fallback: String,
    facts: Vec<Fact>,
    location: LocationId,
}

impl<'a, 's> Lower<'a, 's, '_, '_, '_> {
    /// The class of a type.
    fn class(&mut self, id: TypeId, def: &'a TypeDef<'s>, name: &'a str) -> Option<Class> {
        Some(match &def.kind {
            TypeKind::Object(object) => Class::Data(self.object(id, def, object, name)),
            TypeKind::Union(union) => Class::Data(self.union(id, def, union, name)),
            TypeKind::Tuple(tuple) => Class::Data(self.tuple(id, def, tuple, name)),
            TypeKind::Map(_) => Class::Data(self.entry(id, def, name)?),
            TypeKind::Enum(one_of) => Class::Constants(self.constants(id, def, one_of, name)),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Literal(_)
            | TypeKind::Array(_)
            | TypeKind::Alias(_) => return None,
        })
    }

    fn object(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        object: &'a ObjectType<'s>,
        name: &'a str,
    ) -> DataClass {
        let mut own = sizes(
            object.size,
            ["minProperties", "maxProperties"],
            ["property", "properties"],
        );
        if object.additional == Additional::Closed && object.patterns.is_empty() {
            own.push(Fact::unchecked(
                "additionalProperties",
                "No other properties.",
            ));
        }
        self.report.other_properties(def, object, name);
        let mut fields = Vec::new();
        for (index, field) in object.fields.iter().enumerate() {
            let Some(field_name) = self.facts.names.field_name(id, index) else {
                self.report.no_value(field);
                continue;
            };
            let slot = self.property(field, field_name);
            let twin = self.facts.names.twin_name(id, index);
            fields.push(slot);
            fields.extend(twin.map(|twin| Slot {
                name: twin,
                ty: "Boolean".to_owned(),
                holder: Holder::Never,
                source: None,
                docs: None,
                fallback: format!(
                    "True to write {field_name} as null when it has no value, instead of leaving it out."
                ),
                facts: Vec::new(),
                location: field.location,
            }));
        }
        self.data(id, def, name, own, fields)
    }

    fn property(&mut self, field: &'a Field<'s>, name: &'a str) -> Slot<'a, 's> {
        let types = self.facts.types;
        let holder = types.holder(field.ty.id);
        let mut facts = Vec::new();
        let mut known = |text: String| facts.push(Fact::known(text));
        if name != field.wire {
            self.report.renamed_field(field, name);
            known(format!("In JSON: \"{}\".", field.wire));
        }
        if field.docs.deprecated {
            known("Deprecated.".to_owned());
        }
        if field.read_only {
            known("Read-only.".to_owned());
        }
        if field.write_only {
            known("Write-only.".to_owned());
        }
        if let Some(default) = field.docs.default {
            known(format!("Default: {default}."));
        }
        if field.required {
            facts.push(Fact::checked(
                "required",
                match types.is_nullable(field.ty) {
                    true => "Required, but may be null.",
                    false => "Required.",
                },
            ));
        }
        facts.extend(self.facts.of(field.ty.id));
        let docs = match field.docs.title.or(field.docs.description) {
            Some(_) => Some(&field.docs),
            None => self.docs_of(field.ty.id),
        };
        Slot {
            name,
            ty: self.apex(holder),
            holder,
            source: Some(field.ty.id),
            docs,
            fallback: format!("{}.", field.wire.to_title_case()),
            facts,
            location: field.location,
        }
    }

    fn union(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        union: &'a UnionType<'s>,
        name: &'a str,
    ) -> DataClass {
        let is_told_apart = union.tag.is_some() || are_apart(union);
        let own = match union.matching {
            Matching::One => Fact {
                is_checked: is_told_apart,
                ..Fact::checked("oneOf", "Set exactly one of the fields.")
            },
            Matching::Any => Fact::checked("anyOf", "Set the field for the kind of value at hand."),
            Matching::Disjoint => Fact::checked("type", "Set exactly one of the fields."),
        };
        if union.matching == Matching::Any && !is_told_apart {
            self.report.one_of_several(def, name);
        }
        let graph = self.facts.graph;
        let slots = stated(graph, union)
            .into_iter()
            .filter_map(|(index, ty)| {
                let field = self.facts.names.field_name(id, index)?;
                let what = match &graph.get(self.facts.types.end(ty)).kind {
                    TypeKind::Object(_) | TypeKind::Union(_) => {
                        self.phrases[ty.0 as usize].as_str()
                    }
                    _ => field,
                };
                Some(self.part(def, field, ty, &format!("{}.", what.to_title_case())))
            })
            .collect();
        self.data(id, def, name, vec![own], slots)
    }

    fn tuple(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        tuple: &'a TupleType,
        name: &'a str,
    ) -> DataClass {
        let own = sizes(tuple.size, ["minItems", "maxItems"], ["entry", "entries"]);
        let Facts {
            graph,
            types,
            names,
        } = self.facts;
        let mut slots = Vec::new();
        for (index, item) in tuple.prefix.iter().enumerate() {
            if let Some(field) = names.field_name(id, index) {
                slots.push(self.part(
                    def,
                    field,
                    item.id,
                    &format!("Entry {} of the list.", index + 1),
                ));
            }
        }
        if let Some(rest) = tuple.rest
            && let Some(field) = names.field_name(id, tuple.prefix.len())
        {
            let mut slot = self.part(def, field, rest.id, "The other entries of the list.");
            slot.docs = None;
            slot.ty = format!("List<{}>", types.in_list(graph, names, rest));
            slots.push(slot);
        }
        self.data(id, def, name, own, slots)
    }

    /// The class of a map's entries; none for a map that has it from another one.
    fn entry(&mut self, id: TypeId, def: &'a TypeDef<'s>, name: &'a str) -> Option<DataClass> {
        let Facts {
            graph,
            types,
            names,
        } = self.facts;
        let TypeKind::Map(map) = &def.kind else {
            return None;
        };
        let (key, value) = (names.field_name(id, 0)?, names.field_name(id, 1)?);
        let holder = types.map_values(graph, id);
        let asked = self.facts.of(map.values.id);
        let asked = asked.iter().map(|fact| (value, fact));
        self.report.unchecked(def, name, asked);
        self.report
            .lossy_field(graph, types, value, holder, def.location);
        self.report
            .integer(graph, types, map.values.id, def.location);
        if names.entry_owner(id) != id {
            return None;
        }
        let field = |name: &str, holder, text: &str| DataField {
            doc: apex_doc(&[text.to_owned()], 2),
            ty: types.apex(graph, names, holder),
            name: name.to_owned(),
            fits: true,
        };
        let text = match holder {
            Holder::Scalar(Scalar::JsonText) => "The value of the entry, as JSON text.",
            _ => "The value of the entry.",
        };
        let fields = vec![
            field(key, Holder::Scalar(Scalar::Text), "The key of the entry."),
            field(value, holder, text),
        ];
        let doc = [
            "One entry: its key and its value.",
            "Generated by flowtypes. Do not edit.",
        ];
        Some(DataClass {
            doc: apex_doc(&doc.map(str::to_owned), 0),
            annotations: Vec::new(),
            access: self.access,
            name: name.to_owned(),
            fields,
        })
    }

    /// The class around a list that is an element of a list.
    fn list(&mut self, id: TypeId, def: &'a TypeDef<'s>, name: &'a str) -> DataClass {
        let holder = Holder::List(id);
        let slot = Slot {
            name: LIST_FIELD,
            ty: self.apex(holder),
            holder,
            source: Some(id),
            docs: None,
            fallback: "The entries.".to_owned(),
            facts: self.facts.of(id),
            location: def.location,
        };
        let own = vec![Fact::known("A list that is an entry of another list.")];
        self.data(id, def, name, own, vec![slot])
    }

    /// A field for a part of a type that is no property.
    fn part(&self, of: &TypeDef<'s>, name: &'a str, ty: TypeId, fallback: &str) -> Slot<'a, 's> {
        let holder = self.facts.types.holder(ty);
        Slot {
            name,
            ty: self.apex(holder),
            holder,
            source: Some(ty),
            docs: self.docs_of(ty),
            fallback: fallback.to_owned(),
            facts: self.facts.of(ty),
            location: of.location,
        }
    }

    /// What the schema says about a type with a class of its own. Plain types are shared: what is said about
    /// one use of text holds for no other.
    fn docs_of(&self, ty: TypeId) -> Option<&'a Docs<'s>> {
        let Facts {
            graph,
            types,
            names,
        } = self.facts;
        names.class_name(types.end(ty)).map(|_| &graph.get(ty).docs)
    }

    fn apex(&self, holder: Holder) -> String {
        let Facts {
            graph,
            types,
            names,
        } = self.facts;
        types.apex(graph, names, holder)
    }

    /// The class with these fields.
    fn data(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        name: &str,
        own: Vec<Fact>,
        slots: Vec<Slot<'a, 's>>,
    ) -> DataClass {
        let named = named_after(self.facts.graph, self.facts.types, id);
        self.report
            .class(def, &self.phrases[named.0 as usize], name);
        let checked = slots
            .iter()
            .flat_map(|slot| slot.facts.iter().map(|fact| (slot.name, fact)))
            .chain(own.iter().map(|fact| ("", fact)));
        self.report.unchecked(def, name, checked);
        let annotations = suppressed_for_class(slots.iter().map(|slot| slot.name));
        let fields = slots.iter().map(|slot| self.field(slot)).collect();
        DataClass {
            doc: self.class_doc(id, def, name, &own),
            annotations,
            access: self.access,
            name: name.to_owned(),
            fields,
        }
    }

    fn field(&mut self, slot: &Slot<'_, 's>) -> DataField {
        let Facts { graph, types, .. } = self.facts;
        self.report
            .lossy_field(graph, types, slot.name, slot.holder, slot.location);
        if let Some(source) = slot.source {
            self.report.integer(graph, types, source, slot.location);
        }
        let declaration = format!(
            "  {} {} {} {{ get; set; }}",
            self.access, slot.ty, slot.name
        );
        DataField {
            doc: apex_doc(
                &paragraphs(slot.name, slot.docs, &slot.fallback, &slot.facts),
                2,
            ),
            ty: slot.ty.clone(),
            name: slot.name.to_owned(),
            fits: declaration.len() <= LINE_WIDTH,
        }
    }

    fn constants(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        one_of: &EnumType<'s>,
        name: &'a str,
    ) -> ConstantsClass {
        let named = named_after(self.facts.graph, self.facts.types, id);
        self.report
            .class(def, &self.phrases[named.0 as usize], name);
        let constants: Vec<Constant> = one_of
            .values
            .iter()
            .enumerate()
            .filter_map(|(index, value)| {
                let text = match value.description {
                    Some(description) if !is_blank(description) => description.to_owned(),
                    _ => format!("The value \"{}\".", value.wire),
                };
                Some(Constant {
                    doc: apex_doc(&[text], 2),
                    name: self.facts.names.constant_name(id, index)?.to_owned(),
                    literal: literal(value.wire),
                })
            })
            .collect();
        let names: Vec<&str> = constants.iter().map(|one| one.name.as_str()).collect();
        let all = format!(
            "  {} static final Set<String> ALL = new Set<String>{{ {} }};",
            self.access,
            names.join(", ")
        );
        ConstantsClass {
            doc: self.class_doc(id, def, name, &[]),
            annotations: suppressed_for_constants(constants.len()),
            access: self.access,
            name: name.to_owned(),
            constants,
            all_doc: apex_doc(&["All of the values.".to_owned()], 2),
            all_fits: all.len() <= LINE_WIDTH,
        }
    }

    fn class_doc(&self, id: TypeId, def: &TypeDef<'s>, name: &str, own: &[Fact]) -> Vec<String> {
        let fallback = format!("{}.", self.phrases[id.0 as usize].to_title_case());
        let mut text = paragraphs(name, Some(&def.docs), &fallback, own);
        if def.docs.deprecated {
            text.push("Deprecated.".to_owned());
        }
        if let Some(module) = self.facts.graph.modules.get(def.module.0 as usize) {
            text.push(format!(
                "Generated by flowtypes from {}. Do not edit.",
                module.stem
            ));
        }
        apex_doc(&text, 0)
    }
}
