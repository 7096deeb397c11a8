//! One run of typify as a library: from a schema to formatted Rust, and what that took.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (from, to) = (
        arguments.next().ok_or("IN")?,
        arguments.next().ok_or("OUT")?,
    );
    let mut space = typify::TypeSpace::default();
    space.add_root_schema(serde_json::from_str(&fs::read_to_string(from)?)?)?;
    let text = prettyplease::unparse(&syn::parse2(space.to_stream())?);
    fs::write(to, &text)?;
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let times = read("/proc/self/schedstat");
    let nanoseconds: f64 = times.split(' ').next().unwrap_or("").parse().unwrap_or(0.0);
    let status = read("/proc/self/status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map_or("", |text| text.trim().trim_end_matches(" kB"));
    let peak: f64 = peak.parse().unwrap_or(0.0);
    println!(
        "{}",
        serde_json::json!({"cpu": nanoseconds / 1e9, "peak": peak / 1024.0, "bytes": text.len()})
    );
    Ok(())
}
