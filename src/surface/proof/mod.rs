//! Whether whatever passes one schema passes another one: by what they ask, wherever it stands and however it is said.
//!
//! What is proved is so. What is not may be so all the same: where a proof takes an engine for patterns, say, there is none.

mod known;
mod parts;
mod values;

use std::collections::{HashMap, HashSet};

use self::known::Known;
use super::limit::Limit;
use super::rules::{Asked, Part, Rules, When};
use crate::schema::kinds::{Kind, KindSet};

/// How many steps are made for one proof.
const MAX_STEPS: usize = 5_000;

/// How deep a proof may go.
const DEEPEST: usize = 100;

/// How many demands may be looked at on the way to another one.
const MAX_NESTED: usize = 300;

/// How many values are looked at one by one.
const MAX_VALUES: usize = 100;

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    Old,
    New,
}

/// A schema, by where it stands.
pub(super) type Schema<'p> = (Side, &'p str);

/// What is not proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reason<'p> {
    /// The schema that may refuse something.
    pub schema: Schema<'p>,
    /// The rule by which it does.
    pub rule: &'static str,
    /// What was asked before by that rule, where it can be told.
    pub old: Option<&'p Limit>,
}

impl<'p> Reason<'p> {
    fn of(schema: Schema<'p>, rule: &'static str) -> Self {
        Self {
            schema,
            rule,
            old: None,
        }
    }
}

type Proof<'p> = Result<(), Reason<'p>>;

/// That a value of which something is known passes a schema, or that there is no such value.
type Goal<'p> = (Known<'p>, Option<Schema<'p>>, bool);

