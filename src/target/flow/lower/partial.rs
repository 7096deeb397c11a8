//! Properties that are set together: whether they are given, and whether only some of them are.

use super::super::model::{Condition, Value};
use super::guard::given;
use super::plan::{InputVariable, Optional, Record};
use crate::action::ScalarType;

/// Conditions, and how they are joined.
pub(super) struct Test {
    pub logic: String,
    pub conditions: Vec<Condition>,
}

impl Record {
    /// Lets each group of properties know those that it belongs to, and drops those that nothing sets.
    pub(super) fn relate(&mut self) {
        for index in 0..self.optional.len() {
            let group = &self.optional[index];
            let inputs = group.given.clone();
            let mut outer = Vec::new();
            let mut at = group.within;
            while let Some(up) = at {
                outer.extend(self.optional[up].given.iter().copied());
                let own = self.optional[up].given.clone();
                let below = inputs.iter().filter(|input| !own.contains(input));
                self.optional[up].below.extend(below);
                at = self.optional[up].within;
            }
            self.optional[index].outer = outer;
        }
        self.optional.retain(|group| {
            let is_asked_for = !group.given.is_empty() || !group.below.is_empty();
            !group.items.is_empty() && is_asked_for
        });
    }
}

/// Whether a group is to be set: all that it must have is given, or any of it where it must have nothing. None if
/// that is always so.
pub(super) fn is_given(group: &Optional, inputs: &[InputVariable]) -> Option<Test> {
    let mut test = Test::new();
    let must: Vec<&InputVariable> = named(&group.outer, inputs)
        .chain(named(&group.given, inputs))
        .collect();
    if !group.given.is_empty() {
        if must.iter().all(|input| input.required) {
            return None;
        }
        test.conditions = must.iter().flat_map(|input| given(input, true)).collect();
        test.logic = "and".to_owned();
        return Some(test);
    }
    let any: Vec<String> = named(&group.below, inputs)
        .map(|input| test.add(given(input, true), " AND "))
        .collect();
    let any = any.join(" OR ");
    test.logic = match must.is_empty() {
        true => any,
        false => {
            let outer: Vec<String> = must
                .iter()
                .map(|input| test.add(given(input, true), " AND "))
                .collect();
            format!("({any}) AND {}", outer.join(" AND "))
        }
    };
    Some(test.simple())
}

/// Whether a group is given in part, so that nothing could be sent for it: something of it is there, and something
/// that it must have is not. None if that cannot be. A checkbox that is not ticked says nothing.
pub(super) fn is_partial(
    group: &Optional,
    inputs: &[InputVariable],
    is_made: impl Fn(usize) -> bool,
) -> Option<Test> {
    let must: Vec<usize> = group
        .given
        .iter()
        .copied()
        .filter(|at| !is_made(*at))
        .collect();
    // Another check finds what is required whatever else is given.
    let is_checked = named(&must, inputs).all(|input| input.required);
    if is_checked || must.len() + group.below.len() < 2 {
        return None;
    }
    let mut test = Test::new();
    let any: Vec<String> = named(&must, inputs)
        .chain(named(&group.below, inputs))
        .map(
            |input| match input.ty.is(ScalarType::Boolean) && !input.is_list {
                true => {
                    let ticked = Condition {
                        left: input.name.clone(),
                        operator: "EqualTo",
                        right: Value::Boolean(true),
                    };
                    test.add(vec![ticked], " AND ")
                }
                false => test.add(given(input, true), " AND "),
            },
        )
        .collect();
    let missing: Vec<String> = named(&must, inputs)
        .map(|input| test.add(given(input, false), " OR "))
        .collect();
    let missing = missing.join(" OR ");
    let missing = match missing.contains(" OR ") {
        true => format!("({missing})"),
        false => missing,
    };
    test.logic = format!("({}) AND {missing}", any.join(" OR "));
    Some(test)
}

/// What somebody reads who has given a group in part.
pub(super) fn message(group: &Optional, inputs: &[InputVariable]) -> String {
    let must: Vec<&str> = named(&group.given, inputs)
        .map(|input| input.text.as_str())
        .collect();
    format!(
        "{} is given in part. Give all of these, or nothing of it: {}.",
        group.label,
        must.join(", ")
    )
}

fn named<'a>(
    indices: &'a [usize],
    inputs: &'a [InputVariable],
) -> impl Iterator<Item = &'a InputVariable> {
    indices.iter().filter_map(|index| inputs.get(*index))
}

impl Test {
    fn new() -> Self {
        Self {
            logic: String::new(),
            conditions: Vec::new(),
        }
    }

    /// Adds conditions that belong together; gives their numbers, joined.
    fn add(&mut self, conditions: Vec<Condition>, join: &str) -> String {
        let first = self.conditions.len() + 1;
        self.conditions.extend(conditions);
        let numbers: Vec<String> = (first..=self.conditions.len())
            .map(|number| number.to_string())
            .collect();
        match numbers.as_slice() {
            [only] => only.clone(),
            several if join == " OR " => several.join(join),
            several => format!("({})", several.join(join)),
        }
    }

    /// Spells an expression that needs no numbers as people do.
    fn simple(mut self) -> Self {
        let is_word = |word: &str| !self.logic.contains(word);
        if is_word(" OR ") {
            self.logic = "and".to_owned();
        } else if is_word(" AND ") {
            self.logic = "or".to_owned();
        }
        self
    }
}
