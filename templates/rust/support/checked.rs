/// Reads a value that passes a check.
pub fn checked<'de, T: Json, D: de::Deserializer<'de>>(
    from: D,
    check: &Check,
) -> Result<T, D::Error> {
    let value = <serde_json::Value as Json>::read(from)?;
    check
        .run(&value, &mut Seen::default(), 0)
        .map_err(de::Error::custom)?;
    T::shape(value).map_err(de::Error::custom)
}

/// Whether a value passes a check.
pub fn check_value<T: ser::Serialize>(value: &T, check: &Check) -> Result<(), Invalid> {
    let value = serde_json::to_value(value).map_err(|error| Invalid(error.to_string()))?;
    check.run(&value, &mut Seen::default(), 0)
}

/// What a value must be beside its shape: it passes all of the rules.
pub struct Check(pub &'static [Rule]);

/// Whether a text matches a pattern.
pub type Matcher = fn(&str) -> bool;

/// A part of a schema that no type says.
pub enum Rule {
    Never,
    Kinds(u8),
    Values(&'static [&'static str]),
    AtLeast(f64),
    Above(f64),
    AtMost(f64),
    Below(f64),
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

/// The elements and properties that some rule has looked at.
#[derive(Default)]
pub struct Seen {
    items: std::collections::BTreeSet<usize>,
    properties: std::collections::BTreeSet<String>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.items.extend(other.items);
        self.properties.extend(other.properties);
    }

    fn add_item(&mut self, index: usize) {
        if TRACKS {
            self.items.insert(index);
        }
    }

    fn add_property(&mut self, name: &str) {
        if TRACKS {
            self.properties.insert(name.to_owned());
        }
    }
}

/// How deep checks may refer to each other on one value before they are taken for a loop.
const DEEPEST: usize = 500;

impl Check {
    /// Whether a value passes; what is wrong with it otherwise.
    pub fn run(
        &self,
        value: &serde_json::Value,
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), Invalid> {
        if depth > DEEPEST {
            return Err(Invalid("the value is nested too deep".to_owned()));
        }
        self.0.iter().try_for_each(|rule| {
            rule.run_value(value, seen, depth + 1)?;
            match value {
                serde_json::Value::Number(number) => rule.run_number(number),
                serde_json::Value::String(text) => rule.run_text(text),
                serde_json::Value::Array(items) => rule.run_items(items, seen, depth + 1),
                serde_json::Value::Object(object) => rule.run_members(object, seen, depth + 1),
                serde_json::Value::Null | serde_json::Value::Bool(_) => Ok(()),
            }
        })
    }

    /// Whether a value that stands alone passes.
    fn run_part(&self, value: &serde_json::Value, depth: usize) -> Result<(), Invalid> {
        self.run(value, &mut Seen::default(), depth)
    }

    /// Whether a value passes that others check too; only then does it count what was looked at, and what
    /// the others have looked at does not count here.
    fn run_beside(
        &self,
        value: &serde_json::Value,
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), Invalid> {
        let mut own = Seen::default();
        self.run(value, &mut own, depth)?;
        seen.add(own);
        Ok(())
    }

    fn passes(&self, value: &serde_json::Value, seen: &mut Seen, depth: usize) -> bool {
        self.run_beside(value, seen, depth).is_ok()
    }
}

/// Puts a step of a path before what is wrong below it.
fn under(step: impl fmt::Display, problem: Invalid) -> Invalid {
    let separator = if problem.0.starts_with('/') { "" } else { ": " };
    Invalid(format!("/{step}{separator}{}", problem.0))
}

fn invalid(problem: impl Into<String>) -> Result<(), Invalid> {
    Err(Invalid(problem.into()))
}

impl Rule {
    /// The rules about any value.
    fn run_value(
        &self,
        value: &serde_json::Value,
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), Invalid> {
        match self {
            Self::Never => invalid("no value is allowed here"),
            Self::Kinds(kinds) if kinds & kind(value) == 0 => invalid("this is another type"),
            Self::Values(texts) => {
                let equal =
                    |text: &&str| serde_json::from_str(text).is_ok_and(|one| same(&one, value));
                if texts.iter().any(equal) {
                    return Ok(());
                }
                invalid(format!("{value} is not one of {}", texts.join(", ")))
            }
            Self::All(checks) => checks
                .iter()
                .try_for_each(|check| check.run_beside(value, seen, depth)),
            Self::Any(checks) => {
                // All of them run: each may have looked at something.
                let passed = checks.iter().filter(|one| one.passes(value, seen, depth));
                match passed.count() {
                    0 => invalid("no alternative fits"),
                    _ => Ok(()),
                }
            }
            Self::One(checks) => {
                let passed = checks.iter().filter(|one| one.passes(value, seen, depth));
                match passed.count() {
                    0 => invalid("no alternative fits"),
                    1 => Ok(()),
                    more => invalid(format!("{more} alternatives fit, and one must")),
                }
            }
            Self::Not(check) => match check.run_part(value, depth) {
                Ok(()) => invalid("the value is one that is excluded"),
                Err(_) => Ok(()),
            },
            Self::If(condition, then, otherwise) => {
                let branch = if condition.passes(value, seen, depth) {
                    then
                } else {
                    otherwise
                };
                branch.map_or(Ok(()), |check| check.run_beside(value, seen, depth))
            }
            _ => Ok(()),
        }
    }

