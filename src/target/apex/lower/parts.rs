//! The classes of what is no object: unions, lists with positions, the entries of maps, lists in lists.

use super::{Lower, Slot};
use crate::ir::{Matching, TupleType, TypeDef, TypeId, TypeKind, TypeRef, UnionType};
use crate::naming::title_case;
use crate::target::apex::facts::{Fact, Facts, sizes};
use crate::target::apex::model::{DataClass, DataField};
use crate::target::apex::names::LIST_FIELD;
use crate::target::apex::text::apex_doc;
use crate::target::apex::types::{Holder, Scalar, are_apart, stated};

impl<'a, 's> Lower<'a, 's, '_, '_, '_> {
    pub(super) fn union(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        union: &'a UnionType<'s>,
        name: &'a str,
    ) -> DataClass {
        let is_told_apart = union.tag.is_some() || are_apart(self.facts.graph, union);
        let own = match union.matching {
            Matching::One => Fact {
                is_checked: is_told_apart,
                ..Fact::checked("oneOf", "Set exactly one of the fields.")
            },
            Matching::Any => Fact::checked("anyOf", "Set the field for the kind of value at hand."),
            Matching::Disjoint => Fact::checked("type", "Set exactly one of the fields."),
        };
        if union.matching == Matching::Any && !is_told_apart {
            let names = self.facts.names;
            let keeps_all = stated(self.facts.graph, union).iter().all(|(_, ty)| {
                match self.facts.types.holder(*ty) {
                    Holder::Class(id) => names.others_name(id).is_some(),
                    Holder::Scalar(_) | Holder::List(_) | Holder::Never => true,
                }
            });
            self.report.one_of_several(def, name, keeps_all);
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
                Some(self.part(def, field, ty, &format!("{}.", title_case(what))))
            })
            .collect();
        self.data(id, def, name, vec![own], slots)
    }

    pub(super) fn tuple(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        tuple: &'a TupleType,
        name: &'a str,
    ) -> DataClass {
        let mut own = sizes(tuple.size, ["minItems", "maxItems"], ["entry", "entries"]);
        if tuple.unique {
            let items = tuple.prefix.iter().chain(&tuple.rest);
            own.push(self.facts.no_entry_twice(items.copied()));
        }
        let Facts {
            graph,
            types,
            names,
            ..
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
        let least = usize::try_from(tuple.size.min.unwrap_or(0)).unwrap_or(usize::MAX);
        let may_be_null = |item: &TypeRef| {
            types.is_nullable(*item) || matches!(graph.get(types.end(item.id)).kind, TypeKind::Any)
        };
        if tuple.prefix.iter().skip(least).any(may_be_null) {
            self.report.null_at_end(def, name);
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
    pub(super) fn entry(
        &mut self,
        id: TypeId,
        def: &'a TypeDef<'s>,
        name: &'a str,
    ) -> Option<DataClass> {
        let Facts {
            graph,
            types,
            names,
            ..
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
            wire: None,
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
    pub(super) fn list(&mut self, id: TypeId, def: &'a TypeDef<'s>, name: &'a str) -> DataClass {
        let holder = Holder::List(id);
        let slot = Slot {
            name: LIST_FIELD,
            wire: None,
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
            wire: None,
            ty: self.apex(holder),
            holder,
            source: Some(ty),
            docs: self.docs_of(ty),
            fallback: fallback.to_owned(),
            facts: self.facts.of(ty),
            location: of.location,
        }
    }
}
