//! The codec of each data class: it reads JSON text into the class, writes it back, and checks it.
//!
//! Everything is explicit code over untyped values. `JSON.deserialize` knows no other names than those of the fields, no
//! maps as lists of entries and no unions, passes over most of what does not fit, and does not say where it was; one way
//! for all classes is also one thing to learn.

mod asked;
mod check;
mod list;
mod object;
mod others;
mod shared;
mod union;
mod value;

use std::collections::{BTreeMap, BTreeSet};

pub(in crate::target::apex) use self::check::{amounts, sizes, tree};
use self::value::Element;
use super::Resolved;
use super::classes::Classes;
use super::code::{Method, Statement, assign, call, chain, guard, join, returns, text};
use super::config::ApexConfig;
use super::lower::Class;
use super::model::CodecClass;
use super::names::Names;
use super::rules::Rules;
use super::style::suppressed_for_codec;
use super::text::apex_doc;
use super::types::{Holder, TypeMap, stated};
use crate::ir::{TypeDef, TypeGraph, TypeId, TypeKind, TypeRef};

/// Writes the codecs of all data classes of a run, and what they share.
pub(crate) fn classes(
    resolved: &Resolved,
    graph: &TypeGraph<'_>,
    config: &ApexConfig,
    out: &mut Classes<'_>,
) {
    let names = &resolved.names;
    let codecs = Codecs::new(resolved, graph, config.access.keyword());
    let mut is_any = false;
    for (id, def) in graph.iter() {
        if let Some(class) = names.list_class_name(id) {
            out.add(Class::Codec(codecs.of_list(id, def, class)));
            is_any = true;
        }
        if let Some(codec) = codecs.of(id, def) {
            out.add(Class::Codec(codec));
            is_any = true;
        }
    }
    if is_any {
        out.extend(shared::classes(
            resolved,
            &graph.checks,
            config.access.keyword(),
        ));
    }
}

/// The names of the codecs that read and write lists of their class as well.
pub(crate) fn listed(resolved: &Resolved, graph: &TypeGraph<'_>) -> BTreeSet<String> {
    Codecs::bare(resolved, graph, "").find_listed()
}

/// The names of the codecs for which null is a value like others: the root of a schema allows it. Who uses the class in
/// another place says there whether it may be null.
pub(crate) fn nullable(graph: &TypeGraph<'_>, types: &TypeMap, names: &Names) -> BTreeSet<String> {
    let roots = graph.modules.iter().filter_map(|module| module.root);
    let nullable = roots.filter(|id| {
        types.is_nullable(TypeRef {
            id: *id,
            nullable: false,
        })
    });
    let classes = nullable.filter_map(|id| match types.holder(id) {
        Holder::Class(id) | Holder::List(id) => names.class_name(id),
        Holder::Scalar(_) | Holder::Never => None,
    });
    classes.map(|class| names.codec(class)).collect()
}

/// Where the codecs are made.
struct Codecs<'a, 's> {
    graph: &'a TypeGraph<'s>,
    types: &'a TypeMap,
    names: &'a Names,
    rules: &'a Rules,
    access: &'static str,
    /// The codecs with something to check, by name.
    checked: BTreeSet<String>,
    /// The codecs whose values are entries of lists.
    listed: BTreeSet<String>,
    /// The codecs for which null is valid.
    nullable: BTreeSet<String>,
    /// The unions whose codecs say what is kept without a field.
    rated: BTreeSet<TypeId>,
}

/// The bodies of a codec's methods.
#[derive(Default)]
struct Parts {
    read: Vec<Statement>,
    write: Vec<Statement>,
    /// Empty where there is nothing to check.
    check: Vec<Statement>,
    /// Methods that these call.
    more: Vec<Method>,
    /// Whether the shared code tries the alternatives of a union.
    is_tried: bool,
}

