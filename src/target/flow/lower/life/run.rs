//! The flow that uses what was started for every item of a list, and ends it on every way out.

use super::super::super::model::{Flow, Loop, Node, Value, Variable};
use super::super::super::names::{self, Names};
use super::super::super::text::Text;
use super::super::assign;
use super::draft::{
    Draft, Element, Report, change, empty, input, is_empty, is_left, number, output, parameter,
    states,
};
use super::roles::Roles;
use super::turn::Turn;
use super::{BUSY, SUCCESS};

/// The state of a flow that did all but the end.
const NOT_ENDED: &str = "NotEnded";

/// The flow, and the names of the inputs that a flow around it fills.
pub(super) struct Run {
    pub flow: Flow,
    pub names: Names,
}

pub(super) fn description(roles: &Roles<'_>) -> String {
    let lifecycle = roles.lifecycle;
    let label = names::label(&lifecycle.label);
    let what = lifecycle
        .description
        .clone()
        .unwrap_or_else(|| format!("Holds a {label} from its start to its end."));
    format!(
        "{what} If the service has forgotten the {label} it starts anew, {} at most; if the service is busy it \
         tries again without waiting, and then says {BUSY}. It ends the {label} on every way out, faults included; if \
         that fails, the first error stays.\n\nAll callouts of a transaction together may take 120 seconds. Beyond \
         that the platform stops the flow at once, and the {label} stays open until it expires.\n\nThe actions fail \
         unless:",
        times(lifecycle.restarts)
    )
}

/// How often, in words.
fn times(count: u8) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

struct Variables {
    id: Text,
    number: Option<Text>,
    restarts_left: Text,
    answer: Text,
    answers: Text,
    reason: Option<Text>,
    end_state: Text,
    end_error: Text,
    made: Vec<Text>,
}

pub(super) fn lower(mut draft: Draft<'_>, roles: &Roles<'_>, turn: &Turn) -> Run {
    let report = draft.report();
    let label = names::label(&roles.lifecycle.label);
    let (variables, items) = declare(&mut draft, roles, turn);
    let each = draft.element(&format!("For Each of {}", roles.lifecycle.use_.items_label));
    let ask = draft.element(&names::label(&roles.lifecycle.use_.flow_label));
    let check = draft.element("Check Turn");
    let keep = draft.element("Keep Turn");
    let failed = draft.element("Report Failed Turn");
    let done = draft.element("Report Success");
    let check_open = draft.element(&format!("Check Open {label}"));

    let inputs = turn_inputs(&mut draft, turn, &variables, &each);
    let retries = inputs.iter().find(|one| one.name == turn.retries);
    let retries = match retries.map(|one| &one.value) {
        Some(Value::Reference(name)) => name.clone(),
        Some(Value::Text(_) | Value::Number(_) | Value::Boolean(_)) | None => turn.retries.clone(),
    };
    draft.flow.start = each.connector();
    draft.flow.loops.push(Loop {
        node: Node::new(
            &each.name,
            &each.label,
            Some("Takes the items in their order."),
        ),
        collection: items,
        next_connector: ask.connector(),
        done_connector: done.connector(),
    });
    let after = draft.element("Keep State of Turn");
    draft.run(
        &ask,
        "Uses it once, and starts it if it has to.",
        &turn.flow.name,
        inputs,
        after.connector(),
    );
    let back = |name: &Text| Value::Reference(ask.output(name.as_str()));
    let mut kept = vec![
        assign(&variables.id, back(&turn.id)),
        assign(&variables.restarts_left, back(&turn.restarts_left)),
    ];
    if let (Some(own), Some(of_turn)) = (&variables.number, &turn.number) {
        kept.push(assign(own, back(of_turn)));
    }
    for (of_turn, own) in turn.made.iter().zip(&variables.made) {
        kept.push(assign(own, back(of_turn)));
    }
    draft.assign(
        &after,
        "There may be something to end, whatever came of the turn.",
        kept,
        check.connector(),
    );
    draft.decide(
        &check,
        "Goes on only after a success.",
        vec![(
            "Answered".to_owned(),
            "and".into(),
            states(&ask.output("State"), &[SUCCESS]),
            keep.connector(),
        )],
        ("Not Answered", failed.connector()),
    );
    let answers = vec![
        assign(&variables.answer, back(&turn.answer)),
        change(&variables.answers, "Add", back(&turn.answer)),
        assign(
            &report.response_code,
            Value::Reference(ask.output("Response_Code")),
        ),
    ];
    draft.assign(&keep, "Keeps the answer.", answers, each.connector());
    let reason = |which: &dyn Fn(&crate::action::Reason) -> &String| {
        let reason = roles.lifecycle.end.reason.as_ref().map(which);
        variables
            .reason
            .as_ref()
            .zip(reason)
            .map(|(to, reason)| assign(to, Value::Text(Text::plain(reason))))
    };
    let mut errors = Draft::take_over(&report, &ask, true, None);
    errors.extend(reason(&|reason| &reason.failed));
    draft.assign(&failed, "Keeps the first error.", errors, check_open.jump());
    let mut success = vec![assign(&report.state, Value::Text(Text::new(SUCCESS)))];
    success.extend(reason(&|reason| &reason.done));
    draft.assign(
        &done,
        "All items had their turn.",
        success,
        check_open.connector(),
    );
    end(
        &mut draft,
        roles,
        (&variables, &retries),
        &report,
        &check_open,
    );
    Run {
        flow: draft.flow,
        names: draft.names,
    }
}

