//! What the schemas ask of values beside their types, such as `if` or `dependentRequired`: which of it is checked in Apex,
//! and where.
//!
//! A codec checks what the class says. The rest is checked on the JSON tree that the codec writes, by one method for each
//! schema that is needed, in a class of their own. What Apex cannot check exactly is left out where that only lets more
//! pass, and otherwise with all that depends on it.

mod class;
mod decided;
mod exact;
mod lost;
mod statements;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::class::{Methods, classes, method as method_name, place_of};
use self::exact::Exact;
use self::lost::Lost;
pub(crate) use self::statements::has_others;
use super::names::named_after;
use super::types::{Holder, Scalar, TypeMap, common_value, next, parts};
use crate::ir::check::Rule;
use crate::ir::{CheckId, Matching, TypeDef, TypeGraph, TypeId, TypeKind};

/// A rule of a schema: by the schema's check, and its place among the rules of that.
type RuleAt = (CheckId, usize);

/// What is checked of the types of a run beside what their classes say.
pub(crate) struct Rules {
    of_type: BTreeMap<TypeId, Asked>,
    /// For each type whose class's codec checks it, the types whose rules that are.
    hosted: BTreeMap<TypeId, Vec<TypeId>>,
    exact: Exact,
    /// The unions with an alternative that takes all that their Apex type can hold.
    free: BTreeSet<TypeId>,
    /// The types whose values are nowhere but in values that are checked as a whole.
    inside: BTreeSet<TypeId>,
}

/// What is asked of a type.
#[derive(Default)]
struct Asked {
    rules: Vec<RuleAt>,
    /// The number of the method that checks them.
    number: usize,
    /// The type whose class's codec calls that method; none where whoever uses the type does.
    host: Option<TypeId>,
    /// Whether it is the root of a schema, which nobody need use.
    is_root: bool,
    /// The keywords of which all is checked.
    keywords: BTreeSet<&'static str>,
    /// Whether all that the schemas ask is checked, whatever the keyword.
    is_whole: bool,
}

