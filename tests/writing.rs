//! What the built program writes, and what it never touches.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::program::{Folder, ORDER, fails};

#[test]
fn generate_writes_every_target_from_the_folder_schemas() {
    let folder = Folder::with_order();
    let run = folder.succeed(&["generate"]);
    assert!(folder.has("generated/rust/order.rs"));
    assert!(folder.has("generated/apex/classes/Parcel.cls"));
    assert!(folder.has("generated/apex/classes/Parcel.cls-meta.xml"));
    let count = folder.names("generated").len() - 2; // The list of the files and the lock are none of them.
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
    let said = folder.succeed(&["generate"]).stderr;
    assert_eq!(said.matches("FT9008").count(), 1, "{said}");
    assert!(said.contains("generated/rust/receipt.rs"), "{said}");
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
fn an_edited_file_is_kept_unless_forced() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let path = "generated/rust/order.rs";
    let edited = folder.read(path) + "// By hand.\n";
    folder.write(path, &edited);
    // Nothing at all is written, also of what is not edited.
    folder.write("schemas/order.json", ORDER.replace("open", "ready"));
    let before = folder.files("generated");
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("FT9001") && run.stderr.contains(path),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.matches("FT9001").count(), 1);
    assert_eq!(folder.files("generated"), before);
    // What would be lost can be seen.
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("-// By hand."), "{run:?}");
    folder.succeed(&["generate", "--force"]);
    assert!(!folder.read(path).contains("By hand"));
    folder.succeed(&["check"]);
}

#[test]
fn files_that_version_control_has_written_anew_are_not_edited() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let lock = "generated/flowtypes.lock.json";
    for file in ["generated/rust/order.rs", lock] {
        let text = folder.read(file);
        folder.write(file, text.replace('\n', "\r\n"));
    }
    let before = folder.files("generated");
    folder.succeed(&["check"]);
    folder.succeed(&["generate"]);
    assert_eq!(folder.files("generated"), before);
    // What is written for another reason is written as ever.
    folder.write(
        "schemas/order.json",
        ORDER.replacen(
            "\"properties\": {",
            "\"properties\": {\"more\": {\"type\": \"string\"}, ",
            1,
        ),
    );
    folder.succeed(&["generate"]);
    assert!(!folder.read("generated/rust/order.rs").contains('\r'));
    assert!(!folder.read(lock).contains('\r'));
}