fn declare(draft: &mut Draft<'_>, roles: &Roles<'_>, turn: &Turn) -> (Variables, Text) {
    let own = |text: &Text| text.as_str().replace('_', " ");
    let use_ = &roles.lifecycle.use_;
    let items = draft.names.claim("items", &use_.items_label);
    let variables = Variables {
        id: draft.names.claim("id", &own(&turn.id)),
        number: turn
            .number
            .as_ref()
            .map(|name| draft.names.claim("number", &own(name))),
        restarts_left: draft
            .names
            .claim("restarts left", &own(&turn.restarts_left)),
        answer: draft.names.claim("answer", &own(&turn.answer)),
        answers: draft.names.claim("answers", &use_.answers_label),
        reason: roles
            .reason
            .map(|reason| draft.names.claim("reason", &reason.label)),
        end_state: draft.names.claim_fixed("End State"),
        end_error: draft.names.claim_fixed("End Error"),
        made: turn
            .made
            .iter()
            .map(|name| {
                let key = format!("made {name}");
                draft.names.claim(&key, &own(name))
            })
            .collect(),
    };
    let label = names::label(&roles.lifecycle.label);
    let item_text = roles
        .item
        .description
        .as_deref()
        .unwrap_or(&roles.item.label);
    let mut list = input(draft.text_variable(&items, item_text));
    list.is_collection = true;
    list.is_required = true;
    let mut answers = output(draft.text_variable(&variables.answers, "All answers, in order."));
    answers.is_collection = true;
    let mut restarts =
        draft.number_variable(&variables.restarts_left, "How often it may start anew.");
    restarts.default = Some(number(roles.lifecycle.restarts));
    let open = format!("The {label}, if it could not be ended.");
    let mut all = vec![
        list,
        answers,
        restarts,
        output(draft.text_variable(&variables.id, &open)),
        output(draft.text_variable(&variables.answer, "The last answer.")),
        output(draft.text_variable(
            &variables.end_state,
            "How the end went, in one word. Empty if there was nothing to end.",
        )),
        output(draft.text_variable(&variables.end_error, "Why it could not be ended.")),
    ];
    if let Some(name) = &variables.number {
        let mut variable = draft.number_variable(name, "The number of the last call.");
        variable.default = Some(number(0));
        all.push(output(variable));
    }
    if let Some(name) = &variables.reason {
        all.push(draft.text_variable(name, "Why it ends."));
    }
    for (name, of_turn) in variables.made.iter().zip(&turn.made) {
        let mut known = turn.flow.variables.iter();
        let known = known.find(|one| one.name == *of_turn);
        all.extend(known.map(|known| Variable {
            name: name.clone(),
            is_input: false,
            ..known.clone()
        }));
    }
    draft.flow.variables.extend(all);
    (variables, items)
}