impl<'a, 's> Codecs<'a, 's> {
    /// Finds out which methods the codecs need.
    fn new(resolved: &'a Resolved, graph: &'a TypeGraph<'s>, access: &'static str) -> Self {
        let mut codecs = Self::bare(resolved, graph, access);
        codecs.rated = codecs.find_rated();
        codecs.listed = codecs.find_listed();
        codecs.checked = codecs.find_checked();
        codecs
    }

    fn bare(resolved: &'a Resolved, graph: &'a TypeGraph<'s>, access: &'static str) -> Self {
        Self {
            graph,
            types: &resolved.types,
            names: &resolved.names,
            rules: &resolved.rules,
            access,
            checked: BTreeSet::new(),
            listed: BTreeSet::new(),
            nullable: nullable(graph, &resolved.types, &resolved.names),
            rated: BTreeSet::new(),
        }
    }

    /// The codecs whose values are entries of lists.
    fn find_listed(&self) -> BTreeSet<String> {
        let elements = self.graph.types.iter().filter_map(|def| match &def.kind {
            TypeKind::Array(array) => Some(array.items),
            TypeKind::Tuple(tuple) => tuple.rest,
            _ => None,
        });
        let codecs = elements.filter_map(|item| match self.element_of(item) {
            Element::Codec(codec) => Some(codec),
            Element::Scalar(_) | Element::AnyJson | Element::Never => None,
        });
        codecs.collect()
    }

    /// The codecs that check something: by themselves, or because they use one that does.
    fn find_checked(&self) -> BTreeSet<String> {
        let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut found: Vec<String> = Vec::new();
        for (id, def) in self.graph.iter() {
            if let Some(name) = self.names.list_class_name(id) {
                found.push(self.names.codec(name));
            }
            let Some(codec) = self.codec(id).filter(|_| is_data(def)) else {
                continue;
            };
            if let Some(class) = self.names.class_name(id)
                && self.checks_something(id, def, class)
            {
                found.push(codec.clone());
            }
            for used in self.used(id, def) {
                users.entry(used).or_default().push(codec.clone());
            }
        }
        let mut checked = BTreeSet::new();
        while let Some(codec) = found.pop() {
            if let Some(users) = users.remove(&codec) {
                found.extend(users);
            }
            checked.insert(codec);
        }
        checked
    }

    /// Whether a codec has something to check, as far as is known.
    fn checks_something(&self, id: TypeId, def: &TypeDef<'s>, class: &str) -> bool {
        match &def.kind {
            TypeKind::Object(object) => !self.object_checks(id, object).is_empty(),
            _ => !self.parts(id, def, class).check.is_empty(),
        }
    }

    /// The codecs that the codec of this type calls.
    fn used(&self, id: TypeId, def: &TypeDef<'s>) -> Vec<String> {
        let holders: Vec<Holder> = match &def.kind {
            TypeKind::Object(object) => {
                let fields = object.fields.iter();
                fields.map(|field| self.types.holder(field.ty.id)).collect()
            }
            TypeKind::Union(union) => {
                let choices = stated(self.graph, union).into_iter();
                choices.map(|(_, ty)| self.types.holder(ty)).collect()
            }
            TypeKind::Tuple(tuple) => {
                let items = tuple.prefix.iter().chain(&tuple.rest);
                items.map(|item| self.types.holder(item.id)).collect()
            }
            TypeKind::Map(_) => vec![self.types.map_values(self.graph, id)],
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Array(_)
            | TypeKind::Alias(_) => Vec::new(),
        };
        let used = holders.into_iter().filter_map(|holder| match holder {
            Holder::Class(class) => self.codec(class),
            Holder::List(list) => match self.element(list) {
                Element::Codec(codec) => Some(codec),
                Element::Scalar(_) | Element::AnyJson | Element::Never => None,
            },
            Holder::Scalar(_) | Holder::Never => None,
        });
        used.collect()
    }

    /// The codec of a type's class, if that is data.
    fn of(&self, id: TypeId, def: &TypeDef<'s>) -> Option<CodecClass> {
        let class = self
            .names
            .class_name(id)
            .filter(|_| is_data(def) && self.names.entry_owner(id) == id)?;
        let parts = self.parts(id, def, class);
        Some(match def.kind {
            TypeKind::Map(_) => self.class(def, class, &format!("List<{class}>"), parts),
            _ => self.class(def, class, class, parts),
        })
    }

