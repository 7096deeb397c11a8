//! The classes of objects.

use super::{Lower, Slot};
use crate::ir::{Additional, Field, ObjectType, TypeDef, TypeId};
use crate::naming::title_case;
use crate::target::apex::facts::{Fact, sizes};
use crate::target::apex::model::DataClass;
use crate::target::apex::types::{Holder, Scalar};

impl<'a, 's> Lower<'a, 's, '_, '_, '_> {
    pub(super) fn object(
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
        let others = self.facts.names.others_name(id);
        if others.is_none() {
            self.report.other_properties(def, object, name);
        }
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
                wire: None,
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
        fields.extend(others.map(|name| self.others(def, object, name)));
        self.data(id, def, name, own, fields)
    }

    /// The field for the properties that have none.
    fn others(&self, def: &TypeDef<'s>, object: &ObjectType<'s>, name: &'a str) -> Slot<'a, 's> {
        let mut facts = Vec::new();
        match object.additional {
            Additional::Open => {}
            Additional::Typed(_) => facts.push(Fact::unchecked(
                "additionalProperties",
                "The schema says what their values are.",
            )),
            Additional::Closed => facts.push(Fact::unchecked(
                "additionalProperties",
                "The schema says what their names are.",
            )),
        }
        if !object.patterns.is_empty() {
            facts.push(Fact::unchecked(
                "patternProperties",
                "What the values are depends on the names.",
            ));
        }
        let holder = Holder::Scalar(Scalar::JsonText);
        Slot {
            name,
            wire: None,
            ty: self.apex(holder),
            holder,
            source: None,
            docs: None,
            fallback: "JSON text of an object with the properties that the schema does not name."
                .to_owned(),
            facts,
            location: def.location,
        }
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
        if self.facts.graph.is_conditional(field.ty) {
            known(
                "Depends on other fields: what it may be, and whether it has to be there."
                    .to_owned(),
            );
        }
        let is_fixed = types.fixed(self.facts.graph, field).is_some();
        if field.required && !is_fixed {
            facts.push(Fact::checked(
                "required",
                match types.is_nullable(field.ty) {
                    true => "Required, but may be null.",
                    false => "Required.",
                },
            ));
        }
        facts.extend(self.facts.of(field.ty.id));
        if is_fixed {
            facts.push(Fact::known("May be left empty: it is written by itself."));
        }
        let docs = match field.docs.title.or(field.docs.description) {
            Some(_) => Some(&field.docs),
            None => self.docs_of(field.ty.id),
        };
        Slot {
            name,
            wire: Some(field.wire),
            ty: self.apex(holder),
            holder,
            source: Some(field.ty.id),
            docs,
            fallback: match title_case(field.wire) {
                // Its name in JSON, which another sentence says, is all punctuation.
                words if words.is_empty() => "A value.".to_owned(),
                words => format!("{words}."),
            },
            facts,
            location: field.location,
        }
    }
}
