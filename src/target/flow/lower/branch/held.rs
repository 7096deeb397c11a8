//! What holds in a flow what Apex holds.

use crate::ir::{TypeGraph, TypeId, TypeKind};
use crate::target::apex::names::Names as ClassNames;
use crate::target::apex::types::{Holder, TypeMap};

use super::super::super::config::FlowConfig;
use super::super::super::text::Text;
use super::super::super::types::FlowType;
use super::super::plan::VariableType;

/// What holds values in Apex, and is called how.
#[derive(Clone, Copy)]
pub(in super::super::super) struct Held<'a> {
    pub types: &'a TypeMap,
    pub classes: &'a ClassNames,
}

impl Held<'_> {
    /// What holds the same in a flow, and whether that is a collection; none where there is no value at all.
    pub(super) fn in_flow(
        self,
        holder: Holder,
        graph: &TypeGraph<'_>,
        config: &FlowConfig,
    ) -> Option<(VariableType, bool)> {
        let record = |class: &str| VariableType::Record(Text::new(class));
        let of_class = |id| Some(record(self.classes.class_name(id)?));
        let scalar = |of| VariableType::Scalar(FlowType::of_apex(of, config));
        let of_list = |id: TypeId| match &graph.get(id).kind {
            TypeKind::Array(array) => match self.types.holder(array.items.id) {
                Holder::Scalar(of) => Some(scalar(of)),
                Holder::Class(id) => of_class(id),
                Holder::List(id) => Some(record(self.classes.list_class_name(id)?)),
                Holder::Never => None,
            },
            // A map is the list of its entries.
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Tuple(_)
            | TypeKind::Object(_)
            | TypeKind::Map(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => of_class(id),
        };
        match holder {
            Holder::Scalar(of) => Some((scalar(of), false)),
            Holder::Class(id) => Some((of_class(id)?, false)),
            Holder::List(id) => Some((of_list(id)?, true)),
            Holder::Never => None,
        }
    }
}