    /// The codec of the class around a list that is an element of a list.
    fn of_list(&self, id: TypeId, def: &TypeDef<'s>, class: &str) -> CodecClass {
        self.class(def, class, class, self.wrapper(id, class))
    }

    fn parts(&self, id: TypeId, def: &TypeDef<'s>, class: &str) -> Parts {
        match &def.kind {
            TypeKind::Object(object) => self.object(id, object, class),
            TypeKind::Union(union) => self.union(id, union, class),
            TypeKind::Tuple(tuple) => self.tuple(id, tuple, class),
            TypeKind::Map(map) => self.map(id, map, class),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Array(_)
            | TypeKind::Alias(_) => Parts::default(),
        }
    }

    /// The whole class. `ty` is what it reads: the data class, or a list of entries.
    fn class(&self, def: &TypeDef<'s>, class: &str, ty: &str, parts: Parts) -> CodecClass {
        let is_map = ty != class;
        let name = self.names.codec(class);
        let mut methods = self.api(&name, ty, is_map);
        let json = &self.names.shared().json;
        let words = if is_map {
            ["readAll", "writeAll", "checkAll"]
        } else {
            ["read", "write", "check"]
        };
        let value = format!("{ty} {}", if is_map { "values" } else { "value" });
        let checker = format!("{json}.Checker at");
        let is_checked = self.checked.contains(&name);
        let mut method = |word: &str, doc: &str, returned: &str, parameters, body| {
            methods.push(Method {
                doc: vec![format!("/** {doc} */")],
                head: format!("public static {returned} {word}"),
                parameters,
                body,
            });
        };
        let source = vec![format!("{json}.Source source")];
        method(
            words[0],
            "Reads it from a part of JSON text.",
            ty,
            source,
            parts.read,
        );
        let tree = "Makes it a part of what becomes JSON text.";
        method(words[1], tree, "Object", vec![value.clone()], parts.write);
        if is_checked {
            let parameters = if is_map {
                vec![checker]
            } else {
                vec![value, checker]
            };
            let doc = "Checks it as a part of another value.";
            method(words[2], doc, "void", parameters, parts.check);
        }
        if self.listed.contains(&name) && !is_map {
            methods.extend(self.all(class, is_checked));
        }
        methods.extend(parts.more);
        let module = self.graph.modules.get(def.module.0 as usize);
        let mut doc = vec![format!("Reads, writes and checks {class} as JSON.")];
        doc.extend(
            module
                .map(|module| format!("Generated by flowtypes from {}. Do not edit.", module.stem)),
        );
        let methods: Vec<String> = methods.into_iter().map(Method::into_text).collect();
        CodecClass {
            doc: apex_doc(&doc, 0),
            annotations: suppressed_for_codec(&methods),
            access: self.access,
            name,
            interfaces: match parts.is_tried {
                true => format!(" implements {json}.Alternatives"),
                false => String::new(),
            },
            methods,
        }
    }

