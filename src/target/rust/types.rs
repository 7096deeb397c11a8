//! Which types have a name in Rust, and how a use of a type is written.

use super::config::{Integers, RustConfig};
use super::custom::Custom;
use super::format::format_check;
use super::names::Names;
use super::rules;
use crate::hash::HashSet;
use crate::ir::{
    Additional, Field, ModuleId, NameHint, NumberBounds, StringType, TypeDef, TypeGraph, TypeId,
    TypeKind, TypeRef, components, containment_cycles,
};

/// What the other stages ask about types.
pub(super) struct Types<'t, 's> {
    pub graph: &'t TypeGraph<'s>,
    pub names: &'t Names,
    pub custom: &'t Custom<'t>,
    single_file: bool,
    is_item: Vec<bool>,
    cycles: Vec<Option<u32>>,
    /// The types that are read once for all who hold them.
    once: HashSet<TypeId>,
    /// For each type, whether it is an enum that takes other texts too.
    is_open: Vec<bool>,
    fallback: Option<&'t str>,
    /// For each type, whether it is a struct with a field for the properties that have none of their own.
    keeps_others: &'t [bool],
    integers: Integers,
}

impl<'t, 's> Types<'t, 's> {
    pub(super) fn new(
        graph: &'t TypeGraph<'s>,
        names: &'t Names,
        custom: &'t Custom<'t>,
        config: &'t RustConfig,
        is_item: Vec<bool>,
        is_open: Vec<bool>,
        keeps_others: &'t [bool],
    ) -> Self {
        Self {
            graph,
            names,
            custom,
            single_file: config.single_file,
            is_item,
            is_open,
            fallback: config.fallback_variant.as_deref(),
            integers: config.integers,
            keeps_others,
            cycles: containment_cycles(graph),
            once: once(graph),
        }
    }

    /// Whether the type is written out under a name of its own.
    pub(super) fn is_item(&self, id: TypeId) -> bool {
        self.is_item[id.0 as usize]
    }

    /// Whether several alternatives of a union may read a value of the type, on each level of a nest of them.
    pub(super) fn is_once(&self, id: TypeId) -> bool {
        self.once.contains(&id)
    }

