//! One run of one program, in a process of its own, so that its memory is its own: what it took is the last line that it
//! prints.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use flowtypes::{Generator, Step, Target};
use serde::{Deserialize, Serialize};

/// What a run took.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Took {
    /// Time of the processor, in seconds.
    pub cpu: f64,
    /// The most memory that it had, in MiB.
    pub peak: f64,
    /// What it has written.
    pub bytes: usize,
    /// Into how many files.
    #[serde(default)]
    pub files: usize,
    /// Its steps, each with its time.
    #[serde(default)]
    pub steps: Vec<(String, f64)>,
}

/// Runs a program that ends with such a line.
pub fn run(program: &Path, arguments: &[&str]) -> Result<Took, Box<dyn Error>> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().last().unwrap_or("nothing").to_owned();
        return Err(format!("{}: {last}", output.status).into());
    }
    let said = String::from_utf8(output.stdout)?;
    Ok(serde_json::from_str(said.lines().last().unwrap_or(""))?)
}

/// Does what the arguments of a child say.
pub fn main(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let took = match arguments[..] {
        ["floor", from, to, bytes, files] => floor(from, to, bytes.parse()?, files.parse()?)?,
        ["generate", from, to, targets] => generate(from, to, targets, true)?,
        ["plan", from, to, targets] => generate(from, to, targets, false)?,
        _ => return Err("no such child".into()),
    };
    println!("{}", serde_json::to_string(&took)?);
    Ok(())
}

/// What cannot be saved: to parse the document, and to write as many bytes, into one file or into several in a new folder.
fn floor(from: &str, to: &str, bytes: usize, files: usize) -> Result<Took, Box<dyn Error>> {
    let document: serde_json::Value = serde_json::from_slice(&fs::read(from)?)?;
    let line = format!("// {} {}\n", document.is_object(), "0123456789".repeat(8));
    let mut text = line.repeat(bytes / line.len() + 1);
    text.truncate(bytes);
    if files > 1 {
        fs::create_dir(to)?;
        let portions = text.as_bytes().chunks(bytes.div_ceil(files));
        for (number, portion) in portions.enumerate() {
            fs::File::create(format!("{to}/{number}"))?.write_all(portion)?;
        }
    } else {
        fs::File::create(to)?.write_all(text.as_bytes())?;
    }
    let mut took = spent();
    took.bytes = bytes;
    took.files = files;
    Ok(took)
}

/// Generates for some targets: all their files, or one file of Rust if the path ends so.
fn generate(from: &str, to: &str, targets: &str, is_written: bool) -> Result<Took, Box<dyn Error>> {
    let begun: Arc<Mutex<Vec<(Step, f64)>>> = Arc::default();
    let steps = Arc::clone(&begun);
    let generator = Generator::new().schema(from).on_progress(move |step| {
        if let Ok(mut steps) = steps.lock() {
            steps.push((step, spent().cpu));
        }
    });
    let output = if to.ends_with(".rs") {
        generator
            .single_file(Path::new(to))
            .map_err(flowtypes::Error::from)?
    } else {
        let wanted = Target::ALL
            .iter()
            .filter(|target| targets.contains(target.folder()));
        let generator = wanted.fold(generator.out_dir(to), |generator, target| {
            generator.target(*target)
        });
        let mut output = generator.plan().map_err(flowtypes::Error::from)?;
        if is_written {
            generator.write(&mut output)?;
        }
        output
    };
    let mut took = spent();
    took.bytes = output.files.iter().map(|(_, text)| text.len()).sum();
    took.files = output.files.iter().count();
    let begun = begun.lock().map_err(|_| "a step has failed")?;
    let ends = begun.iter().skip(1).map(|(_, end)| *end);
    for ((step, start), end) in begun.iter().zip(ends.chain([took.cpu])) {
        took.steps.push((step.as_str().to_owned(), end - start));
    }
    Ok(took)
}

/// What this process has taken so far. Linux alone tells the memory.
fn spent() -> Took {
    let cpu = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok());
    Took {
        cpu: cpu.tv_sec as f64 + cpu.tv_nsec as f64 / 1e9,
        peak: kilobytes.unwrap_or(0.0) / 1024.0,
        ..Took::default()
    }
}
