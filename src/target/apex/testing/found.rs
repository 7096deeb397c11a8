//! What is found wrong with a value.

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    /// Where, a JSON pointer.
    pub place: String,
    /// What is said of it; none where only Apex knows.
    pub message: Option<String>,
}

/// All that is wrong with a value, in the order in which it is said.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In their order.
    pub problems: Vec<Problem>,
    /// Whether nobody knows the order: that of the properties of a map is Apex's own.
    pub is_mixed: bool,
}

impl Found {
    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// What is found after it.
    pub(super) fn add(&mut self, other: Self) {
        self.is_mixed |= other.is_mixed;
        self.problems.extend(other.problems);
    }

    /// The same of several properties that Apex finds in an order of its own.
    pub(super) fn add_unordered(&mut self, others: Vec<Self>) {
        let some = others.iter().filter(|one| !one.is_empty()).count();
        others.into_iter().for_each(|one| self.add(one));
        self.is_mixed |= some > 1;
    }

    /// The places in their order, if that is known.
    pub(super) fn places(&self) -> Option<Vec<String>> {
        let places = self.problems.iter().map(|one| one.place.clone());
        (!self.is_mixed).then(|| places.collect())
    }

    /// What is said of each place, if all of it is known.
    pub(super) fn text(&self) -> Option<String> {
        let lines: Option<Vec<String>> = self.problems.iter().map(Problem::text).collect();
        lines.filter(|_| !self.is_mixed).map(|all| all.join("; "))
    }
}

impl Problem {
    /// The same in one line.
    pub(super) fn text(&self) -> Option<String> {
        let message = self.message.as_ref()?;
        Some(format!("{} {message}", self.place).trim().to_owned())
    }
}
