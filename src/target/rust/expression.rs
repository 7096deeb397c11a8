//! Values of the schemas as expressions in Rust.

use serde_json::Value;

use super::names;
use super::rules;
use super::text::{float, literal};
use super::types::{Types, constant};
use crate::ir::{
    Additional, ModuleId, ObjectType, TupleType, TypeId, TypeKind, TypeRef, UnionType,
};
use crate::schema::equal;

/// How many types deep a value is written.
const DEEPEST: usize = 16;

/// Writes values as they stand in a module.
pub(super) struct Expressions<'x, 't, 's> {
    pub types: &'x Types<'t, 's>,
    pub module: ModuleId,
}

impl Expressions<'_, '_, '_> {
    /// A value of the type itself, within the code of that type.
    pub(super) fn own(&self, id: TypeId, value: &Value) -> Option<String> {
        self.named(id, "Self", value, 0)
    }

    /// A value where a type is used, in place of what `holder` holds; none if the value does not fit the type, or if
    /// the module cannot make one.
    pub(super) fn of(
        &self,
        used: TypeRef,
        value: &Value,
        holder: Option<TypeId>,
        depth: usize,
    ) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        let used = self.types.followed(used);
        if self.types.custom.of_type(used.id).is_some() {
            return None;
        }
        if used.nullable && value.is_null() {
            return Some("None".to_owned());
        }
        let mut text = if self.types.is_item(used.id) {
            let path = self.types.plain_text(used.id, self.module);
            self.named(used.id, &path, value, depth)?
        } else {
            self.content(used.id, value, depth)?
        };
        if self.types.is_boxed(used.id, holder) {
            text = format!("Box::new({text})");
        }
        if used.nullable {
            text = format!("Some({text})");
        }
        Some(text)
    }

    /// A value of a type with a name.
    fn named(&self, id: TypeId, path: &str, value: &Value, depth: usize) -> Option<String> {
        let def = self.types.graph.get(id);
        let is_checked = rules::is_checked(def);
        let inner = if is_checked {
            self.types.parts_path(id, self.module)
        } else {
            path.to_owned()
        };
        let text = match &def.kind {
            TypeKind::Object(object) => self.object(id, &inner, object, value, depth)?,
            TypeKind::Tuple(tuple) => self.tuple(id, &inner, tuple, value, depth)?,
            TypeKind::Union(union) => self.union(id, &inner, union, value, depth)?,
            TypeKind::Enum(texts) => {
                let text = value.as_str()?;
                let position = texts.values.iter().position(|one| one.wire == text)?;
                let variant = self.types.names.members(id).names.get(position)?;
                format!("{inner}::{variant}")
            }
            TypeKind::Literal(values) => {
                let position = values.iter().position(|one| *one == value)?;
                let variant = self.types.names.members(id).names.get(position)?;
                format!("{inner}::{variant}")
            }
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Array(_)
            | TypeKind::Map(_)
            | TypeKind::Alias(_) => {
                // What such a struct holds may be private to its module.
                if !self.is_here(id) {
                    return None;
                }
                return Some(format!("{path}({})", self.content(id, value, depth)?));
            }
        };
        if !is_checked {
            return Some(text);
        }
        self.is_here(id).then(|| format!("{path}({text})"))
    }

    fn is_here(&self, id: TypeId) -> bool {
        self.types.is_in(id, self.module)
    }

    /// A value of what a type without a name holds.
    fn content(&self, id: TypeId, value: &Value, depth: usize) -> Option<String> {
        let kind = &self.types.graph.get(id).kind;
        if self.types.custom.format(kind).is_some() {
            return None;
        }
        match (kind, value) {
            (TypeKind::Any, _) => any(value, depth),
            (TypeKind::Null, Value::Null) => Some("()".to_owned()),
            (TypeKind::Boolean, Value::Bool(value)) => Some(value.to_string()),
            (TypeKind::Integer(bounds), Value::Number(number)) => {
                let number = equal::whole(number)?;
                let fits = match self.types.whole(bounds).name {
                    "u64" | "u128" => u64::try_from(number).is_ok(),
                    _ => i64::try_from(number).is_ok(),
                };
                fits.then(|| number.to_string())
            }
            (TypeKind::Number(_), Value::Number(number)) => Some(float(number)),
            (TypeKind::String(_), Value::String(text)) => Some(owned(text)),
            (TypeKind::Array(array), Value::Array(items)) => {
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|item| self.of(array.items, item, None, depth + 1))
                    .collect();
                Some(list(&items?))
            }
            (TypeKind::Map(map), Value::Object(members)) => {
                let members: Vec<_> = members.iter().collect();
                self.map(&members, Some(map.values), depth)
            }
            (TypeKind::Alias(target), _) => self.of(*target, value, Some(id), depth + 1),
            _ => None,
        }
    }

    fn map(
        &self,
        members: &[(&String, &Value)],
        values: Option<TypeRef>,
        depth: usize,
    ) -> Option<String> {
        let entry = |(name, value): &(&String, &Value)| {
            let value = match values {
                Some(values) => self.of(values, value, None, depth + 1)?,
                None => any(value, depth + 1)?,
            };
            Some(format!("({}, {value})", owned(name)))
        };
        let entries: Option<Vec<String>> = members.iter().map(entry).collect();
        Some(match entries?.as_slice() {
            [] => "Default::default()".to_owned(),
            entries => format!("[{}].into()", entries.join(", ")),
        })
    }

    fn object(
        &self,
        id: TypeId,
        path: &str,
        object: &ObjectType<'_>,
        value: &Value,
        depth: usize,
    ) -> Option<String> {
        let members = value.as_object()?;
        let own_names = self.types.names.members(id);
        let kept = &own_names.others;
        let mut fields = Vec::new();
        let mut own = std::collections::HashSet::new();
        for (field, name) in object.fields.iter().zip(&own_names.names) {
            own.insert(field.wire);
            let value = members.get(field.wire);
            if constant(self.types.graph, field).is_some() {
                continue;
            }
            let text = match value {
                Some(_) if self.types.custom.of_field(field).is_some() => return None,
                Some(value) => self.of(field.ty, value, Some(id), depth + 1)?,
                None if field.required => return None,
                None => "None".to_owned(),
            };
            fields.push(match value {
                Some(_) if !field.required => format!("{name}: Some({text})"),
                _ => format!("{name}: {text}"),
            });
        }
        let others: Vec<_> = members
            .iter()
            .filter(|(name, _)| !own.contains(name.as_str()))
            .collect();
        if self.types.keeps_others(id) {
            let values = match object.additional {
                Additional::Typed(values) if object.patterns.is_empty() => Some(values),
                Additional::Typed(_) | Additional::Open | Additional::Closed => None,
            };
            fields.push(format!("{kept}: {}", self.map(&others, values, depth)?));
        } else if !others.is_empty() {
            return None;
        }
        Some(braced(path, &fields))
    }

    fn tuple(
        &self,
        id: TypeId,
        path: &str,
        tuple: &TupleType,
        value: &Value,
        depth: usize,
    ) -> Option<String> {
        let items = value.as_array()?;
        let mut fields = Vec::new();
        for (position, element) in tuple.prefix.iter().enumerate() {
            let is_required = (position as u64) < tuple.size.min.unwrap_or(0);
            let text = match items.get(position) {
                Some(item) => self.of(*element, item, Some(id), depth + 1)?,
                None if is_required => return None,
                None => "None".to_owned(),
            };
            let text = match items.get(position) {
                Some(_) if !is_required => format!("Some({text})"),
                _ => text,
            };
            fields.push(format!("{}: {text}", names::element(position)));
        }
        let others = items.get(tuple.prefix.len()..).unwrap_or_default();
        match tuple.rest {
            Some(rest) => {
                let others: Option<Vec<String>> = others
                    .iter()
                    .map(|item| self.of(rest, item, None, depth + 1))
                    .collect();
                fields.push(format!("rest: {}", list(&others?)));
            }
            None if !others.is_empty() => return None,
            None => {}
        }
        Some(braced(path, &fields))
    }

    /// The alternative that a value is: by its tag, or the first that takes it.
    fn union(
        &self,
        id: TypeId,
        path: &str,
        union: &UnionType<'_>,
        value: &Value,
        depth: usize,
    ) -> Option<String> {
        let mut chosen = None;
        for (position, alternative) in union.alternatives.iter().enumerate() {
            let takes = match union.tag.as_ref().and_then(|tag| {
                let text = value.get(tag.property).and_then(Value::as_str);
                tag.texts.get(position).map(|texts| (texts, text))
            }) {
                Some((texts, text)) => {
                    texts.is_empty() || text.is_some_and(|text| texts.contains(&text))
                }
                None => self.types.accepts(alternative.ty, value)?,
            };
            if takes {
                chosen = Some((position, alternative));
                break;
            }
        }
        let (position, alternative) = chosen?;
        let used = TypeRef {
            id: alternative.ty,
            nullable: alternative.nullable,
        };
        let text = self.of(used, value, Some(id), depth + 1)?;
        let variant = self.types.names.members(id).names.get(position)?;
        Some(format!("{path}::{variant}({text})"))
    }
}

