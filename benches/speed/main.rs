//! How long the stages take on documents of growing size, and whole runs against what cannot be saved and against typify.
//!
//!     cargo bench                             # documents that are made for it
//!     cargo bench -- a.json b.json            # documents of your own
//!     cargo bench -- --quick                  # smaller ones
//!
//! `benches/README.md` says what the tables mean. Times are those of the processor, and every run is a process of its own.

mod child;
mod synthetic;

use std::cell::Cell;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use child::{Took, run};

/// That of the program; the floor has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each program runs; the least time counts, for whatever else the machine does makes a run longer.
const ROUNDS: usize = 5;
/// The sizes of the documents that are made, in definitions.
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];
/// Of documents beyond this size Apex classes are made, but not written: there are eight files for a definition.
const MOST_FILES: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    // Cargo says so to every benchmark.
    arguments.retain(|argument| argument != "--bench");
    if arguments.first().is_some_and(|first| first == "child") {
        return child::main(&arguments[1..]);
    }
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    arguments.retain(|argument| argument != "--quick");
    let folder = tempfile::tempdir()?;
    let bench = Bench {
        this: std::env::current_exe()?,
        typify: typify(),
        folder: folder.path().to_owned(),
        runs: Cell::default(),
    };
    if arguments.is_empty() {
        let sizes = &SIZES[..if is_quick { 2 } else { SIZES.len() }];
        bench.stages(sizes, "rust/")?;
        bench.stages(sizes, "rust/ apex/ flow/")?;
        let largest = bench.document(MOST_FILES)?;
        bench.peers(&largest)?;
    }
    for path in &arguments {
        bench.peers(&std::path::absolute(path)?)?;
    }
    Ok(())
}

/// Builds the program that calls typify. It is no part of this package, so that nobody else has to build typify.
fn typify() -> Option<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let target = std::env::current_exe()
        .ok()?
        .ancestors()
        .nth(3)?
        .join("peers");
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "build",
            "--release",
            "--locked",
            "--quiet",
            "--bin",
            "typify",
            "--manifest-path",
        ])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some(target.join("release/typify"));
    }
    eprintln!("typify cannot be built here: its rows are left out");
    None
}

struct Bench {
    this: PathBuf,
    typify: Option<PathBuf>,
    folder: PathBuf,
    /// How many runs there were.
    runs: Cell<usize>,
}

impl Bench {
    /// A document of some size.
    fn document(&self, definitions: usize) -> Result<PathBuf, Box<dyn Error>> {
        let path = self.folder.join(format!("made-{definitions}.json"));
        if !path.exists() {
            fs::write(&path, serde_json::to_vec(&synthetic::schema(definitions))?)?;
        }
        Ok(path)
    }

    /// A place of its own for each run: some file systems take long to write where something was just removed.
    fn place(&self, name: &str) -> PathBuf {
        let number = self.runs.get();
        self.runs.set(number + 1);
        self.folder.join(format!("{number}-{name}"))
    }

    /// Generates.
    fn generate(
        &self,
        from: &Path,
        to: &str,
        how: &str,
        targets: &str,
    ) -> Result<Took, Box<dyn Error>> {
        let to = self.place(to);
        run(&self.this, &["child", how, text(from), text(&to), targets])
    }

    /// Parses a document, and writes as many bytes into so many files.
    fn floor(&self, from: &Path, bytes: usize, files: usize) -> Result<Took, Box<dyn Error>> {
        let [bytes, files] = [bytes, files].map(|count| count.to_string());
        let to = self.place("floor");
        let floor = ["child", "floor", text(from), text(&to), &bytes, &files];
        run(&self.this, &floor)
    }