    /// The name that the user wants for the variant of an enum that takes other texts, if it gets one.
    pub(super) fn fallback(&self, id: TypeId) -> Option<&'t str> {
        self.fallback.filter(|_| self.is_open[id.0 as usize])
    }

    /// How a type is written in a module, where `holder` holds it in place: boxed if it holds `holder` in turn.
    pub(super) fn text(&self, used: TypeRef, module: ModuleId, holder: Option<TypeId>) -> String {
        let used = self.followed(used);
        let mut text = self.plain_text(used.id, module);
        if self.is_boxed(used.id, holder) {
            text = ["Box<", &text, ">"].concat();
        }
        if used.nullable {
            text = ["Option<", &text, ">"].concat();
        }
        text
    }

    /// What a use comes to: an alias that is not written out is what it stands for.
    pub(super) fn followed(&self, mut used: TypeRef) -> TypeRef {
        for _ in 0..self.graph.types.len() {
            match self.graph.get(used.id).kind {
                TypeKind::Alias(target)
                    if !self.is_item(used.id) && self.custom.of_type(used.id).is_none() =>
                {
                    used = TypeRef {
                        id: target.id,
                        nullable: used.nullable || target.nullable,
                    };
                }
                _ => break,
            }
        }
        used
    }

    /// Whether `holder` holds a type through a pointer, because that holds `holder` in turn.
    pub(super) fn is_boxed(&self, id: TypeId, holder: Option<TypeId>) -> bool {
        let cycle = |id: TypeId| self.cycles[id.0 as usize];
        self.custom.of_type(id).is_none()
            && holder.is_some_and(|holder| cycle(holder).is_some() && cycle(holder) == cycle(id))
    }

    /// Whether a value of a type may take more room in `holder` than a text, a list or a map does.
    pub(super) fn may_be_large(&self, used: TypeRef, holder: TypeId) -> bool {
        let id = self.followed(used).id;
        if self.custom.of_type(id).is_some() {
            return true;
        }
        let kind = &self.graph.get(id).kind;
        match kind {
            TypeKind::Object(_) | TypeKind::Union(_) | TypeKind::Tuple(_) | TypeKind::Alias(_) => {
                !self.is_boxed(id, Some(holder))
            }
            TypeKind::String(_) => self.custom.format(kind).is_some(),
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Array(_)
            | TypeKind::Map(_) => false,
        }
    }

    /// Whether an object has a field for the properties that have none of their own.
    pub(super) fn keeps_others(&self, id: TypeId) -> bool {
        self.keeps_others[id.0 as usize]
    }

    /// The type that holds the whole numbers of a schema.
    pub(super) fn whole(&self, bounds: &NumberBounds<'_>) -> rules::Whole {
        rules::whole(bounds, self.integers)
    }

    /// Whether a type stands in a module.
    pub(super) fn is_in(&self, id: TypeId, module: ModuleId) -> bool {
        self.single_file || self.graph.get(id).module == module
    }

    /// How the type with the parts of a type is written that is checked as a whole.
    pub(super) fn parts_path(&self, id: TypeId, module: ModuleId) -> String {
        self.path(id, module, self.names.parts_name(id))
    }

    fn path(&self, id: TypeId, module: ModuleId, name: &str) -> String {
        if self.is_in(id, module) {
            return name.to_owned();
        }
        let other = self.names.module_word(self.graph.get(id).module);
        format!("super::{other}::{name}")
    }

    /// The type of another crate that the user has chosen for a property.
    pub(super) fn foreign(&self, field: &Field<'s>) -> Option<String> {
        let path = self.custom.of_field(field)?;
        let is_nullable = self.graph.resolve(field.ty).nullable;
        Some(if is_nullable {
            format!("Option<{path}>")
        } else {
            path.to_owned()
        })
    }

    /// How a type is written in a module that is neither boxed nor nullable there.
    pub(super) fn plain_text(&self, id: TypeId, module: ModuleId) -> String {
        if let Some(path) = self.custom.of_type(id) {
            return path.to_owned();
        }
        if self.is_item(id) {
            return self.path(id, module, self.names.type_name(id));
        }
        self.content(id, module)
    }

    /// How the content of a type is written that has a name of its own or none.
    pub(super) fn content(&self, id: TypeId, module: ModuleId) -> String {
        let kind = &self.graph.get(id).kind;
        if let Some(path) = self.custom.format(kind) {
            return path.to_owned();
        }
        match kind {
            TypeKind::Any => "Value".to_owned(),
            TypeKind::Never => "support::Never".to_owned(),
            TypeKind::Null => "()".to_owned(),
            TypeKind::Boolean => "bool".to_owned(),
            TypeKind::Integer(bounds) => self.whole(bounds).name.to_owned(),
            TypeKind::Number(_) => "f64".to_owned(),
            TypeKind::String(_) => "String".to_owned(),
            TypeKind::Array(array) => ["Vec<", &self.text(array.items, module, None), ">"].concat(),
            TypeKind::Map(map) => {
                format!("BTreeMap<String, {}>", self.text(map.values, module, None))
            }
            TypeKind::Alias(target) => self.text(*target, module, Some(id)),
            // These always have a name.
            TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Tuple(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_) => self.names.type_name(id).to_owned(),
        }
    }
}

/// For each type, whether it is written out under a name of its own.
pub(super) fn items(graph: &TypeGraph<'_>, custom: &Custom<'_>) -> Vec<bool> {
    let roots: HashSet<TypeId> = graph
        .modules
        .iter()
        .filter_map(|module| module.root)
        .collect();
    let mut is_item: Vec<bool> = graph
        .iter()
        .map(|(id, def)| roots.contains(&id) || is_item(def, custom))
        .collect();
    for (id, is_used) in graph.iter().map(|(id, _)| id).zip(used(graph)) {
        // Nothing but a property that always has one text: it is written without a type.
        let is_constant =
            matches!(&graph.get(id).kind, TypeKind::Enum(texts) if texts.values.len() == 1);
        let is_named = !matches!(graph.get(id).name, NameHint::Derived(..));
        is_item[id.0 as usize] &= is_used || !is_constant || is_named || roots.contains(&id);
    }
    let is_replaced = |id: TypeId| custom.of_type(id).is_some();
    for id in unnamed_cycles(graph, &|id| is_item[id.0 as usize] || is_replaced(id)) {
        is_item[id.0 as usize] = true;
    }
    if custom.replaces() {
        let reached = reached(graph, custom, &roots);
        for (is_item, is_reached) in is_item.iter_mut().zip(reached) {
            *is_item &= is_reached;
        }
    }
    is_item
}

