//! Whether what is known of a value is enough for a rule about its parts.

use std::collections::BTreeSet;

use super::super::limit::Limit;
use super::super::rules::{Asked, Part};
use super::known::Known;
use super::{Demand, Proof, Prover, Reason, Schema};
use crate::schema::kinds::{Kind, KindSet};

impl<'p> Prover<'p, '_> {
    pub(super) fn keeps_part(
        &mut self,
        known: &Known<'p>,
        schema: Schema<'p>,
        part: &'p Part,
        place: &'p str,
    ) -> Proof<'p> {
        let kind = match part {
            Part::Item(_) | Part::Items | Part::Contained | Part::UnevaluatedItems => Kind::Array,
            _ => Kind::Object,
        };
        if !known.kinds.contains(kind) {
            return Ok(());
        }
        let of = (schema.0, place);
        let reason = Reason::of(schema, Demand::Part(part, place).rule());
        let parts = match part {
            Part::Contained => return self.keeps_contains(known, schema, of, reason),
            Part::UnevaluatedItems | Part::UnevaluatedProperties => {
                return self.keeps_unevaluated(known, schema, part, of, reason);
            }
            Part::Item(position) => {
                let is_none = self
                    .most_items(known)
                    .is_some_and(|most| most <= *position as u64);
                if is_none {
                    return Ok(());
                }
                vec![self.part(known, part).0]
            }
            Part::Items => {
                let start = self.asked(schema).map_or(0, positions);
                self.elements_from(known, start)
            }
            Part::Property(name) => {
                let (one, is_spoken_of) = self.part(known, part);
                if !self.is_strict() && !is_spoken_of && !known.present.contains(name.as_str()) {
                    return Ok(());
                }
                vec![one]
            }
            Part::Pattern(_) => vec![self.part(known, part).0],
            Part::Names => {
                let (mut names, _) = self.part(known, part);
                names.kinds = names.kinds.intersect(KindSet::of(Kind::String));
                vec![names]
            }
            Part::Others => self.others(known, schema),
        };
        for one in &parts {
            self.inside(|prover| prover.passes(one, of))?;
        }
        Ok(())
    }

    /// What is known of some parts of the value, and whether any schema is for them.
    pub(super) fn part(&self, known: &Known<'p>, part: &Part) -> (Known<'p>, bool) {
        let mut schemas = Vec::new();
        let mut is_spoken_of = false;
        for schema in &known.passes {
            let Some(asked) = self.asked(*schema) else {
                continue;
            };
            let rest = match part {
                Part::Item(_) => Some(&Part::Items),
                Part::Property(_) if !has_patterns(asked) => Some(&Part::Others),
                _ => None,
            };
            let own = asked.parts.get(part);
            is_spoken_of |= own.is_some();
            let places = own.or_else(|| asked.parts.get(rest?));
            schemas.extend(
                places
                    .into_iter()
                    .flatten()
                    .map(|place| (schema.0, place.as_str())),
            );
        }
        is_spoken_of |= schemas.iter().any(|schema| self.asks(*schema));
        (self.known(schemas), is_spoken_of)
    }

    fn asks(&self, schema: Schema<'p>) -> bool {
        let asks = |asked: &Asked| {
            let is_plain = asked.limits.is_empty() && asked.together.is_empty();
            !(is_plain && asked.sometimes.is_empty() && asked.parts.is_empty())
        };
        self.asked(schema).is_some_and(asks)
    }

    /// What is known of the elements from a position on.
    fn elements_from(&self, known: &Known<'p>, start: usize) -> Vec<Known<'p>> {
        let all = known.passes.iter().filter_map(|one| self.asked(*one));
        let end = all.map(positions).max().unwrap_or_default().max(start);
        let most = self.most_items(known);
        // The last one stands for all after it.
        let numbers =
            (start..=end).take_while(|position| most.is_none_or(|most| (*position as u64) < most));
        numbers
            .map(|position| self.part(known, &Part::Item(position)).0)
            .collect()
    }

    /// What is known of each property for which a schema has no other one.
    fn others(&self, known: &Known<'p>, schema: Schema<'p>) -> Vec<Known<'p>> {
        let empty = Asked::default();
        let own = &self.asked(schema).unwrap_or(&empty).parts;
        let asked: Vec<_> = known
            .passes
            .iter()
            .filter_map(|one| Some((one.0, self.asked(*one)?)))
            .collect();
        let parts: BTreeSet<&Part> = asked
            .iter()
            .flat_map(|(_, asked)| asked.parts.keys())
            .filter(|part| matches!(part, Part::Property(_) | Part::Pattern(_)))
            .filter(|part| !own.contains_key(part))
            .collect();
        let mut all: Vec<_> = parts
            .into_iter()
            .map(|part| self.part(known, part).0)
            .collect();
        let rest = asked.iter().flat_map(|(side, asked)| {
            let places = asked.parts.get(&Part::Others).into_iter().flatten();
            places.map(move |place| (*side, place.as_str()))
        });
        all.push(self.known(rest));
        all
    }

    /// Whether so many elements pass a schema as another one says.
    fn keeps_contains(
        &mut self,
        known: &Known<'p>,
        schema: Schema<'p>,
        of: Schema<'p>,
        reason: Reason<'p>,
    ) -> Proof<'p> {
        let Some(asked) = self.asked(schema) else {
            return Err(reason);
        };
        let (least, most) = contained(asked);
        let contains: Vec<_> = known
            .passes
            .iter()
            .filter_map(|one| {
                let asked = self.asked(*one)?;
                let place = asked.parts.get(&Part::Contained)?.first()?;
                Some(((one.0, place.as_str()), contained(asked)))
            })
            .collect();
        let elements = self.elements_from(known, 0);
        let mut proof = Ok(());
        if least > 0 {
            proof = Err(reason);
            for (one, (known_least, _)) in &contains {
                if *known_least >= least && proof.is_err() {
                    proof = self.inside(|prover| {
                        let mut elements = elements.iter();
                        elements.try_for_each(|element| {
                            let element = prover.also(element, [*one]);
                            prover.passes(&element, of)
                        })
                    });
                }
            }
        }
        let is_few =
            |size: Option<u64>| size.is_some_and(|size| most.is_none_or(|most| size <= most));
        if most.is_some() && proof.is_ok() && !is_few(self.most_items(known)) {
            let mut contains = contains.into_iter();
            let is_kept = contains.any(|(one, (_, known_most))| {
                let mut elements = elements.iter();
                let mut is_counted = |prover: &mut Self| {
                    elements.all(|element| {
                        let element = prover.also(element, [of]);
                        prover.passes(&element, one).is_ok()
                    })
                };
                is_few(known_most)
                    && self.strictly(|prover| prover.inside(|prover| is_counted(prover)))
            });
            if !is_kept {
                return Err(reason);
            }
        }
        proof
    }

    /// Whether what nothing else has looked at passes a schema: where the same is looked at before and after, whichever way a
    /// value goes.
    fn keeps_unevaluated(
        &mut self,
        known: &Known<'p>,
        schema: Schema<'p>,
        part: &'p Part,
        of: Schema<'p>,
        reason: Reason<'p>,
    ) -> Proof<'p> {
        if self.passes(&Known::default(), of).is_ok() {
            return Ok(());
        }
        let Some(now) = self.looked_at(schema) else {
            return Err(reason);
        };
        let candidates: Vec<_> = known
            .passes
            .iter()
            .filter_map(|one| {
                let place = self.asked(*one)?.parts.get(part)?.first()?;
                let was = self.looked_at(*one)?;
                was.is_subset(&now).then_some((one.0, place.as_str()))
            })
            .collect();
        for one in candidates {
            let rest = self.known([one]);
            if self.inside(|prover| prover.passes(&rest, of)).is_ok() {
                return Ok(());
            }
        }
        Err(reason)
    }

    /// The parts that a schema looks at, with those that hold as well; none if that depends on the value in a way that has
    /// changed.
    fn looked_at(&self, schema: Schema<'p>) -> Option<BTreeSet<(&'p Part, Option<&'p str>)>> {
        let mut all = BTreeSet::new();
        let mut left = vec![(schema, None)];
        let mut seen = BTreeSet::new();
        while let Some((one, condition)) = left.pop() {
            if !seen.insert((one, condition)) {
                continue;
            }
            let asked = self.asked(one)?;
            if condition.is_some() && !self.unchanged.contains(one.1) {
                return None;
            }
            let is_own =
                |part: &Part| matches!(part, Part::UnevaluatedItems | Part::UnevaluatedProperties);
            let parts = asked
                .parts
                .keys()
                .filter(|part| one != schema || !is_own(part));
            all.extend(parts.map(|part| (part, condition)));
            let together = asked.together.iter().map(|taken| &*taken.place);
            left.extend(together.map(|place| ((one.0, place), condition)));
            let sometimes = asked.sometimes.values().flatten();
            left.extend(
                sometimes
                    .map(|place| ((one.0, place.as_str()), condition.or(Some(place.as_str())))),
            );
        }
        Some(all)
    }
}

fn has_patterns(asked: &Asked) -> bool {
    asked
        .parts
        .keys()
        .any(|part| matches!(part, Part::Pattern(_)))
}

/// How many positions have a schema of their own.
fn positions(asked: &Asked) -> usize {
    let positions = asked.parts.keys();
    positions
        .filter(|part| matches!(part, Part::Item(_)))
        .count()
}

/// How many elements pass what a schema says that lists contain.
fn contained(asked: &Asked) -> (u64, Option<u64>) {
    let least = match asked.limits.get("minContains") {
        Some(Limit::LeastSize(size)) => *size,
        _ => 0,
    };
    let most = match asked.limits.get("maxContains") {
        Some(Limit::MostSize(size)) => Some(*size),
        _ => None,
    };
    (least, most)
}
