use super::{Action, DataType, OutputKind, ScalarType};

const START: &str = include_str!("../../schemas/actions/start-session.json");
const SEND: &str = include_str!("../../schemas/actions/send-message.json");
const END: &str = include_str!("../../schemas/actions/end-session.json");

#[test]
fn the_descriptors_of_the_session_are_read() {
    for (text, name) in [
        (START, "AIAgentAPIV1.startSession"),
        (SEND, "AIAgentAPIV1.sendMessage"),
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

#[test]
fn a_type_is_a_word_a_list_or_a_class() {
    let read = |text: &str| serde_json::from_str::<DataType>(text);
    assert_eq!(
        read(r#"{"list": "Date"}"#).unwrap(),
        DataType::List(super::ListType {
            list: ScalarType::Date
        })
    );
    let whole = read(r#"{"apexClass": "A__B", "schema": "b", "whole": true}"#).unwrap();
    assert!(matches!(&whole, DataType::Apex(apex) if apex.whole && !apex.is_list));
    let again = serde_json::to_string(&whole).unwrap();
    assert_eq!(read(&again).unwrap(), whole);
    for (text, said) in [
        (
            r#"{"list": "Date", "apexClass": "A__B"}"#,
            "exclude each other",
        ),
        (r#"{"schema": "b"}"#, "missing field `apexClass`"),
        (r#"{"apexClass": "A__B"}"#, "missing field `schema`"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}
