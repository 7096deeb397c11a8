//! From two surfaces to what has changed, and what that breaks.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::rules::Difference;
use super::{Item, Kind, Surface};
use crate::target::Target;

/// A difference between two outputs.
///
/// ```
/// use flowtypes::{Failure, Generator};
/// use flowtypes::surface::{How, Surface, compare};
///
/// let surface = |property: &str| -> Result<Surface, Failure> {
///     let schema = format!(r#"{{"title": "Order", "type": "object", "properties": {{"{property}": {{"type": "string"}}}}}}"#);
///     Generator::new().schema_text("order.json", schema).surface()
/// };
/// for change in compare(&surface("id")?, &surface("number")?) {
///     let mark = if change.breaks { "breaks" } else { "safe" };
///     println!("{mark} {} {} {}", change.item.as_str(), change.name, change.change.as_str());
///     if change.change == How::Removed {
///         println!("  is it {:?} now?", change.renamed_to);
///     }
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// The target that it is a difference of.
    pub target: Target,
    /// What the item is.
    pub item: Kind,
    /// The full name of the item.
    pub name: String,
    /// What has happened to it.
    pub change: How,
    /// Its type or value before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// Its type or value now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The new name, if it looks as if it was renamed, or if it is the same in another case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renamed_to: Option<String>,
    /// Whether something that uses it may not work any more.
    pub breaks: bool,
    /// What breaks, and how one gets to know of it; or what changes without breaking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<&'static str>,
}

/// What has happened to an item.
///
/// ```
/// use flowtypes::surface::{Change, How};
///
/// fn is_gone(change: &Change) -> bool {
///     change.change == How::Removed && change.renamed_to.is_none()
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// It is gone.
    Removed,
    /// It has another type or value.
    Changed,
    /// It is new.
    Added,
}

impl How {
    /// The word for it.
    ///
    /// ```
    /// assert_eq!(flowtypes::surface::How::Removed.as_str(), "removed");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Added => "added",
        }
    }
}

/// What tells one item from another.
type Key<'i> = (Target, Kind, Cow<'i, str>, Cow<'i, str>);

fn key(item: &Item) -> Key<'_> {
    let [parent, name] = [&item.parent, &item.name].map(|name| told(item.target, name));
    (item.target, item.kind, parent, name)
}

/// A name as it is told from others: Apex does not tell upper case from lower case.
fn told(target: Target, name: &str) -> Cow<'_, str> {
    match target {
        Target::Apex => Cow::Owned(name.to_ascii_lowercase()),
        Target::Rust | Target::Flow => Cow::Borrowed(name),
    }
}

/// The differences: what breaks first, by target, then in the order of the outputs. Parts of what is gone or new as a whole are not
/// listed.
///
/// ```
/// use flowtypes::{Failure, Generator};
/// use flowtypes::surface::{How, Surface, compare};
///
/// let surface = |property: &str| -> Result<Surface, Failure> {
///     let schema = format!(r#"{{"title": "Order", "type": "object", "properties": {{"{property}": {{"type": "string"}}}}}}"#);
///     Generator::new().schema_text("order.json", schema).surface()
/// };
/// // What was a property is gone: whatever reads it breaks.
/// let changes = compare(&surface("id")?, &surface("number")?);
/// assert!(changes.iter().any(|change| change.breaks && change.change == How::Removed));
/// assert!(compare(&surface("id")?, &surface("id")?).is_empty());
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[must_use]
pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let before: HashMap<Key<'_>, &Item> = old.iter().map(|item| (key(item), item)).collect();
    let after: HashMap<Key<'_>, &Item> = new.iter().map(|item| (key(item), item)).collect();
    let (wholes_before, wholes_after) = (wholes(old), wholes(new));
    let is_part_of = |wholes: &HashSet<(Target, Cow<'_, str>)>, item: &Item| {
        item.parent.is_empty() || wholes.contains(&(item.target, told(item.target, &item.parent)))
    };
    let removed: Vec<&Item> = old
        .iter()
        .filter(|item| is_listed_alone(item) && is_part_of(&wholes_after, item))
        .filter(|item| !after.contains_key(&key(item)))
        .collect();
    let added: Vec<&Item> = new
        .iter()
        .filter(|item| is_listed_alone(item) && is_part_of(&wholes_before, item))
        .filter(|item| !before.contains_key(&key(item)))
        .collect();
    let renamed = renamed(&removed, &added);
    let mut changes: Vec<Change> = Vec::new();
    for item in &removed {
        let mut change = describe(item, How::Removed);
        change.old = detail(item);
        change.renamed_to = renamed.get(&key(item)).cloned();
        changes.push(change);
    }
    for item in old.iter() {
        let Some(now) = after.get(&key(item)) else {
            continue;
        };
        let is_respelled = is_listed_alone(item) && now.name != item.name;
        let respelled_to = is_respelled.then(|| now.name.clone());
        if !has_same_detail(item, now) {
            let mut change = describe(item, How::Changed);
            change.old = detail(item);
            change.new = detail(now);
            change.renamed_to = respelled_to;
            changes.push(change);
        } else if is_respelled {
            let effect = effect_of_spelling(item.kind);
            changes.push(Change {
                renamed_to: respelled_to,
                breaks: effect.is_some(),
                effect,
                ..describe(item, How::Changed)
            });
        }
    }
    for item in &added {
        let mut change = describe(item, How::Added);
        change.new = detail(item);
        changes.push(change);
    }
    for difference in old.rules.compare(&new.rules) {
        for target in &new.enforcers {
            changes.push(of_rule(*target, &difference));
        }
    }
    changes.sort_by_key(|change| (!change.breaks, change.target));
    changes
}

