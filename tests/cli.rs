//! The built program, run in folders of its own: exit statuses, what it says, and what it writes.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

const ORDER: &str = r#"{
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
struct Folder(tempfile::TempDir);

/// How a run ended.
#[derive(Debug)]
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Folder {
    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with one schema in `schemas/`.
    fn with_order() -> Self {
        let folder = Self::empty();
        folder.write("schemas/order.json", ORDER);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Runs the program here.
    fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_flowtypes"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        Run {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program here, and expects it to succeed.
    fn succeed(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {run:?}");
        run
    }

    /// Every file below a folder, with its text and the time of its last change.
    fn files(&self, below: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
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

    fn names(&self, below: &str) -> Vec<String> {
        self.files(below).into_keys().collect()
    }
}

// Writing

#[test]
fn generate_writes_every_target_from_the_folder_schemas() {
    let folder = Folder::with_order();
    let run = folder.succeed(&["generate"]);
    assert!(folder.has("generated/rust/order.rs"));
    assert!(folder.has("generated/apex/classes/Parcel.cls"));
    assert!(folder.has("generated/apex/classes/Parcel.cls-meta.xml"));
    // The list of the files and the file that keeps names are none of them.
    let count = folder.names("generated").len() - 2;
    assert_eq!(
        run.stdout,
        format!("{count} files in generated: {count} new, 0 changed, 0 removed\n")
    );
}

#[test]
fn every_file_ends_in_one_newline_and_names_no_path_of_this_machine() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let root = folder.0.path().to_str().unwrap();
    for (name, (text, _)) in folder.files("generated") {
        let text = String::from_utf8(text).unwrap();
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
        assert!(!text.contains('\r') && !text.contains(root), "{name}");
    }
}

#[test]
fn a_second_run_touches_nothing() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let before = folder.files(".");
    let run = folder.succeed(&["generate"]);
    assert!(
        run.stdout.contains("0 new, 0 changed, 0 removed"),
        "{}",
        run.stdout
    );
    assert_eq!(folder.files("."), before);
}

#[test]
fn the_same_schema_gives_the_same_bytes_anywhere() {
    let texts = |folder: &Folder| -> BTreeMap<String, Vec<u8>> {
        let files = folder.files("generated").into_iter();
        files.map(|(name, (text, _))| (name, text)).collect()
    };
    let (one, other) = (Folder::with_order(), Folder::with_order());
    one.succeed(&["generate"]);
    other.succeed(&["generate"]);
    assert_eq!(texts(&one), texts(&other));
}

#[test]
fn a_target_alone_leaves_the_others_alone() {
    let folder = Folder::with_order();
    folder.succeed(&["generate", "--target", "rust"]);
    assert!(folder.has("generated/rust/order.rs"));
    assert!(!folder.has("generated/apex"));
    folder.succeed(&["generate", "--target", "apex", "--target", "flow"]);
    assert!(folder.has("generated/rust/order.rs"));
    assert!(folder.has("generated/apex/classes/Parcel.cls"));
}

#[test]
fn out_names_another_folder() {
    let folder = Folder::with_order();
    folder.succeed(&["generate", "--out", "deep/er"]);
    assert!(folder.has("deep/er/rust/order.rs"));
    assert!(!folder.has("generated"));
}

#[test]
fn schemas_can_be_named_one_by_one() {
    let folder = Folder::with_order();
    folder.write(
        "other.json",
        r#"{"title": "Other thing", "type": "object"}"#,
    );
    folder.succeed(&["generate", "other.json"]);
    assert!(folder.has("generated/rust/other.rs"));
    assert!(!folder.has("generated/rust/order.rs"));
}

