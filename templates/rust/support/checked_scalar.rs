impl Rule {
    fn run_number(&self, number: &serde_json::Number) -> Result<(), Invalid> {
        let value = number.as_f64().unwrap_or(f64::NAN);
        match *self {
            Self::AtLeast(bound) => at_least(value, bound),
            Self::Above(bound) => above(value, bound),
            Self::AtMost(bound) => at_most(value, bound),
            Self::Below(bound) => self::below(value, bound),
            Self::AtLeastWhole(bound) => at_least(truncated(number), bound),
            Self::AtMostWhole(bound) => at_most(truncated(number), bound),
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
}
