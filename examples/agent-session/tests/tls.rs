//! Over TLS, as far as that can be tried without a certificate.
#![cfg(feature = "tls")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use agent_session::{Client, Error, Session, Start, Step};

#[test]
fn a_server_that_does_not_speak_tls_never_gets_the_token() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/v1", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut got = [0; 4096];
        let count = stream.read(&mut got).unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 -\r\n\r\n");
        got[..count].to_vec()
    });
    let client = Client::new(&url, "secret-token").unwrap();
    let error = Session::start(
        &client,
        Start::new("agent", "https://acme.my.salesforce.com"),
    );
    let error = error.unwrap_err();
    let got = server.join().unwrap();
    assert!(
        matches!(
            error,
            Error::Broken {
                step: Step::Start,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(!String::from_utf8_lossy(&got).contains("secret-token"));
}