/// Which rules of a type's schemas the class does not say.
enum Unsaid {
    /// Those of these keywords.
    Of(Vec<&'static str>),
    /// All of them, these keywords among them: the class holds text, whatever the type is.
    All(Vec<&'static str>),
}

impl Rules {
    /// No rules, where there are no codecs.
    pub(crate) fn none(graph: &TypeGraph<'_>, types: &TypeMap) -> Self {
        let free = graph.iter().filter(|(id, _)| is_free(graph, types, *id));
        let mut rules = Self {
            of_type: BTreeMap::new(),
            hosted: BTreeMap::new(),
            exact: Exact::default(),
            free: free.map(|(id, _)| id).collect(),
            inside: BTreeSet::new(),
        };
        rules.inside = rules.inside(graph, types);
        rules
    }

    /// Finds what can be checked, where classes keep the properties that they have no field for or lose them.
    pub(crate) fn new(graph: &TypeGraph<'_>, types: &TypeMap, keeps_unknown: bool) -> Self {
        let mut rules = Self::none(graph, types);
        let wanted: Vec<(TypeId, Unsaid)> = graph
            .iter()
            .filter(|(id, _)| !rules.free.contains(id))
            .filter_map(|(id, def)| Some((id, unsaid(types, id, def)?)))
            .collect();
        let mut roots = Vec::new();
        let mut found = Vec::new();
        for (id, unsaid) in wanted {
            let at = rules_of(graph, &graph.get(id).checks, &unsaid);
            roots.extend(at.iter().map(|(check, _)| *check));
            found.push((id, unsaid, at));
        }
        rules.exact = Exact::new(graph, roots);
        let used = used(graph, types);
        let mut lost = (!keeps_unknown).then(|| Lost::new(graph, types));
        for (id, unsaid, at) in found {
            let loses = |rule: &Rule<'_>| lost.as_mut().is_some_and(|lost| lost.loses(id, rule));
            let asked = rules.asked(graph, &unsaid, at, loses);
            if !asked.rules.is_empty() && (used.contains(&id) || host(graph, types, id).is_some()) {
                rules.of_type.insert(id, asked);
            }
        }
        let mut numbers: BTreeMap<Vec<RuleAt>, usize> = BTreeMap::new();
        let mut hosted = BTreeSet::new();
        for (id, asked) in &mut rules.of_type {
            // A type and one that also takes null have the same rules.
            let next = numbers.len() + 1;
            asked.number = *numbers.entry(asked.rules.clone()).or_insert(next);
            asked.host = host(graph, types, *id);
            if let Some(host) = asked.host
                && hosted.insert((host, asked.number))
            {
                rules.hosted.entry(host).or_default().push(*id);
            }
        }
        for root in graph.modules.iter().filter_map(|module| module.root) {
            if let Some(asked) = rules.of_type.get_mut(&root) {
                asked.is_root = true;
            }
        }
        rules.inside = rules.inside(graph, types);
        rules
    }

    /// The types that are parts of values which are checked as a whole, and of no others.
    fn inside(&self, graph: &TypeGraph<'_>, types: &TypeMap) -> BTreeSet<TypeId> {
        let mut inside: BTreeSet<TypeId> = BTreeSet::new();
        for (_, def) in graph.iter() {
            inside.extend(parts(&def.kind));
        }
        let roots = graph.modules.iter().filter_map(|module| module.root);
        let mut work: Vec<TypeId> = roots.chain(with_class(graph, types)).collect();
        work.extend(
            graph
                .iter()
                .map(|(id, _)| id)
                .filter(|id| !inside.contains(id)),
        );
        for id in &work {
            inside.remove(id);
        }
        while let Some(id) = work.pop() {
            if !self.is_whole(graph, id) {
                let outside = parts(&graph.get(id).kind).into_iter();
                work.extend(outside.filter(|part| inside.remove(part)));
            }
        }
        inside
    }

    /// Whether a value of this type is checked with all of its parts, or is valid whatever these are.
    fn is_whole(&self, graph: &TypeGraph<'_>, id: TypeId) -> bool {
        match &graph.get(id).kind {
            TypeKind::Map(map) if common_value(map).is_none() => {
                self.checks(id, "patternProperties")
            }
            _ => {
                let asked = self.of_type.get(&id);
                self.is_free(id) || asked.is_some_and(|asked| asked.is_whole && asked.is_used())
            }
        }
    }

    /// Whether a union has an alternative that takes all that its Apex type can hold.
    pub(crate) fn is_free(&self, id: TypeId) -> bool {
        self.free.contains(&id)
    }

    /// How many classes hold the methods that check them.
    pub(crate) fn classes(&self, graph: &TypeGraph<'_>) -> usize {
        Methods::new(graph, self, "", &[]).classes()
    }

    fn asked(
        &self,
        graph: &TypeGraph<'_>,
        unsaid: &Unsaid,
        at: Vec<RuleAt>,
        mut loses: impl FnMut(&Rule<'_>) -> bool,
    ) -> Asked {
        let mut asked = Asked::default();
        let mut left = Vec::new();
        for (check, index) in at {
            let rule = &graph.checks.get(check).rules[index];
            let is_lost = loses(rule);
            if is_lost || !self.exact.is_exact(rule) {
                left.extend(keywords_of(rule));
            }
            if !is_lost && self.exact.is_usable(rule) {
                asked.rules.push((check, index));
            }
        }
        let rules = || asked.rules.iter();
        let is_there = |keyword: &&str| {
            rules().any(|(check, index)| {
                keywords_of(&graph.checks.get(*check).rules[*index]).contains(keyword)
            })
        };
        let (Unsaid::Of(keywords) | Unsaid::All(keywords)) = unsaid;
        let keywords = keywords.iter().copied();
        let keywords = keywords.filter(|one| !left.contains(one) && is_there(one));
        Asked {
            keywords: keywords.collect(),
            is_whole: matches!(unsaid, Unsaid::All(_)) && left.is_empty(),
            ..asked
        }
    }

    /// Whether there is anything to check.
    pub(crate) fn is_empty(&self) -> bool {
        self.of_type.is_empty()
    }

    /// The rules that are checked of a type.
    pub(crate) fn of<'g, 's>(&self, graph: &'g TypeGraph<'s>, id: TypeId) -> Vec<&'g Rule<'s>> {
        let rules = self.of_type.get(&id).into_iter();
        let rules = rules.flat_map(|asked| &asked.rules);
        rules
            .map(|(check, index)| &graph.checks.get(*check).rules[*index])
            .collect()
    }

    /// The rules that are checked of a schema.
    pub(crate) fn of_check<'g, 's>(
        &self,
        graph: &'g TypeGraph<'s>,
        id: CheckId,
    ) -> Vec<&'g Rule<'s>> {
        let rules = graph.checks.get(id).rules.iter();
        rules.filter(|rule| self.exact.is_usable(rule)).collect()
    }

    /// The types whose rules differ, in the order of the methods that check them.
    fn of_methods(&self) -> Vec<TypeId> {
        let mut first: BTreeMap<usize, TypeId> = BTreeMap::new();
        for (id, asked) in &self.of_type {
            first.entry(asked.number).or_insert(*id);
        }
        first.into_values().collect()
    }

    /// Whether anything is asked of a type.
    pub(crate) fn has_method(&self, id: TypeId) -> bool {
        self.of_type.contains_key(&id)
    }

    /// The method of one of these classes that checks what is asked of a type; none where nothing is.
    pub(crate) fn method(&self, id: TypeId, classes: &[String]) -> Option<String> {
        let asked = self.of_type.get(&id)?;
        Some(class::method(classes, asked.number))
    }

    /// Whether all that a keyword asks of a type is checked, where it is used or with all that it is a part of.
    pub(crate) fn checks(&self, id: TypeId, keyword: &str) -> bool {
        let of_type = self.of_type.get(&id);
        self.inside.contains(&id)
            || of_type.is_some_and(|asked| {
                (asked.is_whole || asked.keywords.contains(keyword)) && asked.is_used()
            })
    }

    /// The types whose rules the codec of a type's class checks.
    pub(crate) fn hosted(&self, id: TypeId) -> &[TypeId] {
        self.hosted.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The types whose rules are to be checked where this one is used, by no codec of a class.
    pub(crate) fn of_use(&self, graph: &TypeGraph<'_>, types: &TypeMap, id: TypeId) -> Vec<TypeId> {
        if self.is_empty() {
            return Vec::new();
        }
        let way = way(graph, types, id).into_iter();
        let mut numbers = BTreeSet::new();
        way.filter(|one| {
            let asked = self.of_type.get(one);
            asked.is_some_and(|asked| asked.host.is_none() && numbers.insert(asked.number))
        })
        .collect()
    }
}

impl Asked {
    /// Whether it is checked anywhere. The root of a schema is in nobody's field: without a class it has no codec that could
    /// check it.
    fn is_used(&self) -> bool {
        !self.is_root || self.host.is_some()
    }
}

/// A type and those behind it, up to the one that it stands for.
fn way(graph: &TypeGraph<'_>, types: &TypeMap, id: TypeId) -> Vec<TypeId> {
    let mut way = vec![id];
    let mut at = id;
    for _ in &graph.types {
        match next(graph, at) {
            Some(step) if at != types.end(id) => at = step,
            _ => break,
        }
        way.push(at);
    }
    way
}

/// The types that the codec of some class meets where it uses them: parts of what has a class, and the elements of lists
/// among those. A root without a class is used by nobody.
fn used(graph: &TypeGraph<'_>, types: &TypeMap) -> BTreeSet<TypeId> {
    let mut work: Vec<TypeId> = with_class(graph, types).collect();
    let mut used = BTreeSet::new();
    while let Some(id) = work.pop() {
        let kind = &graph.get(id).kind;
        // What the entries of a map have to be that depends on their keys, is asked of the map.
        if matches!(kind, TypeKind::Map(map) if common_value(map).is_none()) {
            continue;
        }
        for part in parts(kind) {
            for step in way(graph, types, part) {
                if used.insert(step) && matches!(types.holder(step), Holder::List(_)) {
                    work.push(step);
                }
            }
        }
    }
    used
}

/// The types with a class of their own.
fn with_class(graph: &TypeGraph<'_>, types: &TypeMap) -> impl Iterator<Item = TypeId> {
    let has_class = |id: TypeId| match types.holder(id) {
        Holder::Class(class) => class == id,
        Holder::List(list) => {
            types.is_nested_list(id) || list == id && matches!(graph.get(id).kind, TypeKind::Map(_))
        }
        Holder::Scalar(_) | Holder::Never => false,
    };
    let ids = graph.iter().map(|(id, _)| id);
    ids.filter(move |id| has_class(*id))
}

/// The class whose codec checks the rules of a type: its own, or that of a type which is there for this one alone.
fn host(graph: &TypeGraph<'_>, types: &TypeMap, id: TypeId) -> Option<TypeId> {
    let end = types.end(id);
    let has_class = types.holder(end) == Holder::Class(end);
    let is_own = || end == id || named_after(graph, types, end) == id;
    (has_class && is_own()).then_some(end)
}

/// The keywords that a class does not say, of those that are looked at.
fn unsaid(types: &TypeMap, id: TypeId, def: &TypeDef<'_>) -> Option<Unsaid> {
    let mut keywords = def.unsaid.clone();
    match (&def.kind, types.holder(id)) {
        // Which alternative a value is, and whether it is only one, is decided when it is read.
        (TypeKind::Union(_), Holder::Class(class)) if class == id => {
            keywords.retain(|keyword| !["anyOf", "oneOf"].contains(keyword));
        }
        (TypeKind::Union(_), Holder::Scalar(_)) if types.end(id) == id => {
            keywords.push("anyOf");
            return Some(Unsaid::All(keywords));
        }
        (TypeKind::Object(_), Holder::Scalar(Scalar::JsonText)) => {
            keywords.push("patternProperties");
            return Some(Unsaid::All(keywords));
        }
        (TypeKind::Map(map), _) if common_value(map).is_none() => {
            keywords.push("patternProperties");
        }
        _ => {}
    }
    (!keywords.is_empty()).then_some(Unsaid::Of(keywords))
}

/// Whether it is a union of which one alternative takes all that its Apex type can hold.
fn is_free(graph: &TypeGraph<'_>, types: &TypeMap, id: TypeId) -> bool {
    let def = graph.get(id);
    let is_scalar = types.end(id) == id && matches!(types.holder(id), Holder::Scalar(_));
    let TypeKind::Union(union) = &def.kind else {
        return false;
    };
    let takes_all = |ty: TypeId| {
        let is_plain = match &graph.get(types.end(ty)).kind {
            TypeKind::Any | TypeKind::Boolean => true,
            TypeKind::Integer(bounds) | TypeKind::Number(bounds) => bounds.is_unbounded(),
            TypeKind::String(of) => {
                let is_any = of.length.is_unbounded() && of.patterns.is_empty();
                is_any && !(of.asserts_format && of.format.is_some())
            }
            TypeKind::Never
            | TypeKind::Null
            | TypeKind::Enum(_)
            | TypeKind::Literal(_)
            | TypeKind::Array(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Object(_)
            | TypeKind::Union(_)
            | TypeKind::Alias(_) => false,
        };
        let mut way = way(graph, types, ty).into_iter();
        let says_all = way.all(|step| graph.get(step).unsaid.is_empty());
        is_plain && says_all && types.holder(ty) == types.holder(id)
    };
    let mut alternatives = union.alternatives.iter();
    is_scalar
        && def.unsaid.is_empty()
        && union.matching != Matching::One
        && alternatives.any(|one| takes_all(one.ty))
}

/// The rules that are not said, of these checks and all that they refer to for the same value.
fn rules_of(graph: &TypeGraph<'_>, checks: &[CheckId], unsaid: &Unsaid) -> Vec<RuleAt> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut rest: Vec<CheckId> = checks.iter().rev().copied().collect();
    while let Some(id) = rest.pop() {
        if !seen.insert(id) {
            continue;
        }
        for (index, rule) in graph.checks.get(id).rules.iter().enumerate() {
            match (unsaid, rule) {
                (Unsaid::Of(_), Rule::All(ids)) => rest.extend(ids.iter().rev()),
                (Unsaid::Of(keywords), _) => {
                    if keywords_of(rule).iter().any(|one| keywords.contains(one)) {
                        found.push((id, index));
                    }
                }
                // What kind of value it is, the class says.
                (Unsaid::All(_), Rule::Kinds(_)) => {}
                (Unsaid::All(_), _) => found.push((id, index)),
            }
        }
    }
    found
}

/// The words for a rule among those that a type leaves unsaid.
fn keywords_of(rule: &Rule<'_>) -> &'static [&'static str] {
    match rule {
        Rule::Pattern(_) => &["pattern"],
        Rule::Number(_) => &["multipleOf"],
        Rule::Format(_) => &["format"],
        Rule::Items(..) | Rule::ItemCount(_) | Rule::Unique => &["array keywords"],
        Rule::Contains(..) => &["contains", "array keywords"],
        Rule::UnevaluatedItems(_) => &["unevaluatedItems", "array keywords"],
        Rule::Properties { .. } => &["patternProperties", "object keywords"],
        Rule::Required(_) | Rule::PropertyCount(_) => &["object keywords"],
        Rule::Names(_) => &["propertyNames", "object keywords"],
        Rule::DependentRequired(_) => &["dependentRequired", "object keywords"],
        Rule::DependentSchemas(_) => &["dependentSchemas", "object keywords"],
        Rule::UnevaluatedProperties(_) => &["unevaluatedProperties", "object keywords"],
        Rule::Any(_) => &["anyOf"],
        Rule::One(_) => &["oneOf"],
        Rule::Not(_) => &["not"],
        Rule::If(..) => &["if"],
        Rule::Never | Rule::Kinds(_) | Rule::Values(_) | Rule::Length(_) | Rule::All(_) => &[],
    }
}
