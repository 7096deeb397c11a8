//! The Agent API on loopback, as it is documented to behave, with faults on demand.
//!
//! It checks each request against the types and against the rules of the API, and keeps what it has seen. At the end
//! [`Server::finish`] fails the test if a rule was broken or a session was left without an end.
// Each test binary uses a part of it.
#![allow(dead_code, unused_imports, missing_docs, clippy::unwrap_used)]

mod fault;
mod http;
mod rules;

use std::io::{BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use agent_session::{Client, Retry, Session, Settings, Start};

pub use fault::{Fault, answer, api_error, chunked, raw};
pub use http::Request;
pub use rules::{AGENT, ORG, Route, State, TOKEN};

/// The path of the base URL.
const BASE: &str = "/einstein/ai-agent/v1";

pub struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    thread: JoinHandle<()>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::new(format!("http://{address}{BASE}"))));
        let shared = Arc::clone(&state);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.lock().unwrap().is_over {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream.unwrap(), &shared));
            }
        });
        Self {
            address,
            state,
            thread,
        }
    }

    pub fn url(&self) -> String {
        self.state().base.clone()
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Lets something go wrong at the next request of a kind for which nothing else is to go wrong before.
    pub fn fail(&self, route: Route, fault: Fault) -> &Self {
        self.state().faults.push((route, fault));
        self
    }

    /// Forgets all sessions, as the service does after some time.
    pub fn expire(&self) {
        self.state().expire();
    }

    /// A client that does not wait long.
    pub fn client(&self) -> Client {
        let settings = Settings {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(5),
            end_timeout: Duration::from_secs(5),
            max_answer: 1024 * 1024,
            retry: Retry {
                attempts: 3,
                first_delay: Duration::from_millis(5),
                longest_delay: Duration::from_millis(20),
                longest_retry_after: Duration::from_secs(2),
            },
        };
        Client::new(&self.url(), TOKEN)
            .unwrap()
            .with_settings(settings)
    }

    pub fn session(&self) -> Session {
        Session::start(&self.client(), Start::new(AGENT, ORG)).unwrap()
    }

    /// What has been seen, one word each: `start`, `send 1 hello`, `end UserRequest`.
    pub fn seen(&self) -> Vec<String> {
        self.state().seen.clone()
    }

    /// Stops the server, and gives what it has seen.
    pub fn finish(self) -> Vec<String> {
        self.state().is_over = true;
        let _ = TcpStream::connect(self.address);
        self.thread.join().unwrap();
        let state = self.state.lock().unwrap();
        state.assert_all_is_well();
        state.seen.clone()
    }
}

/// Answers the requests of a connection.
fn serve(stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(request) = Request::read(&mut reader) {
        let (answer, rest) = state.lock().unwrap().take(&request);
        // The client may have gone.
        if (&stream).write_all(&answer).is_err() {
            return;
        }
        match rest {
            Rest::KeepOpen => {}
            Rest::Close => {
                let _ = stream.shutdown(Shutdown::Both);
                return;
            }
            Rest::Hold => {
                // Until the client gives up.
                let _ = Request::read(&mut reader);
                return;
            }
            Rest::Drip => {
                while (&stream).write_all(b" ").is_ok() {
                    thread::sleep(Duration::from_millis(20));
                }
                return;
            }
        }
    }
}

/// What becomes of a connection after an answer.
#[derive(Clone, Copy)]
pub enum Rest {
    KeepOpen,
    Close,
    /// Nothing more is sent, and nothing closed.
    Hold,
    /// A byte now and then, without an end.
    Drip,
}
