//! How a value is read from JSON, and how it is written: expressions.

use super::Codecs;
use crate::ir::{TypeId, TypeKind, TypeRef};
use crate::target::apex::code::{Doc, call, chain, text};
use crate::target::apex::types::{Holder, Scalar};

/// What holds an entry of a list.
pub(super) enum Element {
    /// A type without parts.
    Scalar(Scalar),
    /// JSON text of any value, null among them.
    AnyJson,
    /// The class that this codec is for.
    Codec(String),
    /// No value is possible.
    Never,
}

impl Codecs<'_, '_> {
    /// What holds the entries of the list that holds this array or map.
    pub(super) fn element(&self, id: TypeId) -> Element {
        match &self.graph.get(id).kind {
            TypeKind::Array(array) => self.element_of(array.items),
            _ => self.codec(id).map_or(Element::Never, Element::Codec),
        }
    }

    /// What holds this entry of a list.
    pub(super) fn element_of(&self, item: TypeRef) -> Element {
        let codec = match self.types.holder(item.id) {
            Holder::Scalar(_) if self.is_null_text(item) => return Element::AnyJson,
            Holder::Scalar(scalar) => return Element::Scalar(scalar),
            Holder::Class(id) => self.codec(id),
            Holder::List(id) => {
                let class = self.names.list_class_name(id);
                class.map(|class| self.names.codec(class))
            }
            Holder::Never => None,
        };
        codec.map_or(Element::Never, Element::Codec)
    }

    /// The name of the codec of a type's class.
    pub(super) fn codec(&self, id: TypeId) -> Option<String> {
        let class = self.names.class_name(id);
        class.map(|class| self.names.codec(class))
    }

    /// Whether null is a value like others here, which text can say: there is no other way to tell it from nothing.
    pub(super) fn is_null_text(&self, ty: TypeRef) -> bool {
        self.types.holder(ty.id) == Holder::Scalar(Scalar::JsonText) && !self.types.is_nullable(ty)
    }

    /// The value that a source holds.
    pub(super) fn read(&self, ty: TypeRef, source: Doc) -> Doc {
        match self.is_null_text(ty) {
            true => method(source, "asAnyJson"),
            false => self.read_held(self.types.holder(ty.id), source),
        }
    }

    /// The value that a source holds, if it is not null.
    pub(super) fn read_held(&self, holder: Holder, source: Doc) -> Doc {
        match holder {
            Holder::Scalar(scalar) => method(source, read_scalar(scalar)),
            Holder::Class(id) => match self.codec(id) {
                Some(codec) => call(format!("{codec}.read"), vec![source]),
                None => method(source, "asNull"),
            },
            Holder::List(id) => self.read_list(&self.element(id), source),
            Holder::Never => method(source, "asNull"),
        }
    }

    /// The list that a source holds.
    pub(super) fn read_list(&self, element: &Element, source: Doc) -> Doc {
        match element {
            Element::Codec(codec) => call(format!("{codec}.readAll"), vec![source]),
            Element::Scalar(scalar) => method(source, read_scalars(*scalar)),
            Element::AnyJson | Element::Never => method(source, "asAnyJsons"),
        }
    }

    /// A value as a tree.
    pub(super) fn write(&self, holder: Holder, value: &str) -> Doc {
        let variable = || text(value.to_owned());
        match holder {
            Holder::Scalar(scalar) => match self.writer(scalar) {
                Some(writer) => call(writer.0, vec![variable()]),
                None => variable(),
            },
            Holder::Class(id) => match self.codec(id) {
                Some(codec) => call(format!("{codec}.write"), vec![variable()]),
                None => variable(),
            },
            Holder::List(id) => self.write_list(&self.element(id), value),
            Holder::Never => variable(),
        }
    }

    /// A list as a tree.
    pub(super) fn write_list(&self, element: &Element, value: &str) -> Doc {
        let variable = || text(value.to_owned());
        match element {
            Element::Codec(codec) => call(format!("{codec}.writeAll"), vec![variable()]),
            Element::Scalar(scalar) => match self.writer(*scalar) {
                Some(writer) => call(writer.1, vec![variable()]),
                None => variable(),
            },
            Element::AnyJson => self.write_list(&Element::Scalar(Scalar::JsonText), value),
            Element::Never => variable(),
        }
    }

    /// What writes one such value, and a list of them, where they are not written as they are.
    fn writer(&self, scalar: Scalar) -> Option<(String, String)> {
        let (one, all) = match scalar {
            Scalar::Date => ("day", "days"),
            Scalar::Datetime => ("instant", "instants"),
            Scalar::JsonText => ("tree", "trees"),
            Scalar::Boolean
            | Scalar::Integer
            | Scalar::Long
            | Scalar::Whole
            | Scalar::Decimal
            | Scalar::Text
            | Scalar::Nothing => return None,
        };
        let json = &self.names.shared().json;
        Some((format!("{json}.{one}"), format!("{json}.{all}")))
    }
}

fn method(of: Doc, name: &str) -> Doc {
    match of {
        Doc::Text(variable) => call(format!("{variable}.{name}"), Vec::new()),
        of => chain(of, vec![(name, Vec::new())]),
    }
}

fn read_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Boolean => "asBoolean",
        Scalar::Integer => "asInteger",
        Scalar::Long => "asLong",
        Scalar::Whole => "asWhole",
        Scalar::Decimal => "asDecimal",
        Scalar::Date => "asDate",
        Scalar::Datetime => "asDatetime",
        Scalar::Text => "asText",
        Scalar::JsonText => "asJson",
        Scalar::Nothing => "asNull",
    }
}

fn read_scalars(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Boolean => "asBooleans",
        Scalar::Integer => "asIntegers",
        Scalar::Long => "asLongs",
        Scalar::Whole => "asWholes",
        Scalar::Decimal => "asDecimals",
        Scalar::Date => "asDates",
        Scalar::Datetime => "asDatetimes",
        Scalar::Text => "asTexts",
        Scalar::JsonText | Scalar::Nothing => "asJsons",
    }
}
