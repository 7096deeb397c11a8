//! Generating again whenever something changes that the run depends on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal as _, stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use flowtypes::output::Kept;
use notify::{RecursiveMode, Watcher as _};

use super::options::What;
use super::{Changes, Ended, Format, NOTHING_WRITTEN, Outcome, generate};

/// Programs write a file in several steps; this long nothing must happen before it is read.
const QUIET: Duration = Duration::from_millis(100);
/// Some file systems tell nothing, such as those of a network: then it is looked at once in a while.
const LOOK: Duration = Duration::from_secs(2);
/// How exact the times of files are at least.
const TICK: Duration = Duration::from_millis(20);
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Generates until the program is ended.
pub fn run(what: &What, changes: Changes, say: &mut dyn FnMut(&Outcome)) -> u8 {
    let mut outcome = Outcome::default();
    let stdin = Path::new("-");
    if what
        .input
        .schemas
        .iter()
        .chain(&what.from_sample)
        .any(|path| path == stdin)
    {
        let message = "--watch cannot wait for changes of the standard input".to_owned();
        Ended::Usage(message).say(what.message_format, &mut outcome);
        say(&outcome);
        return outcome.status;
    }
    let (sender, events) = channel();
    // Without a watcher the files are looked at once in a while.
    let mut watcher = notify::recommended_watcher(move |_| {
        let _ = sender.send(());
    })
    .ok();
    loop {
        let start = SystemTime::now();
        let mut outcome = Outcome::default();
        if stdout().is_terminal() && what.message_format == Format::Human {
            outcome.stdout.push_str(CLEAR);
        }
        let mut lock = None;
        let mut watched = match generate::generate(what, changes, &mut outcome) {
            Ok(done) => {
                lock = done.lock().cloned();
                done.watched()
            }
            Err(ended) => {
                ended.say(what.message_format, &mut outcome);
                if what.message_format == Format::Human && outcome.status == 1 {
                    outcome.stderr.push_str(NOTHING_WRITTEN);
                }
                match &ended {
                    Ended::Input(failure) => generate::watched(what, &failure.documents),
                    Ended::Output(_) | Ended::Usage(_) => {
                        generate::watched(what, &flowtypes::document::DocumentSet::default())
                    }
                }
            }
        };
        watched.extend(what.from_sample.iter().cloned());
        watched.extend(what.input.config.clone());
        watched.push(PathBuf::from("flowtypes.json"));
        watched.push(PathBuf::from("flowtypes.lock.json"));
        if what.message_format == Format::Human {
            let _ = writeln!(outcome.stderr, "waiting for changes; Ctrl-C ends it");
        }
        let mut before = state(&watched);
        // What has changed since it was read counts as changed.
        // A time to come is the mistake of a clock, and stays so.
        let now = SystemTime::now();
        let is_newer = |stamp: &Stamp| {
            stamp.is_some_and(|(_, time)| time + TICK >= start && time <= now + TICK)
        };
        for (path, stamp) in &mut before {
            // What this run has written itself is no reason for another one.
            let is_ours = lock.as_ref().is_some_and(|lock: &Kept| {
                path.file_name() == lock.path.file_name()
                    && fs::read(path).is_ok_and(|text| text == lock.new.as_bytes())
            });
            if is_newer(stamp) && !is_ours {
                *stamp = None;
            }
        }
        say(&outcome);
        if let Some(watcher) = &mut watcher {
            for folder in folders(&watched) {
                // A folder that is watched already, or is not there, is no reason to end.
                let _ = watcher.watch(&folder, RecursiveMode::NonRecursive);
            }
        }
        wait(&events, || state(&watched) != before);
    }
}

/// Waits until something has changed, and then until nothing changes any more.
fn wait(events: &Receiver<()>, has_changed: impl Fn() -> bool) {
    loop {
        let _ = events.recv_timeout(LOOK);
        if has_changed() {
            while events.recv_timeout(QUIET).is_ok() {}
            return;
        }
    }
}

/// The folders to be told about. An editor may replace a file, so that watching the file itself is of no use.
fn folders(watched: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = watched
        .iter()
        .map(|path| match path.parent() {
            _ if path.is_dir() => path.clone(),
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        })
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

/// The length of a file and the time of its last change; none for one that is not there.
type Stamp = Option<(u64, SystemTime)>;

/// What tells one state of the files from another: length and time of each, and of the `*.json` files of each folder.
fn state(watched: &[PathBuf]) -> BTreeMap<PathBuf, Stamp> {
    let mut state = BTreeMap::new();
    for path in watched {
        let Ok(entries) = fs::read_dir(path) else {
            state.insert(path.clone(), stamp(path));
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path
                .extension()
                .is_some_and(|end| end.eq_ignore_ascii_case("json"))
            {
                let stamp = stamp(&path);
                state.insert(path, stamp);
            }
        }
    }
    state
}

fn stamp(path: &Path) -> Stamp {
    let found = fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()?))
}
