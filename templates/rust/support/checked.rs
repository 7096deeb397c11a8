/// Reads a value that passes a check.
pub fn checked<'de, T: Json, D: de::Deserializer<'de>>(
    from: D,
    check: &Check,
) -> Result<T, D::Error> {
    let value = <serde_json::Value as Json>::read(from)?;
    check.run_whole(&value).map_err(de::Error::custom)?;
    T::shape(Held::new(&value)).map_err(de::Error::custom)
}

/// Whether a value passes a check.
pub fn check_value<T: serde::Serialize>(value: &T, check: &Check) -> Result<(), Invalid> {
    let value = serde_json::to_value(value).map_err(|error| Invalid(error.to_string()))?;
    check.run_whole(&value)
}

/// What a value must be beside its shape: it passes all of the rules.
pub struct Check(pub &'static [Rule]);

/// Whether a text matches a pattern.
pub type Matcher = fn(&str) -> bool;

/// A part of a schema that no type says.
pub enum Rule {
    Never,
    Kinds(u8),
    /// One of several texts, which are here in order as JSON without escapes, or of other values.
    Values(&'static [&'static str], Option<fn() -> &'static Listed>),
    AtLeast(f64),
    Above(f64),
    AtMost(f64),
    Below(f64),
    /// Bounds that a float does not have exactly.
    AtLeastWhole(i128),
    AtMostWhole(i128),
    MultipleOf(&'static str),
    Length(usize, usize),
    Matches(Matcher, &'static str),
    Items(&'static [&'static Check], Option<&'static Check>),
    ItemCount(usize, usize),
    Unique,
    Contains(&'static Check, usize, usize),
    UnevaluatedItems(&'static Check),
    Properties(
        &'static [(&'static str, &'static Check)],
        &'static [(Matcher, &'static Check)],
        Option<&'static Check>,
    ),
    Required(&'static [&'static str]),
    PropertyCount(usize, usize),
    Names(&'static Check),
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    DependentSchemas(&'static [(&'static str, &'static Check)]),
    UnevaluatedProperties(&'static Check),
    All(&'static [&'static Check]),
    Any(&'static [&'static Check]),
    One(&'static [&'static Check]),
    Not(&'static Check),
    If(
        &'static Check,
        Option<&'static Check>,
        Option<&'static Check>,
    ),
}
