//! The command line of flowtypes.

mod cli;

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstream::AutoStream;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(refused) => {
            let _ = refused.print();
            let last = cli::last_line(&refused, std::env::args_os());
            let _ = io::stdout().write_all(last.as_bytes());
            return ExitCode::from(cli::status(&refused));
        }
    };
    let color = cli.color();
    let mut is_lost = false;
    let status = cli.run(&mut |outcome| {
        let said = AutoStream::new(io::stdout(), color).write_all(outcome.stdout.as_bytes());
        let _ = AutoStream::new(io::stderr(), color).write_all(outcome.stderr.as_bytes());
        match said.and_then(|()| io::stdout().flush()) {
            // A closed pipe at the other end is no reason to fail.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                is_lost = true;
                let _ = writeln!(
                    io::stderr(),
                    "error: the results cannot be written: {error}"
                );
            }
            Ok(()) | Err(_) => {}
        }
    });
    ExitCode::from(if is_lost { status.max(1) } else { status })
}
