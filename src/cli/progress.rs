//! How far a long run is, on a terminal.

use std::io::{IsTerminal as _, stderr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use flowtypes::{Generator, Step};
use indicatif::{ProgressBar, ProgressStyle};

/// A run that is shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(700);
const TICK: Duration = Duration::from_millis(100);

/// Lets a generator show where it is. The bar goes away with the generator.
pub fn show(generator: Generator) -> Generator {
    if !stderr().is_terminal() {
        return generator;
    }
    let (sender, steps) = channel();
    let bar = Bar {
        sender: Some(sender),
        thread: Some(thread::spawn(move || draw(&steps))),
    };
    generator.on_progress(move |step| {
        if let Some(sender) = &bar.sender {
            // Whoever draws ends after this one.
            let _ = sender.send(step);
        }
    })
}

/// Is gone from the terminal once it is dropped.
struct Bar {
    sender: Option<Sender<Step>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            // A bar that cannot be drawn is no reason to fail.
            let _ = thread.join();
        }
    }
}

fn draw(steps: &Receiver<Step>) {
    let start = Instant::now();
    let mut step = Step::Reading;
    let mut bar: Option<ProgressBar> = None;
    loop {
        match steps.recv_timeout(TICK) {
            Ok(next) => step = next,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if start.elapsed() >= PATIENCE {
            let bar = bar.get_or_insert_with(new_bar);
            let done = Step::ALL.iter().take_while(|known| **known != step);
            bar.set_position(done.map(|_| 1).sum());
            bar.set_message(step.as_str());
            bar.tick();
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::new(Step::ALL.iter().map(|_| 1).sum());
    match ProgressStyle::with_template("{spinner} [{bar:20}] {msg} {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