/// Any value.
fn any(value: &Value, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    let path = "::serde_json::Value";
    Some(match value {
        Value::Null => format!("{path}::Null"),
        Value::Bool(value) => format!("{path}::from({value})"),
        Value::Number(number) if number.is_i64() => format!("{path}::from({number}_i64)"),
        Value::Number(number) if number.is_u64() => format!("{path}::from({number}_u64)"),
        Value::Number(number) => format!("{path}::from({})", float(number)),
        Value::String(text) => format!("{path}::from({})", literal(text)),
        Value::Array(items) => {
            let items: Option<Vec<String>> =
                items.iter().map(|item| any(item, depth + 1)).collect();
            format!("{path}::Array({})", list(&items?))
        }
        Value::Object(members) => {
            let entry = |(name, value): (&String, &Value)| {
                Some(format!("({}, {})", owned(name), any(value, depth + 1)?))
            };
            let entries: Option<Vec<String>> = members.iter().map(entry).collect();
            format!(
                "{path}::Object([{}].into_iter().collect())",
                entries?.join(", ")
            )
        }
    })
}

fn owned(text: &str) -> String {
    if text.is_empty() {
        return "String::new()".to_owned();
    }
    format!("{}.to_owned()", literal(text))
}

fn list(items: &[String]) -> String {
    match items {
        [] => "Vec::new()".to_owned(),
        items => format!("vec![{}]", items.join(", ")),
    }
}

fn braced(path: &str, fields: &[String]) -> String {
    match fields {
        [] => format!("{path} {{}}"),
        fields => format!("{path} {{ {} }}", fields.join(", ")),
    }
}
