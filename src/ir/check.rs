//! What a type accepts, to the last keyword: a closed set of rules, apart from the shapes.
//!
//! Merging `allOf` and choosing types may widen a shape. The checks are built from the schemas as they stand, one for
//! each, so that a target which enforces them accepts exactly what the schema does.

use serde::Serialize;
use serde_json::Value;

use super::{Format, NumberBounds, SizeBounds};
use crate::schema::kinds::KindSet;
use crate::schema::location::LocationId;
use crate::schema::{Schema, SchemaGraph, SchemaId};

/// The index of a check in [`Checks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CheckId(pub u32);

impl From<SchemaId> for CheckId {
    fn from(id: SchemaId) -> Self {
        Self(id.0)
    }
}

/// The checks of a run, one for each schema.
#[derive(Debug, Default, Serialize)]
pub struct Checks<'s> {
    /// The checks; a [`CheckId`] is an index.
    pub list: Vec<Check<'s>>,
}

impl<'s> Checks<'s> {
    /// The check behind an id.
    #[must_use]
    pub fn get(&self, id: CheckId) -> &Check<'s> {
        &self.list[id.0 as usize]
    }
}

/// The rules of one schema: a value passes if it passes all of them. Rules that depend on what others have looked at
/// (`unevaluated…`) are last.
#[derive(Debug, Serialize)]
pub struct Check<'s> {
    /// Where the schema stands.
    #[serde(skip)]
    pub location: LocationId,
    /// The rules; none accepts everything.
    pub rules: Vec<Rule<'s>>,
}