/// A difference between the rules of a place, as it is for one target.
fn of_rule(target: Target, difference: &Difference) -> Change {
    let effect = match target {
        Target::Rust if difference.reads_otherwise => {
            Some("a value that fits several alternatives is read as another one of them")
        }
        Target::Apex | Target::Flow if difference.reads_otherwise => Some(
            "a value that fits several alternatives is read into the field of another one of them: flows find nothing where it was",
        ),
        _ if !difference.narrows => None,
        Target::Rust => Some("values that were valid may be refused when they are read or made"),
        Target::Apex | Target::Flow => Some(
            "values that were valid may be found invalid by `validate`, and the actions that write or validate them then fail",
        ),
    };
    Change {
        target,
        item: Kind::Rule,
        name: format!("{} {}", difference.place, difference.rule),
        change: difference.how,
        old: difference.old.clone(),
        new: difference.new.clone(),
        renamed_to: None,
        breaks: difference.narrows || difference.reads_otherwise,
        effect,
    }
}

/// The names of what stands by itself.
fn wholes(surface: &Surface) -> HashSet<(Target, Cow<'_, str>)> {
    let whole = surface.iter().filter(|item| item.parent.is_empty());
    whole
        .map(|item| (item.target, told(item.target, &item.name)))
        .collect()
}

/// Whether an item is what it was, for those who use it. A type in Apex is a name, other details are values.
fn has_same_detail(old: &Item, new: &Item) -> bool {
    match old.kind {
        Kind::ClassField => told(old.target, &old.detail) == told(new.target, &new.detail),
        _ => old.detail == new.detail,
    }
}

/// Whether it matters that there is such an item. Whether there is a default, the method or trait says that gives it; whether
/// there is a name in JSON, the field.
fn is_listed_alone(item: &Item) -> bool {
    !matches!(item.kind, Kind::Default | Kind::JsonName)
}

fn detail(item: &Item) -> Option<String> {
    (!item.detail.is_empty()).then(|| item.detail.clone())
}

/// What looks as if it was renamed: of one parent, kind and type a single item is gone, and a single one is new.
fn renamed<'i>(removed: &[&'i Item], added: &[&'i Item]) -> HashMap<Key<'i>, String> {
    let group = |item: &'i Item| {
        let (target, kind, parent, _) = key(item);
        (target, kind, parent, &*item.detail)
    };
    let mut gone: HashMap<_, Vec<&Item>> = HashMap::new();
    for item in removed {
        gone.entry(group(item)).or_default().push(item);
    }
    let mut new: HashMap<_, Vec<&Item>> = HashMap::new();
    for item in added {
        new.entry(group(item)).or_default().push(item);
    }
    let pairs = gone.iter().filter_map(|(group, gone)| {
        match (&gone[..], new.get(group).map(Vec::as_slice)) {
            ([old], Some([new])) => Some((key(old), new.name.clone())),
            _ => None,
        }
    });
    pairs.collect()
}

