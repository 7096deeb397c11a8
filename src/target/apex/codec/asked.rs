//! Where codecs have the rules checked that schemas ask beside types: on the JSON tree that they write.

use super::Codecs;
use super::check::{At, if_sound};
use crate::ir::{TypeId, TypeRef};
use crate::target::apex::code::{Doc, Statement, call, chain, text};

impl Codecs<'_, '_> {
    /// The check of what is asked of the value of a class, on the tree that the expression makes.
    pub(super) fn asked_of_class(&self, id: TypeId, tree: &str) -> Option<Statement> {
        let value = call("at.self", vec![text(tree.to_owned())]);
        let checks: Vec<Statement> = self.rules_on(self.rules.hosted(id), &value);
        (!checks.is_empty()).then(|| if_sound(text("at.isSound()"), checks))
    }

    /// The check of what is asked of a value where it is used.
    pub(super) fn asked_of_use(&self, ty: TypeId, value: &str, at: At<'_>) -> Option<Statement> {
        let rules = self.rules.of_use(self.graph, self.types, ty);
        let tree = self.write(self.types.holder(ty), value);
        let tree = chain(at.checker_of(tree), vec![("ifAny", Vec::new())]);
        let checks = self.rules_on(&rules, &tree);
        (!checks.is_empty()).then(|| if_sound(sound(value, at), checks))
    }

    /// The check of what is asked of each entry of a list.
    pub(super) fn asked_of_each(
        &self,
        items: TypeRef,
        value: &str,
        at: At<'_>,
    ) -> Option<Statement> {
        let mut rules = self.rules.of_use(self.graph, self.types, items.id);
        // A list in a list has a codec of its own.
        rules.retain(|id| self.names.list_class_name(*id).is_none());
        let checks = self.rules_on(&rules, &call("item.ifAny", Vec::new()));
        if checks.is_empty() {
            return None;
        }
        let tree = self.write_list(&self.element_of(items), value);
        let items = chain(at.checker_of(tree), vec![("items", Vec::new())]);
        let checker = format!("{}.Checker item", self.names.shared().json);
        let each = Statement::For(checker, items, checks);
        Some(if_sound(sound(value, at), vec![each]))
    }

    fn rules_on(&self, types: &[TypeId], value: &Doc) -> Vec<Statement> {
        let classes = &self.names.shared().rules;
        let methods = types
            .iter()
            .filter_map(|id| self.rules.method(*id, classes));
        methods
            .map(|method| Statement::Plain(call(method, vec![value.clone()])))
            .collect()
    }
}

/// Whether nothing is wrong with a value so far.
fn sound(value: &str, at: At<'_>) -> Doc {
    chain(at.checker(value), vec![("isSound", Vec::new())])
}
