//! What a flow is to branch on, or why it cannot.

use std::collections::HashSet;

use crate::action::{SchemaRoots, settle};
use crate::ir::{EnumType, TypeGraph, TypeKind, TypeRef, UnionType};
use crate::schema::kinds::Kind;
use crate::target::apex::actions::Verb;
use crate::target::apex::names::Names as ClassNames;

use super::super::super::config::FlowConfig;
use super::super::super::names;
use super::super::super::types::{Mapped, map_type};

/// What a flow branches on.
pub(in super::super::super) struct Branch<'a, 'g, 's> {
    /// The type of the whole, the class that reads it, and that which holds it.
    pub parse: &'a str,
    pub class: &'a str,
    /// The way to the value from the whole, which is empty for the whole itself.
    pub path: String,
    pub label: String,
    pub(super) of: Of<'g, 's>,
    /// The type of the value.
    pub ty: TypeRef,
    /// Whether null is valid JSON text for the whole.
    pub may_be_nothing: bool,
}

/// What has branches.
pub(super) enum Of<'g, 's> {
    Union(&'g UnionType<'s>),
    Enum(&'g EnumType<'s>),
}

impl<'a, 'g, 's> Branch<'a, 'g, 's> {
    /// Finds out what is meant by the name of a type, or of a property of one; else says why there is no such flow.
    pub(in super::super::super) fn find(
        name: &str,
        roots: &SchemaRoots<'g, 's>,
        classes: &'a ClassNames,
        config: &FlowConfig,
    ) -> Result<Self, NoBranch> {
        let whole = roots
            .root(name)
            .map(|root| Self::whole(root, roots, classes));
        if let Some(Ok(whole)) = whole {
            return Ok(whole);
        }
        match (Self::part(name, roots, classes, config), whole) {
            // What stands there is no property of a type that has properties.
            (Err(NoBranch::NotThere), Some(Err(problem))) => Err(problem),
            (part, _) => part,
        }
    }

    /// What tells it from others: the class that is read, and the way from there.
    pub(in super::super::super) fn key(&self) -> (&'a str, String) {
        (self.class, self.path.clone())
    }

    /// What is read by itself.
    fn whole(
        root: TypeRef,
        roots: &SchemaRoots<'g, 's>,
        classes: &'a ClassNames,
    ) -> Result<Self, NoBranch> {
        let class = classes.class_name(root.id);
        let (TypeKind::Union(union), Some(class)) = (&roots.graph.get(root.id).kind, class) else {
            return Err(NO_BRANCHES);
        };
        Ok(Self {
            parse: classes.action(root.id, Verb::Parse).ok_or(NO_ACTION)?,
            class,
            path: String::new(),
            label: names::label(&roots.label(root)),
            of: Of::Union(union),
            ty: root,
            may_be_nothing: takes_null(roots.graph, root),
        })
    }

    /// What is read as a property of something else.
    fn part(
        name: &str,
        roots: &SchemaRoots<'g, 's>,
        classes: &'a ClassNames,
        config: &FlowConfig,
    ) -> Result<Self, NoBranch> {
        let (outer, property) = name.rsplit_once("/properties/").ok_or(NoBranch::NotThere)?;
        let outer = outer.strip_suffix('#').unwrap_or(outer);
        let root = roots.root(outer).ok_or(NoBranch::NotThere)?;
        let TypeKind::Object(object) = &roots.graph.get(root.id).kind else {
            return Err(NoBranch::NotThere);
        };
        let wire = property.replace("~1", "/").replace("~0", "~");
        let mut fields = object.fields.iter().enumerate();
        let (index, field) = fields
            .find(|(_, field)| field.wire == wire)
            .ok_or(NoBranch::NotThere)?;
        let path = classes.field_name(root.id, index).ok_or(NO_BRANCHES)?;
        let ty = settle(roots.graph, field.ty);
        let of = match &roots.graph.get(ty.id).kind {
            TypeKind::Union(union) if classes.class_name(ty.id).is_some() => Of::Union(union),
            _ => match map_type(roots.graph, ty, config) {
                Mapped::Choice(choice) if are_alike(choice) => return Err(ALIKE),
                Mapped::Choice(choice) => Of::Enum(choice),
                Mapped::Unlisted(one) => return Err(NoBranch::Because(one.why)),
                Mapped::Scalar(_)
                | Mapped::Fixed(_)
                | Mapped::List(_)
                | Mapped::Record(_)
                | Mapped::Unsupported(_) => return Err(NO_BRANCHES),
            },
        };
        let own = names::label(field.docs.title.unwrap_or(field.wire));
        Ok(Self {
            parse: classes.action(root.id, Verb::Parse).ok_or(NO_ACTION)?,
            class: classes.class_name(root.id).ok_or(NO_ACTION)?,
            path: path.to_owned(),
            label: format!("{} of {}", own, names::label(&roots.label(root))),
            of,
            ty,
            may_be_nothing: takes_null(roots.graph, root),
        })
    }
}

/// Whether null is one of the values of a type.
fn takes_null(graph: &TypeGraph<'_>, of: TypeRef) -> bool {
    let holds_null = match &graph.get(of.id).kind {
        TypeKind::Union(union) => {
            let mut stated = union.alternatives.iter().filter(|one| !one.implied);
            stated.any(|one| one.kinds.contains(Kind::Null))
        }
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
        | TypeKind::Tuple(_)
        | TypeKind::Object(_)
        | TypeKind::Map(_)
        | TypeKind::Alias(_) => false,
    };
    of.nullable || holds_null
}

/// Why there is no flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super::super) enum NoBranch {
    /// Nothing in the schemas is called so.
    NotThere,
    /// It is there, and this is the reason.
    Because(&'static str),
}

const NO_ACTION: NoBranch =
    NoBranch::Because("no action parses it: name it, or the type that has it, in `apex.actions`");
const NO_BRANCHES: NoBranch = NoBranch::Because(
    "it is neither a union nor a property with an enum that a flow can tell apart",
);
const ALIKE: NoBranch = NoBranch::Because(
    "two of its values differ only in case, and a flow compares texts without regard to case",
);

/// Whether a flow cannot tell some of the values from each other.
fn are_alike(choice: &EnumType<'_>) -> bool {
    let mut folded = HashSet::new();
    let mut values = choice.values.iter();
    !values.all(|value| folded.insert(value.wire.to_lowercase()))
}
