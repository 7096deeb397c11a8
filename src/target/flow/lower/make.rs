//! A value that the flow makes itself if it gets none, by an action that does that.

use super::super::model::{ActionCall, Assignment, Connector, Decision, Flow, Node, Rule, Value};
use super::super::names::Names;
use super::super::text::Text;
use super::assign;
use super::call::Fixed;
use super::guard::given;
use super::outcome::FAULT;
use super::plan::{InputVariable, Made};

/// Adds the elements that make a value; gives the first of them.
pub(super) fn make(
    made: &Made,
    inputs: &[InputVariable],
    fixed: &Fixed,
    next: Text,
    flow: &mut Flow,
    names: &mut Names,
) -> Text {
    let (Some(input), Some(action)) = (inputs.get(made.input), &made.maker.action_name) else {
        return next;
    };
    let (key, label) = (&input.key, &input.label);
    let name = |names: &mut Names, verb: &str| {
        let label = format!("{verb} {label}");
        (names.claim(&format!("{verb} {key}"), &label), label)
    };
    let (make, make_label) = name(names, "Make");
    let (keep, keep_label) = name(names, "Keep New");
    let (report, report_label) = name(names, "Report Missing");
    let (check, check_label) = name(names, "Check");
    flow.assignments.push(Assignment {
        node: Node::new(&keep, &keep_label, Some("Takes the value that was made.")),
        items: vec![assign(
            &input.name,
            Value::Reference(Text::new(&format!("{make}.{}", made.maker.output))),
        )],
        connector: Some(Connector::to(&next)),
    });
    let message = format!("There is no {label}. Error_Details has the fault message.");
    flow.assignments.push(Assignment {
        node: Node::new(
            &report,
            &report_label,
            Some("Ends the flow without a call."),
        ),
        items: vec![
            assign(&fixed.state, Value::Text(Text::new(FAULT))),
            assign(&fixed.error_message, Value::Text(Text::plain(&message))),
            assign(
                &fixed.error_details,
                Value::Reference(Text::new("$Flow.FaultMessage")),
            ),
        ],
        connector: None,
    });
    flow.action_calls.push(ActionCall {
        node: Node::new(&make, &make_label, Some("Makes a new value each time.")),
        action_name: Text::new(action),
        action_type: Text::new(&made.maker.action_type),
        connector: Some(Connector::to(&keep)),
        fault_connector: Some(Connector::to(&report)),
        transaction_model: "CurrentTransaction",
        inputs: Vec::new(),
        name_segment: Text::new(action),
    });
    flow.decisions.push(Decision {
        node: Node::new(
            &check,
            &check_label,
            Some("Makes a value only if none is given."),
        ),
        default_connector: Some(Connector::to(&make)),
        default_label: Text::new("Not Given"),
        rules: vec![Rule {
            name: names.claim(&format!("Has {key}"), &format!("Has {label}")),
            label: Text::new("Given"),
            logic: "and".into(),
            conditions: given(input, true),
            connector: Some(Connector::to(&next)),
        }],
    });
    check
}
