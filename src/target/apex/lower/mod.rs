//! From the type model to Apex classes.

mod object;
mod parts;

use crate::ir::{Docs, EnumType, TypeDef, TypeGraph, TypeId, TypeKind};
use crate::naming::title_case;
use crate::schema::location::LocationId;
use crate::target::apex::Resolved;
use crate::target::apex::classes::Classes;
use crate::target::apex::config::ApexConfig;
use crate::target::apex::facts::{Fact, Facts};
use crate::target::apex::model::{
    ActionClass, CodecClass, Constant, ConstantsClass, DataClass, DataField, JsonClass, JsonTest,
    MakeUuid, MakeUuidTest, TestClass,
};
use crate::target::apex::names::{named_after, phrases};
use crate::target::apex::report::Report;
use crate::target::apex::style::{paragraphs, suppressed_for_class, suppressed_for_constants};
use crate::target::apex::text::{LINE_WIDTH, apex_doc, is_blank, literal};
use crate::target::apex::types::{Holder, TypeMap};

/// A class to write.
pub(crate) enum Class {
    /// An Apex-defined type.
    Data(DataClass),
    /// The values of an enum.
    Constants(ConstantsClass),
    /// The action that makes a UUID.
    MakeUuid(MakeUuid),
    /// An action on a type.
    Action(ActionClass),
    /// The test of a class.
    Test(TestClass),
    /// The test of the code that all codecs share.
    JsonTest(JsonTest),
    /// The test of the action that makes a UUID.
    MakeUuidTest(MakeUuidTest),
    /// What reads, writes and checks an Apex-defined type.
    Codec(CodecClass),
    /// What all of these share.
    Json(JsonClass),
}

impl Class {
    /// Whether it is a test, which nobody needs access to.
    pub(crate) fn is_test(&self) -> bool {
        match self {
            Self::Test(_) | Self::JsonTest(_) | Self::MakeUuidTest(_) => true,
            Self::Data(_)
            | Self::Constants(_)
            | Self::Codec(_)
            | Self::Json(_)
            | Self::MakeUuid(_)
            | Self::Action(_) => false,
        }
    }
}

/// Writes the classes of all types, in their order.
pub(crate) fn lower(
    resolved: &Resolved,
    graph: &TypeGraph<'_>,
    config: &ApexConfig,
    report: &mut Report<'_, '_>,
    out: &mut Classes<'_>,
) {
    let Resolved {
        types,
        names,
        rules,
        ..
    } = resolved;
    let facts = Facts {
        graph,
        types,
        names,
        rules,
    };
    let mut lower = Lower {
        facts,
        phrases: phrases(graph, types),
        access: config.access.keyword(),
        report,
    };
    for (id, def) in graph.iter() {
        let is_checked = |keyword: &str| rules.checks(id, keyword);
        lower.report.of_type(def, is_checked);
        if let Some(name) = names.list_class_name(id) {
            out.add(Class::Data(lower.list(id, def, name)));
        }
        if let Some(name) = names.class_name(id) {
            out.extend(lower.class(id, def, name));
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
    /// The name in JSON, of what is a property there.
    wire: Option<&'s str>,
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

    /// What the schema says about a type with a class of its own. Plain types are shared: what is said about
    /// one use of text holds for no other.
    fn docs_of(&self, ty: TypeId) -> Option<&'a Docs<'s>> {
        let Facts {
            graph,
            types,
            names,
            ..
        } = self.facts;
        names.class_name(types.end(ty)).map(|_| &graph.get(ty).docs)
    }

    fn apex(&self, holder: Holder) -> String {
        let Facts {
            graph,
            types,
            names,
            ..
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
        self.report.class(def, &self.phrases[id.0 as usize], name);
        let checked = slots
            .iter()
            .flat_map(|slot| slot.facts.iter().map(|fact| (slot.name, fact)))
            .chain(own.iter().map(|fact| ("", fact)));
        self.report.unchecked(def, name, checked);
        self.report.members(def, name, slots.len());
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
            wire: slot.wire.map(str::to_owned),
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
        self.report.class(def, &self.phrases[id.0 as usize], name);
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
        self.report.members(def, name, constants.len());
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
        let fallback = format!("{}.", title_case(&self.phrases[id.0 as usize]));
        let named = named_after(self.facts.graph, self.facts.types, id);
        let docs = match def.docs.title.or(def.docs.description) {
            Some(_) => &def.docs,
            None => &self.facts.graph.get(named).docs,
        };
        let mut text = paragraphs(name, Some(docs), &fallback, own);
        if docs.deprecated {
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
