//! Unions as enums: their variants, and how they are told apart.

use super::layout::fitting;
use super::lower::Lower;
use super::model::{ItemKind, Variant};
use super::text::literal;
use super::types::constant;
use crate::ir::{Matching, ModuleId, TypeId, TypeKind, TypeRef, UnionType};

impl<'s> Lower<'_, 's> {
    pub(super) fn union(
        &mut self,
        id: TypeId,
        module: ModuleId,
        union: &UnionType<'s>,
    ) -> ItemKind {
        let graph = self.types.graph;
        let mut variants = Vec::new();
        let names = &self.types.names.members(id).names;
        for (position, (alternative, name)) in union.alternatives.iter().zip(names).enumerate() {
            let used = TypeRef {
                id: alternative.ty,
                nullable: alternative.nullable,
            };
            let inner = self.text(used, module, Some(id));
            let texts = union.tag.as_ref().and_then(|tag| tag.texts.get(position));
            let told_by = match texts {
                Some(texts) => {
                    let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
                    texts.join(" | ")
                }
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
                loose_tag: self.loose_tag(union, position),
                may_be_large: self.types.may_be_large(used, id),
                is_rest: texts.is_some_and(Vec::is_empty),
                doc: self.comments.of_variant(own, name),
            });
        }
        match &union.tag {
            Some(tag) => {
                self.needs.add("tagged");
                if variants.iter().any(|variant| variant.loose_tag.is_some()) {
                    self.needs.add("told");
                }
                ItemKind::Tagged {
                    tag: literal(tag.property),
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

    /// The field of an alternative that may hold a text which means another one, or the text that it always is: it is
    /// looked at when the value is written.
    fn loose_tag(&self, union: &UnionType<'s>, position: usize) -> Option<String> {
        let alternative = &union.alternatives[position];
        let is_struct = self.types.is_item(alternative.ty) && !alternative.nullable;
        let field = self.types.graph.loose_tag(union, position);
        let field = field.filter(|(ty, _)| is_struct && *ty == alternative.ty);
        field.map(|(ty, place)| {
            let always = match &self.types.graph.get(ty).kind {
                TypeKind::Object(object) => constant(self.types.graph, &object.fields[place]),
                _ => None,
            };
            match always {
                Some(text) => literal(text),
                None => self.types.names.members(ty).names[place].clone(),
            }
        })
    }
}
