//! What a type of the model is in a flow.

use serde_json::Value as Json;

use crate::action::{ScalarType, settle};
use crate::ir::{EnumType, EnumValue, Format, TypeGraph, TypeId, TypeKind, TypeRef};
use crate::target::apex::types::Scalar;

use super::config::FlowConfig;
use super::model::Value;
use super::text::Text;

/// Beyond this many values a choice is plain text: the decision that checks it would be no help to anybody.
pub(super) const MAX_CHOICES: usize = 50;

/// A scalar type of Flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FlowType {
    pub scalar: ScalarType,
    /// The decimal places of a number.
    pub scale: Option<u8>,
}

impl FlowType {
    pub(super) fn new(scalar: ScalarType, config: &FlowConfig) -> Self {
        let scale = (scalar == ScalarType::Number).then_some(config.decimal_places.min(17));
        Self { scalar, scale }
    }

    /// What holds the values of a type without parts that Apex holds so.
    pub(super) fn of_apex(scalar: Scalar, config: &FlowConfig) -> Self {
        let flow = match scalar {
            Scalar::Boolean => ScalarType::Boolean,
            Scalar::Integer | Scalar::Long | Scalar::Whole => return Self::whole(),
            Scalar::Decimal => ScalarType::Number,
            Scalar::Date => ScalarType::Date,
            Scalar::Datetime => ScalarType::DateTime,
            Scalar::Text | Scalar::JsonText | Scalar::Nothing => ScalarType::String,
        };
        Self::new(flow, config)
    }

    fn whole() -> Self {
        Self {
            scalar: ScalarType::Number,
            scale: Some(0),
        }
    }
}

/// What a type of the model is in a flow.
#[derive(Debug)]
pub(super) enum Mapped<'g, 's> {
    /// A variable of a scalar type.
    Scalar(FlowType),
    /// A variable for one of several texts.
    Choice(&'g EnumType<'s>),
    /// A choice of which not all can be offered: a text variable.
    Unlisted(Unlisted<'g, 's>),
    /// The only value there can be.
    Fixed(Value),
    /// A collection variable of a scalar type.
    List(FlowType),
    /// Part of an Apex-defined variable.
    Record(TypeId),
    /// Nothing that a flow can fill by itself: what it is.
    Unsupported(&'static str),
}

/// One of several texts, of which not all can be offered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unlisted<'g, 's> {
    choice: &'g EnumType<'s>,
    pub why: &'static str,
}

impl<'g, 's> Unlisted<'g, 's> {
    /// The values that a screen can offer; none where there are too many.
    pub(super) fn offered(self) -> Vec<&'g EnumValue<'s>> {
        let values = self.choice.values.iter();
        let mut offered: Vec<_> = values.filter(|value| is_exact(value.wire)).collect();
        if offered.len() > MAX_CHOICES {
            offered.clear();
        }
        offered
    }

    /// The values that no flow can spell.
    pub(super) fn lost(self) -> impl Iterator<Item = &'s str> {
        let values = self.choice.values.iter().map(|value| value.wire);
        values.filter(|value| !is_exact(value))
    }
}