    /// What code of others calls.
    fn api(&self, codec: &str, ty: &str, is_map: bool) -> Vec<Method> {
        let json = &self.names.shared().json;
        let violation = &self.names.shared().violation;
        let (read, write, check) = if is_map {
            ("readAll", "writeAll", call("checkAll", vec![text("at")]))
        } else {
            (
                "read",
                "write",
                call("check", vec![text("value"), text("at")]),
            )
        };
        let method = |doc: [&str; 4], name: &str, returned: &str, parameter: &str, body| Method {
            doc: documented(&doc, json),
            head: format!("{} static {returned} {name}", self.access),
            parameters: vec![parameter.to_owned()],
            body,
        };
        let mut checker = call(format!("new {json}.Checker"), vec![text("value")]);
        if !self.nullable.contains(codec) {
            checker = chain(checker, vec![("required", Vec::new())]);
        }
        let violations = if self.checked.contains(codec) {
            vec![
                assign(format!("{json}.Checker at"), checker),
                Statement::Plain(check),
                returns(text("at.violations")),
            ]
        } else {
            vec![returns(join(vec![checker, text(".violations")]))]
        };
        let value = format!("{ty} value");
        vec![
            method(
                [
                    "Reads JSON text.",
                    "@param text JSON text",
                    "@return the value; null for null",
                    "@throws",
                ],
                "fromJson",
                ty,
                "String text",
                vec![returns(call(
                    read,
                    vec![call(format!("{json}.parse"), vec![text("text")])],
                ))],
            ),
            method(
                [
                    "Writes JSON text. What is null is left out, unless it has to be there.",
                    "@param value the value",
                    "@return JSON text",
                    "@throws",
                ],
                "toJson",
                "String",
                &value,
                vec![returns(call(
                    format!("{json}.text"),
                    vec![call(write, vec![text("value")])],
                ))],
            ),
            method(
                [
                    "Finds all that is wrong with a value.",
                    "@param value the value",
                    "@return what is wrong, and where; empty if the value is valid",
                    "",
                ],
                "validate",
                &format!("List<{violation}>"),
                &value,
                violations,
            ),
        ]
    }

    /// The same for the entries of a list.
    fn all(&self, class: &str, is_checked: bool) -> Vec<Method> {
        let json = &self.names.shared().json;
        let list = format!("List<{class}>");
        let each = |method: &'static str, argument: &'static str| {
            let one = call(method, vec![text(argument)]);
            Statement::Plain(call("all.add", vec![one]))
        };
        let mut methods = vec![
            Method {
                doc: vec!["/** Reads a list of them. */".to_owned()],
                head: format!("public static {list} readAll"),
                parameters: vec![format!("{json}.Source source")],
                body: vec![
                    guard("!source.hasList()", returns(text("null"))),
                    assign(format!("{list} all"), text(format!("new {list}()"))),
                    Statement::For(
                        format!("{json}.Source item"),
                        call("source.items", Vec::new()),
                        vec![each("read", "item")],
                    ),
                    returns(text("all")),
                ],
            },
            Method {
                doc: vec!["/** Writes a list of them. */".to_owned()],
                head: "public static List<Object> writeAll".to_owned(),
                parameters: vec![format!("{list} values")],
                body: vec![
                    no_value("values"),
                    assign("List<Object> all", text("new List<Object>()")),
                    Statement::For(
                        format!("{class} value"),
                        text("values"),
                        vec![each("write", "value")],
                    ),
                    returns(text("all")),
                ],
            },
        ];
        if is_checked {
            let check = call(
                "check",
                vec![text(format!("({class}) item.value")), text("item")],
            );
            methods.push(Method {
                doc: vec!["/** Checks a list of them. */".to_owned()],
                head: "public static void checkAll".to_owned(),
                parameters: vec![format!("{json}.Checker at")],
                body: vec![Statement::For(
                    format!("{json}.Checker item"),
                    call("at.items", Vec::new()),
                    vec![Statement::Plain(check)],
                )],
            });
        }
        methods
    }
}

/// The way out of a method that writes, where there is nothing to write.
fn no_value(variable: &str) -> Statement {
    guard(format!("{variable} == null"), returns(text("null")))
}

/// Whether a type's class, if it has one, is data.
fn is_data(def: &TypeDef<'_>) -> bool {
    !matches!(def.kind, TypeKind::Enum(_))
}

/// The comment of a method that others call.
fn documented(parts: &[&str; 4], json: &str) -> Vec<String> {
    let [what, tags @ ..] = parts;
    let mut lines = vec!["/**".to_owned(), format!(" * {what}"), " *".to_owned()];
    for tag in tags.iter().filter(|tag| !tag.is_empty()) {
        lines.push(match *tag {
            "@throws" => format!(" * @throws {json}.InvalidException if that cannot be done"),
            tag => format!(" * {tag}"),
        });
    }
    lines.push(" */".to_owned());
    lines
}
