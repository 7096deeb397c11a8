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
use super::super::names::{self, Names};
use super::super::text::shortened;
use super::{Interface, MAX_DESCRIPTION, empty_flow};
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
    flow_names: &mut Names,
    diagnostics: &mut Diagnostics,
) -> Vec<Flow> {
    let Some(roles) = Roles::find(lifecycle, interfaces, diagnostics) else {
        return Vec::new();
    };
    let turn_label = names::label(&lifecycle.use_.flow_label);
    let draft = new(
        &turn_label,
        &turn::description(&roles),
        &roles,
        config,
        flow_names,
    );
    let turn = turn::lower(draft, &roles);
    let run_label = names::label(&lifecycle.flow_label);
    let draft = new(
        &run_label,
        &run::description(&roles),
        &roles,
        config,
        flow_names,
    );
    let run = run::lower(draft, &roles, &turn);
    let later = lifecycle.later.as_ref().map(|later| {
        let label = format!("{run_label} Later");
        let description = later::description(later, &run);
        let draft = new(&label, &description, &roles, config, flow_names);
        later::lower(draft, later, &run)
    });
    [turn.flow, run.flow].into_iter().chain(later).collect()
}

/// A flow without elements.
fn new<'c>(
    label: &str,
    description: &str,
    roles: &Roles<'_>,
    config: &'c FlowConfig,
    flow_names: &mut Names,
) -> Draft<'c> {
    let mut text = description.to_owned();
    for condition in &roles.start.preconditions {
        text.push_str("\n- ");
        text.push_str(condition);
    }
    let text = shortened(&text, MAX_DESCRIPTION);
    let name = flow_names.claim(label);
    Draft {
        flow: empty_flow(name, label, &text, "AutoLaunchedFlow", config),
        names: Names::new(),
        config,
    }
}