#[test]
fn a_file_in_place_of_the_output_folder_is_an_error() {
    let folder = Folder::with_order();
    folder.write("generated", "I am a file.\n");
    let run = folder.run(&["generate"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(
        run.stderr.contains("FT9004") && run.stderr.contains("generated"),
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
    let said = folder.succeed(&with("generate")).stdout;
    assert_eq!(said, "1 file, src/order.rs: 1 new, 0 changed, 0 removed\n");
    assert!(folder.read("src/order.rs").contains("pub struct Parcel"));
    assert_eq!(folder.names("."), ["schemas/order.json", "src/order.rs"]);
    folder.succeed(&with("check"));
    let before = folder.files("src");
    let said = folder.succeed(&with("generate")).stdout;
    assert_eq!(said, "1 file, src/order.rs: 0 new, 0 changed, 0 removed\n");
    assert_eq!(folder.files("src"), before);
    // For programs there is a line where a file has changed.
    let json = |command| [&with(command)[..], &["--message-format", "json"]].concat();
    let lines = folder.succeed(&json("generate")).stdout;
    assert_eq!(lines.lines().count(), 1, "{lines}");
    folder.write("schemas/order.json", ORDER.replace("open", "ready"));
    for command in ["check", "generate"] {
        let lines = folder.run(&json(command)).stdout;
        let line = r#"{"kind":"file","path":"src/order.rs","change":"replaced"}"#;
        assert!(lines.lines().any(|one| one == line), "{command}: {lines}");
    }
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

// What is in the way

#[test]
fn a_folder_in_place_of_a_file_is_an_error() {
    let folder = Folder::with_order();
    folder.write("generated/rust/order.rs/inside.txt", "mine\n");
    for arguments in [&["generate"][..], &["generate", "--force"]] {
        fails(&folder, arguments, "FT9004", "generated/rust/order.rs");
    }
    folder.write("types.rs/inside.txt", "mine\n");
    let single = ["generate", "--single-file", "types.rs"];
    fails(&folder, &single, "FT9004", "types.rs");
    folder.write("a-file", "mine\n");
    let single = ["generate", "--single-file", "a-file/types.rs"];
    fails(&folder, &single, "FT9004", "a-file");
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed_out_of_the_output_folder() {
    use std::os::unix::fs::symlink;
    let outside = Folder::empty();
    outside.write("order.rs", "outside\n");
    let before = outside.files(".");
    for link in [
        "generated/rust",
        "generated/rust/order.rs",
        "generated/flowtypes-manifest.json",
    ] {
        let folder = Folder::with_order();
        fs::create_dir_all(folder.path(link).parent().unwrap()).unwrap();
        let to = if link.ends_with("rust") {
            ""
        } else {
            "order.rs"
        };
        symlink(outside.path(to), folder.path(link)).unwrap();
        for arguments in [&["generate"][..], &["generate", "--force"]] {
            fails(&folder, arguments, "FT9004", link);
        }
    }
    assert_eq!(outside.files("."), before);
    // A run that removes what is of no use any more does not follow either.
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let text = folder.read("generated/rust/order.rs");
    outside.write("order.rs", &text);
    let before_removal = outside.files(".");
    fs::remove_dir_all(folder.path("generated/rust")).unwrap();
    symlink(outside.path(""), folder.path("generated/rust")).unwrap();
    fs::rename(
        folder.path("schemas/order.json"),
        folder.path("schemas/other.json"),
    )
    .unwrap();
    fails(&folder, &["generate"], "FT9004", "generated/rust");
    assert_eq!(outside.files("."), before_removal);
    // Nor the files that a run needs for itself.
    let folder = Folder::with_order();
    fs::create_dir_all(folder.path("generated")).unwrap();
    symlink(
        outside.path("order.rs"),
        folder.path("generated/.flowtypes-running"),
    )
    .unwrap();
    fails(
        &folder,
        &["generate"],
        "FT9002",
        "generated/.flowtypes-running",
    );
    assert_eq!(outside.files("."), before_removal);
}

#[cfg(unix)]
#[test]
fn the_output_folder_itself_may_be_a_link() {
    let (folder, other) = (Folder::with_order(), Folder::empty());
    std::os::unix::fs::symlink(other.path(""), folder.path("generated")).unwrap();
    folder.succeed(&["generate"]);
    assert!(other.has("rust/order.rs"));
    folder.succeed(&["check"]);
}

#[cfg(unix)]
#[test]
fn a_disk_without_room_leaves_the_old_files() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let long = "It is a long story. ".repeat(400);
    let schema = ORDER.replace(
        "\"type\": \"object\"",
        &format!("\"type\": \"object\", \"description\": \"{long}\""),
    );
    folder.write("schemas/order.json", schema);
    let before = folder.files(".");
    // No file may get longer than this; the system says so as it says that a disk is full.
    let program = env!("CARGO_BIN_EXE_flowtypes");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {program} generate");
    let mut shell = std::process::Command::new("bash");
    let output = shell
        .args(["-c", &script])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    let run = support::program::Run::of(&output);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stderr.contains("FT9002"), "{}", run.stderr);
    assert_eq!(folder.files("."), before);
    folder.succeed(&["generate"]);
    folder.succeed(&["check"]);
}

#[test]
fn a_list_of_files_that_cannot_be_understood_is_an_error() {
    let folder = Folder::with_order();
    folder.succeed(&["generate"]);
    let list = folder.read("generated/flowtypes-manifest.json");
    folder.write(
        "generated/flowtypes-manifest.json",
        format!("<<<<<<< HEAD\n{list}"),
    );
    fails(&folder, &["generate"], "FT9001", "flowtypes-manifest.json");
    folder.succeed(&["generate", "--force"]);
    assert_eq!(folder.read("generated/flowtypes-manifest.json"), list);
}

#[test]
fn a_list_of_files_cannot_lead_out_of_the_folder() {
    let folder = Folder::with_order();
    folder.write("precious.txt", "a");
    // The fingerprint is that of the text.
    let list = r#"{"files": {"rust/../../precious.txt": "af63dc4c8601ec8c"}}"#;
    folder.write("generated/flowtypes-manifest.json", list);
    folder.succeed(&["generate"]);
    assert_eq!(folder.read("precious.txt"), "a");
}

#[test]
fn a_name_that_changes_its_case_alone_leaves_one_file() {
    // With the lock, the title of a type that has a name changes nothing.
    let folder = Folder::with_order();
    folder.succeed(&["generate", "--target", "apex", "--no-lock"]);
    folder.write("schemas/order.json", ORDER.replace("Parcel", "PARCEL box"));
    folder.succeed(&["generate", "--target", "apex", "--no-lock"]);
    folder.write("schemas/order.json", ORDER.replace("Parcel", "ParcelBox"));
    folder.succeed(&["generate", "--target", "apex", "--no-lock"]);
    folder.succeed(&["check", "--target", "apex", "--no-lock"]);
    let names = folder.names("generated");
    let mut folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    folded.dedup();
    assert_eq!(names.len(), folded.len(), "{names:?}");
    assert!(
        names.contains(&"generated/apex/classes/ParcelBox.cls".to_owned()),
        "{names:?}"
    );
}

#[test]
fn a_file_where_a_folder_on_the_way_belongs_is_named() {
    let folder = Folder::empty();
    folder.write("s.json", "{}");
    folder.write("out", "");
    for out in ["out", "out/", "out/x", "out/x/y"] {
        let run = folder.run(&["generate", "s.json", "--no-lock", "--out", out]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains("FT9004"), "{out} {run:?}");
        assert_eq!(folder.read("out"), "");
    }
}
