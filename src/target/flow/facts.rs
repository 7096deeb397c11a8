//! What a deployment has to know of a flow.

use std::collections::HashSet;

use super::model::Flow;
use crate::deploy::FlowFacts;

/// The action type of Apex methods.
const APEX: &str = "apex";

/// What a deployment has to know of a flow, where these classes are generated: whether it refers to an action or a class
/// that is not, so that the org has to have it, and which flows it runs.
pub(super) fn of(flow: &Flow, generated: &HashSet<&str>) -> FlowFacts {
    let is_generated = |class: &str| generated.contains(class);
    let calls_ours = flow
        .action_calls
        .iter()
        .all(|call| call.action_type.as_str() == APEX && is_generated(call.action_name.as_str()));
    let mut classes = flow
        .variables
        .iter()
        .filter_map(|one| one.apex_class.as_ref());
    let holds_ours = classes.all(|class| is_generated(class.as_str()));
    let runs = flow.subflows.iter().map(|one| one.flow_name.to_string());
    FlowFacts {
        name: flow.name.to_string(),
        needs_org: !calls_ours || !holds_ours,
        runs: runs.collect(),
    }
}
