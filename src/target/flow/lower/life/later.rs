//! The flow that waits while the service is busy, and tries again.

use crate::action::Later;

use super::super::super::model::{Node, Wait};
use super::super::assign;
use super::BUSY;
use super::draft::{Draft, change, is_left, number, parameter, states};
use super::run::Run;

pub(super) fn description(later: &Later, run: &Run) -> String {
    format!(
        "Runs {} after {} minutes, and again as long as the service is busy, {} times at most. It answers nothing: \
         whoever starts this flow does not wait for it. Give the answers to somebody in {} or add that here.\n\nThe \
         actions fail unless:",
        run.flow.name, later.minutes, later.tries, run.flow.name
    )
}

pub(super) fn lower<'c>(mut draft: Draft<'c>, later: &Later, run: &Run) -> Draft<'c> {
    let tries_left = draft.names.claim_fixed("Tries Left");
    let prepare = draft.element("Prepare");
    let wait = draft.element(&format!("Wait {} Minutes", later.minutes));
    let event = draft.names.claim_fixed("Time Has Passed");
    let count = draft.element("Count Try");
    let run_it = draft.element(&run.flow.label.as_str().replace('&', "and"));
    let check = draft.element("Check Busy");
    let mut inputs = Vec::new();
    for variable in run.flow.variables.iter().filter(|one| one.is_input) {
        let name = draft
            .names
            .claim(&format!("input {}", variable.name), variable.name.as_str());
        inputs.push(parameter(&variable.name, &name));
        let mut own = variable.clone();
        own.name = name;
        draft.flow.variables.push(own);
    }
    let variable = draft.number_variable(&tries_left, "How often it may try.");
    draft.flow.variables.push(variable);
    draft.flow.start = prepare.connector();
    let tries = vec![assign(&tries_left, number(later.tries))];
    draft.assign(
        &prepare,
        "Sets how often it tries.",
        tries,
        wait.connector(),
    );
    draft.flow.waits.push(Wait {
        node: Node::new(&wait.name, &wait.label, Some("Gives the service time.")),
        event,
        minutes: later.minutes,
        connector: count.connector(),
    });
    let one_less = vec![change(&tries_left, "Subtract", number(1))];
    draft.assign(&count, "Counts the tries.", one_less, run_it.connector());
    draft.run(
        &run_it,
        "Does the work, in a transaction of its own after the pause.",
        &run.flow.name,
        inputs,
        check.connector(),
    );
    let mut again = states(&run_it.output("State"), &[BUSY]);
    again.extend(is_left(&tries_left));
    draft.decide(
        &check,
        "Waits again only if the service is still busy.",
        vec![("Busy".to_owned(), "and".into(), again, wait.jump())],
        ("Done", None),
    );
    draft
}
