impl Rule {
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