/// For each type, whether it is an enum that may take other texts too: not one that is a constant, that is checked as a
/// whole, or that tells the alternatives of a union apart.
pub(super) fn open_enums(graph: &TypeGraph<'_>) -> Vec<bool> {
    let mut waiting = Vec::new();
    for (_, def) in graph.iter() {
        match &def.kind {
            TypeKind::Union(union) if union.tag.is_none() => {
                waiting.extend(union.alternatives.iter().map(|one| one.ty));
            }
            TypeKind::Map(map) => waiting.extend(map.keys),
            _ => {}
        }
    }
    let mut tells_apart = vec![false; graph.types.len()];
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut tells_apart[id.0 as usize], true) {
            parts(&graph.get(id).kind, &mut |part| waiting.push(part));
        }
    }
    let is_open =
        |def: &TypeDef<'_>| matches!(&def.kind, TypeKind::Enum(texts) if texts.values.len() > 1);
    graph
        .iter()
        .zip(tells_apart)
        .map(|((_, def), tells_apart)| is_open(def) && !tells_apart && !rules::is_checked(def))
        .collect()
}

/// Calls `note` with every type that a type holds.
pub(super) fn parts(kind: &TypeKind<'_>, note: &mut dyn FnMut(TypeId)) {
    match kind {
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Integer(_)
        | TypeKind::Number(_)
        | TypeKind::String(_)
        | TypeKind::Enum(_)
        | TypeKind::Literal(_) => {}
        TypeKind::Array(array) => note(array.items.id),
        TypeKind::Tuple(tuple) => {
            let elements = tuple.prefix.iter().chain(&tuple.rest);
            elements.for_each(|element| note(element.id));
        }
        TypeKind::Map(map) => note(map.values.id),
        TypeKind::Object(object) => {
            object.fields.iter().for_each(|field| note(field.ty.id));
            if let Additional::Typed(values) = object.additional {
                note(values.id);
            }
        }
        TypeKind::Union(union) => union.alternatives.iter().for_each(|one| note(one.ty)),
        TypeKind::Alias(target) => note(target.id),
    }
}

/// The unions, and what is checked as a whole, on a cycle with a union whose alternatives must be tried: they would be read
/// for each alternative of each level, which doubles with every one.
fn once(graph: &TypeGraph<'_>) -> HashSet<TypeId> {
    let is_tried = |def: &TypeDef<'_>| matches!(&def.kind, TypeKind::Union(union) if union.tag.is_none() && !union.differ_in_kind());
    if !graph.iter().any(|(_, def)| is_tried(def)) {
        return HashSet::default();
    }
    let held = graph.types.iter().map(|def| {
        let mut held = Vec::new();
        parts(&def.kind, &mut |part| held.push(part.0));
        held
    });
    let cycles = components(&held.collect::<Vec<_>>());
    let cycle = |id: TypeId| cycles[id.0 as usize];
    let tried = graph.iter().filter(|(_, def)| is_tried(def));
    let tried: HashSet<u32> = tried.filter_map(|(id, _)| cycle(id)).collect();
    let on_one = graph
        .iter()
        .filter(|(id, _)| cycle(*id).is_some_and(|cycle| tried.contains(&cycle)));
    let once =
        on_one.filter(|(_, def)| matches!(def.kind, TypeKind::Union(_)) || rules::is_checked(def));
    once.map(|(id, _)| id).collect()
}

/// The one text that a required property has; none where its schema says more of it than the text.
pub(super) fn constant<'s>(graph: &TypeGraph<'s>, field: &Field<'s>) -> Option<&'s str> {
    let def = graph.get(field.ty.id);
    match &def.kind {
        TypeKind::Enum(texts)
            if field.required && !field.ty.nullable && !rules::is_checked(def) =>
        {
            match texts.values.as_slice() {
                [only] => Some(only.wire),
                _ => None,
            }
        }
        _ => None,
    }
}

/// For each type, whether some other type uses it for more than a constant.
fn used(graph: &TypeGraph<'_>) -> Vec<bool> {
    let mut used = vec![false; graph.types.len()];
    let mut note = |id: TypeId| used[id.0 as usize] = true;
    for (_, def) in graph.iter() {
        let TypeKind::Object(object) = &def.kind else {
            parts(&def.kind, &mut note);
            continue;
        };
        let fields = object
            .fields
            .iter()
            .filter(|field| constant(graph, field).is_none());
        fields.for_each(|field| note(field.ty.id));
        if let Additional::Typed(values) = object.additional {
            note(values.id);
        }
    }
    used
}

