//! The names that the configuration asks for.

use super::config::FlowConfig;
use crate::action::Action;
use crate::diagnostic::Diagnostics;
use crate::document::DocumentId;
use crate::hash::HashMap;
use crate::naming::{Places, Spots};
use crate::schema::location::LocationId;
use crate::target::TargetInput;

/// What is asked for, by the place of an action, an input or a property.
pub(super) struct Wanted<'c> {
    places: &'c Places,
    /// Those of flows, and of inputs of actions.
    flows: HashMap<String, &'c str>,
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
            flows: HashMap::default(),
            fields: HashMap::default(),
        };
        if config.names.is_empty() {
            return wanted;
        }
        let mut keys = Vec::new();
        let written = input.actions.iter().map(|action| (action, false));
        let described = input.services.actions.iter().map(|action| (action, true));
        for (action, is_described) in written.chain(described) {
            let place = wanted.of_action(action, is_described);
            keys.extend((0..action.inputs.len()).map(|index| input_place(&place, index)));
            keys.push(place);
        }
        for lifecycle in input.lifecycles {
            let place = wanted.place(lifecycle.document, &lifecycle.label);
            keys.extend(["", "/use", "/later"].map(|flow| format!("{place}{flow}")));
        }
        let types = config.types.places(input.types, input.documents);
        keys.extend(types.iter().map(|name| form_place(name)));
        keys.extend(config.branches.iter().map(|name| branch_place(name)));
        for key in keys {
            if let Some(name) = config.names.get(&key) {
                wanted.flows.insert(key, name);
            }
        }
        let spots = Spots::new(input.types, input.places);
        for (key, name) in &config.names {
            if wanted.flows.contains_key(key) {
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

    /// The place of a descriptor.
    pub(super) fn place(&self, document: Option<DocumentId>, label: &str) -> String {
        let file = document.map(|document| self.places.file(document));
        format!("{}#", file.unwrap_or(label))
    }

    /// The place of an action. The description of a service has many.
    pub(super) fn of_action(&self, action: &Action, is_described: bool) -> String {
        let mut place = self.place(action.document, &action.label);
        if is_described {
            place.push_str(&action.action_name);
        }
        place
    }

    /// The name that a flow is asked to have.
    pub(super) fn of_flow(&self, place: &str) -> Option<&'c str> {
        self.flows.get(place).copied()
    }

    /// The name that the variable of an input is asked to have.
    pub(super) fn of_input(&self, place: &str, index: usize) -> Option<&'c str> {
        self.flows.get(&input_place(place, index)).copied()
    }

    /// The name that the variable of a property is asked to have.
    pub(super) fn of_field(&self, location: LocationId) -> Option<&'c str> {
        self.fields.get(&location).copied()
    }
}

/// The place of a type as the configuration names those that people fill in.
pub(super) fn form_place(name: &str) -> String {
    match name.contains('#') {
        true => name.to_owned(),
        false => format!("{name}#"),
    }
}

/// The place of what a flow branches on.
pub(super) fn branch_place(name: &str) -> String {
    format!("{}/branch", form_place(name))
}

fn input_place(place: &str, index: usize) -> String {
    format!("{place}/inputs/{index}")
}
