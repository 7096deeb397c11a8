//! The objects of a sample by number. Those of several places that may be of one kind become one.

use std::collections::HashMap;

use super::shape::{Object, Scalars, Shape};

/// Fewer properties than this say too little for two objects to be of one kind.
const ENOUGH: usize = 2;
/// With so many kinds of objects of the same properties another one is compared.
const MAX_KINDS: usize = 64;
/// So many pairs of objects are put together by way of trial. Beyond, every place has an object of its own.
const MAX_TRIALS: usize = 1_000_000;

/// What is known of the values at one place, whose objects are known by number.
#[derive(Debug, Default, Clone)]
pub(super) struct Place {
    pub scalars: Scalars,
    /// What is in the lists.
    pub list: Option<Box<Place>>,
    /// What is in the objects whose names are data.
    pub map: Option<Box<Place>>,
    pub object: Option<usize>,
}

/// The objects of a place, or of several.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    /// How many there are.
    pub count: usize,
    /// Their properties, with the number of objects that have them.
    pub members: Vec<(String, usize, Place)>,
}

/// All objects of some samples.
#[derive(Debug, Default)]
pub(super) struct Places {
    kinds: Vec<Kind>,
    /// Which one each of them has become a part of: itself, if of none.
    into: Vec<usize>,
    /// What each of them is called where it stands; nothing, if it has no name there.
    names: Vec<String>,
}

impl Places {
    /// Everything that is known of the objects below a place, which has a name.
    pub(super) fn place(&mut self, shape: Shape, name: &str) -> Place {
        let mut place = Place {
            scalars: shape.scalars,
            ..Place::default()
        };
        if let Some(items) = shape.list {
            place.list = Some(Box::new(self.place(*items, &element(name))));
        }
        match shape.object.map(Object::into_values) {
            Some(Ok(values)) => {
                place.map = Some(Box::new(self.place(values, &element(name))));
            }
            Some(Err(object)) => place.object = Some(self.object(object, name)),
            None => {}
        }
        place
    }

    fn object(&mut self, object: Object, name: &str) -> usize {
        let number = self.kinds.len();
        self.kinds.push(Kind {
            count: object.count,
            members: Vec::new(),
        });
        self.into.push(number);
        self.names.push(name.to_owned());
        let members = object.members.into_iter();
        let members = members.map(|(name, count, shape)| {
            let place = self.place(shape, &name);
            (name, count, place)
        });
        self.kinds[number].members = members.collect();
        number
    }

    /// Puts those objects together that have the same properties and do not contradict each other, from the first to the last.
    pub(super) fn unite(&mut self) {
        let mut known: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        let mut left = MAX_TRIALS;
        for number in 0..self.kinds.len() {
            let members = &self.kinds[number].members;
            if self.into[number] != number || members.len() < ENOUGH {
                continue;
            }
            let mut names: Vec<String> = members.iter().map(|(name, ..)| name.clone()).collect();
            names.sort_unstable();
            let others = known.entry(names).or_default();
            let is_united = others
                .iter()
                .any(|other| self.try_to_unite(*other, number, &mut left));
            if !is_united && others.len() < MAX_KINDS {
                others.push(number);
            }
        }
    }

    /// Puts two objects together with all that then has to be put together, or does nothing.
    fn try_to_unite(&mut self, one: usize, other: usize, left: &mut usize) -> bool {
        let mut trial = Trial {
            places: self,
            kinds: HashMap::new(),
            into: HashMap::new(),
        };
        if !trial.unite(one, other, left) {
            return false;
        }
        let Trial { kinds, into, .. } = trial;
        for (number, kind) in kinds {
            self.kinds[number] = kind;
        }
        for (number, other) in into {
            self.into[number] = other;
            self.kinds[number].members = Vec::new();
        }
        true
    }

    /// What an object has become a part of.
    pub(super) fn whole(&self, mut number: usize) -> usize {
        while self.into[number] != number {
            number = self.into[number];
        }
        number
    }

    /// The objects that are a part of none.
    pub(super) fn wholes(&self) -> impl Iterator<Item = (usize, &Kind)> {
        let kinds = self.kinds.iter().enumerate();
        kinds.filter(|(number, _)| self.into[*number] == *number)
    }

    pub(super) fn kind(&self, whole: usize) -> &Kind {
        &self.kinds[whole]
    }

    /// What the objects are called where they stand, by the number of the whole.
    pub(super) fn names(&self) -> Vec<Vec<&str>> {
        let mut names = vec![Vec::new(); self.kinds.len()];
        for (number, name) in self.names.iter().enumerate() {
            if !name.is_empty() {
                names[self.whole(number)].push(name.as_str());
            }
        }
        names
    }
}

