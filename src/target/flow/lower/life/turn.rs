//! The flow that uses what was started, once, and starts it first if it has to.

use super::super::super::model::{Connector, Value, Variable};
use super::super::super::names::{self, Names};
use super::super::super::text::Text;
use super::super::{Interface, assign};
use super::draft::{
    Draft, Element, Report, change, empty, input, is_empty, is_left, number, output, parameter,
    states,
};
use super::roles::Roles;
use super::{BUSY, SUCCESS};

/// The flow, and its variables that the flow around it needs.
pub(super) struct Turn {
    pub flow: super::super::super::model::Flow,
    pub names: Names,
    pub id: Text,
    pub number: Option<Text>,
    pub item: Text,
    pub answer: Text,
    pub restarts_left: Text,
    pub retries: Text,
    /// What the start has made itself.
    pub made: Vec<Text>,
}

pub(super) fn description(roles: &Roles<'_>) -> String {
    let label = names::label(&roles.lifecycle.label);
    format!(
        "Runs {} once. Without a {label} it starts one, and starts anew if the service has forgotten it. If the service \
         is busy it tries again without waiting, and then says Busy. It does not end the {label}: whoever calls this \
         flow keeps {} for the next call, and ends it at last.\n\nAll callouts of a transaction together may take 120 \
         seconds.\n\nThe actions fail unless:",
        roles.use_.label, roles.id
    )
}

/// The elements of the flow.
struct Elements {
    check: Element,
    start: Element,
    check_start: Element,
    keep: Element,
    count: Element,
    use_: Element,
    check_use: Element,
}

/// Its variables.
struct Variables {
    id: Text,
    number: Option<Text>,
    item: Text,
    answer: Text,
    restarts_left: Text,
    retries: Text,
}

pub(super) fn lower(mut draft: Draft<'_>, roles: &Roles<'_>) -> Turn {
    let report = draft.report();
    let label = names::label(&roles.lifecycle.label);
    let variables = declare(&mut draft, roles);
    let made = made(&mut draft, roles);
    let start_inputs = draft.pass(roles.start, |index, _| roles.start.made.contains(&index));
    let has_role = |input: &super::super::plan::InputVariable| {
        let number = roles.number.map(|number| &number.source);
        input.source == roles.use_id.source
            || input.source == roles.item.source
            || Some(&input.source) == number
    };
    let mut use_inputs = draft.pass(roles.use_, |_, input| has_role(input));
    use_inputs.push(parameter(&roles.use_id.name, &variables.id));
    use_inputs.push(parameter(&roles.item.name, &variables.item));
    if let (Some(input), Some(number)) = (roles.number, &variables.number) {
        use_inputs.push(parameter(&input.name, number));
    }
    let elements = Elements {
        check: draft.element(&format!("Check {label}")),
        start: draft.element(&roles.start.label),
        check_start: draft.element("Check Start"),
        keep: draft.element(&format!("Keep {label}")),
        count: draft.element(&format!("Count {}", roles.lifecycle.use_.items_label)),
        use_: draft.element(&roles.use_.label),
        check_use: draft.element("Check Answer"),
    };
    let next = match &variables.number {
        Some(number) => {
            let one = vec![change(number, "Add", super::draft::number(1))];
            let description = "A new number for each that is sent, so that no two have the same.";
            draft.assign(&elements.count, description, one, elements.use_.connector());
            &elements.count
        }
        None => &elements.use_,
    };
    draft.flow.start = elements.check.connector();
    let nothing = (
        format!("Has No {label}"),
        "or".into(),
        is_empty(&variables.id),
        elements.start.connector(),
    );
    let description = format!("Starts a {label} if there is none.");
    draft.decide(
        &elements.check,
        &description,
        vec![nothing],
        (&format!("Has {label}"), next.connector()),
    );
    draft.run(
        &elements.start,
        "Starts what is used.",
        &roles.start.flow,
        start_inputs,
        elements.check_start.connector(),
    );
    let mut keep = vec![assign(
        &variables.id,
        Value::Reference(elements.start.output(roles.id.as_str())),
    )];
    for (of_start, own) in &made {
        let value = elements.start.output(of_start.as_str());
        keep.push(assign(own, Value::Reference(value)));
    }
    // The numbers of what was started before mean nothing to this one.
    keep.extend(
        variables
            .number
            .iter()
            .map(|number| assign(number, super::draft::number(0))),
    );
    draft.assign(
        &elements.keep,
        "Every later call needs this.",
        keep,
        next.connector(),
    );
    check_start(&mut draft, roles, &elements, &variables, &report);
    draft.run(
        &elements.use_,
        "Uses what was started.",
        &roles.use_.flow,
        use_inputs,
        elements.check_use.connector(),
    );
    check_use(&mut draft, roles, &elements, &variables, &report);
    Turn {
        flow: draft.flow,
        names: draft.names,
        id: variables.id,
        number: variables.number,
        item: variables.item,
        answer: variables.answer,
        restarts_left: variables.restarts_left,
        retries: variables.retries,
        made: made.into_iter().map(|(_, own)| own).collect(),
    }
}