#[test]
fn a_schema_that_is_gone_takes_its_files_with_it_unless_they_were_edited() {
    let folder = Folder::with_order();
    folder.write(
        "schemas/invoice.json",
        ORDER.replace("Parcel", "Invoice").as_str(),
    );
    folder.write(
        "schemas/receipt.json",
        ORDER.replace("Parcel", "Receipt").as_str(),
    );
    folder.succeed(&["generate"]);
    let edited = folder.read("generated/rust/receipt.rs") + "// By hand.\n";
    folder.write("generated/rust/receipt.rs", &edited);
    fs::remove_file(folder.path("schemas/invoice.json")).unwrap();
    fs::remove_file(folder.path("schemas/receipt.json")).unwrap();
    folder.succeed(&["generate"]);
    assert!(!folder.has("generated/rust/invoice.rs"));
    assert!(!folder.has("generated/apex/classes/Invoice.cls"));
    assert_eq!(folder.read("generated/rust/receipt.rs"), edited);
    assert!(folder.has("generated/rust/order.rs"));
}

#[test]
fn a_foreign_file_is_refused_unless_forced() {
    let folder = Folder::with_order();
    folder.write("generated/rust/order.rs", "// Mine.\n");
    let before = folder.files("generated");
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("FT9001") && run.stderr.contains("generated/rust/order.rs"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.files("generated"), before);
    folder.succeed(&["generate", "--force"]);
    assert_ne!(folder.read("generated/rust/order.rs"), "// Mine.\n");
}

#[test]
fn a_file_in_place_of_the_output_folder_is_an_error() {
    let folder = Folder::with_order();
    folder.write("generated", "I am a file.\n");
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(
        run.stderr.contains("FT9002") && run.stderr.contains("generated"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.read("generated"), "I am a file.\n");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_an_error() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with_order();
    fs::create_dir(folder.path("generated")).unwrap();
    fs::set_permissions(folder.path("generated"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.path("generated/probe"), "").is_ok() {
        return; // Permissions do not bind this user; the test above covers the error.
    }
    let run = folder.run(&["generate"]);
    fs::set_permissions(folder.path("generated"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stderr.contains("FT9002"), "{}", run.stderr);
    assert!(folder.names("generated").is_empty());
}

#[test]
fn when_one_file_cannot_be_written_none_is() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    folder.write("schemas/order.json", ORDER.replace("closed", "shut"));
    // The second target's folder becomes a file: staging fails half way.
    fs::remove_dir_all(folder.path("generated/rust")).unwrap();
    folder.write("generated/rust", "a file\n");
    let before = folder.files("generated");
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(folder.files("generated"), before);
}

// One file

#[test]
fn a_single_file_is_all_that_is_written() {
    let folder = Folder::with_order();
    let arguments = ["--target", "rust", "--single-file", "src/order.rs"];
    let with = |command| [&[command], &arguments[..], &["schemas/order.json"]].concat();
    assert_eq!(folder.run(&with("check")).status, 1);
    folder.succeed(&with("generate"));
    assert!(folder.read("src/order.rs").contains("pub struct Parcel"));
    assert_eq!(folder.names("."), ["schemas/order.json", "src/order.rs"]);
    folder.succeed(&with("check"));
    let before = folder.files("src");
    folder.succeed(&with("generate"));
    assert_eq!(folder.files("src"), before);
}

#[test]
fn a_single_file_does_not_replace_a_foreign_one() {
    let folder = Folder::with_order();
    folder.write("main.rs", "fn main() {}\n");
    let arguments = ["generate", "--target", "rust", "--single-file", "main.rs"];
    let run = folder.run(&arguments);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("FT9001"), "{}", run.stderr);
    assert_eq!(folder.read("main.rs"), "fn main() {}\n");
}

// Check

#[test]
fn check_tells_fresh_from_stale_and_writes_nothing() {
    let folder = Folder::with_order();
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("+pub struct Parcel"), "{}", run.stdout);
    assert!(!folder.has("generated"));

    folder.succeed(&["generate"]);
    let run = folder.succeed(&["check"]);
    assert_eq!(run.stdout, "");

    folder.write("schemas/order.json", ORDER.replace("closed", "shut"));
    let before = folder.files(".");
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("a/rust/order.rs"), "{}", run.stdout);
    assert!(
        run.stdout
            .lines()
            .any(|line| line.starts_with('-') && line.contains("closed")),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .lines()
            .any(|line| line.starts_with('+') && line.contains("shut")),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("flowtypes generate"), "{}", run.stderr);
    assert_eq!(folder.files("."), before);
}

