/// Values that a schema lists.
pub struct Listed {
    /// Them as JSON texts.
    pub texts: &'static [&'static str],
    values: Vec<Option<serde_json::Value>>,
}

impl Listed {
    pub fn new(texts: &'static [&'static str]) -> Self {
        let values = texts.iter().map(|text| serde_json::from_str(text).ok());
        Self {
            texts,
            values: values.collect(),
        }
    }

    /// Which of them a value is equal to.
    pub fn position(&self, value: &serde_json::Value) -> Option<usize> {
        let equal = |one: &Option<_>| one.as_ref().is_some_and(|one| same(one, value));
        self.values.iter().position(equal)
    }
}