/// One rule. A rule about one JSON type passes every value of another type.
#[derive(Debug, Serialize)]
pub enum Rule<'s> {
    /// Nothing passes.
    Never,
    /// The value has one of these types.
    Kinds(KindSet),
    /// The value is equal to one of these.
    Values(Vec<&'s Value>),
    /// A number is within bounds.
    Number(NumberBounds<'s>),
    /// A text has a length, in code points.
    Length(SizeBounds),
    /// A text matches a pattern (ECMA-262).
    Pattern(&'s str),
    /// A text has a format; not there where a format is only told.
    Format(Format<'s>),
    /// Elements pass the checks of their positions, those after them the last one.
    Items(Vec<CheckId>, Option<CheckId>),
    /// An array has a number of elements.
    ItemCount(SizeBounds),
    /// No two elements are equal.
    Unique,
    /// A number of elements pass a check.
    Contains(CheckId, SizeBounds),
    /// Elements that no rule has looked at pass a check.
    UnevaluatedItems(CheckId),
    /// Properties pass the checks of their names and patterns, others the last one.
    Properties {
        /// By name.
        named: Vec<(&'s str, CheckId)>,
        /// By pattern (ECMA-262).
        patterns: Vec<(&'s str, CheckId)>,
        /// All others.
        additional: Option<CheckId>,
    },
    /// Properties that must be there.
    Required(Vec<&'s str>),
    /// An object has a number of properties.
    PropertyCount(SizeBounds),
    /// The names of properties pass a check.
    Names(CheckId),
    /// With one property others must be there.
    DependentRequired(Vec<(&'s str, Vec<&'s str>)>),
    /// With one property the object passes a check.
    DependentSchemas(Vec<(&'s str, CheckId)>),
    /// Properties that no rule has looked at pass a check.
    UnevaluatedProperties(CheckId),
    /// The value passes all of these.
    All(Vec<CheckId>),
    /// The value passes at least one of these.
    Any(Vec<CheckId>),
    /// The value passes exactly one of these.
    One(Vec<CheckId>),
    /// The value does not pass.
    Not(CheckId),
    /// If the value passes the first, it passes the second, else the third.
    If(CheckId, Option<CheckId>, Option<CheckId>),
}

impl Rule<'_> {
    /// Shows each check that this rule is made of.
    pub(crate) fn for_each_part(&self, show: &mut impl FnMut(CheckId)) {
        match self {
            Self::Never
            | Self::Kinds(_)
            | Self::Values(_)
            | Self::Number(_)
            | Self::Length(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::ItemCount(_)
            | Self::Unique
            | Self::Required(_)
            | Self::PropertyCount(_)
            | Self::DependentRequired(_) => {}
            Self::Contains(id, _)
            | Self::UnevaluatedItems(id)
            | Self::Names(id)
            | Self::UnevaluatedProperties(id)
            | Self::Not(id) => show(*id),
            Self::All(ids) | Self::Any(ids) | Self::One(ids) => ids.iter().copied().for_each(show),
            Self::Items(first, rest) => first.iter().chain(rest).copied().for_each(show),
            Self::DependentSchemas(named) => named.iter().for_each(|(_, id)| show(*id)),
            Self::Properties {
                named,
                patterns,
                additional,
            } => {
                named.iter().chain(patterns).for_each(|(_, id)| show(*id));
                additional.iter().copied().for_each(show);
            }
            Self::If(condition, consequence, alternative) => {
                show(*condition);
                consequence
                    .iter()
                    .chain(alternative)
                    .copied()
                    .for_each(show);
            }
        }
    }
}

/// Builds the check of every schema.
pub(crate) fn checks<'s>(graph: &SchemaGraph<'s>) -> Checks<'s> {
    // There is a list of rules for each schema, and most are short: each is made here and then put away as it is.
    let mut rules = Vec::new();
    let checks = graph.schemas.iter().map(|schema| {
        check(schema, &mut rules);
        let mut own = Vec::with_capacity(rules.len());
        own.append(&mut rules);
        Check {
            location: schema.location,
            rules: own,
        }
    });
    Checks {
        list: checks.collect(),
    }
}

fn check<'s>(schema: &Schema<'s>, rules: &mut Vec<Rule<'s>>) {
    if schema.boolean == Some(false) {
        rules.push(Rule::Never);
    }
    rules.extend(schema.kinds.map(Rule::Kinds));
    rules.extend(schema.values.clone().map(Rule::Values));
    if !schema.number.is_unbounded() {
        rules.push(Rule::Number(NumberBounds::clone(&schema.number)));
    }
    if !schema.length.is_unbounded() {
        rules.push(Rule::Length(schema.length));
    }
    rules.extend(schema.pattern.map(Rule::Pattern));
    rules.extend(
        schema
            .format
            .filter(|_| schema.asserts_format)
            .map(Rule::Format),
    );
    array(schema, rules);
    object(schema, rules);
    let together: Vec<CheckId> = ids(schema.references.iter().chain(&schema.composition.all_of));
    if !together.is_empty() {
        rules.push(Rule::All(together));
    }
    if !schema.composition.any_of.is_empty() {
        rules.push(Rule::Any(ids(&schema.composition.any_of)));
    }
    if !schema.composition.one_of.is_empty() {
        rules.push(Rule::One(ids(&schema.composition.one_of)));
    }
    let logic = &schema.logic;
    rules.extend(logic.not.map(|id| Rule::Not(id.into())));
    if let Some(condition) = logic.condition {
        let [consequence, alternative] =
            [logic.consequence, logic.alternative].map(|id| id.map(CheckId::from));
        rules.push(Rule::If(condition.into(), consequence, alternative));
    }
    rules.extend(
        schema
            .array
            .unevaluated
            .map(|id| Rule::UnevaluatedItems(id.into())),
    );
    rules.extend(
        schema
            .object
            .unevaluated
            .map(|id| Rule::UnevaluatedProperties(id.into())),
    );
}

fn array<'s>(schema: &Schema<'s>, rules: &mut Vec<Rule<'s>>) {
    let array = &schema.array;
    if !array.prefix.is_empty() || array.rest.is_some() {
        rules.push(Rule::Items(
            ids(&array.prefix),
            array.rest.map(CheckId::from),
        ));
    }
    if !array.size.is_unbounded() {
        rules.push(Rule::ItemCount(array.size));
    }
    if array.unique {
        rules.push(Rule::Unique);
    }
    if let Some(contains) = array.contains {
        let min = array.contains_size.min.unwrap_or(1);
        rules.push(Rule::Contains(
            contains.into(),
            SizeBounds {
                min: Some(min),
                max: array.contains_size.max,
            },
        ));
    }
}

fn object<'s>(schema: &Schema<'s>, rules: &mut Vec<Rule<'s>>) {
    let object = &schema.object;
    if !object.properties.is_empty() || !object.patterns.is_empty() || object.additional.is_some() {
        rules.push(Rule::Properties {
            named: named(&object.properties),
            patterns: named(&object.patterns),
            additional: object.additional.map(CheckId::from),
        });
    }
    if !object.required.is_empty() {
        rules.push(Rule::Required(object.required.clone()));
    }
    if !object.size.is_unbounded() {
        rules.push(Rule::PropertyCount(object.size));
    }
    rules.extend(object.names.map(|id| Rule::Names(id.into())));
    if !object.dependent_required.is_empty() {
        rules.push(Rule::DependentRequired(object.dependent_required.clone()));
    }
    if !object.dependent_schemas.is_empty() {
        rules.push(Rule::DependentSchemas(named(&object.dependent_schemas)));
    }
}

fn ids<'i>(schemas: impl IntoIterator<Item = &'i SchemaId>) -> Vec<CheckId> {
    schemas.into_iter().map(|id| CheckId::from(*id)).collect()
}

fn named<'s>(schemas: &[(&'s str, SchemaId)]) -> Vec<(&'s str, CheckId)> {
    schemas
        .iter()
        .map(|(name, id)| (*name, CheckId::from(*id)))
        .collect()
}