#[test]
fn check_sees_an_edited_and_a_missing_file() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let text = folder.read("generated/rust/order.rs");
    folder.write("generated/rust/order.rs", text.replace("closed", "shut"));
    assert_eq!(folder.run(&["check"]).status, 1);
    folder.succeed(&["generate"]);
    folder.succeed(&["check"]);
    fs::remove_file(folder.path("generated/apex/classes/Parcel.cls")).unwrap();
    assert_eq!(folder.run(&["check"]).status, 1);
    // Only the targets that were asked for count.
    folder.succeed(&["check", "--target", "rust"]);
}

// Configuration

#[test]
fn a_configuration_is_found_by_its_name() {
    let folder = Folder::empty();
    folder.write("mine/order.json", ORDER);
    folder.write(
        "flowtypes.json",
        r#"{"schemas": ["mine"], "targets": ["rust"], "out": "made"}"#,
    );
    folder.succeed(&["generate"]);
    assert!(folder.has("made/rust/order.rs"));
    assert!(!folder.has("made/apex"));
    // What the command line says goes before.
    folder.succeed(&["generate", "--target", "apex", "--out", "other"]);
    assert!(folder.has("other/apex/classes/Parcel.cls"));
    assert!(!folder.has("other/rust"));
}

#[test]
fn paths_of_a_configuration_are_relative_to_it() {
    let folder = Folder::empty();
    folder.write("sub/mine/order.json", ORDER);
    folder.write(
        "sub/my.json",
        r#"{"schemas": ["mine"], "targets": ["rust"]}"#,
    );
    folder.succeed(&["generate", "--config", "sub/my.json"]);
    assert!(folder.has("sub/generated/rust/order.rs"));
}

#[test]
fn a_broken_configuration_is_an_error_with_a_place() {
    let folder = Folder::with_order();
    for (text, code, place) in [
        (
            "{\n  \"targets\": [\"cobol\"]\n}",
            "FT0050",
            "flowtypes.json:2:",
        ),
        ("{\n  \"colour\": 1\n}", "FT0050", "flowtypes.json:2:"),
        ("{\n  \"out\" \"x\"\n}", "FT0002", "flowtypes.json:2:"),
    ] {
        folder.write("flowtypes.json", text);
        fails(&folder, &["generate"], code, place);
    }
    fs::remove_file(folder.path("flowtypes.json")).unwrap();
    fails(
        &folder,
        &["generate", "--config", "gone.json"],
        "FT0001",
        "gone.json",
    );
}

#[test]
fn a_level_can_make_a_warning_an_error() {
    let folder = Folder::empty();
    folder.write(
        "schemas/never.json",
        r#"{"title": "Never", "type": "object", "properties": {"a": {"type": "string", "enum": [1]}}}"#,
    );
    let run = folder.succeed(&["generate"]);
    assert!(run.stderr.contains("warning[FT0301]"), "{}", run.stderr);
    folder.write(
        "flowtypes.json",
        r#"{"levels": {"FT0301": "error"}, "out": "new"}"#,
    );
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[FT0301]"), "{}", run.stderr);
    assert!(!folder.has("new"));
}

// Stages

#[test]
fn every_stage_can_be_dumped_as_json() {
    let folder = Folder::with_order();
    for stage in ["schema", "normal", "types"] {
        let run = folder.succeed(&["dump", "--stage", stage]);
        let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert!(value.to_string().contains("Parcel"), "{stage}");
    }
    assert_eq!(folder.names("."), ["schemas/order.json"]);
}

// Usage

