//! Parts of a schema that others build on are named after it, not after the first of those that build on it.

use super::{NameHint, Part, TypeDef, TypeId, TypeKind};
use crate::hash::{HashMap, HashSet};
use crate::schema::location::{LocationId, Locations, Segment};

/// Names the types of properties that several objects have after the schema that they stand in, where that has a name.
pub(super) fn name(types: &mut [TypeDef<'_>], locations: &Locations<'_>) {
    let mut named: HashMap<LocationId, TypeId> = HashMap::default();
    let mut taken: HashSet<NameHint<'_>> = HashSet::default();
    for (def, index) in types.iter().zip(0..) {
        taken.insert(def.name);
        if matches!(def.name, NameHint::Required(_) | NameHint::Suggested(_)) {
            named.entry(def.location).or_insert(TypeId(index));
        }
    }
    let shared = shared(types);
    for index in 0..types.len() {
        let def = &types[index];
        // What several schemas say together belongs to the one who puts them together.
        let (NameHint::Derived(parent, part @ Part::Property(_)), [_]) = (def.name, &*def.checks)
        else {
            continue;
        };
        let owner = owner(locations, def.location);
        if shared[index]
            && let Some(owner) = owner.filter(|owner| *owner != types[parent.0 as usize].location)
            && let Some(holder) = named.get(&owner)
        {
            let name = NameHint::Derived(*holder, part);
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

/// The schema whose `properties` a schema is in.
fn owner(locations: &Locations<'_>, property: LocationId) -> Option<LocationId> {
    let (all, _) = locations.parent(property)?;
    match locations.parent(all)? {
        (owner, Segment::Key("properties")) => Some(owner),
        _ => None,
    }
}