fn declare(draft: &mut Draft<'_>, roles: &Roles<'_>) -> Variables {
    let label = names::label(&roles.lifecycle.label);
    let own = |text: &Text| text.as_str().replace('_', " ");
    let id = draft.names.claim("id", &own(roles.id));
    let item = draft.names.claim("item", &roles.item.label);
    let answer = draft.names.claim("answer", &own(roles.answer));
    let number = roles
        .number
        .map(|number| draft.names.claim("number", &number.label));
    let restarts_left = draft.names.claim_fixed("Restarts Left");
    let retries = draft.names.claim_fixed("Retries");
    let both = |variable: Variable| input(output(variable));
    let about_id =
        format!("The {label} to use. Empty to start one; give it back with the next call.");
    let with_default = |mut variable: Variable, value: u8| {
        variable.default = Some(super::draft::number(value));
        variable
    };
    let item_text = roles
        .item
        .description
        .as_deref()
        .unwrap_or(&roles.item.label);
    let restarts = draft.number_variable(
        &restarts_left,
        "How often it may start anew. Give it back with the next call.",
    );
    let retries_variable = draft.number_variable(
        &retries,
        "How often it may try again if the service is busy.",
    );
    let mut variables = vec![
        both(draft.text_variable(&id, &about_id)),
        Variable {
            is_required: true,
            ..input(draft.text_variable(&item, item_text))
        },
        output(draft.text_variable(&answer, "The answer.")),
        both(with_default(restarts, roles.lifecycle.restarts)),
        input(with_default(retries_variable, roles.lifecycle.retries)),
    ];
    if let Some(number) = &number {
        // A gap between two numbers breaks nothing that is documented; a number for two messages does.
        let text = "The number of the last call, whatever came of it: the next call takes another one. Give it back \
                    with the next call.";
        variables.push(both(with_default(draft.number_variable(number, text), 0)));
    }
    draft.flow.variables.extend(variables);
    Variables {
        id,
        number,
        item,
        answer,
        restarts_left,
        retries,
    }
}

/// Variables for what the start has made itself: the names there and here. A call that starts nothing gives back what it
/// got.
fn made(draft: &mut Draft<'_>, roles: &Roles<'_>) -> Vec<(Text, Text)> {
    let inputs = roles.start.made.iter();
    let inputs = inputs.filter_map(|index| roles.start.inputs.get(*index));
    inputs
        .map(|made| {
            let name = draft
                .names
                .claim(&format!("made {}", made.key), &made.label);
            let description = made.description.as_deref().unwrap_or(&made.label);
            let variable = input(output(draft.text_variable(&name, description)));
            draft.flow.variables.push(variable);
            (made.name.clone(), name)
        })
        .collect()
}

/// What follows the start.
fn check_start(
    draft: &mut Draft<'_>,
    roles: &Roles<'_>,
    elements: &Elements,
    variables: &Variables,
    report: &Report,
) {
    let state = elements.start.output("State");
    let failed = draft.element("Report Failed Start");
    let items = Draft::take_over(report, &elements.start, roles.start.has_response_code, None);
    draft.assign(&failed, "It did not start.", items, None);
    let mut outcomes = vec![(
        "Started".to_owned(),
        "and".into(),
        states(&state, &[SUCCESS]),
        elements.keep.connector(),
    )];
    let busy = Roles::words(roles.start, &roles.lifecycle.busy);
    if !busy.is_empty() {
        let check = try_again(
            draft,
            "Start",
            (&elements.start, roles.start),
            &elements.start,
            variables,
            report,
        );
        outcomes.push((
            BUSY.to_owned(),
            "or".into(),
            states(&state, &busy),
            Some(check),
        ));
    }
    draft.decide(
        &elements.check_start,
        "Tells the outcomes of the start apart.",
        outcomes,
        ("Not Started", failed.connector()),
    );
}