#[test]
fn wrong_usage_is_status_2() {
    let folder = Folder::with_order();
    for arguments in [
        &[][..],
        &["nonsense"],
        &["generate", "--target", "cobol"],
        &["generate", "--no-such-option"],
        &["dump"],
        &["dump", "--stage", "none"],
        &["generate", "--single-file", "x.rs", "--target", "apex"],
        &["generate", "--single-file", "x.rs", "--out", "y"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{run:?}");
    }
    assert_eq!(folder.names("."), ["schemas/order.json"]);
}

#[test]
fn help_and_version_are_no_errors() {
    let folder = Folder::empty();
    let run = folder.succeed(&["--help"]);
    for command in ["generate", "check", "dump"] {
        assert!(run.stdout.contains(command), "{}", run.stdout);
        folder.succeed(&[command, "--help"]);
    }
    let run = folder.succeed(&["--version"]);
    assert_eq!(
        run.stdout,
        format!("flowtypes {}\n", env!("CARGO_PKG_VERSION"))
    );
}

// Errors in the input

/// Expects a run to fail with an error of this code at this place, and to write nothing.
fn fails(folder: &Folder, arguments: &[&str], code: &str, place: &str) {
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

/// A folder with the documents of a case in `schemas/`.
fn case(name: &str) -> Folder {
    let folder = Folder::empty();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name);
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_str().unwrap();
            folder.write(&format!("schemas/{name}"), fs::read(&path).unwrap());
        }
    }
    folder
}

#[test]
fn every_error_of_a_schema_has_a_code_and_a_place() {
    for (name, code, line) in [
        ("error-syntax", "FT0002", "6:33"),
        ("error-too-deep", "FT0003", "2:4600"),
        ("error-unknown-dialect", "FT0101", "2:3"),
        ("error-invalid-keyword", "FT0102", "6:11"),
        ("error-unknown-type", "FT0103", "6:15"),
        ("error-dangling-ref", "FT0201", "6:17"),
        ("error-ref-loop", "FT0204", "7:5"),
    ] {
        let folder = case(name);
        let place = format!("schemas/schema.json:{line}");
        for arguments in [&["generate"][..], &["generate", "schemas/schema.json"]] {
            fails(&folder, arguments, code, &place);
        }
        let run = folder.run(&["check"]);
        assert_eq!(run.status, 1, "{run:?}");
        let run = folder.run(&["dump", "--stage", "types"]);
        assert_eq!(run.status, 1, "{run:?}");
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn all_errors_are_reported_in_one_run() {
    let run = case("error-several").run(&["generate"]);
    for code in ["FT0002", "FT0102", "FT0103", "FT0201"] {
        assert!(
            run.stderr.contains(code),
            "{code} is not in: {}",
            run.stderr
        );
    }
    assert!(run.stderr.contains(" errors"), "{}", run.stderr);
}

#[test]
fn an_error_after_a_good_run_leaves_the_output_as_it_was() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    folder.write("schemas/broken.json", "{");
    fails(&folder, &["generate"], "FT0002", "schemas/broken.json:1:");
}

#[test]
fn schemas_that_cannot_be_read_are_errors() {
    let folder = Folder::empty();
    fails(&folder, &["generate"], "FT0001", "schemas");
    fails(&folder, &["generate", "gone.json"], "FT0001", "gone.json");
    folder.write("schemas/notes.txt", "not a schema");
    fails(&folder, &["generate"], "FT0005", "schemas");
    folder.write("latin.json", b"{\"title\": \"gr\xfc\xdfe\"}");
    fails(&folder, &["generate", "latin.json"], "FT0004", "latin.json");
    folder.write("empty.json", "");
    fails(
        &folder,
        &["generate", "empty.json"],
        "FT0002",
        "empty.json:1:1",
    );
    folder.write("list.json", "[]");
    fails(
        &folder,
        &["generate", "list.json"],
        "FT0104",
        "list.json:1:1",
    );
}

#[test]
fn the_line_of_an_error_is_shown() {
    let folder = case("error-syntax");
    let run = folder.run(&["generate"]);
    assert!(
        run.stderr.contains(r#""age": { "type": "integer", }"#),
        "{}",
        run.stderr
    );
}

#[test]
fn a_byte_order_mark_is_no_error() {
    let folder = Folder::empty();
    folder.write("schemas/order.json", format!("\u{feff}{ORDER}"));
    folder.succeed(&["generate"]);
}
