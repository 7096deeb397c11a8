//! Type graphs by hand.

use serde_json::Value as Json;

use crate::document::DocumentId;
use crate::ir::{
    Additional, Alternative, ArrayType, Checks, Docs, EnumType, EnumValue, Field, Format, Matching,
    Module, ModuleId, NameHint, NumberBounds, ObjectType, Part, SizeBounds, StringType, TypeDef,
    TypeGraph, TypeId, TypeKind, TypeRef, UnionType,
};
use crate::schema::kinds::KindSet;
use crate::schema::location::{LocationId, Locations};

/// A graph in the making.
pub struct Builder {
    location: LocationId,
    locations: Locations<'static>,
    modules: Vec<Module<'static>>,
    types: Vec<TypeDef<'static>>,
}

impl Builder {
    pub fn new() -> Self {
        let mut locations = Locations::default();
        Self {
            location: locations.document_root(DocumentId(0)),
            locations,
            modules: Vec::new(),
            types: Vec::new(),
        }
    }

    pub fn add(&mut self, name: &'static str, kind: TypeKind<'static>) -> TypeId {
        self.types.push(TypeDef {
            name: NameHint::Suggested(name),
            module: ModuleId(0),
            location: self.location,
            docs: Docs::default(),
            kind,
            checks: Vec::new(),
            unsaid: Vec::new(),
        });
        TypeId(u32::try_from(self.types.len() - 1).unwrap())
    }

    pub fn text(&mut self) -> TypeId {
        self.add("text", TypeKind::String(StringType::default()))
    }

    pub fn formatted(&mut self, format: &'static str) -> TypeId {
        let text = StringType {
            format: Some(Format::new(format)),
            ..StringType::default()
        };
        self.add("text", TypeKind::String(text))
    }

    pub fn boolean(&mut self) -> TypeId {
        self.add("boolean", TypeKind::Boolean)
    }

    pub fn integer(&mut self) -> TypeId {
        self.add("integer", TypeKind::Integer(NumberBounds::default()))
    }

    pub fn choice(&mut self, values: &[&'static str]) -> TypeId {
        let values = values
            .iter()
            .map(|wire| EnumValue {
                name: None,
                wire,
                description: None,
            })
            .collect();
        self.add("choice", TypeKind::Enum(EnumType { values }))
    }

    pub fn literal(&mut self, value: Json) -> TypeId {
        self.add(
            "literal",
            TypeKind::Literal(vec![Box::leak(Box::new(value))]),
        )
    }

    pub fn list(&mut self, of: TypeId) -> TypeId {
        let list = ArrayType {
            items: to(of),
            size: SizeBounds::default(),
            unique: false,
        };
        self.add("list", TypeKind::Array(list))
    }

    pub fn union(&mut self, of: &[TypeId]) -> TypeId {
        let alternatives = of
            .iter()
            .enumerate()
            .map(|(index, ty)| Alternative {
                ty: *ty,
                name: Part::Alternative(index),
                tag_value: None,
                kinds: KindSet::ALL,
                nullable: false,
                implied: false,
            })
            .collect();
        self.add(
            "union",
            TypeKind::Union(UnionType {
                alternatives,
                matching: Matching::One,
                tag: None,
                is_partial: false,
            }),
        )
    }

    pub fn object(
        &mut self,
        name: &'static str,
        fields: &[(&'static str, TypeId, bool)],
    ) -> TypeId {
        let fields = fields
            .iter()
            .map(|(wire, ty, required)| Field {
                wire,
                docs: Docs::default(),
                ty: to(*ty),
                required: *required,
                read_only: false,
                write_only: false,
                location: self.location,
            })
            .collect();
        let object = ObjectType {
            fields,
            additional: Additional::Open,
            patterns: Vec::new(),
            size: SizeBounds::default(),
        };
        self.add(name, TypeKind::Object(object))
    }

    /// Lets a property be null.
    pub fn nullable(&mut self, object: TypeId, wire: &str) {
        if let TypeKind::Object(object) = &mut self.types[object.0 as usize].kind {
            let mut fields = object.fields.iter_mut();
            fields.find(|field| field.wire == wire).unwrap().ty.nullable = true;
        }
    }

    pub fn module(&mut self, stem: &'static str, root: TypeId) {
        self.modules.push(Module {
            document: DocumentId(0),
            stem,
            root: Some(root),
            is_input: true,
        });
    }

    pub fn finish(self) -> TypeGraph<'static> {
        TypeGraph {
            modules: self.modules,
            types: self.types,
            checks: Checks::default(),
            locations: Box::leak(Box::new(self.locations)),
        }
    }
}

fn to(id: TypeId) -> TypeRef {
    TypeRef {
        id,
        nullable: false,
    }
}

/// The schemas of the session, as far as its actions need them.
pub fn session() -> Builder {
    let mut graph = Builder::new();
    let (text, boolean, uuid) = (graph.text(), graph.boolean(), graph.formatted("uuid"));
    let endpoint = graph.object("Instance Config", &[("endpoint", text, true)]);
    let name_and_value = [
        ("name", text, true),
        ("type", text, true),
        ("value", text, true),
    ];
    let text_variable = graph.object("Text Variable", &name_and_value);
    let other_variable = graph.object("Boolean Variable", &name_and_value);
    let variable = graph.union(&[text_variable, other_variable]);
    let variables = graph.list(variable);
    let request = [
        ("externalSessionKey", uuid, true),
        ("instanceConfig", endpoint, true),
        ("tz", text, false),
        ("variables", variables, false),
        ("bypassUser", boolean, false),
    ];
    let request = graph.object("Start Session Request", &request);
    graph.module("start-session-request", request);
    let response = graph.object("Start Session Response", &[("sessionId", uuid, true)]);
    graph.module("start-session-response", response);
    let ended = graph.choice(&["SessionEnded"]);
    let reason = graph.choice(&["UserRequest", "Transfer", "Expiration", "Error", "Other"]);
    let message = graph.object(
        "Session Ended Message",
        &[("type", ended, false), ("reason", reason, true)],
    );
    graph.module("session-ended-message", message);
    let (whole, said) = (graph.integer(), graph.choice(&["Text"]));
    let text_message = [
        ("type", said, true),
        ("sequenceId", whole, true),
        ("text", text, true),
    ];
    let text_message = graph.object("Text Message", &text_message);
    let cancel_message = graph.object("Cancel Message", &[("sequenceId", whole, true)]);
    let message = graph.union(&[text_message, cancel_message]);
    let send = graph.object("Send Message Request", &[("message", message, true)]);
    graph.module("send-message-request", send);
    let inform = graph.object("Inform Message", &[("message", text, true)]);
    let turn = graph.object("End Of Turn Message", &[("id", text, true)]);
    let answer = graph.union(&[inform, turn]);
    let answers = graph.list(answer);
    let sent = graph.object("Send Message Response", &[("messages", answers, true)]);
    graph.module("send-message-response", sent);
    let error = graph.object("Error", &[("message", text, true)]);
    graph.module("agent-api-error", error);
    graph
}
