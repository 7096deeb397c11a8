//! A file that one run holds at a time. The lock is the system's: it ends with the run, however that ends, so that what
//! a dead run leaves behind blocks nobody.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use same_file::Handle;

use super::place::Found;
use super::problem::{self, Problem};

/// How long a run waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(10);

/// A file that is locked, and that is removed at the end unless it has been moved.
#[derive(Debug)]
pub(super) struct Claim {
    pub file: File,
    path: PathBuf,
    is_moved: bool,
}

impl Claim {
    /// Makes the file, or takes the one that a dead run has left; waits while another run holds it.
    pub(super) fn of(path: PathBuf) -> Result<Self, Problem> {
        let start = Instant::now();
        loop {
            match Self::attempt(&path) {
                Ok(Some(claim)) => return Ok(claim),
                Ok(None) if start.elapsed() < PATIENCE => thread::sleep(PAUSE),
                Ok(None) => return Err(problem::busy(&path)),
                Err(error) => return Err(problem::unwritable(&path, &error)),
            }
        }
    }

    fn attempt(path: &Path) -> io::Result<Option<Self>> {
        if !matches!(Found::at(path)?, Found::Nothing | Found::File) {
            return Err(io::Error::other("there is something that is no file"));
        }
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // A file system without locks: one run at a time is then up to the user.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // The run that held it may have removed or moved it in between: then this is nobody's file.
        let held = Handle::from_file(file.try_clone()?)?;
        match Handle::from_path(path) {
            Ok(there) if there == held => Ok(Some(Self {
                file,
                path: path.to_owned(),
                is_moved: false,
            })),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Moves the file over another one.
    pub(super) fn rename(mut self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        self.is_moved = true;
        Ok(())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.is_moved {
            // What stays is taken by the next run.
            let _ = fs::remove_file(&self.path);
        }
    }
}
