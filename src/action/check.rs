//! What a descriptor must agree on with the schemas.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::{TypeKind, TypeRef};
use crate::schema::location::{Segment, push_segment};

use super::roots::{SchemaRoots, property, settle};
use super::{Action, ApexType, DataType, Group, OutputKind};

impl Action {
    /// Whether the schemas that the descriptor speaks of are among these. One that speaks of none is about any.
    pub(crate) fn is_about(&self, roots: &SchemaRoots<'_, '_>) -> bool {
        let inputs = self
            .inputs
            .iter()
            .filter_map(|input| match &input.data_type {
                DataType::Apex(apex) => Some(&apex.schema),
                DataType::Scalar(_) | DataType::List(_) => None,
            });
        let outputs = self.outputs.iter().filter_map(|one| one.schema.as_ref());
        self.operation.is_none() && inputs.chain(outputs).all(|name| roots.root(name).is_some())
    }

    /// Says where the descriptor contradicts itself or the schemas; false if no flow can be made from it.
    pub(crate) fn check(&self, roots: &SchemaRoots<'_, '_>, diagnostics: &mut Diagnostics) -> bool {
        let mut checker = Checker {
            action: self,
            roots,
            diagnostics,
            sound: true,
        };
        checker.action();
        checker.sound
    }

    /// Points at a value of the descriptor, if its document is known.
    pub(crate) fn place(&self, pointer: &str) -> Option<Place> {
        let pointer = self.operation.as_deref().unwrap_or(pointer);
        self.document
            .map(|document| Place::Pointer(document, pointer.to_owned()))
    }
}

struct Checker<'a, 'g, 's> {
    action: &'a Action,
    roots: &'a SchemaRoots<'g, 's>,
    diagnostics: &'a mut Diagnostics,
    sound: bool,
}

