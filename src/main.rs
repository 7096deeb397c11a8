//! The command line of flowtypes.

mod cli;

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(refused) => {
            let _ = refused.print();
            let last = cli::last_line(&refused, std::env::args_os());
            let _ = io::stdout().write_all(last.as_bytes());
            return ExitCode::from(cli::status(&refused));
        }
    };
    let color = cli.color();
    let status = cli.run(&mut |outcome| {
        // A closed pipe at the other end is no reason to fail.
        let _ = AutoStream::new(io::stdout(), color).write_all(outcome.stdout.as_bytes());
        let _ = AutoStream::new(io::stderr(), color).write_all(outcome.stderr.as_bytes());
    });
    ExitCode::from(status)
}
