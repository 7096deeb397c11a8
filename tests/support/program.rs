//! The built program, run in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::SystemTime;

pub const ORDER: &str = r#"{
  "title": "Parcel",
  "type": "object",
  "properties": {
    "id": {"type": "string"},
    "state": {"type": "string", "enum": ["open", "closed"]}
  },
  "required": ["id"]
}
"#;

/// A folder that is removed at the end of a test.
pub struct Folder(pub tempfile::TempDir);

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// How a program has ended, and what it has said.
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self {
            status: output.status.code().unwrap(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

impl Folder {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with one schema in `schemas/`.
    pub fn with_order() -> Self {
        let folder = Self::empty();
        folder.write("schemas/order.json", ORDER);
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    /// The program with these arguments, to be run here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flowtypes"));
        command.args(arguments).current_dir(self.0.path());
        command
    }

    /// Runs the program here, and expects it to succeed.
    pub fn succeed(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {run:?}");
        run
    }

    /// Every file below a folder, with its text and the time of its last change.
    pub fn files(&self, below: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path(below)];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(self.0.path()).unwrap();
                let changed = fs::metadata(&path).unwrap().modified().unwrap();
                found.insert(
                    name.to_str().unwrap().to_owned(),
                    (fs::read(&path).unwrap(), changed),
                );
            }
        }
        found
    }

    pub fn names(&self, below: &str) -> Vec<String> {
        self.files(below).into_keys().collect()
    }
}

/// Expects a run to fail with an error of this code at this place, and to write nothing.
pub fn fails(folder: &Folder, arguments: &[&str], code: &str, place: &str) {
    let before = folder.files(".");
    let run = folder.run(arguments);
    assert_eq!(run.status, 1, "{run:?}");
    for wanted in [&format!("error[{code}]"), place, "nothing was written"] {
        assert!(
            run.stderr.contains(wanted),
            "{wanted} is not in: {}",
            run.stderr
        );
    }
    assert_eq!(run.stdout, "");
    assert_eq!(folder.files("."), before, "something was written");
}