fn describe(item: &Item, how: How) -> Change {
    let effect = effect(item, how);
    let name = match item.parent.as_str() {
        "" => item.name.clone(),
        parent => format!("{parent}.{}", item.name),
    };
    Change {
        target: item.target,
        item: item.kind,
        name,
        change: how,
        old: None,
        new: None,
        renamed_to: None,
        // Whoever asks for a default gets a valid value all the same.
        breaks: effect.is_some() && item.kind != Kind::Default,
        effect,
    }
}

/// What it means for those who use it; nothing is said of what they do not notice.
fn effect(item: &Item, how: How) -> Option<&'static str> {
    let effect = match (item.kind, how) {
        (
            Kind::Type | Kind::Field | Kind::Variant | Kind::Method | Kind::Trait,
            How::Removed,
        )
        | (Kind::Type | Kind::Field | Kind::Method | Kind::Trait, How::Changed) => {
            "code that uses it does not compile"
        }
        (Kind::Variant, How::Changed) => {
            "code that uses it does not compile, or means another value now"
        }
        (Kind::JsonName, How::Changed) => {
            "JSON with the old name is read as if the property were not there, and what is written has the new one"
        }
        (Kind::Default, How::Changed) => "code that asks for the default gets the new one",
        (Kind::Field, How::Added) => "code that makes values of the type does not compile",
        (Kind::Variant, How::Added) => "code that matches all variants does not compile",
        (Kind::Class, How::Removed) => {
            "flows with variables of this class break when they run, without a warning before; Apex code does not compile"
        }
        (Kind::ClassField, How::Removed) => {
            "flows that read or set the field break when they run, without a warning before; Apex code does not compile"
        }
        (Kind::ClassField, How::Changed) => {
            "flows that read or set the field may break when they run, without a warning before; Apex code may not compile"
        }
        (Kind::Constants, How::Removed) => "Apex code does not compile",
        (Kind::Code, How::Removed) => {
            "Apex code does not compile, and flows that call it as an action break when they run"
        }
        (Kind::Constant, How::Removed) => {
            "flows that compare with or set this text go on with a value that is not valid any more; Apex code does not compile"
        }
        (Kind::Constant, How::Changed) => {
            "flows that compare with or set the old text go on with a value that is not valid any more"
        }
        (Kind::Flow, How::Removed) => "flows, buttons and agents that start it fail when they run",
        (Kind::Input | Kind::Output, How::Removed | How::Changed) => {
            "flows that start this one and use the variable break when they run, without a warning before"
        }
        (Kind::Choice, How::Removed | How::Changed) => {
            "the screens of the flow, as it is deployed, go on with a value that may not be valid any more, until it is deployed again"
        }
        (Kind::FlowConstant, How::Removed | How::Changed) => {
            "the flow, as it is deployed, goes on with the old value until it is deployed again; whoever starts it with that value is then told that it is not valid"
        }
        (Kind::OutputValue, How::Removed | How::Changed) => {
            "flows that decide on this text never get it any more, and go the way of all others"
        }
        (Kind::Class | Kind::Constants | Kind::Code | Kind::Flow, How::Changed)
        | (Kind::Variable, How::Removed | How::Changed)
        | (Kind::Default | Kind::JsonName, How::Removed | How::Added)
        | (
            Kind::Type
            | Kind::Method
            | Kind::Trait
            | Kind::Class
            | Kind::ClassField
            | Kind::Constants
            | Kind::Constant
            | Kind::Code
            | Kind::Flow
            | Kind::Input
            | Kind::Output
            | Kind::Variable
            | Kind::OutputValue
            | Kind::Choice
            | Kind::FlowConstant,
            How::Added,
        )
        // Rules are compared by themselves.
        | (Kind::Rule, How::Removed | How::Changed | How::Added) => return None,
    };
    Some(effect)
}

