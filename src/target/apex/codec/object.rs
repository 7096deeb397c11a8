//! Codecs of objects.

use super::asked::WRITTEN_IF_SOUND;
use super::check::{At, plain, sizes};
use super::{Codecs, Parts, no_value};
use crate::ir::{ObjectType, TypeId};
use crate::target::apex::code::{
    Method, Statement, assign, call, chain, chunks, guard, returns, text,
};
use crate::target::apex::text::literal;

/// How many statements a method has before it is split. The platform allows 65,535 bytes of code in a method; a
/// statement takes some hundred.
const MANY_STATEMENTS: usize = 100;

impl<'a, 's> Codecs<'a, 's> {
    /// What reads, writes and checks an object.
    pub(super) fn object(&self, id: TypeId, object: &ObjectType<'s>, class: &str) -> Parts {
        let mut read = Vec::new();
        let mut write = Vec::new();
        for (index, field) in object.fields.iter().enumerate() {
            let Some(name) = self.names.field_name(id, index) else {
                continue;
            };
            let value = format!("value.{name}");
            let twin = self.names.twin_name(id, index);
            let fixed = self.types.fixed(self.graph, field).map(literal);
            let wire = literal(field.wire);
            // What a field cannot tell from null, only reading sees.
            let is_always = field.required && self.types.is_nullable(field.ty);
            let get = if is_always {
                "source.need"
            } else {
                "source.get"
            };
            let source = call(get, vec![text(wire.clone())]);
            let holder = self.types.holder(field.ty.id);
            read.push(match &fixed {
                Some(fixed) => assign(
                    &value,
                    chain(source, vec![("fixed", vec![text(fixed.clone())])]),
                ),
                None => assign(&value, self.read(field.ty, source)),
            });
            let mut put = vec![text(wire.clone())];
            put.push(match &fixed {
                Some(fixed) => text(fixed.clone()),
                None => self.write(holder, &value),
            });
            if let Some(twin) = twin {
                let has = call("source.has", vec![text(wire.clone())]);
                read.push(assign(format!("value.{twin}"), has));
                put.push(text(format!("value.{twin}")));
            } else if self.is_null_text(field.ty) {
                put.push(text(format!("{value} != null")));
            }
            write.push(Statement::Plain(if fixed.is_some() || is_always {
                call("target.put", put)
            } else {
                put.insert(0, text("target"));
                call(format!("{}.put", self.names.shared().json), put)
            }));
        }
        if let Some(others) = self.names.others_name(id) {
            let value = format!("value.{others}");
            let known = || call("known", Vec::new());
            read.push(assign(&value, call("source.others", vec![known()])));
            write.push(Statement::Plain(call(
                format!("{}.putOthers", self.names.shared().json),
                vec![text("target"), text(value), known()],
            )));
        }
        let check = self.object_checks(id, object);
        let mut parts = self.methods(class, read, write, check);
        parts.more.extend(self.known(id, object));
        parts
    }

    /// What checks an object, by itself or with its parts.
    pub(super) fn object_checks(&self, id: TypeId, object: &ObjectType<'s>) -> Vec<Statement> {
        let mut check = Vec::new();
        for (index, field) in object.fields.iter().enumerate() {
            if let Some(name) = self.names.field_name(id, index) {
                let value = format!("value.{name}");
                let is_fixed = self.types.fixed(self.graph, field).is_some();
                let is_required = field.required && !is_fixed;
                check.extend(self.check(field.ty, is_required, &value, At::Field(field.wire)));
            }
        }
        if let Some(others) = self.names.others_name(id) {
            let others = format!("value.{others}");
            let known = call("known", Vec::new());
            check.extend(plain(
                vec![("others", vec![known])],
                &others,
                At::Same("at"),
            ));
        }
        let size = sizes("members", object.size);
        check.extend(plain(size, WRITTEN_IF_SOUND, At::Same("at")));
        let is_checked = !check.is_empty();
        check.extend(self.asked_of_class(id, is_checked));
        check
    }

    /// The whole methods, from what the fields add to them.
    fn methods(
        &self,
        class: &str,
        fields: Vec<Statement>,
        members: Vec<Statement>,
        rules: Vec<Statement>,
    ) -> Parts {
        let mut parts = Parts::default();
        let json = &self.names.shared().json;
        parts.read = vec![
            guard("!source.hasObject()", returns(text("null"))),
            assign(format!("{class} value"), text(format!("new {class}()"))),
        ];
        let parameters = [format!("{json}.Source source"), format!("{class} value")];
        let fields = parts.split("read", fields, parameters, "source, value");
        parts.read.extend(fields);
        parts.read.push(returns(text("value")));
        parts.write = vec![
            no_value("value"),
            assign(
                "Map<String, Object> target",
                text("new Map<String, Object>()"),
            ),
        ];
        let parameters = [
            format!("{class} value"),
            "Map<String, Object> target".to_owned(),
        ];
        let members = parts.split("write", members, parameters, "value, target");
        parts.write.extend(members);
        parts.write.push(returns(text("target")));
        if !rules.is_empty() {
            parts.check = vec![guard("value == null", Statement::Plain(text("return")))];
            let parameters = [format!("{class} value"), format!("{json}.Checker at")];
            let rules = parts.split("check", rules, parameters, "value, at");
            parts.check.extend(rules);
        }
        parts
    }
}

impl Parts {
    /// Statements as they are or, if there are too many for one method, as calls of methods that share them.
    fn split(
        &mut self,
        word: &str,
        statements: Vec<Statement>,
        parameters: [String; 2],
        arguments: &'static str,
    ) -> Vec<Statement> {
        if statements.len() <= MANY_STATEMENTS {
            return statements;
        }
        let chunks = chunks(statements, MANY_STATEMENTS).enumerate();
        chunks
            .map(|(index, chunk)| {
                let name = format!("{word}Part{}", index + 1);
                self.more.push(Method {
                    doc: vec![format!("/** Part of {word}. */")],
                    head: format!("private static void {name}"),
                    parameters: parameters.to_vec(),
                    body: chunk,
                });
                Statement::Plain(call(name, vec![text(arguments)]))
            })
            .collect()
    }
}
