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
    let cpu = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let cpu = cpu.tv_sec as f64 + cpu.tv_nsec as f64 / 1e9;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map_or("", |text| text.trim().trim_end_matches(" kB"));
    let peak: f64 = peak.parse().unwrap_or(0.0);
    println!(
        "{}",
        serde_json::json!({"cpu": cpu, "peak": peak / 1024.0, "bytes": text.len()})
    );
    Ok(())
}
