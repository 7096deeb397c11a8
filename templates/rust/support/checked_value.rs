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
}

/// What a JSON text without escapes has between its quotation marks.
fn unquoted(json: &str) -> &str {
    json.get(1..json.len() - 1).unwrap_or_default()
}
