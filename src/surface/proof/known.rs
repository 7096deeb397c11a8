//! What is known of a value, and which cases there are.

use std::collections::BTreeSet;

use super::super::limit::Limit;
use super::super::rules::When;
use super::{Demand, MAX_VALUES, Prover, Schema, Side, demands};
use crate::schema::kinds::{Kind, KindSet};

/// What is known of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Known<'p> {
    /// The schemas that it passes, with those that they take in.
    pub passes: BTreeSet<Schema<'p>>,
    /// The schemas that it does not pass.
    pub fails: BTreeSet<Schema<'p>>,
    /// Its type is one of these.
    pub kinds: KindSet,
    /// What it is equal to, as equal values have it in common.
    pub value: Option<&'p str>,
    /// The properties that are there.
    pub present: BTreeSet<&'p str>,
    /// The unions and conditions of which it is known which way the value goes.
    decided: BTreeSet<(Schema<'p>, &'static str)>,
}

impl Default for Known<'_> {
    fn default() -> Self {
        Self {
            passes: BTreeSet::new(),
            fails: BTreeSet::new(),
            kinds: KindSet::ALL,
            value: None,
            present: BTreeSet::new(),
            decided: BTreeSet::new(),
        }
    }
}

impl<'p> Prover<'p, '_> {
    /// What is known of a value that passes some schemas.
    pub(super) fn known(&self, schemas: impl IntoIterator<Item = Schema<'p>>) -> Known<'p> {
        self.also(&Known::default(), schemas)
    }

    /// What is known if the value passes some schemas too.
    pub(super) fn also(
        &self,
        known: &Known<'p>,
        schemas: impl IntoIterator<Item = Schema<'p>>,
    ) -> Known<'p> {
        let mut all = known.clone();
        self.pass(&mut all, schemas.into_iter().collect());
        loop {
            let more = self.asked_with_present(&all);
            if more.is_empty() {
                return all;
            }
            self.pass(&mut all, more);
        }
    }

    fn pass(&self, known: &mut Known<'p>, mut left: Vec<Schema<'p>>) {
        while let Some(schema) = left.pop() {
            if !known.passes.insert(schema) {
                continue;
            }
            let Some(asked) = self.asked(schema) else {
                continue;
            };
            let side = schema.0;
            known.kinds = known.kinds.intersect(asked.passing);
            if let Some(Limit::All(names)) = asked.limits.get("required") {
                known.present.extend(names.iter().map(String::as_str));
            }
            left.extend(asked.together.iter().map(|taken| (side, &*taken.place)));
            for place in asked.sometimes.get(&When::Not).into_iter().flatten() {
                self.fail(known, (side, place));
            }
            for (rule, places) in &asked.unions {
                if let [only] = places.as_slice() {
                    known.decided.insert((schema, rule));
                    left.push((side, only));
                }
            }
        }
    }

    /// Adds that the value does not pass a schema.
    pub(super) fn fail(&self, known: &mut Known<'p>, schema: Schema<'p>) {
        let mut left = vec![schema];
        while let Some(schema) = left.pop() {
            if !known.fails.insert(schema) {
                continue;
            }
            let Some(asked) = self.asked(schema) else {
                continue;
            };
            let one = |place| (schema.0, place);
            match demands(asked).as_slice() {
                [] => match asked.together.as_slice() {
                    [] => known.kinds = KindSet::NONE,
                    [only] => left.push(one(&*only.place)),
                    _ => {}
                },
                _ if !asked.together.is_empty() => {}
                [Demand::Limit("type", _)] => known.kinds = known.kinds.without(asked.passing),
                [Demand::Any(places)] => left.extend(places.iter().map(|place| one(place))),
                [Demand::One([only])] => left.push(one(only)),
                _ => {}
            }
        }
    }

    /// The schemas that are asked because of properties that are there.
    fn asked_with_present(&self, known: &Known<'p>) -> Vec<Schema<'p>> {
        let mut more = Vec::new();
        if known.kinds != KindSet::of(Kind::Object) {
            return more;
        }
        for schema in &known.passes {
            let sometimes = self.asked(*schema).map(|asked| &asked.sometimes);
            for (when, places) in sometimes.into_iter().flatten() {
                if let When::With(name) = when
                    && known.present.contains(name.as_str())
                {
                    let all = places.iter().map(|place| (schema.0, place.as_str()));
                    more.extend(all.filter(|one| !known.passes.contains(one)));
                }
            }
        }
        more
    }

    /// The cases of which one holds, where there are several. Types and values are told apart only if it is asked for.
    pub(super) fn cases(&self, known: &Known<'p>, tells_values: bool) -> Option<Vec<Known<'p>>> {
        for schema in &known.passes {
            let Some(asked) = self.asked(*schema) else {
                continue;
            };
            let side = schema.0;
            for (rule, places) in &asked.unions {
                if !known.decided.contains(&(*schema, rule)) {
                    let is_alone = *rule == "oneOf" && asked.has_overlapping_one_of();
                    let case = |place: &'p String| {
                        let mut one = known.clone();
                        one.decided.insert((*schema, rule));
                        if is_alone {
                            let others = places.iter().filter(|other| *other != place);
                            others.for_each(|other| self.fail(&mut one, (side, other)));
                        }
                        self.also(&one, [(side, place.as_str())])
                    };
                    return Some(places.iter().map(case).collect());
                }
            }
            let first = |when| Some(asked.sometimes.get(&when)?.first()?.as_str());
            if let Some(condition) = first(When::If)
                && !known.decided.contains(&(*schema, "if"))
            {
                let mut one = known.clone();
                one.decided.insert((*schema, "if"));
                let mut failing = one.clone();
                self.fail(&mut failing, (side, condition));
                let then = [Some(condition), first(When::Then)];
                let then = then.into_iter().flatten().map(|place| (side, place));
                let otherwise = first(When::Else).map(|place| (side, place));
                return Some(vec![self.also(&one, then), self.also(&failing, otherwise)]);
            }
        }
        tells_values.then(|| self.values_apart(known)).flatten()
    }

    fn values_apart(&self, known: &Known<'p>) -> Option<Vec<Known<'p>>> {
        if known.kinds.iter().nth(1).is_some() {
            let of = |kind| {
                let one = Known {
                    kinds: KindSet::of(kind),
                    ..known.clone()
                };
                self.also(&one, [])
            };
            return Some(known.kinds.iter().map(of).collect());
        }
        let values = self.values(known)?;
        if known.value.is_some() || values.len() < 2 || values.len() > MAX_VALUES {
            return None;
        }
        let of = |(key, _)| Known {
            value: Some(key),
            ..known.clone()
        };
        Some(values.into_iter().map(of).collect())
    }

    /// The strictest limit that is known of a value before, for those who read of it.
    pub(super) fn known_limit(&self, known: &Known<'p>, rule: &'static str) -> Option<&'p Limit> {
        let of_old = known.passes.iter().filter(|(side, _)| *side == Side::Old);
        of_old
            .filter_map(|schema| self.asked(*schema)?.limits.get(rule))
            .reduce(|one, other| if other.narrows(one) { other } else { one })
    }
}