/// What follows the use.
fn check_use(
    draft: &mut Draft<'_>,
    roles: &Roles<'_>,
    elements: &Elements,
    variables: &Variables,
    report: &Report,
) {
    let from = &elements.use_;
    let has_code = roles.use_.has_response_code;
    let state = from.output("State");
    let keep = draft.element("Keep Answer");
    let answer = Value::Reference(from.output(roles.answer.as_str()));
    let mut items = vec![
        assign(&variables.answer, answer),
        assign(&report.state, Value::Text(Text::new(SUCCESS))),
    ];
    items.extend(has_code.then(|| {
        let code = Value::Reference(from.output("Response_Code"));
        assign(&report.response_code, code)
    }));
    draft.assign(&keep, "All went well.", items, None);
    let failed = draft.element("Report Failed Answer");
    let items = Draft::take_over(report, from, has_code, None);
    draft.assign(&failed, "There is no answer.", items, None);
    let mut outcomes = vec![(
        "Answered".to_owned(),
        "and".into(),
        states(&state, &[SUCCESS]),
        keep.connector(),
    )];
    let expired = Roles::words(roles.use_, &roles.lifecycle.expired);
    if !expired.is_empty() {
        let label = names::label(&roles.lifecycle.label);
        let forget = draft.element(&format!("Forget {label}"));
        let check = draft.element("Check Restarts");
        let count = draft.element("Start Anew");
        let items = vec![assign(&variables.id, empty())];
        let description = "The service does not know it any more, so that there is nothing to end.";
        draft.assign(&forget, description, items, check.connector());
        let gone = draft.element("Report Gone");
        let items = Draft::take_over(report, from, has_code, None);
        draft.assign(&gone, "It has started anew often enough.", items, None);
        let one_less = vec![change(&variables.restarts_left, "Subtract", number(1))];
        draft.assign(
            &count,
            "Counts the restarts.",
            one_less,
            elements.start.jump(),
        );
        draft.decide(
            &check,
            "Starts anew only so often.",
            vec![(
                "May Start Anew".to_owned(),
                "and".into(),
                is_left(&variables.restarts_left),
                count.connector(),
            )],
            ("Enough Restarts", gone.connector()),
        );
        outcomes.push((
            "Expired".to_owned(),
            "or".into(),
            states(&state, &expired),
            forget.connector(),
        ));
    }
    let busy = Roles::words(roles.use_, &roles.lifecycle.busy);
    if !busy.is_empty() {
        let check = try_again(
            draft,
            "Answer",
            (from, roles.use_),
            // What the service has not taken keeps its number.
            from,
            variables,
            report,
        );
        outcomes.push((
            BUSY.to_owned(),
            "or".into(),
            states(&state, &busy),
            Some(check),
        ));
    }
    draft.decide(
        &elements.check_use,
        "Tells the outcomes of the call apart.",
        outcomes,
        ("Not Answered", failed.connector()),
    );
}

/// Elements that lead back to `again` as long as there are tries left, and say that the service is busy after that.
fn try_again(
    draft: &mut Draft<'_>,
    what: &str,
    (from, interface): (&Element, &Interface),
    again: &Element,
    variables: &Variables,
    report: &Report,
) -> Connector {
    let check = draft.element(&format!("Check Retries of {what}"));
    let count = draft.element(&format!("Try {what} Again"));
    let busy = draft.element(&format!("Report Busy {what}"));
    let items = Draft::take_over(report, from, interface.has_response_code, Some(BUSY));
    draft.assign(&busy, "The service is still busy.", items, None);
    let one_less = vec![change(&variables.retries, "Subtract", number(1))];
    draft.assign(&count, "Counts the tries.", one_less, again.jump());
    draft.decide(
        &check,
        "Tries again only so often.",
        vec![(
            "May Try Again".to_owned(),
            "and".into(),
            is_left(&variables.retries),
            count.connector(),
        )],
        ("Enough Tries", busy.connector()),
    );
    Connector::to(&check.name)
}