/// Maps a use of a type.
pub(super) fn map_type<'g, 's>(
    graph: &'g TypeGraph<'s>,
    reference: TypeRef,
    config: &FlowConfig,
) -> Mapped<'g, 's> {
    let id = settle(graph, reference).id;
    match &graph.get(id).kind {
        TypeKind::Boolean => Mapped::Scalar(FlowType::new(ScalarType::Boolean, config)),
        TypeKind::Integer(_) => Mapped::Scalar(FlowType::whole()),
        TypeKind::Number(_) => Mapped::Scalar(FlowType::new(ScalarType::Number, config)),
        TypeKind::String(text) => {
            let scalar = match text.format {
                Some(Format::Date) => ScalarType::Date,
                Some(Format::DateTime) => ScalarType::DateTime,
                _ => ScalarType::String,
            };
            Mapped::Scalar(FlowType::new(scalar, config))
        }
        TypeKind::Enum(choice) => map_enum(choice),
        TypeKind::Literal(values) => match values.as_slice() {
            [Json::Bool(yes)] => Mapped::Fixed(Value::Boolean(*yes)),
            [Json::Number(number)] => Mapped::Fixed(Value::Number(Text::new(&number.to_string()))),
            _ => Mapped::Unsupported("a choice of values that are not all text"),
        },
        TypeKind::Array(array) => match map_item(graph, array.items, config) {
            Some(item) => Mapped::List(item),
            None => Mapped::Unsupported("a list whose elements are no scalars"),
        },
        TypeKind::Object(_) => Mapped::Record(id),
        TypeKind::Any => Mapped::Unsupported("any JSON value"),
        TypeKind::Never => Mapped::Unsupported("a property that can have no value"),
        TypeKind::Null => Mapped::Unsupported("null"),
        TypeKind::Tuple(_) => Mapped::Unsupported("a list with positions"),
        TypeKind::Map(_) => Mapped::Unsupported("an object with free property names"),
        TypeKind::Union(_) => Mapped::Unsupported("a choice of several types"),
        TypeKind::Alias(_) => Mapped::Unsupported("a type that is defined by itself"),
    }
}

fn map_enum<'g, 's>(choice: &'g EnumType<'s>) -> Mapped<'g, 's> {
    match (
        unlisted(choice.values.iter().map(|value| value.wire)),
        choice.values.as_slice(),
    ) {
        (Some(why), _) => Mapped::Unlisted(Unlisted { choice, why }),
        (None, [only]) => Mapped::Fixed(Value::Text(Text::new(only.wire))),
        (None, _) => Mapped::Choice(choice),
    }
}

/// Why values cannot be offered as choices; none if they can.
pub(super) fn unlisted<'v>(
    mut values: impl Iterator<Item = &'v str> + Clone,
) -> Option<&'static str> {
    if values.clone().any(|value| !is_exact(value)) {
        Some("one of its values cannot be written in a flow")
    } else if values.nth(MAX_CHOICES).is_some() {
        Some("it has more than 50 values")
    } else {
        None
    }
}

/// The element type of a list of scalars.
fn map_item(graph: &TypeGraph<'_>, items: TypeRef, config: &FlowConfig) -> Option<FlowType> {
    if let TypeKind::Array(_) = graph.get(settle(graph, items).id).kind {
        return None;
    }
    match map_type(graph, items, config) {
        Mapped::Scalar(scalar) => Some(scalar),
        Mapped::Choice(_) | Mapped::Unlisted(_) | Mapped::Fixed(Value::Text(_)) => {
            Some(FlowType::new(ScalarType::String, config))
        }
        Mapped::Fixed(_) | Mapped::List(_) | Mapped::Record(_) | Mapped::Unsupported(_) => None,
    }
}

/// Why no screen can ask for the values of a type.
pub(super) fn no_form(graph: &TypeGraph<'_>, root: TypeRef, config: &FlowConfig) -> String {
    match map_type(graph, root, config) {
        Mapped::Unsupported(what) => format!("it is {what}"),
        Mapped::Record(_) => "no class holds its values".to_owned(),
        Mapped::List(_) => "it is a list".to_owned(),
        Mapped::Scalar(_) | Mapped::Choice(_) | Mapped::Unlisted(_) | Mapped::Fixed(_) => {
            "it is a single value".to_owned()
        }
    }
}

/// Whether a text value stands in a flow as it is: not empty, nothing that reads as a merge field, nothing
/// that XML cannot hold or changes.
pub(super) fn is_exact(raw: &str) -> bool {
    let lost = |c: char| c.is_control() || c == '\u{fffe}' || c == '\u{ffff}';
    !raw.trim().is_empty() && raw.trim() == raw && !raw.contains("{!") && !raw.contains(lost)
}
