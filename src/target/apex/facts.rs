//! What a type asks of its values, in sentences for ApexDoc. Plain data enforces none of it; a codec checks most.

use serde_json::Value;

use super::format;
use super::names::Names;
use super::pattern;
use super::rules::Rules;
use super::types::{Holder, Scalar, TypeMap};
use crate::ir::{
    Bound, NumberBounds, SizeBounds, StringType, TypeGraph, TypeId, TypeKind, TypeRef, UnionType,
};

/// How many values of a list stand in a comment.
const SHOWN_VALUES: usize = 10;

/// One thing that a type asks of its values.
#[derive(Debug)]
pub(crate) struct Fact {
    /// The keyword of JSON Schema that asks it; none where the Apex type itself sees to it.
    pub keyword: Option<&'static str>,
    /// A sentence.
    pub text: String,
    /// Whether a codec checks it.
    pub is_checked: bool,
}

impl Fact {
    /// A fact that nothing enforces.
    pub(crate) fn unchecked(keyword: &'static str, text: impl Into<String>) -> Self {
        Self {
            keyword: Some(keyword),
            text: text.into(),
            is_checked: false,
        }
    }

    /// A fact that a codec checks.
    pub(crate) fn checked(keyword: &'static str, text: impl Into<String>) -> Self {
        Self {
            is_checked: true,
            ..Self::unchecked(keyword, text)
        }
    }

    /// A fact that the Apex type itself says, or that nobody can break.
    pub(crate) fn known(text: impl Into<String>) -> Self {
        Self {
            keyword: None,
            text: text.into(),
            is_checked: false,
        }
    }
}

/// Where facts are looked up.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a, 's> {
    /// The types.
    pub graph: &'a TypeGraph<'s>,
    /// What holds them.
    pub types: &'a TypeMap,
    /// What they are called.
    pub names: &'a Names,
    /// What is checked beside what they say.
    pub rules: &'a Rules,
}

impl Facts<'_, '_> {
    /// The facts of a type and of the elements of a list.
    pub(crate) fn of(&self, id: TypeId) -> Vec<Fact> {
        let id = self.types.end(id);
        let mut facts = self.own(id);
        let parts = match &self.graph.get(id).kind {
            TypeKind::Array(array) => vec![("Each entry", array.items.id)],
            TypeKind::Map(map) => {
                let keys = map.keys.map(|keys| ("Each key", keys));
                keys.into_iter()
                    .chain([("Each value", map.values.id)])
                    .collect()
            }
            _ => Vec::new(),
        };
        for (each, part) in parts {
            let own = self.own(self.types.end(part)).into_iter();
            facts.extend(own.map(|fact| Fact {
                // What is asked of a map's values is reported where the map is.
                keyword: fact.keyword.filter(|_| each != "Each value"),
                text: format!("{each}: {}", lower_first(&fact.text)),
                is_checked: fact.is_checked,
            }));
        }
        facts
    }

    /// That entries of these types differ: a codec sees it where no two of them may be held as the same.
    pub(crate) fn no_entry_twice(&self, items: impl IntoIterator<Item = TypeRef>) -> Fact {
        let keeps = self.names.keeps_unknown();
        let mut items = items.into_iter();
        Fact {
            is_checked: items.all(|item| self.types.tells_apart(item.id, keeps)),
            ..Fact::checked("uniqueItems", "No entry twice.")
        }
    }

    /// The facts of a type itself.
    fn own(&self, id: TypeId) -> Vec<Fact> {
        match &self.graph.get(id).kind {
            TypeKind::Any => vec![Fact::known("JSON text of any value.")],
            TypeKind::Null => vec![Fact::known("Always null.")],
            TypeKind::Never | TypeKind::Boolean | TypeKind::Tuple(_) | TypeKind::Alias(_) => {
                Vec::new()
            }
            TypeKind::Integer(bounds) | TypeKind::Number(bounds) => numbers(bounds),
            TypeKind::String(text) => strings(text, self.types.holder(id)),
            TypeKind::Enum(one_of) => match (one_of.values.as_slice(), self.names.class_name(id)) {
                (_, Some(class)) => {
                    vec![Fact::checked(
                        "enum",
                        format!("One of the values in {class}."),
                    )]
                }
                ([only, ..], None) => {
                    vec![Fact::checked("const", format!("Always \"{}\".", only.wire))]
                }
                ([], None) => Vec::new(),
            },
            TypeKind::Literal(values) => literals(values, self.types.holder(id)),
            TypeKind::Array(array) => {
                let mut facts = sizes(array.size, ["minItems", "maxItems"], ["entry", "entries"]);
                if array.unique {
                    facts.push(self.no_entry_twice([array.items]));
                }
                facts
            }
            TypeKind::Map(map) => {
                let keywords = ["minProperties", "maxProperties"];
                let mut facts = sizes(map.size, keywords, ["entry", "entries"]);
                if map.is_closed {
                    let patterns = map
                        .patterns
                        .iter()
                        .map(|(pattern, _)| format!("\"{pattern}\""));
                    let patterns: Vec<String> = patterns.collect();
                    let text = format!("Each key matches {}.", patterns.join(" or "));
                    let mut all = map.patterns.iter();
                    facts.push(Fact {
                        is_checked: all.all(|(one, _)| pattern::java(one).is_some()),
                        ..Fact::checked("patternProperties", text)
                    });
                }
                let types: Vec<_> = map.patterns.iter().map(|(_, ty)| ty).collect();
                if types.windows(2).any(|pair| pair[0] != pair[1])
                    || !types.is_empty() && !map.is_closed
                {
                    facts.push(Fact {
                        is_checked: self.rules.checks(id, "patternProperties"),
                        ..Fact::unchecked(
                            "patternProperties",
                            "What a value has to be depends on its key.",
                        )
                    });
                }
                facts
            }
            TypeKind::Object(_) => match self.types.holder(id) {
                Holder::Scalar(_) => vec![Fact::known("JSON text of an object.")],
                Holder::Class(_) | Holder::List(_) | Holder::Never => Vec::new(),
            },
            TypeKind::Union(union) => self.union(union, id),
        }
    }