impl Checker<'_, '_, '_> {
    fn say(&mut self, pointer: &str, message: String, help: &str) {
        let mut diagnostic = Diagnostic::new(
            Code::FlowDescriptor,
            format!("action `{}`: {message}", self.action.label),
        );
        diagnostic.place = self.action.place(pointer);
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.diagnostics.push(diagnostic);
        self.sound = false;
    }

    fn action(&mut self) {
        let action = self.action;
        for (pointer, text) in [
            ("/label", &action.label),
            ("/actionName", &action.action_name),
            ("/actionType", &action.action_type),
        ] {
            if text.trim().is_empty() {
                self.say(pointer, "this must not be empty".to_owned(), "");
            }
        }
        let mut names = HashMap::new();
        for (index, input) in action.inputs.iter().enumerate() {
            let pointer = format!("/inputs/{index}");
            self.unique(&mut names, &pointer, &input.name);
            if input.required && input.reserved {
                let message = format!("input `{}` is both required and reserved", input.name);
                self.say(&format!("{pointer}/reserved"), message, "");
            }
            if let DataType::Apex(apex) = &input.data_type {
                self.apex(&format!("{pointer}/type"), apex);
            }
        }
        names.clear();
        for (index, output) in action.outputs.iter().enumerate() {
            let pointer = format!("/outputs/{index}");
            self.unique(&mut names, &pointer, &output.name);
            let parts = output.values.iter().enumerate();
            let parts = parts.filter(|(_, value)| !value.property.is_empty());
            let values = parts.map(|(index, value)| {
                (
                    format!("{pointer}/values/{index}/property"),
                    &value.property,
                )
            });
            let detail = output
                .detail
                .iter()
                .map(|path| (format!("{pointer}/detail"), path));
            let paths: Vec<(String, &String)> = values.chain(detail).collect();
            match &output.schema {
                Some(stem) => {
                    if let Some(root) = self.schema(&format!("{pointer}/schema"), stem) {
                        for (pointer, path) in paths {
                            self.path(&pointer, stem, root, path);
                        }
                    }
                }
                None if paths.is_empty() => {}
                None => {
                    let message = format!("output `{}` has properties but no schema", output.name);
                    self.say(
                        &pointer,
                        message,
                        "name the schema that gives its structure",
                    );
                }
            }
        }
        let codes = action.outputs.iter().enumerate();
        let mut codes = codes.filter(|(_, output)| output.kind == OutputKind::ResponseCode);
        if let Some((index, _)) = codes.nth(1) {
            let message = "there can be only one output with the response code".to_owned();
            self.say(&format!("/outputs/{index}"), message, "");
        }
        self.inferred();
    }

    fn unique<'t>(&mut self, names: &mut HashMap<&'t str, ()>, pointer: &str, name: &'t str) {
        if name.is_empty() || names.insert(name, ()).is_some() {
            let message = format!("the name `{name}` must be there and unique");
            self.say(&format!("{pointer}/name"), message, "");
        }
    }

    fn apex(&mut self, pointer: &str, apex: &ApexType) {
        let Some(root) = self.schema(&format!("{pointer}/schema"), &apex.schema) else {
            return;
        };
        if apex.whole || apex.is_list {
            return;
        }
        if !matches!(self.roots.graph.get(root.id).kind, TypeKind::Object(_)) {
            let message = format!("schema `{}` does not describe an object", apex.schema);
            self.say(&format!("{pointer}/schema"), message, "");
            return;
        }
        for (index, path) in apex.offer.iter().enumerate() {
            self.path(
                &format!("{pointer}/offer/{index}"),
                &apex.schema,
                root,
                path,
            );
        }
        for path in apex.make.keys() {
            self.path(&format!("{pointer}/make"), &apex.schema, root, path);
        }
        for (index, group) in apex.groups.iter().enumerate() {
            self.group(
                &format!("{pointer}/groups/{index}"),
                &apex.schema,
                root,
                group,
            );
        }
    }

    /// The paths that were observed must exist; those of a help page are taken as they are, because the page
    /// is what contradicts the schema. Either way every value needs a path.
    fn group(&mut self, pointer: &str, stem: &str, root: TypeRef, group: &Group) {
        let ways = [
            ("observed", Some(&group.observed)),
            ("helpPage", group.help_page.as_ref()),
        ];
        for (key, way) in ways {
            let Some(way) = way else { continue };
            let pointer = format!("{pointer}/{key}");
            let named = |name: &str| group.values.iter().any(|value| value.name == name);
            let without = group
                .values
                .iter()
                .find(|value| !way.set.contains_key(&value.name));
            let without = without.map(|value| value.name.clone());
            let stray = way.set.keys().find(|name| !named(name)).cloned();
            if let Some(name) = without.or(stray) {
                let message = format!("`set` and `values` disagree about `{name}`");
                self.say(&format!("{pointer}/set"), message, "");
            }
        }
        let way = &group.observed;
        let pointer = format!("{pointer}/observed");
        let start = match &way.element {
            None => Some(root),
            Some(element) => {
                let list = property(self.roots, root, &element.list).ok();
                let list = list.map(|field| settle(self.roots.graph, field.ty));
                match list.map(|list| &self.roots.graph.get(list.id).kind) {
                    Some(TypeKind::Array(array)) => Some(array.items),
                    _ => {
                        let message = format!("schema `{stem}` has no list `{}`", element.list);
                        self.say(&format!("{pointer}/element/list"), message, "");
                        None
                    }
                }
            }
        };
        if let Some(start) = start {
            for (name, path) in &way.set {
                self.path(&format!("{pointer}/set/{name}"), stem, start, path);
            }
        }
    }

    fn schema(&mut self, pointer: &str, stem: &str) -> Option<TypeRef> {
        let root = self.roots.root(stem);
        if root.is_none() {
            let mut known: Vec<&str> = self.roots.names().collect();
            known.sort_unstable();
            let message = format!("there is no schema `{stem}`");
            self.say(
                pointer,
                message,
                &format!("the schemas of this run are: {}", known.join(", ")),
            );
        }
        root
    }

    fn path(&mut self, pointer: &str, stem: &str, root: TypeRef, path: &str) {
        if let Err(step) = property(self.roots, root, path) {
            let message = format!("schema `{stem}` has no property `{step}` on the path `{path}`");
            self.say(
                pointer,
                message,
                "write properties as the schema spells them",
            );
        }
    }

    fn inferred(&mut self) {
        let value = serde_json::to_value(self.action).unwrap_or_default();
        for pointer in self.action.inferred.keys() {
            if pointer.is_empty() || value.pointer(pointer).is_none() {
                let message = format!("`inferred` speaks of `{pointer}`, which is not there");
                let mut place = "/inferred".to_owned();
                push_segment(&mut place, Segment::Key(pointer));
                self.say(
                    &place,
                    message,
                    "a key is a JSON pointer, such as /inputs/0/name",
                );
            }
        }
    }
}
