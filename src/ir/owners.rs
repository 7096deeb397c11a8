//! Parts of a schema that others build on are named after it, not after the first of those that build on it.

use super::{NameHint, Part, TypeDef, TypeId, TypeKind};
use crate::hash::{HashMap, HashSet};
use crate::schema::location::{LocationId, Locations, Segment};

/// How many types a name may be put together from before nothing more is named after it.
const MOST_STEPS: usize = 100;

/// Names the types of properties that several objects have after the schema that they stand in, where that has a name.
pub(super) fn name(types: &mut [TypeDef<'_>], locations: &Locations<'_>) {
    let mut taken: HashSet<NameHint<'_>> = HashSet::default();
    // What is named after a schema around it is at home there: an alternative in its union, not in one that narrows that.
    let mut homes: HashMap<LocationId, (usize, TypeId)> = HashMap::default();
    for (def, index) in types.iter().zip(0..) {
        taken.insert(def.name);
        let steps = match def.name {
            NameHint::Required(_) | NameHint::Suggested(_) => Some(0),
            NameHint::Derived(parent, _) => {
                steps_between(locations, def.location, types[parent.0 as usize].location)
            }
        };
        let Some(steps) = steps else {
            continue;
        };
        let home = homes.entry(def.location).or_insert((steps, TypeId(index)));
        if steps < home.0 {
            *home = (steps, TypeId(index));
        }
    }
    let shared = shared(types);
    for (index, at) in (0..types.len()).zip(0..) {
        let def = &types[index];
        // What several schemas say together belongs to the one who puts them together.
        let (NameHint::Derived(parent, part @ Part::Property(name)), [_] | []) =
            (def.name, &*def.checks)
        else {
            continue;
        };
        let is_home = |location: &LocationId| homes.contains_key(location);
        let Some(owner) = owner(locations, def.location, name, is_home) else {
            continue;
        };
        // What a type holds where its value is an object stands at the same place, and is as much at home there.
        let is_home = |holder| {
            let def = &types[parent.0 as usize];
            let has_own_name = !matches!(def.name, NameHint::Derived(..));
            def.location == owner && (has_own_name || is_named_after(types, parent, holder))
        };
        if shared[index]
            && let Some((_, holder)) = homes.get(&owner).copied()
            && !is_home(holder)
            && !is_named_after(types, holder, TypeId(at))
        {
            let name = NameHint::Derived(holder, part);
            // A reference that means something else for each who builds on it makes several types of one schema.
            if taken.insert(name) {
                types[index].name = name;
            }
        }
    }
}

/// For each type, whether it is that of properties of several objects.
fn shared(types: &[TypeDef<'_>]) -> Vec<bool> {
    let mut holders = vec![None; types.len()];
    let mut shared = vec![false; types.len()];
    for (def, holder) in types.iter().zip(0_u32..) {
        let TypeKind::Object(object) = &def.kind else {
            continue;
        };
        for field in &object.fields {
            let at = field.ty.id.0 as usize;
            shared[at] |= *holders[at].get_or_insert(holder) != holder;
        }
    }
    shared
}

/// How many steps a schema is below another one, if it is in that.
fn steps_between(locations: &Locations<'_>, inner: LocationId, outer: LocationId) -> Option<usize> {
    let mut at = inner;
    for steps in 1.. {
        (at, _) = locations.parent(at)?;
        if at == outer {
            return Some(steps);
        }
    }
    None
}

/// Whether the name of a type has that of another one in it, as far as it is looked at.
fn is_named_after(types: &[TypeDef<'_>], id: TypeId, other: TypeId) -> bool {
    let mut at = id;
    for _ in 0..MOST_STEPS {
        if at == other {
            return true;
        }
        match types[at.0 as usize].name {
            NameHint::Derived(parent, _) => at = parent,
            NameHint::Required(_) | NameHint::Suggested(_) => return false,
        }
    }
    true
}

/// The schema that has a schema for a property of this name, itself or in what it says of the same value, and that is a home.
fn owner(
    locations: &Locations<'_>,
    property: LocationId,
    name: &str,
    is_home: impl Fn(&LocationId) -> bool,
) -> Option<LocationId> {
    let (all, key) = locations.parent(property)?;
    let (mut owner, Segment::Key("properties")) = locations.parent(all)? else {
        return None;
    };
    if key != Segment::Key(name) {
        return None;
    }
    for _ in 0..MOST_STEPS {
        if is_home(&owner) {
            return Some(owner);
        }
        owner = around(locations, owner)?;
    }
    None
}

/// The schema that has this one for a part which is about the same value.
fn around(locations: &Locations<'_>, schema: LocationId) -> Option<LocationId> {
    let (parent, step) = locations.parent(schema)?;
    if let Segment::Key("then" | "else") = step {
        return Some(parent);
    }
    let (owner, keyword) = locations.parent(parent)?;
    let is_list = matches!(step, Segment::Index(_)) && keyword == Segment::Key("allOf");
    let is_dependent =
        keyword == Segment::Key("dependentSchemas") || keyword == Segment::Key("dependencies");
    (is_list || is_dependent).then_some(owner)
}
