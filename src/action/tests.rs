use super::{Action, DataType, OutputKind, ScalarType};

const START: &str = include_str!("../../schemas/actions/start-session.json");
const END: &str = include_str!("../../schemas/actions/end-session.json");

#[test]
fn the_descriptors_of_the_session_are_read() {
    for (text, name) in [
        (START, "AIAgentAPIV1.startSession"),
        (END, "AIAgentAPIV1.endSession"),
    ] {
        let action = Action::parse(text).unwrap();
        assert_eq!(action.action_name, name);
        assert_eq!(action.inputs.len(), 3);
        assert!(action.inputs[2].reserved && !action.inputs[2].required);
        assert_eq!(
            action.inputs[1].data_type,
            DataType::Scalar(ScalarType::String)
        );
        let codes: Vec<_> = action
            .outputs
            .iter()
            .filter_map(super::Output::code)
            .collect();
        assert_eq!(codes, [200, 400, 401, 403, 404, 422, 423, 429, 503]);
        assert_eq!(
            action.response_code().map(|one| one.kind),
            Some(OutputKind::ResponseCode)
        );
        assert_eq!(action.preconditions.len(), 3);
        let again = serde_json::to_string(&action).unwrap();
        assert_eq!(Action::parse(&again).unwrap(), action);
    }
}

#[test]
fn an_error_knows_its_line() {
    let text = START.replacen(
        "\"schema\": \"start-session-request\"",
        "\"shema\": \"x\"",
        1,
    );
    let error = Action::parse(&text).unwrap_err();
    let line = text
        .lines()
        .position(|line| line.contains("shema"))
        .unwrap()
        + 1;
    assert_eq!(error.line(), line);
    assert!(
        error.to_string().contains("unknown field `shema`"),
        "{error}"
    );

    let text = START.replacen("\"type\": \"String\"", "\"type\": \"Text\"", 1);
    let error = Action::parse(&text).unwrap_err();
    let line = text
        .lines()
        .position(|line| line.contains("\"Text\""))
        .unwrap()
        + 1;
    assert_eq!(error.line(), line);
}
