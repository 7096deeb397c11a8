//! The names that the configuration asks for.

use std::collections::HashMap;

use super::config::FlowConfig;
use crate::action::Action;
use crate::diagnostic::Diagnostics;
use crate::naming::{Places, Spots};
use crate::schema::location::LocationId;
use crate::target::TargetInput;

/// What is asked for, by the place of an action, an input or a property.
pub(super) struct Wanted<'c> {
    places: &'c Places,
    actions: HashMap<String, &'c str>,
    fields: HashMap<LocationId, &'c str>,
}

impl<'c> Wanted<'c> {
    /// Finds what the configuration speaks of, and says what is not there.
    pub(super) fn new(
        input: &'c TargetInput<'_>,
        config: &'c FlowConfig,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut wanted = Self {
            places: input.places,
            actions: HashMap::new(),
            fields: HashMap::new(),
        };
        if config.names.is_empty() {
            return wanted;
        }
        for action in input.actions {
            let place = wanted.place(action);
            let inputs = (0..action.inputs.len()).map(|index| input_place(&place, index));
            for key in inputs.chain([place.clone()]) {
                if let Some(name) = config.names.get(&key) {
                    wanted.actions.insert(key, name);
                }
            }
        }
        let spots = Spots::new(input.types, input.places);
        for (key, name) in &config.names {
            if wanted.actions.contains_key(key) {
                continue;
            }
            match spots.get(key).filter(|spot| !spot.fields.is_empty()) {
                Some(spot) => {
                    let fields = spot.fields.iter();
                    wanted.fields.extend(fields.map(|at| (*at, name.as_str())));
                }
                None => diagnostics.push(spots.missing("flow.names", key)),
            }
        }
        wanted
    }

    /// The place of an action.
    pub(super) fn place(&self, action: &Action) -> String {
        let file = action.document.map(|document| self.places.file(document));
        format!("{}#", file.unwrap_or(&action.label))
    }

    /// The name that the flow of an action is asked to have.
    pub(super) fn of_flow(&self, action: &Action) -> Option<&'c str> {
        self.actions.get(&self.place(action)).copied()
    }

    /// The name that the variable of an input is asked to have.
    pub(super) fn of_input(&self, action: &Action, index: usize) -> Option<&'c str> {
        let key = input_place(&self.place(action), index);
        self.actions.get(&key).copied()
    }

    /// The name that the variable of a property is asked to have.
    pub(super) fn of_field(&self, location: LocationId) -> Option<&'c str> {
        self.fields.get(&location).copied()
    }
}

fn input_place(place: &str, index: usize) -> String {
    format!("{place}/inputs/{index}")
}
