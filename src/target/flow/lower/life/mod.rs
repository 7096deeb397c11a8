//! The flows that hold actions together: one that is started, used and ended.
//!
//! Three flows stand on those of the actions. One calls the action in the middle once, and first the one that starts if
//! there is nothing to use any more. One does that for every item of a list, and ends what was started on every way
//! out. One runs the second again after a while, as long as the service is busy. None of them throws: whoever calls
//! them looks at `State`.

mod draft;
mod later;
mod roles;
mod run;
mod turn;

use std::collections::HashMap;

use crate::action::Lifecycle;
use crate::diagnostic::Diagnostics;

use super::super::config::FlowConfig;
use super::super::model::Flow;
use super::super::names::{
    self, FLOW, LATER_FLOW, LATER_RESOURCES, Names, RESOURCES, TURN_FLOW, TURN_RESOURCES,
};
use super::{Interface, MAX_DESCRIPTION, Naming, empty_flow};
use crate::naming::shortened;
use draft::Draft;
use roles::Roles;

/// The state of a service that is busy, whatever its own word for that is.
const BUSY: &str = "Busy";

/// The state of a flow whose work is done.
const SUCCESS: &str = "Success";

/// The flows of a lifecycle; none if it does not agree with its actions.
pub(crate) fn lower(
    lifecycle: &Lifecycle,
    interfaces: &HashMap<String, Interface>,
    config: &FlowConfig,
    naming: &mut Naming<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Flow> {
    let Some(roles) = Roles::find(lifecycle, interfaces, diagnostics) else {
        return Vec::new();
    };
    let place = naming.wanted.place(lifecycle.document, &lifecycle.label);
    let turn_label = names::label(&lifecycle.use_.flow_label);
    let of_turn = Kind {
        flow: TURN_FLOW,
        resources: TURN_RESOURCES,
        asked: "/use",
    };
    let description = turn::description(&roles);
    let draft = of_turn.draft(&place, &turn_label, &description, &roles, config, naming);
    let turn = turn::lower(draft, &roles);
    let run_label = names::label(&lifecycle.flow_label);
    let of_run = Kind {
        flow: FLOW,
        resources: RESOURCES,
        asked: "",
    };
    let description = run::description(&roles);
    let draft = of_run.draft(&place, &run_label, &description, &roles, config, naming);
    let run = run::lower(draft, &roles, &turn);
    let later = lifecycle.later.as_ref().map(|later| {
        let label = format!("{run_label} Later");
        let description = later::description(later, &run);
        let of_later = Kind {
            flow: LATER_FLOW,
            resources: LATER_RESOURCES,
            asked: "/later",
        };
        let draft = of_later.draft(&place, &label, &description, &roles, config, naming);
        let draft = later::lower(draft, later, &run);
        let claims = draft.names.into_claims();
        naming.ledger.keep_members(&place, claims);
        draft.flow
    });
    for names in [turn.names, run.names] {
        naming.ledger.keep_members(&place, names.into_claims());
    }
    [turn.flow, run.flow].into_iter().chain(later).collect()
}

/// What one of the flows is in the lock, and where the configuration asks for its name.
struct Kind {
    flow: &'static str,
    resources: &'static str,
    asked: &'static str,
}

impl Kind {
    /// A flow without elements.
    fn draft<'c>(
        &self,
        place: &str,
        label: &str,
        description: &str,
        roles: &Roles<'_>,
        config: &'c FlowConfig,
        naming: &mut Naming<'_>,
    ) -> Draft<'c> {
        let mut text = description.to_owned();
        for condition in &roles.start.preconditions {
            text.push_str("\n- ");
            text.push_str(condition);
        }
        let text = shortened(&text, MAX_DESCRIPTION);
        let asked = naming.wanted.of_flow(&format!("{place}{}", self.asked));
        let flow_names = naming.flows.with_role(self.flow);
        flow_names.ask(place, asked);
        let name = flow_names.claim(place, label);
        Draft {
            flow: empty_flow(name, label, &text, "AutoLaunchedFlow", config),
            names: Names::in_flow(naming.ledger, place, self.resources),
            config,
        }
    }
}