/// One thing that a schema asks.
#[derive(Clone, Copy)]
enum Demand<'p> {
    Limit(&'static str, &'p Limit),
    Any(&'p [String]),
    One(&'p [String]),
    Not(&'p str),
    If(&'p str, Option<&'p str>, Option<&'p str>),
    With(&'p str, &'p str),
    Part(&'p Part, &'p str),
}

impl Demand<'_> {
    fn rule(&self) -> &'static str {
        match self {
            Self::Limit(rule, _) => rule,
            Self::Any(_) => "anyOf",
            Self::One(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If(..) => "if",
            Self::With(..) => "dependentSchemas",
            Self::Part(part, _) => match part {
                Part::Item(_) => "prefixItems",
                Part::Items => "items",
                Part::Contained => "contains",
                Part::UnevaluatedItems => "unevaluatedItems",
                Part::Property(_) => "properties",
                Part::Pattern(_) => "patternProperties",
                Part::Others => "additionalProperties",
                Part::Names => "propertyNames",
                Part::UnevaluatedProperties => "unevaluatedProperties",
            },
        }
    }
}

/// A goal on the way to which others are.
#[derive(Clone, Copy)]
struct Open {
    /// How many goals were open before it.
    index: usize,
    /// How many parts of parts the value is inside of the first one.
    depth: usize,
}

/// Looks for proofs.
pub(super) struct Prover<'p, 'u> {
    old: &'p Rules,
    new: &'p Rules,
    /// The places below which nothing has changed.
    unchanged: &'u HashSet<&'p str>,
    /// The places where it is told if something that passed before does not pass now.
    told: HashSet<&'p str>,
    /// Whether a property of which nobody spoke may be asked for something: that is a new property.
    lets_in_new: bool,
    /// How many times it was said that no property is new.
    strict: usize,
    depth: usize,
    nested: usize,
    open: HashMap<Goal<'p>, Open>,
    /// The least index of the open goals that were taken as proved.
    least_taken: usize,
    /// The least index of the open goals that were not taken as proved.
    least_refused: usize,
    proved: HashSet<Goal<'p>>,
    failed: HashMap<Goal<'p>, Reason<'p>>,
    left: usize,
}

impl<'p, 'u> Prover<'p, 'u> {
    pub fn new(
        old: &'p Rules,
        new: &'p Rules,
        unchanged: &'u HashSet<&'p str>,
        told: HashSet<&'p str>,
        lets_in_new: bool,
    ) -> Self {
        Self {
            old,
            new,
            unchanged,
            told,
            lets_in_new,
            strict: 0,
            depth: 0,
            nested: 0,
            open: HashMap::new(),
            least_taken: usize::MAX,
            least_refused: usize::MAX,
            proved: HashSet::new(),
            failed: HashMap::new(),
            left: MAX_STEPS,
        }
    }

    /// Whether whatever passes the one passes the other.
    pub fn prove(&mut self, one: Schema<'p>, other: Schema<'p>) -> Proof<'p> {
        let known = self.known([one]);
        self.reach_schema(&known, other)
    }

    /// Whether nothing passes both.
    pub fn excludes(&mut self, one: Schema<'p>, other: Schema<'p>) -> bool {
        let known = self.known([one, other]);
        self.is_empty(&known)
    }

    fn asked(&self, (side, place): Schema<'_>) -> Option<&'p Asked> {
        let rules = match side {
            Side::Old => self.old,
            Side::New => self.new,
        };
        rules.at(place)
    }

    /// Whether a value of which this is known passes a schema.
    fn passes(&mut self, known: &Known<'p>, schema: Schema<'p>) -> Proof<'p> {
        if known.passes.contains(&schema) {
            return Ok(());
        }
        let (side, place) = schema;
        let twin = match side {
            Side::Old => (Side::New, place),
            Side::New => (Side::Old, place),
        };
        let is_told = side == Side::New && self.told.contains(place);
        if known.passes.contains(&twin) && (is_told || self.unchanged.contains(place)) {
            return Ok(());
        }
        self.reach_schema(known, schema)
    }

    fn reach_schema(&mut self, known: &Known<'p>, schema: Schema<'p>) -> Proof<'p> {
        let goal = (known.clone(), Some(schema), self.is_strict());
        self.reach(goal, Reason::of(schema, "schema"), |prover| {
            prover.keeps_all(known, schema)
        })
    }

    /// Whether a property of which nobody spoke is asked for nothing.
    fn is_strict(&self) -> bool {
        self.strict > 0 || !self.lets_in_new
    }

    /// Whether there is no value of which this is known.
    fn is_empty(&mut self, known: &Known<'p>) -> bool {
        let nothing = Reason::of((Side::New, ""), "schema");
        let goal = (known.clone(), None, self.is_strict());
        let reached = self.reach(goal, nothing, |prover| {
            let kinds = prover.possible(known);
            if kinds.is_empty() || prover.is_refused(known) {
                Ok(())
            } else {
                Err(nothing)
            }
        });
        reached.is_ok()
    }

    /// Whether the value passes what it is known not to pass.
    fn is_refused(&mut self, known: &Known<'p>) -> bool {
        self.strictly(|prover| {
            let mut fails = known.fails.iter();
            fails.any(|schema| prover.passes(known, *schema).is_ok())
        })
    }

    /// Does something where no property is new: where there are no fields, or where one that is new is not what is meant.
    fn strictly<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        self.strict += 1;
        let done = act(self);
        self.strict -= 1;
        done
    }

    /// Reaches a goal, which may be taken as reached for the parts of the value.
    fn reach(
        &mut self,
        goal: Goal<'p>,
        otherwise: Reason<'p>,
        by: impl FnOnce(&mut Self) -> Proof<'p>,
    ) -> Proof<'p> {
        if self.proved.contains(&goal) {
            return Ok(());
        }
        if let Some(reason) = self.failed.get(&goal) {
            return Err(*reason);
        }
        if let Some(open) = self.open.get(&goal) {
            // A value is larger than its parts, so that a circle through them has an end.
            if self.depth == open.depth {
                self.least_refused = self.least_refused.min(open.index);
                return Err(otherwise);
            }
            self.least_taken = self.least_taken.min(open.index);
            return Ok(());
        }
        let index = self.open.len();
        if self.left == 0 || index > DEEPEST {
            return Err(otherwise);
        }
        self.left -= 1;
        let open = Open {
            index,
            depth: self.depth,
        };
        self.open.insert(goal.clone(), open);
        let taken = std::mem::replace(&mut self.least_taken, usize::MAX);
        let refused = std::mem::replace(&mut self.least_refused, usize::MAX);
        let proof = by(self);
        self.open.remove(&goal);
        // What leans on goals that are open yet may be otherwise elsewhere.
        match proof {
            Ok(()) if self.least_taken >= index => {
                self.proved.insert(goal);
            }
            Err(reason) if self.least_refused >= index => {
                self.failed.insert(goal, reason);
            }
            _ => {}
        }
        let outer = |least: usize| if least < index { least } else { usize::MAX };
        self.least_taken = taken.min(outer(self.least_taken));
        self.least_refused = refused.min(outer(self.least_refused));
        proof
    }

    fn keeps_all(&mut self, known: &Known<'p>, schema: Schema<'p>) -> Proof<'p> {
        let Some(asked) = self.asked(schema) else {
            return Err(Reason::of(schema, "schema"));
        };
        for taken in &asked.together {
            self.passes(known, (schema.0, &taken.place))?;
        }
        for demand in demands(asked) {
            self.keeps(known, schema, demand)?;
        }
        Ok(())
    }

    /// Whether the value keeps a demand. Where it does not because of a schema that is as it was, the demand is the reason.
    fn keeps(&mut self, known: &Known<'p>, schema: Schema<'p>, demand: Demand<'p>) -> Proof<'p> {
        self.nested += 1;
        let proof = self.keeps_in_all_cases(known, schema, demand);
        self.nested -= 1;
        proof.map_err(|reason| match self.unchanged.contains(reason.schema.1) {
            true => Reason::of(schema, demand.rule()),
            false => reason,
        })
    }

    /// Whether the value keeps a demand: as it is, or in each of the cases that there are.
    fn keeps_in_all_cases(
        &mut self,
        known: &Known<'p>,
        schema: Schema<'p>,
        demand: Demand<'p>,
    ) -> Proof<'p> {
        let reason = Reason::of(schema, demand.rule());
        if self.left == 0 || self.nested > MAX_NESTED {
            return Err(reason);
        }
        self.left -= 1;
        let is_union = matches!(demand, Demand::Any(_) | Demand::One(_));
        let cases = self.cases(known, is_union || !known.fails.is_empty());
        // One alternative before is most often one alternative now, and which one it is says which properties are known.
        let is_late = is_union || matches!(demand, Demand::Part(Part::Property(_), _));
        let is_late = is_late && cases.is_some();
        let direct = if is_late {
            Err(reason)
        } else {
            self.keeps_directly(known, schema, demand)
        };
        if direct.is_ok() || self.is_empty(known) {
            return Ok(());
        }
        let Some(cases) = cases else {
            return direct;
        };
        for case in &cases {
            self.keeps(case, schema, demand)?;
        }
        Ok(())
    }

    fn keeps_directly(
        &mut self,
        known: &Known<'p>,
        schema: Schema<'p>,
        demand: Demand<'p>,
    ) -> Proof<'p> {
        let side = schema.0;
        let mut reason = Reason::of(schema, demand.rule());
        match demand {
            Demand::Limit(rule, limit) => {
                reason.old = self.known_limit(known, rule);
                if self.keeps_limit(known, rule, limit) {
                    return Ok(());
                }
            }
            Demand::Any(places) | Demand::One(places) => {
                return self.keeps_union(known, schema, demand, places);
            }
            Demand::Not(place) => {
                let also = self.also(known, [(side, place)]);
                if self.is_empty(&also) {
                    return Ok(());
                }
            }
            Demand::If(condition, consequence, alternative) => {
                let mut proof = Ok(());
                if let Some(place) = consequence {
                    let passing = self.also(known, [(side, condition)]);
                    proof = self.strictly(|prover| prover.passes(&passing, (side, place)));
                }
                if let (Ok(()), Some(place)) = (proof, alternative) {
                    let mut failing = known.clone();
                    self.fail(&mut failing, (side, condition));
                    proof = self.strictly(|prover| prover.passes(&failing, (side, place)));
                }
                return proof;
            }
            Demand::With(name, place) => {
                let mut with = known.clone();
                with.kinds = with.kinds.intersect(KindSet::of(Kind::Object));
                with.present.insert(name);
                let with = self.also(&with, []);
                return self.strictly(|prover| prover.passes(&with, (side, place)));
            }
            Demand::Part(part, place) => return self.keeps_part(known, schema, part, place),
        }
        Err(reason)
    }

    /// Whether the value passes one of some alternatives, and no other where only one may pass.
    fn keeps_union(
        &mut self,
        known: &Known<'p>,
        schema: Schema<'p>,
        demand: Demand<'p>,
        places: &'p [String],
    ) -> Proof<'p> {
        let side = schema.0;
        let has_overlaps = self
            .asked(schema)
            .is_some_and(Asked::has_overlapping_one_of);
        let is_alone = matches!(demand, Demand::One(_)) && has_overlaps;
        let whole = Reason::of(schema, demand.rule());
        let mut proof = Err(whole);
        for place in places {
            let is_meant = known.passes.contains(&(Side::Old, place.as_str()));
            let one = if is_meant {
                self.passes(known, (side, place))
            } else {
                self.strictly(|prover| prover.passes(known, (side, place)))
            };
            if one.is_ok() && (!is_alone || self.excludes_others(known, side, places, place)) {
                return Ok(());
            }
            if one.is_err() && is_meant {
                proof = one;
            }
        }
        let mut possible = places.iter().filter(|place| {
            let both = self.also(known, [(side, place.as_str())]);
            !self.is_empty(&both)
        });
        if let (Some(only), None) = (possible.next(), possible.next()) {
            // It is the one that is meant.
            return self.passes(known, (side, only));
        }
        proof
    }

    /// Whether the value passes none of some alternatives but one.
    fn excludes_others(
        &mut self,
        known: &Known<'p>,
        side: Side,
        places: &'p [String],
        place: &str,
    ) -> bool {
        let mut others = places.iter().filter(|other| *other != place);
        others.all(|other| {
            let both = self.also(known, [(side, other.as_str())]);
            self.is_empty(&both)
        })
    }
}

