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