/// Some objects, put together to see whether they contradict each other.
struct Trial<'p> {
    places: &'p Places,
    kinds: HashMap<usize, Kind>,
    into: HashMap<usize, usize>,
}

impl Trial<'_> {
    fn unite(&mut self, one: usize, other: usize, left: &mut usize) -> bool {
        let mut work = vec![(one, other)];
        while let Some((one, other)) = work.pop() {
            let (one, other) = (self.whole(one), self.whole(other));
            if one == other {
                continue;
            }
            // The first of them stays, so that the same sample always gives the same.
            let (one, other) = (one.min(other), one.max(other));
            if *left == 0 || !may_be_one(self.kind(one), self.kind(other)) {
                return false;
            }
            *left -= 1;
            let (mut kind, theirs) = (self.take(one), self.take(other));
            kind.count += theirs.count;
            let mut theirs: HashMap<String, (usize, Place)> = theirs
                .members
                .into_iter()
                .map(|(name, count, place)| (name, (count, place)))
                .collect();
            for (name, count, place) in &mut kind.members {
                let Some((more, other)) = theirs.remove(name) else {
                    return false;
                };
                *count += more;
                if !place.unite(other, &mut work) {
                    return false;
                }
            }
            self.kinds.insert(one, kind);
            self.into.insert(other, one);
        }
        true
    }

    fn whole(&self, number: usize) -> usize {
        let mut number = self.places.whole(number);
        while let Some(other) = self.into.get(&number) {
            number = *other;
        }
        number
    }

    fn kind(&self, number: usize) -> &Kind {
        let own = self.kinds.get(&number);
        own.unwrap_or_else(|| self.places.kind(number))
    }

    fn take(&mut self, number: usize) -> Kind {
        let own = self.kinds.remove(&number);
        own.unwrap_or_else(|| self.places.kind(number).clone())
    }
}

/// Whether two objects have as many properties, and those at the same position do not contradict each other at first sight. The
/// rest is seen by putting them together.
fn may_be_one(one: &Kind, other: &Kind) -> bool {
    let mut pairs = one.members.iter().zip(&other.members);
    one.members.len() == other.members.len()
        && pairs.all(|((name, _, place), (same, _, other))| name != same || place.is_like(other))
}

impl Place {
    /// The number of the object, if there is nothing else.
    pub(super) fn as_object(&self) -> Option<usize> {
        let is_alone = self.scalars.kinds() == 0 && !self.scalars.null;
        let object = self.object.filter(|_| is_alone);
        object.filter(|_| self.list.is_none() && self.map.is_none())
    }

    /// Whether nothing is known but that there may be null.
    fn is_unknown(&self) -> bool {
        let holds_others = self.list.is_some() || self.map.is_some() || self.object.is_some();
        self.scalars.kinds() == 0 && !holds_others
    }

    /// Whether values of the same kinds were seen, as far as any were.
    fn is_like(&self, other: &Self) -> bool {
        let parts = |place: &Self| {
            let (list, map) = (place.list.is_some(), place.map.is_some());
            (list, map, place.object.is_some())
        };
        self.is_unknown()
            || other.is_unknown()
            || self.scalars.is_like(&other.scalars) && parts(self) == parts(other)
    }

    /// Takes everything into account that is known of another place, unless the two contradict each other. Objects that have to
    /// be put together for that are added to `work`.
    fn unite(&mut self, other: Self, work: &mut Vec<(usize, usize)>) -> bool {
        if !self.is_like(&other) {
            return false;
        }
        self.scalars.merge(other.scalars);
        for (part, theirs) in [(&mut self.list, other.list), (&mut self.map, other.map)] {
            match (part.as_mut(), theirs) {
                (Some(part), Some(theirs)) => {
                    if !part.unite(*theirs, work) {
                        return false;
                    }
                }
                (None, theirs) => *part = theirs,
                (Some(_), None) => {}
            }
        }
        match (self.object, other.object) {
            (Some(one), Some(other)) => work.push((one, other)),
            (one, other) => self.object = one.or(other),
        }
        true
    }
}

/// What an element of a list is called.
fn element(name: &str) -> String {
    let stem = |end: &str| name.strip_suffix(end).filter(|stem| stem.len() > 1);
    if let Some(stem) = stem("ies") {
        format!("{stem}y")
    } else if ["sses", "xes", "ches", "shes"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        stem("es").unwrap_or(name).to_owned()
    } else if name.ends_with("ss") {
        name.to_owned()
    } else {
        stem("s").unwrap_or(name).to_owned()
    }
}