    /// What is known of a union that has no class.
    fn union(&self, union: &UnionType<'_>, id: TypeId) -> Vec<Fact> {
        if let Holder::Class(_) = self.types.holder(id) {
            return Vec::new();
        }
        if self.types.holder(id) == Holder::Scalar(Scalar::JsonText) {
            let text = "JSON text of one of several kinds of value.";
            return vec![match self.rules.is_free(id) {
                true => Fact::known(text),
                false => Fact {
                    is_checked: self.rules.checks(id, "anyOf"),
                    ..Fact::unchecked("anyOf", text)
                },
            }];
        }
        let classes: Vec<&str> = union
            .alternatives
            .iter()
            .filter_map(|one| self.names.class_name(self.types.end(one.ty)))
            .collect();
        if classes.is_empty() {
            return Vec::new();
        }
        vec![Fact::known(format!(
            "Known values are in {}.",
            classes.join(", ")
        ))]
    }
}

/// The facts of a number.
fn numbers(bounds: &NumberBounds<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut bound = |bound: Option<Bound<'_>>, names: [&'static str; 2], words: [&str; 2]| {
        if let Some(bound) = bound {
            let which = usize::from(bound.exclusive);
            let text = format!("{} {}.", words[which], bound.value);
            facts.push(Fact::checked(names[which], text));
        }
    };
    bound(
        bounds.minimum,
        ["minimum", "exclusiveMinimum"],
        ["At least", "More than"],
    );
    bound(
        bounds.maximum,
        ["maximum", "exclusiveMaximum"],
        ["At most", "Less than"],
    );
    for divisor in &bounds.multiple_of {
        facts.push(Fact::checked(
            "multipleOf",
            format!("A multiple of {divisor}."),
        ));
    }
    facts
}

/// The facts of a text.
fn strings(text: &StringType<'_>, holder: Holder) -> Vec<Fact> {
    let mut facts = sizes(
        text.length,
        ["minLength", "maxLength"],
        ["character", "characters"],
    );
    if let Some(format) = text.format
        && holder == Holder::Scalar(Scalar::Text)
    {
        facts.insert(
            0,
            Fact {
                is_checked: text.asserts_format && format::is_exact(format),
                ..Fact::checked("format", format!("Format: {}.", format.as_str()))
            },
        );
    }
    for pattern in &text.patterns {
        let fact = Fact::checked("pattern", format!("Matches the pattern \"{pattern}\"."));
        facts.push(Fact {
            is_checked: pattern::java(pattern).is_some(),
            ..fact
        });
    }
    // A Date or Datetime is not looked at as text any more.
    if holder != Holder::Scalar(Scalar::Text) {
        facts.iter_mut().for_each(|fact| fact.is_checked = false);
    }
    facts
}

/// The fact that only some values are accepted.
fn literals(values: &[&Value], holder: Holder) -> Vec<Fact> {
    let shown: Vec<String> = values
        .iter()
        .take(SHOWN_VALUES)
        .map(|value| value.to_string())
        .collect();
    let shown = match values.len() {
        count if count > SHOWN_VALUES => format!("{} and others", shown.join(", ")),
        _ => shown.join(", "),
    };
    let is_json = holder == Holder::Scalar(Scalar::JsonText);
    let text = match (values.len(), is_json) {
        (1, true) => format!("Always this JSON text: {shown}."),
        (1, false) => format!("Always {shown}."),
        (_, true) => format!("JSON text of one of {shown}."),
        (_, false) => format!("One of {shown}."),
    };
    vec![Fact::checked("enum", text)]
}

/// The facts of a size, counted in `units` (one, many).
pub(crate) fn sizes(size: SizeBounds, keywords: [&'static str; 2], units: [&str; 2]) -> Vec<Fact> {
    let count = |count: u64| format!("{count} {}", units[usize::from(count != 1)]);
    let [min, max] = keywords;
    match (size.min.filter(|&min| min > 0), size.max) {
        (None, None) => Vec::new(),
        (Some(least), Some(most)) if least == most => {
            vec![Fact::checked(min, format!("Exactly {}.", count(least)))]
        }
        (least, most) => {
            let least =
                least.map(|least| Fact::checked(min, format!("At least {}.", count(least))));
            let most = most.map(|most| Fact::checked(max, format!("At most {}.", count(most))));
            least.into_iter().chain(most).collect()
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !text.starts_with("JSON") => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