    /// The time of each stage on documents of growing size, and by how much it grows.
    fn stages(&self, sizes: &[usize], targets: &str) -> Result<(), Box<dyn Error>> {
        println!("\n## Stages, {targets}: milliseconds, and their growth from the size before");
        println!(
            "{:>12} {:>10} {:>20} {:>10} {:>12}",
            "definitions", "bytes in", "stage", "ms", "growth"
        );
        let mut before: Option<(f64, Took, Took)> = None;
        for size in sizes {
            let path = self.document(*size)?;
            let rounds = if *size > MOST_FILES { 1 } else { ROUNDS };
            let is_written = !targets.contains("apex") || *size <= MOST_FILES;
            let how = if is_written { "generate" } else { "plan" };
            let runs = (0..rounds).map(|_| self.generate(&path, "stages", how, targets));
            let took = least(runs.collect::<Result<_, _>>()?);
            let factor = before
                .as_ref()
                .map_or(1.0, |(former, ..)| *size as f64 / former);
            for (step, time) in &took.steps {
                let former = before
                    .as_ref()
                    .and_then(|(_, took, _)| took.steps.iter().find(|(former, _)| former == step));
                let growth =
                    former.map_or(String::new(), |(_, former)| growth(*time, *former, factor));
                println!(
                    "{size:>12} {:>10} {step:>20} {:>10.2} {growth:>12}",
                    fs::metadata(&path)?.len(),
                    time * 1e3
                );
            }
            // Whatever is not written, the floor writes into one file: what memory and caches do to growth is the same.
            let files = if is_written { took.files } else { 1 };
            let floors = (0..rounds).map(|_| self.floor(&path, took.bytes, files));
            let floor = least(floors.collect::<Result<_, _>>()?);
            let all = before.as_ref().map(|(_, took, floor)| [took, floor]);
            for (index, (name, now)) in [("all", &took), ("floor", &floor)].into_iter().enumerate()
            {
                let growth =
                    all.map_or(String::new(), |all| growth(now.cpu, all[index].cpu, factor));
                println!(
                    "{size:>12} {:>10} {name:>20} {:>10.2} {growth:>12}   peak {:.0} MiB, {} bytes out",
                    "",
                    now.cpu * 1e3,
                    now.peak,
                    now.bytes
                );
            }
            before = Some((*size as f64, took, floor));
        }
        Ok(())
    }

    /// Whole runs on one document, in turns with the floor of each.
    fn peers(&self, from: &Path) -> Result<(), Box<dyn Error>> {
        let document: serde_json::Value = serde_json::from_slice(&fs::read(from)?)?;
        let types = types(&document).max(1);
        println!(
            "\n## {}: {} bytes, {types} definitions",
            from.file_name()
                .and_then(|name| name.to_str())
                .unwrap_or("?"),
            fs::metadata(from)?.len()
        );
        println!(
            "{:>22} {:>9} {:>9} {:>10} {:>9} {:>9} {:>10} {:>12}",
            "",
            "CPU ms",
            "floor ms",
            "CPU ratio",
            "peak MiB",
            "floor MiB",
            "peak ratio",
            "bytes/type"
        );
        let ours = [
            ("Rust, one file", "one.rs", "rust/"),
            ("Rust", "rust", "rust/"),
            ("Apex", "apex", "apex/"),
            ("all three", "all", "rust/ apex/ flow/"),
        ];
        for (name, to, targets) in ours {
            let it = || self.generate(from, to, "generate", targets);
            row(name, self.pair(from, true, it), types);
            if targets.contains("apex") {
                row("as many files", self.pair(from, false, it), types);
            }
        }
        if let Some(typify) = &self.typify {
            let to = self.folder.join("typify.rs");
            let it = || run(typify, &[text(from), text(&to)]);
            row("typify", self.pair(from, true, it), types);
        }
        Ok(())
    }

    /// Runs something and its floor in turns; that writes one file, or as many as it.
    fn pair(
        &self,
        from: &Path,
        is_one_file: bool,
        it: impl Fn() -> Result<Took, Box<dyn Error>>,
    ) -> Result<(Took, Took), Box<dyn Error>> {
        let (mut runs, mut floors) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let took = it()?;
            let files = if is_one_file { 1 } else { took.files };
            floors.push(self.floor(from, took.bytes, files)?);
            runs.push(took);
        }
        Ok((least(runs), least(floors)))
    }
}

fn row(name: &str, outcome: Result<(Took, Took), Box<dyn Error>>, types: usize) {
    match outcome {
        Ok((took, floor)) => println!(
            "{name:>22} {:>9.1} {:>9.1} {:>10.1} {:>9.1} {:>9.1} {:>10.1} {:>12}",
            took.cpu * 1e3,
            floor.cpu * 1e3,
            took.cpu / floor.cpu,
            took.peak,
            floor.peak,
            took.peak / floor.peak,
            took.bytes / types
        ),
        Err(reason) => println!("{name:>22} fails: {reason}"),
    }
}

/// The run that took the least time.
fn least(runs: Vec<Took>) -> Took {
    runs.into_iter()
        .min_by(|one, other| one.cpu.total_cmp(&other.cpu))
        .unwrap_or_default()
}

/// By how much something has grown, for a document that has grown by a factor: 1.0 is linear.
fn growth(now: f64, before: f64, factor: f64) -> String {
    // What is too short cannot be told from nothing.
    if before < 1e-4 {
        return String::new();
    }
    format!("x {:.2}", now / before / factor)
}

/// How many definitions a document has.
fn types(document: &serde_json::Value) -> usize {
    let places = ["/$defs", "/definitions", "/components/schemas"];
    let sizes = places
        .iter()
        .filter_map(|place| document.pointer(place)?.as_object());
    sizes.map(serde_json::Map::len).sum()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or("")
}