/// Whether a type that is no root is written out: a person would name it, or it has rules of its own.
fn is_item(def: &TypeDef<'_>, custom: &Custom<'_>) -> bool {
    let is_named = matches!(def.name, NameHint::Required(_) | NameHint::Suggested(_));
    let has_rules = match &def.kind {
        TypeKind::Enum(_)
        | TypeKind::Literal(_)
        | TypeKind::Tuple(_)
        | TypeKind::Object(_)
        | TypeKind::Union(_) => true,
        TypeKind::Any
        | TypeKind::Never
        | TypeKind::Null
        | TypeKind::Boolean
        | TypeKind::Alias(_) => false,
        TypeKind::Integer(bounds) => {
            // A range that a type of Rust has anyway asks for nothing.
            let is_plain = match bounds.integer_range() {
                (None | Some(0), None) => true,
                (Some(low), Some(high)) => {
                    let has_range = |least: i128, greatest: i128| low == least && high == greatest;
                    has_range(i64::MIN.into(), i64::MAX.into()) || has_range(0, u64::MAX.into())
                }
                _ => false,
            };
            !bounds.multiple_of.is_empty() || !is_plain
        }
        TypeKind::Number(bounds) => !bounds.is_unbounded(),
        TypeKind::String(string) => {
            !string.length.is_unbounded()
                || !string.patterns.is_empty()
                || has_checked_format(string) && custom.format(&def.kind).is_none()
        }
        TypeKind::Array(array) => array.unique || !array.size.is_unbounded(),
        TypeKind::Map(map) => {
            !map.size.is_unbounded()
                || map.keys.is_some()
                || !map.patterns.is_empty()
                || map.is_closed
        }
    };
    is_named || has_rules || !def.unsaid.is_empty()
}

/// For each type, whether it is still there where the user has replaced some: it has a name, or a type that is there
/// holds it.
fn reached(graph: &TypeGraph<'_>, custom: &Custom<'_>, roots: &HashSet<TypeId>) -> Vec<bool> {
    let is_named = |id: TypeId, def: &TypeDef<'_>| {
        roots.contains(&id) || !matches!(def.name, NameHint::Derived(..))
    };
    let mut waiting: Vec<TypeId> = graph
        .iter()
        .filter(|(id, def)| is_named(*id, def))
        .map(|(id, _)| id)
        .collect();
    let mut reached = vec![false; graph.types.len()];
    while let Some(id) = waiting.pop() {
        if custom.of_type(id).is_some() || std::mem::replace(&mut reached[id.0 as usize], true) {
            continue;
        }
        let kind = &graph.get(id).kind;
        let TypeKind::Object(object) = kind else {
            parts(kind, &mut |part| waiting.push(part));
            continue;
        };
        let own = object.fields.iter();
        let own = own.filter(|field| custom.of_field(field).is_none());
        waiting.extend(own.map(|field| field.ty.id));
        if let Additional::Typed(values) = object.additional {
            waiting.push(values.id);
        }
    }
    reached
}

/// Lists, maps and aliases that hold themselves without a named type in between: they must have a name.
fn unnamed_cycles(graph: &TypeGraph<'_>, is_item: &dyn Fn(TypeId) -> bool) -> Vec<TypeId> {
    let inner = |id: TypeId| match &graph.get(id).kind {
        TypeKind::Array(array) => Some(array.items.id),
        TypeKind::Map(map) => Some(map.values.id),
        TypeKind::Alias(target) => Some(target.id),
        _ => None,
    };
    let mut state = vec![0_u8; graph.types.len()];
    let mut found = Vec::new();
    for (start, _) in graph.iter() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(id) = at.filter(|id| !is_item(*id)) {
            match state[id.0 as usize] {
                0 => {
                    state[id.0 as usize] = 1;
                    path.push(id);
                    at = inner(id);
                }
                1 => {
                    found.push(id);
                    break;
                }
                _ => break,
            }
        }
        for id in path {
            state[id.0 as usize] = 2;
        }
    }
    found
}

/// Whether a text is checked for its format.
pub(super) fn has_checked_format(string: &StringType<'_>) -> bool {
    string.asserts_format && string.format.and_then(format_check).is_some()
}
