//! Part of the crate that `tests/generated.rs` builds: what the types of the showcase refuse.

use crate::showcase::session_ended_message::{SessionEndedMessage, SessionEndedMessageReason};
use crate::showcase::start_session_request::StartSessionRequest;

/// Why a text is refused.
fn refusal<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(value) => panic!("{text} was read: {value:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_five_reasons_are_read_and_written() {
    for reason in ["UserRequest", "Transfer", "Expiration", "Error", "Other"] {
        let text = format!(r#"{{"reason":"{reason}"}}"#);
        let message: SessionEndedMessage = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&message).unwrap(), text);
    }
    let message: SessionEndedMessage = serde_json::from_str(r#"{"reason": "Transfer"}"#).unwrap();
    assert_eq!(message.reason, SessionEndedMessageReason::Transfer);
    assert!(message.feedback_id.is_none());
}

#[test]
fn a_bad_reason_is_refused() {
    for text in [
        r#"{"reason": "Boredom"}"#,
        r#"{"reason": "userrequest"}"#,
        r#"{"reason": ""}"#,
        r#"{"reason": 1}"#,
        r#"{"reason": null}"#,
        r#"{"reason": ["Error"]}"#,
    ] {
        let why = refusal::<SessionEndedMessage>(text);
        assert!(why.contains("reason"), "{text}: {why}");
    }
}

#[test]
fn a_missing_required_property_is_refused() {
    let why = refusal::<SessionEndedMessage>("{}");
    assert!(why.contains("reason"), "{why}");
    let why = refusal::<StartSessionRequest>(r#"{"instanceConfig": {"endpoint": "https://x.my.salesforce.com"}}"#);
    assert!(why.contains("externalSessionKey"), "{why}");
    let why = refusal::<StartSessionRequest>(
        r#"{"externalSessionKey": "c4e1a9d2-3b7f-4806-9e5d-6a2c8f0b1d74", "instanceConfig": {}}"#,
    );
    assert!(why.contains("endpoint"), "{why}");
}

#[test]
fn null_is_read_where_it_is_allowed_and_nowhere_else() {
    let with = |member: &str| {
        format!(
            r#"{{"externalSessionKey": "c4e1a9d2-3b7f-4806-9e5d-6a2c8f0b1d74",
                "instanceConfig": {{"endpoint": "https://x.my.salesforce.com"}}, {member}}}"#
        )
    };
    let request: StartSessionRequest = serde_json::from_str(&with(r#""tz": null"#)).unwrap();
    assert!(serde_json::to_value(&request).unwrap()["tz"].is_null());
    let request: StartSessionRequest = serde_json::from_str(&with(r#""tz": "UTC""#)).unwrap();
    assert_eq!(serde_json::to_value(&request).unwrap()["tz"], "UTC");
    for text in [
        with(r#""bypassUser": null"#),
        r#"{"externalSessionKey": null, "instanceConfig": {"endpoint": "https://x.my.salesforce.com"}}"#.to_owned(),
        r#"{"externalSessionKey": "c4e1a9d2-3b7f-4806-9e5d-6a2c8f0b1d74", "instanceConfig": null}"#.to_owned(),
    ] {
        refusal::<StartSessionRequest>(&text);
    }
    let why = refusal::<SessionEndedMessage>(r#"{"reason": "Error", "feedbackId": null}"#);
    assert!(why.contains("feedbackId"), "{why}");
}