/// What it means for those who use it that a name has other letters in upper case. Apex code goes on. That flows do not is
/// inferred: they tell the case of variables apart, and nothing is documented about classes and their fields.
fn effect_of_spelling(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Class => Some(
            "flows with variables of this class may break when they run, if they tell upper from lower case; Apex code does not",
        ),
        Kind::ClassField => Some(
            "flows that read or set the field may break when they run, if they tell upper from lower case; Apex code does not",
        ),
        Kind::Code => Some(
            "flows that call it as an action may break when they run, if they tell upper from lower case; Apex code does not",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{How, compare};
    use crate::surface::{Kind, Surface};
    use crate::target::Target::Apex;

    fn surface(fields: &[(&str, &str, &str)]) -> Surface {
        let mut surface = Surface::default();
        let mut last = "";
        for (class, field, ty) in fields {
            if *class != last {
                surface.add(Apex, Kind::Class, class, "");
                last = class;
            }
            surface.add_part(Apex, Kind::ClassField, class, field, ty);
        }
        surface
    }

    #[test]
    fn the_same_has_no_differences() {
        let one = surface(&[("A", "x", "String"), ("A", "y", "Long")]);
        assert_eq!(compare(&one, &one.clone()), []);
    }

    #[test]
    fn a_field_that_is_gone_is_paired_with_the_only_new_one_of_its_type() {
        let old = surface(&[("A", "x", "String"), ("A", "y", "Long"), ("B", "z", "Long")]);
        let new = surface(&[
            ("A", "xx", "String"),
            ("A", "y", "Decimal"),
            ("B", "z", "Long"),
        ]);
        let changes = compare(&old, &new);
        let short: Vec<_> = changes
            .iter()
            .map(|change| (change.name.as_str(), change.change, change.breaks))
            .collect();
        assert_eq!(
            short,
            [
                ("A.x", How::Removed, true),
                ("A.y", How::Changed, true),
                ("A.xx", How::Added, false)
            ]
        );
        assert_eq!(changes[0].renamed_to.as_deref(), Some("xx"));
    }

    #[test]
    fn a_name_in_other_case_is_the_same_for_apex_and_may_be_another_for_flows() {
        let one = |class: &str, field: &str, wire: &str, ty: &str| {
            let mut surface = surface(&[(class, field, ty)]);
            surface.add_part(Apex, Kind::JsonName, class, field, wire);
            surface.add(Apex, Kind::Constants, &format!("{class}State"), "");
            surface.add_part(
                Apex,
                Kind::Constant,
                &format!("{class}State"),
                field,
                "open",
            );
            surface.add(Apex, Kind::Code, &format!("{class}Json"), "");
            surface
        };
        let old = one("Order", "partOf", "part-of", "List<Order>");
        let (class, code) = ("Order", "OrderJson");
        let safe = [("OrderState", None), ("OrderState.partOf", None)];
        for (new, breaking, safe) in [
            (
                one("Order", "partOF", "part-of", "List<Order>"),
                vec![("Order.partOf", Kind::ClassField)],
                &safe[1..],
            ),
            // What JSON calls it is told letter by letter.
            (
                one("Order", "partOF", "part-OF", "List<Order>"),
                vec![
                    ("Order.partOf", Kind::ClassField),
                    ("Order.partOf", Kind::JsonName),
                ],
                &safe[1..],
            ),
            (
                one("ORDER", "partOf", "part-of", "List<ORDER>"),
                vec![(class, Kind::Class), (code, Kind::Code)],
                &safe[..1],
            ),
            (
                one("Order", "partof", "part-of", "Order"),
                vec![("Order.partOf", Kind::ClassField)],
                &safe[1..],
            ),
        ] {
            let changes = compare(&old, &new);
            assert!(changes.iter().all(|one| one.change == How::Changed));
            let broken = changes.iter().filter(|change| change.breaks);
            let broken: Vec<_> = broken.map(|one| (one.name.as_str(), one.item)).collect();
            assert_eq!(broken, breaking);
            let others = changes.iter().filter(|change| !change.breaks);
            let others: Vec<_> = others.map(|one| (one.name.as_str(), one.effect)).collect();
            assert_eq!(others, safe);
        }
    }

    #[test]
    fn parts_of_what_is_gone_as_a_whole_are_not_listed() {
        let old = surface(&[("A", "x", "String"), ("B", "y", "String")]);
        let new = surface(&[("A", "x", "String")]);
        let changes = compare(&old, &new);
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].name, "B");
        assert_eq!(compare(&new, &old).len(), 1);
    }
}