/// The inputs of a turn: those of the roles, and the others from whoever calls this flow.
fn turn_inputs(
    draft: &mut Draft<'_>,
    turn: &Turn,
    variables: &Variables,
    each: &Element,
) -> Vec<super::super::super::model::Parameter> {
    let mut inputs = vec![
        parameter(&turn.id, &variables.id),
        parameter(&turn.restarts_left, &variables.restarts_left),
        parameter(&turn.item, &each.name),
    ];
    if let (Some(of_turn), Some(own)) = (&turn.number, &variables.number) {
        inputs.push(parameter(of_turn, own));
    }
    for (of_turn, own) in turn.made.iter().zip(&variables.made) {
        inputs.push(parameter(of_turn, own));
    }
    let known: Vec<Text> = inputs.iter().map(|one| one.name.clone()).collect();
    for variable in turn.flow.variables.iter().filter(|one| one.is_input) {
        if known.contains(&variable.name) {
            continue;
        }
        let name = draft
            .names
            .claim(&format!("input {}", variable.name), variable.name.as_str());
        inputs.push(parameter(&variable.name, &name));
        let mut own = variable.clone();
        own.name = name;
        draft.flow.variables.push(own);
    }
    inputs
}

/// The end, wherever there is something to end. What went wrong first stays.
fn end(
    draft: &mut Draft<'_>,
    roles: &Roles<'_>,
    (variables, retries): (&Variables, &Text),
    report: &Report,
    check_open: &Element,
) {
    let label = names::label(&roles.lifecycle.label);
    let end = draft.element(&roles.end.label);
    let check = draft.element("Check End");
    let ended = draft.element("Report End");
    let first = draft.element("Keep First Error");
    let not_ended = draft.element("Report Failed End");
    draft.decide(
        check_open,
        "There is nothing to end if nothing was started.",
        vec![(
            format!("Has No {label}"),
            "or".into(),
            is_empty(&variables.id),
            None,
        )],
        (&format!("Has {label}"), end.connector()),
    );
    let role = |input: &super::super::plan::InputVariable| {
        input.source == roles.end_id.source
            || roles
                .reason
                .is_some_and(|reason| reason.source == input.source)
    };
    let mut inputs = draft.pass(roles.end, |_, input| role(input));
    inputs.push(parameter(&roles.end_id.name, &variables.id));
    if let (Some(input), Some(reason)) = (roles.reason, &variables.reason) {
        inputs.push(parameter(&input.name, reason));
    }
    draft.run(
        &end,
        "Ends what was started.",
        &roles.end.flow,
        inputs,
        check.connector(),
    );
    let state = end.output("State");
    let keep_state = assign(&variables.end_state, Value::Reference(state.clone()));
    let keep_error = assign(
        &variables.end_error,
        Value::Reference(end.output("Error_Message")),
    );
    draft.assign(
        &ended,
        "It is over.",
        vec![keep_state.clone(), assign(&variables.id, empty())],
        None,
    );
    draft.assign(
        &first,
        "A failed end does not hide what went wrong before.",
        vec![keep_state.clone(), keep_error.clone()],
        None,
    );
    let mut items = vec![keep_state, keep_error];
    items.extend(Draft::take_over(
        report,
        &end,
        roles.end.has_response_code,
        Some(NOT_ENDED),
    ));
    draft.assign(&not_ended, "All went well, but for the end.", items, None);
    let mut outcomes = Vec::new();
    let busy = Roles::words(roles.end, &roles.lifecycle.busy);
    if !busy.is_empty() {
        let again = draft.element("Try End Again");
        let one_less = vec![change(retries, "Subtract", number(1))];
        draft.assign(&again, "Counts the tries.", one_less, end.jump());
        let any: Vec<String> = (1..=busy.len()).map(|at| at.to_string()).collect();
        let logic = match any.as_slice() {
            [_] => "and".to_owned(),
            several => format!("({}) AND {}", several.join(" OR "), several.len() + 1),
        };
        let mut conditions = states(&state, &busy);
        conditions.extend(is_left(retries));
        outcomes.push((
            "Busy".to_owned(),
            logic.into(),
            conditions,
            again.connector(),
        ));
    }
    let mut over = Roles::words(roles.end, &roles.lifecycle.expired);
    over.insert(0, SUCCESS);
    let mut failed_before = states(&report.state, &[SUCCESS]);
    for condition in &mut failed_before {
        condition.operator = "NotEqualTo";
    }
    outcomes.insert(
        0,
        (
            "Ended".to_owned(),
            "or".into(),
            states(&state, &over),
            ended.connector(),
        ),
    );
    outcomes.push((
        "After an Error".to_owned(),
        "and".into(),
        failed_before,
        first.connector(),
    ));
    draft.decide(
        &check,
        "What the service does not know any more is over too.",
        outcomes,
        ("Not Ended", not_ended.connector()),
    );
}
