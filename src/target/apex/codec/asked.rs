//! Where codecs have the rules checked that schemas ask beside types: on the JSON tree that they write.

use super::Codecs;
use super::check::{At, if_sound};
use crate::ir::{TypeId, TypeRef};
use crate::target::apex::code::{Doc, Statement, assign, call, chain, text};

/// The tree of a value, which can be made only if nothing is wrong so far. It stands in the statement that checks it: where
/// no example of a valid value is known, a statement behind a condition would be executed by no test.
pub(super) const WRITTEN_IF_SOUND: &str = "at.isSound() ? write(value) : null";

impl Codecs<'_, '_> {
    /// The check of what is asked of the value of a class, on the tree that it is written as.
    pub(super) fn asked_of_class(&self, id: TypeId, is_checked: bool) -> Vec<Statement> {
        let tree = match is_checked {
            true => chain(
                call("at.self", vec![text(WRITTEN_IF_SOUND)]),
                vec![("ifAny", Vec::new())],
            ),
            false => call("at.self", vec![text("write(value)")]),
        };
        let hosted = self.rules.hosted(id);
        if hosted.len() < 2 {
            return self.rules_on(hosted, &tree);
        }
        let checker = format!("{}.Checker tree", self.names.shared().json);
        let mut checks = vec![assign(checker, tree)];
        checks.extend(self.rules_on(hosted, &text("tree")));
        checks
    }

    /// The check of what is asked of a value where it is used.
    pub(super) fn asked_of_use(
        &self,
        ty: TypeId,
        value: &str,
        at: At<'_>,
        is_checked: bool,
    ) -> Vec<Statement> {
        let rules = self.rules.of_use(self.graph, self.types, ty);
        let tree = self.write(self.types.holder(ty), value);
        let tree = chain(at.checker_of(tree), vec![("ifAny", Vec::new())]);
        let checks = self.rules_on(&rules, &tree);
        let may_fail = is_checked && !self.types.is_always_written(self.graph, ty);
        once_sound(checks, may_fail, || sound(value, at))
    }

    /// The check of what is asked of each entry of a list.
    pub(super) fn asked_of_each(
        &self,
        items: TypeRef,
        value: &str,
        at: At<'_>,
        is_checked: bool,
    ) -> Vec<Statement> {
        let mut rules = self.rules.of_use(self.graph, self.types, items.id);
        // A list in a list has a codec of its own.
        rules.retain(|id| self.names.list_class_name(*id).is_none());
        let checks = self.rules_on(&rules, &call("item.ifAny", Vec::new()));
        if checks.is_empty() {
            return Vec::new();
        }
        let tree = self.write_list(&self.element_of(items), value);
        let all = chain(at.checker_of(tree), vec![("items", Vec::new())]);
        let checker = format!("{}.Checker item", self.names.shared().json);
        let each = Statement::For(checker, all, checks);
        let may_fail = is_checked && !self.types.is_always_written(self.graph, items.id);
        once_sound(vec![each], may_fail, || sound(value, at))
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

/// Statements on the tree of a value, which may only be made if what was checked before is right.
fn once_sound(
    checks: Vec<Statement>,
    may_fail: bool,
    is_sound: impl FnOnce() -> Doc,
) -> Vec<Statement> {
    match may_fail && !checks.is_empty() {
        true => vec![if_sound(is_sound(), checks)],
        false => checks,
    }
}

/// Whether nothing is wrong with a value so far.
fn sound(value: &str, at: At<'_>) -> Doc {
    chain(at.checker(value), vec![("isSound", Vec::new())])
}
