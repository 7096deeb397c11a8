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
            Self::Kinds(kinds) if kinds & kind(value) == 0 => {
                let (found, expected) = (kind_names(kind(value)), kind_names(*kinds));
                let expected = expected.join(" or ");
                invalid(format!("found {}, expected {expected}", found.concat()))
            }
            Self::Values(texts, others) => {
                let find = |text| texts.binary_search_by(|listed| unquoted(listed).cmp(text));
                let is_text = value.as_str().is_some_and(|text| find(text).is_ok());
                let others = others.map(|read| read());
                if is_text || others.is_some_and(|others| others.position(value).is_some()) {
                    return Ok(());
                }
                let others = others.map(|others| others.texts).unwrap_or_default();
                let known = [texts, others].concat().join(", ");
                invalid(format!("{value} is not one of {known}"))
            }
            Self::All(checks) => checks
                .iter()
                .try_for_each(|check| check.run_beside(value, seen, depth)),
            Self::Any(checks) => {
                // All of them run: each may have looked at something.
                let (passed, problems) = Self::run_each(checks, value, seen, depth);
                match passed {
                    0 => invalid(format!("no alternative fits: {problems}")),
                    _ => Ok(()),
                }
            }
            Self::One(checks) => {
                let (passed, problems) = Self::run_each(checks, value, seen, depth);
                match passed {
                    0 => invalid(format!("no alternative fits: {problems}")),
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

    /// How many checks a value passes, and what is wrong by the others.
    fn run_each(
        checks: &[&Check],
        value: &serde_json::Value,
        seen: &mut Seen,
        depth: usize,
    ) -> (usize, String) {
        let runs = checks.iter().map(|one| one.run_beside(value, seen, depth));
        let failed = runs.filter_map(Result::err);
        let problems: Vec<String> = failed.map(|problem| brief(problem.0)).collect();
        (checks.len() - problems.len(), problems.join("; "))
    }
}

/// What people call the types of some bits.
fn kind_names(kinds: u8) -> Vec<&'static str> {
    let number = if kinds & 12 == 12 { 8 } else { kinds & 12 };
    let names = [
        (kinds & 1, "null"),
        (kinds & 2, "a Boolean"),
        (number & 4, "a whole number"),
        (number & 8, "a number"),
        (kinds & 16, "a text"),
        (kinds & 32, "an array"),
        (kinds & 64, "an object"),
    ];
    let names = names.iter().filter(|(bit, _)| *bit != 0);
    names.map(|(_, name)| *name).collect()
}

/// What a JSON text without escapes has between its quotation marks.
fn unquoted(json: &str) -> &str {
    json.get(1..json.len() - 1).unwrap_or_default()
}
