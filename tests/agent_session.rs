//! The example of a session with an agent: its own tests, run as its developer would.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

#[test]
fn its_tests_pass() {
    let package = support::root().join("examples/agent-session");
    // What both examples need is built once.
    let target = support::root().join("target/tests/build-script");
    let arguments = [
        "test",
        "--locked",
        // Without TLS, whose libraries take longer to build than all the rest.
        "--no-default-features",
        // The HTTP client is no dependency of this package, so that it may have to be downloaded the first time.
        "--config",
        "net.offline=false",
    ];
    let output = support::succeed(support::cargo(&package, &target, &arguments));
    for test in [
        "an_expired_session_is_started_anew_and_the_message_sent_again",
        "a_busy_server_is_asked_again_with_the_same_message",
        "a_connection_that_breaks_off_is_told",
        "a_signal_to_stop_ends_the_session",
    ] {
        let line = format!("test {test} ... ok");
        assert!(output.contains(&line), "{test} was not run:\n{output}");
    }
}