    fn run_number(&self, number: &serde_json::Number) -> Result<(), Invalid> {
        let value = number.as_f64().unwrap_or(f64::NAN);
        match *self {
            Self::AtLeast(bound) => at_least(value, bound),
            Self::Above(bound) => above(value, bound),
            Self::AtMost(bound) => at_most(value, bound),
            Self::Below(bound) => self::below(value, bound),
            Self::MultipleOf(factor) => multiple_of(number, factor),
            _ => Ok(()),
        }
    }

    fn run_text(&self, text: &str) -> Result<(), Invalid> {
        match self {
            Self::Length(min, max) => length(text, *min, *max),
            Self::Matches(matches, what) if !matches(text) => {
                invalid(format!("{text:?} does not match {what}"))
            }
            _ => Ok(()),
        }
    }

    fn run_items(
        &self,
        items: &[serde_json::Value],
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), Invalid> {
        match self {
            Self::Items(prefix, rest) => {
                for (index, item) in items.iter().enumerate() {
                    let Some(check) = prefix.get(index).or(rest.as_ref()) else {
                        break;
                    };
                    let run = check.run_part(item, depth);
                    run.map_err(|problem| under(index, problem))?;
                    seen.add_item(index);
                }
                Ok(())
            }
            Self::ItemCount(min, max) => size(items.len(), *min, *max),
            Self::Unique => match twice(items) {
                Some((one, other)) => invalid(format!("elements {one} and {other} are equal")),
                None => Ok(()),
            },
            Self::Contains(check, min, max) => {
                let mut count = 0;
                for (index, item) in items.iter().enumerate() {
                    if check.run_part(item, depth).is_ok() {
                        seen.add_item(index);
                        count += 1;
                    }
                }
                size(count, *min, *max)
            }
            Self::UnevaluatedItems(check) => {
                for (index, item) in items.iter().enumerate() {
                    if seen.items.insert(index) {
                        let run = check.run_part(item, depth);
                        run.map_err(|problem| under(index, problem))?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn run_members(
        &self,
        members: &serde_json::Map<String, serde_json::Value>,
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), Invalid> {
        match self {
            Self::Properties(named, patterns, additional) => {
                for (name, value) in members {
                    let own = named.iter().find(|(known, _)| known == name);
                    let own = own.map(|(_, check)| *check);
                    let matching = patterns.iter().filter(|(matches, _)| matches(name));
                    let mut checks: Vec<&Check> = matching.map(|(_, check)| *check).collect();
                    checks.extend(own);
                    if checks.is_empty() {
                        checks.extend(*additional);
                    }
                    for check in &checks {
                        let run = check.run_part(value, depth);
                        run.map_err(|problem| under(name, problem))?;
                    }
                    if !checks.is_empty() {
                        seen.add_property(name);
                    }
                }
                Ok(())
            }
            Self::Required(names) => has_all(members, names),
            Self::PropertyCount(min, max) => size(members.len(), *min, *max),
            Self::Names(check) => members.keys().try_for_each(|name| {
                let run = check.run_part(&name.as_str().into(), depth);
                run.map_err(|problem| under(name, problem))
            }),
            Self::DependentRequired(rules) => rules
                .iter()
                .filter(|(name, _)| members.contains_key(*name))
                .try_for_each(|(_, names)| has_all(members, names)),
            Self::DependentSchemas(rules) => {
                let value = serde_json::Value::Object(members.clone());
                rules
                    .iter()
                    .filter(|(name, _)| members.contains_key(*name))
                    .try_for_each(|(_, check)| check.run_beside(&value, seen, depth))
            }
            Self::UnevaluatedProperties(check) => {
                for (name, value) in members {
                    if seen.properties.insert(name.clone()) {
                        let run = check.run_part(value, depth);
                        run.map_err(|problem| under(name, problem))?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn has_all(
    members: &serde_json::Map<String, serde_json::Value>,
    names: &[&str],
) -> Result<(), Invalid> {
    match names.iter().find(|name| !members.contains_key(**name)) {
        Some(name) => invalid(format!("the property `{name}` is missing")),
        None => Ok(()),
    }
}

/// Gives checks their names.
macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = [$($rule:expr,)*];)+) => {
        $($(#[$doc])* #[allow(clippy::approx_constant)] pub(crate) static $name: support::Check = {
            #[allow(unused_imports)] // A check may have no rule but of other checks.
            use support::Rule::*;
            support::Check(&[$($rule),*])
        };)+
    };
}
pub(super) use checks;