/// What a schema asks beside what it takes in.
fn demands(asked: &Asked) -> Vec<Demand<'_>> {
    let limits = asked.limits.iter();
    let limits = limits.filter(|(rule, _)| !is_said_by_schemas(rule));
    let mut demands: Vec<Demand<'_>> = limits
        .map(|(rule, limit)| Demand::Limit(rule, limit))
        .collect();
    let first = |when: &When| Some(asked.sometimes.get(when)?.first()?.as_str());
    for (rule, places) in &asked.unions {
        demands.push(match *rule {
            "anyOf" => Demand::Any(places),
            _ => Demand::One(places),
        });
    }
    for (when, places) in &asked.sometimes {
        for place in places {
            match when {
                When::Not => demands.push(Demand::Not(place)),
                When::If => {
                    demands.push(Demand::If(place, first(&When::Then), first(&When::Else)));
                }
                When::With(name) => demands.push(Demand::With(name, place)),
                When::Alternative(_) | When::Then | When::Else => {}
            }
        }
    }
    for (part, places) in &asked.parts {
        demands.extend(places.iter().map(|place| Demand::Part(part, place)));
    }
    demands
}

/// Whether it is schemas that say what this rule asks.
fn is_said_by_schemas(rule: &str) -> bool {
    matches!(
        rule,
        "contains"
            | "minContains"
            | "maxContains"
            | "propertyNames"
            | "dependentSchemas"
            | "items"
            | "additionalProperties"
            | "patternProperties"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "anyOf"
            | "oneOf"
            | "not"
            | "then"
            | "else"
    )
}
