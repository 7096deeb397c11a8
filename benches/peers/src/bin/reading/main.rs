//! How long it takes to read a document of a megabyte into our types, typify's, those of a plain derive, and a value
//! without types. All of them take turns in one process, so that what disturbs one disturbs all.
//!
//! usage: `reading [WORDS]`, where only the rows are wanted that have these words in them

mod by_hand;
mod documents;
mod types;

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde::de::DeserializeOwned;
use serde_json::Value;

const TURNS: usize = 101;

/// Four ways to read one document.
struct Contest {
    what: &'static str,
    document: String,
    readers: [(&'static str, Reader); 4],
}

type Reader = fn(&str) -> Duration;

fn contest<Hand, Ours, Typify>(what: &'static str, document: &Value) -> Contest
where
    Hand: DeserializeOwned,
    Ours: DeserializeOwned,
    Typify: DeserializeOwned,
{
    Contest {
        what,
        document: document.to_string(),
        readers: [
            ("a plain derive", read::<Hand>),
            ("flowtypes", read::<Ours>),
            ("typify", read::<Typify>),
            ("serde_json::Value", read::<Value>),
        ],
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Duration {
    let start = cpu_time();
    let value: Result<T, _> = serde_json::from_str(text);
    let took = cpu_time() - start;
    match black_box(value) {
        Ok(_) => took,
        Err(error) => {
            eprintln!("{}: {error}", std::any::type_name::<T>());
            std::process::exit(1)
        }
    }
}

/// What this thread has used of the processor: what else the machine does counts little.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

fn main() {
    let session = documents::session();
    let contests = [
        contest::<by_hand::Session, types::plain_ours::Plain, types::plain_typify::Plain>(
            "objects without rules",
            &session,
        ),
        contest::<by_hand::Session, types::checked_ours::Checked, types::checked_typify::Checked>(
            "the same with bounds and patterns",
            &session,
        ),
        contest::<by_hand::Events, types::tagged_ours::Tagged, types::tagged_typify::Tagged>(
            "oneOf with a tag",
            &documents::events(),
        ),
        contest::<by_hand::Cells, types::untagged_ours::Untagged, types::untagged_typify::Untagged>(
            "anyOf without a tag",
            &documents::cells(),
        ),
        contest::<by_hand::Repositories, types::open_ours::Open, types::open_typify::Open>(
            "most properties unknown, and a map",
            &documents::repositories(),
        ),
    ];
    println!(
        "| milliseconds, the median of {TURNS} (the least) | kB | plain derive | flowtypes | typify | Value |"
    );
    println!("|---|---|---|---|---|---|");
    let wanted = std::env::args().nth(1).unwrap_or_default();
    for contest in contests
        .iter()
        .filter(|contest| contest.what.contains(&wanted))
    {
        println!("{}", row(contest));
    }
}

fn row(contest: &Contest) -> String {
    let mut took: [Vec<Duration>; 4] = Default::default();
    for _ in 0..TURNS {
        for (times, (_, reader)) in took.iter_mut().zip(&contest.readers) {
            times.push(reader(&contest.document));
        }
    }
    let mut row = format!("| {} | {} |", contest.what, contest.document.len() / 1000);
    for times in &mut took {
        times.sort_unstable();
        let milliseconds = |index: usize| times[index].as_secs_f64() * 1e3;
        row += &format!(" {:.2} ({:.2}) |", milliseconds(TURNS / 2), milliseconds(0));
    }
    row
}
