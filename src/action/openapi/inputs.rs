//! The inputs of an operation: its parameters, and its body.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::action::{ApexType, DataType, Group, GroupPath, GroupValue, Input, is_step};
use crate::ir::{TypeKind, TypeRef};

use super::naming::Purpose;
use super::operation::{Operation, content};
use super::reach::Reach;
use super::sort::{Sort, Types};
use super::{no_path, words};

/// The name of the input that is the body.
pub(super) const BODY: &str = "body";
/// So many optional properties of a body become inputs of the flow.
const MAX_OFFERED: usize = 12;

/// The inputs of an operation, or why it cannot be called from a flow.
pub(super) fn inputs<'s>(
    operation: &Operation<'s>,
    types: &Types<'_, '_, 's>,
    skipped: &mut Vec<String>,
) -> Result<Vec<Input>, String> {
    let mut found = Vec::new();
    if let Some(body) = operation.body(types.documents) {
        let part = Part {
            name: BODY,
            is_required: body.is("required"),
            description: body.text("description"),
            schema: content(&body),
        };
        found.extend(part.input(operation, types, skipped)?);
    }
    // Whether the platform tells names apart that differ in letter case alone is not published. Apex does not.
    let mut names: HashMap<String, &str> = found.iter().map(|_| (BODY.to_owned(), BODY)).collect();
    for parameter in operation.parameters(types.documents) {
        if parameter.is_cookie {
            skipped.push(format!("input `{}` is a cookie", parameter.name));
            continue;
        }
        match names.entry(parameter.name.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(parameter.name);
            }
            Entry::Occupied(other) => {
                let name = parameter.name;
                skipped.push(match *other.get() == name {
                    true => format!("input `{name}` is there more than once"),
                    false => format!(
                        "input `{name}` is `{}` in other letter case, which the org may take for the same",
                        other.get()
                    ),
                });
                continue;
            }
        }
        let part = Part {
            name: parameter.name,
            is_required: parameter.is_required,
            description: parameter.at.text("description"),
            schema: parameter.schema,
        };
        found.extend(part.input(operation, types, skipped)?);
    }
    Ok(found)
}

/// A parameter or a body.
struct Part<'s> {
    name: &'s str,
    is_required: bool,
    description: Option<&'s str>,
    schema: Option<Reach<'s>>,
}

impl<'s> Part<'s> {
    /// The input; none if it is left out, an error if it cannot be.
    fn input(
        &self,
        operation: &Operation<'s>,
        types: &Types<'_, '_, 's>,
        skipped: &mut Vec<String>,
    ) -> Result<Option<Input>, String> {
        let purpose = Purpose::Input(&operation.id, self.name);
        let sort = match &self.schema {
            _ if self.name.is_empty() => Sort::Unsupported("without a name"),
            _ if self.name.trim() != self.name => {
                Sort::Unsupported("named with a blank at an end, which metadata may lose")
            }
            Some(schema) => types.sort(schema, &purpose),
            None => Sort::Unsupported("no schema"),
        };
        let mut values = Vec::new();
        let data_type = match sort {
            Sort::Scalar(scalar, allowed) => {
                values = allowed;
                DataType::Scalar(scalar)
            }
            Sort::List(list) => DataType::List(list),
            Sort::Record {
                class,
                schema,
                is_list,
                can_be_filled,
            } => {
                let root = types.roots.root(&schema).filter(|_| can_be_filled);
                DataType::Apex(ApexType {
                    apex_class: class,
                    offer: root.map_or_else(Vec::new, |root| offer(types, root, skipped)),
                    groups: root.map_or_else(Vec::new, |root| groups(types, root)),
                    schema,
                    whole: !can_be_filled && !is_list,
                    is_list,
                    make: BTreeMap::new(),
                })
            }
            Sort::Unsupported(what) => {
                let said = format!("input `{}` is {what}", self.name);
                if self.is_required {
                    return Err(said);
                }
                skipped.push(said);
                return Ok(None);
            }
        };
        Ok(Some(Input {
            name: self.name.to_owned(),
            label: words(self.name),
            description: self.description.map(str::to_owned),
            required: self.is_required,
            reserved: false,
            data_type,
            values,
        }))
    }
}

/// The optional properties that a flow offers: those right in the record that are scalars or lists of them.
fn offer(types: &Types<'_, '_, '_>, root: TypeRef, skipped: &mut Vec<String>) -> Vec<String> {
    let simple = types.simple(root);
    let optional = simple.filter(|field| !field.required && !field.read_only);
    let (paths, others): (Vec<&str>, Vec<&str>) = optional
        .map(|field| field.wire)
        .partition(|wire| is_step(wire));
    skipped.extend(others.iter().map(|wire| no_path(wire)));
    let names = paths.into_iter().take(MAX_OFFERED);
    names.map(str::to_owned).collect()
}

/// How a flow sets what is required and a choice of several types: the first alternative that it can fill.
fn groups(types: &Types<'_, '_, '_>, root: TypeRef) -> Vec<Group> {
    let graph = types.roots.graph;
    let (mut pending, mut found) = (vec![(root, String::new())], Vec::new());
    while let Some((at, path)) = pending.pop() {
        let fields = types.fields(at).iter();
        for field in fields.filter(|field| field.required && !field.read_only) {
            let path = if path.is_empty() {
                field.wire.to_owned()
            } else {
                format!("{path}.{}", field.wire)
            };
            let ty = crate::action::settle(graph, field.ty);
            if matches!(graph.get(ty.id).kind, TypeKind::Object(_)) {
                pending.push((ty, path));
            } else if let Some((name, alternative)) = types.alternative(ty) {
                let label = words(field.docs.title.unwrap_or(field.wire));
                found.push(group(types, &label, &format!("{path}.{name}"), alternative));
            }
        }
    }
    found
}

fn group(types: &Types<'_, '_, '_>, label: &str, path: &str, alternative: TypeRef) -> Group {
    let (mut values, mut set) = (Vec::new(), BTreeMap::new());
    for field in types.fields(alternative) {
        if !field.required || field.read_only || types.is_fixed(field) {
            continue;
        }
        if let Some(data_type) = types.scalar(field.ty) {
            values.push(GroupValue {
                name: field.wire.to_owned(),
                label: words(field.docs.title.unwrap_or(field.wire)),
                description: field.docs.description.map(str::to_owned),
                data_type,
            });
            set.insert(field.wire.to_owned(), format!("{path}.{}", field.wire));
        }
    }
    let kind = path.rsplit('.').next().unwrap_or_default();
    Group {
        label: label.to_owned(),
        description: Some(format!(
            "This is a choice of several types. The flow sets {kind}."
        )),
        required: true,
        values,
        observed: GroupPath { element: None, set },
        help_page: None,
    }
}
